package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// received is another matter, as one that was sent on.
func (w *world) received(tx governance.Tx, tag string) forum.Matter {
	m := w.matter
	m.ID, m.Intake = 0, tag+m.Intake
	w.must(tx.SaveMatter(w.ctx, &m))
	return m
}

func escalations(w *world) {
	var first, second governance.Escalation
	w.write(func(tx governance.Tx) {
		first = governance.Escalation{
			FromForum: w.council.ID, FromMatter: w.matter.ID, ToForum: w.council.ID, ToMatter: w.received(tx, "a").ID, Direction: governance.Up, Reason: "Grunn",
			Question: "Kva «no»?", Deadline: "2026-03-20", State: governance.OpenEscalation, AskedBy: w.person.ID, AskedLevel: forum.Municipal, AskedAt: noon,
		}
		w.must(tx.SaveEscalation(w.ctx, &first))
	})
	w.read(func(tx governance.Tx) {
		w.equal("due", dueOf(ok(tx.EscalationsDue(w.ctx, "2026-03-20")), first.ID), []governance.Escalation{first})
		w.equal("not due", len(dueOf(ok(tx.EscalationsDue(w.ctx, "2026-03-19")), first.ID)), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := first
		twice.ID, twice.ToMatter = 0, w.received(tx, "b").ID
		return tx.SaveEscalation(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.escalation")
	w.write(func(tx governance.Tx) {
		first.State, first.Answer, first.AnsweredBy, first.AnsweredLevel, first.AnsweredAt = governance.AnsweredEscalation, "Ja", w.other.ID, forum.Specialist, noon.Add(time.Hour)
		w.must(tx.SaveEscalation(w.ctx, &first))
		second = first
		second.ID, second.State, second.ToMatter, second.RemindedAt = 0, governance.OpenEscalation, w.received(tx, "c").ID, noon
		w.must(tx.SaveEscalation(w.ctx, &second))
	})
	w.read(func(tx governance.Tx) {
		w.equal("escalation", ok(tx.Escalation(w.ctx, first.ID)), &first)
		w.equal("of the matter", ok(tx.EscalationsOf(w.ctx, w.matter.ID)), []governance.Escalation{first, second})
		w.equal("of the other matter", ok(tx.EscalationsOf(w.ctx, first.ToMatter)), []governance.Escalation{first})
		w.equal("reminded", len(dueOf(ok(tx.EscalationsDue(w.ctx, "2026-03-20")), second.ID)), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error { _, err := tx.Escalation(w.ctx, 1<<40); return err }), forum.NotFound, "error.not_found.escalation")
}

// dueOf leaves of what is due in all worlds what is of this one.
func dueOf(all []governance.Escalation, id governance.EscalationID) (own []governance.Escalation) {
	for _, e := range all {
		if e.ID == id {
			own = append(own, e)
		}
	}
	return own
}

func ledgers(w *world) {
	var l governance.Ledger
	var line governance.Ratification
	w.write(func(tx governance.Tx) {
		l = governance.Ledger{ForumID: w.council.ID, MatterID: w.matter.ID, Text: "Tilråding\n«på» to linjer", Deadline: "2026-03-20", AskedBy: w.person.ID, AskedLevel: forum.Municipal, AskedAt: noon}
		w.must(tx.SaveLedger(w.ctx, &l))
		line = governance.Ratification{LedgerID: l.ID, OrganisationID: w.municipal.ID, State: governance.AskedRatification}
		w.must(tx.SaveRatification(w.ctx, &line))
	})
	due := func(tx governance.Tx, until forum.Date) (own []governance.Ledger) {
		for _, one := range ok(tx.LedgersDue(w.ctx, until)) {
			if one.ID == l.ID {
				own = append(own, one)
			}
		}
		return own
	}
	w.read(func(tx governance.Tx) {
		w.equal("ledger", ok(tx.Ledger(w.ctx, l.ID)), &l)
		w.equal("ledgers", ok(tx.LedgersOf(w.ctx, w.matter.ID)), []governance.Ledger{l})
		w.equal("due", due(tx, "2026-03-20"), []governance.Ledger{l})
		w.equal("not due", len(due(tx, "2026-03-19")), 0)
	})
	w.write(func(tx governance.Tx) {
		line.State, line.Remarks, line.Reference, line.AnsweredBy, line.AnsweredFor = governance.WithRemarks, "Frå april", "26/1", w.other.ID, w.municipal.ID
		line.Level, line.AnsweredAt, line.Source = forum.Municipal, noon, forum.ByWeb
		w.must(tx.SaveRatification(w.ctx, &line))
	})
	w.read(func(tx governance.Tx) {
		w.equal("line", ok(tx.Ratification(w.ctx, line.ID)), &line)
		w.equal("lines", ok(tx.Ratifications(w.ctx, l.ID)), []governance.Ratification{line})
		w.equal("answered", len(due(tx, "2026-03-20")), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		return tx.SaveRatification(w.ctx, &governance.Ratification{LedgerID: l.ID, OrganisationID: w.municipal.ID, State: governance.AskedRatification})
	}), forum.Conflict, "error.conflict.ratification")
}

func ladders(w *world) {
	var l governance.Ladder
	w.write(func(tx governance.Tx) {
		l = governance.Ladder{MatterID: w.matter.ID, State: governance.WritingLadder, Reason: "Usemje", Deadline: "2026-03-20", OpenedBy: w.person.ID, OpenedLevel: forum.Municipal, OpenedAt: noon}
		w.must(tx.SaveLadder(w.ctx, &l))
	})
	due := func(tx governance.Tx, until forum.Date) (n int) {
		for _, one := range ok(tx.LaddersDue(w.ctx, until)) {
			if one.ID == l.ID {
				n++
			}
		}
		return n
	}
	w.read(func(tx governance.Tx) {
		w.equal("due", due(tx, "2026-03-20"), 1)
		w.equal("not due", due(tx, "2026-03-19"), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := l
		twice.ID = 0
		return tx.SaveLadder(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.ladder")
	position := governance.LadderPosition{Level: forum.Specialist, Text: "Nei", WrittenBy: w.other.ID, WrittenAt: noon, SubmittedAt: noon.Add(time.Minute)}
	rung := governance.LadderRung{Number: 1, Kind: governance.LocalBoardRung, Papers: "A og B", SentBy: w.person.ID, SentAt: noon, Answer: "B", AnsweredBy: w.other.ID, AnsweredAt: noon}
	w.write(func(tx governance.Tx) {
		l.State, l.RemindedAt = governance.ClimbingLadder, noon
		w.must(tx.SaveLadder(w.ctx, &l))
		position.LadderID, rung.LadderID = l.ID, l.ID
		w.must(tx.SaveLadderPosition(w.ctx, &position))
		w.must(tx.SaveLadderRung(w.ctx, &rung))
	})
	w.read(func(tx governance.Tx) {
		w.equal("ladder", ok(tx.Ladder(w.ctx, l.ID)), &l)
		w.equal("ladders", ok(tx.LaddersOf(w.ctx, w.matter.ID)), []governance.Ladder{l})
		w.equal("positions", ok(tx.LadderPositions(w.ctx, l.ID)), []governance.LadderPosition{position})
		w.equal("rungs", ok(tx.LadderRungs(w.ctx, l.ID)), []governance.LadderRung{rung})
		w.equal("climbing is not due", due(tx, "2026-03-20"), 0)
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := position
		twice.ID = 0
		return tx.SaveLadderPosition(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.ladder_position")
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := rung
		twice.ID = 0
		return tx.SaveLadderRung(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.ladder_rung")
}

func rooms(w *world) {
	own := governance.Room{OrganisationID: w.municipal.ID, Level: forum.Municipal, OpenedBy: w.person.ID, OpenedAt: noon}
	level := governance.Room{Level: forum.Municipal, OpenedBy: w.person.ID, OpenedAt: noon}
	note := governance.RoomNote{Author: w.person.ID, Text: "Hugs «dette»", WrittenAt: noon}
	stand := governance.Stand{Number: 1, Text: "Vi seier ja", Spokesperson: w.other.ID, Author: w.person.ID, OrganisationID: w.municipal.ID, WrittenAt: noon, PublishedBy: w.person.ID, PublishedAt: noon}
	w.write(func(tx governance.Tx) {
		own.MatterID, level.MatterID = w.matter.ID, w.matter.ID
		w.must(tx.SaveRoom(w.ctx, &own))
		w.must(tx.SaveRoom(w.ctx, &level))
		note.RoomID, stand.RoomID = own.ID, own.ID
		w.must(tx.SaveRoomNote(w.ctx, &note))
		w.must(tx.SaveStand(w.ctx, &stand))
	})
	w.read(func(tx governance.Tx) {
		w.equal("room", ok(tx.Room(w.ctx, level.ID)), &level)
		w.equal("rooms", ok(tx.RoomsOf(w.ctx, w.matter.ID)), []governance.Room{own, level})
		w.equal("notes", ok(tx.RoomNotes(w.ctx, own.ID)), []governance.RoomNote{note})
		w.equal("stands", ok(tx.Stands(w.ctx, own.ID)), []governance.Stand{stand})
		w.equal("of the other room", len(ok(tx.Stands(w.ctx, level.ID))), 0)
	})
	for _, twice := range []governance.Room{own, level} {
		twice.ID = 0
		w.refused(w.attempt(func(tx governance.Tx) error { return tx.SaveRoom(w.ctx, &twice) }), forum.Conflict, "error.conflict.room")
	}
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := stand
		twice.ID = 0
		return tx.SaveStand(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.stand")
}

// open lists what is open in a forum of each kind, and nothing of another forum.
func open(w *world) {
	var l governance.Ladder
	var e governance.Escalation
	var g governance.Ledger
	var line governance.Ratification
	var q governance.Impartiality
	w.write(func(tx governance.Tx) {
		l = governance.Ladder{MatterID: w.matter.ID, State: governance.WritingLadder, Reason: "Usemje", Deadline: "2026-03-20", OpenedBy: w.person.ID, OpenedLevel: forum.Municipal, OpenedAt: noon}
		w.must(tx.SaveLadder(w.ctx, &l))
		e = governance.Escalation{
			FromForum: w.council.ID, FromMatter: w.matter.ID, ToForum: w.council.ID, ToMatter: w.received(tx, "a").ID, Direction: governance.Up, Reason: "Grunn",
			Question: "Kva no?", State: governance.OpenEscalation, AskedBy: w.person.ID, AskedLevel: forum.Municipal, AskedAt: noon,
		}
		w.must(tx.SaveEscalation(w.ctx, &e))
		g = governance.Ledger{ForumID: w.council.ID, MatterID: w.matter.ID, Text: "Tilråding", AskedBy: w.person.ID, AskedLevel: forum.Municipal, AskedAt: noon}
		w.must(tx.SaveLedger(w.ctx, &g))
		line = governance.Ratification{LedgerID: g.ID, OrganisationID: w.municipal.ID, State: governance.AskedRatification}
		w.must(tx.SaveRatification(w.ctx, &line))
		q = governance.Impartiality{ForumID: w.council.ID, MatterID: w.matter.ID, PersonID: w.person.ID, Reason: "Slekt", Basis: "fvl. § 6", NotedBy: w.other.ID, NotedAt: noon, Judgement: governance.Questioned}
		w.must(tx.SaveImpartiality(w.ctx, &q))
	})
	found := func(tx governance.Tx, in ...forum.ForumID) []int {
		return []int{len(ok(tx.LaddersOpen(w.ctx, in))), len(ok(tx.EscalationsTo(w.ctx, in))), len(ok(tx.LedgersAsked(w.ctx, in))), len(ok(tx.ImpartialitiesOpen(w.ctx, in)))}
	}
	here := w.council.ID
	w.read(func(tx governance.Tx) {
		w.equal("ladders", ok(tx.LaddersOpen(w.ctx, []forum.ForumID{here})), []governance.Ladder{l})
		w.equal("escalations", ok(tx.EscalationsTo(w.ctx, []forum.ForumID{here})), []governance.Escalation{e})
		w.equal("ledgers", ok(tx.LedgersAsked(w.ctx, []forum.ForumID{here})), []governance.Ledger{g})
		w.equal("questions", ok(tx.ImpartialitiesOpen(w.ctx, []forum.ForumID{here})), []governance.Impartiality{q})
		w.equal("elsewhere", found(tx, 1<<40), []int{0, 0, 0, 0})
		w.equal("nowhere", found(tx), []int{0, 0, 0, 0})
	})
	w.write(func(tx governance.Tx) {
		l.State, l.ClosedAt, e.State, line.State, q.Judgement = governance.SettledLadder, noon, governance.WithdrawnEscalation, governance.Ratified, governance.Cleared
		w.must(tx.SaveLadder(w.ctx, &l))
		w.must(tx.SaveEscalation(w.ctx, &e))
		w.must(tx.SaveRatification(w.ctx, &line))
		w.must(tx.SaveImpartiality(w.ctx, &q))
	})
	w.read(func(tx governance.Tx) { w.equal("when all is done", found(tx, here), []int{0, 0, 0, 0}) })
}
