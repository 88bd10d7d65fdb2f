package find

import (
	"testing"

	"pgregory.net/rapid"
)

// A text is passed over by its pairs only where it does not hold the query, and by
// them most are.
func TestPairsPassOverNothingThatFits(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("社会救助行政重庆长度办理ab银乐，1 的")), 1, 12, -1)
	passed := 0
	rapid.Check(t, func(t *rapid.T) {
		text := units(letters.Draw(t, "text"))
		q := rapid.StringMatching(`(sh|s|she|hui|h|jiu|j|zhu|z|x|hang|c|chong|q|a|b|yue|le){1,5}`).Draw(t, "query")
		has := pairsOf(text)
		for _, way := range []pinyinWay{wholeSyllables, firstLetters, eitherWay} {
			p := newPinyinQuery(q, way)
			_, found := p.find(text)
			may := p.may(&has)
			if found && !may {
				t.Errorf("%v is passed over for %q, way %d, though it fits", text, q, way)
			}
			if !may {
				passed++
			}
		}
	})
	if passed == 0 {
		t.Error("nothing was passed over")
	}
}
