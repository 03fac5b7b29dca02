package storetest

import "github.com/samraad/samraad/forum"

func reminders(w *world) {
	var first, second forum.Reminder
	var m, other *forum.Meeting
	w.write(func(tx forum.Tx) {
		m, other = w.meeting(tx, "one", noon), w.meeting(tx, "other", noon)
		first = forum.Reminder{PersonID: w.person.ID, MeetingID: m.ID, Cause: forum.AnswerOwed, RemindedAt: noon}
		second = forum.Reminder{PersonID: w.person.ID, MeetingID: m.ID, Cause: forum.PapersOwed, RemindedAt: noon}
		w.must(tx.SaveReminder(w.ctx, &first))
		w.must(tx.SaveReminder(w.ctx, &second))
		w.must(tx.SaveReminder(w.ctx, &forum.Reminder{PersonID: w.other.ID, MeetingID: other.ID, Cause: forum.AnswerOwed, RemindedAt: noon}))
	})
	w.read(func(tx forum.Tx) {
		w.equal("reminders of the meeting", ok(tx.Reminders(w.ctx, m.ID)), []forum.Reminder{first, second})
		w.equal("reminders of the other", len(ok(tx.Reminders(w.ctx, other.ID))), 1)
		w.equal("reminders of none", len(ok(tx.Reminders(w.ctx, other.ID+1000))), 0)
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveReminder(w.ctx, &forum.Reminder{PersonID: w.person.ID, MeetingID: m.ID, Cause: forum.AnswerOwed, RemindedAt: noon})
	}), forum.Conflict, "error.conflict.reminder")
}
