package headless

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/catalog/check"
	"mulutong/sync/bundle"
	"mulutong/sync/client"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// deviceKey is the file of this machine's key, beside the drafts; backups leave it out.
const deviceKey = "device.key"

// bolt is a store of drafts as the client takes it.
type bolt struct{ *boltstore.Store }

func (b bolt) Edit(ctx context.Context, by, label string, fn func(client.Tx) error) error {
	_, err := b.Store.Edit(ctx, boltstore.EditInfo{By: by, Label: label}, func(tx *boltstore.Tx) error { return fn(tx) })
	return err
}

// clerk is a unit's folder of drafts and its way to the service.
type clerk struct {
	*client.Client
	store *boltstore.Store
	dir   string
	key   *bundle.Key // nil where the machine has none
}

// withClerk opens a folder's drafts and what is kept of the review beside them, for
// one piece of work.
func (a *app) withClerk(ctx context.Context, dir string, readOnly bool, do func(*clerk) error) error {
	return a.withDrafts(dir, readOnly, func(s *boltstore.Store) error {
		c := &clerk{store: s, dir: dir}
		key, err := client.LoadKey(filepath.Join(dir, deviceKey))
		var signer bundle.Signer
		switch {
		case err == nil:
			c.key, signer = key, key
		case !errors.Is(err, fs.ErrNotExist):
			return words.About(filepath.Join(dir, deviceKey), errBadKey)
		}
		return a.attach(ctx, c, signer, do)
	})
}

// attach opens the client with a key.
func (a *app) attach(ctx context.Context, c *clerk, signer bundle.Signer, do func(*clerk) error) error {
	var err error
	c.Client, err = client.Open(ctx, bolt{c.store}, signer, client.Options{
		Now: a.Now,
		Check: func(cat *catalog.Catalog) []check.Finding {
			return work.Checker(a.set(), cat, catalog.DateOf(a.Now()), false).Catalog(cat)
		},
		OnRelease:  func(_ context.Context, r review.Release, b []byte) error { return a.keepRelease(c.dir, r, b) },
		MergeLabel: labelMerge.In(a.lang),
		Tries:      a.tries,
	})
	if err != nil {
		return err
	}
	return do(c)
}

// withKey is the machine's key, made where there is none.
func (c *clerk) withKey() (*bundle.Key, error) {
	if c.key != nil {
		return c.key, nil
	}
	key, err := bundle.NewKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return key, client.SaveKey(filepath.Join(c.dir, deviceKey), key)
}

// keepRelease puts a release that the city issued into the folder releases beside
// the drafts, and says how to take it.
func (a *app) keepRelease(dir string, r review.Release, b []byte) error {
	name := strings.Map(func(c rune) rune { // it names a file here
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.ContainsRune("._-", c) {
			return c
		}
		return '_'
	}, r.Kind+"-"+r.Version) + ".zip"
	folder := filepath.Join(dir, "releases")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	path := filepath.Join(folder, name)
	if err := writeFile(path, b); err != nil {
		return err
	}
	a.say(releaseCame, r.Version, path)
	return nil
}

// keptService is where the address is kept at which this machine enrolled: the
// service itself may not know what it is called from here.
const keptService = "service/address"

// line is the service over the network, for a machine that enrolled.
func (a *app) line(ctx context.Context, c *clerk) (*client.HTTP, error) {
	cert, err := c.Certificate()
	if err != nil {
		return nil, err
	}
	at, err := c.store.Kept(ctx, keptService)
	switch {
	case err == nil:
		cert.URL = string(at)
	case !errors.Is(err, catalog.ErrNotFound):
		return nil, err
	}
	if cert.URL == "" {
		return nil, errOnlyFiles
	}
	return client.NewHTTP(cert, c.key, a.User, http.DefaultClient)
}

// Failures of the way to the service.
var (
	errBadKey       = words.NewFailure("%s 已损坏，不能用来签名。请把它移走，重新登记这台电脑（mulu enrol）。", "%s is damaged and cannot sign. Move it away and enrol this machine again (mulu enrol).")
	errOnlyFiles    = words.NewFailure("这台电脑登记为只用文件报送。请用 mulu bundle 存到U盘，用 mulu receive 收回。", "This machine is enrolled for files only. Take a file out with mulu bundle and take one in with mulu receive.")
	errNotEnrolled  = words.NewFailure("这台电脑还没有登记，或者换了电脑、从备份恢复过。请向县里或市里要登记码，再用 mulu enrol 登记。", "This machine is not enrolled, or the drafts came from another one. Ask the county or the city for a code and use mulu enrol.")
	errOtherService = words.NewFailure("这不是原来登记的那个审核服务。如果确实换了服务，请加 --moving。", "This is another service than the one this machine enrolled with. If it moved, add --moving.")
	errNotOurs      = words.NewFailure("%s 是给别的单位或别的电脑的，没有接收。", "%s is meant for another unit or machine; nothing was taken.")
	errUnchanged    = words.NewFailure("内容和上次报送的一样，不用再报。", "It says the same as what was submitted last; there is nothing to submit.")
	errBehind       = words.NewFailure("本单位的另一台电脑报送过，内容还没有取回来。请先同步（mulu sync）。", "Another machine of the unit has submitted, and that is not here yet. Sync first (mulu sync).")
	errOld          = words.NewFailure("%s 是服务恢复之前的文件，已经过时。请重新取一份。", "%s is from before the service was restored. Fetch a new one.")
	errGap          = words.NewFailure("%s 之前还有一份文件没有收。请按先后依次接收，或者请县里从头打包。", "A file before %s has not been received. Receive them in order, or have one packed from the beginning.")
	errNoAnswer     = words.NewFailure("审核服务没有回答。已放进发件箱的都在，网络恢复后再同步一次就会送出。", "The service does not answer. What is in the outbox stays there; sync again once the network is back.")
	errPortal       = words.NewFailure("回答的不是审核服务，可能这个网络要先登录。请用浏览器打开网页试试，再同步。", "What answers is no review service: perhaps the network wants a sign-on of its own. Open a web page first, then sync again.")
	errNotBundle    = words.NewFailure("%s 不是目录通的文件，或者不完整、被改动过。请重新复制。", "%s is no file of this program, or is not whole. Copy it again.")
	errWrongBundle  = words.NewFailure("%s 不是这里要的文件，可能拿错了。请核对文件。", "%s is not the file that is wanted here. Check which one it is.")
	errNewBundle    = words.NewFailure("%s 由更新版本的程序生成，本程序读不了。请升级程序。", "%s was made by a newer program. Please upgrade.")
)

// clientFailures are the words of what the client may say.
var clientFailures = []struct{ of, words error }{
	{client.ErrNotEnrolled, errNotEnrolled},
	{client.ErrOtherService, errOtherService},
	{client.ErrNotOurs, errNotOurs},
	{client.ErrUnchanged, errUnchanged},
	{client.ErrBehind, errBehind},
	{client.ErrOld, errOld},
	{client.ErrGap, errGap},
	{client.ErrPortal, errPortal},
	{client.ErrLine, errNoAnswer},
	{bundle.ErrNotBundle, errNotBundle},
	{bundle.ErrDamaged, errNotBundle},
	{bundle.ErrSignature, errNotBundle},
}

// ofClient is an error with the words of what the client or a bundle says, unless it
// has some.
func ofClient(err error) error {
	var (
		has   *words.Failure
		newer *bundle.UnsupportedError
		said  *wire.Error
	)
	if errors.As(err, &has) || errors.As(err, &said) {
		return err
	}
	for _, known := range clientFailures {
		if errors.Is(err, known.of) {
			return fmt.Errorf("%w: %w", known.words, err)
		}
	}
	switch {
	case errors.As(err, &newer) && newer.Newer:
		return fmt.Errorf("%w: %w", errNewBundle, err)
	case newer != nil:
		return fmt.Errorf("%w: %w", errWrongBundle, err)
	}
	return err
}
