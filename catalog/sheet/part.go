package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// parts are the files within a zip that make up an office document.
type parts struct {
	bud   *budget
	files map[string]*zip.File // by name, lower case
	left  int64                // bytes that may still be unpacked
}

// unzip lists the parts of b without unpacking any.
func unzip(bud *budget, b []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	p := &parts{bud: bud, files: make(map[string]*zip.File, len(z.File)), left: bud.lim.UnzippedSize}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

func (p *parts) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// part unpacks one file of a document while it is read.
type part struct {
	io.ReadCloser
	of *parts
}

// open starts reading a part.
func (p *parts) open(name string) (*part, error) {
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("part %s is missing", name)
	}
	if p.bud.lim.UnzippedSize > 0 && f.UncompressedSize64 > uint64(p.left) {
		return nil, &LimitError{What: "unzipped size", Limit: p.bud.lim.UnzippedSize}
	}
	if f.Flags&1 != 0 {
		return nil, ErrPassword
	}
	rc, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", name, err)
	}
	return &part{rc, p}, nil
}

// Read unpacks on, as far as the budget goes.
func (r *part) Read(b []byte) (int, error) {
	if err := r.of.bud.alive(); err != nil {
		return 0, err
	}
	n, err := r.ReadCloser.Read(b)
	if r.of.left -= int64(n); r.of.left < 0 && r.of.bud.lim.UnzippedSize > 0 {
		return n, &LimitError{What: "unzipped size", Limit: r.of.bud.lim.UnzippedSize}
	}
	return n, err
}

// elements calls f at the start of each element of a part; f may read on from x.
func (p *parts) elements(name string, f func(x *xmlReader) error) error {
	r, err := p.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := elements(p.bud, r, f); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}

// relation is a link from one part to another.
type relation struct {
	kind   string // last word of its type: "worksheet", "officeDocument"
	target string // name of the part
}

// relations returns the links of a part by id; a part without any has none. The
// package itself is the part "".
func (p *parts) relations(of string) (map[string]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	rs := map[string]relation{}
	if !p.has(name) {
		return rs, nil
	}
	err := p.elements(name, func(x *xmlReader) error {
		if string(x.name) != "Relationship" || string(x.attr("TargetMode")) == "External" {
			return nil
		}
		target := strings.ReplaceAll(x.attrText("Target"), `\`, "/")
		if strings.HasPrefix(target, "/") {
			target = path.Clean(target)[1:]
		} else {
			target = path.Join(dir, target)
		}
		rs[x.attrText("Id")] = relation{path.Base(x.attrText("Type")), target}
		return nil
	})
	return rs, err
}

// main returns the name of the part that holds the document itself.
func (p *parts) main(fallback string) (string, error) {
	rs, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, id := range slices.Sorted(maps.Keys(rs)) {
		if r := rs[id]; r.kind == "officeDocument" && p.has(r.target) {
			return r.target, nil
		}
	}
	if !p.has(fallback) {
		return "", fmt.Errorf("part %s is missing", fallback)
	}
	return fallback, nil
}
