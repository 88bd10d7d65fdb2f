package words

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
)

// Failure is an error that brings its own words: what happened and what to do
// next. %s in them is the file or folder concerned.
type Failure struct{ Text Text }

// NewFailure is an error that Explain says so. Keep it in a variable to compare with.
func NewFailure(zh, en string) *Failure { return &Failure{Text{ZH: zh, EN: en}} }

func (f *Failure) Error() string {
	return strings.TrimSuffix(strings.ReplaceAll(f.Text.EN, "%s", "it"), ".")
}

// FileError says which file or folder an error is about.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// About is err with the file it is about, unless it says that itself.
func About(path string, err error) error {
	var file *FileError
	if err == nil || errors.As(err, &file) {
		return err
	}
	return &FileError{path, err}
}

// failures is the one table between errors and what people read of them. The
// first that matches counts. %s is the file, folder or argument concerned.
var failures = []struct {
	err  error
	text Text
}{
	{context.Canceled, Text{"已取消，没有改动任何内容。", "Cancelled; nothing was changed."}},
	{boltstore.ErrLocked, Text{"%s 正被另一个程序使用。请先关闭它再试。", "%s is in use by another program. Close it and try again."}},
	{boltstore.ErrReadOnly, Text{"%s 只能读取，不能写入。请检查文件夹权限，或换一个文件夹。", "%s is read-only. Check the folder's permissions or choose another."}},
	{boltstore.ErrDiskFull, Text{"磁盘已满，%s 没有改动，已保存的内容都在。请清理磁盘后重试。", "The disk is full; %s was not changed and everything saved is still there. Free some space and try again."}},
	{boltstore.ErrNewerSchema, Text{"%s 由更新版本的程序创建，本程序读不了。请升级程序。", "%s was made by a newer version of this program. Please upgrade."}},
	{boltstore.ErrServiceData, Text{"%s 是审核服务的数据文件夹，不能存放草稿。请换一个文件夹。", "%s holds the review service's data. Choose another folder for drafts."}},
	{boltstore.ErrDamaged, Text{"%s 的数据已损坏，没有改动它。请用备份恢复到另一个文件夹。", "The data in %s is damaged and was left as it is. Restore a backup into another folder."}},
	{boltstore.ErrNoStore, Text{"%s 里没有草稿。请先建立草稿，或换一个文件夹。", "There are no drafts in %s. Make them first or choose another folder."}},
	{boltstore.ErrExists, Text{"%s 已经存在，没有改动它。请换一个文件名或空文件夹。", "%s exists already and was left as it is. Choose another name or an empty folder."}},
	{boltstore.ErrNothingToUndo, Text{"没有可以撤销的步骤。", "There is nothing to undo."}},
	{boltstore.ErrNothingToRedo, Text{"没有可以重做的步骤。", "There is nothing to redo."}},
	{boltstore.ErrClosed, Text{"草稿已经关闭。请重新打开程序。", "The drafts have been closed. Start the program again."}},
	{sheet.ErrEmpty, Text{"%s 是空文件。", "%s is empty."}},
	{sheet.ErrPassword, Text{"%s 有密码保护。请在 WPS 或 Excel 中去掉密码后另存，再重试。", "%s is protected by a password. Save it without one and try again."}},
	{sheet.ErrTooLarge, Text{"%s 太大，超出可读取的范围。请只保留目录所在的工作表后重试。", "%s is too large to read. Keep only the sheets with catalogs and try again."}},
	{sheet.ErrOldFormat, Text{"%s 是旧格式文件。请在 WPS 或 Excel 中另存为 .xlsx 后重试。", "%s is of an old format. Save it as .xlsx and try again."}},
	{sheet.ErrFormat, Text{"%s 不是能读取的表格文件。可读取 .xlsx、.xls、.csv、.docx 和网页表格。", "%s is not a table that can be read. Readable are .xlsx, .xls, .csv, .docx and web pages."}},
	{context.DeadlineExceeded, Text{"%s 内容过多，在限定时间内没有读完。请只保留目录所在的工作表后重试。", "%s took too long to read. Keep only the sheets with catalogs and try again."}},
	{catalog.ErrNotFound, Text{"%s 里没有找到这个领域或条目，可能已经移除。", "%s has no such sector or entry; it may have been removed."}},
	{catalog.ErrConflict, Text{"%s 已被改动，没有覆盖。请重新读取后再试。", "%s has changed meanwhile and was not overwritten. Read it again and retry."}},
	{atomicfile.ErrBusy, Text{"%s 正被其他程序打开。请关闭它，或换一个文件名。", "%s is open in another program. Close it or choose another name."}},
	{fs.ErrNotExist, Text{"找不到 %s。请检查路径。", "%s does not exist. Check the path."}},
	{fs.ErrPermission, Text{"没有权限访问 %s。请检查权限，或换一个位置。", "No permission to access %s. Check the permissions or choose another place."}},
	{syscall.ENOTDIR, Text{"%s 的路径里，有一段是文件而不是文件夹。请检查路径。", "A part of the path %s is a file, not a folder. Check the path."}},
	{syscall.ENAMETOOLONG, Text{"文件名太长：%s。请改短后重试。", "The name is too long: %s. Shorten it and try again."}},
	{syscall.ELOOP, Text{"%s 是绕回自身的链接，打不开。请检查路径。", "%s is a link to itself. Check the path."}},
}

// Failures that carry more than a name.
var (
	cellTooLong = Text{"“%s”有 %d 个字，超过一个单元格能放的 32767 个。请缩短，或导出为 csv。", "%s has %d characters; a cell holds 32767. Shorten it or export as csv."}
	missingYear = Text{"没有 %d 年的节假日安排，算不出那一年的工作日。请更新程序。", "The holidays of %d are not known, so its working days cannot be counted. Please upgrade."}
	badMode     = Text{"“%s”不是公开方式。请写“主动”或“依申请”。", "%q is no mode of disclosure. Write 主动 or 依申请."}
	badTiers    = Text{"“%s”不是公开层级。请写“县级”“乡级”或“村级”。", "%q names no tier. Write 县级, 乡级 or 村级."}
	unexpected  = Text{"出错了：%s", "Failed: %s"}
	someFile    = Text{"文件", "the file"}
)

// Cause is the error that Explain speaks of: a *Failure, one of the errors of
// other packages that have words, a *wire.Error, or nil where err is none of them. What the system
// says of a full disk is boltstore.ErrDiskFull, of a write-protected one
// boltstore.ErrReadOnly, of a file in use atomicfile.ErrBusy.
func Cause(err error) error {
	var failure *Failure
	switch {
	case serviceError(err) != nil:
		return serviceError(err)
	case errors.As(err, &failure):
		return failure
	case slices.ContainsFunc(diskFull, func(full error) bool { return errors.Is(err, full) }):
		return boltstore.ErrDiskFull
	case errors.Is(err, writeProtected):
		return boltstore.ErrReadOnly
	case slices.ContainsFunc(inUse, func(busy error) bool { return errors.Is(err, busy) }):
		return atomicfile.ErrBusy
	}
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.err
		}
	}
	return nil
}

// Explain says of an error what happened and what to do next, in one line.
func Explain(err error, l Lang) string {
	if e := serviceError(err); e != nil {
		return service(e, l)
	}
	cause := Cause(err)
	var failure *Failure
	if errors.As(cause, &failure) {
		return failed(failure.Text, err, l)
	}
	for _, f := range failures {
		if f.err == cause { //nolint:errorlint // Cause returns one of the table
			return failed(f.text, err, l)
		}
	}
	var (
		long  *sheet.CellTooLongError
		year  *catalog.MissingYearError
		field *catalog.FieldError
	)
	switch {
	case errors.As(err, &long):
		return cellTooLong.In(l, long.Column, long.Chars)
	case errors.As(err, &year):
		return missingYear.In(l, year.Year)
	case errors.As(err, &field) && field.Field == catalog.FieldMode:
		return badMode.In(l, shorten(field.Value, 40))
	case errors.As(err, &field) && field.Field == catalog.FieldTiers:
		return badTiers.In(l, shorten(field.Value, 40))
	}
	return unexpected.In(l, err.Error())
}

// failed puts the file concerned into the words of a failure.
func failed(t Text, err error, l Lang) string {
	var (
		file *FileError
		path *fs.PathError
		link *os.LinkError
	)
	subject := ""
	switch {
	case errors.As(err, &file):
		subject = file.Path
	case errors.As(err, &path):
		subject = path.Path
	case errors.As(err, &link):
		subject = link.New
	}
	if subject != "" {
		return t.In(l, shorten(subject, 120))
	}
	s := strings.ReplaceAll(t.In(l), "%s", someFile.In(l))
	if l == English {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, someFile.ZH+" ", someFile.ZH), " "+someFile.ZH, someFile.ZH)
}

// shorten cuts a text for a line of a message.
func shorten(s string, chars int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > chars {
		return string(r[:chars-1]) + "…"
	}
	return s
}
