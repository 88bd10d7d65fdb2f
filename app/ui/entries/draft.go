// Package entries is the screen on which a sector's catalog (目录) is edited: a
// grid of its entries beside the pane of the chosen one. Whatever is done to
// several entries at once is shown before it is done where it could surprise,
// and is one step of undo.
package entries

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/check"
)

// Draft is the catalog being edited; work.Draft is one.
type Draft interface {
	Sector() catalog.SectorInfo
	Unit() catalog.Unit
	Catalog() *catalog.Catalog
	Entry(catalog.EntryID) (catalog.Entry, bool)
	Template() *catalog.Template
	NewID() catalog.EntryID

	Change(label string, fn func(*catalog.Catalog) error) error
	ChangeEntry(label string, id catalog.EntryID, fn func(*catalog.Entry) error) error
	Type(id catalog.EntryID, f catalog.Field, text string) error
	EndTyping()

	Findings() (fs []check.Finding, current bool)
	SetReason(f check.Finding, reason string) error

	Saved() work.SaveState
	Retry()
	Listen(func(work.Event)) (stop func())

	History(context.Context, catalog.EntryID) ([]catalog.Edit, error)
	RestoreEntry(ctx context.Context, id catalog.EntryID, at time.Time, label string) error
}

// Pane shows one entry whole, with the right editor for each field.
type Pane interface {
	fyne.CanvasObject
	// Open shows the entry; an empty id: none is chosen. It is called again when
	// the entry, its findings or the template may have changed, which must not
	// disturb what is being typed.
	Open(id catalog.EntryID)
	// Go brings a field of the entry shown into sight and gives it the keys.
	Go(f catalog.Field)
}

// Prefs remembers how a person arranged the screen; fyne.Preferences is one.
type Prefs interface {
	String(key string) string
	SetString(key, value string)
}
