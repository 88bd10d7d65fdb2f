package review_test

import (
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// TestLoop goes the whole way once: returned by the county, by one side of the
// joint review, approved, published, recalled.
func TestLoop(t *testing.T) {
	c := newCity(t)
	first := catalogOf(jishan, aid)
	at := c.accepted(clerk, first, "")
	c.wantsCase(at.CaseID, review.InCounty)

	m := c.comment(county, at, review.Target{Entry: "e1", Field: catalog.FieldContent})
	c.must(c.Return(ctx, county, at, "退回修改"))
	got := c.wantsCase(at.CaseID, review.Returned)
	if len(got.Open) != 1 || got.Open[0] != m.Target {
		t.Errorf("open %v, want %v", got.Open, m.Target)
	}

	second := edited(first, content(1, "改过的内容"))
	at = c.accepted(clerk, second, at.Head)
	got = c.wantsCase(at.CaseID, review.InCounty)
	if !got.Comments[0].Changed {
		t.Error("the comment was followed, but is not marked so")
	}
	c.must(c.Pass(ctx, county, at, ""))
	c.wantsCase(at.CaseID, review.InJoint)

	c.must(c.Approve(ctx, office, at, ""))
	c.wantsCase(at.CaseID, review.InJoint)
	c.comment(department, at, review.Target{Entry: "e2"})
	c.must(c.Return(ctx, department, at, ""))
	c.wantsCase(at.CaseID, review.Returned)

	at = c.accepted(clerk, edited(second, content(2, "也改过")), at.Head)
	got = c.wantsCase(at.CaseID, review.InJoint)
	if r := got.Rounds[len(got.Rounds)-1]; !r.Sides[0].Kept || r.Sides[1].Kept {
		t.Errorf("sides %+v, want the office's pass kept and the department asked", r.Sides)
	}
	c.must(c.Pass(ctx, department, at, ""))
	c.wantsCase(at.CaseID, review.Approved)
	c.must(c.Publish(ctx, office, at, ""))
	c.must(c.Recall(ctx, office, at, "有误"))
	c.wantsCase(at.CaseID, review.Recalled)
	if _, err := c.VerifyLog(ctx, auditor); err != nil {
		t.Error(err)
	}
}
