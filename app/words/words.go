// Package words holds what the programs say to people, in Chinese and in
// English: every text has both, and a value chosen by the reader's language.
// Explain says of any error what happened and what to do next; every field, rule,
// state and problem has its name here.
package words

import (
	"fmt"
	"strings"
)

// Lang is the language a person reads.
type Lang uint8

// The languages of the programs; Chinese is the first.
const (
	Chinese Lang = iota
	English
)

// Text is a text for people in both languages. With arguments it is a format;
// those of both stand in the same order.
type Text struct{ ZH, EN string }

// In is the text in a language, with the arguments put in.
func (t Text) In(l Lang, args ...any) string {
	s := t.ZH
	if l == English {
		s = t.EN
	}
	if len(args) == 0 || !strings.Contains(s, "%") {
		return s
	}
	return fmt.Sprintf(s, args...)
}
