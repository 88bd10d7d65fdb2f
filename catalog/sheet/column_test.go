package sheet

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
)

func readFixture(t *testing.T, name string, cs ...Correction) *Document {
	t.Helper()
	d, err := Read(context.Background(), filepath.Join("testdata/fixtures", name), Options{Sectors: testSectors(t), Corrections: cs})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// show is a table's columns in one line: A 序号=number C …=matter?.
func show(cols []Column) string {
	var out []string
	for _, c := range cols {
		s := c.Letter + " " + c.Header + "=" + string(c.Use.Kind)
		if c.Use.Tiers != 0 {
			s += ":" + c.Use.Tiers.String()
		}
		if c.Doubt != "" {
			s += "?" + string(c.Doubt)
		}
		if c.Chosen {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestColumnsFound(t *testing.T) {
	national := "A 序号=number B 公开事项>一级事项=matter C 公开事项>二级事项=matter D 公开内容（要素）=content E 公开依据=basis F 公开时限=timeLimit " +
		"G 公开主体=publisher H 公开渠道和载体=channels I 公开对象>全社会=everyone J 公开对象>特定群体=groups K 公开方式>主动=proactive " +
		"L 公开方式>依申请=onRequest M 公开层级>县级=tier:县级 N 公开层级>乡级=tier:乡级"
	for _, tt := range []struct{ file, want string }{
		{"national.xlsx", national},
		{"national.xls", national},
		{"national.html", national},
		{"groups-without-labels.xlsx", "guessed-column"},
		{"carrier-columns.xlsx", "=channel "},
		{"number-without-title.xlsx", "A =number?guessed-column"},
		{"unknown-columns.xlsx", "=extra?unknown-column"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			d := readFixture(t, tt.file)
			got := show(d.Catalogs[0].Columns)
			if !strings.Contains(got, tt.want) {
				t.Errorf("columns are\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

// Every fixture's columns show what they are by their cells, and tables know the
// sheet they stand on.
func TestColumnsOfEveryFixture(t *testing.T) {
	paths, err := filepath.Glob("testdata/fixtures/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		if filepath.Ext(p) == ".json" {
			continue
		}
		d := readFixture(t, filepath.Base(p))
		for i := range d.Catalogs {
			c := &d.Catalogs[i]
			if c.Number < 1 || c.Number > len(d.Sheets) || d.Sheets[c.Number-1].Name != c.Sheet || c.Header < 1 {
				t.Errorf("%s: catalog %d says it is of sheet %d, header row %d", p, i, c.Number, c.Header)
			}
			sampled := 0
			for _, col := range c.Columns {
				if len(col.Samples) > 0 {
					sampled++
				}
				if col.Chosen || col.Use.Kind == UseIgnored || len(col.Samples) > mostSamples {
					t.Errorf("%s: column %+v", p, col)
				}
			}
			if sampled < 3 {
				t.Errorf("%s: %d columns with samples: %s", p, sampled, show(c.Columns))
			}
		}
	}
}

// columnOf finds the letter of the column whose header ends in a label.
func columnOf(t *testing.T, c *Table, label string) string {
	t.Helper()
	i := slices.IndexFunc(c.Columns, func(c Column) bool { return strings.HasSuffix(c.Header, label) })
	if i < 0 {
		t.Fatalf("no column %s: %s", label, show(c.Columns))
	}
	return c.Columns[i].Letter
}

func TestCorrections(t *testing.T) {
	const file = "national.xlsx"
	before := &readFixture(t, file).Catalogs[0]
	read := func(t *testing.T, columns map[string]Use) *Table {
		t.Helper()
		c := Correction{Sheet: before.Number, Row: before.Header, Columns: columns}
		d, again := readFixture(t, file, c), readFixture(t, file)
		again, err := again.Correct(context.Background(), []Correction{c})
		if err != nil || !reflect.DeepEqual(again.Catalogs, d.Catalogs) {
			t.Errorf("corrected afterwards it is %+v, %v", again, err)
		}
		return &d.Catalogs[0]
	}
	content, publisher, county := columnOf(t, before, "公开内容（要素）"), columnOf(t, before, "公开主体"), columnOf(t, before, "县级")

	t.Run("kept aside", func(t *testing.T) {
		got := read(t, map[string]Use{publisher: {Kind: UseExtra}})
		for i := range got.Entries {
			if e := &got.Entries[i]; e.Publisher != "" || e.Extra["公开主体"] != before.Entries[i].Publisher {
				t.Errorf("row %d: publisher %q, extra %v", e.Row, e.Publisher, e.Extra)
			}
		}
	})
	t.Run("left out", func(t *testing.T) {
		got := read(t, map[string]Use{publisher: {Kind: UseIgnored}})
		for i := range got.Entries {
			want := before.Entries[i].Entry.Clone()
			want.Publisher = ""
			if e := &got.Entries[i].Entry; !e.Equal(&want) {
				t.Errorf("row %d is %+v, want %+v", got.Entries[i].Row, e, want)
			}
		}
	})
	t.Run("exchanged", func(t *testing.T) {
		got := read(t, map[string]Use{publisher: {Kind: UseContent}, content: {Kind: UsePublisher}})
		for i := range got.Entries {
			if e := &got.Entries[i]; e.Content != before.Entries[i].Publisher {
				t.Errorf("row %d: content %q", e.Row, e.Content)
			}
		}
		if s := show(got.Columns); !strings.Contains(s, "公开主体=content!") || !strings.Contains(s, "公开内容（要素）=publisher!") {
			t.Errorf("columns are %s", s)
		}
	})
	t.Run("what was found for the same gives way", func(t *testing.T) {
		got := read(t, map[string]Use{publisher: {Kind: UseContent}})
		for i := range got.Entries {
			if e := &got.Entries[i]; e.Content != before.Entries[i].Publisher || e.Publisher != "" || e.Extra["公开内容（要素）"] == "" {
				t.Errorf("row %d is %+v", e.Row, e)
			}
		}
		if len(got.Problems) != len(before.Problems) {
			t.Errorf("problems are %v", got.Problems)
		}
	})
	t.Run("the same chosen twice", func(t *testing.T) {
		got := read(t, map[string]Use{publisher: {Kind: UseContent}, content: {Kind: UseContent}})
		if e := &got.Entries[0]; e.Content != before.Entries[0].Content || e.Extra["公开主体"] == "" {
			t.Errorf("first entry is %+v", e)
		}
		if !slices.ContainsFunc(got.Problems, func(p Problem) bool { return p.Kind == RepeatedColumn && p.Column == publisher }) {
			t.Errorf("problems are %v", got.Problems)
		}
	})
	t.Run("a tick of another tier", func(t *testing.T) {
		got := read(t, map[string]Use{county: {UseTier, catalog.TierSetOf(catalog.Village)}})
		for i := range got.Entries {
			was, is := before.Entries[i].Tiers, got.Entries[i].Tiers
			if is.Has(catalog.County) || is.Has(catalog.Village) != was.Has(catalog.County) {
				t.Errorf("row %d: tiers %v, were %v", got.Entries[i].Row, is, was)
			}
		}
	})
	t.Run("without names every content is an entry", func(t *testing.T) {
		columns := map[string]Use{}
		for _, c := range before.Columns {
			if c.Use.Kind == UseMatter || c.Use.Kind == UseNumber {
				columns[c.Letter] = Use{Kind: UseIgnored}
			}
		}
		got := read(t, columns)
		if len(got.Entries) != len(before.Entries) || len(got.Entries[0].Path) > 0 {
			t.Errorf("%d entries, want %d", len(got.Entries), len(before.Entries))
		}
	})
	t.Run("of what the file does not have", func(t *testing.T) {
		d := readFixture(t, file,
			Correction{Sheet: 99, Row: 1, Rows: 1}, Correction{Sheet: before.Number, Row: 12345, Columns: map[string]Use{"A": {Kind: UseBasis}}},
			Correction{Sheet: before.Number, Row: before.Header, Columns: map[string]Use{"ZZZ": {Kind: UseBasis}, "?": {Kind: UseLink}, "B": {Kind: "nonsense"}}})
		got := &d.Catalogs[0]
		if len(got.Entries) != len(before.Entries) || !got.Entries[0].Equal(&before.Entries[0].Entry) {
			t.Errorf("entries differ: %+v", got.Entries[0])
		}
	})
}

// A sheet that is skipped can be read by saying where its header is and what its
// columns are.
func TestForcedHeader(t *testing.T) {
	const text = "某镇公开事项,,,\n名目,讲什么,谁来公开,何时\n低保,标准和名单,籍山镇人民政府,20个工作日内\n临时救助,办事指南,籍山镇人民政府,长期公开\n"
	o := Options{Sectors: testSectors(t)}
	d, err := ReadBytes(context.Background(), "a.csv", []byte(text), o)
	if err != nil || len(d.Skipped) != 1 || len(d.Sheets) != 1 || len(d.Sheets[0].Top) != 4 || d.Sheets[0].Top[1].Cells[1] != "讲什么" {
		t.Fatalf("read %+v, %v", d, err)
	}
	o.Corrections = []Correction{{Sheet: d.Skipped[0].Number, Row: 2, Rows: 1, Columns: map[string]Use{
		"A": {Kind: UseMatter}, "B": {Kind: UseContent}, "C": {Kind: UsePublisher}, "D": {Kind: UseTimeLimit},
	}}}
	d, err = ReadBytes(context.Background(), "a.csv", []byte(text), o)
	if err != nil || len(d.Catalogs) != 1 || len(d.Catalogs[0].Entries) != 2 {
		t.Fatalf("read %+v, %v", d, err)
	}
	c := &d.Catalogs[0]
	if e := &c.Entries[1]; e.Path[0] != "临时救助" || e.Content != "办事指南" || e.Publisher != "籍山镇人民政府" || e.TimeLimit.Text != "长期公开" || e.Row != 4 {
		t.Errorf("entry is %+v", e)
	}
	if c.Header != 2 || c.Title != "某镇公开事项" || show(c.Columns) != "A 名目=matter! B 讲什么=content! C 谁来公开=publisher! D 何时=timeLimit!" {
		t.Errorf("header in row %d below %q: %s", c.Header, c.Title, show(c.Columns))
	}
}

// Where a row above the header was taken for it, the right one can be told.
func TestForcedHeaderBelowAFalseOne(t *testing.T) {
	const text = "序号,公开事项,公开内容,公开主体\n填写数字,填写名称,填写要素,填写单位\n序号,公开事项,公开内容,公开主体\n1,低保,标准,镇政府\n"
	d, err := ReadBytes(context.Background(), "a.csv", []byte(text), Options{Corrections: []Correction{{Sheet: 1, Row: 3, Rows: 1}}})
	if err != nil || len(d.Catalogs) != 1 || len(d.Catalogs[0].Entries) != 1 || d.Catalogs[0].Header != 3 || d.Catalogs[0].Entries[0].Content != "标准" {
		t.Errorf("read %+v, %v", d, err)
	}
}

// A header repeated on a later page follows the correction of the first.
func TestCorrectionsHoldBelowRepeatedHeaders(t *testing.T) {
	head := "序号,公开事项,公开内容,公开主体,备用\n"
	text := head + "1,低保,标准,镇政府,甲\n" + head + "2,救助,指南,镇政府,乙\n"
	d, err := ReadBytes(context.Background(), "a.csv", []byte(text), Options{Corrections: []Correction{{Sheet: 1, Row: 1, Columns: map[string]Use{"E": {Kind: UsePublisher}}}}})
	if err != nil || len(d.Catalogs) != 1 {
		t.Fatalf("read %+v, %v", d, err)
	}
	var got []string
	for _, e := range d.Catalogs[0].Entries {
		got = append(got, e.Publisher)
	}
	if !slices.Equal(got, []string{"甲", "乙"}) {
		t.Errorf("publishers are %q", got)
	}
}

func TestUses(t *testing.T) {
	seen := map[Use]bool{}
	for _, u := range Uses() {
		if seen[u] || useRoles[u.Kind] == roleNone {
			t.Errorf("use %+v", u)
		}
		seen[u] = true
		s := slot{name: "公开层级>县级"}
		if s.fix(u, 0); s.use() != u {
			t.Errorf("a column fixed as %+v is %+v", u, s.use())
		}
	}
	for k := range useRoles {
		if !slices.ContainsFunc(Uses(), func(u Use) bool { return u.Kind == k }) {
			t.Errorf("nothing offers %s", k)
		}
	}
}
