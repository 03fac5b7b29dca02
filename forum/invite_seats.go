package forum

import "context"

// followSeats brings the invitations of a forum's called meetings ahead to where
// its seats are now. Only those whom it concerns get mail: a REQUEST to who came
// to have a seat on the meeting's day, a CANCEL to who has none any more.
func followSeats(ctx context.Context, tx Tx, in ForumID) error {
	meetings, err := tx.Meetings(ctx, in)
	if err != nil {
		return err
	}
	for _, listed := range meetings {
		if !listed.inviting(tx) {
			continue
		}
		m, err := tx.Meeting(ctx, listed.ID) // as it is once it is locked
		if err != nil {
			return err
		}
		if !m.inviting(tx) {
			continue
		}
		if err := reseat(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// reseat is invite for those alone whose seats came or went.
func reseat(ctx context.Context, tx Tx, m *Meeting) error {
	forum, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	seated, err := attendees(ctx, tx, m)
	if err != nil {
		return err
	}
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return err
	}
	if err := withStandIns(ctx, tx, m, invitations, seated); err != nil {
		return err
	}
	people, err := inviteesOf(ctx, tx, forum.ID)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		seat, still := seated[i.PersonID]
		delete(seated, i.PersonID)
		before := i
		if still {
			i.Capacity = seat.Capacity
		}
		if i.Capacity != Substitute {
			i.StandsFor = 0
		}
		i.Withdrawn = !still
		switch {
		case i.Withdrawn != before.Withdrawn:
			if err = notify(ctx, tx, forum, m, i, people, !before.Withdrawn, nil); err == nil && still {
				err = deliverTo(ctx, tx, m, i.PersonID)
			}
		case i != before && still:
			err = tx.SaveInvitation(ctx, &i)
		}
		if err != nil {
			return err
		}
	}
	for _, seat := range inOrder(seated) {
		i, err := newInvitation(ctx, tx, m, seat)
		if err != nil {
			return err
		}
		if err := notify(ctx, tx, forum, m, i, people, false, nil); err != nil {
			return err
		}
		if err := deliverTo(ctx, tx, m, seat.PersonID); err != nil {
			return err
		}
	}
	return callUp(ctx, tx, m)
}
