package templates

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// onDisk writes files below a folder.
func onDisk(t *testing.T, dir string, files fstest.MapFS) string {
	t.Helper()
	for name, f := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipped(t *testing.T, below string, files fstest.MapFS) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, f := range files {
		w, err := z.Create(below + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "模板2026.3.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadReleaseTakesAFolderOrAZipFile(t *testing.T) {
	withOther := release()
	withOther["说明.docx"] = &fstest.MapFile{Data: []byte("PK")}
	for name, path := range map[string]string{
		"a folder":                 onDisk(t, t.TempDir(), release()),
		"a folder in a folder":     filepath.Dir(onDisk(t, filepath.Join(t.TempDir(), "模板2026.3"), release())),
		"a zip file":               zipped(t, "", release()),
		"a zip file with a folder": zipped(t, "模板2026.3/", withOther),
	} {
		s, packed, err := ReadRelease(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, err := UnpackRelease(packed)
		if err != nil || s.Version() != "2026.3" || again.Version() != "2026.3" || len(again.Sectors()) != 2 {
			t.Errorf("%s: version %q, unpacked %v, %v", name, s.Version(), again, err)
		}
		if tmpl, ok := again.Template("social-assistance"); !ok || len(tmpl.Entries) != 2 {
			t.Errorf("%s: template %v", name, tmpl)
		}
	}
}

func TestReadReleaseSaysWhatItCannotRead(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "说明.txt")
	if err := os.WriteFile(notes, []byte("模板"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := release()
	broken["sectors/social-assistance.txt"] = &fstest.MapFile{Data: []byte("领域: social-assistance\n版本: 2026.3\n[t1]\n")}
	for name, tt := range map[string]struct {
		path string
		want error
	}{
		"an absent file":  {filepath.Join(t.TempDir(), "none"), fs.ErrNotExist},
		"an empty folder": {t.TempDir(), ErrNoRelease},
		"a text file":     {notes, ErrNoRelease},
		"a zip of others": {zipped(t, "照片/", fstest.MapFS{"a.jpg": {Data: []byte("x")}}), ErrNoRelease},
	} {
		if _, _, err := ReadRelease(tt.path); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	var data *DataError
	if _, _, err := ReadRelease(zipped(t, "", broken)); !errors.As(err, &data) || data.File != "sectors/social-assistance.txt" {
		t.Errorf("a broken template: %v", err)
	}
}

func TestTheEmbeddedReleasePacks(t *testing.T) {
	packed, err := pack(os.DirFS("data"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := UnpackRelease(packed)
	if err != nil {
		t.Fatal(err)
	}
	if s.Version() != Embedded().Version() || len(s.Sectors()) != len(Embedded().Sectors()) {
		t.Errorf("unpacked version %s with %d sectors", s.Version(), len(s.Sectors()))
	}
	if len(packed) > maxPacked/50 {
		t.Errorf("packed it has %d bytes", len(packed))
	}
}
