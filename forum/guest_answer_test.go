package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func guestAnswered(link string, reply forum.Reply) act[*forum.Guest] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) {
		return forum.AnswerAsGuest(ctx, tx, link, reply)
	}
}

func TestAGuestAnswersOnThePage(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by := h.as(ourSecretary)
		id, _, guest := h.withGuest()
		shown := func(asked forum.Actor) (reply forum.Reply, forOld bool) {
			page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
				return forum.ReadMeetingPage(ctx, tx, asked, id)
			})
			for _, row := range page.Lines {
				for _, g := range row.Guests {
					return g.Answer()
				}
			}
			h.Fatal("there is no guest")
			return "", false
		}
		want := func(reply forum.Reply, forOld bool) {
			h.Helper()
			if got, old := shown(by); got != reply || old != forOld {
				h.Errorf("the secretary sees %s, for the old time: %t", got, old)
			}
		}
		want(forum.Waited, false)
		_, err := try(h, guestAnswered(guest.Link, "perhaps"))
		refused(h.T, err, "invalid: error.answer.choose on answer")
		done(h, guestAnswered(guest.Link, forum.Coming))
		want(forum.Coming, false)
		h.now = h.now.Add(time.Minute)
		done(h, guestAnswered(guest.Link, forum.NotComing))
		want(forum.NotComing, false)
		if got, _ := shown(h.as(vaksdal)); got != forum.Waited {
			h.Errorf("a member sees %s", got)
		}
		done(h, moved(by, id, slot("2026-03-03 12:00", "2026-03-03 14:00")))
		want(forum.Waited, true)
		h.now = at("2026-03-03 14:00")
		_, err = try(h, guestAnswered(guest.Link, forum.Coming))
		refused(h.T, err, "conflict: error.answer.over")
		h.now = at("2026-03-01 12:00")
		done(h, guestGone(by, guest.ID))
		_, err = try(h, guestAnswered(guest.Link, forum.Coming))
		refused(h.T, err, "not found: error.guest.link")
	})
}

// TestGuestAnswersInAnyOrder gives a guest's calendar answers in all orders of arrival.
func TestGuestAnswersInAnyOrder(t *testing.T) {
	type said struct {
		reply    forum.Reply
		sequence int
		minute   int
	}
	answers := []said{{forum.Coming, 0, 1}, {forum.NotComing, 0, 5}, {forum.Coming, 1, 2}, {forum.NotComing, 1, 3}}
	m := &forum.Meeting{State: forum.CalledMeeting, Slot: forum.Slot{Start: at("2026-03-02 09:00"), End: at("2026-03-02 12:00")}}
	var permute func(given, rest []said)
	permute = func(given, rest []said) {
		if len(rest) == 0 {
			g := forum.Guest{Sequence: 1, Told: m.Slot}
			for _, a := range given {
				forum.TakeGuestReply(&g, m, a.reply, a.sequence, planned.Add(time.Duration(a.minute)*time.Minute), planned)
			}
			if reply, _ := g.Answer(); reply != forum.NotComing || g.RepliedTo != 1 {
				t.Errorf("%v gives %s to %d", given, reply, g.RepliedTo)
			}
			return
		}
		for i := range rest {
			others := append(append([]said{}, rest[:i]...), rest[i+1:]...)
			permute(append(append([]said{}, given...), rest[i]), others)
		}
	}
	permute(nil, answers)
}

func TestWhatBecomesOfAGuestsAnswer(t *testing.T) {
	held := forum.Guest{Sequence: 1, Told: forum.Slot{Start: at("2026-03-02 09:00")}, Reply: forum.Coming, RepliedTo: 1, RepliedAt: planned}
	off, untold := held, held
	off.TakenOff, untold.Told = true, forum.Slot{}
	got := map[string]string{}
	for name, c := range map[string]struct {
		guest    forum.Guest
		sequence int
		stamp    time.Time
		now      string
	}{
		"a newer one":        {held, 1, planned.Add(time.Minute), "2026-02-01 09:00"},
		"an older one":       {held, 1, planned.Add(-time.Minute), "2026-02-01 09:00"},
		"the same again":     {held, 1, planned, "2026-02-01 09:00"},
		"to an earlier time": {forum.Guest{Sequence: 1, Told: held.Told}, 0, planned, "2026-02-01 09:00"},
		"to what is unsent":  {held, 2, planned, "2026-02-01 09:00"},
		"before any mail":    {untold, 1, planned, "2026-02-01 09:00"},
		"of one taken off":   {off, 1, planned, "2026-02-01 09:00"},
		"after the meeting":  {held, 1, planned, "2026-03-02 12:00"},
	} {
		m := &forum.Meeting{State: forum.CalledMeeting, Slot: forum.Slot{Start: at("2026-03-02 09:00"), End: at("2026-03-02 12:00")}}
		got[name] = forum.TakeGuestReply(&c.guest, m, forum.Coming, c.sequence, c.stamp, at(c.now))
	}
	want := map[string]string{
		"a newer one": "counts", "an older one": "older", "the same again": "twice", "to an earlier time": "old_time", "to what is unsent": "ahead",
		"before any mail": "ahead", "of one taken off": "cancelled", "after the meeting": "over",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
