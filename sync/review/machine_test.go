package review_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
)

// machine does random things by random people to a few cases and holds, after
// each, what the package promises.
type machine struct {
	*city
	cases []review.CaseID
	was   map[review.CaseID]review.Case
	line  []sent // bundles that were made; they arrive in any order, some more than once
	all   map[review.Hash]sent
	seq   uint64 // of the log's head
	store *reviewtest.Memory

	draws, answered int
}

type sent struct {
	review.NewSubmission
	by review.Person
}

var everybody = []review.Person{clerk, otherClerk, county, colleague, otherCount, department, otherDep, office, auditor, admin}

func (m *machine) anyone(t *rapid.T) review.Person { return one(m, t, everybody) }

// decider is mostly somebody for whom the case waits.
func (m *machine) decider(t *rapid.T, id review.CaseID) review.Person {
	if m.upTo(t, 9) == 0 {
		return m.anyone(t)
	}
	if m.was[id].State == review.InCounty {
		return one(m, t, []review.Person{county, colleague})
	}
	return one(m, t, []review.Person{department, office})
}

func (m *machine) anyCase(t *rapid.T) review.CaseID {
	return one(m, t, m.cases)
}

// upTo draws from 0 to n, each as likely: rapid's own draws prefer the smallest.
func (m *machine) upTo(t *rapid.T, n int) int {
	m.draws++
	h := fnv.New64a()
	fmt.Fprint(h, m.draws, rapid.Uint64().Draw(t, "draw"))
	return int(h.Sum64() % uint64(n+1))
}

func one[V any](m *machine, t *rapid.T, vs []V) V { return vs[m.upTo(t, len(vs)-1)] }

// ref is mostly what is there, and sometimes what was; mostly of a case in one of
// the states.
func (m *machine) ref(t *rapid.T, states ...review.State) review.Ref {
	id := m.anyCase(t)
	if m.upTo(t, 9) > 0 {
		fit := slices.DeleteFunc(slices.Clone(m.cases), func(id review.CaseID) bool { return !slices.Contains(states, m.was[id].State) })
		if len(fit) > 0 {
			id = one(m, t, fit)
		}
	}
	c := m.was[id]
	at := review.Ref{CaseID: id, Head: c.Last().ID}
	switch m.upTo(t, 9) {
	case 0:
		if n := len(c.Submissions); n > 0 {
			at.Head = c.Submissions[m.upTo(t, n-1)].ID
		}
	case 1:
		at.Version = uint64(m.upTo(t, int(c.Version)))
	}
	return at
}

func (m *machine) target(t *rapid.T, id review.CaseID) review.Target {
	e := catalog.EntryID(fmt.Sprintf("e%d", 1+m.upTo(t, 3)))
	switch m.upTo(t, 5) {
	case 0:
		return review.Target{}
	case 1:
		return review.Target{Entry: e}
	case 2:
		return review.Target{Template: "t" + catalog.TemplateID(e[1:])}
	}
	return review.Target{Entry: e, Field: one(m, t, []catalog.Field{catalog.FieldContent, catalog.FieldLink, catalog.FieldPublisher})}
}

// edit changes one thing, mostly one that a target names.
func (m *machine) edit(t *rapid.T, c *catalog.Catalog, open []review.Target) {
	text := rapid.StringMatching(`[一二三四五]{1,3}`).Draw(t, "text")
	n := 1 + m.upTo(t, 5-1)
	if len(open) > 0 && m.upTo(t, 9) > 0 {
		o := one(m, t, open)
		if id := string(o.Entry) + string(o.Template); id != "" {
			n = int(id[1] - '0')
		}
		if i := slices.IndexFunc(c.Entries, func(e catalog.Entry) bool { return e.ID == o.Entry }); i >= 0 && o.Field != "" {
			m.must(c.Entries[i].SetText(o.Field, text))
			return
		}
	}
	i := slices.IndexFunc(c.Entries, func(e catalog.Entry) bool { return e.ID == catalog.EntryID(fmt.Sprintf("e%d", n)) })
	switch kind := m.upTo(t, 9); {
	case i < 0 && kind < 7:
		e := entry(n, c.Sector)
		e.Content = text
		c.Entries = append(c.Entries, e)
	case i < 0:
		c.Omitted = map[catalog.TemplateID]catalog.NotApplicable{catalog.TemplateID(fmt.Sprintf("t%d", n)): {Reason: text}}
	case kind == 0:
		c.Entries = slices.Delete(c.Entries, i, i+1)
	case kind < 4:
		c.Entries[i].Link = text
	case kind == 4:
		c.Note = text
	default:
		c.Entries[i].Content = text
	}
}

// write makes a bundle that will arrive at some time.
func (m *machine) write(t *rapid.T) {
	at := m.ref(t, review.Returned)
	id, base := at.CaseID, at.Head
	c := m.was[id]
	if k := m.upTo(t, 9); k == 0 {
		base = ""
	} else if k < 3 { // built on what is still on its way
		for _, s := range m.line {
			if s.Catalog.Unit.ID == id.Unit && s.Catalog.Sector == id.Sector {
				base = s.ID
			}
		}
	}
	was, ok := m.all[base]
	next := catalogOf(id.Unit, id.Sector)
	if ok {
		next = edited(was.Catalog, func(*catalog.Catalog) {})
	}
	for range m.upTo(t, 2) {
		m.edit(t, &next, c.Open)
	}
	next = sign(next)
	if m.upTo(t, 19) == 0 {
		next.SignOff = nil
	}
	var answers []review.Answer
	for _, comment := range c.Comments {
		if m.upTo(t, 9) > 0 {
			answers = append(answers, review.Answer{Comment: comment.ID, Text: "已核对"})
		}
	}
	by := clerk
	if id.Unit == xuzhen {
		by = otherClerk
	}
	if m.upTo(t, 9) == 0 {
		by = county
	}
	s := sent{m.submission(next, base, answers...), by}
	m.line = append(m.line, s)
	m.all[s.ID] = s
}

func (m *machine) arrive(t *rapid.T) error {
	if len(m.line) == 0 {
		return errors.New("nothing is on its way")
	}
	i := len(m.line) - 1
	if m.upTo(t, 1) == 1 {
		i = m.upTo(t, i)
	}
	s := m.line[i]
	if m.upTo(t, 3) > 0 {
		m.line = slices.Delete(m.line, i, i+1)
	}
	if m.upTo(t, 19) == 0 {
		s.by = m.anyone(t)
	}
	before, known := m.receipt(s.ID)
	r, err := m.Submit(ctx, s.by, s.NewSubmission)
	if err == nil && known && !reflect.DeepEqual(r, before) {
		t.Fatalf("a bundle that came twice got %+v, then %+v", before, r)
	}
	return err
}

func (m *machine) receipt(h review.Hash) (r review.Receipt, known bool) {
	m.must(m.store.View(ctx, func(tx review.Tx) error {
		var err error
		r, err = tx.Receipt(h)
		known = err == nil
		r.Held = ""
		return nil
	}))
	return r, known
}

func (m *machine) check(t *rapid.T) {
	rs, err := m.Log(ctx, auditor, m.seq, 0)
	m.must(err)
	for _, id := range m.cases {
		var now review.Case
		m.must(m.store.View(ctx, func(tx review.Tx) error {
			now, err = tx.Case(id)
			if errors.Is(err, catalog.ErrNotFound) {
				return nil
			}
			return err
		}))
		was := m.was[id]
		m.was[id] = now
		version := was.Version
		for _, r := range rs {
			var mark struct{ Version uint64 }
			if r.Case == id && json.Unmarshal(r.After, &mark) == nil && mark.Version > 0 {
				if version++; mark.Version != version {
					t.Fatalf("record %d of %v leads to version %d, not %d", r.Seq, id, mark.Version, version)
				}
			}
		}
		if now.Version != version {
			t.Fatalf("%v is at version %d; the log says %d", id, now.Version, version)
		}
		if now.Version != was.Version {
			m.checkCase(t, was, now)
		}
	}
	if len(rs) > 0 {
		m.seq = rs[len(rs)-1].Seq
	}
}

func (m *machine) checkCase(t *rapid.T, was, now review.Case) {
	if now.ID == (review.CaseID{}) {
		t.Fatal("a case is gone")
	}
	// What has happened stays as it was.
	for i, s := range was.Submissions {
		if now.Submissions[i].ID != s.ID || now.Submissions[i].Catalog != s.Catalog {
			t.Fatalf("submission %d became another", i)
		}
	}
	for _, comment := range was.Comments {
		i := slices.IndexFunc(now.Comments, func(n review.Comment) bool { return n.ID == comment.ID })
		if comment.Sent && (i < 0 || !now.Comments[i].Sent || !unlessErased(now.Comments[i].Text, comment.Text) || now.Comments[i].Target != comment.Target) {
			t.Fatalf("a comment that went out is gone or another: %+v", comment)
		}
	}
	// A case is under review exactly while its last round is open.
	for i, r := range now.Rounds {
		open := r.Outcome == ""
		last := i == len(now.Rounds)-1
		if open != r.Closed.IsZero() || open && !last || last && open != (now.State == review.InCounty || now.State == review.InJoint) {
			t.Fatalf("%s: round %d of %d is %q", now.State, i+1, len(now.Rounds), r.Outcome)
		}
	}
	// A return reopens exactly its targets.
	var want []review.Target
	if now.State == review.Returned {
		i := len(now.Rounds) - 1
		for now.Rounds[i].Outcome != review.RoundReturned {
			i--
		}
		for _, comment := range now.Comments {
			if comment.Round == i+1 && !slices.Contains(want, comment.Target) {
				want = append(want, comment.Target)
			}
			if comment.Round == i+1 && !comment.Sent {
				t.Fatalf("a comment stayed behind: %+v", comment)
			}
		}
		if len(want) == 0 {
			t.Fatal("returned without a word")
		}
	}
	if !slices.Equal(now.Open, want) {
		t.Fatalf("%s: open are %v, want %v", now.State, now.Open, want)
	}
	// Nothing locked changes, and no comment goes unheard.
	if n := len(now.Submissions); n == len(was.Submissions)+1 && was.State == review.Returned {
		m.answered++
		m.checkAnswer(t, was, now)
	}
	// What is approved or public was submitted.
	for _, id := range []review.Hash{now.Approved, now.Published} {
		if id != "" {
			m.must(m.store.View(ctx, func(tx review.Tx) error {
				i := slices.IndexFunc(now.Submissions, func(s review.Submission) bool { return s.ID == id })
				got, err := tx.Catalog(now.Submissions[i].Catalog)
				if sent := m.all[id].Catalog; err == nil && len(now.Erased) == 0 {
					_, is := review.Canonical(&got)
					_, should := review.Canonical(&sent)
					if is != should {
						t.Fatalf("approved is another catalog than was sent as %.8s", id)
					}
				}
				return err
			}))
		}
	}
	// The unit knows.
	if now.State != was.State || len(now.Rounds) != len(was.Rounds) || len(now.Erased) != len(was.Erased) {
		p := clerk
		if now.ID.Unit == xuzhen {
			p = otherClerk
		}
		ds := items[review.Decision](m.city, p, review.ItemDecision)
		ds = slices.DeleteFunc(ds, func(d review.Decision) bool { return d.Case != now.ID })
		if len(ds) == 0 {
			t.Fatalf("%s: the unit was told nothing", now.State)
		}
		if last := ds[len(ds)-1]; last.State != now.State || len(last.Open) != len(now.Open) || len(last.Erased) != len(now.Erased) {
			t.Fatalf("%s, open %v: the unit was told %+v", now.State, now.Open, last)
		}
	}
}

func unlessErased(now, was string) bool {
	return now == was || strings.Contains(now, review.ErasedText)
}

// checkAnswer compares an accepted answer to a return with what was returned, one
// thing after the other.
func (m *machine) checkAnswer(t *rapid.T, was, now review.Case) {
	open := slices.Clone(was.Open)
	for _, e := range was.Erased {
		open = append(open, e.Target)
	}
	s := now.Submissions[len(was.Submissions)]
	i := len(was.Rounds) - 1
	for was.Rounds[i].Outcome != review.RoundReturned {
		i--
	}
	before, after := m.all[was.Rounds[i].Submission].Catalog, m.all[s.ID].Catalog
	may := func(ts ...review.Target) bool {
		for _, t := range append(ts, review.Target{}) {
			if slices.Contains(open, t) {
				return true
			}
		}
		return false
	}
	changed := map[review.Target]bool{}
	for _, e := range before.Entries {
		whole := review.Target{Entry: e.ID}
		n, ok := after.Entry(e.ID)
		if !ok {
			if !may(whole) {
				t.Fatalf("%s was removed; open were %v", e.ID, open)
			}
			changed[whole] = true
			continue
		}
		for _, f := range catalog.Fields {
			if e.Text(f) != n.Text(f) {
				if !may(whole, review.Target{Entry: e.ID, Field: f}) {
					t.Fatalf("%s of %s was changed; open were %v", f, e.ID, open)
				}
				changed[whole], changed[review.Target{Entry: e.ID, Field: f}] = true, true
			}
		}
	}
	for _, e := range after.Entries {
		if _, ok := before.Entry(e.ID); !ok {
			if !may(review.Target{Template: e.Template}, review.Target{Entry: e.ID}) {
				t.Fatalf("%s was added; open were %v", e.ID, open)
			}
			changed[review.Target{Template: e.Template}] = true
		}
	}
	if before.Note != after.Note && !may() {
		t.Fatalf("the note was changed; open were %v", open)
	}
	for _, comment := range now.Comments {
		if len(was.Erased) == 0 && comment.Round == i+1 && comment.Changed && comment.Target.Entry != "" && !changed[review.Target{Entry: comment.Target.Entry}] &&
			reflect.DeepEqual(before.Omitted, after.Omitted) && len(before.Entries) == len(after.Entries) {
			t.Fatalf("%+v counts as followed, but nothing of it changed", comment)
		}
		if comment.Round == i+1 && !comment.Changed && comment.Answer == "" {
			t.Fatalf("%+v was neither followed nor answered", comment)
		}
	}
}

// TestMachine: random people, random actions.
func TestMachine(t *testing.T) {
	reached := map[review.State]int{}
	refused, answered := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c := newCity(t)
		m := &machine{city: c, store: c.store, was: map[review.CaseID]review.Case{}, all: map[review.Hash]sent{}}
		for _, u := range []catalog.UnitID{jishan, xuzhen} {
			for _, s := range []catalog.Sector{aid, tax} {
				m.cases = append(m.cases, review.CaseID{Unit: u, Sector: s})
				m.was[m.cases[len(m.cases)-1]] = review.Case{}
			}
		}
		head, err := m.VerifyLog(ctx, auditor)
		m.must(err)
		m.seq = head.Seq
		// do wants an action that fails to change nothing at all.
		do := func(action func(t *rapid.T) error) func(*rapid.T) {
			return func(t *rapid.T) {
				before := m.store.Copy()
				if err := action(t); err != nil {
					refused++
					var internal bool
					var denied *review.DeniedError
					var state *review.StateError
					var invalid *review.InvalidError
					internal = !errors.As(err, &denied) && !errors.As(err, &state) && !errors.As(err, &invalid) &&
						!errors.Is(err, catalog.ErrConflict) && !errors.Is(err, catalog.ErrNotFound) && !errors.Is(err, review.ErrNothing)
					if internal && err.Error() != "nothing is on its way" {
						t.Fatalf("%v", err)
					}
					if !m.store.Equal(before) {
						t.Fatalf("%v, but the store changed", err)
					}
				}
			}
		}
		actions := map[string]func(*rapid.T){
			"withdraw": do(func(t *rapid.T) error { return m.Withdraw(ctx, m.anyone(t), m.ref(t), "") }),
			"withdraw by bundle": do(func(t *rapid.T) error {
				_, err := m.WithdrawBundle(ctx, clerk, review.Hash(fmt.Sprint("w", m.upTo(t, 9))), m.ref(t))
				return err
			}),
			"uncomment": do(func(t *rapid.T) error {
				at := m.ref(t)
				return m.Uncomment(ctx, m.anyone(t), at, fmt.Sprint("c", 1+m.upTo(t, 20-1)))
			}),
			"step back": do(func(t *rapid.T) error {
				return m.StepBack(ctx, one(m, t, []review.Person{office, department}), m.ref(t, review.InJoint), "县里再看")
			}),
			"close":   do(func(t *rapid.T) error { return m.Close(ctx, office, m.ref(t, review.InJoint), "") }),
			"publish": do(func(t *rapid.T) error { return m.Publish(ctx, office, m.ref(t, review.Approved), "") }),
			"recall":  do(func(t *rapid.T) error { return m.Recall(ctx, office, m.ref(t, review.Published), "有误") }),
			"erase": do(func(t *rapid.T) error {
				if m.upTo(t, 3) > 0 {
					return review.ErrNothing
				}
				at := m.ref(t)
				return m.Erase(ctx, office, at, m.target(t, at.CaseID), m.upTo(t, 1) == 1, "个人信息")
			}),
			"look": do(func(t *rapid.T) error { _, err := m.Look(ctx, m.anyone(t), m.anyCase(t)); return err }),
			"time": func(t *rapid.T) {
				m.now = m.now.Add(time.Duration(m.upTo(t, 100)) * time.Hour)
			},
		}
		for i := range 3 { // what happens more often
			k := fmt.Sprint(" ", i)
			actions["write"+k] = m.write
			actions["arrive"+k] = do(m.arrive)
			actions["comment"+k] = do(func(t *rapid.T) error {
				at := m.ref(t, review.InCounty, review.InJoint)
				_, err := m.Comment(ctx, m.decider(t, at.CaseID), at, m.target(t, at.CaseID), "请核对")
				return err
			})
			actions["return"+k] = do(func(t *rapid.T) error {
				at := m.ref(t, review.InCounty, review.InJoint)
				return m.Return(ctx, m.decider(t, at.CaseID), at, "")
			})
		}
		actions["pass"] = do(func(t *rapid.T) error {
			at := m.ref(t, review.InCounty, review.InJoint)
			return m.PassMany(ctx, m.decider(t, at.CaseID), []review.Ref{at}, "")[0]
		})
		names := slices.Sorted(maps.Keys(actions))
		for range 80 {
			actions[one(m, t, names)](t)
			m.check(t)
			for _, c := range m.was {
				reached[c.State]++
			}
		}
		if _, err := m.VerifyLog(ctx, auditor); err != nil {
			t.Fatal(err)
		}
		answered += m.answered
	})
	for _, s := range []review.State{review.InCounty, review.InJoint, review.Returned, review.Approved, review.Published, review.Recalled, review.Withdrawn} {
		if reached[s] == 0 {
			t.Errorf("no case was ever %s", s)
		}
	}
	if refused == 0 || answered == 0 {
		t.Errorf("%d actions were refused, %d returns answered", refused, answered)
	}
	t.Logf("reached %v, refused %d, answered %d", reached, refused, answered)
}
