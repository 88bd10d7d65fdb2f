package start

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/files"
	"mulutong/app/ui/kit"
	"mulutong/catalog"
)

// otherPage opens drafts that are there already, or a backup of some.
type otherPage struct {
	sc     *Screen
	who    *nameField
	folder *folderField
	backup string // empty: the folder's drafts are opened
	file   *kit.Label
	body   *fyne.Container
	busy   bool
}

func newOtherPage(sc *Screen) *otherPage {
	p := &otherPage{sc: sc, file: kit.Body(""), body: container.NewStack()}
	p.who = newNameField(sc.o.Person, p.forward)
	p.folder = newFolderField(sc.win, sc.o.Folder, p.forward)
	return p
}

func (p *otherPage) content() fyne.CanvasObject { return p.body }

func (p *otherPage) shown() {
	focus(p.sc.win, p.who.entry)
	if p.who.entry.Text != "" {
		focus(p.sc.win, p.sc.next)
	}
}

// chooseDrafts asks for a folder with drafts.
func (p *otherPage) chooseDrafts() {
	files.Folder(p.sc.win, files.Options{Title: kit.Say(wordOpenTitle), Start: p.folder.dir(), Yes: kit.Say(wordUseDir)}, func(dir string) {
		p.backup = ""
		p.folder.entry.SetText(dir)
		p.show(wordOpenHead.In(kit.Lang()), wordOpenHint.In(kit.Lang()), p.folder.content(kit.Say(wordFolder)))
		p.sc.next.SetText(kit.Say(wordOpen))
	})
}

// chooseBackup asks for a backup.
func (p *otherPage) chooseBackup() {
	files.Open(p.sc.win, files.Options{Title: kit.Say(wordBackupOf), Extensions: []string{".mulubak"}}, p.restore)
}

// restore offers to restore a backup.
func (p *otherPage) restore(path string) {
	p.backup = path
	p.folder.entry.SetText(p.sc.o.Folder)
	p.file.SetText(path)
	another := kit.Button(kit.Say(wordOther2), nil, p.chooseBackup)
	p.show(kit.Say(wordBackHead), kit.Say(wordBackHint),
		container.NewVBox(kit.Strong(kit.Say(wordBackFile)), container.NewBorder(nil, nil, nil, another, p.file)),
		p.folder.content(kit.Say(wordWhere)))
	p.sc.next.SetText(kit.Say(wordRestore))
}

func (p *otherPage) show(head, hint string, parts ...fyne.CanvasObject) {
	column := container.NewVBox(kit.Heading(head), kit.Note(hint))
	for _, part := range append(parts, p.who.content()) {
		column.Add(gap())
		column.Add(part)
	}
	p.body.Objects = []fyne.CanvasObject{container.NewCenter(kit.Column(560, column))}
	p.sc.show(p)
}

func (p *otherPage) forward() {
	name, ok := p.who.name(p.sc.win)
	if !ok || p.busy {
		return
	}
	tell(p.folder.wrong, "")
	dir, backup, head, doing := p.folder.dir(), p.backup, wordOpenHead, wordOpening
	if backup != "" {
		head, doing = wordRestored, wordRestoring
	}
	var unit catalog.Unit
	p.busy = true
	kit.Busy(p.sc.win, kit.Say(doing), func(ctx context.Context, _ func(done, total int)) (err error) {
		if backup != "" {
			unit, err = p.sc.s.Restore(ctx, backup, dir)
			return err
		}
		unit, err = p.sc.s.Look(dir)
		return err
	}, func(err error) {
		p.busy = false
		if err != nil {
			p.folder.fail(err)
			return
		}
		p.sc.summary(kit.Say(head), kit.Say(wordGoOn), []string{kit.Say(wordWhose, unit.Name)}, dir, name)
	})
}
