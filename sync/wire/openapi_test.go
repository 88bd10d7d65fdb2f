package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mulutong/catalog"
	"mulutong/sync/review"
)

var update = flag.Bool("update", false, "write openapi.json anew")

type object = map[string]any

// schemas collects what the messages look like, by the names of their types.
type schemas object

// forms are the types whose JSON is not what their Go type looks like.
var forms = map[reflect.Type]any{
	reflect.TypeFor[time.Time]():          object{"type": "string", "format": "date-time"},
	reflect.TypeFor[json.RawMessage]():    object{},
	reflect.TypeFor[[]byte]():             object{"type": []string{"string", "null"}, "contentEncoding": "base64"},
	reflect.TypeFor[catalog.ChannelSet](): object{"type": "array", "items": object{"type": "string"}},
	reflect.TypeFor[catalog.TierSet]():    object{"type": "array", "items": object{"type": "string"}},
	reflect.TypeFor[review.Hash]():        object{"type": "string", "pattern": "^([0-9a-f]{64})?$"},
	reflect.TypeFor[review.Role]():        object{"type": "string", "enum": append(slices.Clone(review.Roles), "")},
	reflect.TypeFor[review.AssessmentID](): object{"type": "object", "required": []string{"form", "unit", "quarter"}, "properties": object{
		"form": object{"type": "string"}, "unit": object{"type": "string"}, "quarter": object{"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"},
	}},
}

func (s schemas) of(t reflect.Type) any {
	if f, ok := forms[t]; ok {
		return f
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Uint8:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": []string{"array", "null"}, "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		name := t.String()
		if _, known := s[name]; !known {
			s[name] = nil // against going round in circles
			s[name] = s.object(t)
		}
		return object{"$ref": "#/components/schemas/" + name}
	}
	panic("no schema of " + t.String())
}

func (s schemas) object(t reflect.Type) any {
	if t == reflect.TypeFor[catalog.Entry]() {
		return s.entry()
	}
	properties, required := object{}, []string{}
	for f := range fields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		if name == "" {
			panic(fmt.Sprintf("%s.%s has no name in JSON", t, f.Name))
		}
		properties[name] = s.of(f.Type)
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// fields are the fields of a struct, those of embedded ones in their place.
func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) {
			if !f.Anonymous && !yield(f) {
				return
			}
		}
	}
}

// entry is the one form of an entry: made of one that has everything, since its
// JSON has its own type.
func (s schemas) entry() any {
	e := catalog.Entry{
		ID: "i", Sector: "s", Template: "t", Code: "c", Path: []string{"p"}, Link: "l", Extra: map[string]string{"h": "v"},
		Channels: catalog.Channels{May: catalog.ChannelSetOf(catalog.Website), Others: []string{"o"}},
	}
	var all map[string]json.RawMessage
	recode(e, &all)
	var least map[string]json.RawMessage
	recode(catalog.Entry{}, &least)
	special := object{
		"path":  object{"type": []string{"array", "null"}, "items": object{"type": "string"}},
		"basis": s.of(reflect.TypeFor[catalog.Basis]()), "timeLimit": s.of(reflect.TypeFor[catalog.TimeLimit]()),
		"audience": s.of(reflect.TypeFor[catalog.Audience]()), "mode": s.of(reflect.TypeFor[catalog.Mode]()),
		"channels": s.of(reflect.TypeFor[catalog.ChannelSet]()), "mayChannels": s.of(reflect.TypeFor[catalog.ChannelSet]()),
		"tiers": s.of(reflect.TypeFor[catalog.TierSet]()), "extra": s.of(reflect.TypeFor[map[string]string]()),
		"otherChannels": object{"type": "array", "items": object{"type": "string"}},
	}
	properties := object{}
	for name := range all {
		properties[name] = object{"type": "string"}
		if p, ok := special[name]; ok {
			properties[name] = p
		}
	}
	return object{"type": "object", "properties": properties, "required": slices.Sorted(maps.Keys(least))}
}

func recode(v, into any) {
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		panic(err)
	}
}

func (s schemas) body(v any) object {
	if media, raw := v.(Bytes); raw {
		return object{string(media): object{"schema": object{"type": "string", "format": "binary"}}}
	}
	return object{JSON: object{"schema": s.of(reflect.TypeOf(v))}}
}

var inBraces = regexp.MustCompile(`\{([a-z]+)\}`)

func (s schemas) operation(r Route) object {
	op := object{"operationId": r.Name, "summary": r.Summary}
	if r.Access == Public {
		op["security"] = []any{}
	}
	if r.Action != "" {
		op["x-action"] = r.Action
	}
	var parameters []any
	for _, m := range inBraces.FindAllStringSubmatch(r.Path, -1) {
		parameters = append(parameters, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, q := range r.Query {
		schema := object{"type": q.Type}
		if q.Many {
			schema = object{"type": "array", "items": schema}
		}
		parameters = append(parameters, object{"name": q.Name, "in": "query", "description": q.Summary, "schema": schema})
	}
	if parameters != nil {
		op["parameters"] = parameters
	}
	if r.Request != nil {
		op["requestBody"] = object{"required": true, "content": s.body(r.Request)}
	}
	answers := object{}
	if r.Response == nil {
		answers["204"] = object{"description": "Done."}
	} else {
		answers["200"] = object{"description": "Done.", "content": s.body(r.Response)}
	}
	codes := r.Expects()
	op["x-codes"] = codes
	for _, c := range codes {
		status := strconv.Itoa(c.Status())
		answers[status] = object{"$ref": "#/components/responses/" + status}
	}
	if r.Name == "offer" {
		either := object{JSON: object{"schema": object{"oneOf": []any{s.of(reflect.TypeFor[review.Receipt]()), s.of(reflect.TypeFor[Error]())}}}}
		answers["409"] = object{"description": "The receipt of a bundle that is conflicted.", "content": s.body(review.Receipt{})}
		answers["422"] = object{"description": "The receipt of a bundle that is refused, or the error of what is no bundle: damaged, unsupported.", "content": either}
	}
	op["responses"] = answers
	return op
}

// failures are the answers that are no success, by their status.
func (s schemas) failures() object {
	byStatus := map[int][]string{}
	for c, status := range statuses {
		byStatus[status] = append(byStatus[status], string(c))
	}
	out := object{}
	for status, codes := range byStatus {
		slices.Sort(codes)
		f := object{"description": "code: " + strings.Join(codes, ", "), "content": s.body(Error{})}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			f["headers"] = object{"Retry-After": object{"schema": object{"type": "integer"}}}
		}
		out[strconv.Itoa(status)] = f
	}
	return out
}

func document() object {
	s := schemas{}
	paths := object{}
	for _, r := range Routes {
		path, ok := paths[r.full()].(object)
		if !ok {
			path = object{}
			paths[r.full()] = path
		}
		path[strings.ToLower(r.Method)] = s.operation(r)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Mulutong review service", "version": ServiceVersion,
			"description": "Every answer has the header " + ServiceHeader + ": " + ServiceVersion + "; one without it is not the service's.",
			"license":     object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"security": []any{object{"session": []any{}}},
		"paths":    paths,
		"components": object{
			"securitySchemes": object{"session": object{"type": "http", "scheme": "bearer"}},
			"responses":       s.failures(),
			"schemas":         s,
		},
	}
}

func TestOpenAPIIsMadeOfTheRoutes(t *testing.T) {
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.json", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(OpenAPI, want.Bytes()) {
		t.Error("openapi.json is not what the routes say; go generate ./sync/wire writes it anew")
	}
}

func TestEveryCodeHasAStatusAndARoute(t *testing.T) {
	for c := range statuses {
		if c == CodeMethod {
			continue // of no route: of a method that none has
		}
		if !slices.ContainsFunc(Routes, func(r Route) bool { return slices.Contains(r.Expects(), c) }) && !slices.Contains(problems, c) {
			t.Errorf("no route may answer %s", c)
		}
	}
}

// problems are codes that stand in receipts only.
var problems = []Code{CodeUnsigned, CodeLocked, CodeNothing}
