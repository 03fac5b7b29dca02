package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func appPasswords(w *world) {
	first := forum.AppPassword{Digest: forum.DigestOf("first" + w.tag), PersonID: w.person.ID, Name: "Telefon", CreatedAt: noon}
	second := forum.AppPassword{Digest: forum.DigestOf("second" + w.tag), PersonID: w.person.ID, Name: "Nettbrett", CreatedAt: noon}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveAppPassword(w.ctx, &first))
		w.must(tx.SaveAppPassword(w.ctx, &second))
		first.UsedAt = noon.Add(time.Hour)
		w.must(tx.SaveAppPassword(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("app password", ok(tx.AppPassword(w.ctx, first.Digest)), &first)
		w.equal("app passwords", ok(tx.AppPasswordsOf(w.ctx, w.person.ID)), []forum.AppPassword{first, second})
	})
	w.write(func(tx forum.Tx) { w.must(tx.DropAppPassword(w.ctx, first.ID)) })
	w.read(func(tx forum.Tx) {
		_, err := tx.AppPassword(w.ctx, first.Digest)
		w.refused(err, forum.NotFound, "error.not_found.app_password")
		w.equal("left", ok(tx.AppPasswordsOf(w.ctx, w.person.ID)), []forum.AppPassword{second})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveAppPassword(w.ctx, &forum.AppPassword{Digest: second.Digest, PersonID: w.other.ID, CreatedAt: noon})
	}), forum.Conflict, "error.conflict.app_password")
}
