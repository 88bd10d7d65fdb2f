package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// sectorNames finds sectors by their names and other names.
type sectorNames struct {
	names []sectorName // longest first
	slugs map[catalog.Sector]bool
}

type sectorName struct {
	name     string
	slug     catalog.Sector
	optional bool // 旅游, 统计: words that stand in titles of other sectors too
}

func newSectorNames(sectors []catalog.SectorInfo) *sectorNames {
	n := &sectorNames{slugs: map[catalog.Sector]bool{}}
	for _, s := range sectors {
		n.slugs[s.Slug] = true
		for _, name := range append([]string{s.Name}, s.AlsoCalled...) {
			if name = squeeze(name); name != "" {
				n.names = append(n.names, sectorName{name, s.Slug, s.Optional})
			}
		}
	}
	slices.SortStableFunc(n.names, func(a, b sectorName) int { return len(b.name) - len(a.name) })
	return n
}

// in finds the sector a text names: the one before 领域, else the longest name.
// An optional sector's name alone must be the whole text.
func (n *sectorNames) in(text string) catalog.Sector {
	s := squeeze(text)
	for _, after := range []string{"领域", "基层", ""} {
		for _, name := range n.names {
			if strings.Contains(s, name.name+after) && (after != "" || !name.optional || s == name.name) {
				return name.slug
			}
		}
	}
	return ""
}

// at is where the first name of a sector begins in a text, -1 where none does.
func (n *sectorNames) at(text string) int {
	at := -1
	for _, name := range n.names {
		if i := strings.Index(text, name.name); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	return at
}

// cell reads a cell of the column of sectors: 社会救助120000000.
func (n *sectorNames) cell(s string) catalog.Sector {
	name, _ := splitCode(squeeze(s))
	name = strings.TrimSuffix(name, "领域")
	for _, k := range n.names {
		if k.name == name {
			return k.slug
		}
	}
	return n.in(name)
}

// sectorCell puts a cell of that column into the entry. A name nobody knows, and
// a code that the entry's own does not hold, are kept.
func (x *tableReader) sectorCell(e *catalog.Entry, at, c int, s string) {
	e.Sector = x.sectors.get(s)
	_, code := splitCode(squeeze(s))
	if e.Sector == "" {
		x.problemAt(at, c, UnknownSector, s)
	}
	if e.Sector == "" || code != "" && !(len(e.Code) >= 3 && code == e.Code[:3]+"000000") {
		extra(e, x.cols[c].name, s)
	}
}

// of tells a table's sector by its title, its sheet's name or, where neither
// names one, by what its entries are about.
func (n *sectorNames) of(t *Table) catalog.Sector {
	if s := n.in(t.Title); s != "" {
		return s
	}
	if s := n.in(t.Sheet); s != "" {
		return s
	}
	if namesSector(t.Title) || strings.Contains(t.Title, "基本目录") {
		return "" // of a sector that is not in the list, or of none
	}
	return n.byMatter(t.Entries)
}

// byMatter finds the sector whose words stand in at least half of the entries'
// names.
func (n *sectorNames) byMatter(entries []Row) catalog.Sector {
	count := map[catalog.Sector]int{}
	for i := range entries {
		path := strings.Join(entries[i].Path, " ")
		for slug, words := range sectorWords {
			if n.slugs[slug] && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(path, w) }) {
				count[slug]++
			}
		}
	}
	best, tie := catalog.Sector(""), false
	for slug, c := range count {
		switch {
		case best == "" || c > count[best]:
			best, tie = slug, false
		case c == count[best]:
			tie = true
		}
	}
	if tie || 2*count[best] < len(entries) {
		return ""
	}
	return best
}

// sectorWords are words that matters of one sector have in their names and those
// of others hardly.
var sectorWords = map[catalog.Sector][]string{
	"major-projects":         {"批准服务信息", "批准结果信息", "招标投标信息", "征收土地信息", "重大设计变更", "施工有关信息", "质量安全监督", "竣工有关信息"},
	"public-resources":       {"政府采购", "工程建设项目招标", "土地使用权出让", "矿业权", "国有产权", "公共资源"},
	"budget":                 {"财政预决算", "政府预算", "政府决算", "部门预算", "部门决算"},
	"work-safety":            {"安全生产", "事故", "应急管理", "重大危险源"},
	"tax":                    {"税收", "纳税", "税务", "发票"},
	"land-acquisition":       {"征地", "拟征收土地", "征收土地公告", "土地征收"},
	"house-acquisition":      {"房屋征收", "征收决定", "房屋调查", "征收补偿方案", "评估机构"},
	"housing":                {"保障性住房", "公租房", "公共租赁住房", "住房保障", "经济适用住房", "配租", "配售", "租赁补贴"},
	"rural-housing":          {"危房"},
	"environment":            {"环境影响评价", "排污", "生态环境", "污染", "危险废物", "环境"},
	"culture":                {"公共文化", "文化遗产", "文物", "图书馆", "文化馆", "群众文化", "文化活动"},
	"legal-services":         {"法律援助", "公证", "司法鉴定", "律师", "法治宣传", "人民调解", "法律服务"},
	"poverty-alleviation":    {"扶贫", "脱贫", "乡村振兴", "衔接资金", "贫困"},
	"disaster-relief":        {"救灾", "减灾", "备灾", "灾后", "灾害"},
	"food-drug":              {"食品", "药品", "餐饮", "医疗器械", "化妆品"},
	"urban-enforcement":      {"市容环境卫生", "城市综合执法", "违法建设", "城市管理执法", "户外广告"},
	"employment":             {"就业", "创业", "职业介绍", "招聘", "失业登记"},
	"social-insurance":       {"社会保险", "养老保险", "工伤保险", "失业保险", "参保"},
	"social-assistance":      {"最低生活保障", "低保", "特困人员", "临时救助", "社会救助"},
	"elderly-care":           {"养老服务", "养老机构", "老年人补贴", "高龄"},
	"household-registration": {"出生登记", "户口", "户籍", "迁移登记", "注销登记", "居民身份证", "居住证"},
	"farm-subsidies":         {"农机购置补贴", "耕地地力", "农业补贴", "涉农补贴", "种粮", "农业生产发展"},
	"education":              {"义务教育", "招生", "学校", "教师", "学生", "教育"},
	"health":                 {"医疗", "卫生", "母婴保健", "计划生育", "护士", "预防接种", "诊疗"},
	"municipal-services":     {"燃气", "供水", "排水", "城市道路", "园林绿化", "市政", "生活垃圾", "供热"},
	"planning":               {"城乡规划", "规划许可", "选址意见书", "详细规划", "总体规划", "村庄规划", "国土空间"},
}
