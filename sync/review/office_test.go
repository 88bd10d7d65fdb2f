package review_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// TestLoop goes the whole way once: returned by the county, by one side of the
// joint review, approved, published, recalled.
func TestLoop(t *testing.T) {
	c := newCity(t)
	first := catalogOf(jishan, aid)
	at := c.accepted(clerk, first, "")
	c.wantsCase(at.CaseID, review.InCounty)

	m := c.comment(county, at, review.Target{Entry: "e1", Field: catalog.FieldContent})
	c.must(c.Return(ctx, county, at, "退回修改"))
	got := c.wantsCase(at.CaseID, review.Returned)
	if len(got.Open) != 1 || got.Open[0] != m.Target {
		t.Errorf("open %v, want %v", got.Open, m.Target)
	}

	second := edited(first, content(1, "改过的内容"))
	at = c.accepted(clerk, second, at.Head)
	got = c.wantsCase(at.CaseID, review.InCounty)
	if !got.Comments[0].Changed {
		t.Error("the comment was followed, but is not marked so")
	}
	c.must(c.Pass(ctx, county, at, ""))
	c.wantsCase(at.CaseID, review.InJoint)

	c.must(c.Approve(ctx, office, at, ""))
	c.wantsCase(at.CaseID, review.InJoint)
	c.comment(department, at, review.Target{Entry: "e2"})
	c.must(c.Return(ctx, department, at, ""))
	c.wantsCase(at.CaseID, review.Returned)

	at = c.accepted(clerk, edited(second, content(2, "也改过")), at.Head)
	got = c.wantsCase(at.CaseID, review.InJoint)
	if r := got.Rounds[len(got.Rounds)-1]; !r.Sides[0].Kept || r.Sides[1].Kept {
		t.Errorf("sides %+v, want the office's pass kept and the department asked", r.Sides)
	}
	c.must(c.Pass(ctx, department, at, ""))
	c.wantsCase(at.CaseID, review.Approved)
	c.must(c.Publish(ctx, office, at, ""))
	c.must(c.Recall(ctx, office, at, "有误"))
	c.wantsCase(at.CaseID, review.Recalled)
	if _, err := c.VerifyLog(ctx, auditor); err != nil {
		t.Error(err)
	}
}

// items are what the unit was told, the bodies of one kind.
func items[B any](c *city, p review.Person, kind review.ItemKind) []B {
	c.t.Helper()
	page, err := c.Feed(ctx, p, "", 0, 0)
	c.must(err)
	var out []B
	for _, it := range page.Items {
		if it.Kind == kind {
			var b B
			c.must(json.Unmarshal(it.Body, &b))
			out = append(out, b)
		}
	}
	return out
}

func TestSubmitTwice(t *testing.T) {
	c := newCity(t)
	n := c.submission(catalogOf(jishan, aid), "")
	first, err := c.Submit(ctx, clerk, n)
	c.must(err)
	before := c.store.Copy()
	c.now = c.now.Add(time.Hour)
	again, err := c.Submit(ctx, clerk, n)
	c.must(err)
	if !reflect.DeepEqual(first, again) {
		t.Errorf("the receipts differ: %+v, %+v", first, again)
	}
	if !c.store.Equal(before) {
		t.Error("the second time changed the store")
	}
	known, err := c.ReceiptOf(ctx, clerk, n.ID)
	c.must(err)
	if !reflect.DeepEqual(first, known) {
		t.Errorf("ReceiptOf is %+v, want %+v", known, first)
	}
	_, err = c.ReceiptOf(ctx, otherClerk, n.ID)
	c.wantsDenied("another unit's receipt", err)
	n.Catalog = catalogOf(xuzhen, aid)
	if _, err := c.Submit(ctx, otherClerk, n); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("another's bundle under the same hash: %v", err)
	}
	n.ID = "0123"
	if _, err := c.Submit(ctx, otherClerk, n); err == nil {
		t.Error("a bundle was taken that is not what its id says")
	}
}

// TestRefused: what is against a rule is said in the receipt, which is told too,
// and changes no case.
func TestRefused(t *testing.T) {
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	m := c.comment(county, at, review.Target{Entry: "e1"})
	busy := c.accepted(clerk, catalogOf(jishan, school), "")
	c.comment(county, busy, review.Target{})
	c.must(c.Return(ctx, county, at, ""))
	before := c.load(at.CaseID)

	unsigned := catalogOf(jishan, aid)
	unsigned.SignOff = nil
	double := catalogOf(jishan, aid)
	double.Entries[1].ID = "e1"
	newer := catalogOf(jishan, aid)
	newer.Schema = catalog.Schema + 1
	for _, tt := range []struct {
		name    string
		cat     catalog.Catalog
		base    review.Hash
		problem string
	}{
		{"unsigned", unsigned, at.Head, review.ProblemUnsigned},
		{"locked", edited(catalogOf(jishan, aid), func(c *catalog.Catalog) { content(1, "x")(c); content(2, "x")(c) }), at.Head, review.ProblemLocked},
		{"unanswered", edited(catalogOf(jishan, aid), func(*catalog.Catalog) {}), at.Head, review.ProblemUnanswered},
		{"an id twice", double, at.Head, review.ProblemInvalid},
		{"a newer schema", newer, at.Head, review.ProblemInvalid},
		{"under review", catalogOf(jishan, school), busy.Head, review.ProblemState},
	} {
		n := c.submission(tt.cat, tt.base)
		r, err := c.Submit(ctx, clerk, n)
		c.must(err)
		if r.Status != review.Refused || r.Problem != tt.problem {
			t.Errorf("%s: %+v, want %s", tt.name, r, tt.problem)
		}
		switch tt.problem {
		case review.ProblemLocked:
			if want := []review.Target{{Entry: "e2", Field: catalog.FieldContent}}; !slices.Equal(r.Locked, want) {
				t.Errorf("locked %v, want %v", r.Locked, want)
			}
		case review.ProblemUnanswered:
			if want := []string{m.ID}; !slices.Equal(r.Unanswered, want) {
				t.Errorf("unanswered %v, want %v", r.Unanswered, want)
			}
		}
		told := items[review.Receipt](c, clerk, review.ItemReceipt)
		if last := told[len(told)-1]; !reflect.DeepEqual(last, r) {
			t.Errorf("told %+v, want %+v", last, r)
		}
		c.must(c.store.View(ctx, func(tx review.Tx) error {
			_, err := tx.Blob(n.ID)
			c.wants("the bundle of what was refused", err, catalog.ErrNotFound)
			return nil
		}))
	}
	if after := c.load(at.CaseID); !reflect.DeepEqual(after, before) {
		t.Errorf("a refused submission changed the case:\n%+v\n%+v", after, before)
	}
	stranger := person("stranger", review.Clerk, "999999999")
	if r := c.submit(stranger, catalogOf("999999999", aid), ""); r.Problem != review.ProblemNotFound {
		t.Errorf("a unit not on the list: %+v", r)
	}
	none := catalogOf(jishan, "")
	if r := c.submit(clerk, none, ""); r.Problem != review.ProblemInvalid {
		t.Errorf("no sector: %+v", r)
	}
}

// TestOrder: submissions and withdrawals built on each other count the same in
// whatever order they arrive.
func TestOrder(t *testing.T) {
	var want review.Case
	for i, order := range permutations(4) {
		c := newCity(t)
		first := c.submission(catalogOf(jishan, aid), "")
		second := c.submission(edited(first.Catalog, content(1, "二")), first.ID)
		third := c.submission(edited(second.Catalog, content(2, "三")), second.ID)
		sent := []review.NewSubmission{first, second, third}
		for _, n := range order {
			if n < 3 {
				_, err := c.Submit(ctx, clerk, sent[n])
				c.must(err)
				continue
			}
			_, err := c.WithdrawBundle(ctx, clerk, "withdrawal", review.Ref{CaseID: review.CaseID{Unit: jishan, Sector: aid}, Head: third.ID})
			c.must(err)
		}
		got := c.wantsCase(review.CaseID{Unit: jishan, Sector: aid}, review.Withdrawn)
		for j := range got.Submissions {
			got.Submissions[j].At = then
		}
		if i == 0 {
			want = got
		}
		if len(got.Submissions) != 3 || !reflect.DeepEqual(ids(got), ids(want)) {
			t.Errorf("in the order %v: %v", order, ids(got))
		}
		for _, n := range sent {
			r, err := c.ReceiptOf(ctx, clerk, n.ID)
			c.must(err)
			if r.Status != review.Accepted || r.Held != "" {
				t.Errorf("in the order %v: receipt %+v", order, r)
			}
		}
		last := map[review.Hash]review.ReceiptStatus{}
		for _, r := range items[review.Receipt](c, clerk, review.ItemReceipt) {
			last[r.Bundle] = r.Status
		}
		for h, status := range last {
			if status != review.Accepted {
				t.Errorf("in the order %v: the unit was told last that %.6s is %s", order, h, status)
			}
		}
		if len(last) != 4 {
			t.Errorf("told of %d bundles", len(last))
		}
	}
}

func ids(c review.Case) (out []review.Hash) {
	for _, s := range c.Submissions {
		out = append(out, s.ID)
	}
	return out
}

func permutations(n int) (out [][]int) {
	var grow func(so []int)
	grow = func(so []int) {
		if len(so) == n {
			out = append(out, slices.Clone(so))
			return
		}
		for i := range n {
			if !slices.Contains(so, i) {
				grow(append(so, i))
			}
		}
	}
	grow(nil)
	return out
}

// TestWithdrawnTwiceEarly: two machines may ask for the same before it can be done.
func TestWithdrawnTwiceEarly(t *testing.T) {
	c := newCity(t)
	n := c.submission(catalogOf(jishan, aid), "")
	at := review.Ref{CaseID: review.CaseID{Unit: jishan, Sector: aid}, Head: n.ID}
	for _, bundle := range []review.Hash{"one", "two"} {
		r, err := c.WithdrawBundle(ctx, clerk, bundle, at)
		c.must(err)
		if r.Status != review.Waiting {
			t.Errorf("%s is %s", bundle, r.Status)
		}
	}
	_, err := c.Submit(ctx, clerk, n)
	c.must(err)
	c.wantsCase(at.CaseID, review.Withdrawn)
	first, err := c.ReceiptOf(ctx, clerk, "one")
	c.must(err)
	second, err := c.ReceiptOf(ctx, clerk, "two")
	c.must(err)
	if first.Status != review.Accepted || second.Problem != review.ProblemState {
		t.Errorf("receipts %+v and %+v", first, second)
	}
}

// TestTwoMachines: the second machine learns what the first submitted, and can
// build on it.
func TestTwoMachines(t *testing.T) {
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	other := edited(catalogOf(jishan, aid), content(2, "另一台"))
	r := c.submit(clerk, other, "")
	if r.Status != review.Conflicted || r.Head != at.Head {
		t.Fatalf("%+v, want a conflict with %s", r, at.Head)
	}
	d := items[review.Decision](c, clerk, review.ItemDecision)
	if last := d[len(d)-1]; last.Submission != at.Head || last.State != review.InCounty || last.Due == "" {
		t.Errorf("the other machine was told %+v", last)
	}
	cat, err := c.Catalog(ctx, clerk, d[len(d)-1].Catalog, at.CaseID)
	c.must(err)
	if diff := catalog.Diff(&cat, &other); len(diff.Changed) != 1 {
		t.Errorf("the catalog to merge with differs by %+v", diff)
	}
	c.accepted(clerk, other, r.Head)
	_, err = c.Catalog(ctx, clerk, "0123", at.CaseID)
	c.wants("a catalog of no submission", err, catalog.ErrNotFound)
}

// TestOnBehalf: the county acts for a township, and everybody can see it.
func TestOnBehalf(t *testing.T) {
	c := newCity(t)
	at := c.accepted(county, catalogOf(jishan, aid), "")
	own := c.accepted(clerk, catalogOf(jishan, school), "")
	last := func(at review.Ref) review.Submission { got := c.load(at.CaseID); return got.Last() }
	if s := last(at); !s.OnBehalf || s.By.ID != county.ID {
		t.Errorf("submitted by %+v, on behalf: %v", s.By, s.OnBehalf)
	}
	if s := last(own); s.OnBehalf {
		t.Error("the unit's own is on behalf of itself")
	}
	rs, err := c.Log(ctx, auditor, 0, 0)
	c.must(err)
	if r := rs[len(rs)-2]; r.By.ID != county.ID || r.Case != at.CaseID || r.Action != review.ActSubmit {
		t.Errorf("the log says %+v", r)
	}
	if _, err := c.Submit(ctx, otherCount, c.submission(catalogOf(jishan, tax), "")); err == nil {
		t.Error("another county acted for the township")
	}
	c.must(c.Withdraw(ctx, county, at, "代为撤回"))
}

// TestParallel: of two who decide on what they both saw, one is told to look again.
func TestParallel(t *testing.T) {
	for range 20 {
		c := newCity(t)
		at := c.accepted(clerk, catalogOf(jishan, aid), "")
		v, err := c.Look(ctx, county, at.CaseID)
		c.must(err)
		_, err = c.Look(ctx, colleague, at.CaseID)
		c.must(err)
		at.Version = v.Case.Version
		errs := make([]error, 2)
		var both sync.WaitGroup
		both.Go(func() { errs[0] = c.Pass(ctx, county, at, "") })
		both.Go(func() { _, errs[1] = c.Comment(ctx, colleague, at, review.Target{Entry: "e1"}, "等等") })
		both.Wait()
		failed := 0
		for _, err := range errs {
			if err != nil {
				c.wants("the second", err, catalog.ErrConflict)
				failed++
			}
		}
		got := c.load(at.CaseID)
		if failed != 1 || (errs[0] == nil) != (got.State == review.InJoint) || (errs[1] == nil) != (len(got.Comments) == 1) {
			t.Fatalf("%v; state %s, %d comments", errs, got.State, len(got.Comments))
		}
	}
	// The two sides of a joint review do not stand in each other's way.
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	c.must(c.Pass(ctx, county, at, ""))
	var errs [2]error
	var both sync.WaitGroup
	both.Go(func() { errs[0] = c.Approve(ctx, office, at, "") })
	both.Go(func() { errs[1] = c.Pass(ctx, department, at, "") })
	both.Wait()
	c.must(errors.Join(errs[:]...))
	c.wantsCase(at.CaseID, review.Approved)
}

func TestStaleRef(t *testing.T) {
	c := newCity(t)
	old := c.accepted(clerk, catalogOf(jishan, aid), "")
	at := c.accepted(clerk, edited(catalogOf(jishan, aid), content(1, "x")), old.Head)
	var conflict *review.ConflictError
	if err := c.Pass(ctx, county, old, ""); !errors.As(err, &conflict) || conflict.Head != at.Head {
		t.Errorf("passed what was replaced: %v", err)
	}
	c.wants("nothing there", c.Pass(ctx, county, review.Ref{CaseID: review.CaseID{Unit: jishan, Sector: tax}}, ""), catalog.ErrNotFound)
	v, err := c.Look(ctx, county, at.CaseID)
	c.must(err)
	at.Version = v.Case.Version
	c.comment(colleague, at, review.Target{})
	c.wants("passed past a comment", c.Pass(ctx, county, at, ""), catalog.ErrConflict)
	if r := c.load(at.CaseID).Rounds; len(r) != 2 || r[0].Outcome != review.RoundWithdrawn {
		t.Errorf("rounds %+v, want the first withdrawn", r)
	}
}

// TestPassMany: each on its own.
func TestPassMany(t *testing.T) {
	c := newCity(t)
	a := c.accepted(clerk, catalogOf(jishan, aid), "")
	b := c.accepted(otherClerk, catalogOf(xuzhen, aid), "")
	foreign := c.accepted(person("z", review.Clerk, zhanghe), catalogOf(zhanghe, aid), "")
	stale := b
	stale.Head = "0123"
	errs := c.PassMany(ctx, county, []review.Ref{a, foreign, stale, b, a}, "")
	c.must(errs[0])
	c.wantsDenied("another county's", errs[1])
	c.wants("a stale one", errs[2], catalog.ErrConflict)
	c.must(errs[3])
	c.wantsState("one twice", errs[4])
	for _, err := range c.PassMany(ctx, office, []review.Ref{a, b}, "") {
		c.must(err)
	}
	for _, err := range c.PassMany(ctx, department, []review.Ref{a, b}, "") {
		c.must(err)
	}
	c.wantsCase(a.CaseID, review.Approved)
	c.wantsCase(b.CaseID, review.Approved)
}

// TestLook: a reviewer sees what changed since the last look, a unit nothing that
// was not said to it.
func TestOfficeLook(t *testing.T) {
	c := newCity(t)
	first := catalogOf(jishan, aid)
	at := c.accepted(clerk, first, "")
	v, err := c.Look(ctx, county, at.CaseID)
	c.must(err)
	if v.Since != nil || v.SinceBase != nil || v.Case.Seen[county.ID] != at.Head {
		t.Errorf("the first look: %+v", v)
	}
	before := c.store.Copy()
	_, err = c.Look(ctx, county, at.CaseID)
	c.must(err)
	if !c.store.Equal(before) {
		t.Error("a second look at the same changed the store")
	}
	c.comment(county, at, review.Target{Entry: "e1"})
	v, err = c.Look(ctx, clerk, at.CaseID)
	c.must(err)
	if len(v.Case.Comments) != 0 || v.Case.Seen != nil || v.Case.Rounds[0].Sides[0].Verdict != "" {
		t.Errorf("the unit sees %+v", v.Case)
	}
	if want := []review.Action{review.ActExport}; !slices.Equal(v.May, want) {
		t.Errorf("the unit may %v, want %v", v.May, want)
	}
	v, err = c.Look(ctx, county, at.CaseID)
	c.must(err)
	if want := []review.Action{review.ActComment, review.ActReturn, review.ActPass, review.ActExport}; !slices.Equal(v.May, want) {
		t.Errorf("the county may %v, want %v", v.May, want)
	}
	c.must(c.Return(ctx, county, at, ""))
	at = c.accepted(clerk, edited(first, content(1, "x")), at.Head)
	v, err = c.Look(ctx, county, at.CaseID)
	c.must(err)
	if v.Since == nil || len(v.Since.Changed) != 1 || v.SinceBase == nil || len(v.SinceBase.Changed) != 1 {
		t.Errorf("since the last look: %+v, since the base: %+v", v.Since, v.SinceBase)
	}
	v, err = c.Look(ctx, colleague, at.CaseID)
	c.must(err)
	if v.Since != nil {
		t.Errorf("somebody who never looked sees %+v", v.Since)
	}
}

// TestFindings: what the service's checks find is attached and refuses nothing.
func TestFindings(t *testing.T) {
	c := newCity(t)
	want := []review.Finding{{Rule: "basis.repealed", Severity: "error", Entry: "e1", Field: catalog.FieldBasis, Message: "已废止"}}
	c.open(review.Rules{Check: func(*catalog.Catalog) []review.Finding { return want }})
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	if got := c.load(at.CaseID); !slices.Equal(got.Last().Findings, want) {
		t.Errorf("findings %v", got.Last().Findings)
	}
}

// TestErase: the value is gone from everything the store holds, and a mark stays.
func TestErase(t *testing.T) {
	const secret = "340223199001011234"
	for _, tt := range []struct {
		name   string
		target review.Target
		wide   bool
		other  string // of the second entry, afterwards
	}{
		{"a field", review.Target{Entry: "e1", Field: catalog.FieldContent}, false, "见" + secret},
		{"a field and wherever else it stands", review.Target{Entry: "e1", Field: catalog.FieldContent}, true, "见" + review.ErasedText},
		{"an entry", review.Target{Entry: "e1"}, true, "见" + review.ErasedText},
		{"a catalog", review.Target{}, false, review.ErasedText},
	} {
		c := newCity(t)
		c.open(review.Rules{Check: func(cat *catalog.Catalog) []review.Finding {
			return []review.Finding{{Rule: "privacy.id-number", Entry: "e2", Message: cat.Entries[1].Content}}
		}})
		first := edited(catalogOf(jishan, aid), func(c *catalog.Catalog) {
			c.Entries[0].Content = secret
			c.Entries[0].Extra = map[string]string{"备注": secret}
			c.Reasons = []catalog.Reason{{Rule: "privacy.id-number", Entry: "e1", Field: catalog.FieldContent, Reason: "不是" + secret}}
			if tt.wide || tt.target == (review.Target{}) {
				c.Entries[1].Content = "见" + secret
			}
		})
		if tt.target.Field != "" {
			first.Entries[0].Extra = nil
		}
		if !tt.wide && tt.target != (review.Target{}) {
			tt.other = first.Entries[1].Content
		}
		at := c.accepted(clerk, first, "")
		_, err := c.Comment(ctx, county, at, review.Target{Entry: "e1", Field: catalog.FieldContent}, "删去1990年的"+secret[:6])
		c.must(err)
		_, err = c.Comment(ctx, county, at, review.Target{Entry: "e3"}, "与"+secret+"重复")
		c.must(err)
		c.must(c.Return(ctx, county, at, "注意"+secret))
		sent := []review.Hash{at.Head}
		m := c.load(at.CaseID).Comments
		at = c.accepted(clerk, edited(first, content(3, "x")), at.Head, review.Answer{Comment: m[0].ID, Text: "保留" + secret}, review.Answer{Comment: m[1].ID, Text: secret})
		sent = append(sent, at.Head)

		c.wants("without a reason", c.Erase(ctx, office, at, tt.target, tt.wide, " "), review.ErrNothing)
		c.wants("of no entry", c.Erase(ctx, office, at, review.Target{Entry: "e9"}, tt.wide, "个人信息"), catalog.ErrNotFound)
		c.must(c.Erase(ctx, office, at, tt.target, tt.wide, "个人信息"+secret))

		if dump := c.store.Dump(); strings.Contains(dump, secret) || strings.Contains(dump, "1990年") {
			i := strings.Index(dump, secret)
			t.Errorf("%s: still there: …%s…", tt.name, dump[max(0, i-300):min(len(dump), i+60)])
		}
		got := c.load(at.CaseID)
		if len(got.Erased) == 0 || got.Erased[0].Target != tt.target || got.Erased[0].By.ID != office.ID {
			t.Errorf("%s: marks %+v", tt.name, got.Erased)
		}
		for i, s := range got.Submissions {
			cat, err := c.Catalog(ctx, county, s.Catalog, at.CaseID)
			c.must(err)
			if cat.Entries[0].Content != review.ErasedText || cat.Entries[1].Content != tt.other || len(cat.Entries) != 3 {
				t.Errorf("%s: submission %d says %q, %q", tt.name, i, cat.Entries[0].Content, cat.Entries[1].Content)
			}
			r, err := c.ReceiptOf(ctx, clerk, sent[i])
			if err != nil || r.Status != review.Accepted {
				t.Errorf("%s: the receipt is %+v, %v", tt.name, r, err)
			}
		}
		ds := items[review.Decision](c, clerk, review.ItemDecision)
		if last := ds[len(ds)-1]; len(last.Erased) == 0 {
			t.Errorf("%s: the unit is not told: %+v", tt.name, last)
		}
		if _, err := c.VerifyLog(ctx, auditor); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		// What the unit still holds of it is no change of what is locked.
		c.comment(county, at, review.Target{Entry: "e3", Field: catalog.FieldLink})
		c.must(c.Return(ctx, county, at, ""))
		c.accepted(clerk, edited(first, func(c *catalog.Catalog) {
			content(3, "x")(c)
			c.Entries[2].Link = "https://www.nlx.gov.cn"
		}), at.Head)
	}
}

// TestSuccessor: what was submitted before a merger stays readable, and the
// successor goes on from it.
func TestSuccessor(t *testing.T) {
	c := newCity(t)
	at := c.accepted(otherClerk, catalogOf(xuzhen, aid), "")
	c.must(c.Pass(ctx, county, at, ""))
	c.must(c.Approve(ctx, office, at, ""))
	c.must(c.Pass(ctx, department, at, ""))
	returned := c.accepted(otherClerk, catalogOf(xuzhen, school), "")
	_, err := c.Look(ctx, clerk, at.CaseID)
	c.wantsDenied("before the merger", err)

	merged := units[4]
	merged.ValidTo, merged.Successor = "2026-11-23", jishan
	newCounty := catalog.Unit{ID: "340281", Name: "新南陵市", Kind: catalog.CountyUnit, Parent: wuhu}
	oldCounty := units[1]
	oldCounty.Successor = newCounty.ID
	c.must(c.PutUnits(ctx, office, []catalog.Unit{merged, newCounty, oldCounty}))
	v, err := c.Look(ctx, clerk, at.CaseID)
	c.must(err)
	if v.Catalog.Unit.ID != xuzhen {
		t.Errorf("reads the catalog of %s", v.Catalog.Unit.ID)
	}
	// The county was renamed too: its successor decides, the county itself no longer.
	heir := person("heir", review.CountyReviewer, newCounty.ID)
	q, err := c.Queue(ctx, heir, review.QueueFilter{})
	c.must(err)
	if len(q) != 1 || q[0].ID != returned.CaseID {
		t.Errorf("waits for the county's successor: %+v", q)
	}
	c.comment(heir, returned, review.Target{Entry: "e1"})
	c.must(c.Return(ctx, heir, returned, ""))
	ds := items[review.Decision](c, clerk, review.ItemDecision)
	if n := len(ds); n == 0 || ds[n-1].Case != returned.CaseID {
		t.Fatalf("the successor was not told: %+v", ds)
	}
	c.accepted(clerk, edited(catalogOf(xuzhen, school), content(1, "x")), returned.Head)

	next := c.accepted(clerk, edited(catalogOf(jishan, aid), content(2, "合并后")), at.Head)
	v, err = c.Look(ctx, heir, next.CaseID)
	c.must(err)
	if v.SinceBase == nil || len(v.SinceBase.Changed) != 1 {
		t.Errorf("since what it continues: %+v", v.SinceBase)
	}
	if r := c.submit(person("z", review.Clerk, zhanghe), catalogOf(zhanghe, aid), at.Head); r.Status != review.Waiting {
		t.Errorf("a unit that succeeds nobody built on another's: %+v", r)
	}
	g, err := c.Progress(ctx, clerk, "")
	c.must(err)
	if len(g.Units) != 2 {
		t.Errorf("the successor sees %d units, want both", len(g.Units))
	}
	circle := merged
	circle.ID, circle.Successor = jishan, xuzhen
	if err := c.PutUnits(ctx, office, []catalog.Unit{circle}); err == nil {
		t.Error("units that succeed each other in a circle were taken")
	}
}

func TestDeadlines(t *testing.T) {
	c := newCity(t)
	cal, err := catalog.NewCalendar(catalog.YearDays{Year: 2026, Days: []catalog.SpecialDay{
		{Name: "校庆", Date: "2026-11-24", Off: true}, {Name: "调休", Date: "2026-11-28"},
	}})
	c.must(err)
	c.open(review.Rules{Calendar: cal, Policy: review.Policy{JointDays: 2}})
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	due := func() catalog.Date { c := c.load(at.CaseID); return c.Head().Due }
	if due() != "2026-11-30" { // 25, 26, 27, the 28th that is worked, 30
		t.Errorf("due %s", due())
	}
	// Night falls earlier in China than in Greenwich.
	c.now = time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)
	c.must(c.Pass(ctx, county, at, ""))
	if due() != "2026-11-27" { // two after the 25th
		t.Errorf("due %s", due())
	}
	if q, err := c.Queue(ctx, office, review.QueueFilter{Late: true}); err != nil || len(q) != 0 {
		t.Errorf("late already: %v, %v", q, err)
	}
	c.now = time.Date(2026, 11, 28, 1, 0, 0, 0, time.UTC)
	if q, err := c.Queue(ctx, office, review.QueueFilter{Late: true}); err != nil || len(q) != 1 {
		t.Errorf("not late: %v, %v", q, err)
	}
	g, err := c.Progress(ctx, county, "")
	c.must(err)
	if g.Late != 1 || g.Units[0].Late != 1 || g.Due != "2026-11-30" || g.Counts[review.InJoint] != 1 || g.Head.Hash == "" {
		t.Errorf("progress %+v", g)
	}
	c.must(c.SetPolicy(ctx, admin, review.Policy{CountyDays: 1}))
	// A year that the calendar lacks stops nobody.
	c.now = time.Date(2026, 12, 31, 1, 0, 0, 0, time.UTC)
	at = c.accepted(clerk, catalogOf(jishan, school), "")
	if due() != "2027-01-01" {
		t.Errorf("due %s, weekends alone being days off", due())
	}
	g, err = c.Progress(ctx, county, "2027-01-05")
	c.must(err)
	if g.MissingYear != 2027 || g.Due != "" {
		t.Errorf("missing year %d, due %q", g.MissingYear, g.Due)
	}
}

// TestRemind: who is nearly late and who is late is told, each once.
func TestRemind(t *testing.T) {
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "") // due on the 30th
	returned := c.accepted(clerk, catalogOf(jishan, school), "")
	c.comment(county, returned, review.Target{})
	c.must(c.Return(ctx, county, returned, "")) // due on 7 December
	for _, tt := range []struct {
		day  int // of November
		sent int
	}{{24, 0}, {26, 1}, {27, 0}, {30, 0}, {31, 1}, {33, 1}, {40, 1}, {50, 0}} {
		c.now = time.Date(2026, 11, tt.day, 1, 0, 0, 0, time.UTC)
		if n, err := c.Remind(ctx); err != nil || n != tt.sent {
			t.Errorf("on day %d: %d reminders, %v, want %d", tt.day, n, err, tt.sent)
		}
	}
	want := []review.Reminder{{Case: at.CaseID, State: review.InCounty, Due: "2026-11-30"}, {Case: at.CaseID, State: review.InCounty, Due: "2026-11-30", Late: true}}
	if got := items[review.Reminder](c, county, review.ItemReminder); !slices.Equal(got, want) {
		t.Errorf("the county was told %+v, want %+v", got, want)
	}
	want = []review.Reminder{{Case: returned.CaseID, State: review.Returned, Due: "2026-12-07"}, {Case: returned.CaseID, State: review.Returned, Due: "2026-12-07", Late: true}}
	if got := items[review.Reminder](c, clerk, review.ItemReminder); !slices.Equal(got, want) {
		t.Errorf("the unit was told %+v, want %+v", got, want)
	}
}

func TestQueue(t *testing.T) {
	c := newCity(t)
	a := c.accepted(clerk, catalogOf(jishan, aid), "")
	c.now = c.now.AddDate(0, 0, -20)
	late := c.accepted(otherClerk, catalogOf(xuzhen, aid), "")
	c.now = c.now.AddDate(0, 0, 20)
	third := c.accepted(clerk, catalogOf(jishan, school), "")
	wants := func(what string, p review.Person, f review.QueueFilter, want ...review.CaseID) {
		t.Helper()
		q, err := c.Queue(ctx, p, f)
		c.must(err)
		var got []review.CaseID
		for _, h := range q {
			got = append(got, h.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	wants("late first", county, review.QueueFilter{}, late.CaseID, third.CaseID, a.CaseID)
	wants("one unit's", county, review.QueueFilter{Units: []catalog.UnitID{jishan}}, third.CaseID, a.CaseID)
	wants("a foreign unit's", county, review.QueueFilter{Units: []catalog.UnitID{zhanghe}})
	wants("one sector's", county, review.QueueFilter{Sectors: []catalog.Sector{aid}}, late.CaseID, a.CaseID)
	wants("late ones", county, review.QueueFilter{Late: true}, late.CaseID)
	wants("no more than one", county, review.QueueFilter{Limit: 1}, late.CaseID)
	wants("another state's", county, review.QueueFilter{States: []review.State{review.InJoint}})
	c.must(c.Pass(ctx, county, a, ""))
	c.must(c.Pass(ctx, county, third, ""))
	wants("a department's", department, review.QueueFilter{}, a.CaseID)
	wants("a department's, of a foreign sector", department, review.QueueFilter{Sectors: []catalog.Sector{school}})
	wants("the office's", office, review.QueueFilter{}, third.CaseID, a.CaseID)
	c.must(c.Approve(ctx, office, a, ""))
	wants("the office's, one done", office, review.QueueFilter{}, third.CaseID)
	c.must(c.Pass(ctx, department, a, ""))
	wants("the office's, one to publish", office, review.QueueFilter{}, third.CaseID, a.CaseID)
	wants("nothing of the unit's", clerk, review.QueueFilter{})
	c.comment(office, third, review.Target{})
	c.must(c.Return(ctx, office, third, ""))
	c.must(c.Close(ctx, office, third, ""))
	wants("the unit's", clerk, review.QueueFilter{}, third.CaseID)
	wants("not another's", otherClerk, review.QueueFilter{})
}

func TestFeed(t *testing.T) {
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	c.accepted(otherClerk, catalogOf(xuzhen, aid), "")
	c.must(c.Notify(ctx, county, []catalog.UnitID{jishan}, review.Notice{Title: "请补报"}))
	c.must(c.Notify(ctx, office, nil, review.Notice{Title: "放假"}))
	h, err := c.Release(ctx, office, "calendar", "2027", []byte("{}"))
	c.must(err)
	var kinds []review.ItemKind
	page := review.FeedPage{More: true}
	for page.More {
		page, err = c.Feed(ctx, clerk, page.Epoch, page.Next, 2)
		c.must(err)
		for _, it := range page.Items {
			kinds = append(kinds, it.Kind)
			if it.Kind == review.ItemTemplates && it.Blob != h {
				t.Errorf("the release is at %s, want %s", it.Blob, h)
			}
		}
	}
	want := []review.ItemKind{review.ItemUnits, review.ItemDecision, review.ItemReceipt, review.ItemNotice, review.ItemNotice, review.ItemTemplates}
	if !slices.Equal(kinds, want) {
		t.Errorf("fed %v, want %v", kinds, want)
	}
	if again, err := c.Feed(ctx, clerk, page.Epoch, page.Next, 0); err != nil || len(again.Items) != 0 || again.Next != page.Next {
		t.Errorf("after the end: %+v, %v", again, err)
	}
	if anew, err := c.Feed(ctx, clerk, "another epoch", page.Next, 0); err != nil || len(anew.Items) != len(want) {
		t.Errorf("of another epoch: %d items, %v", len(anew.Items), err)
	}
	for _, p := range []review.Person{county, office} {
		if pack, err := c.FeedOf(ctx, p, jishan, "", 0, 0); err != nil || len(pack.Items) != len(want) {
			t.Errorf("%s takes %d items to the unit, %v", p.ID, len(pack.Items), err)
		}
	}
	for _, p := range []review.Person{otherClerk, otherCount, department, auditor, admin} {
		_, err := c.FeedOf(ctx, p, jishan, "", 0, 0)
		c.wantsDenied(string(p.ID), err)
	}
	if b, err := c.Released(ctx, clerk, h); err != nil || string(b) != "{}" {
		t.Errorf("released %q, %v", b, err)
	}
	_, err = c.Released(ctx, clerk, at.Head)
	c.wants("a bundle as a release", err, catalog.ErrNotFound)
	c.wants("a notice that says nothing", c.Notify(ctx, office, nil, review.Notice{Title: " "}), review.ErrNothing)
	c.wants("a notice to nobody", c.Notify(ctx, office, []catalog.UnitID{"x"}, review.Notice{Title: "x"}), catalog.ErrNotFound)
}

// TestLogTells: every change of a case has a record, with what was before, and
// nothing that people wrote.
func TestLogTells(t *testing.T) {
	c := newCity(t)
	at := c.accepted(clerk, catalogOf(jishan, aid), "")
	c.comment(county, at, review.Target{Entry: "e1"})
	c.must(c.Return(ctx, county, at, "张三的电话不该公开"))
	rs, err := c.Log(ctx, auditor, 0, 0)
	c.must(err)
	last := rs[len(rs)-1]
	want := `{"state":"county","version":2,"submission":"` + string(at.Head) + `","round":1}`
	if last.Action != review.ActReturn || last.By.ID != county.ID || string(last.Before) != want {
		t.Errorf("the last record is %+v, before %s", last, last.Before)
	}
	if b, _ := json.Marshal(rs); strings.Contains(string(b), "张三") || strings.Contains(string(b), "请核对") {
		t.Errorf("the log holds what people wrote: %s", b)
	}
	page, err := c.Log(ctx, office, rs[1].Seq, 2)
	c.must(err)
	if len(page) != 2 || page[0].Seq != rs[2].Seq {
		t.Errorf("a page of the log: %+v", page)
	}
}
