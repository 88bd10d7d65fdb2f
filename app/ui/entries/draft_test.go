package entries

import "mulutong/app/work"

var _ Draft = (*work.Draft)(nil)
