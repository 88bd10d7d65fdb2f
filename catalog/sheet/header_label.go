package sheet

import (
	"slices"
	"strings"

	"mulutong/catalog"
)

// role is what a column is for.
type role uint8

const (
	roleNone  role = iota // a label nobody knows, or none
	roleExtra             // known, and no field takes it: 备注
	roleNumber
	roleSector
	roleCode
	roleMatter // a level of the path, by order of the columns
	roleContent
	roleBasis
	roleLimit
	roleRequirement // 公开要求: stands for the time limit where there is none
	rolePublisher
	roleAgent // 责任部门: stands for the publisher where there is none
	roleChannels
	roleChannel // one carrier, ticked
	roleAudience
	roleEveryone
	roleGroups
	roleMode
	roleAttribute // 公开属性: stands for the mode where there is none
	roleProactive
	roleOnRequest
	roleTiers
	roleTier // tiers, ticked
	roleLink
	roleStandard // 公开标准: a group of other columns
	roleIgnored  // left out because a correction says so
)

// labels are the words headers use, without 公开 before them.
var labels = map[string]role{
	"序号": roleNumber, "编号": roleNumber, "行号": roleNumber, "序": roleNumber, "目录序号": roleNumber, "事项序号": roleNumber,
	"领域": roleSector, "所属领域": roleSector, "试点领域": roleSector, "领域名称": roleSector,
	"编码": roleCode, "事项编码": roleCode, "目录编码": roleCode, "代码": roleCode,
	"事项": roleMatter, "事项名称": roleMatter, "目录": roleMatter, "子项": roleMatter, "事项类别": roleMatter,
	"内容": roleContent, "内容要素": roleContent, "内容及要素": roleContent, "内容和要素": roleContent, "要素": roleContent, "主要内容": roleContent,
	"依据": roleBasis, "政策依据": roleBasis, "法律依据": roleBasis, "法定依据": roleBasis, "法规依据": roleBasis, "法律法规依据": roleBasis,
	"时限": roleLimit, "时间": roleLimit, "期限": roleLimit, "时效": roleLimit, "时限要求": roleLimit, "时间要求": roleLimit,
	"要求": roleRequirement,
	"主体": rolePublisher, "单位": rolePublisher, "部门": rolePublisher, "机构": rolePublisher, "责任主体": rolePublisher,
	"发布主体": rolePublisher, "发布单位": rolePublisher, "义务主体": rolePublisher, "主体单位": rolePublisher,
	"责任": roleAgent, "责任单位": roleAgent, "责任部门": roleAgent, "责任科室": roleAgent, "责任机构": roleAgent, "牵头部门": roleAgent, "承办单位": roleAgent,
	"渠道和载体": roleChannels, "渠道及载体": roleChannels, "渠道与载体": roleChannels, "渠道载体": roleChannels, "渠道、载体": roleChannels,
	"载体和渠道": roleChannels, "渠道": roleChannels, "载体": roleChannels, "途径": roleChannels, "发布渠道": roleChannels,
	"对象": roleAudience, "范围": roleAudience, "受众": roleAudience,
	"全社会": roleEveryone, "社会": roleEveryone, "社会公众": roleEveryone, "面向全社会": roleEveryone, "面向社会": roleEveryone,
	"特定群众": roleGroups, "特定群体": roleGroups, "特定对象": roleGroups, "特定主体": roleGroups, "特定人群": roleGroups, "特殊群体": roleGroups,
	"方式": roleMode, "属性": roleAttribute, "类型": roleAttribute,
	"主动": roleProactive, "主动公开": roleProactive,
	"依申请": roleOnRequest, "依申请公开": roleOnRequest, "申请": roleOnRequest, "申请公开": roleOnRequest,
	"层级": roleTiers, "级别": roleTiers, "级次": roleTiers,
	"网址": roleLink, "链接": roleLink, "链接地址": roleLink, "网站链接": roleLink, "办事链接": roleLink, "办理链接": roleLink,
	"标准": roleStandard,
	"备注": roleExtra, "说明": roleExtra, "过程": roleExtra, "类别": roleExtra, "咨询电话": roleExtra, "监督电话": roleExtra,
	"监督举报电话": roleExtra, "投诉电话": roleExtra, "联系电话": roleExtra, "电话": roleExtra, "联系人": roleExtra,
	"网站所属栏目": roleExtra, "所属栏目": roleExtra, "网站栏目": roleExtra,
}

// known tells whether a label, its blanks removed, is one that headers use.
func known(label string) bool {
	r, tiers := labelRole(label)
	return r != roleNone || tiers != 0
}

// labelRole is what a label without its group says; tiers where it names tiers
// as 县级 does.
func labelRole(label string) (role, catalog.TierSet) {
	base := bare(label)
	if r, ok := labels[base]; ok {
		return r, 0
	}
	for _, p := range []string{"政务公开", "政府信息公开", "信息公开", "公开"} {
		if rest, ok := strings.CutPrefix(base, p); ok {
			if r, ok := labels[rest]; ok {
				return r, 0
			}
		}
	}
	if isLevel(base) {
		return roleMatter, 0
	}
	if strings.HasSuffix(label, "级") {
		return roleNone, tiersOf(label)
	}
	return roleNone, 0
}

// bare is a label without the remarks in brackets at its end: 一级事项（编码） is
// 一级事项.
func bare(label string) string {
	for {
		open := -1
		switch {
		case strings.HasSuffix(label, "）"), strings.HasSuffix(label, ")"):
			open = strings.LastIndexAny(label, "（(")
		case strings.HasSuffix(label, "】"):
			open = strings.LastIndex(label, "【")
		case strings.HasSuffix(label, "*"), strings.HasSuffix(label, "："), strings.HasSuffix(label, ":"):
			label = strings.TrimRight(label, "*：:")
			continue
		}
		if open <= 0 {
			return label
		}
		label = label[:open]
	}
}

// isLevel tells whether a label names a level of matters: 一级事项, Ⅱ级公开事项, 三级目录.
func isLevel(base string) bool {
	rank, rest, ok := strings.Cut(base, "级")
	if !ok || !slices.Contains(levelRanks, strings.TrimPrefix(rank, "公开事项")) {
		return false
	}
	if rest == "" {
		return true
	}
	for _, w := range []string{"事项", "目录", "项目", "指标", "类", "栏目"} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}

var levelRanks = []string{
	"一", "二", "三", "四", "五", "1", "2", "3", "4", "5", "１", "２", "３", "４",
	"I", "II", "III", "IV", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "ⅰ", "ⅱ", "ⅲ", "第一", "第二", "第三",
}

// tiersOf reads the tiers that a column's label names, zero for none: 乡、村级.
func tiersOf(label string) catalog.TierSet {
	s, _ := catalog.TiersOfHeader(label)
	return s
}
