package desktop

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"mulutong/app/words"
)

func TestTheCommandLineIsReadOrExplained(t *testing.T) {
	for _, tt := range []struct {
		args []string
		data string
		code int
		done bool
		out  string // in standard output
		err  string // in standard error
	}{
		{args: nil},
		{args: []string{"--data", "草稿"}, data: "草稿"},
		{args: []string{"--version"}, done: true, out: "目录通 "},
		{args: []string{"--help"}, done: true, out: "--data"},
		{args: []string{"--dat", "x"}, done: true, code: exitUsage, err: "命令行写法有误"},
		{args: []string{"某个文件.xlsx"}, done: true, code: exitUsage, err: "不认识的参数：某个文件.xlsx"},
	} {
		var stdout, stderr bytes.Buffer
		o, code, done := parse(tt.args, &stdout, &stderr, words.Chinese)
		if o.data != tt.data || code != tt.code || done != tt.done {
			t.Errorf("parse(%q) = %q, %d, %v, want %q, %d, %v", tt.args, o.data, code, done, tt.data, tt.code, tt.done)
		}
		if !strings.Contains(stdout.String(), tt.out) || !strings.Contains(stderr.String(), tt.err) {
			t.Errorf("parse(%q) said %q and %q", tt.args, stdout.String(), stderr.String())
		}
	}
}

func TestTheDataFolderIsTheOneAskedForThenTheOneChosenThenTheUsualOne(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	none := func(string) string { return "" }
	asked, chosen := filepath.Join(home, "asked"), filepath.Join(home, "chosen")
	if got := dataFolder(asked, chosen, none); got != asked {
		t.Errorf("asked for %s, got %s", asked, got)
	}
	if got := dataFolder("", chosen, none); got != chosen {
		t.Errorf("chosen %s, got %s", chosen, got)
	}
	if got := dataFolder("", "", none); !strings.HasPrefix(got, home) || filepath.Base(got) != "drafts" {
		t.Errorf("the usual folder is %s", got)
	}
	if got := dataFolder("这里", "", none); !filepath.IsAbs(got) {
		t.Errorf("a relative folder stays relative: %s", got)
	}
}

// A failing window must not end as a crash, and a crash of ours must not be taken
// for a missing display.
func TestOnlyGraphicsFailuresAreTakenForSuch(t *testing.T) {
	test.NewTempApp(t)
	note := recentLog(&bytes.Buffer{})
	if err := graphics(note, func() fyne.Window { return test.NewTempWindow(t, nil) }); err != nil {
		t.Errorf("a window that is shown gives %v", err)
	}
	defer func() {
		if r := recover(); r != "a mistake of ours" {
			t.Errorf("recovered %v", r)
		}
	}()
	_ = graphics(note, func() fyne.Window { panic("a mistake of ours") })
}

func TestWhatIsSaidWithoutGraphicsFitsTheCause(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(key string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == key {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	noServer := "Fyne error: failed to initialise GLFW\n  Cause: PlatformUnavailable: X11: Failed to open display :77\n"
	noGLX := "Fyne error: window creation error\n  Cause: APIUnavailable: GLX: GLX extension not found\n"
	for _, tt := range []struct {
		name, goos, cause string
		env               func(string) string
		zh, en            []string
	}{
		{"no display", "linux", "NotInitialized", env(), []string{"DISPLAY 没有设置", "mulu"}, []string{"DISPLAY is not set"}},
		{"Wayland alone", "linux", "NotInitialized", env("WAYLAND_DISPLAY", "wayland-0"), []string{"xwayland"}, []string{"xwayland"}},
		{"no server", "linux", noServer, env("DISPLAY", ":77"), []string{"连接不上图形桌面 :77", "Failed to open display"}, []string{":77 cannot be reached"}},
		{"no GLX", "linux", noGLX, env("DISPLAY", ":0"), []string{"OpenGL", "libgl1-mesa-dri", "GLX extension not found"}, []string{"libgl1-mesa-dri"}},
		{"Windows", "windows", "WGL: The driver does not appear to support OpenGL", env(), []string{"Mesa 的 opengl32.dll", "mulu.exe"}, []string{"Mesa's opengl32.dll"}},
	} {
		for lang, wants := range map[words.Lang][]string{words.Chinese: tt.zh, words.English: tt.en} {
			got := whyNoGraphics(&graphicsError{cause: tt.cause}, tt.goos, tt.env).In(lang)
			for _, want := range wants {
				if !strings.Contains(got, want) {
					t.Errorf("%s: %q lacks %q", tt.name, got, want)
				}
			}
		}
	}
}

// On Windows there is no standard error: what is logged is kept all the same, and
// not without end.
func TestTheLogIsKeptWhereNobodyReadsIt(t *testing.T) {
	note := recentLog(brokenPipe{})
	for range 2000 {
		if _, err := note.Write([]byte("一行日志\n")); err != nil {
			t.Fatal(err)
		}
	}
	if got := note.String(); !strings.HasSuffix(got, "一行日志") || len(got) > logTailSize {
		t.Errorf("kept %d bytes, ending in %q", len(got), got[max(0, len(got)-20):])
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("no standard error") }
