// Command mulu does everything of Mulutong that needs no window: templates,
// drafts, checks and workbooks. `mulu help` tells the rest.
package main

import (
	"context"
	"os"
	"os/signal"

	"mulutong/app/headless"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := headless.Main(ctx, os.Args[1:], headless.System())
	stop()
	os.Exit(code)
}
