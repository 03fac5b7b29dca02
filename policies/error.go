package policies

import "fmt"

// Reason is why a line of a policy cannot be used; its value is a text key.
type Reason string

// The reasons, each with what Error.Found then holds.
const (
	Empty        Reason = "policy.empty"         // nothing
	UnknownKind  Reason = "policy.unknown_kind"  // the first field
	WrongFields  Reason = "policy.wrong_fields"  // the line
	BadWord      Reason = "policy.bad_word"      // the field
	UnknownLevel Reason = "policy.unknown_level" // the level
	Duplicate    Reason = "policy.duplicate"     // the line
	Cycle        Reason = "policy.cycle"         // the capacities of the cycle
	TooDeep      Reason = "policy.too_deep"      // the capacity that inherits too far
	Redundant    Reason = "policy.redundant"     // the level, or the capacity of a g line
)

var explanations = map[Reason]string{
	Empty:        "no line allows anything",
	UnknownKind:  "unknown first letter",
	WrongFields:  "wrong number of fields",
	BadWord:      "not a word",
	UnknownLevel: "unknown level",
	Duplicate:    "the same line again",
	Cycle:        "capacities that inherit from each other in a circle",
	TooDeep:      "inherited over too many steps",
	Redundant:    "other lines allow the same already",
}

// Error is one line of a policy file that cannot be used.
type Error struct {
	File    string
	Line    int // counted from 1; 0 when the whole file is meant
	Reason  Reason
	Found   string
	Allowed string // what may stand there; empty when the line has only to go
}

// Error gives file, line, reason and what is allowed, in English.
func (e *Error) Error() string {
	text := e.File
	if e.Line > 0 {
		text += fmt.Sprintf(":%d", e.Line)
	}
	text += ": " + explanations[e.Reason]
	if e.Found != "" {
		text += fmt.Sprintf(" (%q)", e.Found)
	}
	if e.Allowed != "" {
		text += "; allowed: " + e.Allowed
	}
	return text
}
