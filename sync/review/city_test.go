package review_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/review/reviewtest"
)

const (
	jishan   catalog.UnitID = "340223100" // 籍山镇, of 南陵县
	xuzhen   catalog.UnitID = "340223101" // 许镇镇, of 南陵县
	nanling  catalog.UnitID = "340223"
	jinghu   catalog.UnitID = "340202"
	zhanghe  catalog.UnitID = "340202001" // of 镜湖区
	wuhu     catalog.UnitID = "340200"
	minzheng catalog.UnitID = "340200-mzj" // 市民政局
	jiaoyu   catalog.UnitID = "340200-jyj" // 市教育局

	aid    catalog.Sector = "social-assistance"    // 民政局 answers for it
	school catalog.Sector = "compulsory-education" // 教育局 does
	tax    catalog.Sector = "tax"                  // no department does
)

var units = []catalog.Unit{
	{ID: wuhu, Name: "芜湖市", Kind: catalog.CityUnit},
	{ID: nanling, Name: "南陵县", Kind: catalog.CountyUnit, Parent: wuhu},
	{ID: jinghu, Name: "镜湖区", Kind: catalog.CountyUnit, Parent: wuhu},
	{ID: jishan, Name: "籍山镇", Kind: catalog.TownshipUnit, Parent: nanling},
	{ID: xuzhen, Name: "许镇镇", Kind: catalog.TownshipUnit, Parent: nanling},
	{ID: zhanghe, Name: "张家山街道", Kind: catalog.TownshipUnit, Parent: jinghu},
	{ID: minzheng, Name: "芜湖市民政局", Kind: catalog.DepartmentUnit, Parent: wuhu},
	{ID: jiaoyu, Name: "芜湖市教育局", Kind: catalog.DepartmentUnit, Parent: wuhu},
}

func person(name string, r review.Role, unit catalog.UnitID, sectors ...catalog.Sector) review.Person {
	return review.Person{ID: review.PersonID(name), Name: name, Role: r, Unit: unit, Sectors: sectors, Verified: true}
}

var (
	clerk      = person("clerk", review.Clerk, jishan)
	otherClerk = person("other-clerk", review.Clerk, xuzhen)
	county     = person("county", review.CountyReviewer, nanling)
	colleague  = person("colleague", review.CountyReviewer, nanling)
	otherCount = person("other-county", review.CountyReviewer, jinghu)
	department = person("department", review.DepartmentReviewer, minzheng, aid)
	otherDep   = person("other-department", review.DepartmentReviewer, jiaoyu, school)
	office     = person("office", review.CityOffice, wuhu)
	auditor    = person("auditor", review.Auditor, "")
	admin      = person("admin", review.Administrator, "")
)

// city is an office over a store, at a time of its own.
type city struct {
	t tester
	*review.Office
	store *reviewtest.Memory
	now   time.Time
	sent  int
}

// tester is what a city needs of a test, also of one made of random steps.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func newCity(t tester) *city {
	t.Helper()
	c := &city{t: t, store: reviewtest.NewMemory(), now: then}
	c.open(review.Rules{})
	c.must(c.PutUnits(ctx, office, units))
	c.must(c.SetResponsible(ctx, office, aid, minzheng))
	c.must(c.SetResponsible(ctx, office, school, jiaoyu))
	return c
}

func (c *city) open(r review.Rules) {
	c.Office = review.NewOffice(c.store, func() time.Time { c.now = c.now.Add(time.Second); return c.now }, r)
}

var (
	ctx  = context.Background()
	then = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
)

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) wants(what string, err, want error) {
	c.t.Helper()
	if !errors.Is(err, want) {
		c.t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// wantsState wants a *StateError.
func (c *city) wantsState(what string, err error) {
	c.t.Helper()
	var state *review.StateError
	if !errors.As(err, &state) {
		c.t.Errorf("%s: %v, want a *StateError", what, err)
	}
}

func (c *city) wantsDenied(what string, err error) {
	c.t.Helper()
	var denied *review.DeniedError
	if !errors.As(err, &denied) {
		c.t.Errorf("%s: %v, want a *DeniedError", what, err)
	}
}

// catalogOf is a signed catalog of three entries of templates t1 to t3.
func catalogOf(unit catalog.UnitID, sector catalog.Sector) catalog.Catalog {
	c := catalog.Catalog{Schema: catalog.Schema, Unit: catalog.Unit{ID: unit}, Sector: sector, Revision: 3}
	for i := 1; i <= 3; i++ {
		c.Entries = append(c.Entries, entry(i, sector))
	}
	return sign(c)
}

func entry(i int, sector catalog.Sector) catalog.Entry {
	return catalog.Entry{
		ID: catalog.EntryID(fmt.Sprintf("e%d", i)), Template: catalog.TemplateID(fmt.Sprintf("t%d", i)), Sector: sector,
		Path: []string{"事项", fmt.Sprint(i)}, Content: fmt.Sprintf("内容%d", i), Publisher: "籍山镇人民政府",
		Basis: catalog.ParseBasis("《社会救助暂行办法》"), TimeLimit: catalog.ParseTimeLimit("信息形成之日起20个工作日内"),
	}
}

func sign(c catalog.Catalog) catalog.Catalog {
	c.SignOff = &catalog.SignOff{
		Revision: c.Revision, Leader: catalog.Approval{By: "王镇长", At: "2026-11-20"}, Secrecy: catalog.Approval{By: "李主任", At: "2026-11-20"},
	}
	return c
}

// edited is the catalog signed off anew after an edit of its own copy.
func edited(c catalog.Catalog, edit func(*catalog.Catalog)) catalog.Catalog {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	var e catalog.Catalog
	if err := json.Unmarshal(b, &e); err != nil {
		panic(err)
	}
	e.Revision++
	edit(&e)
	return sign(e)
}

func content(i int, text string) func(*catalog.Catalog) {
	return func(c *catalog.Catalog) { c.Entries[i-1].Content = text }
}

// submission is a bundle of its own at every call.
func (c *city) submission(cat catalog.Catalog, base review.SubmissionID, answers ...review.Answer) review.NewSubmission {
	c.sent++
	b := fmt.Appendf(nil, "bundle %d: %s", c.sent, cat.Entries)
	n := review.NewSubmission{Catalog: cat, Base: base, Answers: answers, Bundle: b, SentAt: c.now}
	c.must(c.store.Update(ctx, func(tx review.Tx) error {
		var err error
		n.ID, err = tx.PutBlob(b)
		if err != nil {
			return err
		}
		return tx.RemoveBlob(n.ID)
	}))
	return n
}

func (c *city) submit(p review.Person, cat catalog.Catalog, base review.SubmissionID, answers ...review.Answer) review.Receipt {
	c.t.Helper()
	r, err := c.Submit(ctx, p, c.submission(cat, base, answers...))
	c.must(err)
	return r
}

// accepted submits and wants it accepted.
func (c *city) accepted(p review.Person, cat catalog.Catalog, base review.SubmissionID, answers ...review.Answer) review.Ref {
	c.t.Helper()
	r := c.submit(p, cat, base, answers...)
	if r.Status != review.Accepted {
		c.t.Fatalf("receipt %+v, want it accepted", r)
	}
	return review.Ref{CaseID: r.Case, Head: r.Bundle}
}

func (c *city) load(id review.CaseID) review.Case {
	c.t.Helper()
	var out review.Case
	c.must(c.store.View(ctx, func(tx review.Tx) (err error) {
		out, err = tx.Case(id)
		return err
	}))
	return out
}

func (c *city) wantsCase(id review.CaseID, want review.State) review.Case {
	c.t.Helper()
	got := c.load(id)
	if got.State != want {
		c.t.Fatalf("the case is %q, want %q", got.State, want)
	}
	return got
}

func (c *city) comment(p review.Person, at review.Ref, t review.Target) review.Comment {
	c.t.Helper()
	m, err := c.Comment(ctx, p, at, t, "请核对")
	c.must(err)
	return m
}
