package forum

import (
	"context"
	"slices"
)

// soon is how many days ahead a seat's end is told of.
const soon = 120

// HandoverPage is everything that somebody needs who takes a forum's secretariat over.
type HandoverPage struct {
	Forum    Forum
	Area     Area
	Today    Date
	Mandate  *Mandate // nil when none is in force
	Seats    []Seated // today's
	Coming   []Seated // that begin later
	Ending   []Seated // that end soon
	Vacant   []Organisation
	Keys     []Seated // who hold the two keys
	Meetings []Meeting
	Inbox    []Matter
	Waiting  []WaitingRemoval
	Held     int // mails held back
	Queued   int // mails on their way
	Failed   []Message
	Blocked  []BlockedWeeks
	Own      SeatID // the reader's seat as secretary, 0 for none
}

// WaitingRemoval is a removal that waits for an answer or a decision.
type WaitingRemoval struct {
	Removal
	Matter Matter
}

// ReadHandoverPage opens it for the forum's secretaries.
func ReadHandoverPage(ctx context.Context, tx Tx, by Actor, id ForumID) (*HandoverPage, error) {
	f, err := tx.Forum(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, SeatIt, id); err != nil {
		return nil, err
	}
	area, err := tx.Area(ctx, f.AreaID)
	if err != nil {
		return nil, err
	}
	page := &HandoverPage{Forum: *f, Area: *area, Today: DateOf(tx.Now())}
	if page.Mandate, err = tx.Mandate(ctx, id, page.Today); err != nil && !IsKind(err, NotFound) {
		return nil, err
	}
	for _, part := range []func(context.Context, Tx, Actor) error{page.readSeats, page.readMeetings, page.readMatters, page.readMail} {
		if err := part(ctx, tx, by); err != nil {
			return nil, err
		}
	}
	return page, nil
}

func (p *HandoverPage) readSeats(ctx context.Context, tx Tx, by Actor) (err error) {
	if p.Seats, err = seatedIn(ctx, tx, p.Forum.ID); err != nil {
		return err
	}
	limit := p.Today.Before(-soon)
	for _, s := range p.Seats {
		if s.To != "" && s.To <= limit {
			p.Ending = append(p.Ending, s)
		}
		if p.Mandate != nil && slices.Contains(p.Mandate.KeyHolders, s.Capacity) {
			p.Keys = append(p.Keys, s)
		}
		if s.PersonID == by.Person && s.Capacity == Secretary {
			p.Own = s.ID
		}
	}
	organisations, err := OrganisationsOn(ctx, tx, p.Today)
	if err != nil {
		return err
	}
	if p.Mandate != nil {
		for _, party := range p.Mandate.Parties {
			sits := func(s Seated) bool {
				return s.OrganisationID == party && s.Capacity != Substitute && s.Capacity != Secretary
			}
			if !slices.ContainsFunc(p.Seats, sits) {
				p.Vacant = append(p.Vacant, organisations[party])
			}
		}
	}
	return p.readComing(ctx, tx)
}

// readComing finds the seats that begin later, with the names of that time.
func (p *HandoverPage) readComing(ctx context.Context, tx Tx) error {
	written, err := tx.WrittenSeats(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	all, err := tx.Organisations(ctx)
	slices.SortStableFunc(written, bySeating)
	for _, s := range written {
		if s.From > p.Today {
			p.Coming = append(p.Coming, Seated{s, people[s.PersonID], all[s.OrganisationID].On(s.From)})
		}
	}
	return err
}

func (p *HandoverPage) readMeetings(ctx context.Context, tx Tx, _ Actor) error {
	meetings, err := tx.Meetings(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		if m.Movable() && m.End.After(tx.Now()) {
			p.Meetings = append(p.Meetings, m)
		}
	}
	blocked, err := tx.BlockedIn(ctx, p.Forum.AreaID)
	p.Blocked = slices.DeleteFunc(blocked, func(b BlockedWeeks) bool { return b.Year != 0 && b.Year < tx.Now().In(Oslo).Year() })
	return err
}

func (p *HandoverPage) readMatters(ctx context.Context, tx Tx, _ Actor) (err error) {
	if p.Inbox, err = tx.Matters(ctx, p.Forum.ID, Proposed); err != nil {
		return err
	}
	removals, err := tx.OpenRemovals(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	for _, r := range removals {
		m, err := tx.Matter(ctx, r.MatterID)
		if err != nil {
			return err
		}
		p.Waiting = append(p.Waiting, WaitingRemoval{r, *m})
	}
	return nil
}

func (p *HandoverPage) readMail(ctx context.Context, tx Tx, _ Actor) (err error) {
	if p.Held, err = tx.CountIncoming(ctx, p.Forum.ID, HeldMail); err != nil {
		return err
	}
	queued, err := tx.CountMessages(ctx, Queued)
	if err != nil {
		return err
	}
	p.Queued = queued[p.Forum.ID]
	p.Failed, err = tx.MessagesIn(ctx, Failed, []ForumID{p.Forum.ID}, mostShown)
	return err
}
