package check

import "strings"

// words are words of this field that every catalog holds. One that has a single
// character replaced by another of the same sound or look is a slip of an input
// method: 咨旬电话 for 咨询电话, 处罚绝定 for 处罚决定.
const words = `
信息形成 形成或者变更 形成或变更 获取信息 制定或获取 制作或获取 工作日内 予以公开 作出决定 上一年度 长期公开
公示时间 政府网站 政府公报 两微一端 公开查阅点 政务服务中心 便民服务站 便民服务 精准推送 纸质媒体 广播电视
村公示栏 政务公开专区 人民政府 管理委员会 健康委员会 卫生健康 自然资源 生态环境局 应急管理局 农业农村局
市场监督 监督管理局 人力资源 社会保障局 住房和城乡建设 文化旅游 综合行政执法 乡村振兴 退役军人 行政处罚
行政许可 行政强制 行政检查 行政确认 行政给付 行政奖励 行政征收 行政裁决 行政复议 行政诉讼 行政审批 行政执法
行政相对人 处罚决定 许可决定 处罚依据 处罚结果 处罚决定书 执法主体 执法人员 办理条件 办理流程 办理时限
办理时间 办理地点 办理结果 办理机构 办理部门 办理依据 办理材料 办理方式 办事指南 服务指南 服务事项 服务对象
服务项目 服务内容 服务标准 申请条件 申请材料 申请流程 申请方式 受理条件 受理部门 受理机构 受理时间 受理通知
办结时限 结果送达 收费依据 收费标准 收费项目 咨询电话 咨询查询 查询途径 监督电话 监督渠道 投诉渠道 监督投诉
投诉举报 举报电话 联系电话 联系方式 通讯地址 通信地址 办公电话 办公地址 办公时间 值班电话 电子邮箱 传真号码
法定代表人 统一社会信用代码 许可证编号 有效期限 政策法规 政策文件 政策解读 政策依据 政策咨询 法律法规
规范性文件 配套文件 规章制度 法定依据 设定依据 设立依据 审批依据 实施方案 工作方案 工作计划 工作规划
发展规划 机构职能 机构名称 机构设置 内设机构 主要职责 工作职责 领导信息 权责清单 责任清单 事项清单 事项名称
事项简述 项目名称 项目类别 文件名称 发布日期 发布部门 实施日期 适用范围 公开目录 公开指南 年度报告
依申请公开 信息公开 政务公开 监督检查 检查结果 抽查结果 抽检结果 检查标准 审核结果 审批结果 审批信息
审核信息 备案信息 评估结果 考核结果 公示公告 通知公告 征求意见 听证公告 最低生活保障 生活保障 特困人员
特困供养 救助供养 临时救助 医疗救助 社会救助 救助对象 救助标准 救助金额 救助申请 对象名单 人员名单 困难群众
困难家庭 高龄津贴 护理补贴 养老服务 养老机构 补贴标准 补贴对象 补贴发放 补贴资金 补贴名称 补贴申请 补助标准
补助对象 补助资金 资金发放 资金使用 资金分配 资金管理 专项资金 惠农补贴 耕地地力 农机购置 农业保险 危房改造
房屋征收 征收补偿 征收决定 补偿方案 安置方案 补偿标准 补偿安置 征地补偿 征地公告 土地征收 土地利用 土地现状
青苗补偿 被征地农民 保障性住房 公共租赁住房 租赁补贴 租赁住房 住房保障 分配结果 资格审核 户口登记 户籍管理
出生登记 死亡登记 迁移登记 变更登记 居民身份证 一般公共预算 政府性基金 基金预算 国有资本经营 部门预算
部门决算 政府预算 政府决算 收支预算 收支决算 财政收支 三公经费 转移支付 政府债务 绩效目标 绩效评价 预算绩效
税收政策 纳税服务 纳税信用 税务登记 办税指南 办税服务 欠税公告 社会保险 养老保险 医疗保险 失业保险 工伤保险
生育保险 参保登记 缴费标准 待遇支付 待遇申领 就业创业 就业困难 就业服务 职业培训 职业介绍 岗位信息 岗位要求
招聘流程 招聘公告 福利待遇 应聘方式 创业担保贷款 创业补贴 劳动关系 劳动合同 劳动争议 义务教育 招生计划
招生范围 招生方案 招生简章 报名时间 报名材料 录取结果 入学条件 随迁子女 学校名称 学籍管理 教育教学 学生资助
营养改善 校园安全 教师招聘 公共文化 文化服务 免费开放 开放时间 文化活动 文物保护 非物质文化遗产 医疗机构
医疗卫生 公共卫生 诊疗科目 执业登记 疫情防控 预防接种 疾病预防 妇幼保健 家庭医生 生育登记 药品监管 食品安全
食品药品 食品经营 药品零售 食品生产 产品召回 消费提示 安全生产 事故调查 隐患排查 重大隐患 重大危险源
应急预案 应急演练 救援队伍 预警信息 灾害救助 自然灾害 防灾减灾 救灾物资 救灾款物 灾情信息 受灾人口 冬春救助
环境影响评价 环境质量 环境监测 环境保护 环评批复 生态环境 排污许可 污染防治 固体废物 危险废物 空气质量
国土空间 空间规划 详细规划 总体规划 村庄规划 专项规划 规划许可 规划批复 规划编制 规划条件 用地规划 工程规划
建设项目 建设工程 建设用地 建设单位 施工许可 重大建设项目 项目审批 招标公告 招标投标 中标结果 中标候选人
中标公告 采购公告 采购结果 采购文件 合同公告 政府采购 公共资源交易 资源交易 交易公告 成交结果 土地出让
产权交易 污水处理 垃圾处理 生活垃圾 垃圾分类 道路照明 市容环境 环境卫生 城市管理 城市绿化 园林绿化 市政设施
占道经营 户外广告 违法建设 违法建筑 扶贫对象 脱贫攻坚 帮扶措施 衔接资金 法律援助 法律服务 人民调解
律师事务所 司法鉴定 社区矫正 村民委员会 居民委员会 社会组织
`

// sounds are common characters of one sound, tones aside, and looks are
// characters that are taken for one another.
const (
	sounds = `
安按岸案 斑班搬般颁板版半办 帮榜绑 胞包褒薄保宝报暴爆 碑北背倍备被 苯本 边编便变辨辩遍 标表 兵丙病并
剥播拨博舶驳 捕补不布步簿部怖 猜裁材才财采彩菜 餐参残 厕策侧册测 插茶查察差 昌场常偿厂畅唱倡
称城成呈乘程惩澄诚承 抽酬筹臭 初出厨除楚础储触处畜 川穿传船串 窗幢床创 村存 磋措错 搭达答打大 带代贷待
担单但弹蛋 刀倒岛导到稻道盗 灯登等 堤低抵底地第递缔 碘点典垫电店 雕掉吊调 盯钉顶定订 东冬懂动栋侗冻
督毒独读堵杜度渡 端短段断 堆队对 额恶遏 发罚伐乏法 番翻繁凡烦反返范贩犯饭泛 坊方房防访放 非啡飞肺废费
分纷焚粉奋份粪 夫孵扶辐幅符伏服福抚辅府腐副覆赋复付父腹负富附妇 该改概盖溉 刚钢纲岗港 高糕稿告 歌割革格隔个各
耕更 工攻功供公宫巩贡共 钩勾狗构购够 菇估孤鼓古骨谷股故顾固雇 关官冠观管馆罐灌贯 光广 规归轨柜 锅国果过
孩海害还 毫好耗号 荷核和何合河 厚候后 呼乎胡糊湖护互户 花华滑画划化话 欢环缓换患 灰挥徽恢回毁惠贿会汇绘
豁活伙火获或货 圾基机稽积迹激鸡绩极辑籍集及急疾即级几脊己技季祭剂济寄计记际继纪 夹家加甲假价架驾
监坚尖间兼检简俭减荐鉴践见键件健渐建 将浆江疆奖讲匠降 胶交矫角缴教较叫 接秸街阶截节洁结解戒界借介届
斤金今津紧仅进晋禁近尽 荆京精经井警景颈境敬镜径竞净 究纠久灸九酒救旧就 拘居局举聚拒据具距句剧 掘决绝 均菌军竣
康抗 考烤靠 棵科可克刻客课 空恐控 口扣 宽款 捆困 垃拉喇 蓝栏篮揽览缆滥 捞劳老涝 累类
篱离理里礼厉励历利例立沥力 联连廉脸链炼练 粮梁良两辆量晾亮 疗撂料 林临邻赁 零龄凌灵陵岭领另令 硫留流六
炉露路赂录陆 旅履律率绿 麻码马吗 梅煤没媒每美 门们 棉绵免面 苗描庙 民敏 明名命 亩母墓募木目牧 拿哪那纳
南男难 年念 浓农弄 拍排牌派 培赔陪配佩 批披毗皮匹 拼频贫品聘 平凭瓶评屏
期欺妻七漆其棋歧齐旗骑起乞企启契器气弃汽 牵千迁签钱前潜遣嵌欠 枪腔墙强抢 青轻倾清情请庆 秋球求 区渠取去
圈权泉全犬券劝 缺却确 然燃染 壤让 人任认妊 荣融容 如乳入 三散 山删陕擅善汕缮 伤商上尚 梢烧少哨绍
舍摄射涉社设 申身深娠神审甚什 声生牲升绳省剩胜 匙师失施湿十石时食实识史矢使驶始式示士世事势是适释饰氏市室视试似
收手首守授售受兽 枢殊输疏书熟暑署属术述树束竖数 谁水税 私司死四饲 松送讼 素速塑宿诉 酸算 随碎岁 缩索锁所
胎台太态汰 逃淘讨套 梯剔提题体替 挑条跳 贴铁帖 厅听停庭 通酮同童桶统 偷投头透 突图途涂屠土吐 推腿退
拖托脱妥拓 王亡枉网往旺忘 威微危违围唯为维委伪尾未味喂位慰卫 温文闻纹稳问 污屋无芜武五午舞伍雾物务误
析西吸牺稀息溪席习喜洗系戏细 先衔闲嫌显险现献县腺宪陷限线 相香箱乡翔详想响享项橡像向象 销消晓小校效 薪新心信
星兴刑型形行醒幸性姓 需虚须许蓄序恤续 宣悬选 学穴雪血 勋循旬询寻巡汛训讯 烟盐严研岩延言炎沿掩眼衍演验
央扬羊洋阳氧养样 邀摇窑谣姚药要钥 野冶也页业叶夜液 一医依遗移仪疑宜椅已乙以艺易亿役疫意忆义益议异
因音姻银淫饮引隐印 英婴应营迎赢影硬映 拥咏泳永用 优尤由邮油游有友右又幼
于舆余逾鱼渝渔予娱雨与语玉域郁遇御狱育誉浴欲预 冤元原援园员源缘远愿院 约越月阅 栽灾宰载再在 早噪造灶 责择则
摘宅窄债 毡粘展栈占战站 长章彰张掌涨丈帐账障 招找照兆肇召 遮折者这浙着 珍真针侦诊震振镇阵 征争整正政症证
支知肢脂之织职直植殖执值址指止只纸志至致置制质滞治 中终种肿重仲众 猪逐竹主著助铸筑住注驻 专转 桩庄装妆撞状
咨资滋紫子自字 踪宗综总纵 租足族阻组 醉最罪 左做作坐座
`
	looks = `
日曰 予子 治冶 栽裁载 侯候 免兔 获荻 设没 准淮 贷货 侍待 住往佳 材村 管菅 籍藉 土士 问间 活话 申甲由
府俯 凭任 租祖 赁凭 肋助 疔疗 骋聘 扯址 尝偿 帖贴 睑险 糸系 述诉拆
`
)

// bothRight are characters of one sound that are right in each other's place.
const bothRight = "核和 查察 作做 坐做 定订 执职 监检 交缴 联连 期起 账帐 制治 式是 式适 址之 呈成 度渡 局举"

// rightToo are words that differ from one of words by a sound and are none of its slips.
const rightToo = " 使用范围 施用范围 事业保险 生于保险 权力义务 审和结果 机构只能 生态环境具 "

// usual are two characters that other words often have: 负责人, 办理步骤. A slip is
// not found by them if it can be helped.
const usual = "责人 理步 时公 务时 意情 作坊 期工 工商 治法 乡规 实时 事时 常监"

// slipOf is one character of a word.
type slipOf struct {
	word int // in soundWords
	at   int // where its wrong character stands, in bytes
	from int // where the two characters stand by which it is found
}

var soundWords = strings.Fields(words)

// slipsBySound are the ways to misspell words, by two characters of the result that
// its word does not have.
var slipsBySound map[[2]uint16][]slipOf

func misheard() map[[2]uint16][]slipOf {
	same := map[rune]string{}
	for _, group := range strings.Fields(sounds + looks) {
		for _, c := range group {
			same[c] += group
		}
	}
	known := map[[2]uint16]bool{}
	for _, w := range soundWords {
		for i := 3; i < len(w); i += 3 {
			known[[2]uint16{placeOf(w[i-3:]), placeOf(w[i:])}] = true
		}
	}
	for _, two := range strings.Fields(usual) {
		known[[2]uint16{placeOf(two), placeOf(two[3:])}] = true
	}
	out := map[[2]uint16][]slipOf{}
	for n, w := range soundWords {
		for at, right := range w {
			for _, wrong := range same[right] {
				if wrong == right || mayStand(right, wrong) || strings.Contains(rightToo, " "+w[:at]+string(wrong)+w[at+3:]+" ") {
					continue
				}
				// The character before it is the word's own; what follows a character
				// often begins another word.
				place, from := placeOf(string(wrong)), at-3
				var two [2]uint16
				if at > 0 {
					two = [2]uint16{placeOf(w[at-3:]), place}
				}
				if at == 0 || known[two] && at+3 < len(w) {
					from, two = at, [2]uint16{place, placeOf(w[at+3:])}
				}
				if !known[two] {
					out[two] = append(out[two], slipOf{n, at, from})
				}
			}
		}
	}
	return out
}

// mayStand reports whether two characters of one sound are both right.
func mayStand(a, b rune) bool {
	return strings.Contains(bothRight, string([]rune{a, b})) || strings.Contains(bothRight, string([]rune{b, a}))
}

// findSound returns the first word of s that has a character of the same sound or
// look in place of its own, as it stands, the word, and s put right.
func findSound(s string) (wrong, right, fixed string, ok bool) {
	readSlips()
	var last uint16
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b < 0xe3 || b > 0xe9 || i+2 >= len(s) {
			last = 0
			continue
		}
		this := placeOf(s[i:])
		if n := pairPlace(last, this); pairBits[n>>6]>>(n&63)&1 == 0 {
			last, i = this, i+2
			continue
		}
		for _, x := range slipsBySound[[2]uint16{last, this}] {
			word := soundWords[x.word]
			from := i - 3 - x.from
			if from < 0 || from+len(word) > len(s) || s[from:from+x.at] != word[:x.at] || s[from+x.at+3:from+len(word)] != word[x.at+3:] {
				continue
			}
			return s[from : from+len(word)], word, s[:from] + word + s[from+len(word):], true
		}
		last, i = this, i+2
	}
	return "", "", "", false
}
