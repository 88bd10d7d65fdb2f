package field

import (
	"strings"
	"time"
)

// Typing is cut into stretches, each one step of undo: about a clause of
// Chinese. Fyne's own undo knows no words but those between spaces.
const (
	typingPause = 2 * time.Second       // a pause that ends a stretch
	oneCommit   = 50 * time.Millisecond // what an input method hands over at once comes closer together
	clauseRunes = 8                     // a comma ends a stretch of so many characters
	longRun     = 40                    // as many without any mark end one
)

// edit is one change of a text: what was taken out at a place and what was put in.
type edit struct {
	at      int // in characters
	out, in []rune
}

// editBetween is the smallest edit that turns a into b.
func editBetween(a, b string) edit {
	x, y := []rune(a), []rune(b)
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	j, k := len(x), len(y)
	for j > i && k > i && x[j-1] == y[k-1] {
		j--
		k--
	}
	return edit{at: i, out: x[i:j], in: y[i:k]}
}

// on makes the edit in a text it fits.
func (e edit) on(s string) string {
	r := []rune(s)
	return string(r[:e.at]) + string(e.in) + string(r[e.at+len(e.out):])
}

func (e edit) reversed() edit { return edit{e.at, e.in, e.out} }

// moved is where a cursor that stood at p stands after the edit.
func (e edit) moved(p int) int {
	switch {
	case p <= e.at:
		return p
	case p >= e.at+len(e.out):
		return p + len(e.in) - len(e.out)
	}
	return e.at + len(e.in)
}

// stretch is the typing since the last cut.
type stretch struct {
	edit
	last  time.Time
	whole bool // pasted or cut: nothing goes on with it
}

// takes adds the edit to the stretch and reports true, or leaves both alone
// where the edit begins another.
func (s *stretch) takes(e edit, now time.Time) bool {
	if s.last.IsZero() {
		*s = stretch{edit: e, last: now, whole: len(e.in) > 1}
		return true
	}
	gap := now.Sub(s.last)
	if s.whole || len(e.in) > 1 || gap > typingPause || gap < 0 {
		return false
	}
	switch {
	case len(e.out) == 0 && e.at == s.at+len(s.in) && len(s.in) > 0:
		if gap >= oneCommit && s.ends(e.in) {
			return false
		}
		s.in = append(s.in[:len(s.in):len(s.in)], e.in...)
	case len(e.in) == 0 && len(s.in) == 0 && e.at+len(e.out) == s.at: // backspace
		s.out = append(e.out[:len(e.out):len(e.out)], s.out...)
		s.at = e.at
	case len(e.in) == 0 && len(s.in) == 0 && e.at == s.at: // delete
		s.out = append(s.out[:len(s.out):len(s.out)], e.out...)
	default:
		return false
	}
	s.last = now
	return true
}

// ends reports whether the stretch has come to its end before what is put in next.
func (s *stretch) ends(next []rune) bool {
	last := s.in[len(s.in)-1]
	if len(next) == 0 || strings.ContainsRune("，、；：。！？\n,;:", next[0]) {
		return false
	}
	switch {
	case strings.ContainsRune("。；！？\n", last):
		return true
	case strings.ContainsRune("，、：,;: ", last):
		return len(s.in) >= clauseRunes
	}
	return len(s.in) >= longRun
}

// past is the typing an entry can take back by itself.
type past struct {
	steps []stretch
	n     int // steps that are done; those behind were taken back
}

func (p *past) add(e edit, now time.Time) {
	p.steps = p.steps[:p.n]
	if p.n > 0 && p.steps[p.n-1].takes(e, now) {
		return
	}
	var s stretch
	s.takes(e, now)
	p.steps = append(p.steps, s)
	p.n++
}

// undo is the text before the last step, and where the cursor goes.
func (p *past) undo(text string) (string, int, bool) {
	if p.n == 0 {
		return text, 0, false
	}
	p.n--
	s := &p.steps[p.n]
	s.whole = true
	return s.reversed().on(text), s.at + len(s.out), true
}

func (p *past) redo(text string) (string, int, bool) {
	if p.n == len(p.steps) {
		return text, 0, false
	}
	s := &p.steps[p.n]
	s.whole = true
	p.n++
	return s.on(text), s.at + len(s.in), true
}
