package headless

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/sync/client"
	"mulutong/sync/review"
)

// signCommand records the leader's approval and the secrecy review, without which
// nothing is submitted.
func (a *app) signCommand() *cobra.Command {
	var (
		dir                          *string
		names                        *[]string
		leader, secrecy, on, opinion string
	)
	cmd := a.command("sign", helpSign, 0, 0, func(cmd *cobra.Command, _ []string) error {
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		switch {
		case leader == "":
			return &usageError{what: missingFlag, value: "--leader"}
		case secrecy == "":
			return &usageError{what: missingFlag, value: "--secrecy"}
		}
		day := catalog.DateOf(a.Now())
		if on != "" {
			day = catalog.Date(on)
		}
		if _, err := day.Time(); err != nil || len(day) != len("2006-01-02") {
			return &usageError{what: badTime, value: on}
		}
		ctx := cmd.Context()
		return a.withDesk(*dir, false, func(d *work.Desk) error {
			var seen []work.SignedOff
			lines, err := d.Board(ctx, nil)
			if err != nil {
				return err
			}
			for _, l := range lines {
				if wantsSector(chosen, l.Head.Sector) {
					seen = append(seen, work.SignedOff{Sector: l.Head.Sector, Revision: l.Head.Revision})
				}
			}
			if len(seen) < max(1, len(chosen)) {
				return &usageError{what: sectorNotHeld, value: strings.Join(*names, "、")}
			}
			by := func(who string) catalog.Approval { return catalog.Approval{By: who, At: day, Opinion: opinion} }
			if err := d.Sign(ctx, seen, by(leader), by(secrecy)); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"signed": len(seen)})
			}
			a.print(signDone, len(seen))
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&leader, "leader", "", helpLeader.In(a.lang))
	cmd.Flags().StringVar(&secrecy, "secrecy", "", helpSecrecy.In(a.lang))
	cmd.Flags().StringVar(&on, "date", "", helpSignDate.In(a.lang))
	cmd.Flags().StringVar(&opinion, "opinion", "同意", helpOpinion.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// wantsSector reports whether a sector is chosen; none chosen means all.
func wantsSector(chosen []catalog.SectorInfo, s catalog.Sector) bool {
	for _, c := range chosen {
		if c.Slug == s {
			return true
		}
	}
	return len(chosen) == 0
}

// pairs reads NAME=TEXT flags.
func pairs(flags []string, wrong words.Text) ([][2]string, error) {
	var out [][2]string
	for _, f := range flags {
		name, text, ok := strings.Cut(f, "=")
		if !ok || name == "" || strings.TrimSpace(text) == "" {
			return nil, &usageError{what: wrong, value: f}
		}
		out = append(out, [2]string{name, text})
	}
	return out, nil
}

// submitted is what became of one sector.
type submitted struct {
	Sector   catalog.Sector      `json:"sector"`
	Bundle   review.SubmissionID `json:"bundle,omitempty"`
	Problems []string            `json:"problems,omitempty"`
}

func (a *app) submitCommand() *cobra.Command {
	var (
		dir      *string
		names    *[]string
		answers  []string
		withdraw bool
	)
	cmd := a.command("submit", helpSubmit, 0, 0, func(cmd *cobra.Command, _ []string) error {
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		said, err := pairs(answers, badAnswer)
		if err != nil {
			return err
		}
		if (len(said) > 0 || withdraw) && len(chosen) != 1 {
			return &usageError{what: missingFlag, value: "--sector"}
		}
		return a.withClerk(cmd.Context(), *dir, false, func(c *clerk) error {
			if withdraw {
				return a.withdraw(cmd.Context(), c, chosen[0])
			}
			var rs []review.Answer
			for _, p := range said {
				rs = append(rs, review.Answer{Comment: p[0], Text: p[1]})
			}
			return a.submit(cmd.Context(), c, chosen, rs)
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringArrayVar(&answers, "answer", nil, helpAnswer.In(a.lang))
	cmd.Flags().BoolVar(&withdraw, "withdraw", false, helpSubmitWithdraw.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) withdraw(ctx context.Context, c *clerk, s catalog.SectorInfo) error {
	id, err := c.Withdraw(ctx, s.Slug, a.User)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(map[string]any{"withdrawal": id})
	}
	a.print(withdrawQueued, s.Called())
	return nil
}

// submit puts catalogs into the outbox: those chosen, or all that are signed off and
// not submitted as they are.
func (a *app) submit(ctx context.Context, c *clerk, chosen []catalog.SectorInfo, answers []review.Answer) error {
	if _, err := c.Certificate(); err != nil {
		return err
	}
	cs, err := a.catalogs(ctx, c.store)
	if err != nil {
		return err
	}
	if cs, err = pick(cs, chosen); err != nil {
		return err
	}
	results := []submitted{}
	p := a.progress(doingSubmit, len(cs))
	defer p.end()
	for i := range cs {
		cat := &cs[i]
		p.step()
		if len(chosen) == 0 && !cat.Signed() {
			continue
		}
		id, err := c.Submit(ctx, cat.Sector, a.User, answers)
		if errors.Is(err, client.ErrUnchanged) && len(chosen) == 0 {
			continue
		}
		r := submitted{Sector: cat.Sector, Bundle: id}
		if err != nil {
			if r.Problems, err = a.problems(ctx, c, cat, err); err != nil {
				return err
			}
			a.code = exitFindings
		}
		results = append(results, r)
	}
	p.end()
	if a.json {
		return a.writeJSON(map[string]any{"submitted": results})
	}
	queued := 0
	for _, r := range results {
		if len(r.Problems) == 0 {
			queued++
			a.print(submitQueued, a.sectorName(string(r.Sector)))
			continue
		}
		a.print(submitStopped, a.sectorName(string(r.Sector)))
		for _, line := range r.Problems {
			a.print(submitProblem, line)
		}
	}
	switch {
	case len(results) == 0:
		a.print(submitNothing)
	case queued > 0:
		a.print(submitNext)
	}
	return nil
}

// problems says what stands against submitting a catalog, all of it. What is none of
// that is returned.
func (a *app) problems(ctx context.Context, c *clerk, cat *catalog.Catalog, err error) ([]string, error) {
	var (
		out     []string
		blocked *client.BlockedError
		locked  *review.LockedError
		silent  *review.UnansweredError
		clash   *client.ClashError
		state   *review.StateError
	)
	target := func(t review.Target) string { return words.Target(t, cat, a.missing(cat), a.lang) }
	if errors.Is(err, review.ErrUnsigned) {
		out = append(out, problemUnsigned.In(a.lang))
	}
	if errors.As(err, &blocked) {
		out = append(out, problemFindings.In(a.lang, len(blocked.Findings)))
	}
	if errors.As(err, &clash) {
		out = append(out, problemClashes.In(a.lang, len(clash.Clashes)))
	}
	if errors.As(err, &locked) {
		for _, t := range locked.Targets {
			out = append(out, problemLocked.In(a.lang, target(t)))
		}
	}
	if errors.As(err, &silent) {
		st, err := c.Of(ctx, cat.Sector)
		if err != nil {
			return nil, err
		}
		for _, id := range silent.Comments {
			line := id
			if st.Decision != nil {
				for _, m := range st.Decision.Comments {
					if m.ID == id {
						line = fmt.Sprintf("%s  %s  %s", id, target(m.Target), m.Text)
					}
				}
			}
			out = append(out, problemUnanswered.In(a.lang, line))
		}
	}
	if errors.As(err, &state) {
		out = append(out, problemState.In(a.lang, words.CaseState(state.State).In(a.lang)))
	}
	for _, known := range clientFailures {
		if errors.Is(err, known.of) && (known.of == client.ErrUnchanged || known.of == client.ErrBehind) {
			out = append(out, words.Explain(known.words, a.lang))
		}
	}
	if len(out) == 0 {
		return nil, err
	}
	return out, nil
}

// rectifyCommand answers an assessment from the machine itself.
func (a *app) rectifyCommand() *cobra.Command {
	var (
		dir     *string
		answers []string
	)
	cmd := a.command("rectify FORM QUARTER", helpRectify, 2, 2, func(cmd *cobra.Command, args []string) error {
		said, err := pairs(answers, badLossAnswer)
		if err != nil {
			return err
		}
		if len(said) == 0 {
			return &usageError{what: missingFlag, value: "--answer"}
		}
		quarter, err := quarterOf(args[1])
		if err != nil {
			return err
		}
		return a.withClerk(cmd.Context(), *dir, false, func(c *clerk) error {
			var rs []review.LossAnswer
			for _, p := range said {
				rs = append(rs, review.LossAnswer{Loss: p[0], Text: p[1]})
			}
			id := review.AssessmentID{Form: args[0], Unit: c.store.Unit().ID, Quarter: quarter}
			h, err := c.Rectify(cmd.Context(), id, a.User, rs)
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"rectification": h})
			}
			a.print(rectifyQueued, quarter)
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	cmd.Flags().StringArrayVar(&answers, "answer", nil, helpLossAnswer.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}
