package api

import (
	"context"
	"net/http"

	"github.com/samraad/samraad/forum"
)

// PeopleOn names a forum, a date, and how its people are read.
type PeopleOn struct {
	ID forum.ForumID `path:"id" minimum:"1"`
	On string        `query:"on" maxLength:"10" doc:"On which date, today when left out." example:"2026-11-24"`
	Paging
}

// PeopleRow is a seat with what the caller may do to it.
type PeopleRow struct {
	Seat     Seat           `json:"seat" doc:"The seat."`
	Coming   bool           `json:"coming" doc:"Whether it begins later."`
	EndingID forum.EndingID `json:"ending_id,omitempty" doc:"Number of its ending, where that can be taken back."`
	MayEnd   bool           `json:"may_end" doc:"Whether the caller may end it."`
}

// Contacts is where the organisations of a forum are written to.
type Contacts struct {
	Items []Contact `json:"items" doc:"One entry for each organisation."`
}

// Contact is where an organisation is written to.
type Contact struct {
	Organisation Organisation `json:"organisation" doc:"The organisation."`
	Address      string       `json:"address,omitempty" doc:"The address, for who may write it; absent where none is known."`
	MayWrite     bool         `json:"may_write" doc:"Whether the caller may say where it is written to."`
}

// NewContact says where an organisation is written to.
type NewContact struct {
	OrganisationID forum.OrganisationID `json:"organisation_id" minimum:"1" doc:"Number of the organisation."`
	Address        string               `json:"address" maxLength:"254" doc:"The address; empty for none."`
}

// Handover is what a secretary who begins has to know.
type Handover struct {
	Mandate  *Mandate         `json:"mandate,omitempty" doc:"The mandate in force."`
	Seats    []Seat           `json:"seats" doc:"Today's seats."`
	Coming   []Seat           `json:"coming" doc:"Seats that begin later."`
	Ending   []Seat           `json:"ending" doc:"Seats that end soon."`
	Vacant   []Organisation   `json:"vacant" doc:"Parties without a seat."`
	Keys     []Seat           `json:"keys" doc:"Who hold the keys."`
	Meetings []Meeting        `json:"meetings" doc:"The meetings ahead."`
	Inbox    []Matter         `json:"inbox" doc:"The matters that wait."`
	Waiting  []WaitingRemoval `json:"waiting_removals" doc:"The removals that wait for a word."`
	Blocked  []BlockedWeeks   `json:"blocked_weeks" doc:"The weeks without meetings."`
	Held     int              `json:"held" doc:"How many mails are held back."`
	Queued   int              `json:"queued" doc:"How many mails are on their way."`
	Failed   int              `json:"failed" doc:"How many mails failed."`
	OwnSeat  forum.SeatID     `json:"own_seat_id,omitempty" doc:"Number of the caller's own seat as secretary."`
}

// WaitingRemoval is a removal with its matter.
type WaitingRemoval struct {
	Removal Removal `json:"removal" doc:"The removal."`
	Matter  Matter  `json:"matter" doc:"The matter."`
}

var contactsThing = Thing[forum.ForumID, Contacts]{
	Hold: holdSeats,
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID) (Contacts, error) {
		return as(contactsOf)(forum.ReadPeoplePage(ctx, tx, by, id, ""))
	},
}

func contactsOf(p forum.PeoplePage) Contacts {
	return Contacts{Each(p.Parties, func(r forum.PartyRow) Contact {
		return Contact{organisationOf(r.Organisation), r.Contact, r.MayWrite}
	})}
}

func people(a *API) {
	s := Subject{a, "People"}
	Lists(s, About{ID: "listPeople", Path: "/forums/{id}/people", Summary: "List who sits in a forum", Text: "On a date; today's list also has the seats that begin later."},
		List[PeopleRow, PeopleRow]{Show: itself[PeopleRow]}, peopleOn)
	History(s, About{ID: "listPeopleHistory", Path: "/forums/{id}/people/history", Summary: "Read what was done to the seats of a forum", Text: "The entries of the forum's log that speak of seats; empty for who may not seat people."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID) (*forum.PeoplePage, error) {
			return forum.ReadPeoplePage(ctx, tx, by, id, "")
		}, func(p *forum.PeoplePage) []forum.Deed { return p.History })
	One(s, About{ID: "getContacts", Path: "/forums/{id}/contacts", Summary: "Read where organisations are written to", Text: "The organisations of the mandate and of the seats."}, contactsThing.See)
	Change(s, About{ID: "setContact", Method: http.MethodPut, Path: "/forums/{id}/contacts", Summary: "Say where an organisation is written to", Text: "A secretary does so for the own level and its parties."}, contactsThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID, c NewContact) error {
			return forum.SetContact(ctx, tx, by, id, c.OrganisationID, c.Address)
		})
	One(s, About{ID: "getHandover", Path: "/forums/{id}/handover", Summary: "Read what a new secretary has to know", Text: "All that is open in the forum today."}, seeing(forum.ReadHandoverPage, handoverOf))
}

func peopleOn(ctx context.Context, tx forum.Tx, by forum.Actor, in *PeopleOn) ([]PeopleRow, error) {
	p, err := forum.ReadPeoplePage(ctx, tx, by, in.ID, forum.Date(in.On))
	if err != nil {
		return nil, err
	}
	row := func(coming bool) func(forum.PeopleRow) PeopleRow {
		return func(r forum.PeopleRow) PeopleRow { return PeopleRow{seatOf(r.Seated), coming, r.Ending, r.MayEnd} }
	}
	return append(Each(p.Seats, row(false)), Each(p.Coming, row(true))...), nil
}

func handoverOf(p forum.HandoverPage) Handover {
	matter := func(m forum.Matter) Matter { return matterOf(m, forum.Origin{}) }
	return Handover{
		Mandate: mandateOf(p.Mandate), Seats: Each(p.Seats, seatOf), Coming: Each(p.Coming, seatOf), Ending: Each(p.Ending, seatOf),
		Vacant: Each(p.Vacant, organisationOf), Keys: Each(p.Keys, seatOf), Meetings: Each(p.Meetings, meetingOf), Inbox: Each(p.Inbox, matter),
		Waiting: Each(p.Waiting, func(w forum.WaitingRemoval) WaitingRemoval {
			return WaitingRemoval{removalOf(w.Removal), matter(w.Matter)}
		}),
		Blocked: Each(p.Blocked, blockedOf), Held: p.Held, Queued: p.Queued, Failed: len(p.Failed), OwnSeat: p.Own,
	}
}
