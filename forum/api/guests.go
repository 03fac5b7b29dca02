package api

import (
	"context"
	"fmt"

	"github.com/samraad/samraad/forum"
)

// Guest is somebody invited to one line of an agenda.
type Guest struct {
	ID        forum.GuestID   `json:"id" doc:"Number of the guest."`
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Line      string          `json:"line" doc:"Name of the line."`
	Name      string          `json:"name" doc:"Name of the guest."`
	Address   string          `json:"address,omitempty" doc:"Mail address, for who edits the agenda."`
	Language  string          `json:"language" doc:"The language of the guest's mails."`
	Reply     string          `json:"reply,omitempty" doc:"yes, no or maybe; absent for no answer yet."`
	TakenOff  bool            `json:"taken_off" doc:"Whether the invitation was taken back."`
}

func guestOf(g forum.Guest) Guest {
	return Guest{g.ID, g.MeetingID, g.Line, g.Name, g.Address, string(g.Language), string(g.Reply), g.TakenOff}
}

// NewGuest is who is invited to a line.
type NewGuest struct {
	Line     string `json:"line" maxLength:"100" doc:"Name of the line."`
	Name     string `json:"name" maxLength:"200" doc:"Name of the guest."`
	Address  string `json:"address" maxLength:"254" doc:"Mail address of the guest." example:"gjest@voss.example"`
	Language string `json:"language" enum:"nn,nb,en" doc:"The language of the guest's mails."`
}

var guestThing = Thing[forum.GuestID, Guest]{
	Hold: within(forum.Tx.Guest, func(g *forum.Guest) forum.MeetingID { return g.MeetingID }, meetingThing.Hold),
	See:  seeing(forum.ReadGuest, guestOf),
}

func guests(a *API) {
	s := Subject{a, "Agenda"}
	Create(s, About{ID: "inviteGuest", Path: "/meetings/{id}/guests", Summary: "Invite a guest to a line", Text: "The guest gets a mail with the line's own time and what may be read of its papers, once the meeting is called."},
		func(g Guest) string { return fmt.Sprintf("/guests/%d", g.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, NewGuest]) (Guest, error) {
			return as(guestOf)(forum.InviteGuest(ctx, tx, by, in.ID, in.Body.Line, in.Body.Name, in.Body.Address, forum.Language(in.Body.Language)))
		})
	One(s, About{ID: "getGuest", Path: "/guests/{id}", Summary: "Read a guest", Text: "For who may read the meeting."}, guestThing.See)
	Press(s, About{ID: "takeOffGuest", Path: "/guests/{id}/take-off", Summary: "Take a guest's invitation back", Text: "The guest is told."}, guestThing, only(forum.TakeOffGuest))
}
