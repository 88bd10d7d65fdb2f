package catalog

import (
	"math"
	"strings"
	"sync"
)

// wordID tells words of names apart: a character is itself, a pair of characters
// that stand together has the first in its upper half, and a known word has a
// number from wordBase on, which all of its group share.
type wordID uint64

const (
	wordBase   wordID = 1 << 24
	lightWord  wordID = 1 << 23 // says what sort of thing, not of what: 指南, 名单
	fillerWord wordID = 1 << 22 // says little: 信息
	twoWords   wordID = 1 << 25 // stands for the two at its place in lexicon.two
	silentWord wordID = 1<<32 - 1
)

// known reports whether the word says what a matter is about.
func (id wordID) known() bool {
	return id >= wordBase && id < 1<<32 && id&(fillerWord|lightWord) == 0
}

// weight is what a word counts for in a name.
func (id wordID) weight() float64 {
	switch {
	case id >= 1<<32:
		return 0.5
	case id < wordBase:
		return 0.7
	case id&fillerWord != 0:
		return 0.2
	case id&lightWord != 0:
		return 1.25
	}
	return 2
}

// rarity tells for words in how many names they stand. 养老服务 says nothing where
// every name has it; a word of one name alone tells that name.
type rarity struct {
	names int
	of    map[wordID]int
}

// rarityOf counts the words in the targets' own names.
func rarityOf(names []matchName, targets int) rarity {
	r := rarity{targets, map[wordID]int{}}
	for i := range names {
		if n := &names[i]; !n.other {
			for _, w := range n.words {
				r.of[w.id]++
			}
		}
	}
	return r
}

func (r rarity) weight(id wordID) float64 {
	n := r.of[id]
	if n == 0 {
		return 1.1 * id.weight()
	}
	return id.weight() * max(math.Log(float64(r.names+1)/float64(n))/math.Log(float64(r.names+1)), 0.25)
}

// sameWords are words that names use for one another, a group a line.
const sameWords = `
最低生活保障 低保 城乡低保 城乡居民最低生活保障 城乡最低生活保障 居民最低生活保障
特困人员救助供养 特困人员供养 特困供养 特困人员 特困救助供养 特困救助 五保供养 五保 特困
临时救助
医疗救助
社会救助
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
社会保障卡 社保卡
基本养老保险 养老保险
基本医疗保险 医疗保险 医保
失业保险
工伤保险
生育保险
城乡居民 居民
机关事业单位 机关事业
企业
用人单位 单位
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
公共厕所 公厕
照明 路灯
互联网上网服务营业场所 网吧
集体聚餐 家宴 自办宴席
其他 其它
账户 帐户
领取 申领
个人 参保人员 参保人
拟征收土地 拟征土地 拟征地
检查井 井盖 窨井盖
批前公示 批前
预公开
招标 招投标 招标投标
培训
验收
农业机械 农机
危险废物 危废
公共资源交易
政府采购
工程建设
国有产权
预算
决算
预决算
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
`

// plainWords name one thing each.
const plainWords = `
律师 律师事务所 公证员 公证机构 司法鉴定 基层法律服务所 基层法律服务工作者 调解员 仲裁 普法 社区矫正
农机具 渔船 渔业 畜牧 草原 森林 林业 水库 河道 耕地 宅基地 农田 种粮 稻谷 玉米 大豆 秸秆 农膜 地膜 种子 化肥 农药 动物 植物
合作社 家庭农场 农业保险 农产品
化妆品 医疗器械 特种设备 电梯 计量 商标 专利 价格 广告 添加剂 保健食品 小作坊 小餐饮 摊贩 生产 零售 经营 批发 抽检
医师 护士 乡村医生 母婴保健 放射 职业病 献血 疫苗 预防接种 孕产妇 高血压 糖尿病 精神障碍 结核病 肺结核 艾滋病 血吸虫 托育 诊所 消毒 饮用水 公共场所 生育 独生子女
辐射 危险化学品 烟花爆竹 矿山 消防 土壤 噪声 声环境 水环境 大气 空气 废水 排污 入河排污口 固体废物 垃圾 建筑垃圾 生活垃圾 厨余垃圾 油烟 扬尘 露天烧烤
护照 居住证 出生 死亡 收养 迁移 迁入 迁出 姓名 性别 民族 出生日期 公民身份号码 签注 换领 补领 挂失 暂住
高龄津贴 适老化改造 养老机构 殡葬 公墓 探访 助餐 护理员
图书馆 文化馆 博物馆 文化站 文物 古建筑 演出 娱乐场所 艺术品 旅行社 导游 旅游 景区 体育 印刷 出版物 广播电视 电影
公积金 物业 经济适用住房 共有产权住房 商品房 棚户区 老旧小区 租金 租赁 产权 不动产 房源 摇号 选房 轮候 腾退
档案 发票 欠税 非正常户 纳税信用 双随机
校车 校外培训 学籍 招生 督导 职称 教师资格 控辍保学 营养改善 双减 幼儿 高中
救灾 物资 捐赠 避难场所 灾情 旱灾 冬春 过渡期 减灾 防汛 地质灾害
驻村 小额信贷 雨露计划 项目库 易地搬迁
节能 取水 水土保持 防洪 人防 施工许可 竣工 初步设计 可行性研究 项目建议书 环境影响
详细规划 总体规划 村庄规划 专项规划 用地规划 工程规划 选址意见书 用地预审
矿业权 采矿 探矿 土地使用权 产权交易 碳排放
工伤 退休 遗属 病残 丧葬 抚恤 康复 稳岗 年金 公益性岗位 就业困难 高校毕业生 见习 零工
树木 古树名木 绿地 公园 广告牌 停车 停水 停气 桥梁 管线
低保边缘 刚性支出 流浪乞讨 孤儿 困境儿童 慈善 优待
`

// lightWords are words that many entries of a sector share, a group a line.
const lightWords = `
政策文件 政策规定 政策
法律法规 法律法规规章 法律 法规
规范性文件
办事指南 服务指南 办理指南 申报指南 申请指南 办事服务指南 办理须知 如何办理 怎么办理 指南
办理流程 办事流程 流程 程序 办理程序
审核 初审
审批 批准 审核确认 确认
认定 认定核准
受理 申请受理
监督检查 日常检查 行政检查 检查
投诉举报 监督举报 举报投诉 监督投诉 投诉
信访 来信来访
联系方式 联系电话 咨询电话 通讯地址 电话 地址
名单 名册 花名册 名录
标准
条件
补贴 津贴 补助
救助
登记
机构设置 机构职能 机构
结果
公示
公告
资金 经费
发放
年度
季度
综合业务 综合
服务
规划 计划
统计
权责清单 权力清单 责任清单
`

// fillerWords say little in the name of a matter, a group a line.
const fillerWords = `
信息
情况
公开
相关 有关
工作
事项
内容
具体
基本
对象
人员
违法行为 违法违规行为 违规行为 违反规定 违反
批后公开 批后公布 批后
办理
目录
类
`

// wordsOfTwo stand for two others each, which follow.
const wordsOfTwo = `
审核审批 审核 审批
换补领 换领 补领
补换领 换领 补领
审批审核 审核 审批
审批与审核 审核 审批
审核与审批 审核 审批
政策法规文件 政策 法规
政策法规和文件 政策 法规
政策法规 政策 法规
法规政策文件 政策 法规
法规政策 政策 法规
法规文件 政策 法规
政策及文件 政策 规范性文件
`

// silentWords say nothing.
const silentWords = "及 和 与 的 等 或 以及 关于 对"

// wordList finds words; two has those that wordsOfTwo stand for.
type wordList struct {
	tree runeTree
	two  [][2]wordID
}

// lexicon is the words that names are taken apart into.
var lexicon = sync.OnceValue(func() *wordList {
	l := &wordList{}
	id := wordBase
	add := func(words []string, mark wordID) {
		id++
		for _, w := range words {
			l.tree.add(w, uint32(id|mark))
		}
	}
	for w := range strings.FieldsSeq(plainWords) {
		add([]string{w}, 0)
	}
	for _, part := range []struct {
		groups string
		mark   wordID
	}{{sameWords, 0}, {lightWords, lightWord}, {fillerWords, fillerWord}} {
		for line := range strings.Lines(part.groups) {
			add(strings.Fields(line), part.mark)
		}
	}
	for w := range strings.FieldsSeq(silentWords) {
		l.tree.add(w, uint32(silentWord))
	}
	for line := range strings.Lines(wordsOfTwo) {
		if f := strings.Fields(line); len(f) == 3 {
			a, _ := l.tree.longest([]rune(f[1]))
			b, _ := l.tree.longest([]rune(f[2]))
			l.tree.add(f[0], uint32(twoWords|wordID(len(l.two))))
			l.two = append(l.two, [2]wordID{wordID(a), wordID(b)})
		}
	}
	return l
})

// wordsOf takes a name, as plainName leaves it, apart into words. What is not
// known goes by its characters and pairs of them.
func wordsOf(name string) []wordID {
	l := lexicon()
	var ids []wordID
	var last rune
	for rs := []rune(name); len(rs) > 0; {
		value, n := l.tree.longest(rs)
		id, r := wordID(value), rs[0]
		rs = rs[n:]
		if id == 0 {
			ids = append(ids, wordID(r))
			if last != 0 {
				ids = append(ids, wordID(last)<<32|wordID(r))
			}
			last = r
			continue
		}
		last = 0
		switch {
		case id == silentWord:
		case id&twoWords != 0:
			ids = append(ids, l.two[id&^twoWords][:]...)
		default:
			ids = append(ids, id)
		}
	}
	return ids
}
