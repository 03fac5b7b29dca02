package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// MinutesEditor is minutes in the hands of who writes them.
type MinutesEditor struct {
	MinutesPage
	Authors  map[string]map[MinutesField]string // names, by item and field
	Dissents map[string][]MinutesDissentRow
	Actions  map[string][]MinutesActionRow
	There    []MinutesStay    // who is in the meeting, or was
	Missing  []MinutesMissing // whose seats nobody fills now
	People   []forum.Person
	Parties  []forum.Organisation
	Owners   []MinutesOwner
	MayNote  bool // who comes and goes
	// Reader is what the reader may read, and so write, of what is exempt.
	Reader forum.Reader
}

// MinutesDissentRow is a recorded dissent with who said it.
type MinutesDissentRow struct {
	MinutesDissent
	Name string
}

// MinutesActionRow is an action with who is to do it.
type MinutesActionRow struct {
	MinutesAction
	Organisation string
	Owner        string
}

// MinutesStay is one stay of somebody.
type MinutesStay struct {
	Presence
	Name         string
	Organisation string
	InPlace      string
}

// MinutesMissing is a member who is not there.
type MinutesMissing struct {
	Seat         forum.Seat
	Name         string
	Organisation string
}

// MinutesOwner is somebody who can be given an action.
type MinutesOwner struct {
	PersonID       forum.PersonID
	OrganisationID forum.OrganisationID
	Name           string
	Organisation   string
}

// ReadMinutesEditor opens minutes for writing.
func ReadMinutesEditor(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*MinutesEditor, error) {
	page, err := ReadMinutes(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, WriteMinutes, page.ForumID); err != nil {
		return nil, err
	}
	if err := page.must(WritingMinutes); err != nil {
		return nil, err
	}
	e := &MinutesEditor{MinutesPage: *page, Authors: map[string]map[MinutesField]string{}, Dissents: map[string][]MinutesDissentRow{}, Actions: map[string][]MinutesActionRow{}}
	if e.MayNote, err = by.Can(ctx, tx, NotePresence, page.ForumID); err != nil {
		return nil, err
	}
	if e.Reader, err = by.ReaderAt(ctx, tx, &page.Meeting); err != nil {
		return nil, err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(page.Meeting.Start))
	if err != nil {
		return nil, err
	}
	sitting, err := ReadSitting(ctx, tx, &page.Meeting)
	if err != nil {
		return nil, err
	}
	e.seat(sitting, people, organisations)
	return e, e.readNotes(ctx, tx, people, organisations)
}

// readNotes reads what is written beside the record, but for what is kept from the
// reader.
func (e *MinutesEditor) readNotes(ctx context.Context, tx Tx, people map[forum.PersonID]forum.Person, organisations map[forum.OrganisationID]forum.Organisation) error {
	texts, err := tx.MinutesTexts(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, t := range texts {
		if e.Authors[t.Item] == nil {
			e.Authors[t.Item] = map[MinutesField]string{}
		}
		e.Authors[t.Item][t.Field] = people[t.Author].Name
	}
	dissents, err := tx.MinutesDissents(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, d := range dissents {
		if e.kept(d.Item) {
			continue
		}
		e.Dissents[d.Item] = append(e.Dissents[d.Item], MinutesDissentRow{d, people[d.PersonID].Name})
	}
	actions, err := tx.MinutesActions(ctx, e.ID)
	for _, a := range actions {
		if e.kept(a.Item) {
			continue
		}
		e.Actions[a.Item] = append(e.Actions[a.Item], MinutesActionRow{a, organisations[a.OrganisationID].Name, people[a.OwnerID].Name})
	}
	return err
}

// kept tells whether what is recorded of an item is kept from the reader.
func (e *MinutesEditor) kept(item string) bool {
	return slices.ContainsFunc(e.Record.Items, func(i RecordedItem) bool { return i.Key == item && e.Kept(i) })
}

// Kept tells whether what is recorded of an item is kept from the reader.
func (e *MinutesEditor) Kept(i RecordedItem) bool { return i.keptFrom(e.Reader) }

// seat lists who is there, who is not, and who can be given something to do.
func (e *MinutesEditor) seat(s *Sitting, people map[forum.PersonID]forum.Person, organisations map[forum.OrganisationID]forum.Organisation) {
	for _, p := range s.Presences {
		e.There = append(e.There, MinutesStay{p, people[p.PersonID].Name, organisations[p.OrganisationID].Name, people[p.StandsFor].Name})
		if !slices.ContainsFunc(e.People, func(o forum.Person) bool { return o.ID == p.PersonID }) {
			e.People = append(e.People, people[p.PersonID])
		}
	}
	for _, seat := range s.Seats {
		here := slices.ContainsFunc(s.Presences, func(p Presence) bool {
			return p.LeftAt.IsZero() && (p.SeatID == seat.ID || p.PersonID == seat.PersonID)
		})
		twice := slices.ContainsFunc(e.Missing, func(m MinutesMissing) bool { return m.Seat.PersonID == seat.PersonID })
		if !here && !twice && seat.Capacity != forum.Substitute {
			e.Missing = append(e.Missing, MinutesMissing{seat, people[seat.PersonID].Name, organisations[seat.OrganisationID].Name})
		}
		if !slices.ContainsFunc(e.Parties, func(o forum.Organisation) bool { return o.ID == seat.OrganisationID }) {
			e.Parties = append(e.Parties, organisations[seat.OrganisationID])
		}
		owner := MinutesOwner{seat.PersonID, seat.OrganisationID, people[seat.PersonID].Name, organisations[seat.OrganisationID].Name}
		if !slices.Contains(e.Owners, owner) {
			e.Owners = append(e.Owners, owner)
		}
	}
}
