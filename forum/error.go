package forum

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of refusal an error is; each door maps it once to its own
// form (a status, a page, a bounce).
type Kind int

// The kinds of refusal.
const (
	NotFound    Kind = iota + 1 // nothing there that this reader may know of
	Forbidden                   // there, but this actor may not
	Invalid                     // the input is wrong; the text says what to change
	Conflict                    // right in itself, but the state has moved on
	Unavailable                 // a part is missing for now; trying again may help
	TooMany                     // asked too often; the text says when to try again
)

// Error is a refusal that a person can read: Key names a text of the
// catalogues, Args are its alternating names and values, Field the form field
// or file path that it speaks of ("" for none).
type Error struct {
	Kind  Kind
	Key   string
	Args  []any
	Field string
	Cause error
}

// Refuse makes an Error of a kind from a text key and alternating names and values.
func Refuse(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// On returns the error pointed at a form field or a path in a file.
func (e *Error) On(field string) *Error {
	at := *e
	at.Field = field
	return &at
}

// Because returns the error with the cause that lies under it, for the log.
func (e *Error) Because(cause error) *Error {
	with := *e
	with.Cause = cause
	return &with
}

// Error gives the key and arguments for logs; people read the text of Key.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Field != "" {
		b.WriteString(e.Field + ": ")
	}
	b.WriteString(e.Key)
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// IsKind tells whether err is a refusal of that kind.
func IsKind(err error, kind Kind) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.Kind == kind
}
