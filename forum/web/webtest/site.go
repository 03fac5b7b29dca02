package webtest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Sort is what a route gives, and so what its answers tell the browser.
type Sort int

// The sorts.
const (
	Page    Sort = iota // of the site, for whom it is shown to alone
	Part                // of a page, which asks for it again
	File                // that others wrote, to be saved
	Source              // text as it came
	Frame               // a letter within a page of ours
	Ours                // a PDF that we printed
	Feed                // a calendar
	Asset               // a built file
	Machine             // for those who operate it
	Change              // does something, and takes a form
	Papers              // likewise, with files
)

// Site is every route of a house, by method and pattern.
type Site map[string]Sort

// route is one of them.
type route struct {
	name, method, pattern string
	sort                  Sort
}

func (s Site) routes() (all []route) {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		method, pattern, _ := strings.Cut(name, " ")
		all = append(all, route{name, method, pattern, s[name]})
	}
	return all
}

// Answer is what a request was answered, no redirect followed.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Send sends a request with headers and a body as they are, signed in where Signed says so.
type Send func(Request) Answer

// Request is what is sent.
type Request struct {
	Method, Pattern string // the first of what the pattern is about
	Signed          bool
	Header          http.Header
	Body            string
}
