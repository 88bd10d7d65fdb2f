package work

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mulutong/app/words"
	"mulutong/assets"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/paper"
)

// Failures of signing off.
var (
	ErrNotClean = words.NewFailure("“%s”还有错误没有改正，也没有说明理由，不能签发。请先到“检查”里处理。",
		"%s has errors that are neither mended nor answered, so it cannot be signed off. Deal with them under Findings first.")
	ErrUnsigned  = words.NewFailure("“%s”还没有签发，或者签发以后又改过。请先登记签发，再附扫描件。", "%s is not signed off as it is. Record the sign-off first, then attach the scan.")
	ErrNoScan    = words.NewFailure("%s 不是图片或 PDF。请选择扫描得到的 .pdf、.jpg 或 .png 文件。", "%s is neither a picture nor a PDF. Choose the scanned .pdf, .jpg or .png file.")
	ErrLargeScan = words.NewFailure("%s 超过 50 MB。请把扫描分辨率降到 200 DPI 左右再试。", "%s is larger than 50 MB. Scan it again at about 200 dpi.")
	ErrApproval  = words.NewFailure("签发人、保密审查人和两个日期都要填写。", "Who signs, who reviews, and both dates are needed.")
)

var labelSign, labelUnsign = words.Text{ZH: "登记签发", EN: "Record sign-off"}, words.Text{ZH: "撤回签发", EN: "Withdraw sign-off"}

// SignedOff names the catalog that was approved: a sector at a revision.
type SignedOff struct {
	Sector   catalog.Sector
	Revision uint64
}

// Sign records the leader's approval and the secrecy review for catalogs as they
// were seen, in one edit. It fails with ErrNotClean where errors are left, and with
// catalog.ErrConflict where a catalog has changed since it was seen; then nothing
// is recorded.
func (d *Desk) Sign(ctx context.Context, seen []SignedOff, leader, secrecy catalog.Approval) error {
	so := catalog.SignOff{Leader: trimmed(leader), Secrecy: trimmed(secrecy)}
	if !so.Complete() {
		return ErrApproval
	}
	if err := d.Flush(ctx); err != nil {
		return err
	}
	_, err := d.Edit(ctx, labelSign.In(d.Lang()), func(tx *boltstore.Tx) error {
		for _, s := range seen {
			c, err := tx.Catalog(s.Sector)
			if err != nil {
				return err
			}
			if c.NotApplicable == nil && Count(d.Checker().Catalog(&c)).Errors > 0 {
				return words.About(d.sectorInfo(s.Sector).Called(), ErrNotClean)
			}
			so := so
			so.Revision = s.Revision
			if err := tx.SetSignOff(s.Sector, &so); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func trimmed(a catalog.Approval) catalog.Approval {
	a.By, a.Opinion = strings.TrimSpace(a.By), strings.TrimSpace(a.Opinion)
	return a
}

// Lang is the language in which the labels of the history are written.
func (d *Desk) Lang() words.Lang {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.lang
}

// Unsign takes sign-offs back, in one edit. Scans stay.
func (d *Desk) Unsign(ctx context.Context, sectors []catalog.Sector) error {
	_, err := d.Edit(ctx, labelUnsign.In(d.Lang()), func(tx *boltstore.Tx) error {
		for _, s := range sectors {
			if err := tx.SetSignOff(s, nil); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// SignForm prints the form on which catalogs are signed off (签发单) to a PDF file in
// a folder, and says where it is. What is recorded already stands in it.
func (d *Desk) SignForm(ctx context.Context, sectors []catalog.Sector, folder string) (string, error) {
	cs, err := d.chosen(ctx, sectors)
	if err != nil {
		return "", err
	}
	form := paper.Form{Unit: d.Unit(), Date: d.today()}
	for i := range cs {
		form.Catalogs = append(form.Catalogs, d.summary(&cs[i]))
		if i > 0 && !sameApproval(cs[0].SignOff, cs[i].SignOff) || !cs[i].Signed() {
			continue
		}
		form.Leader, form.Secrecy = cs[i].SignOff.Leader, cs[i].SignOff.Secrecy
	}
	for i := range cs { // what not all of them have is written by hand
		if !cs[i].Signed() || !sameApproval(cs[0].SignOff, cs[i].SignOff) {
			form.Leader, form.Secrecy = catalog.Approval{}, catalog.Approval{}
		}
	}
	name := fmt.Sprintf("%s签发单（%d个领域）.pdf", d.Unit().Name, len(cs))
	if len(cs) == 1 {
		name = fmt.Sprintf("%s%s签发单.pdf", d.Unit().Name, SectorName(d.Know(), cs[0].Sector))
	}
	return writePreview(filepath.Join(folder, fileName(name)), func(w io.Writer) error {
		return paper.WriteForm(interruptible{ctx, w}, form, fonts())
	})
}

func sameApproval(a, b *catalog.SignOff) bool {
	return a != nil && b != nil && a.Leader == b.Leader && a.Secrecy == b.Secrecy
}

func fonts() paper.Fonts {
	return paper.Fonts{Regular: assets.PrintRegular(), Bold: assets.PrintBold()}
}

// summary is what a form says of a catalog.
func (d *Desk) summary(c *catalog.Catalog) paper.Summary {
	s := paper.Summarize(c, d.sectorInfo(c.Sector).Called())
	if c.Signed() {
		s.Revision = c.SignOff.Revision - 1 // recording the approval was an edit; what was approved is the one before
	}
	if c.NotApplicable != nil {
		return s
	}
	n := Count(d.Checker().Catalog(c))
	s.Errors, s.Warnings, s.Answered = n.Errors, n.Warnings, n.Disputed
	t := d.Template(c.Sector)
	for _, id := range slices.Sorted(maps.Keys(c.Omitted)) {
		s.Omitted = append(s.Omitted, paper.Remark{About: templateName(t, id), Reason: c.Omitted[id].Reason})
	}
	for _, r := range c.Reasons {
		about := words.Rule(r.Rule).In(words.Chinese)
		if e, ok := c.Entry(r.Entry); ok {
			about = strings.Join(e.Path, " / ") + "：" + about
		}
		s.Reasons = append(s.Reasons, paper.Remark{About: about, Reason: r.Reason})
	}
	return s
}

func templateName(t *catalog.Template, id catalog.TemplateID) string {
	if t != nil {
		for i := range t.Entries {
			if t.Entries[i].ID == id {
				return strings.Join(t.Entries[i].Path, " / ")
			}
		}
	}
	return string(id)
}

// Scan is a scanned copy of a signed form.
type Scan struct {
	Path     string
	Revision uint64 // of the sign-off it belongs to
}

const (
	scanFolder = "signed-forms"
	largest    = 50 << 20
)

// ScanExtensions are the kinds of files that a scanner makes.
var ScanExtensions = []string{".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"}

// scans finds the scanned copies in the data folder: SECTOR-REVISION.EXT, with a
// number before the point where there are several pages.
func (d *Desk) scans() (map[catalog.Sector][]Scan, error) {
	folder := filepath.Join(d.dir, scanFolder)
	files, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, words.About(folder, err)
	}
	out := map[catalog.Sector][]Scan{}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), filepath.Ext(f.Name()))
		if i := strings.Index(name, "."); i > 0 {
			name = name[:i]
		}
		i := strings.LastIndex(name, "-")
		if i < 0 || f.IsDir() {
			continue
		}
		n, err := strconv.ParseUint(name[i+1:], 10, 64)
		if err != nil {
			continue // something else that somebody put there
		}
		s := catalog.Sector(name[:i])
		out[s] = append(out[s], Scan{Path: filepath.Join(folder, f.Name()), Revision: n})
	}
	for _, of := range out {
		slices.SortStableFunc(of, func(a, b Scan) int {
			switch {
			case a.Revision > b.Revision:
				return -1
			case a.Revision < b.Revision:
				return 1
			}
			return strings.Compare(a.Path, b.Path)
		})
	}
	return out, nil
}

// AddScan copies a scanned form into the data folder, for every sector it signs.
// It fails with ErrUnsigned where one of them is not signed off as it is.
func (d *Desk) AddScan(ctx context.Context, sectors []catalog.Sector, from string) error {
	ext := strings.ToLower(filepath.Ext(from))
	if !slices.Contains(ScanExtensions, ext) {
		return words.About(from, ErrNoScan)
	}
	if err := Readable(from); err != nil {
		return err
	}
	if info, err := os.Stat(from); err != nil {
		return words.About(from, err)
	} else if info.Size() > largest {
		return words.About(from, ErrLargeScan)
	}
	cs, err := d.chosen(ctx, sectors)
	if err != nil {
		return err
	}
	for i := range cs {
		if !cs[i].Signed() {
			return words.About(d.sectorInfo(cs[i].Sector).Called(), ErrUnsigned)
		}
	}
	folder := filepath.Join(d.dir, scanFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return words.About(folder, err)
	}
	first := ""
	for i := range cs {
		path := d.scanPath(&cs[i], ext)
		if first != "" && os.Link(first, path) == nil {
			continue // one form that signs many sectors takes the room of one
		}
		if err := copyFile(ctx, from, path); err != nil {
			return err
		}
		first = path
	}
	return nil
}

// scanPath is where the next scan of a catalog's form goes.
func (d *Desk) scanPath(c *catalog.Catalog, ext string) string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s-%d", c.Sector, c.SignOff.Revision)
		if n > 1 {
			name += fmt.Sprintf(".%d", n)
		}
		path := filepath.Join(d.dir, scanFolder, name+ext)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path
		}
	}
}

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return words.About(from, err)
	}
	defer func() { _ = in.Close() }()
	err = atomicfile.WriteFile(to, func(w io.Writer) error {
		_, err := io.Copy(interruptible{ctx, w}, in)
		return err
	})
	return words.About(to, err)
}

// RemoveScan takes a scanned copy out of the data folder.
func (d *Desk) RemoveScan(s Scan) error {
	if filepath.Dir(s.Path) != filepath.Join(d.dir, scanFolder) {
		return words.About(s.Path, fs.ErrNotExist)
	}
	return words.About(s.Path, os.Remove(s.Path))
}
