package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheLicencesShownAreThoseOfWhatIsBuiltIn(t *testing.T) {
	want, err := Collect()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../licences.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("assets/licences.txt is not what the modules say; run go generate ./assets")
	}
}
