package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html/charset"
)

// xmlReader reads the XML of office files as it streams by, several times
// faster than encoding/xml and with the same outcome on what that accepts. It
// knows elements, attributes and character data, and drops the prefixes of
// names. Tags must pair; document types, which office files never have, are
// refused.
type xmlReader struct {
	r    io.Reader
	buf  []byte
	pos  int // of the next byte in buf
	eof  bool
	open []byte // names of the open elements, one after the other
	ends []int  // where each begins in open
	void bool   // the element just begun is <empty/>

	// What next found; valid until it is called again.
	name  []byte
	attrs []xmlAttr
	data  []byte
	cdata bool
}

type xmlAttr struct{ name, value []byte }

type xmlToken uint8

const (
	xmlStart xmlToken = iota + 1 // name, attrs
	xmlEnd                       // name
	xmlText                      // text
)

// Bounds of what one part may make us hold at once.
const (
	maxXMLToken = 16 << 20
	maxXMLDepth = 512
)

func newXMLReader(r io.Reader) (*xmlReader, error) {
	r, err := utf8Reader(r)
	if err != nil {
		return nil, err
	}
	return &xmlReader{r: r, buf: make([]byte, 0, 64<<10)}, nil
}

// elements calls f at the start of each element of a document; f may read on
// from x.
func elements(bud *budget, r io.Reader, f func(x *xmlReader) error) error {
	x, err := newXMLReader(r)
	if err != nil {
		return err
	}
	for seen := false; ; {
		t, err := x.next()
		if err == io.EOF && seen {
			return nil
		}
		if err == nil && t == xmlStart {
			seen = true
			if err = bud.tick(); err == nil {
				err = f(x)
			}
		}
		if err != nil {
			return unexpected(err)
		}
	}
}

// utf8Reader returns r's text in UTF-8, as byte order mark and declaration say.
func utf8Reader(r io.Reader) (io.Reader, error) {
	br := bufio.NewReaderSize(r, 4096)
	head, err := br.Peek(256)
	if err != nil && err != io.EOF {
		return nil, err
	}
	for _, mark := range []struct{ bytes, label string }{
		{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(head, []byte(mark.bytes)) {
			if _, err := br.Discard(len(mark.bytes)); err != nil {
				return nil, err
			}
			return charset.NewReaderLabel(mark.label, br)
		}
	}
	decl, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok || !bytes.HasPrefix(decl, []byte("<?xml")) {
		return br, nil
	}
	_, enc, ok := bytes.Cut(decl, []byte("encoding="))
	if !ok || len(enc) == 0 {
		return br, nil
	}
	label, _, _ := bytes.Cut(enc[1:], enc[:1])
	if bytes.EqualFold(label, []byte("utf-8")) {
		return br, nil
	}
	return charset.NewReaderLabel(string(label), br)
}

// more reads on, keeping what lies from pos. It reports io.EOF at the end.
func (x *xmlReader) more() error {
	if x.eof {
		return io.EOF
	}
	if x.pos > 0 {
		n := copy(x.buf, x.buf[x.pos:])
		x.buf, x.pos = x.buf[:n], 0
	}
	if len(x.buf) == cap(x.buf) {
		if cap(x.buf) >= maxXMLToken {
			return &LimitError{What: "text", Limit: maxXMLToken}
		}
		x.buf = append(make([]byte, 0, 2*cap(x.buf)), x.buf...)
	}
	for range 100 {
		n, err := x.r.Read(x.buf[len(x.buf):cap(x.buf)])
		x.buf = x.buf[:len(x.buf)+n]
		if err == io.EOF {
			x.eof = true
			if n > 0 {
				return nil
			}
		}
		if err != nil || n > 0 {
			return err
		}
	}
	return io.ErrNoProgress
}

// until returns the bytes from pos up to mark and moves behind it.
func (x *xmlReader) until(mark string) ([]byte, error) {
	from := 0
	for {
		b := x.buf[x.pos:]
		if i := bytes.Index(b[from:], []byte(mark)); i >= 0 {
			x.pos += from + i + len(mark)
			return b[:from+i], nil
		}
		from = max(0, len(b)-len(mark)+1)
		if err := x.more(); err != nil {
			return nil, unexpected(err)
		}
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// has reports whether s comes next, reading on as needed.
func (x *xmlReader) has(s string) bool {
	for len(x.buf)-x.pos < len(s) {
		if x.more() != nil {
			return false
		}
	}
	return string(x.buf[x.pos:x.pos+len(s)]) == s
}

// next moves to the next token. At the end of a whole document it returns io.EOF.
func (x *xmlReader) next() (xmlToken, error) {
	if x.void {
		x.void = false
		return xmlEnd, x.leave(nil)
	}
	for {
		if x.pos == len(x.buf) {
			if err := x.more(); err != nil {
				if err == io.EOF && len(x.ends) > 0 {
					err = io.ErrUnexpectedEOF
				}
				return 0, err
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			return x.chars()
		}
		switch {
		case x.has("<?"):
			if _, err := x.until("?>"); err != nil {
				return 0, err
			}
		case x.has("<!--"):
			if _, err := x.until("-->"); err != nil {
				return 0, err
			}
		case x.has("<![CDATA["):
			x.pos += len("<![CDATA[")
			b, err := x.until("]]>")
			if err != nil {
				return 0, err
			}
			x.data, x.cdata = b, true
			return xmlText, nil
		case x.has("<!"):
			return 0, errors.New("document type in an office file")
		case x.has("</"):
			b, err := x.until(">")
			if err != nil {
				return 0, err
			}
			return xmlEnd, x.leave(bytes.TrimRight(b[2:], " \t\r\n"))
		default:
			return x.start()
		}
	}
}

// chars reads text up to the next tag.
func (x *xmlReader) chars() (xmlToken, error) {
	from := 0
	for {
		b := x.buf[x.pos:]
		i := bytes.IndexByte(b[from:], '<')
		if i >= 0 {
			x.data, x.cdata = b[:from+i], false
			x.pos += from + i
			return xmlText, nil
		}
		from = len(b)
		switch err := x.more(); {
		case err == io.EOF && len(x.ends) == 0:
			x.data, x.cdata = x.buf[x.pos:], false
			x.pos = len(x.buf)
			return xmlText, nil
		case err != nil:
			return 0, unexpected(err)
		}
	}
}

// start reads a tag that opens an element.
func (x *xmlReader) start() (xmlToken, error) {
	i, quote := 1, byte(0)
	for {
		b := x.buf[x.pos:]
		for ; i < len(b); i++ {
			c := b[i]
			if quote != 0 {
				if c == quote {
					quote = 0
				}
			} else if c == '>' {
				x.pos += i + 1
				return xmlStart, x.enter(b[1:i])
			} else if c == '"' || c == '\'' {
				quote = c
			} else if c == '<' {
				return 0, errors.New("tag within a tag")
			}
		}
		if err := x.more(); err != nil {
			return 0, unexpected(err)
		}
	}
}

// enter takes a start tag apart.
func (x *xmlReader) enter(b []byte) error {
	if n := len(b); n > 0 && b[n-1] == '/' {
		x.void, b = true, b[:n-1]
	}
	n := 0
	for n < len(b) && !isSpace(b[n]) {
		n++
	}
	name := b[:n]
	if n == 0 || bytes.ContainsAny(name, "=\"'/") {
		return fmt.Errorf("tag %.20q has no name", b)
	}
	if len(x.ends) >= maxXMLDepth {
		return errors.New("elements nest too deep")
	}
	x.ends = append(x.ends, len(x.open))
	x.open = append(x.open, name...)
	x.name, x.attrs = local(name), x.attrs[:0]
	for b = b[n:]; ; {
		for len(b) > 0 && isSpace(b[0]) {
			b = b[1:]
		}
		if len(b) == 0 {
			return nil
		}
		eq := bytes.IndexByte(b, '=')
		if eq <= 0 {
			return fmt.Errorf("attribute %.20q has no value", b)
		}
		key := b[:eq]
		for isSpace(key[len(key)-1]) {
			key = key[:len(key)-1]
		}
		for b = b[eq+1:]; len(b) > 0 && isSpace(b[0]); {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return fmt.Errorf("attribute %.20q has no quotes", key)
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 || bytes.IndexByte(b[1:1+end], '<') >= 0 {
			return fmt.Errorf("attribute %.20q is not closed", key)
		}
		x.attrs = append(x.attrs, xmlAttr{local(key), b[1 : 1+end]})
		b = b[end+2:]
	}
}

// leave closes the innermost element, whose end tag says name; nil for <empty/>.
func (x *xmlReader) leave(name []byte) error {
	if len(x.ends) == 0 {
		return fmt.Errorf("</%.20s> without a start", name)
	}
	last := x.ends[len(x.ends)-1]
	open := x.open[last:]
	if name != nil && !bytes.Equal(open, name) {
		return fmt.Errorf("<%.20s> ends as </%.20s>", open, name)
	}
	x.name = local(open)
	x.ends, x.open = x.ends[:len(x.ends)-1], x.open[:last]
	return nil
}

// depth is the number of open elements.
func (x *xmlReader) depth() int { return len(x.ends) }

// skip moves behind the end of the element just begun.
func (x *xmlReader) skip() error {
	for depth := x.depth(); x.depth() >= depth; {
		if _, err := x.next(); err != nil {
			return unexpected(err)
		}
	}
	return nil
}

// appendText appends the character data just read.
func (x *xmlReader) appendText(dst []byte) ([]byte, error) {
	if x.cdata {
		return append(dst, x.data...), nil
	}
	return unescape(dst, x.data)
}

// appendContent appends the text of the element just begun, without that of
// elements in it, and moves behind its end.
func (x *xmlReader) appendContent(dst []byte) ([]byte, error) {
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err != nil {
			return dst, unexpected(err)
		}
		if t == xmlText && x.depth() == depth {
			if dst, err = x.appendText(dst); err != nil {
				return dst, err
			}
		}
	}
	return dst, nil
}

// appendAll is appendContent with the text of elements in the one just begun.
func (x *xmlReader) appendAll(dst []byte) ([]byte, error) {
	for depth := x.depth(); x.depth() >= depth; {
		t, err := x.next()
		if err == nil && t == xmlText {
			dst, err = x.appendText(dst)
		}
		if err != nil {
			return dst, unexpected(err)
		}
	}
	return dst, nil
}

// attr returns the value of an attribute of the element just begun.
func (x *xmlReader) attr(name string) []byte {
	for _, a := range x.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

// attrText returns an attribute's value with its entities resolved; what cannot
// be resolved stays as it is.
func (x *xmlReader) attrText(name string) string {
	v := x.attr(name)
	if b, err := unescape(nil, v); err == nil {
		return string(b)
	}
	return string(v)
}

// attrOn reports whether an attribute says true.
func (x *xmlReader) attrOn(name string) bool {
	switch string(x.attr(name)) {
	case "1", "true", "on":
		return true
	}
	return false
}

// attrInt returns an attribute's number, 0 where there is none.
func (x *xmlReader) attrInt(name string) int { return atoi(x.attr(name)) }

// atoi returns the number that all of b spells, 0 otherwise or beyond an int32.
func atoi(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<27 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// local cuts the prefix off a name.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
