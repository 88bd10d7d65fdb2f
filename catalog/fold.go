package catalog

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns the form of s in which texts are compared: full-width letters,
// digits and signs become half-width, spaces and invisible characters go, every
// bracket is round, title marks are < and >, and the variants of a comma, stop,
// dash or quotation mark are one. Letters keep their case. Folding twice is the
// same as folding once.
func Fold(s string) string {
	for i, r := range s {
		if f := foldRune(r); f != r || r == utf8.RuneError {
			var b strings.Builder
			b.Grow(len(s))
			b.WriteString(s[:i])
			for _, r := range s[i:] {
				if f := foldRune(r); f >= 0 {
					b.WriteRune(f)
				}
			}
			return b.String()
		}
	}
	return s
}

// foldRune returns what r is compared as, or a negative number for nothing.
func foldRune(r rune) rune {
	switch {
	case r > ' ' && r < 0x7F:
		switch r {
		case '[', '{':
			return '('
		case ']', '}':
			return ')'
		}
		return r
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case blank(r):
		return -1
	case r >= '！' && r <= '～': // the full-width block
		return foldRune(r - '！' + '!')
	case r >= '⼀' && r <= '⿕': // radicals, which copying from PDF yields for characters
		return radicals[r-'⼀']
	}
	switch r {
	case '《', '〈', '«', '‹', '≪', '⟨', '⟪', '﹤', '︽', '︿':
		return '<'
	case '》', '〉', '»', '›', '≫', '⟩', '⟫', '﹥', '︾', '﹀':
		return '>'
	case '〔', '【', '﹝', '〖', '⦗', '❲', '﹙', '﹛', '⟮':
		return '('
	case '〕', '】', '﹞', '〗', '⦘', '❳', '﹚', '﹜', '⟯':
		return ')'
	case '、', '､', '﹑', '﹐':
		return ','
	case '﹔':
		return ';'
	case '﹕', '∶', '︰':
		return ':'
	case '。', '｡', '﹒':
		return '.'
	case '“', '”', '„', '‟', '「', '」', '『', '』', '〝', '〞':
		return '"'
	case '‘', '’', '‚', '‛', '′':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '─', '━', '−', '﹣', '﹘':
		return '-'
	case '〜', '∼':
		return '~'
	case '•', '・', '･', '‧', '∙', '⋅':
		return '·'
	}
	return r
}

// blank reports whether r is a space or shows nothing.
func blank(r rune) bool {
	if r <= ' ' {
		return true
	}
	if r < 0x7F || r >= 0x4E00 && r <= 0x9FFF {
		return false
	}
	switch {
	case r >= 0x7F && r <= 0xA0, r == 0xAD,
		r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r >= 0x205F && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, r == 0x3164, r == 0xFFA0:
		return true
	}
	return unicode.IsSpace(r)
}

// radicals are the characters that U+2F00 and the following stand for.
var radicals = []rune("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠")
