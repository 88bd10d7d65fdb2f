package catalog

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Tier is a level of government that discloses (公开层级). Zero means not filled in.
type Tier uint8

// The tiers, from the top.
const (
	City     Tier = iota + 1 // 市级
	County                   // 县级
	Township                 // 乡级
	Village                  // 村级
	tierEnd
)

var (
	tierNames = [tierEnd]string{City: "市级", County: "县级", Township: "乡级", Village: "村级"}
	tierCodes = [tierEnd]string{City: "city", County: "county", Township: "township", Village: "village"}
)

// Name is the tier's column heading: 县级. It is empty for no tier.
func (t Tier) Name() string {
	if t >= tierEnd {
		return ""
	}
	return tierNames[t]
}

// Code is the tier's name in JSON: "county". It is empty for no tier.
func (t Tier) Code() string {
	if t >= tierEnd {
		return ""
	}
	return tierCodes[t]
}

// MarshalText writes the tier's code, for keys of JSON objects too.
func (t Tier) MarshalText() ([]byte, error) { return []byte(t.Code()), nil }

// UnmarshalText reads a code; it fails on anything else.
func (t *Tier) UnmarshalText(b []byte) error {
	for i := City; i < tierEnd; i++ {
		if tierCodes[i] == string(b) {
			*t = i
			return nil
		}
	}
	if len(b) == 0 {
		*t = 0
		return nil
	}
	return fmt.Errorf("read tier: unknown %q", b)
}

// TierSet is a set of tiers.
type TierSet uint8

// TierSetOf returns the set of the tiers given.
func TierSetOf(ts ...Tier) TierSet { return TierSet(0).With(ts...) }

// Has reports whether t is in the set.
func (s TierSet) Has(t Tier) bool { return t > 0 && t < tierEnd && s&(1<<t) != 0 }

// With returns the set with the tiers added.
func (s TierSet) With(ts ...Tier) TierSet {
	for _, t := range ts {
		if t > 0 && t < tierEnd {
			s |= 1 << t
		}
	}
	return s
}

// Without returns the set with the tiers taken out.
func (s TierSet) Without(ts ...Tier) TierSet {
	for _, t := range ts {
		if t > 0 && t < tierEnd {
			s &^= 1 << t
		}
	}
	return s
}

// List returns the tiers of the set from the top.
func (s TierSet) List() []Tier {
	out := []Tier{}
	for t := City; t < tierEnd; t++ {
		if s.Has(t) {
			out = append(out, t)
		}
	}
	return out
}

// String prints the tiers from the top: 县级、乡级.
func (s TierSet) String() string {
	var b strings.Builder
	for t := City; t < tierEnd; t++ {
		if !s.Has(t) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("、")
		}
		b.WriteString(tierNames[t])
	}
	return b.String()
}

// MarshalJSON writes the codes of the tiers from the top: ["county","township"].
func (s TierSet) MarshalJSON() ([]byte, error) {
	codes := []string{}
	for _, t := range s.List() {
		codes = append(codes, tierCodes[t])
	}
	return json.Marshal(codes)
}

// UnmarshalJSON reads an array of codes in any order. It fails on codes that are
// no tier's, naming them all.
func (s *TierSet) UnmarshalJSON(b []byte) error {
	var codes []string
	if err := json.Unmarshal(b, &codes); err != nil {
		return fmt.Errorf("read tiers: %w", err)
	}
	var set TierSet
	var unknown []string
	for _, code := range codes {
		var t Tier
		if code == "" || t.UnmarshalText([]byte(code)) != nil {
			unknown = append(unknown, code)
			continue
		}
		set = set.With(t)
	}
	if unknown != nil {
		return fmt.Errorf("read tiers: unknown %q", unknown)
	}
	*s = set
	return nil
}

// tierWords are the words of tier labels, longest first where one begins another.
var tierWords = []struct {
	word  string
	tiers TierSet
}{
	// Two levels run together are the lower one's: 州级县级 heads a county's column.
	{"州级县级", 1 << County},
	{"市级县级", 1 << County},
	{"县(市、区、旗)", 1 << County},
	{"县(市、区)", 1 << County},
	{"县(区、市)", 1 << County},
	{"区(县、市)", 1 << County},
	{"区(市、县)", 1 << County},
	{"市(县、区)", 1 << County},
	{"县(市区)", 1 << County},
	{"县(区市)", 1 << County},
	{"县(区)", 1 << County},
	{"县(市)", 1 << County},
	{"区(县)", 1 << County},
	{"区(市)", 1 << County},
	{"市(区)", 1 << County},
	{"旗(县、区)", 1 << County},
	{"旗(县)", 1 << County},
	{"旗县区", 1 << County},
	{"县市区", 1 << County},
	{"县区市", 1 << County},
	{"区市县", 1 << County},
	{"县级市", 1 << County},
	{"市辖区", 1 << County},
	{"县区", 1 << County},
	{"区县", 1 << County},
	{"旗县", 1 << County},
	{"设区市", 1 << City},
	{"地市", 1 << City},
	{"地", 1 << City},
	{"市", 1 << City},
	{"自治州", 1 << City},
	{"州", 1 << City},
	{"盟", 1 << City},
	{"苏木", 1 << Township},
	{"园区", 1 << Township},
	{"街道", 1 << Township},
	{"街", 1 << Township},
	{"乡", 1 << Township},
	{"镇", 1 << Township},
	{"办事处", 1 << Township},
	{"嘎查", 1 << Village},
	{"社区", 1 << Village},
	{"行政村", 1 << Village},
	{"村居", 1 << Village},
	{"村", 1 << Village},
	{"居", 1 << Village},
	{"县", 1 << County},
	{"区", 1 << County},
	{"旗", 1 << County},
}

// TiersOfHeader reads the label of a tier column, or a cell that names tiers in
// words: 县级, 乡、村级, 镇街（园区）级, 嘎查（社区）级, 东阳市级. The second result
// is false where the label is no such thing. 市级 is the city, even where it
// stands for a county-level one.
func TiersOfHeader(label string) (TierSet, bool) {
	s := plainBrackets(compact(label))
	if s == "" || len(s) > 120 {
		return 0, false
	}
	if set, ok := tiersOf(s); ok {
		return set, true
	}
	// A place's name before the level: 东阳市级.
	base, ok := strings.CutSuffix(s, "级")
	if !ok || strings.ContainsAny(base, "、,，/;；级") {
		return 0, false
	}
	for _, w := range tierWords {
		if place, ok := strings.CutSuffix(base, w.word); ok && place != "" {
			return w.tiers, true
		}
	}
	return 0, false
}

// tiersOf reads a label that consists of tier words and nothing else.
func tiersOf(s string) (TierSet, bool) {
	var set TierSet
next:
	for s != "" {
		for _, w := range tierWords {
			if rest, ok := strings.CutPrefix(s, w.word); ok {
				set |= w.tiers
				s = rest
				continue next
			}
		}
		for _, skip := range []string{"级", "、", "，", ",", "/", "／", "⁄", "；", ";", "(", ")", "和", "及", "或", "|"} {
			if rest, ok := strings.CutPrefix(s, skip); ok {
				s = rest
				continue next
			}
		}
		return 0, false
	}
	return set, set != 0
}

var bracketFolder = strings.NewReplacer("（", "(", "）", ")", "﹙", "(", "﹚", ")", "【", "(", "】", ")", "[", "(", "]", ")", "﹑", "、")

// plainBrackets makes every bracket of a label round and half-width, and ﹑ a 、.
func plainBrackets(s string) string { return bracketFolder.Replace(s) }

// ParseTiers reads tiers in words, with boxes or without: 县级、乡级. What is no
// tier is passed over.
func ParseTiers(s string) TierSet {
	var set TierSet
	for _, p := range markedParts(s) {
		if p.mark == unticked {
			continue
		}
		if all, ok := TiersOfHeader(p.text); ok {
			set |= all
			continue
		}
		for _, word := range strings.FieldsFunc(p.text, func(r rune) bool { return isComma(r) || blank(r) || isSlash(r) }) {
			one, _ := TiersOfHeader(word)
			set |= one
		}
	}
	return set
}
