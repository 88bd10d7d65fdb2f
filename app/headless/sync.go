package headless

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/review"
)

func (a *app) syncCommand() *cobra.Command {
	var (
		dir    *string
		names  *[]string
		settle []string
	)
	cmd := a.command("sync", helpSync, 0, 0, func(cmd *cobra.Command, _ []string) error {
		chosen, err := a.sectors(*names)
		if err != nil {
			return err
		}
		ctx := cmd.Context()
		return a.withClerk(ctx, *dir, false, func(c *clerk) error {
			if len(settle) > 0 {
				if len(chosen) != 1 {
					return &usageError{what: missingFlag, value: "--sector"}
				}
				return a.settle(ctx, c, chosen[0], settle)
			}
			line, err := a.line(ctx, c)
			if err != nil {
				return err
			}
			before := c.Outbox()
			p := a.progress(doingSync, 0)
			var done client.Progress
			err = c.Sync(ctx, line, func(now client.Progress) { done = now })
			p.end()
			if err != nil {
				return err
			}
			return a.synced(ctx, c, before, done)
		})
	})
	dir = a.dataFlag(cmd, true)
	names = a.sectorFlag(cmd)
	cmd.Flags().StringArrayVar(&settle, "settle", nil, helpSettle.In(a.lang))
	cmd.Flags().IntVar(&a.tries, "tries", 0, helpTries.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// synced says what became of what was sent, what came, and what to do about it.
func (a *app) synced(ctx context.Context, c *clerk, before []client.Sent, done client.Progress) error {
	open := map[review.Hash]bool{}
	for _, s := range before {
		open[s.Hash] = s.Receipt == nil || s.Receipt.Status == review.Waiting
	}
	news := []client.Sent{}
	for _, s := range c.Outbox() {
		if was, known := open[s.Hash]; (was || !known) && s.Receipt != nil {
			news = append(news, s)
		}
	}
	all, err := c.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range news {
		switch s.Receipt.Status {
		case review.Conflicted:
			a.code = exitConflict
		case review.Refused:
			a.code = max(a.code, exitFindings)
		}
	}
	for _, s := range all {
		if len(s.Clashes) > 0 {
			a.code = exitConflict
		}
	}
	if a.json {
		return a.writeJSON(map[string]any{"sent": news, "received": done.Received, "sectors": all})
	}
	for _, s := range news {
		a.print(syncSent, a.sentName(s), words.ReceiptStatus(s.Receipt.Status).In(a.lang))
		if s.Receipt.Status == review.Refused || s.Receipt.Status == review.Conflicted {
			a.print(submitProblem, words.ReceiptProblem(*s.Receipt, a.lang))
		}
	}
	a.print(syncDone, len(news), done.Received)
	return a.standing(ctx, c, all)
}

// sentName names what was sent.
func (a *app) sentName(s client.Sent) string {
	switch s.Kind {
	case bundle.Withdrawal:
		return sentWithdrawal.In(a.lang, a.sectorName(string(s.Sector)))
	case bundle.Rectification:
		return sentRectification.In(a.lang, s.Assessment.Quarter)
	}
	return a.sectorName(string(s.Sector))
}

// standing prints what waits for the unit: what was returned, and what clashes.
func (a *app) standing(ctx context.Context, c *clerk, all []client.Status) error {
	for _, s := range all {
		if s.Behind {
			a.print(behindLine, a.sectorName(string(s.Sector)))
		}
		if len(s.Clashes) == 0 && s.State != review.Returned {
			continue
		}
		cat, err := c.store.Catalog(ctx, s.Sector)
		if err != nil {
			return err
		}
		if s.State == review.Returned && s.Decision != nil {
			a.print(returnedHead, a.sectorName(string(s.Sector)), words.Date(s.Decision.Due, a.lang))
			if s.Decision.Note != "" {
				a.print(returnedNote, s.Decision.Note)
			}
			for _, m := range s.Decision.Comments {
				mark := ""
				for _, silent := range s.Unanswered {
					if silent == m.ID {
						mark = toFollow.In(a.lang)
					}
				}
				a.print(returnedLine, m.ID, words.Target(m.Target, &cat, a.missing(&cat), a.lang), indent(m.Text, "      "), mark)
			}
		}
		if len(s.Clashes) > 0 {
			a.print(clashHead, a.sectorName(string(s.Sector)), len(s.Clashes))
			for _, cl := range s.Clashes {
				a.print(clashLine, clashName(cl), a.clashTarget(cl, &cat), short(cl.Ours, 60), short(cl.Theirs, 60))
			}
		}
	}
	return nil
}

// clashName is how a clash is named on the command line: the entry's id and the
// field, or what else of the catalog it is about.
func clashName(cl catalog.Clash) string {
	switch {
	case cl.Entry != "" && cl.Field != "":
		return string(cl.Entry) + "/" + string(cl.Field)
	case cl.Entry != "":
		return string(cl.Entry)
	case cl.Key != "":
		return string(cl.Target) + "/" + cl.Key
	}
	return string(cl.Target)
}

func (a *app) clashTarget(cl catalog.Clash, c *catalog.Catalog) string {
	if cl.Entry != "" {
		return words.Target(review.Target{Entry: cl.Entry, Field: cl.Field}, c, nil, a.lang)
	}
	return words.CatalogPart(cl.Target).In(a.lang)
}

// settle settles clashes as the flags say: ENTRY/FIELD=ours, or all=theirs.
func (a *app) settle(ctx context.Context, c *clerk, s catalog.SectorInfo, flags []string) error {
	st, err := c.Of(ctx, s.Slug)
	if err != nil {
		return err
	}
	sides := map[client.Side][]catalog.Clash{}
	for _, f := range flags {
		i := strings.LastIndex(f, "=")
		if i < 0 {
			return &usageError{what: badSettle, value: f}
		}
		name, side := f[:i], client.Ours
		switch f[i+1:] {
		case "theirs":
			side = client.Theirs
		case "ours":
		default:
			return &usageError{what: badSettle, value: f}
		}
		found := false
		for _, cl := range st.Clashes {
			if name == "all" || clashName(cl) == name {
				sides[side] = append(sides[side], cl)
				found = true
			}
		}
		if !found {
			return &usageError{what: noClash, value: name}
		}
	}
	n := 0
	for _, side := range []client.Side{client.Ours, client.Theirs} {
		if len(sides[side]) == 0 {
			continue
		}
		if err := c.Settle(ctx, s.Slug, a.User, labelSettle.In(a.lang), side, sides[side]...); err != nil {
			return err
		}
		n += len(sides[side])
	}
	if st, err = c.Of(ctx, s.Slug); err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(st)
	}
	a.print(settleDone, n, len(st.Clashes))
	return nil
}

func (a *app) bundleCommand() *cobra.Command {
	var (
		dir *string
		out string
	)
	cmd := a.command("bundle", helpBundle, 0, 0, func(cmd *cobra.Command, _ []string) error {
		if out == "" {
			return &usageError{what: missingFlag, value: "--out"}
		}
		return a.withClerk(cmd.Context(), *dir, true, func(c *clerk) error {
			b, n, err := c.Pack(cmd.Context())
			if err != nil {
				return err
			}
			if n == 0 {
				return errEmptyOutbox
			}
			if err := writeFile(out, b); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"file": out, "bundles": n})
			}
			a.print(bundleDone, n, out)
			return nil
		})
	})
	dir = a.dataFlag(cmd, true)
	cmd.Flags().StringVar(&out, "out", "", helpBundleOut.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

var errEmptyOutbox = words.NewFailure("发件箱是空的，没有要带走的内容。先用 mulu submit 报送。", "The outbox is empty. Submit something first (mulu submit).")

func (a *app) receiveCommand() *cobra.Command {
	var dir *string
	cmd := a.command("receive FILE", helpReceive, 1, 1, func(cmd *cobra.Command, args []string) error {
		b, err := readFile(args[0], bundle.MaxPack)
		if err != nil {
			return err
		}
		return a.withClerk(cmd.Context(), *dir, false, func(c *clerk) error {
			before := c.Outbox()
			done, err := c.Receive(cmd.Context(), b)
			if err != nil {
				return words.About(args[0], err)
			}
			return a.synced(cmd.Context(), c, before, done)
		})
	})
	cmd.ValidArgsFunction = nil // files
	dir = a.dataFlag(cmd, true)
	a.jsonFlag(cmd)
	return cmd
}

// takeCommand hands in, for units that are never online, what came on a stick.
func (a *app) takeCommand() *cobra.Command {
	cmd := a.signedOn("take FILE", helpTake, 1, 1, func(ctx context.Context, s *session, args []string) error {
		b, err := readFile(args[0], bundle.MaxPack)
		if err != nil {
			return err
		}
		receipts := []review.Receipt{}
		if err := s.do(ctx, call{route: "offer-pack", in: b, out: &receipts}); err != nil {
			return about(args[0], err)
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		for _, r := range receipts {
			switch r.Status {
			case review.Conflicted:
				a.code = exitConflict
			case review.Refused:
				a.code = max(a.code, exitFindings)
			}
		}
		if a.json {
			return a.writeJSON(map[string]any{"receipts": receipts})
		}
		for _, r := range receipts {
			what := fmt.Sprintf("%s %s", names.of(r.Case.Unit), a.sectorName(string(r.Case.Sector)))
			a.print(syncSent, what, words.ReceiptStatus(r.Status).In(a.lang))
			if r.Status == review.Refused || r.Status == review.Conflicted {
				a.print(submitProblem, words.ReceiptProblem(r, a.lang))
			}
		}
		a.print(takeDone, len(receipts))
		return nil
	})
	cmd.ValidArgsFunction = nil // files
	a.jsonFlag(cmd)
	return cmd
}
