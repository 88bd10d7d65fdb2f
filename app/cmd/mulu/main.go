// Command mulu does everything of Mulutong that needs no window: templates,
// drafts, checks and workbooks. `mulu help` tells the rest.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"mulutong/app/headless"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	code := headless.Main(ctx, os.Args[1:], headless.System())
	stop()
	os.Exit(code)
}
