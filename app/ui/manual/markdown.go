package manual

import (
	"regexp"
	"strings"
	"unicode"
)

// blockKind is a sort of block.
type blockKind uint8

const (
	paragraph blockKind = iota
	heading
	bullet
	numbered
	table
	picture
	quote
	code
)

// block is one piece of a page.
type block struct {
	kind   blockKind
	level  int // of a heading, 1 to 6; of a list, how deep, from 0
	number string
	spans  []span
	anchor string   // of a heading
	rows   [][]cell // of a table; the first is its head
	target string   // of a picture: the file
}

type cell []span

// span is a stretch of text in one style.
type span struct {
	text string
	bold bool
	code bool
	link string
}

func (b *block) text() string {
	if b.kind == table {
		var rows []string
		for _, r := range b.rows {
			var cells []string
			for _, c := range r {
				cells = append(cells, plain(c))
			}
			rows = append(rows, strings.Join(cells, "　"))
		}
		return strings.Join(rows, "\n")
	}
	return plain(b.spans)
}

func plain(ss []span) string {
	var b strings.Builder
	for _, s := range ss {
		b.WriteString(s.text)
	}
	return b.String()
}

// slug is the anchor of a heading, as web pages of Markdown make it: letters and
// digits, a dash for a space.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

var (
	listItem    = regexp.MustCompile(`^( *)([-*]|\d+[.)]) +(.*)$`)
	onlyPicture = regexp.MustCompile(`^!\[([^\]]*)\]\(([^)]+)\)$`)
	tableRule   = regexp.MustCompile(`^\|?[ :|-]+\|?$`)
)

// parse reads the Markdown that the manual is written in: headings, paragraphs,
// lists, tables, pictures, quotes and code.
func parse(text string) []block {
	var out []block
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var open *block // a paragraph, item or quote that goes on
	var words string
	end := func() {
		if open != nil {
			open.spans = inline(words)
			out = append(out, *open)
		}
		open, words = nil, ""
	}
	begin := func(b block, s string) {
		end()
		open, words = &b, s
	}
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			end()
		case strings.HasPrefix(trimmed, "<!--"):
			end()
			for !strings.Contains(lines[i], "-->") && i+1 < len(lines) {
				i++
			}
		case strings.HasPrefix(trimmed, "```"):
			end()
			var body []string
			for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "```"); i++ {
				body = append(body, lines[i])
			}
			out = append(out, block{kind: code, spans: []span{{text: strings.Join(body, "\n"), code: true}}})
		case strings.HasPrefix(line, "#"):
			end()
			level := len(line) - len(strings.TrimLeft(line, "#"))
			b := block{kind: heading, level: level, spans: inline(strings.TrimSpace(line[level:]))}
			b.anchor = slug(plain(b.spans))
			out = append(out, b)
		case strings.HasPrefix(trimmed, "|") && i+1 < len(lines) && tableRule.MatchString(strings.TrimSpace(lines[i+1])):
			end()
			b := block{kind: table, rows: [][]cell{cells(trimmed)}}
			for i++; i+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i+1]), "|"); i++ {
				b.rows = append(b.rows, cells(strings.TrimSpace(lines[i+1])))
			}
			out = append(out, b)
		case onlyPicture.MatchString(trimmed):
			end()
			m := onlyPicture.FindStringSubmatch(trimmed)
			out = append(out, block{kind: picture, spans: []span{{text: m[1]}}, target: m[2]})
		case strings.HasPrefix(trimmed, ">"):
			s := strings.TrimSpace(trimmed[1:])
			if open != nil && open.kind == quote {
				words = join(words, s)
			} else {
				begin(block{kind: quote}, s)
			}
		case listItem.MatchString(line):
			m := listItem.FindStringSubmatch(line)
			b := block{kind: bullet, level: len(m[1]) / 2}
			if m[2] != "-" && m[2] != "*" {
				b.kind, b.number = numbered, strings.TrimRight(m[2], ".)")
			}
			begin(b, m[3])
		case open != nil:
			words = join(words, trimmed)
		default:
			begin(block{kind: paragraph}, trimmed)
		}
	}
	end()
	return out
}

// join puts a line behind another; between Latin words there is a space.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	last, first := []rune(a), []rune(b)
	if l, f := last[len(last)-1], first[0]; l < unicode.MaxLatin1 && f < unicode.MaxLatin1 {
		return a + " " + b
	}
	return a + b
}

func cells(line string) []cell {
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	var out []cell
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && line[i+1] == '|':
			b.WriteByte('|')
			i++
		case line[i] == '|':
			out = append(out, inline(strings.TrimSpace(b.String())))
			b.Reset()
		default:
			b.WriteByte(line[i])
		}
	}
	return append(out, inline(strings.TrimSpace(b.String())))
}

var inlineMark = regexp.MustCompile("\\*\\*(.+?)\\*\\*|`([^`]+)`|\\[([^\\]]+)\\]\\(([^)\\s]+)\\)|<(https?://[^>]+)>")

// inline takes the styles of a text apart.
func inline(s string) []span {
	var out []span
	add := func(x span) {
		if x.text != "" {
			out = append(out, x)
		}
	}
	for s != "" {
		m := inlineMark.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		add(span{text: s[:m[0]]})
		part := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return s[m[2*n]:m[2*n+1]]
		}
		switch {
		case m[2] >= 0:
			for _, in := range inline(part(1)) {
				in.bold = true
				add(in)
			}
		case m[4] >= 0:
			add(span{text: part(2), code: true})
		case m[6] >= 0:
			for _, in := range inline(part(3)) {
				in.link = part(4)
				add(in)
			}
		default:
			add(span{text: part(5), link: part(5)})
		}
		s = s[m[1]:]
	}
	add(span{text: s})
	return out
}
