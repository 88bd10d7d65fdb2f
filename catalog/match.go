package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// MatchThreshold is the confidence below which MatchEntries sees no match.
const MatchThreshold = 0.6

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
// entry of the template (nil: none) that the drafts lack. Each is matched at most
// once; what fits best is matched first, by the reasons in their order, then by
// confidence. Entries of different sectors do not match. The result is in the
// order of the strangers and depends on nothing but the arguments.
func MatchEntries(drafts []Entry, template *Template, incoming []Entry) []Match {
	targets := matchTargets(drafts, template)
	var pairs []matchPair
	for i := range incoming {
		in := newMatchSide(&incoming[i])
		for j := range targets {
			if p, ok := in.pair(&targets[j].matchSide); ok {
				p.incoming, p.target = i, j
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
		out = append(out, Match{p.incoming, t.draft, t.entry.Template, p.confidence, matchReasons[p.rank]})
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
}

type matchTarget struct {
	matchSide
	draft EntryID
}

// matchTargets are the drafts, then the template's entries that no draft came from.
func matchTargets(drafts []Entry, template *Template) []matchTarget {
	var out []matchTarget
	have := map[TemplateID]bool{}
	for i := range drafts {
		out = append(out, matchTarget{newMatchSide(&drafts[i]), drafts[i].ID})
		have[drafts[i].Template] = true
	}
	if template == nil {
		return out
	}
	for i := range template.Entries {
		te := &template.Entries[i]
		if have[te.ID] {
			continue
		}
		out = append(out, matchTarget{matchSide: newMatchSide(&Entry{
			Sector: template.Sector, Template: te.ID, Code: te.Code, Path: te.Path, Content: te.Content, Basis: te.Basis,
		})})
	}
	return out
}

// matchSide is what is compared of an entry, prepared.
type matchSide struct {
	entry  *Entry
	key    string    // its names, folded, without numbering
	upper  nameWords // of all levels but the last
	last   nameWords
	whole  nameWords
	bigram []uint32 // of content, sorted; made when first wanted
}

func newMatchSide(e *Entry) matchSide {
	s := matchSide{entry: e}
	var names []string
	for _, level := range e.Path {
		if n := plainName(level); n != "" {
			names = append(names, n)
		}
	}
	s.key = strings.Join(names, "\n")
	if n := len(names); n > 0 {
		s.last = wordsOf(names[n-1])
		s.upper = wordsOf(names[:n-1]...)
		s.whole = joinWords(s.upper, s.last)
	}
	return s
}

// pair compares two entries; false: they do not match.
func (s *matchSide) pair(t *matchSide) (matchPair, bool) {
	a, b := s.entry, t.entry
	if a.Template != "" && a.Template == b.Template {
		return matchPair{rank: 0, confidence: 1}, true
	}
	if a.Sector != b.Sector && a.Sector != "" && b.Sector != "" {
		return matchPair{}, false
	}
	sameCode := a.Code != "" && a.Code == b.Code
	samePath := s.key != "" && s.key == t.key
	if !sameCode && !samePath && s.whole.seen&t.whole.seen == 0 {
		return matchPair{}, false
	}
	names := nameLikeness(s, t)
	switch {
	case sameCode && (names >= 0.3 || s.key == "" || t.key == ""):
		return matchPair{rank: 1, confidence: 0.97, tie: s.backing(t)}, true
	case samePath:
		return matchPair{rank: 2, confidence: 0.95, tie: s.backing(t)}, true
	case names < 0.6:
		// No content can make up for that.
		return matchPair{}, false
	}
	tie := s.backing(t)
	likeness := 0.9*names + 0.1*tie
	if a.Content == "" && len(a.Basis) == 0 || b.Content == "" && len(b.Basis) == 0 {
		likeness = names
	}
	p := matchPair{rank: 3, confidence: 0.9 * likeness, tie: tie}
	return p, p.confidence >= MatchThreshold
}

// nameLikeness compares the names of two entries, 0 to 1: level by level, level by
// level exchanged, and all in one, whichever is best.
func nameLikeness(s, t *matchSide) float64 {
	whole := likeness(s.whole, t.whole)
	if len(s.upper.ids) == 0 || len(t.upper.ids) == 0 {
		return 0.95 * whole
	}
	upper, last := likeness(s.upper, t.upper), likeness(s.last, t.last)
	best := both(upper, last)
	if upper < 0.9 { // else they are not exchanged, even if a level says what the other does
		best = max(best, 0.97*both(likeness(s.upper, t.last), likeness(s.last, t.upper)))
	}
	if last > 0 {
		best = max(best, 0.85*whole)
	}
	// A long name of its own is enough, whatever stands above it.
	if last == 1 && s.last.weight >= 5 {
		best = max(best, 0.8)
	}
	return best
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
			common += wordWeight(a.ids[i])
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
