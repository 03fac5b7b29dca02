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

var guestThing = thing[forum.GuestID, Guest]{
	hold: within(forum.Tx.Guest, func(g *forum.Guest) forum.MeetingID { return g.MeetingID }, meetingThing.hold),
	see:  seeing(forum.ReadGuest, guestOf),
}

func guests(a *API) {
	s := subject{a, "Agenda"}
	create(s, about{id: "inviteGuest", path: "/meetings/{id}/guests", summary: "Invite a guest to a line", text: "The guest gets a mail with the line's own time and what may be read of its papers, once the meeting is called."},
		func(g Guest) string { return fmt.Sprintf("/guests/%d", g.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, NewGuest]) (Guest, error) {
			return as(guestOf)(forum.InviteGuest(ctx, tx, by, in.ID, in.Body.Line, in.Body.Name, in.Body.Address, forum.Language(in.Body.Language)))
		})
	one(s, about{id: "getGuest", path: "/guests/{id}", summary: "Read a guest", text: "For who may read the meeting."}, guestThing.see)
	press(s, about{id: "takeOffGuest", path: "/guests/{id}/take-off", summary: "Take a guest's invitation back", text: "The guest is told."}, guestThing, only(forum.TakeOffGuest))
}
