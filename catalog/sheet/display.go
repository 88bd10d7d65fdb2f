package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// display shows numbers as the program that made a file would, after the
// cell's number format. Old and new workbooks share it.
type display struct {
	date1904 bool
	f        *excelize.File  // a scratch workbook, made when first needed
	styles   map[string]int  // its style for each format code
	adds     map[string]bool // whether a code adds to a text
}

// general is the format code of cells that have none.
const general = "General"

// number shows v by a format code.
func (d *display) number(v float64, code string) string {
	if plain(code) {
		return number(v)
	}
	return d.apply(v, number(v), code)
}

// string shows s, which most codes leave alone.
func (d *display) string(s, code string) string {
	if s == "" || plain(code) || !strings.Contains(code, "@") {
		return s
	}
	adds, ok := d.adds[code]
	if !ok {
		if d.adds == nil {
			d.adds = map[string]bool{}
		}
		section := code[strings.LastIndexByte(code, ';')+1:]
		adds = !padding.MatchString(section)
		d.adds[code] = adds
	}
	if !adds {
		return s
	}
	return d.apply(s, s, code)
}

// padding matches the sections of format codes that only move a text about.
var padding = regexp.MustCompile(`^(_.|\*.|\[[^\]]*\]|\\? )*@(_.|\*.|\\? )*$`)

func plain(code string) bool {
	return code == "" || code == "@" || strings.EqualFold(code, general)
}

// time shows a moment by a format code.
func (d *display) time(at time.Time, code string) string {
	if plain(code) {
		code = formatCodes[14]
		if at.Hour()+at.Minute() > 0 {
			code = formatCodes[22]
		}
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, at.Location())
	if d.date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, at.Location())
	}
	return d.number(at.Sub(epoch).Hours()/24, code)
}

// number writes v without a format, up to its fifteenth digit.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	digits := strings.Trim(strings.Replace(strings.TrimPrefix(s, "-"), ".", "", 1), "0")
	if len(digits) > 15 || math.Abs(v) >= 1e21 {
		return strconv.FormatFloat(v, 'G', 15, 64)
	}
	return s
}

// apply has the scratch workbook show a value. Where that fails, plain stands.
func (d *display) apply(value any, plain, code string) string {
	if d.f == nil {
		d.f = excelize.NewFile()
		d.styles = map[string]int{}
		_ = d.f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &d.date1904})
	}
	style, ok := d.styles[code]
	if !ok {
		var err error
		if style, err = d.f.NewStyle(&excelize.Style{CustomNumFmt: &code}); err != nil {
			return plain
		}
		d.styles[code] = style
	}
	if d.f.SetCellStyle("Sheet1", "A1", "A1", style) != nil || d.f.SetCellValue("Sheet1", "A1", value) != nil {
		return plain
	}
	s, err := d.f.GetCellValue("Sheet1", "A1")
	if err != nil || s == "" && plain != "" && strings.Trim(code, ";") != "" {
		return plain
	}
	return lines(strings.ToValidUTF8(strings.TrimSpace(s), "\ufffd"))
}

// formatCodes are the format codes that go by a number, as a Chinese office sees
// them (ECMA-376 part 1, 18.8.30).
var formatCodes = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
	11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m/d/yy",
	31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`,
	36: `yyyy"年"m"月"`, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
	39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`,
	54: `m"月"d"日"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}
