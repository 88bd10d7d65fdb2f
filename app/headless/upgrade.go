package headless

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

func (a *app) upgradeCommand() *cobra.Command {
	var (
		dir                *string
		names              *[]string
		dryRun             bool
		order              string
		ours, theirs, omit []string
	)
	cmd := a.command("upgrade [RELEASE]", helpUpgrade, 0, 1, func(cmd *cobra.Command, args []string) error {
		o, err := upgradeOrder(order)
		if err != nil {
			return err
		}
		w := wanted{order: o, omit: omit, wishes: slices.Concat(wishes(ours, catalog.TakeOurs), wishes(theirs, catalog.TakeTemplate))}
		if len(args) > 0 {
			if w.release, err = work.ReadRelease(args[0]); err != nil {
				return err
			}
		}
		if w.chosen, err = a.sectors(*names); err != nil {
			return err
		}
		ctx := cmd.Context()
		if dryRun || w.release != nil { // what is refused takes no release in
			err := a.withDesk(*dir, true, func(d *work.Desk) error {
				ups, err := a.planUpgrade(ctx, d, w, d.TryRelease)
				if err != nil || !dryRun {
					return err
				}
				return a.reportUpgrade(d.Know().Version(), ups, true, work.Upgraded{})
			})
			if err != nil || dryRun {
				return err
			}
		}
		return a.withDesk(*dir, false, func(d *work.Desk) error {
			ups, err := a.planUpgrade(ctx, d, w, d.TakeRelease)
			if err != nil {
				return err
			}
			done, err := d.Upgrade(ctx, ups, work.BackupDir(*dir))
			if err != nil {
				return err
			}
			return a.reportUpgrade(d.Know().Version(), ups, false, done)
		})
	})
	cmd.ValidArgsFunction = nil // files
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, helpDryRun.In(a.lang))
	cmd.Flags().StringArrayVar(&ours, "ours", nil, helpOurs.In(a.lang))
	cmd.Flags().StringArrayVar(&theirs, "theirs", nil, helpTheirs.In(a.lang))
	cmd.Flags().StringArrayVar(&omit, "omit", nil, helpOmit.In(a.lang))
	cmd.Flags().StringVar(&order, "order", "both", helpOrder.In(a.lang))
	completeWith(cmd, "ours", wishAll)
	completeWith(cmd, "theirs", wishAll)
	completeWith(cmd, "order", "both", "ours", "theirs")
	a.jsonFlag(cmd)
	return cmd
}

// withDesk opens a folder's drafts as the desktop does, for one piece of work.
func (a *app) withDesk(dir string, readOnly bool, do func(*work.Desk) error) (err error) {
	d, err := work.Open(dir, work.Options{Store: a.storeOptions(readOnly), Person: a.User, Lang: a.lang})
	if err != nil {
		return about(dir, err)
	}
	defer func() { err = errors.Join(err, d.Discard()) }()
	return about(dir, do(d))
}

// wanted is what a command line says of an update.
type wanted struct {
	release *work.Release
	chosen  []catalog.SectorInfo
	order   catalog.Take
	wishes  []wish
	omit    []string
}

// planUpgrade compares the drafts with the templates, those of a release once it is
// taken, and chooses as wanted.
func (a *app) planUpgrade(ctx context.Context, d *work.Desk, w wanted, take func(context.Context, *work.Release) error) ([]*work.Upgrade, error) {
	if w.release != nil {
		if err := take(ctx, w.release); err != nil {
			return nil, err
		}
	}
	ups, err := a.upgrades(ctx, d, w.chosen)
	if err != nil {
		return nil, err
	}
	for _, u := range ups {
		u.Plan.Order = w.order
	}
	// What is said of all gives way to what is said of one.
	for _, all := range []bool{true, false} {
		for _, c := range w.wishes {
			if c.all() == all && !c.put(ups) && !all {
				return nil, &usageError{what: upgradeNoSuch, value: c.said}
			}
		}
	}
	for _, pair := range w.omit {
		if err := leaveOut(ups, pair); err != nil {
			return nil, err
		}
	}
	return ups, nil
}

// upgrades are those of the sectors chosen, none meaning all.
func (a *app) upgrades(ctx context.Context, d *work.Desk, chosen []catalog.SectorInfo) ([]*work.Upgrade, error) {
	p := a.progress(doingMatch, 0)
	defer p.end()
	ups, err := d.Upgrades(ctx)
	if len(chosen) == 0 || err != nil {
		return ups, err
	}
	held, err := d.Sectors(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range chosen {
		if !slices.ContainsFunc(held, func(h catalog.SectorInfo) bool { return h.Slug == s.Slug }) {
			return nil, &usageError{what: sectorNotHeld, value: s.Name}
		}
	}
	return slices.DeleteFunc(ups, func(u *work.Upgrade) bool {
		return !slices.ContainsFunc(chosen, func(s catalog.SectorInfo) bool { return s.Slug == u.Sector.Slug })
	}), nil
}

func upgradeOrder(name string) (catalog.Take, error) {
	switch name {
	case "both":
		return catalog.TakeMerged, nil
	case "ours":
		return catalog.TakeOurs, nil
	case "theirs":
		return catalog.TakeTemplate, nil
	}
	return 0, &usageError{what: badFlagValue, value: "--order " + name}
}

// wish is what --ours or --theirs says: ENTRY, ENTRY/FIELD, or all clashes.
type wish struct {
	said   string
	target string // id of an entry, or of a template's
	field  catalog.Field
	take   catalog.Take
}

const wishAll = "all"

func (c wish) all() bool { return c.target == wishAll }

func wishes(said []string, take catalog.Take) []wish {
	out := make([]wish, len(said))
	for i, s := range said {
		target, field, _ := strings.Cut(s, "/")
		out[i] = wish{s, target, fieldNamed(field), take}
	}
	return out
}

// fieldNamed is the field with a JSON name or a column's heading.
func fieldNamed(name string) catalog.Field {
	for _, f := range catalog.Fields {
		if name != "" && strings.HasPrefix(f.Name(), name) {
			return f
		}
	}
	return catalog.Field(name)
}

// put chooses what the wish says, and reports whether there was anything to choose.
func (c wish) put(ups []*work.Upgrade) bool {
	found := false
	for _, u := range ups {
		for i := range u.Plan.Entries {
			e := &u.Plan.Entries[i]
			if !c.all() && c.target != string(e.ID) && c.target != string(e.Template) {
				continue
			}
			if !c.all() && c.field == "" && e.Kind != catalog.UpgradeChanged && e.Kind != catalog.UpgradeOwn {
				e.Follow, found = c.take == catalog.TakeTemplate, true
			}
			for _, f := range e.Fields {
				if c.field == f.Field || c.field == "" && (!c.all() || f.Clash) {
					// Of an entry that is on one side only there is no field to choose.
					found = u.Plan.Choose(i, f.Field, catalog.Choice{Take: c.take}) == nil || found
				}
			}
		}
	}
	return found
}

// leaveOut records why a new entry does not occur in the unit: TEMPLATE=REASON.
func leaveOut(ups []*work.Upgrade, pair string) error {
	id, reason, _ := strings.Cut(pair, "=")
	if reason = strings.TrimSpace(reason); reason == "" {
		return &usageError{what: omitReason, value: pair}
	}
	for _, u := range ups {
		for i := range u.Plan.Entries {
			if e := &u.Plan.Entries[i]; e.Kind == catalog.UpgradeAdded && string(e.Template) == id {
				e.Follow, e.Reason = false, reason
				return nil
			}
		}
	}
	return &usageError{what: upgradeNoSuch, value: id}
}

type upgradeJSON struct {
	Sector    catalog.Sector     `json:"sector"`
	Name      string             `json:"name"`
	From      string             `json:"from,omitempty"`
	To        string             `json:"to"`
	Known     bool               `json:"known"` // the template that the draft was made from
	Changed   int                `json:"changed"`
	Added     int                `json:"added"`
	Removed   int                `json:"removed"`
	Undecided int                `json:"undecided"`
	Entries   []upgradeEntryJSON `json:"entries"`
}

type upgradeEntryJSON struct {
	Kind     catalog.UpgradeKind `json:"kind"`
	Entry    catalog.EntryID     `json:"entry,omitempty"`
	Template catalog.TemplateID  `json:"template,omitempty"`
	Path     []string            `json:"path"`
	Follow   bool                `json:"follow"`
	Edited   bool                `json:"edited,omitempty"`
	Moved    bool                `json:"moved,omitempty"`
	Reason   string              `json:"reason,omitempty"`
	Fields   []upgradeFieldJSON  `json:"fields"`
}

type upgradeFieldJSON struct {
	Field  catalog.Field `json:"field"`
	Was    string        `json:"was"`
	Now    string        `json:"now"`
	Ours   string        `json:"ours"`
	Result string        `json:"result"`
	Clash  bool          `json:"clash,omitempty"`
	Locked bool          `json:"locked,omitempty"`
}

func newUpgradeJSON(u *work.Upgrade, name string) upgradeJSON {
	n := u.Plan.Outcome()
	out := upgradeJSON{
		Sector: u.Sector.Slug, Name: name, From: u.Plan.From, To: u.Plan.To, Known: u.Plan.Known,
		Changed: n.Changed, Added: n.Added, Removed: n.Removed, Undecided: n.Undecided, Entries: []upgradeEntryJSON{},
	}
	for i := range u.Plan.Entries {
		e := &u.Plan.Entries[i]
		j := upgradeEntryJSON{
			Kind: e.Kind, Entry: e.ID, Template: e.Template, Path: e.Path, Follow: e.Follow,
			Edited: e.Edited, Moved: e.Moved, Reason: e.Reason, Fields: []upgradeFieldJSON{},
		}
		for _, f := range e.Fields {
			j.Fields = append(j.Fields, upgradeFieldJSON{f.Field, f.Was, f.Now, f.Ours, f.Result(), f.Clash, f.Locked})
		}
		out.Entries = append(out.Entries, j)
	}
	return out
}

func (a *app) reportUpgrade(version string, ups []*work.Upgrade, dryRun bool, done work.Upgraded) error {
	undecided := 0
	sectors := make([]upgradeJSON, len(ups))
	for i, u := range ups {
		sectors[i] = newUpgradeJSON(u, a.sectorName(string(u.Sector.Slug)))
		undecided += sectors[i].Undecided
	}
	if undecided > 0 {
		a.code = exitFindings
	}
	if a.json {
		out := map[string]any{"dryRun": dryRun, "version": version, "sectors": sectors}
		if done.Before.Path != "" {
			out["backup"] = done.Before.Path
		}
		return a.writeJSON(out)
	}
	for i, u := range ups {
		a.printUpgrade(sectors[i], u.Plan)
	}
	if undecided > 0 {
		a.print(upgradeUndecided, undecided)
	}
	switch {
	case len(ups) == 0:
		a.print(upgradeNone, version)
	case dryRun:
		a.print(importDry)
	default:
		a.print(upgradeDone, version, done.Before.Path)
	}
	return nil
}

// printUpgrade tells of a sector what the template changes; what the unit alone
// changed stays, and is not told.
func (a *app) printUpgrade(s upgradeJSON, p *catalog.UpgradePlan) {
	a.print(upgradeSector, s.Name, cmp.Or(s.From, "—"), s.To, s.Changed, s.Added, s.Removed, s.Undecided)
	if !s.Known {
		a.print(upgradeUnknown)
	}
	for i := range p.Entries {
		e := &p.Entries[i]
		if e.Kind == catalog.UpgradeOwn {
			continue
		}
		a.print(upgradeEntryLine, words.Upgrade(e.Kind).In(a.lang), pathLine(e.Path), cmp.Or(string(e.ID), string(e.Template)), a.upgradeFate(e))
		if e.Kind != catalog.UpgradeChanged && e.Kind != catalog.UpgradeMet {
			continue
		}
		for _, f := range e.Fields {
			if !f.ByTemplate {
				continue
			}
			line, after := importChange, f.Result()
			if f.Clash {
				line, after = upgradeClashOurs, f.Now
				if f.Result() == f.Now {
					line = upgradeClashTheirs
				}
			}
			before, after := difference(f.Ours, after, 28)
			a.print(line, f.Field.Name(), cmp.Or(before, importEmpty.In(a.lang)), cmp.Or(after, importEmpty.In(a.lang)))
		}
	}
}

// upgradeFate says what becomes of an entry, where its kind does not.
func (a *app) upgradeFate(e *catalog.UpgradeEntry) string {
	switch {
	case e.Kind == catalog.UpgradeAdded && e.Reason != "":
		return upgradeOmitted.In(a.lang, e.Reason)
	case e.Kind == catalog.UpgradeAdded && !e.Follow:
		return upgradeNotAdded.In(a.lang)
	case e.Kind == catalog.UpgradeMet && !e.Follow:
		return upgradeApart.In(a.lang)
	case e.Kind == catalog.UpgradeDropped && !e.Follow:
		return upgradeKept.In(a.lang)
	case e.Kind == catalog.UpgradeLeftOut && e.Follow:
		return upgradeBackIn.In(a.lang)
	}
	return ""
}
