package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// noon is an instant with microseconds, which is what stores keep.
var noon = time.Date(2026, 3, 2, 11, 0, 0, 123456000, time.UTC)

// world is a council with a meeting and a matter: every case makes one of its
// own, so that all can share a database.
type world struct {
	*testing.T
	keeper    forum.Keeper
	ctx       context.Context
	municipal forum.Organisation
	person    forum.Person
	other     forum.Person
	council   forum.Forum
	seat      forum.Seat // of person
	meeting   forum.Meeting
	matter    forum.Matter
}

func newWorld(t *testing.T, keeper forum.Keeper) *world {
	t.Helper()
	w, tag := &world{T: t, keeper: keeper, ctx: t.Context()}, strings.ToLower(rand.Text())
	area := forum.Area{Key: tag, Name: "Voss"}
	w.municipal = forum.Organisation{Number: "m" + tag, Name: "Kvam herad", Level: forum.Municipal, Language: forum.Nynorsk}
	w.person = forum.Person{Name: "Medlem Kvam", Address: "medlem@" + tag + ".example", Language: forum.Nynorsk}
	w.other = forum.Person{Name: "Sekretær", Address: "sekretar@" + tag + ".example", Language: forum.English}
	w.write(func(tx governance.Tx) {
		w.must(tx.SaveArea(w.ctx, &area))
		w.must(tx.SaveOrganisation(w.ctx, &w.municipal))
		w.must(tx.SavePerson(w.ctx, &w.person))
		w.must(tx.SavePerson(w.ctx, &w.other))
		w.council = forum.Forum{AreaID: area.ID, Key: "raad", Name: "Rådet", Kind: forum.Council, Address: "raad@" + tag + ".example", Language: forum.Nynorsk, Position: 1}
		w.must(tx.SaveForum(w.ctx, &w.council))
		w.seat = forum.Seat{ForumID: w.council.ID, OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Member, From: "2020-01-01"}
		w.must(tx.SaveSeat(w.ctx, &w.seat))
		w.meeting = forum.Meeting{
			ForumID: w.council.ID, State: forum.CalledMeeting, Form: forum.Ordinary,
			Slot: forum.Slot{Start: noon, End: noon.Add(2 * time.Hour), Place: "Voss"}, UID: "meeting@" + tag,
		}
		w.must(tx.SaveMeeting(w.ctx, &w.meeting))
		w.matter = forum.Matter{
			ForumID: w.council.ID, Intake: "1" + tag, Title: "Utskriving", Kind: forum.DecisionMatter, Proposer: w.person.ID,
			Organisation: w.municipal.ID, Level: forum.Municipal, Source: forum.ByWeb, State: forum.Proposed, ProposedAt: noon,
		}
		w.must(tx.SaveMatter(w.ctx, &w.matter))
	})
	return w
}

// write runs fn in a transaction that has to be kept.
func (w *world) write(fn func(tx governance.Tx)) {
	w.Helper()
	w.must(w.attempt(func(tx governance.Tx) error { fn(tx); return nil }))
}

// read runs fn in a transaction that reads.
func (w *world) read(fn func(tx governance.Tx)) {
	w.Helper()
	w.must(w.keeper.Read(w.ctx, func(_ context.Context, tx forum.Tx) error { fn(governance.In(tx)); return nil }))
}

// attempt runs fn in a transaction of its own and gives what came of it.
func (w *world) attempt(fn func(tx governance.Tx) error) error {
	w.Helper()
	return w.keeper.Write(w.ctx, func(_ context.Context, tx forum.Tx) error { return fn(governance.In(tx)) })
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused checks that an error is a refusal of a kind with a text.
func (w *world) refused(err error, kind forum.Kind, key string) {
	w.Helper()
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Kind != kind || refusal.Key != key {
		w.Errorf("got %v, want a refusal of kind %d with %s", err, kind, key)
	}
}

// equal checks a value that came back.
func (w *world) equal(what string, got, want any) {
	w.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		w.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// ok is the value of a call that has to succeed; otherwise the case ends.
func ok[T any](value T, err error) T {
	if err != nil {
		_, file, line, _ := runtime.Caller(1)
		panic(unexpected{fmt.Errorf("%s:%d: %w", filepath.Base(file), line, err)})
	}
	return value
}

type unexpected struct{ error }

// sayUnexpected fails the case that ok ended.
func (w *world) sayUnexpected() {
	switch reason := recover().(type) {
	case nil:
	case unexpected:
		w.Error(reason)
	default:
		panic(reason)
	}
}
