package forum

import (
	"context"
	"time"
)

// readWithin is how long a package waits for its papers to be looked through.
const readWithin = 30 * time.Minute

// PrintOrder is what is known of an edition to print it.
type PrintOrder struct {
	Edition
	Meeting Meeting
	Forum   Forum
	Matters map[MatterID]Matter
	Origins map[MatterID]Origin
	Drafts  map[DraftVersionID]string // what the sections say
	Called  []Invitee                 // those invited, in the order of seating
	Printed bool                      // already, so that there is nothing to do
	// Unread tells that some paper has not been looked through for what must not travel, and is to be waited for.
	Unread bool
}

// PreparePrint reads what is to be printed of an edition that is out, without
// what may not travel any more.
func PreparePrint(ctx context.Context, tx Tx, id EditionID) (*PrintOrder, error) {
	e, err := tx.Edition(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, e.MeetingID)
	if err != nil {
		return nil, err
	}
	f, err := tx.Forum(ctx, e.ForumID)
	if err != nil {
		return nil, err
	}
	order := &PrintOrder{Edition: *e, Meeting: *m, Forum: *f, Matters: map[MatterID]Matter{}, Origins: map[MatterID]Origin{}, Drafts: map[DraftVersionID]string{}}
	_, err = tx.PrintOf(ctx, id)
	if err != nil && !IsKind(err, NotFound) {
		return nil, err
	}
	if err == nil {
		order.Printed = true
		return order, nil
	}
	if err := keepBehind(ctx, tx, &order.Edition); err != nil {
		return nil, err
	}
	setTimes(order.Items, m.Start) // the meeting may have moved since it went out
	if err := tx.SaveEdition(ctx, &order.Edition); err != nil {
		return nil, err
	}
	if err := order.readMatters(ctx, tx); err != nil {
		return nil, err
	}
	if order.Unread, err = order.awaitsReading(ctx, tx); err != nil {
		return nil, err
	}
	order.Unread = order.Unread && tx.Now().Before(e.OutAt.Add(readWithin))
	page := &MeetingPage{Meeting: *m}
	if err := page.readInvitees(ctx, tx); err != nil {
		return nil, err
	}
	for _, i := range page.Invitees {
		if !i.Withdrawn {
			order.Called = append(order.Called, i)
		}
	}
	return order, nil
}

func (o *PrintOrder) readMatters(ctx context.Context, tx Tx) error {
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	organisations, err := tx.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, item := range o.Outgoing() {
		if item.Matter == 0 {
			continue
		}
		matter, err := tx.Matter(ctx, item.Matter)
		if err != nil {
			return err
		}
		for _, section := range item.Draft {
			version, err := tx.DraftVersion(ctx, section.Version)
			if err != nil {
				return err
			}
			o.Drafts[section.Version] = version.Text
		}
		o.Matters[item.Matter], o.Origins[item.Matter] = *matter, Origin{people[matter.Proposer], organisations[matter.Organisation]}
	}
	return nil
}

// awaitsReading tells whether the text of some paper is still to be read.
func (o *PrintOrder) awaitsReading(ctx context.Context, tx Tx) (bool, error) {
	var digests []Digest
	for _, item := range o.Outgoing() {
		for _, p := range item.Papers {
			digests = append(digests, p.Digest)
		}
	}
	states, err := tx.PaperStates(ctx, digests)
	for _, state := range states {
		if state.State == PaperWaits {
			return true, err
		}
	}
	return false, err
}
