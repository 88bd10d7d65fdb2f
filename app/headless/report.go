package headless

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/sheet"
	"mulutong/sync/review"
)

func (a *app) reportCommand() *cobra.Command {
	return a.group("report", helpReport, a.progressCommand(), a.lateCommand(), a.scoresCommand())
}

func (s *session) progress(ctx context.Context) (review.Progress, error) {
	var p review.Progress
	return p, s.do(ctx, call{route: "progress", out: &p})
}

// report prints a table, or writes it to a file, with lines below it.
func (a *app) report(tb *table, below []string, out string) error {
	if out == "" {
		if err := tb.write(a.Stdout); err != nil {
			return err
		}
		for _, line := range below {
			fmt.Fprintln(a.Stdout, line)
		}
		return nil
	}
	rows := append([][]string{tb.head}, tb.rows...)
	for _, line := range below {
		rows = append(rows, []string{line})
	}
	var write func(io.Writer) error
	switch kind, _ := work.FormatOf(out); kind {
	case work.XLSX:
		write = func(w io.Writer) error { return sheet.WriteTable(w, rows) }
	case work.CSV:
		write = func(w io.Writer) error {
			if _, err := io.WriteString(w, "\ufeff"); err != nil { // by which Excel knows UTF-8
				return err
			}
			return csv.NewWriter(w).WriteAll(rows)
		}
	default:
		return &usageError{what: badReportFile, value: out}
	}
	if err := atomicfile.WriteFile(out, write); err != nil {
		return words.About(out, err)
	}
	a.print(reportDone, out, len(tb.rows))
	return nil
}

// reportFlags are those of every table.
func (a *app) reportFlags(cmd *cobra.Command) *string {
	out := cmd.Flags().String("out", "", helpReportOut.In(a.lang))
	a.jsonFlag(cmd)
	return out
}

func (a *app) progressCommand() *cobra.Command {
	var out *string
	cmd := a.signedOn("progress", helpProgress, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		p, err := s.progress(ctx)
		if err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(p)
		}
		tb := &table{head: fields(tableProgress, a.lang)}
		expected := a.townshipSectors()
		for _, u := range p.Units {
			n := map[review.State]int{}
			for _, c := range u.Cases {
				n[c.State]++
			}
			missing := "—"
			if u.Unit.Kind == catalog.TownshipUnit {
				missing = strconv.Itoa(expected - a.countNational(u.Cases))
			}
			row := []string{u.Unit.Name, strconv.Itoa(len(u.Cases)), missing}
			for _, s := range []review.State{review.InCounty, review.InJoint, review.Returned, review.Approved, review.Published} {
				row = append(row, strconv.Itoa(n[s]))
			}
			tb.add(append(row, strconv.Itoa(n[review.Withdrawn]+n[review.Recalled]), strconv.Itoa(u.Late))...)
		}
		below := []string{""}
		if p.Due != "" {
			below = append(below, nextDue.In(a.lang, words.Date(p.Due, a.lang)))
		}
		return a.report(tb, append(below, progressHead.In(a.lang, words.Date(p.Today, a.lang), p.Head.Seq, p.Head.Hash)), *out)
	})
	out = a.reportFlags(cmd)
	return cmd
}

// townshipSectors is how many sectors a township has a template for; what is not in
// the national list it may leave out.
func (a *app) townshipSectors() int {
	n := 0
	for _, s := range a.set().Sectors() {
		if t, ok := a.set().Template(s.Slug); ok && !s.Optional && len(t.At(catalog.Township)) > 0 {
			n++
		}
	}
	return n
}

func (a *app) countNational(cs []review.CaseProgress) int {
	n := 0
	for _, c := range cs {
		if s, ok := a.set().Sector(string(c.ID.Sector)); ok && !s.Optional && c.State != review.Withdrawn {
			n++
		}
	}
	return n
}

func (a *app) lateCommand() *cobra.Command {
	var out *string
	cmd := a.signedOn("late", helpReportLate, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		p, err := s.progress(ctx)
		if err != nil {
			return err
		}
		late := []review.CaseProgress{}
		for _, u := range p.Units {
			late = append(late, slices.DeleteFunc(slices.Clone(u.Cases), func(c review.CaseProgress) bool { return !c.Late })...)
		}
		slices.SortStableFunc(late, func(a, b review.CaseProgress) int { return strings.Compare(string(a.Due), string(b.Due)) })
		if a.json {
			return a.writeJSON(map[string]any{"today": p.Today, "late": late, "head": p.Head})
		}
		if len(late) == 0 && *out == "" {
			a.print(lateNone)
			return nil
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		tb := &table{head: fields(tableLate, a.lang)}
		for _, c := range late {
			waits := names.list(c.Waiting)
			if c.State == review.Returned {
				waits = names.of(c.ID.Unit)
			}
			tb.add(names.of(c.ID.Unit), a.sectorName(string(c.ID.Sector)), words.CaseState(c.State).In(a.lang), string(c.Due), waits)
		}
		return a.report(tb, []string{"", progressHead.In(a.lang, words.Date(p.Today, a.lang), p.Head.Seq, p.Head.Hash)}, *out)
	})
	out = a.reportFlags(cmd)
	return cmd
}

func (a *app) scoresCommand() *cobra.Command {
	var (
		out           *string
		quarter, unit string
	)
	cmd := a.signedOn("assessment", helpScores, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		return a.assessmentTable(ctx, s, quarter, unit, *out)
	})
	out = a.reportFlags(cmd)
	cmd.Flags().StringVar(&quarter, "quarter", "", helpQuarter.In(a.lang))
	cmd.Flags().StringVar(&unit, "unit", "", helpQueueUnit.In(a.lang))
	return cmd
}

// assessmentTable prints assessments with their scores; of one unit, its losses too.
func (a *app) assessmentTable(ctx context.Context, s *session, quarter, unit, out string) error {
	var u catalog.Unit
	var err error
	if quarter != "" {
		if quarter, err = quarterOf(quarter); err != nil {
			return err
		}
	}
	if unit != "" {
		if u, err = s.unit(ctx, unit); err != nil {
			return err
		}
	}
	as, err := s.assessments(ctx, quarter, u.ID)
	if err != nil {
		return err
	}
	forms, err := s.forms(ctx)
	if err != nil {
		return err
	}
	byID := map[string]review.Form{}
	for _, f := range forms {
		byID[f.ID] = f
	}
	type scored struct {
		review.Assessment
		Score review.Totals `json:"score"`
	}
	all := make([]scored, len(as))
	for i := range as {
		f := byID[as[i].ID.Form]
		all[i] = scored{as[i], review.Score(&f, &as[i])}
	}
	if a.json {
		return a.writeJSON(map[string]any{"assessments": all})
	}
	names, err := s.unitNames(ctx)
	if err != nil {
		return err
	}
	tb := &table{head: fields(tableScores, a.lang)}
	for _, x := range all {
		form := byID[x.ID.Form].Title
		if form == "" {
			form = x.ID.Form
		}
		tb.add(names.of(x.ID.Unit), x.ID.Quarter, form, words.Assessed(x.State).In(a.lang), fmt.Sprintf("%.2f", x.Score.Score), strconv.Itoa(len(x.Losses)), string(x.Due))
	}
	var below []string
	if u.ID != "" {
		for _, x := range all {
			below = append(below, a.losses(&x.Assessment)...)
		}
	}
	return a.report(tb, below, out)
}

// losses are the lines of what an assessment took off, and what came of it.
func (a *app) losses(as *review.Assessment) []string {
	var lines []string
	for _, l := range as.Losses {
		lines = append(lines, lossLine.In(a.lang, l.ID, l.Indicator, l.Points, l.Reason))
		if l.Rectified != "" {
			lines = append(lines, lossRectified.In(a.lang, l.Rectified))
		}
		if l.Retest != "" || l.Mended {
			found := notMendedWord
			if l.Mended {
				found = mendedWord
			}
			lines = append(lines, lossRetest.In(a.lang, strings.TrimSpace(found.In(a.lang)+" "+l.Retest)))
		}
	}
	return lines
}
