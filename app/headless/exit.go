package headless

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"mulutong/app/words"
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
	what  words.Text
	value string
}

func (e *usageError) Error() string { return e.what.In(words.English, e.value) }

// about is err with the file it is about, unless it says that itself or is about
// the command line.
func about(path string, err error) error {
	var usage *usageError
	if errors.As(err, &usage) {
		return err
	}
	return words.About(path, err)
}

// exitCodes tells how a command that failed exits; where the cause is not in it,
// something could not be read. The words of each stand in package words.
var exitCodes = map[error]int{
	errPartly:                  exitFindings,
	context.Canceled:           exitFindings,
	boltstore.ErrLocked:        exitStore,
	boltstore.ErrReadOnly:      exitStore,
	boltstore.ErrDiskFull:      exitStore,
	boltstore.ErrNewerSchema:   exitStore,
	boltstore.ErrServiceData:   exitStore,
	boltstore.ErrDamaged:       exitStore,
	boltstore.ErrClosed:        exitStore,
	errOutput:                  exitStore,
	errOtherUnit:               exitConflict,
	errOwnData:                 exitConflict,
	boltstore.ErrExists:        exitConflict,
	catalog.ErrConflict:        exitConflict,
	boltstore.ErrNothingToUndo: exitFindings,
	boltstore.ErrNothingToRedo: exitFindings,
	errOtherSectors:            exitFindings,
	errNothingThen:             exitFindings,
	catalog.ErrNotFound:        exitFindings,
	atomicfile.ErrBusy:         exitStore,
	fs.ErrPermission:           exitStore,
}

// remedies are what a command line can do about a failure.
var remedies = map[error]words.Text{
	boltstore.ErrDamaged: {ZH: "（mulu restore --from 备份文件）", EN: " (mulu restore --from BACKUP)"},
	boltstore.ErrNoStore: {ZH: "（mulu init）", EN: " (mulu init)"},
	errOtherSectors:      {ZH: "去掉 --sector 可导入其中认出的各领域。", EN: " Without --sector, those it has are."},
}

var (
	errPartly       = words.NewFailure("已取消。已写出的文件是完整的，其余没有写。", "Cancelled; the files written so far are whole, the others were not written.")
	errBadBackup    = words.NewFailure("%s 不是完好的备份文件，没有恢复任何内容。请换一个备份文件。", "%s is no sound backup; nothing was restored. Choose another backup.")
	errOtherUnit    = words.NewFailure("%s 里已有另一个单位的草稿，没有改动它。请换一个文件夹。", "%s already holds drafts of another unit; nothing was changed. Choose another folder.")
	errOwnData      = words.NewFailure("%s 是草稿数据文件，不能覆盖。请换一个文件名。", "%s is the drafts' own data and was left as it is. Choose another name.")
	errNoCatalog    = words.NewFailure("%s 里没有找到公开目录。目录要有“一级事项、公开内容、公开依据”等表头。", "No disclosure catalog was found in %s. A catalog has headings such as 一级事项, 公开内容, 公开依据.")
	errOtherSectors = words.NewFailure("%s 里没有所选领域的目录，没有导入。", "%s has no catalog of the sector chosen; nothing was imported.")
	errNothingThen  = words.NewFailure("没有找到要恢复的内容：%s 那时没有这个领域或条目。", "Nothing to restore: %s had no such sector or entry at that time.")
	errDirectory    = words.NewFailure("%s 是文件夹，不是文件。请指明其中的文件。", "%s is a folder, not a file. Name a file in it.")
	errNotRegular   = words.NewFailure("%s 不是普通文件。请先保存为文件，再重试。", "%s is no ordinary file. Save it as one and try again.")
	errUnreadable   = words.NewFailure("没有权限读取 %s。请检查文件权限，或复制到自己的文件夹再试。", "No permission to read %s. Check its permissions or copy it to a folder of your own.")
	errOutput       = words.NewFailure("结果没有输出完整：%s。请检查磁盘空间或输出位置。", "The result could not be written out whole: %s. Check the disk or where output goes.")
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
	return words.About(path, err)
}

// explain turns an error into an exit code and the one line people read.
func explain(err error, l words.Lang) (int, string) {
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage, usage.what.In(l, usage.value)
	}
	cause := words.Cause(err)
	code, known := exitCodes[cause]
	var long *sheet.CellTooLongError
	switch {
	case cause == nil && errors.As(err, &long):
		code = exitConflict
	case !known:
		code = exitUnreadable
	}
	return code, words.Explain(err, l) + remedies[cause].In(l)
}
