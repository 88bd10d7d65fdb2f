package sheet

// Problem is something a table says that could not be understood, or was
// understood by a guess. What the cell says is kept all the same.
type Problem struct {
	Row    int         `json:"row"`              // the file's own number, from 1
	Column string      `json:"column,omitempty"` // letter of the column: "C"; "" for the whole row
	Kind   ProblemKind `json:"kind"`
	Text   string      `json:"text,omitempty"` // what the cell says
}

// ProblemKind is a stable name of a sort of problem.
type ProblemKind string

// The problems of a table.
const (
	// UnknownColumn: a header no field of an entry answers to; the cells are kept in Extra.
	UnknownColumn ProblemKind = "unknown-column"
	// UnknownTier: a column of 公开层级 that names no tier (作业区); kept in Extra.
	UnknownTier ProblemKind = "unknown-tier"
	// RepeatedColumn: a header that stands there twice; the second was taken for
	// its neighbour's (two 一级事项), or is kept in Extra.
	RepeatedColumn ProblemKind = "repeated-column"
	// GuessedColumn: the header is blank; the column's place tells what it is for.
	GuessedColumn ProblemKind = "guessed-column"
	// UnclearTick: neither a tick nor words that the column takes; kept in Extra.
	UnclearTick ProblemKind = "unclear-tick"
	// FilledDown: a blank name taken from the entry above, without a merged cell that says so.
	FilledDown ProblemKind = "filled-down"
	// JoinedName: a name in a row without a number was taken for the end of the name above.
	JoinedName ProblemKind = "joined-name"
	// NoMatter: an entry without any name (公开事项).
	NoMatter ProblemKind = "no-matter"
	// StrayLine: a line between or below the entries that belongs to none.
	StrayLine ProblemKind = "stray-line"
	// UnknownSector: the column of sectors names one that is not in the list; kept in Extra.
	UnknownSector ProblemKind = "unknown-sector"
)

// columnName is the letter of a column counted from 0: 0 is A, 26 is AA.
func columnName(c int) string {
	if c < 0 {
		return ""
	}
	name := ""
	for c++; c > 0; c = (c - 1) / 26 {
		name = string(rune('A'+(c-1)%26)) + name
	}
	return name
}
