package sheet

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WriteTable writes a workbook of one plain table: its first row is the header,
// which stays in sight. Text stays text, whatever it begins with.
func WriteTable(w io.Writer, rows [][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "Sheet1"
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("prepare workbook: %w", err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("prepare workbook: %w", err)
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("prepare workbook: %w", err)
	}
	widths := map[int]float64{}
	for _, row := range rows {
		for i, cell := range row {
			if len(row) > 1 { // a line below the table may run over
				widths[i] = max(widths[i], min(60, float64(columns(cell)+2)))
			}
		}
	}
	for i, wide := range widths {
		if err := s.SetColWidth(i+1, i+1, max(wide, 8)); err != nil {
			return fmt.Errorf("prepare workbook: %w", err)
		}
	}
	for r, row := range rows {
		cells := make([]any, len(row))
		for i, text := range row {
			cell := excelize.Cell{Value: text}
			if r == 0 {
				cell.StyleID = bold
			}
			cells[i] = cell
		}
		if err := s.SetRow(fmt.Sprintf("A%d", r+1), cells); err != nil {
			return fmt.Errorf("write row %d: %w", r+1, err)
		}
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// columns is about how many letters wide a text is.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}
