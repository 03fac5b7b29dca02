package forum_test

import (
	"errors"
	"testing"

	"github.com/samraad/samraad/forum"
)

var kindNames = map[forum.Kind]string{
	forum.NotFound: "not found", forum.Forbidden: "forbidden", forum.Invalid: "invalid", forum.Conflict: "conflict", forum.Unavailable: "unavailable", forum.TooMany: "too many",
}

// said puts a refusal into words that a table can hold: its kind, its text key
// and the field it speaks of; "" for no error.
func said(err error) string {
	if err == nil {
		return ""
	}
	var refusal *forum.Error
	if !errors.As(err, &refusal) {
		return "not a refusal: " + err.Error()
	}
	words := kindNames[refusal.Kind] + ": " + refusal.Key
	if refusal.Field != "" {
		words += " on " + refusal.Field
	}
	return words
}

// refused fails the test unless err says what is wanted, "" being no error.
func refused(t *testing.T, err error, want string) {
	t.Helper()
	if got := said(err); got != want {
		t.Fatalf("got %q, want %q (%v)", got, want, err)
	}
}
