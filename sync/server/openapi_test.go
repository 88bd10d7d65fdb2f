package server

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"mulutong/sync/wire"
)

// document is the OpenAPI document, read once and strictly: an answer with a key
// that the document does not know is wrong, as one is that lacks a key.
var document = sync.OnceValues(func() (*openapi3.T, error) {
	var v any
	if err := json.Unmarshal(wire.OpenAPI, &v); err != nil {
		return nil, err
	}
	seal(v)
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(b)
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(context.Background())
})

// seal lets objects have no keys but those named.
func seal(v any) {
	switch v := v.(type) {
	case map[string]any:
		_, named := v["properties"]
		_, more := v["additionalProperties"]
		if named && !more && v["type"] != nil {
			v["additionalProperties"] = false
		}
		for _, e := range v {
			seal(e)
		}
	case []any:
		for _, e := range v {
			seal(e)
		}
	}
}

// conform checks a real answer against the document.
func conform(t testing.TB, route wire.Route, r reply) {
	t.Helper()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(route.Pattern(), route.Method+" ")
	item := doc.Paths.Value(path)
	if item == nil || item.GetOperation(route.Method) == nil {
		t.Fatalf("the document has no %s %s", route.Method, path)
	}
	documented := item.GetOperation(route.Method).Responses.Status(r.status)
	if documented == nil {
		t.Errorf("%s answered %d %s, which is not documented", route.Name, r.status, r.body)
		return
	}
	content := documented.Value.Content
	if len(content) == 0 {
		if len(r.body) > 0 {
			t.Errorf("%s answered %d with a body that is not documented: %.100s", route.Name, r.status, r.body)
		}
		return
	}
	media, _, err := mime.ParseMediaType(r.header.Get("Content-Type"))
	if err != nil || content[media] == nil {
		t.Errorf("%s answered %d in %q, documented are %v", route.Name, r.status, r.header.Get("Content-Type"), content)
		return
	}
	if media != wire.JSON || route.Name == "openapi" {
		return
	}
	var v any
	if err := json.Unmarshal(r.body, &v); err != nil {
		t.Errorf("%s answered %d with %.100s: %v", route.Name, r.status, r.body, err)
		return
	}
	schema := content[media].Schema.Value
	if err := schema.VisitJSON(v, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("%s answered %d with %.500s, which is not what the document says: %.1500s", route.Name, r.status, r.body, err.Error())
	}
}

func TestDocumentAndServiceHaveTheSameRoutes(t *testing.T) {
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	s := start(t)
	// Whatever the document has is there, and nothing that it does not have:
	// the service says itself which methods a path has.
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	for path, item := range doc.Paths.Map() {
		concrete := strings.NewReplacer("{", "", "}", "").Replace(path)
		var want []string
		for _, m := range methods {
			if item.GetOperation(m) != nil {
				want = append(want, m)
			}
		}
		r := s.ask("", "TRACE", concrete, nil)
		got := strings.Split(r.header.Get("Allow"), ", ")
		if r.status != http.StatusMethodNotAllowed || !slices.Equal(got, want) {
			t.Errorf("%s: the service has %v, the document %v", path, got, want)
		}
		for _, m := range want {
			if r := s.ask("", m, concrete, nil); r.status == http.StatusNotFound && r.code() == wire.CodeNotFound || r.status == http.StatusMethodNotAllowed {
				t.Errorf("%s %s: %d", m, path, r.status)
			}
		}
	}
	served := map[string]bool{}
	for _, r := range wire.Routes {
		path := strings.TrimPrefix(r.Pattern(), r.Method+" ")
		served[r.Pattern()] = true
		if item := doc.Paths.Value(path); item == nil || item.GetOperation(r.Method) == nil {
			t.Errorf("the document lacks %s", r.Pattern())
		} else if op := item.GetOperation(r.Method); op.OperationID != r.Name {
			t.Errorf("%s is called %s in the document", r.Name, op.OperationID)
		}
	}
	if n := len(served); n != len(wire.Routes) || n != len(s.handlers()) {
		t.Errorf("%d routes, %d patterns, %d handlers", len(wire.Routes), n, len(s.handlers()))
	}
	if got := s.to("", "openapi", nil); string(got.body) != string(wire.OpenAPI) {
		t.Error("the service gives out another document")
	}
}
