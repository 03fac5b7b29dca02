package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/policies"
	"github.com/samraad/samraad/templates"
)

// speaker says things in the language of the command line.
type speaker struct{ templates.Text }

func (s *Settings) text() speaker {
	return speaker{templates.In(templates.Language(s.Language))}
}

// Error says an error, each of several on a line of its own; one in a file
// begins with file and line, as editors follow it.
func (t speaker) Error(err error) string {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var lines []string
		for _, one := range many.Unwrap() {
			lines = append(lines, t.Error(one))
		}
		return strings.Join(lines, "\n")
	}
	var line *policies.Error
	if errors.As(err, &line) {
		return t.policyLine(line)
	}
	var fault *area.Fault
	if errors.As(err, &fault) {
		return fmt.Sprintf("%s:%d: %s", fault.File, fault.Line, t.Error(fault.Err))
	}
	var refusal *forum.Error
	if !errors.As(err, &refusal) {
		return err.Error()
	}
	said := t.T(refusal.Key, refusal.Args...)
	if refusal.Field != "" {
		said = refusal.Field + ": " + said
	}
	if refusal.Cause != nil {
		said += " (" + refusal.Cause.Error() + ")"
	}
	return said
}

// policyLine says what is wrong with a line of a policy, behind file and line.
func (t speaker) policyLine(wrong *policies.Error) string {
	said := fmt.Sprintf("%s:%d: %s", wrong.File, wrong.Line, t.T(string(wrong.Reason), "Found", wrong.Found))
	if wrong.Allowed != "" {
		said += " " + t.T("cli.policy.allowed", "Allowed", wrong.Allowed)
	}
	return said
}
