package headless

import (
	"fmt"
	"strings"

	"mulutong/app/words"
)

// language is what --lang asks for, or else the locale. Anything but English is
// Chinese: the program's users read Chinese, also on machines set to C or POSIX.
// It is found before the command line is parsed, since parsing can fail.
func language(args []string, getenv func(string) string) words.Lang {
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
	return words.Chinese
}

func languageOf(s string) words.Lang {
	if s = strings.ToLower(s); s == "en" || strings.HasPrefix(s, "en_") || strings.HasPrefix(s, "en-") || strings.HasPrefix(s, "en.") {
		return words.English
	}
	return words.Chinese
}

// say writes one line to standard error.
func (a *app) say(t words.Text, args ...any) {
	fmt.Fprintln(a.Stderr, strings.Map(harmless, t.In(a.lang, args...)))
}

// print writes one line of the result.
func (a *app) print(t words.Text, args ...any) {
	fmt.Fprintln(a.Stdout, t.In(a.lang, args...))
}
