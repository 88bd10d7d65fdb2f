package headless

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// reached names the command for each action that somebody may be allowed.
var reached = map[review.Action]string{
	review.ActRead: "review show", review.ActSubmit: "submit", review.ActWithdraw: "review withdraw",
	review.ActComment: "review comment", review.ActReturn: "review return", review.ActPass: "review pass",
	review.ActStepBack: "review step-back", review.ActClose: "review close", review.ActApprove: "review approve",
	review.ActPublish: "review publish", review.ActRecall: "review recall", review.ActErase: "review erase",
	review.ActProgress: "report progress", review.ActExport: "review export", review.ActAssess: "review assess score",
	review.ActRectify: "review assess rectify", review.ActRelease: "review release", review.ActUnits: "review units",
	review.ActNotify: "review notify", review.ActInvite: "review invite", review.ActRevoke: "review revoke",
	review.ActReadLog: "review log", review.ActAccounts: "review accounts list", review.ActSettings: "review settings",
	review.ActFeed: "sync",
}

// others are the routes that need no command of their own: programs ask them, or
// another command does.
var others = map[string]string{
	"service": "programs", "challenge": "sync", "enrol": "enrol", "me": "login says it", "openapi": "programs", "offer": "sync",
	"feed": "sync", "receipt": "sync", "release-content": "sync", "catalog": "sync", "healthz": "programs", "readyz": "programs", "metrics": "programs",
}

// TestEveryActionOfEveryRoleHasACommand walks the roles' actions and the service's
// routes: each has a command, and each command is there with help in both languages.
func TestEveryActionOfEveryRoleHasACommand(t *testing.T) {
	for _, role := range review.Roles {
		for _, action := range []review.Action{
			review.ActRead, review.ActSubmit, review.ActWithdraw, review.ActComment, review.ActReturn, review.ActPass, review.ActStepBack,
			review.ActClose, review.ActApprove, review.ActPublish, review.ActRecall, review.ActErase, review.ActProgress, review.ActExport,
			review.ActAssess, review.ActRectify, review.ActRelease, review.ActUnits, review.ActNotify, review.ActInvite, review.ActRevoke,
			review.ActReadLog, review.ActAccounts, review.ActSettings, review.ActFeed,
		} {
			if review.Reach(role, action) == review.None {
				continue
			}
			for _, l := range []words.Lang{words.Chinese, words.English} {
				a := &app{World: System(), out: &output{}, lang: l}
				cmd, rest, err := a.root().Find(strings.Fields(reached[action]))
				if err != nil || len(rest) > 0 || !cmd.Runnable() || cmd.Short == "" {
					t.Errorf("%s may %s, but there is no command %q", role, action, reached[action])
				}
			}
		}
	}
	// What a session asks for stands as a route's name in the code.
	var code strings.Builder
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(b)
		}
	}
	for _, r := range wire.Routes {
		if others[r.Name] == "" && !strings.Contains(code.String(), `"`+r.Name+`"`) {
			t.Errorf("no command asks the route %s", r.Name)
		}
	}
}

// TestEveryCommandHasHelp reads the help of every command in both languages.
func TestEveryCommandHasHelp(t *testing.T) {
	for _, l := range []words.Lang{words.Chinese, words.English} {
		a := &app{World: System(), out: &output{}, lang: l}
		var walk func(*cobra.Command)
		walk = func(cmd *cobra.Command) {
			if cmd.Short == "" || strings.Contains(cmd.Short, "%!") {
				t.Errorf("%s has the help %q", cmd.CommandPath(), cmd.Short)
			}
			usage := cmd.UsageString()
			if l == words.English && strings.Contains(usage, "用法") {
				t.Errorf("%s speaks Chinese in English:\n%s", cmd.CommandPath(), usage)
			}
			for _, sub := range cmd.Commands() {
				walk(sub)
			}
		}
		root := a.root()
		root.SetContext(context.Background())
		walk(root)
	}
}
