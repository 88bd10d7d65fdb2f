package server

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// What the log calls signing on; the table of roles needs no names for it.
const (
	actSignOn review.Action = "sign-on"
	actBegin  review.Action = "begin" // making the first administrator, at the machine itself
)

// How long a session may go on by being used, and when its end is moved: not at
// every request, since each moving is a write.
const (
	sessionMost   = 7 * 24 * time.Hour
	sessionRenews = wire.SessionLife * 11 / 12
)

// Wrong passwords: the first few cost nothing, each further one doubles how long
// the name is locked out, and a day without one forgets them.
const (
	freeFailures = 4
	firstLock    = 15 * time.Second
	longestLock  = 15 * time.Minute
	forgetAfter  = 24 * time.Hour
)

func lockedFor(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return min(firstLock<<min(failures-freeFailures-1, 16), longestLock)
}

// access knows who may sign on: accounts with their passwords, devices with
// their keys, and the sessions of both.
type access struct {
	store   review.Store
	now     func() time.Time
	hashing hashing
	work    *queue // passwords are hashed by few at once
	nobody  string // a password that no account has, to spend the same time on
	// service is the id of the service's key, secret what its challenges are
	// sealed with.
	service string
	secret  []byte
	verify  func(review.Device, []byte, []byte) error
}

// secretSetting is where all processes on one store find the same secret.
const secretSetting = "server/challenge-secret"

// prepare makes or finds the secret.
func (a *access) prepare(ctx context.Context) error {
	a.nobody = a.hashing.encode(rand.Text())
	return a.store.Update(ctx, func(tx review.Tx) error {
		b, err := tx.Setting(secretSetting)
		if errors.Is(err, catalog.ErrNotFound) {
			b, err = json.Marshal(rand.Text() + rand.Text())
			if err == nil {
				err = tx.PutSetting(secretSetting, b)
			}
		}
		a.secret = b
		return err
	})
}

// mark is the hash under which a store keeps what only its owner may know. The
// kind keeps a challenge from being taken for a token.
func mark(kind, value string) review.Hash {
	s := sha256.Sum256([]byte(kind + "\x00" + value))
	return review.Hash(hex.EncodeToString(s[:]))
}

func failure(c wire.Code, format string, args ...any) *wire.Error {
	return &wire.Error{Code: c, Message: fmt.Sprintf(format, args...)}
}

func invalid(field, format string, args ...any) *wire.Error {
	e := failure(wire.CodeInvalid, "%s: "+format, append([]any{field}, args...)...)
	e.Detail.Field = field
	return e
}

// principal is who a request acts for.
type principal struct {
	review.Person
	token      review.Hash
	mustChange bool
}

var errNoSession = failure(wire.CodeUnauthenticated, "no session, or one that has ended")

// authenticate finds whose token it is. Accounts and devices are read anew each
// time, so that disabling, revoking or changing a role works at once.
func (a *access) authenticate(ctx context.Context, token string) (principal, error) {
	now := a.now()
	p := principal{token: mark("session", token)}
	var renew bool
	err := a.store.View(ctx, func(tx review.Tx) error {
		s, err := tx.Session(p.token)
		if errors.Is(err, catalog.ErrNotFound) {
			return errNoSession
		} else if err != nil {
			return err
		}
		if !now.Before(s.Expires) {
			return errNoSession
		}
		renew = s.Expires.Sub(now) < sessionRenews && s.Expires.Before(s.Started.Add(sessionMost))
		p.Person, p.mustChange, err = who(tx, s.Person)
		return err
	})
	if err != nil || !renew {
		return p, err
	}
	return p, a.store.Update(ctx, func(tx review.Tx) error {
		s, err := tx.Session(p.token)
		if err != nil {
			return errNoSession // ended in the meantime
		}
		s.Expires = now.Add(wire.SessionLife)
		if most := s.Started.Add(sessionMost); s.Expires.After(most) {
			s.Expires = most
		}
		return tx.PutSession(s)
	})
}

// who is the person of a session as account and device are now.
func who(tx review.Tx, s review.Person) (p review.Person, mustChange bool, err error) {
	if s.Device != "" {
		d, err := trusted(tx, s.Device)
		if err != nil {
			return p, false, err
		}
		if s.ID == review.PersonID(d.ID) {
			return devicePerson(d, s.Name), false, nil
		}
	}
	acc, err := tx.Account(s.ID)
	if errors.Is(err, catalog.ErrNotFound) || err == nil && acc.Disabled {
		return p, false, errNoSession
	}
	p = acc.Person
	p.Device, p.Verified = s.Device, true
	return p, acc.MustChange, err
}

// trusted returns an enrolled device that was not revoked.
func trusted(tx review.Tx, id string) (review.Device, error) {
	d, err := tx.Device(id)
	switch {
	case errors.Is(err, catalog.ErrNotFound):
		return d, failure(wire.CodeUnknownDevice, "the device is not enrolled")
	case err == nil && !d.Revoked.IsZero():
		return d, failure(wire.CodeRevoked, "the device's trust was ended")
	}
	return d, err
}

func devicePerson(d review.Device, name string) review.Person {
	return review.Person{ID: review.PersonID(d.ID), Name: cmp.Or(name, d.Name), Role: d.Role, Unit: d.Unit, Device: d.ID}
}

// begin makes a session of the person and returns its token.
func (a *access) begin(tx review.Tx, p review.Person) (string, review.Session, error) {
	token, now := rand.Text()+rand.Text(), a.now()
	s := review.Session{Token: mark("session", token), Person: p, Started: now, Expires: now.Add(wire.SessionLife)}
	return token, s, tx.PutSession(s)
}

func (a *access) end(ctx context.Context, token review.Hash) error {
	return a.store.Update(ctx, func(tx review.Tx) error { return tx.RemoveSession(token) })
}

// hashed runs work on a password: few at a time, since each takes memory.
func (a *access) hashed(ctx context.Context, fn func()) error {
	leave, ok := a.work.enter(ctx)
	if !ok {
		return busy(a.work.later())
	}
	defer leave()
	fn()
	return nil
}

// password checks an account's password. What it answers and how long it takes
// is the same whether or not there is such an account. The try counts as wrong
// before it is checked, so that many at once are no way around the lock-out.
func (a *access) password(ctx context.Context, id review.PersonID, password string) (review.Account, error) {
	name := mark("account", string(id))
	var acc review.Account
	var known bool
	err := a.store.Update(ctx, func(tx review.Tx) error {
		var err error
		acc, err = tx.Account(id)
		known = err == nil && !acc.Disabled
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		return a.count(tx, name)
	})
	if err != nil {
		return acc, err
	}
	encoded := a.nobody
	if known {
		encoded = acc.Password
	}
	var ok, stale bool
	var anew string
	err = a.hashed(ctx, func() {
		ok, stale = a.hashing.matches(encoded, password)
		if ok && known && stale {
			anew = a.hashing.encode(password)
		}
	})
	if err != nil {
		return acc, err
	}
	if !ok || !known {
		return acc, a.wrong(ctx, acc.Person, name)
	}
	return acc, a.store.Update(ctx, func(tx review.Tx) error {
		if err := tx.RemoveAttempts(name); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		now, err := tx.Account(id)
		if err != nil || now.Password != acc.Password {
			return cmp.Or(err, error(failure(wire.CodeWrongPassword, "wrong account or password")))
		}
		if anew != "" {
			now.Password = anew
			return tx.PutAccount(now)
		}
		return nil
	})
}

// count counts one try, unless the name is locked out.
func (a *access) count(tx review.Tx, name review.Hash) error {
	now := a.now()
	t, err := tx.Attempts(name)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return err
	}
	if wait := t.LockedUntil.Sub(now); wait > 0 {
		e := failure(wire.CodeTooMany, "too many wrong passwords")
		e.RetryAfter = wait
		return e
	}
	if !now.Before(t.Expires) {
		t = review.Attempts{}
	}
	t.Name, t.Failures, t.Expires = name, t.Failures+1, now.Add(forgetAfter)
	if lock := lockedFor(t.Failures); lock > 0 {
		t.LockedUntil = now.Add(lock)
	}
	return tx.PutAttempts(t)
}

// wrong records the failure. A name that no account has is not written down:
// people type their password there.
func (a *access) wrong(ctx context.Context, p review.Person, name review.Hash) error {
	err := a.store.Update(ctx, func(tx review.Tx) error {
		t, err := tx.Attempts(name)
		if err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		return a.record(tx, review.Person{}, actSignOn, string(p.ID), nil, nil, fmt.Sprintf("wrong password, %d in a row", t.Failures))
	})
	if err != nil {
		return err
	}
	return failure(wire.CodeWrongPassword, "wrong account or password")
}

func (a *access) record(tx review.Tx, by review.Person, act review.Action, subject string, before, after any, note string) error {
	r := review.Record{At: a.now(), By: by, Action: act, Subject: subject, Note: note}
	for _, v := range []struct {
		to   *json.RawMessage
		from any
	}{{&r.Before, before}, {&r.After, after}} {
		if v.from == nil {
			continue
		}
		b, err := json.Marshal(v.from)
		if err != nil {
			return err
		}
		*v.to = b
	}
	_, err := tx.Append(r)
	return err
}

// signOn signs a person on with a password. From a session of a device the new
// one is bound to the device too: what the device signs is then that person's.
func (a *access) signOn(ctx context.Context, id review.PersonID, password, device string) (s wire.Session, err error) {
	acc, err := a.password(ctx, normal(id), password)
	if err != nil {
		return s, err
	}
	err = a.store.Update(ctx, func(tx review.Tx) error {
		p := acc.Person
		p.Device, p.Verified = device, true
		token, session, err := a.begin(tx, p)
		if err != nil {
			return err
		}
		s = wire.Session{Token: token, Person: p, Expires: session.Expires, MustChange: acc.MustChange}
		return a.record(tx, p, actSignOn, string(p.ID), nil, nil, "")
	})
	return s, err
}

// change changes one's own password, and ends one's other sessions.
func (a *access) change(ctx context.Context, p principal, old, fresh string) error {
	if p.ID == review.PersonID(p.Device) {
		return failure(wire.CodeInvalid, "a device has no password")
	}
	if !acceptable(fresh, string(p.ID)) || old == fresh {
		return invalid("new", "at least %d characters, not the account's name and not the old one", minPassword)
	}
	acc, err := a.password(ctx, p.ID, old)
	if err != nil {
		return err
	}
	var encoded string
	if err := a.hashed(ctx, func() { encoded = a.hashing.encode(fresh) }); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx review.Tx) error {
		acc, err = tx.Account(p.ID)
		if err != nil {
			return err
		}
		acc.Password, acc.MustChange = encoded, false
		if err := tx.PutAccount(acc); err != nil {
			return err
		}
		s, err := tx.Session(p.token)
		if err != nil {
			return errNoSession
		}
		if err := tx.RemoveSessions(p.ID); err != nil {
			return err
		}
		if err := tx.PutSession(s); err != nil {
			return err
		}
		return a.record(tx, p.Person, review.ActAccounts, string(p.ID), nil, nil, "changed the own password")
	})
}

// A challenge is its end and a random part, sealed with the secret: nothing is
// written for whoever merely asks. It counts once, since the session it begins
// is written together with the mark of the challenge.

const challengeLen = 8 + 16

func (a *access) challenge(device string) wire.Nonce {
	end := a.now().Add(wire.NonceLife).Truncate(time.Second)
	b := make([]byte, challengeLen)
	binary.BigEndian.PutUint64(b, uint64(end.Unix()))
	rand.Read(b[8:])
	return wire.Nonce{Challenge: base64.RawURLEncoding.EncodeToString(append(b, a.seal(b, device)...)), Expires: end.UTC()}
}

func (a *access) seal(b []byte, device string) []byte {
	h := hmac.New(sha256.New, a.secret)
	h.Write(b)
	h.Write([]byte(device))
	return h.Sum(nil)
}

// open returns when the challenge ends, if it is one of ours for the device.
func (a *access) open(challenge, device string) (end time.Time, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(challenge)
	if err != nil || len(b) != challengeLen+sha256.Size || !hmac.Equal(b[challengeLen:], a.seal(b[:challengeLen], device)) {
		return end, false
	}
	end = time.Unix(int64(binary.BigEndian.Uint64(b)), 0)
	return end, a.now().Before(end)
}

// signOnDevice signs a device on by its signature over a challenge.
func (a *access) signOnDevice(ctx context.Context, in wire.SignOn) (s wire.Session, err error) {
	wrong := failure(wire.CodeWrongSignature, "the challenge is not ours, has ended, was used, or is signed by another key")
	end, ok := a.open(in.Challenge, in.Device)
	if !ok {
		return s, wrong
	}
	used := review.Session{Token: mark("challenge", in.Challenge), Started: a.now(), Expires: end}
	err = a.store.Update(ctx, func(tx review.Tx) error {
		d, err := trusted(tx, in.Device)
		if err != nil {
			return err
		}
		if a.verify(d, wire.SignOnMessage(a.service, in.Challenge), in.Signature) != nil {
			return wrong
		}
		if _, err := tx.Session(used.Token); err == nil {
			return wrong
		} else if !errors.Is(err, catalog.ErrNotFound) {
			return err
		}
		if err := tx.PutSession(used); err != nil {
			return err
		}
		p := devicePerson(d, in.Name)
		token, session, err := a.begin(tx, p)
		s = wire.Session{Token: token, Person: p, Expires: session.Expires}
		return err
	})
	return s, err
}

// normal is an account's id as it is kept: people do not mind case.
func normal(id review.PersonID) review.PersonID {
	return review.PersonID(strings.ToLower(strings.TrimSpace(string(id))))
}

// accountName reports whether the id may name an account. A device's id, which
// is hexadecimal, may not: sessions are ended by id.
func accountName(id review.PersonID) bool {
	n := utf8.RuneCountInString(string(id))
	if n < 2 || n > 32 {
		return false
	}
	if _, err := hex.DecodeString(string(id)); err == nil && n == 32 {
		return false
	}
	return !strings.ContainsFunc(string(id), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r)
	})
}
