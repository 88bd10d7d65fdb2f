package headless

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func (a *app) assessCommand() *cobra.Command {
	return a.group(
		"assess", helpAssess,
		a.assessmentsCommand(), a.formsCommand(), a.scoreCommand(),
		a.assessActCommand("notify", "notify-assessment", helpAssessNotify),
		a.assessActCommand("rectify", "rectify", helpAssessRectify),
		a.assessActCommand("retest", "retest", helpAssessRetest),
		a.assessActCommand("accept", "accept", helpAssessAccept),
	)
}

// assessments asks for the assessments of a quarter and a unit.
func (s *session) assessments(ctx context.Context, quarter string, unit catalog.UnitID) ([]review.Assessment, error) {
	query := url.Values{}
	if quarter != "" {
		query.Set("quarter", quarter)
	}
	if unit != "" {
		query.Set("unit", string(unit))
	}
	as := []review.Assessment{}
	return as, s.do(ctx, call{route: "assessments", query: query, out: &as})
}

func (s *session) forms(ctx context.Context) ([]review.Form, error) {
	fs := []review.Form{}
	return fs, s.do(ctx, call{route: "forms", out: &fs})
}

func (a *app) assessmentsCommand() *cobra.Command {
	var quarter, unit string
	cmd := a.signedOn("list", helpAssessments, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		return a.assessmentTable(ctx, s, quarter, unit, "")
	})
	cmd.Flags().StringVar(&quarter, "quarter", "", helpQuarter.In(a.lang))
	cmd.Flags().StringVar(&unit, "unit", "", helpQueueUnit.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) formsCommand() *cobra.Command {
	var from string
	cmd := a.signedOn("forms", helpForms, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		if from != "" {
			var f review.Form
			if err := jsonFile(from, &f); err != nil {
				return err
			}
			if err := s.do(ctx, call{route: "put-form", in: f}); err != nil {
				return about(from, err)
			}
			a.say(formDone, f.Title, len(f.Indicators))
		}
		fs, err := s.forms(ctx)
		if err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"forms": fs})
		}
		for _, f := range fs {
			a.print(formLine, f.ID, f.Title, len(f.Indicators))
			for _, i := range f.Indicators {
				a.print(indicatorLine, i.ID, pathLine(i.Path), i.Group, i.Points)
			}
		}
		return nil
	})
	cmd.Flags().StringVar(&from, "from", "", helpFormFrom.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// assessment reads the arguments FORM, UNIT and QUARTER, and asks for the assessment
// of that name; a new one where there is none.
func (s *session) assessment(ctx context.Context, args []string) (review.Assessment, catalog.Unit, error) {
	quarter, err := quarterOf(args[2])
	if err != nil {
		return review.Assessment{}, catalog.Unit{}, err
	}
	u, err := s.unit(ctx, args[1])
	if err != nil {
		return review.Assessment{}, u, err
	}
	id := review.AssessmentID{Form: args[0], Unit: u.ID, Quarter: quarter}
	as, err := s.assessments(ctx, quarter, u.ID)
	for _, as := range as {
		if as.ID == id {
			return as, u, nil
		}
	}
	return review.Assessment{ID: id}, u, err
}

func assessmentPath(id review.AssessmentID) []string {
	return []string{id.Form, string(id.Unit), id.Quarter}
}

func (a *app) scoreCommand() *cobra.Command {
	var (
		losses []string
		from   string
	)
	cmd := a.signedOn("score FORM UNIT QUARTER", helpScore, 3, 3, func(ctx context.Context, s *session, args []string) error {
		as, u, err := s.assessment(ctx, args)
		if err != nil {
			return err
		}
		in := wire.Score{Version: as.Version, Losses: []review.Loss{}}
		if from != "" {
			var file struct{ Losses []review.Loss }
			if err := jsonFile(from, &file); err != nil {
				return err
			}
			in.Losses = append(in.Losses, file.Losses...)
		}
		for _, l := range losses {
			indicator, points, reason, ok := cut3(l)
			n, err := strconv.ParseFloat(points, 64)
			if !ok || err != nil || n <= 0 {
				return &usageError{what: badLoss, value: l}
			}
			in.Losses = append(in.Losses, review.Loss{Indicator: indicator, Points: n, Reason: reason})
		}
		for i := range in.Losses {
			if in.Losses[i].ID == "" {
				in.Losses[i].ID = fmt.Sprint(i + 1)
			}
		}
		if err := s.do(ctx, call{route: "score", path: assessmentPath(as.ID), in: in}); err != nil {
			return about(u.Name, err)
		}
		return a.assessed(as.ID, u, review.Scoring)
	})
	cmd.Flags().StringArrayVar(&losses, "loss", nil, helpLoss.In(a.lang))
	cmd.Flags().StringVar(&from, "from", "", helpLossesFrom.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) assessed(id review.AssessmentID, u catalog.Unit, now review.AssessmentState) error {
	if a.json {
		return a.writeJSON(map[string]any{"assessment": id, "state": now})
	}
	a.print(assessDone, u.Name, id.Quarter, words.Assessed(now).In(a.lang))
	return nil
}

// after is where an assessment stands after a step.
var afterStep = map[string]review.AssessmentState{
	"notify": review.Notified, "rectify": review.Rectified, "retest": review.Retested, "accept": review.AcceptedAt,
}

// assessActCommand makes a command that takes an assessment a step further.
func (a *app) assessActCommand(name, route string, help words.Text) *cobra.Command {
	var (
		note, due              string
		answers, mended, still []string
	)
	cmd := a.signedOn(name+" FORM UNIT QUARTER", help, 3, 3, func(ctx context.Context, s *session, args []string) error {
		as, u, err := s.assessment(ctx, args)
		if err != nil {
			return err
		}
		if as.Version == 0 {
			return about(pathLine(args), errNoAssessment)
		}
		in := wire.AssessmentAct{Version: as.Version, Note: note, Due: catalog.Date(due)}
		if _, err := in.Due.Time(); due != "" && err != nil {
			return &usageError{what: badTime, value: due}
		}
		for _, p := range answers {
			loss, text, ok := strings.Cut(p, "=")
			if !ok || strings.TrimSpace(text) == "" {
				return &usageError{what: badLossAnswer, value: p}
			}
			in.Answers = append(in.Answers, review.LossAnswer{Loss: loss, Text: text})
		}
		retests, err1 := retestsOf(mended, true)
		more, err2 := retestsOf(still, false)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		in.Retests = append(retests, more...)
		if err := s.do(ctx, call{route: route, path: assessmentPath(as.ID), in: in}); err != nil {
			return about(u.Name, err)
		}
		return a.assessed(as.ID, u, afterStep[name])
	})
	cmd.Flags().StringVar(&note, "note", "", helpNote.In(a.lang))
	switch name {
	case "notify":
		cmd.Flags().StringVar(&due, "due", "", helpNoticeDue.In(a.lang))
	case "rectify":
		cmd.Flags().StringArrayVar(&answers, "answer", nil, helpLossAnswer.In(a.lang))
	case "retest":
		cmd.Flags().StringArrayVar(&mended, "mended", nil, helpMended.In(a.lang))
		cmd.Flags().StringArrayVar(&still, "not-mended", nil, helpNotMended.In(a.lang))
	}
	a.jsonFlag(cmd)
	return cmd
}

var errNoAssessment = words.NewFailure("没有这份测评：%s。先用 mulu review assess score 登记。", "There is no assessment %s. Record it first with mulu review assess score.")

// retestsOf reads LOSS or LOSS=TEXT.
func retestsOf(pairs []string, mended bool) ([]review.LossRetest, error) {
	var out []review.LossRetest
	for _, p := range pairs {
		loss, text, _ := strings.Cut(p, "=")
		if loss == "" {
			return nil, &usageError{what: badLossAnswer, value: p}
		}
		out = append(out, review.LossRetest{Loss: loss, Text: text, Mended: mended})
	}
	return out, nil
}
