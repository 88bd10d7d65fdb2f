package desktop

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/container"

	"mulutong/app/ui/uitest"
)

const aReport = "目录通 1.2.3\n系统 windows/amd64，go1.26.0\n启动于 2026-03-02 09:10:11 +0800\n" +
	"本文件只有程序自身的运行记录，不含目录内容。\n" + crashHeader + "\npanic: assignment to entry in nil map\n\n" +
	"goroutine 1 [running]:\nmulutong/app/ui/entries.(*Screen).show(0xc0001)\n\tmulutong/app/ui/entries/screen.go:120 +0x1d\n\n" +
	"goroutine 18 [select]:\nmulutong/app/work.(*Draft).loop(0xc0002)\n"

func TestACrashIsToldWithWhereItsReportIs(t *testing.T) {
	a := uitest.App(t)
	w := uitest.Window(t, container.NewStack(), 1100, 700)
	r := &crashReport{path: `C:\Users\籍山\AppData\Local\Mulutong\drafts\crash-20260302-091011.log`, text: aReport}
	d := tellCrash(a, w, r)

	uitest.MustShow(t, w, "上次目录通意外退出了", "显示“已保存”的内容都在", r.path, "screen.go:120")
	if uitest.Shows(w, "goroutine 18") {
		t.Error("it shows goroutines that did not crash")
	}
	uitest.Tap(t, w, "复制内容")
	if got := a.Clipboard().Content(); !strings.Contains(got, r.path) || !strings.Contains(got, "goroutine 18") {
		t.Errorf("copied %q, want the whole report", got)
	}
	uitest.MustShow(t, w, "已复制")
	if uitest.Tap(t, w, "继续工作"); !d.Closed() {
		t.Error("the dialog stays")
	}
}
