// Package templates holds what every page and every letter is made of: the texts in three languages, the layout,
// the components of the design system, the letter, and the assets. It knows nothing of forums.
package templates

//go:generate go tool templ generate
