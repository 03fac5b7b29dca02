package forum_test

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestNoIdentityNumberOnAnAgenda: what is written into a line goes out by mail and in print.
func TestNoIdentityNumberOnAnAgenda(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		base, entries := h.entries(m.ID)
		for field, entry := range map[string]forum.LineEntry{
			"title-":     {Title: "Pasient 13097248022"},
			"presenter-": {Title: "Orientering", Presenter: "Pasient 13097248022"},
		} {
			entry.Key, entry.Kind, entry.Minutes = forum.NewLineKey(forum.OwnLine), forum.BriefingItem, 5
			_, err := try(h, agendaSaved(h.as(ourSecretary), m.ID, base, append(entries, entry)))
			refused(t, err, "invalid: error.identity_number on "+field+entry.Key)
		}
		_, err := forum.NewGuest(m.ID, "own-a", "Pasient 13097248022", "gjest@kvam.example", forum.Nynorsk)
		refused(t, err, "invalid: error.identity_number on name")
	})
}
