// Package manual is the operation manual inside the program (使用说明): its pages,
// read from the same Markdown files that stand on the web, with pictures, search,
// and F1 from any screen. It needs no network and no browser.
package manual

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"mulutong/app/work"
	"mulutong/catalog/find"
)

// Book is the manual, read.
type Book struct {
	files fs.FS
	pages []*page
	index find.Index
}

// page is one page of the manual.
type page struct {
	id     string // the file's name without its ending: 导入
	file   string
	title  string
	blocks []block
}

// Read reads the manual, beginning with its first page, which links to the others
// in their order.
func Read(files fs.FS, first string) (*Book, error) {
	b := &Book{files: files}
	if err := b.add(first); err != nil {
		return nil, err
	}
	var errs []error
	for _, link := range b.pages[0].links() {
		if file, _, ok := b.resolve(b.pages[0], link); ok && b.byFile(file) == nil {
			errs = append(errs, b.add(file))
		}
	}
	b.index.Set("pages", 0, b.docs())
	return b, errors.Join(errs...)
}

func (b *Book) add(file string) error {
	text, err := fs.ReadFile(b.files, file)
	if err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	p := &page{id: strings.TrimSuffix(path.Base(file), ".md"), file: file, blocks: parse(string(text))}
	p.title = p.id
	for i := range p.blocks {
		if p.blocks[i].kind == heading {
			p.title = p.blocks[i].text()
			break
		}
	}
	b.pages = append(b.pages, p)
	return nil
}

// links are the targets of a page's links, in order.
func (p *page) links() []string {
	var out []string
	add := func(ss []span) {
		for _, s := range ss {
			if s.link != "" {
				out = append(out, s.link)
			}
		}
	}
	for i := range p.blocks {
		add(p.blocks[i].spans)
		for _, row := range p.blocks[i].rows {
			for _, c := range row {
				add(c)
			}
		}
	}
	return out
}

// resolve takes a link of a page apart into a page's file and an anchor in it.
func (b *Book) resolve(p *page, link string) (file, anchor string, ok bool) {
	if strings.Contains(link, "://") {
		return "", "", false
	}
	file, anchor, _ = strings.Cut(link, "#")
	if file == "" {
		return p.file, anchor, true
	}
	file = path.Join(path.Dir(p.file), file)
	return file, anchor, strings.HasSuffix(file, ".md")
}

func (b *Book) byFile(file string) *page {
	for _, p := range b.pages {
		if p.file == file {
			return p
		}
	}
	return nil
}

func (b *Book) byID(id string) *page {
	for _, p := range b.pages {
		if p.id == id {
			return p
		}
	}
	return nil
}

// Has reports whether the manual has a page, for F1 to open.
func (b *Book) Has(id string) bool { return b.byID(id) != nil }

// section is a part of a page under its heading.
type section struct {
	anchor, heading string
	from            int // its first block
	texts           []string
}

func (p *page) sections() []section {
	out := []section{{}}
	for i := range p.blocks {
		k := &p.blocks[i]
		if k.kind == heading && k.level > 1 {
			out = append(out, section{anchor: k.anchor, heading: k.text(), from: i})
			continue
		}
		if k.kind != heading {
			last := &out[len(out)-1]
			last.texts = append(last.texts, k.text())
		}
	}
	return out
}

// Pages are the pages as the search over everything takes them.
func (b *Book) Pages() []work.Page {
	var out []work.Page
	for _, p := range b.pages[1:] {
		w := work.Page{ID: p.id, Title: p.title}
		for _, s := range p.sections() {
			w.Sections = append(w.Sections, work.Section{Anchor: s.anchor, Heading: s.heading, Text: strings.Join(s.texts, "\n")})
		}
		out = append(out, w)
	}
	return out
}

func (b *Book) docs() []find.Doc {
	var out []find.Doc
	for _, p := range b.pages[1:] {
		for _, s := range p.sections() {
			title := p.title
			if s.heading != "" {
				title += " / " + s.heading
			}
			out = append(out, find.Doc{Key: p.id + "#" + s.anchor, Title: title, Parts: []find.Part{
				{Name: "title", Text: title}, {Name: "text", Text: strings.Join(s.texts, "\n"), Weight: 2},
			}})
		}
	}
	return out
}

// search finds sections of the manual.
func (b *Book) search(ctx context.Context, q string) []find.Hit {
	const most = 30
	return b.index.Search(ctx, q, most).Hits
}

// Check says what is wrong with the manual: links and pictures that lead nowhere,
// pages that no link of the first page leads to.
func (b *Book) Check() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for _, p := range b.pages {
		for _, link := range p.links() {
			file, anchor, ours := b.resolve(p, link)
			target := b.byFile(file)
			switch {
			case strings.Contains(link, "://"):
			case !ours || target == nil:
				bad("%s: the link %s leads nowhere", p.file, link)
			case anchor != "" && !target.has(anchor):
				bad("%s: %s has no heading %s", p.file, file, anchor)
			}
		}
		for i := range p.blocks {
			if k := &p.blocks[i]; k.kind == picture {
				if _, err := fs.Stat(b.files, path.Join(path.Dir(p.file), k.target)); err != nil {
					bad("%s: the picture %s is missing", p.file, k.target)
				}
			}
		}
	}
	all, err := fs.Glob(b.files, path.Dir(b.pages[0].file)+"/*.md")
	errs = append(errs, err)
	for _, file := range all {
		if b.byFile(file) == nil {
			bad("%s: no link of the first page leads there", file)
		}
	}
	pictures, err := fs.Glob(b.files, path.Dir(b.pages[0].file)+"/pictures/*")
	errs = append(errs, err)
	for _, file := range pictures {
		if !b.shows(file) {
			bad("%s: no page shows it", file)
		}
	}
	return errors.Join(errs...)
}

func (p *page) has(anchor string) bool {
	for i := range p.blocks {
		if p.blocks[i].kind == heading && p.blocks[i].anchor == anchor {
			return true
		}
	}
	return false
}

func (b *Book) shows(file string) bool {
	for _, p := range b.pages {
		for i := range p.blocks {
			if p.blocks[i].kind == picture && path.Join(path.Dir(p.file), p.blocks[i].target) == file {
				return true
			}
		}
	}
	return false
}
