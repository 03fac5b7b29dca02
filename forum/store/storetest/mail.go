package storetest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

func incoming(w *world) {
	raw := append([]byte("Subject: \xff\x00\r\n\r\n"), w.tag...)
	accept := func(recipient string) (forum.Incoming, bool) {
		mail := forum.Incoming{
			ForumID: w.council.ID, Recipient: recipient, Envelope: w.person.Address, Peer: "127.0.0.1", Trusted: true,
			AcceptedAt: noon, State: forum.Accepted, Reading: forum.Reading{From: w.person.Address, Subject: "Æøå", Papers: []string{"a.pdf", "b"}},
		}
		var fresh bool
		w.write(func(tx forum.Tx) { fresh = ok(tx.AcceptMail(w.ctx, &mail, raw)) })
		return mail, fresh
	}
	mail, fresh := accept(w.council.Address)
	w.equal("fresh", fresh, true)
	again, fresh := accept(w.council.Address)
	w.equal("the same again is fresh", fresh, false)
	w.equal("the same again", again, mail)
	other, fresh := accept("annan@" + w.tag + ".example")
	w.equal("to another is fresh", fresh, true)
	w.read(func(tx forum.Tx) {
		w.equal("mail", ok(tx.Incoming(w.ctx, mail.ID)), &mail)
		w.equal("size", mail.Size, int64(len(raw)))
		w.equal("raw bytes", ok(tx.Raw(w.ctx, mail.Digest)), raw)
		w.equal("accepted, the newest first", ok(tx.IncomingIn(w.ctx, w.council.ID, forum.Accepted, 9)), []forum.Incoming{other, mail})
		w.equal("accepted, the newest alone", ok(tx.IncomingIn(w.ctx, w.council.ID, forum.Accepted, 1)), []forum.Incoming{other})
		w.equal("accepted, counted", ok(tx.CountIncoming(w.ctx, w.council.ID, forum.Accepted)), 2)
		w.equal("held, counted", ok(tx.CountIncoming(w.ctx, w.council.ID, forum.HeldMail)), 0)
		w.equal("accepted in every forum, counted", ok(tx.CountIncoming(w.ctx, 0, forum.Accepted)), len(ok(tx.NotUnderstood(w.ctx, 1000))))
		waiting := ok(tx.NotUnderstood(w.ctx, 1000))
		w.equal("not understood, the oldest first", waiting[len(waiting)-2:], []forum.Incoming{mail, other})
		w.equal("not understood, at most", len(ok(tx.NotUnderstood(w.ctx, 1))), 1)
	})
	w.write(func(tx forum.Tx) {
		for _, m := range ok(tx.NotUnderstood(w.ctx, 1000)) {
			m.State, m.Reason, m.MailKind, m.HandledBy = forum.HeldMail, "held.unknown_sender", "item", w.other.ID
			w.must(tx.SaveIncoming(w.ctx, &m))
		}
		w.equal("left", len(ok(tx.NotUnderstood(w.ctx, 1000))), 0)
		w.equal("held by", ok(tx.Incoming(w.ctx, mail.ID)).HandledBy, w.other.ID)
	})
}

func unproven(w *world) {
	var ids []forum.IncomingID
	accept := func(recipient string) forum.Incoming {
		mail := forum.Incoming{
			ForumID: w.council.ID, Recipient: recipient + "@" + w.tag + ".example", Peer: "192.0.2.7:25", Helo: "mx.kvam.example", AcceptedAt: noon, State: forum.Unproven,
		}
		w.write(func(tx forum.Tx) { ok(tx.AcceptMail(w.ctx, &mail, []byte(w.tag))) })
		ids = append(ids, mail.ID)
		return mail
	}
	first, second, third := accept("a"), accept("b"), accept("c")
	w.write(func(tx forum.Tx) {
		second.ProofDue = noon.Add(time.Minute)
		w.must(tx.SaveIncoming(w.ctx, &second))
		third.State, third.Proof = forum.Accepted, forum.Proof{Verdict: "pass", VerdictDetail: "dmarc=pass"}
		w.must(tx.SaveIncoming(w.ctx, &third))
	})
	due := func(tx forum.Tx, by time.Time) (found []forum.Incoming) {
		for _, m := range ok(tx.Unproven(w.ctx, by, 1000)) {
			if slices.Contains(ids, m.ID) {
				found = append(found, m)
			}
		}
		return found
	}
	w.read(func(tx forum.Tx) {
		w.equal("to be proven at once", due(tx, noon), []forum.Incoming{first})
		w.equal("to be proven later, the oldest first", due(tx, noon.Add(time.Minute)), []forum.Incoming{first, second})
		w.equal("to be proven, at most", len(ok(tx.Unproven(w.ctx, noon.Add(time.Minute), 1))), 1)
		w.equal("proven", ok(tx.Incoming(w.ctx, third.ID)), &third)
	})
	w.write(func(tx forum.Tx) {
		first.State, second.State = forum.Accepted, forum.Accepted
		w.must(tx.SaveIncoming(w.ctx, &first))
		w.must(tx.SaveIncoming(w.ctx, &second))
		w.equal("proven all", len(due(tx, noon.Add(time.Hour))), 0)
	})
}

func learned(w *world) {
	mail := forum.Incoming{ForumID: w.council.ID, Recipient: "learned@" + w.tag + ".example", AcceptedAt: noon, State: forum.HeldMail}
	w.write(func(tx forum.Tx) { ok(tx.AcceptMail(w.ctx, &mail, []byte(w.tag))) })
	address := "privat@" + w.tag + ".example"
	one := forum.LearnedAddress{Address: address, PersonID: w.person.ID, ForumID: w.council.ID, MailID: mail.ID, LearnedBy: w.other.ID, LearnedAt: noon}
	w.write(func(tx forum.Tx) { w.must(tx.SaveLearned(w.ctx, &one)) })
	w.read(func(tx forum.Tx) {
		w.equal("learned", ok(tx.Learned(w.ctx, strings.ToUpper(address))), &one)
		w.equal("who writes", ok(forum.WriterOf(w.ctx, tx, address)).ID, w.person.ID)
		_, err := tx.PersonByAddress(w.ctx, address)
		w.refused(err, forum.NotFound, "error.not_found.person")
	})
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.SaveLearned(w.ctx, &one) }), forum.Conflict, "error.conflict.address")
	w.write(func(tx forum.Tx) {
		w.must(tx.LearnAddress(w.ctx, w.other.ID, address))
		w.equal("who has proven the address goes before", ok(forum.WriterOf(w.ctx, tx, address)).ID, w.other.ID)
		w.must(tx.ForgetAddress(w.ctx, w.other.ID, address))
		w.must(tx.DropLearned(w.ctx, strings.ToUpper(address)))
		_, err := tx.Learned(w.ctx, address)
		w.refused(err, forum.NotFound, "error.not_found.address")
	})
}

func tokens(w *world) {
	token := forum.AddressToken{Token: "token" + w.tag, Purpose: forum.AnswerPurpose, Subject: 17, PersonID: w.person.ID, ForumID: w.council.ID}
	w.write(func(tx forum.Tx) { w.must(tx.SaveAddressToken(w.ctx, &token)) })
	w.read(func(tx forum.Tx) {
		w.equal("token", ok(tx.AddressToken(w.ctx, token.Token)), &token)
		w.equal("tokens of a subject", len(ok(tx.AddressTokensOf(w.ctx, forum.AnswerPurpose, 17))) > 0, true)
		w.equal("tokens of another", len(ok(tx.AddressTokensOf(w.ctx, forum.KeysPurpose, 17))), 0)
	})
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.SaveAddressToken(w.ctx, &token) }), forum.Conflict, "error.conflict.token")
}

func messages(w *world) {
	facts := json.RawMessage(`{"z":1,"a":"<æ>","a2":null}`)
	save := func(to string, at time.Time) forum.Message {
		m := forum.Message{
			ForumID: w.council.ID, To: to, Kind: forum.ReceiptMessage, Language: forum.Nynorsk, Facts: facts, CreatedAt: at, State: forum.Queued,
		}
		w.write(func(tx forum.Tx) { w.must(tx.SaveMessage(w.ctx, &m)) })
		return m
	}
	first, second, third := save("a@example.com", noon), save("a@example.com", noon.Add(time.Hour)), save("b@example.com", noon)
	third.PersonID, third.State, third.Subject, third.MIMEID = w.person.ID, forum.Failed, "Kvittering", "id@"+w.tag
	third.Contents, third.Attempts, third.Trouble, third.DoneAt = []forum.Digest{"aa", "bb"}, 3, "550 nei", noon.Add(time.Minute)
	w.write(func(tx forum.Tx) { w.must(tx.SaveMessage(w.ctx, &third)) })
	w.read(func(tx forum.Tx) {
		w.equal("message", ok(tx.Message(w.ctx, third.ID)), &third)
		w.equal("messages", ok(tx.Messages(w.ctx, w.council.ID, 0, 2)), []forum.Message{third, second})
		w.equal("messages before", ok(tx.Messages(w.ctx, w.council.ID, second.ID, 2)), []forum.Message{first})
		w.equal("last", ok(tx.LastMessage(w.ctx, w.council.ID, forum.ReceiptMessage, "a@example.com")), second.CreatedAt)
		w.equal("last of a kind never sent", ok(tx.LastMessage(w.ctx, w.council.ID, forum.HeldMessage, "a@example.com")), time.Time{})
	})
	elsewhere := forum.Message{ForumID: w.elsewhere().ID, To: "c@example.com", Kind: forum.ReceiptMessage, Language: forum.Nynorsk, CreatedAt: noon, State: forum.Queued}
	w.write(func(tx forum.Tx) { w.must(tx.SaveMessage(w.ctx, &elsewhere)) })
	w.read(func(tx forum.Tx) {
		both := []forum.ForumID{w.council.ID, elsewhere.ForumID}
		w.equal("queued in both, the newest first", ok(tx.MessagesIn(w.ctx, forum.Queued, both, 9)), []forum.Message{elsewhere, second, first})
		w.equal("queued in both, at most", ok(tx.MessagesIn(w.ctx, forum.Queued, both, 1)), []forum.Message{elsewhere})
		w.equal("queued in one", ok(tx.MessagesIn(w.ctx, forum.Queued, both[:1], 9)), []forum.Message{second, first})
		w.equal("queued in none", len(ok(tx.MessagesIn(w.ctx, forum.Queued, nil, 9))), 0)
		for state, want := range map[forum.MessageState][2]int{forum.Queued: {2, 1}, forum.Failed: {1, 0}} {
			counts := ok(tx.CountMessages(w.ctx, state))
			w.equal(string(state)+", counted", [2]int{counts[both[0]], counts[both[1]]}, want)
		}
		before := ok(tx.MessagesBefore(w.ctx, forum.Queued, noon.Add(time.Hour)))
		w.equal("queued before", before[len(before)-2:], []forum.MessageID{first.ID, elsewhere.ID})
	})
}

// elsewhere saves another forum of the area.
func (w *world) elsewhere() (f *forum.Forum) {
	w.write(func(tx forum.Tx) { f = w.forum(tx, "elsewhere", 0, 2) })
	return f
}

func pieces(w *world) {
	for name, piece := range map[string][]byte{
		"binary": append([]byte{0, 0xff, '\'', '\\', '?', '$', '1'}, w.tag...), "empty": {}, "large": bytes.Repeat([]byte(w.tag), 50_000),
	} {
		var digest, again forum.Digest
		w.write(func(tx forum.Tx) { digest = ok(tx.SavePiece(w.ctx, piece)) })
		w.write(func(tx forum.Tx) { again = ok(tx.SavePiece(w.ctx, piece)) })
		w.equal(name+" again", again, digest)
		w.read(func(tx forum.Tx) {
			if got := ok(tx.Piece(w.ctx, digest)); !bytes.Equal(got, piece) {
				w.Errorf("%s: %d bytes came back as %d others", name, len(piece), len(got))
			}
		})
	}
}

func sessions(w *world) {
	session := forum.Session{Digest: forum.Digest(w.tag), PersonID: w.person.ID, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	w.write(func(tx forum.Tx) { w.must(tx.SaveSession(w.ctx, &session)) })
	session.ExpiresAt = noon.Add(2 * time.Hour)
	w.write(func(tx forum.Tx) { w.must(tx.SaveSession(w.ctx, &session)) })
	w.read(func(tx forum.Tx) { w.equal("session", ok(tx.Session(w.ctx, session.Digest)), &session) })
	w.write(func(tx forum.Tx) {
		w.must(tx.EndSession(w.ctx, session.Digest))
		w.must(tx.EndSession(w.ctx, session.Digest))
		_, err := tx.Session(w.ctx, session.Digest)
		w.refused(err, forum.NotFound, "error.not_found.session")
	})
	late := forum.Session{Digest: forum.Digest("late" + w.tag), PersonID: w.person.ID, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour + time.Microsecond)}
	w.write(func(tx forum.Tx) {
		session.ExpiresAt = noon.Add(time.Hour)
		w.must(tx.SaveSession(w.ctx, &session))
		w.must(tx.SaveSession(w.ctx, &late))
		w.must(tx.EndSessions(w.ctx, noon.Add(time.Hour)))
		_, err := tx.Session(w.ctx, session.Digest)
		w.refused(err, forum.NotFound, "error.not_found.session")
		w.equal("one that lasts longer", ok(tx.Session(w.ctx, late.Digest)), &late)
	})
}
