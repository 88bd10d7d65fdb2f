// Package work is what a unit's clerk does with its drafts, whichever program is
// in front of it. A [Desk] is a unit's folder of drafts in use; a [Draft] is one
// sector's catalog being edited.
//
// A change is in memory at once and on disk within a second, in the order in which
// changes were made. [Saved] is only said of what is on disk. A store that fails
// is said and tried again, and takes nothing away: whatever was typed stays in
// memory, and is saved once the store takes it. Checking runs beside the typing
// and holds nothing up.
package work
