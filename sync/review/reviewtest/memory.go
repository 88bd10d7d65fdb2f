// Package reviewtest helps to test what stands on a review.Store: a store in
// memory that is as strict as one on disk, generators of random values, and the
// suite that every store passes.
package reviewtest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// Memory is a review.Store in memory. A View sees the state as it was when it
// began, however long it lasts; nothing of an Update that fails is kept.
type Memory struct {
	writing sync.Mutex
	now     atomic.Pointer[state]
}

var epochs atomic.Int64

// NewMemory returns an empty store with an epoch of its own.
func NewMemory() *Memory {
	m := &Memory{}
	m.now.Store(&state{epoch: fmt.Sprintf("memory-%d", epochs.Add(1))})
	return m
}

// Copy returns a store that holds what m holds now, as a restored backup does:
// with another epoch.
func (m *Memory) Copy() *Memory {
	c := NewMemory()
	s := m.now.Load().begin()
	s.epoch = c.now.Load().epoch
	s.log, s.feed = slices.Clip(s.log), slices.Clip(s.feed) // two append from now on
	c.now.Store(s)
	return c
}

// View implements review.Store.
func (m *Memory) View(ctx context.Context, fn func(review.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(&tx{state: m.now.Load()})
}

// Update implements review.Store.
func (m *Memory) Update(ctx context.Context, fn func(review.Tx) error) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	t := &tx{state: m.now.Load().begin(), writes: true}
	defer func() { t.writes = false }()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.now.Store(t.state)
	return nil
}

// state is everything a store holds, each value as its JSON.
type state struct {
	epoch       string
	cases       table[review.CaseID]
	catalogs    table[review.Hash]
	blobs       table[review.Hash]
	receipts    table[review.Hash]
	units       table[catalog.UnitID]
	responsible table[catalog.Sector]
	settings    table[string]
	forms       table[string]
	assessments table[review.AssessmentID]
	accounts    table[review.PersonID]
	devices     table[string]
	invitations table[review.Hash]
	sessions    table[review.Hash]
	attempts    table[review.Hash]
	heads       map[review.CaseID]review.CaseHead
	headsOwned  bool
	log         []review.Record // never changed in place
	feed        []review.Item   // never changed in place
}

// begin returns a copy whose tables are copied once they are written to.
func (s *state) begin() *state {
	c := *s
	for _, owned := range []*bool{
		&c.cases.owned, &c.catalogs.owned, &c.blobs.owned, &c.receipts.owned, &c.units.owned, &c.responsible.owned,
		&c.settings.owned, &c.forms.owned, &c.assessments.owned, &c.accounts.owned, &c.devices.owned,
		&c.invitations.owned, &c.sessions.owned, &c.attempts.owned, &c.headsOwned,
	} {
		*owned = false
	}
	return &c
}

type table[K comparable] struct {
	rows  map[K][]byte
	owned bool
}

func (t *table[K]) own() {
	if !t.owned {
		t.rows, t.owned = maps.Clone(t.rows), true
	}
	if t.rows == nil {
		t.rows = map[K][]byte{}
	}
}

type tx struct {
	*state
	writes bool
}

// notFound says what was looked for, as a store on disk does.
func notFound(what string, key any) error {
	return fmt.Errorf("%s %v: %w", what, key, catalog.ErrNotFound)
}

func get[K comparable, V any](t *table[K], what string, key K) (v V, err error) {
	b, ok := t.rows[key]
	if !ok {
		return v, notFound(what, key)
	}
	return v, json.Unmarshal(b, &v)
}

func put[K comparable](x *tx, t *table[K], key K, v any) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	t.own()
	t.rows[key] = b
	return nil
}

func remove[K comparable](x *tx, t *table[K], key K) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	t.own()
	delete(t.rows, key)
	return nil
}

// all returns the values that fit, by their keys.
func all[K comparable, V any](t *table[K], order func(a, b K) int, fits func(V) bool) ([]V, error) {
	var vs []V
	for _, k := range slices.SortedFunc(maps.Keys(t.rows), order) {
		v, err := get[K, V](t, "", k)
		if err != nil {
			return nil, err
		}
		if fits == nil || fits(v) {
			vs = append(vs, v)
		}
	}
	return vs, nil
}

func (x *tx) Case(id review.CaseID) (review.Case, error) {
	return get[review.CaseID, review.Case](&x.cases, "case", id)
}

func (x *tx) PutCase(c review.Case) error {
	if err := versionFits(x.heads[c.ID].Version, c.Version, x.writes); err != nil {
		return fmt.Errorf("case %v: %w", c.ID, err)
	}
	if err := put(x, &x.cases, c.ID, c); err != nil {
		return err
	}
	if !x.headsOwned {
		x.heads, x.headsOwned = maps.Clone(x.heads), true
	}
	if x.heads == nil {
		x.heads = map[review.CaseID]review.CaseHead{}
	}
	kept, err := copied(c.Head())
	x.heads[c.ID] = kept
	return err
}

func versionFits(stored, version uint64, writes bool) error {
	switch {
	case !writes:
		return review.ErrReadOnly
	case version != stored+1:
		return catalog.ErrConflict
	}
	return nil
}

func (x *tx) Heads(q review.CaseQuery) ([]review.CaseHead, error) {
	var hs []review.CaseHead
	for id, h := range x.heads {
		if q.Matches(h) && compareCases(id, q.After) > 0 {
			h.Waiting = slices.Clone(h.Waiting)
			hs = append(hs, h)
		}
	}
	slices.SortFunc(hs, func(a, b review.CaseHead) int { return compareCases(a.ID, b.ID) })
	return first(hs, q.Limit), nil
}

func compareCases(a, b review.CaseID) int {
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Sector, b.Sector))
}

func first[V any](vs []V, limit int) []V {
	if limit > 0 && len(vs) > limit {
		return vs[:limit]
	}
	return vs
}

func (x *tx) PutCatalog(c catalog.Catalog) (review.Hash, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	h := hashOf(b)
	if _, known := x.catalogs.rows[h]; known && x.writes {
		return h, nil
	}
	return h, put(x, &x.catalogs, h, json.RawMessage(b))
}

func (x *tx) Catalog(h review.Hash) (catalog.Catalog, error) {
	return get[review.Hash, catalog.Catalog](&x.catalogs, "catalog", h)
}

func (x *tx) ReplaceCatalog(h review.Hash, c catalog.Catalog) error {
	if _, known := x.catalogs.rows[h]; !known && x.writes {
		return notFound("catalog", h)
	}
	return put(x, &x.catalogs, h, c)
}

func (x *tx) PutBlob(b []byte) (review.Hash, error) {
	h := hashOf(b)
	return h, put(x, &x.blobs, h, b)
}

func (x *tx) Blob(h review.Hash) ([]byte, error) {
	b, err := get[review.Hash, []byte](&x.blobs, "blob", h)
	if b == nil && err == nil {
		b = []byte{}
	}
	return b, err
}

func (x *tx) RemoveBlob(h review.Hash) error { return remove(x, &x.blobs, h) }

func hashOf(b []byte) review.Hash {
	s := sha256.Sum256(b)
	return review.Hash(hex.EncodeToString(s[:]))
}

func (x *tx) Receipt(h review.Hash) (review.Receipt, error) {
	return get[review.Hash, review.Receipt](&x.receipts, "receipt", h)
}

func (x *tx) PutReceipt(r review.Receipt) error { return put(x, &x.receipts, r.Bundle, r) }

func (x *tx) WaitingFor(base review.Hash) ([]review.Receipt, error) {
	return all(&x.receipts, cmp.Compare[review.Hash], func(r review.Receipt) bool {
		return r.Status == review.Waiting && r.Base == base
	})
}

func (x *tx) Append(r review.Record) (review.Record, error) {
	if !x.writes {
		return review.Record{}, review.ErrReadOnly
	}
	head, err := x.LogHead()
	if err != nil {
		return review.Record{}, err
	}
	r = r.Sealed(head)
	x.log = append(x.log, r)
	return copied(r)
}

func (x *tx) Records(after uint64, limit int) ([]review.Record, error) {
	after = min(after, uint64(len(x.log)))
	return copied(first(x.log[after:], limit))
}

func (x *tx) LogHead() (review.Record, error) {
	if len(x.log) == 0 {
		return review.Record{}, nil
	}
	return copied(x.log[len(x.log)-1])
}

func (x *tx) Post(it review.Item) (review.Item, error) {
	if !x.writes {
		return review.Item{}, review.ErrReadOnly
	}
	it.Seq = uint64(len(x.feed)) + 1
	it, err := copied(it)
	if err != nil {
		return review.Item{}, err
	}
	x.feed = append(x.feed, it)
	return copied(it)
}

func (x *tx) Amend(seq uint64, body json.RawMessage) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	if seq == 0 || seq > uint64(len(x.feed)) {
		return notFound("item", seq)
	}
	x.feed = slices.Clone(x.feed)
	x.feed[seq-1].Body = slices.Clone(body)
	return nil
}

func (x *tx) Feed(unit catalog.UnitID, after uint64, limit int) ([]review.Item, error) {
	var its []review.Item
	for _, it := range x.feed[min(after, uint64(len(x.feed))):] {
		if limit > 0 && len(its) == limit {
			break
		}
		if it.Unit == unit || it.Unit == "" {
			its = append(its, it)
		}
	}
	return copied(its)
}

func (x *tx) Epoch() (string, error) { return x.epoch, nil }

// copied returns v as JSON keeps it.
func copied[V any](v V) (c V, err error) {
	b, err := json.Marshal(v)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(b, &c)
}

func (x *tx) Unit(id catalog.UnitID) (catalog.Unit, error) {
	return get[catalog.UnitID, catalog.Unit](&x.units, "unit", id)
}

func (x *tx) Units() ([]catalog.Unit, error) {
	return all[catalog.UnitID, catalog.Unit](&x.units, cmp.Compare, nil)
}

func (x *tx) PutUnit(u catalog.Unit) error { return put(x, &x.units, u.ID, u) }

func (x *tx) Responsible() (map[catalog.Sector]catalog.UnitID, error) {
	m := map[catalog.Sector]catalog.UnitID{}
	for s := range x.responsible.rows {
		u, err := get[catalog.Sector, catalog.UnitID](&x.responsible, "sector", s)
		if err != nil {
			return nil, err
		}
		m[s] = u
	}
	return m, nil
}

func (x *tx) PutResponsible(s catalog.Sector, u catalog.UnitID) error {
	if u == "" {
		return remove(x, &x.responsible, s)
	}
	return put(x, &x.responsible, s, u)
}

func (x *tx) Setting(name string) ([]byte, error) {
	return get[string, []byte](&x.settings, "setting", name)
}

func (x *tx) PutSetting(name string, value []byte) error {
	return put(x, &x.settings, name, append([]byte{}, value...))
}

func (x *tx) Form(id string) (review.Form, error) {
	return get[string, review.Form](&x.forms, "form", id)
}

func (x *tx) Forms() ([]review.Form, error) {
	return all[string, review.Form](&x.forms, cmp.Compare, nil)
}

func (x *tx) PutForm(f review.Form) error { return put(x, &x.forms, f.ID, f) }

func (x *tx) Assessment(id review.AssessmentID) (review.Assessment, error) {
	return get[review.AssessmentID, review.Assessment](&x.assessments, "assessment", id)
}

func (x *tx) Assessments(quarter string, unit catalog.UnitID) ([]review.Assessment, error) {
	return all(&x.assessments, func(a, b review.AssessmentID) int {
		return cmp.Or(cmp.Compare(a.Quarter, b.Quarter), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Form, b.Form))
	}, func(a review.Assessment) bool {
		return (quarter == "" || a.ID.Quarter == quarter) && (unit == "" || a.ID.Unit == unit)
	})
}

func (x *tx) PutAssessment(a review.Assessment) error {
	old, err := x.Assessment(a.ID)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	if err := versionFits(old.Version, a.Version, x.writes); err != nil {
		return fmt.Errorf("assessment %v: %w", a.ID, err)
	}
	return put(x, &x.assessments, a.ID, a)
}

func (x *tx) Account(id review.PersonID) (review.Account, error) {
	return get[review.PersonID, review.Account](&x.accounts, "account", id)
}

func (x *tx) Accounts() ([]review.Account, error) {
	return all[review.PersonID, review.Account](&x.accounts, cmp.Compare, nil)
}

func (x *tx) PutAccount(a review.Account) error { return put(x, &x.accounts, a.ID, a) }

func (x *tx) Device(id string) (review.Device, error) {
	return get[string, review.Device](&x.devices, "device", id)
}

func (x *tx) Devices(unit catalog.UnitID) ([]review.Device, error) {
	return all(&x.devices, cmp.Compare[string], func(d review.Device) bool { return unit == "" || d.Unit == unit })
}

func (x *tx) PutDevice(d review.Device) error { return put(x, &x.devices, d.ID, d) }

func (x *tx) Invitation(code review.Hash) (review.Invitation, error) {
	return get[review.Hash, review.Invitation](&x.invitations, "invitation", code)
}

func (x *tx) PutInvitation(i review.Invitation) error { return put(x, &x.invitations, i.Code, i) }

func (x *tx) Session(token review.Hash) (review.Session, error) {
	return get[review.Hash, review.Session](&x.sessions, "session", token)
}

func (x *tx) PutSession(s review.Session) error { return put(x, &x.sessions, s.Token, s) }

func (x *tx) RemoveSession(token review.Hash) error { return remove(x, &x.sessions, token) }

func (x *tx) RemoveSessions(p review.PersonID) error {
	return removeAll(x, &x.sessions, func(s review.Session) bool {
		return s.Person.ID == p || s.Person.Device == string(p)
	})
}

func (x *tx) Attempts(name review.Hash) (review.Attempts, error) {
	return get[review.Hash, review.Attempts](&x.attempts, "attempts", name)
}

func (x *tx) PutAttempts(a review.Attempts) error { return put(x, &x.attempts, a.Name, a) }

func (x *tx) RemoveAttempts(name review.Hash) error { return remove(x, &x.attempts, name) }

func (x *tx) RemoveExpired(now time.Time) error {
	return errors.Join(
		removeAll(x, &x.sessions, func(s review.Session) bool { return !s.Expires.After(now) }),
		removeAll(x, &x.attempts, func(a review.Attempts) bool { return !a.Expires.After(now) }),
	)
}

func removeAll[K comparable, V any](x *tx, t *table[K], fits func(V) bool) error {
	if !x.writes {
		return review.ErrReadOnly
	}
	for k := range maps.Clone(t.rows) {
		v, err := get[K, V](t, "", k)
		if err != nil {
			return err
		}
		if fits(v) {
			if err := remove(x, t, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// Equal reports whether both hold the same, their epochs aside.
func (m *Memory) Equal(o *Memory) bool {
	plain := func(m *Memory) state {
		s := m.now.Load().begin()
		s.epoch = ""
		return *s
	}
	return reflect.DeepEqual(plain(m), plain(o))
}

// Dump returns everything the store holds, as text to search in.
func (m *Memory) Dump() string {
	s := m.now.Load()
	var b strings.Builder
	for _, rows := range []any{
		texts(s.cases.rows), texts(s.catalogs.rows), texts(s.receipts.rows), texts(s.units.rows), texts(s.responsible.rows),
		texts(s.settings.rows), texts(s.forms.rows), texts(s.assessments.rows), texts(s.accounts.rows), texts(s.devices.rows),
		texts(s.invitations.rows), texts(s.sessions.rows), texts(s.attempts.rows), s.heads, s.log, s.feed,
	} {
		fmt.Fprintf(&b, "%+v\n", rows)
	}
	for h, row := range s.blobs.rows {
		var blob []byte
		if json.Unmarshal(row, &blob) == nil {
			fmt.Fprintf(&b, "%s: %s\n", h, blob)
		}
	}
	for _, it := range s.feed {
		fmt.Fprintf(&b, "%s\n", it.Body)
	}
	return b.String()
}

func texts[K comparable](rows map[K][]byte) map[K]string {
	m := make(map[K]string, len(rows))
	for k, v := range rows {
		m[k] = string(v)
	}
	return m
}
