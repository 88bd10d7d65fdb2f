package sheet

import (
	"testing"

	"mulutong/catalog"
)

func TestSectorsByName(t *testing.T) {
	names := newSectorNames(testSectors(t))
	for text, want := range map[string]catalog.Sector{
		"社会救助领域基层政务公开标准目录":   "social-assistance",
		"国有土地上房屋征收与补偿领域目录":   "house-acquisition",
		"农村集体土地征收基层政务公开标准目录": "land-acquisition",
		"卫生健康":     "health",
		"3.公共文化体育": "culture",
		"就业服务中心社会保险领域目录": "social-insurance",
		"救 灾 领 域":  "disaster-relief",
		"退役军人事务领域": "",
		"":         "",
	} {
		if got := names.in(text); got != want {
			t.Errorf("%q is of sector %q, want %q", text, got, want)
		}
	}
}

func TestSectorsByMatters(t *testing.T) {
	names := newSectorNames(testSectors(t))
	for _, tt := range []struct {
		name  string
		paths [][]string
		want  catalog.Sector
	}{
		{"most speak of it", [][]string{{"出生登记"}, {"户口迁移"}, {"政策文件"}}, "household-registration"},
		{"few speak of it", [][]string{{"政策文件"}, {"机构设置"}, {"出生登记"}}, ""},
		{"two sectors alike", [][]string{{"出生登记"}, {"养老机构"}}, ""},
		{"none", [][]string{{"政策文件"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var rows []Row
			for _, p := range tt.paths {
				rows = append(rows, Row{Entry: catalog.Entry{Path: p}})
			}
			if got := names.byMatter(rows); got != tt.want {
				t.Errorf("sector is %q, want %q", got, tt.want)
			}
		})
	}
}

// A sector whose slug nobody knows would never be found.
func TestSectorWordsAreOfKnownSectors(t *testing.T) {
	names := newSectorNames(testSectors(t))
	for slug, words := range sectorWords {
		if !names.slugs[slug] || len(words) == 0 {
			t.Errorf("%s has words %q; is it a sector: %v", slug, words, names.slugs[slug])
		}
	}
	if len(sectorWords) != len(names.slugs) {
		t.Errorf("words for %d sectors, want %d", len(sectorWords), len(names.slugs))
	}
}
