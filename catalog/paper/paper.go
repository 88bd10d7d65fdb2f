// Package paper prints catalogs and sign-off forms as PDF files.
//
// Everything that a cell says is on the page, and nothing of a cell is on two
// pages unless it is taller than one. What is written twice, on the same date
// with the same fonts, is the same to the byte. The fonts are handed in, as
// TrueType; a character that they lack prints as 〓.
package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

// Fonts are the faces that texts and headings are set in.
type Fonts struct{ Regular, Bold []byte }

// Write prints catalogs as the national table has them, each beginning on a page
// of its own: landscape, with title, unit and date, a header of two rows repeated
// on every page, and the catalog's own page numbers. A sector that does not occur
// in the unit gets a page that says so.
func Write(w io.Writer, cs []catalog.Catalog, fonts Fonts, o sheet.WriteOptions) error {
	size := fpdf.SizeType{Wd: 297, Ht: 210}
	if o.Paper == sheet.A3 {
		size = fpdf.SizeType{Wd: 420, Ht: 297}
	}
	p, err := newPress(fonts, size, o.Date)
	if err != nil {
		return err
	}
	for i := range cs {
		p.catalog(&cs[i], o)
	}
	if len(cs) > 0 {
		p.pdf.SetTitle(sheet.Title(&cs[0], o), true)
		p.pdf.SetAuthor(cs[0].Unit.Publisher(), true)
	}
	return p.output(w)
}

// millimetres in a point.
const point = 25.4 / 72

// press is a document being printed. Lengths are millimetres, sizes of text points.
type press struct {
	pdf    *fpdf.Fpdf
	size   fpdf.SizeType
	margin float64
	plain  *face
	bold   *face
}

func newPress(fonts Fonts, size fpdf.SizeType, date catalog.Date) (*press, error) {
	plain, err := newFace("plain", fonts.Regular)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	bold, err := newFace("bold", fonts.Bold)
	if err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: size})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("目录通", true)
	pdf.SetLang("zh-CN")
	at, err := date.Time()
	if err != nil {
		at = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // no date: the same every time
	}
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.AddUTF8FontFromBytes(plain.name, "", fonts.Regular)
	pdf.AddUTF8FontFromBytes(bold.name, "", fonts.Bold)
	return &press{pdf: pdf, size: size, margin: 10, plain: plain, bold: bold}, nil
}

func (p *press) output(w io.Writer) error {
	if p.pdf.PageCount() == 0 {
		p.pdf.AddPage()
	}
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// width is how wide the paper is between its margins.
func (p *press) width() float64 { return p.size.Wd - 2*p.margin }

// How the lines of a text stand in its box.
type align uint8

const (
	left align = iota
	center
	right
)

// style is a face at a size.
type style struct {
	face *face
	size float64
}

// line is the height of a line of text.
func (s style) line() float64 { return s.size * 1.32 * point }

// wrap parts a text into lines no wider than the width.
func (s style) wrap(text string, width float64) []string {
	return s.face.wrap(text, width/(s.size*point))
}

// even parts a text into as many lines as it takes anyway, of like lengths: 籍山镇人
// over 民政府 and not 籍山镇人民政 over 府.
func (s style) even(text string, width float64, lines []string) []string {
	if len(lines) < 2 || len(lines) > 4 || strings.Contains(text, "\n") {
		return lines
	}
	for narrower := width - s.size*point; narrower > width/2; narrower -= s.size * point {
		closer := s.wrap(text, narrower)
		if len(closer) != len(lines) {
			break
		}
		lines = closer
	}
	return lines
}

// measure is how wide a line prints.
func (s style) measure(line string) float64 { return s.face.measure(line) * s.size * point }

// text prints lines one below the other, the first's top at y, within a box so wide.
func (p *press) text(st style, x, y, width float64, a align, lines []string) {
	p.pdf.SetFont(st.face.name, "", st.size)
	for i, l := range lines {
		if l == "" {
			continue
		}
		at := x
		switch a {
		case center:
			at += (width - st.measure(l)) / 2
		case right:
			at += width - st.measure(l)
		}
		p.pdf.Text(at, y+float64(i)*st.line()+0.8*st.line(), l)
	}
}

// box draws a frame.
func (p *press) box(x, y, w, h float64) { p.pdf.Rect(x, y, w, h, "D") }
