package boltstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"mulutong/catalog"
)

// golden makes a folder of the store that the first version of the program
// wrote: testdata/v1 holds a backup, and what it must be read as for ever.
func golden(t *testing.T) (dir, want string) {
	t.Helper()
	dir = t.TempDir()
	file, err := os.ReadFile("testdata/v1/drafts.db")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/v1/content.json")
	if err != nil {
		t.Fatal(err)
	}
	return dir, string(text)
}

// read returns what a store holds, in the form of content.json.
func readAll(t *testing.T, s *Store) string {
	t.Helper()
	ctx := context.Background()
	catalogs, err := s.Catalogs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	history, err := s.History(ctx, HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	if err := e.Encode(map[string]any{"unit": s.Unit(), "catalogs": catalogs, "history": history}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpensTheFirstVersionsStore(t *testing.T) {
	dir, want := golden(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := readAll(t, s); got != want {
		t.Errorf("the store of schema 1 reads as\n%s\nwant\n%s", got, want)
	}
	if err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
	for s.CanUndo() {
		if _, err := s.Undo(context.Background(), "李梅"); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := s.Catalogs(context.Background()); err != nil || len(left) != 0 {
		t.Errorf("undone to the beginning there are %d catalogs (%v)", len(left), err)
	}
}

// nextForm is a program that writes schema 3: notes are upper-case from 2 on,
// and 3 changes nothing.
var nextForm = form{schema: 3, migrations: map[int]migration{
	1: func(b *bolt.Bucket) error {
		upper := func(j []byte) []byte { return []byte(strings.ToUpper(string(j))) }
		start := []byte(catalog.TargetNote)
		notes := map[string][]byte{}
		err := scan(b, start, func(k, v []byte) error {
			notes[string(k)] = upper(v)
			return nil
		})
		if err != nil {
			return err
		}
		for k, v := range notes {
			if err := put(b, []byte(k), v); err != nil {
				return err
			}
		}
		for seq := lastSeq(b); seq > 0; seq-- {
			r, err := readRecord(b, seq)
			if err != nil {
				return err
			}
			for i, c := range r.Changes {
				if c.Target == catalog.TargetNote && c.Before != nil {
					r.Changes[i].Before = upper(c.Before)
				}
			}
			if err := putRecord(b, seq, r); err != nil {
				return err
			}
		}
		return nil
	},
	2: func(*bolt.Bucket) error { return nil },
}}

func TestMigration(t *testing.T) {
	ctx := context.Background()
	dir, want := golden(t)
	next := Options{form: nextForm}
	s, err := Open(dir, next)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Catalog(ctx, "housing")
	if err != nil || c.Note != "DRAFT TWO" {
		t.Errorf("note is %q (%v), want DRAFT TWO", c.Note, err)
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
	if _, err := s.Undo(ctx, "李梅"); err != nil {
		t.Error(err)
	}
	if c, err = s.Catalog(ctx, "housing"); err != nil || c.Note != "DRAFT" {
		t.Errorf("undone, the note is %q (%v), want DRAFT", c.Note, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	if _, err := Open(dir, Options{}); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("the older program's Open = %v, want %v", err, ErrNewerSchema)
	}
	if err := Verify(dir); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("the older program's Verify = %v, want %v", err, ErrNewerSchema)
	}
	if m, err := readMarker(dir); err != nil || m.Schema != 3 {
		t.Errorf("the marker says %+v (%v)", m, err)
	}
	again, err := Open(dir, next) // nothing is left to migrate
	if err != nil {
		t.Fatal(err)
	}
	again.Close()

	// The way back: the copy from before.
	back := t.TempDir()
	if err := RestoreBackup(ctx, filepath.Join(dir, "drafts.db.before-v3"), back); err != nil {
		t.Fatal(err)
	}
	old, err := Open(back, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if got := readAll(t, old); got != want {
		t.Error("the copy from before the migration is not what the store was")
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	boom := errors.New("boom")
	half := func(b *bolt.Bucket) error {
		return errors.Join(b.Delete(historyKey(1)), boom)
	}
	broken := func(b *bolt.Bucket) error { return b.Delete(historyKey(2)) }
	tests := []struct {
		name string
		form form
		o    Options
		want error
	}{
		{"it fails half-way", form{2, map[int]migration{1: half}}, Options{}, boom},
		{"what it makes does not verify", form{2, map[int]migration{1: broken}}, Options{}, ErrDamaged},
		{"a step is missing", form{3, map[int]migration{1: nextForm.migrations[2]}}, Options{}, nil},
		{"the store is only to be read", nextForm, Options{ReadOnly: true}, ErrReadOnly},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, want := golden(t)
			tt.o.form = tt.form
			_, err := Open(dir, tt.o)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("Open = %v, want %v", err, tt.want)
			}
			s, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if got := readAll(t, s); got != want {
				t.Error("a migration that failed changed the store")
			}
		})
	}
}

func TestMigrationWithoutRoomForTheCopyIsNotBegun(t *testing.T) {
	dir, want := golden(t)
	// A folder stands where the copy has to.
	if err := os.Mkdir(filepath.Join(dir, "drafts.db.before-v3"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{form: nextForm}); err == nil {
		t.Error("migrated without a copy")
	}
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := readAll(t, s); got != want {
		t.Error("the store changed")
	}
}

func TestAuditFindsWhatIsWrong(t *testing.T) {
	note := key{Target: catalog.TargetNote, Sector: "housing"}
	order := key{Target: catalog.TargetOrder, Sector: "housing"}
	entry := func(b *bolt.Bucket) key {
		ids, err := readOrder(b, "housing")
		if err != nil {
			t.Fatal(err)
		}
		return entryKey("housing", ids[0])
	}
	tests := []struct {
		name string
		harm func(*bolt.Bucket) error
		says string
	}{
		{"an edit is missing", func(b *bolt.Bucket) error { return b.Delete(historyKey(2)) }, "edit 3 follows edit 1"},
		{"the last edit is missing", func(b *bolt.Bucket) error { return b.Delete(historyKey(lastSeq(b))) }, "the last was 7"},
		{"a value is missing", func(b *bolt.Bucket) error { return b.Delete(note.bytes()) }, "note"},
		{"an entry is missing", func(b *bolt.Bucket) error { return b.Delete(entry(b).bytes()) }, "does not name its entries"},
		{"the order is missing", func(b *bolt.Bucket) error { return b.Delete(order.bytes()) }, "has no order"},
		{"an order names one twice", func(b *bolt.Bucket) error { return put(b, order.bytes(), []byte(`["a","a"]`)) }, "does not name its entries"},
		{"a state is missing", func(b *bolt.Bucket) error { return b.Delete(stateKey("housing")) }, "at revision 0"},
		{"a revision is too low", func(b *bolt.Bucket) error {
			return put(b, stateKey("housing"), []byte(`{"revision":1,"edit":9}`))
		}, "at revision 1"},
		{"a value no edit made", func(b *bolt.Bucket) error {
			return put(b, key{Target: catalog.TargetNotApplicable, Sector: "housing"}.bytes(), []byte(`{"reason":"x"}`))
		}, "no edit made it"},
		{"a value of no catalog", func(b *bolt.Bucket) error {
			return put(b, key{Target: catalog.TargetNote, Sector: "budget"}.bytes(), []byte(`"x"`))
		}, "no catalog"},
		{"a value of another form", func(b *bolt.Bucket) error { return put(b, note.bytes(), []byte(`{}`)) }, "value of"},
		{"an entry under another's key", func(b *bolt.Bucket) error { return put(b, entry(b).bytes(), []byte(`{"id":"x","sector":"housing"}`)) }, "says it is"},
		{"an unknown key", func(b *bolt.Bucket) error { return put(b, []byte("x"), []byte("x")) }, "unknown key"},
		{"a wrong checksum", func(b *bolt.Bucket) error { return b.Put(note.bytes(), []byte("\x00\x00\x00\x00\"x\"")) }, "checksum"},
		{"an undo of the wrong edit", func(b *bolt.Bucket) error {
			r, err := readRecord(b, 3)
			r.Undoes = 1
			return errors.Join(err, putRecord(b, 3, r))
		}, "not the next to take back"},
		{"an edit that leads undo astray", func(b *bolt.Bucket) error {
			r, err := readRecord(b, lastSeq(b))
			r.Undo = 1
			return errors.Join(err, putRecord(b, lastSeq(b), r))
		}, "undo 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, _ := golden(t)
			s, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := s.db.Update(func(tx *bolt.Tx) error { return tt.harm(tx.Bucket(bucketName)) }); err != nil {
				t.Fatal(err)
			}
			err = s.Verify(context.Background())
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Verify = %v, want %v, saying %q", err, ErrDamaged, tt.says)
			}
		})
	}
}

func TestKeysReadBack(t *testing.T) {
	for _, k := range []key{
		{Target: catalog.TargetOrder, Sector: "housing"},
		entryKey("housing", "a"),
		entryKey("housing", "with\x00zero"),
		reasonKey("tax", catalog.Reason{Rule: "basis.unknown", Entry: "a/b", Field: catalog.FieldBasis}),
	} {
		got, err := parseKey(k.bytes())
		if err != nil || got != k {
			t.Errorf("parseKey(%q) = %+v, %v", k.bytes(), got, err)
		}
	}
	for _, bad := range []string{"", "entry", "entry\x00housing", "order\x00housing\x00x", "order\x00", "other\x00housing", "entry\x00housing\x00"} {
		if k, err := parseKey([]byte(bad)); !errors.Is(err, ErrDamaged) {
			t.Errorf("parseKey(%q) = %+v, %v", bad, k, err)
		}
	}
	inOrder := [][]byte{historyKey(1), historyKey(256), identityKey, stateKey("tax"), prefix(catalog.TargetCatalog, "tax")}
	if !slices.IsSortedFunc(inOrder, bytes.Compare) {
		t.Error("keys do not sort as the layout says")
	}
}
