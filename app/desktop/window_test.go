//go:build linux && realwindow && uitrace

package desktop

import (
	"path/filepath"
	"testing"

	"mulutong/app/desktop/internal/trace"
)

// TestRealWindowFromTheFirstStartToTheWorkbook walks the main job as a clerk does,
// with mouse, keyboard and input method.
func TestRealWindowFromTheFirstStartToTheWorkbook(t *testing.T) {
	s := newScreen(t)
	s.windowManager()
	s.inputMethod()
	data := filepath.Join(s.home, "草稿")
	d := s.start("--data", data)

	// The own unit, by the beginning of its pinyin.
	d.see("你是哪个单位？")
	d.find("the search to have the focus", func(n trace.Object) bool { return n.Focused })
	d.write("jishanzhen")
	d.holds("jishanzhen")
	d.click("籍山镇")
	d.picture("unit")
	d.see("区划代码 340223100")
	d.click("下一步")
	d.see("编 26 个领域")
	d.picture("sectors")
	d.click("下一步")

	// The own name, through the input method.
	d.see("你的姓名")
	d.key("ctrl+a", "BackSpace")
	d.pinyin("wangfang")
	d.picture("person")
	d.click("建立草稿")
	d.see("草稿已经建好")
	d.picture("made")
	d.click("开始")
}
