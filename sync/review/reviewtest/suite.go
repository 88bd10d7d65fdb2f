package reviewtest

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// TestStore runs what every review.Store must do. open returns an empty store,
// another one each time, and closes it when the test ends.
func TestStore(t *testing.T, open func(t *testing.T) review.Store) {
	for _, tt := range []struct {
		name string
		run  func(*bench)
	}{
		{"what is not there is not found", testNotFound},
		{"a case is saved over the version read", testCaseVersions},
		{"a failed update leaves nothing", testRollback},
		{"a view does not write", testViewWrites},
		{"the log is a chain", testLog},
		{"contents are found by their hash", testContents},
		{"values are copied", testCopies},
		{"cases are chosen", testQueries},
		{"sessions end", testSettled},
		{"a view sees one state", testSnapshot},
		{"the feed has no gaps", testGaps},
		{"many at once", func(b *bench) { TestConcurrent(b.T, b.Store) }},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(&bench{T: t, Store: open(t)}) })
	}
	t.Run("random updates do what they do in memory", func(t *testing.T) { testRandom(t, open) })
}

// bench is a store under test.
type bench struct {
	*testing.T
	review.Store
}

func (b *bench) update(fn func(review.Tx) error) {
	b.Helper()
	if err := b.Update(context.Background(), fn); err != nil {
		b.Fatalf("Update: %v", err)
	}
}

func (b *bench) view(fn func(review.Tx) error) {
	b.Helper()
	if err := b.View(context.Background(), fn); err != nil {
		b.Fatalf("View: %v", err)
	}
}

func (b *bench) everything() string {
	b.Helper()
	all, err := Everything(context.Background(), b)
	if err != nil {
		b.Fatal(err)
	}
	return all
}

func (b *bench) wants(what string, err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Errorf("%s: error %v, want %v", what, err, want)
	}
}

// same compares two values by what JSON says of them.
func (b *bench) same(what string, got, want any) {
	b.Helper()
	if g, w := asText(got), asText(want); g != w {
		b.Errorf("%s = %s, want %s", what, g, w)
	}
}

// asText is what JSON says of a value; nothing and an empty list are the same.
func asText(v any) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Slice && r.Len() == 0 {
		return "[]"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// kindOf returns which of the errors that callers branch on err is.
func kindOf(err error) error {
	for _, known := range []error{catalog.ErrNotFound, catalog.ErrConflict, review.ErrReadOnly} {
		if errors.Is(err, known) {
			return known
		}
	}
	return nil
}

// sorted goes through a map by its keys.
func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

func now() time.Time { return time.Date(2026, 11, 23, 3, 30, 0, 123456789, time.UTC) }

func testNotFound(b *bench) {
	for _, odd := range []string{"", "x", "a\x00b", "\xff", "' or 1=1 --"} {
		b.view(func(tx review.Tx) error {
			for what, read := range reads(tx, odd) {
				_, err := read()
				b.wants(what+" of an empty store", err, catalog.ErrNotFound)
			}
			return nil
		})
	}
	b.view(func(tx review.Tx) error {
		for what, list := range lists(tx) {
			got, err := list()
			if err != nil || reflect.ValueOf(got).Len() != 0 {
				b.Errorf("%s of an empty store = %v, %v", what, got, err)
			}
		}
		head, err := tx.LogHead()
		if err != nil {
			return err
		}
		b.same("LogHead of an empty store", head, review.Record{})
		if e, err := tx.Epoch(); e == "" || err != nil {
			b.Errorf("Epoch = %q, %v", e, err)
		}
		return nil
	})
}

// reads are the methods that return one value by its name.
func reads(tx review.Tx, name string) map[string]func() (any, error) {
	return map[string]func() (any, error){
		"Case":             func() (any, error) { return tx.Case(review.CaseID{Unit: catalog.UnitID(name)}) },
		"Case of a sector": func() (any, error) { return tx.Case(review.CaseID{Sector: catalog.Sector(name)}) },
		"Catalog":          func() (any, error) { return tx.Catalog(review.Hash(name)) },
		"Blob":             func() (any, error) { return tx.Blob(review.Hash(name)) },
		"Receipt":          func() (any, error) { return tx.Receipt(review.Hash(name)) },
		"Unit":             func() (any, error) { return tx.Unit(catalog.UnitID(name)) },
		"Setting":          func() (any, error) { return tx.Setting(name) },
		"Form":             func() (any, error) { return tx.Form(name) },
		"Assessment":       func() (any, error) { return tx.Assessment(review.AssessmentID{Form: name}) },
		"Account":          func() (any, error) { return tx.Account(review.PersonID(name)) },
		"Device":           func() (any, error) { return tx.Device(name) },
		"Invitation":       func() (any, error) { return tx.Invitation(review.Hash(name)) },
		"Session":          func() (any, error) { return tx.Session(review.Hash(name)) },
		"Attempts":         func() (any, error) { return tx.Attempts(review.Hash(name)) },
	}
}

// lists are the methods that return all there are.
func lists(tx review.Tx) map[string]func() (any, error) {
	return map[string]func() (any, error){
		"Heads":       func() (any, error) { return tx.Heads(review.CaseQuery{}) },
		"WaitingFor":  func() (any, error) { return tx.WaitingFor("") },
		"Records":     func() (any, error) { return tx.Records(0, 0) },
		"Feed":        func() (any, error) { return tx.Feed("340223100", 0, 0) },
		"Units":       func() (any, error) { return tx.Units() },
		"Responsible": func() (any, error) { return tx.Responsible() },
		"Forms":       func() (any, error) { return tx.Forms() },
		"Assessments": func() (any, error) { return tx.Assessments("", "") },
		"Accounts":    func() (any, error) { return tx.Accounts() },
		"Devices":     func() (any, error) { return tx.Devices("") },
	}
}

func aCase(version uint64) review.Case {
	return review.Case{ID: review.CaseID{Unit: "340223100", Sector: "social-assistance"}, State: review.InCounty, Version: version}
}

func testCaseVersions(b *bench) {
	put := func(version uint64) error {
		return b.Update(context.Background(), func(tx review.Tx) error { return tx.PutCase(aCase(version)) })
	}
	for _, step := range []struct {
		version uint64
		want    error
	}{
		{0, catalog.ErrConflict},
		{2, catalog.ErrConflict},
		{1, nil},
		{1, catalog.ErrConflict},
		{3, catalog.ErrConflict},
		{0, catalog.ErrConflict},
		{2, nil},
		{2, catalog.ErrConflict},
		{3, nil},
	} {
		b.wants("PutCase", put(step.version), step.want)
	}
	b.view(func(tx review.Tx) error {
		c, err := tx.Case(aCase(0).ID)
		b.same("Case", c, aCase(3))
		return err
	})
	// A conflict that is settled within an update does not spoil it.
	b.update(func(tx review.Tx) error {
		b.wants("PutCase", tx.PutCase(aCase(9)), catalog.ErrConflict)
		if _, err := tx.Unit("nobody"); !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		return tx.PutCase(aCase(4))
	})
}

func testRollback(b *bench) {
	b.update(func(tx review.Tx) error { return tx.PutCase(aCase(1)) })
	failure := errors.New("changed my mind")
	write := func(tx review.Tx) error {
		_, err := tx.Append(review.Record{At: now(), Action: review.ActSubmit})
		if err != nil {
			return err
		}
		if _, err := tx.Post(review.Item{Kind: review.ItemNotice, At: now()}); err != nil {
			return err
		}
		return tx.PutCase(aCase(2))
	}
	err := b.Update(context.Background(), func(tx review.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		return failure
	})
	b.wants("Update", err, failure)
	func() {
		defer func() {
			if recover() == nil {
				b.Error("Update swallowed a panic")
			}
		}()
		_ = b.Update(context.Background(), func(tx review.Tx) error {
			if err := write(tx); err != nil {
				b.Error(err)
			}
			panic("a bug")
		})
	}()
	ctx, cancel := context.WithCancel(context.Background())
	err = b.Update(ctx, func(tx review.Tx) error {
		defer cancel()
		return write(tx)
	})
	b.wants("Update whose context ends", err, context.Canceled)
	b.wants("Update with an ended context", b.Update(ctx, write), context.Canceled)
	b.wants("View with an ended context", b.View(ctx, func(review.Tx) error { return nil }), context.Canceled)
	b.view(func(tx review.Tx) error {
		c, err := tx.Case(aCase(0).ID)
		b.same("Case after failed updates", c, aCase(1))
		for what, list := range lists(tx) {
			if got, err := list(); err != nil || what != "Heads" && reflect.ValueOf(got).Len() != 0 {
				b.Errorf("%s after failed updates = %v, %v", what, got, err)
			}
		}
		return err
	})
	b.update(write)
}

func testViewWrites(b *bench) {
	b.view(func(tx review.Tx) error {
		for what, write := range writes(tx) {
			b.wants(what+" in a view", write(), review.ErrReadOnly)
		}
		return nil
	})
	b.view(func(tx review.Tx) error {
		_, err := tx.Case(aCase(0).ID)
		b.wants("Case", err, catalog.ErrNotFound)
		return nil
	})
}

// writes are the methods that change something.
func writes(tx review.Tx) map[string]func() error {
	return map[string]func() error{
		"PutCase":        func() error { return tx.PutCase(aCase(1)) },
		"PutCatalog":     func() error { _, err := tx.PutCatalog(catalog.Catalog{}); return err },
		"ReplaceCatalog": func() error { return tx.ReplaceCatalog("x", catalog.Catalog{}) },
		"PutBlob":        func() error { _, err := tx.PutBlob([]byte("x")); return err },
		"RemoveBlob":     func() error { return tx.RemoveBlob("x") },
		"PutReceipt":     func() error { return tx.PutReceipt(review.Receipt{Bundle: "x"}) },
		"Append":         func() error { _, err := tx.Append(review.Record{}); return err },
		"Post":           func() error { _, err := tx.Post(review.Item{}); return err },
		"Amend":          func() error { return tx.Amend(1, json.RawMessage("{}")) },
		"PutUnit":        func() error { return tx.PutUnit(catalog.Unit{ID: "x"}) },
		"PutResponsible": func() error { return tx.PutResponsible("x", "y") },
		"PutSetting":     func() error { return tx.PutSetting("x", nil) },
		"PutForm":        func() error { return tx.PutForm(review.Form{ID: "x"}) },
		"PutAssessment":  func() error { return tx.PutAssessment(review.Assessment{Version: 1}) },
		"PutAccount":     func() error { return tx.PutAccount(review.Account{}) },
		"PutDevice":      func() error { return tx.PutDevice(review.Device{ID: "x"}) },
		"PutInvitation":  func() error { return tx.PutInvitation(review.Invitation{Code: "x"}) },
		"PutSession":     func() error { return tx.PutSession(review.Session{Token: "x"}) },
		"RemoveSession":  func() error { return tx.RemoveSession("x") },
		"RemoveSessions": func() error { return tx.RemoveSessions("x") },
		"PutAttempts":    func() error { return tx.PutAttempts(review.Attempts{Name: "x"}) },
		"RemoveAttempts": func() error { return tx.RemoveAttempts("x") },
		"RemoveExpired":  func() error { return tx.RemoveExpired(now()) },
	}
}

func testLog(b *bench) {
	odd := review.Record{
		At: now().In(time.FixedZone("CST", 8*3600)), By: review.Person{ID: "li", Name: "李\xff梅", Role: review.CityOffice, Sectors: []catalog.Sector{}},
		Action: review.ActErase, Note: "a\x00b <&> \u2028 \xed\xa0\x80", Before: json.RawMessage("{ \"a\" : \"<\xff>\" }"),
		After: json.RawMessage("null"), Seq: 77, Prev: "wrong", Hash: "wrong",
	}
	var kept []review.Record
	for range 3 {
		b.update(func(tx review.Tx) error {
			for range 3 {
				r, err := tx.Append(odd)
				if err != nil {
					return err
				}
				kept = append(kept, r)
				head, err := tx.LogHead()
				if err != nil {
					return err
				}
				b.same("LogHead", head, r)
			}
			return nil
		})
	}
	b.view(func(tx review.Tx) error {
		rs, err := tx.Records(0, 0)
		b.same("Records", rs, kept)
		b.wants("VerifyRecords", review.VerifyRecords(review.Record{}, rs), nil)
		if err != nil || len(rs) != 9 {
			b.Fatalf("%d records, %v", len(rs), err)
		}
		some, err := tx.Records(4, 3)
		b.same("Records(4, 3)", some, kept[4:7])
		b.wants("VerifyRecords", review.VerifyRecords(rs[3], some), nil)
		none, err2 := tx.Records(1<<63+5, 10)
		if len(none) != 0 {
			b.Errorf("Records far beyond the end = %v", none)
		}
		return errors.Join(err, err2)
	})
}
