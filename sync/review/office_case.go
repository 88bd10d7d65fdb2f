package review

import "context"

// act is an action of a person on a case as the person saw it.
func (o *Office) act(ctx context.Context, p Person, a Action, at Ref, note string, rule func(k desk, c *Case, d Desk) error) error {
	return o.update(ctx, p, func(k desk) error { return k.act(a, at, note, rule) })
}

func (k desk) act(a Action, at Ref, note string, rule func(k desk, c *Case, d Desk) error) error {
	u, err := k.subject(at.Unit)
	if err != nil {
		return err
	}
	if err := May(k.by, a, Subject{Unit: u, Sector: at.Sector}); err != nil {
		return err
	}
	c, err := k.loadCase(at.CaseID)
	if err != nil {
		return err
	}
	if err := at.check(&c); err != nil {
		return err
	}
	d, err := k.reviewers(u, at.Sector)
	if err != nil {
		return err
	}
	before, rounds, public := markOf(&c), len(c.Rounds), c.Published
	if err := rule(k, &c, d); err != nil {
		return err
	}
	news := c.State != before.State || len(c.Rounds) != rounds || c.Published != public || a == ActErase
	return k.save(a, "", before, news, note, &c)
}

// Withdraw takes a submission back that nobody has begun to review.
func (o *Office) Withdraw(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActWithdraw, at, note, func(k desk, c *Case, _ Desk) error { return c.Withdraw(p, note, k.at) })
}

// Comment notes something on a target of the submission under review.
func (o *Office) Comment(ctx context.Context, p Person, at Ref, t Target, text string) (Comment, error) {
	var m Comment
	err := o.act(ctx, p, ActComment, at, "", func(k desk, c *Case, _ Desk) error {
		content, err := k.Catalog(c.Last().Catalog)
		if err != nil {
			return err
		}
		m, err = c.Comment(p, t, text, &content, k.at)
		return err
	})
	if err != nil {
		return Comment{}, err
	}
	return m, nil
}

// Uncomment takes back a comment of one's own side that was not sent.
func (o *Office) Uncomment(ctx context.Context, p Person, at Ref, comment string) error {
	return o.act(ctx, p, ActComment, at, "", func(_ desk, c *Case, _ Desk) error { return c.Uncomment(p, comment) })
}

// Return hands back what is commented.
func (o *Office) Return(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActReturn, at, "", func(k desk, c *Case, d Desk) error { return c.Return(p, note, d, k.at) })
}

// Pass finds nothing to mend.
func (o *Office) Pass(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActPass, at, "", func(k desk, c *Case, d Desk) error { return c.Pass(p, note, d, k.at) })
}

// Approve is the city office's Pass.
func (o *Office) Approve(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActApprove, at, "", func(k desk, c *Case, d Desk) error { return c.Approve(p, note, d, k.at) })
}

// StepBack hands the case back to the county.
func (o *Office) StepBack(ctx context.Context, p Person, at Ref, reason string) error {
	return o.act(ctx, p, ActStepBack, at, "", func(k desk, c *Case, d Desk) error { return c.StepBack(p, reason, d, k.at) })
}

// Close ends a joint round that waits for the department.
func (o *Office) Close(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActClose, at, "", func(k desk, c *Case, d Desk) error { return c.Close(p, note, d, k.at) })
}

// Publish makes an approved catalog public.
func (o *Office) Publish(ctx context.Context, p Person, at Ref, note string) error {
	return o.act(ctx, p, ActPublish, at, note, func(k desk, c *Case, _ Desk) error { return c.Publish(p, note, k.at) })
}

// Recall takes a published catalog back from the public.
func (o *Office) Recall(ctx context.Context, p Person, at Ref, reason string) error {
	return o.act(ctx, p, ActRecall, at, reason, func(k desk, c *Case, _ Desk) error { return c.Recall(p, reason, k.at) })
}

// PassMany passes each case on its own, as the person's role does: by Approve for
// the city office. It returns an error, or nil, for each.
func (o *Office) PassMany(ctx context.Context, p Person, refs []Ref, note string) []error {
	pass := o.Pass
	if p.Role == CityOffice {
		pass = o.Approve
	}
	errs := make([]error, len(refs))
	for i, at := range refs {
		errs[i] = pass(ctx, p, at, note)
	}
	return errs
}

// Erase erases personal data from every version of the catalog, from what quotes
// it, and with the bundles that carried it; a mark stays. Wide erases what the
// target says wherever else it stands in these versions.
func (o *Office) Erase(ctx context.Context, p Person, at Ref, t Target, wide bool, reason string) error {
	return o.act(ctx, p, ActErase, at, "", func(k desk, c *Case, _ Desk) error { return k.erase(c, t, wide, reason) })
}
