package sheet

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Nothing that a table says is lost: whatever stands in a column of text, in a
// column nobody knows or on a line of its own is found in the document again.
func TestNothingIsLost(t *testing.T) {
	sectors := testSectors(t)
	rapid.Check(t, func(t *rapid.T) {
		header := rapid.SampledFrom(observedHeaders).Draw(t, "header")
		g := headerGrid(header.columns+"|随手记", rapid.Bool().Draw(t, "merged"))
		h, _, ok := findHeader(g, mergesOf(g), 0)
		if !ok {
			t.Fatalf("header %q not found", header.columns)
		}
		var said []string
		row := 2
		add := func(cells []string) {
			row++
			g.rows = append(g.rows, gridRow{number: row, cells: cells})
		}
		token := func(form string) string {
			said = append(said, fmt.Sprintf("%d号", 1000+len(said)))
			return fmt.Sprintf(form, said[len(said)-1])
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "entries") {
			for lines := range rapid.IntRange(1, 3).Draw(t, "lines") {
				cells := make([]string, len(h.columns))
				for c, col := range h.columns {
					blank := rapid.IntRange(0, 3).Draw(t, "blank") == 0
					switch col.role {
					case roleNumber:
						if lines == 0 {
							cells[c] = fmt.Sprint(i + 1)
						}
						continue
					case roleMatter:
						if lines == 0 {
							cells[c] = token("事项%s")
						}
						continue
					case roleEveryone, roleProactive, roleTier:
						if lines == 0 && !blank {
							cells[c] = "√"
						}
						continue
					}
					if !blank {
						cells[c] = token(rapid.SampledFrom([]string{"文件%s", "《办法%s》", "见 %s\n附表", "（%s"}).Draw(t, "form"))
					}
				}
				add(cells)
			}
			if rapid.IntRange(0, 5).Draw(t, "note") == 0 {
				add([]string{"", token("注：见%s")})
			}
		}
		for range rapid.IntRange(0, 4).Draw(t, "merges") {
			m := merge{top: rapid.IntRange(3, row).Draw(t, "top"), left: rapid.IntRange(1, len(h.columns)-1).Draw(t, "left")}
			m.bottom, m.right = rapid.IntRange(m.top, row).Draw(t, "bottom"), m.left
			g.merges = append(g.merges, m)
		}
		d, err := recognise(context.Background(), "x", []grid{*g}, Options{Sectors: sectors})
		if err != nil {
			t.Fatal(err)
		}
		d.Sheets = nil // what is only shown there is lost
		for i := range d.Catalogs {
			d.Catalogs[i].Columns = nil
		}
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range said {
			if !strings.Contains(string(b), s) {
				t.Errorf("%s is lost in %s", s, b)
			}
		}
	})
}

func TestRowsWithoutNumbers(t *testing.T) {
	const head = "序号,一级事项,二级事项,公开内容,公开依据,公开主体,主动,依申请\n"
	for _, tt := range []struct {
		name, rows string
		want       string // names and contents of the entries
		problem    ProblemKind
	}{
		{"a row with ticks is an entry", "1,甲,乙,丙,,局,√,\n,甲,丁,戊,,局,√,", "甲/乙=丙;甲/丁=戊", ""},
		{"a row with name and content is an entry", "1,甲,乙,丙,,局,√,\n,甲,丁,戊,,,,", "甲/乙=丙;甲/丁=戊", ""},
		{"a row with content alone goes on", "1,甲,乙,材料,,局,√,\n,,,电话,,,,", "甲/乙=材料\n电话", ""},
		{"a bracket left open goes on", "1,甲,乙,丙（含,,局,√,\n,,丁,戊）,,,,", "甲/乙丁=丙（含戊）", JoinedName},
		{"a bracket left open ends where a tick stands", "1,甲,乙,丙（含,,局,√,\n,甲,丁,戊,,局,√,", "甲/乙=丙（含;甲/丁=戊", ""},
		{"a name alone belongs to the name above", "1,甲,乙,丙,,局,√,\n,,丁,,,,,", "甲/乙丁=丙", JoinedName},
		{"without any numbers a name is an entry", ",甲,乙,丙,,局,√,\n,甲,丁,,,局,,", "甲/乙=丙;甲/丁=", ""},
		{"a number is an entry", "1,甲,乙,丙,,局,√,\n2,,,戊,,,,", "甲/乙=丙;=戊", NoMatter},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := ReadBytes(context.Background(), "x.csv", []byte(head+tt.rows+"\n"), Options{})
			if err != nil || len(d.Catalogs) != 1 {
				t.Fatalf("read %+v, %v", d, err)
			}
			var got []string
			for _, e := range d.Catalogs[0].Entries {
				got = append(got, strings.Join(e.Path, "/")+"="+e.Content)
			}
			if s := strings.Join(got, ";"); s != tt.want {
				t.Errorf("entries are %q, want %q", s, tt.want)
			}
			ps := d.Catalogs[0].Problems
			if tt.problem == "" && len(ps) > 0 || tt.problem != "" && (len(ps) != 1 || ps[0].Kind != tt.problem) {
				t.Errorf("problems are %v, want %q", ps, tt.problem)
			}
		})
	}
}

// Hostile tables end in time: merged cells piled on each other, and headers that
// never end.
func TestMergedCellsPiledUp(t *testing.T) {
	g := headerGrid(observedHeaders[0].columns, true)
	for n := 3; n < 2000; n++ {
		g.rows = append(g.rows, gridRow{number: n, cells: []string{fmt.Sprint(n), "甲", "乙", "丙"}})
	}
	for range 500_000 {
		g.merges = append(g.merges, merge{top: 3, bottom: 1 << 20, left: 0, right: 1 << 14})
	}
	d, err := recognise(context.Background(), "x", []grid{*g}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Catalogs[0].Entries); n != 1997 {
		t.Errorf("%d entries, want 1997", n)
	}
}

func TestAnEntryWithoutEnd(t *testing.T) {
	g := headerGrid(observedHeaders[0].columns, true)
	g.rows = append(g.rows, gridRow{number: 3, cells: []string{"1", "甲", "乙", "丙"}})
	long := strings.Repeat("（", 1000)
	for n := 4; n < 20_000; n++ {
		g.rows = append(g.rows, gridRow{number: n, cells: []string{"", "甲", "", long}})
	}
	d, err := recognise(context.Background(), "x", []grid{*g}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, e := range d.Catalogs[0].Entries {
		size += len(e.Content)
	}
	if want := 19_996 * len(long); size < want {
		t.Errorf("%d bytes of content, want %d or more", size, want)
	}
}

// In a file without merged cells, too, a title with a header below it begins a
// catalog, and no entry.
func TestATitleInOneCellBeginsACatalog(t *testing.T) {
	const header = "一级事项,二级事项,公开内容（要素）,公开依据,公开时限\n"
	for _, tt := range []struct{ name, second, want string }{
		{"another catalog", "养老服务领域基层政务公开标准目录\n", "社会救助领域基层政务公开标准目录:1 养老服务领域基层政务公开标准目录:1"},
		{"another catalog, with the row's other cells", "养老服务领域基层政务公开标准目录,,,,\n", "社会救助领域基层政务公开标准目录:1 养老服务领域基层政务公开标准目录:1"},
		{"the same, repeated", "社会救助领域基层政务公开标准目录\n", "社会救助领域基层政务公开标准目录:2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := "社会救助领域基层政务公开标准目录\n" + header + "综合业务,政策法规文件,文件,《办法》,10个工作日内\n,,,,\n" +
				tt.second + header + "综合业务,监督检查,电话,《办法》,10个工作日内\n"
			d, err := ReadBytes(context.Background(), "x.csv", []byte(file), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range d.Catalogs {
				got = append(got, fmt.Sprintf("%s:%d", c.Title, len(c.Entries)))
				if len(c.Problems) > 0 {
					t.Errorf("%s has problems %v", c.Title, c.Problems)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("read %q, want %q", got, tt.want)
			}
		})
	}
}
