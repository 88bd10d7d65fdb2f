// Package upgrade is the screen on which drafts follow a newer template (模板更新):
// what the template changed, what the unit changed itself, what clashes, and a
// choice for every field. Nothing is written before 确定, a backup is made first,
// and one step takes all of it back.
package upgrade

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
)

// Source is what the screen needs of the drafts.
type Source interface {
	Release() string // the version of the templates in use
	Upgrades(context.Context) ([]*work.Upgrade, error)
	Upgrade(context.Context, []*work.Upgrade) (work.Upgraded, error)
	TakeBack(context.Context, work.Upgraded) error
	ReadRelease(path string) (*work.Release, error)
	TakeRelease(context.Context, *work.Release) error
}

// Screen shows what a newer template means for the drafts. Make it with New.
type Screen struct {
	win fyne.Window
	src Source
	// OnFindings goes to the findings, after an upgrade; OnHelp opens the manual.
	OnFindings func()
	// OnCount is told how many sectors have an update, whenever that is known.
	OnCount func(int)

	ups    []*work.Upgrade
	off    map[catalog.Sector]bool // sectors that are left as they are
	filter filter
	done   *work.Upgraded
	did    string // what was done, to be shown
	asked  int

	root    *fyne.Container
	body    *fyne.Container
	version *widget.Label
	load    *kit.PushButton
	list    *list
	detail  *detail
	sum     *kit.Label
	update  *kit.PushButton
}

var (
	wordTitle   = words.Text{ZH: "模板更新", EN: "Template update"}
	wordInUse   = words.Text{ZH: "正在使用的模板：%s", EN: "Templates in use: %s"}
	wordLoad    = words.Text{ZH: "载入新模板", EN: "Load newer templates"}
	wordCompare = words.Text{ZH: "正在把草稿和新模板逐条比较…", EN: "Comparing the drafts with the newer templates…"}
	wordNone    = words.Text{ZH: "草稿用的就是最新的模板", EN: "The drafts follow the newest templates"}
	wordNoneWhy = words.Text{ZH: "正在使用 %s 版模板，没有需要更新的领域。收到上级发来的新模板（压缩包或文件夹）时，点「载入新模板」选择它；装了新版程序，这里也会自动提示。", EN: "Version %s is in use and no sector needs an update. When newer templates are sent to you as a zip file or folder, choose them with “Load newer templates”. A newer program brings its own."}
	wordTop     = words.Text{ZH: "新模板 %s 来了。下面列出它改了什么、和本单位改过的有没有冲突。没有冲突的自动采用新模板，有冲突的保留本单位写法，都可以逐项改选；点「确定更新」之前，草稿不会变。", EN: "Newer templates %s are here. Below is what they change, and what clashes with the unit's own edits. What does not clash is taken; where it clashes the unit's text stays. Choose otherwise field by field. The drafts stay as they are until you confirm."}
	wordUnknown = words.Text{ZH: "有的领域不知道草稿当初用的是哪一版模板，分不出是谁改的：写了内容的都保留，空着的用新模板填上。", EN: "Of some sectors the template that the draft was made from is not known, so that nobody can tell who changed what: what is filled in stays, what is empty is filled from the newer template."}
	wordGo      = words.Text{ZH: "确定更新", EN: "Update"}
	wordSum     = words.Text{ZH: "将更新 %d 个领域：改 %d 条，增 %d 条，删 %d 条；%d 处冲突保留本单位的写法。", EN: "%d sectors will be updated: %d entries changed, %d added, %d removed; %d clashes keep the unit's text."}
	wordSumNone = words.Text{ZH: "没有选中要更新的领域。", EN: "No sector is chosen."}
	wordAsk     = words.Text{ZH: "%s\n\n更新之前会自动备份一次。更新之后如果不满意，可以一步撤销。", EN: "%s\n\nA backup is made first. Afterwards one step takes all of it back."}
	wordBusy    = words.Text{ZH: "正在备份并更新", EN: "Backing up and updating"}
	wordDone    = words.Text{ZH: "已更新到模板 %s", EN: "Updated to templates %s"}
	wordDoneWhy = words.Text{ZH: "%s\n更新前的备份：%s", EN: "%s\nBackup of before: %s"}
	wordBack    = words.Text{ZH: "撤销这次更新", EN: "Take this update back"}
	wordBacking = words.Text{ZH: "正在撤销", EN: "Taking it back"}
	wordChecks  = words.Text{ZH: "查看检查结果", EN: "See the findings"}
	wordOther   = words.Text{ZH: "继续处理其余领域", EN: "Go on with the other sectors"}
	wordReading = words.Text{ZH: "正在读取新模板", EN: "Reading the newer templates"}
	wordChoose  = words.Text{ZH: "选择新模板（压缩包）", EN: "Choose newer templates (zip file)"}
	wordFolder  = words.Text{ZH: "选择新模板所在的文件夹", EN: "Choose the folder of newer templates"}
	wordWhich   = words.Text{ZH: "收到的新模板是压缩包（.zip），还是已经解压的文件夹？", EN: "Are the newer templates a zip file, or a folder already unpacked?"}
	wordZip     = words.Text{ZH: "压缩包", EN: "Zip file"}
	wordDir     = words.Text{ZH: "文件夹", EN: "Folder"}
	wordTake    = words.Text{ZH: "使用新模板 %s？", EN: "Use templates %s?"}
	wordTakeWhy = words.Text{ZH: "读到的是 %s 版模板，正在使用的是 %s 版。使用以后，检查、提示和新建的草稿都按新模板来；已有的草稿不会变，接下来逐项决定。", EN: "These are templates %s; in use are %s. Checks, hints and new drafts will follow them. The drafts stay as they are; you decide on each change next."}
	wordTakeYes = words.Text{ZH: "使用", EN: "Use them"}
	wordFailed  = words.Text{ZH: "没有比较成", EN: "They could not be compared"}
)

// New makes the screen; Reload fills it.
func New(win fyne.Window, src Source) *Screen {
	s := &Screen{win: win, src: src, off: map[catalog.Sector]bool{}, body: container.NewStack()}
	s.version = kit.Tag("")
	s.load = kit.Button(kit.Say(wordLoad), theme.FolderOpenIcon(), s.chooseRelease)
	head := container.NewBorder(nil, nil, container.NewHBox(kit.Title(kit.Say(wordTitle)), container.NewCenter(s.version)), container.NewCenter(s.load))
	s.root = container.NewBorder(kit.Inset(8, head), nil, nil, nil, s.body)
	s.Reload()
	return s
}

// Content is the whole screen.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

func (s *Screen) show(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// Reload compares the drafts again, and keeps what was chosen wherever both sides
// still say the same.
func (s *Screen) Reload() {
	s.asked++
	this := s.asked
	s.version.SetText(kit.Say(wordInUse, s.src.Release()))
	if s.ups == nil && s.done == nil {
		s.show(kit.Empty(theme.ViewRefreshIcon(), kit.Say(wordCompare), "", nil))
	}
	kit.Run(s.src.Upgrades, func(ups []*work.Upgrade, err error) {
		if this != s.asked {
			return
		}
		if err != nil {
			s.show(kit.Empty(theme.WarningIcon(), kit.Say(wordFailed), words.Explain(err, kit.Lang()), kit.Button(kit.Say(kit.WordRetry), nil, s.Reload)))
			return
		}
		for _, u := range ups {
			for _, old := range s.ups {
				if old.Sector.Slug == u.Sector.Slug {
					u.Plan.Carry(old.Plan)
				}
			}
		}
		s.ups = ups
		if s.OnCount != nil {
			s.OnCount(len(ups))
		}
		s.arrange()
	})
}

// arrange shows the state the screen is in.
func (s *Screen) arrange() {
	switch {
	case s.done != nil:
		s.showDone()
	case len(s.ups) == 0:
		s.show(kit.Empty(theme.ConfirmIcon(), kit.Say(wordNone), kit.Say(wordNoneWhy, s.src.Release()), nil))
	default:
		s.showPlan()
	}
}

func (s *Screen) showPlan() {
	top := kit.Note(kit.Say(wordTop, s.src.Release()))
	if slices.ContainsFunc(s.ups, func(u *work.Upgrade) bool { return !u.Plan.Known }) {
		top.SetText(top.Text + "\n" + kit.Say(wordUnknown))
	}
	var chosen item
	if s.list != nil {
		chosen = s.list.chosen // one looks at the same again
	}
	s.list = newList(s)
	s.list.chosen = chosen
	s.detail = newDetail(s)
	s.sum = kit.Body("")
	s.update = kit.Primary(kit.Say(wordGo), theme.ConfirmIcon(), s.confirm)
	foot := container.NewBorder(nil, nil, nil, container.NewCenter(s.update), s.sum)
	panes := container.New(&panesLayout{}, s.list.root, s.detail.root)
	s.show(container.NewBorder(kit.Inset(4, top), kit.NewPanel(kit.Surface, kit.Line, 0, kit.Inset(4, foot)), nil, nil, kit.Inset(8, panes)))
	s.list.fill()
	s.changed()
}

// changed shows what was chosen in the list and in the sum.
func (s *Screen) changed() {
	chosen := s.chosen()
	enable(s.update, len(chosen) > 0)
	s.sum.SetText(s.summary(chosen))
	s.list.refresh()
}

func enable(b *kit.PushButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// chosen are the sectors that are to be updated.
func (s *Screen) chosen() []*work.Upgrade {
	return slices.DeleteFunc(slices.Clone(s.ups), func(u *work.Upgrade) bool { return s.off[u.Sector.Slug] })
}

func (s *Screen) summary(ups []*work.Upgrade) string {
	if len(ups) == 0 {
		return kit.Say(wordSumNone)
	}
	var sum catalog.UpgradeOutcome
	for _, u := range ups {
		n := u.Plan.Outcome()
		sum.Changed, sum.Added, sum.Removed, sum.Undecided = sum.Changed+n.Changed, sum.Added+n.Added, sum.Removed+n.Removed, sum.Undecided+n.Undecided
	}
	return kit.Say(wordSum, len(ups), sum.Changed, sum.Added, sum.Removed, sum.Undecided)
}

func (s *Screen) confirm() {
	ups := s.chosen()
	sum := s.summary(ups)
	kit.Confirm(s.win, kit.Say(wordGo), kit.Say(wordAsk, sum), kit.Say(wordGo), func() {
		var done work.Upgraded
		kit.Busy(s.win, kit.Say(wordBusy), func(ctx context.Context, _ func(int, int)) (err error) {
			done, err = s.src.Upgrade(ctx, ups)
			return err
		}, func(err error) {
			if err != nil {
				kit.Fail(s.win, err) // the drafts are as they were, and so are the choices
				s.Reload()
				return
			}
			s.done, s.did = &done, sum
			s.Reload()
		})
	})
}

func (s *Screen) showDone() {
	buttons := container.NewHBox(kit.Button(kit.Say(wordBack), theme.ContentUndoIcon(), s.takeBack))
	if s.OnFindings != nil {
		buttons.Add(kit.Primary(kit.Say(wordChecks), nil, s.OnFindings))
	}
	if len(s.ups) > 0 {
		buttons.Add(kit.Button(kit.Say(wordOther), nil, func() { s.done = nil; s.arrange() }))
	}
	s.show(kit.Empty(theme.ConfirmIcon(), kit.Say(wordDone, s.src.Release()), kit.Say(wordDoneWhy, s.did, s.done.Before.Path), buttons))
}

func (s *Screen) takeBack() {
	done := *s.done
	kit.Busy(s.win, kit.Say(wordBacking), func(ctx context.Context, _ func(int, int)) error { return s.src.TakeBack(ctx, done) }, func(err error) {
		if err != nil {
			kit.Fail(s.win, err)
			return
		}
		s.done = nil
		s.Reload()
	})
}

// Leave forgets that an update was made; the screen shows what is to do when it
// comes up again.
func (s *Screen) Leave() {
	if s.done != nil {
		s.done = nil
		s.arrange()
	}
}

func (s *Screen) chooseRelease() {
	var d *kit.Dialog
	zip := kit.Primary(kit.Say(wordZip), nil, func() {
		d.Hide()
		files.Open(s.win, files.Options{Title: kit.Say(wordChoose), Extensions: []string{".zip"}, Yes: kit.Say(wordLoad)}, s.Load)
	})
	dir := kit.Button(kit.Say(wordDir), nil, func() {
		d.Hide()
		files.Folder(s.win, files.Options{Title: kit.Say(wordFolder), Yes: kit.Say(wordLoad)}, s.Load)
	})
	no := kit.Button(kit.Say(kit.WordCancel), nil, func() { d.Hide() })
	d = kit.Show(s.win, kit.Say(wordLoad), kit.Column(440, kit.Body(kit.Say(wordWhich))), zip, dir, no)
}

// Load reads a release from a file or folder and asks whether to use it; a file
// dropped on the window comes here too.
func (s *Screen) Load(path string) {
	var r *work.Release
	kit.Busy(s.win, kit.Say(wordReading), func(context.Context, func(int, int)) (err error) {
		r, err = s.src.ReadRelease(path)
		return err
	}, func(err error) {
		if err != nil {
			kit.Fail(s.win, err)
			return
		}
		kit.Confirm(s.win, kit.Say(wordTake, r.Version), kit.Say(wordTakeWhy, r.Version, s.src.Release()), kit.Say(wordTakeYes), func() {
			kit.Busy(s.win, kit.Say(wordReading), func(ctx context.Context, _ func(int, int)) error { return s.src.TakeRelease(ctx, r) }, func(err error) {
				if err != nil {
					kit.Fail(s.win, err)
					return
				}
				s.done = nil
				s.Reload()
			})
		})
	})
}

// panesLayout gives the list a part of the width that suits its lines.
type panesLayout struct{}

const panesGap = 10

func (panesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Add(fyne.NewSize(objects[1].MinSize().Width+panesGap, 0)).Max(fyne.NewSize(0, objects[1].MinSize().Height))
}

func (panesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := min(320*theme.TextSize()/14, size.Width*0.36)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[1].Move(fyne.NewPos(left+panesGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-left-panesGap, size.Height))
}

// nameOf is what an entry is called in the list.
func nameOf(e *catalog.UpgradeEntry) string {
	if len(e.Path) == 0 {
		return fmt.Sprint("[", e.Template, "]")
	}
	return strings.Join(e.Path, " / ")
}
