package templates

import (
	"bytes"
	"fmt"
	"strings"

	"mulutong/catalog"
)

// PrintTemplate writes a template as ParseTemplate reads it: labels in the
// usual order, a blank line before each entry. Comments are not part of a
// template.
func PrintTemplate(t *catalog.Template) []byte {
	w := &printer{confirmed: t.Source.Confirmed}
	w.field(labelSector, string(t.Sector))
	w.field(labelVersion, t.Version)
	w.field(labelTitle, t.Title)
	verdict := "待核"
	if t.Source.Confirmed {
		verdict = "已核"
	}
	w.field(labelSource, strings.Join([]string{t.Source.Issuer, t.Source.Title, t.Source.Number, string(t.Source.Date), verdict}, " | "))
	w.field(labelNote, t.Note)
	for i := range t.Entries {
		w.entry(&t.Entries[i])
	}
	for _, v := range t.Variants {
		fmt.Fprintf(w, "\n%s %s: %s\n", labelVariant, strings.Join(v.Divisions, "、"), v.Reason)
		var ids []string
		for _, id := range v.Drop {
			ids = append(ids, string(id))
		}
		w.field(labelDrop, strings.Join(ids, "、"))
		var names []string
		for _, r := range v.Rename {
			names = append(names, r.From+"="+r.To)
		}
		w.field(labelRename, strings.Join(names, "；"))
		for i := range v.Replace {
			w.entry(&v.Replace[i])
		}
	}
	return w.Bytes()
}

type printer struct {
	bytes.Buffer
	confirmed bool // what entries are that do not say
}

func (w *printer) field(label, text string) {
	if text != "" {
		fmt.Fprintf(w, "%s: %s\n", label, strings.ReplaceAll(text, "\n", "\n  "))
	}
}

func (w *printer) entry(e *catalog.TemplateEntry) {
	fmt.Fprintf(w, "\n[%s] %s\n", e.ID, strings.Join(e.Path, " / "))
	w.field(labelAlso, strings.Join(e.AlsoCalled, "；"))
	w.field(labelCode, e.Code)
	w.field(labelContent, e.Content)
	for _, c := range e.Basis {
		w.field(labelBasis, c.Text)
	}
	w.field(labelLimit, e.TimeLimit.Text)
	for _, tier := range tiers {
		w.field(labelPublisher+" "+tier.Name(), e.Publishers[tier])
	}
	w.field(labelMust, catalog.Channels{Set: e.Channels.Set, Others: e.Channels.Others}.String())
	w.field(labelMay, catalog.Channels{Set: e.Channels.May}.String())
	w.field(labelAudience, e.Audience.String())
	w.field(labelMode, e.Mode.String())
	w.field(labelTiers, e.Tiers.String())
	var locked []string
	for _, f := range e.Locked {
		locked = append(locked, f.Name())
	}
	w.field(labelLocked, strings.Join(locked, "、"))
	w.field(labelHint, e.Hint)
	for _, f := range append([]catalog.Field{catalog.FieldMatter, catalog.FieldSubmatter}, catalog.Fields...) {
		w.field(labelHint+" "+f.Name(), e.Hints[f])
	}
	w.field(labelLink, e.Link)
	w.field(labelLongLimit, e.LongLimit)
	if e.SharedPublisher {
		w.field(labelShared, "是")
	}
	if e.Confirmed != w.confirmed {
		w.field(labelConfirmed, map[bool]string{true: "是", false: "否"}[e.Confirmed])
	}
}
