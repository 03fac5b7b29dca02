package web_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	house "github.com/samraad/samraad/governance/web"
	"github.com/samraad/samraad/templates"
)

var digits = regexp.MustCompile(`/\d+`)

// TestNotices says in every language what was just done, and takes back by a route
// that changes something.
func TestNotices(t *testing.T) {
	undoes := house.House{}.Undoes()
	for _, notice := range slices.Sorted(maps.Keys(undoes)) {
		for _, language := range templates.Languages() {
			if said := templates.In(language).T("notice." + string(notice)); said == "" || strings.Contains(said, "⟦") {
				t.Errorf("%s: %s says %q", language, notice, said)
			}
		}
		if undo := undoes[notice]; undo != nil {
			if route := "POST " + digits.ReplaceAllString(undo(7), "/:id"); site[route] != change {
				t.Errorf("%s is taken back by %s, which is no change", notice, route)
			}
		}
	}
}
