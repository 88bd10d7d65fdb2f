package demo

import (
	"testing"

	"mulutong/catalog"
	"mulutong/templates"
)

func TestTheCityIsWuhu(t *testing.T) {
	c, err := wuhu()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[catalog.UnitKind]int{}
	ids := map[catalog.UnitID]string{}
	for _, u := range c.all() {
		kinds[u.Kind]++
		if was, twice := ids[u.ID]; twice {
			t.Errorf("%s and %s are both %s", was, u.Name, u.ID)
		}
		ids[u.ID] = u.Name
	}
	if kinds[catalog.CountyUnit] != 7 || kinds[catalog.TownshipUnit] != 64 || len(c.departments) != 20 {
		t.Errorf("%d counties, %d townships, %d departments; want 7, 64, 20", kinds[catalog.CountyUnit], kinds[catalog.TownshipUnit], len(c.departments))
	}
	for _, u := range c.units {
		if ids[u.Parent] == "" {
			t.Errorf("%s has no county", u.Name)
		}
	}
	if ids["3402-mzj"] != "芜湖市民政局" || ids["340223-mzj"] != "南陵县民政局" || ids["340223100"] != "籍山镇" {
		t.Errorf("unexpected names: %v", ids)
	}
	answered := c.responsible()
	for _, s := range templates.Embedded().Sectors() {
		if !s.Optional && answered[s.Slug] == "" {
			t.Errorf("nobody answers for %s", s.Name)
		}
	}
}
