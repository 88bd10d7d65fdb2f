// Package templates holds what the field knows before anyone fills in anything:
// the sectors and their templates, the register of legal bases, the working
// calendar and the country's divisions.
//
// The data are text files under data/, made so that an office worker's change
// reads as a diff. Load reads them from any file system, strictly: it takes a
// release whole or reports everything wrong with it, with file and line. What
// is written and read again is the same.
package templates
