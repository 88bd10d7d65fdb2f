package check

import (
	"strings"

	"mulutong/catalog"
)

// flawWords say what is wrong with how a citation is written.
var flawWords = map[catalog.FlawKind]string{
	catalog.FlawUnpairedTitle:   "书名号不成对",
	catalog.FlawTitleMarks:      "书名号用得不对",
	catalog.FlawRepeatedTitle:   "文件名重复",
	catalog.FlawUnpairedBracket: "括号不成对",
	catalog.FlawNumberBrackets:  "文号缺少括号或者括号残缺",
	catalog.FlawNumberStyle:     "文号年份应当用六角括号〔〕",
	catalog.FlawNumberBare:      "文号没有放在括号里",
}

// flawed works out what is wrong with the form of a citation, and its text made
// right; empty where that is not known.
func (c *Checker) flawed(x catalog.Citation) (flaws []string, fixed string) {
	if x.Title == "" && x.Number == "" && c.know.Register != nil {
		// A law named without 《》 is no vague basis.
		bare := strings.TrimSpace(x.Text)
		if c.know.Register.Resolve(catalog.Citation{Title: bare}).How == catalog.Exact {
			return []string{"没有加书名号"}, c.settled("《" + bare + "》")
		}
	}
	for _, f := range x.Flaws() {
		if w := flawWords[f.Kind]; w != "" {
			flaws = append(flaws, w)
		}
	}
	if spaced(x.Text) {
		flaws = append(flaws, "书名号或者文号里有多余的空格")
	}
	right := x
	if len(flaws) > 0 {
		right = x.Normalized()
	}
	if wrong, item := wrongItem(right); wrong != "" {
		flaws = append(flaws, wrong+"应为"+item)
		right.Text = strings.Replace(right.Text, wrong, item, 1)
	}
	if len(flaws) == 0 {
		return nil, ""
	}
	if b := catalog.ParseBasis(right.Text); len(b) != 1 || b[0].Title == "" || hasFlaw(b[0]) {
		return flaws, ""
	}
	return flaws, c.settled(right.Text)
}

func hasFlaw(x catalog.Citation) bool {
	for _, f := range x.Flaws() {
		if flawWords[f.Kind] != "" {
			return true
		}
	}
	wrong, _ := wrongItem(x)
	return wrong != "" || spaced(x.Text)
}

// settled is the citation put right, unless the act it means has ended: then what
// to cite instead, empty where there is nothing.
func (c *Checker) settled(text string) string {
	b := catalog.ParseBasis(text)
	if c.know.Register == nil || len(b) != 1 {
		return text
	}
	got := cite{Citation: b[0], Resolution: c.know.Register.Resolve(b[0])}
	switch {
	case !got.ended(c.know.Today):
		return text
	case got.Current == nil:
		return ""
	}
	return actCitation(got.Current)
}

// spaced reports whether a space stands within the marks of a title at its ends,
// or within a document number: 《 预算法》, 国务院令第 590 号. Spaces between the
// bodies that issued a document together are usual.
func spaced(s string) bool {
	if strings.IndexByte(s, ' ') < 0 {
		return false
	}
	for _, w := range []string{"《 ", " 》", "第 ", " 号", "〔 ", " 〕", "〕 "} {
		before, after, ok := strings.Cut(s, w)
		if !ok {
			continue
		}
		switch w {
		case "第 ", "〕 ", "〔 ":
			if after != "" && isDigit(after[0]) {
				return true
			}
		case " 号", " 〕":
			if before != "" && isDigit(before[len(before)-1]) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// itemised are the articles of the regulation on government information that list
// items （一）（二）… and have no second paragraph.
var itemised = []string{"第二十条", "第20条"}

// wrongItem finds an item cited as a paragraph: 第二十条第一款 for 第二十条第（一）项.
func wrongItem(c catalog.Citation) (wrong, right string) {
	if !strings.HasSuffix(c.Title, "政府信息公开条例") {
		return "", ""
	}
	for _, article := range itemised {
		_, after, ok := strings.Cut(c.Text, article+"第")
		if !ok {
			continue
		}
		whole, _, ok := strings.Cut(after, "款")
		n := strings.Trim(whole, "（）()")
		if ok && n != "" && strings.Trim(n, "0123456789一二三四五六七八九十") == "" {
			return article + "第" + whole + "款", article + "第（" + n + "）项"
		}
	}
	return "", ""
}
