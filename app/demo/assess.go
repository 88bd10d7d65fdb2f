package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"mulutong/catalog"
	"mulutong/sync/review"
)

// form is a form of assessment with the two groups that such forms have.
func (f *filler) form() review.Form {
	form := review.Form{ID: "quarter", Title: "基层政务公开季度测评表"}
	basic := []struct {
		name, rule string
		points     float64
	}{
		{"机构职能", "职能、地址、电话、办公时间、负责人姓名齐全并及时更新。", 5},
		{"政策文件", "文件及时公开，标明有效性，配有解读。", 10},
		{"政府信息公开指南", "受理渠道可用，内容与实际一致。", 5},
		{"公开年报", "按时发布，数据前后一致。", 5},
		{"依申请公开", "渠道畅通，按期答复。", 10},
	}
	for i, b := range basic {
		form.Indicators = append(form.Indicators, review.Indicator{ID: fmt.Sprintf("1.%d", i+1), Path: []string{"基本信息", b.name}, Group: "基本信息", Points: b.points, Rule: b.rule})
	}
	n := 0
	for _, s := range f.Templates.Sectors() {
		if !s.Optional {
			n++
			form.Indicators = append(form.Indicators, review.Indicator{
				ID: fmt.Sprintf("2.%d", n), Path: []string{"重点领域", s.Called()}, Group: "重点领域", Points: 2.5, Sector: s.Slug,
				Rule: "栏目与标准目录一致，内容齐全并按公开时限更新。",
			})
		}
	}
	return form
}

var losses = []string{"未设置栏目。", "信息更新不及时。", "上级政策解读较少。", "发布的是说明，不是信息本身。", "只有结果，没有过程信息。"}

// assessments are the last quarter's assessments of the townships: each as far as
// chance has it.
func (f *filler) assessments() []step {
	today := f.Now.In(china)
	last := today.AddDate(0, -3, 0)
	quarter := fmt.Sprintf("%dQ%d", last.Year(), (int(last.Month())+2)/3)
	form := f.form()
	steps := []step{{f.on(30, rand.New(chance("form"))), "form", func(ctx context.Context) error { return f.PutForm(ctx, f.office(), form) }}}
	for _, u := range f.city.units {
		if u.Kind != catalog.TownshipUnit {
			continue
		}
		r := rand.New(chance("assessment", string(u.ID)))
		id := review.AssessmentID{Form: form.ID, Unit: u.ID, Quarter: quarter}
		var lost []review.Loss
		for i, n := range r.Perm(len(form.Indicators))[:2+r.IntN(4)] {
			in := form.Indicators[n]
			lost = append(lost, review.Loss{ID: fmt.Sprint(i + 1), Indicator: in.ID, Points: in.Points * float64(1+r.IntN(2)) / 4, Reason: losses[r.IntN(len(losses))], Sector: in.Sector})
		}
		var version uint64
		acts := []func(ctx context.Context) (review.Assessment, error){
			func(ctx context.Context) (review.Assessment, error) {
				return f.Assess(ctx, f.office(), id, version, lost)
			},
			func(ctx context.Context) (review.Assessment, error) {
				return f.NotifyAssessment(ctx, f.office(), id, version, "请按期整改。", "")
			},
			func(ctx context.Context) (review.Assessment, error) {
				var answers []review.LossAnswer
				for _, l := range lost {
					answers = append(answers, review.LossAnswer{Loss: l.ID, Text: "已补充并更新。"})
				}
				return f.Rectify(ctx, f.clerk(u), id, version, answers)
			},
			func(ctx context.Context) (review.Assessment, error) {
				var found []review.LossRetest
				for _, l := range lost {
					found = append(found, review.LossRetest{Loss: l.ID, Mended: true})
				}
				return f.Retest(ctx, f.office(), id, version, found, "", "")
			},
			func(ctx context.Context) (review.Assessment, error) {
				return f.Accept(ctx, f.office(), id, version, "")
			},
		}
		ago := 28
		for i, act := range acts[:1+r.IntN(len(acts))] {
			ago -= 4
			steps = append(steps, step{f.on(ago, r), fmt.Sprintf("%s assessment %d", u.ID, i), func(ctx context.Context) error {
				as, err := act(ctx)
				version = as.Version
				return err
			}})
		}
	}
	return steps
}
