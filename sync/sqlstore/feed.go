package sqlstore

import (
	"encoding/json"
	"errors"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func (x *tx) Append(r review.Record) (review.Record, error) {
	if !x.writes {
		return r, review.ErrReadOnly
	}
	head, err := x.LogHead()
	if err != nil {
		return r, err
	}
	r = r.Sealed(head)
	return r, x.put(r, `INSERT INTO log (seq, doc) VALUES ($1, $2)`, r.Seq)
}

func (x *tx) Records(after uint64, limit int) ([]review.Record, error) {
	return list[review.Record](x, `SELECT doc FROM log WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limited(limit))
}

func (x *tx) LogHead() (review.Record, error) {
	r, err := load[review.Record](x, `SELECT doc FROM log ORDER BY seq DESC LIMIT 1`)
	if errors.Is(err, catalog.ErrNotFound) {
		return review.Record{}, nil
	}
	return r, err
}

func (x *tx) Post(it review.Item) (review.Item, error) {
	if !x.writes {
		return it, review.ErrReadOnly
	}
	var last uint64
	if err := x.one([]any{&last}, `SELECT COALESCE(MAX(seq), 0) FROM feed`); err != nil {
		return it, err
	}
	it.Seq = last + 1
	it, err := kept(it)
	if err != nil {
		return it, err
	}
	return it, x.put(it, `INSERT INTO feed (seq, unit, doc) VALUES ($1, $2, $3)`, it.Seq, it.Unit)
}

func (x *tx) Amend(seq uint64, body json.RawMessage) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	it, err := load[review.Item](x, `SELECT doc FROM feed WHERE seq = $1`, seq)
	if err != nil {
		return err
	}
	it.Body, x.erases = body, true
	return x.put(it, `UPDATE feed SET doc = $2 WHERE seq = $1`, seq)
}

func (x *tx) Feed(unit catalog.UnitID, after uint64, limit int) ([]review.Item, error) {
	if unit == "" {
		return list[review.Item](x, `SELECT doc FROM feed WHERE unit = '' AND seq > $1 ORDER BY seq LIMIT $2`, after, limited(limit))
	}
	// Each half walks the index, instead of sorting all that is for everyone.
	return list[review.Item](x, `SELECT doc FROM (
			SELECT * FROM (SELECT seq, doc FROM feed WHERE unit = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS own
			UNION ALL
			SELECT * FROM (SELECT seq, doc FROM feed WHERE unit = '' AND seq > $2 ORDER BY seq LIMIT $3) AS everyone
		) AS items ORDER BY seq LIMIT $3`, unit, after, limited(limit))
}

func (x *tx) Epoch() (epoch string, err error) {
	err = x.one([]any{&epoch}, `SELECT epoch FROM store`)
	return epoch, err
}
