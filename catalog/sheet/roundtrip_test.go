package sheet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"mulutong/catalog"
	"mulutong/catalog/catalogtest"
)

// roundTrip writes catalogs and reads them back.
func roundTrip(t testing.TB, cs []catalog.Catalog, name string, write func(io.Writer) error) []Table {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	doc, err := ReadBytes(context.Background(), name, b.Bytes(), Options{Limits: DefaultLimits, Sectors: infos()})
	if err != nil {
		t.Fatal(err)
	}
	return doc.Catalogs
}

// infos are the generated catalogs' sectors under names of their own.
func infos() []catalog.SectorInfo {
	names := []string{
		"重大建设项目", "公共资源交易", "财政预决算", "安全生产", "税收管理", "征地补偿", "国有土地上房屋征收", "保障性住房", "农村危房改造",
		"生态环境", "公共文化服务", "公共法律服务", "扶贫", "救灾", "食品药品监管", "城市综合执法", "就业", "社会保险", "社会救助", "养老服务",
		"户籍管理", "涉农补贴", "义务教育", "医疗卫生", "市政服务", "城乡规划",
	}
	var out []catalog.SectorInfo
	for i, s := range catalogtest.Sectors() {
		out = append(out, catalog.SectorInfo{No: i + 1, Slug: s, Name: names[i]})
	}
	return out
}

// sameEntries checks that the entries read say the same in the fields given.
func sameEntries(t interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}, want []catalog.Entry, got []Row, fields []catalog.Field,
) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("read %d entries, want %d", len(got), len(want))
	}
	for i := range want {
		for _, f := range fields {
			if g, w := got[i].Text(f), want[i].Text(f); g != w {
				t.Errorf("entry %d, %s:\n got %q\nwant %q", i, f, g, w)
			}
		}
	}
}

var columnsOfAll = []catalog.Field{
	catalog.FieldPath, catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
	catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers,
}

func TestWorkbooksComeBackEqual(t *testing.T) {
	cs := catalogtest.Catalogs(11, 520)
	for _, layout := range []Layout{National, AnhuiCoded} {
		tables := roundTrip(t, cs, "book.xlsx", func(w io.Writer) error {
			return WriteXLSX(w, cs, WriteOptions{Layout: layout, Date: "2026-03-09", Sectors: infos()})
		})
		if len(tables) != len(cs) {
			t.Fatalf("%s: read %d catalogs, want %d", layout, len(tables), len(cs))
		}
		fields := columnsOfAll
		if layout == AnhuiCoded {
			fields = append([]catalog.Field{catalog.FieldCode}, fields...)
		}
		for i := range cs {
			if tables[i].Sector != cs[i].Sector || tables[i].Unit != cs[i].Unit.Publisher() || tables[i].Layout != layout {
				t.Errorf("%s: catalog %d is of %s, %s, %s", layout, i, tables[i].Sector, tables[i].Unit, tables[i].Layout)
			}
			if len(tables[i].Problems) > 0 {
				t.Errorf("%s: problems %+v", layout, tables[i].Problems)
			}
			sameEntries(t, cs[i].Entries, tables[i].Entries, fields)
		}
	}
}

func TestTablesOfValuesComeBackEqual(t *testing.T) {
	cs := catalogtest.Catalogs(12, 260)
	tables := roundTrip(t, cs, "all.csv", func(w io.Writer) error { return WriteCSV(w, cs, WriteOptions{Sectors: infos()}) })
	if len(tables) != len(cs) {
		t.Fatalf("read %d catalogs, want %d", len(tables), len(cs))
	}
	for i := range cs {
		if tables[i].Sector != cs[i].Sector {
			t.Errorf("catalog %d is of %s, want %s", i, tables[i].Sector, cs[i].Sector)
		}
		sameEntries(t, cs[i].Entries, tables[i].Entries, append([]catalog.Field{catalog.FieldCode, catalog.FieldLink}, columnsOfAll...))
	}
}

// TestAnyWorkbookComesBackEqual tries texts nobody would write.
func TestAnyWorkbookComesBackEqual(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := catalogtest.Catalog().Draw(rt, "catalog")
		if c.NotApplicable != nil || len(c.Entries) == 0 {
			return
		}
		for i := range c.Entries {
			cellable(&c.Entries[i], i)
		}
		tables := roundTrip(t, nil, "book.xlsx", func(w io.Writer) error {
			return WriteXLSX(w, []catalog.Catalog{c}, WriteOptions{Sectors: infos()})
		})
		if len(tables) != 1 {
			rt.Fatalf("read %d catalogs", len(tables))
		}
		sameEntries(rt, c.Entries, tables[0].Entries, columnsOfAll)
	})
}

// cellable makes an entry one that a cell can hold: with a name, and without
// line breaks and characters that reading is free to lay out differently.
func cellable(e *catalog.Entry, i int) {
	e.Path = []string{fmt.Sprintf("甲事项%d", i/3), fmt.Sprintf("乙事项%d", i)}
	e.Content, e.Publisher = printable(e.Content), printable(e.Publisher)
	e.Channels.May = 0
	for _, f := range []catalog.Field{catalog.FieldTimeLimit, catalog.FieldChannels, catalog.FieldAudience} {
		if err := e.SetText(f, printable(e.Text(f))); err != nil {
			panic(err)
		}
	}
	e.Basis = catalog.ParseBasis(printable(e.Basis.String()))
}

// printable keeps Chinese characters, letters and digits: no marks that stand
// for an empty or a ticked cell.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r >= 0x4e00 && r < 0xa000 && r != '无' && r != '口' {
			return r
		}
		return -1
	}, s)
}
