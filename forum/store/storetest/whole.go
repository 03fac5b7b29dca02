package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/samraad/samraad/forum"
)

// nudge is a job that nobody works.
type nudge struct {
	Number int `json:"number"`
}

func (nudge) Kind() string { return "storetest_nudge" }

func events(w *world) {
	about := forum.MatterObject(forum.MatterID(1 << 40))
	about.Kind = "matter" + w.tag
	event := forum.Event{
		ForumID: w.council.ID, At: noon.Add(7), PersonID: w.person.ID, Level: forum.Municipal, Deed: "matter.propose", Object: about,
		Details: map[string]string{"z": "sist", "a": "fyrst", "m": "æ"},
	}
	plain := forum.Event{ForumID: w.council.ID, At: noon, Deed: "matter.return", Object: about}
	w.write(func(tx forum.Tx) {
		w.must(tx.Record(w.ctx, event))
		w.must(tx.Record(w.ctx, plain))
		w.equal("before the commit", len(ok(tx.Chain(w.ctx, w.council.ID))), 0)
	})
	w.write(func(tx forum.Tx) { w.must(tx.Record(w.ctx, event)) })
	w.read(func(tx forum.Tx) {
		chain := ok(tx.Chain(w.ctx, w.council.ID))
		w.equal("events", len(chain), 3)
		w.equal("broken at", forum.VerifyChain(chain), int64(0))
		w.equal("details", chain[0].Details, event.Details)
		w.equal("at", chain[0].At, noon)
		w.equal("history", len(ok(tx.History(w.ctx, about))), 3)
		w.equal("history of another", len(ok(tx.History(w.ctx, forum.Object{Kind: about.Kind, ID: 2}))), 0)
		chain[1].Deed = "matter.place"
		w.equal("a change of the past shows at", forum.VerifyChain(chain), int64(2))
	})
}

func oddText(w *world) {
	odd := "NUL \x00, bytes \xff\xfe, quote ', backslash \\, question ?, dollar $1, line\r\n, — Ødegård 𝄞"
	var m *forum.Matter
	w.write(func(tx forum.Tx) {
		m = w.matter(tx, "odd")
		m.Text = odd
		w.must(tx.SaveMatter(w.ctx, m))
		w.must(tx.Record(w.ctx, forum.Event{ForumID: w.council.ID, At: noon, Deed: "x", Object: forum.MatterObject(m.ID), Details: map[string]string{"text": odd}}))
		_, err := tx.PersonByAddress(w.ctx, odd)
		w.refused(err, forum.NotFound, "error.not_found.person")
		_, err = tx.AddressToken(w.ctx, odd)
		w.refused(err, forum.NotFound, "error.not_found.token")
	})
	w.read(func(tx forum.Tx) {
		clean := strings.NewReplacer("\x00", "", "\xff\xfe", "\uFFFD").Replace(odd)
		w.equal("text", ok(tx.Matter(w.ctx, m.ID)).Text, clean)
		chain := ok(tx.Chain(w.ctx, w.council.ID))
		w.equal("details", chain[0].Details["text"], clean)
		w.equal("broken at", forum.VerifyChain(chain), int64(0))
	})
}

// kindsOfValues comes back from rows that are inserted, changed, and found by it.
func kindsOfValues(w *world) {
	for name, text := range map[string]string{
		"nothing": "", "a quote": "'", "quotes": "''a''", "a comment": "a -- b /* c */; d", "blanks": "\f'a'\f\t\n 'b'", "a placeholder": "? ?1 :a $1",
		"no number": "007", "letters": "Ødegård 𝄞 ﷽", "much": strings.Repeat("Ei sak om «alt», 'og' anna. ", 1<<15),
	} {
		var m *forum.Matter
		w.write(func(tx forum.Tx) {
			m = w.matter(tx, "values of "+name)
			m.Text, m.FullTitle, m.Proposer, m.Heir, m.HeirFrom = text, text, 0, w.other.ID, "2026-01-02"
			w.must(tx.SaveMatter(w.ctx, m))
			w.equal(name+", changed", ok(tx.Matter(w.ctx, m.ID)), m)
			fresh := *m
			fresh.ID, fresh.Intake, fresh.Heir, fresh.HeirFrom = 0, "v"+w.tag+name, 0, ""
			w.must(tx.SaveMatter(w.ctx, &fresh))
			w.equal(name+", inserted", ok(tx.Matter(w.ctx, fresh.ID)), &fresh)
			_, err := tx.AddressToken(w.ctx, text)
			w.refused(err, forum.NotFound, "error.not_found.token")
		})
		w.read(func(tx forum.Tx) { w.equal(name+", read", ok(tx.Matter(w.ctx, m.ID)), m) })
	}
}

func readOnly(w *world) {
	for name, save := range map[string]func(tx forum.Tx) error{
		"area":   func(tx forum.Tx) error { return tx.SaveArea(w.ctx, &forum.Area{Key: "ro" + w.tag}) },
		"number": func(tx forum.Tx) error { _, err := tx.NextNumber(w.ctx, "ro"+w.tag); return err },
		"event":  func(tx forum.Tx) error { return tx.Record(w.ctx, forum.Event{ForumID: w.council.ID}) },
		"job":    func(tx forum.Tx) error { return tx.Enqueue(w.ctx, nudge{1}) },
		"piece":  func(tx forum.Tx) error { _, err := tx.SavePiece(w.ctx, []byte("ro"+w.tag)); return err },
	} {
		if err := w.keeper.Read(w.ctx, func(_ context.Context, tx forum.Tx) error { return save(tx) }); err == nil {
			w.Errorf("%s: saved in a transaction that reads", name)
		}
	}
	w.read(func(tx forum.Tx) {
		_, err := tx.AreaByKey(w.ctx, "ro"+w.tag)
		w.refused(err, forum.NotFound, "error.not_found.area")
	})
}

func missing(w *world) {
	const none = 1 << 40
	w.read(func(tx forum.Tx) {
		for thing, get := range map[string]func() error{
			"area":         func() error { _, err := tx.Area(w.ctx, none); return err },
			"organisation": func() error { _, err := tx.Organisation(w.ctx, none); return err },
			"person":       func() error { _, err := tx.Person(w.ctx, none); return err },
			"forum":        func() error { _, err := tx.ForumByAddress(w.ctx, ""); return err },
			"meeting":      func() error { _, err := tx.Meeting(w.ctx, none); return err },
			"matter":       func() error { _, err := tx.Matter(w.ctx, none); return err },
			"draft":        func() error { _, err := tx.Draft(w.ctx, none); return err },
			"draft_thread": func() error { _, err := tx.DraftThread(w.ctx, none); return err },
			"removal":      func() error { _, err := tx.Removal(w.ctx, none); return err },
			"item":         func() error { _, err := tx.PlaceOf(w.ctx, none); return err },
			"document":     func() error { _, err := tx.Document(w.ctx, none); return err },
			"paper_text":   func() error { _, err := tx.PaperText(w.ctx, "none"); return err },
			"incoming":     func() error { _, err := tx.Incoming(w.ctx, none); return err },
			"message":      func() error { _, err := tx.Message(w.ctx, none); return err },
			"piece":        func() error { _, err := tx.Piece(w.ctx, "none"); return err },
			"feed":         func() error { _, err := tx.Feed(w.ctx, "none"); return err },
			"agenda":       func() error { _, err := tx.AgendaRevision(w.ctx, none, 0); return err },
			"guest":        func() error { _, err := tx.GuestByLink(w.ctx, "none"); return err },
			"edition":      func() error { _, err := tx.Edition(w.ctx, none); return err },
			"session":      func() error { _, err := tx.Session(w.ctx, "none"); return err },
		} {
			w.refused(get(), forum.NotFound, "error.not_found."+thing)
		}
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveArea(w.ctx, &forum.Area{ID: none, Key: "none" + w.tag})
	}), forum.NotFound, "error.not_found.area")
}

var errChangedMind = errors.New("changed my mind")

func rollback(w *world) {
	abandon := func(end func() error) error {
		return w.attempt(func(tx forum.Tx) error {
			w.matter(tx, "gone")
			ok(tx.NextNumber(w.ctx, w.tag))
			w.must(tx.Record(w.ctx, forum.Event{ForumID: w.council.ID, At: noon, Deed: "x"}))
			w.must(tx.Enqueue(w.ctx, nudge{1}))
			return end()
		})
	}
	if err := abandon(func() error { return errChangedMind }); !errors.Is(err, errChangedMind) {
		w.Errorf("got %v, want the act's own error", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				w.Error("a panic was swallowed")
			}
		}()
		_ = abandon(func() error { panic("bug") })
	}()
	w.write(func(tx forum.Tx) {
		w.equal("matters", len(ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed))), 0)
		w.equal("events", len(ok(tx.Chain(w.ctx, w.council.ID))), 0)
		w.equal("number", ok(tx.NextNumber(w.ctx, w.tag)), 1)
	})
}

// swallowed is an act that goes on after the database refused a row: nothing
// of it may be kept, on any database.
func swallowed(w *world) {
	err := w.attempt(func(tx forum.Tx) error {
		w.matter(tx, "kept?")
		_ = tx.SaveArea(w.ctx, &forum.Area{Key: w.area.Key})
		return nil
	})
	w.refused(err, forum.Conflict, "error.conflict.area")
	w.read(func(tx forum.Tx) { w.equal("matters", len(ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed))), 0) })
}

// together runs fn n times at once and waits.
func (w *world) together(n int, fn func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { fn(i) })
	}
	all.Wait()
}

// The transactions of the concurrent cases.
const writers, acts = 8, 10

func manyWriters(w *world) {
	w.together(writers, func(int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error {
				number, err := tx.NextNumber(w.ctx, w.tag)
				return errors.Join(err,
					tx.Record(w.ctx, forum.Event{ForumID: w.council.ID, At: tx.Now(), Deed: fmt.Sprint(number)}), tx.Enqueue(w.ctx, nudge{number}))
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.write(func(tx forum.Tx) {
		w.equal("next number", ok(tx.NextNumber(w.ctx, w.tag)), writers*acts+1)
		chain := ok(tx.Chain(w.ctx, w.council.ID))
		w.equal("events", len(chain), writers*acts)
		w.equal("broken at", forum.VerifyChain(chain), int64(0))
		for i, event := range chain {
			w.equal("number told", event.Deed, fmt.Sprint(i+1))
		}
	})
}

// crossingChains has half of the writers record in two forums in one order, and
// half in the other: they must not wait for each other.
func crossingChains(w *world) {
	var forums []forum.ForumID
	w.write(func(tx forum.Tx) { forums = []forum.ForumID{w.council.ID, w.forum(tx, "second", 0, 2).ID} })
	w.together(writers, func(i int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error {
				return errors.Join(
					tx.Record(w.ctx, forum.Event{ForumID: forums[i%2], At: tx.Now(), Deed: "one"}),
					tx.Record(w.ctx, forum.Event{ForumID: forums[(i+1)%2], At: tx.Now(), Deed: "two"}))
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.read(func(tx forum.Tx) {
		for _, id := range forums {
			chain := ok(tx.Chain(w.ctx, id))
			w.equal("events", len(chain), writers*acts)
			w.equal("broken at", forum.VerifyChain(chain), int64(0))
		}
	})
}

// lostUpdate has many read one row, and write it back changed.
func lostUpdate(w *world) {
	var m *forum.Meeting
	w.write(func(tx forum.Tx) { m = w.meeting(tx, "uid", noon) })
	w.together(writers, func(int) {
		err := w.attempt(func(tx forum.Tx) error {
			m, err := tx.Meeting(w.ctx, m.ID)
			if err != nil {
				return err
			}
			m.Sequence++
			return tx.SaveMeeting(w.ctx, m)
		})
		if err != nil {
			w.Error(err)
		}
	})
	w.read(func(tx forum.Tx) { w.equal("sequence", ok(tx.Meeting(w.ctx, m.ID)).Sequence, writers) })
}

// snapshot reads, lets another write, and reads the same again.
func snapshot(w *world) {
	w.read(func(tx forum.Tx) {
		before := ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed))
		written := make(chan error, 1)
		go func() { written <- w.attempt(func(tx forum.Tx) error { w.matter(tx, "new"); return nil }) }()
		select {
		case err := <-written:
			w.must(err)
		case <-time.After(30 * time.Second):
			w.Fatal("a reader held a writer up")
		}
		w.equal("within the transaction", len(ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed))), len(before))
	})
	w.read(func(tx forum.Tx) { w.equal("after", len(ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed))), 1) })
}
