package boltstore_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/catalogtest"
)

func TestWhatIsNoStore(t *testing.T) {
	write := func(t *testing.T, name, text string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	tests := []struct {
		name string
		dir  func(*testing.T) string
		want error
	}{
		{"an absent folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") }, boltstore.ErrNoStore},
		{"an empty folder", func(t *testing.T) string { return t.TempDir() }, boltstore.ErrNoStore},
		{"the service's folder", func(t *testing.T) string { return write(t, "store.json", `{"kind":"service","schema":3}`) }, boltstore.ErrServiceData},
		{"an empty file", func(t *testing.T) string { return write(t, "drafts.db", "") }, boltstore.ErrDamaged},
		{"another file", func(t *testing.T) string { return write(t, "drafts.db", "PK\x03\x04") }, boltstore.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := boltstore.Open(tt.dir(t), boltstore.Options{}); !errors.Is(err, tt.want) {
				t.Errorf("Open = %v, want %v", err, tt.want)
			}
		})
	}
	dir := write(t, "store.json", `{"kind":"service","schema":3}`)
	if _, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{}); !errors.Is(err, boltstore.ErrServiceData) {
		t.Errorf("Create in the service's folder = %v, want %v", err, boltstore.ErrServiceData)
	}
	if err := boltstore.RestoreBackup(context.Background(), backupOf(t, 26), dir); !errors.Is(err, boltstore.ErrServiceData) {
		t.Errorf("RestoreBackup into the service's folder = %v, want %v", err, boltstore.ErrServiceData)
	}
	if _, err := boltstore.Create(t.TempDir(), catalog.Unit{}, boltstore.Options{}); err == nil {
		t.Error("Create for no unit gave no error")
	}
}

func TestCreateGoesOnWhereOneWasCutShort(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "drafts.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	catalogtest.CheckStore(t, suiteStore{s})
}

func TestStoreWithoutItsMarkIsMarkedAgain(t *testing.T) {
	dir := fill(t, 26)
	mark := filepath.Join(dir, "store.json")
	for _, text := range []string{"", "{", `{"kind":"drafts","schema":0}`} {
		if err := os.WriteFile(mark, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := boltstore.Open(dir, boltstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		if b, err := os.ReadFile(mark); err != nil || string(b) != "{\"kind\":\"drafts\",\"schema\":1}\n" {
			t.Errorf("the mark is %q (%v)", b, err)
		}
	}
}

// victim is a small store with some history, as one file, and its content after
// the last edit and before it.
func victim(t testing.TB) (file []byte, last, before string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "drafts")
	s, err := boltstore.Create(dir, catalogtest.Unit(), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Edit(context.Background(), boltstore.EditInfo{By: "李梅"}, func(tx *boltstore.Tx) error {
		c := catalogtest.Catalogs(1, 26*12)[0]
		c.Reasons = []catalog.Reason{{Rule: "basis.unknown", Reason: "本县文件"}}
		c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{"t1": {Reason: "无此业务"}}
		return tx.PutCatalog(c)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"一", "二", "三"} {
		note(t, s, text)
		before, last = last, content(t, s)
	}
	if file, err = os.ReadFile(filepath.Join(dir, "drafts.db")); err != nil {
		t.Fatal(err)
	}
	return file, last, before
}

// try uses the store in a file that may be damaged, in every way there is. It
// must not panic, and what it reads must be right unless Verify finds it wrong.
func try(t testing.TB, file []byte, right ...string) {
	dir := t.TempDir()
	path := filepath.Join(dir, "drafts.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	known := func(err error) {
		t.Helper()
		for _, e := range []error{boltstore.ErrDamaged, boltstore.ErrNoStore, boltstore.ErrServiceData, boltstore.ErrNewerSchema, boltstore.ErrNothingToUndo} {
			if errors.Is(err, e) {
				return
			}
		}
		if err != nil {
			t.Errorf("unexpected error: %v", err)
		}
	}
	sound := boltstore.Verify(path)
	known(sound)
	s, err := boltstore.Open(dir, boltstore.Options{})
	if err != nil {
		known(err)
		if sound == nil {
			t.Errorf("a store that verifies does not open: %v", err)
		}
		return
	}
	defer s.Close()
	got, err := tryContent(s)
	known(err)
	if sound == nil {
		if err != nil {
			t.Errorf("a store that verifies cannot be read: %v", err)
		}
		ok := len(right) == 0
		for _, r := range right {
			ok = ok || got == r
		}
		if !ok {
			t.Errorf("a store that verifies reads as\n%s", got)
		}
	}
	ctx := context.Background()
	_, err = s.Edit(ctx, boltstore.EditInfo{}, func(tx *boltstore.Tx) error {
		sectors, err := tx.Sectors()
		if err != nil || len(sectors) == 0 {
			return err
		}
		c, err := tx.Catalog(sectors[0])
		if err != nil {
			return err
		}
		for _, e := range c.Entries {
			e.Content += "。"
			if err := tx.PutEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
	known(err)
	_, err = s.Undo(ctx, "")
	known(err)
	if sound == nil {
		if err := s.Verify(ctx); err != nil {
			t.Errorf("a store that verified does not after edits: %v", err)
		}
	}
}

func TestDamagedFileIsNoticed(t *testing.T) {
	file, last, before := victim(t)
	r := rand.New(rand.NewPCG(1, 2))
	const page = 4096
	t.Run("bytes", func(t *testing.T) {
		for range 200 {
			b := append([]byte{}, file...)
			i := r.IntN(len(b))
			if r.IntN(2) == 0 { // a page's head and its first elements: numbers that lead elsewhere
				i = i/page*page + r.IntN(100)
			}
			b[i] ^= byte(1 + r.IntN(255))
			try(t, b, last, before)
		}
	})
	t.Run("blocks", func(t *testing.T) {
		for range 40 {
			b := append([]byte{}, file...)
			at, n := r.IntN(len(b)/512)*512, 512<<r.IntN(5)
			for i := at; i < min(at+n, len(b)); i++ {
				b[i] = byte(r.IntN(256) * (n / 512 % 2))
			}
			try(t, b, last, before)
		}
	})
	t.Run("pages in each other's place", func(t *testing.T) {
		for range 40 {
			b := append([]byte{}, file...)
			from, to := r.IntN(len(b)/page)*page, r.IntN(len(b)/page)*page
			copy(b[to:to+page], file[from:])
			try(t, b, last, before)
		}
	})
	t.Run("cut short", func(t *testing.T) {
		for range 40 {
			try(t, file[:r.IntN(len(file))], last, before)
		}
	})
}

func TestPanicInAnEditLeavesTheStoreUsable(t *testing.T) {
	s, err := boltstore.Open(fill(t, 26), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want := content(t, s)
	var kept *boltstore.Tx
	func() {
		defer func() {
			if r := recover(); r != "boom" {
				t.Errorf("recovered %v, want boom", r)
			}
		}()
		_, _ = s.Edit(context.Background(), boltstore.EditInfo{}, func(tx *boltstore.Tx) error {
			kept = tx
			if err := tx.SetNote("housing", "x"); err != nil {
				return err
			}
			panic("boom")
		})
	}()
	if err := kept.SetNote("housing", "x"); err == nil {
		t.Error("an edit that is over could be added to")
	}
	if got := content(t, s); got != want {
		t.Error("an edit that panicked left something")
	}
	note(t, s, "后来")
}

// FuzzOpen opens anything at all as a store. The golden store is its first seed.
func FuzzOpen(f *testing.F) {
	b, err := os.ReadFile("testdata/v1/drafts.db")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, file []byte) { try(t, file) })
}
