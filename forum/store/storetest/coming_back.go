package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

// comingBack has messages come back, and addresses stopped.
func comingBack(w *world) {
	message := forum.Message{ForumID: w.council.ID, To: "borte@" + w.tag + ".example", Kind: forum.ReceiptMessage, Language: forum.Nynorsk, CreatedAt: noon, State: forum.HandedOver, MIMEID: "retur-" + w.tag + "@voss.example"}
	w.write(func(tx forum.Tx) { w.must(tx.SaveMessage(w.ctx, &message)) })
	step := forum.MessageStep{MessageID: message.ID, At: noon, Kind: forum.PutOffStep, Said: "451 seinare"}
	back := forum.MessageStep{MessageID: message.ID, At: noon, Kind: forum.SentAgainStep, PersonID: w.person.ID}
	trouble := forum.AddressTrouble{Address: message.To, Times: 2, At: noon, Status: "4.2.2", Said: "full", MessageID: message.ID}
	other := forum.AddressTrouble{Address: "anna@" + w.tag + ".example", At: noon}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMessageStep(w.ctx, &step))
		w.must(tx.SaveMessageStep(w.ctx, &back))
		w.must(tx.SaveAddressTrouble(w.ctx, &trouble))
		w.must(tx.SaveAddressTrouble(w.ctx, &other))
	})
	stopped := func() (ours []forum.AddressTrouble) {
		w.read(func(tx forum.Tx) {
			for _, t := range ok(tx.StoppedAddresses(w.ctx)) {
				if t.ID == trouble.ID || t.ID == other.ID {
					ours = append(ours, t)
				}
			}
		})
		return ours
	}
	w.equal("stopped before", len(stopped()), 0)
	trouble.StoppedAt = noon.Add(time.Hour)
	w.write(func(tx forum.Tx) { w.must(tx.SaveAddressTrouble(w.ctx, &trouble)) })
	w.equal("stopped", stopped(), []forum.AddressTrouble{trouble})
	w.read(func(tx forum.Tx) {
		w.equal("steps", ok(tx.MessageSteps(w.ctx, message.ID)), []forum.MessageStep{step, back})
		w.equal("trouble", ok(tx.AddressTrouble(w.ctx, "BORTE@"+w.tag+".example")), &trouble)
		w.equal("by its id", ok(tx.MessageByMIMEID(w.ctx, message.MIMEID)).ID, message.ID)
		w.equal("written", ok(tx.WasWritten(w.ctx, w.council.ID, message.To)), true)
		w.equal("not written", ok(tx.WasWritten(w.ctx, w.council.ID, other.Address)), false)
		_, err := tx.MessageByMIMEID(w.ctx, "nobody@"+w.tag)
		w.refused(err, forum.NotFound, "error.not_found.message")
		_, err = tx.AddressTrouble(w.ctx, "nobody@"+w.tag)
		w.refused(err, forum.NotFound, "error.not_found.address_trouble")
		w.equal("no try waits", ok(tx.NextTry(w.ctx, message.ID)).IsZero(), true)
	})
	w.write(func(tx forum.Tx) { w.must(tx.Enqueue(w.ctx, forum.SendMessage{Message: message.ID})) })
	w.read(func(tx forum.Tx) { w.equal("a try waits", ok(tx.NextTry(w.ctx, message.ID)).IsZero(), false) })
	mail := forum.Incoming{ForumID: w.council.ID, Recipient: "raad+" + w.tag + "@voss.example", State: forum.Accepted, AcceptedAt: noon}
	w.write(func(tx forum.Tx) { ok(tx.AcceptMail(w.ctx, &mail, []byte("From: a\r\n\r\n"+w.tag))) })
	w.read(func(tx forum.Tx) {
		got := ok(tx.IncomingTo(w.ctx, w.council.ID, mail.Recipient, 9))
		w.equal("mail to an address", len(got) == 1 && got[0].ID == mail.ID, true)
		w.equal("mail to another", len(ok(tx.IncomingTo(w.ctx, w.council.ID, "x"+mail.Recipient, 9))), 0)
	})
}
