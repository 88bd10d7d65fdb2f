package work

import (
	"context"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/catalog/check"
)

func TestFixesArePlannedAndMadeInOneStep(t *testing.T) {
	ctx := context.Background()
	d, _, dr := newDesk(t, 4, Options{TypingWait: time.Hour, CheckWait: time.Millisecond})
	ids := orderOf(dr.Catalog())
	for i, text := range []string{"-救助对象名单", "=申请条件", "+办理流程"} {
		if err := dr.Type(ids[i], catalog.FieldContent, text); err != nil {
			t.Fatal(err)
		}
	}
	sectors := []catalog.Sector{dr.info.Slug}
	formula := func(f check.Finding) bool { return f.Rule == "text.formula" }
	fixes, err := d.PlanFixes(ctx, sectors, formula, nil)
	if err != nil || len(fixes) != 3 {
		t.Fatalf("planned are %+v, %v", fixes, err)
	}
	if got := dr.Catalog().Entries[0].Content; got != "-救助对象名单" {
		t.Errorf("planning has changed the content to %q", got)
	}
	if err := dr.Type(ids[1], catalog.FieldContent, "另写的"); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Fix(ctx, "修正", fixes); n != 2 || err != nil {
		t.Errorf("%d fixes made, %v; want 2", n, err)
	}
	for i, want := range []string{"救助对象名单", "另写的", "办理流程"} {
		if got := dr.Catalog().Entries[i].Content; got != want {
			t.Errorf("content of %d is %q, want %q", i, got, want)
		}
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dr.Catalog().Entries[2].Content; got != "+办理流程" {
		t.Errorf("after one undo the content is %q", got)
	}
	asOnDisk(t, dr)
}

func TestSeveralFindingsAreAnsweredTogether(t *testing.T) {
	ctx := context.Background()
	d, _, dr := newDesk(t, 3, Options{TypingWait: time.Hour, CheckWait: time.Millisecond})
	for _, id := range orderOf(dr.Catalog()) {
		if err := dr.Type(id, catalog.FieldContent, ""); err != nil {
			t.Fatal(err)
		}
	}
	missing := func() (fs []check.Finding) {
		var got Findings
		until(t, "checked", func() bool {
			var err error
			got, err = d.Findings(ctx, dr.info.Slug)
			return err == nil && got.Current
		})
		for _, f := range got.List {
			if f.Rule == "content.missing" {
				fs = append(fs, f)
			}
		}
		return fs
	}
	fs := missing()
	if len(fs) != 3 {
		t.Fatalf("findings are %+v", fs)
	}
	if err := d.Answer(ctx, fs[:2], "本镇无此内容"); err != nil {
		t.Fatal(err)
	}
	for i, f := range missing() {
		if (f.Disputed == "本镇无此内容") != (i < 2) {
			t.Errorf("finding %d is answered with %q", i, f.Disputed)
		}
	}
	if err := d.Answer(ctx, fs, ""); err != nil {
		t.Fatal(err)
	}
	for _, f := range missing() {
		if f.Disputed != "" {
			t.Errorf("answer %q was not taken back", f.Disputed)
		}
	}
}

func TestRulesThatKeepTheMeaningCanBeFixed(t *testing.T) {
	for _, name := range keepsMeaning {
		found := false
		for _, r := range check.Rules() {
			found = found || r.Name == name && r.Fixable
		}
		if !found {
			t.Errorf("there is no rule %s that can be fixed", name)
		}
	}
}
