package templates

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"mulutong/catalog"
)

// Divisions is the index of the country's divisions (区划), down to townships,
// from data/divisions.txt.gz, which internal/divisions makes.
// The first call unpacks it; every later one is free.
var Divisions = sync.OnceValue(func() *DivisionIndex {
	packed, err := embedded.ReadFile("data/divisions.txt.gz")
	if err != nil {
		panic(err) // the build has it
	}
	x, err := readDivisions(packed)
	if err != nil {
		panic(fmt.Errorf("embedded divisions: %w", err)) // the tests read them
	}
	return x
})

// DivisionIndex finds divisions by code, name, pinyin or its initials. It does
// not change and is safe for concurrent use.
type DivisionIndex struct {
	all []division // by code, so that what lies below a division follows it

	upper     []int32 // provinces, cities and counties
	townships townships
}

// maxIndexed is how many divisions the index can number.
const maxIndexed = 1 << indexBits

// division is a place with what it is found by.
type division struct {
	code, name       string
	pinyin, initials string // of the whole name
	parent           int32  // where the one it lies in stands; -1 for provinces

	// The lengths of name, pinyin and initials without the word for the kind of
	// place: 籍山, jishan, js.
	shortName, shortPinyin, shortInitials uint8
}

// Lengths of codes.
const (
	provinceCode = 2
	cityCode     = 4
	countyCode   = 6
	townshipCode = 9
)

var codeLengths = []int{provinceCode, cityCode, countyCode, townshipCode}

// maxDivisions bounds what is unpacked.
const maxDivisions = 32 << 20 // bytes

// readDivisions reads the packed list: a line for each division with its code,
// its name, split where its short form ends, and its syllables.
func readDivisions(packed []byte) (*DivisionIndex, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxDivisions))
	if err != nil {
		return nil, err
	}
	text := string(raw)
	x := &DivisionIndex{all: make([]division, 0, strings.Count(text, "\n"))}
	var letters strings.Builder // of all divisions, so that each is a slice of one string
	letters.Grow(len(text))
	for line := range strings.Lines(text) {
		d, ok := parseDivision(strings.TrimSuffix(line, "\n"), &letters)
		if !ok {
			return nil, fmt.Errorf("division %d: broken line", len(x.all)+1)
		}
		if n := len(x.all); n > 0 && x.all[n-1].code >= d.code {
			return nil, fmt.Errorf("division %s does not follow %s", d.code, x.all[n-1].code)
		}
		if d.parent = x.parent(d.code); d.parent < 0 && len(d.code) > provinceCode {
			return nil, fmt.Errorf("division %s lies in none", d.code)
		}
		if len(d.code) < townshipCode {
			x.upper = append(x.upper, int32(len(x.all)))
		}
		x.all = append(x.all, d)
	}
	if len(x.all) > maxIndexed {
		return nil, fmt.Errorf("%d divisions, more than %d", len(x.all), maxIndexed)
	}
	x.townships = indexTownships(x.all)
	return x, nil
}

// parent returns where the division stands that the next one, with the code,
// lies in; -1 where there is none. What a division lies in stands above it.
func (x *DivisionIndex) parent(code string) int32 {
	for i := int32(len(x.all)) - 1; i >= 0; i = x.all[i].parent {
		if len(x.all[i].code) < len(code) && strings.HasPrefix(code, x.all[i].code) {
			return i
		}
	}
	return -1
}

func parseDivision(line string, letters *strings.Builder) (division, bool) {
	code, rest, ok1 := strings.Cut(line, "\t")
	names, syllables, ok2 := strings.Cut(rest, "\t")
	short, ending, ok3 := strings.Cut(names, "|")
	if !ok1 || !ok2 || !ok3 || len(names) > 255 || !slices.Contains(codeLengths, len(code)) {
		return division{}, false
	}
	d := division{code: code, name: short + ending, shortName: uint8(len(short))}
	characters := 0
	for range short {
		characters++
	}
	from := letters.Len()
	n := 0
	for s := range strings.SplitSeq(syllables, " ") {
		letters.WriteString(s)
		if n++; n == characters {
			d.shortPinyin = uint8(letters.Len() - from)
		}
	}
	middle := letters.Len()
	for s := range strings.SplitSeq(syllables, " ") {
		if s != "" {
			letters.WriteByte(s[0])
		}
	}
	d.pinyin = letters.String()[from:middle]
	d.initials = letters.String()[middle:]
	d.shortInitials = uint8(min(characters, len(d.initials)))
	if d.shortPinyin == 0 {
		d.shortPinyin = uint8(len(d.pinyin))
	}
	return d, len(d.pinyin) < 256
}

func (d *division) public() catalog.Division { return catalog.Division{Code: d.code, Name: d.name} }

// at returns where the code stands, or would stand.
func (x *DivisionIndex) at(code string) (int, bool) {
	return slices.BinarySearchFunc(x.all, code, func(d division, code string) int { return strings.Compare(d.code, code) })
}

// below returns the range of what lies below position i, at any depth.
func (x *DivisionIndex) below(i int) (from, to int) {
	to, _ = x.at(x.all[i].code + "~")
	return i + 1, to
}

// ByCode returns the division with the code.
func (x *DivisionIndex) ByCode(code string) (catalog.Division, bool) {
	i, ok := x.at(code)
	if !ok {
		return catalog.Division{}, false
	}
	return x.all[i].public(), true
}

// Below returns the divisions one level below the code, by code; the provinces
// for an empty code. It is empty for a township and for an unknown code.
func (x *DivisionIndex) Below(code string) []catalog.Division {
	from, to, length := 0, len(x.all), provinceCode
	if code != "" {
		i, ok := x.at(code)
		if !ok || len(code) == townshipCode {
			return nil
		}
		from, to = x.below(i)
		length = map[int]int{provinceCode: cityCode, cityCode: countyCode, countyCode: townshipCode}[len(code)]
	}
	var out []catalog.Division
	for _, d := range x.all[from:to] {
		if len(d.code) == length {
			out = append(out, d.public())
		}
	}
	return out
}

// UnitOf returns the unit that keeps the catalogs of a township, the office of
// a county or that of a city, with the names of county and city filled in. It
// fails with catalog.ErrNotFound on any other code.
func (x *DivisionIndex) UnitOf(code string) (catalog.Unit, error) {
	i, ok := x.at(code)
	if !ok || len(code) == provinceCode {
		return catalog.Unit{}, fmt.Errorf("unit of division %q: %w", code, catalog.ErrNotFound)
	}
	u := catalog.Unit{ID: catalog.UnitID(code), Name: x.all[i].name, Division: code, City: x.city(code)}
	switch len(code) {
	case townshipCode:
		u.Kind = catalog.TownshipUnit
		u.Parent = catalog.UnitID(code[:countyCode])
		u.County = x.name(code[:countyCode])
	case countyCode:
		u.Kind = catalog.CountyUnit
		u.Parent = catalog.UnitID(code[:cityCode])
		u.County = u.Name
	default:
		u.Kind = catalog.CityUnit
	}
	return u, nil
}

func (x *DivisionIndex) name(code string) string {
	d, _ := x.ByCode(code)
	return d.Name
}

// city is the name of the city a code lies in. The districts of a municipality
// lie in it, and counties without a city in their province; the list calls the
// level between 市辖区 or 省直辖县级行政区划, which is no place.
func (x *DivisionIndex) city(code string) string {
	name := x.name(code[:cityCode])
	if !IsPlace(name) {
		return x.name(code[:provinceCode])
	}
	return name
}

// IsPlace tells names of places from those of a mere level.
func IsPlace(name string) bool {
	return name != "市辖区" && name != "县" && !strings.HasSuffix(name, "直辖县级行政区划")
}
