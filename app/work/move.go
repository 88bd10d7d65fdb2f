package work

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mulutong/app/words"
	"mulutong/catalog/atomicfile"
)

// Extension is that of a backup file.
const Extension = backupEnd

// ErrDraftsThere: a folder that drafts are to be copied to has some.
var ErrDraftsThere = words.NewFailure("%s 里已经有目录草稿，没有改动它。要用那里的，请选“打开”；要搬过去，请换一个文件夹。",
	"%s holds drafts already; nothing was changed there. Open them, or choose another folder to copy to.")

// packedScans is the folder beside a backup that holds the scanned forms: one of
// its own, or that of all the backups of the unit that have the usual names.
func packedScans(backup string) string {
	if b, ok := readBackupName(filepath.Base(backup)); ok && b.Unit != "" {
		return filepath.Join(filepath.Dir(backup), backupStart+string(b.Unit)+scansEnd)
	}
	return strings.TrimSuffix(backup, backupEnd) + scansEnd
}

const scansEnd = "-签发扫描件"

// packScans puts the scanned forms of a data folder beside a backup and returns how
// many there are. Those of earlier backups stay.
func packScans(ctx context.Context, data, backup string) (int, error) {
	return copyFolder(ctx, filepath.Join(data, scanFolder), packedScans(backup), otherFile)
}

// packedGuide is the file beside a packed backup that says what to do with it.
func packedGuide(backup string) string {
	return strings.TrimSuffix(backup, backupEnd) + "-使用说明.txt"
}

var guide = words.Text{
	ZH: `目录通：把 %[1]s 的目录搬到另一台电脑，或者交给另一位同事

1. 把这个文件夹里名字以“%[2]s”开头的文件全部复制过去（U 盘、局域网都可以）。
2. 在那台电脑上安装并打开“目录通”。
   第一次打开：选“从备份恢复”，再选 %[2]s%[3]s。
   已经在用的：打开“设置”的“数据和备份”，点“用别的备份文件恢复…”，选同一个文件。那里原有的内容会先备份一份。
3. 打开“设置”，把“姓名”改成使用人的名字。
4. 看一看“总览”：领域、条目数和这里一样，就搬好了。

修改记录也在里面，在那边照样可以查看和撤销。
搬好以后只在一台电脑上改。两台都改，内容不会自动合并。
`,
	EN: `Mulutong: take the catalogs of %[1]s to another computer or another colleague

1. Copy all files whose names begin with "%[2]s" to the other computer.
2. Install and start Mulutong there.
   When it starts for the first time: choose to restore a backup, then %[2]s%[3]s.
   When it is in use already: open Settings, "Data and backups", and restore another backup file. What is there is backed up first.
3. In Settings, change the name to that of the person who will use it.
4. The overview should show the same sectors and numbers of entries as here.

The history of edits goes along, and can be looked at and undone there.
From then on edit on one computer only: two do not merge by themselves.
`,
}

// Pack writes everything that another computer needs beside path: a backup, the
// scanned forms where there are any, and what to do with them. A backup of the same
// name is replaced. It returns what it has written.
func (d *Desk) Pack(ctx context.Context, path string) (files []string, err error) {
	if !strings.HasSuffix(path, backupEnd) {
		path += backupEnd
	}
	if err := d.Flush(ctx); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, words.About(path, err)
	}
	// What is there already stays until the new one is whole.
	fresh := path + ".new"
	_ = os.Remove(fresh)
	defer func() { _ = os.Remove(fresh) }()
	if err := d.inUse().Backup(ctx, fresh); err != nil {
		return nil, words.About(path, err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return nil, words.About(path, err)
	}
	files = append(files, path)
	n, err := packScans(ctx, d.dir, path)
	if err != nil {
		return files, err
	}
	if n > 0 {
		files = append(files, packedScans(path))
	}
	name := strings.TrimSuffix(filepath.Base(path), backupEnd)
	text := guide.In(d.Lang(), d.Unit().Publisher(), name, backupEnd)
	how := packedGuide(path)
	err = atomicfile.WriteFile(how, func(w io.Writer) error {
		// Notepad of an old Windows knows UTF-8 and lines by these.
		_, err := io.WriteString(w, "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
		return err
	})
	if err != nil {
		return files, words.About(how, err)
	}
	return append(files, how), nil
}

// CopyTo makes a copy of the unit's drafts and scanned forms in another folder,
// which is absent or holds no drafts; ErrDraftsThere where it does. The drafts here
// stay as they are and in use.
func (d *Desk) CopyTo(ctx context.Context, dir string) error {
	if HoldsDrafts(dir) {
		return words.About(dir, ErrDraftsThere)
	}
	return InFolder(dir, func() error {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return words.About(dir, err)
		}
		if err := d.Flush(ctx); err != nil {
			return err
		}
		way := filepath.Join(dir, "moving"+backupEnd)
		_ = os.Remove(way)
		defer func() { _ = os.Remove(way) }()
		if err := d.inUse().Backup(ctx, way); err != nil {
			return words.About(dir, err)
		}
		if err := RestoreBackup(ctx, way, dir); err != nil {
			return err
		}
		_, err := copyFolder(ctx, filepath.Join(d.dir, scanFolder), filepath.Join(dir, scanFolder), nil)
		return err
	})
}

// HoldsDrafts reports whether a folder holds a store of drafts.
func HoldsDrafts(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "drafts.db"))
	return err == nil
}

// unpackScans takes the scanned forms beside a packed backup into a data folder.
func unpackScans(ctx context.Context, backup, data string) error {
	_, err := copyFolder(ctx, packedScans(backup), filepath.Join(data, scanFolder), nil)
	return err
}

// otherFile reports whether a file is not the copy of another.
func otherFile(file, copied fs.FileInfo) bool {
	return file.Size() != copied.Size() || !file.ModTime().Equal(copied.ModTime())
}

// copyFolder copies the files of a folder, where there is one, into another, and
// returns how many. Files that are there already stay, unless replace says otherwise.
func copyFolder(ctx context.Context, from, to string, replace func(file, there fs.FileInfo) bool) (n int, err error) {
	files, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(files) == 0 {
		return 0, nil
	}
	if err != nil {
		return 0, words.About(from, err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return 0, words.About(to, err)
	}
	for _, f := range files {
		if !f.Type().IsRegular() {
			continue
		}
		target := filepath.Join(to, f.Name())
		info, err := f.Info()
		if err != nil {
			return n, words.About(from, err)
		}
		if there, err := os.Lstat(target); err == nil && (replace == nil || !replace(info, there)) {
			n++
			continue
		}
		if err := copyFile(ctx, filepath.Join(from, f.Name()), target); err != nil {
			return n, fmt.Errorf("copy %s: %w", f.Name(), err)
		}
		_ = os.Chtimes(target, time.Time{}, info.ModTime()) // where it fails, it is copied again
		n++
	}
	return n, nil
}
