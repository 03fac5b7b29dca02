// Package forum holds the pages of the forum: each is one struct of what its
// reader may see, and one component that shows it.
package forum

//go:generate go tool templ generate
