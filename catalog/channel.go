package catalog

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// Channel is one of the thirteen carriers of the national table (公开渠道和载体).
type Channel uint8

// The carriers in the standard order.
const (
	Website         Channel = iota // 政府网站
	Gazette                        // 政府公报
	NewMedia                       // 两微一端
	PressConference                // 发布会/听证会
	Broadcast                      // 广播电视
	Print                          // 纸质媒体
	ReadingPoint                   // 公开查阅点
	ServiceCenter                  // 政务服务中心
	ServiceStation                 // 便民服务站
	OnSite                         // 入户/现场
	NoticeBoard                    // 社区/企事业单位/村公示栏（电子屏）
	TargetedPush                   // 精准推送
	OtherChannel                   // 其他, ticked without saying which
	channelCount
)

var channelNames = [channelCount]string{
	"政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点",
	"政务服务中心", "便民服务站", "入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他",
}

var channelCodes = [channelCount]string{
	"website", "gazette", "new-media", "press-conference", "broadcast", "print", "reading-point",
	"service-center", "service-station", "on-site", "notice-board", "targeted-push", "other",
}

// AllChannels returns the thirteen carriers in the standard order.
func AllChannels() []Channel { return ChannelSet(1<<channelCount - 1).List() }

// Name is the carrier's name in the national table: 政府网站. It is empty for
// what is none of the thirteen.
func (c Channel) Name() string {
	if c >= channelCount {
		return ""
	}
	return channelNames[c]
}

// Code is the carrier's name in JSON: "website". It is empty for what is none of
// the thirteen.
func (c Channel) Code() string {
	if c >= channelCount {
		return ""
	}
	return channelCodes[c]
}

// ChannelByCode returns the carrier with the code, and whether there is one.
func ChannelByCode(code string) (Channel, bool) {
	for c, s := range channelCodes {
		if s == code {
			return Channel(c), true
		}
	}
	return 0, false
}

// ChannelSet is a set of the thirteen carriers.
type ChannelSet uint16

// ChannelSetOf returns the set of the carriers given.
func ChannelSetOf(cs ...Channel) ChannelSet { return ChannelSet(0).With(cs...) }

// Has reports whether c is in the set.
func (s ChannelSet) Has(c Channel) bool { return c < channelCount && s&(1<<c) != 0 }

// With returns the set with the carriers added.
func (s ChannelSet) With(cs ...Channel) ChannelSet {
	for _, c := range cs {
		if c < channelCount {
			s |= 1 << c
		}
	}
	return s
}

// Without returns the set with the carriers taken out.
func (s ChannelSet) Without(cs ...Channel) ChannelSet {
	for _, c := range cs {
		if c < channelCount {
			s &^= 1 << c
		}
	}
	return s
}

// Len is the number of carriers in the set.
func (s ChannelSet) Len() int { return bits.OnesCount16(uint16(s & (1<<channelCount - 1))) }

// List returns the carriers of the set in the standard order.
func (s ChannelSet) List() []Channel {
	out := make([]Channel, 0, s.Len())
	for c := range channelCount {
		if s.Has(c) {
			out = append(out, c)
		}
	}
	return out
}

// MarshalJSON writes the codes of the carriers in the standard order.
func (s ChannelSet) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for _, c := range s.List() {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, channelCodes[c]...)
		b = append(b, '"')
	}
	return append(b, ']'), nil
}

// UnmarshalJSON reads an array of codes in any order. It fails on codes that are
// none of the thirteen, naming them all.
func (s *ChannelSet) UnmarshalJSON(b []byte) error {
	var codes []string
	if err := json.Unmarshal(b, &codes); err != nil {
		return fmt.Errorf("read channels: %w", err)
	}
	var set ChannelSet
	var unknown []string
	for _, code := range codes {
		c, ok := ChannelByCode(code)
		if !ok {
			unknown = append(unknown, code)
			continue
		}
		set = set.With(c)
	}
	if unknown != nil {
		return fmt.Errorf("read channels: unknown %q", unknown)
	}
	*s = set
	return nil
}

// Channels is what a channel cell says.
type Channels struct {
	Set ChannelSet // chosen, or in a must/may table those that must be used
	May ChannelSet // those that may be used, where the table tells must (■) from may (□); none of Set
	// Others are carriers outside the thirteen, by name: 征地信息公开平台. A named
	// 其他 is here and not in Set. No name is empty or stands twice.
	Others []string
}

// Marks tells how the boxes of a table are to be read, which its header says.
type Marks uint8

// The two readings of a box.
const (
	Chosen  Marks = iota // ■ chosen, □ not chosen
	MustMay              // ■ must, □ may
)

// Equal reports whether both name the same carriers, others in the same order.
func (c Channels) Equal(o Channels) bool {
	return c.Set == o.Set && c.May == o.May && slices.Equal(c.Others, o.Others)
}

// IsZero reports whether no carrier is named at all.
func (c Channels) IsZero() bool { return c.Set == 0 && c.May == 0 && len(c.Others) == 0 }

// String prints what is chosen, and what may be, so that ParseChannels reads it
// back: 政府网站、两微一端、其他（征地信息公开平台）；可选：政府公报.
func (c Channels) String() string {
	var b strings.Builder
	join := func(s string) {
		if b.Len() > 0 {
			b.WriteString("、")
		}
		b.WriteString(s)
	}
	for _, ch := range c.Set.List() {
		join(ch.Name())
	}
	if len(c.Others) > 0 {
		join(othersText(c.Others))
	}
	for i, ch := range c.May.List() {
		switch {
		case i > 0:
			b.WriteString("、")
		case b.Len() > 0:
			b.WriteString("；可选：")
		default:
			b.WriteString("可选：")
		}
		b.WriteString(ch.Name())
	}
	return b.String()
}

// BoxString prints the carriers on a line each with ■ or □, as the national table
// has them; named others follow as ■其他（…）. Where May holds something the cell
// belongs to a must/may table: only the carriers of Set (■) and May (□) are
// printed, and MustMay reads them back.
func (c Channels) BoxString() string {
	var b strings.Builder
	line := func(box, name string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(box)
		b.WriteString(name)
	}
	for ch := range channelCount {
		switch {
		case c.Set.Has(ch):
			line("■", ch.Name())
		case c.May.Has(ch):
			line("□", ch.Name())
		case c.May == 0 && (ch != OtherChannel || len(c.Others) == 0):
			line("□", ch.Name())
		}
	}
	if len(c.Others) > 0 {
		line("■", othersText(c.Others))
	}
	return b.String()
}

// othersText prints named carriers as 其他（甲、乙）. A name that would not be read
// back as it is stands in quotes, its own closing quotes doubled.
func othersText(names []string) string {
	var b strings.Builder
	b.WriteString("其他（")
	for i, n := range names {
		if i > 0 {
			b.WriteString("、")
		}
		if plainOther(n) {
			b.WriteString(n)
			continue
		}
		b.WriteString("“" + strings.ReplaceAll(n, "”", "””") + "”")
	}
	b.WriteString("）")
	return b.String()
}

// plainOther reports whether the name, in brackets after 其他, is read as itself.
func plainOther(name string) bool {
	if strings.ContainsAny(name, "“”") {
		return false
	}
	c := ParseChannels("其他（"+name+"）", Chosen)
	return c.Set == 0 && c.May == 0 && len(c.Others) == 1 && c.Others[0] == name
}
