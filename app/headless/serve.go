package headless

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mulutong/app/demo"
	"mulutong/app/words"
	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/catalog/boltstore"
	"mulutong/sync/review"
	"mulutong/sync/server"
	"mulutong/sync/sqlstore"
)

var (
	errDrafts   = words.NewFailure("%s 里是草稿，不能用作审核服务的数据文件夹。请换一个文件夹。", "%s holds drafts and cannot be the service's data folder. Choose another.")
	errPlain    = words.NewFailure("不加密的服务只能开在本机（127.0.0.1），或者放在代理后面。请用 --tls-cert 和 --tls-key 指明证书，或用 --behind-proxy 指明代理的地址。", "Without TLS the service listens on this machine only (127.0.0.1), or behind a proxy. Give a certificate with --tls-cert and --tls-key, or name the proxy with --behind-proxy.")
	errListen   = words.NewFailure("不能在 %s 监听，可能已被别的程序占用。请换一个 --listen。", "Cannot listen on %s; another program may have it. Choose another --listen.")
	errCertFile = words.NewFailure("读不了证书或私钥：%s。请核对 --tls-cert 和 --tls-key。", "The certificate or its key cannot be read: %s. Check --tls-cert and --tls-key.")
	errNotEmpty = words.NewFailure("%s 里已经有数据，没有改动它。演示城市只能建在空文件夹里；如果里面就是演示城市，去掉 --demo 启动。", "%s holds data already and was left as it is. The demo city goes into an empty folder; if this is it, start without --demo.")
	errPostgres = words.NewFailure("连不上 PostgreSQL，或者不能使用它。请核对 --postgres 的地址、账号和权限。", "PostgreSQL cannot be reached or used. Check the address, account and rights of --postgres.")

	errNoService      = words.NewFailure("%s 里没有审核服务的数据。请核对文件夹。", "There is no service's data in %s. Check the folder.")
	errServiceLocked  = words.NewFailure("%s 正由审核服务使用。请先停下服务再试。", "%s is in use by the service. Stop it first.")
	errServiceNewer   = words.NewFailure("%s 由更新版本的程序写过，本程序读不了。请升级程序。", "%s was written by a newer program. Please upgrade.")
	errServiceDamaged = words.NewFailure("%s 的数据已损坏，没有改动它。请用备份恢复到另一个文件夹。", "The data in %s is damaged and was left as it is. Restore a backup into another folder.")
)

// storeFailures are the words of what a service's store may say.
var storeFailures = map[error]error{
	sqlstore.ErrLocked: errServiceLocked, sqlstore.ErrOtherData: errDrafts, sqlstore.ErrNewerSchema: errServiceNewer,
	sqlstore.ErrDamaged: errServiceDamaged, sqlstore.ErrNoStore: errNoService, sqlstore.ErrExists: boltstore.ErrExists,
	sqlstore.ErrDiskFull: boltstore.ErrDiskFull,
}

// explained is a store's error with its words.
func explained(err error) error {
	for of, words := range storeFailures {
		if errors.Is(err, of) {
			return fmt.Errorf("%w: %w", words, err)
		}
	}
	return err
}

// storeFlags say where a service keeps its data.
type storeFlags struct{ data, postgres string }

func (a *app) storeFlags(cmd *cobra.Command) *storeFlags {
	f := &storeFlags{}
	cmd.Flags().StringVar(&f.data, "data", "", helpServiceData.In(a.lang))
	cmd.Flags().StringVar(&f.postgres, "postgres", "", helpPostgres.In(a.lang))
	_ = cmd.MarkFlagDirname("data")
	return f
}

// where is what sqlstore opens.
func (f *storeFlags) where() string {
	if f.postgres != "" {
		return f.postgres
	}
	return f.data
}

// withEnvironment makes flags that are not given take their value from the
// environment: --tls-cert from MULU_TLS_CERT.
func (a *app) withEnvironment(cmd *cobra.Command) {
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var err error
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			name := "MULU_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			if v := a.Getenv(name); v != "" && !f.Changed && f.Name != "json" && f.Name != "help" && err == nil {
				if cmd.Flags().Set(f.Name, v) != nil {
					err = &usageError{what: badFlagValue, value: name + "=" + v}
				}
			}
		})
		if err != nil {
			return err
		}
		if cmd.Flag("data").Value.String() == "" {
			return &usageError{what: missingFlag, value: "--data"}
		}
		return run(cmd, args)
	}
}

// openService opens a service's store, and makes its folder.
func (f *storeFlags) openService(ctx context.Context) (*sqlstore.Store, error) {
	if work.HoldsDrafts(f.data) {
		return nil, words.About(f.data, errDrafts)
	}
	if err := os.MkdirAll(f.data, 0o700); err != nil {
		return nil, words.About(f.data, err)
	}
	s, err := sqlstore.Open(ctx, f.where())
	if err = explained(err); err != nil && f.postgres != "" && words.Cause(err) == nil {
		err = fmt.Errorf("%w: %w", errPostgres, err)
	}
	return s, words.About(f.data, err)
}

func (a *app) serveCommand() *cobra.Command {
	var (
		store                        *storeFlags
		listen, cert, key, url, name string
		proxies, metrics             []string
		fill                         bool
	)
	cmd := a.command("serve", helpServe, 0, 0, func(cmd *cobra.Command, _ []string) error {
		if (cert == "") != (key == "") {
			return &usageError{what: missingFlag, value: "--tls-cert, --tls-key"}
		}
		cfg := server.Config{Now: a.Now, Name: name, URL: url, Version: programVersion(), Log: a.logger()}
		var err error
		if cfg.BehindProxy, err = prefixes(proxies); err != nil {
			return err
		}
		if cfg.MetricsFrom, err = prefixes(metrics); err != nil {
			return err
		}
		return a.serve(cmd.Context(), store, cfg, listen, cert, key, fill)
	})
	store = a.storeFlags(cmd)
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", helpListen.In(a.lang))
	cmd.Flags().StringVar(&cert, "tls-cert", "", helpTLSCert.In(a.lang))
	cmd.Flags().StringVar(&key, "tls-key", "", helpTLSKey.In(a.lang))
	cmd.Flags().StringSliceVar(&proxies, "behind-proxy", nil, helpProxy.In(a.lang))
	cmd.Flags().StringSliceVar(&metrics, "metrics-from", nil, helpMetricsFrom.In(a.lang))
	cmd.Flags().StringVar(&url, "url", "", helpURL.In(a.lang))
	cmd.Flags().StringVar(&name, "name", "", helpCityName.In(a.lang))
	cmd.Flags().BoolVar(&fill, "demo", false, helpDemo.In(a.lang))
	a.jsonFlag(cmd)
	a.withEnvironment(cmd)
	cmd.Example = examples["serve"].In(a.lang)
	cmd.AddCommand(a.serveAdminCommand(), a.serveBackupCommand(), a.serveRestoreCommand(), a.serveVerifyCommand())
	return cmd
}

// prefixes reads networks: 10.0.0.0/8, or one address.
func prefixes(names []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range names {
		p, err := netip.ParsePrefix(s)
		if addr, alone := netip.ParseAddr(s); alone == nil {
			p, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, &usageError{what: badNetwork, value: s}
		}
		out = append(out, p)
	}
	return out, nil
}

func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "(devel)"
}

// logger writes the service's log to standard error: for people at a terminal, as
// JSON otherwise.
func (a *app) logger() *slog.Logger {
	if a.Terminal {
		return slog.New(slog.NewTextHandler(a.Stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(a.Stderr, nil))
}

func (a *app) serve(ctx context.Context, store *storeFlags, cfg server.Config, listen, cert, key string, fill bool) (err error) {
	s, err := store.openService(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	keys, err := server.OpenKeys(store.data)
	if err != nil {
		return words.About(store.data, err)
	}
	cfg.Store, cfg.Key, cfg.Identity, cfg.Data = s, keys.Signing, keys.Identity, store.data
	cfg.Office = review.NewOffice(s, a.Now, review.Rules{Calendar: a.set().Calendar(), Check: a.reviewCheck})
	var city *demoCity
	if fill {
		if city, err = a.fillDemo(ctx, s); err != nil {
			return words.About(store.data, err)
		}
	} else if err := a.firstAdministrator(ctx, store.data, cfg); err != nil {
		return words.About(store.data, err)
	}
	var certificate *server.Certificate
	if cert != "" {
		if certificate, err = server.LoadCertificate(cert, key, cfg.Log); err != nil {
			return fmt.Errorf("%w: %w", words.About(cert, errCertFile), err)
		}
	}
	// The address is known only once it listens, and devices are told it.
	srv, err := server.New(ctx, cfg)
	if err != nil {
		return err
	}
	ln, err := srv.Listen(listen, certificate)
	if errors.Is(err, server.ErrPlain) {
		return errPlain
	} else if err != nil {
		return fmt.Errorf("%w: %w", words.About(listen, errListen), err)
	}
	at := serviceURL(ln, certificate != nil)
	if err := a.printServing(at, city); err != nil {
		return err
	}
	return srv.Run(ctx, ln)
}

// printServing says where the service is, and how to sign on to the demo city.
func (a *app) printServing(at string, city *demoCity) error {
	if a.json {
		return a.writeJSON(struct {
			Listening string    `json:"listening"`
			Demo      *demoCity `json:"demo,omitempty"`
		}{at, city})
	}
	if city != nil {
		a.print(demoDone, len(city.Accounts), city.Password)
		tb := table{head: fields(tableAccounts, a.lang)}
		shown := map[review.Role]int{}
		for _, p := range city.Accounts {
			if shown[p.Role]++; shown[p.Role] <= 2 {
				tb.add(string(p.ID), p.Name, words.Role(p.Role).In(a.lang), string(p.Unit), a.sectorNames(p.Sectors), "")
			}
		}
		if err := tb.write(a.Stdout); err != nil {
			return err
		}
	}
	a.print(serving, at)
	return nil
}

// serviceURL is the address of a listener as a browser would be given it.
func serviceURL(ln net.Listener, secure bool) string {
	scheme := "http://"
	if secure {
		scheme = "https://"
	}
	return scheme + ln.Addr().String()
}

// reviewCheck checks a submitted catalog as this program does.
func (a *app) reviewCheck(c *catalog.Catalog) []review.Finding {
	var out []review.Finding
	for _, f := range work.Checker(a.set(), c, catalog.DateOf(a.Now()), false).Catalog(c) {
		if f.Disputed == "" {
			out = append(out, review.Finding{Rule: f.Rule, Severity: string(f.Severity), Entry: f.Entry, Field: f.Field, Message: f.Message})
		}
	}
	return out
}

// The first administrator finds the password of the account firstAccount in a file
// of the data folder, so that it stands in no log.
const (
	firstAccount  = "admin"
	firstPassword = "admin-password"
)

// firstAdministrator makes the first administrator's account where there is none,
// says how to sign on, and removes the file once nobody needs it.
func (a *app) firstAdministrator(ctx context.Context, data string, cfg server.Config) error {
	file := filepath.Join(data, firstPassword)
	has, err := server.HasAdministrator(ctx, cfg.Store)
	if err != nil {
		return err
	}
	if !has {
		password, err := server.MakeAdministrator(ctx, cfg, firstAccount, administratorName.In(words.Chinese))
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
			return err
		}
	}
	var first review.Account
	err = cfg.Store.View(ctx, func(tx review.Tx) error {
		first, err = tx.Account(firstAccount)
		return err
	})
	_, noFile := os.Stat(file)
	switch {
	case errors.Is(err, catalog.ErrNotFound) || err == nil && !first.MustChange:
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	case err != nil:
		return err
	case noFile == nil:
		a.say(firstSteps, firstAccount, file)
	}
	return nil
}

// demoCity is how to sign on to the demo city.
type demoCity struct {
	Password string          `json:"password"` // of every account
	Accounts []review.Person `json:"accounts"`
}

// fillDemo fills an empty service with the demo city.
func (a *app) fillDemo(ctx context.Context, s review.Store) (*demoCity, error) {
	city := &demoCity{Password: "demo-" + strings.ToLower(rand.Text()[:10])}
	a.say(demoBegins)
	p := a.progress(doingDemo, 100)
	defer p.end()
	accounts, err := demo.Fill(ctx, s, demo.Options{
		Templates: a.set(), Check: a.reviewCheck, Now: a.Now(), Password: server.HashPassword(city.Password),
		Step: func(done, total int) { p.at(done*100/total, 0) },
	})
	if errors.Is(err, demo.ErrNotEmpty) {
		return nil, errNotEmpty
	} else if err != nil {
		return nil, err
	}
	for _, acc := range accounts {
		city.Accounts = append(city.Accounts, acc.Person)
	}
	return city, nil
}

// serveAdminCommand gives an administrator a new password, at the machine itself.
func (a *app) serveAdminCommand() *cobra.Command {
	var (
		store         *storeFlags
		account, name string
	)
	cmd := a.command("admin", helpServeAdmin, 0, 0, func(cmd *cobra.Command, _ []string) (err error) {
		s, err := store.openService(cmd.Context())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.Close()) }()
		password, err := server.MakeAdministrator(cmd.Context(), server.Config{Store: s, Now: a.Now}, review.PersonID(account), name)
		if err != nil {
			return words.About(account, err)
		}
		if a.json {
			return a.writeJSON(map[string]any{"account": account, "password": password})
		}
		a.print(accountAdded, account, name)
		a.print(accountPassword, password)
		return nil
	})
	store = a.storeFlags(cmd)
	cmd.Flags().StringVar(&account, "account", firstAccount, helpAccount.In(a.lang))
	cmd.Flags().StringVar(&name, "name", administratorName.In(words.Chinese), helpAccountName.In(a.lang))
	a.jsonFlag(cmd)
	a.withEnvironment(cmd)
	return cmd
}
