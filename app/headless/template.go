package headless

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/sheet"
)

// sectorRow is a sector and how many entries its template has.
type sectorRow struct {
	catalog.SectorInfo
	catalog.Tally
}

func (a *app) sectorsCommand() *cobra.Command {
	cmd := a.command("sectors", helpSectors, 0, 0, func(*cobra.Command, []string) error {
		var rows []sectorRow
		t := a.set()
		for _, s := range t.Sectors() {
			r := sectorRow{SectorInfo: s}
			if tmpl, ok := t.Template(s.Slug); ok {
				r.Tally = tmpl.Tally()
			}
			rows = append(rows, r)
		}
		if a.json {
			return a.writeJSON(map[string]any{"sectors": rows})
		}
		return a.printSectors(rows)
	})
	a.dataFlag(cmd, false)
	a.jsonFlag(cmd)
	return cmd
}

// printSectors prints the national sectors with their sum, then the optional ones.
func (a *app) printSectors(rows []sectorRow) error {
	head := fields(tableSectors, a.lang)
	national, optional := table{head: head}, table{head: head}
	var sum catalog.Tally
	for _, r := range rows {
		tb := &national
		if r.Optional {
			tb = &optional
		} else {
			sum.Add(r.Tally)
		}
		tb.add(append([]string{fmt.Sprint(r.No), a.named(r.SectorInfo), string(r.Slug)}, append(counts(r.Tally), r.Guideline.Number)...)...)
	}
	national.add(append([]string{"", sumWord.In(a.lang), ""}, counts(sum)...)...)
	if err := national.write(a.Stdout); err != nil || len(optional.rows) == 0 {
		return err
	}
	a.print(sectorsOptional)
	return optional.write(a.Stdout)
}

// named is what a sector is called today, with the guideline's name where that differs.
func (a *app) named(s catalog.SectorInfo) string {
	if s.NowCalled != "" {
		return formerName.In(a.lang, s.NowCalled, s.Name)
	}
	return s.Name
}

// counts prints a tally, a dash for none.
func counts(t catalog.Tally) []string {
	out := []string{}
	for _, n := range []int{t.Entries, t.County, t.Township, t.Village, t.Confirmed} {
		if n == 0 {
			out = append(out, "—")
			continue
		}
		out = append(out, fmt.Sprint(n))
	}
	return out
}

func (a *app) templateCommand() *cobra.Command {
	var tierName, division, out string
	cmd := a.command("template SECTOR", helpTemplate, 1, 1, func(cmd *cobra.Command, args []string) error {
		found, err := a.sectors(args)
		if err != nil {
			return err
		}
		tmpl, ok := a.set().Template(found[0].Slug)
		if !ok {
			return &usageError{what: noTemplate, value: found[0].Name}
		}
		var place catalog.Unit
		if division != "" {
			if place, err = unitOf(division); err != nil {
				return err
			}
		}
		t := tmpl.For(division)
		if tierName != "" {
			tier, err := tierNamed(tierName)
			if err != nil {
				return err
			}
			t.Entries = t.At(tier)
		}
		switch {
		case out != "":
			return a.exportTemplate(cmd, t, place, out)
		case a.json:
			entries := t.Entries
			if entries == nil {
				entries = []catalog.TemplateEntry{}
			}
			t.Entries = nil
			return a.writeJSON(map[string]any{"template": t, "entries": entries})
		}
		a.printTemplate(t, place)
		return nil
	})
	cmd.ValidArgsFunction = completeSectors
	cmd.Flags().StringVar(&tierName, "tier", "", helpTier.In(a.lang))
	cmd.Flags().StringVar(&division, "division", "", helpDivision.In(a.lang))
	cmd.Flags().StringVar(&out, "out", "", helpTemplateOut.In(a.lang))
	completeWith(cmd, "tier", "county", "township", "village")
	a.dataFlag(cmd, false)
	a.jsonFlag(cmd)
	return cmd
}

// tierNamed reads a tier: township, 乡级, 乡.
func tierNamed(name string) (catalog.Tier, error) {
	var tier catalog.Tier
	if err := tier.UnmarshalText([]byte(name)); err == nil {
		return tier, nil
	}
	if named := catalog.ParseTiers(name).List(); len(named) == 1 {
		return named[0], nil
	}
	return 0, &usageError{what: badTier, value: name}
}

// exportTemplate writes the template as a file that looks like the printed guideline.
func (a *app) exportTemplate(cmd *cobra.Command, t catalog.Template, place catalog.Unit, out string) error {
	kind, ok := work.FormatOf(out)
	if !ok {
		return &usageError{what: badExtension, value: out}
	}
	o := sheet.WriteOptions{
		Layout: sheet.National, Paper: sheet.A4,
		Source: a.templateSource(t), Sectors: a.set().Sectors(),
	}
	files := []work.ExportFile{{Path: out, Catalogs: []catalog.Catalog{t.Printed(place)}}}
	return a.export(cmd.Context(), "", files, func(w io.Writer, cs []catalog.Catalog) error { return kind.Write(w, cs, o) })
}

// printTemplate prints a template as its guideline reads: what it follows, then
// the matters of each first level in their order.
func (a *app) printTemplate(t catalog.Template, place catalog.Unit) {
	title := t.Title
	if info, ok := a.set().Sector(string(t.Sector)); ok {
		title = strings.Replace(title, info.Name, a.named(info), 1)
	}
	fmt.Fprintln(a.Stdout, title)
	if source := a.templateSource(t); source != "" {
		fmt.Fprintln(a.Stdout, source)
	}
	n := t.Tally()
	a.print(templateCounts, t.Version, n.Entries, n.County, n.Township, n.Village, n.Confirmed)
	if t.Note != "" {
		a.print(templateNote, t.Note)
	}
	first := ""
	for i, e := range t.Printed(place).Entries {
		te := &t.Entries[i]
		levels := e.Path
		if len(levels) > 1 {
			if levels[0] != first {
				fmt.Fprintf(a.Stdout, "\n【%s】\n", levels[0])
			}
			first, levels = levels[0], levels[1:]
		}
		mark := ""
		if !te.Confirmed {
			mark = " " + unconfirmedMark.In(a.lang)
		}
		fmt.Fprintf(a.Stdout, "\n%d. %s  [%s]%s\n", i+1, pathLine(levels), te.ID, mark)
		a.printField(labelAlso.In(a.lang), strings.Join(te.AlsoCalled, "；"))
		for _, f := range []catalog.Field{
			catalog.FieldCode, catalog.FieldContent, catalog.FieldBasis, catalog.FieldTimeLimit, catalog.FieldPublisher,
			catalog.FieldChannels, catalog.FieldAudience, catalog.FieldMode, catalog.FieldTiers, catalog.FieldLink,
		} {
			text := e.Text(f)
			if f == catalog.FieldChannels {
				text = catalog.Channels{Set: e.Channels.Set, Others: e.Channels.Others}.String()
			}
			a.printField(f.Name(), text)
			if f == catalog.FieldChannels {
				a.printField(labelMay.In(a.lang), catalog.Channels{Set: e.Channels.May}.String())
			}
			a.printField("   "+labelHint.In(a.lang), te.Hints[f])
		}
		a.printField(labelHint.In(a.lang), te.Hint)
	}
}

// templateSource says what guideline a template follows, if any.
func (a *app) templateSource(t catalog.Template) string {
	s := t.Source
	switch {
	case s.Title == "":
		return ""
	case s.Number == "":
		return templateSource.In(a.lang, s.Issuer, s.Title, "")
	}
	return templateSource.In(a.lang, s.Issuer, s.Title, "（"+s.Number+"）")
}

func (a *app) printField(name, value string) {
	if value != "" {
		fmt.Fprintf(a.Stdout, "   %s：%s\n", name, indent(value, "      "))
	}
}
