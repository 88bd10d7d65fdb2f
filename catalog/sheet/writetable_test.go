package sheet_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"mulutong/catalog/sheet"
)

func TestWriteTable(t *testing.T) {
	rows := [][]string{{"单位", "得分"}, {"籍山镇", "=1+1"}, {"许镇镇", "98.50"}, {"截至今天"}}
	var b bytes.Buffer
	if err := sheet.WriteTable(&b, rows); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("Sheet1")
	if err != nil || !slices.EqualFunc(got, rows, slices.Equal) {
		t.Errorf("read back %q, %v; want %q", got, err, rows)
	}
	if formula, err := f.GetCellFormula("Sheet1", "B2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q, %v", formula, err)
	}
}
