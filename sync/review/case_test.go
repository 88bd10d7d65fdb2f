package review_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// stepTable says by hand where each action leads from each state: - refuses it by
// the state, 0 for having nothing to say, . stays where it is.
//
// The states: fresh and begun are with the county, j in the joint review, jp there
// once the office passed, jr once it returned, jb once it stepped back; the rest
// are called as they are. The actions are of county (c), department (d) and
// office (o); resubmit is the unit's, on the last submission.
const stepTable = `
state      resubmit  withdraw   comment-c comment-d comment-o return-c return-d return-o pass-c pass-d   pass-o   back-d back-o close    publish   recall
new        county    -          -         -         -         -        -        -        -      -        -        -      -      -        -         -
fresh      county    withdrawn  .         -         -         0        -        -        joint  -        -        -      -      -        -         -
begun      -         -          .         -         -         returned -        -        joint  -        -        -      -      -        -         -
j          -         -          -         .         .         -        0        0        -      .        .        .      .      -        -         -
jp         -         -          -         .         -         -        0        -        -      approved -        county -      approved -         -
jr         -         -          -         .         -         -        0        -        -      returned -        returned -    returned -         -
jb         -         -          -         .         -         -        0        -        -      county   -        county -      county   -         -
returned   county    -          -         -         -         -        -        -        -      -        -        -      -      -        -         -
approved   county    -          -         -         -         -        -        -        -      -        -        -      -      -        published -
published  county    -          -         -         -         -        -        -        -      -        -        -      -      -        -         recalled
withdrawn  county    -          -         -         -         -        -        -        -      -        -        -      -      -        -         -
recalled   county    -          -         -         -         -        -        -        -      -        -        -      -      -        -         -
revised    county    published  .         -         -         0        -        -        joint  -        -        -      -      -        -         .
`

var desk = review.Desk{County: nanling, Department: minzheng, CountyDue: "2026-11-30", JointDue: "2026-12-07", MendDue: "2026-12-14"}

// walker takes a case by itself from step to step.
type walker struct {
	review.Case
	content catalog.Catalog
	sent    int
}

func (w *walker) do(action string) error {
	of := map[byte]review.Person{'c': county, 'd': department, 'o': office}[action[len(action)-1]]
	switch strings.TrimRight(action, "cdo") {
	case "resubmit":
		w.sent++
		next := edited(w.content, content(1, "改"+strings.Repeat("了", w.sent)))
		a := review.Arrival{Content: &next, Returned: &w.content, Submission: review.Submission{
			ID: review.Hash("s" + string(rune('0'+w.sent))), Base: w.Last().ID, By: clerk,
		}}
		return w.Submit(a, desk, then)
	case "withdraw":
		return w.Withdraw(clerk, "", then)
	case "comment-":
		_, err := w.Comment(of, review.Target{Entry: "e1"}, "请核对", &w.content, then)
		return err
	case "return-":
		return w.Return(of, "", desk, then)
	case "pass-":
		if of.Role == review.CityOffice {
			return w.Approve(of, "", desk, then)
		}
		return w.Pass(of, "", desk, then)
	case "back-":
		return w.StepBack(of, "县里再看", desk, then)
	}
	switch action {
	case "close":
		return w.Close(office, "", desk, then)
	case "publish":
		return w.Publish(office, "", then)
	case "recall":
		return w.Recall(office, "有误", then)
	}
	panic(action)
}

var routes = map[string]string{
	"new": "", "fresh": "resubmit", "begun": "resubmit comment-c", "j": "resubmit pass-c", "jp": "resubmit pass-c pass-o",
	"jr": "resubmit pass-c comment-o return-o", "jb": "resubmit pass-c back-o", "returned": "resubmit comment-c return-c",
	"approved": "resubmit pass-c pass-o pass-d", "published": "resubmit pass-c pass-d pass-o publish",
	"withdrawn": "resubmit withdraw", "recalled": "resubmit pass-c pass-d pass-o publish recall",
	"revised": "resubmit pass-c pass-d pass-o publish resubmit",
}

func at(t *testing.T, state string) *walker {
	t.Helper()
	w := &walker{Case: review.Case{ID: review.CaseID{Unit: jishan, Sector: aid}}, content: catalogOf(jishan, aid)}
	for _, step := range strings.Fields(routes[state]) {
		if err := w.do(step); err != nil {
			t.Fatalf("%s of the way to %s: %v", step, state, err)
		}
	}
	return w
}

func TestSteps(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(stepTable), "\n")
	actions := strings.Fields(lines[0])[1:]
	walked := 0
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		for i, action := range actions {
			w, untouched := at(t, cells[0]), at(t, cells[0])
			err := w.do(action)
			walked++
			var state *review.StateError
			switch want := cells[i+1]; want {
			case "-", "0":
				refused := errors.As(err, &state)
				if want == "0" {
					refused = errors.Is(err, review.ErrNothing)
				}
				if !refused {
					t.Errorf("%s at %s: %v", action, cells[0], err)
				}
				if !reflect.DeepEqual(w.Case, untouched.Case) {
					t.Errorf("%s at %s was refused and changed the case", action, cells[0])
				}
			default:
				if want == "." {
					want = string(untouched.State)
				}
				if err != nil || string(w.State) != want {
					t.Errorf("%s at %s: %v, now %q, want %q", action, cells[0], err, w.State, want)
				}
				if w.Version != untouched.Version+1 || w.Changed != w.Version {
					t.Errorf("%s at %s: version %d after %d", action, cells[0], w.Version, untouched.Version)
				}
			}
		}
	}
	if walked != 13*16 {
		t.Errorf("walked %d", walked)
	}
}

// TestMergedReturn: of a joint round, one return goes out with the comments of
// all, and a step back only where nobody returns.
func TestMergedReturn(t *testing.T) {
	w := at(t, "j")
	for _, step := range []string{"comment-d", "comment-o", "pass-d"} {
		if err := w.do(step); err != nil {
			t.Fatal(step, err)
		}
	}
	d := w.Decision("", then)
	if len(d.Comments) != 0 || d.State != review.InJoint {
		t.Errorf("the unit is told %+v before all have decided", d)
	}
	if err := w.do("return-o"); err != nil {
		t.Fatal(err)
	}
	d = w.Decision("", then)
	if len(d.Comments) != 2 || len(d.Open) != 1 || len(d.By) != 1 || d.By[0].ID != office.ID || d.Due != desk.MendDue {
		t.Errorf("the return says %+v", d)
	}
	if err := w.do("resubmit"); err != nil {
		t.Fatal(err)
	}
	r := w.Rounds[len(w.Rounds)-1]
	if r.Stage != review.JointStage || r.Sides[0].Kept || !r.Sides[1].Kept || r.Sides[1].By.ID != department.ID {
		t.Errorf("resubmitted to %+v, want the department's pass kept", r)
	}
	if h := w.Head(); len(h.Waiting) != 1 || h.Waiting[0] != "" {
		t.Errorf("waits for %q, want the office", h.Waiting)
	}
}

// TestStepBackKeeps: a pass holds while the county looks again at the same
// submission, and no longer once the county returned it.
func TestStepBackKeeps(t *testing.T) {
	w := at(t, "jp")
	for _, step := range []string{"back-d", "pass-c"} {
		if err := w.do(step); err != nil {
			t.Fatal(step, err)
		}
	}
	if r := w.Rounds[len(w.Rounds)-1]; !r.Sides[0].Kept || r.Sides[1].Kept {
		t.Errorf("sides %+v, want the office's pass kept", r.Sides)
	}
	w = at(t, "jp")
	for _, step := range []string{"back-d", "comment-c", "return-c", "resubmit", "pass-c"} {
		if err := w.do(step); err != nil {
			t.Fatal(step, err)
		}
	}
	if r := w.Rounds[len(w.Rounds)-1]; r.Sides[0].Kept || r.Sides[1].Kept {
		t.Errorf("sides %+v of another submission, want none kept", r.Sides)
	}
}

// TestWithdrawAnswer: a withdrawn answer leaves the return as it was.
func TestWithdrawAnswer(t *testing.T) {
	w := at(t, "returned")
	open := w.Open
	returned := w.Last().ID
	for _, step := range []string{"resubmit", "withdraw"} {
		if err := w.do(step); err != nil {
			t.Fatal(step, err)
		}
	}
	if w.State != review.Returned || !reflect.DeepEqual(w.Open, open) || w.Comments[0].Changed {
		t.Errorf("withdrawn: %q, open %v, comment %+v", w.State, w.Open, w.Comments[0])
	}
	head := w.Last().ID
	if d := w.Decision("", then); d.Submission != returned || d.Head != head || head == returned {
		t.Errorf("the decision is about %s, and %s comes before the next", d.Submission, d.Head)
	}
	other := edited(w.content, content(2, "锁定的"))
	var locked *review.LockedError
	if err := w.Submit(review.Arrival{Content: &other, Returned: &w.content, Submission: review.Submission{ID: "x", Base: head}}, desk, then); !errors.As(err, &locked) {
		t.Errorf("%v, want it locked", err)
	}
	own := edited(w.content, content(1, "可改的"))
	if err := w.Submit(review.Arrival{Content: &own, Returned: &w.content, Submission: review.Submission{ID: "x", Base: head}}, desk, then); err != nil {
		t.Error(err)
	}
}

// TestWithdrawRevision: a revision that is withdrawn leaves what was public public,
// unless it was recalled meanwhile.
func TestWithdrawRevision(t *testing.T) {
	w := at(t, "revised")
	for _, step := range []string{"recall", "withdraw"} {
		if err := w.do(step); err != nil {
			t.Fatal(step, err)
		}
	}
	if w.State != review.Recalled || w.Published != "" {
		t.Errorf("recalled and withdrawn: %q, %q is public", w.State, w.Published)
	}
	if d := w.Decision("", then); d.Submission != w.Approved || d.Submission == w.Last().ID {
		t.Errorf("the decision is about %s", d.Submission)
	}
}

func TestBases(t *testing.T) {
	for _, tt := range []struct {
		name, state string
		base        review.Hash
		want        error
	}{
		{"nothing under what was withdrawn", "withdrawn", "", catalog.ErrConflict},
		{"what was withdrawn", "withdrawn", "s1", nil},
		{"the approved one", "approved", "s1", nil},
		{"nothing under the approved one", "approved", "", catalog.ErrConflict},
		{"a stranger", "approved", "s7", review.ErrEarly},
		{"a stranger to a new case", "new", "s7", review.ErrEarly},
		{"nothing beside another's first", "fresh", "", catalog.ErrConflict},
	} {
		w := at(t, tt.state)
		a := review.Arrival{Content: &w.content, Submission: review.Submission{ID: "x", Base: tt.base}}
		if err := w.Submit(a, desk, then); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// TestRefusedWhole: a submission learns of all that is wrong with it.
func TestRefusedWhole(t *testing.T) {
	w := at(t, "returned")
	next := edited(w.content, content(2, "锁定的"))
	next.SignOff = nil
	err := w.Submit(review.Arrival{Content: &next, Returned: &w.content, Submission: review.Submission{ID: "x", Base: w.Last().ID}}, desk, then)
	var locked *review.LockedError
	var silent *review.UnansweredError
	if !errors.Is(err, review.ErrUnsigned) || !errors.As(err, &locked) || !errors.As(err, &silent) {
		t.Errorf("%v, want unsigned, locked and unanswered", err)
	}
	stale := edited(w.content, content(1, "改"))
	stale.Revision++
	if err := w.Submit(review.Arrival{Content: &stale, Returned: &w.content, Submission: review.Submission{ID: "x", Base: w.Last().ID}}, desk, then); !errors.Is(err, review.ErrUnsigned) {
		t.Errorf("an edit after signing off: %v", err)
	}
	said := edited(w.content, func(*catalog.Catalog) {})
	a := review.Arrival{Content: &said, Returned: &w.content, Submission: review.Submission{
		ID: "x", Base: w.Last().ID, Answers: []review.Answer{{Comment: w.Comments[0].ID, Text: "已核对，无误"}},
	}}
	if err := w.Submit(a, desk, then); err != nil || w.Comments[0].Answer != "已核对，无误" || w.Comments[0].Changed {
		t.Errorf("answered in words: %v, %+v", err, w.Comments[0])
	}
}

func TestTargets(t *testing.T) {
	w := at(t, "fresh")
	for _, tt := range []struct {
		target review.Target
		ok     bool
	}{
		{review.Target{}, true},
		{review.Target{Entry: "e1"}, true},
		{review.Target{Entry: "e1", Field: catalog.FieldContent}, true},
		{review.Target{Entry: "e1", Field: catalog.FieldSubmatter}, true},
		{review.Target{Template: "t9"}, true},
		{review.Target{Entry: "e9"}, false},
		{review.Target{Entry: "e1", Field: "colour"}, false},
		{review.Target{Field: catalog.FieldContent}, false},
		{review.Target{Template: "t1"}, false},
		{review.Target{Entry: "e1", Template: "t1"}, false},
	} {
		_, err := w.Comment(county, tt.target, "请核对", &w.content, then)
		if tt.ok != (err == nil) || !tt.ok && !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("a comment on %+v: %v", tt.target, err)
		}
	}
	if _, err := w.Comment(county, review.Target{}, " \n", &w.content, then); !errors.Is(err, review.ErrNothing) {
		t.Errorf("an empty comment: %v", err)
	}
	id := w.Comments[0].ID
	n := len(w.Comments)
	if err := w.Uncomment(office, id); err == nil {
		t.Error("the office took back the county's comment")
	}
	if err := w.Uncomment(colleague, id); err != nil || len(w.Comments) != n-1 {
		t.Errorf("a colleague took back a comment: %v", err)
	}
	if err := w.Uncomment(county, id); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	more, err := w.Comment(county, review.Target{}, "请核对", &w.content, then)
	if err != nil || more.ID == w.Comments[0].ID {
		t.Errorf("a new comment has the id of another: %+v, %v", more, err)
	}
}

// TestNobodyAbove: without a county the joint review comes first, and nobody steps
// back; without a department the office decides alone.
func TestNobodyAbove(t *testing.T) {
	content := catalogOf(jishan, aid)
	submit := func(d review.Desk) *review.Case {
		c := &review.Case{}
		if err := c.Submit(review.Arrival{Content: &content, Submission: review.Submission{ID: "x"}}, d, then); err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := submit(review.Desk{})
	if c.State != review.InJoint || len(c.Rounds[0].Sides) != 1 {
		t.Fatalf("submitted to %+v", c.Rounds)
	}
	var state *review.StateError
	if err := c.StepBack(office, "再看", review.Desk{}, then); !errors.As(err, &state) {
		t.Errorf("stepped back to no county: %v", err)
	}
	if err := c.Approve(office, "", review.Desk{}, then); err != nil || c.State != review.Approved {
		t.Errorf("%v, %q", err, c.State)
	}
	// The department that returned it no longer answers for the sector: somebody
	// has to decide.
	c = submit(review.Desk{Department: minzheng})
	for _, err := range []error{c.Approve(office, "", desk, then), func() error {
		_, err := c.Comment(department, review.Target{}, "改", &content, then)
		return err
	}(), c.Return(department, "", review.Desk{}, then)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	next := edited(content, func(c *catalog.Catalog) { c.Note = "改了" })
	if err := c.Submit(review.Arrival{Content: &next, Returned: &content, Submission: review.Submission{ID: "y", Base: "x"}}, review.Desk{}, then); err != nil {
		t.Fatal(err)
	}
	if h := c.Head(); len(h.Waiting) != 1 {
		t.Errorf("waits for %q, want the office", h.Waiting)
	}
}

func TestLook(t *testing.T) {
	w := at(t, "fresh")
	before := w.Changed
	if w.Look(clerk) || w.Look(auditor) {
		t.Error("who does not review looked")
	}
	if !w.Look(office) || w.Look(office) {
		t.Error("a second look at the same is news")
	}
	if err := w.Withdraw(clerk, "", then); err != nil {
		t.Errorf("only who does not decide now has looked: %v", err)
	}
	w = at(t, "fresh")
	w.Look(county)
	if err := w.Withdraw(clerk, "", then); err == nil {
		t.Error("withdrawn once the county looked")
	}
	if w.Changed != before || w.Version != before+1 {
		t.Errorf("a look made version %d, changed %d", w.Version, w.Changed)
	}
}
