package check

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"mulutong/catalog"
)

const soundToday = "2026-03-01"

// soundUnit is the township whose catalogs the examples are.
var soundUnit = catalog.Unit{
	ID: "340223100", Name: "籍山镇", Kind: catalog.TownshipUnit, Division: "340223100", County: "南陵县", City: "芜湖市",
}

// soundTemplate has the sound entry, and one of the county with a locked field.
func soundTemplate() *catalog.Template {
	of := func(id catalog.TemplateID, path []string, tiers string, locked ...catalog.Field) catalog.TemplateEntry {
		return catalog.TemplateEntry{
			ID: id, Path: path, Content: "救助对象名单、救助金额",
			Basis:      catalog.ParseBasis("《社会救助暂行办法》（国务院令第649号）"),
			TimeLimit:  catalog.ParseTimeLimit("制定或获取信息之日起10个工作日内"),
			Publishers: map[catalog.Tier]string{catalog.County: "{县}民政局", catalog.Township: "{单位}"},
			Channels:   catalog.ParseChannels("政府网站、便民服务站", catalog.Chosen),
			Audience:   catalog.Audience{Everyone: true}, Mode: catalog.Mode{Proactive: true},
			Tiers: catalog.ParseTiers(tiers), Locked: locked, Confirmed: true,
		}
	}
	return &catalog.Template{Sector: "social-assistance", Version: "2026.1", Entries: []catalog.TemplateEntry{
		of("t1", []string{"最低生活保障", "审批信息"}, "县级、乡级"),
		of("t2", []string{"临时救助", "办事指南"}, "县级", catalog.FieldTimeLimit),
	}}
}

func soundRegister(t testing.TB) *catalog.Register {
	t.Helper()
	r, err := catalog.NewRegister("2026.1", []catalog.Act{
		{
			ID: "a1", Title: "中华人民共和国政府信息公开条例", Status: catalog.InForce, Confirmed: true,
			Revisions: []catalog.Revision{{Number: "国务院令第492号", Date: "2007-04-05"}, {Number: "国务院令第711号", Date: "2019-04-03"}},
		},
		{ID: "a2", Title: "社会救助暂行办法", Status: catalog.InForce, Confirmed: true, Revisions: []catalog.Revision{{Number: "国务院令第649号", Date: "2014-02-21"}}},
		{ID: "a3", Title: "国有土地上房屋征收与补偿条例", Status: catalog.InForce, Confirmed: true, Revisions: []catalog.Revision{{Number: "国务院令第590号", Date: "2011-01-21"}}},
		{ID: "a4", Title: "城市房屋拆迁管理条例", Status: catalog.Repealed, Ended: "2011-01-21", Successor: "a3", Confirmed: true},
		{ID: "a5", Title: "城镇燃气管理条例", Status: catalog.InForce, Confirmed: true, Sectors: []catalog.Sector{"municipal-services"}},
		{ID: "a6", Title: "国务院办公厅关于印发2018年政务公开工作要点的通知", Status: catalog.Expired, Ended: "2018-12-31", Confirmed: true},
		{ID: "a7", Title: "最低生活保障审核审批办法（试行）", Status: catalog.Repealed, Ended: "2021-07-01", Successor: "a8", Revisions: []catalog.Revision{{Number: "民发〔2012〕220号"}}},
		{ID: "a8", Title: "最低生活保障审核确认办法", Status: catalog.InForce, Revisions: []catalog.Revision{{Number: "民发〔2021〕57号"}}},
		{ID: "a9", Title: "招标公告和公示信息发布管理办法", Status: catalog.InForce, Confirmed: true},
		{ID: "a10", Title: "中华人民共和国环境噪声污染防治法", Status: catalog.Repealed, Ended: "2022-06-05", Successor: "a11", Confirmed: true},
		{ID: "a11", Title: "中华人民共和国噪声污染防治法", Status: catalog.InForce, Confirmed: true},
		{ID: "a12", Title: "关于推进重大建设项目批准和实施领域政府信息公开的意见", Status: catalog.InForce, Sectors: []catalog.Sector{"major-projects"}},
		{ID: "a13", Title: "企业事业单位环境信息公开办法", Status: catalog.Repealed, Ended: "2022-02-08", Successor: "a14"},
		{ID: "a14", Title: "企业环境信息依法披露管理办法", Status: catalog.InForce},
		{ID: "a15", Title: "国家综合防灾减灾规划（2016—2020年）", Status: catalog.Expired, Ended: "2020-12-31", Successor: "a16", Confirmed: true},
		{ID: "a16", Title: "“十五五”国家综合防灾减灾规划", Status: catalog.InForce},
	}, []catalog.Body{
		{Name: "扶贫开发办公室", Successor: "乡村振兴局", Ended: "2021-02-25", Confirmed: true},
		{Name: "乡村振兴局", Successor: "农业农村局", Ended: "2023-03"},
		{Name: "旅游局", Successor: "文化和旅游局", Ended: "2019", Confirmed: true},
		{Name: "规划局", Successor: "自然资源和规划局", Ended: "2019"},
		{Name: "建设部", Successor: "住房和城乡建设部", Ended: "2008-03", Confirmed: true},
		{Name: "国土资源部门", Successor: "自然资源部门", Ended: "2018-03"},
		{Name: "卫生计生", Successor: "卫生健康", Ended: "2018-03", Confirmed: true},
	})
	if err != nil {
		t.Fatalf("NewRegister: %v", err)
	}
	return r
}

func soundKnowledge(t testing.TB) Knowledge {
	return Knowledge{
		Sectors: []catalog.SectorInfo{
			{No: 1, Slug: "major-projects", Name: "重大建设项目"},
			{No: 19, Slug: "social-assistance", Name: "社会救助"},
			{No: 20, Slug: "elderly-care", Name: "养老服务"},
			{No: 21, Slug: "household-registration", Name: "户籍管理"},
			{No: 25, Slug: "municipal-services", Name: "市政服务"},
		},
		Template: soundTemplate(), Register: soundRegister(t), Today: soundToday,
	}
}

// catalogOf makes an example's catalog.
func catalogOf(t testing.TB, x Example) *catalog.Catalog {
	t.Helper()
	template := soundTemplate()
	c := &catalog.Catalog{Schema: catalog.Schema, Unit: soundUnit, Sector: template.Sector}
	for i, cells := range x {
		e := template.Entries[0].Entry(soundUnit, template.Sector, catalog.EntryID(fmt.Sprint("e", i+1)))
		e.Template = ""
		for _, f := range cellOrder {
			if s, ok := cells[f]; ok {
				if err := e.SetText(f, s); err != nil {
					t.Fatalf("SetText(%s, %q): %v", f, s, err)
				}
			}
		}
		c.Entries = append(c.Entries, e)
	}
	return c
}

func TestEveryRuleFindsItsFailingExampleAndNothingElse(t *testing.T) {
	c := New(soundKnowledge(t))
	for _, r := range Rules() {
		t.Run(r.Name, func(t *testing.T) {
			fs := c.Catalog(catalogOf(t, r.Fails))
			if len(fs) != 1 || fs[0].Rule != r.Name || fs[0].Field != r.Field || fs[0].Severity != r.Severity {
				t.Errorf("failing example: got %s, want one %s of %s at %q", rulesOf(fs), r.Severity, r.Name, r.Field)
			}
			if fs := c.Catalog(catalogOf(t, r.Passes)); len(fs) != 0 {
				t.Errorf("passing example: got %s, want nothing", rulesOf(fs))
			}
		})
	}
}

func TestManualIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, Manual()) {
		t.Error("docs/rules.md does not say what the rules say: run go generate ./catalog/check")
	}
}
