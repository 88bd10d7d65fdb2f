// Package demo fills a review service with a city to try it on: Wuhu with its
// counties, townships and departments, accounts of every role, and catalogs from
// the templates in every state, with the log and the feed that led there. Nothing
// goes in but through review.Office; the same day gives the same city, and it is
// there whole or not at all. A service that holds anything already is refused.
package demo

import (
	"slices"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/templates"
)

// cityCode is the division of the demo city, 芜湖市.
const cityCode = "3402"

// department is a department of the city by the name people say, and the sectors
// it answers for.
type department struct {
	name    string
	sectors []catalog.Sector
}

// departments answer for all sectors but those that few units use, where the city
// office decides alone.
var departments = []department{
	{"发展和改革委员会", []catalog.Sector{"major-projects"}},
	{"公共资源交易管理局", []catalog.Sector{"public-resources"}},
	{"财政局", []catalog.Sector{"budget"}},
	{"应急管理局", []catalog.Sector{"work-safety", "disaster-relief"}},
	{"国家税务总局芜湖市税务局", []catalog.Sector{"tax"}},
	{"自然资源和规划局", []catalog.Sector{"land-acquisition", "planning", "natural-resources"}},
	{"住房和城乡建设局", []catalog.Sector{"house-acquisition", "housing", "rural-housing"}},
	{"生态环境局", []catalog.Sector{"environment"}},
	{"文化和旅游局", []catalog.Sector{"culture", "tourism"}},
	{"司法局", []catalog.Sector{"legal-services"}},
	{"农业农村局", []catalog.Sector{"poverty-alleviation", "farm-subsidies"}},
	{"市场监督管理局", []catalog.Sector{"food-drug"}},
	{"城市管理局", []catalog.Sector{"urban-enforcement", "municipal-services"}},
	{"人力资源和社会保障局", []catalog.Sector{"employment", "social-insurance"}},
	{"民政局", []catalog.Sector{"social-assistance", "elderly-care"}},
	{"公安局", []catalog.Sector{"household-registration"}},
	{"教育局", []catalog.Sector{"education"}},
	{"卫生健康委员会", []catalog.Sector{"health"}},
	{"退役军人事务局", []catalog.Sector{"veterans"}},
	{"交通运输局", []catalog.Sector{"transport"}},
}

// countyDepartments keep catalogs of their own in every county.
var countyDepartments = []department{
	{"民政局", []catalog.Sector{"social-assistance", "elderly-care"}},
	{"教育局", []catalog.Sector{"education"}},
	{"卫生健康委员会", []catalog.Sector{"health"}},
}

// city is the list of units of the demo city.
type city struct {
	office   catalog.Unit
	counties []catalog.Unit
	// units keep catalogs: townships and streets, then the departments of counties.
	units       []catalog.Unit
	sectors     map[catalog.UnitID][]catalog.Sector // of a county's department
	departments []catalog.Unit                      // of the city, in the order of departments
}

// wuhu reads the city from the list of divisions, without its development zones,
// which are no townships.
func wuhu() (city, error) {
	divisions := templates.Divisions()
	c := city{sectors: map[catalog.UnitID][]catalog.Sector{}}
	var err error
	if c.office, err = divisions.UnitOf(cityCode); err != nil {
		return city{}, err
	}
	for _, d := range departments {
		c.departments = append(c.departments, work.Department(c.office, d.name))
	}
	var own []catalog.Unit
	for _, county := range divisions.Below(cityCode) {
		if !templates.IsPlace(county.Name) || isZone(county.Code) {
			continue
		}
		u, err := divisions.UnitOf(county.Code)
		if err != nil {
			return city{}, err
		}
		c.counties = append(c.counties, u)
		for _, d := range countyDepartments {
			unit := work.Department(u, d.name)
			own = append(own, unit)
			c.sectors[unit.ID] = d.sectors
		}
		for _, d := range divisions.Below(county.Code) {
			if isZone(d.Code) {
				continue
			}
			u, err := divisions.UnitOf(d.Code)
			if err != nil {
				return city{}, err
			}
			c.units = append(c.units, u)
		}
	}
	c.units = append(c.units, own...)
	return c, nil
}

// isZone reports whether the code of a county or township is a development zone's:
// those are numbered from 71 among counties and from 400 among townships.
func isZone(code string) bool {
	if len(code) == len("340271") {
		return code[4] == '7'
	}
	return code[6] == '4'
}

// all lists every unit of the city.
func (c *city) all() []catalog.Unit {
	return slices.Concat([]catalog.Unit{c.office}, c.counties, c.departments, c.units)
}

// responsible maps sectors to the department that answers for them.
func (c *city) responsible() map[catalog.Sector]catalog.UnitID {
	out := map[catalog.Sector]catalog.UnitID{}
	for i, d := range departments {
		for _, s := range d.sectors {
			out[s] = c.departments[i].ID
		}
	}
	return out
}
