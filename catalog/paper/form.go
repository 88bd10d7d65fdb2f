package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"mulutong/catalog"
)

// Form is what a sign-off form (签发单) says of the catalogs of a unit that are
// put before its leader together.
type Form struct {
	Unit     catalog.Unit
	Date     catalog.Date // of printing
	Catalogs []Summary

	// Leader and Secrecy are recorded already, or zero: then there is room to
	// write them by hand.
	Leader, Secrecy catalog.Approval
}

// Summary is what a form says of one catalog.
type Summary struct {
	Sector          string // its name
	Revision        uint64
	TemplateVersion string
	NotApplicable   *catalog.NotApplicable
	Entries         int
	Tiers           map[catalog.Tier]int // entries by tier
	Errors          int                  // findings without a reason, by severity
	Warnings        int
	Answered        int      // findings against which a reason is written
	Omitted         []Remark // entries of the template the unit leaves out
	Reasons         []Remark // written against findings
}

// Remark is a reason and what it is about.
type Remark struct{ About, Reason string }

// Summarize counts what a form says of a catalog; findings are the caller's to count.
func Summarize(c *catalog.Catalog, sector string) Summary {
	s := Summary{
		Sector: sector, Revision: c.Revision, TemplateVersion: c.TemplateVersion,
		NotApplicable: c.NotApplicable, Entries: len(c.Entries), Tiers: map[catalog.Tier]int{},
	}
	for i := range c.Entries {
		for _, t := range c.Entries[i].Tiers.List() {
			s.Tiers[t]++
		}
	}
	return s
}

// WriteForm prints a sign-off form on upright A4: one catalog with everything
// about it, or a list of catalogs; then the secrecy review and the leader's
// opinion with room for signatures; reasons given follow on further pages.
func WriteForm(w io.Writer, f Form, fonts Fonts) error {
	p, err := newPress(fonts, fpdf.SizeType{Wd: 210, Ht: 297}, f.Date)
	if err != nil {
		return err
	}
	p.margin = 18
	(&form{press: p, Form: f}).print()
	p.pdf.SetTitle(formTitle, true)
	p.pdf.SetAuthor(f.Unit.Publisher(), true)
	return p.output(w)
}

const formTitle = "基层政务公开标准目录签发单"

// form is a form being printed, from the top down.
type form struct {
	*press
	Form
	y     float64
	pages int
}

func (f *form) title() style { return style{f.bold, 20} }
func (f *form) label() style { return style{f.bold, 10.5} }
func (f *form) body() style  { return style{f.plain, 10.5} }
func (f *form) small() style { return style{f.plain, 9} }

const formPad = 2.0

func (f *form) bottom() float64 { return f.size.Ht - f.margin - 6 }

func (f *form) page() {
	f.pdf.AddPage()
	f.pages++
	f.pdf.SetLineWidth(0.2)
	f.y = f.margin
	f.text(f.small(), f.margin, f.size.Ht-f.margin, f.width(), center, []string{fmt.Sprintf("第 %d 页", f.pages)})
}

// room turns the page where so much does not fit any more.
func (f *form) room(h float64) (turned bool) {
	if f.y+h <= f.bottom()+1e-6 {
		return false
	}
	f.page()
	return true
}

func (f *form) print() {
	f.page()
	f.text(f.title(), f.margin, f.y+2, f.width(), center, []string{formTitle})
	f.y += 2 + f.title().line() + 5
	who := f.body().wrap("编制单位："+f.Unit.Publisher(), f.width()*0.65)
	f.text(f.body(), f.margin, f.y, f.width(), left, who)
	if f.Date != "" {
		f.text(f.body(), f.margin, f.y, f.width(), right, []string{"打印日期：" + f.plain.tidy(f.Date.Chinese())})
	}
	f.y += float64(max(1, len(who)))*f.body().line() + 2

	if len(f.Catalogs) == 1 {
		f.single(&f.Catalogs[0])
	} else {
		f.list()
	}
	f.opinion("保密审查意见", "审查人（签字）", f.Secrecy)
	f.opinion("签发意见", "签发人（签字）", f.Leader)
	f.cells([]cell{{width: 0.2, text: "备　　注", label: true}, {width: 0.8, text: ""}}, 14)

	note := "本单只对所列修订号的目录有效；签发以后目录又有修改的，须重新审查、签发。签字后的本单扫描存入“目录通”，随目录备查。"
	lines := f.small().wrap(note, f.width())
	f.room(2 + float64(len(lines))*f.small().line())
	f.text(f.small(), f.margin, f.y+2, f.width(), left, lines)
	f.y += 2 + float64(len(lines))*f.small().line()
	f.remarks()
}

// cell is a box of a form.
type cell struct {
	width float64 // share of the page's
	text  string
	label bool
	align align
}

// cells prints a row of boxes, at least so high. A row taller than the page goes
// on on the next.
func (f *form) cells(cs []cell, least float64) {
	lines := make([][]string, len(cs))
	most := 1
	for i, c := range cs {
		lines[i] = f.face(c).wrap(c.text, c.width*f.width()-2*formPad)
		most = max(most, len(lines[i]))
	}
	h := max(least, float64(most)*f.body().line()+2*formPad)
	if h <= f.bottom()-f.margin {
		f.room(h)
		f.boxes(cs, lines, h)
		return
	}
	f.room(4 * f.body().line())
	for most > 0 {
		fit := max(1, int((f.bottom()-f.y-2*formPad)/f.body().line()))
		part := make([][]string, len(cs))
		for i := range lines {
			n := min(fit, len(lines[i]))
			part[i], lines[i] = lines[i][:n], lines[i][n:]
		}
		f.boxes(cs, part, float64(min(fit, most))*f.body().line()+2*formPad)
		if most -= fit; most > 0 {
			f.page()
		}
	}
}

func (f *form) face(c cell) style {
	if c.label {
		return f.label()
	}
	return f.body()
}

func (f *form) boxes(cs []cell, lines [][]string, h float64) {
	x := f.margin
	for i, c := range cs {
		w := c.width * f.width()
		f.box(x, f.y, w, h)
		a := c.align
		if c.label {
			a = center
		}
		st := f.face(c)
		f.text(st, x+formPad, f.y+(h-float64(len(lines[i]))*st.line())/2, w-2*formPad, a, lines[i])
		x += w
	}
	f.y += h
}

// single tells everything about one catalog.
func (f *form) single(s *Summary) {
	pair := func(a, b, c, d string) {
		f.cells([]cell{{0.2, a, true, left}, {0.3, b, false, left}, {0.2, c, true, left}, {0.3, d, false, left}}, 9.5)
	}
	wide := func(a, b string) { f.cells([]cell{{0.2, a, true, left}, {0.8, b, false, left}}, 9.5) }
	pair("领　　域", s.Sector, "修 订 号", strconv.FormatUint(s.Revision, 10))
	if s.NotApplicable != nil {
		wide("是否涉及", "本单位不涉及该领域。理由："+s.NotApplicable.Reason)
		return
	}
	pair("条　　目", fmt.Sprintf("%d 条", s.Entries), "模板版本", orNone(s.TemplateVersion))
	wide("按 层 级", s.tiers())
	wide("检查结果", s.findings())
	wide("不涉及事项", s.omitted())
}

func orNone(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (s *Summary) tiers() string {
	var parts []string
	for t := catalog.City; t <= catalog.Village; t++ {
		if n := s.Tiers[t]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 条", t.Name(), n))
		}
	}
	return orNone(strings.Join(parts, "，"))
}

func (s *Summary) findings() string {
	text := fmt.Sprintf("错误 %d 处，提醒 %d 处", s.Errors, s.Warnings)
	if s.Answered > 0 {
		text += fmt.Sprintf("；另有 %d 处已写明理由", s.Answered)
	}
	return text
}

func (s *Summary) omitted() string {
	if len(s.Omitted) == 0 {
		return "无"
	}
	return fmt.Sprintf("%d 项，理由见附页", len(s.Omitted))
}

// list puts catalogs below each other, one a line.
func (f *form) list() {
	widths := []float64{0.07, 0.25, 0.1, 0.16, 0.09, 0.09, 0.1, 0.14}
	head := []string{"序号", "领域", "条目", "县级 / 乡级", "错误", "提醒", "修订号", "模板版本"}
	var cs []cell
	for i, h := range head {
		cs = append(cs, cell{widths[i], h, true, center})
	}
	f.cells(cs, 9)
	total := 0
	for i := range f.Catalogs {
		s := &f.Catalogs[i]
		texts := []string{
			strconv.Itoa(i + 1), s.Sector, strconv.Itoa(s.Entries),
			fmt.Sprintf("%d / %d", s.Tiers[catalog.County], s.Tiers[catalog.Township]),
			strconv.Itoa(s.Errors), strconv.Itoa(s.Warnings), strconv.FormatUint(s.Revision, 10), orNone(s.TemplateVersion),
		}
		row := make([]cell, len(texts))
		for j, t := range texts {
			row[j] = cell{width: widths[j], text: t, align: center}
		}
		row[1].align = left
		if s.NotApplicable != nil {
			row = []cell{row[0], row[1], {width: 0.44, text: "不涉及。理由：" + s.NotApplicable.Reason}, row[6], row[7]}
		} else {
			total += s.Entries
		}
		if f.y+7.5 > f.bottom() {
			f.page()
			f.cells(cs, 9)
		}
		f.cells(row, 7.5)
	}
	f.cells([]cell{{0.32, "合　　计", true, center}, {0.68, fmt.Sprintf("%d 个领域，%d 条", len(f.Catalogs), total), false, left}}, 9)
}

// opinion is a box for what someone decides, with a line to sign on.
func (f *form) opinion(label, signer string, a catalog.Approval) {
	sign := signer + "：" + a.By
	if a.By == "" {
		sign = signer + "：＿＿＿＿＿＿＿＿"
	}
	date := "＿＿＿＿年＿＿月＿＿日"
	if a.At != "" {
		date = f.plain.tidy(a.At.Chinese())
	}
	labelW := 0.2 * f.width()
	textW := f.width() - labelW - 2*formPad
	lines := f.body().wrap(a.Opinion, textW)
	signed := f.body().wrap(sign+"　　"+date, textW)
	least := 38.0
	if len(f.Catalogs) == 1 {
		least = 56 // there is room on the page
	}
	h := max(least, float64(len(lines)+len(signed)+1)*f.body().line()+2*formPad+4)
	if h > f.bottom()-f.margin { // an opinion of pages goes before the box to sign
		f.cells([]cell{{0.2, label, true, left}, {0.8, a.Opinion, false, left}}, 0)
		lines, h = nil, least
	}
	f.room(h)
	f.box(f.margin, f.y, labelW, h)
	f.box(f.margin+labelW, f.y, f.width()-labelW, h)
	f.text(f.label(), f.margin, f.y+(h-f.label().line())/2, labelW, center, []string{label})
	f.text(f.body(), f.margin+labelW+formPad, f.y+formPad+1, textW, left, lines)
	f.text(f.body(), f.margin+labelW+formPad, f.y+h-formPad-1-float64(len(signed))*f.body().line(), textW, right, signed)
	f.y += h
}

// remarks lists on pages of their own what the unit leaves out and what it
// answers to findings.
func (f *form) remarks() {
	started := false
	table := func(heading string, pick func(*Summary) []Remark) {
		first := true
		for i := range f.Catalogs {
			s := &f.Catalogs[i]
			for _, r := range pick(s) {
				if !started {
					f.page()
					started = true
				}
				if first {
					f.room(f.label().line() + 20)
					f.y += 3
					f.text(f.label(), f.margin, f.y, f.width(), left, []string{heading})
					f.y += f.label().line() + 1.5
					f.cells([]cell{{0.2, "领域", true, center}, {0.35, "事项", true, center}, {0.45, "理由", true, center}}, 8)
					first = false
				}
				f.cells([]cell{{0.2, s.Sector, false, left}, {0.35, r.About, false, left}, {0.45, r.Reason, false, left}}, 8)
			}
		}
	}
	table("附一：不涉及的事项及理由", func(s *Summary) []Remark { return s.Omitted })
	table("附二：对检查提示的说明", func(s *Summary) []Remark { return s.Reasons })
}
