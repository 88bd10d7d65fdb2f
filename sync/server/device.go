package server

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/sync/bundle"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// inviteFor is how long a code holds where nobody says otherwise, and at most.
const (
	inviteFor  = 7 * 24 * time.Hour
	inviteMost = 90 * 24 * time.Hour
)

func (s *Server) invite(c *call) (any, error) {
	in, err := body[wire.Invite](c)
	if err != nil {
		return nil, err
	}
	ttl := time.Duration(in.Hours) * time.Hour
	switch {
	case in.Hours == 0:
		ttl = inviteFor
	case in.Hours < 0 || in.Hours > int(inviteMost/time.Hour):
		return nil, invalid("hours", "1 to %d", int(inviteMost/time.Hour))
	}
	expires := s.cfg.Now().Add(ttl)
	code, err := s.office.Invite(c.Context(), c.by.Person, in.Unit, in.Role, ttl)
	return wire.Invitation{Code: code, Expires: expires}, err
}

// applicant is the device that asks to be enrolled, as its own request says.
func applicant(b []byte) (d review.Device, err error) {
	own, err := bundle.OpenOwn(b, bundle.Request)
	if err != nil {
		return d, unbundled(err)
	}
	var in wire.EnrolRequest
	if err := own.Decode(&in); err != nil {
		return d, unbundled(err)
	}
	if n := utf8.RuneCountInString(in.Name); n == 0 || n > wire.MaxName {
		return d, invalid("name", "1 to %d characters", wire.MaxName)
	}
	return review.Device{ID: own.Key, Key: in.Key, Suite: in.Suite, Unit: in.Unit, Name: in.Name}, nil
}

// enrol takes in a device by its code.
func (s *Server) enrol(c *call) (any, error) {
	in, err := body[wire.Enrol](c)
	if err != nil {
		return nil, err
	}
	d, err := applicant(in.Request)
	if err != nil {
		return nil, err
	}
	d, err = s.office.Enrol(c.Context(), in.Code, d)
	if errors.Is(err, review.ErrBadCode) {
		return nil, failure(wire.CodeBadCode, "the code does not exist, has ended, or was used")
	} else if err != nil {
		return nil, err
	}
	return s.certificate(c.Context(), d)
}

// request takes in a device by its request file.
func (s *Server) request(c *call) (any, error) {
	d, err := applicant(c.body)
	if err != nil {
		return nil, err
	}
	d, err = s.office.EnrolRequest(c.Context(), c.by.Person, d)
	if err != nil {
		return nil, err
	}
	return s.certificate(c.Context(), d)
}

// certificate is what tells a device that it is enrolled, and by whom.
func (s *Server) certificate(ctx context.Context, d review.Device) (any, error) {
	d.By = review.Person{Name: d.By.Name, Role: d.By.Role} // who invited is all that concerns the unit
	cert := wire.Certificate{Device: d, Key: s.cfg.Key.Public(), Suite: s.cfg.Key.Suite(), Recipient: s.recipient(), URL: s.cfg.URL}
	err := s.cfg.Store.View(ctx, func(tx review.Tx) (err error) {
		if cert.Epoch, err = tx.Epoch(); err != nil {
			return err
		}
		if cert.Unit, err = tx.Unit(d.Unit); err != nil || cert.Unit.Parent == "" {
			return err
		}
		cert.Parent, err = tx.Unit(cert.Unit.Parent)
		if errors.Is(err, catalog.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	b, err := bundle.SealJSON(bundle.Header{Kind: bundle.Certificate, At: d.Enrolled, Unit: d.Unit}, cert, s.cfg.Key)
	return raw{wire.Bundle, b}, err
}

func (s *Server) devices(c *call) (any, error) {
	return s.office.Devices(c.Context(), c.by.Person, catalog.UnitID(c.query("unit")))
}

func (s *Server) revoke(c *call) (any, error) {
	return nil, s.office.Revoke(c.Context(), c.by.Person, c.PathValue("device"))
}
