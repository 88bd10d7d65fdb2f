package templates

import "testing"

func TestEmbeddedLoads(t *testing.T) {
	s := Embedded()
	if n := len(s.Sectors()); n != 26 {
		t.Errorf("%d sectors, want 26", n)
	}
	if n := len(s.Register().Acts()); n < 900 {
		t.Errorf("%d acts, want more than 900", n)
	}
}
