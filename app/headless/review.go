package headless

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

var errNothingApproved = words.NewFailure("没有已通过的目录可以导出。", "There is no approved catalog to write.")

func (a *app) reviewCommand() *cobra.Command {
	return a.group(
		"review", helpReview,
		a.loginCommand(), a.logoutCommand(), a.passwordCommand(),
		a.queueCommand(), a.showCommand(), a.commentCommand(), a.uncommentCommand(),
		a.decideCommand("return UNIT SECTOR", "return", review.ActReturn, false),
		a.passCommand(),
		a.decideCommand("step-back UNIT SECTOR", "step-back", review.ActStepBack, true),
		a.decideCommand("close UNIT SECTOR", "close", review.ActClose, false),
		a.decideCommand("approve UNIT SECTOR", "approve", review.ActApprove, false),
		a.decideCommand("publish UNIT SECTOR", "publish", review.ActPublish, false),
		a.decideCommand("recall UNIT SECTOR", "recall", review.ActRecall, true),
		a.decideCommand("withdraw UNIT SECTOR", "withdraw", review.ActWithdraw, false),
		a.eraseCommand(),
		a.assessCommand(), a.reviewExportCommand(), a.packCommand(), a.takeCommand(),
		a.unitsCommand(), a.responsibleCommand(), a.notifyCommand(), a.releaseCommand(),
		a.inviteCommand(), a.signRequestCommand(), a.devicesCommand(), a.revokeCommand(),
		a.accountsCommand(), a.settingsCommand(), a.logCommand(), a.verifyLogCommand(),
	)
}

// signedOn makes a command that needs a session.
func (a *app) signedOn(use string, help words.Text, least, most int, run func(ctx context.Context, s *session, args []string) error) *cobra.Command {
	return a.command(use, help, least, most, func(cmd *cobra.Command, args []string) error {
		s, err := a.session()
		if err != nil {
			return err
		}
		return run(cmd.Context(), s, args)
	})
}

// units asks for the city's list of units.
func (s *session) units(ctx context.Context) ([]catalog.Unit, error) {
	var us []catalog.Unit
	return us, s.do(ctx, call{route: "units", out: &us})
}

// unitNames are the names of units by their ids.
type unitNames map[catalog.UnitID]string

func (s *session) unitNames(ctx context.Context) (unitNames, error) {
	us, err := s.units(ctx)
	if err != nil {
		return nil, err
	}
	names := unitNames{"": officeName}
	for _, u := range us {
		names[u.ID] = u.Name
	}
	return names, nil
}

const officeName = "市政务公开办"

// of is a unit's name, or its id where the service does not list it.
func (n unitNames) of(id catalog.UnitID) string {
	if name, ok := n[id]; ok {
		return name
	}
	return string(id)
}

// list names units.
func (n unitNames) list(ids []catalog.UnitID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = n.of(id)
	}
	return strings.Join(names, "、")
}

// unit finds a unit by its id, its name, or a part of its name that no other has.
func (s *session) unit(ctx context.Context, name string) (catalog.Unit, error) {
	us, err := s.units(ctx)
	if err != nil {
		return catalog.Unit{}, err
	}
	var like []catalog.Unit
	for _, u := range us {
		if string(u.ID) == name || u.Name == name || u.Publisher() == name {
			return u, nil
		}
		if name != "" && strings.Contains(u.Name, name) {
			like = append(like, u)
		}
	}
	switch {
	case len(like) == 1:
		return like[0], nil
	case len(like) > 0:
		var said []string
		for _, u := range like[:min(len(like), 8)] {
			said = append(said, u.Name+" "+string(u.ID))
		}
		return catalog.Unit{}, &usageError{what: likeUnit, value: strings.Join(said, "、")}
	}
	return catalog.Unit{}, &usageError{what: badUnit, value: name}
}

// subject is what a command on a case is about.
type subject struct {
	review.CaseID
	unit   catalog.Unit
	sector catalog.SectorInfo
}

func (c subject) name() string { return c.unit.Name + " " + c.sector.Called() }

// subject reads the arguments UNIT and SECTOR.
func (a *app) subject(ctx context.Context, s *session, unit, sector string) (subject, error) {
	found, err := a.sectors([]string{sector})
	if err != nil {
		return subject{}, err
	}
	u, err := s.unit(ctx, unit)
	if err != nil {
		return subject{}, err
	}
	return subject{review.CaseID{Unit: u.ID, Sector: found[0].Slug}, u, found[0]}, nil
}

// onCase makes a command about the case that its first arguments name.
func (a *app) onCase(use string, help words.Text, more int, run func(ctx context.Context, s *session, c subject, args []string) error) *cobra.Command {
	cmd := a.signedOn(use, help, 2+more, 2+more, func(ctx context.Context, s *session, args []string) error {
		c, err := a.subject(ctx, s, args[0], args[1])
		if err != nil {
			return err
		}
		return run(ctx, s, c, args[2:])
	})
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 1 {
			return completeSectors(cmd, args, begun)
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// look is what the reviewer looked at last: what mulu review show printed, or what is
// there now where it printed nothing of the case yet.
func (s *session) look(ctx context.Context, id review.CaseID) (wire.Look, error) {
	if head, ok := s.Seen[seenKey(id)]; ok {
		return wire.Look{Head: head}, nil
	}
	v, err := s.view(ctx, id)
	return wire.Look{Head: headOf(&v.Case)}, err
}

func headOf(c *review.Case) review.SubmissionID {
	if len(c.Submissions) == 0 {
		return ""
	}
	return c.Submissions[len(c.Submissions)-1].ID
}

// view looks at a case, and remembers what was seen.
func (s *session) view(ctx context.Context, id review.CaseID) (review.View, error) {
	var v review.View
	if err := s.do(ctx, call{route: "case", path: casePath(id), out: &v}); err != nil {
		return review.View{}, err
	}
	if s.Seen == nil {
		s.Seen = map[string]review.SubmissionID{}
	}
	s.Seen[seenKey(id)] = headOf(&v.Case)
	return v, s.save()
}

func casePath(id review.CaseID) []string { return []string{string(id.Unit), string(id.Sector)} }

// decideCommand makes a command of one action that needs no more than a note.
func (a *app) decideCommand(use, route string, action review.Action, reason bool) *cobra.Command {
	var note string
	cmd := a.onCase(use, decisionHelp[action], 0, func(ctx context.Context, s *session, c subject, _ []string) error {
		if reason && strings.TrimSpace(note) == "" {
			return &usageError{what: missingFlag, value: "--reason"}
		}
		look, err := s.look(ctx, c.CaseID)
		if err != nil {
			return err
		}
		if err := s.do(ctx, call{route: route, path: casePath(c.CaseID), in: wire.Act{Look: look, Note: note}}); err != nil {
			return about(c.name(), err)
		}
		return a.decided(c, action)
	})
	if reason {
		cmd.Flags().StringVar(&note, "reason", "", helpReason.In(a.lang))
	} else {
		cmd.Flags().StringVar(&note, "note", "", helpNote.In(a.lang))
	}
	a.jsonFlag(cmd)
	return cmd
}

// decided says that an action on a case is done.
func (a *app) decided(c subject, action review.Action) error {
	if a.json {
		return a.writeJSON(map[string]any{"case": c.CaseID, "action": action})
	}
	a.print(decisionDone[action], c.name())
	return nil
}

// queueQuery are the flags by which cases are chosen.
type queueQuery struct {
	unit    string
	sectors *[]string
	state   string
	late    bool
}

func (a *app) queueFlags(cmd *cobra.Command) *queueQuery {
	q := &queueQuery{}
	cmd.Flags().StringVar(&q.unit, "unit", "", helpQueueUnit.In(a.lang))
	q.sectors = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&q.state, "state", "", helpState.In(a.lang))
	cmd.Flags().BoolVar(&q.late, "late", false, helpLate.In(a.lang))
	completeWith(cmd, "state", stateCodes()...)
	return q
}

func stateCodes() []string {
	return []string{string(review.InCounty), string(review.InJoint), string(review.Returned), string(review.Approved), string(review.Published), string(review.Withdrawn), string(review.Recalled)}
}

// queue asks for the cases that wait for whoever is signed on.
func (a *app) queue(ctx context.Context, s *session, q *queueQuery) ([]review.CaseHead, error) {
	query := url.Values{}
	if q.unit != "" {
		u, err := s.unit(ctx, q.unit)
		if err != nil {
			return nil, err
		}
		query.Set("unit", string(u.ID))
	}
	chosen, err := a.sectors(*q.sectors)
	if err != nil {
		return nil, err
	}
	for _, c := range chosen {
		query.Add("sector", string(c.Slug))
	}
	if q.state != "" {
		query.Set("state", q.state)
	}
	if q.late {
		query.Set("late", "true")
	}
	var heads []review.CaseHead
	return heads, s.do(ctx, call{route: "queue", query: query, out: &heads})
}

func (a *app) queueCommand() *cobra.Command {
	var q *queueQuery
	cmd := a.signedOn("queue", helpQueue, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		heads, err := a.queue(ctx, s, q)
		if err != nil {
			return err
		}
		if a.json {
			if heads == nil {
				heads = []review.CaseHead{}
			}
			return a.writeJSON(map[string]any{"cases": heads})
		}
		if len(heads) == 0 {
			a.print(queueEmpty)
			return nil
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		tb := table{head: fields(tableQueue, a.lang)}
		today := catalog.DateOf(a.Now())
		for _, h := range heads {
			due := string(h.Due)
			if h.Due != "" && h.Due < today {
				due += lateMark.In(a.lang)
			}
			tb.add(names.of(h.ID.Unit), a.sectorName(string(h.ID.Sector)), words.CaseState(h.State).In(a.lang), strconv.Itoa(h.Number), h.Submitted.Local().Format("2006-01-02 15:04"), due, names.list(h.Waiting))
		}
		return tb.write(a.Stdout)
	})
	q = a.queueFlags(cmd)
	a.jsonFlag(cmd)
	return cmd
}

// targetFlags are the flags that say what a comment is about.
type targetFlags struct{ entry, template, field string }

func (a *app) targetFlags(cmd *cobra.Command) *targetFlags {
	t := &targetFlags{}
	cmd.Flags().StringVar(&t.entry, "entry", "", helpTargetEntry.In(a.lang))
	cmd.Flags().StringVar(&t.template, "template", "", helpTargetTemplate.In(a.lang))
	cmd.Flags().StringVar(&t.field, "field", "", helpTargetField.In(a.lang))
	var names []string
	for _, f := range catalog.Fields {
		names = append(names, string(f)+"\t"+f.Name())
	}
	completeWith(cmd, "field", names...)
	return t
}

// target reads the flags: an entry by its number in the catalog, its id or a part of
// its name that no other has; a field by its name in JSON or its column heading.
func (t *targetFlags) target(c *catalog.Catalog) (review.Target, error) {
	out := review.Target{Template: catalog.TemplateID(t.template)}
	if t.entry != "" {
		id, err := entryOf(c, t.entry)
		if err != nil {
			return out, err
		}
		out.Entry = id
	}
	if t.field != "" {
		if t.entry == "" {
			return out, &usageError{what: missingFlag, value: "--entry"}
		}
		for _, f := range catalog.Fields {
			if string(f) == t.field || f.Name() == t.field || words.Field(f).EN == t.field {
				out.Field = f
			}
		}
		if out.Field == "" {
			return out, &usageError{what: badField, value: t.field}
		}
	}
	return out, nil
}

func entryOf(c *catalog.Catalog, name string) (catalog.EntryID, error) {
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(c.Entries) {
		return c.Entries[n-1].ID, nil
	}
	var like []string
	var id catalog.EntryID
	for i := range c.Entries {
		e := &c.Entries[i]
		if string(e.ID) == name {
			return e.ID, nil
		}
		if strings.Contains(pathLine(e.Path), name) {
			like, id = append(like, fmt.Sprintf("%d %s", i+1, pathLine(e.Path))), e.ID
		}
	}
	switch {
	case len(like) == 1:
		return id, nil
	case len(like) > 1:
		return "", &usageError{what: likeEntry, value: strings.Join(like[:min(len(like), 8)], "；")}
	}
	return "", &usageError{what: badEntry, value: name}
}

func (a *app) commentCommand() *cobra.Command {
	var t *targetFlags
	cmd := a.onCase("comment UNIT SECTOR TEXT", helpComment, 1, func(ctx context.Context, s *session, c subject, args []string) error {
		v, err := s.view(ctx, c.CaseID)
		if err != nil {
			return about(c.name(), err)
		}
		target, err := t.target(&v.Catalog)
		if err != nil {
			return err
		}
		var made review.Comment
		in := wire.Comment{Look: wire.Look{Head: headOf(&v.Case)}, Target: target, Text: args[0]}
		if err := s.do(ctx, call{route: "comment", path: casePath(c.CaseID), in: in, out: &made}); err != nil {
			return about(c.name(), err)
		}
		if a.json {
			return a.writeJSON(made)
		}
		a.print(commentDone, made.ID, words.Target(made.Target, &v.Catalog, a.missing(&v.Catalog), a.lang))
		return nil
	})
	t = a.targetFlags(cmd)
	a.jsonFlag(cmd)
	return cmd
}

// missing names the entries of a catalog's template.
func (a *app) missing(c *catalog.Catalog) func(catalog.TemplateID) string {
	t := work.TemplateFor(a.set(), c.Sector, c.Unit)
	return func(id catalog.TemplateID) string {
		if t != nil {
			for i := range t.Entries {
				if t.Entries[i].ID == id {
					return pathLine(t.Entries[i].Path)
				}
			}
		}
		return string(id)
	}
}

func (a *app) uncommentCommand() *cobra.Command {
	return a.onCase("uncomment UNIT SECTOR COMMENT_ID", helpUncomment, 1, func(ctx context.Context, s *session, c subject, args []string) error {
		look, err := s.look(ctx, c.CaseID)
		if err != nil {
			return about(c.name(), err)
		}
		query := url.Values{"head": {string(look.Head)}}
		if err := s.do(ctx, call{route: "uncomment", path: append(casePath(c.CaseID), args[0]), query: query}); err != nil {
			return about(c.name(), err)
		}
		a.print(uncommentDone, args[0])
		return nil
	})
}

// passCommand passes one case, or all that wait and are chosen by flags.
func (a *app) passCommand() *cobra.Command {
	var (
		q    *queueQuery
		all  bool
		note string
	)
	cmd := a.signedOn("pass [UNIT] [SECTOR]", helpPass, 0, 2, func(ctx context.Context, s *session, args []string) error {
		if all == (len(args) > 0) || len(args) == 1 {
			return &usageError{what: caseOrAll}
		}
		if all {
			return a.passAll(ctx, s, q, note)
		}
		c, err := a.subject(ctx, s, args[0], args[1])
		if err != nil {
			return err
		}
		look, err := s.look(ctx, c.CaseID)
		if err != nil {
			return about(c.name(), err)
		}
		if err := s.do(ctx, call{route: "pass", path: casePath(c.CaseID), in: wire.Act{Look: look, Note: note}}); err != nil {
			return about(c.name(), err)
		}
		return a.decided(c, review.ActPass)
	})
	cmd.Flags().BoolVar(&all, "all", false, helpPassAll.In(a.lang))
	cmd.Flags().StringVar(&note, "note", "", helpNote.In(a.lang))
	q = a.queueFlags(cmd)
	a.jsonFlag(cmd)
	return cmd
}

// passAll passes what the queue holds, each on its own; the city office approves it.
func (a *app) passAll(ctx context.Context, s *session, q *queueQuery, note string) error {
	heads, err := a.queue(ctx, s, q)
	if err != nil {
		return err
	}
	names, err := s.unitNames(ctx)
	if err != nil {
		return err
	}
	results := []wire.PassedOne{}
	p := a.progress(doingPass, len(heads))
	defer p.end()
	for len(heads) > 0 {
		n := min(len(heads), wire.MaxRefs)
		in := wire.PassMany{Note: note}
		for _, h := range heads[:n] {
			in.Cases = append(in.Cases, wire.PassOne{Case: h.ID, Look: wire.Look{Head: h.Submission, Version: h.Version}})
		}
		var out wire.PassedMany
		if err := s.do(ctx, call{route: "pass-many", in: in, out: &out}); err != nil {
			return err
		}
		results, heads = append(results, out.Results...), heads[n:]
		p.at(len(results), 0)
	}
	p.end()
	failed := 0
	for _, r := range results {
		if r.Error != nil {
			failed++
		}
	}
	if failed > 0 {
		a.code = exitFindings
	}
	if a.json {
		return a.writeJSON(wire.PassedMany{Results: results})
	}
	for _, r := range results {
		if r.Error != nil {
			a.print(passFailed, names.of(r.Case.Unit), a.sectorName(string(r.Case.Sector)), words.Explain(r.Error, a.lang))
		}
	}
	a.print(passedAll, len(results)-failed, failed)
	return nil
}

func (a *app) eraseCommand() *cobra.Command {
	var (
		t      *targetFlags
		wide   bool
		reason string
	)
	cmd := a.onCase("erase UNIT SECTOR", helpErase, 0, func(ctx context.Context, s *session, c subject, _ []string) error {
		if strings.TrimSpace(reason) == "" {
			return &usageError{what: missingFlag, value: "--reason"}
		}
		if t.entry == "" {
			return &usageError{what: missingFlag, value: "--entry"}
		}
		v, err := s.view(ctx, c.CaseID)
		if err != nil {
			return about(c.name(), err)
		}
		target, err := t.target(&v.Catalog)
		if err != nil {
			return err
		}
		in := wire.Erase{Look: wire.Look{Head: headOf(&v.Case)}, Target: target, SubmissionWide: wide, Reason: reason}
		if err := s.do(ctx, call{route: "erase", path: casePath(c.CaseID), in: in}); err != nil {
			return about(c.name(), err)
		}
		return a.decided(c, review.ActErase)
	})
	t = a.targetFlags(cmd)
	cmd.Flags().BoolVar(&wide, "everywhere", false, helpEverywhere.In(a.lang))
	cmd.Flags().StringVar(&reason, "reason", "", helpReason.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// reviewExportCommand writes catalogs of the service as workbooks and other files:
// those that were approved, as they were approved.
func (a *app) reviewExportCommand() *cobra.Command {
	var (
		f     *exportFlags
		unit  string
		names *[]string
	)
	cmd := a.signedOn("export", helpReviewExport, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		if _, _, err := f.options(a); err != nil {
			return err
		}
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		var only catalog.Unit
		if unit != "" {
			if only, err = s.unit(ctx, unit); err != nil {
				return err
			}
		}
		progress, err := s.progress(ctx)
		if err != nil {
			return err
		}
		var ids []review.CaseID
		for _, u := range progress.Units {
			for _, c := range u.Cases {
				wanted := len(chosen) == 0 || slices.ContainsFunc(chosen, func(s catalog.SectorInfo) bool { return s.Slug == c.ID.Sector })
				approved := c.State == review.Approved || c.State == review.Published
				if approved && wanted && (only.ID == "" || only.ID == u.Unit.ID) {
					ids = append(ids, c.ID)
				}
			}
		}
		if len(ids) == 0 {
			return errNothingApproved
		}
		var cs []catalog.Catalog
		p := a.progress(doingFetch, len(ids))
		defer p.end()
		for _, id := range ids {
			v, err := s.view(ctx, id)
			if err != nil {
				return err
			}
			cs = append(cs, v.Catalog)
			p.step()
		}
		p.end()
		work.InOrder(a.set(), cs)
		return f.write(ctx, a, "", cs)
	})
	f = a.exportFlags(cmd)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringVar(&unit, "unit", "", helpQueueUnit.In(a.lang))
	return cmd
}
