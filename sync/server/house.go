package server

import (
	"errors"
	"unicode/utf8"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func (s *Server) units(c *call) (any, error) {
	us, err := s.office.Units(c.Context(), c.by.Person)
	return list(us), err
}

// list is a list that is empty rather than null.
func list[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

func (s *Server) putUnits(c *call) (any, error) {
	us, err := body[[]catalog.Unit](c)
	if err != nil {
		return nil, err
	}
	return nil, s.office.PutUnits(c.Context(), c.by.Person, us)
}

func (s *Server) responsible(c *call) (any, error) {
	m, err := s.office.Responsible(c.Context(), c.by.Person)
	if m == nil {
		m = map[catalog.Sector]catalog.UnitID{}
	}
	return m, err
}

func (s *Server) setResponsible(c *call) (any, error) {
	in, err := body[wire.Responsible](c)
	if err != nil {
		return nil, err
	}
	return nil, s.office.SetResponsible(c.Context(), c.by.Person, c.sector(), in.Unit)
}

func (s *Server) notify(c *call) (any, error) {
	in, err := body[wire.Notify](c)
	if err != nil {
		return nil, err
	}
	if err := text("notice", in.Notice.Text); err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(in.Notice.Title) > maxTitle {
		return nil, invalid("notice", "its title has at most %d characters", maxTitle)
	}
	return nil, s.office.Notify(c.Context(), c.by.Person, in.Units, in.Notice)
}

const maxTitle = 200

func (s *Server) release(c *call) (any, error) {
	h, err := s.office.Release(c.Context(), c.by.Person, c.PathValue("kind"), c.query("version"), c.body)
	return wire.Released{Hash: h}, err
}

func (s *Server) settings(c *call) (any, error) {
	return s.office.Policy(c.Context(), c.by.Person)
}

func (s *Server) setSettings(c *call) (any, error) {
	in, err := body[review.Policy](c)
	if err != nil {
		return nil, err
	}
	return nil, s.office.SetPolicy(c.Context(), c.by.Person, in)
}

func (s *Server) records(c *call) (any, error) {
	after, err := c.number("after")
	if err != nil {
		return nil, err
	}
	limit, err := c.limit(100, wire.MaxRecords)
	if err != nil {
		return nil, err
	}
	rs, err := s.office.Log(c.Context(), c.by.Person, after, limit+1)
	if err != nil {
		return nil, err
	}
	page := wire.LogPage{Records: list(rs), More: len(rs) > limit}
	page.Records = page.Records[:min(len(rs), limit)]
	return page, nil
}

func (s *Server) verifyLog(c *call) (any, error) {
	head, err := s.office.VerifyLog(c.Context(), c.by.Person)
	var broken *review.ChainError
	if errors.As(err, &broken) {
		return wire.LogVerified{Head: head.Seq, Hash: head.Hash, Broken: broken.Seq}, nil
	}
	return wire.LogVerified{Head: head.Seq, Hash: head.Hash}, err
}

func (s *Server) openAPI(*call) (any, error) { return raw{wire.JSON, wire.OpenAPI}, nil }
