package desktop

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/entries"
	"mulutong/app/ui/exports"
	"mulutong/app/ui/findings"
	"mulutong/app/ui/imports"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/manual"
	"mulutong/app/ui/overview"
	"mulutong/app/ui/settings"
	"mulutong/app/ui/shell"
	"mulutong/app/ui/signoff"
	"mulutong/app/ui/start"
	"mulutong/app/ui/upgrade"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/assets"
	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/catalog/sheet"
)

// The pages, by their names in the frame.
const (
	pageOverview = "overview"
	pageEntries  = "entries"
	pageFindings = "findings"
	pageImport   = "import"
	pageExport   = "export"
	pageSignOff  = "signoff"
	pageUpgrade  = "upgrade"
	pageSettings = "settings"
	pageManual   = "manual"
)

// screens are the pages that have been built.
type screens struct {
	overview *overview.Screen
	entries  *entries.Screen
	findings *findings.Screen
	imports  *imports.Screen
	exports  *exports.Screen
	signoff  *signoff.Screen
	upgrade  *upgrade.Screen
	set      *settings.Screen
	manual   *manual.Screen
}

// pages are the screens in the order of the list at the left. Help names the page
// of the manual.
func (f *frame) pages() []shell.Page {
	return []shell.Page{
		{
			ID: pageOverview, Title: words.Text{ZH: "总览", EN: "Overview"}, Icon: theme.HomeIcon(), Help: "总览",
			Build: f.overviewPage, Shown: func() { f.overview.Shown() },
		},
		{
			ID: pageEntries, Title: words.Text{ZH: "目录", EN: "Catalog"}, Icon: theme.ListIcon(), Help: "目录",
			Build: f.entriesPage, Shown: f.entriesShown, Left: func() { f.entries.Leave() }, Commands: f.entriesCommands(),
		},
		{
			ID: pageFindings, Title: words.Text{ZH: "检查", EN: "Findings"}, Icon: theme.WarningIcon(), Help: "检查",
			Build: f.findingsPage,
		},
		{
			ID: pageImport, Title: words.Text{ZH: "导入", EN: "Import"}, Icon: theme.DownloadIcon(), Help: "导入",
			Build: f.importPage,
		},
		{
			ID: pageSignOff, Title: words.Text{ZH: "签发", EN: "Sign off"}, Icon: theme.ConfirmIcon(), Help: "签发",
			Build: f.signOffPage, Shown: func() { f.signoff.Shown() },
		},
		{
			ID: pageExport, Title: words.Text{ZH: "导出", EN: "Export"}, Icon: theme.UploadIcon(), Help: "导出",
			Build: f.exportPage, Shown: func() { f.exports.Shown() },
		},
		{
			ID: pageUpgrade, Title: words.Text{ZH: "模板更新", EN: "Templates"}, Icon: theme.ViewRefreshIcon(), Help: "模板更新",
			Build: f.upgradePage, Shown: func() { f.upgrade.Reload() }, Left: func() { f.upgrade.Leave() },
		},
		{
			ID: pageSettings, Title: words.Text{ZH: "设置", EN: "Settings"}, Icon: theme.SettingsIcon(), Help: "设置与备份", Apart: true,
			Build: f.settingsPage, Shown: func() { f.set.Shown() },
		},
		{
			ID: pageManual, Title: words.Text{ZH: "使用说明", EN: "Manual"}, Icon: theme.HelpIcon(), Apart: true,
			Build: f.manualPage,
		},
	}
}

// forget lets the built pages go, so that they can be built anew.
func (f *frame) forget() {
	if f.overview != nil {
		f.overview.Close()
	}
	if f.entries != nil {
		f.entries.Close()
	}
	if f.findings != nil {
		f.findings.Close()
	}
	f.screens = screens{}
}

// firstStart lets the person find the own unit and make its drafts.
func (f *frame) firstStart() {
	s := f.startScreen()
	f.win.SetContent(s.Content())
	kit.SetKeys(func(k fyne.KeyName) bool {
		if k != fyne.KeyF1 || f.win.Canvas().Overlays().Top() != nil {
			return false
		}
		f.manualOver("开始")
		return true
	})
	s.Shown()
}

func (f *frame) startScreen() *start.Screen {
	var s *start.Screen
	s = start.New(f.win, work.Setup{Lang: kit.Lang()}, start.Options{
		Folder: f.o.data, Person: f.settings.Person,
		Speak: func(l words.Lang) {
			set := f.settings.Settings
			set.SetLang(l)
			unkept := f.setSettings(set)
			next := f.startScreen()
			next.GoOn(s)
			f.win.SetTitle(kit.Say(programName))
			f.win.SetContent(next.Content())
			next.Shown()
			if unkept != nil {
				settings.TellUnkept(f.win, unkept)
			}
		},
		Done: func(dir, person string) {
			set := f.settings.Settings
			set.Person = person
			unkept := f.setSettings(set)
			if dir != f.o.data {
				f.restartIn(dir)
				return
			}
			f.begin()
			if unkept != nil {
				settings.TellUnkept(f.win, unkept)
			}
		},
	})
	return s
}

// manualOver shows a page of the manual over what there is, where there is no
// frame yet.
func (f *frame) manualOver(page string) {
	m := manual.New(f.win, f.book())
	m.Open(page, "")
	var d *kit.Dialog
	d = kit.Show(f.win, kit.Say(words.Text{ZH: "使用说明", EN: "Manual"}), m.Content(), kit.Primary(kit.Say(kit.WordClose), nil, func() { d.Hide() }))
	d.Resize(f.win.Canvas().Size())
}

func (f *frame) overviewPage() fyne.CanvasObject {
	f.overview = overview.New(f.win, f.desk, overview.Options{
		DueDay: f.settings.DueDay,
		Open:   func(s catalog.Sector) { f.openEntry(s, "", "") },
		Findings: func(s catalog.Sector) {
			f.shell.Open(pageFindings)
			f.findings.Show(s)
		},
		SignOff: func(s catalog.Sector) {
			f.shell.Open(pageSignOff)
			if s != "" {
				f.signoff.Choose(s)
			}
		},
		Export:  func() { f.shell.Open(pageExport) },
		Told:    f.told,
		Showing: func() bool { return f.shell.Current() == pageOverview },
		Lines:   f.lines,

		CountAfter: time.Second,
	})
	f.lines = nil
	return f.overview.Content()
}

// releases is the desk as the page of template upgrades takes it: with the folder
// of backups that was set.
type releases struct {
	*work.Desk
	settings *work.Settings
}

func (r releases) Release() string { return r.Know().Version() }

func (r releases) Upgrade(ctx context.Context, ups []*work.Upgrade) (work.Upgraded, error) {
	return r.Desk.Upgrade(ctx, ups, r.settings.Backups(r.Dir()))
}

func (r releases) TakeBack(ctx context.Context, done work.Upgraded) error {
	_, err := r.UndoEdit(ctx, done.Edit)
	return err
}

func (r releases) ReadRelease(path string) (*work.Release, error) { return work.ReadRelease(path) }

func (f *frame) upgradePage() fyne.CanvasObject {
	f.upgrade = upgrade.New(f.win, releases{f.desk, &f.settings.Settings})
	f.upgrade.OnFindings = func() { f.shell.Open(pageFindings) }
	f.upgrade.OnCount = func(n int) {
		mark := ""
		if n > 0 {
			mark = strconv.Itoa(n)
		}
		f.shell.SetMark(pageUpgrade, mark, kit.Info)
	}
	return f.upgrade.Content()
}

func (f *frame) entriesPage() fyne.CanvasObject {
	f.entries = entries.New(f.win, entries.Options{
		Prefs: f.app.Preferences(), Clipboard: f.app.Clipboard(), Register: f.desk.Know().Register(),
		Today:      today,
		TimeLimits: f.desk.TimeLimits, OpenLink: f.openURL,
		Sectors: func() []catalog.SectorInfo { return f.sectors }, OnSector: func(s catalog.Sector) { f.openEntry(s, "", "") },
		Undo: f.undo, Redo: f.redo, Tell: f.tell,
	})
	return f.entries.Content()
}

// entriesShown opens the sector that was open last, or else the first.
func (f *frame) entriesShown() {
	if f.entries.Draft() == nil {
		f.openEntry(f.sector, "", "")
	}
}

// entriesCommands are what the catalog's page can do by keys.
func (f *frame) entriesCommands() []shell.Command {
	keys := func(key fyne.KeyName, mod fyne.KeyModifier) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: mod}
	}
	command := func(t words.Text, sc fyne.Shortcut) shell.Command {
		return shell.Command{Title: t, Shortcut: sc, Do: func() { f.entries.Shortcut(sc) }}
	}
	return []shell.Command{
		command(words.Text{ZH: "在本目录中查找", EN: "Find in this catalog"}, keys(fyne.KeyF, fyne.KeyModifierShortcutDefault)),
		command(words.Text{ZH: "查找并替换", EN: "Find and replace"}, keys(fyne.KeyH, fyne.KeyModifierShortcutDefault)),
		command(words.Text{ZH: "条目上移", EN: "Move the entry up"}, keys(fyne.KeyUp, fyne.KeyModifierAlt)),
		command(words.Text{ZH: "条目下移", EN: "Move the entry down"}, keys(fyne.KeyDown, fyne.KeyModifierAlt)),
	}
}

// openEntry shows a sector's catalog, at an entry and field where they are named;
// with no sector, the first.
func (f *frame) openEntry(s catalog.Sector, id catalog.EntryID, field catalog.Field, then ...func()) {
	f.turn++
	turn, desk := f.turn, f.desk
	type opened struct {
		draft   *work.Draft
		sectors []catalog.SectorInfo
	}
	kit.Run(func(ctx context.Context) (o opened, err error) {
		if o.sectors, err = desk.Sectors(ctx); err != nil {
			return o, err
		}
		if s == "" && len(o.sectors) > 0 {
			s = o.sectors[0].Slug
		}
		if o.draft, err = desk.Draft(ctx, s); err == nil {
			desk.Looked(s)
		}
		return o, err
	}, func(o opened, err error) {
		if turn != f.turn || f.desk != desk { // something else was asked for meanwhile
			return
		}
		if err != nil {
			kit.Fail(f.win, err)
			return
		}
		f.sectors, f.sector = o.sectors, s
		if f.entries == nil {
			f.shell.Build(pageEntries)
		}
		f.entries.Open(o.draft)
		f.shell.Open(pageEntries)
		if id != "" {
			f.entries.Go(id, field)
			return
		}
		f.entries.Focus()
		for _, fn := range then {
			fn()
		}
	})
}

// openFinding goes to what a finding is about: a field, or the template entry
// that is missing.
func (f *frame) openFinding(x check.Finding) {
	f.openEntry(x.Sector, x.Entry, x.Field, func() {
		if x.Template != "" {
			f.entries.AddMissing(x.Template)
		}
	})
}

func (f *frame) findingsPage() fyne.CanvasObject {
	f.findings = findings.New(f.win, f.desk, findings.Actions{
		Open: f.openFinding,
		Said: f.told,
	})
	return f.findings.Content()
}

const prefImportFolder = "import.folder"

func (f *frame) importPage() fyne.CanvasObject {
	prefs := f.app.Preferences()
	f.imports = imports.New(f.win, imports.Options{
		Drafts: f.desk, Sectors: func() []catalog.SectorInfo { return f.desk.Know().Sectors() },
		OnEntry:  func(s catalog.Sector, id catalog.EntryID) { f.openEntry(s, id, "") },
		Folder:   func() string { return prefs.String(prefImportFolder) },
		OnFolder: func(dir string) { prefs.SetString(prefImportFolder, dir) },
	})
	return f.imports.Content()
}

// dropped reads a file that was let go over the window.
func (f *frame) dropped(uris []fyne.URI) {
	if f.desk == nil || len(uris) == 0 || f.win.Canvas().Overlays().Top() != nil {
		return
	}
	if f.shell.Current() == pageUpgrade {
		f.upgrade.Load(uris[0].Path())
		return
	}
	f.shell.Open(pageImport)
	f.imports.Open(uris[0].Path())
}

func (f *frame) signOffPage() fyne.CanvasObject {
	f.signoff = signoff.New(signoff.Options{
		Window: f.win, Work: f.desk, Today: today, Previews: previews(), Open: f.openPath,
		OnFindings: func(s catalog.Sector) {
			f.shell.Open(pageFindings)
			f.findings.Show(s)
		},
	})
	return f.signoff.Content()
}

func (f *frame) settingsPage() fyne.CanvasObject {
	know := f.desk.Know()
	about := settings.About{
		Version: versionText(), Templates: know.Version(), Register: know.Register().Version(),
		Licences: licences(),
	}
	f.set = settings.New(f.win, f.desk, f.settings.Settings, about, settings.Actions{
		Save: f.setSettings, OpenFolder: f.openPath, OpenData: f.restartIn,
		Said: func(text string) { f.tell(text, kit.Success, "", nil) },
	}, time.Now)
	return f.set.Content()
}

// licences are those of the program and of what it contains.
func licences() []settings.Licence {
	return []settings.Licence{
		{Name: kit.Say(programName), Text: "Apache License 2.0\nhttps://www.apache.org/licenses/LICENSE-2.0"},
		{Name: kit.Say(words.Text{ZH: "字体", EN: "Fonts"}), Text: assets.FontLicence()},
		{Name: kit.Say(words.Text{ZH: "程序库", EN: "Libraries"}), Text: assets.Licences()},
	}
}

func (f *frame) manualPage() fyne.CanvasObject {
	f.manual = manual.New(f.win, f.book())
	return f.manual.Content()
}

// help opens a page of the manual; its contents where page is empty.
func (f *frame) help(page string) {
	f.shell.Open(pageManual)
	f.manual.Open(page, "")
}

func today() catalog.Date { return catalog.DateOf(time.Now()) }

// previews is the folder of files that are only looked at.
func previews() string { return filepath.Join(os.TempDir(), "mulutong") }

const prefExport = "export."

func (f *frame) exportPage() fyne.CanvasObject {
	prefs := f.app.Preferences()
	home, err := os.UserHomeDir()
	if err != nil {
		home = f.desk.Dir()
	}
	f.exports = exports.New(exports.Options{
		Window: f.win, Work: f.desk, Home: filepath.Join(home, kit.Say(words.Text{ZH: "目录通导出", EN: "Mulutong exports"})),
		Previews: previews(), Open: f.openPath,
		Load: func() exports.Settings {
			return exports.Settings{
				Folder: prefs.String(prefExport + "folder"), Format: work.Format(prefs.String(prefExport + "format")),
				Layout: sheet.Layout(prefs.String(prefExport + "layout")), Paper: sheet.Paper(prefs.String(prefExport + "paper")),
				OneFile: prefs.Bool(prefExport + "one"),
			}
		},
		Save: func(s exports.Settings) {
			prefs.SetString(prefExport+"folder", s.Folder)
			prefs.SetString(prefExport+"format", string(s.Format))
			prefs.SetString(prefExport+"layout", string(s.Layout))
			prefs.SetString(prefExport+"paper", string(s.Paper))
			prefs.SetBool(prefExport+"one", s.OneFile)
		},
	})
	return f.exports.Content()
}
