package headless

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"

	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
)

// The exit codes of every command.
const (
	exitDone       = 0
	exitFindings   = 1 // done, but with errors found or rows not placed
	exitUsage      = 2
	exitUnreadable = 3
	exitConflict   = 4
	exitService    = 5
	exitStore      = 6 // the store is locked, read-only or damaged, or the disk is full
)

// usageError is a command line that cannot be carried out.
type usageError struct {
	what  text
	value string
}

func (e *usageError) Error() string { return e.what.in(english, e.value) }

// fileError says which file an error is about.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return e.path + ": " + e.err.Error() }
func (e *fileError) Unwrap() error { return e.err }

// about is err with the file it is about, unless it says that itself.
func about(path string, err error) error {
	var file *fileError
	var usage *usageError
	if err == nil || errors.As(err, &file) || errors.As(err, &usage) {
		return err
	}
	return &fileError{path, err}
}

// failures is the one table between errors and what people read of them. The
// first that matches counts. %s is the file, folder or argument concerned.
var failures = []struct {
	err  error
	code int
	text text
}{
	{errPartly, exitFindings, text{"已取消。已写出的文件是完整的，其余没有写。", "cancelled; the files written so far are whole, the others were not written."}},
	{context.Canceled, exitFindings, text{"已取消，没有改动任何内容。", "cancelled; nothing was changed."}},
	{boltstore.ErrLocked, exitStore, text{"%s 正被另一个程序使用。请先关闭它再试。", "%s is in use by another program. Close it and try again."}},
	{boltstore.ErrReadOnly, exitStore, text{"%s 只能读取，不能写入。请检查文件夹权限，或换一个文件夹。", "%s is read-only. Check the folder's permissions or choose another."}},
	{boltstore.ErrDiskFull, exitStore, text{"磁盘已满，%s 没有改动，已保存的内容都在。请清理磁盘后重试。", "the disk is full; %s was not changed and everything saved is still there. Free some space and try again."}},
	{boltstore.ErrNewerSchema, exitStore, text{"%s 由更新版本的程序创建，本程序读不了。请升级程序。", "%s was made by a newer version of this program. Please upgrade."}},
	{boltstore.ErrServiceData, exitStore, text{"%s 是审核服务的数据文件夹，不能存放草稿。请换一个文件夹。", "%s holds the review service's data. Choose another folder for drafts."}},
	{errOutput, exitStore, text{"结果没有输出完整：%s。请检查磁盘空间或输出位置。", "the result could not be written out whole: %s. Check the disk or where output goes."}},
	{errBadBackup, exitUnreadable, text{"%s 不是完好的备份文件，没有恢复任何内容。请换一个备份文件。", "%s is no sound backup; nothing was restored. Choose another backup."}},
	{boltstore.ErrDamaged, exitStore, text{"%s 的数据已损坏，没有改动它。请用 mulu restore --from 备份文件 恢复到另一个文件夹。", "the data in %s is damaged and was left as it is. Restore a backup into another folder: mulu restore --from BACKUP."}},
	{boltstore.ErrNoStore, exitUnreadable, text{"%s 里没有草稿。请先用 mulu init 建立。", "there are no drafts in %s. Make them with mulu init."}},
	{errOtherUnit, exitConflict, text{"%s 里已有另一个单位的草稿，没有改动它。请换一个文件夹。", "%s already holds drafts of another unit; nothing was changed. Choose another folder."}},
	{boltstore.ErrExists, exitConflict, text{"%s 已经存在，没有改动它。请换一个文件名或空文件夹。", "%s exists already and was left as it is. Choose another name or an empty folder."}},
	{boltstore.ErrNothingToUndo, exitFindings, text{"没有可以撤销的步骤。", "there is nothing to undo."}},
	{boltstore.ErrNothingToRedo, exitFindings, text{"没有可以重做的步骤。", "there is nothing to redo."}},
	{sheet.ErrEmpty, exitUnreadable, text{"%s 是空文件。", "%s is empty."}},
	{sheet.ErrPassword, exitUnreadable, text{"%s 有密码保护。请在 WPS 或 Excel 中去掉密码后另存，再重试。", "%s is protected by a password. Save it without one and try again."}},
	{sheet.ErrTooLarge, exitUnreadable, text{"%s 太大，超出可读取的范围。请只保留目录所在的工作表后重试。", "%s is too large to read. Keep only the sheets with catalogs and try again."}},
	{sheet.ErrOldFormat, exitUnreadable, text{"%s 是旧格式文件。请在 WPS 或 Excel 中另存为 .xlsx 后重试。", "%s is of an old format. Save it as .xlsx and try again."}},
	{sheet.ErrFormat, exitUnreadable, text{"%s 不是能读取的表格文件。可读取 .xlsx、.xls、.csv、.docx 和网页表格。", "%s is not a table that can be read. Readable are .xlsx, .xls, .csv, .docx and web pages."}},
	{context.DeadlineExceeded, exitUnreadable, text{"%s 内容过多，在限定时间内没有读完。请只保留目录所在的工作表后重试。", "%s took too long to read. Keep only the sheets with catalogs and try again."}},
	{errNoCatalog, exitUnreadable, text{"%s 里没有找到公开目录。目录要有“一级事项、公开内容、公开依据”等表头。", "no disclosure catalog was found in %s. A catalog has headings such as 一级事项, 公开内容, 公开依据."}},
	{errDirectory, exitUnreadable, text{"%s 是文件夹，不是文件。请指明其中的文件。", "%s is a folder, not a file. Name a file in it."}},
	{errNotRegular, exitUnreadable, text{"%s 不是普通文件。请先保存为文件，再重试。", "%s is no ordinary file. Save it as one and try again."}},
	{errUnreadable, exitUnreadable, text{"没有权限读取 %s。请检查文件权限，或复制到自己的文件夹再试。", "no permission to read %s. Check its permissions or copy it to a folder of your own."}},
	{errOwnData, exitConflict, text{"%s 是草稿数据文件，不能覆盖。请换一个文件名。", "%s is the drafts' own data and was left as it is. Choose another name."}},
	{errOtherSectors, exitFindings, text{"%s 里没有所选领域的目录，没有导入。去掉 --sector 可导入其中认出的各领域。", "%s has no catalog of the sector chosen; nothing was imported. Without --sector, those it has are."}},
	{catalog.ErrNotFound, exitFindings, text{"没有找到要恢复的内容：%s 那时没有这个领域或条目。", "nothing to restore: %s had no such sector or entry at that time."}},
	{catalog.ErrConflict, exitConflict, text{"%s 已被改动，没有覆盖。请重新读取后再试。", "%s has changed meanwhile and was not overwritten. Read it again and retry."}},
	{atomicfile.ErrBusy, exitStore, text{"%s 正被其他程序打开。请关闭它，或换一个文件名。", "%s is open in another program. Close it or choose another name."}},
	{fs.ErrNotExist, exitUnreadable, text{"找不到 %s。请检查路径。", "%s does not exist. Check the path."}},
	{fs.ErrPermission, exitStore, text{"没有权限访问 %s。请检查权限，或换一个位置。", "no permission to access %s. Check the permissions or choose another place."}},
	{syscall.ENOTDIR, exitUnreadable, text{"%s 的路径里，有一段是文件而不是文件夹。请检查路径。", "a part of the path %s is a file, not a folder. Check the path."}},
	{syscall.ENAMETOOLONG, exitUnreadable, text{"文件名太长：%s。请改短后重试。", "the name is too long: %s. Shorten it and try again."}},
	{syscall.ELOOP, exitUnreadable, text{"%s 是绕回自身的链接，打不开。请检查路径。", "%s is a link to itself. Check the path."}},
}

var (
	errNoCatalog    = errors.New("no catalog found")
	errDirectory    = errors.New("is a directory")
	errNotRegular   = errors.New("not a regular file")
	errUnreadable   = errors.New("may not be read")
	errBadBackup    = errors.New("not a sound backup")
	errOwnData      = errors.New("the drafts' own data")
	errOtherUnit    = errors.New("drafts of another unit")
	errOtherSectors = errors.New("only other sectors")
	errPartly       = errors.New("cancelled when some files were written")
	errOutput       = errors.New("write result")
)

// readable fails for what cannot be read as a file: folders, pipes, devices, and
// files that are missing or closed to the user.
func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case info.IsDir():
		err = errDirectory
	case !info.Mode().IsRegular():
		err = errNotRegular
	default:
		var f *os.File
		if f, err = os.Open(path); err == nil {
			err = f.Close()
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		err = errUnreadable
	}
	return about(path, err)
}

// explain turns an error into an exit code and the one line people read.
func explain(err error, l lang) (int, string) {
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage, usage.what.in(l, usage.value)
	}
	if slices.ContainsFunc(diskFull, func(full error) bool { return errors.Is(err, full) }) && !errors.Is(err, errOutput) {
		err = fmt.Errorf("%w: %w", boltstore.ErrDiskFull, err)
	}
	if errors.Is(err, writeProtected) {
		err = fmt.Errorf("%w: %w", boltstore.ErrReadOnly, err)
	}
	subject := err.Error()
	var file *fileError
	var path *os.PathError
	switch {
	case errors.As(err, &file):
		subject = file.path
	case errors.As(err, &path):
		subject = path.Path
	}
	subject = short(subject, 120)
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.code, f.text.in(l, subject)
		}
	}
	var long *sheet.CellTooLongError
	if errors.As(err, &long) {
		return exitConflict, cellTooLong.in(l, long.Column, long.Chars)
	}
	return exitUnreadable, unexpected.in(l, err.Error())
}
