package catalog

import (
	"encoding/json"
	"strings"
)

func ParseTimeLimit(s string) TimeLimit { return TimeLimit{Text: s} }
func ParseBasis(s string) Basis {
	if s == "" {
		return nil
	}
	var b Basis
	for _, l := range strings.Split(s, "\n") {
		b = append(b, Citation{Text: l})
	}
	return b
}

func (b Basis) String() string {
	var ls []string
	for _, c := range b {
		ls = append(ls, c.Text)
	}
	return strings.Join(ls, "\n")
}
func ParseChannels(s string, m Marks) Channels { return Channels{Others: strings.Fields(s)} }
func (c Channels) String() string              { return strings.Join(c.Others, "\n") }
func ParseAudience(s string) Audience          { return Audience{Groups: s} }
func (a Audience) String() string              { return a.Groups }
func ParseMode(s string) Mode                  { return Mode{Proactive: strings.Contains(s, "主动")} }
func (m Mode) String() string                  { return "" }
func ParseTiers(s string) TierSet              { return 0 }
func (t TierSet) String() string               { return "" }
func (t TierSet) Has(x Tier) bool              { return t&(1<<x) != 0 }
func extraText(m map[string]string) string {
	b, _ := json.Marshal(m)
	return string(b)
}
func parseExtra(s string) (m map[string]string) { _ = json.Unmarshal([]byte(s), &m); return }
