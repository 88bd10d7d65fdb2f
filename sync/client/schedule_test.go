package client

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
	"mulutong/sync/sqlstore"
	"mulutong/sync/wire"
)

var (
	schedules  = flag.Int("schedules", 100, "how many schedules of TestSchedules to run")
	onSQLite   = flag.Int("sqlite-schedules", 5, "how many of TestSchedulesOnSQLite")
	oneSeed    = flag.Uint64("seed", 0, "run only the schedule of this seed, and say what happens in it")
	firstSeed  = flag.Uint64("first", 1, "the first seed")
	scheduleOf = 60 // steps
)

// world is a service, the machines of two townships and the lines between them,
// all of which fail as the seed says.
type world struct {
	*city
	rng      *rand.Rand
	say      func(format string, args ...any)
	machines []*simMachine
	backups  []review.Store
	backup   func(review.Store) (review.Store, error) // nil: the store is never restored
	strays   [][]byte                                 // bundles that were held up on a line
	over     map[string]string                        // what stood where a text was typed
	given    map[string]bool                          // texts that somebody gave up, knowing it
	typed    int
	calm     bool // nothing fails any more

	happened map[string]int
}

// simMachine is one machine of a township.
type simMachine struct {
	*Client
	w      *world
	drafts *drafts
	n      byte
	o      Options
	last   map[catalog.EntryID]string // what was typed here last
	saved  *drafts                    // a backup, and what was typed by then
	then   map[catalog.EntryID]string
	pages  []wire.FeedPage // that came before
}

var errKilled = errors.New("the program was killed")

func (w *world) chance(percent int) bool { return !w.calm && w.rng.IntN(100) < percent }

func (w *world) did(what string) { w.happened[what]++ }

func newWorld(t *testing.T, seed uint64, store review.Store, backup func(review.Store) (review.Store, error)) *world {
	w := &world{
		city: newCityOver(t, store), rng: rand.New(rand.NewPCG(seed, 0)), say: func(string, ...any) {}, backup: backup,
		over: map[string]string{}, given: map[string]bool{}, happened: map[string]int{},
	}
	if *oneSeed != 0 {
		w.say = t.Logf
	}
	for i, u := range []catalog.Unit{township, township, other} {
		m := &simMachine{w: w, drafts: newDrafts(u), n: byte(i + 1), last: map[catalog.EntryID]string{}}
		m.o = Options{
			// A clock as wrong as can be, that sometimes runs back.
			Now: func() time.Time {
				return time.Date(1970+w.rng.IntN(100), 1, 1, w.rng.IntN(24), 0, 0, w.rng.IntN(1e9), time.UTC)
			},
			Wait: func(context.Context, time.Duration) error { return nil }, Random: w.rng.Float64, Tries: 2,
		}
		must(t, m.reopen(t))
		if _, err := m.Certify(t.Context(), w.certify(t, u, testKey(t, m.n)), false); err != nil {
			t.Fatal(err)
		}
		w.machines = append(w.machines, m)
	}
	if backup != nil {
		b, err := backup(w.mem)
		must(t, err)
		w.backups = append(w.backups, b)
	}
	return w
}

func (m *simMachine) reopen(t testing.TB) error {
	m.drafts.crash = nil
	var err error
	m.Client, err = Open(context.Background(), m.drafts, testKey(t, m.n), m.o)
	return err
}

// do does something on a machine that may be killed meanwhile, and then starts again.
func (m *simMachine) do(t testing.TB, what string, fn func() error) error {
	if m.w.chance(10) {
		in := m.w.rng.IntN(6)
		m.drafts.crash = func() error {
			if in--; in < 0 {
				return errKilled
			}
			return nil
		}
	}
	err := fn()
	m.w.say("machine %d: %s: %v", m.n, what, err)
	killed := errors.Is(err, errKilled)
	m.drafts.crash = nil
	if killed {
		m.w.did("killed")
	}
	if killed || m.w.chance(5) {
		return errors.Join(err, m.reopen(t))
	}
	return err
}

// contents are what the machine's draft says, entry by entry.
func (m *simMachine) contents() map[catalog.EntryID]string {
	out := map[catalog.EntryID]string{}
	c, err := m.drafts.Catalog(context.Background(), assistance)
	if err != nil {
		return out
	}
	for _, e := range c.Entries {
		out[e.ID] = e.Content
	}
	return out
}

// edit types something into the draft, and signs it off.
func (m *simMachine) edit() {
	w := m.w
	if len(m.contents()) == 0 {
		m.drafts.set(assistance, fill)
	}
	n := 1 + w.rng.IntN(3)
	w.typed++
	text := fmt.Sprintf("%d·%d", m.n, w.typed)
	id := entry(n, "").ID
	w.over[text] = m.contents()[id]
	m.last[id] = text
	m.drafts.set(assistance, content(n, text))
	w.say("machine %d: types %s into %s", m.n, text, id)
}

// submit submits the draft, answering every comment.
func (m *simMachine) submit(t testing.TB) error {
	if len(m.contents()) == 0 {
		return nil
	}
	m.drafts.set(assistance, func(*catalog.Catalog) {})
	var answers []review.Answer
	if d := m.now().cases[assistance].Decision; d != nil {
		for _, c := range d.Comments {
			answers = append(answers, review.Answer{Comment: c.ID, Text: "已核对"})
		}
	}
	err := m.do(t, "submits", func() error {
		_, err := m.Submit(context.Background(), assistance, "王芳", answers)
		return err
	})
	var locked *review.LockedError
	if errors.As(err, &locked) && (m.w.calm || m.w.chance(50)) {
		before := m.contents()
		err = m.do(t, "takes back what is locked", func() error {
			return m.TakeBack(context.Background(), assistance, "王芳", "还原", locked.Targets...)
		})
		m.gaveUp(before)
		m.w.did("taken back")
	}
	return known(err)
}

// gaveUp notes what the draft no longer says since it said before.
func (m *simMachine) gaveUp(before map[catalog.EntryID]string) {
	for id, is := range m.contents() {
		if was := before[id]; was != is {
			m.w.giveUp(was)
		}
	}
}

func (w *world) giveUp(text string) {
	for ; text != "" && !w.given[text]; text = w.over[text] { // with what it was typed over
		w.given[text] = true
		w.say("%s is given up", text)
	}
}

// settle settles clashes, this way or that.
func (m *simMachine) settle(t testing.TB) error {
	for _, cl := range m.now().cases[assistance].Clashes {
		side := Side(m.w.rng.IntN(2))
		before := m.contents()
		err := m.do(t, fmt.Sprintf("settles %s %q against %q: side %d", cl.Entry, cl.Ours, cl.Theirs, side), func() error {
			return m.Settle(context.Background(), assistance, "王芳", "处理", side, cl)
		})
		m.gaveUp(before)
		if err == nil || errors.Is(err, errKilled) {
			m.w.giveUp(map[Side]string{Ours: cl.Theirs, Theirs: cl.Ours}[side])
		}
		if known(err) != nil {
			return err
		}
		m.w.did("settled")
	}
	return nil
}

// known passes over the errors that a schedule makes.
func known(err error) error {
	var (
		locked     *review.LockedError
		unanswered *review.UnansweredError
		state      *review.StateError
		clash      *ClashError
		failed     *wire.Error
	)
	for _, is := range []error{errKilled, ErrBehind, ErrUnchanged, ErrLine, ErrOld, ErrGap, catalog.ErrNotFound, catalog.ErrConflict, review.ErrNothing, review.ErrUnsigned} {
		if errors.Is(err, is) {
			return nil
		}
	}
	if errors.As(err, &locked) || errors.As(err, &unanswered) || errors.As(err, &state) || errors.As(err, &clash) ||
		errors.As(err, &failed) && (failed.Code.Temporary() || failed.Code == wire.CodeDamaged) {
		return nil
	}
	return err
}

// badLine is the way to the service.
type badLine struct {
	direct
	w *world
	m *simMachine
}

func (l badLine) Offer(ctx context.Context, b []byte) (review.Receipt, error) {
	w := l.w
	if err := l.before("offer"); err != nil {
		return review.Receipt{}, err
	}
	switch {
	case w.chance(10):
		w.did("held up")
		w.strays = append(w.strays, bytes.Clone(b))
		return review.Receipt{}, ErrLine
	case w.chance(5):
		w.did("truncated")
		r, err := w.offer(ctx, b[:w.rng.IntN(len(b))])
		if err == nil {
			return r, fmt.Errorf("a truncated bundle was taken: %+v", r)
		}
		return r, &wire.Error{Code: wire.CodeDamaged}
	case w.chance(10):
		w.did("duplicated")
		first, err := w.offer(ctx, b)
		if err != nil {
			return first, err
		}
		again, err := w.offer(ctx, b)
		if err != nil || !sameReceipt(first, again) {
			return again, fmt.Errorf("a bundle that came twice: %+v, then %+v, %v", first, again, err)
		}
	}
	r, err := w.offer(ctx, b)
	if err == nil && l.after("offer") {
		return review.Receipt{}, ErrLine
	}
	w.say("  offered %.6s: %s %s, %v", r.Bundle, r.Status, r.Problem, err)
	return r, err
}

func sameReceipt(a, b review.Receipt) bool {
	return a.Bundle == b.Bundle && a.Status == b.Status && a.Number == b.Number && a.Problem == b.Problem
}

// before is what goes wrong on the way there, after on the way back.
func (l badLine) before(what string) error {
	w := l.w
	switch {
	case w.chance(10):
		w.did("lost before: " + what)
		return ErrLine
	case w.chance(4):
		w.did("busy")
		return &wire.Error{Code: wire.CodeBusy, RetryAfter: time.Second}
	case w.chance(3):
		w.did("restarted")
		w.restart(w.mem)
	}
	return nil
}

func (l badLine) after(what string) bool {
	if l.w.chance(10) {
		l.w.did("lost after: " + what)
		return true
	}
	return false
}

func (l badLine) Feed(ctx context.Context, epoch string, after uint64, limit int) (wire.FeedPage, error) {
	w := l.w
	if err := l.before("feed"); err != nil {
		return wire.FeedPage{}, err
	}
	if n := len(l.m.pages); n > 0 && w.chance(5) {
		w.did("an old page")
		return l.m.pages[w.rng.IntN(n)], nil
	}
	if w.chance(30) {
		limit = 1 + w.rng.IntN(3)
	}
	page, err := l.direct.Feed(ctx, epoch, after, limit)
	if err != nil {
		return page, err
	}
	if l.m.pages = append(l.m.pages, page); len(l.m.pages) > 5 {
		l.m.pages = l.m.pages[1:]
	}
	if l.after("feed") {
		return wire.FeedPage{}, ErrLine
	}
	return page, nil
}

func (l badLine) Catalog(ctx context.Context, h review.Hash, id review.CaseID) (catalog.Catalog, error) {
	if err := l.before("catalog"); err != nil {
		return catalog.Catalog{}, err
	}
	return l.direct.Catalog(ctx, h, id)
}

func (m *simMachine) sync(t testing.TB) error {
	return known(m.do(t, "syncs", func() error {
		return m.Sync(context.Background(), badLine{direct{m.w.city, m.drafts.unit.ID}, m.w, m}, nil)
	}))
}

// review has a reviewer do something at random.
func (w *world) review() error {
	ctx := context.Background()
	id := review.CaseID{Unit: []catalog.UnitID{township.ID, other.ID}[w.rng.IntN(2)], Sector: assistance}
	v, err := w.office.Look(ctx, office, id)
	if err != nil {
		return known(err)
	}
	at := review.Ref{CaseID: id, Head: v.Case.Last().ID}
	p := office
	switch {
	case v.Case.State == review.InCounty:
		p = reviewer
	case w.rng.IntN(2) == 0:
		p = civil
	}
	what := []string{"comment", "comment", "return", "pass", "pass", "pass", "step back", "close"}[w.rng.IntN(8)]
	switch {
	case v.Case.State == review.Approved && w.rng.IntN(2) == 0:
		what = "publish"
	case v.Case.State == review.Published && w.rng.IntN(4) == 0:
		what = "recall"
	}
	switch what {
	case "comment":
		target := []review.Target{{}, {Entry: "e1"}, {Entry: "e2", Field: catalog.FieldContent}, {Entry: "e3", Field: catalog.FieldContent}}[w.rng.IntN(4)]
		_, err = w.office.Comment(ctx, p, at, target, "请核对")
	case "return":
		err = w.office.Return(ctx, p, at, "")
	case "pass":
		err = w.office.PassMany(ctx, p, []review.Ref{at}, "")[0]
	case "step back":
		err = w.office.StepBack(ctx, p, at, "县里再看")
	case "close":
		err = w.office.Close(ctx, office, at, "")
	case "publish":
		err = w.office.Publish(ctx, office, at, "")
	case "recall":
		err = w.office.Recall(ctx, office, at, "有误")
	}
	w.say("%s: %s %s when %s: %v", p.ID, what, id.Unit, v.Case.State, err)
	if err == nil {
		w.did(what)
	}
	var denied *review.DeniedError
	if errors.As(err, &denied) {
		err = nil
	}
	return known(err)
}

// step is one thing that happens.
func (w *world) step(t testing.TB) error {
	m := w.machines[w.rng.IntN(len(w.machines))]
	switch k := w.rng.IntN(100); {
	case k < 15:
		m.edit()
	case k < 27:
		return m.submit(t)
	case k < 50:
		return m.sync(t)
	case k < 54:
		return m.settle(t)
	case k < 56:
		return known(m.do(t, "withdraws", func() error {
			_, err := m.Withdraw(context.Background(), assistance, "王芳")
			return err
		}))
	case k < 88:
		return w.review()
	case k < 92:
		if n := len(w.strays); n > 0 {
			i := w.rng.IntN(n)
			b := w.strays[i]
			w.strays = slices.Delete(w.strays, i, i+1)
			r, err := w.offer(context.Background(), b)
			w.say("a stray arrives: %.6s %s %s, %v", r.Bundle, r.Status, r.Problem, err)
			return known(err)
		}
	case k < 94:
		w.time = w.time.Add(time.Duration(w.rng.IntN(2000)-1000) * time.Hour)
	case k < 96:
		m.saved, m.then = m.drafts.copy(), map[catalog.EntryID]string{}
		for id, text := range m.last {
			m.then[id] = text
		}
	case k < 97:
		return m.restore(t)
	case k < 98 && w.backup != nil:
		b, err := w.backup(w.mem)
		w.backups = append(w.backups, b)
		return err
	case k < 99 && w.backup != nil:
		b, err := w.backup(w.backups[w.rng.IntN(len(w.backups))])
		if err != nil {
			return err
		}
		w.say("the service is restored")
		w.did("service restored")
		w.restart(b)
	}
	return nil
}

// restore puts a machine back to its backup: what was typed since is gone, and its
// people know.
func (m *simMachine) restore(t testing.TB) error {
	if m.saved == nil {
		return nil
	}
	m.w.did("machine restored")
	m.w.say("machine %d is restored", m.n)
	for id, text := range m.last {
		if m.then[id] != text {
			m.w.giveUp(text)
		}
	}
	m.drafts = m.saved.copy()
	m.last = map[catalog.EntryID]string{}
	for id, text := range m.then {
		m.last[id] = text
	}
	return m.reopen(t)
}

// finish lets everything calm down and wants all sides to be equal.
func (w *world) finish(t testing.TB) error {
	w.calm = true
	for _, b := range w.strays {
		if _, err := w.offer(context.Background(), b); known(err) != nil {
			return err
		}
	}
	for range 40 {
		calm, err := w.calmDown(t)
		if err != nil {
			return err
		}
		if calm {
			return w.equal()
		}
	}
	return errors.New("it does not come to an end")
}

// calmDown has every machine submit what it has, and the reviewers pass it. It
// reports whether there was nothing left to do.
func (w *world) calmDown(t testing.TB) (bool, error) {
	ctx := context.Background()
	calm := true
	for _, m := range w.machines {
		if err := m.do(t, "syncs at last", func() error {
			return m.Sync(ctx, badLine{direct{m.w.city, m.drafts.unit.ID}, m.w, m}, nil)
		}); err != nil {
			return false, fmt.Errorf("machine %d over a good line: %w", m.n, err)
		}
		if err := m.settle(t); err != nil {
			return false, err
		}
		id := review.CaseID{Unit: m.drafts.unit.ID, Sector: assistance}
		c, err := w.stored(id)
		if err != nil {
			return false, err
		}
		at := review.Ref{CaseID: id, Head: c.Last().ID}
		if c.State == review.InCounty || c.State == review.InJoint {
			calm = false
			for _, p := range []review.Person{reviewer, office, civil} {
				if err := w.office.PassMany(ctx, p, []review.Ref{at}, "")[0]; known(err) != nil {
					return false, err
				}
			}
			w.say("machine %d's case is passed", m.n)
			continue
		}
		said := m.contents()
		if len(said) == 0 {
			continue
		}
		same := false
		if c.State == review.Approved || c.State == review.Published || c.State == review.Recalled {
			cat, err := w.catalogOf(id, c.Approved)
			if err != nil {
				return false, err
			}
			draft, err := m.drafts.Catalog(ctx, assistance)
			if err != nil {
				return false, err
			}
			same = cat.Digest() == draft.Digest()
		}
		st := m.now()
		cs := st.cases[assistance]
		queued := slices.ContainsFunc(st.outbox, func(it item) bool { return it.queued() })
		if same && cs.Decision != nil && cs.Decision.State == c.State && !cs.Behind && len(cs.Clashes) == 0 && !queued {
			continue
		}
		calm = false
		if !same {
			if err := m.submit(t); err != nil {
				return false, err
			}
			if err := m.sync(t); err != nil {
				return false, err
			}
		}
	}
	return calm, nil
}

func (w *world) stored(id review.CaseID) (c review.Case, err error) {
	err = w.mem.View(context.Background(), func(tx review.Tx) error {
		c, err = tx.Case(id)
		if errors.Is(err, catalog.ErrNotFound) {
			return nil
		}
		return err
	})
	return c, err
}

func (w *world) catalogOf(id review.CaseID, s review.SubmissionID) (cat catalog.Catalog, err error) {
	err = w.mem.View(context.Background(), func(tx review.Tx) error {
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		for _, sub := range c.Submissions {
			if sub.ID == s {
				cat, err = tx.Catalog(sub.Catalog)
				return err
			}
		}
		return fmt.Errorf("submission %.8s: %w", s, catalog.ErrNotFound)
	})
	return cat, err
}

// equal wants that nothing was lost, nothing counts twice, and all sides say the same.
func (w *world) equal() error {
	ctx := context.Background()
	if _, err := w.office.VerifyLog(ctx, office); err != nil {
		return err
	}
	for _, m := range w.machines {
		id := review.CaseID{Unit: m.drafts.unit.ID, Sector: assistance}
		c, err := w.stored(id)
		if err != nil {
			return err
		}
		at := map[review.Hash]int{}
		for i, s := range c.Submissions {
			if _, twice := at[s.ID]; twice || s.Number != i+1 {
				return fmt.Errorf("submission %d, %.8s, is there twice or has the number %d", i+1, s.ID, s.Number)
			}
			at[s.ID] = i
		}
		for _, it := range m.Outbox() {
			if it.Receipt == nil {
				return fmt.Errorf("machine %d: %.8s was never answered", m.n, it.Hash)
			}
			var got review.Receipt
			err := w.mem.View(ctx, func(tx review.Tx) (err error) {
				got, err = tx.Receipt(it.Hash)
				return err
			})
			_, there := at[it.Hash]
			switch {
			case it.Kind != "submission":
			case it.Receipt.Status == review.Accepted && (err != nil || !there || got.Status != review.Accepted):
				return fmt.Errorf("machine %d: %.8s was accepted, and is lost: %+v, %v", m.n, it.Hash, got, err)
			case it.Receipt.Status != review.Accepted && there:
				return fmt.Errorf("machine %d: %.8s is %s there, and was taken", m.n, it.Hash, it.Receipt.Status)
			case it.Receipt.Status == review.Waiting && got.Status != review.Waiting:
				return fmt.Errorf("machine %d: %.8s waits, and the service says %s", m.n, it.Hash, got.Status)
			}
			if it.Receipt.Status == review.Waiting {
				if _, came := at[it.Receipt.Base]; came {
					return fmt.Errorf("machine %d: %.8s waits for what is there", m.n, it.Hash)
				}
			}
		}
		said := m.contents()
		if len(said) == 0 {
			continue
		}
		st, err := m.Of(ctx, assistance)
		if err != nil {
			return err
		}
		if st.State != c.State || st.Decision.Submission != c.Approved {
			return fmt.Errorf("machine %d: %s of %.8s, the service: %s of %.8s", m.n, st.State, st.Decision.Submission, c.State, c.Approved)
		}
		for id, typed := range m.last {
			if w.given[typed] {
				continue
			}
			w.did("texts followed")
			is := said[id]
			for is != typed && is != "" {
				is = w.over[is]
			}
			if is != typed {
				return fmt.Errorf("machine %d: %s was typed into %s, and is lost: there is %s", m.n, typed, id, said[id])
			}
		}
	}
	return nil
}

// run runs the schedule of a seed.
func runSchedule(t *testing.T, seed uint64, store review.Store, backup func(review.Store) (review.Store, error)) map[string]int {
	w := newWorld(t, seed, store, backup)
	for i := range scheduleOf {
		if err := w.step(t); err != nil {
			t.Fatalf("step %d: %v; to see it happen: -run '^%s$' -seed %d", i, err, strings.Split(t.Name(), "/")[0], seed)
		}
	}
	if err := w.finish(t); err != nil {
		t.Fatalf("in the end: %v; to see it happen: -run '^%s$' -seed %d", err, strings.Split(t.Name(), "/")[0], seed)
	}
	return w.happened
}

// keeper makes the stores of schedules: empty ones, and copies as a restored
// backup is one.
type keeper struct {
	empty func(t *testing.T) review.Store
	copy  func(t *testing.T, s review.Store) (review.Store, error)
}

func (k keeper) run(t *testing.T, seed uint64) map[string]int {
	return runSchedule(t, seed, k.empty(t), func(s review.Store) (review.Store, error) { return k.copy(t, s) })
}

// runSchedules runs n schedules, or the one that is asked for.
func runSchedules(t *testing.T, n int, k keeper) map[string]int {
	total := map[string]int{}
	if *oneSeed != 0 {
		k.run(t, *oneSeed)
		return nil
	}
	var next atomic.Int64
	var mu sync.Mutex
	t.Run("shards", func(t *testing.T) {
		for shard := range 4 {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
					seed := *firstSeed + uint64(i)
					t.Run(fmt.Sprint(seed), func(t *testing.T) {
						happened := k.run(t, seed)
						mu.Lock()
						defer mu.Unlock()
						for what, n := range happened {
							total[what] += n
						}
					})
				}
			})
		}
	})
	t.Logf("%d schedules: %v", n, total)
	return total
}

// TestSchedules runs schedules of two townships with three machines, a service and
// lines on which everything goes wrong that can: in the end nothing is lost,
// nothing is there twice, and all sides say the same.
func TestSchedules(t *testing.T) {
	total := runSchedules(t, *schedules, keeper{
		func(*testing.T) review.Store { return reviewtest.NewMemory() },
		func(_ *testing.T, s review.Store) (review.Store, error) { return s.(*reviewtest.Memory).Copy(), nil },
	})
	if *schedules < 1000 || *oneSeed != 0 {
		return
	}
	for _, what := range []string{
		"killed", "held up", "truncated", "duplicated", "lost before: offer", "lost after: offer", "lost after: feed", "busy", "restarted",
		"an old page", "settled", "taken back", "service restored", "machine restored", "return", "pass", "publish", "texts followed",
	} {
		if total[what] == 0 {
			t.Errorf("in no schedule: %s", what)
		}
	}
}

// TestSchedulesOnSQLite runs them over the store of the service, and its backups.
func TestSchedulesOnSQLite(t *testing.T) {
	var where sync.Map // of a store: its folder
	open := func(t *testing.T, dir string) (review.Store, error) {
		s, err := sqlstore.Open(t.Context(), dir)
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		where.Store(s, dir)
		return s, nil
	}
	runSchedules(t, *onSQLite, keeper{
		func(t *testing.T) review.Store {
			s, err := open(t, t.TempDir())
			must(t, err)
			return s
		},
		func(t *testing.T, s review.Store) (review.Store, error) {
			dir, _ := where.Load(s)
			file, to := filepath.Join(t.TempDir(), "backup"), t.TempDir()
			if err := sqlstore.Backup(t.Context(), dir.(string), file); err != nil {
				return nil, err
			}
			if err := sqlstore.Restore(t.Context(), file, to, false); err != nil {
				return nil, err
			}
			return open(t, to)
		},
	})
}
