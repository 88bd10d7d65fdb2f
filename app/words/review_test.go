package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// constants finds the values of the constants of a string type in a package.
func constants(t *testing.T, dir, typ string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../../sync", dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if id, ok := v.Type.(*ast.Ident); !ok || id.Name != typ {
					continue
				}
				for _, value := range v.Values {
					said, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, said)
				}
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s declares no %s", dir, typ)
	}
	return out
}

func TestEverythingOfTheReviewHasAName(t *testing.T) {
	for typ, name := range map[string]func(string) Text{
		"State":           func(s string) Text { return CaseState(review.State(s)) },
		"Role":            func(s string) Text { return Role(review.Role(s)) },
		"Action":          func(s string) Text { return Action(review.Action(s)) },
		"Verdict":         func(s string) Text { return Verdict(review.Verdict(s)) },
		"Stage":           func(s string) Text { return Stage(review.Stage(s)) },
		"ReceiptStatus":   func(s string) Text { return ReceiptStatus(review.ReceiptStatus(s)) },
		"AssessmentState": func(s string) Text { return Assessed(review.AssessmentState(s)) },
	} {
		for _, value := range constants(t, "review", typ) {
			named(t, typ+" "+value, name(value))
		}
	}
	for _, k := range []catalog.UnitKind{catalog.TownshipUnit, catalog.DepartmentUnit, catalog.CountyUnit, catalog.CityUnit} {
		named(t, string(k), UnitKind(k))
	}
	for _, part := range []catalog.Target{catalog.TargetEntry, catalog.TargetOrder, catalog.TargetOmission, catalog.TargetNotApplicable, catalog.TargetReason, catalog.TargetNote, catalog.TargetSignOff, catalog.TargetCatalog} {
		named(t, string(part), CatalogPart(part))
	}
}

func TestEveryRefusalIsExplained(t *testing.T) {
	codes := constants(t, "wire", "Code")
	for _, code := range codes {
		for _, l := range []Lang{Chinese, English} {
			said := Explain(fmt.Errorf("ask: %w", &wire.Error{Code: wire.Code(code), Message: "said for logs"}), l)
			if han(said) != (l == Chinese) || strings.Contains(said, "logs") || strings.Contains(said, "%") {
				t.Errorf("%s is explained as %q", code, said)
			}
		}
	}
	if len(codes) != len(serviceTexts) {
		t.Errorf("%d codes are declared, %d have words", len(codes), len(serviceTexts))
	}
	for want, e := range map[string]*wire.Error{
		"填报员不能批准":           {Code: wire.CodeDenied, Detail: wire.Detail{Role: review.Clerk, Action: review.ActApprove}},
		"现在是“已公开”，不能退回":     {Code: wire.CodeState, Detail: wire.Detail{State: review.Published, Action: review.ActReturn}},
		"3 秒后可以再试":          {Code: wire.CodeBusy, RetryAfter: 2100 * time.Millisecond},
		"请求编号 XYZ":          {Code: wire.CodeInternal, Request: "XYZ"},
		"“unit”填写得不对":       {Code: wire.CodeInvalid, Detail: wire.Detail{Field: "unit"}},
		"更新版本的程序生成（kind x）": {Code: wire.CodeUnsupported, Detail: wire.Detail{What: "kind", Value: "x", Newer: true}},
	} {
		if said := Explain(e, Chinese); !strings.Contains(said, want) {
			t.Errorf("%s is explained as %q, want %q in it", e.Code, said, want)
		}
	}
}

func TestTargetsAreNamed(t *testing.T) {
	c := &catalog.Catalog{Entries: []catalog.Entry{{ID: "a", Path: []string{"甲"}}, {ID: "b", Path: []string{"乙", "丙"}}}}
	missing := func(catalog.TemplateID) string { return "丁 / 戊" }
	for want, target := range map[string]review.Target{
		"整个目录":              {},
		"第2条 乙 / 丙":         {Entry: "b"},
		"第2条 乙 / 丙 · 公开时限":  {Entry: "b", Field: catalog.FieldTimeLimit},
		"模板事项 丁 / 戊（目录中没有）": {Template: "t1"},
		"已不在目录中的条目 x":       {Entry: "x"},
	} {
		if got := Target(target, c, missing, Chinese); got != want {
			t.Errorf("Target(%+v) = %q, want %q", target, got, want)
		}
	}
}
