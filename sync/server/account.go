package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// shown is an account as lists show it, without its password.
func (a *access) shown(tx review.Tx, acc review.Account) (wire.Account, error) {
	t, err := tx.Attempts(mark("account", string(acc.ID)))
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return wire.Account{}, err
	}
	w := wire.Account{Person: acc.Person, MustChange: acc.MustChange, Disabled: acc.Disabled}
	if a.now().Before(t.LockedUntil) {
		w.LockedUntil = t.LockedUntil
	}
	return w, nil
}

func (a *access) accounts(ctx context.Context, by review.Person) (list []wire.Account, err error) {
	if err := review.May(by, review.ActAccounts, review.Subject{}); err != nil {
		return nil, err
	}
	return list, a.store.View(ctx, func(tx review.Tx) error {
		accs, err := tx.Accounts()
		if err != nil {
			return err
		}
		list = make([]wire.Account, len(accs))
		for i, acc := range accs {
			if list[i], err = a.shown(tx, acc); err != nil {
				return err
			}
		}
		return nil
	})
}

// oneTime makes a password to sign on with once and change.
func oneTime() string {
	s := strings.ToLower(rand.Text())
	return s[:5] + "-" + s[5:10] + "-" + s[10:15] + "-" + s[15:20]
}

// add makes an account. Its password, given or made, has to be changed when it
// is first used.
func (a *access) add(ctx context.Context, by review.Person, in wire.NewAccount) (made wire.AccountMade, err error) {
	if err := review.May(by, review.ActAccounts, review.Subject{}); err != nil {
		return made, err
	}
	acc := review.Account{Person: review.Person{ID: normal(in.ID), Name: strings.TrimSpace(in.Name), Role: in.Role, Unit: in.Unit, Sectors: in.Sectors}, MustChange: true}
	if !accountName(acc.ID) {
		return made, invalid("id", "2 to 32 letters, digits, . _ - or @")
	}
	password := in.Password
	if password == "" {
		password = oneTime()
		made.Password = password
	} else if !acceptable(password, string(acc.ID)) {
		return made, invalid("password", "at least %d characters, not the account's name", minPassword)
	}
	if err := a.hashed(ctx, func() { acc.Password = a.hashing.encode(password) }); err != nil {
		return made, err
	}
	err = a.store.Update(ctx, func(tx review.Tx) error {
		if _, err := tx.Account(acc.ID); err == nil {
			return failure(wire.CodeConflict, "there is an account of that name")
		} else if !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		if err := fitting(tx, acc.Person); err != nil {
			return err
		}
		if err := tx.PutAccount(acc); err != nil {
			return err
		}
		if made.Account, err = a.shown(tx, acc); err != nil {
			return err
		}
		return a.record(tx, by, review.ActAccounts, string(acc.ID), nil, made.Account, "")
	})
	return made, err
}

// slug is what names of sectors look like.
var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// fitting reports what of a person's role, unit and sectors cannot be.
func fitting(tx review.Tx, p review.Person) error {
	if p.Name == "" || utf8.RuneCountInString(p.Name) > wire.MaxName {
		return invalid("name", "1 to %d characters", wire.MaxName)
	}
	var kinds []catalog.UnitKind
	switch p.Role {
	case review.Clerk:
		kinds = []catalog.UnitKind{catalog.TownshipUnit, catalog.DepartmentUnit, catalog.CountyUnit}
	case review.CountyReviewer:
		kinds = []catalog.UnitKind{catalog.CountyUnit}
	case review.DepartmentReviewer:
		kinds = []catalog.UnitKind{catalog.DepartmentUnit}
		if len(p.Sectors) == 0 {
			return invalid("sectors", "a department reviewer answers for at least one")
		}
	case review.CityOffice, review.Auditor, review.Administrator:
		if p.Unit != "" {
			return invalid("unit", "%s has none", p.Role)
		}
	default:
		return invalid("role", "there is no such role")
	}
	if p.Role != review.DepartmentReviewer && len(p.Sectors) > 0 {
		return invalid("sectors", "only a department reviewer has some")
	}
	for _, s := range p.Sectors {
		if !slug.MatchString(string(s)) {
			return invalid("sectors", "%q is no sector", s)
		}
	}
	if kinds == nil {
		return nil
	}
	u, err := tx.Unit(p.Unit)
	if errors.Is(err, catalog.ErrNotFound) || err == nil && !slices.Contains(kinds, u.Kind) {
		return invalid("unit", "%s needs a unit it can be of", p.Role)
	}
	return err
}

// edit changes what the message names of an account.
func (a *access) edit(ctx context.Context, by review.Person, id review.PersonID, in wire.AccountChange) (made wire.AccountMade, err error) {
	if err := review.May(by, review.ActAccounts, review.Subject{}); err != nil {
		return made, err
	}
	var encoded string
	if in.Password != nil {
		password := *in.Password
		if password == "" {
			password = oneTime()
			made.Password = password
		} else if !acceptable(password, string(id)) {
			return made, invalid("password", "at least %d characters, not the account's name", minPassword)
		}
		if err := a.hashed(ctx, func() { encoded = a.hashing.encode(password) }); err != nil {
			return made, err
		}
	}
	err = a.store.Update(ctx, func(tx review.Tx) error {
		acc, err := tx.Account(normal(id))
		if err != nil {
			return err
		}
		before, err := a.shown(tx, acc)
		if err != nil {
			return err
		}
		set(&acc.Name, in.Name)
		set(&acc.Role, in.Role)
		set(&acc.Unit, in.Unit)
		set(&acc.Sectors, in.Sectors)
		set(&acc.Disabled, in.Disabled)
		if err := fitting(tx, acc.Person); err != nil {
			return err
		}
		note := ""
		if encoded != "" {
			acc.Password, acc.MustChange = encoded, true
			note = "a new password"
		}
		if in.Unlock || encoded != "" {
			if err := tx.RemoveAttempts(mark("account", string(acc.ID))); err != nil && !errors.Is(err, catalog.ErrNotFound) {
				return err
			}
		}
		if err := tx.PutAccount(acc); err != nil {
			return err
		}
		if err := someoneAdministers(tx); err != nil {
			return err
		}
		if encoded != "" || acc.Disabled {
			if err := tx.RemoveSessions(acc.ID); err != nil {
				return err
			}
		}
		if made.Account, err = a.shown(tx, acc); err != nil {
			return err
		}
		return a.record(tx, by, review.ActAccounts, string(acc.ID), before, made.Account, note)
	})
	return made, err
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// someoneAdministers refuses what would leave nobody to manage accounts.
func someoneAdministers(tx review.Tx) error {
	accs, err := tx.Accounts()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(accs, administers) {
		return failure(wire.CodeState, "the last administrator stays")
	}
	return nil
}

func administers(acc review.Account) bool {
	return acc.Role == review.Administrator && !acc.Disabled
}

// HasAdministrator reports whether anybody can sign on to manage accounts.
func HasAdministrator(ctx context.Context, store review.Store) (has bool, err error) {
	return has, store.View(ctx, func(tx review.Tx) error {
		accs, err := tx.Accounts()
		has = slices.ContainsFunc(accs, administers)
		return err
	})
}

// MakeAdministrator makes an administrator's account, or gives one that is there
// a new password, and returns the password: it is to be changed when it is first
// used. Whoever may write the store's files may call it: it asks nobody.
func MakeAdministrator(ctx context.Context, cfg Config, id review.PersonID, name string) (password string, err error) {
	a := cfg.access()
	id, password = normal(id), oneTime()
	if !accountName(id) {
		return "", invalid("id", "2 to 32 letters, digits, . _ - or @")
	}
	encoded := a.hashing.encode(password)
	return password, a.store.Update(ctx, func(tx review.Tx) error {
		acc, err := tx.Account(id)
		switch {
		case errors.Is(err, catalog.ErrNotFound):
			acc = review.Account{Person: review.Person{ID: id, Name: name, Role: review.Administrator}}
		case err != nil:
			return err
		case acc.Role != review.Administrator:
			return failure(wire.CodeConflict, "the account is there and is a %s", acc.Role)
		}
		acc.Password, acc.MustChange, acc.Disabled = encoded, true, false
		if err := fitting(tx, acc.Person); err != nil {
			return err
		}
		if err := tx.RemoveAttempts(mark("account", string(id))); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		if err := tx.RemoveSessions(id); err != nil {
			return err
		}
		if err := tx.PutAccount(acc); err != nil {
			return fmt.Errorf("save the administrator: %w", err)
		}
		return a.record(tx, review.Person{}, actBegin, string(id), nil, nil, "at the machine itself")
	})
}
