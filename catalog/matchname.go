package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// nameWord is a word of a name, and what it counts for.
type nameWord struct {
	id   wordID
	mass float64
	last bool // stands in the last level
}

// matchName is one of the names of an entry, taken apart.
type matchName struct {
	target int
	other  bool       // not the target's own
	key    string     // the levels, folded, without numbering
	words  []nameWord // by id, each once
	mass   float64    // of all words
	known  float64    // of those known and not light
	last   float64    // of those of the last level
}

// levelMass is what the words of a level count for, the last level first.
var levelMass = [...]float64{1, 0.6, 0.2}

func newMatchName(path []string) matchName {
	var n matchName
	var levels []string
	for i, level := range path {
		if i == 0 && len(path) > 1 && strings.HasSuffix(strings.TrimSpace(level), "领域") {
			continue // the sector's name
		}
		if l := plainName(level); l != "" && (len(levels) == 0 || levels[len(levels)-1] != l) {
			levels = append(levels, l)
		}
	}
	n.key = strings.Join(levels, "\n")
	for up := range levels {
		mass := levelMass[min(up, len(levelMass)-1)]
		for _, id := range wordsOf(levels[len(levels)-1-up]) {
			n.words = append(n.words, nameWord{id, mass, up == 0})
		}
	}
	slices.SortStableFunc(n.words, func(a, b nameWord) int { return cmp.Compare(a.id, b.id) })
	n.words = slices.CompactFunc(n.words, func(a, b nameWord) bool { return a.id == b.id })
	return n
}

func (n *matchName) weigh(r rarity) {
	for i := range n.words {
		w := &n.words[i]
		w.mass *= r.weight(w.id)
		n.mass += w.mass
		if w.id.known() {
			n.known += w.mass
		}
		if w.last {
			n.last += w.mass
		}
	}
}

// likeness compares names by their words, in any order and on any level, 0 to 1.
// A word that one of them adds costs little, one that stands for another more, and
// two known words for each other most: 行政处罚, 行政强制.
func likeness(a, b *matchName) float64 {
	var ofA, ofB matchName // what they have in common
	for i, j := 0, 0; i < len(a.words) && j < len(b.words); {
		v, w := &a.words[i], &b.words[j]
		switch {
		case v.id < w.id:
			i++
		case v.id > w.id:
			j++
		default:
			i, j = i+1, j+1
			ofA.common(v, w)
			ofB.common(w, v)
		}
	}
	if ofA.mass == 0 {
		return 0
	}
	l := math.Sqrt(ofA.mass / a.mass * ofB.mass / b.mass)
	if a.last > 0 && b.last > 0 {
		l *= 1 - 0.4*min(1-ofA.last/a.last, 1-ofB.last/b.last)
	}
	const rounding = 1e-9
	if a.known-ofA.known > rounding && b.known-ofB.known > rounding {
		l *= 0.45
	}
	return l
}

// common counts a word of n's that another name has too, less if it has it on a
// level of less weight.
func (n *matchName) common(w, other *nameWord) {
	n.mass += 0.2*w.mass + 0.8*min(w.mass, other.mass)
	if w.id.known() {
		n.known += w.mass
	}
	if w.last {
		n.last += w.mass
	}
}

// plainName folds a level's name: numbering and codes at its ends, spaces and
// signs taken out, full-width forms and capitals made alike.
func plainName(s string) string {
	rs := make([]rune, 0, len(s)/3+1)
	for _, r := range s {
		if r = simplified(nameRune(r)); !blank(r) || len(rs) > 0 && !blank(rs[len(rs)-1]) {
			rs = append(rs, r)
		}
	}
	rs = withoutPlace(withoutNumber(withoutExcept(rs)))
	rs = rs[:len(rs)-trailingCode(rs)]
	return string(slices.DeleteFunc(rs, func(r rune) bool { return !isWordRune(r) }))
}

// withoutExcept takes out what brackets say is not meant: （人体器官移植除外）.
func withoutExcept(rs []rune) []rune {
	s := string(rs)
	for _, end := range []string{"除外)", "不含)"} {
		if j := strings.Index(s, end); j >= 0 {
			if i := strings.LastIndex(s[:j], "("); i >= 0 {
				return []rune(s[:i] + s[j+len(end):])
			}
		}
	}
	return rs
}

// withoutPlace takes the name of a township off the front: 籍山镇低保审核.
func withoutPlace(rs []rune) []rune {
	for i := 2; i <= 3 && i < len(rs)-2; i++ {
		n := 0
		switch {
		case rs[i] == '镇' || rs[i] == '乡':
			n = i + 1
		case rs[i] == '街' && rs[i+1] == '道':
			n = i + 2
		default:
			continue
		}
		if strings.ContainsRune("城乡村小强各", rs[i-1]) || !isHan(rs[0]) || !isHan(rs[1]) || len(rs)-n < 2 {
			return rs
		}
		return rs[n:]
	}
	return rs
}

// simplified returns the simplified form of the characters that names have.
func simplified(r rune) rune {
	if i, ok := slices.BinarySearchFunc(traditional(), r, func(p [2]rune, r rune) int { return cmp.Compare(p[0], r) }); ok {
		return traditional()[i][1]
	}
	return r
}

// traditionalPairs are traditional characters, each with its simplified form.
const traditionalPairs = `
佔占 來来 個个 備备 傳传 傷伤 價价 償偿 優优 儲储 兒儿 別别 創创 劃划 動动 務务 勞劳 區区 參参 單单 國国 園园 圖图 團团 執执
報报 場场 塵尘 壞坏 學学 實实 審审 對对 導导 屬属 師师 帳账 庫库 廣广 強强 後后 從从 徵征 慶庆 應应 懲惩 戶户 換换 損损 撥拨
撫抚 擇择 擔担 據据 擬拟 時时 書书 會会 業业 構构 樑梁 標标 樹树 橋桥 機机 檔档 檢检 權权 歸归 殘残 氣气 決决 減减 測测 準准
濁浊 災灾 為为 煙烟 熱热 燒烧 營营 獎奖 環环 產产 療疗 發发 監监 稅税 築筑 簽签 籌筹 糾纠 納纳 級级 紛纷 結结 絡络 給给 統统
綜综 綠绿 網网 編编 練练 縣县 織织 繫系 繳缴 續续 罰罚 習习 聯联 聲声 職职 聽听 與与 舉举 薦荐 藥药 處处 術术 衛卫 補补 規规
計计 訊讯 訓训 設设 許许 訴诉 註注 評评 詢询 話话 認认 調调 請请 論论 諮咨 證证 識识 護护 變变 財财 貧贫 責责 貸贷 費费 貼贴
資资 賬账 車车 軍军 輛辆 輸输 轉转 辦办 農农 這这 連连 進进 運运 過过 達达 適适 遷迁 選选 遺遗 還还 邊边 鄉乡 醫医 針针 銀银
銷销 錄录 錢钱 鎮镇 鐵铁 鑒鉴 長长 門门 開开 間间 關关 隊队 險险 隱隐 電电 項项 預预 頒颁 領领 題题 額额 類类 飯饭 飲饮 養养
餘余 館馆 騙骗 驗验 體体 麼么 點点 齡龄
`

// traditional are pairs of a traditional character and its simplified form.
var traditional = sync.OnceValue(func() [][2]rune {
	var out [][2]rune
	for pair := range strings.FieldsSeq(traditionalPairs) {
		rs := []rune(pair)
		out = append(out, [2]rune{rs[0], rs[1]})
	}
	slices.SortFunc(out, func(a, b [2]rune) int { return cmp.Compare(a[0], b[0]) })
	return out
})

// withoutNumber takes list numbers off the front: 1.1, （一）, 三、, 01, ①.
func withoutNumber(rs []rune) []rune {
	for range 3 {
		i := 0
		for i < len(rs) && (isDigit(rs[i]) || strings.ContainsRune("一二三四五六七八九十.,、()①②③④⑤⑥⑦⑧⑨⑩ ", rs[i])) {
			i++
		}
		if i == 0 || i == len(rs) {
			return rs
		}
		head := rs[:i]
		signed := slices.ContainsFunc(head, func(r rune) bool { return !isDigit(r) && !strings.ContainsRune("一二三四五六七八九十", r) })
		digits := !slices.ContainsFunc(head, func(r rune) bool { return !isDigit(r) })
		// 2023年 and 一次性 are no numbers of a list, nor is 12345热线.
		switch {
		case signed:
			// A numeral after the last sign belongs to the name: 1.一次性补贴.
			for !isDigit(rs[i-1]) && strings.ContainsRune("一二三四五六七八九十", rs[i-1]) {
				i--
			}
			if isDigit(rs[i-1]) && strings.ContainsRune("年月日周个项", rs[i]) {
				return rs
			}
		case digits && len(head) <= 2 && isHan(rs[i]) && !strings.ContainsRune("年月日周个项岁号", rs[i]):
		default:
			return rs
		}
		rs = rs[i:]
	}
	return rs
}

// trailingCode returns the length of a nine-digit code at the end, with what
// closes it.
func trailingCode(rs []rune) int {
	end := len(rs)
	for end > 0 && (isClose(rs[end-1]) || blank(rs[end-1])) {
		end--
	}
	i := end
	for i > 0 && isDigit(rs[i-1]) {
		i--
	}
	if end-i != 9 {
		return 0
	}
	return len(rs) - i
}

// isWordRune reports whether the rune is part of a word, not a sign or a space.
func isWordRune(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
