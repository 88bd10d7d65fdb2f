// Mulutong 目录通 is the desktop program with which a grassroots unit compiles
// its catalogs of disclosure. The command line that does the same without a
// window is app/cmd/mulu.
package main

import (
	"os"

	"mulutong/app/desktop"
)

func main() { os.Exit(desktop.Main(os.Args[1:])) }
