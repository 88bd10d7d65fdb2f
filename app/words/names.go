package words

import (
	"strings"

	"mulutong/catalog"
	"mulutong/catalog/check"
	"mulutong/catalog/sheet"
)

// Field is the name of a field of an entry: its column heading.
func Field(f catalog.Field) Text { return Text{f.Name(), fieldNames[f]} }

var fieldNames = map[catalog.Field]string{
	catalog.FieldSector: "Sector", catalog.FieldTemplate: "Template entry",
	catalog.FieldCode: "Code", catalog.FieldPath: "Matter", catalog.FieldMatter: "First-level matter", catalog.FieldSubmatter: "Second-level matter",
	catalog.FieldContent: "Content", catalog.FieldBasis: "Legal basis", catalog.FieldTimeLimit: "Time limit",
	catalog.FieldPublisher: "Publisher", catalog.FieldChannels: "Channels", catalog.FieldAudience: "Audience",
	catalog.FieldMode: "Mode", catalog.FieldTiers: "Tiers", catalog.FieldLink: "Link", catalog.FieldExtra: "Other columns",
}

// Channel is the name of one of the thirteen carriers.
func Channel(c catalog.Channel) Text { return Text{c.Name(), channelNames[c]} }

var channelNames = map[catalog.Channel]string{
	catalog.Website: "Government website", catalog.Gazette: "Government gazette", catalog.NewMedia: "New media",
	catalog.PressConference: "Press conference or hearing", catalog.Broadcast: "Radio and television", catalog.Print: "Print media",
	catalog.ReadingPoint: "Public reading point", catalog.ServiceCenter: "Government service centre", catalog.ServiceStation: "Service station",
	catalog.OnSite: "At home or on site", catalog.NoticeBoard: "Notice board", catalog.TargetedPush: "Targeted push", catalog.OtherChannel: "Other",
}

// Tier is the name of a level of government.
func Tier(t catalog.Tier) Text { return Text{t.Name(), tierNames[t]} }

var tierNames = map[catalog.Tier]string{
	catalog.City: "City", catalog.County: "County", catalog.Township: "Township", catalog.Village: "Village",
}

// Sector is what a sector is called today; in English after its slug.
func Sector(s catalog.SectorInfo) Text {
	en := strings.ReplaceAll(string(s.Slug), "-", " ")
	if en != "" {
		en = strings.ToUpper(en[:1]) + en[1:]
	}
	return Text{s.Called(), en}
}

// Status tells whether an act holds.
func Status(s catalog.Status) Text { return statusNames[s] }

var statusNames = map[catalog.Status]Text{
	catalog.InForce:  {"有效", "in force"},
	catalog.Repealed: {"已废止", "repealed"},
	catalog.Expired:  {"已过期", "expired"},
}

// State is how far a sector's catalog is: draft, ready, submitted, returned,
// approved or not-applicable.
func State(name string) Text { return stateNames[name] }

var stateNames = map[string]Text{
	"draft":          {"编制中", "draft"},
	"ready":          {"已签发", "signed off"},
	"submitted":      {"已报送", "submitted"},
	"returned":       {"已退回", "returned"},
	"approved":       {"已通过", "approved"},
	"not-applicable": {"不涉及", "not applicable"},
}

// Severity tells how much a finding weighs.
func Severity(s check.Severity) Text { return Text{s.Name(), string(s)} }

// Import tells what importing does to an entry of a draft.
func Import(k catalog.ImportKind) Text { return importKinds[k] }

var importKinds = map[catalog.ImportKind]Text{
	catalog.ImportSame:    {"相同", "same"},
	catalog.ImportChanged: {"更新", "changed"},
	catalog.ImportNew:     {"新增", "new"},
}

// Upgrade tells what a newer template means for an entry.
func Upgrade(k catalog.UpgradeKind) Text { return upgradeKinds[k] }

var upgradeKinds = map[catalog.UpgradeKind]Text{
	catalog.UpgradeChanged: {"改", "changed"},
	catalog.UpgradeAdded:   {"增", "added"},
	catalog.UpgradeMet:     {"并", "joined"},
	catalog.UpgradeDropped: {"删", "dropped"},
	catalog.UpgradeLeftOut: {"未列入", "left out"},
	catalog.UpgradeOwn:     {"本单位", "own"},
}

// Match is the reason of a match, catalog.MatchPath and its like.
func Match(why string) Text { return matchReasons[why] }

var matchReasons = map[string]Text{
	catalog.MatchTemplate:  {"同一模板条目", "same template entry"},
	catalog.MatchCode:      {"编码相同", "same code"},
	catalog.MatchPath:      {"名称相同", "same names"},
	catalog.MatchOtherName: {"是它的别名", "one of its other names"},
	catalog.MatchSimilar:   {"名称相近", "similar names"},
	catalog.MatchChosen:    {"由您指定", "chosen by you"},
}

// Problem says what could not be understood of a cell of a stranger's table.
func Problem(p sheet.Problem, l Lang) string {
	return problemTexts[p.Kind].In(l, shorten(p.Text, 40))
}

// problemTexts has words for each kind of problem; %s is the cell.
var problemTexts = map[sheet.ProblemKind]Text{
	sheet.UnknownColumn:  {"不认识表头“%s”，该列原样保留。", "unknown heading %q; the column is kept as it is."},
	sheet.UnknownTier:    {"“%s”不是层级名称，该列原样保留。", "%q names no tier; the column is kept as it is."},
	sheet.RepeatedColumn: {"表头“%s”重复出现，请核对这一列。", "the heading %q stands there twice; check this column."},
	sheet.GuessedColumn:  {"表头是空的，按位置推断为“%s”，请核对。", "the heading is blank, taken for %q by its place; check it."},
	sheet.UnclearTick:    {"“%s”看不出是否勾选，原样保留，请核对。", "%q is no clear tick; kept as it is, check it."},
	sheet.FilledDown:     {"事项名称是空的，沿用上一条的“%s”，请核对。", "the name is blank, taken from the entry above (%q); check it."},
	sheet.JoinedName:     {"“%s”没有序号，并入了上面的事项名称，请核对。", "%q has no number and was joined to the name above; check it."},
	sheet.NoMatter:       {"这一条没有事项名称：%s", "this entry has no name: %s"},
	sheet.StrayLine:      {"这一行不属于任何一条：%s", "this line belongs to no entry: %s"},
	sheet.UnknownSector:  {"不认识领域“%s”，原样保留。", "unknown sector %q; kept as it is."},
}
