package sqlstore_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/sqlstore"
)

func TestErasedIsGoneFromTheDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	secrets := [][]byte{[]byte("340223199001011234"), []byte("in the bundle " + rand.Text()), []byte("in the feed " + rand.Text()), []byte("in the case " + rand.Text())}
	c := someCatalog(60)
	c.Entries[7].Content = "联系人身份证号 " + string(secrets[0])
	var h, bundle review.Hash
	k := review.Case{ID: review.CaseID{Unit: c.Unit.ID, Sector: c.Sector}, Version: 1}
	var item review.Item
	err := s.Update(t.Context(), func(tx review.Tx) (err error) {
		if h, err = tx.PutCatalog(c); err != nil {
			return err
		}
		// Another catalog shares all entries but the one.
		other := c
		other.Note, other.Entries = "another", append([]catalog.Entry{}, c.Entries...)
		other.Entries[7].Content = "harmless"
		if _, err = tx.PutCatalog(other); err != nil {
			return err
		}
		if bundle, err = tx.PutBlob(bytes.Repeat(secrets[1], 1000)); err != nil {
			return err
		}
		if item, err = tx.Post(review.Item{Kind: review.ItemDecision, Body: []byte(`"` + string(bytes.Repeat(secrets[2], 300)) + `"`)}); err != nil {
			return err
		}
		k.Comments = []review.Comment{{Text: string(bytes.Repeat(secrets[3], 300))}}
		return tx.PutCase(k)
	})
	if err != nil {
		t.Fatal(err)
	}
	found := func() (n int) {
		for _, name := range []string{"service.db", "service.db-wal"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range secrets {
				n += bytes.Count(b, secret)
			}
		}
		return n
	}
	if found() == 0 {
		t.Fatal("the search finds nothing that is there")
	}
	erased := c
	erased.Entries = append([]catalog.Entry{}, c.Entries...)
	erased.Entries[7].Content = "（已删除）"
	erase := func(tx review.Tx) error {
		k.Version, k.Comments = 2, nil
		return errors.Join(tx.ReplaceCatalog(h, erased), tx.RemoveBlob(bundle), tx.Amend(item.Seq, []byte(`"gone"`)), tx.PutCase(k))
	}
	// A view that is open keeps the old state readable: what it holds up is done
	// after the next update.
	err = s.View(t.Context(), func(tx review.Tx) error {
		if _, err := tx.Catalog(h); err != nil {
			return err
		}
		return s.Update(t.Context(), erase)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx review.Tx) error { return tx.PutSetting("x", nil) }); err != nil {
		t.Fatal(err)
	}
	if n := found(); n != 0 {
		t.Errorf("what was erased is on the disk %d times", n)
	}
	if err := sqlstore.Verify(t.Context(), dir); err != nil {
		t.Error(err)
	}
	err = s.View(t.Context(), func(tx review.Tx) error {
		got, err := tx.Catalog(h)
		if len(got.Entries) != 60 || got.Entries[7].Content != "（已删除）" {
			t.Error("the rest of the catalog is not there")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
