package review

import (
	"slices"

	"mulutong/catalog"
)

// Role is what a person is in the review.
type Role string

// The roles.
const (
	Clerk              Role = "clerk"               // 填报员：本单位
	CountyReviewer     Role = "county-reviewer"     // 县级审核员：本县
	DepartmentReviewer Role = "department-reviewer" // 部门审核员：本部门负责的领域
	CityOffice         Role = "city-office"         // 市政务公开办
	Auditor            Role = "auditor"             // 审计员：只看日志
	Administrator      Role = "administrator"       // 管理员：账号、设备、设置
)

// Roles are all roles, in the order of the table of who may do what.
var Roles = []Role{Clerk, CountyReviewer, DepartmentReviewer, CityOffice, Auditor, Administrator}

// PersonID names an account, or a device on which no account has signed on.
type PersonID string

// Person is who acts: an account of the service, or the local profile of an
// enrolled device.
type Person struct {
	ID   PersonID       `json:"id"`
	Name string         `json:"name"`
	Role Role           `json:"role"`
	Unit catalog.UnitID `json:"unit"` // a clerk's unit, a reviewer's county or department
	// Sectors are those a department reviewer answers for.
	Sectors []catalog.Sector `json:"sectors,omitempty"`
	// Device is the key that signed, where one did. The name is unverified until
	// the person has signed on.
	Device   string `json:"device,omitempty"`
	Verified bool   `json:"verified,omitempty"`
}

// AnswersFor reports whether the department reviewer answers for the sector.
func (p Person) AnswersFor(s catalog.Sector) bool { return slices.Contains(p.Sectors, s) }
