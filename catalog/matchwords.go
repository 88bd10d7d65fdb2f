package catalog

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// nameWords are the words of a name: known ones, and the characters of the rest.
type nameWords struct {
	ids     []uint32  // sorted, each once
	weights []float64 // of each; see rarity
	weight  float64   // of all
	seen    uint64    // a bit for each, so that most pairs need no closer look
}

// Word ids: a rune below wordBase, a known word from there on. What a known word
// weighs is in its id, as its group is.
const (
	wordBase  = 1 << 24
	lightWord = 1 << 23 // says what sort of thing, not of what: 指南, 名单
)

// wordWeight is what a word counts for in a name.
func wordWeight(id uint32) float64 {
	switch {
	case id < wordBase:
		return 1
	case id&lightWord != 0:
		return 1
	}
	return 2
}

// sameWords are words that names use for one another, a group a line.
const sameWords = `
最低生活保障 低保 城乡低保 城乡居民最低生活保障 城乡最低生活保障 居民最低生活保障
特困人员救助供养 特困人员供养 特困供养 特困人员 特困救助供养 特困救助 五保供养 五保 特困
临时救助
医疗救助
困难残疾人生活补贴和重度残疾人护理补贴 残疾人两项补贴 困难残疾人生活补贴 重度残疾人护理补贴
高龄津贴 高龄补贴 老年人高龄津贴 老年人高龄补贴
养老服务
老年人 老人 老年
儿童 未成年人
孤儿
残疾人 残疾
户口 户籍
居民身份证 身份证
公租房 公共租赁住房 公共租赁房
保障性住房 保障房 保障性安居工程
棚户区改造 棚改
农村危房改造 危房改造 危改
社会保险 社保
基本养老保险 养老保险
基本医疗保险 医疗保险 医保
失业保险
工伤保险
生育保险
城乡居民 居民
机关事业单位 机关事业
企业 用人单位 单位
职工 在职职工
灵活就业人员 灵活就业
城镇 城市
农村 乡村
县级
乡级
学校 中小学
教师 老师
学生
义务教育
学校介绍 学校简介 学校概况
减轻学生作业负担和校外培训负担 双减
服现役 服兵役 参军 入伍
公益性岗位 公岗
幼儿园 学前教育
食品
药品
医疗机构
公共卫生
传染病
环境影响评价 环评
生态环境 环境保护 环保
安全生产 安监
自然灾害 灾害
突发事件
行政处罚 处罚
行政许可 许可
行政强制 强制
行政征收
征地 土地征收 征收土地
房屋征收
补偿
燃气
供水 自来水
排水
污水
供热
道路
园林绿化 绿化
环境卫生 环卫
公共资源交易
政府采购
工程建设
国有产权
预算
决算
部门
税收 涉税 税务
纳税人
就业
失业
创业
招聘
公证
法律援助
人民调解
公共文化 文化服务
文化遗产 非遗 非物质文化遗产
扶贫 脱贫
设立 成立 开办
变更
注销
备案
年度
季度
`

// lightWords are such words that many entries of a sector share.
const lightWords = `
政策法规文件 法规文件 政策法规 政策文件 法规政策 法规政策文件 政策法规和文件 政策及文件 政策规定 政策
法律法规 法律法规规章 法律 法规
规范性文件
办事指南 服务指南 办理指南 申报指南 申请指南 办事服务指南 办理须知 如何办理 怎么办理 指南
办理流程 办事流程 流程 程序 办理程序
审核 初审
审批 批准 审核确认 确认
审核审批 审批审核 审批与审核 审核与审批
认定 认定核准
受理 申请受理
监督检查 日常检查 行政检查 检查
投诉举报 监督举报 举报投诉 监督投诉 投诉
信访 来信来访
联系方式 联系电话 咨询电话 通讯地址 电话 地址
名单 名册 花名册 人员名单 对象名单
标准
条件
补贴 津贴 补助
救助
登记
机构设置 机构职能 机构
资金 经费
发放
综合业务 综合
服务
规划 计划
统计
权责清单 权力清单 责任清单
`

// nameFillers are words that say nothing in the name of a matter.
var nameFillers = strings.Fields("信息 情况 公开 结果 相关 有关 工作 事项 内容 具体 公示 公告 办理 目录 类 及 和 与 的 等 或 以及 关于")

const fillerWord = 1<<32 - 1

var matchWords = sync.OnceValue(func() *runeTree {
	t := &runeTree{}
	id := uint32(wordBase)
	for _, part := range []struct {
		groups string
		light  uint32
	}{{sameWords, 0}, {lightWords, lightWord}} {
		for line := range strings.Lines(part.groups) {
			id++
			for _, w := range strings.Fields(line) {
				t.add(w, id|part.light)
			}
		}
	}
	for _, w := range nameFillers {
		t.add(w, fillerWord)
	}
	return t
})

// wordsOf takes names, as plainName leaves them, apart into words. Fillers count
// only where there is nothing else.
func wordsOf(names ...string) nameWords {
	t := matchWords()
	var ids, filler []uint32
	for _, name := range names {
		rs := []rune(name)
		for len(rs) > 0 {
			id, n := t.longest(rs)
			switch {
			case id == fillerWord:
				for _, r := range rs[:n] {
					filler = append(filler, uint32(r))
				}
			case id != 0:
				ids = append(ids, id)
			default:
				ids = append(ids, uint32(rs[0]))
			}
			rs = rs[n:]
		}
	}
	if len(ids) == 0 {
		ids = filler
	}
	return newNameWords(ids)
}

func newNameWords(ids []uint32) nameWords {
	slices.Sort(ids)
	w := nameWords{ids: slices.Compact(ids)}
	for _, id := range w.ids {
		w.seen |= 1 << (id % 64)
	}
	return w
}

// weigh sets what the words count for.
func (w *nameWords) weigh(r rarity) {
	w.weights, w.weight = make([]float64, len(w.ids)), 0
	for i, id := range w.ids {
		w.weights[i] = r.weight(id)
		w.weight += w.weights[i]
	}
}

// rarity tells for words in how many names they stand. 养老服务 says nothing where
// every name has it; a word of one name alone tells that name.
type rarity struct {
	names int
	of    map[uint32]int
}

func (r rarity) weight(id uint32) float64 {
	n := max(r.of[id], 1)
	return wordWeight(id) * max(math.Log(float64(r.names+1)/float64(n))/math.Log(float64(r.names+1)), 0.25)
}

func joinWords(a, b nameWords) nameWords { return newNameWords(slices.Concat(a.ids, b.ids)) }

// plainName folds a level's name: numbering and codes at its ends, spaces and
// signs taken out, full-width forms and capitals made alike.
func plainName(s string) string {
	rs := make([]rune, 0, len(s)/3+1)
	for _, r := range s {
		if r = nameRune(r); !blank(r) || len(rs) > 0 && !blank(rs[len(rs)-1]) {
			rs = append(rs, r)
		}
	}
	rs = withoutNumber(rs)
	rs = rs[:len(rs)-trailingCode(rs)]
	return string(slices.DeleteFunc(rs, func(r rune) bool { return !isWordRune(r) }))
}

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
