package field

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/kit"
	"mulutong/app/ui/uitest"
	"mulutong/catalog"
)

// act builds one act of the register.
func act(id, title, number string, status catalog.Status, ended catalog.Date, next catalog.ActID) catalog.Act {
	return catalog.Act{
		ID: catalog.ActID(id), Title: title, Status: status, Ended: ended, Successor: next, Confirmed: true,
		Revisions: []catalog.Revision{{Number: number}},
	}
}

func testRegister(t testing.TB) *catalog.Register {
	t.Helper()
	info := act("info", "中华人民共和国政府信息公开条例", "国务院令第492号", catalog.InForce, "", "")
	info.Revisions = append(info.Revisions, catalog.Revision{Number: "国务院令第711号"})
	r, err := catalog.NewRegister("test", []catalog.Act{
		info,
		act("aid", "社会救助暂行办法", "国务院令第649号", catalog.InForce, "", ""),
		act("old", "城市房屋拆迁管理条例", "国务院令第305号", catalog.Repealed, "2011-01-21", "new"),
		act("new", "国有土地上房屋征收与补偿条例", "国务院令第590号", catalog.InForce, "", ""),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// everyEditor is one of each, filled in.
func everyEditor(t testing.TB, expand bool) (fyne.CanvasObject, []Editor) {
	t.Helper()
	content, path, cites, limit := NewLongText(""), NewPath(), NewCitations(testRegister(t)), NewLimit()
	channels, audience, mode, tiers := NewChannels(), NewAudience(), NewMode(), NewTiers()
	link, extra, publisher := NewLink(func(string) {}), NewExtra(), NewPublisher()
	limit.Suggest([]string{"信息形成或者变更之日起20个工作日内", "长期公开", "每季度结束后15日内", "实时"})
	publisher.Suggest([]string{"籍山镇人民政府", "南陵县民政局"})
	channels.Demand(catalog.Channels{Set: catalog.ChannelSetOf(catalog.Website), May: catalog.ChannelSetOf(catalog.NoticeBoard, catalog.Gazette)})
	content.Set("办理事项、办理条件、最低生活保障标准、申请材料、办理流程、办理时间、地点、联系方式；救助人数及标准、资金支出情况，每季度在政府网站和村公示栏公开一次。")
	path.Set("最低生活保障\n办事指南")
	cites.Set("《社会救助暂行办法》（国务院令第649号）第九条\n《城市房屋拆迁管理条例》（国务院令第305号）\n《中华人民共和国政府信息公开条例》（国务院令第492号）\n《南陵县临时救助操作规程》（南民〔2024〕12号）")
	limit.Set("制定或获取信息之日起10个工作日内，公示7个工作日")
	publisher.Set("籍山镇人民政府")
	channels.Set("政府网站、社区/企事业单位/村公示栏（电子屏）、其他（征地信息公开平台）")
	audience.Set("特定群体：申请低保的家庭")
	mode.Set("主动")
	tiers.Set("县级、乡级")
	link.Set("https://www.example.gov.cn/zwgk/dibao")
	extra.Set("备注=见附件\n网站所属栏目=社会救助")
	all := []Editor{path, content, cites, limit, publisher, channels, audience, mode, tiers, link, extra}
	box := container.New(Stack{Gap: 8})
	for _, e := range all {
		e.Expand(expand)
		box.Add(e)
	}
	return container.NewPadded(box), all
}

func TestEditorsFitAPane(t *testing.T) {
	for _, look := range []struct {
		name  string
		mode  kit.Mode
		scale float32
		width float32
		open  bool
	}{
		{"small-light-100", kit.Light, 1, 420, false},
		{"open-light-100", kit.Light, 1, 420, true},
		{"open-dark-150", kit.Dark, 1.5, 420, true},
		{"open-contrast-200", kit.HighContrast, 2, 420, true},
	} {
		t.Run(look.name, func(t *testing.T) {
			app := uitest.App(t)
			app.Settings().SetTheme(kit.NewTheme(kit.Look{Mode: look.mode, Scale: look.scale}))
			all, editors := everyEditor(t, look.open)
			w := uitest.Window(t, all, look.width, 100)
			w.Resize(fyne.NewSize(look.width, all.MinSize().Height))
			w.Resize(fyne.NewSize(look.width, all.MinSize().Height))
			if dir := os.Getenv("MULUTONG_PICTURES"); dir != "" {
				uitest.Picture(t, w, filepath.Join(dir, look.name+".png"))
			}
			for _, e := range editors {
				if e.MinSize().Width > look.width {
					t.Errorf("%T wants %v, wider than the pane", e, e.MinSize())
				}
			}
		})
	}
}
