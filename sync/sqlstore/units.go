package sqlstore

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func (x *tx) Unit(id catalog.UnitID) (catalog.Unit, error) {
	return load[catalog.Unit](x, `SELECT doc FROM units WHERE id = $1`, id)
}

func (x *tx) Units() ([]catalog.Unit, error) {
	return list[catalog.Unit](x, `SELECT doc FROM units ORDER BY id`)
}

func (x *tx) PutUnit(u catalog.Unit) error {
	return x.put(u, `INSERT INTO units (id, doc) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`, u.ID)
}

func (x *tx) Responsible() (map[catalog.Sector]catalog.UnitID, error) {
	m := map[catalog.Sector]catalog.UnitID{}
	err := x.each(func(rows *sql.Rows) error {
		var s catalog.Sector
		var u catalog.UnitID
		err := rows.Scan(&s, &u)
		m[s] = u
		return err
	}, `SELECT sector, unit FROM responsible`)
	return m, err
}

func (x *tx) PutResponsible(s catalog.Sector, u catalog.UnitID) error {
	if u == "" {
		_, err := x.exec(`DELETE FROM responsible WHERE sector = $1`, s)
		return err
	}
	_, err := x.exec(`INSERT INTO responsible (sector, unit) VALUES ($1, $2)
		ON CONFLICT (sector) DO UPDATE SET unit = excluded.unit`, s, u)
	return err
}

func (x *tx) Setting(name string) (value []byte, err error) {
	err = x.one([]any{&value}, `SELECT value FROM settings WHERE name = $1`, name)
	return value, err
}

func (x *tx) PutSetting(name string, value []byte) error {
	_, err := x.exec(`INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

func (x *tx) Form(id string) (review.Form, error) {
	return load[review.Form](x, `SELECT doc FROM forms WHERE id = $1`, id)
}

func (x *tx) Forms() ([]review.Form, error) {
	return list[review.Form](x, `SELECT doc FROM forms ORDER BY id`)
}

func (x *tx) PutForm(f review.Form) error {
	return x.put(f, `INSERT INTO forms (id, doc) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`, f.ID)
}

func (x *tx) Assessment(id review.AssessmentID) (review.Assessment, error) {
	return load[review.Assessment](x, `SELECT doc FROM assessments WHERE quarter = $1 AND unit = $2 AND form = $3`,
		id.Quarter, id.Unit, id.Form)
}

func (x *tx) Assessments(quarter string, unit catalog.UnitID) ([]review.Assessment, error) {
	return list[review.Assessment](x, `SELECT doc FROM assessments
		WHERE ($1 = '' OR quarter = $1) AND ($2 = '' OR unit = $2) ORDER BY quarter, unit, form`, quarter, unit)
}

func (x *tx) PutAssessment(a review.Assessment) error {
	doc, err := json.Marshal(a)
	if err != nil {
		return err
	}
	query := `UPDATE assessments SET version = $4, doc = $5
		WHERE quarter = $1 AND unit = $2 AND form = $3 AND version = $4 - 1`
	if a.Version == 1 {
		query = `INSERT INTO assessments (quarter, unit, form, version, doc) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	}
	n, err := x.exec(query, a.ID.Quarter, a.ID.Unit, a.ID.Form, a.Version, doc)
	if err == nil && n == 0 {
		err = fmt.Errorf("assessment %v, version %d: %w", a.ID, a.Version, catalog.ErrConflict)
	}
	return err
}
