package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// MatchThreshold is the confidence below which MatchEntries sees no match.
const MatchThreshold = 0.6

// MatchSure is the confidence below which a person should look at a match.
const MatchSure = 0.9

// Reasons of a match, best first, and the confidence each gives.
const (
	MatchTemplate  = "template"   // the same template entry: 1
	MatchCode      = "code"       // the same code, and names that do not deny it: 0.97
	MatchPath      = "path"       // the same names, numbering aside: 0.98
	MatchOtherName = "other name" // the same as one of the template entry's other names: 0.95
	MatchSimilar   = "similar"    // similar names, backed by content and basis: up to 0.94
)

// MatchChosen is the reason of a match that a person made.
const MatchChosen = "chosen"

// Match says which draft a stranger's entry is about.
type Match struct {
	Incoming int        `json:"incoming"`           // its place among the strangers
	Draft    EntryID    `json:"draft,omitempty"`    // empty: the template has it, the drafts do not
	Template TemplateID `json:"template,omitempty"` // of the draft, or the template entry itself
	// Confidence is the share of such matches that are right, MatchThreshold to 1.
	// The labelled entries of package templates hold it to that.
	Confidence float64 `json:"confidence"`
	Why        string  `json:"why"` // one of the reasons above
}

// MatchEntries finds for each stranger's entry the draft it is about, or else the
// entry of the template (nil: none) that the drafts lack. A draft goes by its own
// names and by those its template entry has elsewhere. Each is matched at most
// once; what fits best is matched first, by the reasons in their order, then by
// confidence. Entries of different sectors do not match. The result is in the
// order of the strangers and depends on nothing but the arguments.
func MatchEntries(drafts []Entry, template *Template, incoming []Entry) []Match {
	found, _ := matchEntries(drafts, template, incoming)
	return found
}

// matchEntries returns the matches, and for each stranger what comes nearest: of
// one without a match it has a confidence below MatchThreshold, 0 for nothing, or
// else another stranger has it.
func matchEntries(drafts []Entry, template *Template, incoming []Entry) (found, near []Match) {
	m := newMatcher(drafts, template)
	near = make([]Match, len(incoming))
	var pairs []matchPair
	for i := range incoming {
		for _, p := range m.pairs(&incoming[i]) {
			p.incoming = i
			if p.confidence >= MatchThreshold {
				pairs = append(pairs, p)
			}
			if p.confidence > near[i].Confidence {
				near[i] = m.match(p)
			}
		}
	}
	slices.SortFunc(pairs, func(a, b matchPair) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.confidence, a.confidence),
			cmp.Compare(b.likeness, a.likeness), cmp.Compare(b.tie, a.tie), cmp.Compare(a.incoming, b.incoming), cmp.Compare(a.target, b.target))
	})
	usedIn, usedTarget := make([]bool, len(incoming)), make([]bool, len(m.targets))
	for _, p := range pairs {
		if usedIn[p.incoming] || usedTarget[p.target] {
			continue
		}
		usedIn[p.incoming], usedTarget[p.target] = true, true
		found = append(found, m.match(p))
	}
	slices.SortFunc(found, func(a, b Match) int { return cmp.Compare(a.Incoming, b.Incoming) })
	return found, near
}

// matchPair is a stranger that may be about a target.
type matchPair struct {
	incoming, target int
	rank             int // in matchReasons
	likeness         float64
	confidence       float64
	tie              float64 // how alike content and basis are
}

var matchReasons = [...]string{MatchTemplate, MatchCode, MatchPath, MatchOtherName, MatchSimilar}

const (
	rankTemplate = iota
	rankCode
	rankPath
	rankOtherName
	rankSimilar
)

// elsewhere is what a match loses by a name that another catalog has for it.
const elsewhere = 0.97

// matcher finds targets by their names.
type matcher struct {
	targets    []matchTarget
	names      []matchName // of all targets
	rarity     rarity
	byTemplate map[TemplateID]*sameTargets
	byCode     map[string]*sameTargets
	byKey      map[string]*sameTargets // names
	byWord     map[wordID][]int        // names
	asked      []int                   // names that share a word with the entry at hand
	isAsked    []bool
}

// matchTarget is an entry to be found.
type matchTarget struct {
	entry   Entry
	draft   EntryID
	content []uint32 // pairs of characters; made when first wanted
}

// sameTargets are those that nothing but their content tells apart.
type sameTargets struct {
	all   []int
	asked int // how many strangers were compared with them
}

// reach is how many of the same are looked at on either side.
const reach = 32

// some returns those in the neighbourhood of the stranger's place: a table may
// have the same matter thousands of times.
func (s *sameTargets) some() []int {
	if s == nil {
		return nil
	}
	from := max(0, min(s.asked-reach, len(s.all)-2*reach))
	s.asked++
	return s.all[from:min(from+2*reach, len(s.all))]
}

// newMatcher takes up the drafts, then the template's entries that no draft came
// from.
func newMatcher(drafts []Entry, template *Template) *matcher {
	m := &matcher{
		byTemplate: map[TemplateID]*sameTargets{}, byCode: map[string]*sameTargets{},
		byKey: map[string]*sameTargets{}, byWord: map[wordID][]int{},
	}
	known := map[TemplateID]*TemplateEntry{}
	if template != nil {
		for i := range template.Entries {
			known[template.Entries[i].ID] = &template.Entries[i]
		}
	}
	have := map[TemplateID]bool{}
	for i := range drafts {
		m.add(drafts[i], known[drafts[i].Template], drafts[i].ID)
		have[drafts[i].Template] = true
	}
	if template != nil {
		for i := range template.Entries {
			if te := &template.Entries[i]; !have[te.ID] {
				m.add(Entry{Sector: template.Sector, Template: te.ID, Code: te.Code, Path: te.Path, Content: te.Content, Basis: te.Basis}, te, "")
			}
		}
	}
	m.rarity = rarityOf(m.names, len(m.targets))
	for i := range m.names {
		n := &m.names[i]
		n.weigh(m.rarity)
		for _, w := range n.words {
			m.byWord[w.id] = append(m.byWord[w.id], i)
		}
	}
	m.isAsked = make([]bool, len(m.names))
	return m
}

// add takes up a target under all its names.
func (m *matcher) add(e Entry, te *TemplateEntry, draft EntryID) {
	n := len(m.targets)
	m.targets = append(m.targets, matchTarget{entry: e, draft: draft})
	if e.Template != "" {
		addTarget(m.byTemplate, e.Template, n)
	}
	if e.Code != "" {
		addTarget(m.byCode, e.Code, n)
	}
	m.addName(newMatchName(e.Path), n, false)
	if te == nil {
		return
	}
	for _, name := range te.AlsoCalled {
		path := strings.Split(name, " / ")
		if len(path) == 1 { // only the last level is another
			path = append(slices.Clone(e.Path[:max(len(e.Path)-1, 0)]), name)
		}
		m.addName(newMatchName(path), n, true)
	}
}

func (m *matcher) addName(n matchName, target int, other bool) {
	n.target, n.other = target, other
	if n.key != "" {
		addTarget(m.byKey, n.key, len(m.names))
	}
	m.names = append(m.names, n)
}

func addTarget[K comparable](to map[K]*sameTargets, k K, n int) {
	if to[k] == nil {
		to[k] = &sameTargets{}
	}
	to[k].all = append(to[k].all, n)
}

func (m *matcher) match(p matchPair) Match {
	t := &m.targets[p.target]
	return Match{p.incoming, t.draft, t.entry.Template, p.confidence, matchReasons[p.rank]}
}

// pairs returns the targets an entry may be about, the likeliest of those that
// are similar first.
func (m *matcher) pairs(e *Entry) []matchPair {
	in := newMatchName(e.Path)
	in.weigh(m.rarity)
	content := contentPairs(e.Content)
	var out []matchPair
	exact := func(target, rank int, confidence float64) {
		if t := &m.targets[target]; rank == rankTemplate || sameSector(e, &t.entry) {
			out = append(out, matchPair{target: target, rank: rank, confidence: confidence, tie: m.backing(e, content, target)})
		}
	}
	for _, t := range m.byTemplate[e.Template].some() {
		exact(t, rankTemplate, 1)
	}
	for _, t := range m.byCode[e.Code].some() {
		if s := m.ownName(t); in.key == "" || s.key == "" || s.key == in.key || likeness(&in, s) >= 0.15 {
			exact(t, rankCode, 0.97)
		}
	}
	sameName := func(key string, confidence float64) {
		for _, n := range m.byKey[key].some() {
			if m.names[n].other {
				exact(m.names[n].target, rankOtherName, confidence*elsewhere)
			} else {
				exact(m.names[n].target, rankPath, confidence)
			}
		}
	}
	sameName(in.key, 0.98)
	// A table may put a level above the guideline's.
	if _, short, ok := strings.Cut(in.key, "\n"); ok && strings.Contains(short, "\n") {
		sameName(short, 0.98*elsewhere)
	}
	if len(out) >= 2*reach {
		return out
	}
	return append(m.similar(e, &in, content), out...)
}

func (m *matcher) ownName(target int) *matchName {
	i, _ := slices.BinarySearchFunc(m.names, target, func(n matchName, t int) int { return cmp.Compare(n.target, t) })
	return &m.names[i]
}

func sameSector(a, b *Entry) bool { return a.Sector == b.Sector || a.Sector == "" || b.Sector == "" }

// similar returns the targets with the likest names, best first. How sure one is
// depends on how much liker it is than the others.
func (m *matcher) similar(e *Entry, in *matchName, content []uint32) []matchPair {
	const most = 12
	var all []matchPair
	for _, n := range m.sharing(in) {
		name := &m.names[n]
		if !sameSector(e, &m.targets[name.target].entry) {
			continue
		}
		l := likeness(in, name)
		if name.other {
			l *= elsewhere
		}
		if k := len(all) - 1; k >= 0 && all[k].target == name.target {
			all[k].likeness = max(all[k].likeness, l)
			continue
		}
		all = append(all, matchPair{target: name.target, rank: rankSimilar, likeness: l})
	}
	byLikeness := func(a, b matchPair) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.target, b.target))
	}
	slices.SortFunc(all, byLikeness)
	all = all[:min(len(all), most)]

	// Content speaks for a target as far as no other has it as well.
	var ties top
	for i := range all {
		all[i].tie = math.Pow(m.backing(e, content, all[i].target), 3)
		ties.add(all[i].tie)
	}
	for i := range all {
		p := &all[i]
		if p.tie == ties.best {
			p.likeness += 0.6 * (ties.best - ties.second)
		} else {
			p.likeness -= 0.4 * (ties.best - p.tie)
		}
	}
	slices.SortFunc(all, byLikeness)
	var likest top
	for i := range all {
		likest.add(all[i].likeness)
	}
	for i := range all {
		p := &all[i]
		p.confidence = confidence(p.likeness, p.likeness-likest.without(p.likeness))
	}
	return all
}

// confidence is how often a name that is so like, and so much liker than the next,
// is the right one: fitted to the labelled entries.
func confidence(likeness, lead float64) float64 {
	z := -6 + 10*likeness
	if lead >= 0 {
		z += 4.6 * min(lead, 0.3)
	} else {
		z += 30 * lead
	}
	return min(1/(1+math.Exp(-z)), 0.94)
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

// without is the best of the others.
func (t top) without(v float64) float64 {
	if v == t.best {
		return t.second
	}
	return t.best
}

// sharing returns the names that share a word with one, in order. Where the rare
// words find some, those that stand in a thousand names are not looked up.
func (m *matcher) sharing(in *matchName) []int {
	const many, most = 1000, 4000
	words := slices.Clone(in.words)
	slices.SortFunc(words, func(a, b nameWord) int {
		return cmp.Or(cmp.Compare(len(m.byWord[a.id]), len(m.byWord[b.id])), cmp.Compare(a.id, b.id))
	})
	for _, n := range m.asked {
		m.isAsked[n] = false
	}
	m.asked = m.asked[:0]
	for _, w := range words {
		with := m.byWord[w.id]
		if len(m.asked) > 0 && len(m.asked)+len(with) > many {
			break
		}
		for _, n := range with[:min(len(with), most)] {
			if !m.isAsked[n] {
				m.isAsked[n] = true
				m.asked = append(m.asked, n)
			}
		}
	}
	slices.Sort(m.asked)
	return m.asked
}

// backing compares content and basis with a target's, 0 to 1.
func (m *matcher) backing(e *Entry, content []uint32, target int) float64 {
	if len(content) == 0 && len(e.Basis) == 0 {
		return 0
	}
	t := &m.targets[target]
	if t.content == nil {
		t.content = contentPairs(t.entry.Content)
	}
	return max(overlap(content, t.content), basisOverlap(e.Basis, t.entry.Basis))
}

// contentPairs are the pairs of neighbouring characters from the beginning of
// content, sorted.
func contentPairs(content string) []uint32 {
	out := make([]uint32, 0, 64)
	var last rune
	for _, r := range content {
		if !isWordRune(r) {
			continue
		}
		if last != 0 {
			out = append(out, uint32(last)<<16^uint32(r))
		}
		if last = r; len(out) == cap(out) {
			break
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
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
