package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func answers(w *world) {
	var m, other *forum.Meeting
	w.write(func(tx forum.Tx) {
		m, other = w.meeting(tx, "uid", noon), w.meeting(tx, "other", noon.AddDate(0, 1, 0))
	})
	save := func(a forum.Answer) forum.Answer {
		w.write(func(tx forum.Tx) { w.must(tx.SaveAnswer(w.ctx, &a)) })
		return a
	}
	first := save(forum.Answer{
		MeetingID: m.ID, PersonID: w.person.ID, Reply: forum.NotComing, Sequence: 1, Stamp: noon, Comment: "Kjem ikkje, 'dverre'\n", Delegate: "vara@kvam.example", Source: forum.ByWeb, CameAt: noon,
	})
	second := save(forum.Answer{MeetingID: m.ID, PersonID: w.person.ID, Reply: forum.Coming, Stamp: noon.Add(-time.Hour), Source: forum.ByMail, CameAt: noon})
	save(forum.Answer{MeetingID: other.ID, PersonID: w.other.ID, Reply: forum.Unsure, Stamp: noon, Source: forum.ByWeb, CameAt: noon})
	w.read(func(tx forum.Tx) {
		w.equal("answers as they came", ok(tx.Answers(w.ctx, m.ID)), []forum.Answer{first, second})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveAnswer(w.ctx, &forum.Answer{MeetingID: 1 << 40, PersonID: w.person.ID, Stamp: noon, CameAt: noon})
	}), forum.Conflict, "error.conflict.answer")
}

func timeProposals(w *world) {
	var m *forum.Meeting
	var whole, open forum.TimeProposal
	w.write(func(tx forum.Tx) {
		m = w.meeting(tx, "uid", noon)
		whole = forum.TimeProposal{
			MeetingID: m.ID, PersonID: w.person.ID, Start: noon.AddDate(0, 0, 1), End: noon.AddDate(0, 0, 2), Sequence: 3, Stamp: noon, Comment: "Heller då", CameAt: noon,
		}
		open = forum.TimeProposal{MeetingID: m.ID, PersonID: w.other.ID, Start: noon, Stamp: noon, CameAt: noon}
		w.must(tx.SaveTimeProposal(w.ctx, &whole))
		w.must(tx.SaveTimeProposal(w.ctx, &open))
	})
	w.read(func(tx forum.Tx) {
		w.equal("proposals as they came", ok(tx.TimeProposals(w.ctx, m.ID)), []forum.TimeProposal{whole, open})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveTimeProposal(w.ctx, &forum.TimeProposal{MeetingID: 1 << 40, PersonID: w.person.ID, Start: noon, Stamp: noon, CameAt: noon})
	}), forum.Conflict, "error.conflict.time_proposal")
}
