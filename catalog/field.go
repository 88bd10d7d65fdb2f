package catalog

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Field names one field of an entry, as its JSON does.
type Field string

// The fields of an entry, in the order of the standard table's columns.
const (
	FieldSector    Field = "sector"
	FieldTemplate  Field = "template"
	FieldCode      Field = "code"
	FieldPath      Field = "path"
	FieldMatter    Field = "matter"    // the first of path
	FieldSubmatter Field = "submatter" // the last of path
	FieldContent   Field = "content"
	FieldBasis     Field = "basis"
	FieldTimeLimit Field = "timeLimit"
	FieldPublisher Field = "publisher"
	FieldChannels  Field = "channels"
	FieldAudience  Field = "audience"
	FieldMode      Field = "mode"
	FieldTiers     Field = "tiers"
	FieldLink      Field = "link"
	FieldExtra     Field = "extra"
)

// Fields are the fields that together make up an entry, besides its identity.
var Fields = []Field{
	FieldCode, FieldPath, FieldContent, FieldBasis, FieldTimeLimit, FieldPublisher,
	FieldChannels, FieldAudience, FieldMode, FieldTiers, FieldLink, FieldExtra,
}

// entryFields are all fields that are not made of others, identity included but
// for the id itself.
var entryFields = append([]Field{FieldSector, FieldTemplate}, Fields...)

var fieldNames = map[Field]string{
	FieldSector: "领域", FieldTemplate: "模板条目",
	FieldCode: "编码", FieldPath: "公开事项", FieldMatter: "一级事项", FieldSubmatter: "二级事项",
	FieldContent: "公开内容（要素）", FieldBasis: "公开依据", FieldTimeLimit: "公开时限",
	FieldPublisher: "公开主体", FieldChannels: "公开渠道和载体", FieldAudience: "公开对象",
	FieldMode: "公开方式", FieldTiers: "公开层级", FieldLink: "链接", FieldExtra: "其他栏目",
}

// Name is the field's column heading: 公开时限.
func (f Field) Name() string { return fieldNames[f] }

// Text returns what a cell of the field says; SetText reads it back. The levels
// of a path stand on a line each, as do the columns of extra, "header=value".
func (e *Entry) Text(f Field) string {
	switch f {
	case FieldSector:
		return string(e.Sector)
	case FieldTemplate:
		return string(e.Template)
	case FieldCode:
		return e.Code
	case FieldPath:
		return strings.Join(e.Path, "\n")
	case FieldMatter:
		return e.Matter()
	case FieldSubmatter:
		return e.Submatter()
	case FieldContent:
		return e.Content
	case FieldBasis:
		return e.Basis.String()
	case FieldTimeLimit:
		return e.TimeLimit.Text
	case FieldPublisher:
		return e.Publisher
	case FieldChannels:
		return e.Channels.String()
	case FieldAudience:
		return e.Audience.String()
	case FieldMode:
		return e.Mode.String()
	case FieldTiers:
		return e.Tiers.String()
	case FieldLink:
		return e.Link
	case FieldExtra:
		return extraText(e.Extra)
	}
	return ""
}

// SetText makes the field say what text says. It fails with a *FieldError on a
// field it does not know, or a text the field cannot hold: a mode or tiers in
// words that are none. A blank last level of a path is no level.
func (e *Entry) SetText(f Field, text string) error {
	switch f {
	case FieldSector:
		e.Sector = Sector(text)
	case FieldTemplate:
		e.Template = TemplateID(text)
	case FieldCode:
		e.Code = text
	case FieldPath:
		e.setPath(strings.Split(text, "\n"))
	case FieldMatter:
		p := slices.Clone(e.Path)
		if len(p) == 0 {
			p = []string{""}
		}
		p[0] = text
		e.setPath(p)
	case FieldSubmatter:
		p := slices.Clone(e.Path)
		for len(p) < 2 {
			p = append(p, "")
		}
		p[len(p)-1] = text
		e.setPath(p)
	case FieldContent:
		e.Content = text
	case FieldBasis:
		e.Basis = ParseBasis(text)
	case FieldTimeLimit:
		e.TimeLimit = ParseTimeLimit(text)
	case FieldPublisher:
		e.Publisher = text
	case FieldChannels:
		e.Channels = ParseChannels(text, Chosen)
	case FieldAudience:
		e.Audience = ParseAudience(text)
	case FieldMode:
		m := ParseMode(text)
		if m == (Mode{}) && trimSpace(text) != "" {
			return &FieldError{Field: f, Value: text, Err: errors.New("neither 主动 nor 依申请")}
		}
		e.Mode = m
	case FieldTiers:
		s := ParseTiers(text)
		if s == 0 && trimSpace(text) != "" {
			return &FieldError{Field: f, Value: text, Err: errors.New("no tier such as 县级")}
		}
		e.Tiers = s
	case FieldLink:
		e.Link = text
	case FieldExtra:
		e.Extra = parseExtra(text)
	default:
		return &FieldError{Field: f, Value: text, Err: errors.New("no such field")}
	}
	return nil
}

// setPath sets the levels but for blank ones at the end.
func (e *Entry) setPath(p []string) {
	for len(p) > 0 && p[len(p)-1] == "" {
		p = p[:len(p)-1]
	}
	if e.Path = p; len(p) == 0 {
		e.Path = nil
	}
}

// Unfilled reports whether the field is empty or holds only signs for nothing, as
// Unfilled says of a text.
func (e *Entry) Unfilled(f Field) bool {
	switch f {
	case FieldBasis:
		return !slices.ContainsFunc(e.Basis, func(c Citation) bool { return !Unfilled(c.Text) })
	case FieldTimeLimit:
		return Unfilled(e.TimeLimit.Text)
	case FieldChannels:
		return e.Channels.Set == 0 && e.Channels.May == 0 &&
			!slices.ContainsFunc(e.Channels.Others, func(s string) bool { return !Unfilled(s) })
	case FieldAudience:
		return !e.Audience.Everyone && !e.Audience.Unnamed && Unfilled(e.Audience.Groups)
	case FieldMode:
		return e.Mode == Mode{}
	case FieldTiers:
		return e.Tiers == 0
	}
	return Unfilled(e.Text(f))
}

// Unfilled reports whether a cell is empty or holds only a sign for nothing: 无,
// 略, /, —, or 同上, which says nothing by itself.
func Unfilled(s string) bool {
	switch {
	case s == "":
		return true
	case len(s) > 24 || len(s) > 12 && s[0] >= 0xe4 && s[0] <= 0xe9 || isDigit(rune(s[0])):
		return false // cheaply: words longer than any below
	}
	s = strings.Trim(s, " \t\r\n\u3000\u00a0")
	switch s {
	case "", "无", "暂无", "空", "略", "（略）", "(略)", "待定", "未定", "待补充", "不涉及", "N/A", "n/a", "NA", "#N/A", "〃", "″":
		return true
	}
	return isDitto(s) || strings.Trim(s, "/／\\-—–－─―_＿.。…、·*?？~～|\"“”") == ""
}

// isDitto reports whether a cell refers to the one above it.
func isDitto(s string) bool {
	switch strings.Trim(s, "。 \t\r\n\u3000\u00a0") {
	case "同上", "同上行", "同上栏", "同上一行", "同上一栏", "同上一格", "同前", "见上", "见上行", "见上栏", "如上":
		return true
	}
	return false
}

// sameField reports whether the field says the same in both, down to what was
// understood of it; nil and empty are the same.
func sameField(a, b *Entry, f Field) bool {
	switch f {
	case FieldSector:
		return a.Sector == b.Sector
	case FieldTemplate:
		return a.Template == b.Template
	case FieldCode:
		return a.Code == b.Code
	case FieldPath:
		return slices.Equal(a.Path, b.Path)
	case FieldContent:
		return a.Content == b.Content
	case FieldBasis:
		return slices.Equal(a.Basis, b.Basis)
	case FieldTimeLimit:
		return a.TimeLimit.Text == b.TimeLimit.Text && slices.Equal(a.TimeLimit.Clauses, b.TimeLimit.Clauses)
	case FieldPublisher:
		return a.Publisher == b.Publisher
	case FieldChannels:
		return a.Channels.Equal(b.Channels)
	case FieldAudience:
		return a.Audience == b.Audience
	case FieldMode:
		return a.Mode == b.Mode
	case FieldTiers:
		return a.Tiers == b.Tiers
	case FieldLink:
		return a.Link == b.Link
	case FieldExtra:
		return maps.Equal(a.Extra, b.Extra)
	}
	return a.Text(f) == b.Text(f)
}

// copyField makes the field of dst what it is in src; they share no memory.
func copyField(dst, src *Entry, f Field) {
	switch f {
	case FieldSector:
		dst.Sector = src.Sector
	case FieldTemplate:
		dst.Template = src.Template
	case FieldCode:
		dst.Code = src.Code
	case FieldPath:
		dst.Path = slices.Clone(src.Path)
	case FieldContent:
		dst.Content = src.Content
	case FieldBasis:
		dst.Basis = slices.Clone(src.Basis)
	case FieldTimeLimit:
		dst.TimeLimit = TimeLimit{Text: src.TimeLimit.Text, Clauses: slices.Clone(src.TimeLimit.Clauses)}
	case FieldPublisher:
		dst.Publisher = src.Publisher
	case FieldChannels:
		dst.Channels = src.Channels
		dst.Channels.Others = slices.Clone(src.Channels.Others)
	case FieldAudience:
		dst.Audience = src.Audience
	case FieldMode:
		dst.Mode = src.Mode
	case FieldTiers:
		dst.Tiers = src.Tiers
	case FieldLink:
		dst.Link = src.Link
	case FieldExtra:
		dst.Extra = maps.Clone(src.Extra)
	}
}
