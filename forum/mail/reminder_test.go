package mail_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
)

// reminderLetters are what those get who owe something.
func reminderLetters() []letter {
	meeting := forum.MeetingFacts{ID: 7, Slot: slot, ItemsDue: dueBy}
	answer := forum.OwedFacts{Cause: forum.AnswerOwed, Meeting: meeting, By: made.Add(36 * time.Hour), InvitedAt: made.Add(-36 * time.Hour)}
	again := answer
	again.ForOld, again.By = true, slot.Start
	items := forum.OwedFacts{Cause: forum.ItemsOwed, Meeting: meeting, By: forum.Date("2026-11-10").EndOf(), Matters: []forum.OwedMatter{
		{ID: 3, Intake: "2026-17", Title: "Felles rutine for utskriving i helgane"}, {ID: 4, Intake: "2026-18", Title: "Beredskapsøving"},
	}}
	resend := forum.OwedFacts{Cause: forum.ResendOwed, Meeting: meeting, By: dueBy, Matters: items.Matters[:1]}
	papers := forum.OwedFacts{Cause: forum.PapersOwed, Meeting: meeting, By: forum.Date("2026-11-10").EndOf()}
	draft := forum.OwedFacts{Cause: forum.DraftOwed, By: forum.Date("2026-11-10").EndOf(), InvitedAt: made.AddDate(0, 0, -7), Matters: items.Matters[:1]}
	of := func(name string, owed ...forum.OwedFacts) letter {
		return letter{"reminder_" + name, forum.ReminderMessage, forum.ReminderFacts{
			Forum: "Samarbeidsrådet", ID: 2, Address: "raad@voss.example", Person: "Helse- og omsorgssjef, Kvam herad", Owed: owed,
		}}
	}
	return []letter{
		of("answer", answer), of("answer_again", again), of("items", items), of("resend", resend), of("papers", papers),
		of("draft", draft),
		of("several", answer, resend, items, papers), of("two", resend, papers),
	}
}

// TestWhoAnsweredByMailIsNotReminded has a calendar answer, or not, and looks three days before the meeting.
func TestWhoAnsweredByMailIsNotReminded(t *testing.T) {
	for name, c := range map[string]struct {
		answers bool
		want    int
	}{"answered": {true, 0}, "silent": {false, 1}} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				_, facts := h.invited()
				if c.answers {
					own := forum.TokenAddress(council, facts.Token)
					h.deliver(clientReply(h.T, "outlook", own, facts.UID, "ACCEPTED", 0, made.Add(time.Hour)), own)
					h.drained(h.reader())
				}
				h.now = facts.Start.AddDate(0, 0, -4)
				h.write(func(ctx context.Context, tx forum.Tx) error {
					return forum.Remind(ctx, tx, calendar.Almanac{}, h.forum(council).ID)
				})
				got := 0
				for _, m := range seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Message, error) { return tx.Messages(ctx, 1, 0, 50) }) {
					if m.Kind == forum.ReminderMessage && m.To == member {
						got++
					}
				}
				if got != c.want {
					h.Errorf("%d reminders, want %d", got, c.want)
				}
			})
		})
	}
}
