package server

import (
	"mulutong/catalog"
	"mulutong/sync/review"
	"mulutong/sync/wire"
)

func (c *call) assessment() review.AssessmentID {
	return review.AssessmentID{Form: c.PathValue("form"), Unit: c.unit(), Quarter: c.PathValue("quarter")}
}

func (s *Server) forms(c *call) (any, error) {
	fs, err := s.office.Forms(c.Context(), c.by.Person)
	return list(fs), err
}

func (s *Server) putForm(c *call) (any, error) {
	in, err := body[review.Form](c)
	if err != nil {
		return nil, err
	}
	return nil, s.office.PutForm(c.Context(), c.by.Person, in)
}

func (s *Server) assessments(c *call) (any, error) {
	return s.office.Assessments(c.Context(), c.by.Person, c.query("quarter"), catalog.UnitID(c.query("unit")))
}

func (s *Server) score(c *call) (any, error) {
	in, err := body[wire.Score](c)
	if err != nil {
		return nil, err
	}
	for _, l := range in.Losses {
		if err := text("losses", l.Reason); err != nil {
			return nil, err
		}
	}
	return s.office.Assess(c.Context(), c.by.Person, c.assessment(), in.Version, in.Losses)
}

// assess makes a handler of a further step of an assessment.
func assess(does func(*call, review.AssessmentID, wire.AssessmentAct) (review.Assessment, error)) handler {
	return func(c *call) (any, error) {
		in, err := body[wire.AssessmentAct](c)
		if err != nil {
			return nil, err
		}
		texts := []string{in.Note}
		for _, a := range in.Answers {
			texts = append(texts, a.Text)
		}
		for _, r := range in.Retests {
			texts = append(texts, r.Text)
		}
		for _, t := range texts {
			if err := text("note", t); err != nil {
				return nil, err
			}
		}
		return does(c, c.assessment(), in)
	}
}

func (s *Server) notifyAssessment(c *call, id review.AssessmentID, in wire.AssessmentAct) (review.Assessment, error) {
	return s.office.NotifyAssessment(c.Context(), c.by.Person, id, in.Version, in.Note, in.Due)
}

func (s *Server) rectify(c *call, id review.AssessmentID, in wire.AssessmentAct) (review.Assessment, error) {
	return s.office.Rectify(c.Context(), c.by.Person, id, in.Version, in.Answers)
}

func (s *Server) retest(c *call, id review.AssessmentID, in wire.AssessmentAct) (review.Assessment, error) {
	return s.office.Retest(c.Context(), c.by.Person, id, in.Version, in.Retests, in.Note, in.Due)
}

func (s *Server) accept(c *call, id review.AssessmentID, in wire.AssessmentAct) (review.Assessment, error) {
	return s.office.Accept(c.Context(), c.by.Person, id, in.Version, in.Note)
}
