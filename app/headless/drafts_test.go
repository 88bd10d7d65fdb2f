package headless

import (
	"fmt"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/templates"
)

// A clerk who starts from a template and changes nothing has nothing to mend: what
// the checks find there would be wrong in the template or in the checks.
func TestDraftsOfEveryTemplateHaveNothingToMend(t *testing.T) {
	a := &app{World: World{Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }}}
	for _, code := range []string{"340223", "340223100", "340202", "340202012", "330106", "330106002"} {
		unit, err := unitOf(code)
		if err != nil {
			t.Fatalf("unitOf(%s): %v", code, err)
		}
		t.Run(unit.Name, func(t *testing.T) {
			for _, s := range templates.Embedded().Sectors() {
				tmpl, ok := templates.Embedded().Template(s.Slug)
				if !ok {
					continue
				}
				n := 0
				c := tmpl.Draft(unit, func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprint("e", n)) })
				for _, f := range a.checker(&c, false).Catalog(&c) {
					if f.Severity != check.Info {
						e, _ := c.Entry(f.Entry)
						t.Errorf("%s, %s: %s at %s: %s", s.Slug, e.Template, f.Rule, f.Field, f.Message)
					}
				}
			}
		})
	}
}
