package sheet

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// standardWorkbook is an .xlsx of n entries in the national layout.
func standardWorkbook(tb testing.TB, n int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	row := 0
	add := func(cells ...any) {
		row++
		at, err := excelize.CoordinatesToCellName(1, row)
		if err == nil {
			err = w.SetRow(at, cells)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	tick := func(on bool) any {
		if on {
			return "√"
		}
		return nil
	}
	add("籍山镇社会救助领域基层政务公开标准目录")
	add("序号", "公开事项", nil, "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", nil, "公开方式", nil, "公开层级", nil)
	add(nil, "一级事项", "二级事项", nil, nil, nil, nil, nil, "全社会", "特定群体", "主动", "依申请", "县级", "乡级")
	for i, e := range catalogtest.Entries(1, n) {
		add(i+1, e.Matter(), e.Submatter(), e.Content, e.Basis.String(), e.TimeLimit.Text, e.Publisher, e.Channels.BoxString(),
			tick(e.Audience.Everyone), e.Audience.Groups, tick(e.Mode.Proactive), tick(e.Mode.OnRequest),
			tick(e.Tiers.Has(catalog.County)), tick(e.Tiers.Has(catalog.Township)))
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkRead shows what reading 20,000 entries costs beside excelize's row
// iterator over the same file, and which part of it is recognition.
func BenchmarkRead(b *testing.B) {
	const n = 20_000
	data := standardWorkbook(b, n)
	ctx := context.Background()
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.Rows("Sheet1")
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					b.Fatal(err)
				}
			}
			rows.Close()
			f.Close()
		}
	})
	b.Run("grid", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := open(ctx, data, DefaultLimits); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("entries", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d, err := ReadBytes(ctx, "a.xlsx", data, Options{})
			if err != nil {
				b.Fatal(err)
			}
			if got := len(d.Catalogs[0].Entries); got != n {
				b.Fatalf("%d entries, want %d", got, n)
			}
		}
	})
}
