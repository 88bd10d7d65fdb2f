package sqlstore

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// parts is a catalog as it is kept: what it says besides its entries, and the
// entries' own documents by their sums.
type parts struct {
	sum     [sha256.Size]byte // of the whole catalog's JSON
	doc     []byte
	entries []byte // the sums, one after the other
	docs    map[[sha256.Size]byte][]byte
}

// hole is where the entries stand in a catalog's JSON. It is there once: a
// quotation mark within a text has a backslash before it.
const hole = `"entries":[]`

func partsOf(c catalog.Catalog) (parts, error) {
	p := parts{docs: make(map[[sha256.Size]byte][]byte, len(c.Entries))}
	docs := make([][]byte, len(c.Entries))
	for i := range c.Entries {
		doc, err := c.Entries[i].MarshalJSON() // what json.Marshal would only go through again
		if err != nil {
			return p, err
		}
		sum := sha256.Sum256(doc)
		docs[i], p.docs[sum], p.entries = doc, doc, append(p.entries, sum[:]...)
	}
	if c.Entries != nil {
		c.Entries = []catalog.Entry{}
	}
	var err error
	if p.doc, err = json.Marshal(c); err != nil {
		return p, err
	}
	p.sum = sha256.Sum256(filled(p.doc, docs))
	return p, nil
}

// filled is the JSON of a whole catalog.
func filled(doc []byte, entries [][]byte) []byte {
	if len(entries) == 0 {
		return doc
	}
	before, after, _ := bytes.Cut(doc, []byte(hole))
	return slices.Concat(before, []byte(hole[:len(hole)-1]), bytes.Join(entries, []byte{','}), []byte{']'}, after)
}

// sums are the hashes of entries that stand in b one after the other.
func sums(b []byte) (hs [][sha256.Size]byte, err error) {
	if len(b)%sha256.Size != 0 {
		return nil, fmt.Errorf("%w: a list of entries is cut short", ErrDamaged)
	}
	for c := range slices.Chunk(b, sha256.Size) {
		hs = append(hs, [sha256.Size]byte(c))
	}
	return hs, nil
}

func (x *tx) PutCatalog(c catalog.Catalog) (review.Hash, error) {
	if !x.writes {
		return "", review.ErrReadOnly
	}
	p, err := partsOf(c)
	if err != nil {
		return "", err
	}
	h := review.Hash(hex.EncodeToString(p.sum[:]))
	n, err := x.exec(`INSERT INTO catalogs (hash, sum, doc, entries) VALUES ($1, $1, $2, $3) ON CONFLICT DO NOTHING`, h, p.doc, p.entries)
	if err != nil || n == 0 {
		return h, err
	}
	return h, x.putEntries(p.docs)
}

// batch is how many entries go to the database at once: many enough that the
// line does not matter.
const batch = 100

// putEntries stores those that are not there.
func (x *tx) putEntries(docs map[[sha256.Size]byte][]byte) error {
	there, err := x.entries(slices.Collect(maps.Keys(docs)), false)
	if err != nil {
		return err
	}
	var args []any
	for sum, doc := range docs {
		if _, ok := there[sum]; !ok {
			args = append(args, sum[:], doc)
		}
	}
	for rows := range slices.Chunk(args, 2*batch) {
		var values strings.Builder
		for i := range len(rows) / 2 {
			fmt.Fprintf(&values, ", ($%d, $%d)", 2*i+1, 2*i+2)
		}
		if _, err := x.exec(`INSERT INTO entries (hash, doc) VALUES `+values.String()[2:], rows...); err != nil {
			return err
		}
	}
	return nil
}

// entries returns those of the entries that are there, their documents only
// where they are asked for.
func (x *tx) entries(of [][sha256.Size]byte, docs bool) (map[[sha256.Size]byte][]byte, error) {
	there := make(map[[sha256.Size]byte][]byte, len(of))
	column := "''"
	if docs {
		column = "doc"
	}
	for some := range slices.Chunk(of, batch) {
		args := make([]any, batch)
		for i := range args { // one statement for all: the last repeats what it asks for
			args[i] = some[min(i, len(some)-1)][:]
		}
		err := x.each(func(rows *sql.Rows) error {
			var sum, doc []byte
			if err := rows.Scan(&sum, &doc); err != nil {
				return err
			}
			if len(sum) != sha256.Size {
				return fmt.Errorf("%w: an entry's hash is cut short", ErrDamaged)
			}
			there[[sha256.Size]byte(sum)] = doc
			return nil
		}, `SELECT hash, `+column+` FROM entries WHERE hash IN (`+places(1, batch)+`)`, args...)
		if err != nil {
			return nil, err
		}
	}
	return there, nil
}

func (x *tx) Catalog(h review.Hash) (c catalog.Catalog, err error) {
	doc, entries, err := x.catalog(h)
	if err != nil {
		return c, err
	}
	if err := decode(doc, &c); err != nil {
		return c, err
	}
	for _, doc := range entries {
		var e catalog.Entry
		if err := e.UnmarshalJSON(doc); err != nil {
			return c, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		c.Entries = append(c.Entries, e)
	}
	return c, nil
}

// catalog returns the documents of a catalog and of its entries.
func (x *tx) catalog(h review.Hash) (doc []byte, entries [][]byte, err error) {
	var list []byte
	if err := x.one([]any{&doc, &list}, `SELECT doc, entries FROM catalogs WHERE hash = $1`, h); err != nil {
		return nil, nil, err
	}
	of, err := sums(list)
	if err != nil {
		return nil, nil, err
	}
	there, err := x.entries(of, true)
	if err != nil {
		return nil, nil, err
	}
	for _, sum := range of {
		d, ok := there[sum]
		if !ok {
			return nil, nil, fmt.Errorf("%w: catalog %s lacks an entry", ErrDamaged, h)
		}
		entries = append(entries, d)
	}
	return doc, entries, nil
}

func (x *tx) ReplaceCatalog(h review.Hash, c catalog.Catalog) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	var old []byte
	if err := x.one([]any{&old}, `SELECT entries FROM catalogs WHERE hash = $1`, h); err != nil {
		return err
	}
	p, err := partsOf(c)
	if err != nil {
		return err
	}
	x.erases = true
	_, err = x.exec(`UPDATE catalogs SET sum = $2, doc = $3, entries = $4 WHERE hash = $1`, h, hex.EncodeToString(p.sum[:]), p.doc, p.entries)
	if err != nil {
		return err
	}
	return errors.Join(x.putEntries(p.docs), x.dropUnheld(old))
}

// dropUnheld removes those of the entries that no catalog holds any more.
func (x *tx) dropUnheld(list []byte) error {
	of, err := sums(list)
	if err != nil {
		return err
	}
	unheld := make(map[[sha256.Size]byte]bool, len(of))
	for _, sum := range of {
		unheld[sum] = true
	}
	err = x.each(func(rows *sql.Rows) error {
		var list sql.RawBytes
		if err := rows.Scan(&list); err != nil {
			return err
		}
		held, err := sums(list)
		for _, sum := range held {
			delete(unheld, sum)
		}
		return err
	}, `SELECT entries FROM catalogs`)
	if err != nil {
		return err
	}
	for sum := range unheld {
		if _, err := x.exec(`DELETE FROM entries WHERE hash = $1`, sum[:]); err != nil {
			return err
		}
	}
	return nil
}

func (x *tx) PutBlob(b []byte) (review.Hash, error) {
	sum := sha256.Sum256(b)
	h := review.Hash(hex.EncodeToString(sum[:]))
	_, err := x.exec(`INSERT INTO blobs (hash, data) VALUES ($1, $2) ON CONFLICT DO NOTHING`, h, b)
	return h, err
}

func (x *tx) Blob(h review.Hash) (b []byte, err error) {
	err = x.one([]any{&b}, `SELECT data FROM blobs WHERE hash = $1`, h)
	return b, err
}

func (x *tx) RemoveBlob(h review.Hash) error {
	x.erases = true
	_, err := x.exec(`DELETE FROM blobs WHERE hash = $1`, h)
	return err
}
