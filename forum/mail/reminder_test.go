package mail_test

import (
	"time"

	"github.com/samraad/samraad/forum"
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
	of := func(name string, owed ...forum.OwedFacts) letter {
		return letter{"reminder_" + name, forum.ReminderMessage, forum.ReminderFacts{
			Forum: "Samarbeidsrådet", ID: 2, Address: "raad@voss.example", Person: "Helse- og omsorgssjef, Kvam herad", Owed: owed,
		}}
	}
	return []letter{
		of("answer", answer), of("answer_again", again), of("items", items), of("resend", resend), of("papers", papers),
		of("several", answer, resend, items, papers), of("two", resend, papers),
	}
}
