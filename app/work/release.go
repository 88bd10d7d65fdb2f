package work

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"mulutong/app/words"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

// Names under which a store keeps what belongs to templates.
const keptRelease = "release" // packed: a release newer than a program's own

func keptTemplate(s catalog.Sector, version string) string {
	return "template/" + string(s) + "/" + version
}

// Keeper is what keeping templates needs of a store; [boltstore.Store] is one.
type Keeper interface {
	Heads(context.Context) ([]catalog.Head, error)
	Keep(ctx context.Context, things map[string][]byte) error
	Kept(ctx context.Context, name string) ([]byte, error)
	KeptNames(ctx context.Context, prefix string) ([]string, error)
}

// KeepTemplates keeps, with the drafts of a store, the templates they were made
// from, as far as set has them and they are not kept yet: a newer template is
// compared with them one day.
func KeepTemplates(ctx context.Context, s Keeper, set *templates.Set) error {
	heads, err := s.Heads(ctx)
	if err != nil {
		return err
	}
	held, err := s.KeptNames(ctx, "template/")
	if err != nil {
		return err
	}
	missing := map[string][]byte{}
	for _, h := range heads {
		name := keptTemplate(h.Sector, h.TemplateVersion)
		if _, found := slices.BinarySearch(held, name); found || h.TemplateVersion == "" {
			continue
		}
		t, ok := set.Template(h.Sector)
		if !ok || t.Version != h.TemplateVersion {
			continue
		}
		if missing[name], err = squeeze(templates.PrintTemplate(t)); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return s.Keep(ctx, missing)
}

func squeeze(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	err := z.Close()
	return out.Bytes(), err
}

// oldTemplate is a template of an earlier release that a draft was made from;
// nil where it was not kept, or this program cannot read it.
func (d *Desk) oldTemplate(ctx context.Context, s catalog.Sector, version string) *catalog.Template {
	if t, ok := d.Know().Template(s); ok && t.Version == version {
		return t
	}
	b, err := d.inUse().Kept(ctx, keptTemplate(s, version))
	if err != nil {
		return nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	const most = 16 << 20
	text, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil {
		return nil
	}
	t, err := templates.ParseTemplate(string(s)+".txt", text)
	if err != nil {
		return nil
	}
	return t
}

// Know is what the program knows of the field: templates, register, calendar. It
// is the program's own release, or the newer one that was taken in with
// TakeRelease and is kept with the drafts.
func (d *Desk) Know() *templates.Set {
	d.mu.Lock()
	know, store := d.know, d.store
	d.mu.Unlock()
	if know != nil {
		return know
	}
	know, err := KnownTo(store, d.o.Know())
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.know == nil && d.store == store {
		d.know, d.knowErr = know, err
	}
	return know
}

// KnownTo is the newer of a program's own release and the one that a store keeps;
// the program's own too where that cannot be read, and why not.
func KnownTo(s Keeper, own *templates.Set) (*templates.Set, error) {
	packed, err := s.Kept(context.Background(), keptRelease)
	if errors.Is(err, catalog.ErrNotFound) {
		return own, nil
	}
	if err != nil {
		return own, err
	}
	set, err := templates.UnpackRelease(packed)
	if err != nil || !catalog.NewerVersion(set.Version(), own.Version()) {
		return own, err
	}
	return set, nil
}

// KnowProblem says why a newer release that is kept with the drafts is not in use:
// another program wrote it, or the disk damaged it. It is nil where all is well.
func (d *Desk) KnowProblem() error {
	d.Know()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.knowErr
}

// Release is a release of the templates in a file, read and found good.
type Release struct {
	Path    string
	Version string
	set     *templates.Set
	packed  []byte
}

// What keeps a release from being taken.
var (
	ErrNoRelease  = words.NewFailure("%s 里没有模板。请选择上级发来的模板压缩包（.zip）或文件夹。", "There are no templates in %s. Choose the zip file or folder of templates that was sent to you.")
	ErrOldRelease = words.NewFailure("%s 不比正在使用的模板新，没有改动任何内容。", "%s is no newer than the templates in use; nothing was changed.")

	badRelease    = words.Text{ZH: "%%s 里的模板有错误，没有使用它：%s。请与发放模板的单位联系。", EN: "The templates in %%s are faulty and were not taken: %s. Contact the office that sent them."}
	lacksSectors  = words.Text{ZH: "%%s 里没有这些领域的模板：%s。没有使用它。请与发放模板的单位联系。", EN: "%%s has no templates of these sectors: %s. It was not taken. Contact the office that sent it."}
	inLine        = words.Text{ZH: " 第 %d 行", EN: " line %d"}
	andMoreErrors = words.Text{ZH: "，等 %d 处", EN: ", and others, %d in all"}
)

// ReadRelease reads a release from the folder or zip file that the city handed
// out. What is wrong is a *words.Failure or an error of the file system.
func ReadRelease(path string) (*Release, error) {
	set, packed, err := templates.ReadRelease(path)
	var data *templates.DataError
	switch {
	case errors.Is(err, templates.ErrNoRelease):
		return nil, words.About(path, ErrNoRelease)
	case errors.As(err, &data), err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission):
		return nil, words.About(path, failureOf(badRelease, first(err)))
	case err != nil:
		return nil, words.About(path, err)
	}
	return &Release{Path: path, Version: set.Version(), set: set, packed: packed}, nil
}

// failureOf is a failure with something put into its words.
func failureOf(t words.Text, what words.Text) error {
	quote := func(s string) string { return strings.ReplaceAll(s, "%", "%%") }
	return words.NewFailure(t.In(words.Chinese, quote(what.ZH)), t.In(words.English, quote(what.EN)))
}

// first says where the first of several errors is, and how many there are; what is
// wrong there is for those who wrote it.
func first(err error) words.Text {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	t := words.Text{ZH: all[0].Error(), EN: all[0].Error()}
	var data *templates.DataError
	if errors.As(all[0], &data) {
		t = words.Text{ZH: data.File, EN: data.File}
		if data.Line > 0 {
			t.ZH, t.EN = t.ZH+inLine.In(words.Chinese, data.Line), t.EN+inLine.In(words.English, data.Line)
		}
	}
	if n := len(all); n > 1 {
		t.ZH, t.EN = t.ZH+andMoreErrors.In(words.Chinese, n), t.EN+andMoreErrors.In(words.English, n)
	}
	return t
}

// TakeRelease uses a release from now on and keeps it with the drafts, which stay
// as they are: Upgrades tells what it means for them. It fails with ErrOldRelease
// where it is no newer than the one in use, or where a sector of the drafts has no
// template in it.
func (d *Desk) TakeRelease(ctx context.Context, r *Release) error {
	if err := d.suits(ctx, r); err != nil {
		return err
	}
	if err := d.take(ctx); err != nil {
		return err
	}
	defer d.release()
	d.mu.Lock()
	store := d.store
	d.mu.Unlock()
	// What the drafts were made from has to be kept before it is out of use.
	if err := KeepTemplates(ctx, store, d.Know()); err != nil {
		return fmt.Errorf("keep the templates in use: %w", err)
	}
	if err := store.Keep(ctx, map[string][]byte{keptRelease: r.packed}); err != nil {
		return fmt.Errorf("keep release %s: %w", r.Version, err)
	}
	d.use(r)
	return nil
}

// TryRelease uses a release as TakeRelease does, but only until the desk is closed.
func (d *Desk) TryRelease(ctx context.Context, r *Release) error {
	if err := d.suits(ctx, r); err != nil {
		return err
	}
	d.use(r)
	return nil
}

// suits says why a release cannot be used for the drafts.
func (d *Desk) suits(ctx context.Context, r *Release) error {
	inUse := d.Know()
	if !catalog.NewerVersion(r.Version, inUse.Version()) {
		return words.About(r.Path, ErrOldRelease)
	}
	sectors, err := d.Sectors(ctx)
	if err != nil {
		return err
	}
	var zh, en []string
	for _, s := range sectors {
		_, had := inUse.Template(s.Slug)
		if _, has := r.set.Template(s.Slug); had && !has {
			zh, en = append(zh, words.Sector(s).ZH), append(en, words.Sector(s).EN)
		}
	}
	if zh != nil {
		return words.About(r.Path, failureOf(lacksSectors, words.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}))
	}
	return nil
}

func (d *Desk) use(r *Release) {
	d.mu.Lock()
	d.know, d.knowErr, d.checker = r.set, nil, nil
	var open []*Draft
	for _, dr := range d.drafts {
		dr.changes++ // what was found with the old register is not current
		open = append(open, dr)
	}
	d.mu.Unlock()
	for _, dr := range open {
		dr.look(true)
	}
	d.tell(Event{Kind: KnowChanged})
}

// Upgrade is what a newer template means for one sector's draft. Its plan holds
// what a person chose.
type Upgrade struct {
	Sector catalog.SectorInfo
	Plan   *catalog.UpgradePlan

	old, new *catalog.Template
}

// Upgrades lists the sectors whose drafts follow an older template than the one in
// use, in their usual order. Sectors that do not occur in the unit have none.
func (d *Desk) Upgrades(ctx context.Context) ([]*Upgrade, error) {
	sectors, err := d.Sectors(ctx)
	if err != nil {
		return nil, err
	}
	know := d.Know()
	var out []*Upgrade
	for _, info := range sectors {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t, ok := know.Template(info.Slug)
		if !ok {
			continue
		}
		dr, err := d.Draft(ctx, info.Slug)
		if errors.Is(err, catalog.ErrNotFound) {
			continue // taken back meanwhile
		}
		if err != nil {
			return nil, err
		}
		c := dr.Catalog()
		if c.NotApplicable != nil || !catalog.NewerVersion(t.Version, c.TemplateVersion) {
			continue
		}
		old := d.oldTemplate(ctx, info.Slug, c.TemplateVersion)
		out = append(out, &Upgrade{Sector: info, Plan: catalog.PlanUpgrade(old, t, c), old: old, new: t})
	}
	return out, nil
}

// Outdated counts the sectors that Upgrades would list, without comparing anything.
func (d *Desk) Outdated(ctx context.Context) (int, error) {
	heads, err := d.inUse().Heads(ctx)
	return Outdated(d.Know(), heads), err
}

// Outdated counts the drafts that follow an older template than a release has.
func Outdated(set *templates.Set, heads []catalog.Head) int {
	n := 0
	for _, h := range heads {
		t, ok := set.Template(h.Sector)
		if ok && h.NotApplicable == nil && catalog.NewerVersion(t.Version, h.TemplateVersion) {
			n++
		}
	}
	return n
}

var (
	labelUpgrade  = words.Text{ZH: "更新模板到 %s：%s", EN: "templates updated to %s: %s"}
	labelUpgrades = words.Text{ZH: "更新模板到 %s（%d 个领域）", EN: "templates updated to %s (%d sectors)"}
)

// Upgraded is what an upgrade did: the backup made before it, and the edit that
// UndoEdit takes back.
type Upgraded struct {
	Before Backup
	Edit   uint64
}

// Upgrade has drafts follow their newer templates as chosen, all in one edit,
// which one undo takes back, after a backup into folder. What was changed in a
// draft since it was compared stays.
func (d *Desk) Upgrade(ctx context.Context, ups []*Upgrade, folder string) (done Upgraded, err error) {
	if len(ups) == 0 {
		return done, nil
	}
	d.mu.Lock()
	lang := d.lang
	d.mu.Unlock()
	if done.Before, err = d.Backup(ctx, folder, BeforeUpgrade); err != nil {
		return done, err
	}
	if err := KeepTemplates(ctx, d.inUse(), d.Know()); err != nil {
		return done, err
	}
	label := labelUpgrades.In(lang, ups[0].new.Version, len(ups))
	if len(ups) == 1 {
		label = labelUpgrade.In(lang, ups[0].new.Version, words.Sector(ups[0].Sector).In(lang))
	}
	register := d.Know().Register().Version()
	bySector := map[catalog.Sector]*Upgrade{}
	var sectors []catalog.Sector
	for _, u := range ups {
		bySector[u.Sector.Slug], sectors = u, append(sectors, u.Sector.Slug)
	}
	edit, err := d.Change(ctx, label, sectors, func(c *catalog.Catalog) error {
		u := bySector[c.Sector]
		p := catalog.PlanUpgrade(u.old, u.new, c)
		p.Carry(u.Plan)
		*c = p.Apply(d.NewID)
		c.RegisterVersion = register
		return nil
	})
	done.Edit = edit.Seq
	return done, err
}

// ErrEditedSince keeps an edit from being taken back by itself.
var ErrEditedSince = words.NewFailure("这一步之后又有别的改动，没有撤销。要退回去，请用「撤销」一步一步退。", "Something else was changed since; nothing was taken back. Use Undo, step by step.")

// UndoEdit takes back an edit if it is the unit's latest one; otherwise it fails
// with ErrEditedSince.
func (d *Desk) UndoEdit(ctx context.Context, seq uint64) (Step, error) {
	edit, err := d.exclusively(ctx, func(s Store, by string) (catalog.Edit, error) {
		last, err := s.History(ctx, boltstore.HistoryQuery{Limit: 1})
		if err != nil {
			return catalog.Edit{}, err
		}
		if len(last) == 0 || last[0].Seq != seq {
			return catalog.Edit{}, ErrEditedSince
		}
		return s.Undo(ctx, by)
	})
	return stepOf(&edit), err
}

var _ Keeper = (*boltstore.Store)(nil)
