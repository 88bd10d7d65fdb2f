package review

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"mulutong/catalog"
)

// ErasedText stands where personal data was erased.
const ErasedText = "〔已删除〕"

// Erase erases what the target says from the versions given, which are all of the
// case's, and from what quotes it in the case: comments on the target are erased
// whole. Where wide, whatever the target says goes from the rest of the versions
// too. A mark stays of every target that lost something.
func (c *Case) Erase(p Person, t Target, wide bool, reason string, versions []*catalog.Catalog, at time.Time) error {
	_, err := c.erase(p, t, wide, reason, versions, at)
	return err
}

func (c *Case) erase(p Person, t Target, wide bool, reason string, versions []*catalog.Catalog, at time.Time) (*eraser, error) {
	if strings.TrimSpace(reason) == "" {
		return nil, ErrNothing
	}
	if !slices.ContainsFunc(versions, func(v *catalog.Catalog) bool { return holds(v, t) }) {
		return nil, &TargetError{Target: t}
	}
	e := &eraser{target: t}
	for _, v := range versions {
		e.targeted(v)
	}
	if wide {
		for _, v := range versions {
			e.wide(v)
		}
	}
	e.inCase(c)
	for _, lost := range e.lost {
		c.Erased = append(c.Erased, Erasure{Target: lost, By: p, At: at, Reason: e.text(reason)})
	}
	c.changed()
	return e, nil
}

func holds(v *catalog.Catalog, t Target) bool {
	switch {
	case t == (Target{}):
		return true
	case t.Template != "":
		_, ok := v.Omitted[t.Template]
		return ok
	}
	_, ok := v.Entry(t.Entry)
	return ok
}

// eraser remembers what it erased, so that quotes of it can follow.
type eraser struct {
	target Target
	values []string
	lost   []Target
}

func (e *eraser) lose(t Target) {
	if !slices.Contains(e.lost, t) {
		e.lost = append(e.lost, t)
	}
}

func (e *eraser) forget(value string) string {
	if value == "" || value == ErasedText {
		return value
	}
	if !slices.Contains(e.values, value) {
		e.values = append(e.values, value)
		slices.SortFunc(e.values, func(a, b string) int { return len(b) - len(a) }) // the longest first: it may hold another
	}
	return ErasedText
}

// targeted erases what the target itself says.
func (e *eraser) targeted(v *catalog.Catalog) {
	t := e.target
	e.lose(t)
	all := t == (Target{})
	for i := range v.Entries {
		if entry := &v.Entries[i]; all || t.Entry == entry.ID {
			for _, f := range catalog.Fields {
				if t.Field == "" || wholeField(t.Field) == f {
					e.field(entry, f)
				}
			}
		}
	}
	for id, n := range v.Omitted {
		if all || t.Template == id {
			v.Omitted[id] = catalog.NotApplicable{Reason: e.forget(n.Reason)}
		}
	}
	for i := range v.Reasons {
		r := &v.Reasons[i]
		if Reopened([]Target{t}, Target{Entry: r.Entry, Field: r.Field}) {
			r.Reason = e.forget(r.Reason)
		}
	}
	if !all {
		return
	}
	v.Note = e.forget(v.Note)
	if v.NotApplicable != nil {
		v.NotApplicable.Reason = e.forget(v.NotApplicable.Reason)
	}
	if s := v.SignOff; s != nil {
		for _, a := range []*catalog.Approval{&s.Leader, &s.Secrecy} {
			a.By, a.Opinion = e.forget(a.By), e.forget(a.Opinion)
		}
	}
}

// field erases what the field says in words. What is chosen from a list of choices
// is nobody's secret, and stays.
func (e *eraser) field(entry *catalog.Entry, f catalog.Field) {
	switch f {
	case catalog.FieldMode, catalog.FieldTiers:
	case catalog.FieldAudience:
		entry.Audience.Groups = e.forget(entry.Audience.Groups)
	case catalog.FieldChannels:
		for i, name := range entry.Channels.Others {
			entry.Channels.Others[i] = e.forget(name)
		}
		entry.Channels.Others = slices.Compact(entry.Channels.Others)
	case catalog.FieldExtra:
		for k, value := range entry.Extra {
			entry.Extra[k] = e.forget(value)
		}
	default:
		if was := entry.Text(f); was != "" {
			e.put(entry, f, e.forget(was))
		}
	}
}

// put sets the field, or empties it where it cannot hold the text.
func (e *eraser) put(entry *catalog.Entry, f catalog.Field, text string) {
	if entry.SetText(f, text) != nil {
		_ = entry.SetText(f, "")
	}
}

// wide erases what was erased from the rest of the catalog.
func (e *eraser) wide(v *catalog.Catalog) {
	for i := range v.Entries {
		entry := &v.Entries[i]
		for _, f := range catalog.Fields {
			was := entry.Text(f)
			is := e.text(was)
			if is == was {
				continue
			}
			e.lose(Target{Entry: entry.ID, Field: f})
			e.put(entry, f, is)
		}
	}
	for id, n := range v.Omitted {
		v.Omitted[id] = catalog.NotApplicable{Reason: e.text(n.Reason)}
	}
	for i := range v.Reasons {
		v.Reasons[i].Reason = e.text(v.Reasons[i].Reason)
	}
	v.Note = e.text(v.Note)
	if v.NotApplicable != nil {
		v.NotApplicable.Reason = e.text(v.NotApplicable.Reason)
	}
	if s := v.SignOff; s != nil {
		s.Leader.Opinion, s.Secrecy.Opinion = e.text(s.Leader.Opinion), e.text(s.Secrecy.Opinion)
	}
}

// text returns the text without what was erased.
func (e *eraser) text(s string) string {
	for _, v := range e.values {
		s = strings.ReplaceAll(s, v, ErasedText)
	}
	return s
}

// about is text for what is about a target: gone as a whole where that was erased.
func (e *eraser) about(t Target, s string) string {
	if s != "" && Reopened([]Target{e.target}, t) {
		return ErasedText
	}
	return e.text(s)
}

func (e *eraser) inCase(c *Case) {
	for i := range c.Submissions {
		s := &c.Submissions[i]
		for j := range s.Findings {
			f := &s.Findings[j]
			f.Message = e.about(Target{Entry: f.Entry, Field: f.Field}, f.Message)
		}
		for j := range s.Answers {
			a := &s.Answers[j]
			k := slices.IndexFunc(c.Comments, func(m Comment) bool { return m.ID == a.Comment })
			if k < 0 {
				a.Text = e.text(a.Text)
			} else {
				a.Text = e.about(c.Comments[k].Target, a.Text)
			}
		}
	}
	e.comments(c.Comments)
	for i := range c.Rounds {
		for j := range c.Rounds[i].Sides {
			s := &c.Rounds[i].Sides[j]
			s.Note = e.text(s.Note)
		}
	}
	for i := range c.Steps {
		c.Steps[i].Note = e.text(c.Steps[i].Note)
	}
	for i := range c.Erased {
		c.Erased[i].Reason = e.text(c.Erased[i].Reason)
	}
}

func (e *eraser) comments(ms []Comment) {
	for i := range ms {
		m := &ms[i]
		m.Text, m.Answer = e.about(m.Target, m.Text), e.about(m.Target, m.Answer)
	}
}

// erase erases from the case and from all that the store keeps of it.
func (k desk) erase(c *Case, t Target, wide bool, reason string) error {
	var hashes []Hash
	var versions []*catalog.Catalog
	for _, s := range c.Submissions {
		if slices.Contains(hashes, s.Catalog) {
			continue
		}
		v, err := k.Catalog(s.Catalog)
		if err != nil {
			return err
		}
		hashes, versions = append(hashes, s.Catalog), append(versions, &v)
	}
	e, err := c.erase(k.by, t, wide, reason, versions, k.at)
	if err != nil {
		return err
	}
	for i, h := range hashes {
		if err := k.ReplaceCatalog(h, *versions[i]); err != nil {
			return err
		}
	}
	for _, s := range c.Submissions {
		if err := k.RemoveBlob(s.ID); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
	}
	return k.eraseTold(c.ID, e)
}

// eraseTold erases from the decisions that the unit was told.
func (k desk) eraseTold(id CaseID, e *eraser) error {
	unit, err := k.successor(id.Unit)
	if err != nil {
		return err
	}
	its, err := k.Feed(unit, 0, 0)
	if err != nil {
		return err
	}
	if unit != id.Unit { // what it was told before it was succeeded
		before, err := k.Feed(id.Unit, 0, 0)
		if err != nil {
			return err
		}
		its = append(its, before...)
	}
	for _, it := range its {
		if it.Kind != ItemDecision {
			continue
		}
		var d Decision
		if err := json.Unmarshal(it.Body, &d); err != nil || d.Case != id {
			continue
		}
		e.comments(d.Comments)
		d.Note = e.text(d.Note)
		b, err := json.Marshal(d)
		if err != nil {
			return err
		}
		if string(b) == string(it.Body) {
			continue
		}
		if err := k.Amend(it.Seq, b); err != nil {
			return err
		}
	}
	return nil
}
