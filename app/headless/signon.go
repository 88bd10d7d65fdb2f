package headless

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"mulutong/app/words"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

var errNoPassword = words.NewFailure("没有输入口令。", "No password was given.")

// password asks for a password: without showing it at a terminal, and otherwise as
// the next line of standard input.
func (a *app) password(prompt words.Text) (string, error) {
	if f, ok := a.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(a.Stderr, prompt.In(a.lang))
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.Stderr)
		if err != nil || len(b) == 0 {
			return "", errNoPassword
		}
		return string(b), nil
	}
	if a.lines == nil {
		a.lines = bufio.NewReader(io.LimitReader(a.Stdin, 1<<16))
	}
	line, err := a.lines.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errNoPassword
	}
	return line, nil
}

func (a *app) loginCommand() *cobra.Command {
	var service, account string
	cmd := a.command("login", helpLogin, 0, 0, func(cmd *cobra.Command, _ []string) error {
		path, err := a.sessionFile()
		if err != nil {
			return err
		}
		if old, err := a.session(); err == nil && service == "" {
			service = old.Service
		}
		switch {
		case service == "":
			return &usageError{what: missingFlag, value: "--service"}
		case account == "":
			return &usageError{what: missingFlag, value: "--account"}
		}
		if service, err = address(service); err != nil {
			return err
		}
		password, err := a.password(askPassword)
		if err != nil {
			return err
		}
		s := &session{Service: service, path: path}
		var made wire.Session
		err = s.do(cmd.Context(), call{route: "sign-on", in: wire.SignOn{Account: review.PersonID(account), Password: password}, out: &made})
		if err != nil {
			return err
		}
		s.Token, s.Person, s.Expires = made.Token, made.Person, made.Expires
		if err := s.save(); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(map[string]any{"service": s.Service, "person": s.Person, "expires": s.Expires, "mustChange": made.MustChange})
		}
		a.print(loginDone, s.Person.Name, words.Role(s.Person.Role).In(a.lang), s.Expires.Local().Format("2006-01-02 15:04"))
		if made.MustChange {
			a.print(loginMustChange)
		}
		return nil
	})
	cmd.Flags().StringVar(&service, "service", "", helpService.In(a.lang))
	cmd.Flags().StringVar(&account, "account", "", helpAccount.In(a.lang))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) logoutCommand() *cobra.Command {
	return a.command("logout", helpLogout, 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, err := a.session()
		if err != nil {
			return err
		}
		err = s.do(cmd.Context(), call{route: "sign-off"})
		if e := (*wire.Error)(nil); errors.As(err, &e) && e.Code == wire.CodeUnauthenticated {
			err = nil // it had ended by itself
		}
		if err := errors.Join(err, os.Remove(s.path)); err != nil {
			return err
		}
		a.print(logoutDone)
		return nil
	})
}

func (a *app) passwordCommand() *cobra.Command {
	return a.command("password", helpPassword, 0, 0, func(cmd *cobra.Command, _ []string) error {
		s, err := a.session()
		if err != nil {
			return err
		}
		old, err := a.password(askOldPassword)
		if err != nil {
			return err
		}
		chosen, err := a.password(askNewPassword)
		if err != nil {
			return err
		}
		if err := s.do(cmd.Context(), call{route: "password", in: wire.Password{Old: old, New: chosen}}); err != nil {
			return err
		}
		a.print(passwordDone)
		return nil
	})
}
