package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// alone fails the test when dir holds anything but the named files.
func alone(t *testing.T, dir string, names ...string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("directory holds %q, want %q", got, names)
	}
}

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func TestWriteFileMakesAndReplaces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "社会救助.csv")
	for _, text := range []string{"first", "second, longer", ""} {
		if err := WriteFile(path, says(text)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != text {
			t.Errorf("file holds %q, want %q", got, text)
		}
		alone(t, dir, "社会救助.csv")
	}
}

func TestFailedWriteKeepsTheOldFile(t *testing.T) {
	boom := errors.New("boom")
	tests := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"at once", func(io.Writer) error { return boom }},
		{"half-way", func(w io.Writer) error {
			if err := says("half")(w); err != nil {
				return err
			}
			return boom
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.txt")
			if err := WriteFile(path, tt.write); !errors.Is(err, boom) {
				t.Errorf("WriteFile = %v, want boom", err)
			}
			alone(t, dir)
			if err := WriteFile(path, says("old")); err != nil {
				t.Fatal(err)
			}
			if err := WriteFile(path, tt.write); !errors.Is(err, boom) {
				t.Errorf("WriteFile = %v, want boom", err)
			}
			if got := content(t, path); got != "old" {
				t.Errorf("file holds %q, want old", got)
			}
			alone(t, dir, "a.txt")
		})
	}
}

func TestPanicInWriteLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = WriteFile(filepath.Join(dir, "a.txt"), func(io.Writer) error { panic("boom") })
	}()
	alone(t, dir)
}

func TestTargetIsOldUntilCommit(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	if err := WriteFile(path, says("old")); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := says("new")(f); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "old" {
		t.Errorf("before Commit the file holds %q, want old", got)
	}
	if got := content(t, f.Name()); got != "new" {
		t.Errorf("the temporary file holds %q, want new", got)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if got := content(t, path); got != "new" {
		t.Errorf("after Commit the file holds %q, want new", got)
	}
	if err := f.Commit(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("second Commit = %v, want %v", err, fs.ErrClosed)
	}
	alone(t, dir, "a.txt")
}

func TestFileThatCannotBeSyncedIsNotPutInPlace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	if err := WriteFile(path, says("old")); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	f.f.Close() // every later call on it fails
	if err := f.Commit(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Commit = %v, want %v", err, fs.ErrClosed)
	}
	if got := content(t, path); got != "old" {
		t.Errorf("file holds %q, want old", got)
	}
	alone(t, dir, "a.txt")
}

func TestRefusedTargets(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"excel.xlsx", "~$excel.xlsx", "wps.xlsx", ".~wps.xlsx", "office.xlsx", ".~lock.office.xlsx#", "kept.txt"} {
		if err := os.WriteFile(path(name), []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path("kept.txt"), 0o444); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, target string
		want         error
	}{
		{"open in Excel", path("excel.xlsx"), ErrBusy},
		{"open in WPS", path("wps.xlsx"), ErrBusy},
		{"open in LibreOffice", path("office.xlsx"), ErrBusy},
		{"marked read-only", path("kept.txt"), fs.ErrPermission},
		{"directory is missing", path("none/a.txt"), fs.ErrNotExist},
		{"a file stands for the directory", path("kept.txt/a.txt"), nil},
		{"a directory", dir, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := WriteFile(tt.target, says("new"))
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("WriteFile = %v, want %v", err, tt.want)
			}
		})
	}
	for _, name := range []string{"excel.xlsx", "wps.xlsx", "office.xlsx", "kept.txt"} {
		if got := content(t, path(name)); got != "old" {
			t.Errorf("%s holds %q, want old", name, got)
		}
	}
}
