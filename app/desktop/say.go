package desktop

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"mulutong/app/words"
)

var (
	usage = words.Text{
		ZH: "用法：mulutong [--data 文件夹] [--version]\n  --data      数据文件夹；不写时用设置里选定的，或本机默认的\n  --version   显示版本\n",
		EN: "usage: mulutong [--data DIR] [--version]\n  --data      the data folder; the one chosen in the settings, or the usual one, where absent\n  --version   show the version\n",
	}
	badUsage    = words.Text{ZH: "命令行写法有误：%v", EN: "wrong usage: %v"}
	badArgument = words.Text{ZH: "不认识的参数：%s", EN: "unknown argument: %s"}
	versionLine = words.Text{ZH: "目录通 %s", EN: "mulutong %s"}

	runningUnresponsive = words.Text{
		ZH: "目录通已经在使用数据文件夹 %s，但没有回应。\n请稍等片刻再试；仍不行时，在任务管理器里结束 mulutong 后重新打开，已保存的内容不会丢失。",
		EN: "Mulutong already uses the data folder %s but does not answer.\nPlease wait a moment and try again; if that does not help, end mulutong in the task manager and start it again. What was saved is safe.",
	}
	folderUnusable = words.Text{
		ZH: "数据文件夹 %s 用不了：%v\n请检查这个文件夹是否存在、磁盘是否已满、是否有写入权限；也可以用 --data 指定别的文件夹。",
		EN: "The data folder %s cannot be used: %v\nPlease see whether it exists, the disk is full or you may write there; --data names another folder.",
	}
)

// say tells people something although there is no window of ours: on standard
// error and, where there may be no terminal, in a box of the system.
func say(l words.Lang, t words.Text, args ...any) {
	text := t.In(l, args...)
	fmt.Fprintln(os.Stderr, text)
	messageBox(words.Text{ZH: "目录通", EN: "Mulutong"}.In(l), text)
}

// logTail passes a log on and keeps its last lines, so that what the graphics
// library logged can be told. Windows programs have no standard error: a failing
// write is no error here.
type logTail struct {
	out  io.Writer
	mu   sync.Mutex
	tail []byte
}

const logTailSize = 8 << 10

func recentLog(out io.Writer) *logTail { return &logTail{out: out} }

func (t *logTail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tail = append(t.tail, p...)
	if over := len(t.tail) - logTailSize; over > 0 {
		t.tail = bytes.Clone(t.tail[over:])
	}
	_, _ = t.out.Write(p)
	return len(p), nil
}

func (t *logTail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.tail))
}
