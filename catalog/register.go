package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ActID names an act of the register for good.
type ActID string

// Status tells whether an act holds.
type Status string

// The states of an act.
const (
	InForce  Status = "in-force"
	Repealed Status = "repealed" // 废止, 失效, or replaced by another act
	Expired  Status = "expired"  // its own years are past
)

// Act is one law, regulation, rule or document of the register of legal bases
// (公开依据). A title that a later act reuses makes two acts.
type Act struct {
	ID        ActID      `json:"id"`
	Title     string     `json:"title"`             // in full: 中华人民共和国预算法
	Aliases   []string   `json:"aliases,omitempty"` // other names it is cited by, besides the title without 中华人民共和国
	Kind      string     `json:"kind,omitempty"`    // 法律, 行政法规, 规章, 规范性文件, 规划, 地方性法规, 标准
	Issuer    string     `json:"issuer,omitempty"`
	Revisions []Revision `json:"revisions,omitempty"` // oldest first; the last is current
	Effective Date       `json:"effective,omitempty"` // since when the current revision holds
	Status    Status     `json:"status"`
	Ended     Date       `json:"ended,omitempty"`     // when it was repealed or expired
	Successor ActID      `json:"successor,omitempty"` // what to cite instead
	Sectors   []Sector   `json:"sectors,omitempty"`   // the only sectors it concerns; empty: any
	Confirmed bool       `json:"confirmed"`           // status and dates were seen in a source
	Note      string     `json:"note,omitempty"`
}

// Revision is one text of an act, known by its number or its date.
type Revision struct {
	Number string `json:"number,omitempty"`
	Date   Date   `json:"date,omitempty"`
}

// Body is a public body that was renamed or dissolved, for checking publishers.
type Body struct {
	Name      string `json:"name"` // 扶贫开发办公室
	Successor string `json:"successor,omitempty"`
	Ended     Date   `json:"ended,omitempty"`
	Confirmed bool   `json:"confirmed"`
}

// ActError is a contradiction in the register, about one act.
type ActError struct {
	Act     ActID
	Problem string
}

func (e *ActError) Error() string { return "act " + string(e.Act) + ": " + e.Problem }

// Register is the list of legal bases, looked up by what people cite. It does
// not change and is safe for concurrent use; what it returns is shared and
// read-only.
type Register struct {
	version string
	acts    []Act
	bodies  []Body
	byID    map[ActID]*Act
	current map[*Act]*Act // what to cite instead of an act that ended

	exact map[string][]*Act // by titles as written in the register
	keys  map[string][]*Act // by titleKey of titles and aliases
	loose map[string][]*Act // by looser forms: without (试行), out of its wrapper, without issuer
	near  []nearTitle       // by length of title, for misspelt ones
	from  []int             // near[from[n]:from[n+1]] are of n characters

	byBody map[string]int
}

// Version names the release the register belongs to.
func (r *Register) Version() string { return r.version }

// Acts lists all acts in the register's order.
func (r *Register) Acts() []Act { return r.acts }

// Bodies lists the public bodies that were renamed or dissolved.
func (r *Register) Bodies() []Body { return r.bodies }

// Act returns the act with the id.
func (r *Register) Act(id ActID) (Act, bool) {
	a, ok := r.byID[id]
	if !ok {
		return Act{}, false
	}
	return *a, true
}

// Current is what to cite today instead of the act: itself while it holds, else
// the first of its successors that does. There may be none.
func (r *Register) Current(id ActID) (Act, bool) {
	a := r.current[r.byID[id]]
	if a == nil {
		return Act{}, false
	}
	return *a, true
}

// NewRegister builds a register. It fails with everything that contradicts
// itself, joined; each contradiction is an *ActError.
func NewRegister(version string, acts []Act, bodies []Body) (*Register, error) {
	r := &Register{
		version: version, acts: slices.Clone(acts), bodies: slices.Clone(bodies),
		byID: map[ActID]*Act{}, current: map[*Act]*Act{},
		exact: map[string][]*Act{}, keys: map[string][]*Act{}, loose: map[string][]*Act{},
		byBody: map[string]int{},
	}
	for i := range r.acts {
		a := &r.acts[i]
		if _, ok := r.byID[a.ID]; !ok {
			r.byID[a.ID] = a
		}
		r.index(a)
	}
	for i, b := range r.bodies {
		r.byBody[titleKey(b.Name)] = i
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	for i := range r.acts {
		a := &r.acts[i]
		r.current[a] = r.successor(a)
	}
	r.indexNear()
	return r, nil
}

// successor follows the chain of successors to the first act that holds.
func (r *Register) successor(a *Act) *Act {
	for a != nil && a.Status != InForce {
		a = r.byID[a.Successor]
	}
	return a
}

// check finds what contradicts itself.
func (r *Register) check() error {
	var errs []error
	bad := func(a *Act, format string, args ...any) {
		errs = append(errs, &ActError{a.ID, fmt.Sprintf(format, args...)})
	}
	numbers := map[string]*Act{}
	for i := range r.acts {
		a := &r.acts[i]
		switch {
		case a.ID == "":
			bad(a, "%s has no id", a.Title)
		case r.byID[a.ID] != a:
			bad(a, "the id stands twice")
		}
		if a.Title == "" {
			bad(a, "no title")
		}
		r.checkStatus(a, bad)
		var last Date
		for _, rev := range a.Revisions {
			if rev.Date != "" && rev.Date < last {
				bad(a, "revision of %s stands after that of %s", rev.Date, last)
			}
			last = max(last, rev.Date)
			n := numberKey(rev.Number)
			if n == "" || strings.HasPrefix(n, "主席令") {
				continue // the chairman's orders are numbered anew every five years
			}
			if other := numbers[n]; other != nil && other != a {
				bad(a, "number %s belongs to %s too", rev.Number, other.ID)
			}
			numbers[n] = a
		}
		if a.Ended != "" && len(a.Revisions) > 0 && a.Ended < a.Revisions[0].Date {
			bad(a, "ended %s, before it was issued", a.Ended)
		}
		for _, other := range r.keys[titleKey(a.Title)] {
			switch {
			case other == a || r.byID[other.ID] != other:
			case titleKey(other.Title) != titleKey(a.Title):
				bad(a, "the title is an alias of %s", other.ID)
			case a.Status == InForce && other.Status == InForce && a.ID < other.ID:
				bad(a, "%s in force has the same title", other.ID)
			}
		}
	}
	return errors.Join(errs...)
}

func (r *Register) checkStatus(a *Act, bad func(*Act, string, ...any)) {
	switch a.Status {
	case InForce:
		if a.Ended != "" {
			bad(a, "in force, and ended %s", a.Ended)
		}
		if a.Successor != "" {
			bad(a, "in force, and succeeded by %s", a.Successor)
		}
	case Repealed, Expired:
		if a.Ended == "" && a.Note == "" {
			bad(a, "ended, and neither a date nor a note says when")
		}
	default:
		bad(a, "unknown status %q", a.Status)
	}
	seen := map[ActID]bool{}
	for s := a.Successor; s != ""; {
		next, ok := r.byID[s]
		switch {
		case !ok && len(seen) == 0:
			bad(a, "successor %s is not in the register", s)
			return
		case !ok:
			return
		case s == a.ID:
			bad(a, "is among its own successors")
			return
		case seen[s]:
			return
		}
		seen[s] = true
		s = next.Successor
	}
}

// index makes the act known by its titles.
func (r *Register) index(a *Act) {
	for _, t := range append([]string{a.Title}, a.Aliases...) {
		short := strings.TrimPrefix(t, republic)
		key := titleKey(t)
		addAct(r.exact, t, a)
		addAct(r.exact, short, a)
		addAct(r.keys, key, a)
		for _, l := range looseKeys(key) {
			addAct(r.loose, l, a)
		}
	}
}

func addAct(m map[string][]*Act, key string, a *Act) {
	if !slices.Contains(m[key], a) {
		m[key] = append(m[key], a)
	}
}

// Find returns the acts with the title, or with it as an alias; spaces, forms
// of brackets and a leading 中华人民共和国 do not matter. Acts in force come first.
func (r *Register) Find(title string) []Act {
	var out []Act
	for _, a := range r.keys[titleKey(title)] {
		out = append(out, *a)
	}
	slices.SortStableFunc(out, func(a, b Act) int { return endedLast(&a, &b) })
	return out
}

func endedLast(a, b *Act) int {
	switch {
	case a.Status == InForce && b.Status != InForce:
		return -1
	case b.Status == InForce && a.Status != InForce:
		return 1
	}
	return 0
}

// Search returns the acts whose title, alias or number holds every word of q,
// best first: the whole title, its beginning, the shorter title, acts in force.
func (r *Register) Search(q string) []Act {
	words := strings.Fields(q)
	for i, w := range words {
		words[i] = titleKey(w)
	}
	if len(words) == 0 {
		return nil
	}
	whole := titleKey(q)
	var out []*Act
	rank := map[*Act]int{}
	for i := range r.acts {
		a := &r.acts[i]
		text := titleKey(a.Title)
		for _, n := range a.Aliases {
			text += "\n" + titleKey(n)
		}
		for _, rev := range a.Revisions {
			text += "\n" + titleKey(rev.Number)
		}
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			continue
		}
		n := len(text)
		switch {
		case strings.HasPrefix(text+"\n", whole+"\n"):
			n = 0
		case strings.HasPrefix(text, whole):
			n -= 1 << 20
		}
		if n == 0 {
			n = -1 << 30
		}
		rank[a] = n
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b *Act) int {
		if c := endedLast(a, b); c != 0 && rank[a] > -1<<30 && rank[b] > -1<<30 {
			return c
		}
		return rank[a] - rank[b]
	})
	acts := make([]Act, len(out))
	for i, a := range out {
		acts[i] = *a
	}
	return acts
}

// Body finds a public body that was renamed or dissolved. A place may stand
// before its name: 南陵县扶贫开发办公室.
func (r *Register) Body(name string) (Body, bool) {
	key := []rune(titleKey(name))
	for i := range key {
		j, ok := r.byBody[string(key[i:])]
		if !ok {
			continue
		}
		if i == 0 || strings.ContainsRune("省市县区州旗盟镇乡道原家", key[i-1]) {
			return r.bodies[j], true
		}
	}
	return Body{}, false
}
