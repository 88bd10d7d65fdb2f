package sheet

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// openMHT reads a page that was saved as one file, as Word and Excel do, with
// the pages of its frames: a workbook's sheets.
func openMHT(bud *budget, b []byte) ([]grid, error) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return readMIME(bud, textproto.MIMEHeader(m.Header), m.Body, 0)
}

// Parts of a page nest no deeper than this.
const maxMIME = 4

// readMIME reads one part with those in it.
func readMIME(bud *budget, h textproto.MIMEHeader, body io.Reader, depth int) ([]grid, error) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || depth > maxMIME {
		return nil, nil // a part that says nothing of itself is no page
	}
	if strings.HasPrefix(kind, "multipart/") {
		var gs []grid
		for mr := multipart.NewReader(body, params["boundary"]); ; {
			p, err := mr.NextRawPart()
			if err == io.EOF {
				return gs, nil
			}
			if err != nil {
				return nil, err
			}
			more, err := readMIME(bud, p.Header, p, depth+1)
			if err != nil {
				return nil, err
			}
			if gs = append(gs, more...); over(len(gs), bud.lim.Sheets) {
				return nil, &LimitError{What: "sheets", Limit: int64(bud.lim.Sheets)}
			}
		}
	}
	if kind != "text/html" {
		return nil, nil
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return nil, errors.Join(errors.New("page is cut short"), err)
	}
	text, err := decodePage(b)
	if err != nil {
		return nil, err
	}
	return openHTML(bud, text)
}
