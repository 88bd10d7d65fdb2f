package catalog

import "strings"

// FlawKind tells what is wrong with how a citation is written.
type FlawKind string

// The flaws of a citation.
const (
	FlawUnpairedTitle    FlawKind = "unpaired-title"    // 《 or 》 or 〈 without its like
	FlawTitleMarks       FlawKind = "title-marks"       // marks of another kind, doubled, or around a part of the title
	FlawRepeatedTitle    FlawKind = "repeated-title"    // the title, or its beginning, stands there twice
	FlawUnpairedBracket  FlawKind = "unpaired-bracket"  // a bracket without its like
	FlawNumberBrackets   FlawKind = "number-brackets"   // the document number lost or mixed brackets: 〔201680号
	FlawNumberStyle      FlawKind = "number-style"      // its year stands in brackets other than 〔〕: [2017]80号
	FlawNumberBare       FlawKind = "number-bare"       // it follows the title without brackets
	FlawArticleParagraph FlawKind = "article-paragraph" // 第二十条第二款; whether that paragraph exists the register tells
)

// Flaw is one thing wrong with how a citation is written, and the words it is
// wrong in.
type Flaw struct {
	Kind FlawKind
	Text string
}

// Flaws returns what is wrong with how Text is written, in no order. It says
// nothing of whether the act exists or holds.
func (c Citation) Flaws() []Flaw {
	r := citationReader{s: c.Text}
	if !r.read(0) {
		return nil
	}
	return r.flaws
}

// Normalized returns the citation as it should be written: Text is rebuilt as
// 《Title》（Number，Note）Article between the words that stood around it, marks
// and brackets are of the usual kind and paired. A citation without a title
// stays as it is.
func (c Citation) Normalized() Citation {
	if c.Title == "" {
		return c
	}
	r := citationReader{s: c.Text}
	r.read(0)
	n := Citation{Title: normalTitle(c.Title), Number: c.Number, Article: c.Article, Note: c.Note}
	var b strings.Builder
	if r.c.Title == c.Title && !begins(r.prefix) {
		b.WriteString(r.prefix)
	}
	b.WriteString("《" + n.Title + "》")
	switch {
	case n.Number != "" && n.Note != "":
		b.WriteString("（" + n.Number + "，" + n.Note + "）")
	case n.Number+n.Note != "":
		b.WriteString("（" + n.Number + n.Note + "）")
	}
	b.WriteString(n.Article)
	if r.c.Title == c.Title {
		b.WriteString(strings.TrimFunc(r.tail, func(c rune) bool { return classOf(c) > sepMark }))
	}
	n.Text = b.String()
	return n
}

// begins reports whether a prefix is the broken beginning of a title.
func begins(prefix string) bool {
	return strings.IndexFunc(prefix, isTitleMark) >= 0
}

// normalTitle writes the marks within a title as 〈〉, its brackets as （）.
func normalTitle(title string) string {
	if innerDepth(title) != 0 {
		title = strings.Map(func(c rune) rune {
			if isTitleMark(c) {
				return -1
			}
			return c
		}, title)
	}
	if open := strings.Count(title, "（") + strings.Count(title, "("); open == 1 && !strings.ContainsAny(title, "）)") {
		title += "）"
	}
	return strings.Map(func(c rune) rune {
		switch classOf(c) {
		case openTitle, openInner:
			return '〈'
		case closeTitle, closeInner:
			return '〉'
		case openRound:
			return '（'
		case closeRound:
			return '）'
		}
		return c
	}, title)
}

// String returns the citations, one a line; ParseBasis reads them back. One
// that has only a title and no text is written as Normalized would.
func (b Basis) String() string {
	lines := make([]string, 0, len(b))
	for _, c := range b {
		if c.Text == "" {
			c = c.Normalized()
		}
		if c.Text != "" {
			lines = append(lines, c.Text)
		}
	}
	return strings.Join(lines, "\n")
}
