package storetest

import (
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// edition is one that waits for the keys.
func (w *world) edition(meeting forum.MeetingID, number int, deadline time.Time) forum.Edition {
	return forum.Edition{
		MeetingID: meeting, ForumID: w.council.ID, Number: number, Sort: forum.PackageEdition, State: forum.AskedEdition, Revision: 3,
		Items: []forum.EditionItem{
			{
				Line:  forum.Line{Key: "item-1", Item: 1, Kind: forum.DecisionItem, Minutes: 20, Presenter: forum.Presenter{PersonID: w.other.ID, Name: "Sekretær"}},
				Start: noon, End: noon.Add(20 * time.Minute), Matter: 7, Number: "14/26", Title: "Utskriving «til» \\ heim", Fingerprint: "abc", Changed: true, HeldBack: true,
				Papers: []forum.EditionPaper{{DocumentID: 5, Name: "Notat æ.pdf", Digest: "def", Type: "application/pdf", Size: 1 << 40, Access: forum.Exempt, Basis: "offl. § 13"}},
			},
			{Line: forum.Line{Key: "pause-a", What: forum.PauseLine, Minutes: 15}, Start: noon.Add(20 * time.Minute), End: noon.Add(35 * time.Minute)},
		},
		Text: "Vel møtt", AskedBy: w.other.ID, AskedAt: noon, Deadline: deadline,
	}
}

func editions(w *world) {
	var first, second, notice forum.Edition
	w.write(func(tx forum.Tx) {
		id := w.meeting(tx, "issued", noon).ID
		first = w.edition(id, 1, noon.Add(time.Hour))
		w.must(tx.SaveEdition(w.ctx, &first))
		second = w.edition(id, 2, noon.Add(2*time.Hour))
		w.must(tx.SaveEdition(w.ctx, &second))
		first.State, first.OutAt, first.Override, first.OverrideBy = forum.OutEdition, noon.Add(time.Minute), "Storm", w.person.ID
		w.must(tx.SaveEdition(w.ctx, &first))
		notice = forum.Edition{MeetingID: id, ForumID: w.council.ID, Number: 3, Sort: forum.NoticeEdition, State: forum.OutEdition, AskedAt: noon, Replaces: first.ID}
		w.must(tx.SaveEdition(w.ctx, &notice))
	})
	w.read(func(tx forum.Tx) {
		w.equal("edition", ok(tx.Edition(w.ctx, first.ID)), &first)
		w.equal("editions", ok(tx.Editions(w.ctx, first.MeetingID)), []forum.Edition{first, second, notice})
		asked := slices.DeleteFunc(ok(tx.EditionsAsked(w.ctx)), func(e forum.Edition) bool { return e.ForumID != w.council.ID })
		w.equal("asked", asked, []forum.Edition{second})
		for at, due := range map[time.Time]bool{second.Deadline.Add(-time.Microsecond): false, second.Deadline: true, second.Deadline.Add(time.Hour): true} {
			w.equal("due at "+at.String(), slices.Contains(ok(tx.EditionsDue(w.ctx, at)), second.ID), due)
			w.equal("out and due", slices.Contains(ok(tx.EditionsDue(w.ctx, at)), first.ID), false)
		}
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		again := w.edition(first.MeetingID, 2, noon)
		return tx.SaveEdition(w.ctx, &again)
	}), forum.Conflict, "error.conflict.edition")
}

func keyWords(w *world) {
	var words []forum.KeyWord
	w.write(func(tx forum.Tx) {
		e := w.edition(w.meeting(tx, "keyed", noon).ID, 1, noon)
		w.must(tx.SaveEdition(w.ctx, &e))
		words = []forum.KeyWord{
			{EditionID: e.ID, Item: "item-1", Level: forum.Municipal, PersonID: w.person.ID, Answer: forum.Objects, Reason: "Ikkje\nsendt ut", Source: forum.ByWeb, SaidAt: noon},
			{EditionID: e.ID, Item: "item-1", Level: forum.Municipal, PersonID: w.other.ID, StandIn: true, Answer: forum.Approve, Source: forum.ByMail, SaidAt: noon},
		}
		for i := range words {
			w.must(tx.SaveKeyWord(w.ctx, &words[i]))
		}
	})
	w.read(func(tx forum.Tx) { w.equal("words", ok(tx.KeyWords(w.ctx, words[0].EditionID)), words) })
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveKeyWord(w.ctx, &forum.KeyWord{EditionID: 1 << 40, PersonID: w.person.ID, SaidAt: noon})
	}), forum.Conflict, "error.conflict.key_word")
}

func standIns(w *world) {
	first := forum.StandIn{ForumID: w.council.ID, HolderID: w.person.ID, PersonID: w.other.ID}
	second := forum.StandIn{ForumID: w.council.ID, HolderID: w.other.ID, PersonID: w.person.ID}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveStandIn(w.ctx, &second))
		w.must(tx.SaveStandIn(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("stand-ins", ok(tx.StandIns(w.ctx, w.council.ID)), []forum.StandIn{first, second})
		w.equal("stand-ins of one", ok(tx.StandInsOf(w.ctx, w.other.ID)), []forum.StandIn{second})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveStandIn(w.ctx, &forum.StandIn{ForumID: w.council.ID, HolderID: w.person.ID, PersonID: w.person.ID})
	}), forum.Conflict, "error.conflict.stand_in")
	w.write(func(tx forum.Tx) { w.must(tx.DropStandIn(w.ctx, first.ID)) })
	w.read(func(tx forum.Tx) { w.equal("left", ok(tx.StandIns(w.ctx, w.council.ID)), []forum.StandIn{second}) })
}
