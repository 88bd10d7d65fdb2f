package demo

import (
	"crypto/sha256"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"mulutong/app/work"
	"mulutong/catalog"
	"mulutong/templates"
)

// mistake is one that clerks make, with what a reviewer says to it. The text is
// what stands in the field instead of the template's.
type mistake struct {
	field   catalog.Field
	text    string
	comment string
}

var mistakes = []mistake{
	{catalog.FieldTimeLimit, "及时", "只写“及时”不够，请按模板写明多少个工作日。"},
	{catalog.FieldPublisher, "相关部门", "请写本单位的规范名称，不要写“相关部门”。"},
	{catalog.FieldBasis, "相关政策文件", "请写明文件的名称和文号。"},
	{catalog.FieldChannels, "公开查阅点", "主动公开的事项还要在政府网站公开，请勾选。"},
}

// unused are sectors that some units do not have, and why.
var unused = []struct {
	sector catalog.Sector
	in     string // the end of the unit's name
	reason string
}{
	{"rural-housing", "街道", "辖区为城市建成区，没有农村危房。"},
	{"farm-subsidies", "街道", "辖区没有农业生产，不发放涉农补贴。"},
	{"poverty-alleviation", "街道", "辖区没有脱贫户和监测户。"},
}

// chance is a source of choices that is the same for the same words.
func chance(words ...string) *rand.ChaCha8 {
	return rand.NewChaCha8(sha256.Sum256([]byte(strings.Join(words, "/"))))
}

// drafts are the catalogs that a unit keeps, from the templates. Their ids come
// from the unit and the time alone.
func (c *city) drafts(set *templates.Set, u catalog.Unit, at time.Time) ([]catalog.Catalog, error) {
	var sectors []catalog.SectorInfo
	for _, s := range c.sectors[u.ID] {
		info, _ := set.Sector(string(s))
		sectors = append(sectors, info)
	}
	without := map[catalog.Sector]string{}
	for _, n := range unused {
		if u.Kind == catalog.TownshipUnit && strings.HasSuffix(u.Name, n.in) {
			without[n.sector] = n.reason
		}
	}
	ids := ulid.Monotonic(chance("ids", string(u.ID)), 0)
	return work.NewDrafts(set, u, sectors, without, func() catalog.EntryID {
		return catalog.EntryID(ulid.MustNew(ulid.Timestamp(at), ids).String())
	})
}

// spoil returns the catalog with up to n mistakes in it, and where they are.
func spoil(c catalog.Catalog, n int, r *rand.Rand) (catalog.Catalog, []spoiled) {
	c.Entries = slices.Clone(c.Entries)
	var made []spoiled
	for _, i := range r.Perm(len(c.Entries))[:min(n, len(c.Entries))] {
		m := mistakes[r.IntN(len(mistakes))]
		e := c.Entries[i]
		if e.SetText(m.field, m.text) == nil {
			c.Entries[i] = e
			made = append(made, spoiled{e.ID, m})
		}
	}
	return c, made
}

// spoiled is a mistake in an entry.
type spoiled struct {
	entry catalog.EntryID
	mistake
}

// signed returns the catalog as its unit's leader approved it on a day.
func signed(c catalog.Catalog, revision uint64, on catalog.Date) catalog.Catalog {
	c.Revision = revision
	c.SignOff = &catalog.SignOff{
		Revision: revision,
		Leader:   catalog.Approval{By: "分管负责人", At: on, Opinion: "同意报送。"},
		Secrecy:  catalog.Approval{By: "保密审查员", At: on, Opinion: "不涉及国家秘密、工作秘密和个人隐私。"},
	}
	return c
}
