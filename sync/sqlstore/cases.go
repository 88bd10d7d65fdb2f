package sqlstore

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func (x *tx) Case(id review.CaseID) (review.Case, error) {
	return load[review.Case](x, `SELECT doc FROM cases WHERE unit = $1 AND sector = $2`, id.Unit, id.Sector)
}

func (x *tx) PutCase(c review.Case) error {
	doc, err := json.Marshal(c)
	if err != nil {
		return err
	}
	h := c.Head()
	submitted, err := h.Submitted.MarshalText()
	if err != nil {
		return err
	}
	waiting, err := json.Marshal(h.Waiting)
	if err != nil {
		return err
	}
	query := `UPDATE cases SET state = $3, version = $4, submission = $5, number = $6, submitted = $7, due = $8,
		waiting = $9, doc = $10 WHERE unit = $1 AND sector = $2 AND version = $4 - 1`
	if c.Version == 1 {
		query = `INSERT INTO cases (unit, sector, state, version, submission, number, submitted, due, waiting, doc)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
	}
	n, err := x.exec(query, c.ID.Unit, c.ID.Sector, h.State, h.Version, h.Submission, h.Number,
		string(submitted), h.Due, string(waiting), doc)
	if err == nil && n == 0 {
		err = fmt.Errorf("case %v, version %d: %w", c.ID, c.Version, catalog.ErrConflict)
	}
	return err
}

func (x *tx) Heads(q review.CaseQuery) ([]review.CaseHead, error) {
	var where strings.Builder
	args := []any{q.After.Unit, q.After.Sector}
	in := func(column string, values []any) {
		if len(values) > 0 {
			fmt.Fprintf(&where, " AND %s IN (%s)", column, places(len(args)+1, len(values)))
			args = append(args, values...)
		}
	}
	in("unit", anys(q.Units))
	in("sector", anys(q.Sectors))
	in("state", anys(q.States))
	args = append(args, limited(q.Limit))
	var hs []review.CaseHead
	err := x.each(func(rows *sql.Rows) error {
		var h review.CaseHead
		var submitted, waiting string
		err := rows.Scan(&h.ID.Unit, &h.ID.Sector, &h.State, &h.Version, &h.Submission, &h.Number, &submitted, &h.Due, &waiting)
		if err != nil {
			return err
		}
		if err := h.Submitted.UnmarshalText([]byte(submitted)); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		hs = append(hs, h)
		return decode([]byte(waiting), &hs[len(hs)-1].Waiting)
	}, fmt.Sprintf(`SELECT unit, sector, state, version, submission, number, submitted, due, waiting FROM cases
		WHERE (unit, sector) > ($1, $2)%s ORDER BY unit, sector LIMIT $%d`, &where, len(args)), args...)
	return hs, err
}

// places are n placeholders from the first on.
func places(first, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", $%d", first+i)
	}
	return b.String()[2:]
}

func anys[V any](vs []V) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = v
	}
	return out
}

func (x *tx) Receipt(h review.Hash) (review.Receipt, error) {
	return load[review.Receipt](x, `SELECT doc FROM receipts WHERE bundle = $1`, h)
}

func (x *tx) PutReceipt(r review.Receipt) error {
	return x.put(r, `INSERT INTO receipts (bundle, base, status, doc) VALUES ($1, $2, $3, $4)
		ON CONFLICT (bundle) DO UPDATE SET base = excluded.base, status = excluded.status, doc = excluded.doc`,
		r.Bundle, r.Base, r.Status)
}

func (x *tx) WaitingFor(base review.Hash) ([]review.Receipt, error) {
	return list[review.Receipt](x, `SELECT doc FROM receipts WHERE base = $1 AND status = $2 ORDER BY bundle`, base, review.Waiting)
}
