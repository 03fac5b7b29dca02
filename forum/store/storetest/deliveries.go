package storetest

import (
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// issued is an edition that is out, and a message that brings it.
func (w *world) issued(tx forum.Tx, uid string) (*forum.Edition, *forum.Message) {
	w.Helper()
	e := w.edition(w.meeting(tx, uid, noon).ID, 1, noon)
	e.State = forum.OutEdition
	w.must(tx.SaveEdition(w.ctx, &e))
	m := &forum.Message{ForumID: w.council.ID, PersonID: w.person.ID, To: w.person.Address, Kind: forum.PackageMessage, Language: forum.Nynorsk, Facts: []byte(`{}`), CreatedAt: noon, State: forum.Queued, MIMEID: uid + "@" + w.tag}
	w.must(tx.SaveMessage(w.ctx, m))
	return &e, m
}

func deliveries(w *world) {
	var first, second forum.Delivery
	w.write(func(tx forum.Tx) {
		e, m := w.issued(tx, "delivered")
		first = forum.Delivery{EditionID: e.ID, MeetingID: e.MeetingID, PersonID: w.person.ID, MessageID: m.ID, Link: "a" + w.tag, SentAt: noon}
		second = forum.Delivery{EditionID: e.ID, MeetingID: e.MeetingID, PersonID: w.other.ID, MessageID: m.ID, Link: "b" + w.tag, SentAt: noon}
		w.must(tx.SaveDelivery(w.ctx, &first))
		w.must(tx.SaveDelivery(w.ctx, &second))
		first.OpenedAt, first.ConfirmedAt, first.ReplacedBy = noon.Add(time.Minute), noon.Add(time.Hour), e.ID
		w.must(tx.SaveDelivery(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("by link", ok(tx.DeliveryByLink(w.ctx, first.Link)), &first)
		w.equal("of a person", ok(tx.DeliveryOf(w.ctx, first.EditionID, w.other.ID)), &second)
		w.equal("by message", ok(tx.DeliveryBy(w.ctx, first.MessageID)).EditionID, first.EditionID)
		w.equal("of the edition", ok(tx.Deliveries(w.ctx, first.EditionID)), []forum.Delivery{first, second})
		_, err := tx.DeliveryByLink(w.ctx, "a\x00"+w.tag+"x")
		w.refused(err, forum.NotFound, "error.not_found.delivery")
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		again := second
		again.ID, again.Link = 0, "c"+w.tag
		return tx.SaveDelivery(w.ctx, &again)
	}), forum.Conflict, "error.conflict.delivery")
}

func prints(w *world) {
	var print forum.Print
	var item forum.ItemPrint
	var unprinted forum.EditionID
	w.write(func(tx forum.Tx) {
		waiting, _ := w.issued(tx, "unprinted")
		unprinted = waiting.ID
		waiting.OutAt = noon
		w.must(tx.SaveEdition(w.ctx, waiting))
		e, _ := w.issued(tx, "printed")
		e.OutAt = noon
		w.must(tx.SaveEdition(w.ctx, e))
		print = forum.Print{
			EditionID: e.ID, Name: "Sakliste «æ».pdf", Digest: "whole", Size: 1 << 40, MadeAt: noon,
			Items: []forum.PrintedItem{{Line: "item-1", Name: "Sak.pdf", Digest: "part", Size: 5, Pages: 3, Papers: []forum.PrintedPaper{
				{Document: 5, Digest: "d", Fate: "merged", From: 2, Pages: 2}, {Document: 6, Digest: "e", Fate: "apart", Reason: "encrypted"},
			}}},
		}
		w.must(tx.SavePrint(w.ctx, &print))
		item = forum.ItemPrint{Fingerprint: "f" + w.tag, Digest: "part", Size: 5, Own: 1, Pages: 3, Papers: print.Items[0].Papers, MadeAt: noon}
		w.must(tx.SaveItemPrint(w.ctx, &item))
		w.must(tx.SaveItemPrint(w.ctx, &forum.ItemPrint{Fingerprint: item.Fingerprint, Digest: "later", MadeAt: noon}))
	})
	w.read(func(tx forum.Tx) {
		w.equal("print", ok(tx.PrintOf(w.ctx, print.EditionID)), &print)
		for before, want := range map[time.Time]bool{noon: false, noon.Add(time.Second): true} {
			found := ok(tx.EditionsUnprinted(w.ctx, before))
			w.equal("unprinted", slices.Contains(found, unprinted), want)
			w.equal("printed", slices.Contains(found, print.EditionID), false)
		}
		kept := ok(tx.ItemPrint(w.ctx, item.Fingerprint))
		item.ID = kept.ID
		w.equal("print of an item", kept, &item)
		_, err := tx.ItemPrint(w.ctx, "never")
		w.refused(err, forum.NotFound, "error.not_found.print")
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SavePrint(w.ctx, &forum.Print{EditionID: print.EditionID, MadeAt: noon})
	}), forum.Conflict, "error.conflict.print")
}
