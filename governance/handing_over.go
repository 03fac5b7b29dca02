package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// HandOver gives a follow-up to another owner, who is told. Within the organisation
// that holds at once; another organisation has to take it first, by a secretary of
// its level. Somebody who gets it has a seat for that organisation.
func HandOver(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, to forum.OrganisationID, owner forum.PersonID, reason string) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if reason, err = spoken(reason, to != f.followUp.OrganisationID); err == nil {
		err = f.state(OpenFollowUp, BlockedFollowUp)
	}
	if err != nil {
		return nil, err
	}
	o, err := living(ctx, tx, to)
	if err != nil {
		return nil, err
	}
	sits, err := sitsFor(ctx, tx, owner, o.ID)
	switch {
	case err != nil:
		return nil, err
	case !sits:
		return nil, forum.Refuse(forum.Invalid, "error.follow_up.no_seat").On("owner")
	case o.ID == f.followUp.OrganisationID && owner == f.followUp.OwnerID:
		return nil, forum.Refuse(forum.Conflict, "error.follow_up.same_owner").On("owner")
	}
	if o.ID != f.followUp.OrganisationID {
		return f.followUp, f.offer(ctx, tx, o, owner, reason)
	}
	f.followUp.OwnerID = owner
	if err := f.do(ctx, tx, Reassigned, f.followUp.State, reason); err != nil {
		return nil, err
	}
	return f.followUp, tellOwner(ctx, tx, f.decision, f.followUp, ReassignedCause, reason, by)
}

// offer lets another organisation say whether it takes the follow-up; until it does
// the one that has it owes it.
func (f *file) offer(ctx context.Context, tx Tx, to *forum.Organisation, owner forum.PersonID, reason string) error {
	parties, err := partiesOf(ctx, tx, f.followUp.ForumID)
	if err != nil {
		return err
	}
	if !slices.Contains(parties, to.ID) {
		return forum.Refuse(forum.Invalid, "error.follow_up.no_party").On("organisation")
	}
	f.followUp.OfferedTo, f.followUp.OfferedOwnerID = to.ID, owner
	if err := f.do(ctx, tx, Offered, HandedOver, reason); err != nil {
		return err
	}
	return f.tellSecretaries(ctx, tx, sideOf(to), OfferedCause, reason)
}

// AnswerOffer says whether an organisation takes a follow-up that another one offers
// it. A secretary of its level may; who offered it is told.
func AnswerOffer(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, take bool, reason string) (*FollowUp, error) {
	f, err := open(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, SteerIt, f.followUp.ForumID); err != nil {
		return nil, err
	}
	if err := f.state(HandedOver); err != nil {
		return nil, err
	}
	o, err := living(ctx, tx, f.followUp.OfferedTo)
	if err != nil {
		return nil, err
	}
	if f.as, err = steers(ctx, tx, by, f.followUp.ForumID, o); err != nil {
		return nil, err
	}
	if reason, err = spoken(reason, !take); err != nil {
		return nil, err
	}
	if !take {
		if err := f.do(ctx, tx, NotTaken, OpenFollowUp, reason); err != nil {
			return nil, err
		}
		return f.followUp, tellOwner(ctx, tx, f.decision, f.followUp, NotTakenCause, reason, by)
	}
	before := *f.followUp
	owner := f.followUp.OfferedOwnerID
	f.followUp.OrganisationID, f.followUp.OwnerID = o.ID, owner
	if err := f.do(ctx, tx, Taken, OpenFollowUp, reason); err != nil {
		return nil, err
	}
	if err := tellOwner(ctx, tx, f.decision, f.followUp, ReassignedCause, reason, by); err != nil {
		return nil, err
	}
	return f.followUp, tellOwner(ctx, tx, f.decision, &before, TakenCause, reason, by)
}

// sideOf is the level that an organisation stands on, "" for an advisory one that no
// level appointed.
func sideOf(o *forum.Organisation) forum.Level {
	if o.Level == forum.Advisory {
		return o.Side
	}
	return o.Level
}

// partiesOf are the organisations that a forum can ask something of: its parties, and
// those that have a seat there today.
func partiesOf(ctx context.Context, tx Tx, in forum.ForumID) ([]forum.OrganisationID, error) {
	today := forum.DateOf(tx.Now())
	mandate, err := forum.MandateOn(ctx, tx, in, today)
	if err != nil {
		return nil, err
	}
	seats, err := tx.Seats(ctx, in, today)
	parties := slices.Clone(mandate.Parties)
	for _, s := range seats {
		if !slices.Contains(parties, s.OrganisationID) {
			parties = append(parties, s.OrganisationID)
		}
	}
	return parties, err
}
