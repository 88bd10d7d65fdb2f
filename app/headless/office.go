package headless

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// jsonFile reads a file of JSON into v.
func jsonFile(path string, v any) error {
	b, err := readFile(path, wire.MaxUnits)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return words.About(path, errNotJSON)
	}
	return nil
}

var (
	errNotJSON   = words.NewFailure("%s 不是所要的 JSON 文件。可以先用 --json 导出一份，照样填写。", "%s is not the JSON that is wanted. Print one with --json and follow it.")
	errFileLarge = words.NewFailure("%s 太大，服务不会接收。请核对文件。", "%s is too large for the service. Check the file.")
)

// readFile reads a file of at most so many bytes.
func readFile(path string, most int64) ([]byte, error) {
	if err := work.Readable(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = errFileLarge
	}
	return b, words.About(path, err)
}

// writeFile writes a file, whole or not at all.
func writeFile(path string, b []byte) error {
	err := atomicfile.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
	return words.About(path, err)
}

func (a *app) unitsCommand() *cobra.Command {
	var from string
	cmd := a.signedOn("units", helpUnits, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		if from != "" {
			var file struct{ Units []catalog.Unit }
			if err := jsonFile(from, &file); err != nil {
				return err
			}
			if err := s.do(ctx, call{route: "put-units", in: file.Units}); err != nil {
				return err
			}
			a.say(unitsDone, len(file.Units))
		}
		us, err := s.units(ctx)
		if err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"units": us})
		}
		tb := table{head: fields(tableUnits, a.lang)}
		for _, u := range us {
			tb.add(string(u.ID), u.Name, words.UnitKind(u.Kind).In(a.lang), string(u.Parent), string(u.ValidTo), string(u.Successor))
		}
		return tb.write(a.Stdout)
	})
	cmd.Flags().StringVar(&from, "from", "", helpUnitsFrom.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) responsibleCommand() *cobra.Command {
	var nobody bool
	cmd := a.signedOn("responsible [SECTOR] [UNIT]", helpResponsible, 0, 2, func(ctx context.Context, s *session, args []string) error {
		switch {
		case len(args) == 1 && !nobody:
			return &usageError{what: missingArgument, value: argumentNames.Replace("UNIT")}
		case nobody && len(args) != 1:
			return &usageError{what: missingArgument, value: argumentNames.Replace("SECTOR")}
		}
		if len(args) > 0 {
			chosen, err := a.sectors(args[:1])
			if err != nil {
				return err
			}
			var u catalog.Unit
			if !nobody {
				if u, err = s.unit(ctx, args[1]); err != nil {
					return err
				}
			}
			if err := s.do(ctx, call{route: "set-responsible", path: []string{string(chosen[0].Slug)}, in: wire.Responsible{Unit: u.ID}}); err != nil {
				return err
			}
		}
		var answers map[catalog.Sector]catalog.UnitID
		if err := s.do(ctx, call{route: "responsible", out: &answers}); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"responsible": answers})
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		tb := table{head: fields(tableResponsible, a.lang)}
		for _, info := range a.set().Sectors() {
			if u, ok := answers[info.Slug]; ok && u != "" {
				tb.add(info.Called(), names.of(u), string(u))
			}
		}
		return tb.write(a.Stdout)
	})
	cmd.Flags().BoolVar(&nobody, "nobody", false, helpNobody.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) inviteCommand() *cobra.Command {
	var (
		role  string
		hours int
	)
	cmd := a.signedOn("invite UNIT", helpInvite, 1, 1, func(ctx context.Context, s *session, args []string) error {
		u, err := s.unit(ctx, args[0])
		if err != nil {
			return err
		}
		r := review.Clerk
		switch {
		case role != "":
			if r, err = roleOf(role); err != nil {
				return err
			}
		case u.Kind == catalog.CountyUnit:
			r = review.CountyReviewer
		}
		var made wire.Invitation
		if err := s.do(ctx, call{route: "invite", in: wire.Invite{Unit: u.ID, Role: r, Hours: hours}, out: &made}); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(made)
		}
		a.print(inviteDone, u.Name, made.Code, made.Expires.Local().Format("2006-01-02 15:04"))
		a.print(inviteUse, s.Service, made.Code)
		return nil
	})
	cmd.Flags().StringVar(&role, "role", "", helpInviteRole.In(a.lang))
	cmd.Flags().IntVar(&hours, "hours", 0, helpHours.In(a.lang))
	completeWith(cmd, "role", string(review.Clerk), string(review.CountyReviewer))
	a.jsonFlag(cmd)
	return cmd
}

// roleOf finds a role by its name in code or in Chinese.
func roleOf(name string) (review.Role, error) {
	for _, r := range review.Roles {
		if string(r) == name || words.Role(r).ZH == name {
			return r, nil
		}
	}
	return "", &usageError{what: badRole, value: name}
}

func roleCodes() []string {
	out := make([]string, len(review.Roles))
	for i, r := range review.Roles {
		out[i] = string(r)
	}
	return out
}

func (a *app) signRequestCommand() *cobra.Command {
	var out string
	cmd := a.signedOn("sign-request FILE", helpSignRequest, 1, 1, func(ctx context.Context, s *session, args []string) error {
		if out == "" {
			return &usageError{what: missingFlag, value: "--out"}
		}
		request, err := readFile(args[0], wire.MaxBundle)
		if err != nil {
			return err
		}
		var certificate []byte
		if err := s.do(ctx, call{route: "request", in: request, out: &certificate}); err != nil {
			return about(args[0], err)
		}
		if err := writeFile(out, certificate); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"certificate": out})
		}
		a.print(certificateDone, out)
		return nil
	})
	cmd.Flags().StringVar(&out, "out", "", helpCertificateOut.In(a.lang))
	a.jsonFlag(cmd)
	cmd.ValidArgsFunction = nil
	return cmd
}

func (a *app) devicesCommand() *cobra.Command {
	var unit string
	cmd := a.signedOn("devices", helpDevices, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		query := url.Values{}
		if unit != "" {
			u, err := s.unit(ctx, unit)
			if err != nil {
				return err
			}
			query.Set("unit", string(u.ID))
		}
		devices := []review.Device{}
		if err := s.do(ctx, call{route: "devices", query: query, out: &devices}); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"devices": devices})
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		tb := table{head: fields(tableDevices, a.lang)}
		for _, d := range devices {
			revoked := ""
			if !d.Revoked.IsZero() {
				revoked = d.Revoked.Local().Format("2006-01-02 15:04")
			}
			tb.add(d.ID, names.of(d.Unit), d.Name, words.Role(d.Role).In(a.lang), d.Enrolled.Local().Format("2006-01-02 15:04"), revoked)
		}
		return tb.write(a.Stdout)
	})
	cmd.Flags().StringVar(&unit, "unit", "", helpQueueUnit.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) revokeCommand() *cobra.Command {
	return a.signedOn("revoke DEVICE", helpRevoke, 1, 1, func(ctx context.Context, s *session, args []string) error {
		if err := s.do(ctx, call{route: "revoke", path: args}); err != nil {
			return err
		}
		a.print(revokeDone, args[0])
		return nil
	})
}

func (a *app) accountsCommand() *cobra.Command {
	list := a.signedOn("list", helpAccountsList, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		accounts := []wire.Account{}
		if err := s.do(ctx, call{route: "accounts", out: &accounts}); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"accounts": accounts})
		}
		tb := table{head: fields(tableAccounts, a.lang)}
		for _, acc := range accounts {
			var marks []string
			if acc.Disabled {
				marks = append(marks, accountDisabled.In(a.lang))
			}
			if acc.LockedUntil.After(a.Now()) {
				marks = append(marks, accountLocked.In(a.lang, acc.LockedUntil.Local().Format("15:04")))
			}
			if acc.MustChange {
				marks = append(marks, accountMustChange.In(a.lang))
			}
			tb.add(string(acc.ID), acc.Name, words.Role(acc.Role).In(a.lang), string(acc.Unit), a.sectorNames(acc.Sectors), strings.Join(marks, listMark.In(a.lang)))
		}
		return tb.write(a.Stdout)
	})
	a.jsonFlag(list)
	return a.group("accounts", helpAccounts, list, a.addAccountCommand(), a.changeAccountCommand())
}

func (a *app) sectorNames(ss []catalog.Sector) string {
	names := make([]string, len(ss))
	for i, s := range ss {
		names[i] = a.sectorName(string(s))
	}
	return strings.Join(names, listMark.In(a.lang))
}

// accountFlags are what an account is made of.
type accountFlags struct {
	name, role, unit string
	sectors          *[]string
}

func (a *app) accountFlags(cmd *cobra.Command) *accountFlags {
	f := &accountFlags{}
	cmd.Flags().StringVar(&f.name, "name", "", helpAccountName.In(a.lang))
	cmd.Flags().StringVar(&f.role, "role", "", helpAccountRole.In(a.lang))
	cmd.Flags().StringVar(&f.unit, "unit", "", helpAccountUnit.In(a.lang))
	f.sectors = a.sectorFlag(cmd)
	completeWith(cmd, "role", roleCodes()...)
	a.jsonFlag(cmd)
	return f
}

func (a *app) slugs(f *accountFlags) ([]catalog.Sector, error) {
	chosen, err := a.sectors(*f.sectors)
	var out []catalog.Sector
	for _, c := range chosen {
		out = append(out, c.Slug)
	}
	return out, err
}

func (a *app) accountMade(made wire.AccountMade, done words.Text) error {
	if a.json {
		return a.writeJSON(made)
	}
	a.print(done, made.ID, made.Name)
	if made.Password != "" {
		a.print(accountPassword, made.Password)
	}
	return nil
}

func (a *app) addAccountCommand() *cobra.Command {
	var f *accountFlags
	cmd := a.signedOn("add ACCOUNT", helpAccountAdd, 1, 1, func(ctx context.Context, s *session, args []string) error {
		switch {
		case f.name == "":
			return &usageError{what: missingFlag, value: "--name"}
		case f.role == "":
			return &usageError{what: missingFlag, value: "--role"}
		}
		in := wire.NewAccount{ID: review.PersonID(args[0]), Name: f.name, Unit: catalog.UnitID(f.unit)}
		var err error
		if in.Role, err = roleOf(f.role); err != nil {
			return err
		}
		if in.Sectors, err = a.slugs(f); err != nil {
			return err
		}
		var made wire.AccountMade
		if err := s.do(ctx, call{route: "add-account", in: in, out: &made}); err != nil {
			return about(args[0], err)
		}
		return a.accountMade(made, accountAdded)
	})
	f = a.accountFlags(cmd)
	return cmd
}

func (a *app) changeAccountCommand() *cobra.Command {
	var (
		f                              *accountFlags
		disable, enable, unlock, reset bool
	)
	var cmd *cobra.Command
	cmd = a.signedOn("change ACCOUNT", helpAccountChange, 1, 1, func(ctx context.Context, s *session, args []string) error {
		if disable && enable {
			return &usageError{what: badFlagValue, value: "--disable --enable"}
		}
		in := wire.AccountChange{Unlock: unlock}
		if f.name != "" {
			in.Name = &f.name
		}
		if f.role != "" {
			r, err := roleOf(f.role)
			if err != nil {
				return err
			}
			in.Role = &r
		}
		if cmd.Flags().Changed("unit") {
			u := catalog.UnitID(f.unit)
			in.Unit = &u
		}
		if cmd.Flags().Changed("sector") {
			chosen, err := a.slugs(f)
			if err != nil {
				return err
			}
			in.Sectors = &chosen
		}
		if disable || enable {
			in.Disabled = &disable
		}
		if reset {
			in.Password = new(string)
		}
		var made wire.AccountMade
		if err := s.do(ctx, call{route: "change-account", path: args, in: in, out: &made}); err != nil {
			return about(args[0], err)
		}
		return a.accountMade(made, accountChanged)
	})
	f = a.accountFlags(cmd)
	cmd.Flags().BoolVar(&disable, "disable", false, helpDisable.In(a.lang))
	cmd.Flags().BoolVar(&enable, "enable", false, helpEnable.In(a.lang))
	cmd.Flags().BoolVar(&unlock, "unlock", false, helpUnlock.In(a.lang))
	cmd.Flags().BoolVar(&reset, "reset-password", false, helpResetPassword.In(a.lang))
	return cmd
}

func (a *app) notifyCommand() *cobra.Command {
	var (
		units      []string
		title, due string
	)
	cmd := a.signedOn("notify TEXT", helpNotify, 1, 1, func(ctx context.Context, s *session, args []string) error {
		if title == "" {
			return &usageError{what: missingFlag, value: "--title"}
		}
		in := wire.Notify{Notice: review.Notice{Title: title, Text: args[0], Due: catalog.Date(due)}}
		if _, err := in.Notice.Due.Time(); due != "" && err != nil {
			return &usageError{what: badTime, value: due}
		}
		for _, name := range units {
			u, err := s.unit(ctx, name)
			if err != nil {
				return err
			}
			in.Units = append(in.Units, u.ID)
		}
		if err := s.do(ctx, call{route: "notify", in: in}); err != nil {
			return err
		}
		a.print(notifyDone, title)
		return nil
	})
	cmd.Flags().StringVar(&title, "title", "", helpNoticeTitle.In(a.lang))
	cmd.Flags().StringVar(&due, "due", "", helpNoticeDue.In(a.lang))
	cmd.Flags().StringSliceVar(&units, "unit", nil, helpNoticeUnit.In(a.lang))
	return cmd
}

func (a *app) logCommand() *cobra.Command {
	var (
		after uint64
		limit int
	)
	cmd := a.signedOn("log", helpLog, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		query := url.Values{"after": {strconv.FormatUint(after, 10)}, "limit": {strconv.Itoa(limit)}}
		var page wire.LogPage
		if err := s.do(ctx, call{route: "log", query: query, out: &page}); err != nil {
			return err
		}
		if a.json {
			if page.Records == nil {
				page.Records = []review.Record{}
			}
			return a.writeJSON(page)
		}
		names, err := s.unitNames(ctx)
		if err != nil {
			return err
		}
		for _, r := range page.Records {
			what := r.Subject
			if r.Case != (review.CaseID{}) {
				what = strings.TrimSpace(names.of(r.Case.Unit) + " " + a.sectorName(string(r.Case.Sector)) + " " + r.Subject)
			}
			by := personName(r.By)
			if by == "" {
				by = nobodyYet.In(a.lang)
			}
			a.print(logLine, r.Seq, r.At.Local().Format("2006-01-02 15:04:05"), by, logAction(r.Action).In(a.lang), what, r.Note)
		}
		if page.More && len(page.Records) > 0 {
			a.say(logMore, page.Records[len(page.Records)-1].Seq)
		}
		return nil
	})
	cmd.Flags().Uint64Var(&after, "after", 0, helpAfter.In(a.lang))
	cmd.Flags().IntVar(&limit, "limit", 100, helpLogLimit.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

// logAction names an action of the log; the service has some of its own, which are
// nobody's to allow.
func logAction(act review.Action) words.Text {
	if t, own := logActions[act]; own {
		return t
	}
	if t := words.Action(act); t.ZH != "" {
		return t
	}
	return words.Text{ZH: string(act), EN: string(act)}
}

var logActions = map[review.Action]words.Text{
	"sign-on": {ZH: "登录", EN: "sign on"},
	"begin":   {ZH: "设立管理员", EN: "make an administrator"},
}

func personName(p review.Person) string {
	if p.Name == "" {
		return string(p.ID)
	}
	return p.Name
}

func (a *app) verifyLogCommand() *cobra.Command {
	cmd := a.signedOn("verify-log", helpVerifyLog, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		var v wire.LogVerified
		if err := s.do(ctx, call{route: "verify-log", out: &v}); err != nil {
			return err
		}
		return a.verified(v)
	})
	a.jsonFlag(cmd)
	return cmd
}

// verified says what verifying the log found.
func (a *app) verified(v wire.LogVerified) error {
	if v.Broken != 0 {
		a.code = exitFindings
	}
	if a.json {
		return a.writeJSON(v)
	}
	if v.Broken != 0 {
		a.print(logBroken, v.Broken)
		return nil
	}
	a.print(logWhole, v.Head, v.Hash)
	return nil
}

func (a *app) packCommand() *cobra.Command {
	var (
		out   string
		after uint64
	)
	cmd := a.signedOn("pack UNIT", helpPack, 1, 1, func(ctx context.Context, s *session, args []string) error {
		if out == "" {
			return &usageError{what: missingFlag, value: "--out"}
		}
		u, err := s.unit(ctx, args[0])
		if err != nil {
			return err
		}
		query := url.Values{"unit": {string(u.ID)}, "after": {strconv.FormatUint(after, 10)}}
		var pack []byte
		if err := s.do(ctx, call{route: "feed-pack", query: query, out: &pack}); err != nil {
			return err
		}
		if err := writeFile(out, pack); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"pack": out})
		}
		a.print(packDone, u.Name, out)
		return nil
	})
	cmd.Flags().StringVar(&out, "out", "", helpPackOut.In(a.lang))
	cmd.Flags().Uint64Var(&after, "after", 0, helpPackAfter.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) releaseCommand() *cobra.Command {
	var version string
	cmd := a.signedOn("release KIND FILE", helpRelease, 2, 2, func(ctx context.Context, s *session, args []string) error {
		if version == "" {
			return &usageError{what: missingFlag, value: "--version"}
		}
		b, err := readFile(args[1], wire.MaxBundle)
		if err != nil {
			return err
		}
		var out wire.Released
		if err := s.do(ctx, call{route: "release", path: args[:1], query: url.Values{"version": {version}}, in: b, out: &out}); err != nil {
			return about(args[1], err)
		}
		if a.json {
			return a.writeJSON(out)
		}
		a.print(releaseDone, version, out.Hash)
		return nil
	})
	cmd.Flags().StringVar(&version, "version", "", helpReleaseVersion.In(a.lang))
	a.jsonFlag(cmd)
	cmd.ValidArgsFunction = nil
	return cmd
}

func (a *app) settingsCommand() *cobra.Command {
	var policy review.Policy
	var cmd *cobra.Command
	cmd = a.signedOn("settings", helpSettings, 0, 0, func(ctx context.Context, s *session, _ []string) error {
		var now review.Policy
		if err := s.do(ctx, call{route: "settings", out: &now}); err != nil {
			return err
		}
		changed := false
		for name, set := range map[string]func(){
			"county-days":  func() { now.CountyDays = policy.CountyDays },
			"joint-days":   func() { now.JointDays = policy.JointDays },
			"rectify-days": func() { now.RectifyDays = policy.RectifyDays },
			"due-day":      func() { now.DueDay = policy.DueDay },
		} {
			if cmd.Flags().Changed(name) {
				set()
				changed = true
			}
		}
		if changed {
			if err := s.do(ctx, call{route: "set-settings", in: now}); err != nil {
				return err
			}
			if err := s.do(ctx, call{route: "settings", out: &now}); err != nil {
				return err
			}
		}
		if a.json {
			return a.writeJSON(now)
		}
		a.print(settingsLine, now.CountyDays, now.JointDays, now.RectifyDays, now.DueDay)
		return nil
	})
	cmd.Flags().IntVar(&policy.CountyDays, "county-days", 0, helpCountyDays.In(a.lang))
	cmd.Flags().IntVar(&policy.JointDays, "joint-days", 0, helpJointDays.In(a.lang))
	cmd.Flags().IntVar(&policy.RectifyDays, "rectify-days", 0, helpRectifyDays.In(a.lang))
	cmd.Flags().IntVar(&policy.DueDay, "due-day", 0, helpDueDay.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func quarterOf(s string) (string, error) {
	var year, q int
	if n, err := fmt.Sscanf(s, "%4dQ%1d", &year, &q); err != nil || n != 2 || q < 1 || q > 4 || s != fmt.Sprintf("%04dQ%d", year, q) {
		return "", &usageError{what: badQuarter, value: s}
	}
	return s, nil
}

func cut3(s string) (string, string, string, bool) {
	parts := strings.SplitN(s, "=", 3)
	if len(parts) != 3 || slices.Contains(parts, "") {
		return "", "", "", false
	}
	return parts[0], parts[1], parts[2], true
}
