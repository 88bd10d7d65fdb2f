package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/templates"
)

// ErrNotEmpty says that the service holds something already: nothing was changed.
var ErrNotEmpty = errors.New("the service is not empty")

// Options are what Fill goes by.
type Options struct {
	Templates *templates.Set
	Check     func(*catalog.Catalog) []review.Finding // as the service has it; may be nil
	Now       time.Time                               // the day on which the city is looked at
	// Password is the hash of the one password that all accounts have.
	Password string
	// Step is told how much is done; it may be nil.
	Step func(done, total int)
}

// Fill fills a store with the city and returns its accounts. It is one transaction.
func Fill(ctx context.Context, s review.Store, o Options) ([]review.Account, error) {
	var accounts []review.Account
	err := s.Update(ctx, func(tx review.Tx) error {
		if head, err := tx.LogHead(); err != nil || head.Seq > 0 {
			return errors.Join(err, ErrNotEmpty)
		}
		f := &filler{Options: o, now: o.Now}
		f.Office = review.NewOffice(within{tx}, func() time.Time { return f.now }, review.Rules{Calendar: o.Templates.Calendar(), Check: o.Check})
		var err error
		if accounts, err = f.fill(ctx, tx); err != nil {
			return fmt.Errorf("fill the demo city: %w", err)
		}
		return nil
	})
	return accounts, err
}

// within is a store whose transactions are all part of one.
type within struct{ review.Tx }

func (w within) View(_ context.Context, fn func(review.Tx) error) error   { return fn(w.Tx) }
func (w within) Update(_ context.Context, fn func(review.Tx) error) error { return fn(w.Tx) }

// filler acts for everyone in the city, on its own clock.
type filler struct {
	*review.Office
	Options
	city city
	now  time.Time
}

// china is where the city's office hours are.
var china = time.FixedZone("CST", 8*60*60)

// on is a moment of the working day so many working days before the last one that
// is over, in office hours.
func (f *filler) on(ago int, r *rand.Rand) time.Time {
	today := f.Now.In(china)
	day, err := f.Templates.Calendar().AddWorkdays(catalog.DateOf(today), -ago)
	at, err2 := day.Time()
	if err != nil || err2 != nil { // a year whose holidays are not known
		at = today.AddDate(0, 0, -ago-ago/5*2)
	}
	const opens, minutes = 8*60 + 30, 9 * 60
	return time.Date(at.Year(), at.Month(), at.Day(), 0, opens+r.IntN(minutes), r.IntN(60), 0, china)
}

func (f *filler) fill(ctx context.Context, tx review.Tx) ([]review.Account, error) {
	var err error
	if f.city, err = wuhu(); err != nil {
		return nil, err
	}
	f.now = f.on(45, rand.New(chance("begin")))
	if err := f.PutUnits(ctx, f.office(), f.city.all()); err != nil {
		return nil, err
	}
	responsible := f.city.responsible()
	for _, s := range f.Templates.Sectors() {
		if u, ok := responsible[s.Slug]; ok {
			if err := f.SetResponsible(ctx, f.office(), s.Slug, u); err != nil {
				return nil, err
			}
		}
	}
	accounts := f.accounts()
	for _, a := range accounts {
		if err := tx.PutAccount(a); err != nil {
			return nil, err
		}
	}
	steps, err := f.steps()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.at.Compare(b.at) })
	for i, s := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.now = s.at
		if err := s.do(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", s.what, err)
		}
		if f.Step != nil {
			f.Step(i+1, len(steps))
		}
	}
	return accounts, nil
}

// step is one thing that somebody did.
type step struct {
	at   time.Time
	what string
	do   func(context.Context) error
}

// steps are all that happened, in no order yet.
func (f *filler) steps() ([]step, error) {
	var steps []step
	for _, u := range f.city.units {
		drafts, err := f.city.drafts(f.Templates, u, f.now)
		if err != nil {
			return nil, err
		}
		for _, c := range drafts {
			steps = append(steps, f.caseSteps(u, c)...)
		}
	}
	return append(steps, f.assessments()...), nil
}

// The people of the city, by their offices: an account is called like its unit.

func (f *filler) office() review.Person {
	return review.Person{ID: "office", Name: "市政务公开办", Role: review.CityOffice, Verified: true}
}

func (f *filler) county(id catalog.UnitID) review.Person {
	for _, u := range f.city.counties {
		if u.ID == id {
			return review.Person{ID: review.PersonID(u.ID), Name: u.Name + "审核员", Role: review.CountyReviewer, Unit: u.ID, Verified: true}
		}
	}
	return review.Person{}
}

func (f *filler) clerk(u catalog.Unit) review.Person {
	return review.Person{ID: review.PersonID(u.ID), Name: u.Name + "填报员", Role: review.Clerk, Unit: u.ID, Verified: true}
}

// department is the reviewer of the department that answers for a sector.
func (f *filler) department(s catalog.Sector) review.Person {
	for i, d := range departments {
		if slices.Contains(d.sectors, s) {
			u := f.city.departments[i]
			return review.Person{ID: review.PersonID(u.ID), Name: u.Name + "审核员", Role: review.DepartmentReviewer, Unit: u.ID, Sectors: d.sectors, Verified: true}
		}
	}
	return review.Person{}
}

// accounts are an account for each of them.
func (f *filler) accounts() []review.Account {
	people := []review.Person{
		f.office(),
		{ID: "audit", Name: "审计员", Role: review.Auditor},
		{ID: "admin", Name: "管理员", Role: review.Administrator},
	}
	for _, u := range f.city.counties {
		people = append(people, f.county(u.ID))
	}
	for _, d := range departments {
		people = append(people, f.department(d.sectors[0]))
	}
	for _, u := range f.city.units {
		people = append(people, f.clerk(u))
	}
	accounts := make([]review.Account, len(people))
	for i, p := range people {
		p.Verified = false // that comes from signing on
		accounts[i] = review.Account{Person: p, Password: f.Password}
	}
	return accounts
}

// hashOf names a bundle that was never made.
func hashOf(parts ...string) review.Hash {
	sum := sha256.Sum256([]byte(strings.Join(parts, "/")))
	return review.Hash(hex.EncodeToString(sum[:]))
}
