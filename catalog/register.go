package catalog

import (
	"cmp"
	"errors"
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
	Effective Date       `json:"effective,omitempty"` // since when it holds, as its text says; an amendment leaves that day as it is
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

// Marked is the title as it stands between 《 and 》: those within it are 〈 and 〉.
func (a *Act) Marked() string {
	return strings.NewReplacer("《", "〈", "》", "〉").Replace(a.Title)
}

// Cited is how the act is cited today: title and number of its last text that has
// one, 《社会救助暂行办法》（国务院令第649号）.
func (a *Act) Cited() string {
	s := "《" + a.Marked() + "》"
	for _, r := range slices.Backward(a.Revisions) {
		if r.Number != "" {
			return s + "（" + r.Number + "）"
		}
	}
	return s
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
	byID    map[ActID]*record

	keys  map[string][]*record // by titleKey of titles and aliases
	exact map[string][]*record // the same by titles as written in the register, which needs no folding
	loose map[string][]*record // by looser forms: without (试行), out of its wrapper, without issuer
	near  []nearTitle          // by length of title, for misspelt ones
	marks []uint64             // of each of near, apart so that they are read in one sweep
	from  []int                // near[from[n]:from[n+1]] are of n characters

	issuers map[string]bool // whom titles begin with: 国务院办公厅
	orders  map[int]bool    // numbers of State Council orders that its acts have
}

// record is an act and what finding it needs.
type record struct {
	*Act
	key     string   // titleKey of its title
	serials []string // of its revisions
	current *Act     // what to cite today
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
	return *a.Act, true
}

// NewRegister builds a register. It fails with everything that contradicts
// itself, joined; each contradiction of an act is an *ActError.
func NewRegister(version string, acts []Act, bodies []Body) (*Register, error) {
	r := &Register{
		version: version, acts: slices.Clone(acts), bodies: slices.Clone(bodies),
		byID:  make(map[ActID]*record, len(acts)),
		exact: make(map[string][]*record, 2*len(acts)), keys: make(map[string][]*record, len(acts)), loose: make(map[string][]*record, 2*len(acts)),
		issuers: map[string]bool{}, orders: map[int]bool{},
	}
	records := make([]record, len(r.acts))
	for i := range r.acts {
		a := &records[i]
		*a = record{Act: &r.acts[i], key: titleKey(r.acts[i].Title)}
		for _, v := range a.Revisions {
			a.serials = append(a.serials, serialOf(v.Number))
			if n := stateOrder(v.Number); n > 0 {
				r.orders[n] = true
			}
		}
		if _, ok := r.byID[a.ID]; !ok {
			r.byID[a.ID] = a
		}
		r.index(a)
	}
	for t := range r.exact {
		r.exact[t] = r.keys[titleKey(t)]
	}
	if err := errors.Join(append(r.contradictions(records), bodyContradictions(r.bodies)...)...); err != nil {
		return nil, err
	}
	for i := range records {
		records[i].current = r.successor(&records[i])
	}
	r.indexNear()
	return r, nil
}

// successor follows the chain of successors to the first act that holds.
func (r *Register) successor(a *record) *Act {
	for a != nil && a.Status != InForce {
		a = r.byID[a.Successor]
	}
	if a == nil {
		return nil
	}
	return a.Act
}

// index makes the act known by its titles.
func (r *Register) index(a *record) {
	for _, t := range append([]string{a.Title}, a.Aliases...) {
		key := titleKey(t)
		r.exact[t], r.exact[strings.TrimPrefix(t, republic)] = nil, nil
		add(r.keys, key, a)
		for _, l := range looseKeys(key) {
			add(r.loose, l, a)
		}
	}
}

func add(m map[string][]*record, key string, a *record) {
	if !slices.Contains(m[key], a) {
		m[key] = append(m[key], a)
	}
}

// Find returns the acts with the title, or with it as an alias; spaces, forms
// of brackets and a leading 中华人民共和国 do not matter. Acts in force come first.
func (r *Register) Find(title string) []Act {
	var out []Act
	for _, a := range r.keys[titleKey(title)] {
		out = append(out, *a.Act)
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

// Search returns the acts whose title, aliases and numbers hold every word of q,
// best first: those whose title is q, those in force, those whose title begins
// with q, those with shorter titles.
func (r *Register) Search(q string) []Act {
	var words []string
	for _, w := range strings.Fields(q) {
		words = append(words, titleKey(w))
	}
	if len(words) == 0 {
		return nil
	}
	whole := titleKey(q)
	type found struct {
		act                *Act
		is, begins, length int
	}
	var all []found
	for i := range r.acts {
		a := &r.acts[i]
		key := titleKey(a.Title)
		text := key
		for _, n := range a.Aliases {
			text += "\n" + titleKey(n)
		}
		for _, v := range a.Revisions {
			text += "\n" + numberKey(v.Number)
		}
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			continue
		}
		f := found{act: a, is: 1, begins: 1, length: len(key)}
		if key == whole {
			f.is = 0
		}
		if strings.HasPrefix(key, whole) {
			f.begins = 0
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.is, b.is), endedLast(a.act, b.act), cmp.Compare(a.begins, b.begins), cmp.Compare(a.length, b.length))
	})
	acts := make([]Act, len(all))
	for i, f := range all {
		acts[i] = *f.act
	}
	return acts
}
