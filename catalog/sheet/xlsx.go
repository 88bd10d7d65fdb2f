package sheet

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

func openXLSX(bud *budget, b []byte) ([]grid, error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit: bud.lim.UnzippedSize, UnzipXMLSizeLimit: bud.lim.UnzippedSize,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer f.Close()
	var gs []grid
	for _, name := range f.GetSheetList() {
		g, err := readSheet(bud, f, name)
		if err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", name, err)
		}
		gs = append(gs, g)
	}
	return gs, nil
}

func readSheet(bud *budget, f *excelize.File, name string) (grid, error) {
	g := grid{name: name}
	visible, err := f.GetSheetVisible(name)
	if err != nil {
		return g, err
	}
	g.hidden = !visible
	ms, err := f.GetMergeCells(name)
	if err != nil {
		return g, err
	}
	for _, m := range ms {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return g, err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return g, err
		}
		g.merges = append(g.merges, merge{top: top, bottom: bottom, left: left - 1, right: right - 1})
	}
	rows, err := f.Rows(name)
	if err != nil {
		return g, err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return g, err
		}
		for i := range cells {
			cells[i] = lines(strings.ToValidUTF8(cells[i], "\ufffd"))
		}
		if err := bud.add(&g, n, cells); err != nil {
			return g, err
		}
	}
	return g, rows.Error()
}
