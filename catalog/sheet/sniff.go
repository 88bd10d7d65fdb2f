package sheet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
)

// open reads every table of a file into grids. The kind is told by what b
// holds; ctx and lim bound the work.
func open(ctx context.Context, b []byte, lim Limits) (gs []grid, f Format, err error) {
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, "", ErrEmpty
	}
	if lim.FileSize > 0 && int64(len(b)) > lim.FileSize {
		return nil, "", &LimitError{What: "file size", Limit: lim.FileSize}
	}
	bud, cancel := start(ctx, lim)
	defer cancel()
	if err := bud.alive(); err != nil {
		return nil, "", err
	}
	// The libraries below meet files nobody foresaw; a panic is that file's error.
	defer func() {
		if p := recover(); p != nil {
			gs, err = nil, &FormatError{Detected: f, Err: fmt.Errorf("reader gave up: %v", p)}
		}
	}()
	f, text, err := sniff(b)
	if err != nil {
		return nil, f, err
	}
	switch f {
	case XLSX:
		gs, err = openXLSX(bud, b)
	case XLS:
		gs, err = openXLS(bud, b)
	case DOCX:
		gs, err = openDOCX(bud, b)
	case HTML:
		gs, err = openHTML(bud, text)
	case CSV:
		gs, err = openCSV(bud, text)
	case XML:
		gs, err = openXML(bud, b)
	case MHT:
		gs, err = openMHT(bud, b)
	default:
		return nil, f, &FormatError{Detected: f, Want: readable}
	}
	if err != nil {
		if alive := bud.alive(); alive != nil {
			return nil, f, alive
		}
		return nil, f, damaged(f, err)
	}
	return gs, f, nil
}

// sniff tells what kind of file b is, and the text of one that is text.
func sniff(b []byte) (f Format, text string, err error) {
	switch {
	case bytes.HasPrefix(b, []byte(cfbMagic)):
		f, err = sniffCFB(b)
		return f, "", err
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		f, err = sniffZip(b)
		return f, "", err
	}
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.start)) {
			return m.format, "", nil
		}
	}
	if bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) {
		return PDF, "", nil
	}
	switch head := b[:min(len(b), sniffed)]; {
	case bytes.Contains(head, []byte("<Workbook")) && bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return XML, "", nil
	case bytes.HasPrefix(head, []byte("MIME-Version:")):
		return MHT, "", nil
	}
	if isHTML(b) {
		text, err = decodePage(b)
	} else {
		text, err = decode(b)
	}
	switch {
	case err != nil:
		return CSV, "", err
	case strings.TrimSpace(text) == "":
		return "", "", ErrEmpty
	case isHTML([]byte(text[:min(len(text), sniffed)])):
		return HTML, text, nil
	}
	return CSV, text, nil
}

// How much of a text is searched for what tells its kind.
const sniffed = 64 << 10

// isHTML reports whether a text, in an encoding that has ASCII, is a page.
func isHTML(b []byte) bool {
	b = bytes.ToLower(b[:min(len(b), sniffed)])
	if bytes.Contains(b, []byte("<table")) && (bytes.Contains(b, []byte("<td")) || bytes.Contains(b, []byte("<tr"))) {
		return true
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(b, []byte("<!doctype html")) || bytes.HasPrefix(b, []byte("<html"))
}

// magics are the first bytes of files that are no text.
var magics = []struct {
	start  string
	format Format
}{
	{"\x09\x08\x10\x00\x00\x06", XLS}, // its stream without the container
	{"\x09\x08", OldXLS},
	{"\x09\x00\x04\x00", OldXLS},
	{"\x09\x02\x06\x00", OldXLS},
	{"\x09\x04\x06\x00", OldXLS},
	{"%PDF-", PDF},
	{"{\\rtf", RTF},
	{"\x89PNG", Image},
	{"\xff\xd8\xff", Image},
	{"GIF87a", Image},
	{"GIF89a", Image},
	{"II*\x00", Image},
	{"MM\x00*", Image},
	{"RIFF", Image},
	{"PK", Archive},
	{"Rar!\x1a", Archive},
	{"7z\xbc\xaf\x27\x1c", Archive},
	{"\x1f\x8b", Archive},
}

// sniffZip tells what a zip holds.
func sniffZip(b []byte) (Format, error) {
	p, err := unzip(&budget{ctx: context.Background()}, b)
	if err != nil {
		f := XLSX
		if bytes.Contains(b[:min(len(b), sniffed)], []byte("word/")) {
			f = DOCX
		}
		return f, &FormatError{Detected: f, Err: err}
	}
	types, err := p.head("[Content_Types].xml")
	if err != nil {
		return Archive, nil
	}
	mime, err := p.head("mimetype")
	if err != nil {
		return Archive, nil
	}
	switch {
	case strings.Contains(mime, "opendocument"):
		return ODS, nil
	case p.has("xl/workbook.bin"):
		return XLSB, nil
	case p.has("xl/workbook.xml"), strings.Contains(types, "spreadsheetml"):
		return XLSX, nil
	case p.has("word/document.xml"), strings.Contains(types, "wordprocessingml"):
		return DOCX, nil
	case p.has("ppt/presentation.xml"):
		return PPT, nil
	}
	for name := range p.files {
		if strings.HasPrefix(name, "xl/") {
			return XLSX, nil
		}
	}
	if main, err := p.main(""); err == nil {
		if s, err := p.head(main); err == nil && strings.Contains(s, "workbook") {
			return XLSX, nil
		}
	}
	return Archive, nil
}

// head returns the beginning of a small part, "" where there is none.
func (p *parts) head(name string) (string, error) {
	if !p.has(name) {
		return "", nil
	}
	r, err := p.open(name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, sniffed))
	return string(b), err
}

// sniffCFB tells what an OLE container holds by the streams at its root.
func sniffCFB(b []byte) (Format, error) {
	c, err := openCFB(b)
	if err != nil {
		return XLS, &FormatError{Detected: XLS, Err: err}
	}
	switch {
	case c.has("EncryptedPackage"):
		return XLSX, ErrPassword
	case c.has("Workbook"):
		return XLS, nil
	case c.has("Book"):
		return OldXLS, nil
	case c.has("WordDocument"):
		return DOC, nil
	case c.has("PowerPoint Document"):
		return PPT, nil
	}
	return Binary, nil
}
