package headless

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/sync/review"
)

func (a *app) showCommand() *cobra.Command {
	var brief bool
	cmd := a.onCase("show UNIT SECTOR", helpShow, 0, func(ctx context.Context, s *session, c subject, _ []string) error {
		v, err := s.view(ctx, c.CaseID)
		if err != nil {
			return about(c.name(), err)
		}
		if a.json {
			return a.writeJSON(v)
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		a.showCase(c, &v, names)
		a.showDiff(sinceLooked, v.Since, &v.Catalog)
		if v.Since == nil {
			a.showDiff(sinceBase, v.SinceBase, &v.Catalog)
		}
		a.showComments(&v)
		a.showEntries(&v, brief)
		return nil
	})
	cmd.Flags().BoolVar(&brief, "brief", false, helpShowBrief.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// showCase prints where a case stands, and who may do what.
func (a *app) showCase(c subject, v *review.View, names unitNames) {
	last := v.Case.Last()
	a.print(showHead, c.unit.Name, c.sector.Called(), words.CaseState(v.Case.State).In(a.lang), last.Number, last.At.Local().Format("2006-01-02 15:04"))
	by := personName(last.By)
	if !last.By.Verified {
		by = unverified.In(a.lang, by)
	}
	if last.OnBehalf {
		a.print(showBehalf, by)
	} else {
		a.print(showBy, by)
	}
	if n := len(v.Case.Rounds); n > 0 && v.Case.Rounds[n-1].Outcome == "" {
		r := v.Case.Rounds[n-1]
		var sides []string
		for _, s := range r.Sides {
			sides = append(sides, names.of(s.Unit)+" "+words.Verdict(s.Verdict).In(a.lang))
		}
		due := string(r.Due)
		if v.Late {
			due += lateMark.In(a.lang)
		}
		a.print(showRound, words.Stage(r.Stage).In(a.lang), due, strings.Join(sides, listMark.In(a.lang)))
	}
	if len(v.May) > 0 {
		var acts []string
		for _, act := range v.May {
			acts = append(acts, words.Action(act).In(a.lang))
		}
		a.print(showMay, strings.Join(acts, listMark.In(a.lang)))
	}
}

// showDiff prints what a version changes.
func (a *app) showDiff(title words.Text, d *catalog.CatalogDiff, c *catalog.Catalog) {
	if d == nil {
		return
	}
	a.print(showChanged, title.In(a.lang))
	if d.IsZero() {
		a.print(noChanges)
	}
	for i := range d.Added {
		a.print(changeAdded, pathLine(d.Added[i].Path))
	}
	for i := range d.Removed {
		a.print(changeGone, pathLine(d.Removed[i].Path))
	}
	for _, e := range d.Changed {
		a.print(changeEntry, words.Target(review.Target{Entry: e.ID}, c, nil, a.lang))
		for _, f := range e.Fields {
			a.print(changeField, words.Field(f.Field).In(a.lang), short(f.Before, 60), short(f.After, 60))
		}
	}
	if len(d.Moved) > 0 {
		a.print(changeMoved, len(d.Moved))
	}
	for _, o := range d.Others {
		a.print(changeOther, words.CatalogPart(o.Target).In(a.lang))
	}
}

func (a *app) showComments(v *review.View) {
	if len(v.Case.Comments) == 0 {
		return
	}
	a.print(showComments)
	for _, m := range v.Case.Comments {
		mark := ""
		if !m.Sent {
			mark = commentDraft.In(a.lang)
		}
		a.print(commentLine, m.ID, personName(m.By), words.Target(m.Target, &v.Catalog, a.missing(&v.Catalog), a.lang), mark, indent(m.Text, "      "))
		if m.Changed {
			a.print(commentDid)
		}
		if m.Answer != "" {
			a.print(commentAns, indent(m.Answer, "      "))
		}
	}
}

// showEntries prints the reasons against findings, which a reviewer sees first, the
// service's findings and the entries.
func (a *app) showEntries(v *review.View, brief bool) {
	c := &v.Catalog
	if len(c.Reasons) > 0 {
		a.print(showReasons)
		for _, r := range c.Reasons {
			at := review.Target{Entry: r.Entry, Field: r.Field}
			a.print(reasonLine, words.Target(at, c, nil, a.lang)+" "+words.Rule(r.Rule).In(a.lang), r.Reason)
		}
	}
	if fs := v.Case.Last().Findings; len(fs) > 0 {
		a.print(showFindings)
		for _, f := range fs {
			a.print(findingLine, words.Severity(check.Severity(f.Severity)).In(a.lang), words.Target(review.Target{Entry: f.Entry, Field: f.Field}, c, nil, a.lang), f.Message)
		}
	}
	if c.NotApplicable != nil {
		a.print(showUnused, c.NotApplicable.Reason)
		return
	}
	if brief {
		return
	}
	a.print(showEntries)
	for i := range c.Entries {
		e := &c.Entries[i]
		a.print(entryLine, i+1, pathLine(e.Path))
		for _, f := range catalog.Fields {
			if f != catalog.FieldPath {
				a.printField(words.Field(f).In(a.lang), e.Text(f))
			}
		}
	}
}
