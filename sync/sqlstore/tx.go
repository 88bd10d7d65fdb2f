package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// tx implements review.Tx.
type tx struct {
	ctx    context.Context
	sql    *sql.Tx
	writes bool
	erases bool
	broken error // the first statement that failed: nothing is committed after it
}

// errText says that a name cannot be kept: PostgreSQL takes no NUL in a text.
var errText = errors.New("a name holds a NUL or is no UTF-8")

// bound returns the arguments as both drivers take them, and whether both
// databases can: what they cannot take is in neither.
func bound(args []any) ([]any, bool) {
	out := make([]any, len(args))
	for i, a := range args {
		switch v := reflect.ValueOf(a); v.Kind() {
		case reflect.String:
			s := v.String()
			if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
				return nil, false
			}
			out[i] = s
		case reflect.Uint64:
			out[i] = int64(min(v.Uint(), math.MaxInt64))
		case reflect.Slice:
			if v.IsNil() {
				a = []byte{}
			}
			out[i] = a
		default:
			out[i] = a
		}
	}
	return out, true
}

func (x *tx) fail(err error) error {
	if err != nil && x.broken == nil {
		x.broken = err
	}
	return err
}

// exec runs a statement that changes something and returns how many rows it changed.
func (x *tx) exec(query string, args ...any) (int64, error) {
	if !x.writes {
		return 0, review.ErrReadOnly
	}
	args, ok := bound(args)
	if !ok {
		return 0, errText
	}
	r, err := x.sql.ExecContext(x.ctx, query, args...)
	if err != nil {
		return 0, x.fail(err)
	}
	n, err := r.RowsAffected()
	return n, x.fail(err)
}

// put writes a value as the query's last argument, as JSON.
func (x *tx) put(v any, query string, args ...any) error {
	doc, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = x.exec(query, append(args, doc)...)
	return err
}

// each calls scan for every row of the query.
func (x *tx) each(scan func(*sql.Rows) error, query string, args ...any) error {
	args, ok := bound(args)
	if !ok {
		return nil
	}
	rows, err := x.sql.QueryContext(x.ctx, query, args...)
	if err != nil {
		return x.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return x.fail(err)
		}
	}
	return x.fail(rows.Err())
}

// one scans the one row of the query, or returns catalog.ErrNotFound.
func (x *tx) one(dest []any, query string, args ...any) error {
	err := fmt.Errorf("%v: %w", args, catalog.ErrNotFound)
	each := x.each(func(rows *sql.Rows) error {
		err = nil
		return rows.Scan(dest...)
	}, query, args...)
	if each != nil {
		return each
	}
	return err
}

// load decodes the document that the query finds.
func load[V any](x *tx, query string, args ...any) (v V, err error) {
	var doc []byte
	if err := x.one([]any{&doc}, query, args...); err != nil {
		return v, err
	}
	return v, decode(doc, &v)
}

// list decodes the documents that the query finds.
func list[V any](x *tx, query string, args ...any) (vs []V, err error) {
	err = x.each(func(rows *sql.Rows) error {
		var doc sql.RawBytes
		if err := rows.Scan(&doc); err != nil {
			return err
		}
		var v V
		err := decode(doc, &v)
		vs = append(vs, v)
		return err
	}, query, args...)
	return vs, err
}

func decode(doc []byte, v any) error {
	if err := json.Unmarshal(doc, v); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// limited is the limit as SQL takes it.
func limited(limit int) int64 {
	if limit <= 0 {
		return math.MaxInt64
	}
	return int64(limit)
}

// kept returns v as JSON keeps it, so that what a caller is told when it writes
// is what it reads later.
func kept[V any](v V) (k V, err error) {
	b, err := json.Marshal(v)
	if err != nil {
		return k, err
	}
	return k, json.Unmarshal(b, &k)
}
