//go:build ignore

// This program writes the page of rules to the file named.
package main

import (
	"log"
	"os"

	"mulutong/catalog/check"
)

func main() {
	if err := os.WriteFile(os.Args[1], check.Manual(), 0o644); err != nil {
		log.Fatal(err)
	}
}
