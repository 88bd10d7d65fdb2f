package server

import (
	"context"
	"regexp"
	"strconv"

	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

// ref is what the person looked at.
func ref(id review.CaseID, at wire.Look) (review.Ref, error) {
	if !hashed.MatchString(string(at.Head)) {
		return review.Ref{}, invalid("head", "no hash")
	}
	return review.Ref{CaseID: id, Head: at.Head, Version: at.Version}, nil
}

// hashed is what a hash looks like.
var hashed = regexp.MustCompile(`^[0-9a-f]{64}$`)

// act makes a handler of one of the office's actions on a case.
func act(does func(context.Context, review.Person, review.Ref, string) error) handler {
	return func(c *call) (any, error) {
		in, err := body[wire.Act](c)
		if err != nil {
			return nil, err
		}
		if err := text("note", in.Note); err != nil {
			return nil, err
		}
		at, err := ref(c.caseID(), in.Look)
		if err != nil {
			return nil, err
		}
		return nil, does(c.Context(), c.by.Person, at, in.Note)
	}
}

func (s *Server) queue(c *call) (any, error) {
	limit, err := c.limit(0, wire.MaxRecords)
	if err != nil {
		return nil, err
	}
	var late bool
	if q := c.query("late"); q != "" {
		if late, err = strconv.ParseBool(q); err != nil {
			e := failure(wire.CodeBadRequest, "late is neither true nor false")
			e.Detail.Field = "late"
			return nil, e
		}
	}
	return s.office.Queue(c.Context(), c.by.Person, review.QueueFilter{
		Units: many[catalog.UnitID](c, "unit"), Sectors: many[catalog.Sector](c, "sector"), States: many[review.State](c, "state"),
		Late: late, Limit: limit,
	})
}

// many are all values of a parameter.
func many[T ~string](c *call, name string) (vs []T) {
	for _, v := range c.URL.Query()[name] {
		vs = append(vs, T(v))
	}
	return vs
}

func (s *Server) look(c *call) (any, error) {
	return s.office.Look(c.Context(), c.by.Person, c.caseID())
}

func (s *Server) comment(c *call) (any, error) {
	in, err := body[wire.Comment](c)
	if err != nil {
		return nil, err
	}
	if err := text("text", in.Text); err != nil {
		return nil, err
	}
	at, err := ref(c.caseID(), in.Look)
	if err != nil {
		return nil, err
	}
	return s.office.Comment(c.Context(), c.by.Person, at, in.Target, in.Text)
}

func (s *Server) uncomment(c *call) (any, error) {
	version, err := c.number("version")
	if err != nil {
		return nil, err
	}
	at, err := ref(c.caseID(), wire.Look{Head: review.SubmissionID(c.query("head")), Version: version})
	if err != nil {
		return nil, err
	}
	return nil, s.office.Uncomment(c.Context(), c.by.Person, at, c.PathValue("comment"))
}

func (s *Server) erase(c *call) (any, error) {
	in, err := body[wire.Erase](c)
	if err != nil {
		return nil, err
	}
	if err := text("reason", in.Reason); err != nil {
		return nil, err
	}
	at, err := ref(c.caseID(), in.Look)
	if err != nil {
		return nil, err
	}
	return nil, s.office.Erase(c.Context(), c.by.Person, at, in.Target, in.SubmissionWide, in.Reason)
}

func (s *Server) passMany(c *call) (any, error) {
	in, err := body[wire.PassMany](c)
	if err != nil {
		return nil, err
	}
	if err := text("note", in.Note); err != nil {
		return nil, err
	}
	if len(in.Cases) == 0 || len(in.Cases) > wire.MaxRefs {
		return nil, invalid("cases", "1 to %d", wire.MaxRefs)
	}
	refs := make([]review.Ref, len(in.Cases))
	for i, one := range in.Cases {
		if refs[i], err = ref(one.Case, one.Look); err != nil {
			return nil, err
		}
	}
	out := wire.PassedMany{Results: make([]wire.PassedOne, len(refs))}
	for i, err := range s.office.PassMany(c.Context(), c.by.Person, refs, in.Note) {
		out.Results[i].Case = refs[i].CaseID
		if err != nil {
			out.Results[i].Error = s.told(c.w, err)
		}
	}
	return out, nil
}

func (s *Server) progress(c *call) (any, error) {
	return s.office.Progress(c.Context(), c.by.Person, review.Day(s.cfg.Now()))
}
