//go:build ignore

// This program writes the page of sectors to the file named.
package main

import (
	"log"
	"os"

	"mulutong/templates"
)

func main() {
	if err := os.WriteFile(os.Args[1], templates.Embedded().Manual(), 0o644); err != nil {
		log.Fatal(err)
	}
}
