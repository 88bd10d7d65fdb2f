package headless

import (
	"fmt"
	"strings"
)

// lang is a language of messages.
type lang uint8

const (
	chinese lang = iota
	english
)

// text says one thing in both languages. The arguments of both formats stand in
// the same order.
type text struct{ zh, en string }

func (t text) in(l lang, args ...any) string {
	s := t.zh
	if l == english {
		s = t.en
	}
	if len(args) == 0 || !strings.Contains(s, "%") {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// language is what --lang asks for, or else the locale. Anything but English is
// Chinese: the program's users read Chinese, also on machines set to C or POSIX.
// It is found before the command line is parsed, since parsing can fail.
func language(args []string, getenv func(string) string) lang {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok {
			return languageOf(value)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return languageOf(v)
		}
	}
	return chinese
}

func languageOf(s string) lang {
	if s = strings.ToLower(s); s == "en" || strings.HasPrefix(s, "en_") || strings.HasPrefix(s, "en-") || strings.HasPrefix(s, "en.") {
		return english
	}
	return chinese
}

// say writes one line to standard error.
func (a *app) say(t text, args ...any) {
	fmt.Fprintln(a.Stderr, strings.Map(harmless, t.in(a.lang, args...)))
}

// print writes one line of the result.
func (a *app) print(t text, args ...any) {
	fmt.Fprintln(a.Stdout, t.in(a.lang, args...))
}
