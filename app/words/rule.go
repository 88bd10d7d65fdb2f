package words

import "mulutong/catalog/check"

// Rule is the short title of a rule; its name where there is no such rule.
func Rule(name string) Text {
	for _, r := range check.Rules() {
		if r.Name == name {
			return Text{r.Title, ruleTitles[name]}
		}
	}
	return Text{name, name}
}

// ruleTitles are the titles of check.Rules in English.
var ruleTitles = map[string]string{
	"matter.missing":           "Matter not filled in",
	"content.missing":          "Content not filled in",
	"basis.missing":            "Legal basis not filled in",
	"timelimit.missing":        "Time limit not filled in",
	"publisher.missing":        "Publisher not filled in",
	"channels.missing":         "Channels not filled in",
	"audience.missing":         "Audience not filled in",
	"mode.missing":             "Mode not filled in",
	"tiers.missing":            "Tiers not filled in",
	"basis.repealed":           "Legal basis has been repealed",
	"basis.superseded":         "An old version of the legal basis is cited",
	"basis.expired":            "Legal basis has run out",
	"basis.vague":              "Legal basis is vague",
	"basis.malformed":          "Legal basis is written wrongly",
	"basis.misspelled":         "Title or number of the legal basis looks misspelt",
	"basis.unknown":            "Legal basis is not in the register",
	"timelimit.unclear":        "Time limit is not understood",
	"timelimit.over-statutory": "Time limit exceeds the legal 20 working days",
	"timelimit.vague":          "Time limit states no days",
	"channels.other-unnamed":   "Other channel is ticked but not named",
	"channels.no-website":      "Proactive, but not on the government website",
	"audience.group-unnamed":   "Specific groups are not named",
	"audience.both":            "Everyone and specific groups are both ticked",
	"mode.both":                "Proactive and on request are both ticked",
	"mode.on-request-public":   "On request, yet for everyone",
	"publisher.wrong-tier":     "Township's catalog names another body as publisher",
	"publisher.vague":          "Publisher is vague",
	"publisher.renamed":        "Publisher was renamed or dissolved",
	"entry.duplicate":          "Matter stands there twice",
	"entry.omitted":            "A matter of the template is absent",
	"entry.changed-locked":     "A field that the template locks was changed",
	"sector.misnamed":          "Another sector's name",
	"sector.foreign-basis":     "Legal basis of another sector",
	"privacy.id-number":        "Contains a personal identity number",
	"privacy.bank-card":        "Contains a bank card number",
	"privacy.mobile":           "Contains a mobile number not marked as a duty line",
	"text.broken":              "Text is cut, repeated or wrong",
	"text.outdated":            "Outdated wording",
	"text.residue":             "Leftovers of a sample, placeholder or fill-down",
	"text.wrong-column":        "Content looks like another column's",
	"text.control":             "Contains invisible control characters or garbage",
	"text.formula":             "A spreadsheet would take the text for a formula",
	"text.too-long":            "Text is too long",
}
