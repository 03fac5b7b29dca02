package forum

import (
	"context"
	"slices"
)

// PeoplePage is who sits in a forum on a date, and who will.
type PeoplePage struct {
	Forum   Forum
	On      Date
	Today   Date
	Seats   []PeopleRow // on the date
	Coming  []PeopleRow // that begin after today, when the date is that
	Parties []PartyRow  // of the mandate on the date, and whoever has a seat
	History []Deed      // for who may seat people
	MaySeat bool
	stopped map[string]AddressTrouble
}

// PeopleRow is a seat with what this reader may do to it.
type PeopleRow struct {
	Seated
	Ending  EndingID // that can be taken back, 0 for none
	MayEnd  bool
	Stopped *AddressTrouble // why the person gets no mail, for those who handle it; nil otherwise
}

// PartyRow is an organisation with whether the reader may say where it is written to.
type PartyRow struct {
	Organisation
	MayWrite bool
}

// ReadPeoplePage lists the people of a forum on a date, "" for today.
func ReadPeoplePage(ctx context.Context, tx Tx, by Actor, id ForumID, on Date) (*PeoplePage, error) {
	f, err := tx.Forum(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, ReadForum, id); err != nil {
		return nil, err
	}
	page := &PeoplePage{Forum: *f, On: on, Today: DateOf(tx.Now())}
	if page.On == "" {
		page.On = page.Today
	}
	if _, err := ParseDate(string(page.On)); err != nil {
		return nil, err.(*Error).On("on")
	}
	if page.MaySeat, err = by.Can(ctx, tx, SeatIt, id); err != nil {
		return nil, err
	}
	if err := page.readSeats(ctx, tx, by); err != nil {
		return nil, err
	}
	if err := page.readParties(ctx, tx, by); err != nil || !page.MaySeat {
		return page, err
	}
	page.History, err = History(ctx, tx, ForumObject(id))
	return page, err
}

func (p *PeoplePage) readSeats(ctx context.Context, tx Tx, by Actor) error {
	seats, err := seatedOn(ctx, tx, p.Forum.ID, p.On)
	if err != nil {
		return err
	}
	written, err := tx.WrittenSeats(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	endings, err := tx.Endings(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	if err := p.readStopped(ctx, tx, by); err != nil {
		return err
	}
	slices.SortStableFunc(written, bySeating)
	for _, s := range seats {
		row, err := p.row(ctx, tx, by, s, endings)
		if err != nil {
			return err
		}
		p.Seats = append(p.Seats, row)
	}
	for _, s := range written {
		if p.On != p.Today || s.From <= p.On {
			continue
		}
		organisations, err := OrganisationsOn(ctx, tx, s.From)
		if err != nil {
			return err
		}
		row, err := p.row(ctx, tx, by, Seated{s, people[s.PersonID], organisations[s.OrganisationID]}, endings)
		if err != nil {
			return err
		}
		p.Coming = append(p.Coming, row)
	}
	return nil
}

// readStopped reads which addresses get no mail, if the reader handles the forum's.
func (p *PeoplePage) readStopped(ctx context.Context, tx Tx, by Actor) error {
	may, err := by.Can(ctx, tx, ReleaseMail, p.Forum.ID)
	if err != nil || !may || p.On != p.Today {
		return err
	}
	all, err := tx.StoppedAddresses(ctx)
	p.stopped = map[string]AddressTrouble{}
	for _, t := range all {
		p.stopped[t.Address] = t
	}
	return err
}

// row is a seat with what the reader may do to it today.
func (p *PeoplePage) row(ctx context.Context, tx Tx, by Actor, s Seated, endings map[SeatID]SeatEnding) (PeopleRow, error) {
	row := PeopleRow{Seated: s}
	if t, stopped := p.stopped[s.Person.Address]; stopped {
		row.Stopped = &t
	}
	if !p.MaySeat || p.On != p.Today || s.To != "" && s.To < p.Today {
		return row, nil
	}
	_, err := mayEnd(ctx, tx, by, &s.Seat)
	if err != nil && !IsKind(err, Forbidden) {
		return row, err
	}
	row.MayEnd = err == nil
	ending, ended := endings[s.ID]
	if !ended {
		return row, nil
	}
	if row.MayEnd && ending.Last == s.To {
		row.Ending = ending.ID
	}
	row.MayEnd = false // it is ended already
	return row, nil
}

func (p *PeoplePage) readParties(ctx context.Context, tx Tx, by Actor) error {
	organisations, err := OrganisationsOn(ctx, tx, p.On)
	if err != nil {
		return err
	}
	mandate, err := MandateOn(ctx, tx, p.Forum.ID, p.On)
	if err != nil {
		return err
	}
	parties := slices.Clone(mandate.Parties)
	for _, s := range p.Seats {
		if !slices.Contains(parties, s.OrganisationID) {
			parties = append(parties, s.OrganisationID)
		}
	}
	for _, id := range parties {
		row := PartyRow{Organisation: organisations[id]}
		if p.MaySeat && p.On == p.Today {
			_, err := mayWriteFor(ctx, tx, by, p.Forum.ID, &row.Organisation)
			if err != nil && !IsKind(err, Forbidden) {
				return err
			}
			row.MayWrite = err == nil
		} else {
			row.Contact = ""
		}
		p.Parties = append(p.Parties, row)
	}
	return nil
}
