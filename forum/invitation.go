package forum

import (
	"context"
	"encoding/json"
	"time"
)

// InvitationID identifies an invitation.
type InvitationID int64

// Invitation is one person's place at one meeting: one each, however many
// seats the person has.
type Invitation struct {
	ID        InvitationID
	MeetingID MeetingID
	PersonID  PersonID
	Capacity  Capacity // the first in the seating order
	Token     string   // in the address that answers come back to
	Withdrawn bool     // by a CANCEL
	InvitedAt time.Time
	// StandsFor is in whose place a substitute was last called up, 0 for nobody's.
	StandsFor PersonID
	// StandsOf is for which organisation, 0 for the only one that it can be.
	StandsOf OrganisationID
	// Uncovered tells that the person stays away and nobody is left to stand in.
	Uncovered bool
}

// InvitationKeeper keeps invitations.
type InvitationKeeper interface {
	// Invitations lists a meeting's, withdrawn ones included.
	Invitations(ctx context.Context, meeting MeetingID) ([]Invitation, error)
	SaveInvitation(ctx context.Context, invitation *Invitation) error
}

// StandsIn tells whether the person is called up in someone's place.
func (i Invitation) StandsIn() bool { return i.StandsFor != 0 && !i.Withdrawn }

// standsOf tells whether someone who is called up can stand in for an organisation's seat.
func (i Invitation) standsOf(organisation OrganisationID) bool {
	return i.StandsOf == 0 || i.StandsOf == organisation
}

// Chairs tells whether the invited person leads the meeting (ROLE=CHAIR, RFC
// 5545 § 3.2.16).
func (i Invitation) Chairs() bool { return i.Capacity == Chair }

// Required tells whether the person is expected, not just welcome.
func (i Invitation) Required() bool { return i.Capacity != Observer }

// CalendarChange is which calendar message a change of a meeting needs (iTIP,
// RFC 5546 § 3.2).
type CalendarChange string

// The calendar messages.
const (
	Request CalendarChange = "REQUEST"
	Cancel  CalendarChange = "CANCEL"
)

// InvitationFacts is what an invitation, its update or its cancellation says,
// fixed when the act was done, so that a retry says the same.
type InvitationFacts struct {
	Change  CalendarChange
	Update  bool // of an invitation that the person already has
	Meeting MeetingID
	Forum   string
	Address string // the forum's own
	Token   string
	Form    MeetingForm
	Slot
	ItemsDue time.Time
	AnswerBy time.Time // zero for no limit
	UID      string
	Sequence int
	Stamp    time.Time // DTSTAMP
	Reason   string    // of a cancellation
	Chairs   bool
	Required bool
	Person   string
	To       string
	InPlace  string // name of whom a substitute stands in for, "" for nobody
	// MayPropose tells whether the person may propose matters to the forum.
	MayPropose bool
	// Confirm is the Link by which the receiver confirms to know of the change, "" when nobody asks.
	Confirm string
}

// MarshalFacts stores the facts of a message.
func MarshalFacts(facts any) json.RawMessage {
	b, err := json.Marshal(facts)
	if err != nil {
		panic(err) // facts are plain structs of ours; failing is a broken build
	}
	return b
}
