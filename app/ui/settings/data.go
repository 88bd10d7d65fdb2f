package settings

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

func (s *Screen) dataPart() fyne.CanvasObject {
	s.list = newBackupList(s)
	folder := container.NewHBox(
		kit.Button(kit.Say(openFolder), theme.FolderOpenIcon(), func() { s.openFolder(s.drafts.Dir()) }),
		kit.Button(kit.Say(changeFolder), nil, s.changeData))
	top := kit.Card(field(kit.Say(dataFolder), container.NewVBox(path(s.drafts.Dir()), folder), ""))

	auto := kit.NewCheck(kit.Say(daily, work.KeptBackups), func(on bool) {
		s.keep(func(set *work.Settings) { set.NoDaily = !on })
	})
	auto.Checked = !s.set.NoDaily
	where := container.NewHBox(
		kit.Button(kit.Say(openFolder), theme.FolderOpenIcon(), func() { s.openFolder(s.backups()) }),
		kit.Button(kit.Say(changeFolder), nil, s.changeBackups))
	head := container.NewVBox(
		field(kit.Say(backupsIn), container.NewVBox(path(s.backups()), where), kit.Say(backupsHint)),
		field("", auto, ""),
		field("", container.NewHBox(
			kit.Primary(kit.Say(backupNow), theme.DocumentSaveIcon(), s.backupNow),
			kit.Button(kit.Say(restoreOther), nil, s.chooseBackup)), ""),
		kit.Rule(),
	)
	card := kit.Card(container.NewBorder(head, nil, nil, nil, s.list.content))
	s.list.load()
	return container.New(&readable{}, container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 4, 0, 0), top), nil, nil, nil, card))
}

// path is a folder's path, which may be long.
func path(p string) fyne.CanvasObject { return kit.Body(p) }

// backups is the folder of backups.
func (s *Screen) backups() string { return s.set.Backups(s.drafts.Dir()) }

func (s *Screen) openFolder(dir string) {
	err := os.MkdirAll(dir, 0o755) // that of the backups may not be there yet
	if err == nil {
		err = s.actions.OpenFolder(dir)
	}
	if err != nil {
		kit.Fail(s.win, words.About(dir, err))
	}
}

// changeData has another folder chosen: one with drafts is opened, another gets a
// copy of those here.
func (s *Screen) changeData() {
	files.Folder(s.win, files.Options{Title: kit.Say(chooseData), Start: filepath.Dir(s.drafts.Dir())}, func(dir string) {
		if filepath.Clean(dir) == filepath.Clean(s.drafts.Dir()) {
			return
		}
		if work.HoldsDrafts(dir) {
			kit.Confirm(s.win, kit.Say(changeFolder), kit.Say(useThereLong, dir), kit.Say(useThere), func() { s.actions.OpenData(dir) })
			return
		}
		kit.Confirm(s.win, kit.Say(changeFolder), kit.Say(copyLong, dir), kit.Say(copyThere), func() { s.copyData(dir) })
	})
}

func (s *Screen) copyData(dir string) {
	kit.Busy(s.win, kit.Say(copying), func(ctx context.Context, _ func(int, int)) error {
		return s.drafts.CopyTo(ctx, dir)
	}, func(err error) {
		if err != nil {
			kit.Fail(s.win, err)
			return
		}
		s.actions.OpenData(dir)
	})
}

func (s *Screen) changeBackups() {
	files.Folder(s.win, files.Options{Title: kit.Say(chooseBackups), Start: s.backups()}, func(dir string) {
		s.keep(func(set *work.Settings) {
			set.BackupDir = dir
			if filepath.Clean(dir) == filepath.Clean(work.BackupDir(s.drafts.Dir())) {
				set.BackupDir = ""
			}
		})
		s.Open(Data)
	})
}

func (s *Screen) backupNow() {
	folder := s.backups()
	kit.Busy(s.win, kit.Say(backingUp), func(ctx context.Context, _ func(int, int)) error {
		_, err := s.drafts.Backup(ctx, folder, work.Manual)
		return err
	}, func(err error) {
		s.list.load()
		if err != nil {
			kit.Fail(s.win, err)
			return
		}
		s.said(kit.Say(backedUp))
	})
}

// chooseBackup restores a backup from somewhere else.
func (s *Screen) chooseBackup() {
	files.Open(s.win, files.Options{
		Title: kit.Say(restoreTitle), Extensions: []string{work.Extension}, Start: s.backups(),
	}, func(file string) { s.confirmRestore(file, filepath.Base(file)) })
}

// confirmRestore says what a restore does before it does it.
func (s *Screen) confirmRestore(file, name string) {
	kit.Confirm(s.win, kit.Say(restoreTitle), kit.Say(restoreLong, name), kit.Say(restoreYes), func() {
		folder := s.backups()
		kit.Busy(s.win, kit.Say(restoring), func(ctx context.Context, _ func(int, int)) error {
			_, err := s.drafts.RestoreBackup(ctx, file, folder)
			return err
		}, func(err error) {
			if s.part == int(Data) {
				s.list.load()
			}
			if err != nil {
				kit.Fail(s.win, err)
				return
			}
			kit.Tell(s.win, kit.Say(restoreTitle), kit.Say(restored))
		})
	})
}

// backupList lists the backups there are.
type backupList struct {
	screen  *Screen
	all     []work.Backup
	list    *widget.List
	content *fyne.Container
}

func newBackupList(s *Screen) *backupList {
	l := &backupList{screen: s, content: container.NewStack()}
	l.list = widget.NewList(func() int { return len(l.all) }, func() fyne.CanvasObject { return newBackupRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*backupRow).show(s, l.all[i]) })
	l.list.OnSelected = func(i widget.ListItemID) { l.list.Unselect(i) }
	return l
}

// load reads which backups there are.
func (l *backupList) load() {
	folder := l.screen.backups()
	kit.Run(func(ctx context.Context) ([]work.Backup, error) { return l.screen.drafts.Backups(ctx, folder) },
		func(all []work.Backup, err error) {
			l.all = all
			switch {
			case err != nil:
				l.instead(kit.Empty(theme.WarningIcon(), words.Explain(words.About(folder, err), kit.Lang()), "",
					kit.Button(kit.Say(kit.WordRetry), theme.ViewRefreshIcon(), l.load)))
			case len(all) == 0:
				l.instead(kit.Empty(nil, kit.Say(noBackups), kit.Say(noBackupsHint), nil))
			default:
				l.instead(l.list)
				l.list.Refresh()
			}
		})
}

func (l *backupList) instead(o fyne.CanvasObject) {
	l.content.Objects = []fyne.CanvasObject{o}
	l.content.Refresh()
}

// backupRow is one backup.
type backupRow struct {
	widget.BaseWidget
	when, size *widget.Label
	kind       *kit.Badge
	restore    *kit.PushButton
	content    fyne.CanvasObject
}

func newBackupRow() *backupRow {
	r := &backupRow{when: widget.NewLabel(""), size: kit.Tag(""), kind: kit.NewBadge("", kit.Plain), restore: kit.Quiet(kit.Say(restore), nil, nil)}
	r.when.Truncation = fyne.TextTruncateEllipsis
	r.content = container.NewBorder(nil, nil, nil,
		container.NewHBox(container.NewCenter(r.kind), r.size, r.restore), r.when)
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the row.
func (r *backupRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *backupRow) show(s *Screen, b work.Backup) {
	name := s.describe(b)
	r.when.SetText(name)
	r.size.SetText(sizeText(b.Size))
	tone := kit.Plain
	switch b.Kind {
	case work.Manual:
		tone = kit.Info
	case work.BeforeRestore:
		tone = kit.Warning
	}
	r.kind.Set(kinds[b.Kind].In(kit.Lang()), tone)
	r.restore.OnTapped = func() { s.confirmRestore(b.Path, name+"（"+kinds[b.Kind].In(kit.Lang())+"）") }
	r.Refresh()
}

// describe says of when a backup is, and of whom where that is not the unit.
func (s *Screen) describe(b work.Backup) string {
	when := words.When(b.At, s.now(), kit.Lang())
	name := filepath.Base(b.Path)
	switch {
	case b.Unit == "":
		return when + "　" + strings.TrimSuffix(name, work.Extension)
	case b.Unit != s.drafts.Unit().ID:
		return when + "　" + kit.Say(otherUnit) + " " + string(b.Unit)
	}
	return when
}

func sizeText(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func (s *Screen) movePart() fyne.CanvasObject {
	give := container.NewVBox(kit.Heading(kit.Say(moveTitle)), kit.Body(kit.Say(moveLong)), kit.Note(kit.Say(moveOnce)),
		container.NewHBox(kit.Primary(kit.Say(moveMake), theme.MailForwardIcon(), s.pack)))
	get := container.NewVBox(kit.Heading(kit.Say(takeTitle)), kit.Body(kit.Say(takeLong)),
		container.NewHBox(kit.Button(kit.Say(takeIt), theme.DownloadIcon(), s.chooseBackup)))
	return page(kit.Card(give), kit.Card(get))
}

// pack packs everything for another computer.
func (s *Screen) pack() {
	name := kit.Say(moveName, s.drafts.Unit().Name, s.now().Format("20060102"))
	files.Save(s.win, files.Options{Title: kit.Say(moveTitle), Extensions: []string{work.Extension}, Name: name + work.Extension}, func(file string) {
		var made []string
		kit.Busy(s.win, kit.Say(packing), func(ctx context.Context, _ func(int, int)) (err error) {
			made, err = s.drafts.Pack(ctx, file)
			return err
		}, func(err error) {
			if err != nil {
				kit.Fail(s.win, err)
				return
			}
			s.packed(made)
		})
	})
}

// packed says what was written, and where.
func (s *Screen) packed(made []string) {
	text := kit.Say(packed)
	for _, f := range made {
		text += "\n• " + filepath.Base(f)
	}
	dir := filepath.Dir(made[0])
	var d *kit.Dialog
	d = kit.Show(s.win, kit.Say(moveTitle), kit.Column(520, container.NewVBox(kit.Body(text), kit.Note(dir))),
		kit.Primary(kit.Say(openFolder), theme.FolderOpenIcon(), func() { d.Hide(); s.openFolder(dir) }),
		kit.Button(kit.Say(kit.WordClose), nil, func() { d.Hide() }))
}
