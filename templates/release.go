package templates

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
)

// ErrNoRelease: a folder or file holds no release of the data.
var ErrNoRelease = errors.New("holds no release of templates")

// maxPacked bounds a packed release; the embedded one has 400 kB.
const maxPacked = 64 << 20

// ReadRelease reads a release that was handed out as a folder or as a zip file,
// in either of which it may lie one folder deeper, and packs it for keeping. It
// fails with ErrNoRelease where there is none, or as Load does.
func ReadRelease(name string) (s *Set, packed []byte, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		packed, err = pack(os.DirFS(name))
	} else {
		packed, err = repack(name, info.Size())
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	s, err = UnpackRelease(packed)
	return s, packed, err
}

func repack(name string, size int64) ([]byte, error) {
	if size > maxPacked {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrNoRelease, maxPacked)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoRelease, err)
	}
	return pack(z)
}

// UnpackRelease loads a release that ReadRelease packed.
func UnpackRelease(packed []byte) (*Set, error) {
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoRelease, err)
	}
	return Load(z)
}

// pack writes the files that Load reads to a zip file, the same for the same files.
func pack(fsys fs.FS) ([]byte, error) {
	found, err := fs.Glob(fsys, "version.txt")
	if err == nil && len(found) == 0 {
		found, err = fs.Glob(fsys, "*/version.txt")
	}
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, ErrNoRelease
	}
	root, err := fs.Sub(fsys, path.Dir(found[0]))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, pattern := range []string{"version.txt", "sectors.csv", "bodies.csv", "register/*.csv", "calendar/*.json", "sectors/*.txt"} {
		some, err := fs.Glob(root, pattern)
		if err != nil {
			return nil, err
		}
		if len(some) > maxFiles {
			return nil, &DataError{File: path.Dir(pattern), Problem: fmt.Sprintf("more than %d files", maxFiles)}
		}
		names = append(names, some...)
	}
	slices.Sort(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	total := 0
	for _, name := range names {
		b, err := readFile(root, name)
		if err != nil {
			return nil, err
		}
		if total += len(b); total > maxPacked {
			return nil, &DataError{File: name, Problem: fmt.Sprintf("more than %d bytes in all", maxPacked)}
		}
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(w, bytes.NewReader(b)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
