package check

import (
	"slices"
	"strconv"
	"strings"

	"mulutong/catalog"
)

// entryRules compare entries with each other and with the template.
var entryRules = []Rule{
	{
		Name: "entry.duplicate", Severity: Error, Title: "事项重复",
		Why:         "同一目录里有两条各级名称完全相同的事项，常见于复制一行后忘了改名。",
		Do:          "改正后一条的名称；确实重复的，删去一条。",
		Field:       catalog.FieldSubmatter,
		Fails:       Example{{}, {}},
		Passes:      Example{{}, {catalog.FieldSubmatter: "办事指南"}},
		FailsWords:  "两条事项都叫“最低生活保障—审批信息”",
		PassesWords: "一条叫“最低生活保障—审批信息”，一条叫“最低生活保障—办事指南”",
		run:         (*pass).duplicate,
	},
	{
		Name: "entry.omitted", Severity: Error, Title: "缺少模板规定的事项",
		Why:         "模板里有的事项，目录里没有，也没有说明理由（缺项、漏项）。模板条目没有核实的，只作提醒。用“不涉及”写明理由的不算。",
		Do:          "补上这一条；本单位没有这项工作的，标记“不涉及”并写明理由。",
		Field:       "",
		Fails:       Example{},
		Passes:      Example{{}},
		FailsWords:  "模板有“最低生活保障—审批信息”，目录里没有，也没有标记“不涉及”",
		PassesWords: "目录里有“最低生活保障—审批信息”，或者标记了“不涉及”并写明理由",
	},
	{
		Name: "entry.changed-locked", Severity: Error, Title: "改动了模板锁定的栏目",
		Why:     "模板锁定的栏目来自国家标准指引，各单位不得改动。括号、空格、全半角的不同不算改动，把废止的依据换成替代它的文件也不算。模板条目没有核实的，只作提醒。",
		Do:      "恢复模板的内容；认为模板有误的，写明理由，由上级修改模板。",
		Fixable: true, Field: catalog.FieldTimeLimit,
		Fails:       Example{{}, {catalog.FieldPath: "临时救助\n办事指南", catalog.FieldTimeLimit: "制定或获取信息之日起15个工作日内"}},
		Passes:      Example{{}, {catalog.FieldPath: "临时救助\n办事指南", catalog.FieldTimeLimit: "制定或获取信息之日起10个工作日内"}},
		FailsWords:  "模板锁定公开时限“制定或获取信息之日起10个工作日内”，目录写成15个工作日",
		PassesWords: "公开时限与模板相同",
		run:         (*pass).changedLocked,
	},
}

// whole is what a catalog's entries show only beside each other.
type whole struct {
	wants      []*want     // entry → what the template has in its place
	duplicates map[int]int // entry → the first with the same path
	present    map[*want]bool
	counted    map[int][]counted // entry → fields in which a number was counted up
	skipped    map[int][]skipped // entry → numbers in its names that leave others out
	altered    map[int][]altered // entry → citations that differ from the entry's before by a year or number
	copied     map[int]bool      // entries that have the content of the one before
}

func newWhole(p *pass) *whole {
	w := &whole{
		wants: make([]*want, len(p.cat.Entries)), duplicates: map[int]int{}, present: map[*want]bool{}, counted: map[int][]counted{},
		skipped: map[int][]skipped{}, altered: map[int][]altered{}, copied: map[int]bool{},
	}
	entries := p.cat.Entries
	first := make(map[string]int, len(entries))
	for i := range entries {
		e := &entries[i]
		key := pathKey(e.Path)
		if t := p.target.find(e.Template, key); t != nil {
			w.wants[i], w.present[t] = t, true
		}
		if len(e.Path) == 0 || catalog.Unfilled(e.Path[len(e.Path)-1]) {
			continue
		}
		j, ok := first[key]
		if !ok {
			first[key] = i
		} else if !p.target.twins(&entries[j], e) {
			w.duplicates[i] = j
		}
	}
	w.countUps(entries)
	w.gaps(entries)
	w.alterations(entries)
	w.copies(entries)
	return w
}

// twins reports whether the template itself has two entries of one path.
func (t *target) twins(a, b *catalog.Entry) bool {
	return a.Template != b.Template && t.byID[a.Template] != nil && t.byID[b.Template] != nil &&
		pathKey(t.byID[a.Template].from.Path) == pathKey(t.byID[b.Template].from.Path)
}

func (p *pass) duplicate() {
	if p.whole == nil {
		return
	}
	j, ok := p.whole.duplicates[p.index]
	if !ok {
		p.namedLikeMatter()
		return
	}
	f := catalog.FieldSubmatter
	if len(p.e.Path) == 1 {
		f = catalog.FieldMatter
	}
	message := "“" + strings.Join(p.e.Path, "—") + "”与第" + strconv.Itoa(j+1) + "条重复。请改正名称；确实重复的，删去一条。"
	if !sameText(p.e.Content, p.cat.Entries[j].Content) {
		message = "“" + strings.Join(p.e.Path, "—") + "”与第" + strconv.Itoa(j+1) + "条名称相同，内容不同。请给两条写上不同的名称；确实重复的，删去一条。"
	}
	p.found(f, message, "")
}

// namedLikeMatter tells of a submatter that has its matter's name, unless the
// template has it so. It may be right: some guidelines have such.
func (p *pass) namedLikeMatter() {
	n := len(p.e.Path)
	if n != 2 || p.t != nil || catalog.Unfilled(p.e.Path[0]) || !sameText(p.e.Path[0], p.e.Path[1]) {
		return
	}
	p.foundAs(Info, catalog.FieldSubmatter, "二级事项"+quote(p.e.Path[1])+"与一级事项同名，看不出具体公开哪一项。请核对；标准指引如此的，可以不改。", "")
}

// omitted records the template entries of the unit's tier that no entry stands
// for. A unit of unknown kind is not told what it lacks.
func (p *pass) omitted() {
	if p.cat.Unit.Kind == "" {
		return
	}
	rule := ruleNamed("entry.omitted")
	for i := range p.target.wants[:p.target.own] {
		w := &p.target.wants[i]
		if p.whole.present[w] || !catalog.Unfilled(p.cat.Omitted[w.from.ID].Reason) {
			continue
		}
		severity := rule.Severity
		if !w.from.Confirmed {
			severity = Warning
		}
		p.out = append(p.out, Finding{
			Rule: rule.Name, Severity: severity, Sector: p.cat.Sector, Template: w.from.ID, Index: -1,
			Message: "缺少模板规定的事项“" + strings.Join(w.from.Path, "—") + "”。请补上；本单位没有这项工作的，标记“不涉及”并写明理由。",
		})
	}
}

func (p *pass) changedLocked() {
	if p.t == nil {
		return
	}
	severity := p.rule.Severity
	if !p.t.from.Confirmed || p.know.Guessed {
		severity = Warning
	}
	for _, f := range p.t.from.Locked {
		if p.kept(f) {
			continue
		}
		severity := severity
		if p.know.Guessed && (f == catalog.FieldPath || f == catalog.FieldMatter || f == catalog.FieldSubmatter) {
			severity = Info // it may be another matter
		}
		want := p.t.entry.Text(f)
		p.foundAs(severity, f, f.Name()+"是模板锁定的，不能改动，模板为"+quote(strings.ReplaceAll(want, "\n", "—"))+"。请恢复；认为模板有误的，写明理由。", want)
	}
}

// kept reports whether a locked field says what the template says. A field that
// is not filled in is another rule's, and so is one the template leaves open.
func (p *pass) kept(f catalog.Field) bool {
	want := &p.t.entry
	switch f {
	case catalog.FieldPath, catalog.FieldMatter, catalog.FieldSubmatter:
		if slices.ContainsFunc(p.e.Path, catalog.Unfilled) || len(p.e.Path) == 0 || p.sameMatter() {
			return true
		}
	case catalog.FieldBasis:
		return p.e.Unfilled(f) || p.basisKept()
	case catalog.FieldCode, catalog.FieldLink, catalog.FieldExtra:
		return want.Text(f) == "" || same(f, p.e, want)
	}
	if f != catalog.FieldPath && p.e.Unfilled(f) || want.Unfilled(f) {
		return true
	}
	return same(f, p.e, want)
}

// sameMatter reports whether the entry's path is one that the matter goes by.
func (p *pass) sameMatter() bool { return p.sectorFirst() || p.t.goesBy(p.e.Path) }

// goesBy reports whether a path is one that the template's matter goes by: its
// own, with a level said twice or numbered, or another name of it.
func (w *want) goesBy(path []string) bool {
	path = plainPath(path)
	own := plainPath(w.entry.Path)
	if slices.Equal(path, own) {
		return true
	}
	for _, name := range w.from.AlsoCalled {
		other := plainPath(strings.Split(name, " / "))
		if slices.Equal(path, other) || len(other) == 1 && len(path) == len(own) && path[len(path)-1] == other[0] && slices.Equal(path[:len(path)-1], own[:len(own)-1]) {
			return true
		}
	}
	return false
}

// plainPath is a path as it is compared: folded, without numbering, no level
// twice in a row.
func plainPath(path []string) []string {
	var out []string
	for _, s := range path {
		if number, name := numberOf(s); number != "" {
			s = name
		}
		if s = catalog.Fold(s); len(out) == 0 || out[len(out)-1] != s {
			out = append(out, s)
		}
	}
	return out
}

// basisKept reports whether the entry cites the acts that the template cites, or
// those that took their place; order and ways of citing do not count.
func (p *pass) basisKept() bool {
	want := p.t.entry.Basis
	if slices.EqualFunc(p.e.Basis, want, func(a, b catalog.Citation) bool { return a.Text == b.Text }) {
		return true
	}
	have := map[string]bool{}
	for _, c := range p.cites {
		have[c.meaning()] = true
	}
	wanted := map[string]bool{}
	for i := range want {
		m := p.citeOf(&want[i]).meaning()
		if !have[m] {
			return false
		}
		wanted[m] = true
	}
	for m := range have {
		if !wanted[m] {
			return false
		}
	}
	return true
}

// meaning is the same for citations that mean the same act today.
func (c *cite) meaning() string {
	switch {
	case c.Current != nil:
		return string(c.Current.ID)
	case c.Act != nil:
		return string(c.Act.ID)
	case c.Title != "":
		return catalog.Fold(c.Title + c.Number)
	}
	return c.plain
}
