package forum

import (
	"context"
	"slices"
)

// InviteGuest invites someone to one line of a meeting's agenda. The mail goes
// at once, or when the meeting is called.
func InviteGuest(ctx context.Context, tx Tx, by Actor, id MeetingID, line, name, address string, language Language) (*Guest, error) {
	m, standing, err := editableAgenda(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	if at := lineOf(order.Lines, line); at == nil || at.What == PauseLine {
		return nil, Refuse(NotFound, "error.guest.no_line")
	}
	guest, err := NewGuest(id, line, name, address, language)
	if err != nil {
		return nil, err
	}
	guests, err := tx.Guests(ctx, id)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(guests, func(g Guest) bool { return !g.TakenOff && g.Line == line && g.Address == guest.Address }) {
		return nil, Refuse(Conflict, "error.guest.twice").On("address")
	}
	guest.InvitedBy = by.Person
	if err := tx.SaveGuest(ctx, guest); err != nil {
		return nil, err
	}
	if err := recordGuest(ctx, tx, by, standing, m, guest, "guest_invited"); err != nil {
		return nil, err
	}
	return guest, settleAgenda(ctx, tx, by, m)
}

// TakeOffGuest withdraws a guest's invitation and closes the guest's page.
func TakeOffGuest(ctx context.Context, tx Tx, by Actor, id GuestID) (*Guest, error) {
	found, err := tx.Guest(ctx, id)
	if err != nil {
		return nil, err
	}
	m, standing, err := editableAgenda(ctx, tx, by, found.MeetingID)
	if err != nil {
		return nil, err
	}
	guest, err := tx.Guest(ctx, id) // as it is once the meeting is locked
	if err != nil {
		return nil, err
	}
	if guest.TakenOff {
		return nil, Refuse(Conflict, "error.guest.taken_off")
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	if err := tellGuest(ctx, tx, m, order, guest, nil); err != nil {
		return nil, err
	}
	return guest, recordGuest(ctx, tx, by, standing, m, guest, "guest_taken_off")
}

func recordGuest(ctx context.Context, tx Tx, by Actor, as Standing, m *Meeting, guest *Guest, deed string) error {
	return tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MeetingObject(m.ID),
		Details: map[string]string{"Guest": guest.Name},
	})
}

// tellGuests brings the calendars of a meeting's guests to where their lines
// are now. Of a draft nobody is told.
func tellGuests(ctx context.Context, tx Tx, m *Meeting) error {
	guests, err := tx.Guests(ctx, m.ID)
	if err != nil || len(guests) == 0 {
		return err
	}
	if err := holdAgenda(ctx, tx, m.ID); err != nil {
		return err
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return err
	}
	for _, guest := range guests {
		to := visit(m, order.Lines, guest.Line)
		if guest.TakenOff || m.State == DraftMeeting && to != nil {
			continue
		}
		if err := tellGuest(ctx, tx, m, order, &guest, to); err != nil {
			return err
		}
	}
	return nil
}

// tellGuest lets one guest follow to a slot, or off the agenda for nil.
func tellGuest(ctx context.Context, tx Tx, m *Meeting, order *RunningOrder, guest *Guest, to *Slot) error {
	before := *guest
	change := guest.Follow(to)
	if *guest == before {
		return nil
	}
	if change != "" && guest.Token == "" {
		guest.Token = NewSecret()
		if err := tx.SaveAddressToken(ctx, &AddressToken{Token: guest.Token, Purpose: GuestPurpose, Subject: int64(guest.ID), ForumID: m.ForumID}); err != nil {
			return err
		}
	}
	if err := tx.SaveGuest(ctx, guest); err != nil || change == "" {
		return err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	facts := GuestFacts{
		Change: change, Update: !before.Told.Start.IsZero(), Off: m.State == CancelledMeeting, Forum: in.Name, Address: in.Address, Token: guest.Token, Form: m.Form,
		Slot: guest.Told, UID: guest.UID, Sequence: guest.Sequence, Stamp: tx.Now(), Page: guest.Link, Person: guest.Name, To: guest.Address,
	}
	if line := lineOf(order.Lines, guest.Line); line != nil {
		if err := facts.describe(ctx, tx, m, line); err != nil {
			return err
		}
	}
	return dispatch(ctx, tx, in, &Message{To: guest.Address, Language: guest.Language, Kind: GuestMessage, Facts: MarshalFacts(facts)})
}

// describe says which line it is, with its papers unless it is called off.
func (f *GuestFacts) describe(ctx context.Context, tx Tx, m *Meeting, line *Line) error {
	f.Title, f.What, f.Level = line.Title, line.What, line.Level
	matter, err := matterOf(ctx, tx, m, line)
	if err != nil || matter.ID == 0 {
		return err
	}
	f.Number, f.Title = matter.Number, matter.Title
	if f.Change == Cancel {
		return nil
	}
	documents, err := tx.Documents(ctx, matter.ID)
	if err != nil {
		return err
	}
	papers := PapersForGuest(documents)
	f.Exempt = papers.Exempt
	for _, d := range papers.Attached {
		f.Papers = append(f.Papers, Paper{Name: d.Name, Type: d.Type, Size: d.Size, Digest: d.Digest})
	}
	for _, d := range papers.OnPage {
		f.OnPage = append(f.OnPage, Paper{Name: d.Name, Type: d.Type, Size: d.Size})
	}
	return nil
}

// matterOf is the matter that a line deals with, without an id for a line that
// deals with none.
func matterOf(ctx context.Context, tx Tx, m *Meeting, line *Line) (Matter, error) {
	if line.Item == 0 {
		return Matter{}, nil
	}
	items, err := tx.Agenda(ctx, m.ID)
	if err != nil {
		return Matter{}, err
	}
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == line.Item })
	if at < 0 {
		return Matter{}, Refuse(NotFound, "error.not_found.item")
	}
	matter, err := tx.Matter(ctx, items[at].MatterID)
	if err != nil {
		return Matter{}, err
	}
	return *matter, nil
}
