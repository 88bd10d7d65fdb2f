package diff

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const all = 1 << 20

func TestShared(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		atMost     int
		want       []Run
	}{
		{"nothing", "", "", all, nil},
		{"one is empty", "甲乙", "", all, nil},
		{"equal", "甲乙", "甲乙", all, []Run{{0, 0, 2}}},
		{"beginning and end", "甲乙丙", "甲丁丙", all, []Run{{0, 0, 1}, {2, 2, 1}}},
		{"added in the middle", "甲丙", "甲乙乙丙", all, []Run{{0, 0, 1}, {1, 3, 1}}},
		{"the end is not counted twice", "甲甲", "甲甲甲", all, []Run{{0, 0, 2}}},
		{"between beginning and end", "甲一二乙三丙", "甲四一二五丙", all, []Run{{0, 0, 1}, {1, 2, 2}, {5, 5, 1}}},
		{"the longest", "一甲乙丙", "甲乙丙一丁", all, []Run{{1, 0, 3}}},
		{"too much to compare", "甲一二乙三丙", "甲四一二五丙", 15, []Run{{0, 0, 1}, {5, 5, 1}}},
		{"just not too much", "甲一二乙三丙", "甲四一二五丙", 16, []Run{{0, 0, 1}, {1, 2, 2}, {5, 5, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Shared([]rune(tt.a), []rune(tt.b), tt.atMost); !slices.Equal(got, tt.want) {
				t.Errorf("Shared(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

// Whatever the texts: the runs stand in both, in order, and no more can be shared.
func TestSharedIsInBothAndAsMuchAsCanBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙")), 0, 12)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		runs := Shared(a, b, all)
		shared, endA, endB := 0, 0, 0
		for _, r := range runs {
			if r.Len < 1 || r.A < endA || r.B < endB || !slices.Equal(a[r.A:r.A+r.Len], b[r.B:r.B+r.Len]) {
				t.Fatalf("%v of %q and %q", runs, string(a), string(b))
			}
			shared, endA, endB = shared+r.Len, r.A+r.Len, r.B+r.Len
		}
		if want := most(a, b, map[[2]int]int{}); shared != want {
			t.Fatalf("%q and %q share %d in %v, want %d", string(a), string(b), shared, runs, want)
		}
		inA, inB := Marks(runs, len(a), len(b))
		if x, y := kept(a, inA), kept(b, inB); x != y || len([]rune(x)) != shared {
			t.Fatalf("marked are %q and %q", x, y)
		}
	})
}

// most is how many elements two texts share, counted the plain way.
func most(a, b []rune, known map[[2]int]int) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	at := [2]int{len(a), len(b)}
	if n, ok := known[at]; ok {
		return n
	}
	n := max(most(a[1:], b, known), most(a, b[1:], known))
	if a[0] == b[0] {
		n = max(n, 1+most(a[1:], b[1:], known))
	}
	known[at] = n
	return n
}

func kept(text []rune, in []bool) string {
	var out strings.Builder
	for i, r := range text {
		if in[i] {
			out.WriteRune(r)
		}
	}
	return out.String()
}
