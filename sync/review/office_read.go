package review

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"mulutong/catalog"
)

// View is a case as one person sees it.
type View struct {
	Case    Case            `json:"case"`
	Unit    catalog.Unit    `json:"unit"`
	Catalog catalog.Catalog `json:"catalog"` // as last submitted
	// Since is what changed since the person last looked at another submission; nil
	// where there was none.
	Since *catalog.CatalogDiff `json:"since,omitempty"`
	// SinceBase is what the submission changed of what it was built on.
	SinceBase *catalog.CatalogDiff `json:"sinceBase,omitempty"`
	May       []Action             `json:"may"`
	Late      bool                 `json:"late,omitempty"`
}

// Look returns a case with what changed since the person last looked, and marks
// it as looked at.
func (o *Office) Look(ctx context.Context, p Person, id CaseID) (View, error) {
	var v View
	look := func(k desk) error {
		v = View{}
		u, err := k.subject(id.Unit)
		if err != nil {
			return err
		}
		if err := May(p, ActRead, Subject{Unit: u, Sector: id.Sector}); err != nil {
			return err
		}
		c, err := k.loadCase(id)
		if err != nil {
			return err
		}
		v.Unit = u
		if v.Catalog, err = k.Catalog(c.Last().Catalog); err != nil {
			return err
		}
		if v.SinceBase, err = k.diffFrom(&c, c.Last().Base, &v.Catalog); err != nil {
			return err
		}
		if seen := c.Seen[p.ID]; seen != c.Last().ID {
			if v.Since, err = k.diffFrom(&c, seen, &v.Catalog); err != nil {
				return err
			}
		}
		for _, a := range caseActions {
			if May(p, a, Subject{Unit: u, Sector: id.Sector}) == nil && c.stands(a, p) {
				v.May = append(v.May, a)
			}
		}
		v.Late = c.Head().Late(Day(k.at))
		before := markOf(&c)
		if c.Look(p) {
			if err := k.save(ActRead, "", before, false, "", &c); err != nil {
				return err
			}
		}
		v.Case = c
		if _, reviews := sideOf(p); !reviews {
			v.Case = c.forUnit()
		}
		return nil
	}
	// Most looks are no news: those need no writer.
	err := o.view(ctx, p, look)
	if errors.Is(err, ErrReadOnly) {
		err = o.update(ctx, p, look)
	}
	if err != nil {
		return View{}, err
	}
	return v, nil
}

// diffFrom is what content changes of a submission of the case or of the one that
// it continues; nil where there is none.
func (k desk) diffFrom(c *Case, id SubmissionID, content *catalog.Catalog) (*catalog.CatalogDiff, error) {
	if id == "" {
		return nil, nil
	}
	s, ok := c.submission(id)
	if !ok {
		r, err := k.Receipt(id)
		if errors.Is(err, catalog.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		other, err := k.Case(r.Case)
		if err != nil {
			return nil, err
		}
		if s, ok = other.submission(id); !ok {
			return nil, nil
		}
	}
	was, err := k.Catalog(s.Catalog)
	if err != nil {
		return nil, err
	}
	d := catalog.Diff(&was, content)
	return &d, nil
}

// caseActions are the actions on a case, as a View offers them.
var caseActions = []Action{
	ActSubmit, ActWithdraw, ActComment, ActReturn, ActPass, ActApprove, ActStepBack, ActClose, ActPublish,
	ActRecall, ActErase, ActExport,
}

// stands reports whether the case stands where the action needs it.
func (c *Case) stands(a Action, p Person) bool {
	r := c.round()
	switch a {
	case ActSubmit:
		return r == nil || !c.begun()
	case ActWithdraw:
		return r != nil && !c.begun()
	case ActComment, ActPass, ActApprove, ActReturn, ActStepBack:
		_, _, err := c.side(a, p)
		return err == nil && (a != ActStepBack || r.Stage == JointStage)
	case ActClose:
		return r != nil && r.Stage == JointStage && slices.ContainsFunc(r.Sides, func(s Side) bool { return s.Unit == "" && s.Verdict != "" })
	case ActPublish:
		return c.State == Approved
	case ActRecall:
		return c.Published != ""
	}
	return true
}

// forUnit is the case as its unit sees it: without what reviewers note among
// themselves and what a round has yet to decide.
func (c Case) forUnit() Case {
	c.Seen = nil
	c.Comments = slices.DeleteFunc(slices.Clone(c.Comments), func(m Comment) bool { return !m.Sent })
	c.Rounds = slices.Clone(c.Rounds)
	for i := range c.Rounds {
		r := &c.Rounds[i]
		r.Sides = slices.Clone(r.Sides)
		for j := range r.Sides {
			s := &r.Sides[j]
			if r.Outcome == "" && !s.Kept {
				*s = Side{Unit: s.Unit, Begun: s.Begun}
			} else if s.Verdict != WantsReturn {
				s.Note = ""
			}
		}
	}
	c.Steps = slices.DeleteFunc(slices.Clone(c.Steps), func(s Step) bool { return s.Action == ActClose })
	return c
}

// QueueFilter narrows a queue; its zero value narrows nothing.
type QueueFilter struct {
	Units   []catalog.UnitID
	Sectors []catalog.Sector
	States  []State
	Late    bool
	Limit   int
}

// Queue returns what waits for the person, late ones first: for a reviewer what
// has to be decided, for the city office also what is to be published, for a unit
// what was returned.
func (o *Office) Queue(ctx context.Context, p Person, f QueueFilter) ([]CaseHead, error) {
	states := map[Role][]State{
		Clerk: {Returned}, CountyReviewer: {InCounty}, DepartmentReviewer: {InJoint}, CityOffice: {InJoint, Approved},
	}[p.Role]
	if len(f.States) > 0 {
		states = slices.DeleteFunc(slices.Clone(states), func(s State) bool { return !slices.Contains(f.States, s) })
	}
	if len(states) == 0 {
		if Reach(p.Role, ActRead) == None {
			return nil, &DeniedError{Person: p.ID, Role: p.Role, Action: ActRead}
		}
		return []CaseHead{}, nil
	}
	hs := []CaseHead{}
	err := o.view(ctx, p, func(k desk) error {
		r, err := k.reach(ActRead)
		if err != nil {
			return err
		}
		q, some := r.narrow(CaseQuery{Units: f.Units, Sectors: f.Sectors, States: states})
		if !some {
			return nil
		}
		all, err := k.Heads(q)
		if err != nil {
			return err
		}
		side, decides := sideOf(p)
		today := Day(k.at)
		for _, h := range all {
			if decides && len(h.Waiting) > 0 {
				waits := false
				for _, w := range h.Waiting {
					if w, err = k.successor(w); err != nil {
						return err
					}
					waits = waits || w == side
				}
				if !waits {
					continue
				}
			}
			if !f.Late || h.Late(today) {
				hs = append(hs, h)
			}
		}
		slices.SortStableFunc(hs, func(a, b CaseHead) int {
			if l := b.Late(today); l != a.Late(today) {
				if l {
					return 1
				}
				return -1
			}
			return cmp.Compare(cmp.Or(a.Due, "9"), cmp.Or(b.Due, "9"))
		})
		return nil
	})
	if f.Limit > 0 && len(hs) > f.Limit {
		hs = hs[:f.Limit]
	}
	return hs, err
}

// reach is how far a person's allowance goes, as lists of units and sectors.
type reach struct {
	everyUnit   bool
	units       []catalog.Unit // by id
	everySector bool
	sectors     []catalog.Sector
}

// reach returns what the person may do the action to.
func (k desk) reach(a Action) (reach, error) {
	all, err := k.Units()
	if err != nil {
		return reach{}, err
	}
	r := reach{everySector: true}
	switch Reach(k.by.Role, a) {
	case Everything:
		return reach{everyUnit: true, units: all, everySector: true}, nil
	case Sectors:
		return reach{everyUnit: true, units: all, sectors: k.by.Sectors}, nil
	case OwnUnit, County:
		byID := make(map[catalog.UnitID]catalog.Unit, len(all))
		for _, u := range all {
			byID[u.ID] = u
		}
		k.Tx = listed{k.Tx, byID} // each is asked for several times
		for _, u := range all {
			as, err := k.subject(u.ID)
			if err != nil {
				return r, err
			}
			if May(k.by, a, Subject{Unit: as}) == nil {
				r.units = append(r.units, u)
			}
		}
		return r, nil
	}
	return r, &DeniedError{Person: k.by.ID, Role: k.by.Role, Action: a}
}

// listed is a transaction whose units have been read already.
type listed struct {
	Tx
	units map[catalog.UnitID]catalog.Unit
}

func (l listed) Unit(id catalog.UnitID) (catalog.Unit, error) {
	u, ok := l.units[id]
	if !ok {
		return u, catalog.ErrNotFound
	}
	return u, nil
}

// narrow narrows a query to what is reached, and reports whether anything is.
func (r reach) narrow(q CaseQuery) (CaseQuery, bool) {
	if !r.everyUnit {
		asked := q.Units
		q.Units = nil
		for _, u := range r.units {
			if len(asked) == 0 || slices.Contains(asked, u.ID) {
				q.Units = append(q.Units, u.ID)
			}
		}
	}
	if !r.everySector {
		asked := q.Sectors
		q.Sectors = slices.DeleteFunc(slices.Clone(r.sectors), func(s catalog.Sector) bool {
			return len(asked) > 0 && !slices.Contains(asked, s)
		})
	}
	return q, (r.everyUnit || len(q.Units) > 0) && (r.everySector || len(q.Sectors) > 0)
}

// Progress says where everybody is.
type Progress struct {
	Today catalog.Date `json:"today"`
	// Due is the next day on which catalogs are due; empty where the calendar lacks
	// the year.
	Due    catalog.Date   `json:"due,omitempty"`
	Units  []UnitProgress `json:"units"`
	Counts map[State]int  `json:"counts"`
	Late   int            `json:"late"` // cases overdue, of whoever they wait for
	// MissingYear is the year that the calendar lacks: deadlines took weekends alone
	// for days off.
	MissingYear int `json:"missingYear,omitempty"`
	// Head is the log's head, by which it can be seen later that nothing was rewritten.
	Head LogHead `json:"head"`
}

// UnitProgress is one unit's line: a case that is missing was not submitted yet.
type UnitProgress struct {
	Unit  catalog.Unit   `json:"unit"`
	Cases []CaseProgress `json:"cases"` // by sector
	Late  int            `json:"late,omitempty"`
}

// CaseProgress is a case in a table of progress.
type CaseProgress struct {
	CaseHead
	Late bool `json:"late,omitempty"`
}

// LogHead names the log's last record.
type LogHead struct {
	Seq  uint64 `json:"seq"`
	Hash Hash   `json:"hash"`
}

// Progress returns where the units are that the person may see. Units that review
// and keep no catalog are not among them.
func (o *Office) Progress(ctx context.Context, p Person, today catalog.Date) (Progress, error) {
	var out Progress
	err := o.view(ctx, p, func(k desk) error {
		r, err := k.reach(ActProgress)
		if err != nil {
			return err
		}
		policy, err := k.policy()
		if err != nil {
			return err
		}
		out = Progress{Today: cmp.Or(today, Day(k.at)), Units: []UnitProgress{}, Counts: map[State]int{}}
		if k.rules.Calendar != nil {
			var missing *catalog.MissingYearError
			if out.Due, err = k.rules.Calendar.NextDue(out.Today, policy.DueDay); errors.As(err, &missing) {
				out.MissingYear = missing.Year
			} else if err != nil {
				return &InvalidError{Field: "today"}
			}
		}
		head, err := k.LogHead()
		if err != nil {
			return err
		}
		out.Head = LogHead{head.Seq, head.Hash}

		var cases []CaseHead
		if q, some := r.narrow(CaseQuery{}); some {
			if cases, err = k.Heads(q); err != nil {
				return err
			}
		}
		all, err := k.Units()
		if err != nil {
			return err
		}
		county := map[catalog.UnitID]bool{} // the city's own departments review
		for _, u := range all {
			county[u.ID] = u.Kind == catalog.CountyUnit
		}
		at := map[catalog.UnitID]int{}
		for _, u := range r.units {
			if u.Kind == catalog.TownshipUnit || u.Kind == catalog.DepartmentUnit && county[u.Parent] || slices.ContainsFunc(cases, func(h CaseHead) bool { return h.ID.Unit == u.ID }) {
				at[u.ID] = len(out.Units)
				out.Units = append(out.Units, UnitProgress{Unit: u, Cases: []CaseProgress{}})
			}
		}
		for _, h := range cases {
			i, ok := at[h.ID.Unit]
			if !ok {
				continue
			}
			line := &out.Units[i]
			late := h.Late(out.Today)
			line.Cases = append(line.Cases, CaseProgress{h, late})
			out.Counts[h.State]++
			if late {
				line.Late++
				out.Late++
			}
		}
		return nil
	})
	return out, err
}

// FeedPage is a part of the feed.
type FeedPage struct {
	Epoch string `json:"epoch"` // this life of the store
	Next  uint64 `json:"next"`  // what to ask for after
	More  bool   `json:"more"`
	Items []Item `json:"items"`
}

// feedLimit is how many items a page has at most.
const feedLimit = 500

// Feed returns what the person's unit is told after an item. A cursor of another
// epoch begins anew.
func (o *Office) Feed(ctx context.Context, p Person, epoch string, after uint64, limit int) (FeedPage, error) {
	return o.FeedOf(ctx, p, p.Unit, epoch, after, limit)
}

// FeedOf is the feed of a unit that may not be online, for whoever may send it
// notices.
func (o *Office) FeedOf(ctx context.Context, p Person, unit catalog.UnitID, epoch string, after uint64, limit int) (FeedPage, error) {
	if limit <= 0 || limit > feedLimit {
		limit = feedLimit
	}
	var page FeedPage
	err := o.view(ctx, p, func(k desk) error {
		err := k.may(ActFeed, unit, "")
		if err != nil && unit != p.Unit {
			err = k.may(ActNotify, unit, "")
		}
		if err != nil {
			return err
		}
		page = FeedPage{Next: after}
		if page.Epoch, err = k.Epoch(); err != nil {
			return err
		}
		if epoch != "" && epoch != page.Epoch {
			page.Next = 0
		}
		its, err := k.Feed(unit, page.Next, limit+1)
		if err != nil {
			return err
		}
		if page.More = len(its) > limit; page.More {
			its = its[:limit]
		}
		if n := len(its); n > 0 {
			page.Next = its[n-1].Seq
		}
		page.Items = its
		return nil
	})
	return page, err
}

// Catalog returns a catalog that the case holds. Where something of it was erased
// it no longer has the hash it is asked by.
func (o *Office) Catalog(ctx context.Context, p Person, h Hash, id CaseID) (catalog.Catalog, error) {
	var out catalog.Catalog
	err := o.view(ctx, p, func(k desk) error {
		if err := k.may(ActRead, id.Unit, id.Sector); err != nil {
			return err
		}
		c, err := k.Case(id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(c.Submissions, func(s Submission) bool { return s.Catalog == h }) {
			return catalog.ErrNotFound
		}
		out, err = k.Catalog(h)
		return err
	})
	return out, err
}

// Log returns records after a number, oldest first.
func (o *Office) Log(ctx context.Context, p Person, after uint64, limit int) ([]Record, error) {
	var rs []Record
	err := o.view(ctx, p, func(k desk) error {
		if err := k.may(ActReadLog, "", ""); err != nil {
			return err
		}
		var err error
		rs, err = k.Records(after, limit)
		return err
	})
	return rs, err
}

// VerifyLog reads the whole log and returns its head, with a *ChainError where it
// was changed.
func (o *Office) VerifyLog(ctx context.Context, p Person) (Record, error) {
	var head Record
	err := o.view(ctx, p, func(k desk) error {
		head = Record{}
		if err := k.may(ActReadLog, "", ""); err != nil {
			return err
		}
		for {
			rs, err := k.Records(head.Seq, 1000)
			if err != nil {
				return err
			}
			if err := VerifyRecords(head, rs); err != nil {
				return err
			}
			if len(rs) == 0 {
				break
			}
			head = rs[len(rs)-1]
		}
		last, err := k.LogHead()
		if err != nil {
			return err
		}
		if last.Seq != head.Seq || last.Hash != head.Hash {
			return &ChainError{Seq: head.Seq + 1}
		}
		return nil
	})
	return head, err
}
