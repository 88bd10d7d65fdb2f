package catalog

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

// ChannelSet is a set of the thirteen carriers.
type ChannelSet uint16

// Channels is what a channel cell says.
type Channels struct {
	Set ChannelSet // chosen, or in a must/may table those that must be used
	May ChannelSet // those that may be used, where the table tells must (■) from may (□)
	// Others are carriers outside the thirteen, by name: 征地信息公开平台. A named
	// 其他 is here and not in Set.
	Others []string
}

// Marks tells how the boxes of a table are to be read, which its header says.
type Marks uint8

// The two readings of a box.
const (
	Chosen  Marks = iota // ■ chosen, □ not chosen
	MustMay              // ■ must, □ may
)
