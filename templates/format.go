package templates

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
)

// Bounds of a template file.
const (
	maxTemplateSize    = 4 << 20 // bytes
	maxTemplateEntries = 5000
)

// The labels of a template file. A label that names a tier or a field has it
// after a space: "主体 县级", "提示 公开时限".
const (
	labelSector    = "领域"
	labelVersion   = "版本"
	labelTitle     = "名称"
	labelSource    = "来源"
	labelNote      = "说明"
	labelAlso      = "又名"
	labelCode      = "编码"
	labelContent   = "内容"
	labelBasis     = "依据"
	labelLimit     = "时限"
	labelPublisher = "主体"
	labelMust      = "渠道"
	labelMay       = "可选渠道"
	labelAudience  = "对象"
	labelMode      = "方式"
	labelTiers     = "层级"
	labelLocked    = "锁定"
	labelHint      = "提示"
	labelLink      = "办理"
	labelLongLimit = "长时限"
	labelShared    = "主体可同上级"
	labelConfirmed = "已核"
	labelVariant   = "变体"
	labelDrop      = "去掉"
	labelRename    = "改称"
)

// prose are the labels whose text may run over several lines.
var prose = []string{labelNote, labelContent, labelLimit, labelHint, labelLongLimit}

var tiers = []catalog.Tier{catalog.City, catalog.County, catalog.Township, catalog.Village}

// fieldNamed finds a field by the heading of its column, brackets optional.
func fieldNamed(name string) (catalog.Field, bool) {
	switch name {
	case "公开内容":
		return catalog.FieldContent, true
	case "公开渠道":
		return catalog.FieldChannels, true
	case catalog.FieldMatter.Name():
		return catalog.FieldMatter, true
	case catalog.FieldSubmatter.Name():
		return catalog.FieldSubmatter, true
	}
	for _, f := range catalog.Fields {
		if f.Name() == name {
			return f, true
		}
	}
	return "", false
}

// item is one labelled text of a template file.
type item struct {
	line        int
	label, rest string // "主体", "县级"
	text        string
}

// ParseTemplate reads a template from its text. An entry that does not say
// whether it is confirmed is what the source is. The file's name is used in
// errors only. Everything wrong is reported at once, as *DataError values
// joined; then the template is nil.
func ParseTemplate(file string, src []byte) (*catalog.Template, error) {
	p := &parser{problems: problems{file: file}, t: &catalog.Template{}}
	if len(src) > maxTemplateSize {
		p.add(0, "the file has %d bytes, more than %d", len(src), maxTemplateSize)
		return nil, p.err()
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	n := 0
	for raw := range bytes.Lines(src) {
		n++
		p.line(n, string(bytes.TrimRight(raw, "\r\n")))
	}
	p.closeBlock()
	p.finish()
	if err := p.err(); err != nil {
		return nil, err
	}
	return p.t, nil
}

// parser holds a template while its lines come in. A block is the head of the
// file, an entry, or the head of a variant.
type parser struct {
	problems
	t       *catalog.Template
	block   block
	entry   catalog.TemplateEntry
	at      int // line of the block's first line
	items   []item
	sourced bool             // the head has its 来源
	variant *catalog.Variant // the variant that entries belong to, if any
	lines   map[catalog.TemplateID]int
	drops   []drop
}

type block uint8

const (
	headBlock block = iota
	entryBlock
	variantBlock
)

// drop remembers where a variant drops an entry, to be checked at the end.
type drop struct {
	line int
	id   catalog.TemplateID
}

func (p *parser) line(n int, s string) {
	if !utf8.ValidString(s) {
		p.add(n, "not UTF-8")
		return
	}
	switch {
	case strings.TrimSpace(s) == "" || strings.HasPrefix(s, "#"):
	case strings.HasPrefix(s, "  "):
		p.continuation(n, strings.TrimSpace(s))
	case s[0] == ' ' || s[0] == '\t':
		p.add(n, "a continuation line is indented by two spaces")
	case s[0] == '[':
		p.closeBlock()
		p.openEntry(n, s)
	default:
		label, text, ok := cutLabel(s)
		if !ok {
			p.add(n, "neither a label with a colon, an entry in [] nor a continuation: %s", clip(s))
			return
		}
		label, rest, _ := strings.Cut(label, " ")
		if label == labelVariant {
			p.closeBlock()
			p.openVariant(n, strings.TrimSpace(rest), text)
			return
		}
		p.items = append(p.items, item{line: n, label: label, rest: strings.TrimSpace(rest), text: text})
	}
}

// cutLabel cuts "label: text" at its colon, ASCII or full-width.
func cutLabel(s string) (label, text string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 {
		return "", "", false
	}
	_, w := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+w:]), true
}

func (p *parser) continuation(n int, s string) {
	if len(p.items) == 0 {
		p.add(n, "a continuation line without a field")
		return
	}
	it := &p.items[len(p.items)-1]
	if !slices.Contains(prose, it.label) {
		p.add(n, "%s takes one line", it.label)
		return
	}
	if it.text == "" {
		it.text = s
		return
	}
	it.text += "\n" + s
}

func (p *parser) openEntry(n int, s string) {
	p.block, p.at, p.entry = entryBlock, n, catalog.TemplateEntry{}
	id, path, ok := strings.Cut(s[1:], "]")
	if !ok {
		p.add(n, "the id lacks its closing bracket")
		return
	}
	p.entry.ID = catalog.TemplateID(id)
	if !validID(id) {
		p.add(n, "id %q is not t and four to eight digits", id)
	}
	for _, level := range strings.Split(path, " / ") {
		level = strings.TrimSpace(level)
		if strings.Trim(level, "/") != level || level == "" {
			p.add(n, "entry %s has a level without a name, or one that begins or ends with /", id)
			continue
		}
		p.entry.Path = append(p.entry.Path, level)
	}
}

func validID(id string) bool {
	digits, ok := strings.CutPrefix(id, "t")
	return ok && len(digits) >= 4 && len(digits) <= 8 && isDigits(digits)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (p *parser) openVariant(n int, divisions, reason string) {
	p.block, p.at = variantBlock, n
	p.t.Variants = append(p.t.Variants, catalog.Variant{Reason: reason})
	p.variant = &p.t.Variants[len(p.t.Variants)-1]
	p.lines = nil
	if reason == "" {
		p.add(n, "the variant lacks its reason")
	}
	for _, d := range strings.Split(divisions, "、") {
		d = strings.TrimSpace(d)
		if !isDigits(d) || !slices.Contains(codeLengths, len(d)) {
			p.add(n, "%q is not the code of a division", d)
			continue
		}
		p.variant.Divisions = append(p.variant.Divisions, d)
	}
}

// closeBlock takes what the block's items say.
func (p *parser) closeBlock() {
	used := map[string]int{}
	for _, it := range p.items {
		key := it.label + " " + it.rest
		if before, ok := used[key]; ok && it.label != labelBasis {
			p.add(it.line, "%s stands twice, first on line %d", strings.TrimSpace(key), before)
			continue
		}
		used[key] = it.line
		if it.text == "" {
			p.add(it.line, "%s is empty", strings.TrimSpace(key))
			continue
		}
		if it.rest != "" && it.label != labelPublisher && it.label != labelHint {
			p.add(it.line, "unknown label %q", it.label+" "+it.rest)
			continue
		}
		known := false
		switch p.block {
		case headBlock:
			known = p.head(it)
		case entryBlock:
			known = p.field(it)
		case variantBlock:
			known = p.departure(it)
		}
		if !known {
			p.add(it.line, "unknown label %q", clip(it.label))
		}
	}
	if p.block == entryBlock {
		if _, said := used[labelConfirmed+" "]; !said {
			p.entry.Confirmed = p.t.Source.Confirmed
		}
		p.closeEntry()
	}
	p.items = p.items[:0]
}

func (p *parser) head(it item) bool {
	switch it.label {
	case labelSector:
		p.t.Sector = catalog.Sector(it.text)
	case labelVersion:
		p.t.Version = it.text
	case labelTitle:
		p.t.Title = it.text
	case labelNote:
		p.t.Note = it.text
	case labelSource:
		p.source(it)
	default:
		return false
	}
	return true
}

// source reads "issuer | title | number | date | 已核 or 待核". A sector that a
// province added has no guideline: then all but the last are empty.
func (p *parser) source(it item) {
	p.sourced = true
	parts := strings.Split(it.text, "|")
	if len(parts) != 5 {
		p.add(it.line, "%s has %d parts between |, not the five issuer, title, number, date, 已核 or 待核", it.label, len(parts))
		return
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	s := catalog.Source{Issuer: parts[0], Title: parts[1], Number: parts[2], Date: catalog.Date(parts[3])}
	if s.Date != "" && !validDate(s.Date) {
		p.add(it.line, "%q is not a date such as 2019-04-30", parts[3])
	}
	switch parts[4] {
	case "已核":
		if s.Confirmed = true; s.Title == "" {
			p.add(it.line, "a source without a title cannot be 已核")
		}
	case "待核":
	default:
		p.add(it.line, "a source ends in 已核 or 待核, not %q", clip(parts[4]))
	}
	p.t.Source = s
}

func (p *parser) field(it item) bool {
	e := &p.entry
	switch it.label {
	case labelAlso:
		e.AlsoCalled = p.names(it)
	case labelCode:
		if e.Code = it.text; !isDigits(it.text) || len(it.text) != 9 {
			p.add(it.line, "code %q has not nine digits", clip(it.text))
		}
	case labelContent:
		e.Content = it.text
	case labelBasis:
		b := catalog.ParseBasis(it.text)
		if len(b) != 1 {
			p.add(it.line, "a line of %s holds one citation, this one %d", it.label, len(b))
		}
		e.Basis = append(e.Basis, b...)
	case labelLimit:
		e.TimeLimit = catalog.ParseTimeLimit(it.text)
	case labelPublisher:
		p.publisher(it)
	case labelMust:
		c := catalog.ParseChannels(it.text, catalog.Chosen)
		e.Channels.Set = c.Set
		e.Channels.Others = c.Others
	case labelMay:
		c := catalog.ParseChannels(it.text, catalog.Chosen)
		e.Channels.May = c.Set
		if len(c.Others) > 0 {
			p.add(it.line, "%s takes only the thirteen carriers, not %s", it.label, strings.Join(c.Others, "、"))
		}
	case labelAudience:
		if e.Audience = catalog.ParseAudience(it.text); e.Audience == (catalog.Audience{}) {
			p.add(it.line, "no audience in %q", clip(it.text))
		}
	case labelMode:
		if e.Mode = catalog.ParseMode(it.text); e.Mode == (catalog.Mode{}) {
			p.add(it.line, "no mode in %q", clip(it.text))
		}
	case labelTiers:
		if e.Tiers = catalog.ParseTiers(it.text); e.Tiers == 0 {
			p.add(it.line, "no tier in %q", clip(it.text))
		}
	case labelLocked:
		p.locked(it)
	case labelHint:
		p.hint(it)
	case labelLink:
		e.Link = it.text
	case labelLongLimit:
		e.LongLimit = it.text
	case labelShared:
		e.SharedPublisher = p.yes(it)
	case labelConfirmed:
		e.Confirmed = p.yes(it)
	default:
		return false
	}
	return true
}

// names reads names divided by semicolons.
func (p *parser) names(it item) []string {
	var out []string
	for _, name := range strings.FieldsFunc(it.text, func(c rune) bool { return c == ';' || c == '；' }) {
		name = strings.TrimSpace(name)
		switch {
		case name == "":
		case slices.Contains(out, name), slices.Contains(p.entry.Path, name):
			p.add(it.line, "the name %s stands twice", clip(name))
		default:
			out = append(out, name)
		}
	}
	return out
}

func (p *parser) publisher(it item) {
	for _, tier := range tiers {
		if tier.Name() != it.rest {
			continue
		}
		if p.entry.Publishers == nil {
			p.entry.Publishers = map[catalog.Tier]string{}
		}
		p.entry.Publishers[tier] = it.text
		return
	}
	p.add(it.line, "%s needs a tier (市级, 县级, 乡级, 村级), not %q", it.label, it.rest)
}

func (p *parser) locked(it item) {
	for _, name := range strings.Split(it.text, "、") {
		f, ok := fieldNamed(strings.TrimSpace(name))
		switch {
		case !ok:
			p.add(it.line, "unknown field %q", clip(name))
		case slices.Contains(p.entry.Locked, f):
			p.add(it.line, "field %s is locked twice", f.Name())
		default:
			p.entry.Locked = append(p.entry.Locked, f)
		}
	}
}

func (p *parser) hint(it item) {
	if it.rest == "" {
		p.entry.Hint = it.text
		return
	}
	f, ok := fieldNamed(it.rest)
	if !ok {
		p.add(it.line, "unknown field %q", clip(it.rest))
		return
	}
	if _, ok := p.entry.Hints[f]; ok {
		p.add(it.line, "a second hint about %s", f.Name())
		return
	}
	if p.entry.Hints == nil {
		p.entry.Hints = map[catalog.Field]string{}
	}
	p.entry.Hints[f] = it.text
}

func (p *parser) yes(it item) bool {
	if it.text != "是" && it.text != "否" {
		p.add(it.line, "%s is 是 or 否, not %q", it.label, clip(it.text))
	}
	return it.text == "是"
}

// departure reads the head of a variant: what it drops, and "old=new" names of
// publishers, divided by semicolons.
func (p *parser) departure(it item) bool {
	if it.label == labelRename {
		for _, pair := range strings.FieldsFunc(it.text, func(c rune) bool { return c == ';' || c == '；' }) {
			from, to, ok := strings.Cut(pair, "=")
			r := catalog.Rename{From: strings.TrimSpace(from), To: strings.TrimSpace(to)}
			if !ok || r.From == "" || r.To == "" {
				p.add(it.line, "%s is written old=new, not %q", it.label, clip(pair))
				continue
			}
			if !slices.ContainsFunc(p.t.Entries, func(e catalog.TemplateEntry) bool { return publishes(e, r.From) }) {
				p.add(it.line, "%s names %q, which publishes nothing in the template", it.label, clip(r.From))
			}
			p.variant.Rename = append(p.variant.Rename, r)
		}
		return true
	}
	if it.label != labelDrop {
		return false
	}
	for _, id := range strings.Split(it.text, "、") {
		d := drop{it.line, catalog.TemplateID(strings.TrimSpace(id))}
		p.drops = append(p.drops, d)
		p.variant.Drop = append(p.variant.Drop, d.id)
	}
	return true
}

// publishes tells whether a name stands among an entry's publishers.
func publishes(e catalog.TemplateEntry, name string) bool {
	for _, p := range e.Publishers {
		if strings.Contains(p, name) {
			return true
		}
	}
	return false
}

// closeEntry adds the entry to the template or its variant, once it is whole.
func (p *parser) closeEntry() {
	e := p.entry
	if before, ok := p.lines[e.ID]; ok {
		p.add(p.at, "id %s stands twice, first on line %d", e.ID, before)
		return
	}
	if p.lines == nil {
		p.lines = map[catalog.TemplateID]int{}
	}
	p.lines[e.ID] = p.at
	for _, m := range []struct {
		label   string
		missing bool
	}{
		{labelContent, e.Content == ""},
		{labelBasis, len(e.Basis) == 0},
		{labelLimit, e.TimeLimit.Text == ""},
		{labelPublisher, len(e.Publishers) == 0},
		{labelMust, e.Channels.IsZero()},
		{labelAudience, e.Audience == catalog.Audience{}},
		{labelMode, e.Mode == catalog.Mode{}},
		{labelTiers, e.Tiers == 0},
	} {
		if m.missing {
			p.add(p.at, "entry %s lacks %s", e.ID, m.label)
		}
	}
	for _, tier := range tiers {
		if e.Publishers[tier] != "" && e.Tiers != 0 && !e.Tiers.Has(tier) {
			p.add(p.at, "entry %s names a publisher for %s, which is not among its tiers", e.ID, tier.Name())
		}
	}
	if p.variant != nil {
		p.variant.Replace = append(p.variant.Replace, e)
	} else {
		p.t.Entries = append(p.t.Entries, e)
	}
	if len(p.t.Entries) > maxTemplateEntries {
		p.add(p.at, "more than %d entries", maxTemplateEntries)
	}
}

// finish checks what only the whole file tells.
func (p *parser) finish() {
	for _, h := range []struct{ label, text string }{
		{labelSector, string(p.t.Sector)}, {labelVersion, p.t.Version}, {labelTitle, p.t.Title},
	} {
		if h.text == "" {
			p.add(0, "the head lacks %s", h.label)
		}
	}
	if !p.sourced {
		p.add(0, "the head lacks %s", labelSource)
	}
	for _, d := range p.drops {
		if !slices.ContainsFunc(p.t.Entries, func(e catalog.TemplateEntry) bool { return e.ID == d.id }) {
			p.add(d.line, "%s drops %q, which the template has not", labelDrop, clip(string(d.id)))
		}
	}
}
