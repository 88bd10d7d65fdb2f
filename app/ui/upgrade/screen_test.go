package upgrade

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
)

var township = catalog.Unit{ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市"}

func entryOf(id, matter, submatter, content, basis string) catalog.TemplateEntry {
	return catalog.TemplateEntry{
		ID: catalog.TemplateID(id), Path: []string{matter, submatter}, Content: content, Basis: catalog.ParseBasis(basis),
		TimeLimit:  catalog.ParseTimeLimit("信息形成或者变更之日起20个工作日内"),
		Publishers: map[catalog.Tier]string{catalog.Township: "{单位}"}, Channels: catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website, catalog.NoticeBoard)},
		Audience: catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true}, Tiers: catalog.TierSetOf(catalog.Township),
	}
}

var (
	oldSocial = catalog.Template{Sector: "social-assistance", Version: "2026.1", Entries: []catalog.TemplateEntry{
		entryOf("t1", "综合业务", "监督检查", "社会救助信访通讯地址、社会救助投诉举报电话", "《社会救助暂行办法》（国务院令第649号）"),
		entryOf("t2", "最低生活保障", "办事指南", "办理事项、办理条件、最低生活保障标准、申请材料、办理流程、办理时间、地点、联系方式", "《社会救助暂行办法》（国务院令第649号）"),
		entryOf("t3", "最低生活保障", "审核信息", "初审对象名单及相关信息", "《社会救助暂行办法》（国务院令第649号）"),
		entryOf("t4", "医疗救助", "办事指南", "办理条件、救助标准", "《社会救助暂行办法》（国务院令第649号）"),
		entryOf("t5", "医疗救助", "审核信息", "救助对象名单", "《社会救助暂行办法》（国务院令第649号）"),
	}}
	newSocial = catalog.Template{Sector: "social-assistance", Version: "2026.2", Entries: []catalog.TemplateEntry{
		entryOf("t1", "综合业务", "监督检查", "社会救助信访通讯地址、投诉举报电话和电子邮箱", "《中华人民共和国社会救助法》"),
		entryOf("t2", "最低生活保障", "办事指南", "办理事项、办理条件、最低生活保障标准、申请材料、办理流程、办理时限、地点、联系电话", "《中华人民共和国社会救助法》"),
		entryOf("t3", "最低生活保障", "审核确认信息", "初审对象名单及相关信息", "《社会救助暂行办法》（国务院令第649号）"),
		entryOf("t6", "刚性支出困难家庭", "办事指南", "办理事项、办理条件、申请材料、办理流程、办理地点、联系方式", "《中华人民共和国社会救助法》"),
	}}
	oldElderly = catalog.Template{Sector: "elderly-care", Version: "2026.1", Entries: []catalog.TemplateEntry{entryOf("u1", "养老服务通用政策", "国家政策", "法律、法规", "《中华人民共和国老年人权益保障法》")}}
	newElderly = catalog.Template{Sector: "elderly-care", Version: "2026.2", Entries: []catalog.TemplateEntry{entryOf("u1", "养老服务通用政策", "国家政策", "法律、法规、规章", "《中华人民共和国老年人权益保障法》")}}
)

// plans are what the newer templates mean for two drafts.
func plans() []*work.Upgrade {
	n := 0
	id := func() catalog.EntryID { n++; return catalog.EntryID(fmt.Sprint("e", n)) }
	social := oldSocial.Draft(township, id)
	social.Entries[0].Content = "籍山镇民政办：籍山路12号，0553-6822345"
	social.Entries[1].Content = strings.ReplaceAll(social.Entries[1].Content, "联系方式", "联系方式（各村便民服务站）")
	social.Entries[4].Publisher = "籍山镇民政办"
	elderly := oldElderly.Draft(township, id)
	return []*work.Upgrade{
		{Sector: catalog.SectorInfo{No: 19, Slug: "social-assistance", Name: "社会救助"}, Plan: catalog.PlanUpgrade(&oldSocial, &newSocial, &social)},
		{Sector: catalog.SectorInfo{No: 20, Slug: "elderly-care", Name: "养老服务"}, Plan: catalog.PlanUpgrade(&oldElderly, &newElderly, &elderly)},
	}
}

type fake struct {
	version string
	ups     []*work.Upgrade
	err     error // of comparing
	gate    chan struct{}

	upgraded []*work.Upgrade
	failed   error // of upgrading
	back     int
	backErr  error
	release  *work.Release
	readErr  error
	taken    int
}

func (f *fake) Release() string { return f.version }
func (f *fake) Upgrades(ctx context.Context) ([]*work.Upgrade, error) {
	if f.gate != nil {
		<-f.gate
	}
	return f.ups, f.err
}

func (f *fake) Upgrade(_ context.Context, ups []*work.Upgrade) (work.Upgraded, error) {
	if f.failed != nil {
		return work.Upgraded{}, f.failed
	}
	f.upgraded = ups
	var left []*work.Upgrade
	for _, u := range f.ups {
		took := false
		for _, x := range ups {
			took = took || x == u
		}
		if !took {
			left = append(left, u)
		}
	}
	f.ups = left
	return work.Upgraded{Before: work.Backup{Path: "D:/目录通/backups/mulu-340223100.mulubak"}, Edit: 7}, nil
}

func (f *fake) TakeBack(_ context.Context, u work.Upgraded) error {
	if f.backErr == nil && u.Edit == 7 {
		f.back++
		f.ups = plans()
	}
	return f.backErr
}
func (f *fake) ReadRelease(string) (*work.Release, error) { return f.release, f.readErr }
func (f *fake) TakeRelease(context.Context, *work.Release) error {
	f.taken++
	f.version, f.ups = "2026.2", plans()
	return nil
}

func opened(t *testing.T, f *fake) (fyne.Window, *Screen) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, widget.NewLabel(""), 1366, 768)
	s := New(w, f)
	w.SetContent(s.Content())
	if f.gate == nil {
		uitest.Settle()
	}
	return w, s
}

func choose(t *testing.T, s *Screen, name string) {
	t.Helper()
	for i, it := range s.list.items {
		if it.entry >= 0 && strings.Contains(nameOf(&it.up.Plan.Entries[it.entry]), name) || it.entry < 0 && it.up.Sector.Name == name {
			s.list.view.Select(i)
			return
		}
	}
	t.Fatalf("the list has no %s", name)
}

// tapFirst clicks the first of the buttons that read text: that of the first field.
func tapFirst(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	for _, b := range uitest.Find[*kit.PushButton](w) {
		if b.Text == text {
			b.OnTapped()
			return
		}
	}
	t.Fatalf("no button reads %q", text)
}

// result is what a field of the first sector becomes.
func result(s *Screen, entry string, f catalog.Field) string {
	c := s.ups[0].Plan.Apply(func() catalog.EntryID { return "new" })
	for _, e := range c.Entries {
		if strings.Contains(strings.Join(e.Path, "/"), entry) {
			return e.Text(f)
		}
	}
	return "absent"
}

func TestNothingToUpdateSaysWhichVersionIsInUse(t *testing.T) {
	count := -1
	f := &fake{version: "2026.1"}
	w, s := opened(t, f)
	uitest.MustShow(t, w, "草稿用的就是最新的模板", "正在使用的模板：2026.1", "载入新模板")
	s.OnCount = func(n int) { count = n }
	f.ups = plans()
	s.Reload()
	uitest.Settle()
	if count != 2 {
		t.Errorf("told of %d sectors, want 2", count)
	}
	uitest.MustShow(t, w, "确定更新")
}

func TestAClashIsChosenByField(t *testing.T) {
	w, s := opened(t, &fake{version: "2026.2", ups: plans()})
	uitest.MustShow(t, w, "综合业务 / 监督检查", "冲突：两边都改了", "还没选", "原模板", "新模板", "本单位", "2 处冲突保留本单位的写法")
	if got := result(s, "监督检查", catalog.FieldContent); !strings.Contains(got, "籍山路") {
		t.Errorf("undecided, the content becomes %q", got)
	}
	tapFirst(t, w, "用新模板的")
	if got := result(s, "监督检查", catalog.FieldContent); !strings.Contains(got, "电子邮箱") {
		t.Errorf("after taking the template's it becomes %q", got)
	}
	uitest.MustShow(t, w, "1 处冲突保留本单位的写法", "已选")
	tapFirst(t, w, "自己写")
	w.Canvas().Focused().(*kit.Entry).SetText("镇民政办电话和邮箱")
	uitest.Tap(t, w, "保存")
	if got := result(s, "监督检查", catalog.FieldContent); got != "镇民政办电话和邮箱" {
		t.Errorf("after writing it becomes %q", got)
	}
	uitest.MustShow(t, w, "改自己写的", "更新后：镇民政办电话和邮箱")
	tapFirst(t, w, "保留本单位的")
	if got := result(s, "监督检查", catalog.FieldContent); !strings.Contains(got, "籍山路") {
		t.Errorf("after keeping ours it becomes %q", got)
	}
}

func TestTheKeyboardGoesOnWhereItWas(t *testing.T) {
	w, s := opened(t, &fake{version: "2026.2", ups: plans()})
	w.Canvas().Focus(uitest.Find[*kit.PushButton](w)[1]) // of the content: the template's
	uitest.Press(w, fyne.KeyReturn)
	if got := result(s, "监督检查", catalog.FieldContent); !strings.Contains(got, "电子邮箱") {
		t.Errorf("Enter made the content %q", got)
	}
	if b, ok := w.Canvas().Focused().(*kit.PushButton); !ok || b.Text != "用新模板的" {
		t.Errorf("after it the focus is on %+v", w.Canvas().Focused())
	}
	choose(t, s, "刚性支出困难家庭")
	s.Reload() // the page comes up again
	uitest.Settle()
	uitest.MustShow(t, w, "模板新增的一条", "1 处冲突")
}

func TestAllClashesOfASectorAtOnce(t *testing.T) {
	w, s := opened(t, &fake{version: "2026.2", ups: plans()})
	choose(t, s, "社会救助")
	uitest.MustShow(t, w, "内容或名称有改动：3 条", "新增：1 条", "模板里删去了：2 条")
	uitest.Tap(t, w, "都用新模板的")
	if got := result(s, "监督检查", catalog.FieldContent) + result(s, "办事指南", catalog.FieldContent); !strings.Contains(got, "电子邮箱") || strings.Contains(got, "各村") {
		t.Errorf("the contents become %q", got)
	}
	uitest.Tap(t, w, "都保留本单位的")
	if got := result(s, "监督检查", catalog.FieldContent) + result(s, "办事指南", catalog.FieldContent); strings.Contains(got, "电子邮箱") || !strings.Contains(got, "各村") {
		t.Errorf("the contents become %q", got)
	}
	uitest.MustShow(t, w, "0 处冲突")
	uitest.Tap(t, w, "恢复成还没选")
	uitest.MustShow(t, w, "2 处冲突")
}

func TestEntriesAreAddedAndRemovedAsChosen(t *testing.T) {
	w, s := opened(t, &fake{version: "2026.2", ups: plans()})
	choose(t, s, "刚性支出困难家庭")
	uitest.MustShow(t, w, "模板新增的一条")
	uitest.Tap(t, w, "不加")
	if got := result(s, "刚性支出", catalog.FieldContent); got != "absent" {
		t.Errorf("an entry that is not to be added says %q", got)
	}
	uitest.Find[*kit.Entry](w)[0].SetText(" 本镇没有 ")
	if c := s.ups[0].Plan.Apply(func() catalog.EntryID { return "new" }); c.Omitted["t6"].Reason != "本镇没有" {
		t.Errorf("the omission is %+v", c.Omitted)
	}
	uitest.Tap(t, w, "加进目录")
	if got := result(s, "刚性支出", catalog.FieldContent); got == "absent" {
		t.Error("the entry is not added after all")
	}
	choose(t, s, "医疗救助 / 办事指南")
	uitest.MustShow(t, w, "新模板里没有这一条了。本单位没有改过它")
	if got := result(s, "医疗救助/办事指南", catalog.FieldContent); got != "absent" {
		t.Errorf("the dropped one stays: %q", got)
	}
	uitest.Tap(t, w, "保留")
	if got := result(s, "医疗救助/办事指南", catalog.FieldContent); got == "absent" {
		t.Error("it is removed although it is to stay")
	}
	choose(t, s, "医疗救助 / 审核信息")
	uitest.MustShow(t, w, "但是本单位改过它，所以保留")
	uitest.Tap(t, w, "从目录删去")
	if got := result(s, "医疗救助/审核信息", catalog.FieldContent); got != "absent" {
		t.Errorf("it stays although it is to go: %q", got)
	}
}

func TestTheListShowsWhatIsAskedFor(t *testing.T) {
	_, s := opened(t, &fake{version: "2026.2", ups: plans()})
	count := func() (sectors, entries int) {
		for _, it := range s.list.items {
			if it.entry < 0 {
				sectors++
			} else {
				entries++
			}
		}
		return sectors, entries
	}
	for f, want := range map[filter][2]int{showAll: {2, 7}, showClashes: {1, 3}, showTemplate: {2, 4}, showAdded: {1, 1}, showDropped: {1, 2}, showOwn: {0, 0}} {
		s.filter = f
		s.list.fill()
		if a, b := count(); [2]int{a, b} != want {
			t.Errorf("%s: %d sectors with %d entries, want %v", filterWords[f].EN, a, b, want)
		}
	}
}

func TestUpdatingBacksUpAndOneStepTakesItBack(t *testing.T) {
	f := &fake{version: "2026.2", ups: plans()}
	w, s := opened(t, f)
	choose(t, s, "养老服务")
	uitest.Find[*kit.Check](w)[0].SetChecked(false)
	uitest.MustShow(t, w, "将更新 1 个领域", "不更新")
	uitest.Tap(t, w, "确定更新")
	uitest.MustShow(t, w, "更新之前会自动备份一次")
	if f.upgraded != nil {
		t.Fatal("it was upgraded before it was confirmed")
	}
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	if len(f.upgraded) != 1 || f.upgraded[0].Sector.Name != "社会救助" {
		t.Fatalf("upgraded %v", f.upgraded)
	}
	uitest.MustShow(t, w, "已更新到模板 2026.2", "mulu-340223100.mulubak", "继续处理其余领域")
	uitest.Tap(t, w, "撤销这次更新")
	uitest.Settle()
	if f.back != 1 {
		t.Errorf("taken back %d times", f.back)
	}
	uitest.MustShow(t, w, "确定更新", "综合业务 / 监督检查")
}

func TestWhatFailsLosesNoChoice(t *testing.T) {
	f := &fake{version: "2026.2", ups: plans(), failed: fmt.Errorf("back up: %w", boltstore.ErrDiskFull)}
	w, s := opened(t, f)
	tapFirst(t, w, "用新模板的")
	f.ups = plans() // compared again
	uitest.Tap(t, w, "确定更新")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	uitest.MustShow(t, w, "磁盘已满")
	uitest.Press(w, fyne.KeyReturn)
	if got := result(s, "监督检查", catalog.FieldContent); !strings.Contains(got, "电子邮箱") {
		t.Errorf("after a failure the content becomes %q", got)
	}
	f.failed = nil
	uitest.Tap(t, w, "确定更新")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	f.backErr = work.ErrEditedSince
	uitest.Tap(t, w, "撤销这次更新")
	uitest.Settle()
	uitest.MustShow(t, w, "这一步之后又有别的改动")
	uitest.Press(w, fyne.KeyReturn)
	s.Leave()
	uitest.MustShow(t, w, "草稿用的就是最新的模板")
}

func TestASlowComparisonSaysSoAndAFailingOneCanBeTriedAgain(t *testing.T) {
	f := &fake{version: "2026.2", ups: plans(), gate: make(chan struct{})}
	w, _ := opened(t, f)
	uitest.MustShow(t, w, "正在把草稿和新模板逐条比较")
	close(f.gate)
	uitest.Settle()
	uitest.MustShow(t, w, "确定更新")

	f = &fake{version: "2026.2", err: errors.New("x")}
	w, _ = opened(t, f)
	uitest.MustShow(t, w, "没有比较成")
	f.err, f.ups = nil, plans()
	uitest.Tap(t, w, "重试")
	uitest.Settle()
	uitest.MustShow(t, w, "确定更新")
}

func TestANewerReleaseIsLoadedFromAFile(t *testing.T) {
	f := &fake{version: "2026.1", readErr: words.About("D:/模板.zip", work.ErrNoRelease)}
	w, s := opened(t, f)
	s.Load("D:/模板.zip")
	uitest.Settle()
	uitest.MustShow(t, w, "D:/模板.zip 里没有模板")
	uitest.Press(w, fyne.KeyReturn)
	f.readErr, f.release = nil, &work.Release{Path: "D:/模板.zip", Version: "2026.2"}
	s.Load("D:/模板.zip")
	uitest.Settle()
	uitest.MustShow(t, w, "使用新模板 2026.2？")
	uitest.Press(w, fyne.KeyReturn)
	uitest.Settle()
	if f.taken != 1 {
		t.Errorf("taken %d times", f.taken)
	}
	uitest.MustShow(t, w, "正在使用的模板：2026.2", "确定更新")
}

func TestDifferMarksWhatDiffers(t *testing.T) {
	marked := func(ss []stretch) string {
		var b strings.Builder
		for _, s := range ss {
			if s.same {
				b.WriteString(s.text)
			} else {
				b.WriteString("[" + s.text + "]")
			}
		}
		return b.String()
	}
	for _, tt := range []struct{ a, b, wantA, wantB string }{
		{"投诉电话", "投诉举报电话", "投诉电话", "投诉[举报]电话"},
		{"办理时间、地点、联系方式", "办理时限、地点、联系电话", "办理时[间]、地点、联系[方式]", "办理时[限]、地点、联系[电话]"},
		{"甲乙", "丙丁", "[甲乙]", "[丙丁]"},
		{"", "新", "", "[新]"},
		{"同", "同", "同", "同"},
		{"一二三四", "一x三y", "一[二三四]", "一[x三y]"}, // one character alone is chance
	} {
		a, b := differ(tt.a, tt.b)
		if marked(a) != tt.wantA || marked(b) != tt.wantB {
			t.Errorf("%q and %q: %s and %s, want %s and %s", tt.a, tt.b, marked(a), marked(b), tt.wantA, tt.wantB)
		}
	}
	long := strings.Repeat("甲乙丙丁", 2000)
	if a, _ := differ(long, "戊"+long+"己"); marked(a) != "["+long+"]" && marked(a) != long {
		t.Error("long texts are not compared")
	}
}

func build(f *fake, first func(*Screen)) func(fyne.Window) fyne.CanvasObject {
	return func(w fyne.Window) fyne.CanvasObject {
		s := New(w, f)
		w.SetContent(s.Content())
		uitest.Settle()
		if first != nil {
			first(s)
		}
		return s.Content()
	}
}

func TestUpgradePictures(t *testing.T) {
	uitest.Golden(t, "upgrade", 1206, 700, build(&fake{version: "2026.2", ups: plans()}, nil))
	uitest.Golden(t, "upgrade-sector", 1206, 700, build(&fake{version: "2026.2", ups: plans()}, func(s *Screen) { s.list.view.Select(0) }))
	uitest.Golden(t, "upgrade-none", 1206, 700, build(&fake{version: "2026.1"}, nil))
}

func TestUpgradeSpeaksOneLanguage(t *testing.T) {
	var data []string
	for _, u := range plans() {
		data = append(data, u.Sector.Name)
		for _, e := range u.Plan.Entries {
			data = append(data, nameOf(&e))
			for _, f := range e.Fields {
				for _, text := range []string{f.Was, f.Now, f.Ours, f.Merged} {
					data = append(data, strings.Split(text, "\n")...)
				}
			}
		}
	}
	slices.SortFunc(data, func(a, b string) int { return len(b) - len(a) })
	uitest.OneLanguage(t, 1206, 700, build(&fake{version: "2026.2", ups: plans()}, func(s *Screen) { s.list.view.Select(0) }), data...)
	uitest.OneLanguage(t, 1206, 700, build(&fake{version: "2026.2"}, nil), data...)
}
