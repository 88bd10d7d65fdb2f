// Package docs holds the operation manual (操作手册) for the people who use the
// programs: a page for each screen under manual, the rules, and the pictures that
// tests take of the program. It is the same text on the web, on paper and in the
// program.
package docs

import (
	"embed"
	"io/fs"
)

//go:embed rules.md manual/*.md manual/pictures/*.png
var files embed.FS

// Index is the manual's first page, which links to all others.
const Index = "manual/README.md"

// Files are the manual's pages and pictures.
func Files() fs.FS { return files }
