package wire

import (
	_ "embed"
	"slices"
)

// OpenAPI is the OpenAPI 3.1 document of the service, in JSON.
//
//go:generate go test -tags ci -run TestOpenAPIIsMadeOfTheRoutes . -update
//go:embed openapi.json
var OpenAPI []byte

// Expects returns every code that the route may answer with: its own, and those
// that any route like it may give.
func (r Route) Expects() []Code {
	cs := slices.Clone(r.Codes)
	if r.Access != Public {
		cs = append(cs, CodeUnauthenticated, CodeMustChange)
	}
	if r.Access == Allowed {
		cs = append(cs, CodeDenied)
	}
	if r.Request != nil {
		cs = append(cs, CodeTooLarge)
	}
	if _, raw := r.Request.(Bytes); len(r.Query) > 0 || r.Request != nil && !raw {
		cs = append(cs, CodeBadRequest)
	}
	cs = append(cs, CodeTooMany, CodeInternal)
	if !r.Root {
		cs = append(cs, CodeBusy)
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}
