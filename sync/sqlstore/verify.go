package sqlstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// latest reads the schema's number.
const latest = `SELECT MAX(version_id) FROM goose_db_version`

// Verify checks everything that can be checked, while the store stays in use: the
// database's own structures, every hash, the chain of the log, that the feed has
// no gaps, and that what lists show is what the documents say. All that is wrong
// is in the error, which is ErrDamaged.
func Verify(ctx context.Context, where string) error {
	e := engineOf(where)
	_, read, err := e.connect(ctx, false)
	if read != nil {
		defer read.Close()
	}
	if err == nil {
		err = verify(ctx, e, read)
	}
	if err != nil {
		return fmt.Errorf("verify %s: %w", redacted(where), e.explain(err))
	}
	return nil
}

func verify(ctx context.Context, e engine, db *sql.DB) error {
	t, err := db.BeginTx(ctx, e.reading())
	if err != nil {
		return err
	}
	defer t.Rollback()
	if err := e.checkPages(ctx, t); err != nil {
		return err
	}
	var k string
	if err := t.QueryRowContext(ctx, `SELECT kind FROM store`).Scan(&k); err != nil || k != kind {
		return errors.Join(ErrOtherData, err)
	}
	var version int64
	if err := t.QueryRowContext(ctx, latest).Scan(&version); err != nil {
		return err
	}
	if known, err := newest(); err != nil || version != known {
		return err // of another schema: whoever opens it sees to that
	}
	v := &verifier{tx: &tx{ctx: ctx, sql: t}}
	for _, check := range []func() error{v.log, v.feed, v.cases, v.catalogs, v.blobs, v.documents} {
		if err := check(); err != nil {
			return err
		}
	}
	return errors.Join(v.problems...)
}

type verifier struct {
	*tx
	problems []error
}

func (v *verifier) wrong(format string, args ...any) {
	if len(v.problems) < 100 { // beyond that nobody reads on
		v.problems = append(v.problems, fmt.Errorf("%w: %w", ErrDamaged, fmt.Errorf(format, args...)))
	}
}

// page is how many documents are looked at together.
const page = 1000

func (v *verifier) log() error {
	var prev review.Record
	for {
		rs, err := v.Records(prev.Seq, page)
		if err != nil || len(rs) == 0 {
			return err
		}
		if err := review.VerifyRecords(prev, rs); err != nil {
			v.wrong("%w", err)
			return nil
		}
		prev = rs[len(rs)-1]
	}
}

func (v *verifier) feed() error {
	var last uint64
	return v.each(func(rows *sql.Rows) error {
		var seq uint64
		var unit catalog.UnitID
		var doc []byte
		if err := rows.Scan(&seq, &unit, &doc); err != nil {
			return err
		}
		var it review.Item
		if err := json.Unmarshal(doc, &it); err != nil || it.Seq != seq || it.Unit != unit {
			v.wrong("item %d of the feed is another one", seq)
		}
		if seq != last+1 {
			v.wrong("the feed lacks what follows item %d", last)
		}
		last = seq
		return nil
	}, `SELECT seq, unit, doc FROM feed ORDER BY seq`)
}

func (v *verifier) cases() error {
	for after := (review.CaseID{}); ; {
		heads, err := v.Heads(review.CaseQuery{After: after, Limit: page})
		if err != nil || len(heads) == 0 {
			return err
		}
		for _, h := range heads {
			c, err := v.Case(h.ID)
			if err != nil {
				v.wrong("case %v: %w", h.ID, err)
				continue
			}
			if want, err := kept(c.Head()); err != nil || !reflect.DeepEqual(h, want) {
				v.wrong("case %v is not what lists show of it", h.ID)
			}
			for _, s := range c.Submissions {
				var there bool
				if err := v.one([]any{&there}, `SELECT EXISTS (SELECT 1 FROM catalogs WHERE hash = $1)`, s.Catalog); err != nil {
					return err
				}
				if !there {
					v.wrong("case %v: the catalog of submission %d is not there", h.ID, s.Number)
				}
			}
		}
		after = heads[len(heads)-1].ID
	}
}

func (v *verifier) catalogs() error {
	sumOf := map[review.Hash]string{}
	held := map[[sha256.Size]byte]bool{}
	err := v.each(func(rows *sql.Rows) error {
		var h review.Hash
		var sum string
		var list []byte
		if err := rows.Scan(&h, &sum, &list); err != nil {
			return err
		}
		sumOf[h] = sum
		of, err := sums(list)
		if err != nil {
			v.wrong("catalog %s: %w", h, err)
		}
		for _, sum := range of {
			held[sum] = true
		}
		return nil
	}, `SELECT hash, sum, entries FROM catalogs`)
	if err != nil {
		return err
	}
	for h, sum := range sumOf {
		doc, entries, err := v.catalog(h)
		if errors.Is(err, ErrDamaged) {
			v.wrong("%w", err)
			continue
		} else if err != nil {
			return err
		}
		if s := sha256.Sum256(filled(doc, entries)); hex.EncodeToString(s[:]) != sum {
			v.wrong("catalog %s says something else", h)
		}
	}
	return v.each(func(rows *sql.Rows) error {
		var hash, doc []byte
		if err := rows.Scan(&hash, &doc); err != nil {
			return err
		}
		sum := sha256.Sum256(doc)
		if !bytes.Equal(sum[:], hash) {
			v.wrong("entry %x says something else", hash)
		} else if !held[sum] {
			v.wrong("entry %x is in no catalog", hash)
		}
		return nil
	}, `SELECT hash, doc FROM entries`)
}

func (v *verifier) blobs() error {
	return v.each(func(rows *sql.Rows) error {
		var hash string
		var data sql.RawBytes
		if err := rows.Scan(&hash, &data); err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
			v.wrong("blob %s says something else", hash)
		}
		return nil
	}, `SELECT hash, data FROM blobs`)
}

// documents reads what nothing else does.
func (v *verifier) documents() error {
	for _, table := range []struct {
		name string
		as   func() any
	}{
		{"receipts", func() any { return new(review.Receipt) }},
		{"units", func() any { return new(catalog.Unit) }},
		{"forms", func() any { return new(review.Form) }},
		{"assessments", func() any { return new(review.Assessment) }},
		{"accounts", func() any { return new(review.Account) }},
		{"devices", func() any { return new(review.Device) }},
		{"invitations", func() any { return new(review.Invitation) }},
		{"sessions", func() any { return new(review.Session) }},
		{"attempts", func() any { return new(review.Attempts) }},
	} {
		err := v.each(func(rows *sql.Rows) error {
			var doc sql.RawBytes
			if err := rows.Scan(&doc); err != nil {
				return err
			}
			if err := json.Unmarshal(doc, table.as()); err != nil {
				v.wrong("%s: %w", table.name, err)
			}
			return nil
		}, `SELECT doc FROM `+table.name)
		if err != nil {
			return err
		}
	}
	return nil
}
