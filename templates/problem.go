package templates

import (
	"errors"
	"fmt"
)

// DataError is one thing wrong with the data: where it stands and what it is.
// Loading fails with an errors.Join of all of them.
type DataError struct {
	File    string
	Line    int // counts from 1; 0 where the whole file is meant
	Problem string
}

func (e *DataError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Problem
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
}

// maxProblems bounds what is reported of one file; a file that is no data at
// all would otherwise be reported line by line.
const maxProblems = 200

// problems gathers what is wrong with one file.
type problems struct {
	file string
	errs []error
}

func (p *problems) add(line int, format string, args ...any) {
	switch {
	case len(p.errs) < maxProblems:
		p.errs = append(p.errs, &DataError{File: p.file, Line: line, Problem: fmt.Sprintf(format, args...)})
	case len(p.errs) == maxProblems:
		p.errs = append(p.errs, &DataError{File: p.file, Line: line, Problem: "and more; the rest is not shown"})
	}
}

func (p *problems) err() error { return errors.Join(p.errs...) }

// clip shortens a stranger's text for an error message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
