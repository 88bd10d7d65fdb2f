package words

import "mulutong/catalog/check"

// Finding is what a finding says. The rules speak Chinese, and quote the cell;
// in English it is the rule's title and what to do.
func Finding(f check.Finding, l Lang) string {
	advice, ok := ruleAdvice[f.Rule]
	if l == Chinese || !ok {
		return f.Message
	}
	return Rule(f.Rule).In(l) + ". " + advice
}

// ruleAdvice says in English what to do about each rule of check.Rules.
var ruleAdvice = map[string]string{
	"matter.missing":           "Fill in every level of the matter's name, also where it is that of the row above.",
	"content.missing":          "Say which elements are disclosed.",
	"basis.missing":            "Name the law, regulation or document, with its number.",
	"timelimit.missing":        "Say since when the time runs and within how many working days.",
	"publisher.missing":        "Write the full name of the body that discloses.",
	"channels.missing":         "Choose at least one channel; what is disclosed proactively is on the government website.",
	"audience.missing":         "Choose everyone, or name the groups.",
	"mode.missing":             "Choose proactive or on request.",
	"tiers.missing":            "Tick the tiers that disclose.",
	"basis.repealed":           "Cite what is in force; where nothing took its place, take it out.",
	"basis.superseded":         "Give the number of the current version, or the title alone.",
	"basis.expired":            "Cite the document of this year or period, or a law that stays.",
	"basis.vague":              "Write the documents' full titles, in title marks, with their numbers.",
	"basis.malformed":          "Write the title in title marks, then the number in brackets.",
	"basis.misspelled":         "Compare the title and the number with the document; leave it if it is right.",
	"basis.unknown":            "Check for yourself the title, the number and whether it is in force.",
	"timelimit.unclear":        "Say since when the time runs, and how long it is.",
	"timelimit.over-statutory": "Shorten it to 20 working days, or give the law that allows more as the reason.",
	"timelimit.vague":          "State the number of days, as the template does.",
	"channels.other-unnamed":   "Name the channel, or untick it.",
	"channels.no-website":      "Add the government website.",
	"audience.group-unnamed":   "Name the groups; choose everyone where it is for all.",
	"audience.both":            "Choose one of the two.",
	"mode.both":                "Choose one, or make two entries of it.",
	"mode.on-request-public":   "Choose proactive, or name the specific groups.",
	"publisher.wrong-tier":     "Write your own unit, or leave the entry to the body that discloses it.",
	"publisher.vague":          "Write the body's full name.",
	"publisher.renamed":        "Write the name the body has now.",
	"entry.duplicate":          "Correct the name of one of the two, or remove it.",
	"entry.omitted":            "Add it, or say why it does not occur in your unit.",
	"entry.changed-locked":     "Take the template's value back, or give a reason why the template is wrong.",
	"sector.misnamed":          "Write this sector's name; remove what belongs to the other.",
	"sector.foreign-basis":     "Cite documents of this sector, or take this one out.",
	"privacy.id-number":        "Remove the number.",
	"privacy.bank-card":        "Remove the number.",
	"privacy.mobile":           "Remove the number, or say that it is a public duty line.",
	"text.broken":              "Compare with the original and complete or correct the text.",
	"text.outdated":            "Use today's name, or take it out.",
	"text.residue":             "Replace it by what holds in your unit.",
	"text.wrong-column":        "See whether the row's cells have slipped by a column.",
	"text.control":             "Remove the characters, or write the text anew.",
	"text.formula":             "Take away the sign at the beginning.",
	"text.too-long":            "Shorten it.",
}
