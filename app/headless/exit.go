package headless

import (
	"context"
	"errors"
	"io/fs"
	"net/http"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/atomicfile"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/sheet"
	"mulutong/sync/wire"
)

// The exit codes of every command.
const (
	exitDone       = 0
	exitFindings   = 1 // done, but with errors found or rows not placed; or refused
	exitUsage      = 2
	exitUnreadable = 3
	exitConflict   = 4
	exitService    = 5 // the network or the service failed
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
	work.ErrPartly:             exitFindings,
	context.Canceled:           exitFindings,
	boltstore.ErrLocked:        exitStore,
	boltstore.ErrReadOnly:      exitStore,
	boltstore.ErrDiskFull:      exitStore,
	boltstore.ErrNewerSchema:   exitStore,
	boltstore.ErrServiceData:   exitStore,
	boltstore.ErrDamaged:       exitStore,
	boltstore.ErrClosed:        exitStore,
	errOutput:                  exitStore,
	work.ErrOtherUnit:          exitConflict,
	work.ErrOwnData:            exitConflict,
	boltstore.ErrExists:        exitConflict,
	catalog.ErrConflict:        exitConflict,
	boltstore.ErrNothingToUndo: exitFindings,
	boltstore.ErrNothingToRedo: exitFindings,
	errOtherSectors:            exitFindings,
	work.ErrNothingThen:        exitFindings,
	catalog.ErrNotFound:        exitFindings,
	atomicfile.ErrBusy:         exitStore,
	errNotSignedOn:             exitFindings,
	errNotEnrolled:             exitFindings,
	errOtherService:            exitConflict,
	errNotOurs:                 exitConflict,
	errUnchanged:               exitFindings,
	errBehind:                  exitConflict,
	errOld:                     exitConflict,
	errGap:                     exitConflict,
	errNoAnswer:                exitService,
	errPortal:                  exitService,
	errOnlyFiles:               exitFindings,
	errEmptyOutbox:             exitFindings,
	errNoPassword:              exitUsage,
	errNothingApproved:         exitFindings,
	errNoAssessment:            exitFindings,
	errUnreachable:             exitService,
	errNotService:              exitService,
	errPlainHTTP:               exitUsage,
	errBadAddress:              exitUsage,
	errDrafts:                  exitConflict,
	errNotEmpty:                exitConflict,
	errPlain:                   exitUsage,
	errListen:                  exitService,
	errPostgres:                exitService,
	errServiceLocked:           exitStore,
	errServiceNewer:            exitStore,
	errServiceDamaged:          exitStore,
	fs.ErrPermission:           exitStore,
}

// remedies are what a command line can do about a failure.
var remedies = map[error]words.Text{
	boltstore.ErrDamaged: {ZH: "（mulu restore --from 备份文件）", EN: " (mulu restore --from BACKUP)"},
	boltstore.ErrNoStore: {ZH: "（mulu init）", EN: " (mulu init)"},
	errOtherSectors:      {ZH: "去掉 --sector 可导入其中认出的各领域。", EN: " Without --sector, those it has are."},
}

var (
	errOtherSectors = words.NewFailure("%s 里没有所选领域的目录，没有导入。", "%s has no catalog of the sector chosen; nothing was imported.")
	errOutput       = words.NewFailure("结果没有输出完整：%s。请检查磁盘空间或输出位置。", "The result could not be written out whole: %s. Check the disk or where output goes.")
)

// explain turns an error into an exit code and the one line people read.
func explain(err error, l words.Lang) (int, string) {
	err = ofClient(err)
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage, usage.what.In(l, usage.value)
	}
	cause := words.Cause(err)
	code, known := exitCodes[cause]
	var (
		long    *sheet.CellTooLongError
		service *wire.Error
	)
	switch {
	case errors.As(err, &service):
		code = refused(service.Code)
	case cause == nil && errors.As(err, &long):
		code = exitConflict
	case !known:
		code = exitUnreadable
	}
	return code, words.Explain(err, l) + remedies[cause].In(l)
}

// refused tells how a command exits that the service refused.
func refused(c wire.Code) int {
	switch {
	case c.Temporary():
		return exitService
	case c.Status() == http.StatusConflict:
		return exitConflict
	}
	return exitFindings
}
