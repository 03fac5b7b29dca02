package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func agendaRevisions(w *world) {
	var first, second forum.AgendaRevision
	w.write(func(tx forum.Tx) {
		first = forum.AgendaRevision{MeetingID: w.meeting(tx, "revised", noon).ID, Number: 1, SavedBy: w.person.ID, SavedAt: noon, Lines: []forum.Line{
			{Key: "item-1", Item: 1, Kind: forum.DecisionItem, Minutes: 20, Presenter: forum.Presenter{PersonID: w.other.ID, Name: "Sekretær"}},
			{Key: "pause-a", What: forum.PauseLine, Title: "Kaffi, «kake» og \\ anna", Minutes: 15},
		}}
		second = first
		second.Number, second.SavedBy, second.Lines = 2, 0, nil
		w.must(tx.SaveAgendaRevision(w.ctx, &first))
		w.must(tx.SaveAgendaRevision(w.ctx, &second))
	})
	w.read(func(tx forum.Tx) {
		w.equal("revision", ok(tx.AgendaRevision(w.ctx, first.MeetingID, 1)), &first)
		w.equal("newest", ok(tx.AgendaRevision(w.ctx, first.MeetingID, 0)), &second)
		_, err := tx.AgendaRevision(w.ctx, first.MeetingID, 3)
		w.refused(err, forum.NotFound, "error.not_found.agenda")
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveAgendaRevision(w.ctx, &forum.AgendaRevision{MeetingID: first.MeetingID, Number: 2, SavedAt: noon})
	}), forum.Conflict, "error.conflict.agenda")
}

func guests(w *world) {
	var first, second forum.Guest
	w.write(func(tx forum.Tx) {
		first = forum.Guest{
			MeetingID: w.meeting(tx, "visited", noon).ID, Line: "item-1", Name: "Fastlege Ødegård", Address: "lege@" + w.tag + ".example", Language: forum.English,
			UID: "uid" + w.tag, Link: "link" + w.tag, InvitedBy: w.person.ID,
		}
		second = first
		second.UID, second.Link, second.InvitedBy = "other"+w.tag, "other"+w.tag, 0
		w.must(tx.SaveGuest(w.ctx, &first))
		w.must(tx.SaveGuest(w.ctx, &second))
		second.Sequence, second.TakenOff = 3, true
		second.Token, second.Reply, second.RepliedTo, second.RepliedAt = "token"+w.tag, forum.NotComing, 2, noon
		second.Told = forum.Slot{Start: noon, End: noon.Add(time.Hour), Place: "Vossevangen", Link: "https://rom.example/1"}
		w.must(tx.SaveGuest(w.ctx, &second))
	})
	w.read(func(tx forum.Tx) {
		w.equal("guest", ok(tx.Guest(w.ctx, second.ID)), &second)
		w.equal("guest by link", ok(tx.GuestByLink(w.ctx, first.Link)), &first)
		w.equal("guests", ok(tx.Guests(w.ctx, first.MeetingID)), []forum.Guest{first, second})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveGuest(w.ctx, &forum.Guest{MeetingID: first.MeetingID, UID: "third" + w.tag, Link: first.Link})
	}), forum.Conflict, "error.conflict.guest")
}
