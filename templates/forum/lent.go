package forum

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// What the pages of the house above borrow.

// Moments tells a history, the newest first.
func Moments(t templates.Text, deeds []forum.Deed) []templates.Moment { return moments(t, deeds) }

// DeedWords says what was done, in a sentence.
func DeedWords(t templates.Text, d forum.Deed) string {
	return t.T("deed."+d.Deed, deedValues(t, d)...)
}
