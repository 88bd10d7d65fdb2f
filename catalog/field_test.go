package catalog_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// drawSound draws an entry whose values are such as reading and typing leave:
// levels on one line, no carrier without a name or twice.
func drawSound(t *rapid.T) catalog.Entry {
	e := catalogtest.Entry().Draw(t, "entry")
	for i := range e.Path {
		e.Path[i] = strings.ReplaceAll(e.Path[i], "\n", " ")
	}
	for len(e.Path) > 0 && e.Path[len(e.Path)-1] == "" {
		e.Path = e.Path[:len(e.Path)-1]
	}
	e.Channels.May &^= e.Channels.Set
	var others []string
	for _, o := range e.Channels.Others {
		if o != "" && !slices.Contains(others, o) {
			others = append(others, o)
		}
	}
	e.Channels.Others = others
	e.Audience.Unnamed = e.Audience.Unnamed && e.Audience.Groups == ""
	e.Basis = catalog.ParseBasis(e.Basis.String())
	return e
}

func TestTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawSound(t)
		var back catalog.Entry
		for _, f := range slices.Concat([]catalog.Field{catalog.FieldSector, catalog.FieldTemplate}, catalog.Fields) {
			if err := back.SetText(f, e.Text(f)); err != nil {
				t.Fatalf("SetText(%s, %q): %v", f, e.Text(f), err)
			}
		}
		if d := catalog.DiffEntries(&e, &back); d != nil {
			t.Fatalf("texts read back differ: %+v\n%+v\n%+v", d, e, back)
		}
	})
}

func TestSetText(t *testing.T) {
	tests := []struct {
		name  string
		path  []string
		field catalog.Field
		text  string
		want  []string
	}{
		{"first level of none", nil, catalog.FieldMatter, "甲", []string{"甲"}},
		{"first level of two", []string{"甲", "乙"}, catalog.FieldMatter, "丙", []string{"丙", "乙"}},
		{"last level of none", nil, catalog.FieldSubmatter, "乙", []string{"", "乙"}},
		{"last level of one", []string{"甲"}, catalog.FieldSubmatter, "乙", []string{"甲", "乙"}},
		{"last level of three", []string{"甲", "乙", "丙"}, catalog.FieldSubmatter, "丁", []string{"甲", "乙", "丁"}},
		{"last level emptied", []string{"甲", "乙"}, catalog.FieldSubmatter, "", []string{"甲"}},
		{"only level emptied", []string{"甲"}, catalog.FieldMatter, "", nil},
		{"no last level emptied", []string{"甲"}, catalog.FieldSubmatter, "", []string{"甲"}},
		{"all levels", nil, catalog.FieldPath, "甲\n\n丙\n", []string{"甲", "", "丙"}},
		{"no levels", []string{"甲"}, catalog.FieldPath, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := catalog.Entry{Path: tt.path}
			before := slices.Clone(tt.path)
			if err := e.SetText(tt.field, tt.text); err != nil || !slices.Equal(e.Path, tt.want) {
				t.Errorf("path = %q, %v, want %q", e.Path, err, tt.want)
			}
			if !slices.Equal(tt.path, before) {
				t.Errorf("another entry's path became %q", tt.path)
			}
		})
	}
}

func TestSetTextFails(t *testing.T) {
	tests := []struct {
		field catalog.Field
		text  string
	}{
		{"colour", "red"},
		{catalog.FieldMode, "长期公开"},
		{catalog.FieldTiers, "全国"},
	}
	for _, tt := range tests {
		e := entry(func(*catalog.Entry) {})
		before := e.Clone()
		err := e.SetText(tt.field, tt.text)
		var fe *catalog.FieldError
		if !errors.As(err, &fe) || fe.Field != tt.field || fe.Value != tt.text {
			t.Errorf("SetText(%s, %q) = %v, want a *FieldError", tt.field, tt.text, err)
		}
		if !e.Equal(&before) {
			t.Errorf("SetText(%s, %q) failed and changed the entry", tt.field, tt.text)
		}
	}
}

func TestExtraText(t *testing.T) {
	tests := []struct {
		in   map[string]string
		want string
	}{
		{nil, ""},
		{map[string]string{"备注": "见附件", "咨询电话": "0553"}, "咨询电话=0553\n备注=见附件"},
		{map[string]string{"a=b": "c=d"}, `a\=b=c=d`},
		{map[string]string{"备注": "一\n二\\n"}, `备注=一\n二\\n`},
		{map[string]string{"": ""}, "="},
		{map[string]string{"空": ""}, "空="},
	}
	for _, tt := range tests {
		e := catalog.Entry{Extra: tt.in}
		if got := e.Text(catalog.FieldExtra); got != tt.want {
			t.Errorf("text of %q = %q, want %q", tt.in, got, tt.want)
		}
		if err := e.SetText(catalog.FieldExtra, tt.want); err != nil || !maps.Equal(e.Extra, tt.in) {
			t.Errorf("%q reads as %q, %v, want %q", tt.want, e.Extra, err, tt.in)
		}
	}
	typed := catalog.Entry{}
	if err := typed.SetText(catalog.FieldExtra, "备注\n\n路径=C:\\dir\r\n"); err != nil || !maps.Equal(typed.Extra, map[string]string{"备注": "", "路径": `C:\dir`}) {
		t.Errorf("typed by hand reads as %q, %v", typed.Extra, err)
	}
}

func TestFieldsHaveNames(t *testing.T) {
	for _, f := range slices.Concat(catalog.Fields, []catalog.Field{catalog.FieldMatter, catalog.FieldSubmatter, catalog.FieldSector, catalog.FieldTemplate}) {
		if f.Name() == "" {
			t.Errorf("field %s has no name", f)
		}
	}
}
