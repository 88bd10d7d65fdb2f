package sheet

import (
	"errors"
	"fmt"
)

// Errors of a file that cannot be read. Callers branch on them, not on text.
var (
	ErrEmpty     = errors.New("file is empty")
	ErrPassword  = errors.New("file is protected by a password")
	ErrTooLarge  = errors.New("file is too large")            // every *LimitError is one
	ErrFormat    = errors.New("file is of no kind read here") // every *FormatError is one, but for old formats
	ErrOldFormat = errors.New("file is of a kind to be saved as .xlsx first")
)

// Format is a kind of file, told by its content.
type Format string

// The formats that can be read.
const (
	XLSX Format = "xlsx" // .xlsx, .xlsm, .xltx
	XLS  Format = "xls"  // Excel 97 to 2003
	CSV  Format = "csv"  // text with commas, semicolons or tabs
	HTML Format = "html" // also what many systems export under the name .xls
	DOCX Format = "docx"
	XML  Format = "xml" // Excel 2003, mostly under the name .xls
	MHT  Format = "mht" // a page saved as one file
)

// Formats that are recognised only to say what the file is.
const (
	Directory Format = "directory"
	Image     Format = "image"
	PDF       Format = "pdf"
	Archive   Format = "archive" // zip, rar or 7z that is no workbook
	Encoding  Format = "text"    // text in an unknown encoding
	Binary    Format = "binary"  // anything else
	DOC       Format = "doc"     // Word 97 to 2003, or .wps
	OldXLS    Format = "xls5"    // Excel 95 and older
	ODS       Format = "ods"     // OpenDocument
	XLSB      Format = "xlsb"
	RTF       Format = "rtf"
	PPT       Format = "ppt" // slides, old or new
)

// old tells formats whose own program can save the file as .xlsx or .docx.
func (f Format) old() bool {
	switch f {
	case DOC, OldXLS, ODS, XLSB, RTF:
		return true
	}
	return false
}

// FormatError says that a file is not what a reader of tables can take: of
// another kind, or damaged.
type FormatError struct {
	Detected Format // what the content looks like
	Want     string // what would be read: "xlsx, xls, csv, html, docx", or the missing part
	Err      error  // what is broken, nil where the kind itself is wrong
}

func (e *FormatError) Error() string {
	s := "file is " + string(e.Detected)
	if e.Err != nil {
		return s + ", damaged: " + e.Err.Error()
	}
	return s + ", want " + e.Want
}

// Unwrap returns what is broken.
func (e *FormatError) Unwrap() error { return e.Err }

// Is makes every format error match ErrFormat, or ErrOldFormat where saving the
// file anew helps.
func (e *FormatError) Is(target error) bool {
	if e.Err == nil && e.Detected.old() {
		return target == ErrOldFormat
	}
	return target == ErrFormat
}

// LimitError says which of the Limits a file goes beyond.
type LimitError struct {
	What  string // "file size", "unzipped size", "sheets", "rows", "columns", "cells", "text", "time"
	Limit int64  // bytes, counts, or milliseconds
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("file is too large: %s over %d", e.What, e.Limit)
}

// Is makes every limit error match ErrTooLarge.
func (e *LimitError) Is(target error) bool { return target == ErrTooLarge }

const readable = "xlsx, xls, csv, html, docx"

// damaged reports a file of the right kind that does not hold together. Limits,
// cancellation and errors that say more pass through.
func damaged(f Format, err error) error {
	if err == nil {
		return nil
	}
	for _, e := range []error{ErrTooLarge, ErrFormat, ErrOldFormat, ErrPassword, ErrEmpty} {
		if errors.Is(err, e) {
			return err
		}
	}
	return &FormatError{Detected: f, Err: err}
}
