package check

//go:generate go run gen.go ../../docs/rules.md

import (
	"bytes"
	"fmt"
	"strings"

	"mulutong/catalog"
)

// Manual returns the page that explains every rule to the people who use the
// program, in Chinese, as Markdown.
func Manual() []byte {
	var b bytes.Buffer
	b.WriteString(manualHead)
	b.WriteString("| 规则 | 级别 | 说的是什么 | 可一键修正 |\n|---|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", r.Name, strings.ReplaceAll(r.Name, ".", ""), r.Severity.Name(), r.Title, yes(r.Fixable))
	}
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s\n\n**%s**（%s", r.Name, r.Title, r.Severity.Name())
		if r.Fixable {
			b.WriteString("，可一键修正")
		}
		fmt.Fprintf(&b, "）\n\n%s\n\n%s%s\n怎么办：%s\n", r.Why, r.Fails.markdown("不对", r.FailsWords), r.Passes.markdown("对", r.PassesWords), r.Do)
	}
	return b.Bytes()
}

const manualHead = `# 检查规则

<!-- 本页由 catalog/check 的规则表生成（go generate ./catalog/check），请不要直接修改。 -->

目录在填写时逐条检查，报送前再整体检查。检查结果分三级：

- **错误**：改正以后才能报送。认为检查有误的，写明理由（争议理由）后可以报送，县级审核时首先看到。
- **提醒**：不影响报送，请逐条核对；也可以写明理由。
- **提示**：只供参考。

“可一键修正”是指知道正确写法时，可以直接采用，采用前请核对；不知道正确写法的，仍需自己修改。
依据库和模板中没有核实的内容只作提醒，不作错误。

`

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// markdown shows the cells that make the example, or says it in words.
func (x Example) markdown(label, words string) string {
	if words != "" {
		return "- " + label + "：" + words + "\n"
	}
	var b strings.Builder
	for _, cells := range x {
		for _, f := range cellOrder {
			if s, ok := cells[f]; ok {
				fmt.Fprintf(&b, "- %s：%s %s\n", label, f.Name(), cellWords(s))
			}
		}
	}
	return b.String()
}

// cellOrder is the order in which an example's cells are put and shown.
var cellOrder = append([]catalog.Field{catalog.FieldMatter, catalog.FieldSubmatter}, catalog.Fields...)

// cellWords shows what a cell holds, what cannot be seen included.
func cellWords(s string) string {
	if s == "" {
		return "（空）"
	}
	s = strings.NewReplacer("\u200b", "（零宽字符）", "\n", "；").Replace(s)
	return "`" + strings.Trim(quote(s), "“”") + "`"
}
