package start

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

// nameField is where a person says who it is.
type nameField struct {
	entry *kit.Entry
	wrong *kit.Label
}

func newNameField(person string, enter func()) *nameField {
	f := &nameField{entry: kit.NewEntry(), wrong: wrong()}
	f.entry.Text = person
	f.entry.OnSubmitted = func(string) { enter() }
	f.entry.OnChanged = func(string) { tell(f.wrong, "") }
	return f
}

func (f *nameField) content() fyne.CanvasObject {
	return container.NewVBox(kit.Strong(kit.Say(wordWho)), f.entry, f.wrong, kit.Note(kit.Say(wordWhoHint)))
}

// name is what was entered; without one it says so.
func (f *nameField) name(win fyne.Window) (string, bool) {
	name := strings.TrimSpace(f.entry.Text)
	if name == "" {
		tell(f.wrong, kit.Say(wordWhoMissing))
		focus(win, f.entry)
	}
	return name, name != ""
}

// folderField is where a folder for drafts is named; it can be typed or chosen.
type folderField struct {
	win   fyne.Window
	entry *kit.Entry
	wrong *kit.Label
	pick  *kit.PushButton
}

func newFolderField(win fyne.Window, dir string, enter func()) *folderField {
	f := &folderField{win: win, entry: kit.NewEntry(), wrong: wrong()}
	f.entry.Text = dir
	f.entry.OnSubmitted = func(string) { enter() }
	f.entry.OnChanged = func(string) { tell(f.wrong, "") }
	f.pick = kit.Button(kit.Say(wordChange), theme.FolderOpenIcon(), func() {
		files.Folder(win, files.Options{Title: kit.Say(wordWhichDir), Start: f.entry.Text, Yes: kit.Say(wordUseDir)}, f.entry.SetText)
	})
	return f
}

func (f *folderField) content(label string) fyne.CanvasObject {
	return container.NewVBox(kit.Strong(label), container.NewBorder(nil, nil, nil, f.pick, f.entry), f.wrong)
}

func (f *folderField) dir() string { return strings.TrimSpace(f.entry.Text) }

// fail says what is wrong with the folder, in its place.
func (f *folderField) fail(err error) {
	tell(f.wrong, words.Explain(err, kit.Lang()))
	focus(f.win, f.entry)
}

// personPage is where the name and the folder are said.
type personPage struct {
	sc     *Screen
	who    *nameField
	folder *folderField
	made   fyne.CanvasObject
	busy   bool
}

func newPersonPage(sc *Screen) *personPage {
	p := &personPage{sc: sc}
	p.who = newNameField(sc.o.Person, p.forward)
	p.folder = newFolderField(sc.win, sc.o.Folder, p.forward)
	p.made = container.NewCenter(kit.Column(560, container.NewVBox(
		p.who.content(), gap(), p.folder.content(kit.Say(wordWhere)), kit.Note(kit.Say(wordWhereHint)),
	)))
	return p
}

func (p *personPage) content() fyne.CanvasObject { return p.made }

func (p *personPage) shown() {
	p.sc.next.SetText(kit.Say(wordMake))
	p.sc.foot(p.sc.sectors.total)
	focus(p.sc.win, p.who.entry)
}

func (p *personPage) forward() {
	name, ok := p.who.name(p.sc.win)
	if !ok || p.busy {
		return
	}
	tell(p.folder.wrong, "")
	w := work.Wish{Unit: p.sc.unit.chosen, Person: name, Dir: p.folder.dir()}
	w.Sectors, w.Unused = p.sc.sectors.wish()
	var added []work.Added
	p.busy = true
	kit.Busy(p.sc.win, kit.Say(wordMaking), func(ctx context.Context, _ func(done, total int)) (err error) {
		added, err = p.sc.s.Make(ctx, w)
		return err
	}, func(err error) {
		p.busy = false
		if err != nil {
			p.folder.fail(err)
			return
		}
		p.sc.summary(kit.Say(wordReady), kit.Say(wordReadyHint), summaryOf(added), w.Dir, name)
	})
}

// summaryOf counts what became of the drafts.
func summaryOf(added []work.Added) []string {
	made, entries, unused, held := 0, 0, 0, 0
	for _, a := range added {
		switch {
		case a.Unused != "":
			unused++
		case a.Made:
			made++
			entries += a.Entries
		default:
			held++
		}
	}
	var lines []string
	if made > 0 {
		lines = append(lines, kit.Say(wordReadyMade, made, entries))
	}
	if unused > 0 {
		lines = append(lines, kit.Say(wordReadyUnused, unused))
	}
	if held > 0 {
		lines = append(lines, kit.Say(wordReadyHeld, held))
	}
	return lines
}
