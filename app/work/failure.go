package work

import (
	"errors"
	"io/fs"
	"os"

	"mulutong/app/words"
	"mulutong/catalog"
)

// Failures of this package, with their words.
var (
	ErrPartly       = words.NewFailure("已取消。已写出的文件是完整的，其余没有写。", "Cancelled; the files written so far are whole, the others were not written.")
	ErrBadBackup    = words.NewFailure("%s 不是完好的备份文件，没有恢复任何内容。请换一个备份文件。", "%s is no sound backup; nothing was restored. Choose another backup.")
	ErrOtherUnit    = words.NewFailure("%s 里已有另一个单位的草稿，没有改动它。请换一个文件夹。", "%s already holds drafts of another unit; nothing was changed. Choose another folder.")
	ErrOwnData      = words.NewFailure("%s 是草稿数据文件，不能覆盖。请换一个文件名。", "%s is the drafts' own data and was left as it is. Choose another name.")
	ErrNoCatalog    = words.NewFailure("%s 里没有找到公开目录。目录要有“一级事项、公开内容、公开依据”等表头。", "No disclosure catalog was found in %s. A catalog has headings such as 一级事项, 公开内容, 公开依据.")
	ErrNothingThen  = words.NewFailure("没有找到要恢复的内容：%s 那时没有这个领域或条目。", "Nothing to restore: %s had no such sector or entry at that time.")
	ErrDirectory    = words.NewFailure("%s 是文件夹，不是文件。请指明其中的文件。", "%s is a folder, not a file. Name a file in it.")
	ErrNotRegular   = words.NewFailure("%s 不是普通文件。请先保存为文件，再重试。", "%s is no ordinary file. Save it as one and try again.")
	ErrUnreadable   = words.NewFailure("没有权限读取 %s。请检查文件权限，或复制到自己的文件夹再试。", "No permission to read %s. Check its permissions or copy it to a folder of your own.")
	ErrNoCityDrafts = words.NewFailure("市一级不编制基层目录。请选择县（市、区）、县级部门或者乡镇、街道。", "A prefecture has no such catalogs. Choose a county, a department of one, a township or a street.")
	ErrNoReason     = words.NewFailure("不涉及的领域要写明理由。", "A sector that does not occur needs a reason.")
)

// NoTemplateError says that there is no template to make a sector's draft from.
type NoTemplateError struct{ Sector catalog.SectorInfo }

func (e *NoTemplateError) Error() string { return "no template of sector " + string(e.Sector.Slug) }

// Readable fails for what cannot be read as a file: folders, pipes, devices, and
// files that are missing or closed to the user.
func Readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
	case info.IsDir():
		err = ErrDirectory
	case !info.Mode().IsRegular():
		err = ErrNotRegular
	default:
		var f *os.File
		if f, err = os.Open(path); err == nil {
			err = f.Close()
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		err = ErrUnreadable
	}
	return words.About(path, err)
}

// InFolder does work that may make the folder dir, and takes the folder away
// again if the work fails and nothing is in it.
func InFolder(dir string, work func() error) error {
	_, before := os.Lstat(dir)
	err := work()
	if err != nil && errors.Is(before, fs.ErrNotExist) {
		_ = os.Remove(dir)
	}
	return err
}
