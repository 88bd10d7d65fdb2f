//go:build uitrace && unix

package desktop

import "mulutong/app/desktop/internal/trace"

func init() { whenRunning = trace.Start }
