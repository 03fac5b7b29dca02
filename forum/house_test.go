package forum_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/policies"
)

// house is a store with the area of vossPlan in it, at an hour that the test sets.
type house struct {
	*testing.T
	keeper *store.DB
	now    time.Time
	read   forum.MessageID // the last message that letters gave
}

// onBoth runs a test in a house on each database.
func onBoth(t *testing.T, test func(h *house)) {
	t.Helper()
	inHouses(t, vossPlan, test)
}

// inHouses is onBoth with another area.
func inHouses(t *testing.T, plan func() *forum.AreaPlan, test func(h *house)) {
	t.Helper()
	inEmptyHouses(t, func(h *house) {
		done(h, imported(plan()))
		test(h)
	})
}

// inEmptyHouses is onBoth before there is any area.
func inEmptyHouses(t *testing.T, test func(h *house)) {
	t.Helper()
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Both(t, func(t *testing.T, address string) {
		h := &house{T: t, now: planned}
		h.keeper, err = store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return h.now }, Policy: policy, Queueing: jobs.Queueing})
		h.must(err)
		t.Cleanup(func() {
			if err := h.keeper.Close(); err != nil {
				t.Error(err)
			}
		})
		h.must(h.keeper.Migrate(t.Context()))
		test(h)
	})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// act is something done, or read, in a transaction.
type act[T any] func(ctx context.Context, tx forum.Tx) (T, error)

// try runs an act in a transaction of its own.
func try[T any](h *house, a act[T]) (result T, err error) {
	err = h.keeper.Write(h.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = ordered(h.T, a)(ctx, tx)
		return err
	})
	return result, err
}

// done runs an act that has to succeed.
func done[T any](h *house, a act[T]) T {
	h.Helper()
	result, err := try(h, a)
	h.must(err)
	return result
}

// seen reads what has to be there.
func seen[T any](h *house, a act[T]) (result T) {
	h.Helper()
	h.must(h.keeper.Read(h.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = a(ctx, tx)
		return err
	}))
	return result
}

func imported(plan *forum.AreaPlan) act[forum.ImportCount] {
	return func(ctx context.Context, tx forum.Tx) (forum.ImportCount, error) {
		return forum.ImportArea(ctx, tx, forum.Operator(), plan)
	}
}

// person is someone by address.
func (h *house) person(address string) forum.PersonID {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Person, error) { return tx.PersonByAddress(ctx, address) }).ID
}

// as is someone who acts.
func (h *house) as(address string) forum.Actor { h.Helper(); return forum.AsPerson(h.person(address)) }

// forum is a forum by its key.
func (h *house) forum(key string) forum.ForumID {
	h.Helper()
	all := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Forum, error) { return tx.Forums(ctx) })
	at := slices.IndexFunc(all, func(f forum.Forum) bool { return f.Key == key })
	if at < 0 {
		h.Fatalf("there is no forum %s", key)
	}
	return all[at].ID
}

// plan puts a draft of a meeting into a forum's calendar.
func (h *house) plan(in, start string) forum.MeetingID {
	h.Helper()
	by, id := h.as(ourSecretary), h.forum(in)
	return done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
		return forum.PlanMeeting(ctx, tx, by, id, forum.Ordinary, forum.Slot{Start: at(start), End: at(start).Add(3 * time.Hour), Place: "Heradshuset"})
	}).ID
}

func (h *house) call(id forum.MeetingID) *forum.Meeting {
	h.Helper()
	by := h.as(ourSecretary)
	return done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
		return forum.CallMeeting(ctx, tx, by, id)
	})
}

// propose puts a matter into the council's inbox.
func (h *house) propose(by, title string) *forum.Matter {
	h.Helper()
	return done(h, proposed(h.as(by), h.forum("raad"), title))
}

func proposed(by forum.Actor, in forum.ForumID, title string) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: title, Kind: forum.DiscussionMatter, Source: forum.ByWeb})
	}
}

func placed(by forum.Actor, id forum.MatterID, on forum.MeetingID) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.PlaceMatter(ctx, tx, by, id, on)
	}
}

func putBack(by forum.Actor, id forum.MatterID) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) { return forum.PutBack(ctx, tx, by, id) }
}

func cancelled(by forum.Actor, id forum.MeetingID) act[*forum.Meeting] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
		return forum.CancelMeeting(ctx, tx, by, id, "Storm")
	}
}

// matter is a matter as it is kept now.
func (h *house) matter(id forum.MatterID) *forum.Matter {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) { return tx.Matter(ctx, id) })
}

// letters are the messages made since the last call, the oldest first.
func (h *house) letters() []forum.Message {
	h.Helper()
	all := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Message, error) {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		var letters []forum.Message
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return nil, err
			}
			letters = append(letters, *m)
		}
		return letters, err
	})
	fresh := slices.DeleteFunc(all, func(m forum.Message) bool { return m.ID <= h.read })
	if len(fresh) > 0 {
		h.read = fresh[len(fresh)-1].ID
	}
	return fresh
}

// wantLetters checks who got what since the last look: "invitation leiar@kvam.example".
func (h *house) wantLetters(want ...string) []forum.Message {
	h.Helper()
	letters := h.letters()
	var got []string
	for _, m := range letters {
		got = append(got, string(m.Kind)+" "+m.To)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Fatalf("letters (-want +got):\n%s", diff)
	}
	return letters
}

// facts reads what a message says.
func facts[T any](h *house, m forum.Message) (read T) {
	h.Helper()
	h.must(json.Unmarshal(m.Facts, &read))
	return read
}

// chain is the log of a forum.
func (h *house) chain(in string) []forum.Event {
	h.Helper()
	id := h.forum(in)
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Event, error) { return tx.Chain(ctx, id) })
}

// deeds are what was done in a forum, the oldest first.
func (h *house) deeds(in string) (deeds []string) {
	h.Helper()
	for _, e := range h.chain(in) {
		deeds = append(deeds, e.Deed)
	}
	return deeds
}
