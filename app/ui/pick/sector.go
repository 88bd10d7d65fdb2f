package pick

import (
	"mulutong/app/ui/kit"
	"mulutong/app/words"
	"mulutong/app/work"
)

var (
	wordEntries  = words.Text{ZH: "%d 条", EN: "%d entries"}
	wordErrors   = words.Text{ZH: "错误 %d", EN: "%d errors"}
	wordWarnings = words.Text{ZH: "提醒 %d", EN: "%d warnings"}
	wordStale    = words.Text{ZH: "签发后改过", EN: "changed since signed"}
	wordUnsigned = words.Text{ZH: "待签发", EN: "to be signed"}
	wordSigned   = words.Text{ZH: "已签发", EN: "signed off"}
	wordAbsent   = words.Text{ZH: "不涉及", EN: "not applicable"}
)

// Sector is the item that says how a sector's catalog stands: what stops it comes
// before what it still needs.
func Sector(s *work.SectorState) Item {
	it := Item{ID: string(s.Info.Slug), Name: kit.Say(words.Sector(s.Info)), Detail: kit.Say(wordEntries, s.Entries)}
	if s.NotApplicable != "" {
		it.Detail = kit.Say(wordAbsent)
	} else if s.Tally.Warnings > 0 && s.Clean() {
		it.Detail = kit.Say(wordWarnings, s.Tally.Warnings) + "　" + it.Detail
	}
	switch {
	case !s.Clean():
		it.Badge, it.Tone = kit.Say(wordErrors, s.Tally.Errors), kit.Alarm
	case s.Stale():
		it.Badge, it.Tone = kit.Say(wordStale), kit.Warning
	case s.Signed:
		it.Badge, it.Tone = kit.Say(wordSigned), kit.Success
	default:
		it.Badge, it.Tone = kit.Say(wordUnsigned), kit.Plain
	}
	return it
}
