package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// ours lists the tokens of a document as "<name a=v>", "text" and "</name>".
func ours(r io.Reader) (ts []string, err error) {
	x, err := newXMLReader(r)
	if err != nil {
		return nil, err
	}
	for {
		t, err := x.next()
		if err == io.EOF {
			return ts, nil
		}
		if err != nil {
			return ts, err
		}
		switch t {
		case xmlStart:
			s := "<" + string(x.name)
			for _, a := range x.attrs {
				v, err := unescape(nil, a.value)
				if err != nil {
					return ts, err
				}
				s += fmt.Sprintf(" %s=%s", a.name, v)
			}
			ts = appendToken(ts, s+">")
		case xmlEnd:
			ts = appendToken(ts, "</"+string(x.name)+">")
		case xmlText:
			b, err := x.appendText(nil)
			if err != nil {
				return ts, err
			}
			ts = appendToken(ts, string(b))
		}
	}
}

// theirs lists what encoding/xml reads in the same form.
func theirs(s string) (ts []string, err error) {
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		t, err := d.Token()
		if err == io.EOF {
			return ts, nil
		}
		if err != nil {
			return ts, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			s := "<" + t.Name.Local
			for _, a := range t.Attr {
				s += fmt.Sprintf(" %s=%s", a.Name.Local, a.Value)
			}
			ts = appendToken(ts, s+">")
		case xml.EndElement:
			ts = appendToken(ts, "</"+t.Name.Local+">")
		case xml.CharData:
			ts = appendToken(ts, string(t))
		case xml.Directive:
			return ts, errors.New("directive")
		}
	}
}

func appendToken(ts []string, s string) []string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	if n := len(ts); n > 0 && s != "" && s[0] != '<' && ts[n-1][0] != '<' {
		ts[n-1] += s
	} else if s != "" {
		ts = append(ts, s)
	}
	return ts
}

func TestXMLIsReadAsEncodingXMLDoes(t *testing.T) {
	for _, s := range []string{
		`<a/>`,
		`<?xml version="1.0" encoding="UTF-8"?><x:a xmlns:x="u" x:b='1 > 0' c = "&lt;&#x6237;"><b>户 &amp; 籍</b><!-- <no> --></x:a>`,
		"<a>one<![CDATA[ <two> & ]]>three\r\n</a >\n",
		"<a><b><c/></b><b>t</b></a>",
	} {
		want, err := theirs(s)
		if err != nil {
			t.Fatalf("%s: encoding/xml: %v", s, err)
		}
		for name, r := range map[string]io.Reader{
			"whole": strings.NewReader(s), "byte by byte": iotest.OneByteReader(strings.NewReader(s)),
		} {
			if got, err := ours(r); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s (%s): got %q, %v; want %q", s, name, got, err, want)
			}
		}
	}
}

func TestBrokenXMLIsRefused(t *testing.T) {
	for _, s := range []string{
		`<a>`, `<a></b>`, `</a>`, `<a b></a>`, `<a b=1/>`, `<a b="1/>`, `<a`, `<a>&nbsp;</a>`, `<a>&lt</a>`,
		`<a><![CDATA[x</a>`, `<a><!-- x</a>`, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `<a <b/>`, `< a/>`,
		strings.Repeat("<a>", maxXMLDepth+1), `<?xml version="1.0" encoding="klingon"?><a/>`,
	} {
		if ts, err := ours(strings.NewReader(s)); err == nil {
			t.Errorf("%.60s: read as %q", s, ts)
		}
	}
}

func TestXMLInOtherEncodings(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, r := range `<?xml version="1.0" encoding="UTF-16"?><a>户籍</a>` {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, s := range map[string]string{
		"UTF-16": string(utf16),
		"mark":   "\xef\xbb\xbf<a>户籍</a>",
		"GBK":    "<?xml version='1.0' encoding='gbk'?><a>\xbb\xa7\xbc\xae</a>",
	} {
		got, err := ours(strings.NewReader(s))
		if want := []string{"<a>", "户籍", "</a>"}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestEscapesOfControlCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"a_x0007_b": "a\ab", "_x005F_x0007_": "_x0007_", "_x000D_\n": "\r\n", "_x": "_x", "a_xZZZZ_": "a_xZZZZ_",
		"_x0041": "_x0041", "_x_x0041_": "_xA", "plain": "plain",
	} {
		if got := unescapeHex(in); got != want {
			t.Errorf("unescapeHex(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzXML(f *testing.F) {
	f.Add(`<x:a xmlns:x="u">&lt;<![CDATA[x]]><!-- --></x:a>`)
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ours(strings.NewReader(s))
		want, theirErr := theirs(s)
		if theirErr != nil || strings.Contains(s, ":") || strings.Contains(s, "<?xml") || strings.HasPrefix(s, "\ufeff") ||
			strings.Count(s, "<") > maxXMLDepth {
			return // not read by them, or read by them in a way of their own
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %q, %v; want %q", s, got, err, want)
		}
	})
}
