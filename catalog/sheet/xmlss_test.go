package sheet

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const xmlBegin = `<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>`

func TestWorkbookOfExcel2003(t *testing.T) {
	in := `<?xml version="1.0" encoding="gb2312"?>` + xmlBegin + `<Worksheet ss:Name="目&amp;录"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">某镇&#10;目录</Data></Cell><Cell><Data ss:Type="String">末</Data></Cell></Row>
<Row ss:Index="5" ss:Hidden="1"><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="Number">12</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-01-05T00:00:00.000</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell></Row>
<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B><Font>体</Font></ss:Data><Comment><ss:Data>注</ss:Data></Comment></Cell>
<Cell ss:Index="3"><Data ss:Type="Boolean">1</Data></Cell><Cell/></Row></Table></Worksheet>
<Worksheet ss:Name="空"><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	checkShown(t, "a.xls", b, XML, "[目&录]\n1: 某镇\n目录|||末\n5: |12|2024/1/5|50.0%\n6: 粗体||TRUE\nmerge 1 1 0 2\nmerge 5 6 1 1\n[空]\n")
	gs, _, err := open(context.Background(), b, DefaultLimits)
	if err != nil || !gs[0].rows[1].hidden || gs[0].hidden || !gs[1].hidden {
		t.Errorf("hidden rows and sheets: %+v, %v", gs, err)
	}
	for name, in := range map[string]string{
		"cut": xmlBegin + "<Worksheet>", "unknown entity": xmlBegin + "<Worksheet><Row><Cell><Data>&bad;</Data></Cell></Row></Worksheet></Workbook>",
	} {
		if _, _, err := open(context.Background(), []byte(in), DefaultLimits); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: open = %v", name, err)
		}
	}
	for what, in := range map[string]string{
		"sheets": strings.Repeat("<Worksheet/>", 9), "columns": `<Worksheet><Row><Cell ss:Index="500"/></Row></Worksheet>`,
	} {
		_, _, err := open(context.Background(), []byte(xmlBegin+in+"</Workbook>"), Limits{Sheets: 8, Cols: 100})
		var le *LimitError
		if !errors.As(err, &le) || le.What != what {
			t.Errorf("%s: open = %v", what, err)
		}
	}
}

func TestPageSavedAsOneFile(t *testing.T) {
	page := "<meta charset=gb2312><table><tr><td>\xbb\xa7\xbc\xae=<td>x</table>"
	in := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\nThis is a page.\r\n" +
		"--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
		"<meta charset=3Dgb2312><table><tr><td>=BB=A7=BC=AE=3D<td>=\r\nx</table>\r\n" +
		"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n" +
		"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(page)) + "\r\n--b--\r\n"
	checkShown(t, "a.mht", []byte(in), MHT, "[]\n1: 户籍=|x\n[]\n1: 户籍=|x\n")
	if _, _, err := open(context.Background(), []byte(in[:len(in)-30]), DefaultLimits); !errors.Is(err, ErrFormat) {
		t.Errorf("cut: open = %v", err)
	}
}
