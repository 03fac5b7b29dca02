package governance

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// inheritAll passes on what somebody owes who does not sit for the organisation any
// more, and what a merged organisation owes, each thing in a transaction of its own.
// A seat that ends on a day to come keeps what it owes until that day is over. What
// levels owe, as a position on a ladder, and what parties owe, as a ratification,
// needs no passing on: whoever sits there today owes it.
func inheritAll(ctx context.Context, keeper forum.Keeper, _ forum.Almanac) error {
	return errors.Join(
		eachDue(ctx, keeper, DecisionsToInherit, Inherit),
		eachDue(ctx, keeper, BallotsToInherit, InheritBallot),
		eachDue(ctx, keeper, MinutesToInherit, InheritMinutes),
	)
}

// heritage knows who sits where, and whose seats ended, as far as it was asked.
type heritage struct {
	today   forum.Date
	here    map[forum.ForumID][]forum.Seat
	endings map[forum.ForumID][]endedSeat
	seats   map[forum.OrganisationID][]forum.Seat
}

// endedSeat is a seat whose last day is over, with who took it over.
type endedSeat struct {
	forum.Seat
	last forum.Date
	heir forum.PersonID
}

func newHeritage(tx Tx) *heritage {
	return &heritage{
		forum.DateOf(tx.Now()), map[forum.ForumID][]forum.Seat{}, map[forum.ForumID][]endedSeat{}, map[forum.OrganisationID][]forum.Seat{},
	}
}

// read makes sure that a forum and an organisation are known.
func (h *heritage) read(ctx context.Context, tx Tx, in forum.ForumID, organisation forum.OrganisationID) (err error) {
	if err := h.enter(ctx, tx, in); err != nil {
		return err
	}
	if _, known := h.seats[organisation]; !known {
		h.seats[organisation], err = tx.SeatsFor(ctx, organisation)
	}
	return err
}

// enter makes sure that a forum is known.
func (h *heritage) enter(ctx context.Context, tx Tx, in forum.ForumID) (err error) {
	if _, known := h.here[in]; known {
		return nil
	}
	if h.here[in], err = forum.SeatsAt(ctx, tx, in, h.today); err != nil {
		return err
	}
	written, err := tx.WrittenSeats(ctx, in)
	if err != nil {
		return err
	}
	endings, err := tx.Endings(ctx, in)
	if err != nil {
		return err
	}
	h.endings[in] = nil
	for _, s := range written {
		if s.To != "" && s.To < h.today {
			h.endings[in] = append(h.endings[in], endedSeat{s, s.To, endings[s.ID].Heir})
		}
	}
	return nil
}

// voter is the seat with a vote that one of several people has for what an
// organisation is today, the first of them before all; nil for none.
func (h *heritage) voter(ctx context.Context, tx Tx, in forum.ForumID, organisation forum.OrganisationID, people ...forum.PersonID) (*forum.Seat, error) {
	o, err := living(ctx, tx, organisation)
	if err != nil {
		return nil, err
	}
	for _, person := range people {
		at := slices.IndexFunc(h.here[in], func(s forum.Seat) bool {
			return s.PersonID == person && s.OrganisationID == o.ID && s.Capacity.Votes()
		})
		if at >= 0 {
			return &h.here[in][at], nil
		}
	}
	return nil, nil
}

// sits tells whether a person has a seat for an organisation today, in any forum.
func (h *heritage) sits(person forum.PersonID, organisation forum.OrganisationID) bool {
	return person != 0 && slices.ContainsFunc(h.seats[organisation], func(s forum.Seat) bool { return s.PersonID == person && h.today.Within(s.From, s.To) })
}

// ended is the seat in a forum by which somebody owed something and which is theirs no
// more, nil for none. What they were given after its last day they keep.
func (h *heritage) ended(ctx context.Context, tx Tx, f *FollowUp) (*endedSeat, error) {
	own := func(s forum.Seat) bool { return s.PersonID == f.OwnerID && s.OrganisationID == f.OrganisationID }
	at := slices.IndexFunc(h.endings[f.ForumID], func(e endedSeat) bool { return own(e.Seat) })
	if at < 0 || slices.ContainsFunc(h.here[f.ForumID], own) {
		return nil, nil
	}
	since, err := ownedSince(ctx, tx, f)
	if err != nil || since.After(h.endings[f.ForumID][at].last.EndOf()) {
		return nil, err
	}
	return &h.endings[f.ForumID][at], nil
}

// heir is the organisation and the person that a follow-up is to be seen to by.
func (h *heritage) heir(ctx context.Context, tx Tx, f *FollowUp) (forum.OrganisationID, forum.PersonID, error) {
	o, err := living(ctx, tx, f.OrganisationID)
	if err != nil {
		return 0, 0, err
	}
	if err := h.read(ctx, tx, f.ForumID, o.ID); err != nil {
		return 0, 0, err
	}
	ended, err := h.ended(ctx, tx, f)
	if err != nil {
		return 0, 0, err
	}
	switch {
	case ended == nil && h.sits(f.OwnerID, o.ID):
		return o.ID, f.OwnerID, nil
	case ended != nil && h.sits(ended.heir, o.ID):
		return o.ID, ended.heir, nil
	}
	holder, err := seatHolder(ctx, tx, f.ForumID, o.ID)
	if holder == 0 && h.sits(f.OwnerID, o.ID) {
		holder = f.OwnerID
	}
	return o.ID, holder, err
}

// ownedSince is when the owner became it.
func ownedSince(ctx context.Context, tx Tx, f *FollowUp) (time.Time, error) {
	words, err := tx.Progress(ctx, f.ID)
	if err != nil {
		return time.Time{}, err
	}
	for _, w := range slices.Backward(words) {
		if w.Deed == Reassigned || w.Deed == Taken || w.Deed == Inherited {
			return w.At, nil
		}
	}
	return time.Time{}, nil
}

// DecisionsToInherit lists the decisions of which something owed passes to a successor.
func DecisionsToInherit(ctx context.Context, tx Tx) (list []DecisionID, err error) {
	owed, err := tx.FollowUpsDue(ctx, "9999-12-31")
	if err != nil {
		return nil, err
	}
	h := newHeritage(tx)
	for _, f := range owed {
		organisation, owner, err := h.heir(ctx, tx, &f)
		if err != nil {
			return nil, err
		}
		if (organisation != f.OrganisationID || owner != f.OwnerID) && !slices.Contains(list, f.DecisionID) {
			list = append(list, f.DecisionID)
		}
	}
	slices.Sort(list)
	return list, nil
}

// Inherit passes what is owed by a decision to the successors of those who do not sit
// for their organisations any more: who got the seat, or else who sits for the
// organisation in the forum; and what a merged organisation owes to what it became part
// of. They are told. Words that were said stay as they were said.
func Inherit(ctx context.Context, tx Tx, id DecisionID) error {
	d, err := tx.Decision(ctx, id)
	if err != nil {
		return err
	}
	followUps, err := tx.FollowUpsOf(ctx, id)
	if err != nil {
		return err
	}
	h := newHeritage(tx)
	for _, f := range followUps {
		if !f.Owed() {
			continue
		}
		organisation, owner, err := h.heir(ctx, tx, &f)
		if err != nil {
			return err
		}
		if organisation == f.OrganisationID && owner == f.OwnerID {
			continue
		}
		f.OrganisationID, f.OwnerID = organisation, owner
		work := &file{decision: d, followUp: &f}
		if err := work.do(ctx, tx, Inherited, f.State, ""); err != nil {
			return err
		}
		if err := tellOwner(ctx, tx, d, &f, InheritedCause, "", forum.Actor{}); err != nil {
			return err
		}
	}
	return nil
}
