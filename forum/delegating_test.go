package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestWhoDelegatesIsReplacedInOrder keeps whom a member would send: the member does not come, the next substitute is called up
// whoever is named, and the secretaries see both.
func TestWhoDelegatesIsReplacedInOrder(t *testing.T) {
	for _, test := range []struct {
		name, delegate, shown string
		sent                  bool
	}{
		{"to the next substitute", substitute, "", true},
		{"to another member", vaksdal, "", false},
		{"to somebody unknown", "nokon@elsewhere.example", "nokon@elsewhere.example", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				m := h.called()
				h.now = h.now.Add(time.Hour)
				said := h.says(m, chair, "DELEGATED", 0, 5)
				said.Delegate = test.delegate
				if got := h.mailed(chair, said); got != "understood" {
					h.Fatalf("the answer is %s", got)
				}
				h.wantAttending(m.ID, chair+" no", substitute+" none"+forChair)
				shown := test.shown
				if shown == "" {
					shown = seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Person, error) {
						return tx.PersonByAddress(ctx, test.delegate)
					}).Name
				}
				secretary := h.as(ourSecretary)
				attendance := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Attendance, error) {
					return forum.ReadAttendance(ctx, tx, secretary, m.ID)
				})
				found := false
				for _, row := range attendance.Rows {
					if row.Person.Address == chair {
						found = row.Delegate == shown && row.Sent == test.sent
					} else if row.Delegate != "" {
						h.Errorf("%s would send %s", row.Person.Name, row.Delegate)
					}
				}
				if !found {
					h.Errorf("not shown: %+v", attendance.Rows)
				}
				h.now = h.now.Add(time.Hour)
				h.answer(chair, m.ID, forum.Coming)
				h.wantAttending(m.ID, chair+" yes")
			})
		})
	}
}

// TestAnswerToOneInstance takes an answer to one instance of a series for the meeting that begins then, and for no other.
func TestAnswerToOneInstance(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		h.now = h.now.Add(time.Hour)
		for _, test := range []struct {
			instance string
			minute   int
			want     string
		}{
			{m.Start.UTC().Format(time.RFC3339), 1, "understood"},
			{string(forum.DateOf(m.Start)), 2, "understood"},
			{m.Start.AddDate(0, 0, 7).UTC().Format(time.RFC3339), 3, "held held.answer_other_instance"},
			{string(forum.DateOf(m.Start.AddDate(0, 1, 0))), 4, "held held.answer_other_instance"},
			{"when it suits", 5, "held held.answer_other_instance"},
		} {
			said := h.says(m, chair, "ACCEPTED", 0, test.minute)
			said.Instance = test.instance
			if got := h.mailed(chair, said); got != test.want {
				h.Errorf("%s: %s, want %s", test.instance, got, test.want)
			}
		}
	})
}

// TestProposedSlot keeps place, link and, where the calendar gives no end, how long a meeting lasts.
func TestProposedSlot(t *testing.T) {
	m := &forum.Meeting{Slot: slot("2026-03-09 10:00", "2026-03-09 13:00")}
	later := m.Start.AddDate(0, 0, 1)
	for _, test := range []struct {
		name     string
		end      time.Time
		duration time.Duration
	}{
		{"with an end", later.Add(time.Hour), time.Hour},
		{"without", time.Time{}, 3 * time.Hour},
		{"that ends as it begins", later, 3 * time.Hour},
	} {
		to := forum.TimeProposal{Start: later, End: test.end}.Slot(m)
		if !to.Start.Equal(later) || to.End.Sub(to.Start) != test.duration || to.Place != m.Place || to.Link != m.Link {
			t.Errorf("%s: %+v", test.name, to)
		}
	}
}
