package review

import (
	"slices"
	"strings"
	"time"

	"mulutong/catalog"
)

// check says whether the form is one by which units can be scored.
func (f *Form) check() error {
	if f.ID == "" || strings.TrimSpace(f.Title) == "" || len(f.Indicators) == 0 {
		return &InvalidError{Field: "form"}
	}
	seen := map[string]bool{}
	for _, i := range f.Indicators {
		if i.ID == "" || seen[i.ID] || !(i.Points > 0) {
			return &InvalidError{Field: "indicators"}
		}
		seen[i.ID] = true
	}
	return nil
}

// Points are what a group of indicators is worth, what was got of it, and what
// is got by now, since mended losses no longer count (复测).
type Points struct {
	Group  string  `json:"group"`
	Points float64 `json:"points"`
	Got    float64 `json:"got"`
	Now    float64 `json:"now"`
}

// Totals are the score of an assessment.
type Totals struct {
	Groups []Points `json:"groups"` // in the form's order
	Points float64  `json:"points"`
	Got    float64  `json:"got"`
	Now    float64  `json:"now"`
	// Score is (got / points) × 100 (测评总得分), ScoreNow the same of what is got by now.
	Score    float64 `json:"score"`
	ScoreNow float64 `json:"scoreNow"`
}

// Score adds up an assessment by its form. An indicator without a loss has full
// points, and none has fewer than none.
func Score(f *Form, a *Assessment) Totals {
	var t Totals
	for _, i := range f.Indicators {
		lost, left := 0.0, 0.0
		for _, l := range a.Losses {
			if l.Indicator == i.ID {
				lost += l.Points
				if !l.Mended {
					left += l.Points
				}
			}
		}
		at := slices.IndexFunc(t.Groups, func(g Points) bool { return g.Group == i.Group })
		if at < 0 {
			at, t.Groups = len(t.Groups), append(t.Groups, Points{Group: i.Group})
		}
		g := &t.Groups[at]
		g.Points += i.Points
		g.Got += max(0, i.Points-lost)
		g.Now += max(0, i.Points-left)
	}
	for _, g := range t.Groups {
		t.Points, t.Got, t.Now = t.Points+g.Points, t.Got+g.Got, t.Now+g.Now
	}
	if t.Points > 0 {
		t.Score, t.ScoreNow = t.Got/t.Points*100, t.Now/t.Points*100
	}
	return t
}

// AssessmentError says that an assessment does not stand where the action needs it.
type AssessmentError struct {
	Action Action
	State  AssessmentState
}

func (e *AssessmentError) Error() string {
	return "cannot " + string(e.Action) + " an assessment that is " + string(e.State)
}

// Unwrap makes it a *StateError.
func (e *AssessmentError) Unwrap() error {
	return &StateError{Action: e.Action, State: State(e.State)}
}

func (a *Assessment) in(action Action, states ...AssessmentState) error {
	if !slices.Contains(states, a.State) {
		return &AssessmentError{Action: action, State: a.State}
	}
	return nil
}

func (a *Assessment) to(s AssessmentState, p Person, note string, at time.Time) {
	a.State = s
	a.Version++
	a.Log = append(slices.Clone(a.Log), AssessmentStep{State: s, By: p, At: at, Note: note})
}

// Score sets what the unit lost, while it is assessed. An assessment begins with it.
func (a *Assessment) Score(p Person, f *Form, losses []Loss, at time.Time) error {
	if a.State != "" {
		if err := a.in(ActAssess, Scoring); err != nil {
			return err
		}
	}
	worth, lost, seen := map[string]float64{}, map[string]float64{}, map[string]bool{}
	for _, i := range f.Indicators {
		worth[i.ID] = i.Points
	}
	kept := make([]Loss, len(losses))
	for i, l := range losses {
		const slack = 1e-9 // tenths do not add up in binary
		lost[l.Indicator] += l.Points
		if l.ID == "" || seen[l.ID] || !(l.Points > 0) || strings.TrimSpace(l.Reason) == "" || lost[l.Indicator] > worth[l.Indicator]+slack {
			return &InvalidError{Field: "losses"}
		}
		seen[l.ID] = true
		kept[i] = Loss{ID: l.ID, Indicator: l.Indicator, Points: l.Points, Reason: l.Reason, Sector: l.Sector, Entry: l.Entry}
	}
	a.Losses = kept
	a.to(Scoring, p, "", at)
	return nil
}

// Notify tells the unit what it lost, to be mended by a day (通报). Where nothing
// was lost there is nothing to mend.
func (a *Assessment) Notify(p Person, note string, due catalog.Date, at time.Time) error {
	if err := a.in(ActAssess, Scoring); err != nil {
		return err
	}
	if len(a.Losses) == 0 {
		a.to(Retested, p, note, at)
		return nil
	}
	a.Due = due
	a.to(Notified, p, note, at)
	return nil
}

// LossAnswer says what a unit did about a loss (整改情况).
type LossAnswer struct {
	Loss string `json:"loss"`
	Text string `json:"text"`
}

// Rectify takes the unit's answers to all that is not mended yet (整改).
func (a *Assessment) Rectify(p Person, answers []LossAnswer, at time.Time) error {
	if err := a.in(ActRectify, Notified); err != nil {
		return err
	}
	said := map[string]string{}
	for _, n := range answers {
		said[n.Loss] = strings.TrimSpace(n.Text)
	}
	losses := slices.Clone(a.Losses)
	var silent []string
	for i := range losses {
		l := &losses[i]
		if l.Mended {
			continue
		}
		if l.Rectified, l.Retest = said[l.ID], ""; l.Rectified == "" {
			silent = append(silent, l.ID)
		}
	}
	if len(silent) > 0 {
		return &UnansweredError{Comments: silent}
	}
	a.Losses, a.Due = losses, ""
	a.to(Rectified, p, "", at)
	return nil
}

// LossRetest says what the retest of a loss found (复测).
type LossRetest struct {
	Loss   string `json:"loss"`
	Text   string `json:"text,omitempty"`
	Mended bool   `json:"mended"`
}

// Retest takes what was found of each loss that was not mended yet. Where
// something still is not, the unit has to rectify it by a day.
func (a *Assessment) Retest(p Person, found []LossRetest, note string, due catalog.Date, at time.Time) error {
	if err := a.in(ActAssess, Rectified); err != nil {
		return err
	}
	of := map[string]LossRetest{}
	for _, n := range found {
		of[n.Loss] = n
	}
	losses := slices.Clone(a.Losses)
	var silent []string
	left := false
	for i := range losses {
		l := &losses[i]
		if l.Mended {
			continue
		}
		n, ok := of[l.ID]
		if !ok {
			silent = append(silent, l.ID)
		}
		l.Retest, l.Mended = n.Text, n.Mended
		left = left || !n.Mended
	}
	if len(silent) > 0 {
		return &UnansweredError{Comments: silent}
	}
	a.Losses = losses
	if left {
		a.Due = due
		a.to(Notified, p, note, at)
		return nil
	}
	a.to(Retested, p, note, at)
	return nil
}

// Accept ends the assessment (验收).
func (a *Assessment) Accept(p Person, note string, at time.Time) error {
	if err := a.in(ActAssess, Retested); err != nil {
		return err
	}
	a.to(AcceptedAt, p, note, at)
	return nil
}
