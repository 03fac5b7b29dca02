package forum

import (
	"cmp"
	"context"
	"slices"
)

// AgendaRow is one item of an agenda.
type AgendaRow struct {
	Item
	Matter Matter
	Origin Origin
	Papers []Document
	// MayPutBack tells whether the reader may take the item off.
	MayPutBack bool
}

// Invitee is one invitation with who it is to.
type Invitee struct {
	Invitation
	Person       Person
	Organisation Organisation
}

// MeetingPage is a meeting as one reader may see it.
type MeetingPage struct {
	Meeting
	Forum      Forum
	Items      []AgendaRow
	Invitees   []Invitee              // nobody before it is called
	WouldCall  []Seated               // whom calling it invites, while it is a draft
	Away       map[PersonID][]Absence // on its days, for who calls it
	Own        *OwnAnswer             // nil for who is not invited
	Attendance *Attendance            // nil for who may not read answers, and of a draft
	History    []Deed
	Missed     Missed
	MayCall    bool
	MayMove    bool
	MayCancel  bool
	MayPlace   bool

	Lines    []LineRow // the running order: items, standing items and pauses
	Revision int       // of the agenda
	MayEdit  bool      // the agenda
	Package  Package   // what went out of it
	Keys     *KeysPage // nil for a draft
}

// ReadMeetingPage opens a meeting.
func ReadMeetingPage(ctx context.Context, tx Tx, by Actor, id MeetingID) (*MeetingPage, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.MayAt(ctx, tx, ReadMeeting, m); err != nil {
		return nil, err
	}
	page := &MeetingPage{Meeting: *m, Missed: m.Missed(tx.Now())}
	f, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	page.Forum = *f
	if err := page.readItems(ctx, tx, by); err != nil {
		return nil, err
	}
	if err := page.readRunningOrder(ctx, tx, by); err != nil {
		return nil, err
	}
	if err := page.readInvitees(ctx, tx); err != nil {
		return nil, err
	}
	if err := page.readAnswers(ctx, tx, by); err != nil {
		return nil, err
	}
	if page.Package, err = readPackage(ctx, tx, by, m); err != nil {
		return nil, err
	}
	if m.State != DraftMeeting {
		if page.Keys, err = readKeys(ctx, tx, by, m); err != nil {
			return nil, err
		}
	}
	people := peopleOf(page.WouldCall)
	for _, i := range page.Invitees {
		people = append(people, i.PersonID)
	}
	if page.Away, err = readAway(ctx, tx, by, CallIt, m.ForumID, people, DateOf(m.Start), DateOf(m.End)); err != nil {
		return nil, err
	}
	if page.History, err = History(ctx, tx, MeetingObject(id)); err != nil {
		return nil, err
	}
	return page, by.fill(ctx, tx, m.ForumID, map[Right]*bool{
		CallIt: &page.MayCall, MoveIt: &page.MayMove, CancelIt: &page.MayCancel, PlaceIt: &page.MayPlace,
	})
}

func (p *MeetingPage) readItems(ctx context.Context, tx Tx, by Actor) error {
	items, err := tx.Agenda(ctx, p.ID)
	if err != nil {
		return err
	}
	reader, err := by.ReaderAt(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	organisations, err := OrganisationsOn(ctx, tx, DateOf(p.Start))
	if err != nil {
		return err
	}
	matters, err := tx.PlacedMatters(ctx, p.ID)
	if err != nil {
		return err
	}
	papers, err := tx.DocumentsAt(ctx, p.ID)
	if err != nil {
		return err
	}
	p.Items = make([]AgendaRow, 0, len(items))
	for _, item := range items {
		matter := matters[item.MatterID]
		_, refusal := mayPutBack(ctx, tx, by, &matter, &item)
		if refusal != nil && !IsKind(refusal, Forbidden) {
			return refusal
		}
		p.Items = append(p.Items, AgendaRow{
			item, matter.For(reader), Origin{people[matter.Proposer], organisations[matter.Organisation]}, papersFor(reader, papers[matter.ID]), refusal == nil,
		})
	}
	return nil
}

func (p *MeetingPage) readInvitees(ctx context.Context, tx Tx) error {
	seats, err := seatedOn(ctx, tx, p.ForumID, DateOf(p.Start))
	if err != nil {
		return err
	}
	if p.State == DraftMeeting {
		invited, err := attendees(ctx, tx, &p.Meeting)
		if err != nil {
			return err
		}
		for _, s := range seats {
			if seat, yes := invited[s.PersonID]; yes && seat.ID == s.ID {
				p.WouldCall = append(p.WouldCall, s)
			}
		}
		return nil
	}
	invitations, err := tx.Invitations(ctx, p.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	p.Invitees = make([]Invitee, 0, len(invitations))
	for _, i := range invitations {
		invitee := Invitee{Invitation: i, Person: people[i.PersonID]}
		if at := slices.IndexFunc(seats, func(s Seated) bool { return s.PersonID == i.PersonID }); at >= 0 {
			invitee.Organisation = seats[at].Organisation
		}
		p.Invitees = append(p.Invitees, invitee)
	}
	slices.SortStableFunc(p.Invitees, func(a, b Invitee) int {
		return cmp.Compare(slices.Index(SeatCapacities, a.Capacity), slices.Index(SeatCapacities, b.Capacity))
	})
	return nil
}
