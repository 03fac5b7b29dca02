// Package forum holds the rules and acts of the cooperation forums: who sits in
// them, when they meet, about what, and on which papers. It knows the standard
// library only; the doors (web, mail, command line) and the stores meet it
// through the interfaces that stand beside their subjects.
package forum
