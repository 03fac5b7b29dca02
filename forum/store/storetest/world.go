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
)

// noon is an instant with microseconds, which is what stores keep.
var noon = time.Date(2026, 3, 2, 11, 0, 0, 123456000, time.UTC)

// world is a small area of its own: every case makes one, so that all can
// share a database.
type world struct {
	*testing.T
	keeper    forum.Keeper
	ctx       context.Context
	tag       string // unique, for what must be
	area      forum.Area
	municipal forum.Organisation
	hospital  forum.Organisation
	person    forum.Person
	other     forum.Person
	council   forum.Forum
}

func newWorld(t *testing.T, keeper forum.Keeper) *world {
	t.Helper()
	w := &world{T: t, keeper: keeper, ctx: t.Context(), tag: strings.ToLower(rand.Text())}
	w.area = forum.Area{Key: w.tag, Name: "Voss"}
	w.municipal = forum.Organisation{Number: "m" + w.tag, Municipality: "4621", Name: "Kvam herad", Level: forum.Municipal, Language: forum.Nynorsk, ValidFrom: "2020-01-01"}
	w.hospital = forum.Organisation{Number: "h" + w.tag, Name: "Helse Bergen", Level: forum.Specialist, Language: forum.Bokmal, ValidFrom: "2002-01-01", ValidTo: "2030-12-31"}
	w.person = forum.Person{Name: "Medlem Kvam", Address: "medlem@" + w.tag + ".example", Language: forum.Nynorsk}
	w.other = forum.Person{Name: "Sekretær", Address: "sekretar@" + w.tag + ".example", Language: forum.English}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveArea(w.ctx, &w.area))
		w.must(tx.SaveOrganisation(w.ctx, &w.municipal))
		w.must(tx.SaveOrganisation(w.ctx, &w.hospital))
		w.must(tx.SavePerson(w.ctx, &w.person))
		w.must(tx.SavePerson(w.ctx, &w.other))
		w.council = *w.forum(tx, "council", 0, 1)
	})
	return w
}

// forum saves a forum of the area.
func (w *world) forum(tx forum.Tx, key string, parent forum.ForumID, position int) *forum.Forum {
	w.Helper()
	f := &forum.Forum{
		AreaID: w.area.ID, Parent: parent, Key: key, Name: "Namnet på " + key, Kind: forum.Council,
		Address: key + "@" + w.tag + ".example", Language: forum.Nynorsk, Position: position,
	}
	w.must(tx.SaveForum(w.ctx, f))
	return f
}

// matter saves a proposed matter of the council.
func (w *world) matter(tx forum.Tx, intake string) *forum.Matter {
	w.Helper()
	m := &forum.Matter{
		ForumID: w.council.ID, Intake: intake + w.tag, Title: "Utskriving", Kind: forum.DiscussionMatter, Text: "Fyrste linje\nandre linje",
		Proposer: w.person.ID, Organisation: w.municipal.ID, Level: forum.Municipal, Source: forum.ByWeb, State: forum.Proposed, ProposedAt: noon,
	}
	w.must(tx.SaveMatter(w.ctx, m))
	return m
}

// meeting saves a draft of a meeting of the council.
func (w *world) meeting(tx forum.Tx, uid string, start time.Time) *forum.Meeting {
	w.Helper()
	m := &forum.Meeting{
		ForumID: w.council.ID, State: forum.DraftMeeting, Form: forum.Hybrid,
		Slot:     forum.Slot{Start: start, End: start.Add(2 * time.Hour), Place: "Vossevangen", Link: "https://rom.example/1"},
		ItemsDue: start.AddDate(0, 0, -14), PapersDue: start.AddDate(0, 0, -7), UID: uid + "@" + w.tag,
	}
	w.must(tx.SaveMeeting(w.ctx, m))
	return m
}

// write runs fn in a transaction that has to be kept.
func (w *world) write(fn func(tx forum.Tx)) {
	w.Helper()
	w.must(w.keeper.Write(w.ctx, func(_ context.Context, tx forum.Tx) error { fn(tx); return nil }))
}

// read runs fn in a transaction that reads.
func (w *world) read(fn func(tx forum.Tx)) {
	w.Helper()
	w.must(w.keeper.Read(w.ctx, func(_ context.Context, tx forum.Tx) error { fn(tx); return nil }))
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

// attempt runs fn in a transaction of its own and gives what came of it.
func (w *world) attempt(fn func(tx forum.Tx) error) error {
	w.Helper()
	return w.keeper.Write(w.ctx, func(_ context.Context, tx forum.Tx) error { return fn(tx) })
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
