package field

import (
	"strings"

	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/catalog"
)

// Register is what citations need of the register of legal bases.
type Register interface {
	// Resolve says what the register knows of a citation.
	Resolve(catalog.Citation) catalog.Resolution
	// Search returns the acts that fit what is typed, best first: parts of the
	// title, numbers, and whatever else the register can be searched by.
	Search(q string) []catalog.Act
}

var (
	wordInForce    = words.Text{ZH: "现行", EN: "In force"}
	wordRevised    = words.Text{ZH: "已修订", EN: "Revised"}
	wordRepealed   = words.Text{ZH: "已废止", EN: "Repealed"}
	wordMayEnded   = words.Text{ZH: "或已废止", EN: "Maybe repealed"}
	wordExpired    = words.Text{ZH: "已过期", EN: "Expired"}
	wordMisspelled = words.Text{ZH: "疑有错字", EN: "Misspelt?"}
	wordNotListed  = words.Text{ZH: "未收录", EN: "Not listed"}
	wordCheckedNot = words.Text{ZH: "未核实", EN: "Unconfirmed"}

	wordSince    = words.Text{ZH: "%s起不再有效", EN: "no longer in force since %s"}
	wordNow      = words.Text{ZH: "现行的是%s", EN: "in force now: %s"}
	wordNoHeir   = words.Text{ZH: "没有查到替代它的文件", EN: "nothing is known to replace it"}
	wordPerhaps  = words.Text{ZH: "是否为《%s》？", EN: "Perhaps 《%s》?"}
	wordNumberIs = words.Text{ZH: "文号应为%s", EN: "the number is %s"}
	wordSemi     = words.Text{ZH: "，", EN: "; "}
)

// standing is how a citation stands in the register, as a person is told.
type standing struct {
	mark    words.Text
	tone    kit.Tone
	detail  string // empty where all is well
	instead string // what to write instead; empty where that is not known
}

// standingOf asks the register. What it says of what to write instead is what
// the rules of package check propose.
func standingOf(r Register, c catalog.Citation, today catalog.Date) standing {
	if r == nil {
		return standing{mark: wordNotListed}
	}
	res := r.Resolve(c)
	a := res.Act
	if a == nil {
		return standing{mark: wordNotListed}
	}
	ended := a.Status != catalog.InForce && (a.Ended == "" || today == "" || a.Ended <= today)
	switch {
	case res.How == catalog.Misspelled && !ended:
		return standing{wordMisspelled, kit.Warning, kit.Say(wordPerhaps, a.Marked()), strings.Replace(c.Text, c.Title, a.Marked(), 1)}
	case ended:
		s := standing{mark: wordRepealed, tone: kit.Alarm}
		switch {
		case a.Status == catalog.Expired:
			s.mark = wordExpired
		case !a.Confirmed:
			s.mark, s.tone = wordMayEnded, kit.Warning
		}
		var parts []string
		if a.Ended != "" {
			parts = append(parts, kit.Say(wordSince, words.Date(a.Ended, kit.Lang())))
		}
		if res.Current != nil {
			s.instead = res.Current.Cited()
			parts = append(parts, kit.Say(wordNow, s.instead))
		} else {
			parts = append(parts, kit.Say(wordNoHeir))
		}
		s.detail = strings.Join(parts, kit.Say(wordSemi))
		return s
	case res.How == catalog.OldRevision:
		return standing{wordRevised, kit.Warning, kit.Say(wordNow, a.Cited()), a.Cited()}
	case res.Meant != "" && c.Number != "":
		return standing{wordMisspelled, kit.Warning, kit.Say(wordNumberIs, res.Meant), strings.Replace(c.Normalized().Text, c.Number, res.Meant, 1)}
	case !a.Confirmed:
		return standing{mark: wordCheckedNot}
	}
	return standing{mark: wordInForce, tone: kit.Success}
}

// actStanding is the mark of an act itself.
func actStanding(a *catalog.Act, today catalog.Date) (words.Text, kit.Tone) {
	switch {
	case a.Status == catalog.InForce || a.Ended != "" && today != "" && a.Ended > today:
		if !a.Confirmed {
			return wordCheckedNot, kit.Plain
		}
		return wordInForce, kit.Success
	case a.Status == catalog.Expired:
		return wordExpired, kit.Alarm
	case !a.Confirmed:
		return wordMayEnded, kit.Warning
	}
	return wordRepealed, kit.Alarm
}
