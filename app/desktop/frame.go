package desktop

import (
	"context"
	"errors"
	"log"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/ui/manual"
	"mulutong/app/ui/searchbox"
	"mulutong/app/ui/shell"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/docs"
)

// frame is what one window shows: the first start, why the drafts cannot be
// opened, or the screens on a desk.
type frame struct {
	app fyne.App
	win fyne.Window
	o   options

	settings     ownSettings
	startAnother func(dir string) error

	fill   func()      // shows what was read while the window was made
	lines  []work.Line // what the overview shows first
	desk   *work.Desk
	book   func() *manual.Book // read once, when it is first asked for
	search *work.Search        // nil until there is an index
	stop   func()              // hearing the desk
	marks  *time.Timer         // until markOutdated
	shell  *shell.Shell
	box    *searchbox.Box
	screens

	sectors []catalog.SectorInfo // that there are catalogs of
	sector  catalog.Sector       // opened last
	turn    int                  // of opening: a slow answer to an earlier question is late
}

var (
	programName = words.Text{ZH: "目录通", EN: "Mulutong"}

	cannotOpen    = words.Text{ZH: "打不开草稿", EN: "The drafts cannot be opened"}
	otherFolder   = words.Text{ZH: "打开另一个文件夹…", EN: "Open another folder…"}
	fromBackup    = words.Text{ZH: "用备份恢复…", EN: "Restore a backup…"}
	chooseBackup  = words.Text{ZH: "用哪个备份恢复？", EN: "Which backup?"}
	restoreIt     = words.Text{ZH: "恢复", EN: "Restore"}
	restoring     = words.Text{ZH: "正在恢复", EN: "Restoring"}
	chooseDrafts  = words.Text{ZH: "草稿在哪个文件夹里？", EN: "Which folder are the drafts in?"}
	notCited      = words.Text{ZH: "本单位的草稿里没有引用它。现在的状态：%s。", EN: "The unit's drafts do not cite it. It is %s."}
	stillUnsaved  = words.Text{ZH: "还有内容没有保存", EN: "Something is not saved yet"}
	quitUnsaved   = words.Text{ZH: "放弃这些改动并退出", EN: "Give it up and quit"}
	stay          = words.Text{ZH: "回去处理", EN: "Go back"}
	undone        = words.Text{ZH: "已撤销：%s", EN: "Undone: %s"}
	redone        = words.Text{ZH: "已重做：%s", EN: "Done again: %s"}
	backupMade    = words.Text{ZH: "已备份到 %s", EN: "Backed up to %s"}
	openIt        = words.Text{ZH: "打开文件夹", EN: "Open the folder"}
	releaseUnread = words.Text{ZH: "以前载入的新模板读不出来，先用程序自带的 %s 版。", EN: "The newer templates that were loaded cannot be read; the program's own, %s, are in use."}
	loadAgain     = words.Text{ZH: "重新载入", EN: "Load them again"}
	notBackedUp   = words.Text{ZH: "今天的自动备份没有做成。%s", EN: "The backup of the day was not made. %s"}
	toSettings    = words.Text{ZH: "去设置", EN: "Settings"}
	backingUp     = words.Text{ZH: "正在备份", EN: "Backing up"}
	unsavedReason = words.Text{ZH: "%s\n\n没有保存的内容还在窗口里。", EN: "%s\n\nWhat is not saved is still in the window."}
)

// open makes the window on the data folder.
func open(a fyne.App, o options) program {
	f := newFrame(a, o)
	return program{window: f.win, fill: f.fill, close: f.discard}
}

// newFrame makes the window, and begins to read what fill is to show in it: setting
// up the graphics takes longer than all of that.
func newFrame(a fyne.App, o options) *frame {
	f := &frame{app: a, o: o, settings: o.settings, book: sync.OnceValue(readBook), startAnother: startProgram}
	f.applySettings()
	read := sync.OnceValue(func() opened {
		readFonts()
		return f.open()
	})
	go read() // one after the other, which leaves a core to the graphics
	f.fill = func() {
		f.take(read())
		f.settings.tell(f.win)
	}
	f.win = a.NewWindow(kit.Say(programName))
	f.win.SetPadded(false)
	f.win.Resize(fyne.NewSize(1280, 720))
	f.win.SetCloseIntercept(f.quit)
	f.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { f.dropped(uris) })
	return f
}

// readFonts lets Fyne read the fonts of texts and headings, which takes it long. It
// must end before a text is measured elsewhere: Fyne does so on one goroutine only.
func readFonts() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("目录通", 14, style)
	}
}

// readBook reads the manual that is built in.
func readBook() *manual.Book {
	book, err := manual.Read(docs.Files(), docs.Index)
	if err != nil {
		log.Print(err) // a page is missing; the others can be read
	}
	return book
}

// begin opens the drafts of the data folder, or lets the person make some.
func (f *frame) begin() { f.take(f.open()) }

// opened is what came of opening the drafts: a desk with what its board says, or
// why there is none.
type opened struct {
	desk  *work.Desk
	lines []work.Line // nil where they could not be read; the overview says why
	err   error
}

func (f *frame) open() (o opened) {
	if o.desk, o.err = work.Open(f.o.data, work.Options{Lang: kit.Lang()}); o.err == nil {
		o.lines, _ = o.desk.Board(context.Background(), nil)
	}
	return o
}

func (f *frame) take(o opened) {
	switch {
	case o.err == nil:
		f.lines = o.lines
		f.show(o.desk)
	case errors.Is(o.err, boltstore.ErrNoStore):
		f.firstStart()
	default:
		f.failed(o.err)
	}
}

// failed says why the drafts cannot be opened and what can be done.
func (f *frame) failed(err error) {
	actions := container.NewHBox(
		kit.Primary(kit.Say(kit.WordRetry), theme.ViewRefreshIcon(), f.begin),
		kit.Button(kit.Say(otherFolder), theme.FolderOpenIcon(), func() {
			files.Folder(f.win, files.Options{Title: kit.Say(chooseDrafts), Start: f.o.data}, f.restartIn)
		}))
	if errors.Is(err, boltstore.ErrDamaged) {
		actions.Add(kit.Button(kit.Say(fromBackup), theme.HistoryIcon(), f.mend))
	}
	f.win.SetContent(kit.Empty(theme.WarningIcon(), kit.Say(cannotOpen), words.Explain(words.About(f.o.data, err), kit.Lang()), actions))
}

// mend puts a backup in the place of damaged drafts, which are kept beside it.
func (f *frame) mend() {
	o := files.Options{Title: kit.Say(chooseBackup), Start: f.settings.Backups(f.o.data), Yes: kit.Say(restoreIt)}
	files.Open(f.win, o, func(path string) {
		kit.Busy(f.win, kit.Say(restoring), func(ctx context.Context, _ func(int, int)) error {
			_, err := boltstore.ReplaceFromBackup(ctx, path, f.o.data, boltstore.Options{})
			return err
		}, func(err error) {
			if err != nil {
				kit.Fail(f.win, words.About(path, err))
				return
			}
			f.begin()
		})
	})
}

// show puts the screens over the desk's drafts.
func (f *frame) show(desk *work.Desk) {
	f.desk = desk
	desk.SetPerson(f.settings.Person, kit.Lang())
	f.build(pageOverview)
	kit.Run(func(context.Context) (*work.Search, error) { return work.NewSearch(desk, f.book().Pages()), nil }, func(s *work.Search, _ error) {
		if f.desk != desk {
			s.Close()
			return
		}
		f.search = s
		f.box.SetFinder(s)
	})
	f.newTemplates()
	f.stop = desk.Listen(func(e work.Event) { kit.Do(func() { f.heard(e) }) })
	f.keepBackups()
}

// keepBackups has the desk back up as the settings say.
func (f *frame) keepBackups() {
	f.desk.SetBackups(f.settings.Backups(f.desk.Dir()), !f.settings.NoDaily)
}

// build makes the screens anew, as after a change of language, and opens a page.
func (f *frame) build(page string) {
	f.forget()
	f.win.SetTitle(f.desk.Unit().Name + " · " + kit.Say(programName))
	f.box = searchbox.New(f.win, nil)
	if f.search != nil {
		f.box.SetFinder(f.search)
	}
	f.box.OnJump = f.jump
	f.shell = shell.New(f.win, f.pages(), f.box, shell.Actions{
		Undo: f.undo, Redo: f.redo, Find: f.box.Open, Backup: f.backup, Quit: f.quit, Help: f.help,
	})
	f.shell.SetUnit(f.desk.Unit().Publisher())
	f.shell.Save().OnTap = f.tellUnsaved
	f.win.SetContent(f.shell.Content())
	f.shell.Open(page)
	f.undoable()
}

// heard follows what happens to the drafts.
func (f *frame) heard(e work.Event) {
	if f.desk == nil { // closed meanwhile
		return
	}
	switch e.Kind {
	case work.SaveChanged:
		f.saved()
	case work.BackupsChanged:
		if err := f.desk.BackupProblem(); err != nil {
			f.tell(kit.Say(notBackedUp, words.Explain(err, kit.Lang())), kit.Warning, kit.Say(toSettings), func() { f.shell.Open(pageSettings) })
		}
	case work.Replaced:
		// What the pages show is gone; the unit may be another.
		f.sectors, f.sector = nil, ""
		f.build(f.shell.Current())
	case work.KnowChanged:
		f.relearn()
	}
}

// newTemplates marks the page of template upgrades where drafts follow an older
// release than the one in use, and says where one that was taken in cannot be used.
func (f *frame) newTemplates() {
	desk := f.desk
	kit.Run(func(context.Context) (string, error) { return desk.Know().Version(), desk.KnowProblem() }, func(version string, err error) {
		if err != nil && f.desk == desk {
			f.tell(kit.Say(releaseUnread, version), kit.Warning, kit.Say(loadAgain), func() { f.shell.Open(pageUpgrade) })
		}
	})
	// It reads every template; the first picture does not wait for that.
	f.marks = time.AfterFunc(time.Second, func() { kit.Do(f.markOutdated) })
}

func (f *frame) markOutdated() {
	desk := f.desk
	if desk == nil { // closed meanwhile
		return
	}
	kit.Run(desk.Outdated, func(n int, err error) {
		if err == nil && n > 0 && f.desk == desk { // the page itself says what cannot be read
			f.shell.SetMark(pageUpgrade, strconv.Itoa(n), kit.Info)
		}
	})
}

// relearn lets the pages go that were built with another release of the templates.
func (f *frame) relearn() {
	if f.entries != nil {
		f.entries.Close()
		f.entries = nil
	}
	f.shell.Forget(pageEntries)
	f.shell.Forget(pageSettings) // which tells the version
}

func (f *frame) saved() {
	switch s := f.desk.SaveState(); s.Status {
	case work.Saving:
		f.shell.Save().Saving()
	case work.SaveFailed:
		f.shell.Save().Failing()
	default:
		f.shell.Save().Saved(time.Now())
	}
	f.undoable()
}

// jump shows what a search found.
func (f *frame) jump(h work.Hit) {
	switch {
	case h.Page != "":
		f.shell.Open(pageManual)
		f.manual.Open(h.Page, h.Anchor)
	case h.Kind == work.HitAct:
		f.openAct(h)
	case h.Sector.Slug != "":
		f.openEntry(h.Sector.Slug, h.Entry, h.Field)
	}
}

// openAct goes to the first entry that cites an act; where none does it says
// whether the act holds.
func (f *frame) openAct(h work.Hit) {
	search := f.search
	kit.Run(func(ctx context.Context) (work.Hit, error) {
		cited, ok := search.Citing(ctx, h.Act)
		if !ok {
			return h, catalog.ErrNotFound
		}
		return cited, nil
	}, func(cited work.Hit, err error) {
		if err == nil {
			f.openEntry(cited.Sector.Slug, cited.Entry, cited.Field)
			return
		}
		kit.Tell(f.win, h.Title, kit.Say(notCited, kit.Say(words.Status(h.Status))))
	})
}

// told says what was done, and offers to take it back.
func (f *frame) told(text string) {
	f.tell(text, kit.Success, kit.Say(words.Text{ZH: "撤销", EN: "Undo"}), f.undo)
}

// tell shows a short message below the page.
func (f *frame) tell(text string, tone kit.Tone, action string, fn func()) {
	f.shell.Tell(text, tone, action, fn)
}

func (f *frame) undoable() { f.shell.SetUndo(f.desk.CanUndo(), f.desk.CanRedo()) }

// tellUnsaved says why nothing can be saved, and lets the person try again.
func (f *frame) tellUnsaved() {
	s := f.desk.SaveState()
	if s.Err == nil {
		return
	}
	var d *kit.Dialog
	d = kit.Show(f.win, kit.Say(stillUnsaved), kit.Column(440, kit.Body(kit.Say(unsavedReason, words.Explain(s.Err, kit.Lang())))),
		kit.Primary(kit.Say(kit.WordRetry), nil, func() { d.Hide(); f.desk.Retry() }),
		kit.Button(kit.Say(kit.WordClose), nil, func() { d.Hide() }))
}

func (f *frame) undo() { f.step(f.desk.Undo, undone) }
func (f *frame) redo() { f.step(f.desk.Redo, redone) }

// step takes an edit back or makes it again, says which, and shows where it was.
func (f *frame) step(take func(context.Context) (work.Step, error), said words.Text) {
	desk := f.desk
	kit.Run(take, func(s work.Step, err error) {
		if f.desk != desk {
			return
		}
		if err != nil {
			f.shell.Tell(words.Explain(err, kit.Lang()), kit.Warning, "", nil)
			return
		}
		if s.Sector != "" && s.Entry != "" {
			f.openEntry(s.Sector, s.Entry, s.Field)
		}
		f.shell.Tell(kit.Say(said, s.Label), kit.Info, "", nil)
		switch f.shell.Current() { // pages that read the drafts when they come up
		case pageSignOff:
			f.signoff.Shown()
		case pageExport:
			f.exports.Shown()
		}
	})
}

func (f *frame) backup() {
	var made work.Backup
	desk, folder := f.desk, f.settings.Backups(f.desk.Dir())
	kit.Busy(f.win, kit.Say(backingUp), func(ctx context.Context, _ func(int, int)) (err error) {
		made, err = desk.Backup(ctx, folder, work.Manual)
		return err
	}, func(err error) {
		if err != nil {
			kit.Fail(f.win, err)
			return
		}
		f.shell.Tell(kit.Say(backupMade, made.Path), kit.Success, kit.Say(openIt), func() { f.openFolder(filepath.Dir(made.Path)) })
	})
}

// openPath shows a folder or a file in the system's own program.
func (f *frame) openPath(path string) error { return openFolder(f.app, path) }

func (f *frame) openFolder(dir string) {
	if err := f.openPath(dir); err != nil {
		kit.Fail(f.win, err)
	}
}

func (f *frame) openURL(link string) {
	u, err := url.Parse(link)
	if err == nil {
		err = f.app.OpenURL(u)
	}
	if err != nil {
		kit.Fail(f.win, err)
	}
}

// closeTime is how long what is typed may take to reach the disk when the window
// is closed.
const closeTime = 10 * time.Second

// quit closes the window once everything is on disk, and asks where that fails.
func (f *frame) quit() {
	if f.desk == nil {
		f.win.Close()
		return
	}
	f.win.Canvas().Unfocus()
	desk := f.desk
	kit.Run(func(ctx context.Context) (struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, closeTime)
		defer cancel()
		return struct{}{}, desk.Close(ctx)
	}, func(_ struct{}, err error) {
		if f.desk != desk {
			return
		}
		if err == nil {
			f.letGo()
			f.win.Close()
			return
		}
		var d *kit.Dialog
		d = kit.Show(f.win, kit.Say(stillUnsaved), kit.Column(440, kit.Body(kit.Say(unsavedReason, words.Explain(err, kit.Lang())))),
			kit.Primary(kit.Say(stay), nil, func() { d.Hide() }),
			kit.Grave(kit.Say(quitUnsaved), nil, func() { d.Hide(); f.win.Close() }))
	})
}

// letGo forgets a desk that is closed.
func (f *frame) letGo() {
	f.stop()
	f.marks.Stop()
	if f.search != nil {
		f.search.Close()
	}
	f.forget()
	f.desk = nil
}

// discard gives the store back when the window is gone.
func (f *frame) discard() {
	if f.desk == nil {
		return
	}
	desk := f.desk
	f.letGo()
	if err := desk.Discard(); err != nil {
		log.Print(err)
	}
}

// restartIn starts the program on another data folder, from now on the one it
// opens by itself, and ends this one.
func (f *frame) restartIn(dir string) {
	set := f.settings.Settings
	set.DataDir = dir
	err := f.settings.keep(set)
	if err == nil {
		err = f.startAnother(dir)
	}
	if err != nil {
		kit.Fail(f.win, err)
		return
	}
	f.quit()
}

// startProgram starts the program on a folder.
func startProgram(dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return exec.Command(self, "--data", dir).Start()
}

// applySettings makes the screens look and speak as set; those that are built keep
// their language until they are built anew.
func (f *frame) applySettings() {
	kit.SetLang(f.settings.Lang())
	f.app.Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Mode(f.settings.Look), Scale: float32(f.settings.TextSize) / 100}))
}

// setSettings makes what the person has set hold at once, and keeps it for the next
// start. Where that fails, it holds all the same until the program is closed.
func (f *frame) setSettings(set work.Settings) error {
	err := f.settings.keep(set)
	spoke := f.settings.Lang()
	f.settings.Settings = set
	f.applySettings()
	if f.desk == nil {
		return err
	}
	f.desk.SetPerson(set.Person, set.Lang())
	f.keepBackups()
	if spoke != set.Lang() {
		f.build(pageSettings)
	}
	return err
}
