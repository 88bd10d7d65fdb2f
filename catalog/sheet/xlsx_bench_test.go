package sheet

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func bigWorkbook(b testing.TB, n int, shared bool) []byte {
	f := excelize.NewFile()
	if shared {
		for i := 1; i <= n; i++ {
			r := bigRow(i)
			f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i), &r)
			if i%10 == 0 {
				f.MergeCell("Sheet1", fmt.Sprintf("B%d", i-9), fmt.Sprintf("B%d", i))
			}
		}
	} else {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for i := 1; i <= n; i++ {
			w.SetRow(fmt.Sprintf("A%d", i), bigRow(i))
			if i%10 == 0 {
				w.MergeCell(fmt.Sprintf("B%d", i-9), fmt.Sprintf("B%d", i))
			}
		}
		w.Flush()
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}

func bigRow(i int) []any {
	return []any{
		i, fmt.Sprintf("最低生活保障%d", i/10), fmt.Sprintf("审批信息%d", i),
		strings.Repeat("低保对象名单及相关信息、", 8),
		"《社会救助暂行办法》（国务院令第649号）\n《国务院关于进一步加强和改进最低生活保障工作的意见》（国发〔2012〕45号）",
		"制定或获取信息之日起10个工作日内，公示7个工作日", "籍山镇人民政府",
		"■政府网站\n□政府公报\n■两微一端\n□发布会/听证会\n□广播电视\n□纸质媒体\n□公开查阅点\n□政务服务中心\n■便民服务站\n□入户/现场\n■社区/企事业单位/村公示栏（电子屏）\n□精准推送\n□其他",
		"√", "", "√", "", "√", "√",
	}
}

func BenchmarkXLSX(b *testing.B) {
	for _, shared := range []bool{true, false} {
		data := bigWorkbook(b, 20000, shared)
		b.Run(fmt.Sprintf("shared=%v/excelize", shared), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := excelize.OpenReader(bytes.NewReader(data))
				if err != nil {
					b.Fatal(err)
				}
				rows, _ := f.Rows("Sheet1")
				for rows.Next() {
					if _, err := rows.Columns(); err != nil {
						b.Fatal(err)
					}
				}
				rows.Close()
				f.Close()
			}
		})
		b.Run(fmt.Sprintf("shared=%v/open", shared), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := open(context.Background(), data, DefaultLimits); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
