// Package sheet converts between catalogs and the files units exchange.
//
// Files come from strangers: the kind of a file is told by what it holds and
// not by its name, its size, cells and reading time are bounded by Limits, and
// whatever is wrong with it ends in one clear error. What a cell says is kept;
// every cell that could not be understood is reported with sheet, row and
// column, not only the first. Writing a catalog and reading it back yields an
// equal one.
package sheet
