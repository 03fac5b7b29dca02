package storetest

import (
	"sync/atomic"
	"time"

	"github.com/samraad/samraad/forum"
)

func sessionsOf(w *world) {
	session := func(name string, person forum.PersonID, pass bool, seen time.Time) forum.Session {
		s := forum.Session{Digest: forum.Digest(name + w.tag), PersonID: person, Pass: pass, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour), SeenAt: seen}
		w.write(func(tx forum.Tx) { w.must(tx.SaveSession(w.ctx, &s)) })
		return s
	}
	early, late := session("early", w.person.ID, false, noon), session("late", w.person.ID, false, noon.Add(time.Minute))
	pass, other := session("pass", w.person.ID, true, noon), session("other", w.other.ID, false, noon)
	w.read(func(tx forum.Tx) {
		w.equal("sessions", ok(tx.Sessions(w.ctx, w.person.ID)), []forum.Session{late, early})
	})
	early.SeenAt, early.ExpiresAt, early.Visitor = noon.Add(time.Hour), noon.Add(2*time.Hour), forum.Visitor{Browser: "Edge", Network: "192.0.2.0/24"}
	w.write(func(tx forum.Tx) { w.must(tx.SaveSession(w.ctx, &early)) })
	w.read(func(tx forum.Tx) {
		w.equal("after use", ok(tx.Sessions(w.ctx, w.person.ID)), []forum.Session{early, late})
	})
	late.SeenAt, late.ExpiresAt = noon.Add(3*time.Hour), noon.Add(4*time.Hour)
	w.together(writers, func(int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error { return tx.ProlongSession(w.ctx, late.Digest, late.SeenAt, late.ExpiresAt) })
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.write(func(tx forum.Tx) {
		w.must(tx.ProlongSession(w.ctx, forum.Digest("ended"+w.tag), late.SeenAt, late.ExpiresAt))
		w.equal("prolonged", ok(tx.Sessions(w.ctx, w.person.ID)), []forum.Session{late, early})
	})
	w.write(func(tx forum.Tx) {
		w.must(tx.EndSessionsOf(w.ctx, w.person.ID))
		w.equal("left", len(ok(tx.Sessions(w.ctx, w.person.ID))), 0)
		_, err := tx.Session(w.ctx, pass.Digest)
		w.refused(err, forum.NotFound, "error.not_found.session")
		w.equal("of another", ok(tx.Sessions(w.ctx, w.other.ID)), []forum.Session{other})
	})
}

func signIns(w *world) {
	browser := forum.Digest("browser" + w.tag)
	save := func(asked forum.SignIn) forum.SignIn {
		asked.Browser, asked.Address, asked.Next, asked.AskedAt = browser, "x@"+w.tag+".example", "/a?b=c", noon
		w.write(func(tx forum.Tx) { w.must(tx.SaveSignIn(w.ctx, &asked)) })
		return asked
	}
	unknown := save(forum.SignIn{ExpiresAt: noon.Add(time.Hour)})
	known := save(forum.SignIn{ExpiresAt: noon.Add(2 * time.Hour), Language: forum.English})
	known.PersonID, known.Link, known.Code = w.person.ID, forum.Digest("link"+w.tag), "code"
	w.write(func(tx forum.Tx) { w.must(tx.SaveSignIn(w.ctx, &known)) })
	w.read(func(tx forum.Tx) {
		w.equal("one", ok(tx.SignIn(w.ctx, unknown.ID)), &unknown)
		w.equal("by its link", ok(tx.SignInByLink(w.ctx, known.Link)), &known)
		w.equal("of the browser", ok(tx.SignInsOf(w.ctx, browser)), []forum.SignIn{known, unknown})
		_, err := tx.SignInByLink(w.ctx, "")
		w.refused(err, forum.NotFound, "error.not_found.sign_in")
	})
	w.together(writers, func(int) {
		for range acts {
			if err := w.attempt(func(tx forum.Tx) error { return tx.CountTry(w.ctx, browser) }); err != nil {
				w.Error(err)
			}
		}
	})
	w.read(func(tx forum.Tx) {
		w.equal("tries of many at once", ok(tx.SignIn(w.ctx, known.ID)).Tries, writers*acts)
	})
	var dropped atomic.Int32
	w.together(writers, func(int) {
		if err := w.attempt(func(tx forum.Tx) error { return tx.DropSignIn(w.ctx, known.ID) }); err == nil {
			dropped.Add(1)
		} else {
			w.refused(err, forum.NotFound, "error.not_found.sign_in")
		}
	})
	w.equal("who dropped it", int(dropped.Load()), 1)
	again := save(forum.SignIn{ExpiresAt: noon.Add(2 * time.Hour), PersonID: w.person.ID})
	w.write(func(tx forum.Tx) {
		w.must(tx.DropSignIns(w.ctx, noon.Add(time.Hour)))
		w.equal("that last longer", ok(tx.SignInsOf(w.ctx, browser)), []forum.SignIn{again})
		w.must(tx.DropSignInsOf(w.ctx, w.other.ID))
		w.equal("after another's", len(ok(tx.SignInsOf(w.ctx, browser))), 1)
		w.must(tx.DropSignInsOf(w.ctx, w.person.ID))
		w.equal("after the person's", len(ok(tx.SignInsOf(w.ctx, browser))), 0)
	})
}

// tallies counts as many processes do at once, and anew when it is over.
func tallies(w *world) {
	subject := forum.Digest("subject" + w.tag)
	count := func(over time.Duration) (tally *forum.Tally) {
		w.write(func(tx forum.Tx) { tally = ok(tx.Count(w.ctx, subject, tx.Now().Add(-over))) })
		return tally
	}
	first := count(time.Hour)
	w.together(writers, func(int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error {
				_, err := tx.Count(w.ctx, subject, tx.Now().Add(-time.Hour))
				return err
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	second := count(time.Hour)
	w.equal("counted", second.Number, int64(writers*acts+2))
	w.equal("since", second.BeganAt, first.BeganAt)
	_ = w.attempt(func(tx forum.Tx) error {
		ok(tx.Count(w.ctx, subject, tx.Now().Add(-time.Hour)))
		return errChangedMind
	})
	w.equal("what was not kept", count(time.Hour).Number, second.Number+1)
	w.equal("begun anew", count(-time.Hour).Number, int64(1))
	w.write(func(tx forum.Tx) {
		w.must(tx.DropTallies(w.ctx, tx.Now().Add(time.Hour)))
		w.equal("after all were dropped", ok(tx.Count(w.ctx, subject, tx.Now().Add(-time.Hour))).Number, int64(1))
	})
}
