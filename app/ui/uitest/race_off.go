//go:build !race

package uitest

// raced tells whether the race detector watches the tests.
const raced = false
