package work

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/templates"
)

var manual = []Page{{ID: "导入", Title: "导入", Sections: []Section{
	{Text: "把去年的表格读进来。"}, {Anchor: "撤销", Heading: "怎样撤销导入", Text: "按「撤销」一次，全部退回。"},
}}}

// searched is a desk with drafts of a small release, and its search.
func searched(t testing.TB) (*Desk, *Search) {
	t.Helper()
	set := loaded(t, "2026.1", firstRelease)
	d, _ := drafted(t, Options{Know: func() *templates.Set { return set }, TypingWait: time.Millisecond})
	s := NewSearch(d, manual)
	t.Cleanup(s.Close)
	return d, s
}

func found(t testing.TB, s *Search, q string) []string {
	t.Helper()
	f, err := s.Find(context.Background(), q, 20)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range f.Hits {
		var marked []string
		for _, m := range h.Marks {
			marked = append(marked, h.Snippet[m.From:m.To])
		}
		out = append(out, fmt.Sprint(h.HitName().ZH, "|", h.Title, "|", h.Field, h.Page, h.Act, "|", strings.Join(marked, "+")))
	}
	return out
}

func TestSearchFindsEverythingOfTheUnit(t *testing.T) {
	_, s := searched(t)
	tests := []struct {
		query string
		want  []string
	}{
		{"监督检查", []string{"社会救助|综合业务 / 监督检查|path|监督检查"}},
		{"jdjc", []string{"社会救助|综合业务 / 监督检查|path|监督检查"}},
		{"jiandu", []string{"社会救助|综合业务 / 监督检查|path|监督"}},
		{"养老", []string{"领域|养老服务||养老"}},
		{"撤销", []string{"使用说明|导入 / 怎样撤销导入|导入|撤销"}},
		{"表格读进", []string{"使用说明|导入|导入|表格读进"}},
		{"电话", []string{"社会救助|综合业务 / 监督检查|content|电话"}},
		{"没有这个词", nil},
	}
	for _, tt := range tests {
		got := found(t, s, tt.query)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q finds %q, want %q", tt.query, got, tt.want)
		}
	}
	all := found(t, s, "国务院令711号")
	if len(all) != 5 || !slices.ContainsFunc(all, func(h string) bool {
		return strings.HasPrefix(h, "依据库|中华人民共和国政府信息公开条例|条例|")
	}) {
		t.Errorf("a document's number finds %q", all)
	}
	d, many := searched(t)
	dr := open(t, d, "elderly-care")
	if err := dr.Change("添加", func(c *catalog.Catalog) error {
		for range 30 {
			c.Entries = append(c.Entries, catalog.Entry{Path: []string{"撤销信息公开条例"}})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	until(t, "many entries are found", func() bool { return len(found(t, many, "信息公开条例")) == 20 })
	if got := found(t, many, "信息公开条例"); !slices.ContainsFunc(got, func(h string) bool { return strings.HasPrefix(h, "依据库|") }) {
		t.Errorf("among many entries the act is missing: %q", got)
	}
	h, ok := s.Citing(context.Background(), "条例")
	if !ok || h.Kind != HitEntry || h.Field != catalog.FieldBasis || h.Entry == "" {
		t.Errorf("the act is cited by %+v, %v", h, ok)
	}
	if _, ok := s.Citing(context.Background(), "无"); ok {
		t.Error("an act that is none is cited")
	}
}

func TestSearchFollowsTheDrafts(t *testing.T) {
	ctx := context.Background()
	d, s := searched(t)
	finds := func(q string, want ...string) {
		t.Helper()
		until(t, fmt.Sprintf("%q finds %q, not %q", q, want, found(t, s, q)), func() bool { return slices.Equal(found(t, s, q), want) })
	}
	finds("电话", "社会救助|综合业务 / 监督检查|content|电话")
	dr := open(t, d, "social-assistance")
	typed(t, dr, 0, "举报邮箱")
	finds("电话")
	finds("邮箱", "社会救助|综合业务 / 监督检查|content|邮箱")
	if err := dr.Change("添加", func(c *catalog.Catalog) error {
		c.Entries = append(c.Entries, catalog.Entry{Path: []string{"综合业务", "夏令营"}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	finds("夏令营", "社会救助|综合业务 / 夏令营|path|夏令营")
	id := dr.Catalog().Entries[3].ID
	if err := dr.Type(id, catalog.FieldContent, "营员名单"); err != nil {
		t.Fatal(err)
	}
	finds("营员", "社会救助|综合业务 / 夏令营|content|营员")
	flush(t, d)
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	finds("营员")
	if _, err := d.Edit(ctx, "删去", func(tx *boltstore.Tx) error { return tx.RemoveCatalog("social-assistance") }); err != nil {
		t.Fatal(err)
	}
	finds("夏令营")
	finds("邮箱")
	s.Close()
	s.Close()
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestAnyPartOfAFieldIsFoundInADesk(t *testing.T) {
	set := loaded(t, "2026.1", firstRelease)
	d, _, dr := newDesk(t, 60, Options{Know: func() *templates.Set { return set }})
	s := NewSearch(d, nil)
	defer s.Close()
	for i, e := range dr.Catalog().Entries {
		for _, f := range catalog.Fields {
			runes := []rune(e.Text(f))
			if len(runes) < 2 {
				continue
			}
			from := (i * 7) % (len(runes) - 1)
			q := string(runes[from:min(len(runes), from+2+i%9)])
			if catalog.Fold(q) == "" {
				continue
			}
			r, err := s.Find(context.Background(), q, 10_000)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Hits, func(h Hit) bool { return h.Entry == e.ID && slices.Contains(h.Fields, f) }) {
				t.Errorf("%q of %s of entry %d is not found there", q, f, i)
			}
		}
	}
}

func TestASearchThatIsGivenUpEnds(t *testing.T) {
	_, s := searched(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Find(ctx, "电话", 10); !errors.Is(err, context.Canceled) {
		t.Errorf("a search given up: %v", err)
	}
}
