package catalog

import (
	"strings"
	"sync"
	"unicode"
)

// channelAliases are the names by which the thirteen carriers go, besides a
// leading level word (县、市、本级 …) and however they are spaced or slashed.
var channelAliases = [channelCount]string{
	Website:         "政府网站 网站 政府门户网站 人民政府网站 人民政府门户网站 门户网站 政府网 政府信息公开网 政府网站信息公开专栏",
	Gazette:         "政府公报",
	NewMedia:        "两微一端 一微一端 两微 双微一端 政务新媒体 新媒体 微信公众号 政务微信公众号 微信公众平台 微信 政务微信 微博 政务微博 官方微信 官方微博 微信微博 微博微信 客户端 移动客户端 手机客户端 新闻客户端 app 手机app",
	PressConference: "发布会听证会 发布会 听证会 新闻发布会 新闻发布会听证会",
	Broadcast:       "广播电视 广播 电视 广播电视台 电视广播 电视台 广播电台",
	Print:           "纸质媒体 纸质载体 纸质 纸媒 报刊 报纸 报刊杂志 纸质资料 纸质材料",
	ReadingPoint:    "公开查阅点 政务公开专区 公开查阅点政务公开专区 政府信息查阅点 信息查阅点 政府信息公开查阅点 政务公开查阅点 信息公开查阅点 公共查阅点 查阅点 公开查询点 政府信息查阅场所 政府信息公开查阅场所",
	ServiceCenter:   "政务服务中心 政府服务中心 行政服务中心 政务中心 政务大厅 政务服务大厅 行政服务大厅 办事大厅 办事服务大厅 政务服务中心大厅 行政审批服务中心",
	ServiceStation:  "便民服务站 便民服务中心 便民服务点 便民服务大厅 便民服务站点 便民服务中心站 便民服务中心便民服务站",
	OnSite:          "入户现场 入户现场宣传 入户宣传 现场宣传 入户 现场 入户现场公开 入户现场告知 入户告知 进村入户",
	NoticeBoard:     "", // made of parts below
	TargetedPush:    "精准推送 精准推送信息",
	OtherChannel:    "其他 其它 其他渠道 其他方式 其他载体 其它渠道",
}

// A notice board is named by where it stands, what it is and the screen beside it.
var (
	boardPlaces  = strings.Fields("- 社区企事业单位村 社区企事业单位 企事业单位村 社区企事业单位村居 企事业单位 社区企业事业单位村 社区企事业单位村务 社区事业单位村 企业事业单位 小区 村居 居务 村务 政务公开 村务公开 政府 行政村 嘎查 嘎查社区 院务")
	boardNouns   = strings.Fields("公示栏 公告栏 公开栏 宣传栏 公示牌 信息公示栏 政务公开栏 公示公告栏")
	boardScreens = strings.Fields("- 电子屏 电子显示屏 电子屏幕 电子大屏 led屏 led显示屏")
)

// channelTree holds the aliases; a value is a channel and one.
var channelTree = sync.OnceValue(func() *runeTree {
	t := &runeTree{}
	for c, names := range channelAliases {
		for _, n := range strings.Fields(names) {
			t.add(n, uint32(c)+1)
		}
	}
	part := func(s string) string { return strings.TrimPrefix(s, "-") }
	for _, screen := range boardScreens {
		for _, place := range boardPlaces {
			for _, noun := range boardNouns {
				t.add(part(place)+noun+part(screen), uint32(NoticeBoard)+1)
			}
		}
		if part(screen) != "" {
			t.add(screen, uint32(NoticeBoard)+1)
		}
	}
	t.add("社区企事业单位村", uint32(NoticeBoard)+1)
	t.add("社区企事业单位", uint32(NoticeBoard)+1)
	return t
})

// nameRune folds a rune of a name: full-width forms, capitals and what copying
// from PDF makes of characters; blanks become spaces.
func nameRune(r rune) rune {
	if r = foldRune(r); r < 0 {
		return ' '
	}
	return unicode.ToLower(r)
}

// isSlash is what may stand between the parts of a carrier's name.
func isSlash(r rune) bool {
	return r == '/' || r == '／' || r == '⁄' || r == '∕' || r == '\\'
}

// isLevelWord is a rune of the words that tell whose carrier it is: 县（市、区）,
// 本级, 乡镇. They say no more than the entry's publisher does.
func isLevelWord(r rune) bool {
	return strings.ContainsRune("省市州盟县区旗乡镇街道村社居级本各", r)
}
