package catalog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// full is the national table's list with the boxes given, one a line.
func full(chosen, not string, cs ...Channel) string {
	var lines []string
	for _, c := range AllChannels() {
		box := not
		if slices.Contains(cs, c) {
			box = chosen
		}
		lines = append(lines, box+c.Name())
	}
	return strings.Join(lines, "\n")
}

func set(cs ...Channel) Channels { return Channels{Set: ChannelSetOf(cs...)} }

func with(c Channels, others ...string) Channels {
	c.Others = others
	return c
}

func TestParseChannels(t *testing.T) {
	tests := []struct {
		name, in string
		want     Channels
	}{
		{"empty cell", "", Channels{}},
		{"boxes on lines", full("■", "□", Website, NoticeBoard), set(Website, NoticeBoard)},
		{"boxes on one line", strings.ReplaceAll(full("■", "□", Website, NoticeBoard), "\n", " "), set(Website, NoticeBoard)},
		{"boxes with nothing between", strings.ReplaceAll(full("■", "□", Website, OnSite), "\n", ""), set(Website, OnSite)},
		{"no box chosen", full("■", "□"), Channels{}},
		{"check boxes", full("☑", "☐", NewMedia, Print), set(NewMedia, Print)},
		{"ticks beside boxes", full("√", "□", Website, ReadingPoint), set(Website, ReadingPoint)},
		{"tick in a box", full("□√", "□", Gazette, Broadcast), set(Gazette, Broadcast)},
		{"ticks in brackets", full("（√）", "（ ）", Gazette, TargetedPush), set(Gazette, TargetedPush)},
		{"lost symbol font", full("R", "£", Website, ServiceCenter), set(Website, ServiceCenter)},
		{"lost symbol font, spaced", full("R ", "£ ", Website, ServiceCenter), set(Website, ServiceCenter)},
		{"half-lost symbol font", "t政府网站□政府公报", set(Website)},
		{"a character for the box", full("■", "口", Website), set(Website)},
		{"a character for the box, no line breaks", "■政府网站口政府公报口两微一端■公开查阅点", set(Website, ReadingPoint)},
		{"half blocks", "▄政府网站 □政府公报 ▄便民服务站", set(Website, ServiceStation)},
		{"triangles", "▲政府网站 △政府公报", set(Website)},
		{"diamonds", "◆政府网站 ◇政府公报", set(Website)},
		{"discs", "●政府网站 ○政府公报 〇广播电视", set(Website)},
		{"discs before others, nothing between", "〇政府网站●征地信息公开平台〇国家企业信用信息公示系统", Channels{Others: []string{"征地信息公开平台"}}},
		{"bullets", "• 政府网站\n-政府公报\n* 征地信息公开平台", with(set(Website, Gazette), "征地信息公开平台")},
		{"dashes between", strings.Join(strings.Fields(full("", "")), "-"), Channels{Set: 1<<channelCount - 1}},
		{"a dash in a name", "■中国-东盟平台 ■政府网站", with(set(Website), "中国-东盟平台")},
		{"radicals for characters", "政府⽹站", set(Website)},
		{"check marks", "✓政府网站 ✓政府公报", set(Website, Gazette)},
		{"boxes behind", "政府网站■ 政府公报□ 公开查阅点■", set(Website, ReadingPoint)},
		{"ticks behind some", "政府网站√ 政府公报 两微一端 公开查阅点√", set(Website, ReadingPoint)},
		{"ticks before some of the whole list", full("√", "", Website, Print), set(Website, Print)},
		{"numbered", "1.政府网站; 2.其他", set(Website, OtherChannel)},
		{"numbered, nothing between", "1、政府网站2、政府公报3、征地信息公开平台4、其他", with(set(Website, Gazette, OtherChannel), "征地信息公开平台")},
		{"numbered in circles", "①政府网站②公开查阅点", set(Website, ReadingPoint)},
		{"bare list", "政府网站、政务服务中心", set(Website, ServiceCenter)},
		{"bare list on lines", "政府网站\n政务服务中心\n便民服务站", set(Website, ServiceCenter, ServiceStation)},
		{"bare list with spaces", "政府网站 政务服务中心", set(Website, ServiceCenter)},
		{"bare list with nothing between", "政府网站政府公报两微一端", set(Website, Gazette, NewMedia)},
		{"bare list of all is all chosen", full("", ""), Channels{Set: 1<<channelCount - 1}},
		{"joined by words", "政府网站和公开查阅点以及便民服务站", set(Website, ReadingPoint, ServiceStation)},
		{"one box for a sentence", "■政府公报、政府网站、新闻发布会、报刊、广播、电视或其他便于知晓的方式", with(set(Website, Gazette, PressConference, Broadcast, Print), "其他便于知晓的方式")},
		{"characters spaced out", "政 府 网 站\n公 开 查 阅 点", set(Website, ReadingPoint)},
		{"a name broken over lines", "■政府网站\n■社区/企事业单位/\n村公示栏（电子\n屏）\n□精准推送", set(Website, NoticeBoard)},
		{"an unknown name broken over lines", "■政府网站\n■征地信息\n公开平台", with(set(Website), "征地信息公开平台")},

		{"other names of carriers", "纸质载体、政府服务中心、微信公众号、便民服务中心、查阅点", set(Print, ServiceCenter, NewMedia, ServiceStation, ReadingPoint)},
		{"halls", "行政服务中心；政务大厅；办事大厅", set(ServiceCenter)},
		{"areas", "■公开查阅点/政务公开专区", set(ReadingPoint)},
		{"half of a double name", "■发布会\n■入户/现场宣传", set(PressConference, OnSite)},
		{"another slash", "■入户⁄现场", set(OnSite)},
		{"level before the name", "县人民政府网站、市政府门户网站、区政府门户网站、县（市、区）政府网站", set(Website)},
		{"several levels", "市、县、乡政府网站", set(Website)},
		{"level before the centre", "市行政服务中心 乡镇便民服务中心", set(ServiceCenter, ServiceStation)},
		{"notice boards", "村公示栏", set(NoticeBoard)},
		{"notice boards of herders", "嘎查(社区)公示栏", set(NoticeBoard)},
		{"notice board, screen left out", "■社区/企事业单位/村公示栏", set(NoticeBoard)},
		{"notice board in other order of signs", "社区、企事业单位、村公示栏(电子屏)", set(NoticeBoard)},
		{"capitals and full width", "政务ＡＰＰ", with(Channels{}, "政务ＡＰＰ")},
		{"app", "ＡＰＰ", set(NewMedia)},

		{"others beside", "■政府网站\n□其他\n■征地信息公开平台", with(set(Website), "征地信息公开平台")},
		{"others not chosen", "■政府网站\n□征地信息公开平台", set(Website)},
		{"a named site is no county site", "■东莞市政府网站", with(Channels{}, "东莞市政府网站")},
		{"longer than a carrier's name", "政府网站群", with(Channels{}, "政府网站群")},
		{"口 inside a word", "■政府网站 ■人口信息平台", with(set(Website), "人口信息平台")},
		{"口 begins a word", "口岸服务平台", with(Channels{}, "口岸服务平台")},
		{"R inside a word", "■PR平台", with(Channels{}, "PR平台")},
		{"other, blank", "■其他____", set(OtherChannel)},
		{"other, to be named", "■其他（请注明）", set(OtherChannel)},
		{"other, named after a colon", "■政府网站■其他：征地信息公开平台", with(set(Website), "征地信息公开平台")},
		{"other, named after a line", "■其他____ 征地信息公开平台", with(Channels{}, "征地信息公开平台")},
		{"other, named in brackets", "其他（征地信息公开平台、信用中国）", with(Channels{}, "征地信息公开平台", "信用中国")},
		{"other as part of a name", "■其他基层公共服务平台", with(Channels{}, "其他基层公共服务平台")},
		{"brackets after a name", "政府网站（专栏）、纸质媒体（宣传单）", with(set(Website, Print), "专栏", "宣传单")},
		{"carrier in brackets", "两微一端（微信公众号）", set(NewMedia)},
		{"comma in brackets", "√省级(含市、州)指定的媒体", with(Channels{}, "省级(含市、州)指定的媒体")},
		{"bracket that does not close", "政府网站、平台（一期", with(set(Website), "平台（一期")},
		{"a note", "■其他法律服务网 注:可归集至省级", with(Channels{}, "其他法律服务网 注:可归集至省级")},
		{"ditto", "■同上", with(Channels{}, "同上")},
		{"a stroke", "/", with(Channels{}, "/")},
		{"may in words", "政府网站；可选：政府公报、两微一端", Channels{Set: ChannelSetOf(Website), May: ChannelSetOf(Gazette, NewMedia)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ParseChannels(tt.in, Chosen)
			if !got.Equal(tt.want) {
				t.Errorf("ParseChannels(%q) = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}

func TestParseChannelsMustMay(t *testing.T) {
	tests := []struct {
		name, in string
		want     Channels
	}{
		{"must and may", "■政府网站 □政府公报 □公开查阅点", Channels{Set: ChannelSetOf(Website), May: ChannelSetOf(Gazette, ReadingPoint)}},
		{"nothing may", "■政府网站", set(Website)},
		{"no must", "□政府网站", Channels{May: ChannelSetOf(Website)}},
		{"no boxes", "政府网站、政府公报", set(Website, Gazette)},
		{"another carrier that may is kept", "■政府网站 □征地信息公开平台", with(set(Website), "征地信息公开平台")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ParseChannels(tt.in, MustMay); !got.Equal(tt.want) {
				t.Errorf("ParseChannels(%q, MustMay) = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}

func TestChannelsPrint(t *testing.T) {
	tests := []struct {
		in   Channels
		want string
	}{
		{Channels{}, ""},
		{set(Website, NewMedia), "政府网站、两微一端"},
		{with(set(Website), "征地信息公开平台"), "政府网站、其他（征地信息公开平台）"},
		{with(set(OtherChannel), "甲平台", "乙平台"), "其他、其他（甲平台、乙平台）"},
		{Channels{Set: ChannelSetOf(Website), May: ChannelSetOf(Gazette, Print)}, "政府网站；可选：政府公报、纸质媒体"},
		{Channels{May: ChannelSetOf(Gazette)}, "可选：政府公报"},
		{with(Channels{}, "甲、乙"), "其他（“甲、乙”）"},
		{with(Channels{}, "政府网站"), "其他（“政府网站”）"},
		{with(Channels{}, "“甲”、■"), "其他（““甲””、■”）"},
	}
	for _, tt := range tests {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("String of %+v = %q, want %q", tt.in, got, tt.want)
		}
		if got := ParseChannels(tt.want, Chosen); !got.Equal(tt.in) {
			t.Errorf("ParseChannels(%q) = %+v, want %+v", tt.want, got, tt.in)
		}
	}
}

func TestBoxString(t *testing.T) {
	c := with(set(Website, NoticeBoard), "征地信息公开平台")
	want := "■政府网站\n□政府公报\n□两微一端\n□发布会/听证会\n□广播电视\n□纸质媒体\n□公开查阅点\n□政务服务中心\n" +
		"□便民服务站\n□入户/现场\n■社区/企事业单位/村公示栏（电子屏）\n□精准推送\n■其他（征地信息公开平台）"
	if got := c.BoxString(); got != want {
		t.Errorf("BoxString = %q, want %q", got, want)
	}
	if got := ParseChannels(want, Chosen); !got.Equal(c) {
		t.Errorf("ParseChannels of BoxString = %+v, want %+v", got, c)
	}
	may := Channels{Set: ChannelSetOf(Website), May: ChannelSetOf(Gazette)}
	if got, want := may.BoxString(), "■政府网站\n□政府公报"; got != want {
		t.Errorf("BoxString with May = %q, want %q", got, want)
	}
	if got := ParseChannels(may.BoxString(), MustMay); !got.Equal(may) {
		t.Errorf("ParseChannels of BoxString with May = %+v, want %+v", got, may)
	}
}

func TestChannelCodes(t *testing.T) {
	const standard = `["website","gazette","new-media","press-conference","broadcast","print","reading-point","service-center","service-station","on-site","notice-board","targeted-push","other"]`
	all := ChannelSetOf(AllChannels()...)
	b, err := json.Marshal(all)
	if err != nil || string(b) != standard {
		t.Errorf("Marshal of all = %s, %v", b, err)
	}
	for _, c := range AllChannels() {
		if got, ok := ChannelByCode(c.Code()); !ok || got != c {
			t.Errorf("ChannelByCode(%q) = %v, %v", c.Code(), got, ok)
		}
	}
	var got ChannelSet
	if err := json.Unmarshal([]byte(`["print","website"]`), &got); err != nil || got != ChannelSetOf(Website, Print) {
		t.Errorf("Unmarshal in another order = %v, %v", got.List(), err)
	}
	err = json.Unmarshal([]byte(`["print","radio","poster"]`), &got)
	if err == nil || !strings.Contains(err.Error(), "radio") || !strings.Contains(err.Error(), "poster") {
		t.Errorf("Unmarshal of unknown codes = %v, want an error that names both", err)
	}
	if b, _ := json.Marshal(ChannelSet(0)); string(b) != "[]" {
		t.Errorf("Marshal of none = %s", b)
	}
}

func TestChannelSet(t *testing.T) {
	s := ChannelSetOf(Website, Print).With(OnSite).Without(Print)
	if !s.Has(Website) || s.Has(Print) || !s.Has(OnSite) || s.Len() != 2 {
		t.Errorf("set = %v, len %d", s.List(), s.Len())
	}
	if got := s.List(); !slices.Equal(got, []Channel{Website, OnSite}) {
		t.Errorf("List = %v", got)
	}
	if s.With(channelCount) != s || s.Has(channelCount) {
		t.Errorf("a channel beyond the thirteen got into the set")
	}
}

func FuzzParseChannels(f *testing.F) {
	for _, s := range []string{"■政府网站□政府公报", "1.政府网站; 2.其他", "其他（“甲、乙”）；可选：政府公报", full("R", "£", Website)} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, mustMay bool) {
		m := Chosen
		if mustMay {
			m = MustMay
		}
		c := ParseChannels(s, m)
		if got := ParseChannels(c.String(), m); !got.Equal(c) {
			t.Errorf("%q reads as %q, which reads as %q", s, c, got)
		}
		m = Chosen
		if c.May != 0 {
			m = MustMay
		}
		if got := ParseChannels(c.BoxString(), m); !got.Equal(c) {
			t.Errorf("%q reads as %q, in boxes %q, which reads as %q", s, c, c.BoxString(), got)
		}
	})
}

func BenchmarkParseChannels(b *testing.B) {
	cell := full("■", "□", Website, NoticeBoard)
	b.ReportAllocs()
	for b.Loop() {
		ParseChannels(cell, Chosen)
	}
}
