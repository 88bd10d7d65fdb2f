package catalog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A cell says the same however it is made: boxes of any kind before or behind the
// names, numbers or nothing, and anything between.
func TestCellsOfAnyMake(t *testing.T) {
	boxes := [][2]string{
		{"■", "□"},
		{"☑", "☐"},
		{"√", "□"},
		{"R", "£"},
		{"t", "□"},
		{"■", "口"},
		{"▄", "□"},
		{"▲", "△"},
		{"◆", "◇"},
		{"●", "○"},
		{"●", "〇"},
		{"✓", "□"},
		{"■ ", "□ "},
		{"（√）", "（ ）"},
		{"□√", "□"},
		{"√", ""},
	}
	between := []string{"\n", " ", "、", "；", ";", "，", "\r\n", "  \n", ""}
	names := [channelCount][]string{
		Website:         {"政府网站", "网站", "政府门户网站", "县人民政府网站", "政 府 网 站"},
		Gazette:         {"政府公报"},
		NewMedia:        {"两微一端", "微信公众号"},
		PressConference: {"发布会/听证会", "发布会", "听证会", "发布会／听证会"},
		Broadcast:       {"广播电视"},
		Print:           {"纸质媒体", "纸质载体"},
		ReadingPoint:    {"公开查阅点", "公开查阅点/政务公开专区"},
		ServiceCenter:   {"政务服务中心", "政府服务中心", "市行政服务中心", "办事大厅"},
		ServiceStation:  {"便民服务站", "便民服务中心"},
		OnSite:          {"入户/现场", "入户/现场宣传", "入户⁄现场"},
		NoticeBoard:     {"社区/企事业单位/村公示栏（电子屏）", "社区/企事业单位/村公示栏(电子屏)", "社区/企事业单位/村公示栏", "村公示栏", "社区/企事业单位/\n村公示栏（电子屏）"},
		TargetedPush:    {"精准推送"},
		OtherChannel:    {"其他", "其它"},
	}
	others := []string{"征地信息公开平台", "国家企业信用信息公示系统", "公共资源交易平台"}

	rapid.Check(t, func(t *rapid.T) {
		box := rapid.SampledFrom(boxes).Draw(t, "boxes")
		sep := rapid.SampledFrom(between).Draw(t, "between")
		behind := rapid.Bool().Draw(t, "boxes behind") && !slices.Contains([]string{"R", "t", "●"}, box[0]) && box[1] != "口"
		want := Channels{Set: ChannelSet(rapid.Uint16Range(0, 1<<channelCount-1).Draw(t, "chosen"))}
		if box[1] == "" && want.Set == 0 {
			return // no marks at all mean all
		}
		var parts []string
		put := func(name string, chosen bool) {
			mark := box[1]
			if chosen {
				mark = box[0]
			}
			if behind {
				parts = append(parts, name+strings.TrimSpace(mark))
				return
			}
			parts = append(parts, mark+name)
		}
		last := TargetedPush
		if rapid.Bool().Draw(t, "with 其他") {
			last = OtherChannel
		} else {
			want.Set = want.Set.Without(OtherChannel)
		}
		if behind && box[1] == "" {
			want.Set = want.Set.With(last) // else it does not show that the ticks stand behind
		}
		for c := Website; c <= last; c++ {
			put(rapid.SampledFrom(names[c]).Draw(t, "name"), want.Set.Has(c))
		}
		// Nothing tells 平台口平台 from a word with 口.
		if box[1] != "" && last == TargetedPush && (box[1] != "口" || sep != "") {
			for _, o := range rapid.SliceOfNDistinct(rapid.SampledFrom(others), 0, 2, rapid.ID).Draw(t, "others") {
				chosen := rapid.Bool().Draw(t, "chosen")
				if chosen {
					want.Others = append(want.Others, o)
				}
				put(o, chosen)
			}
		}
		cell := strings.Join(parts, sep)
		if box[1] == "" && want.Set == 0 {
			return
		}
		if got := ParseChannels(cell, Chosen); !got.Equal(want) {
			t.Fatalf("%q reads as %q, want %q", cell, got, want)
		}
	})
}
