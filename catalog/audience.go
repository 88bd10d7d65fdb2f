package catalog

// Audience is to whom a matter is disclosed (公开对象).
type Audience struct {
	Everyone bool   `json:"everyone"` // 全社会
	Groups   string `json:"groups"`   // 特定群体, as named
	// Unnamed: the column of specific groups is ticked and no group is named.
	Unnamed bool `json:"unnamed,omitempty"`
}

// Mode is how a matter is disclosed (公开方式).
type Mode struct {
	Proactive bool `json:"proactive"` // 主动
	OnRequest bool `json:"onRequest"` // 依申请
}
