package sheet

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"mulutong/catalog"
)

// Paper is the size a workbook is set up to print on, always landscape.
type Paper string

// The papers offices print catalogs on.
const (
	A4 Paper = "A4"
	A3 Paper = "A3"
)

// WriteOptions say how catalogs are written. The zero value writes the national
// layout for A4 without a date.
type WriteOptions struct {
	Layout  Layout
	Paper   Paper
	Date    catalog.Date // printed beside the unit's name
	Source  string       // stands in its place where a catalog is no unit's: what a template follows
	Sectors []catalog.SectorInfo
}

// SectorName is what a sector is called, or its slug where nobody knows.
func (o WriteOptions) SectorName(s catalog.Sector) string {
	for _, i := range o.Sectors {
		if i.Slug == s {
			return i.Called()
		}
	}
	return string(s)
}

// maxCell is how many characters a workbook's cell holds.
const maxCell = 32767

// CellTooLongError tells that a text does not fit in one cell of a workbook;
// it would be cut without a word.
type CellTooLongError struct {
	Sector catalog.Sector
	Entry  catalog.EntryID
	Column string
	Chars  int
}

func (e *CellTooLongError) Error() string {
	return fmt.Sprintf("entry %s of %s: %s has %d characters, a cell holds %d", e.Entry, e.Sector, e.Column, e.Chars, maxCell)
}

// WriteXLSX writes a workbook with a sheet for each catalog, set up to be
// printed: title, unit and date, a header repeated on every page, borders,
// wrapped text, landscape, fitted to the paper's width. A sector that does not
// occur in the unit gets a sheet that says so. Text stays text, whatever it
// begins with. It fails with a *CellTooLongError before anything is written.
func WriteXLSX(w io.Writer, cs []catalog.Catalog, o WriteOptions) error {
	f := excelize.NewFile()
	defer f.Close()
	st, err := newStyles(f)
	if err != nil {
		return fmt.Errorf("prepare workbook: %w", err)
	}
	names := sheetNames(cs, o)
	for i := range cs {
		if i == 0 {
			err = f.SetSheetName("Sheet1", names[i])
		} else {
			_, err = f.NewSheet(names[i])
		}
		if err != nil {
			return fmt.Errorf("add sheet %s: %w", names[i], err)
		}
		if err := writeSheet(f, st, names[i], &cs[i], o); err != nil {
			return fmt.Errorf("write sheet %s: %w", names[i], err)
		}
	}
	if len(cs) > 0 {
		if err := f.SetDocProps(&excelize.DocProperties{Title: Title(&cs[0], o), Creator: cs[0].Unit.Publisher(), Language: "zh-CN"}); err != nil {
			return fmt.Errorf("describe workbook: %w", err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sheetNames gives each catalog a sheet name: its sector's, with the unit's
// before it where a sector occurs twice, cut to what a workbook allows.
func sheetNames(cs []catalog.Catalog, o WriteOptions) []string {
	seen := map[string]bool{}
	names := make([]string, len(cs))
	for i := range cs {
		name := sheetName(o.SectorName(cs[i].Sector))
		if seen[name] {
			name = sheetName(cs[i].Unit.Name + name)
		}
		for n := 2; seen[name]; n++ {
			name = sheetName(fmt.Sprintf("%d %s", n, o.SectorName(cs[i].Sector)))
		}
		seen[name] = true
		names[i] = name
	}
	return names
}

func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return '－'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s == "" {
		return "目录"
	}
	return s
}

// Title stands above a catalog's table.
func Title(c *catalog.Catalog, o WriteOptions) string {
	return c.Unit.Name + o.SectorName(c.Sector) + "领域基层政务公开标准目录"
}

type styles struct{ title, left, right, head, text, center int }

func newStyles(f *excelize.File) (styles, error) {
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	font := func(family string, size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: family, Size: size, Bold: bold}
	}
	align := func(h string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: h, Vertical: "center", WrapText: true}
	}
	if err := f.SetDefaultFont("宋体"); err != nil { // column widths count its digits
		return styles{}, err
	}
	var st styles
	for _, d := range []struct {
		id    *int
		style excelize.Style
	}{
		{&st.title, excelize.Style{Font: font("宋体", 18, true), Alignment: align("center")}},
		{&st.left, excelize.Style{Font: font("宋体", 10.5, false), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}}},
		{&st.right, excelize.Style{Font: font("宋体", 10.5, false), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}}},
		{&st.head, excelize.Style{Font: font("黑体", 10, false), Alignment: align("center"), Border: border}},
		{&st.text, excelize.Style{Font: font("宋体", fontSize, false), Alignment: align("left"), Border: border, NumFmt: 49}},
		{&st.center, excelize.Style{Font: font("宋体", fontSize, false), Alignment: align("center"), Border: border, NumFmt: 49}},
	} {
		id, err := f.NewStyle(&d.style)
		if err != nil {
			return styles{}, err
		}
		*d.id = id
	}
	return st, nil
}

const (
	fontSize   = 10.0
	lineHeight = 15.0  // points, of a line of body text in the tallest of the usual fonts
	maxHeight  = 409.0 // points; no row is higher
	maxMerge   = 330.0 // points; less than a page
	maxWidth   = 90.0
	headRows   = 2
	firstHead  = 3 // title, unit line, then the header
)

func writeSheet(f *excelize.File, st styles, name string, c *catalog.Catalog, o WriteOptions) error {
	cols := PrintColumns(o.Layout, c, o.SectorName(c.Sector))
	body, heights, err := bodyText(c, cols)
	if err != nil {
		return err
	}
	if err := pageSetup(f, name, o.Paper); err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := sw.SetColWidth(1, 1, 5); err != nil {
		return err
	}
	for i, col := range cols {
		if err := sw.SetColWidth(i+2, i+2, col.Width); err != nil {
			return err
		}
	}
	last := len(cols) + 1
	if c.NotApplicable == nil {
		err = sw.SetPanes(&excelize.Panes{
			Freeze: true, XSplit: 3, YSplit: firstHead - 1 + headRows,
			TopLeftCell: cellName(4, firstHead+headRows), ActivePane: "bottomRight",
		})
		if err != nil {
			return err
		}
	}
	if err := writeTop(sw, st, c, o, last); err != nil {
		return err
	}
	if c.NotApplicable != nil {
		line := "本单位不涉及该领域。理由：" + c.NotApplicable.Reason
		if err := sw.SetRow(cellName(1, firstHead), []any{excelize.Cell{StyleID: st.left, Value: line}}); err != nil {
			return err
		}
		return sw.Flush()
	}
	if err := writeHeader(sw, st, cols); err != nil {
		return err
	}
	first := firstHead + headRows
	if err := mergeEqual(sw, body, heights, cols, first); err != nil {
		return err
	}
	row := make([]any, last)
	for r, texts := range body {
		row[0] = excelize.Cell{StyleID: st.center, Value: r + 1}
		for i, text := range texts {
			id := st.text
			if cols[i].Center {
				id = st.center
			}
			row[i+1] = excelize.Cell{StyleID: id}
			if text != "" {
				row[i+1] = excelize.Cell{StyleID: id, Value: text}
			}
		}
		if err := sw.SetRow(cellName(1, first+r), row, excelize.RowOpts{Height: heights[r]}); err != nil {
			return err
		}
	}
	quoted := "'" + name + "'"
	err = f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, firstHead, firstHead+headRows-1),
	})
	if err != nil {
		return err
	}
	return sw.Flush()
}

func pageSetup(f *excelize.File, name string, paper Paper) error {
	size, orientation, wide, high, fit := 9, "landscape", 1, 0, true
	if paper == A3 {
		size = 8
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}
	if err := f.SetPageLayout(name, layout); err != nil {
		return err
	}
	side, edge := 0.4, 0.6
	margins := &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Horizontally: &fit}
	if err := f.SetPageMargins(name, margins); err != nil {
		return err
	}
	return f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"})
}

func writeTop(sw *excelize.StreamWriter, st styles, c *catalog.Catalog, o WriteOptions, last int) error {
	if err := sw.SetRow("A1", []any{excelize.Cell{StyleID: st.title, Value: Title(c, o)}}, excelize.RowOpts{Height: 36}); err != nil {
		return err
	}
	line := make([]any, last)
	left := o.Source
	if c.Unit.Name != "" {
		left = "编制单位：" + c.Unit.Publisher()
	}
	line[0] = excelize.Cell{StyleID: st.left, Value: left}
	half := last / 2
	if o.Date != "" {
		line[half] = excelize.Cell{StyleID: st.right, Value: "编制日期：" + o.Date.Chinese()}
	}
	if err := sw.SetRow("A2", line, excelize.RowOpts{Height: 20}); err != nil {
		return err
	}
	for _, m := range [][2]string{{"A1", cellName(last, 1)}, {"A2", cellName(half, 2)}, {cellName(half+1, 2), cellName(last, 2)}} {
		if err := sw.MergeCell(m[0], m[1]); err != nil {
			return err
		}
	}
	return nil
}

func writeHeader(sw *excelize.StreamWriter, st styles, cols []PrintColumn) error {
	top, under := make([]any, len(cols)+1), make([]any, len(cols)+1)
	head := func(s string) excelize.Cell { return excelize.Cell{StyleID: st.head, Value: s} }
	top[0], under[0] = head("序号"), head("")
	var merges [][2]string
	merges = append(merges, [2]string{cellName(1, firstHead), cellName(1, firstHead+1)})
	for i := 0; i < len(cols); i++ {
		col := cols[i]
		if col.Group == "" {
			top[i+1], under[i+1] = head(col.Head), head("")
			merges = append(merges, [2]string{cellName(i+2, firstHead), cellName(i+2, firstHead+1)})
			continue
		}
		j := i
		for ; j < len(cols) && cols[j].Group == col.Group; j++ {
			top[j+1], under[j+1] = head(""), head(cols[j].Head)
		}
		top[i+1] = head(col.Group)
		if j > i+1 {
			merges = append(merges, [2]string{cellName(i+2, firstHead), cellName(j+1, firstHead)})
		}
		i = j - 1
	}
	if err := sw.SetRow(cellName(1, firstHead), top, excelize.RowOpts{Height: 24}); err != nil {
		return err
	}
	if err := sw.SetRow(cellName(1, firstHead+1), under, excelize.RowOpts{Height: 36}); err != nil {
		return err
	}
	for _, m := range merges {
		if err := sw.MergeCell(m[0], m[1]); err != nil {
			return err
		}
	}
	return nil
}

// bodyText returns what each row says, column by column, and how high it must
// be. Columns whose text would not fit the highest row are widened first.
func bodyText(c *catalog.Catalog, cols []PrintColumn) ([][]string, []float64, error) {
	rows := make([][]string, len(c.Entries))
	cells := make([]string, len(c.Entries)*len(cols))
	for r := range c.Entries {
		rows[r], cells = cells[:len(cols):len(cols)], cells[len(cols):]
		for i := range cols {
			text := cols[i].Text(&c.Entries[r])
			if len(text) > maxCell {
				if n := utf8.RuneCountInString(text); n > maxCell {
					return nil, nil, &CellTooLongError{Sector: c.Sector, Entry: c.Entries[r].ID, Column: cols[i].Head, Chars: n}
				}
			}
			rows[r][i] = text
		}
	}
	heights := make([]float64, len(rows))
	for i := range cols {
		for r := range rows {
			if rowHeight(mostLines(rows[r][i], cols[i].Width)) <= heights[r] {
				continue
			}
			n := wrapped(rows[r][i], cols[i].Width)
			for float64(n)*lineHeight > maxHeight && cols[i].Width < maxWidth {
				cols[i].Width = min(cols[i].Width*1.25, maxWidth)
				n = wrapped(rows[r][i], cols[i].Width)
			}
			heights[r] = max(heights[r], min(rowHeight(n), maxHeight))
		}
	}
	return rows, heights, nil
}

// rowHeight is how high a row of so many lines is, in points.
func rowHeight(lines int) float64 { return float64(lines)*lineHeight + 4 }

// room is how many digits of body text fit in a column so many digits wide; body
// text is a little smaller than the default font.
func room(digits float64) int { return max(int((digits-1)*1.05), 2) }

// mostLines is a number of lines that a text surely does not exceed, found
// without looking at each character.
func mostLines(s string, digits float64) int {
	return strings.Count(s, "\n") + 1 + len(s)/room(digits)
}

// wrapped is how many lines a text takes in a column so many digits wide.
func wrapped(s string, digits float64) int {
	if s == "" {
		return 1
	}
	room := room(digits)
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += max(1, (printWidth(line)+room-1)/room)
	}
	return n
}

// mergeEqual joins equal neighbours below each other in the columns that ask
// for it, within what the columns before them join, and empties the cells that
// are covered. A joined cell stays low enough that every printed page shows its text.
func mergeEqual(sw *excelize.StreamWriter, body [][]string, heights []float64, cols []PrintColumn, first int) error {
	for i := len(cols) - 1; i >= 0; i-- { // the columns before are still whole
		if !cols[i].Merge {
			continue
		}
		for r := 0; r < len(body); {
			end := r + 1
			high := heights[r]
			for end < len(body) && body[r][i] != "" && sameUpTo(body[r], body[end], cols, i) && high+heights[end] <= maxMerge {
				high += heights[end]
				end++
			}
			if end > r+1 {
				if err := sw.MergeCell(cellName(i+2, first+r), cellName(i+2, first+end-1)); err != nil {
					return err
				}
			}
			for r++; r < end; r++ {
				body[r][i] = ""
			}
		}
	}
	return nil
}

// sameUpTo reports whether two rows agree in the merging columns up to col.
func sameUpTo(a, b []string, cols []PrintColumn, col int) bool {
	for i := 0; i <= col; i++ {
		if cols[i].Merge && a[i] != b[i] {
			return false
		}
	}
	return true
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil { // only beyond what a workbook can hold
		panic(err)
	}
	return name
}
