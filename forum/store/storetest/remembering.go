package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/samraad/samraad/forum"
)

// remembering reads the same over and over while it changes: by saving, by
// saving in vain, and while another transaction that reads is under way.
func remembering(w *world) {
	seat := forum.Seat{ForumID: w.council.ID, OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Member, From: "2026-01-01"}
	sitting := func(when string, want int) {
		w.Helper()
		look := func(tx forum.Tx) {
			w.equal(when, len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), want)
			w.equal(when+", all", len(ok(tx.Seats(w.ctx, w.council.ID, "2026-03-02"))), want)
			w.equal(when+", worked out", ok(tx.Recall(seatsKey{w.person.ID}, func() (any, error) {
				seats, err := tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02")
				return len(seats), err
			})), any(want))
		}
		w.read(look)
		w.write(look)
		w.write(look) // which may remember what the first was told
	}
	for range 3 {
		sitting("before", 0)
		seat.ID, seat.To = 0, ""
		w.write(func(tx forum.Tx) { w.must(tx.SaveSeat(w.ctx, &seat)) })
		sitting("seated", 1)
		err := w.attempt(func(tx forum.Tx) error {
			w.must(tx.DropSeat(w.ctx, &seat))
			w.equal("dropped for now", len(ok(tx.Seats(w.ctx, w.council.ID, "2026-03-02"))), 0)
			w.equal("dropped for now, worked out", ok(tx.Recall(seatsKey{w.person.ID}, func() (any, error) { return 0, nil })), any(0))
			return errChangedMind
		})
		if !errors.Is(err, errChangedMind) {
			w.Error("a change of mind was kept")
		}
		sitting("still seated", 1)
		w.read(func(tx forum.Tx) {
			w.write(func(tx forum.Tx) { w.must(tx.DropSeat(w.ctx, &seat)) })
			sitting("dropped", 0)
			w.equal("to who read before", len(ok(tx.Seats(w.ctx, w.council.ID, "2026-03-02"))), 1)
			w.equal("to who read before, of one", len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), 1)
		})
		sitting("after", 0)
	}
}

// seatsKey is what the number of a person's seats is remembered by.
type seatsKey struct{ person forum.PersonID }

// nothingAgain asks for what is not there until it is.
func nothingAgain(w *world) {
	w.read(func(tx forum.Tx) {
		for range 2 {
			_, err := tx.Mandate(w.ctx, w.council.ID, "2026-03-02")
			w.refused(err, forum.NotFound, "error.not_found.mandate")
		}
	})
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMandate(w.ctx, &forum.Mandate{ForumID: w.council.ID, From: "2026-01-01", Rule: forum.Consensus, Profile: forum.AgreementProfile}))
	})
	w.read(func(tx forum.Tx) {
		w.equal("rule", ok(tx.Mandate(w.ctx, w.council.ID, "2026-03-02")).Rule, forum.Consensus)
	})
}

// ownRows changes what a reader was told; the next one is told the truth.
func ownRows(w *world) {
	mandate := forum.Mandate{
		ForumID: w.council.ID, From: "2026-01-01", Rule: forum.Consensus, Profile: forum.AgreementProfile, KeyHolders: []forum.Capacity{forum.Chair},
		StandingItems: []forum.StandingItem{{What: forum.NoticeLine, Minutes: 5}},
	}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMandate(w.ctx, &mandate))
		w.must(tx.Record(w.ctx, forum.Event{ForumID: w.council.ID, At: noon, Deed: "x", Details: map[string]string{"a": "sist"}}))
	})
	for range 2 {
		w.read(func(tx forum.Tx) {
			for range 2 {
				told := ok(tx.Mandate(w.ctx, w.council.ID, "2026-03-02"))
				w.equal("mandate", *told, mandate)
				told.KeyHolders[0], told.StandingItems[0].Minutes, told.Text = forum.Deputy, 60, "anna"
				chain := ok(tx.Chain(w.ctx, w.council.ID))
				w.equal("details", chain[0].Details, map[string]string{"a": "sist"})
				chain[0].Details["a"] = "fyrst"
				all := ok(tx.People(w.ctx))
				w.equal("name", all[w.person.ID].Name, w.person.Name)
				delete(all, w.person.ID)
			}
		})
	}
}

// writersWorkItOut never tells an act what was remembered for a reader, nor what
// held before the act changed it.
func writersWorkItOut(w *world) {
	works := 0
	work := func() (any, error) { works++; return works, nil }
	w.read(func(tx forum.Tx) {
		w.equal("first", ok(tx.Recall(seatsKey{w.other.ID}, work)), any(1))
		w.equal("again", ok(tx.Recall(seatsKey{w.other.ID}, work)), any(1))
		_, err := tx.Recall(seatsKey{0}, func() (any, error) { return nil, errChangedMind })
		w.equal("its error", errors.Is(err, errChangedMind), true)
		w.equal("after its error", ok(tx.Recall(seatsKey{0}, work)), any(2))
	})
	w.write(func(tx forum.Tx) {
		w.equal("in an act", ok(tx.Recall(seatsKey{w.other.ID}, work)), any(3))
		w.person.Name = "Nytt namn"
		w.must(tx.SavePerson(w.ctx, &w.person))
		w.equal("what the act saved", ok(tx.Person(w.ctx, w.person.ID)).Name, "Nytt namn")
		before := works
		w.equal("when people have changed", ok(tx.Recall(seatsKey{w.other.ID}, work)), any(before+1))
	})
}

// RunReplicas checks that what one keeper commits is what another one of the
// same database reads next, however often both have read it before.
func RunReplicas(t *testing.T, here, there forum.Keeper) {
	for _, c := range []struct {
		name string
		test func(w, other *world)
	}{{"a revoked seat and session", revokedElsewhere}, {"many at once", manyReplicas}} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, here)
			defer w.sayUnexpected()
			other := *w
			other.keeper = there
			c.test(w, &other)
		})
	}
}

func revokedElsewhere(w, other *world) {
	seat := forum.Seat{ForumID: w.council.ID, OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Secretary, From: "2026-01-01"}
	session := forum.Session{Digest: forum.Digest("s" + w.tag), PersonID: w.person.ID, CreatedAt: noon, SeenAt: noon, ExpiresAt: noon.AddDate(1, 0, 0)}
	for range 20 {
		seat.ID = 0
		other.write(func(tx forum.Tx) {
			other.must(tx.SaveSeat(w.ctx, &seat))
			other.must(tx.SaveSession(w.ctx, &session))
		})
		for range 6 { // so that more than one connection remembers it
			w.read(func(tx forum.Tx) {
				w.equal("seats", len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), 1)
				w.equal("session", ok(tx.Session(w.ctx, session.Digest)).PersonID, w.person.ID)
			})
		}
		w.write(func(tx forum.Tx) {
			w.equal("seats, in an act", len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), 1)
		})
		other.write(func(tx forum.Tx) {
			other.must(tx.DropSeat(w.ctx, &seat))
			other.must(tx.EndSession(w.ctx, session.Digest))
		})
		w.write(func(tx forum.Tx) {
			w.equal("seats afterwards, in an act", len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), 0)
		})
		w.read(func(tx forum.Tx) {
			w.equal("seats afterwards", len(ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-02"))), 0)
			_, err := tx.Session(w.ctx, session.Digest)
			w.refused(err, forum.NotFound, "error.not_found.session")
		})
	}
}

// manyReplicas gives two people the same name again and again, from both sides,
// while many read: nobody reads two names, or a name from before one that was
// committed when the reading began.
func manyReplicas(w, other *world) {
	var committed atomic.Int64
	var turn sync.Mutex
	rename := func(by *world) {
		turn.Lock()
		defer turn.Unlock()
		next := committed.Load() + 1
		by.write(func(tx forum.Tx) {
			for _, id := range []forum.PersonID{w.person.ID, w.other.ID} {
				person := ok(tx.Person(w.ctx, id))
				person.Name = fmt.Sprint(next)
				by.must(tx.SavePerson(w.ctx, person))
			}
		})
		committed.Store(next)
	}
	rename(w)
	look := func(by *world) {
		floor := committed.Load()
		by.read(func(tx forum.Tx) {
			var first, all int64
			_, err := fmt.Sscan(ok(tx.Person(w.ctx, w.person.ID)).Name, &first)
			by.must(err)
			_, err = fmt.Sscan(ok(tx.People(w.ctx))[w.other.ID].Name, &all)
			by.must(err)
			worked := ok(tx.Recall(seatsKey{w.person.ID}, func() (any, error) { return first, nil }))
			if first != all || worked != any(first) || first < floor {
				by.Errorf("read %d, %d and %v after %d was committed", first, all, worked, floor)
			}
		})
	}
	var wait sync.WaitGroup
	for _, by := range []*world{w, other} {
		for range 2 {
			wait.Go(func() {
				for range 25 {
					rename(by)
				}
			})
			for range 2 {
				wait.Go(func() {
					for range 100 {
						look(by)
					}
				})
			}
		}
	}
	wait.Wait()
}
