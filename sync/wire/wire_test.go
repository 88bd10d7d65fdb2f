package wire

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mulutong/catalog"
	"mulutong/sync/review"
)

func TestErrorsKeepTheirMeaningOverTheLine(t *testing.T) {
	for _, tt := range []struct {
		err    error
		code   Code
		status int
	}{
		{&review.DeniedError{Role: review.Clerk, Action: review.ActPass}, CodeDenied, http.StatusForbidden},
		{&review.StateError{Action: review.ActPass, State: review.Approved}, CodeState, http.StatusConflict},
		{&review.LockedError{Targets: []review.Target{{Entry: "a"}}}, CodeLocked, http.StatusUnprocessableEntity},
		{&review.UnansweredError{Comments: []string{"c"}}, CodeUnanswered, http.StatusUnprocessableEntity},
		{&review.ConflictError{Head: "h", Base: "b"}, CodeConflict, http.StatusConflict},
		{catalog.ErrConflict, CodeConflict, http.StatusConflict},
		{catalog.ErrNotFound, CodeNotFound, http.StatusNotFound},
		{review.ErrUnsigned, CodeUnsigned, http.StatusUnprocessableEntity},
		{review.ErrBadCode, CodeBadCode, http.StatusForbidden},
		{&review.InvalidError{Field: "name"}, CodeInvalid, http.StatusUnprocessableEntity},
		{&review.TargetError{}, CodeNotFound, http.StatusNotFound},
		{&review.AssessmentError{}, CodeState, http.StatusConflict},
		{review.ErrNothing, CodeNothing, http.StatusUnprocessableEntity},
		{&Error{Code: CodeTooMany}, CodeTooMany, http.StatusTooManyRequests},
		{errors.New("secret/path.db: broken"), CodeInternal, http.StatusInternalServerError},
	} {
		got := ErrorOf(fmt.Errorf("doing something: %w", tt.err))
		if got.Code != tt.code || got.Code.Status() != tt.status {
			t.Errorf("ErrorOf(%v) = %s, %d, want %s, %d", tt.err, got.Code, got.Code.Status(), tt.code, tt.status)
		}
		if got.Code == CodeInternal {
			if strings.Contains(got.Message, "secret") {
				t.Errorf("ErrorOf(%v) tells a stranger %q", tt.err, got.Message)
			}
			continue
		}
		if again := ErrorOf(got); again != got {
			t.Errorf("ErrorOf(ErrorOf(%v)) is another error", tt.err)
		}
		if cause := got.Unwrap(); cause != nil && ErrorOf(cause).Code != tt.code {
			t.Errorf("the client sees %v as %v", tt.err, cause)
		}
	}
}

func TestEveryProblemOfAReceiptIsACode(t *testing.T) {
	for _, p := range []string{
		review.ProblemUnsigned, review.ProblemLocked, review.ProblemUnanswered, review.ProblemState,
		review.ProblemNotFound, review.ProblemInvalid, review.ProblemConflict,
	} {
		if _, ok := statuses[Code(p)]; !ok {
			t.Errorf("problem %q is no code", p)
		}
	}
}

func TestEveryRouteSaysWhoMayWalkIt(t *testing.T) {
	names := map[string]bool{}
	mux := http.NewServeMux()
	for _, r := range Routes {
		if names[r.Name] {
			t.Errorf("two routes are called %s", r.Name)
		}
		names[r.Name] = true
		mux.Handle(r.Pattern(), http.NotFoundHandler()) // panics on patterns that conflict
		if r.Access == Closed {
			t.Errorf("%s lets nobody in", r.Name)
		}
		if (r.Access == Allowed) != (r.Action != "") || (r.Access == Allowed) != (r.Subject != Nowhere) {
			t.Errorf("%s: Access %d does not go with action %q, subject %d", r.Name, r.Access, r.Action, r.Subject)
		}
		if r.Subject == InPath && !strings.Contains(r.Path, "{unit}") {
			t.Errorf("%s: %s names no unit", r.Name, r.Path)
		}
		if r.Summary == "" {
			t.Errorf("%s says nothing of itself", r.Name)
		}
	}
}

func TestPathsHoldAnyValue(t *testing.T) {
	for _, v := range []string{"340202", "340202-文化", "a/b", "..", ".", "a b?c#d%", "社会救助"} {
		p := ByName("case").At(v, "social-assistance")
		if ByName("case").Pattern() != "GET "+Prefix+"/cases/{unit}/{sector}" {
			t.Fatal(ByName("case").Pattern())
		}
		var got string
		mux := http.NewServeMux()
		mux.HandleFunc(ByName("case").Pattern(), func(_ http.ResponseWriter, r *http.Request) { got = r.PathValue("unit") })
		u, err := url.Parse("http://service" + p)
		if err != nil {
			t.Fatal(err)
		}
		mux.ServeHTTP(nil, &http.Request{Method: http.MethodGet, URL: u, Host: "service"})
		if got != v {
			t.Errorf("unit %q arrives as %q over %s", v, got, p)
		}
	}
}
