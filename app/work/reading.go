package work

import (
	"context"

	"mulutong/app/words"
	"mulutong/catalog/sheet"
	"mulutong/templates"
)

// Read reads a stranger's file; a file without any catalog is an error.
func Read(ctx context.Context, set *templates.Set, path string) (*sheet.Document, error) {
	if err := Readable(path); err != nil {
		return nil, err
	}
	doc, err := sheet.Read(ctx, path, sheet.Options{Limits: sheet.DefaultLimits, Sectors: set.Sectors()})
	if err != nil {
		return nil, words.About(path, err)
	}
	if len(doc.Catalogs) == 0 {
		return nil, words.About(path, ErrNoCatalog)
	}
	return doc, nil
}
