package headless

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/sync/server"
	"mulutong/sync/sqlstore"
)

// onStore makes a command on a service's data, whether or not the service runs.
func (a *app) onStore(use string, help words.Text, args int, run func(ctx context.Context, store *storeFlags, args []string) error) *cobra.Command {
	var store *storeFlags
	cmd := a.command(use, help, args, args, func(cmd *cobra.Command, args []string) error {
		if work.HoldsDrafts(store.data) {
			return words.About(store.data, errDrafts)
		}
		return run(cmd.Context(), store, args)
	})
	cmd.ValidArgsFunction = nil // files
	store = a.storeFlags(cmd)
	a.jsonFlag(cmd)
	a.withEnvironment(cmd)
	return cmd
}

func (a *app) serveBackupCommand() *cobra.Command {
	return a.onStore("backup FILE", helpServeBackup, 1, func(ctx context.Context, store *storeFlags, args []string) error {
		p := a.progress(doingBackup, 0)
		err := sqlstore.Backup(ctx, store.where(), args[0])
		p.end()
		if err != nil {
			about := store.data
			if errors.Is(err, sqlstore.ErrExists) {
				about = args[0]
			}
			return words.About(about, explained(err))
		}
		if a.json {
			return a.writeJSON(map[string]any{"backup": args[0]})
		}
		a.print(backupDone, args[0])
		a.print(backupKeys, server.KeyFile, server.IdentityFile, store.data)
		return nil
	})
}

func (a *app) serveRestoreCommand() *cobra.Command {
	var force bool
	cmd := a.onStore("restore FILE", helpServeRestore, 1, func(ctx context.Context, store *storeFlags, args []string) error {
		if err := work.Readable(args[0]); err != nil {
			return err
		}
		p := a.progress(doingRestore, 0)
		err := sqlstore.Restore(ctx, args[0], store.where(), force)
		p.end()
		if err != nil {
			about := store.data
			if errors.Is(err, sqlstore.ErrDamaged) || errors.Is(err, sqlstore.ErrOtherData) {
				about = args[0]
			}
			return words.About(about, explained(err))
		}
		if a.json {
			return a.writeJSON(map[string]any{"restored": store.data})
		}
		a.print(serviceRestored, args[0])
		return nil
	})
	cmd.Flags().BoolVar(&force, "force", false, helpForce.In(a.lang))
	return cmd
}

func (a *app) serveVerifyCommand() *cobra.Command {
	return a.onStore("verify", helpServeVerify, 0, func(ctx context.Context, store *storeFlags, _ []string) error {
		p := a.progress(doingVerify, 0)
		err := sqlstore.Verify(ctx, store.where())
		p.end()
		if err != nil {
			return words.About(store.data, explained(err))
		}
		if a.json {
			return a.writeJSON(map[string]any{"verified": store.data})
		}
		a.print(verifyDone, store.data)
		return nil
	})
}
