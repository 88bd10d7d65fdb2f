package templates

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"mulutong/catalog"
)

func TestFindPutsTheBestFirst(t *testing.T) {
	tests := []struct{ name, query, want string }{
		{"by code", "340223100", "340223100"},
		{"by a village's code", "340223100005", "340223100"},
		{"by a code filled up with zeros", "340200", "3402"},
		{"by name", "籍山镇", "340223100"},
		{"by short name", "籍山", "340223100"},
		{"by a part of the name", "南陵工业", "340223400"},
		{"by county and township", "南陵 籍山", "340223100"},
		{"in any order", "籍山 南陵", "340223100"},
		{"by pinyin", "jishanzhen", "340223100"},
		{"by short pinyin in capitals", "NanLing", "340223"},
		{"by pinyin of county and township", "nanling jishan", "340223100"},
		{"by initials of county and township", "nl jsz", "340223100"},
		{"by initials in one go", "nljs", "340223100"},
		{"by pinyin in one go", "nanlingjishan", "340223100"},
		{"by the path in one go", "安徽省芜湖市南陵县籍山镇", "340223100"},
		{"by the path without kinds", "芜湖南陵籍山", "340223100"},
		{"county before townships of its name", "南陵", "340223"},
		{"city by pinyin", "wuhu", "3402"},
		{"city by initials", "whs", "1503"},
		{"with punctuation", "南陵县，籍山镇", "340223100"},
		{"with an apostrophe", "lu'an", "3415"},
		{"many readings: 重庆", "chongqing", "50"},
		{"many readings: 长沙", "changsha", "4301"},
		{"many readings: 厦门", "xiamen", "3502"},
		{"many readings: 六安", "luan", "3415"},
		{"many readings: 蚌埠", "bengbu", "3403"},
		{"many readings: 亳州", "bozhou", "3416"},
		{"many readings: 繁昌", "fanchang", "340212"},
		{"many readings: 湾沚", "wanzhi", "340210"},
		{"many readings: 乐清", "yueqing", "330382"},
		{"many readings: 番禺", "panyu", "440113"},
		{"many readings: 浚县", "xunxian", "410621"},
		{"many readings: 东阿", "donge", "371524"},
		{"many readings: 台州", "taizhou", "3212"},
		{"peoples left out", "恩施 来凤", "422827"},
	}
	x := Divisions()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := x.Find(tt.query, 5)
			if len(got) == 0 || got[0].Code != tt.want {
				t.Errorf("Find(%q) = %v, want %s first", tt.query, got, tt.want)
			}
		})
	}
}

func TestFindFindsNothingInNonsense(t *testing.T) {
	x := Divisions()
	for _, q := range []string{"", "   ", "冥王星", "qqqqqq", "999999", "市辖区", "a b c d e", strings.Repeat("镇", 1000), "\xff\xfe"} {
		if got := x.Find(q, 5); len(got) != 0 {
			t.Errorf("Find(%q) = %v, want nothing", q, got)
		}
	}
	if got := x.Find("芜湖", 0); got != nil {
		t.Errorf("Find with limit 0 = %v", got)
	}
}

func TestFindLooksAtFewDivisions(t *testing.T) {
	x := Divisions()
	most := 2*len(x.upper) + (maxWords+1)*maxLooked + maxPaths
	queries := []string{"3", "镇", "z", "zh", "山", "街道", "安徽 镇", "z z z z", "市 县 区 镇", "zzzz", "中华人民共和国", "a b c d"}
	for _, q := range queries {
		if _, looked := x.search(q); looked > most {
			t.Errorf("%q looks at %d divisions, more than %d", q, looked, most)
		}
	}
	for _, q := range []string{"籍山", "籍山镇", "jishan", "南陵县籍山镇", "nljs", "340223100"} {
		if _, looked := x.search(q); looked > len(x.all)/4 {
			t.Errorf("%q looks at %d divisions of %d", q, looked, len(x.all))
		}
	}
}

func TestEveryDivisionIsFound(t *testing.T) {
	x := Divisions()
	if n := len(x.all); n < 44_000 {
		t.Fatalf("%d divisions", n)
	}
	for i := 0; i < len(x.all); i += 97 {
		d := &x.all[i]
		if !IsPlace(d.name) {
			continue
		}
		county := x.name(d.code[:min(len(d.code), countyCode)])
		for _, q := range []string{d.code, county + " " + d.name, x.name(d.code[:provinceCode]) + " " + d.pinyin} {
			if !slices.Contains(x.Find(q, 50), d.public()) {
				t.Errorf("%q does not find %s %s", q, d.code, d.name)
			}
		}
	}
}

func TestDivisionsHoldTogether(t *testing.T) {
	x := Divisions()
	for i := range x.all {
		d := &x.all[i]
		if d.name == "" || d.pinyin == "" || strings.Trim(d.pinyin, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			t.Errorf("%s %q is read %q", d.code, d.name, d.pinyin)
		}
		if above, ok := x.at(d.code[:len(d.code)-map[int]int{2: 2, 4: 2, 6: 2, 9: 3}[len(d.code)]]); ok && int32(above) != d.parent {
			t.Errorf("%s lies in %s", d.code, x.all[d.parent].code)
		}
		if !strings.HasPrefix(d.name, d.name[:d.shortName]) || d.shortName == 0 || d.shortPinyin == 0 || d.shortInitials == 0 {
			t.Errorf("%s %s has no short name", d.code, d.name)
		}
	}
}

func TestBelowListsOneLevel(t *testing.T) {
	x := Divisions()
	if n := len(x.Below("")); n != 31 {
		t.Errorf("%d provinces, want 31", n)
	}
	for _, want := range []catalog.Division{{Code: "340202", Name: "镜湖区"}, {Code: "340210", Name: "湾沚区"}, {Code: "340281", Name: "无为市"}} {
		if !slices.Contains(x.Below("3402"), want) {
			t.Errorf("Below(3402) = %v, lacks %v", x.Below("3402"), want)
		}
	}
	towns := x.Below("340223")
	if len(towns) == 0 || towns[0] != (catalog.Division{Code: "340223100", Name: "籍山镇"}) {
		t.Errorf("Below(340223) = %v", towns)
	}
	for _, code := range []string{"340223100", "99", "3", "nonsense"} {
		if got := x.Below(code); len(got) != 0 {
			t.Errorf("Below(%s) = %v, want nothing", code, got)
		}
	}
}

func TestUnitOfADivision(t *testing.T) {
	tests := []struct {
		name string
		want catalog.Unit
	}{
		{"a township", catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市", Parent: "340223"}},
		{"a county", catalog.Unit{ID: "340223", Name: "南陵县", Kind: catalog.CountyUnit, Division: "340223", County: "南陵县", City: "芜湖市", Parent: "3402"}},
		{"a city", catalog.Unit{ID: "3402", Name: "芜湖市", Kind: catalog.CityUnit, Division: "3402", City: "芜湖市"}},
		{"a district of a municipality", catalog.Unit{ID: "110101", Name: "东城区", Kind: catalog.CountyUnit, Division: "110101", County: "东城区", City: "北京市", Parent: "1101"}},
		{"a county without a city", catalog.Unit{ID: "429004", Name: "仙桃市", Kind: catalog.CountyUnit, Division: "429004", County: "仙桃市", City: "湖北省", Parent: "4290"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Divisions().UnitOf(tt.want.Division)
			if err != nil || got != tt.want {
				t.Errorf("UnitOf = %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
	for _, code := range []string{"34", "999999999", "", "34022"} {
		if _, err := Divisions().UnitOf(code); !errors.Is(err, catalog.ErrNotFound) {
			t.Errorf("UnitOf(%q): %v, want not found", code, err)
		}
	}
}

func packedDivisions(t testing.TB) []byte {
	b, err := embedded.ReadFile("data/divisions.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadDivisionsRefusesWhatIsBroken(t *testing.T) {
	packed := packedDivisions(t)
	for _, b := range [][]byte{nil, []byte("no gzip"), packed[:len(packed)/2]} {
		if _, err := readDivisions(b); err == nil {
			t.Errorf("%d broken bytes: no error", len(b))
		}
	}
}

// TestProgramsCarryNoDictionary: readings are worked out when the data are made.
func TestProgramsCarryNoDictionary(t *testing.T) {
	deps, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(deps), "mulutong/catalog\n") || strings.Contains(string(deps), "pinyin") {
		t.Errorf("templates is linked with:\n%s", deps)
	}
}

func FuzzFind(f *testing.F) {
	for _, q := range []string{"340223100", "籍山", "南陵 籍山", "nljs", "nanling jishan", "安徽省芜湖市", "\xff", "z z z z"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		found := Divisions().Find(q, 10)
		if len(found) > 10 {
			t.Fatalf("%d found, asked for 10", len(found))
		}
		for i, d := range found {
			if known, ok := Divisions().ByCode(d.Code); !ok || known != d {
				t.Fatalf("found %v, which is not in the list", d)
			}
			if slices.Contains(found[:i], d) {
				t.Fatalf("%v is found twice", d)
			}
		}
	})
}

func BenchmarkReadDivisions(b *testing.B) {
	packed := packedDivisions(b)
	for b.Loop() {
		if _, err := readDivisions(packed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	x := Divisions()
	for _, q := range []string{"340223100", "籍山", "南陵 籍山", "南陵 镇", "nanling jishan", "nljs", "镇", "z", "a b c d", "安徽省芜湖市南陵县籍山镇"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				x.Find(q, 20)
			}
		})
	}
}
