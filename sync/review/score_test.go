package review_test

import (
	"errors"
	"math"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

var form = review.Form{ID: "f", Title: "评分表", Indicators: []review.Indicator{
	{ID: "i1", Group: "基本信息", Points: 10},
	{ID: "i2", Group: "基本信息", Points: 30},
	{ID: "i3", Group: "重点领域", Points: 20, Sector: aid},
}}

func loss(id, indicator string, points float64) review.Loss {
	return review.Loss{ID: id, Indicator: indicator, Points: points, Reason: "未设置栏目"}
}

func TestScore(t *testing.T) {
	a := review.Assessment{Losses: []review.Loss{loss("1", "i1", 2.5), loss("2", "i3", 5), loss("3", "i3", 1)}}
	a.Losses[1].Mended = true
	got := review.Score(&form, &a)
	want := []review.Points{{Group: "基本信息", Points: 40, Got: 37.5, Now: 37.5}, {Group: "重点领域", Points: 20, Got: 14, Now: 19}}
	for i, g := range got.Groups {
		if g != want[i] {
			t.Errorf("group %+v, want %+v", g, want[i])
		}
	}
	if got.Points != 60 || got.Got != 51.5 || math.Abs(got.Score-51.5/60*100) > 1e-9 || math.Abs(got.ScoreNow-56.5/60*100) > 1e-9 {
		t.Errorf("totals %+v", got)
	}
	if full := review.Score(&form, &review.Assessment{}); full.Score != 100 {
		t.Errorf("without a loss %v, want 100", full.Score)
	}
	if none := review.Score(&review.Form{}, &review.Assessment{}); none.Score != 0 {
		t.Errorf("without an indicator %v", none.Score)
	}
}

// assessment steps of every state: which are allowed.
func TestAssessmentSteps(t *testing.T) {
	steps := map[string]func(a *review.Assessment) error{
		"score": func(a *review.Assessment) error {
			return a.Score(office, &form, []review.Loss{loss("1", "i1", 2)}, then)
		},
		"notify": func(a *review.Assessment) error { return a.Notify(office, "", "2026-12-01", then) },
		"rectify": func(a *review.Assessment) error {
			return a.Rectify(clerk, []review.LossAnswer{{Loss: "1", Text: "已改"}}, then)
		},
		"retest": func(a *review.Assessment) error {
			return a.Retest(office, []review.LossRetest{{Loss: "1", Mended: true}}, "", "", then)
		},
		"accept": func(a *review.Assessment) error { return a.Accept(office, "", then) },
	}
	allowed := map[review.AssessmentState]map[string]review.AssessmentState{
		"":                {"score": review.Scoring},
		review.Scoring:    {"score": review.Scoring, "notify": review.Notified},
		review.Notified:   {"rectify": review.Rectified},
		review.Rectified:  {"retest": review.Retested},
		review.Retested:   {"accept": review.AcceptedAt},
		review.AcceptedAt: {},
	}
	for state, to := range allowed {
		for step, do := range steps {
			a := review.Assessment{State: state, Version: 4}
			if state != "" {
				a.Losses = []review.Loss{loss("1", "i1", 2)}
			}
			err := do(&a)
			want, ok := to[step]
			if !ok {
				var wrong *review.StateError
				if !errors.As(err, &wrong) || a.State != state || a.Version != 4 {
					t.Errorf("%s when %q: %v, now %q", step, state, err, a.State)
				}
				continue
			}
			if err != nil || a.State != want || a.Version != 5 || len(a.Log) != 1 {
				t.Errorf("%s when %q: %v, now %q at version %d, want %q", step, state, err, a.State, a.Version, want)
			}
		}
	}
}

func TestAssessmentRefuses(t *testing.T) {
	for _, losses := range [][]review.Loss{
		{loss("", "i1", 1)},
		{loss("1", "i1", 0)},
		{loss("1", "i1", -1)},
		{loss("1", "i1", math.NaN())},
		{loss("1", "i9", 1)},
		{loss("1", "i1", 11)},
		{loss("1", "i1", 6), loss("2", "i1", 6)},
		{loss("1", "i1", 1), loss("1", "i2", 1)},
		{{ID: "1", Indicator: "i1", Points: 1}},
	} {
		var a review.Assessment
		var invalid *review.InvalidError
		if err := a.Score(office, &form, losses, then); !errors.As(err, &invalid) || a.Version != 0 {
			t.Errorf("Score(%+v): %v", losses, err)
		}
	}
	var tenths []review.Loss
	for i := range 100 {
		tenths = append(tenths, loss(string(rune('a'+i)), "i1", 0.1))
	}
	var a review.Assessment
	if err := a.Score(office, &form, tenths, then); err != nil {
		t.Errorf("a hundred tenths of 10: %v", err)
	}
	a = review.Assessment{State: review.Notified, Losses: []review.Loss{loss("1", "i1", 1), loss("2", "i1", 1)}}
	var silent *review.UnansweredError
	if err := a.Rectify(clerk, []review.LossAnswer{{Loss: "1", Text: "已改"}, {Loss: "2", Text: " "}}, then); !errors.As(err, &silent) || len(silent.Comments) != 1 || a.Losses[0].Rectified != "" {
		t.Errorf("Rectify of one of two: %v, %+v", err, a.Losses)
	}
	a.State = review.Rectified
	if err := a.Retest(office, []review.LossRetest{{Loss: "2", Mended: true}}, "", "", then); !errors.As(err, &silent) || a.Losses[1].Mended {
		t.Errorf("Retest of one of two: %v, %+v", err, a.Losses)
	}
}

// TestAssessmentLoop: what the retest finds unmended goes to the unit again; the
// county may act for it; everything is told and in the log.
func TestAssessmentLoop(t *testing.T) {
	c := newCity(t)
	c.must(c.PutForm(ctx, office, form))
	id := review.AssessmentID{Form: "f", Unit: jishan, Quarter: "2026Q3"}
	a, err := c.Assess(ctx, county, id, 0, []review.Loss{loss("1", "i1", 2), loss("2", "i3", 5)})
	c.must(err)
	if as, err := c.Assessments(ctx, clerk, "", ""); err != nil || len(as) != 0 {
		t.Errorf("the unit sees what is being scored: %v, %v", as, err)
	}
	if _, err = c.Assess(ctx, office, id, 0, nil); !errors.Is(err, catalog.ErrConflict) {
		t.Errorf("scored from another version: %v", err)
	}
	c.wants("a form in use", c.PutForm(ctx, office, form), catalog.ErrConflict)
	a, err = c.NotifyAssessment(ctx, county, id, a.Version, "请整改", "")
	c.must(err)
	if a.Due != "2026-12-07" {
		t.Errorf("due %s, want ten working days after 2026-11-23", a.Due)
	}
	bundle := review.Hash("rectification")
	r, err := c.RectifyBundle(ctx, clerk, bundle, id, []review.LossAnswer{{Loss: "1", Text: "已改"}, {Loss: "2", Text: "已改"}})
	c.must(err)
	again, err := c.RectifyBundle(ctx, clerk, bundle, id, nil)
	c.must(err)
	if r.Status != review.Accepted || again.Status != review.Accepted || !again.At.Equal(r.At) {
		t.Errorf("receipts %+v and %+v", r, again)
	}
	a, err = c.Retest(ctx, county, id, a.Version+1, []review.LossRetest{{Loss: "1", Mended: true}, {Loss: "2", Text: "仍未公开"}}, "", "")
	c.must(err)
	if a.State != review.Notified || a.Due == "" {
		t.Errorf("after a retest that found one unmended: %s, due %q", a.State, a.Due)
	}
	a, err = c.Rectify(ctx, county, id, a.Version, []review.LossAnswer{{Loss: "2", Text: "已公开"}})
	c.must(err)
	a, err = c.Retest(ctx, office, id, a.Version, []review.LossRetest{{Loss: "2", Mended: true}}, "", "")
	c.must(err)
	a, err = c.Accept(ctx, office, id, a.Version, "")
	c.must(err)
	if total := review.Score(&form, &a); total.Got != 53 || total.Now != 60 {
		t.Errorf("totals %+v", total)
	}
	page, err := c.Feed(ctx, clerk, "", 0, 0)
	c.must(err)
	told := 0
	for _, it := range page.Items {
		if it.Kind == review.ItemAssessment {
			told++
		}
	}
	if told != 6 || len(a.Log) != 7 {
		t.Errorf("%d items and %d steps, want 6 and 7", told, len(a.Log))
	}
	if _, err := c.Assess(ctx, office, review.AssessmentID{Form: "f", Unit: jishan, Quarter: "2026-3"}, 0, nil); err == nil {
		t.Error("a quarter that is none was taken")
	}
	zero, err := c.Assess(ctx, office, review.AssessmentID{Form: "f", Unit: xuzhen, Quarter: "2026Q3"}, 0, nil)
	c.must(err)
	zero, err = c.NotifyAssessment(ctx, office, zero.ID, zero.Version, "", "")
	c.must(err)
	if _, err = c.Accept(ctx, office, zero.ID, zero.Version, ""); err != nil {
		t.Errorf("nothing was lost, but: %v", err)
	}
}
