package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func mailboxes(w *world) {
	name := "samraad@" + w.tag + ".example/INBOX"
	of := forum.Mailbox{Name: name, Validity: 1<<32 - 1, Number: 7, Since: noon}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMailbox(w.ctx, &of))
		of.Holder, of.HeldUntil = "a", noon.Add(time.Minute)
		w.must(tx.SaveMailbox(w.ctx, &of))
	})
	w.read(func(tx forum.Tx) {
		w.equal("mailbox", ok(tx.MailboxByName(w.ctx, name)), &of)
		_, err := tx.MailboxByName(w.ctx, name+"2")
		w.refused(err, forum.NotFound, "error.not_found.mailbox")
	})
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.SaveMailbox(w.ctx, &forum.Mailbox{Name: name, Since: noon}) }), forum.Conflict, "error.conflict.mailbox")
}
