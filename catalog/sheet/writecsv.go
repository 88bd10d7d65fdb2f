package sheet

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"mulutong/catalog"
)

// WriteCSV writes catalogs as one table in UTF-8 with a byte order mark, which
// spreadsheet programs need to read Chinese. The columns are the national
// layout's, with the sector before them and code and link after. A text that a
// spreadsheet program would run as a formula gets an apostrophe before it, which
// reading takes away again.
func WriteCSV(w io.Writer, cs []catalog.Catalog, o WriteOptions) error {
	all := catalog.Catalog{}
	for i := range cs {
		all.Entries = append(all.Entries, cs[i].Entries...)
	}
	cols := PrintColumns(National, &all, "")
	cols = append(cols,
		PrintColumn{Head: "编码", Text: func(e *catalog.Entry) string { return e.Code }},
		PrintColumn{Head: "链接", Text: func(e *catalog.Entry) string { return e.Link }},
	)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := []string{"序号", "公开领域"}
	for _, col := range cols {
		record = append(record, col.Head)
	}
	err := out.Write(record)
	n := 0
	for i := range cs {
		for r := range cs[i].Entries {
			n++
			record = append(record[:0], fmt.Sprint(n), guardFormula(o.SectorName(cs[i].Sector)))
			for _, col := range cols {
				record = append(record, guardFormula(col.Text(&cs[i].Entries[r])))
			}
			err = errors.Join(err, out.Write(record))
		}
	}
	out.Flush()
	if err := errors.Join(err, out.Error()); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// formulaStart are the characters with which spreadsheet programs take a field
// of a CSV file for a formula (OWASP, CSV injection).
const formulaStart = "=+-@\t\r＝＋－＠"

// guardFormula makes a text safe to open in a spreadsheet program; unguardFormula
// takes it back.
func guardFormula(s string) string {
	if t := strings.TrimLeft(s, "'"); t != "" && strings.ContainsRune(formulaStart, []rune(t)[0]) {
		return "'" + s
	}
	return s
}

func unguardFormula(s string) string {
	if t, guarded := strings.CutPrefix(s, "'"); guarded && guardFormula(t) == s {
		return t
	}
	return s
}

// jsonDocument is the form of catalogs written as JSON.
type jsonDocument struct {
	Catalogs []catalog.Catalog `json:"catalogs"`
}

// WriteJSON writes catalogs whole; ReadJSON reads back equal ones.
func WriteJSON(w io.Writer, cs []catalog.Catalog) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if cs == nil {
		cs = []catalog.Catalog{}
	}
	if err := enc.Encode(jsonDocument{Catalogs: cs}); err != nil {
		return fmt.Errorf("write catalogs as JSON: %w", err)
	}
	return nil
}

// ReadJSON reads what WriteJSON wrote. Anything else is a *FormatError.
func ReadJSON(b []byte) ([]catalog.Catalog, error) {
	var d jsonDocument
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, fmt.Errorf("read catalogs from JSON: %w", err)
	}
	return d.Catalogs, nil
}
