package sheet

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// shown writes grids as people see them: a line for each row, its number and
// its cells, then the merges.
func shown(gs []grid) string {
	var s strings.Builder
	for _, g := range gs {
		s.WriteString("[" + g.name + "]\n")
		for _, r := range g.rows {
			s.WriteString(number(float64(r.number)) + ": " + strings.Join(r.cells, "|") + "\n")
		}
		for _, m := range g.merges {
			s.WriteString("merge")
			for _, n := range []int{m.top, m.bottom, m.left, m.right} {
				s.WriteString(" " + number(float64(n)))
			}
			s.WriteString("\n")
		}
	}
	return s.String()
}

func checkShown(t *testing.T, name string, b []byte, format Format, want string) {
	t.Helper()
	gs, f, err := open(context.Background(), b, DefaultLimits)
	if err != nil || f != format {
		t.Errorf("%s: open = %q, %v", name, f, err)
		return
	}
	if got := shown(gs); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestPages(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"merged header", `<html><body><h2>青山镇 目录</h2><p>单位：某镇</p><table><tr><th rowspan=2>序号<th colspan="2">公开事项</tr>
<tr><th>一级<th>二级<tr><td>1<td rowspan=0>养老<td>指南</tr><tr><td>2</td><td>政策</td></tr></table>`,
			"[]\n-1: 青山镇 目录\n0: 单位：某镇\n1: 序号|公开事项\n2: |一级|二级\n3: 1|养老|指南\n4: 2||政策\n" +
				"merge 1 2 0 0\nmerge 1 1 1 2\nmerge 3 4 1 1\n",
		},
		{
			"white space and breaks", "<table><tr><td> 公开\n   内容 and\n more&nbsp;&lt;x&gt;<br>二行<p>三行</p><div>四</div></td><td><b>粗</b>体</td></tr></table>",
			"[]\n1: 公开内容 and more <x>\n二行\n三行\n四|粗体\n",
		},
		{
			"what nobody sees", "<table><style>td{}</style><tr><td><script>var a='<td>';</script>甲<!-- 注 --></td></tr></table><title>题</title>",
			"[]\n1: 甲\n",
		},
		{
			"boxes", "<table><tr><td><input type=checkbox checked>网站 <input type='checkbox'>公报<input type=text value=x></td></tr></table>",
			"[]\n1: ☑网站 ☐公报\n",
		},
		{
			"table within a cell", "<table><tr><td>外<table><tr><td>内一<td>内二</table>后</td><td>旁</td></tr></table>",
			"[]\n0: 外\n1: 内一|内二\n[]\n1: 外\n内一 内二\n后|旁\n",
		},
		{
			"cut where a page ended", "<table><tr><td>1<td>甲</table>\n<table><tr><td>2<td rowspan=2>乙<tr><td>3</table><p>另</p><table><tr><td>4<td>丙</table>",
			"[]\n1: 1|甲\n2: 2|乙\n3: 3\nmerge 2 3 1 1\n[]\n0: 另\n1: 4|丙\n",
		},
		{"never closed", "<table><tr><td>甲<td>乙", "[]\n1: 甲|乙\n"},
		{"spans beyond all bounds", "<table><tr><td colspan=99999999 rowspan=99999999>甲<td>乙<tr><td>丙</table>", "[]\n1: 甲|乙\n2: 丙\n"},
		{"cells without rows", "<table><td>甲<td>乙</table>", "[]\n1: 甲|乙\n"},
		{"no table", "<!DOCTYPE html><p>你好", ""},
	} {
		checkShown(t, tt.name, []byte(tt.in), HTML, tt.want)
	}
}

func TestPagesInOtherEncodings(t *testing.T) {
	const want = "[]\n1: 户籍|㐀\n"
	gb := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	cells := "<table><tr><td>户籍<td>㐀</table>"
	checkShown(t, "declared", gb(`<meta charset="gb2312">`+cells), HTML, want)
	checkShown(t, "declared in the old way", gb(`<meta http-equiv=Content-Type content="text/html; charset=gbk">`+cells), HTML, want)
	checkShown(t, "undeclared", gb(cells), HTML, want)
	checkShown(t, "declared wrongly", gb(`<meta charset=utf-8>`+cells), HTML, want)
	checkShown(t, "declared wrongly the other way", []byte(`<meta charset=gbk>`+cells), HTML, want)
	checkShown(t, "mark", []byte("\xef\xbb\xbf"+cells), HTML, want)
}

func TestWordDocument(t *testing.T) {
	checkShown(t, "word.docx", testdata(t, "word.docx"), DOCX, `[]
-1: 青山镇养老服务领域基层政务公开标准目录
0: 填报单位：青山镇人民政府
1: 序号|公开事项||公开内容
2: |一级事项|二级事项
3: 1|养老服务|扶持政策|第一行
第二行
第三行
4: 2||办事指南|办理条件&材料
merge 1 2 0 0
merge 1 1 1 2
merge 1 2 3 3
merge 3 4 1 1
[]
0: 第二部分 统计
1: 甲|乙
2: 1|2|3
merge 1 1 1 2
`)
}

// word packs the body of a document.
func word(t testing.TB, body string) []byte {
	return zipped(t, "word/document.xml", `<w:document xmlns:w="w" xmlns:mc="m"><w:body>`+body+`</w:body></w:document>`)
}

func TestWordTables(t *testing.T) {
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	tc := func(s, pr string) string { return "<w:tc><w:tcPr>" + pr + "</w:tcPr>" + p(s) + "</w:tc>" }
	for _, tt := range []struct{ name, in, want string }{
		{
			"runs, breaks and tracked changes", `<w:tbl><w:tr><w:tc><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>一</w:t><w:br/><w:t xml:space="preserve">二 </w:t><w:tab/><w:t>三</w:t></w:r>` +
				`<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p><w:p/>` + p("末") + `</w:tc></w:tr></w:tbl>`,
			"[]\n1: 一\n二  三增\n\n末\n",
		},
		{
			"merged down in two columns", `<w:tbl><w:tr>` + tc("甲", `<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`) + tc("1", "") + `</w:tr><w:tr>` +
				tc("", `<w:gridSpan w:val="2"/><w:vMerge/>`) + tc("2", "") + `</w:tr><w:tr>` + tc("乙", "") + tc("丙", "") + tc("3", `<w:vMerge w:val="restart"/>`) + `</w:tr></w:tbl>`,
			"[]\n1: 甲||1\n2: ||2\n3: 乙|丙|3\nmerge 1 2 0 1\n",
		},
		{"row that begins later", `<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` + tc("甲", "") + `</w:tr></w:tbl>`, "[]\n1: |甲\n"},
		{
			"symbols and boxes", `<w:tbl><w:tr><w:tc><w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>网站</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>公报</w:t>` +
				`<w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar><w:instrText>FORMCHECKBOX</w:instrText></w:r></w:p></w:tc></w:tr></w:tbl>`,
			"[]\n1: ☑网站□公报☑\n",
		},
		{
			"drawn twice for old readers", p("题") + `<w:tbl><w:tr><w:tc><w:p><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("图") + `</w:txbxContent></mc:Choice><mc:Fallback>` + p("图") + `</mc:Fallback></mc:AlternateContent></w:p></w:tc></w:tr></w:tbl>`,
			"[]\n0: 题\n1: 图\n",
		},
		{
			"table within a cell", `<w:tbl><w:tr><w:tc>` + p("外") + `<w:tbl><w:tr>` + tc("内一", "") + tc("内二", "") + `</w:tr></w:tbl></w:tc></w:tr></w:tbl>`,
			"[]\n1: 内一|内二\n[]\n1: 外\n内一 内二\n",
		},
		{
			"cut where a page ended", `<w:tbl><w:tr>` + tc("1", "") + `</w:tr></w:tbl><w:p/><w:tbl><w:tr>` + tc("2", "") + `</w:tr></w:tbl>`,
			"[]\n1: 1\n2: 2\n",
		},
		{"text only", p("没有表格"), ""},
	} {
		checkShown(t, tt.name, word(t, tt.in), DOCX, tt.want)
	}
}

func TestBrokenDocuments(t *testing.T) {
	for name, b := range map[string][]byte{
		"cut XML":   word(t, "<w:tbl>"),
		"no body":   zipped(t, "[Content_Types].xml", "wordprocessingml", "x", ""),
		"cut zip":   testdata(t, "word.docx")[:3000],
		"too deep":  word(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 300)),
		"empty XML": zipped(t, "word/document.xml", ""),
	} {
		_, f, err := open(context.Background(), b, DefaultLimits)
		if !errors.Is(err, ErrFormat) || f != DOCX {
			t.Errorf("%s: open = %q, %v", name, f, err)
		}
	}
	many := strings.Repeat("<w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>", 5)
	if _, _, err := open(context.Background(), word(t, many), Limits{Sheets: 3}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("many tables: open = %v", err)
	}
}
