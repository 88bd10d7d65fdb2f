package catalog

import (
	"slices"
	"testing"
)

// limits are phrases as published catalogs write them, and their relatives.
var limits = []struct {
	text string
	want []Clause
}{
	{"信息形成或者变更之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或者变更"}}},
	{"自信息形成或者变更之日起20个工作日内予以公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或者变更"}}},
	{"公开事项信息形成或变更之日起20个工作日内公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "公开事项信息形成或变更"}}},
	{"信息形成或变更之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或变更"}}},
	{"制定或获取信息之日起10个工作日内", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "制定或获取信息"}}},
	{"信息形成(变更)20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成(变更)"}}},
	{"形成或者变更之日起20个工作日内予以公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "形成或者变更"}}},
	{"20个工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"实时公开", []Clause{{Kind: Realtime}}},
	{"自该政府信息形成或者变更之日起20个工作日内及时公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该政府信息形成或者变更"}}},
	{"信息形成或者变更之日起20个工作日内予以公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或者变更"}}},
	{"信息形成之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成"}}},
	{"自该信息形成或者变更之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该信息形成或者变更"}}},
	{"自制作或获取该信息之日起20个工作日内公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "制作或获取该信息"}}},
	{"本级人民代表大会或其常务委员会批准后20日内", []Clause{{Kind: Within, Amount: 20, Measure: Day, From: "本级人民代表大会或其常务委员会批准"}}},
	{"除处罚决定外长期公开（动态调整），处罚决定：20个工作日内", []Clause{{Kind: Permanent}, {Kind: Realtime}, {Kind: Within, Amount: 20, Measure: Workday, Scope: "处罚决定"}}},
	{"行政许可结果：作出决定之日起7个工作日内", []Clause{{Kind: Within, Amount: 7, Measure: Workday, From: "作出决定", Scope: "行政许可结果"}}},
	{"公开时限：20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"自作出之日起公开", []Clause{{Kind: Realtime, From: "作出"}}},
	{"政策印发之日起向社会公布", []Clause{{Kind: Realtime, From: "政策印发"}}},
	{"信息形成之日起一个半月内", []Clause{{Kind: Within, Amount: 45, Measure: Day, From: "信息形成"}}},
	{"按照规定要求及时限公开", []Clause{{Kind: Unknown}}},
	{"半年至少更新1次", []Clause{{Kind: Periodic, Amount: 6, Measure: Month, Times: 1, AtLeast: true}}},
	{"条目化展示、信息形成(变更)20个工作日内。可链接至市级(区县)乡村振兴局“政府信息公开”有关栏目,但要保持数据同源。", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成(变更)"}}},
	{"信息形成或变更之日起20 个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或变更"}}},
	{"制定或获取补贴政策之日起10个工作日内", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "制定或获取补贴政策"}}},
	{"上级机关发布信息或信息形成(变更)5个工作日内", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "上级机关发布信息或信息形成(变更)"}}},
	{"信息形成(变更)5个工作日内", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "信息形成(变更)"}}},
	{"信息形成或变更之日起7个工作日内", []Clause{{Kind: Within, Amount: 7, Measure: Workday, From: "信息形成或变更"}}},
	{"及时公开", []Clause{{Kind: Prompt}}},
	{"条目化展示、信息形成(变更)20个工作日内。可链接至区县乡村振兴局“政府信息公开”有关栏目,但要保持数据同源。", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成(变更)"}}},
	{"自收到申请之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "收到申请"}}},
	{"自收到申请之日起20个工作日内公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "收到申请"}}},
	{"同上", []Clause{{Kind: Unknown}}},
	{"信息形成或变更之日起10个工作日内", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "信息形成或变更"}}},
	{"信息获取(形成、变更)20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息获取(形成、变更)"}}},
	{"制定或获取文件之日起10个工作日内", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "制定或获取文件"}}},
	{"制定或获取备案政策之日起10个工作日内", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "制定或获取备案政策"}}},
	{"20工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"自该信息形成或者变更之日起20个工作日内。", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该信息形成或者变更"}}},
	{"实时", []Clause{{Kind: Realtime}}},
	{"信息获取(形成变更)20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息获取(形成变更)"}}},
	{"制作或获取信息之日起7个工作日内", []Clause{{Kind: Within, Amount: 7, Measure: Workday, From: "制作或获取信息"}}},
	{"自该信息形成或者变更之日起20个工作日内予以公开,法律法规另有规定的除外", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该信息形成或者变更"}}},
	{"在启动拟征收土地工作时,在拟征收土地所在的乡镇和村、村民小组范围内公告至少30", []Clause{{Kind: Unknown, Amount: 30, AtLeast: true, From: "启动拟征收土地工作"}}},
	{"自信息形成或者变更之日起 20 个工作日内予以公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或者变更"}}},
	{"随采购公告、采购文件公开", []Clause{{Kind: Realtime, From: "采购公告、采购文件"}}},
	{"自形成或者变更之日起20个工作日内予以公开,法律法规另有规定的从其规定。", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "形成或者变更"}}},
	{"在实地启动拟征收土地工作时,在村公示栏公开。", []Clause{{Kind: Realtime, From: "实地启动拟征收土地工作"}}},
	{"拟征收土地现状调查结束后5个工作日内,在村公示栏公开。", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "拟征收土地现状调查结束"}}},
	{"自该信息形成或者变更之日起20个工作日内予以公开,法律法规另有规定的除外。", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该信息形成或者变更"}}},
	{"每20个工作日更新", []Clause{{Kind: Periodic, Amount: 20, Measure: Workday}}},
	{"人大会议批复后20日内", []Clause{{Kind: Within, Amount: 20, Measure: Day, From: "人大会议批复"}}},
	{"信息形成20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成"}, {Kind: Within, Amount: 7, Measure: Workday, From: "作出行政决定", Scope: "行政许可、行政处罚事项"}}},
	{"信息形成或者变更之日", []Clause{{Kind: Unknown, From: "信息形成或者变更"}}},
	{"开学前", []Clause{{Kind: Before, From: "开学"}}},
	{"向社会公开征求意见期限一般不少于30日;因情况紧急等原因需要缩短期限的,公开征求意见时应当予以说明", []Clause{{Kind: Notice, Amount: 30, Measure: Day, AtLeast: true}}},
	{"公开事项信息形成或变更之日起20个工作…", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "公开事项信息形成或变更"}}},
	{"分配结果确定后20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "分配结果确定"}}},
	{"每年1月31日前公开上一年度公开年度报告", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "1月31日"}}},
	{"信息形成20个工作日内公开；其中行政许可、行政处罚事项应自作出行政决定之日起7个工作日内公示", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成"}, {Kind: Within, Amount: 7, Measure: Workday, From: "作出行政决定", Scope: "行政许可、行政处罚事项"}}},
	{"公示7个工作日", []Clause{{Kind: Notice, Amount: 7, Measure: Workday}}},
	{"公示期不少于7天", []Clause{{Kind: Notice, Amount: 7, Measure: Day, AtLeast: true}}},
	{"制定或获取信息之日起10个工作日内，公示7个工作日", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "制定或获取信息"}, {Kind: Notice, Amount: 7, Measure: Workday}}},
	{"半年至少更新1次", []Clause{{Kind: Periodic, Amount: 6, Measure: Month, Times: 1, AtLeast: true}}},
	{"批准后20日内", []Clause{{Kind: Within, Amount: 20, Measure: Day, From: "批准"}}},
	{"提前一周", []Clause{{Kind: Before, Amount: 1, Measure: Week}}},
	{"送审前30日", []Clause{{Kind: Before, Amount: 30, Measure: Day, From: "送审"}}},
	{"每季度结束后15日内", []Clause{{Kind: Periodic, Amount: 3, Measure: Month, Due: 15, DueMeasure: Day, From: "每季度结束"}}},
	{"每年1月31日前", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "1月31日"}}},
	{"信息形成之日起２０个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成"}}},
	{"形 成 之 日 起 20 个 工 作 日 内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "形成"}}},
	{"二十个工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"自形成之日起二十个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "形成"}}},
	{"三十日", []Clause{{Kind: Within, Amount: 30, Measure: Day}}},
	{"两周", []Clause{{Kind: Within, Amount: 2, Measure: Week}}},
	{"半个月", []Clause{{Kind: Within, Amount: 15, Measure: Day}}},
	{"20工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"永久", []Clause{{Kind: Permanent}}},
	{"长期公示", []Clause{{Kind: Permanent}}},
	{"及时", []Clause{{Kind: Prompt}}},
	{"20个工作日内（法律、法规另有规定的，从其规定）", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"公示期：7天", []Clause{{Kind: Notice, Amount: 7, Measure: Day}}},
	{"公示时间：5个工作日", []Clause{{Kind: Notice, Amount: 5, Measure: Workday}}},
	{"公开时限：20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"实时更新", []Clause{{Kind: Realtime}}},
	{"信息变更后及时更新", []Clause{{Kind: Prompt, From: "信息变更"}}},
	{"每月5日前", []Clause{{Kind: Periodic, Amount: 1, Measure: Month, By: "5日"}}},
	{"每月10日前更新上月数据", []Clause{{Kind: Periodic, Amount: 1, Measure: Month, By: "10日"}}},
	{"每季度首月10日前", []Clause{{Kind: Periodic, Amount: 3, Measure: Month, By: "首月10日"}}},
	{"每季度更新一次", []Clause{{Kind: Periodic, Amount: 3, Measure: Month, Times: 1}}},
	{"一年一次", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, Times: 1}}},
	{"1次/年", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, Times: 1}}},
	{"次月15日前", []Clause{{Kind: Periodic, Amount: 1, Measure: Month, By: "次月15日"}}},
	{"次年3月31日前", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "次年3月31日"}}},
	{"每年底前", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "底"}}},
	{"年底前公开", []Clause{{Kind: Before, By: "年底"}}},
	{"24小时内", []Clause{{Kind: Within, Amount: 1, Measure: Day}}},
	{"2小时内", []Clause{{Kind: Within, Amount: 2, Measure: Hour}}},
	{"会前3天", []Clause{{Kind: Before, Amount: 3, Measure: Day, From: "会"}}},
	{"听证会召开7日前", []Clause{{Kind: Before, Amount: 7, Measure: Day, From: "听证会召开"}}},
	{"招标文件发售前5日", []Clause{{Kind: Before, Amount: 5, Measure: Day, From: "招标文件发售"}}},
	{"不少于7个工作日", []Clause{{Kind: Notice, Amount: 7, Measure: Workday, AtLeast: true}}},
	{"至少30日", []Clause{{Kind: Notice, Amount: 30, Measure: Day, AtLeast: true}}},
	{"公告至少30", []Clause{{Kind: Unknown, Amount: 30, AtLeast: true}}},
	{"自然资源信息形成之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "自然资源信息形成"}}},
	{"当日公开", []Clause{{Kind: Within, Amount: 1, Measure: Day}}},
	{"决定作出当日", []Clause{{Kind: Within, Amount: 1, Measure: Day, From: "决定作出"}}},
	{"自收到申请之日起20个工作日内 自该信息形成或者变更之日起20个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "收到申请"}, {Kind: Within, Amount: 20, Measure: Workday, From: "该信息形成或者变更"}}},
	{"形成或变更之日起20个工作日内\n公示7日", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "形成或变更"}, {Kind: Notice, Amount: 7, Measure: Day}}},
	{"长期公开\n及时更新", []Clause{{Kind: Permanent}, {Kind: Prompt}}},
	{"信息形成或变更之日起，20个工作日内公开", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或变更"}}},
	{"信息形成或者变更之\n日起20个工\n作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成或者变更"}}},
	{"审核结果公示7日", []Clause{{Kind: Notice, Amount: 7, Measure: Day}}},
	{"审批后公示长期", []Clause{{Kind: Permanent, From: "审批"}}},
	{"公示5-7个工作日", []Clause{{Kind: Notice, Amount: 7, Measure: Workday}}},
	{"3至5个工作日内", []Clause{{Kind: Within, Amount: 5, Measure: Workday}}},
	{"按季度公开", []Clause{{Kind: Periodic, Amount: 3, Measure: Month}}},
	{"按月", []Clause{{Kind: Periodic, Amount: 1, Measure: Month}}},
	{"每学期开学前", []Clause{{Kind: Periodic, Amount: 6, Measure: Month, By: "开学"}}},
	{"每学期至少一次", []Clause{{Kind: Periodic, Amount: 6, Measure: Month, Times: 1, AtLeast: true}}},
	{"政策文件印发同步公开", []Clause{{Kind: Realtime, From: "政策文件印发"}}},
	{"与政策文件同步公开", []Clause{{Kind: Realtime, From: "政策文件"}}},
	{"动态更新，长期公示", []Clause{{Kind: Realtime}, {Kind: Permanent}}},
	{"常年公开", []Clause{{Kind: Permanent}}},
	{"征求意见期限不少于30日", []Clause{{Kind: Notice, Amount: 30, Measure: Day, AtLeast: true}}},
	{"自公示结束之日起5个工作日内", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "公示结束"}}},
	{"公示期满后5个工作日内", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "公示期满"}}},
	{"公示期满5日内", []Clause{{Kind: Within, Amount: 5, Measure: Day, From: "公示期满"}}},
	{"事前、事中、事后公开", []Clause{{Kind: Unknown}}},
	{"按规定时限公开", []Clause{{Kind: Unknown}}},
	{"依法公开", []Clause{{Kind: Unknown}}},
	{"—", []Clause{{Kind: Unknown}}},
	{"/", []Clause{{Kind: Unknown}}},
	{"无", []Clause{{Kind: Unknown}}},
	{"7月公开", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "7月"}}},
	{"6月30日前公开", []Clause{{Kind: Before, By: "6月30日"}}},
	{"2024年12月31日前", []Clause{{Kind: Before, By: "2024年12月31日"}}},
	{"收到申请之日起", []Clause{{Kind: Unknown, From: "收到申请"}}},
	{"属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开。法律、法规对政府信息公开的期限另有规定的，从其规定", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "该政府信息形成或者变更"}}},
	{"决定作出之日起7个工作日内；其他信息20个工作日内", []Clause{{Kind: Within, Amount: 7, Measure: Workday, From: "决定作出"}, {Kind: Within, Amount: 20, Measure: Workday, Scope: "其他信息"}}},
	{"1.信息形成20个工作日内；2.公示7个工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成"}, {Kind: Notice, Amount: 7, Measure: Workday}}},
	{"①实时②长期", []Clause{{Kind: Realtime}, {Kind: Permanent}}},
	{"在征地补偿安置方案公告期满后10个工作日内公开，公告时间不少于30日", []Clause{{Kind: Within, Amount: 10, Measure: Workday, From: "征地补偿安置方案公告期满"}, {Kind: Notice, Amount: 30, Measure: Day, AtLeast: true}}},
	{"村务公开：每月至少公开一次", []Clause{{Kind: Periodic, Amount: 1, Measure: Month, Times: 1, AtLeast: true}}},
	{"随时公开", []Clause{{Kind: Realtime}}},
	{"公开不少于5年", []Clause{{Kind: Notice, Amount: 5, Measure: Year, AtLeast: true}}},
	{"公示期7个工作日，公告期3个工作日", []Clause{{Kind: Notice, Amount: 7, Measure: Workday}, {Kind: Notice, Amount: 3, Measure: Workday}}},
	{"不超过20个工作日", []Clause{{Kind: Within, Amount: 20, Measure: Workday}}},
	{"最迟在每年12月底前", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "12月底"}}},
	{"每年年初", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "年初"}}},
	{"每两年更新", []Clause{{Kind: Periodic, Amount: 2, Measure: Year}}},
	{"每3个月公布一次", []Clause{{Kind: Periodic, Amount: 3, Measure: Month, Times: 1}}},
	{"政策出台后3日内", []Clause{{Kind: Within, Amount: 3, Measure: Day, From: "政策出台"}}},
	{"采购合同签订之日起2个工作日内公告", []Clause{{Kind: Within, Amount: 2, Measure: Workday, From: "采购合同签订"}}},
	{"中标通知书发出后7个工作日", []Clause{{Kind: Within, Amount: 7, Measure: Workday, From: "中标通知书发出"}}},
	{"30个工作日内", []Clause{{Kind: Within, Amount: 30, Measure: Workday}}},
	{"信息形成（变更）之日起20 个工作日内", []Clause{{Kind: Within, Amount: 20, Measure: Workday, From: "信息形成（变更）"}}},
	{"项目批准前公示", []Clause{{Kind: Before, From: "项目批准"}}},
	{"拟定后30日", []Clause{{Kind: Within, Amount: 30, Measure: Day, From: "拟定"}}},
	{"在线实时", []Clause{{Kind: Realtime}}},
	{"每周一更新", []Clause{{Kind: Periodic, Amount: 1, Measure: Week, By: "一"}}},
	{"每月1日", []Clause{{Kind: Periodic, Amount: 1, Measure: Month, By: "1日"}}},
	{"每日", []Clause{{Kind: Periodic, Amount: 1, Measure: Day}}},
	{"半年", []Clause{{Kind: Within, Amount: 6, Measure: Month}}},
	{"一年", []Clause{{Kind: Within, Amount: 1, Measure: Year}}},
	{"1个月内", []Clause{{Kind: Within, Amount: 1, Measure: Month}}},
	{"信息形成后1个月内", []Clause{{Kind: Within, Amount: 1, Measure: Month, From: "信息形成"}}},
	{"７日", []Clause{{Kind: Within, Amount: 7, Measure: Day}}},
	{"公开期限长期", []Clause{{Kind: Permanent}}},
	{"结果公示不少于5个工作日，并长期公开", []Clause{{Kind: Notice, Amount: 5, Measure: Workday, AtLeast: true}, {Kind: Permanent}}},
	{"全年", []Clause{{Kind: Permanent}}},
	{"学期初", []Clause{{Kind: Unknown}}},
	{"5个工作日", []Clause{{Kind: Within, Amount: 5, Measure: Workday}}},
	{"信息形成之日起 5 个工作日内公示,公示期 7 天。", []Clause{{Kind: Within, Amount: 5, Measure: Workday, From: "信息形成"}, {Kind: Notice, Amount: 7, Measure: Day}}},
	{"每年3月底前,更新1次", []Clause{{Kind: Periodic, Amount: 1, Measure: Year, By: "3月底"}}},
}

func TestParseTimeLimit(t *testing.T) {
	for _, tt := range limits {
		got := ParseTimeLimit(tt.text)
		if got.Text != tt.text || !slices.Equal(got.Clauses, tt.want) {
			t.Errorf("ParseTimeLimit(%q) = %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestClausePrintsWhatItReads(t *testing.T) {
	for _, tt := range limits {
		for _, c := range tt.want {
			if c == (Clause{Kind: Unknown}) {
				continue
			}
			if got := ParseTimeLimit(c.String()).Clauses; !slices.Equal(got, []Clause{c}) {
				t.Errorf("%q reads as %+v, want %+v", c.String(), got, c)
			}
		}
	}
}

func TestTimeLimitAnswers(t *testing.T) {
	for _, tt := range []struct {
		text       string
		understood bool
		forming    bool // the first clause counts from the information's forming
	}{
		{"信息形成或者变更之日起20个工作日内", true, true},
		{"制定或获取信息之日起10个工作日内，公示7个工作日", true, true},
		{"信息更新之日起30日内", true, true},
		{"30个工作日内", true, false},
		{"自收到申请之日起25个工作日内", true, false},
		{"公示30个工作日", true, false},
		{"长期公开，实时更新", true, false},
		{"信息形成或者变更之日", false, false},
		{"同上", false, false},
		{"", false, false},
	} {
		l := ParseTimeLimit(tt.text)
		if got := l.Understood(); got != tt.understood {
			t.Errorf("%q: understood %v, want %v", tt.text, got, tt.understood)
		}
		if got := l.Understood() && l.Clauses[0].FromForming(); got != tt.forming {
			t.Errorf("%q: from forming %v, want %v", tt.text, got, tt.forming)
		}
	}
}

func TestTimeLimitKeepsItsText(t *testing.T) {
	l := ParseTimeLimit("  信息形成之日起 20 个工作日内\n")
	if want := "信息形成之日起 20 个工作日内"; l.Text != want {
		t.Errorf("Text = %q, want %q", l.Text, want)
	}
	if l := ParseTimeLimit("\u3000 \n"); l.Text != "" || l.Clauses != nil {
		t.Errorf("a blank cell reads as %+v, want nothing", l)
	}
}
