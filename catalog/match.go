package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// MatchThreshold is the confidence below which MatchEntries sees no match.
const MatchThreshold = 0.6

// MatchSure is the confidence below which a person should look at a match.
const MatchSure = 0.8

// Reasons of a match, best first, and the confidence each gives.
const (
	MatchTemplate = "template" // the same template entry: 1
	MatchCode     = "code"     // the same code, and names that do not deny it: 0.97
	MatchPath     = "path"     // the same names, numbering aside: 0.95
	MatchSimilar  = "similar"  // similar names, backed by content and basis: up to 0.9
)

// Match says which draft a stranger's entry is about.
type Match struct {
	Incoming   int        `json:"incoming"`           // its place among the strangers
	Draft      EntryID    `json:"draft,omitempty"`    // empty: the template has it, the drafts do not
	Template   TemplateID `json:"template,omitempty"` // of the draft, or the template entry itself
	Confidence float64    `json:"confidence"`         // MatchThreshold to 1
	Why        string     `json:"why"`                // one of the reasons above
}

// MatchEntries finds for each stranger's entry the draft it is about, or else the
// entry of the template (nil: none) that the drafts lack. A draft goes by its own
// names and by those its template entry has elsewhere. Each is matched at most
// once; what fits best is matched first, by the reasons in their order, then by
// confidence. Entries of different sectors do not match. The result is in the
// order of the strangers and depends on nothing but the arguments.
func MatchEntries(drafts []Entry, template *Template, incoming []Entry) []Match {
	targets := matchTargets(drafts, template)
	rarity := rarityOf(targets)
	for i := range targets {
		for j := range targets[i].sides {
			targets[i].sides[j].weigh(rarity)
		}
	}
	var pairs, all []matchPair
	for i := range incoming {
		in := newMatchSide(&incoming[i])
		in.weigh(rarity)
		short, deep := in.withoutFirst()
		short.weigh(rarity)
		all = all[:0]
		for j := range targets {
			p := targets[j].pair(&in)
			if deep {
				p = p.or(targets[j].pair(&short))
			}
			p.incoming, p.target = i, j
			all = append(all, p)
		}
		in.settle(all)
		for _, p := range all {
			if p.rank != rankNone && p.confidence >= MatchThreshold {
				pairs = append(pairs, p)
			}
		}
	}
	slices.SortFunc(pairs, func(a, b matchPair) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.confidence, a.confidence),
			cmp.Compare(b.tie, a.tie), cmp.Compare(a.incoming, b.incoming), cmp.Compare(a.target, b.target))
	})
	usedIn, usedTarget := make([]bool, len(incoming)), make([]bool, len(targets))
	var out []Match
	for _, p := range pairs {
		if usedIn[p.incoming] || usedTarget[p.target] {
			continue
		}
		usedIn[p.incoming], usedTarget[p.target] = true, true
		t := &targets[p.target]
		out = append(out, Match{p.incoming, t.draft, t.sides[0].entry.Template, p.confidence, matchReasons[p.rank]})
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Compare(a.Incoming, b.Incoming) })
	return out
}

var matchReasons = [...]string{MatchTemplate, MatchCode, MatchPath, MatchSimilar}

// matchPair is a stranger that may be about a target.
type matchPair struct {
	incoming, target int
	rank             int // in matchReasons
	confidence       float64
	tie              float64 // how alike content and basis are
	names            names
	other            bool // by another name than its own
}

const (
	rankSimilar = 3
	rankNone    = 4
)

// matchTarget is an entry to be found, under all its names.
type matchTarget struct {
	sides []matchSide // its own names first
	draft EntryID
}

// elsewhere is what a match loses by a name that another catalog has for it.
const elsewhere = 0.97

// pair compares an entry with the target under each of its names.
func (t *matchTarget) pair(in *matchSide) matchPair {
	best := in.pair(&t.sides[0])
	for i := 1; i < len(t.sides); i++ {
		best = best.or(in.pair(&t.sides[i]))
	}
	return best
}

// or is p, or what another name gives if that is better.
func (p matchPair) or(o matchPair) matchPair {
	o.confidence, o.other = o.confidence*elsewhere, true
	if cmp.Or(cmp.Compare(p.rank, o.rank), cmp.Compare(o.confidence, p.confidence)) > 0 {
		return o
	}
	return p
}

// matchTargets are the drafts, then the template's entries that no draft came from.
func matchTargets(drafts []Entry, template *Template) []matchTarget {
	known := map[TemplateID]*TemplateEntry{}
	if template != nil {
		for i := range template.Entries {
			known[template.Entries[i].ID] = &template.Entries[i]
		}
	}
	var out []matchTarget
	have := map[TemplateID]bool{}
	for i := range drafts {
		out = append(out, newMatchTarget(&drafts[i], known[drafts[i].Template], drafts[i].ID))
		have[drafts[i].Template] = true
	}
	if template == nil {
		return out
	}
	for i := range template.Entries {
		if te := &template.Entries[i]; !have[te.ID] {
			e := Entry{Sector: template.Sector, Template: te.ID, Code: te.Code, Path: te.Path, Content: te.Content, Basis: te.Basis}
			out = append(out, newMatchTarget(&e, te, ""))
		}
	}
	return out
}

func newMatchTarget(e *Entry, te *TemplateEntry, draft EntryID) matchTarget {
	t := matchTarget{[]matchSide{newMatchSide(e)}, draft}
	if te == nil {
		return t
	}
	for _, name := range te.AlsoCalled {
		other := *e
		other.Path = strings.Split(name, " / ")
		if len(other.Path) == 1 { // only the last level is another
			other.Path = append(slices.Clone(e.Path[:max(len(e.Path)-1, 0)]), name)
		}
		t.sides = append(t.sides, newMatchSide(&other))
	}
	return t
}

// matchSide is what is compared of an entry, prepared.
type matchSide struct {
	entry  *Entry
	key    string    // its names, folded, without numbering
	upper  nameWords // of all levels but the last
	last   nameWords
	whole  nameWords
	own    float64  // what the words of the last level weigh that say what it is about
	bigram []uint32 // of content, sorted; made when first wanted
}

func newMatchSide(e *Entry) matchSide {
	s := matchSide{entry: e}
	var names []string
	for i, level := range e.Path {
		if i == 0 && len(e.Path) > 1 && strings.HasSuffix(strings.TrimSpace(level), "领域") {
			continue // the sector's name
		}
		if n := plainName(level); n != "" && (len(names) == 0 || names[len(names)-1] != n) {
			names = append(names, n)
		}
	}
	s.key = strings.Join(names, "\n")
	if n := len(names); n > 0 {
		s.last = wordsOf(names[n-1])
		for _, id := range s.last.ids {
			if id < wordBase || id&lightWord == 0 {
				s.own += wordWeight(id)
			}
		}
		s.upper = wordsOf(names[:n-1]...)
		s.whole = joinWords(s.upper, s.last)
	}
	return s
}

// withoutFirst is s without its first level, for tables that put one above the
// guideline's: 社会救助 / 最低生活保障 / 服务指南.
func (s *matchSide) withoutFirst() (matchSide, bool) {
	if len(s.entry.Path) < 3 {
		return matchSide{}, false
	}
	e := *s.entry
	e.Path = e.Path[1:]
	return newMatchSide(&e), true
}

func (s *matchSide) weigh(r rarity) {
	s.upper.weigh(r)
	s.last.weigh(r)
	s.whole.weigh(r)
}

// rarityOf counts the words in the targets' names.
func rarityOf(targets []matchTarget) rarity {
	r := rarity{len(targets), map[uint32]int{}}
	for i := range targets {
		for _, id := range targets[i].sides[0].whole.ids {
			r.of[id]++
		}
	}
	return r
}

// pair compares two entries. That names are alike is not yet a match: see settle.
func (s *matchSide) pair(t *matchSide) matchPair {
	a, b := s.entry, t.entry
	if a.Template != "" && a.Template == b.Template {
		return matchPair{rank: 0, confidence: 1}
	}
	if a.Sector != b.Sector && a.Sector != "" && b.Sector != "" {
		return matchPair{rank: rankNone}
	}
	sameCode := a.Code != "" && a.Code == b.Code
	samePath := s.key != "" && s.key == t.key
	if !sameCode && !samePath && s.whole.seen&t.whole.seen == 0 {
		return matchPair{rank: rankNone}
	}
	names := s.likeness(t)
	switch {
	case sameCode && (names.best >= 0.3 || s.key == "" || t.key == ""):
		return matchPair{rank: 1, confidence: 0.97, tie: s.backing(t)}
	case samePath:
		return matchPair{rank: 2, confidence: 0.95, tie: s.backing(t), names: names}
	case names.best < 0.3 && names.upper < 0.6:
		return matchPair{rank: rankNone}
	}
	return matchPair{rank: rankSimilar, confidence: 0.9 * names.best, tie: s.backing(t), names: names}
}

// settle decides what the likeness of names is worth, for one entry and all it was
// compared with. A name is worth more where no other target has one like it, and
// content that one target alone has speaks for that.
func (in *matchSide) settle(pairs []matchPair) {
	var last, tie top
	for i := range pairs {
		last.add(pairs[i].names.last)
		tie.add(pairs[i].tie)
	}
	for i := range pairs {
		p := &pairs[i]
		if p.rank != rankSimilar {
			continue
		}
		names := p.names.best
		// A name of its own is enough, whatever stands above it.
		if (in.own >= 3 || in.own >= 2 && p.names.upper > 0) && p.names.last >= 0.8 && last.alone(p.names.last, 0.25) {
			names = max(names, 0.75*p.names.last+0.15*p.names.upper)
		}
		if in.content() && tie.best > 0 {
			switch {
			case p.tie >= 0.7 && tie.alone(p.tie, 0.25) && (names >= 0.35 || p.names.upper >= 0.6):
				names = max(names, 0.7) + 0.1*p.tie
			default:
				names = 0.9*names + 0.1*p.tie
			}
		}
		p.confidence = 0.9 * min(names, 1)
		if p.other {
			p.confidence *= elsewhere
		}
	}
}

// top keeps the best two of several figures.
type top struct{ best, second float64 }

func (t *top) add(v float64) {
	if v > t.best {
		t.best, t.second = v, t.best
	} else {
		t.second = max(t.second, v)
	}
}

// alone tells whether v is the best by a margin.
func (t top) alone(v, margin float64) bool { return v == t.best && t.best-t.second >= margin }

// names is how alike the names of two entries are, each 0 to 1.
type names struct {
	upper, last float64 // level by level
	best        float64 // level by level, exchanged, or all in one
}

func (s *matchSide) likeness(t *matchSide) names {
	whole := likeness(s.whole, t.whole)
	n := names{upper: likeness(s.upper, t.upper), last: likeness(s.last, t.last)}
	if len(s.upper.ids) == 0 || len(t.upper.ids) == 0 {
		n.best = 0.95 * whole
		return n
	}
	n.best = both(n.upper, n.last)
	if n.upper < 0.9 { // else they are not exchanged, even if a level says what the other does
		n.best = max(n.best, 0.97*both(likeness(s.upper, t.last), likeness(s.last, t.upper)))
	}
	if n.last > 0 {
		n.best = max(n.best, 0.85*whole)
	}
	return n
}

// both is high only where a and b are.
func both(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

// likeness compares names by their words, in any order. A word that one side adds
// costs little, one that stands for another a lot: 临时救助 is much like 临时救助
// 工作, and little like 医疗救助. Two known words for each other all but deny it:
// 行政处罚, 行政强制.
func likeness(a, b nameWords) float64 {
	if a.seen&b.seen == 0 {
		return 0
	}
	common := 0.0
	knownA, knownB := false, false // known words of one side only
	i, j := 0, 0
	for i < len(a.ids) || j < len(b.ids) {
		switch {
		case j == len(b.ids) || i < len(a.ids) && a.ids[i] < b.ids[j]:
			knownA = knownA || a.ids[i] >= wordBase
			i++
		case i == len(a.ids) || a.ids[i] > b.ids[j]:
			knownB = knownB || b.ids[j] >= wordBase
			j++
		default:
			common += a.weights[i]
			i++
			j++
		}
	}
	onlyA, onlyB := a.weight-common, b.weight-common
	less, more := min(onlyA, onlyB), max(onlyA, onlyB)
	l := common / (common + 1.5*less + 0.35*(more-less))
	if knownA && knownB {
		l *= 0.6
	}
	return l
}

// backing compares content and basis, 0 to 1.
func (s *matchSide) backing(t *matchSide) float64 {
	s.prepare()
	t.prepare()
	return max(overlap(s.bigram, t.bigram), basisOverlap(s.entry.Basis, t.entry.Basis))
}

func (s *matchSide) content() bool { return s.entry.Content != "" || len(s.entry.Basis) > 0 }

// prepare takes the pairs of neighbouring characters from the beginning of content.
func (s *matchSide) prepare() {
	if s.bigram != nil {
		return
	}
	s.bigram = make([]uint32, 0, 64)
	var last rune
	for _, r := range s.entry.Content {
		if !isWordRune(r) {
			continue
		}
		if last != 0 {
			s.bigram = append(s.bigram, uint32(last)<<16^uint32(r))
		}
		if last = r; len(s.bigram) == cap(s.bigram) {
			break
		}
	}
	slices.Sort(s.bigram)
	s.bigram = slices.Compact(s.bigram)
}

// overlap is how much of the shorter is in the other.
func overlap(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return float64(n) / float64(min(len(a), len(b)))
}

func basisOverlap(a, b Basis) float64 {
	n := 0
	for _, c := range a {
		if c.Title != "" && slices.ContainsFunc(b, func(d Citation) bool { return d.Title == c.Title }) {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(max(len(a), len(b)))
}
