package headless

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/templates"
)

func (a *app) basisCommand() *cobra.Command {
	var unconfirmed bool
	cmd := a.command("basis [TITLE]", helpBasis, 0, 1, func(_ *cobra.Command, args []string) error {
		r := a.set().Register()
		acts := r.Acts()
		if len(args) > 0 {
			acts = findActs(r, args[0])
		}
		if len(acts) == 0 {
			a.code = exitFindings
			a.say(basisNotFound, args[0])
		}
		if unconfirmed {
			return a.unconfirmedBases(acts)
		}
		if a.json {
			out := make([]basisEntry, len(acts))
			for i, act := range acts {
				out[i] = newBasisEntry(r, act)
			}
			return a.writeJSON(map[string]any{"version": r.Version(), "acts": out})
		}
		if len(acts) == 0 {
			return nil
		}
		tb := table{head: fields(tableBasis, a.lang)}
		for _, act := range acts {
			next, _ := r.Act(act.Successor)
			date := act.Effective
			if act.Ended != "" {
				date = act.Ended
			}
			tb.add(words.Status(act.Status).In(a.lang), string(date), yes(act.Confirmed), act.Cited())
			if next.Title != "" {
				tb.add("", "", "", basisSuccessor.In(a.lang, next.Cited()))
			}
		}
		return tb.write(a.Stdout)
	})
	a.dataFlag(cmd, false)
	cmd.Flags().BoolVar(&unconfirmed, "unconfirmed", false, helpUnconfirmed.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

type basisEntry struct {
	catalog.Act
	SuccessorTitle string          `json:"successorTitle,omitempty"`
	CitedBy        []templates.Use `json:"citedBy,omitempty"` // only of unconfirmed ones
}

func newBasisEntry(r *catalog.Register, act catalog.Act) basisEntry {
	e := basisEntry{Act: act}
	if next, ok := r.Act(act.Successor); ok {
		e.SuccessorTitle = next.Title
	}
	return e
}

// unconfirmedBases lists those of the acts that nobody has seen in a source,
// first those that most entries of the templates cite.
func (a *app) unconfirmedBases(acts []catalog.Act) error {
	t := a.set()
	uses := t.Uses()
	out := []basisEntry{}
	for _, act := range acts {
		if act.Confirmed {
			continue
		}
		e := newBasisEntry(t.Register(), act)
		e.CitedBy = uses[act.ID]
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b basisEntry) int { return cmp.Compare(len(b.CitedBy), len(a.CitedBy)) })
	if a.json {
		return a.writeJSON(map[string]any{"version": t.Register().Version(), "acts": out})
	}
	if len(out) == 0 {
		if len(acts) > 0 {
			a.say(basisConfirmed)
		}
		return nil
	}
	tb := table{head: fields(tableUnconfirmed, a.lang)}
	for _, e := range out {
		uses := ""
		if len(e.CitedBy) > 0 {
			uses = fmt.Sprint(len(e.CitedBy))
		}
		tb.add(words.Status(e.Status).In(a.lang), uses, e.Act.Cited())
		if uses != "" {
			tb.add("", "", basisCitedBy.In(a.lang, a.citing(t, e.CitedBy)))
		}
		if e.Note != "" {
			tb.add("", "", basisNote.In(a.lang, e.Note))
		}
	}
	return tb.write(a.Stdout)
}

// citing says which sectors' templates cite an act, and in how many entries.
func (a *app) citing(t *templates.Set, uses []templates.Use) string {
	var order []catalog.Sector
	entries := map[catalog.Sector]int{}
	for _, u := range uses {
		if entries[u.Sector] == 0 {
			order = append(order, u.Sector)
		}
		entries[u.Sector]++
	}
	var said []string
	for _, slug := range order {
		name := string(slug)
		if s, ok := t.Sector(name); ok && a.lang == words.Chinese {
			name = s.Called()
		}
		said = append(said, fmt.Sprintf("%s %d", name, entries[slug]))
	}
	return strings.Join(said, listMark.In(a.lang))
}

// findActs looks a title up as it would be cited, and failing that as part of one.
func findActs(r *catalog.Register, query string) []catalog.Act {
	for _, c := range catalog.ParseBasis(query) {
		if c.Title != "" {
			if acts := r.Find(c.Title); len(acts) > 0 {
				return acts
			}
		}
	}
	if acts := r.Find(query); len(acts) > 0 {
		return acts
	}
	return r.Search(query)
}

func yes(b bool) string {
	if b {
		return "√"
	}
	return ""
}

// maxDivisions is how many places a search prints.
const maxDivisions = 50

func (a *app) divisionsCommand() *cobra.Command {
	cmd := a.command("divisions [CODE_OR_NAME]", helpDivisions, 0, 1, func(_ *cobra.Command, args []string) error {
		index := templates.Divisions()
		var found []catalog.Division
		switch {
		case len(args) == 0:
			found = index.Below("")
		default:
			if d, ok := index.ByCode(args[0]); ok {
				found = append([]catalog.Division{d}, index.Below(args[0])...)
			} else {
				found = index.Find(args[0], maxDivisions)
			}
		}
		if len(found) == 0 {
			a.code = exitFindings
			a.say(divisionNotFound, args[0])
		}
		type row struct {
			catalog.Division
			Full string `json:"full"`
		}
		rows := make([]row, len(found))
		for i, d := range found {
			rows[i] = row{d, work.FullName(d)}
		}
		if a.json {
			return a.writeJSON(map[string]any{"divisions": rows})
		}
		for _, r := range rows {
			fmt.Fprintf(a.Stdout, "%-9s  %s\n", r.Code, r.Full)
		}
		return nil
	})
	a.jsonFlag(cmd)
	return cmd
}

// table prints columns aligned for a terminal, where a Chinese character is two wide.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer) error {
	widths := make([]int, len(t.head))
	rows := append([][]string{t.head}, t.rows...)
	for _, r := range rows {
		for i, c := range r {
			widths[i] = max(widths[i], displayWidth(c))
		}
	}
	for _, r := range rows {
		line := make([]byte, 0, 128)
		for i, c := range r {
			line = append(line, c...)
			if i < len(r)-1 {
				for range widths[i] - displayWidth(c) + 2 {
					line = append(line, ' ')
				}
			}
		}
		if _, err := fmt.Fprintln(w, string(trimRight(line))); err != nil {
			return err
		}
	}
	return nil
}

func trimRight(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// displayWidth is how many columns of a terminal a text takes.
func displayWidth(s string) int {
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}
