package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// merge takes another's submission into the draft: what only one side changed is
// taken from it, and where both did the draft's stays and a clash is returned.
// base is what both come from; nil where nothing is known of it. Doing it twice
// has the effect of once.
func (c *Client) merge(ctx context.Context, base *catalog.Catalog, theirs catalog.Catalog, by string) ([]catalog.Clash, error) {
	var clashes []catalog.Clash
	theirs.Unit, theirs.SignOff = c.store.Unit(), nil
	err := c.store.Edit(ctx, by, c.o.MergeLabel, func(tx Tx) error {
		clashes = nil
		ours, err := tx.Catalog(theirs.Sector)
		if errors.Is(err, catalog.ErrNotFound) {
			return tx.PutCatalog(theirs)
		}
		if err != nil {
			return err
		}
		digest := ours.Digest()
		ours.SignOff = nil
		from := catalog.Catalog{Unit: ours.Unit, Sector: ours.Sector}
		if base != nil {
			from = *base
			from.Unit, from.SignOff = ours.Unit, nil
		} else {
			align(&ours, &theirs)
		}
		var merged catalog.Catalog
		merged, clashes = catalog.Merge(&from, &ours, &theirs)
		if merged.Digest() == digest {
			return nil
		}
		if err := tx.RemoveCatalog(theirs.Sector); err != nil {
			return err
		}
		return tx.PutCatalog(merged)
	})
	if err != nil {
		return nil, fmt.Errorf("merge another's submission of %s: %w", theirs.Sector, err)
	}
	return clashes, nil
}

// align gives entries that two machines made from one template entry one id, or
// merging drafts without a common past would double them.
func align(ours, theirs *catalog.Catalog) {
	only := func(es []catalog.Entry) map[catalog.TemplateID]int {
		at := map[catalog.TemplateID]int{}
		for i, e := range es {
			if _, twice := at[e.Template]; twice {
				at[e.Template] = -1
				continue
			}
			at[e.Template] = i
		}
		delete(at, "")
		return at
	}
	taken := map[catalog.EntryID]bool{}
	for _, e := range ours.Entries {
		taken[e.ID] = true
	}
	ours.Entries = slices.Clone(ours.Entries)
	mine, other := only(ours.Entries), only(theirs.Entries)
	for t, i := range mine {
		if j, ok := other[t]; ok && i >= 0 && j >= 0 && !taken[theirs.Entries[j].ID] {
			ours.Entries[i].ID = theirs.Entries[j].ID
		}
	}
}

// sameThing reports whether two clashes are about the same thing.
func sameThing(a, b catalog.Clash) bool {
	return a.Target == b.Target && a.Entry == b.Entry && a.Field == b.Field && a.Key == b.Key
}

// addClashes adds what clashes now to what was not settled yet.
func addClashes(old, more []catalog.Clash) []catalog.Clash {
	for _, n := range more {
		old = slices.DeleteFunc(old, func(o catalog.Clash) bool { return sameThing(o, n) })
	}
	return append(old, more...)
}

// Side is one side of a clash.
type Side uint8

// The sides.
const (
	Ours   Side = iota // what the draft says
	Theirs             // what the other machine's submission says
)

// Settle settles clashes of a sector: the draft says what the chosen side said.
// Of an entry that one side removed, the other's edits are settled as one.
func (c *Client) Settle(ctx context.Context, s catalog.Sector, by, label string, side Side, clashes ...catalog.Clash) error {
	err := c.update(ctx, func(ch *change) error {
		cs := ch.caseOf(s)
		for _, cl := range clashes {
			if !slices.ContainsFunc(cs.Clashes, func(o catalog.Clash) bool { return sameThing(o, cl) }) {
				return catalog.ErrNotFound
			}
		}
		theirs, err := ch.content(ctx, cs.Agreed)
		if err != nil {
			return err
		}
		err = c.rewrite(ctx, s, by, label, func(draft *catalog.Catalog) error {
			for _, cl := range clashes {
				if err := choose(draft, &theirs, cl, side); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		cs.Clashes = slices.DeleteFunc(cs.Clashes, func(o catalog.Clash) bool {
			return slices.ContainsFunc(clashes, func(cl catalog.Clash) bool {
				return sameThing(o, cl) || cl.Kind == catalog.EditRemove && cl.Entry != "" && o.Kind == cl.Kind && o.Entry == cl.Entry
			})
		})
		return ch.putCase(cs)
	})
	if err != nil {
		return fmt.Errorf("settle %s: %w", s, err)
	}
	return nil
}

// rewrite has fn change a draft, as one edit; what changes nothing is none.
func (c *Client) rewrite(ctx context.Context, s catalog.Sector, by, label string, fn func(*catalog.Catalog) error) error {
	return c.store.Edit(ctx, by, label, func(tx Tx) error {
		draft, err := tx.Catalog(s)
		if err != nil {
			return err
		}
		digest := draft.Digest()
		if err := fn(&draft); err != nil || draft.Digest() == digest {
			return err
		}
		if err := tx.RemoveCatalog(s); err != nil {
			return err
		}
		return tx.PutCatalog(draft)
	})
}

// choose makes the draft say what a side of the clash says.
func choose(draft, theirs *catalog.Catalog, cl catalog.Clash, side Side) error {
	said := cl.Ours
	if side == Theirs {
		said = cl.Theirs
	}
	at := slices.IndexFunc(draft.Entries, func(e catalog.Entry) bool { return e.ID == cl.Entry })
	switch cl.Target {
	case catalog.TargetEntry:
		if cl.Kind == catalog.EditRemove {
			// The draft has it, whoever removed it.
			_, remains := theirs.Entry(cl.Entry)
			if removes := remains == (side == Ours); removes && at >= 0 {
				draft.Entries = slices.Delete(slices.Clone(draft.Entries), at, at+1)
			}
			return nil
		}
		if at < 0 {
			return nil // it was removed since
		}
		draft.Entries = slices.Clone(draft.Entries)
		e := draft.Entries[at].Clone()
		if err := e.SetText(cl.Field, said); err != nil {
			return err
		}
		draft.Entries[at] = e
	case catalog.TargetOrder:
		reorder(draft, strings.Split(said, "\n"))
	case catalog.TargetOmission:
		v, err := decoded[catalog.NotApplicable](said)
		if err != nil {
			return err
		}
		omitted := map[catalog.TemplateID]catalog.NotApplicable{}
		for t, o := range draft.Omitted {
			omitted[t] = o
		}
		if delete(omitted, catalog.TemplateID(cl.Key)); v != nil {
			omitted[catalog.TemplateID(cl.Key)] = *v
		}
		draft.Omitted = omitted
	case catalog.TargetReason:
		v, err := decoded[catalog.Reason](said)
		if err != nil {
			return err
		}
		draft.Reasons = slices.DeleteFunc(slices.Clone(draft.Reasons), func(r catalog.Reason) bool { return r.Key() == cl.Key })
		if v != nil {
			draft.Reasons = append(draft.Reasons, *v)
		}
	case catalog.TargetNotApplicable:
		v, err := decoded[catalog.NotApplicable](said)
		if err != nil {
			return err
		}
		draft.NotApplicable = v
	case catalog.TargetNote:
		draft.Note = said
	}
	return nil
}

// decoded reads the JSON of one side of a clash; nil where the side has nothing.
func decoded[T any](s string) (*T, error) {
	var v *T
	if s == "" {
		return nil, nil
	}
	err := json.Unmarshal([]byte(s), &v)
	return v, err
}

// reorder puts the entries named into the order given, in the places they hold.
func reorder(c *catalog.Catalog, ids []string) {
	byID := map[string]catalog.Entry{}
	for _, e := range c.Entries {
		byID[string(e.ID)] = e
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { _, there := byID[id]; return !there })
	c.Entries = slices.Clone(c.Entries)
	next := 0
	for i, e := range c.Entries {
		if slices.Contains(ids, string(e.ID)) {
			c.Entries[i] = byID[ids[next]]
			next++
		}
	}
}

// TakeBack makes targets of the draft what they were in the submission that was
// returned: what Submit calls locked.
func (c *Client) TakeBack(ctx context.Context, s catalog.Sector, by, label string, targets ...review.Target) error {
	err := c.update(ctx, func(ch *change) error {
		d := ch.st.cases[s].Decision
		if d == nil {
			return catalog.ErrNotFound
		}
		returned, err := ch.content(ctx, d.Submission)
		if err != nil {
			return err
		}
		return c.rewrite(ctx, s, by, label, func(draft *catalog.Catalog) error {
			for _, t := range targets {
				takeBack(draft, &returned, t)
			}
			return nil
		})
	})
	if err != nil {
		return fmt.Errorf("take back in %s: %w", s, err)
	}
	return nil
}

func takeBack(draft, returned *catalog.Catalog, t review.Target) {
	at := slices.IndexFunc(draft.Entries, func(e catalog.Entry) bool { return e.ID == t.Entry })
	was, there := returned.Entry(t.Entry)
	draft.Entries = slices.Clone(draft.Entries)
	switch {
	case t == (review.Target{}):
		draft.Note, draft.NotApplicable = returned.Note, returned.NotApplicable
	case t.Template != "":
		known := func(e catalog.Entry) bool { _, ok := returned.Entry(e.ID); return ok }
		draft.Entries = slices.DeleteFunc(draft.Entries, func(e catalog.Entry) bool { return e.Template == t.Template && !known(e) })
		omitted := map[catalog.TemplateID]catalog.NotApplicable{}
		for k, v := range draft.Omitted {
			omitted[k] = v
		}
		if delete(omitted, t.Template); returned.Omitted != nil {
			if v, ok := returned.Omitted[t.Template]; ok {
				omitted[t.Template] = v
			}
		}
		draft.Omitted = omitted
	case !there && at >= 0: // added
		draft.Entries = slices.Delete(draft.Entries, at, at+1)
	case !there:
	case at < 0: // removed: back behind the one it stood behind
		draft.Entries = slices.Insert(draft.Entries, placeOf(draft, returned, t.Entry), was)
	case t.Field != "":
		e := draft.Entries[at].Clone()
		if e.SetText(t.Field, was.Text(t.Field)) == nil {
			draft.Entries[at] = e
		}
	default: // moved
		e := draft.Entries[at]
		draft.Entries = slices.Delete(draft.Entries, at, at+1)
		draft.Entries = slices.Insert(draft.Entries, placeOf(draft, returned, t.Entry), e)
	}
}

// placeOf is where in the draft the entry belongs, as it stood in returned.
func placeOf(draft, returned *catalog.Catalog, id catalog.EntryID) int {
	at := slices.IndexFunc(returned.Entries, func(e catalog.Entry) bool { return e.ID == id })
	for i := at - 1; i >= 0; i-- {
		before := returned.Entries[i].ID
		if j := slices.IndexFunc(draft.Entries, func(e catalog.Entry) bool { return e.ID == before }); j >= 0 {
			return j + 1
		}
	}
	return 0
}
