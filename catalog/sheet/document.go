package sheet

import (
	"bytes"
	"encoding/json"
	"strconv"

	"mulutong/catalog"
)

// Document is what a file says: the catalogs found in it and the tables that
// are none.
type Document struct {
	File     string         `json:"file"`
	Catalogs []Table        `json:"catalogs"`
	Skipped  []SkippedSheet `json:"skipped,omitempty"`
	Sheets   []Sheet        `json:"sheets,omitempty"` // all of them, in the order of the file

	grids []grid // what was read, for Correct
	o     Options
}

// Table is one catalog as a file holds it. Nothing a cell says is lost: it is in
// a field of an entry, in an entry's Extra under the column's header, or in a
// problem's text.
type Table struct {
	Sheet    string         `json:"sheet"` // name of the worksheet; "" in files without such names
	Title    string         `json:"title"`
	Sector   catalog.Sector `json:"sector"` // "" where it was not recognised
	Unit     string         `json:"unit"`   // who filled it in (填报单位), as written
	Layout   Layout         `json:"layout"`
	Entries  []Row          `json:"entries"`
	Problems []Problem      `json:"problems"`

	Number  int      `json:"number,omitempty"`  // of the sheet, as in Document.Sheets
	Header  int      `json:"header,omitempty"`  // the first row of its header
	Columns []Column `json:"columns,omitempty"` // of that header; blank ones are left out
}

// Forms of tables that are read and not written.
const (
	AnhuiGuide  Layout = "anhui-guide" // 一级目录, 二级目录, … without channels and ticks
	OtherLayout Layout = "other"       // any other set of columns
)

// Row is one entry and the place it was read from.
type Row struct {
	catalog.Entry
	Row int // the file's own number of the entry's first line, from 1
}

// MarshalJSON writes the entry's form with "row" at its end.
func (r Row) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(r.Entry)
	if err != nil {
		return nil, err
	}
	b = append(bytes.TrimSuffix(b, []byte("}")), `,"row":`...)
	return append(strconv.AppendInt(b, int64(r.Row), 10), '}'), nil
}

// UnmarshalJSON reads that form.
func (r *Row) UnmarshalJSON(b []byte) error {
	var place struct{ Row int }
	if err := json.Unmarshal(b, &place); err != nil {
		return err
	}
	r.Row = place.Row
	return json.Unmarshal(b, &r.Entry)
}

// SkippedSheet is a table of the file that is no catalog.
type SkippedSheet struct {
	Sheet  string     `json:"sheet"`
	Why    SkipReason `json:"why"`
	Number int        `json:"number,omitempty"` // as in Document.Sheets
}

// SkipReason tells why a table is no catalog.
type SkipReason string

// Why a table is skipped.
const (
	SkipBlank     SkipReason = "blank"      // it says nothing
	SkipNoHeader  SkipReason = "no-header"  // no row looks like the header of a catalog
	SkipNoEntries SkipReason = "no-entries" // a header stands there, and nothing below it
)
