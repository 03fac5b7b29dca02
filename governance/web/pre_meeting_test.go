package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// TestAWholeAgendaIsPreparedOnOnePage writes for matters whose room nobody has
// opened, and looks at it as the own side and as the other.
func TestAWholeAgendaIsPreparedOnOnePage(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	var bare forum.MatterID
	secretary := forum.AsPerson(tr.person(treeSecretary))
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		m, err := forum.ProposeMatter(ctx, tx, secretary, 2, forum.Proposal{Title: "Felles vaktordning", Text: "Til drøfting.", Kind: forum.DiscussionMatter, Source: forum.ByWeb})
		if err != nil {
			return err
		}
		bare = m.ID
		_, err = forum.PlaceMatter(ctx, tx, secretary, m.ID, 1)
		return err
	})
	id := fmt.Sprint(bare)
	chair, deputy, outsider := tr.as(treeChair, "nn"), tr.as(treeDeputy, "nn"), tr.as(treeOutsider, "nn")
	const level = "/meetings/1/room?level=municipal"
	whose := func(more ...string) url.Values {
		form := url.Values{"level": {"municipal"}, "party": {"0"}, "matter": {id}, "base": {"0"}}
		for i := 0; i < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return form
	}
	stand, note, voice := "stand-"+id, "note-"+id, "spokesperson-"+id

	expect := func(c *caller, path string, want int, has, hasNot []string) {
		t.Helper()
		status, body, _ := c.get(path)
		if status != want {
			t.Errorf("GET %s answered %d", path, status)
		}
		for _, words := range has {
			if !strings.Contains(body, words) {
				t.Errorf("GET %s lacks %q", path, words)
			}
		}
		for _, words := range hasNot {
			if strings.Contains(body, words) {
				t.Errorf("GET %s has %q", path, words)
			}
		}
	}
	expect(chair, "/meetings/1", http.StatusOK, []string{level}, nil)
	expect(chair, level, http.StatusOK, []string{"Vi seier ja", "Felles vaktordning", "Éi sak har ikkje noko avtalt standpunkt."}, nil)
	if status, body := chair.post("/meetings/1/room/stand", whose(voice, "99", stand, "Turnus i vest")); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Turnus i vest") || !strings.Contains(body, `href="#field-`+voice) {
		t.Errorf("a stand that a stranger is to say answered %d: %s", status, body)
	}
	if status, body := chair.post("/meetings/1/room/notes", whose(note, " ")); status != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#field-`+note) {
		t.Errorf("an empty note answered %d: %s", status, body)
	}
	expect(chair, level, http.StatusOK, []string{"Éi sak har ikkje noko avtalt standpunkt."}, nil)
	for path, form := range map[string]url.Values{
		"/meetings/1/room/stand": whose(stand, "Turnus i vest"), "/meetings/1/room/notes": whose(note, "Spør om prisen"),
	} {
		if status, body := chair.post(path, form); status != http.StatusOK {
			t.Errorf("POST %s answered %d: %s", path, status, body)
		}
	}
	if status, body := chair.post("/meetings/1/room/stand", whose(stand, "Skriven over")); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Skriven over") {
		t.Errorf("a stand over no version answered %d: %s", status, body)
	}
	expect(chair, level, http.StatusOK, []string{"Turnus i vest", "Spør om prisen", "Éi sak har eit standpunkt, men ingen som fører ordet."}, []string{"noko avtalt standpunkt."})
	expect(chair, "/rooms/2", http.StatusOK, []string{"Turnus i vest", level}, nil)

	own := []string{"Turnus i vest", "Spør om prisen", "Vi seier ja"}
	expect(deputy, level, http.StatusNotFound, nil, own)
	expect(deputy, "/meetings/1/room?level=specialist", http.StatusOK, []string{"2 saker har ikkje noko avtalt standpunkt."}, own)
	expect(deputy, "/meetings/1/room", http.StatusOK, nil, own)
	expect(deputy, "/meetings/1/room?party=1", http.StatusNotFound, nil, own)
	expect(outsider, level, http.StatusForbidden, nil, own)
	if status, _ := deputy.post("/meetings/1/room/notes", whose(note, "Innbrot")); status != http.StatusNotFound {
		t.Errorf("a note in the other level's room answered %d", status)
	}
}
