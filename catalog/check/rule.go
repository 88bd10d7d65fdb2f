package check

import "mulutong/catalog"

// Rule is one thing that is checked, with what the manual says of it. Texts are
// Chinese.
type Rule struct {
	Name     string // stable: basis.repealed
	Severity Severity
	Title    string // what is wrong, in a few words
	Why      string // when the rule speaks, and why
	Do       string // what to do
	// Fixable: the finding carries a fix where the right value is known (可一键修正).
	Fixable bool
	Fails   Example // breaks this rule, in Field, and no other
	Passes  Example // breaks no rule
	Field   catalog.Field
	// FailsWords and PassesWords tell the examples whose cells do not.
	FailsWords, PassesWords string

	run func(*pass) // nil: found beside the entries, not in one
}

// Example is a small catalog that shows a rule: a sound entry of the township
// 籍山镇 in social assistance for each element, with some of its cells replaced.
type Example []Cells

// Cells are the texts of some fields of an entry, as Entry.SetText takes them.
type Cells map[catalog.Field]string

// groups hold the rules in the order of the manual and of findings.
var groups = [][]Rule{
	missingRules, basisRules, timeLimitRules, channelRules, audienceRules,
	publisherRules, entryRules, sectorRules, privacyRules, brokenRules,
	outdatedRules, residueRules, columnRules, textRules,
}

// rules is set in init: what the rules run goes through it again.
var rules []Rule

func init() {
	for _, g := range groups {
		rules = append(rules, g...)
	}
}

// Rules returns all rules, in the order in which an entry's findings come.
func Rules() []Rule { return append([]Rule(nil), rules...) }

// ruleNamed returns the rule with the name.
func ruleNamed(name string) Rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	return Rule{}
}
