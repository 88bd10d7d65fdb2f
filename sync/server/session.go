package server

import (
	"unicode/utf8"

	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func (s *Server) challenge(c *call) (any, error) {
	in, err := body[wire.Challenge](c)
	if err != nil {
		return nil, err
	}
	return s.access.challenge(in.Device), nil
}

func (s *Server) signOn(c *call) (any, error) {
	in, err := body[wire.SignOn](c)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(in.Name) > wire.MaxName {
		return nil, invalid("name", "at most %d characters", wire.MaxName)
	}
	switch {
	case in.Device != "":
		return s.access.signOnDevice(c.Context(), in)
	case len(in.Password) > maxPassword || len(in.Account) > maxPassword:
		return nil, failure(wire.CodeWrongPassword, "wrong account or password")
	}
	return s.access.signOn(c.Context(), in.Account, in.Password, c.by.Device)
}

func (s *Server) signOff(c *call) (any, error) {
	return nil, s.access.end(c.Context(), c.by.token)
}

func (s *Server) me(c *call) (any, error) { return c.by.Person, nil }

func (s *Server) password(c *call) (any, error) {
	in, err := body[wire.Password](c)
	if err != nil {
		return nil, err
	}
	if len(in.Old) > maxPassword {
		return nil, failure(wire.CodeWrongPassword, "wrong account or password")
	}
	return nil, s.access.change(c.Context(), c.by, in.Old, in.New)
}

func (s *Server) accounts(c *call) (any, error) {
	return s.access.accounts(c.Context(), c.by.Person)
}

func (s *Server) addAccount(c *call) (any, error) {
	in, err := body[wire.NewAccount](c)
	if err != nil {
		return nil, err
	}
	return s.access.add(c.Context(), c.by.Person, in)
}

func (s *Server) changeAccount(c *call) (any, error) {
	in, err := body[wire.AccountChange](c)
	if err != nil {
		return nil, err
	}
	return s.access.edit(c.Context(), c.by.Person, review.PersonID(c.PathValue("account")), in)
}

// service says which service this is.
func (s *Server) service(c *call) (any, error) {
	epoch, err := s.epoch(c.Context())
	return wire.Service{
		Name: s.cfg.Name, Version: s.cfg.Version, Device: s.cfg.Key.KeyID(), Key: s.cfg.Key.Public(), Suite: s.cfg.Key.Suite(),
		Recipient: s.recipient(), Epoch: epoch,
	}, err
}

func (s *Server) recipient() string {
	if s.cfg.Identity == nil {
		return ""
	}
	return s.cfg.Identity.Recipient()
}

// verifyDevice checks what a device signed.
func verifyDevice(d review.Device, message, signature []byte) error {
	return bundle.Verify(d.Suite, d.Key, message, signature)
}
