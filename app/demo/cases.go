package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// act is what happens to a case.
type act uint8

const (
	submit act = iota
	look
	countyComments
	countyReturns
	countyPasses
	departmentPasses
	departmentReturns
	departmentStepsBack
	officeApproves
	officePublishes
	officeRecalls
	withdraw
	resubmit // what was returned, mended
	revise   // a new revision of what was approved
)

// move is an act so many working days after the one before.
type move struct {
	after int
	act   act
}

// plan is what happens to some of the catalogs: it begins between from and to
// working days ago, and weight is how often it is chosen.
type plan struct {
	weight   int
	from, to int
	moves    []move
}

// plans lead to every state there is, in what a city might be after two months.
var plans = []plan{
	{weight: 12},
	{8, 1, 4, []move{{0, submit}}},
	{3, 7, 10, []move{{0, submit}}}, // the county is late
	{3, 3, 5, []move{{0, submit}, {1, look}, {0, countyComments}}},
	{7, 6, 14, []move{{0, submit}, {2, countyComments}, {0, countyReturns}}},
	{5, 9, 12, []move{{0, submit}, {2, countyComments}, {0, countyReturns}, {4, resubmit}}},
	{7, 5, 7, []move{{0, submit}, {2, countyPasses}}},
	{2, 12, 15, []move{{0, submit}, {2, countyPasses}}}, // city and department are late
	{5, 6, 8, []move{{0, submit}, {2, countyPasses}, {2, departmentPasses}}},
	{4, 10, 16, []move{{0, submit}, {2, countyPasses}, {2, departmentReturns}, {1, officeApproves}}},
	{3, 14, 18, []move{{0, submit}, {2, countyPasses}, {2, departmentReturns}, {1, officeApproves}, {4, resubmit}}},
	{2, 9, 11, []move{{0, submit}, {2, countyPasses}, {2, departmentStepsBack}, {1, officeApproves}}},
	{9, 12, 20, []move{{0, submit}, {2, countyPasses}, {1, departmentPasses}, {2, officeApproves}}},
	{9, 20, 40, []move{{0, submit}, {2, countyPasses}, {1, departmentPasses}, {2, officeApproves}, {2, officePublishes}}},
	{9, 24, 40, []move{{0, submit}, {2, countyComments}, {0, countyReturns}, {4, resubmit}, {2, countyPasses}, {1, departmentPasses}, {2, officeApproves}, {2, officePublishes}}},
	{1, 24, 30, []move{{0, submit}, {2, countyPasses}, {1, departmentPasses}, {2, officeApproves}, {2, officePublishes}, {5, officeRecalls}}},
	{2, 2, 8, []move{{0, submit}, {0, withdraw}}},
	{3, 26, 40, []move{{0, submit}, {2, countyPasses}, {1, departmentPasses}, {2, officeApproves}, {2, officePublishes}, {15, revise}}},
}

func choose(r *rand.Rand) plan {
	all := 0
	for _, p := range plans {
		all += p.weight
	}
	n := r.IntN(all)
	for _, p := range plans {
		if n < p.weight {
			return p
		}
		n -= p.weight
	}
	panic("unreachable")
}

// story is what happens to one catalog.
type story struct {
	*filler
	id       review.CaseID
	unit     catalog.Unit
	county   review.Person
	draft    catalog.Catalog // without mistakes
	mistakes []spoiled       // in what is sent first
	head     review.SubmissionID
	comments []review.Comment
	r        *rand.Rand
}

// caseSteps are the steps of one catalog, by a plan chosen for it.
func (f *filler) caseSteps(u catalog.Unit, c catalog.Catalog) []step {
	r := rand.New(chance("plan", string(u.ID), string(c.Sector)))
	s := &story{filler: f, id: review.CaseID{Unit: u.ID, Sector: c.Sector}, unit: u, county: f.county(u.Parent), draft: c, r: r}
	p := choose(r)
	if len(p.moves) == 0 {
		return nil
	}
	ago := p.from + r.IntN(p.to-p.from+1)
	var steps []step
	at := time.Time{}
	for _, m := range p.moves {
		if ago -= m.after; m.after > 0 || at.IsZero() {
			at = f.on(ago, r)
		} else {
			at = at.Add(time.Duration(5+r.IntN(20)) * time.Minute)
		}
		steps = append(steps, step{at, fmt.Sprintf("%s/%s act %d", u.ID, c.Sector, m.act), func(ctx context.Context) error { return s.do(ctx, m.act, ago) }})
	}
	return steps
}

func (s *story) ref() review.Ref { return review.Ref{CaseID: s.id, Head: s.head} }

func (s *story) do(ctx context.Context, a act, ago int) error {
	department := s.department(s.id.Sector)
	switch a {
	case submit:
		c := s.draft
		if c.NotApplicable == nil {
			c, s.mistakes = spoil(c, 1+s.r.IntN(2), s.r)
		}
		return s.send(ctx, c, 1, nil)
	case resubmit:
		var answers []review.Answer
		if s.draft.NotApplicable != nil {
			for _, m := range s.comments {
				answers = append(answers, review.Answer{Comment: m.ID, Text: "已与上级部门核实，确实不涉及。"})
			}
		}
		s.comments = nil
		return s.send(ctx, s.draft, 3, answers)
	case revise:
		c := s.draft
		c.Note = "按新印发的文件核对过一遍。"
		if len(c.Entries) > 1 {
			c.Entries = append(c.Entries[1:len(c.Entries):len(c.Entries)], c.Entries[0])
		}
		return s.send(ctx, c, 5, nil)
	case look:
		_, err := s.Look(ctx, s.county, s.id)
		return err
	case countyComments:
		return s.comment(ctx, s.county)
	case countyReturns:
		return s.Return(ctx, s.county, s.ref(), "请按意见修改后重新报送。")
	case countyPasses:
		return s.Pass(ctx, s.county, s.ref(), "")
	case departmentPasses:
		return s.Pass(ctx, department, s.ref(), "")
	case departmentReturns:
		if err := s.comment(ctx, department); err != nil {
			return err
		}
		return s.Return(ctx, department, s.ref(), "")
	case departmentStepsBack:
		return s.StepBack(ctx, department, s.ref(), "请县里先核对公开主体。")
	case officeApproves:
		return s.Approve(ctx, s.office(), s.ref(), "")
	case officePublishes:
		return s.Publish(ctx, s.office(), s.ref(), "")
	case officeRecalls:
		return s.Recall(ctx, s.office(), s.ref(), "依据已经修订，改后再公开。")
	case withdraw:
		return s.Withdraw(ctx, s.clerk(s.unit), s.ref(), "")
	}
	return fmt.Errorf("no act %d", a)
}

// send submits a catalog on top of what was sent before.
func (s *story) send(ctx context.Context, c catalog.Catalog, revision uint64, answers []review.Answer) error {
	id := hashOf("demo", string(s.id.Unit), string(s.id.Sector), fmt.Sprint(revision))
	r, err := s.Submit(ctx, s.clerk(s.unit), review.NewSubmission{
		ID: id, Catalog: signed(c, revision, catalog.DateOf(s.now.In(china))), Base: s.head, SentAt: s.now, Answers: answers,
	})
	if err == nil && r.Status != review.Accepted {
		err = fmt.Errorf("receipt %+v", r)
	}
	s.head = id
	return err
}

// comment notes the mistakes, or asks about the catalog as a whole where there are none.
func (s *story) comment(ctx context.Context, by review.Person) error {
	if len(s.mistakes) == 0 {
		m, err := s.Comment(ctx, by, s.ref(), review.Target{}, "请核实是否确实不涉及。")
		s.comments = append(s.comments, m)
		return err
	}
	for _, wrong := range s.mistakes {
		m, err := s.Comment(ctx, by, s.ref(), review.Target{Entry: wrong.entry, Field: wrong.field}, wrong.comment)
		if err != nil {
			return err
		}
		s.comments = append(s.comments, m)
	}
	return nil
}
