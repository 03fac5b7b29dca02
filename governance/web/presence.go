package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	forumpages "github.com/samraad/samraad/templates/forum"
	pages "github.com/samraad/samraad/templates/governance"
)

// presenceInMeeting is the part of a meeting's page that tells who is there, once
// people are called to it.
func presenceInMeeting(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MeetingPage) (templ.Component, error) {
	if page.State == forum.DraftMeeting || page.State == forum.CancelledMeeting {
		return nil, nil
	}
	p, err := governance.ReadPresence(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return pages.Presence(v.Text, p), nil
}

// noteArrival notes those who came, or a substitute who takes a seat.
func noteArrival(v *web.Visit) error {
	id, err := web.ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	var arrivals []governance.Arrival
	for _, chosen := range v.Values("person") {
		if person, err := strconv.ParseInt(chosen, 10, 64); err == nil {
			arrivals = append(arrivals, governance.Arrival{Person: forum.PersonID(person)})
		}
	}
	if person, seat, fills := strings.Cut(v.Value("fill"), "."); fills {
		who, _ := strconv.ParseInt(person, 10, 64) // nobody is refused as such
		where, _ := strconv.ParseInt(seat, 10, 64)
		arrivals = append(arrivals, governance.Arrival{Person: forum.PersonID(who), Seat: forum.SeatID(where), Matter: web.Chosen[forum.MatterID](v, "matter")})
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) ([]governance.Presence, error) {
		return governance.NoteArrival(ctx, tx, by, id, arrivals...)
	})
	if err != nil {
		return web.Off(err)
	}
	return v.Done(presenceNoted, 0, forumpages.MeetingAddress(id))
}

var (
	noteLeaving = onPresence(func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.PresenceID) (*governance.Presence, error) {
		return governance.NoteLeaving(ctx, tx, by, id, time.Time{})
	})
	takeBackPresence = onPresence(governance.TakeBackPresence)
)

func onPresence(act func(context.Context, governance.Tx, forum.Actor, governance.PresenceID) (*governance.Presence, error)) web.Handler {
	return func(v *web.Visit) error {
		id, err := web.ID[governance.PresenceID](v)
		if err != nil {
			return err
		}
		p, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Presence, error) {
			return act(ctx, tx, by, id)
		})
		if err != nil {
			return err
		}
		return v.Done(presenceNoted, 0, forumpages.MeetingAddress(p.MeetingID))
	}
}
