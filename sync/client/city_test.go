package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/wire"
)

// drafts is a Store in memory that does what boltstore does.
type drafts struct {
	mu       sync.Mutex
	unit     catalog.Unit
	catalogs map[catalog.Sector]catalog.Catalog
	kept     map[string][]byte
	// crash is called before each thing that would be on disk; an error is a program
	// that ended there.
	crash func() error
}

func newDrafts(u catalog.Unit) *drafts {
	return &drafts{unit: u, catalogs: map[catalog.Sector]catalog.Catalog{}, kept: map[string][]byte{}}
}

// copy is a backup of it.
func (d *drafts) copy() *drafts {
	return &drafts{unit: d.unit, catalogs: maps.Clone(d.catalogs), kept: maps.Clone(d.kept)}
}

func (d *drafts) Unit() catalog.Unit { return d.unit }

func (d *drafts) Catalog(_ context.Context, s catalog.Sector) (catalog.Catalog, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.catalogs[s]
	if !ok {
		return c, catalog.ErrNotFound
	}
	return copyOf(c), nil
}

// copyOf shares no memory with c. By hand, since the schedules do it all the time.
func copyOf(c catalog.Catalog) catalog.Catalog {
	es := c.Entries
	c.Entries = make([]catalog.Entry, len(es))
	for i := range es {
		c.Entries[i] = es[i].Clone()
	}
	c.Omitted, c.Reasons = maps.Clone(c.Omitted), slices.Clone(c.Reasons)
	if c.NotApplicable != nil {
		why := *c.NotApplicable
		c.NotApplicable = &why
	}
	if c.SignOff != nil {
		so := *c.SignOff
		c.SignOff = &so
	}
	return c
}

func (d *drafts) write() error {
	if d.crash != nil {
		return d.crash()
	}
	return nil
}

func (d *drafts) Edit(_ context.Context, _, _ string, fn func(Tx) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	tx := &draftsTx{d, maps.Clone(d.catalogs)}
	if err := fn(tx); err != nil {
		return err
	}
	if err := d.write(); err != nil {
		return err
	}
	for s, c := range tx.now {
		if was, ok := d.catalogs[s]; !ok || was.Digest() != c.Digest() {
			c.Revision = was.Revision + 1
			tx.now[s] = c
		}
	}
	d.catalogs = tx.now
	return nil
}

type draftsTx struct {
	d   *drafts
	now map[catalog.Sector]catalog.Catalog
}

func (tx *draftsTx) Catalog(s catalog.Sector) (catalog.Catalog, error) {
	c, ok := tx.now[s]
	if !ok {
		return c, catalog.ErrNotFound
	}
	return copyOf(c), nil
}

func (tx *draftsTx) RemoveCatalog(s catalog.Sector) error {
	delete(tx.now, s)
	return nil
}

func (tx *draftsTx) PutCatalog(c catalog.Catalog) error {
	if _, there := tx.now[c.Sector]; there || c.Unit.ID != tx.d.unit.ID {
		return errors.New("there is one, or it is another unit's")
	}
	c = copyOf(c)
	c.SignOff = nil
	tx.now[c.Sector] = c
	return nil
}

func (d *drafts) Keep(_ context.Context, things map[string][]byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.write(); err != nil {
		return err
	}
	d.kept = maps.Clone(d.kept)
	for name, b := range things {
		if b == nil {
			delete(d.kept, name)
			continue
		}
		d.kept[name] = bytes.Clone(b)
	}
	return nil
}

func (d *drafts) Kept(_ context.Context, name string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	b, ok := d.kept[name]
	if !ok {
		return nil, catalog.ErrNotFound
	}
	return bytes.Clone(b), nil
}

func (d *drafts) KeptNames(_ context.Context, prefix string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d.kept)), func(n string) bool { return !strings.HasPrefix(n, prefix) }), nil
}

// set makes a draft say what fn makes of it, signed off.
func (d *drafts) set(s catalog.Sector, fn func(*catalog.Catalog)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.catalogs[s]
	if !ok {
		c = catalog.Catalog{Schema: catalog.Schema, Unit: d.unit, Sector: s, Entries: []catalog.Entry{}}
	}
	c = copyOf(c)
	fn(&c)
	c.Revision++
	c.SignOff = &catalog.SignOff{
		Revision: c.Revision, Digest: c.Digest(),
		Leader: catalog.Approval{By: "李梅", At: "2026-11-20", Opinion: "同意"}, Secrecy: catalog.Approval{By: "陈刚", At: "2026-11-20", Opinion: "可以公开"},
	}
	d.catalogs = maps.Clone(d.catalogs)
	d.catalogs[s] = c
}

const assistance catalog.Sector = "social-assistance"

var (
	county     = catalog.Unit{ID: "340223", Name: "南陵县", Kind: catalog.CountyUnit, Division: "340223"}
	township   = catalog.Unit{ID: "340223102", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223102", Parent: county.ID}
	other      = catalog.Unit{ID: "340223103", Name: "许镇镇", Kind: catalog.TownshipUnit, Division: "340223103", Parent: county.ID}
	department = catalog.Unit{ID: "340200-民政", Name: "芜湖市民政局", Kind: catalog.DepartmentUnit, Division: "340200"}

	reviewer = review.Person{ID: "p-county", Name: "赵敏", Role: review.CountyReviewer, Unit: county.ID, Verified: true}
	civil    = review.Person{ID: "p-civil", Name: "孙丽", Role: review.DepartmentReviewer, Unit: department.ID, Sectors: []catalog.Sector{assistance}, Verified: true}
	office   = review.Person{ID: "p-office", Name: "周强", Role: review.CityOffice, Verified: true}
)

// city is a review service without a line.
type city struct {
	mem    review.Store
	office *review.Office
	key    *bundle.Key
	secret *bundle.Identity
	time   time.Time
}

func testKey(t testing.TB, n byte) *bundle.Key {
	t.Helper()
	k, err := bundle.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newCity(t testing.TB) *city {
	t.Helper()
	return newCityOver(t, reviewtest.NewMemory())
}

func newCityOver(t testing.TB, store review.Store) *city {
	t.Helper()
	id, err := bundle.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	s := &city{mem: store, key: testKey(t, 250), secret: id, time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	s.restart(s.mem)
	err = s.mem.Update(t.Context(), func(tx review.Tx) error {
		for _, u := range []catalog.Unit{county, township, other, department} {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
		return tx.PutResponsible(assistance, department.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// backup is the service's store as a backup of now restores it.
func (s *city) backup() review.Store { return s.mem.(*reviewtest.Memory).Copy() }

// restart has the service go on with a store: its own, or a restored backup.
func (s *city) restart(mem review.Store) {
	s.mem = mem
	s.office = review.NewOffice(mem, func() time.Time { s.time = s.time.Add(time.Second); return s.time }, review.Rules{})
}

// machine is a unit's machine, enrolled.
type machine struct {
	*Client
	t      testing.TB
	drafts *drafts
	key    *bundle.Key
	o      Options
	city   *city
}

// enrol enrols a machine of the unit, whose key is told by n.
func (s *city) enrol(t testing.TB, u catalog.Unit, n byte, o Options) *machine {
	t.Helper()
	m := &machine{t: t, drafts: newDrafts(u), key: testKey(t, n), o: o, city: s}
	if m.o.Now == nil { // a clock as wrong as can be
		m.o.Now = func() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, int(n), time.UTC) }
	}
	if m.o.Wait == nil {
		m.o.Wait = func(context.Context, time.Duration) error { return nil }
	}
	m.reopen()
	if _, err := m.Certify(t.Context(), s.certify(t, u, m.key), false); err != nil {
		t.Fatal(err)
	}
	return m
}

// certify takes a device into the service, and certifies it.
func (s *city) certify(t testing.TB, u catalog.Unit, k *bundle.Key) []byte {
	t.Helper()
	d := review.Device{ID: k.KeyID(), Key: k.Public(), Suite: k.Suite(), Unit: u.ID, Role: review.Clerk, Name: "一号机"}
	var epoch string
	err := s.mem.Update(t.Context(), func(tx review.Tx) (err error) {
		if epoch, err = tx.Epoch(); err != nil {
			return err
		}
		return tx.PutDevice(d)
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Certificate, Unit: u.ID}, wire.Certificate{
		Device: d, Key: s.key.Public(), Suite: s.key.Suite(), Recipient: s.secret.Recipient(), Unit: u, Parent: county, Epoch: epoch,
	}, s.key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// reopen is the program ending and starting again.
func (m *machine) reopen() {
	m.t.Helper()
	var key bundle.Signer
	if m.key != nil {
		key = m.key
	}
	var err error
	if m.Client, err = Open(context.Background(), m.drafts, key, m.o); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) sync(r Remote) {
	m.t.Helper()
	if err := m.Sync(context.Background(), r, nil); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) submit(answers ...review.Answer) review.SubmissionID {
	m.t.Helper()
	id, err := m.Submit(context.Background(), assistance, "王芳", answers)
	if err != nil {
		m.t.Fatal(err)
	}
	return id
}

func (m *machine) status() Status {
	m.t.Helper()
	s, err := m.Of(context.Background(), assistance)
	if err != nil {
		m.t.Fatal(err)
	}
	return s
}

func (m *machine) draft() catalog.Catalog {
	m.t.Helper()
	c, err := m.drafts.Catalog(context.Background(), assistance)
	if err != nil {
		m.t.Fatal(err)
	}
	return c
}

// as is the service as a machine reaches it.
func (s *city) as(m *machine) Remote { return direct{s, m.drafts.unit.ID} }

type direct struct {
	s    *city
	unit catalog.UnitID
}

func (d direct) person() review.Person {
	return review.Person{ID: "machine", Role: review.Clerk, Unit: d.unit}
}

func (d direct) Offer(ctx context.Context, b []byte) (review.Receipt, error) {
	return d.s.offer(ctx, b)
}

// offer takes in a bundle as package server does.
func (s *city) offer(ctx context.Context, b []byte) (r review.Receipt, err error) {
	var dev review.Device
	in, err := bundle.Open(b, func(h bundle.Header) ([]byte, error) {
		err := s.mem.View(ctx, func(tx review.Tx) (err error) {
			dev, err = tx.Device(h.Key)
			switch {
			case errors.Is(err, catalog.ErrNotFound):
				return &wire.Error{Code: wire.CodeUnknownDevice}
			case err == nil && !dev.Revoked.IsZero():
				return &wire.Error{Code: wire.CodeRevoked}
			}
			return err
		})
		return dev.Key, err
	})
	if err != nil {
		return r, err
	}
	p := review.Person{ID: review.PersonID(dev.ID), Role: dev.Role, Unit: dev.Unit, Device: dev.ID}
	switch in.Kind {
	case bundle.Submission:
		var n wire.Submission
		if err := in.Decode(&n); err != nil {
			return r, err
		}
		r, err = s.office.Submit(ctx, p, review.NewSubmission{ID: in.Hash, Catalog: n.Catalog, Base: n.Base, SentAt: n.SentAt, Answers: n.Answers, Bundle: b})
	case bundle.Withdrawal:
		var n wire.Withdrawal
		if err := in.Decode(&n); err != nil {
			return r, err
		}
		r, err = s.office.WithdrawBundle(ctx, p, in.Hash, review.Ref{CaseID: n.Case, Head: n.Submission})
	case bundle.Rectification:
		var n wire.Rectification
		if err := in.Decode(&n); err != nil {
			return r, err
		}
		r, err = s.office.RectifyBundle(ctx, p, in.Hash, n.Assessment, n.Answers)
	default:
		return r, &wire.Error{Code: wire.CodeUnsupported}
	}
	if err != nil {
		return r, wire.ErrorOf(err)
	}
	return r, nil
}

func (d direct) Feed(ctx context.Context, epoch string, after uint64, limit int) (wire.FeedPage, error) {
	return d.s.feed(ctx, d.unit, epoch, after, limit)
}

func (s *city) feed(ctx context.Context, unit catalog.UnitID, epoch string, after uint64, limit int) (out wire.FeedPage, err error) {
	page, err := s.office.FeedOf(ctx, office, unit, epoch, after, limit)
	if err != nil {
		return out, err
	}
	out = wire.FeedPage{Epoch: page.Epoch, After: after, Next: page.Next, More: page.More}
	if epoch != "" && epoch != page.Epoch {
		out.After = 0
	}
	for _, it := range page.Items {
		b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Item, At: it.At, Unit: it.Unit}, it, s.key)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, b)
	}
	return out, nil
}

func (d direct) Catalog(ctx context.Context, h review.Hash, id review.CaseID) (catalog.Catalog, error) {
	c, err := d.s.office.Catalog(ctx, d.person(), h, id)
	if err != nil {
		return c, wire.ErrorOf(err)
	}
	return c, nil
}

func (d direct) Content(ctx context.Context, h review.Hash) ([]byte, error) {
	return d.s.office.Released(ctx, d.person(), h)
}

// receivePack takes in a pack as `mulu receive` does, and returns the receipts.
func (s *city) receivePack(t testing.TB, b []byte) []review.Receipt {
	t.Helper()
	b, err := bundle.Decrypt(b, s.secret)
	if err != nil {
		t.Fatal(err)
	}
	p, err := bundle.Open(b, func(h bundle.Header) (key []byte, err error) {
		err = s.mem.View(t.Context(), func(tx review.Tx) error {
			d, err := tx.Device(h.Key)
			key = d.Key
			return err
		})
		return key, err
	})
	if err != nil {
		t.Fatal(err)
	}
	members, err := bundle.Unpacked(p)
	if err != nil {
		t.Fatal(err)
	}
	var out []review.Receipt
	for _, m := range members {
		r, err := s.offer(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// pack is what a unit is told, as one file.
func (s *city) pack(t testing.TB, u catalog.Unit, after uint64, contents ...[]byte) []byte {
	t.Helper()
	page, err := s.feed(t.Context(), u.ID, "", after, 0)
	if err != nil {
		t.Fatal(err)
	}
	var members [][]byte
	for _, c := range contents {
		b, err := bundle.Seal(bundle.Header{Kind: bundle.Content}, c, s.key)
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, b)
	}
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Page, Unit: u.ID}, page, s.key)
	if err != nil {
		t.Fatal(err)
	}
	b, err = bundle.Seal(bundle.Header{Kind: bundle.Pack, Unit: u.ID, At: s.time}, bundle.Packed(append(members, b)), s.key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (s *city) theCase(t testing.TB) review.Case {
	t.Helper()
	v, err := s.office.Look(t.Context(), office, review.CaseID{Unit: township.ID, Sector: assistance})
	if err != nil {
		t.Fatal(err)
	}
	return v.Case
}

// ref is the township's case as it stands.
func (s *city) ref(t testing.TB) review.Ref {
	t.Helper()
	c := s.theCase(t)
	return review.Ref{CaseID: c.ID, Head: c.Last().ID}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// entry is one of a catalog's entries.
func entry(n int, content string) catalog.Entry {
	return catalog.Entry{
		ID: catalog.EntryID(fmt.Sprintf("e%d", n)), Sector: assistance, Template: catalog.TemplateID(fmt.Sprintf("t%d", n)),
		Path: []string{fmt.Sprintf("事项%d", n)}, Content: content, Publisher: "籍山镇人民政府",
	}
}

// fill makes a draft of three entries.
func fill(c *catalog.Catalog) {
	c.Entries = []catalog.Entry{entry(1, "办理条件"), entry(2, "办理流程"), entry(3, "受理地点")}
}

// content makes an entry's content say something else.
func content(n int, text string) func(*catalog.Catalog) {
	return func(c *catalog.Catalog) {
		for i := range c.Entries {
			if c.Entries[i].ID == entry(n, "").ID {
				c.Entries[i].Content = text
			}
		}
	}
}
