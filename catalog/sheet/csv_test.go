package sheet

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestTextInColumns(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"commas", "序号,事项\r\n1,\"最低,生活\"\"保障\"\"\"\r\n", "[]\n1: 序号|事项\n2: 1|最低,生活\"保障\"\n"},
		{"lines within a cell", "a,b\n\"一\r\n二\",x\n\n3,4", "[]\n1: a|b\n2: 一\n二|x\n4: 3|4\n"},
		{"tabs", "序号\t事项,内容\n1\t甲,乙", "[]\n1: 序号|事项,内容\n2: 1|甲,乙\n"},
		{"semicolons", "序号;事项\n1;甲,乙;\n2;丙", "[]\n1: 序号|事项\n2: 1|甲,乙\n3: 2|丙\n"},
		{"remark on the separator", "sep=;\n甲;乙,丙\n", "[]\n1: 甲|乙,丙\n"},
		{"quotes within a cell", "甲,\"五保\"供养,a\"b\n", "[]\n1: 甲|五保供养|a\"b\n"},
		{"old line ends", "甲,1\r乙,2\r", "[]\n1: 甲|1\n2: 乙|2\n"},
		{"mark", "\ufeff甲,乙", "[]\n1: 甲|乙\n"},
		{"controls stay", "甲\a,乙", "[]\n1: 甲\a|乙\n"},
		{"title above", "某镇目录\n填报单位，某镇\n序号;事项;内容\n1;甲;a,b,c\n2;乙;d\n", "[]\n1: 某镇目录\n2: 填报单位，某镇\n3: 序号|事项|内容\n4: 1|甲|a,b,c\n5: 2|乙|d\n"},
	} {
		checkShown(t, tt.name, []byte(tt.in), CSV, tt.want)
	}
	_, _, err := open(context.Background(), []byte("甲,乙\n1,\"丙\n丁,1\n"), DefaultLimits)
	if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "row 2") {
		t.Errorf("quote never closed: open = %v", err)
	}
}

func TestTextInOtherEncodings(t *testing.T) {
	const in, want = "序号,公开事项\n1,养老机构备案㐀\n", "[]\n1: 序号|公开事项\n2: 1|养老机构备案㐀\n"
	for name, e := range map[string]interface {
		Bytes([]byte) ([]byte, error)
	}{
		"GB 18030":            simplifiedchinese.GB18030.NewEncoder(),
		"UTF-16":              unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(),
		"UTF-16, big end":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(),
		"UTF-16 without mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(),
	} {
		b, err := e.Bytes([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		checkShown(t, name, b, CSV, want)
	}
}

func TestTextInUnknownEncoding(t *testing.T) {
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("序號,公開事項,公開內容,公開依據,公開時限\n1,養老服務,機構備案與補貼,辦法,十個工作日"))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"Latin 1":            []byte("caf\xe9,na\xefve\n"),
		"Big5":               big5,
		"cut in a character": []byte("\xd0\xf2\xba\xc5,\xca\xc2\xcf\xee\n1,\xca"),
		"damaged UTF-8":      []byte("序号,事项\n1,最低\xff\xfe生活\n"),
		"UTF-16 cut in half": append([]byte{0xff, 0xfe}, "a\x00\x00\xd8b\x00"...),
		"Shift JIS":          []byte("\x8f\x89\x8a\xfa,\x83\x66\x81\x5b\x83\x5e,\x82\xa0\x82\xa2\n"),
	} {
		_, _, err := open(context.Background(), b, DefaultLimits)
		var fe *FormatError
		if !errors.As(err, &fe) || fe.Detected != Encoding || !errors.Is(err, ErrFormat) {
			t.Errorf("%s: open = %v", name, err)
		}
	}
}
