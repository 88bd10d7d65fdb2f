package sqlstore_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
)

func TestOneProgramOpensAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "市 级", "数据?#%")
	s := open(t, dir)
	reviewtest.Fill(t, s, 1)
	want := everything(t, s)
	if _, err := sqlstore.Open(t.Context(), dir); !errors.Is(err, sqlstore.ErrLocked) {
		t.Errorf("Open of an open folder: %v", err)
	}
	// What only reads may be beside it.
	if err := sqlstore.Verify(t.Context(), dir); err != nil {
		t.Error(err)
	}
	same(t, "after it was looked at the folder", everything(t, s), want)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "opened again it", contents(t, dir), want)
	for _, name := range []string{"service.db", "service.db-wal", "service.db-shm"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", name, info.Mode())
		}
	}
}

func TestOtherDataIsRefused(t *testing.T) {
	for name, content := range map[string]string{
		"drafts.db": "bbolt", "store.json": `{"kind":"drafts","schema":3}`, "store.json ": "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, strings.TrimSpace(name)), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for what, do := range map[string]func() error{
			"Open":   func() error { _, err := sqlstore.Open(t.Context(), dir); return err },
			"Verify": func() error { return sqlstore.Verify(t.Context(), dir) },
		} {
			if err := do(); !errors.Is(err, sqlstore.ErrOtherData) {
				t.Errorf("%s of a folder with %s: %v", what, name, err)
			}
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
			t.Errorf("a folder of other data now holds %v, %v", files, err)
		}
	}
}

func TestNoStore(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		where := place(t)
		if err := sqlstore.Verify(t.Context(), where); !errors.Is(err, sqlstore.ErrNoStore) {
			t.Errorf("Verify: %v", err)
		}
		if err := sqlstore.Backup(t.Context(), where, filepath.Join(t.TempDir(), "b")); !errors.Is(err, sqlstore.ErrNoStore) {
			t.Errorf("Backup: %v", err)
		}
	})
}

func TestPasswordsStayOutOfErrors(t *testing.T) {
	for _, url := range []string{
		"postgres://mulutong:geheim@127.0.0.1:1/x?connect_timeout=1", "postgres://mulutong:geheim@127.0.0.1:port/x",
	} {
		_, err := sqlstore.Open(t.Context(), url)
		if err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("Open: %v", err)
		}
	}
}

func TestMigrations(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		where, archive := place(t), filepath.Join(t.TempDir(), "v1.db")
		s, err := sqlstore.Open(t.Context(), where)
		if err != nil {
			t.Fatal(err)
		}
		reviewtest.Fill(t, s, 1)
		signOff(t, s)
		want := everything(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := sqlstore.Backup(t.Context(), where, archive); err != nil {
			t.Fatal(err)
		}

		sqlstore.AddMigration(t, "00099_later.sql", "-- +goose Up\nCREATE TABLE later (id BIGINT);\n")
		if err := sqlstore.Backup(t.Context(), where, filepath.Join(t.TempDir(), "v1 again.db")); err != nil {
			t.Errorf("a newer program backs up an older store: %v", err)
		}
		same(t, "after a migration it", contents(t, where), want)
		if err := sqlstore.Verify(t.Context(), where); err != nil {
			t.Error(err)
		}
		if !strings.HasPrefix(where, "postgres:") {
			aside := t.TempDir()
			if err := os.Rename(where+"/service.db.before-schema-2", aside+"/service.db"); err != nil {
				t.Fatal(err)
			}
			same(t, "the copy from before the migration", contents(t, aside), want)
		}
		// A newer program restores what an older one backed up.
		to := place(t)
		if err := sqlstore.Restore(t.Context(), archive, to, false); err != nil {
			t.Fatal(err)
		}
		same(t, "restored from an older schema it", contents(t, to), want)
		newer := filepath.Join(t.TempDir(), "v99.db")
		if err := sqlstore.Backup(t.Context(), to, newer); err != nil {
			t.Fatal(err)
		}

		sqlstore.DropMigrations()
		for what, do := range map[string]func() error{
			"Open":    func() error { _, err := sqlstore.Open(t.Context(), where); return err },
			"Restore": func() error { return sqlstore.Restore(t.Context(), newer, place(t), false) },
		} {
			if err := do(); !errors.Is(err, sqlstore.ErrNewerSchema) {
				t.Errorf("an older program's %s: %v", what, err)
			}
		}
	})
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, place func(testing.TB) string) {
		where := place(t)
		s, err := sqlstore.Open(t.Context(), where)
		if err != nil {
			t.Fatal(err)
		}
		reviewtest.Fill(t, s, 1)
		want := everything(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		sqlstore.AddMigration(t, "00099_wrong.sql", "-- +goose Up\nDELETE FROM cases;\nCREATE TABLE cases (id BIGINT);\n")
		if _, err := sqlstore.Open(t.Context(), where); err == nil {
			t.Fatal("a migration that fails was not noticed")
		}
		sqlstore.DropMigrations()
		same(t, "after a failed migration it", contents(t, where), want)
	})
}

func TestVerifyFindsDamage(t *testing.T) {
	for what, damage := range map[string]string{
		"the log was changed":         `UPDATE log SET doc = CAST(replace(CAST(doc AS TEXT), '"seq":1,', '"seq":1,"note":"x",') AS BLOB) WHERE seq = 1`,
		"the log was cut":             `DELETE FROM log WHERE seq = 1`,
		"lacks what follows item 0":   `DELETE FROM feed WHERE seq = 1`,
		"of the feed is another one":  `UPDATE feed SET unit = 'nobody' WHERE seq = 1`,
		"not what lists show":         `UPDATE cases SET state = 'approved'`,
		"of submission":               `DELETE FROM catalogs`,
		"lacks an entry":              `DELETE FROM entries`,
		"says something else":         `UPDATE blobs SET data = x'00'`,
		"is in no catalog":            `UPDATE catalogs SET entries = x''`,
		"cut short":                   `UPDATE catalogs SET entries = x'00'`,
		"units: invalid character":    `UPDATE units SET doc = CAST('no JSON' AS BLOB)`,
		"holds data of another kind":  `UPDATE store SET kind = 'drafts'`,
		"case {340223100 sector-1-0}": `UPDATE cases SET doc = CAST('{' AS BLOB) WHERE sector = 'sector-1-0'`,
	} {
		dir := t.TempDir()
		s, err := sqlstore.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		reviewtest.Fill(t, s, 1)
		err = s.Update(t.Context(), func(tx review.Tx) error {
			_, err := tx.PutCatalog(someCatalog(5))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", filepath.Join(dir, "service.db"))
		if err != nil {
			t.Fatal(err)
		}
		if r, err := db.Exec(damage); err != nil {
			t.Fatal(err)
		} else if n, _ := r.RowsAffected(); n == 0 {
			t.Fatalf("%s changes nothing", damage)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if what == "the log was cut" {
			what = "the log was changed at record 2"
		}
		err = sqlstore.Verify(t.Context(), dir)
		if err == nil || !strings.Contains(err.Error(), what) || !errors.Is(err, sqlstore.ErrDamaged) && !errors.Is(err, sqlstore.ErrOtherData) {
			t.Errorf("Verify after %s: %v, want %s", damage, err, what)
		}
		if err := sqlstore.Backup(t.Context(), dir, filepath.Join(t.TempDir(), "b")); err == nil {
			t.Errorf("Backup of a store that is damaged by %s went well", damage)
		}
	}
}

func TestNoDatabase(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "service.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database at all ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlstore.Open(t.Context(), dir); !errors.Is(err, sqlstore.ErrDamaged) {
		t.Errorf("Open: %v", err)
	}
	if err := sqlstore.Restore(t.Context(), path, t.TempDir(), false); !errors.Is(err, sqlstore.ErrDamaged) {
		t.Errorf("Restore: %v", err)
	}
	// A backup takes its place, by force alone.
	whole, archive := t.TempDir(), filepath.Join(t.TempDir(), "b")
	good := open(t, whole)
	reviewtest.Fill(t, good, 1)
	signOff(t, good)
	if err := sqlstore.Backup(t.Context(), whole, archive); err != nil {
		t.Fatal(err)
	}
	if err := sqlstore.Restore(t.Context(), archive, dir, false); !errors.Is(err, sqlstore.ErrExists) {
		t.Errorf("Restore over a damaged store: %v", err)
	}
	if err := sqlstore.Restore(t.Context(), archive, dir, true); err != nil {
		t.Fatal(err)
	}
	same(t, "restored over a damaged store it", contents(t, dir), everything(t, good))
}

func someCatalog(n int) catalog.Catalog {
	es := catalogtest.Entries(uint64(n), n)
	return catalog.Catalog{Schema: catalog.Schema, Unit: catalogtest.Unit(), Sector: es[0].Sector, Entries: es}
}
