package catalog

import "strings"

// UnitID names a unit for good: a township's is its division code (340223100),
// a department's is its division's code, a dash and a short name (340223-mzj).
type UnitID string

// UnitKind tells what sort of body a unit is.
type UnitKind string

// The kinds of units that keep or review catalogs.
const (
	TownshipUnit   UnitKind = "township"   // 乡镇、街道
	DepartmentUnit UnitKind = "department" // 县级部门
	CountyUnit     UnitKind = "county"     // 县级政务公开办
	CityUnit       UnitKind = "city"       // 市级
)

// Unit is a body that keeps a catalog (单位). The city's list of units rules:
// units merge and are renamed.
type Unit struct {
	ID        UnitID   `json:"id"`
	Name      string   `json:"name"` // as its seal says it, or the division's name
	Kind      UnitKind `json:"kind"`
	Division  string   `json:"division"`         // division code: 9 digits of a township, 6 of a county
	County    string   `json:"county,omitempty"` // 南陵县
	City      string   `json:"city,omitempty"`   // 芜湖市
	Parent    UnitID   `json:"parent,omitempty"` // who reviews it first
	ValidFrom Date     `json:"validFrom,omitempty"`
	ValidTo   Date     `json:"validTo,omitempty"`
	Successor UnitID   `json:"successor,omitempty"`
}

// Tier is the level of government the unit works at.
func (u Unit) Tier() Tier {
	switch u.Kind {
	case TownshipUnit:
		return Township
	case CityUnit:
		return City
	default:
		return County
	}
}

// Publisher is the unit's name as the body obliged to disclose (公开主体):
// 籍山镇 becomes 籍山镇人民政府, a street its 办事处, anything else stays.
func (u Unit) Publisher() string {
	switch {
	case strings.HasSuffix(u.Name, "街道"):
		return u.Name + "办事处"
	case u.Kind == TownshipUnit && (strings.HasSuffix(u.Name, "镇") || strings.HasSuffix(u.Name, "乡")):
		return u.Name + "人民政府"
	case u.Kind == CountyUnit && (strings.HasSuffix(u.Name, "县") || strings.HasSuffix(u.Name, "区") || strings.HasSuffix(u.Name, "市")):
		return u.Name + "人民政府"
	}
	return u.Name
}

// Division is one place of the country's list of divisions (区划).
type Division struct {
	Code string `json:"code"` // 2 digits province, 4 city, 6 county, 9 township
	Name string `json:"name"`
}
