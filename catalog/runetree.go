package catalog

import (
	"cmp"
	"slices"
)

// runeTree holds words rune by rune, each with a value.
type runeTree struct {
	nodes []runeNode // the first is the root
}

type runeNode struct {
	edges []runeEdge // by rune
	value uint32     // 0: no word ends here
}

type runeEdge struct {
	r    rune
	node int32
}

// next returns the node that r leads to, or 0: no edge leads to the root.
func (t *runeTree) next(node int32, r rune) int32 {
	edges := t.nodes[node].edges
	if len(edges) > 8 {
		if i, ok := slices.BinarySearchFunc(edges, r, compareEdge); ok {
			return edges[i].node
		}
		return 0
	}
	for _, e := range edges {
		if e.r == r {
			return e.node
		}
	}
	return 0
}

func compareEdge(e runeEdge, r rune) int { return cmp.Compare(e.r, r) }

func (t *runeTree) add(word string, value uint32) {
	if t.nodes == nil {
		t.nodes = make([]runeNode, 1)
	}
	var node int32
	for _, r := range word {
		n := t.next(node, r)
		if n == 0 {
			n = int32(len(t.nodes))
			t.nodes = append(t.nodes, runeNode{})
			edges := t.nodes[node].edges
			i, _ := slices.BinarySearchFunc(edges, r, compareEdge)
			t.nodes[node].edges = slices.Insert(edges, i, runeEdge{r, n})
		}
		node = n
	}
	t.nodes[node].value = value
}

// longest returns the value of the longest word at the start of rs and its
// length; 0 and 1 where there is none.
func (t *runeTree) longest(rs []rune) (value uint32, n int) {
	var node int32
	n = 1
	for i, r := range rs {
		if node = t.next(node, r); node == 0 {
			break
		}
		if v := t.nodes[node].value; v != 0 {
			value, n = v, i+1
		}
	}
	return value, n
}
