package desktop

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"mulutong/app/words"
)

// graphicsError says that no window can be shown.
type graphicsError struct {
	cause string // what the graphics library said
}

func (e *graphicsError) Error() string { return "no window: " + e.cause }

// graphics lets open make its window, shows it and says whether it is there.
// Fyne panics where GLFW finds no display, and where it finds no OpenGL it logs,
// keeps no window, and would wait for ever in Run.
func graphics(note *logTail, open func() fyne.Window) (err error) {
	shown := false
	defer func() {
		if shown {
			return
		}
		if r := recover(); r != nil {
			if !fromGLFW(r) {
				panic(r)
			}
			err = &graphicsError{cause: fmt.Sprint(r) + "\n" + note.String()}
		}
	}()
	w := open()
	w.Show()
	shown = true
	if !isOnScreen(w) {
		return &graphicsError{cause: note.String()}
	}
	return nil
}

// fromGLFW says whether a panic is GLFW's way of refusing.
func fromGLFW(r any) bool {
	return strings.HasPrefix(fmt.Sprintf("%T", r), "*glfw.")
}

// isOnScreen says whether the system knows the window. A window that has no
// native side, as in tests, is taken at its word.
func isOnScreen(w fyne.Window) bool {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return true
	}
	there := true
	native.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			there = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			there = c.WaylandSurface != 0
		case driver.WindowsWindowContext:
			there = c.HWND != 0
		}
	})
	return there
}

var (
	noDisplay = words.Text{
		ZH: "目录通打不开窗口：这里没有图形桌面（环境变量 DISPLAY 没有设置）。\n请在图形桌面里启动目录通；不用窗口时，可以用命令行程序 mulu 完成同样的工作（mulu --help）。",
		EN: "Mulutong cannot open a window: there is no graphical desktop here (DISPLAY is not set).\nStart it on a graphical desktop, or do the same work with the command line program mulu (mulu --help).",
	}
	onlyWayland = words.Text{
		ZH: "目录通打不开窗口：这个桌面（Wayland）没有提供 X11 支持。\n请安装 xwayland 后重新登录，或在登录界面选择“Xorg”会话；不用窗口时，可以用命令行程序 mulu 完成同样的工作。",
		EN: "Mulutong cannot open a window: this desktop (Wayland) offers no X11.\nInstall xwayland and log in again, or choose an Xorg session when you log in; or do the same work with the command line program mulu.",
	}
	displayUnreachable = words.Text{
		ZH: "目录通打不开窗口：连接不上图形桌面 %s。\n请确认桌面正在运行，并且由登录桌面的同一个用户启动目录通；不用窗口时，可以用命令行程序 mulu 完成同样的工作。",
		EN: "Mulutong cannot open a window: the graphical desktop %s cannot be reached.\nSee that it is running and that you start Mulutong as the user who is logged in there; or do the same work with the command line program mulu.",
	}
	noOpenGLUnix = words.Text{
		ZH: "目录通打不开窗口：这个图形桌面不支持 OpenGL（2.1 或更高）。\n请安装软件绘图库后重试：sudo apt install libgl1-mesa-dri\n（银河麒麟、统信 UOS 同样；远程桌面请打开 GLX 扩展）。暂时装不了时，可以用命令行程序 mulu 完成同样的工作。",
		EN: "Mulutong cannot open a window: this desktop has no OpenGL (2.1 or newer).\nInstall the software renderer and try again: sudo apt install libgl1-mesa-dri\n(on a remote desktop switch the GLX extension on). Until then the command line program mulu does the same work.",
	}
	noOpenGLWindows = words.Text{
		ZH: "目录通打不开窗口：这台电脑的显卡驱动不支持 OpenGL 2.1（常见于远程桌面、虚拟机和没有装显卡驱动的旧电脑）。\n\n请任选一种办法：\n1. 安装显卡厂家的驱动后重新启动电脑；\n2. 把 Mesa 的 opengl32.dll 放到 mulutong.exe 所在的文件夹，再打开目录通；\n3. 用命令行程序 mulu.exe 完成同样的工作。\n\n草稿都在，不受影响。",
		EN: "Mulutong cannot open a window: this computer's graphics driver has no OpenGL 2.1 (usual on remote desktops, virtual machines and old computers without a driver).\n\nDo one of these:\n1. install the driver of the graphics card and start the computer again;\n2. put Mesa's opengl32.dll into the folder of mulutong.exe and open Mulutong again;\n3. do the same work with the command line program mulu.exe.\n\nYour drafts are safe.",
	}
	graphicsSaid = words.Text{ZH: "（图形库的说明：%s）", EN: "(The graphics library said: %s)"}
)

// sayNoGraphics tells why there is no window and what to do.
func sayNoGraphics(err error, lang words.Lang) {
	say(lang, whyNoGraphics(err, runtime.GOOS, os.Getenv))
}

// whyNoGraphics is what people read of a graphicsError.
func whyNoGraphics(err error, goos string, getenv func(string) string) words.Text {
	t := noOpenGLUnix
	cause := err.Error()
	switch {
	case goos == "windows":
		t = noOpenGLWindows
	case getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") != "":
		t = onlyWayland
	case getenv("DISPLAY") == "":
		t = noDisplay
	case strings.Contains(cause, "Failed to open display") || strings.Contains(cause, "NotInitialized"):
		t = words.Text{ZH: displayUnreachable.In(words.Chinese, getenv("DISPLAY")), EN: displayUnreachable.In(words.English, getenv("DISPLAY"))}
	}
	if said := causeLine(cause); said != "" {
		t.ZH += "\n" + graphicsSaid.In(words.Chinese, said)
		t.EN += "\n" + graphicsSaid.In(words.English, said)
	}
	return t
}

// causeLine is what the log's last error gives as its cause.
func causeLine(log string) string {
	cause := ""
	for line := range strings.Lines(log) {
		if _, c, ok := strings.Cut(line, "Cause: "); ok {
			cause = strings.TrimSpace(c)
		}
	}
	return cause
}
