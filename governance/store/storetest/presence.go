package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

func presences(w *world) {
	var own, standsIn governance.Presence
	w.write(func(tx governance.Tx) {
		own = governance.Presence{
			MeetingID: w.meeting.ID, SeatID: w.seat.ID, PersonID: w.person.ID, OrganisationID: w.municipal.ID,
			Level: forum.Municipal, Capacity: forum.Member, CameAt: noon.Add(time.Minute), LeftAt: noon.Add(time.Hour),
		}
		standsIn = own
		standsIn.PersonID, standsIn.StandsFor, standsIn.MatterID, standsIn.CameAt, standsIn.LeftAt = w.other.ID, w.person.ID, w.matter.ID, noon, time.Time{}
		w.must(tx.SavePresence(w.ctx, &own))
		w.must(tx.SavePresence(w.ctx, &standsIn))
	})
	w.read(func(tx governance.Tx) {
		w.equal("presence", ok(tx.Presence(w.ctx, own.ID)), &own)
		w.equal("by when they came", ok(tx.Presences(w.ctx, w.meeting.ID)), []governance.Presence{standsIn, own})
	})
	w.write(func(tx governance.Tx) { w.must(tx.DropPresence(w.ctx, own.ID)) })
	w.refused(w.attempt(func(tx governance.Tx) error { _, err := tx.Presence(w.ctx, own.ID); return err }), forum.NotFound, "error.not_found.presence")
}

func impartialities(w *world) {
	question := governance.Impartiality{
		ForumID: w.council.ID, MatterID: w.matter.ID, PersonID: w.person.ID, Reason: "Slekt", Basis: governance.UsualBasis,
		NotedBy: w.other.ID, NotedAt: noon, Judgement: governance.Questioned,
	}
	w.write(func(tx governance.Tx) { w.must(tx.SaveImpartiality(w.ctx, &question)) })
	w.write(func(tx governance.Tx) {
		question.Judgement, question.SettledBy, question.SettledAt, question.AllTookPart = governance.Cleared, w.other.ID, noon.Add(time.Hour), true
		w.must(tx.SaveImpartiality(w.ctx, &question))
	})
	w.read(func(tx governance.Tx) {
		w.equal("question", ok(tx.Impartiality(w.ctx, question.ID)), &question)
		w.equal("of the matter", ok(tx.Impartialities(w.ctx, w.matter.ID)), []governance.Impartiality{question})
		w.equal("out of while cleared", len(ok(tx.DisqualifiedIn(w.ctx, w.person.ID))), 0)
	})
	w.write(func(tx governance.Tx) {
		question.Judgement = governance.Disqualified
		w.must(tx.SaveImpartiality(w.ctx, &question))
		w.equal("out of", ok(tx.DisqualifiedIn(w.ctx, w.person.ID)), []forum.MatterID{w.matter.ID})
		w.equal("out of, another", len(ok(tx.DisqualifiedIn(w.ctx, w.other.ID))), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := question
		twice.ID = 0
		return tx.SaveImpartiality(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.impartiality")
}
