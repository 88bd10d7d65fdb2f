package work

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"mulutong/catalog"
	"mulutong/catalog/find"
)

// Acts is the register of legal bases as one searches it while typing: by parts
// of titles and by numbers as the register itself does, and by pinyin or its
// initials.
type Acts struct {
	*catalog.Register
	once  sync.Once
	names find.Index
	byID  map[string]int
}

// NewActs returns the register to be searched. Pinyin is worked out when it is
// first asked for.
func NewActs(r *catalog.Register) *Acts { return &Acts{Register: r} }

// actsFound bounds what letters find; a few letters fit hundreds.
const actsFound = 50

// Search returns the acts that fit q, best first; of those that letters find, the
// ones in force come first.
func (a *Acts) Search(q string) []catalog.Act {
	if acts := a.Register.Search(q); len(acts) > 0 || !spelled(q) {
		return acts
	}
	a.once.Do(a.learn)
	var found []catalog.Act
	for _, h := range a.names.Search(context.Background(), q, actsFound).Hits {
		found = append(found, a.Acts()[a.byID[h.Key]])
	}
	over := func(x catalog.Act) int { // those that hold and whose titles are short are meant most often
		n := len(strings.TrimPrefix(x.Title, republic))
		if x.Status != catalog.InForce {
			n += 1 << 20
		}
		return n
	}
	slices.SortStableFunc(found, func(x, y catalog.Act) int { return cmp.Compare(over(x), over(y)) })
	return found
}

const republic = "中华人民共和国"

func (a *Acts) learn() {
	acts := a.Acts()
	docs := make([]find.Doc, len(acts))
	a.byID = make(map[string]int, len(acts))
	for i := range acts {
		key := string(acts[i].ID)
		a.byID[key] = i
		names := append([]string{strings.TrimPrefix(acts[i].Title, republic), acts[i].Title}, acts[i].Aliases...)
		docs[i] = find.Doc{Key: key, Title: acts[i].Title}
		for _, n := range names {
			docs[i].Parts = append(docs[i].Parts, find.Part{Name: "title", Text: n})
		}
	}
	a.names.Set("acts", 0, docs)
}

// spelled reports whether a query is letters, as pinyin is.
func spelled(q string) bool {
	return strings.ContainsFunc(q, unicode.IsLetter) && !strings.ContainsFunc(q, func(r rune) bool {
		return r > unicode.MaxASCII || unicode.IsDigit(r)
	})
}
