package review_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// mayTable says by hand who may do what to which subject; what is not here is
// denied. The columns are the roles, each cell lists subjects:
//
//	u  the person's own unit; of a county, one of its townships
//	c  another unit of the same county
//	f  a unit of another county
//	s  a unit of another county, in a sector the department does not answer for
//	*  no unit and no sector: all of them
const mayTable = `
action     clerk  county-reviewer  department-reviewer  city-office  auditor  administrator
read       u      uc               ucf                  ucfs*        -        -
submit     u      uc               -                    -            -        -
withdraw   u      uc               -                    -            -        -
comment    -      uc               ucf                  ucfs*        -        -
return     -      uc               ucf                  ucfs*        -        -
pass       -      uc               ucf                  -            -        -
step-back  -      -                ucf                  ucfs*        -        -
close      -      -                -                    ucfs*        -        -
approve    -      -                -                    ucfs*        -        -
publish    -      -                -                    ucfs*        -        -
recall     -      -                -                    ucfs*        -        -
erase      -      -                -                    ucfs*        -        -
progress   u      uc               ucf                  ucfs*        -        -
export     u      uc               ucf                  ucfs*        -        -
assess     -      uc               -                    ucfs*        -        -
rectify    u      uc               -                    -            -        -
release    -      -                -                    ucfs*        -        -
units      -      -                -                    ucfs*        -        -
notify     -      uc               -                    ucfs*        -        -
invite     -      uc               -                    ucfs*        -        ucfs*
revoke     -      uc               -                    ucfs*        -        ucfs*
read-log   -      -                -                    ucfs*        ucfs*    -
accounts   -      -                -                    -            -        ucfs*
settings   -      -                -                    -            -        ucfs*
feed       u      uc               -                    -            -        -
`

var people = map[review.Role]review.Person{
	review.Clerk: clerk, review.CountyReviewer: county, review.DepartmentReviewer: department,
	review.CityOffice: office, review.Auditor: auditor, review.Administrator: admin,
}

var subjects = map[byte]review.Subject{
	'u': {Unit: units[3], Sector: aid},
	'c': {Unit: units[4], Sector: aid},
	'f': {Unit: units[5], Sector: aid},
	's': {Unit: units[5], Sector: school},
	'*': {},
}

// table reads mayTable.
func table(t *testing.T) (actions []review.Action, cells map[review.Role]map[review.Action]string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(mayTable), "\n")
	roles := strings.Fields(lines[0])[1:]
	cells = map[review.Role]map[review.Action]string{}
	for _, r := range roles {
		cells[review.Role(r)] = map[review.Action]string{}
	}
	for _, line := range lines[1:] {
		f := strings.Fields(line)
		actions = append(actions, review.Action(f[0]))
		for i, r := range roles {
			cells[review.Role(r)][review.Action(f[0])] = strings.Trim(f[i+1], "-")
		}
	}
	if len(cells) != len(review.Roles) {
		t.Fatalf("the table has %d roles, the package %d", len(cells), len(review.Roles))
	}
	return actions, cells
}

func TestMay(t *testing.T) {
	actions, cells := table(t)
	source, err := os.ReadFile("roles.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`Act\w+\s+Action = "([a-z-]+)"`).FindAllSubmatch(source, -1) {
		if !slices.Contains(actions, review.Action(m[1])) {
			t.Errorf("the action %s is not in the table", m[1])
		}
	}
	walked := 0
	for role, p := range people {
		for _, a := range actions {
			for kind, subject := range subjects {
				want := strings.IndexByte(cells[role][a], kind) >= 0
				err := review.May(p, a, subject)
				var denied *review.DeniedError
				if want != (err == nil) || !want && !errors.As(err, &denied) {
					t.Errorf("%s, %s, subject %c: %v, want it allowed: %v", role, a, kind, err, want)
				}
				walked++
			}
		}
	}
	if want := 6 * 25 * 5; walked != want {
		t.Errorf("walked %d, want %d", walked, want)
	}
	stranger := review.Person{ID: "x", Role: "mayor", Unit: jishan, Sectors: []catalog.Sector{aid}}
	nobody := review.Person{}
	for _, a := range actions {
		for kind, subject := range subjects {
			for _, p := range []review.Person{stranger, nobody} {
				if review.May(p, a, subject) == nil {
					t.Errorf("somebody of role %q may %s %c", p.Role, a, kind)
				}
			}
		}
	}
}

// TestMaySuccessor: what was a unit's is its successor's, and nobody else's.
func TestMaySuccessor(t *testing.T) {
	merged := review.Subject{Unit: catalog.Unit{ID: "340223199", Parent: nanling, Successor: jishan}, Sector: aid}
	for _, tt := range []struct {
		p    review.Person
		want bool
	}{{clerk, true}, {otherClerk, false}, {county, true}, {otherCount, false}, {review.Person{Role: review.Clerk}, false}} {
		if err := review.May(tt.p, review.ActSubmit, merged); (err == nil) != tt.want {
			t.Errorf("%s: %v, want it allowed: %v", tt.p.ID, err, tt.want)
		}
	}
}

// calls are the office's methods by action, on a case of a unit and sector or, of
// actions that are about no case, on the unit.
func calls(c *city, p review.Person, at review.Ref) map[review.Action][]func() error {
	id := review.AssessmentID{Form: "f", Unit: at.Unit, Quarter: "2026Q3"}
	one := func(fn func() error) []func() error { return []func() error{fn} }
	return map[review.Action][]func() error{
		review.ActRead: {
			func() error { _, err := c.Look(ctx, p, at.CaseID); return err },
			func() error { _, err := c.Catalog(ctx, p, "x", at.CaseID); return err },
		},
		review.ActSubmit: one(func() error {
			_, err := c.Submit(ctx, p, c.submission(catalogOf(at.Unit, at.Sector), ""))
			return err
		}),
		review.ActWithdraw: {
			func() error { return c.Withdraw(ctx, p, at, "") },
			func() error { _, err := c.WithdrawBundle(ctx, p, "w", at); return err },
		},
		review.ActComment: {
			func() error { _, err := c.Comment(ctx, p, at, review.Target{}, "改"); return err },
			func() error { return c.Uncomment(ctx, p, at, "c1") },
		},
		review.ActReturn:   one(func() error { return c.Return(ctx, p, at, "") }),
		review.ActPass:     one(func() error { return c.Pass(ctx, p, at, "") }),
		review.ActStepBack: one(func() error { return c.StepBack(ctx, p, at, "县里再看") }),
		review.ActClose:    one(func() error { return c.Close(ctx, p, at, "") }),
		review.ActApprove:  one(func() error { return c.Approve(ctx, p, at, "") }),
		review.ActPublish:  one(func() error { return c.Publish(ctx, p, at, "") }),
		review.ActRecall:   one(func() error { return c.Recall(ctx, p, at, "有误") }),
		review.ActErase:    one(func() error { return c.Erase(ctx, p, at, review.Target{}, true, "个人信息") }),
		review.ActAssess: {
			func() error { _, err := c.Assess(ctx, p, id, 0, nil); return err },
			func() error { _, err := c.NotifyAssessment(ctx, p, id, 0, "", ""); return err },
			func() error { _, err := c.Retest(ctx, p, id, 0, nil, "", ""); return err },
			func() error { _, err := c.Accept(ctx, p, id, 0, ""); return err },
		},
		review.ActRectify: {
			func() error { _, err := c.Rectify(ctx, p, id, 0, nil); return err },
			func() error { _, err := c.RectifyBundle(ctx, p, "r", id, nil); return err },
		},
		review.ActNotify: one(func() error {
			return c.Notify(ctx, p, []catalog.UnitID{at.Unit}, review.Notice{Title: "通知"})
		}),
		review.ActInvite: {
			func() error { _, err := c.Invite(ctx, p, at.Unit, review.Clerk, time.Hour); return err },
			func() error {
				_, err := c.EnrolRequest(ctx, p, review.Device{ID: "n", Key: []byte{1}, Suite: "ed25519", Unit: at.Unit})
				return err
			},
		},
		review.ActRevoke: {
			func() error { return c.Revoke(ctx, p, "device-"+string(at.Unit)) },
			func() error { _, err := c.Devices(ctx, p, at.Unit); return err },
		},
	}
}

// cityCalls are the methods that are about no unit and no sector.
func cityCalls(c *city, p review.Person) map[review.Action][]func() error {
	return map[review.Action][]func() error{
		review.ActRelease: {func() error { _, err := c.Release(ctx, p, "calendar", "2027", []byte("{}")); return err }},
		review.ActUnits: {
			func() error { return c.PutUnits(ctx, p, []catalog.Unit{units[0]}) },
			func() error { return c.SetResponsible(ctx, p, tax, "") },
		},
		review.ActNotify: {func() error { return c.Notify(ctx, p, nil, review.Notice{Title: "通知"}) }},
		review.ActAssess: {func() error { return c.PutForm(ctx, p, form) }},
		review.ActReadLog: {
			func() error { _, err := c.Log(ctx, p, 0, 0); return err },
			func() error { _, err := c.VerifyLog(ctx, p); return err },
		},
		review.ActSettings: {func() error { return c.SetPolicy(ctx, p, review.Policy{CountyDays: 3}) }},
	}
}

// TestOfficeAsksTheTable calls every method for every role and every subject. It
// is denied exactly where the table denies it, and then changes nothing.
func TestOfficeAsksTheTable(t *testing.T) {
	_, cells := table(t)
	c := newCity(t)
	at := map[byte]review.Ref{}
	for kind, s := range subjects {
		if kind == '*' {
			continue
		}
		at[kind] = c.accepted(person("", review.Clerk, s.Unit.ID), catalogOf(s.Unit.ID, s.Sector), "")
		_, err := c.EnrolRequest(ctx, admin, review.Device{ID: "device-" + string(s.Unit.ID), Key: []byte{1}, Suite: "ed25519", Unit: s.Unit.ID})
		c.must(err)
	}
	full := c.store
	check := func(role review.Role, a review.Action, kind byte, call func(c *city, p review.Person) error) {
		c.store = full.Copy()
		c.open(review.Rules{})
		before := c.store.Copy()
		err := call(c, people[role])
		var denied *review.DeniedError
		isDenied := errors.As(err, &denied)
		if want := strings.IndexByte(cells[role][a], kind) < 0; isDenied != want {
			t.Errorf("%s, %s, subject %c: %v, want it denied: %v", role, a, kind, err, want)
		}
		if isDenied && !c.store.Equal(before) {
			t.Errorf("%s, %s, subject %c: denied, but the store changed", role, a, kind)
		}
	}
	for role := range people {
		for kind, at := range at {
			for a, methods := range calls(c, people[role], at) {
				for i := range methods {
					// An assessment is of a unit, whatever the sector, and so is a device.
					if kind == 's' && role == review.DepartmentReviewer {
						continue
					}
					check(role, a, kind, func(c *city, p review.Person) error { return calls(c, p, at)[a][i]() })
				}
			}
		}
		for a, methods := range cityCalls(c, people[role]) {
			for i := range methods {
				check(role, a, '*', func(c *city, p review.Person) error { return cityCalls(c, p)[a][i]() })
			}
		}
	}
	for kind, at := range at { // and the sector that is not the department's
		if kind != 's' {
			continue
		}
		for _, a := range []review.Action{review.ActRead, review.ActComment, review.ActReturn, review.ActPass, review.ActStepBack} {
			for i := range calls(c, department, at)[a] {
				check(review.DepartmentReviewer, a, 's', func(c *city, p review.Person) error { return calls(c, p, at)[a][i]() })
			}
		}
	}
	// Lists show what one may see, and are denied to those who see nothing.
	c.store = full.Copy()
	c.open(review.Rules{})
	for _, tt := range []struct {
		p            review.Person
		units, queue int // -1: denied
	}{{clerk, 1, 0}, {county, 2, 2}, {otherCount, 1, 2}, {department, 3, 0}, {office, 3, 0}, {auditor, -1, -1}, {admin, -1, -1}} {
		g, err := c.Progress(ctx, tt.p, "")
		n := len(g.Units)
		if err != nil {
			c.wantsDenied(string(tt.p.ID)+" progress", err)
			n = -1
		}
		q, err := c.Queue(ctx, tt.p, review.QueueFilter{})
		m := len(q)
		if err != nil {
			c.wantsDenied(string(tt.p.ID)+" queue", err)
			m = -1
		}
		if n != tt.units || m != tt.queue {
			t.Errorf("%s sees %d units and %d cases waiting, want %d and %d", tt.p.ID, n, m, tt.units, tt.queue)
		}
	}
}
