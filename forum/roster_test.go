package forum_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/policies"
)

// pageReader is a few forums in a transaction that reads, and remembers.
type pageReader struct {
	*small
	known map[any]any
}

func (r *pageReader) Recall(key any, work func() (any, error)) (any, error) {
	if value, known := r.known[key]; known {
		return value, nil
	}
	value, err := work()
	if err == nil {
		r.known[key] = value
	}
	return value, err
}

func (r *pageReader) SeatsOf(_ context.Context, person forum.PersonID, on forum.Date) ([]forum.Seat, error) {
	return r.seatsOn(on, func(seat forum.Seat) bool { return seat.PersonID == person }), nil
}

func (r *pageReader) Forums(context.Context) (forums []forum.Forum, err error) {
	for id := range forum.ForumID(smallForums) {
		forums = append(forums, forum.Forum{ID: id + 1, Parent: id})
	}
	return forums, nil
}

// Mandates has of each forum one that is over by another, too.
func (r *pageReader) Mandates(context.Context, forum.Date) (mandates []forum.Mandate, err error) {
	for id := range forum.ForumID(smallForums) {
		if m, has := r.mandates[id+1]; has {
			before := forum.Mandate{ForumID: m.ForumID, Inherits: forum.SeatCapacities, KeyHolders: forum.SeatCapacities}
			m.From = "2020-01-01"
			mandates = append(mandates, before, m)
		}
	}
	return mandates, nil
}

// A page that asks about every forum hears the same as an act in each.
func TestLookingAroundChangesNoRight(t *testing.T) {
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		here := someForums(t, policy)
		page := &pageReader{here, map[any]any{}}
		for person := range forum.PersonID(smallPeople) {
			by := forum.AsPerson(person + 1)
			if err := forum.LookAround(ctx, page, by); err != nil {
				t.Fatal(err)
			}
			for in := range forum.ForumID(smallForums) {
				for _, right := range forum.Rights {
					want, refusal := by.May(ctx, here, right, in+1)
					got, err := by.May(ctx, page, right, in+1)
					if got != want || said(err) != said(refusal) {
						t.Fatalf("%v may %v in forum %d as %+v (%q), and as %+v (%q)", by, right, in+1, want, said(refusal), got, said(err))
					}
					can, err := by.Can(ctx, page, right, in+1)
					if err != nil || can != (refusal == nil) {
						t.Fatalf("%v can %v in forum %d: %v, %v", by, right, in+1, can, err)
					}
				}
			}
		}
	})
}
