// Command readings makes catalog/find/readings.txt: for each syllable of pinyin,
// without tones, the characters that are mostly read so; then, after those, for
// each syllable the ones that can be. A character has its three most common
// readings at most. The output depends on nothing but go-pinyin.
//
//	go run ./catalog/find/internal/readings catalog/find/readings.txt
package main

import (
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"

	"github.com/mozillazg/go-pinyin"
)

const (
	first, last = 0x4E00, 0x9FFF
	mostOf      = 3
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: readings FILE")
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	var read [2]map[string][]rune
	for i := range read {
		read[i] = map[string][]rune{}
	}
	for c := rune(first); c <= last; c++ {
		var own []string
		for _, s := range pinyin.SinglePinyin(c, args) {
			if !slices.Contains(own, s) && len(own) < mostOf && isSyllable(s) {
				own = append(own, s)
				by := read[min(len(own), len(read))-1]
				by[s] = append(by[s], c)
			}
		}
	}
	var out bytes.Buffer
	for _, by := range read {
		for _, s := range slices.Sorted(maps.Keys(by)) {
			fmt.Fprintf(&out, "%s %s\n", s, string(by[s]))
		}
	}
	if err := os.WriteFile(os.Args[1], out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

func isSyllable(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < 'a' || b > 'z' })
}
