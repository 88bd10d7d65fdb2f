package catalog

import (
	"errors"
	"strings"
)

// Field names one field of an entry, as its JSON does.
type Field string

// The fields of an entry, in the order of the standard table's columns.
const (
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

var fieldNames = map[Field]string{
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
// field it does not know, or a text the field cannot hold.
func (e *Entry) SetText(f Field, text string) error {
	switch f {
	case FieldCode:
		e.Code = text
	case FieldPath:
		e.Path = nil
		if text != "" {
			e.Path = strings.Split(text, "\n")
		}
	case FieldMatter:
		if len(e.Path) == 0 {
			e.Path = []string{""}
		}
		e.Path[0] = text
	case FieldSubmatter:
		for len(e.Path) < 2 {
			e.Path = append(e.Path, "")
		}
		e.Path[len(e.Path)-1] = text
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
		e.Mode = ParseMode(text)
	case FieldTiers:
		e.Tiers = ParseTiers(text)
	case FieldLink:
		e.Link = text
	case FieldExtra:
		e.Extra = parseExtra(text)
	default:
		return &FieldError{Field: f, Value: text, Err: errors.New("no such field")}
	}
	return nil
}
