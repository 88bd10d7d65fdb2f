package paper

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

// look is the sizes of a table on one paper.
type look struct {
	title, note, head, body, tick style
	pad                           float64 // between a cell's edge and its text
	thin, thick                   float64 // lines
}

func (p *press) look(paper sheet.Paper) look {
	l := look{
		title: style{p.bold, 16}, note: style{p.plain, 9}, head: style{p.bold, 8}, body: style{p.plain, 7.5},
		pad: 0.8, thin: 0.15, thick: 0.35,
	}
	if paper == sheet.A3 {
		l.title.size, l.note.size, l.head.size, l.body.size, l.pad = 20, 11, 10.5, 10, 1.1
	}
	l.tick = style{p.bold, l.body.size} // the plain one is faint on paper
	return l
}

// column is a column of the table on the page. The first one numbers the entries.
type column struct {
	sheet.PrintColumn
	x, width float64
	lines    []string // of its heading
}

// names reports whether the column says which matter a row is about, and so is
// said again where a row goes on on the next page.
func (c *column) names() bool { return c.Group == "公开事项" }

// row is what one entry says, column by column, in lines.
type row struct {
	number int
	cells  [][]string
	keys   []string // what the merging columns say
}

// piece is a row on a page, or the part of it that fits.
type piece struct {
	row    *row
	cells  [][]string
	height float64
	part   bool // not the whole row
}

// table is a catalog laid out for printing.
type table struct {
	p      *press
	look   look
	cols   []column
	groupH float64 // height of the header's rows
	headH  float64
	rows   []row
}

func (p *press) catalog(c *catalog.Catalog, o sheet.WriteOptions) {
	t := &table{p: p, look: p.look(o.Paper)}
	title := sheet.Title(c, o)
	titleLines := t.look.title.wrap(title, p.width())
	top := p.margin + float64(len(titleLines))*t.look.title.line() + 2 + t.look.note.line() + 1.5
	bottom := p.size.Ht - p.margin - t.look.note.line() - 1

	var pages [][]piece
	if c.NotApplicable == nil {
		cols := sheet.PrintColumns(o.Layout, c, o.SectorName(c.Sector))
		for t.columns(cols); t.widen(c, cols, bottom-p.margin); {
			t.columns(cols)
		}
		t.header()
		t.fill(c)
		pages = t.paginate(bottom-top-t.groupH-t.headH, bottom-p.margin-t.groupH-t.headH)
	}
	whole := [][]string{nil} // pages of a sector that does not occur
	if c.NotApplicable != nil {
		whole = t.absent(c, bottom-top)
	}
	n := max(len(pages), len(whole))
	for i := range n {
		p.pdf.AddPage()
		y := p.margin
		if i == 0 {
			p.pdf.SetFont(p.plain.name, "", t.look.note.size)
			p.pdf.Bookmark(p.plain.tidy(o.SectorName(c.Sector)), 0, 0)
			p.text(t.look.title, p.margin, y, p.width(), center, titleLines)
			t.noteLine(c, o, y+float64(len(titleLines))*t.look.title.line()+2)
			y = top
		}
		if c.NotApplicable != nil {
			t.drawAbsent(whole[i], y)
		} else {
			t.draw(pages[i], y)
		}
		foot := fmt.Sprintf("第 %d 页，共 %d 页", i+1, n)
		y = p.size.Ht - p.margin - t.look.note.line()
		p.text(t.look.note, p.margin, y, p.width(), center, []string{foot})
		if i > 0 { // loose leaves are told apart
			small := style{p.plain, t.look.body.size}
			lines := small.wrap(title, p.width()*0.4)
			p.text(small, p.margin, y, p.width(), left, lines[:min(1, len(lines))])
		}
	}
}

// noteLine names the unit at the left and the date at the right.
func (t *table) noteLine(c *catalog.Catalog, o sheet.WriteOptions, y float64) {
	p := t.p
	who := o.Source
	if c.Unit.Name != "" {
		who = "编制单位：" + c.Unit.Publisher()
	}
	if lines := t.look.note.wrap(who, p.width()*0.7); len(lines) > 0 {
		p.text(t.look.note, p.margin, y, p.width(), left, lines[:1])
	}
	if o.Date != "" {
		p.text(t.look.note, p.margin, y, p.width(), right, []string{p.plain.tidy("编制日期：" + o.Date.Chinese())})
	}
}

// absent is what stands in place of the table of a sector that does not occur,
// page by page.
func (t *table) absent(c *catalog.Catalog, height float64) [][]string {
	st := t.absentStyle()
	lines := st.wrap("本单位不涉及该领域。", t.p.width()-10)
	lines = append(lines, st.wrap("理由："+c.NotApplicable.Reason, t.p.width()-10)...)
	most := max(1, int((height-10)/st.line()))
	var pages [][]string
	for len(lines) > most {
		pages, lines = append(pages, lines[:most]), lines[most:]
	}
	return append(pages, lines)
}

func (t *table) absentStyle() style { return style{t.p.plain, t.look.note.size + 2} }

func (t *table) drawAbsent(lines []string, y float64) {
	st := t.absentStyle()
	t.p.pdf.SetLineWidth(t.look.thick)
	t.p.box(t.p.margin, y, t.p.width(), float64(len(lines))*st.line()+10)
	t.p.text(st, t.p.margin+5, y+5, t.p.width()-10, left, lines)
}

// columns gives the columns their places: each as wide as a workbook has it, but
// a tick column so wide that its heading stands on one line where that is possible.
func (t *table) columns(cols []sheet.PrintColumn) {
	t.cols = []column{{PrintColumn: sheet.PrintColumn{Head: "序号", Width: 5, Center: true}}}
	for _, c := range cols {
		t.cols = append(t.cols, column{PrintColumn: c})
	}
	least := func(c *column) float64 {
		if strings.HasPrefix(c.Head, "公开渠道") { // the carriers stand two and two
			return t.look.body.measure("■社区/企事业单位/村公示栏（电子屏）") + 2*t.look.pad + 0.01
		}
		if c.Width >= 10 {
			return 0
		}
		n := len([]rune(c.Head))
		if n > 3 { // 特定群体 stands on two lines
			n = (n + 1) / 2
		}
		return float64(n)*t.look.head.size*point + 2*t.look.pad + 0.01
	}
	room, digits := t.p.width(), 0.0
	for i := range t.cols {
		digits += t.cols[i].Width
	}
	fixed := map[int]bool{}
	for again := true; again; {
		again = false
		for i := range t.cols {
			if c := &t.cols[i]; !fixed[i] && least(c) > c.Width*room/digits {
				c.width, fixed[i], again = least(c), true, true
				room, digits = room-c.width, digits-c.Width
			}
		}
	}
	x := t.p.margin
	for i := range t.cols {
		c := &t.cols[i]
		if !fixed[i] {
			c.width = c.Width * room / digits
		}
		c.x = x
		x += c.width
	}
}

// widen gives more room to columns whose texts would go over more than half a page
// so high, and reports whether it did.
func (t *table) widen(c *catalog.Catalog, cols []sheet.PrintColumn, page float64) bool {
	const most = 80 // digits
	again := false
	for i := range cols {
		col := &cols[i]
		if col.Width < 10 || col.Width >= most {
			continue
		}
		room := page / 2 / t.look.body.line() * (t.cols[i+1].width - 2*t.look.pad) / (t.look.body.size * point)
		for j := range c.Entries {
			if float64(utf8.RuneCountInString(col.Text(&c.Entries[j]))) > room {
				col.Width, again = min(col.Width*1.4, most), true
				break
			}
		}
	}
	return again
}

// header finds how high the two rows of the header are.
func (t *table) header() {
	high := func(lines []string) float64 { return float64(len(lines))*t.look.head.line() + 2*t.look.pad }
	t.groupH = high([]string{""})
	for i := range t.cols {
		c := &t.cols[i]
		c.lines = t.look.head.wrap(c.Head, c.width-2*t.look.pad)
		if before, _, ok := strings.Cut(c.Head, "（"); ok && len(c.lines) > 1 && !strings.Contains(c.Head, "\n") {
			c.lines = t.look.head.wrap(before+"\n"+c.Head[len(before):], c.width-2*t.look.pad)
		}
		if len([]rune(c.Head)) == 4 && len(c.lines) > 1 { // 特定/群体, not 特定群/体
			r := []rune(c.Head)
			c.lines = []string{string(r[:2]), string(r[2:])}
		}
		if c.Group != "" {
			t.headH = max(t.headH, high(c.lines))
		}
	}
	t.headH = max(t.headH, t.groupH)
	for i := range t.cols {
		if c := &t.cols[i]; c.Group == "" {
			t.headH = max(t.headH, high(c.lines)-t.groupH)
		}
	}
}

func (t *table) fill(c *catalog.Catalog) {
	wrapped := map[string][]string{} // the texts of the channels occur again and again
	for n := range c.Entries {
		e := &c.Entries[n]
		r := row{number: n + 1, cells: make([][]string, len(t.cols)), keys: make([]string, len(t.cols))}
		r.cells[0] = []string{strconv.Itoa(n + 1)}
		for i := 1; i < len(t.cols); i++ {
			col := &t.cols[i]
			text := col.Text(e)
			if col.Merge {
				r.keys[i] = text
			}
			key := strconv.Itoa(i) + text
			lines, ok := wrapped[key]
			if !ok {
				lines = t.look.body.wrap(text, col.width-2*t.look.pad)
				if col.Center {
					lines = t.look.body.even(text, col.width-2*t.look.pad, lines)
				}
				wrapped[key] = lines
			}
			r.cells[i] = lines
		}
		t.rows = append(t.rows, r)
	}
}

// high is the height of a cell of so many lines.
func (t *table) high(lines int) float64 {
	return float64(lines)*t.look.body.line() + 2*t.look.pad
}

// paginate parts the rows into pages so high; the first is lower than the others.
func (t *table) paginate(first, others float64) [][]piece {
	// A name so long that it fills a page is no cell to share.
	for i := range t.cols {
		for _, r := range t.rows {
			if t.cols[i].Merge && t.high(len(r.cells[i])) > first/2 {
				t.cols[i].Merge = false
			}
		}
	}
	pages := [][]piece{nil}
	room := first
	turn := func() {
		pages = append(pages, nil)
		room = others
	}
	for i := range t.rows {
		r := &t.rows[i]
		most := 1
		for j := range t.cols {
			if !t.cols[j].Merge {
				most = max(most, len(r.cells[j]))
			}
		}
		last := &pages[len(pages)-1]
		whole := piece{row: r, cells: r.cells, height: t.high(most)}
		if with := t.settle(append(*last, whole)); total(with) <= room+1e-6 {
			*last = with
			continue
		}
		if len(*last) > 0 {
			turn()
			last = &pages[len(pages)-1]
			if with := t.settle([]piece{whole}); total(with) <= room+1e-6 {
				*last = with
				continue
			}
		}
		for from := 0; from < most; {
			fit := max(1, int((room-2*t.look.pad)/t.look.body.line()))
			pc := t.part(r, from, min(fit, most-from))
			last = &pages[len(pages)-1]
			*last = t.settle(append(*last, pc))
			if from += fit; from < most {
				turn()
			}
		}
	}
	return pages
}

// part cuts some lines out of a row. Where it goes on, its number and names stand
// again.
func (t *table) part(r *row, from, n int) piece {
	pc := piece{row: r, cells: make([][]string, len(r.cells)), part: true}
	for i, lines := range r.cells {
		cont := from > 0 && (i == 0 || t.cols[i].names())
		switch {
		case t.cols[i].Merge || cont && len(lines) <= n:
			pc.cells[i] = lines
		default:
			pc.cells[i] = lines[min(from, len(lines)):min(from+n, len(lines))]
		}
	}
	if from > 0 {
		pc.cells[0] = append([]string{}, strconv.Itoa(r.number), "续")
	}
	pc.height = t.high(max(n, len(pc.cells[0])))
	return pc
}

// settle makes rows as high as the names they share need.
func (t *table) settle(page []piece) []piece {
	page = append([]piece(nil), page...)
	for i := len(t.cols) - 1; i >= 0; i-- {
		if !t.cols[i].Merge {
			continue
		}
		for from := 0; from < len(page); {
			to := t.span(page, from, i)
			if lack := t.high(len(page[from].cells[i])) - total(page[from:to]); lack > 0 {
				page[to-1].height += lack
			}
			from = to
		}
	}
	return page
}

// span is where the rows end that share a cell of a column, from a row on.
func (t *table) span(page []piece, from, col int) int {
	to := from + 1
	for to < len(page) && page[from].row.keys[col] != "" && t.same(page[from].row, page[to].row, col) {
		to++
	}
	return to
}

// same reports whether two rows agree in the merging columns up to col.
func (t *table) same(a, b *row, col int) bool {
	for i := 0; i <= col; i++ {
		if t.cols[i].Merge && a.keys[i] != b.keys[i] {
			return false
		}
	}
	return true
}

func total(page []piece) float64 {
	h := 0.0
	for _, pc := range page {
		h += pc.height
	}
	return h
}

// draw prints the header and a page's rows below it.
func (t *table) draw(page []piece, y float64) {
	p, pdf := t.p, t.p.pdf
	pdf.SetLineWidth(t.look.thin)
	t.drawHeader(y)
	y += t.groupH + t.headH
	if len(page) == 0 {
		h := 4 * t.look.body.line()
		p.box(p.margin, y, p.width(), h)
		p.text(t.look.body, p.margin, y+1.5*t.look.body.line(), p.width(), center, []string{"（目录中还没有条目）"})
		t.frame(y-t.groupH-t.headH, h+t.groupH+t.headH)
		return
	}
	tops := make([]float64, len(page)+1)
	tops[0] = y
	for i, pc := range page {
		tops[i+1] = tops[i] + pc.height
	}
	// Row by row, so that whoever copies text out of the file gets it in order.
	for from := range page {
		for i := range t.cols {
			c := &t.cols[i]
			to := from + 1
			if c.Merge {
				if from > 0 && t.span(page, from-1, i) > from {
					continue // within a cell that began above
				}
				to = t.span(page, from, i)
			}
			h := tops[to] - tops[from]
			p.box(c.x, tops[from], c.width, h)
			lines := page[from].cells[i]
			a, off := left, (h-float64(len(lines))*t.look.body.line())/2
			if c.Center {
				a = center
			}
			if page[from].part && !c.Merge {
				off = t.look.pad
			}
			st := t.look.body
			if len(lines) == 1 && lines[0] == "√" {
				st = t.look.tick
			}
			p.text(st, c.x+t.look.pad, tops[from]+off, c.width-2*t.look.pad, a, lines)
		}
	}
	t.frame(y-t.groupH-t.headH, tops[len(page)]-y+t.groupH+t.headH)
}

// frame draws the table's thick outer line.
func (t *table) frame(y, h float64) {
	t.p.pdf.SetLineWidth(t.look.thick)
	t.p.box(t.p.margin, y, t.p.width(), h)
}

func (t *table) drawHeader(y float64) {
	p := t.p
	p.pdf.SetFillColor(238, 241, 245)
	p.pdf.Rect(p.margin, y, p.width(), t.groupH+t.headH, "F")
	cell := func(x, y, w, h float64, lines []string) {
		p.box(x, y, w, h)
		p.text(t.look.head, x+t.look.pad, y+(h-float64(len(lines))*t.look.head.line())/2, w-2*t.look.pad, center, lines)
	}
	for i := 0; i < len(t.cols); {
		c := &t.cols[i]
		if c.Group == "" {
			cell(c.x, y, c.width, t.groupH+t.headH, c.lines)
			i++
			continue
		}
		w, j := 0.0, i
		for ; j < len(t.cols) && t.cols[j].Group == c.Group; j++ {
			w += t.cols[j].width
		}
		cell(c.x, y, w, t.groupH, []string{c.Group})
		for ; i < j; i++ {
			cell(t.cols[i].x, y+t.groupH, t.cols[i].width, t.headH, t.cols[i].lines)
		}
	}
}
