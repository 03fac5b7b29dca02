// Package web is the forum's door for browsers: a server whose pages work
// without scripts, whose changes come by POST from its own pages only, and
// which turns every refusal of the rules into a page in the reader's language.
package web
