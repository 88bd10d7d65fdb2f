package catalog

// Tier is a level of government that discloses (公开层级). Zero means not filled in.
type Tier uint8

// The tiers, from the top.
const (
	City     Tier = iota + 1 // 市级
	County                   // 县级
	Township                 // 乡级
	Village                  // 村级
)

// TierSet is a set of tiers.
type TierSet uint8
