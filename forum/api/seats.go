package api

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// SeatDetails is a seat that may end, and who may take over.
type SeatDetails struct {
	Seat     Seat           `json:"seat" doc:"The seat."`
	EndingID forum.EndingID `json:"ending_id,omitempty" doc:"Number of its newest ending that was not taken back."`
	Known    []Person       `json:"known" doc:"People who are known and could take over."`
}

// EndSeat is when a seat ends, and who takes over.
type EndSeat struct {
	Last        string `json:"last" maxLength:"10" doc:"The last day of the seat." example:"2026-12-31"`
	HeirName    string `json:"heir_name,omitempty" maxLength:"200" doc:"Name of who takes over, where that is somebody new."`
	HeirAddress string `json:"heir_address,omitempty" maxLength:"254" doc:"Address of who takes over; empty for nobody yet."`
}

func (e EndSeat) heir() forum.Heir { return forum.Heir{Name: e.HeirName, Address: e.HeirAddress} }

// EndingPlan is what the end of a seat would do.
type EndingPlan struct {
	Last       string    `json:"last" doc:"The last day of the seat."`
	Heir       *Person   `json:"heir,omitempty" doc:"Who takes over; with number 0 for who is not known yet."`
	Keeps      bool      `json:"keeps" doc:"Whether another seat of the person's own keeps the duties."`
	Withdrawn  []Meeting `json:"withdrawn" doc:"Meetings to which the invitation is taken back."`
	Matters    []Matter  `json:"matters" doc:"Matters that somebody else follows."`
	Waiting    []Matter  `json:"waiting" doc:"Matters whose removal waits for an answer that the seat can give."`
	Lines      int       `json:"agenda_lines" doc:"How many lines of agendas change hands."`
	Guests     int       `json:"guests" doc:"How many invitations as a guest are taken back."`
	Feeds      int       `json:"feeds" doc:"How many of the person's feeds end."`
	Unanswered bool      `json:"unanswered" doc:"Whether nobody else of the level can give it."`
	Key        bool      `json:"key" doc:"Whether the seat brings a key."`
	LastOne    bool      `json:"last_one" doc:"Whether nobody of the level can look after the seats afterwards."`
	Told       []Person  `json:"asked_to_appoint" doc:"Who are asked to appoint somebody."`
}

// Ending is the end of a seat.
type Ending struct {
	ID     forum.EndingID `json:"id" doc:"Number of the ending."`
	SeatID forum.SeatID   `json:"seat_id" doc:"Number of the seat."`
	Last   string         `json:"last" doc:"The last day of the seat."`
	HeirID forum.PersonID `json:"heir_id,omitempty" doc:"Number of who took over."`
	Undone bool           `json:"undone" doc:"Whether it was taken back."`
}

var seatThing = Thing[forum.SeatID, SeatDetails]{
	Hold: within(forum.Tx.Seat, func(s *forum.Seat) forum.ForumID { return s.ForumID }, holdSeats),
	See:  seeSeat,
}

func seeSeat(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SeatID) (SeatDetails, error) {
	p, err := forum.ReadEndingPage(ctx, tx, by, id)
	if err != nil {
		return SeatDetails{}, err
	}
	d := SeatDetails{Seat: seatOf(p.Seat), Known: Each(p.Known, personOf)}
	ending, err := tx.EndingOf(ctx, id)
	if forum.IsKind(err, forum.NotFound) {
		return d, nil
	}
	if err == nil {
		d.EndingID = ending.ID
	}
	return d, err
}

var endingThing = Thing[forum.EndingID, Ending]{
	Hold: within(forum.Tx.Ending, func(e *forum.SeatEnding) forum.SeatID { return e.SeatID }, seatThing.Hold),
	See: seeing(forum.ReadEnding, func(e forum.SeatEnding) Ending {
		return Ending{e.ID, e.SeatID, string(e.Last), e.Heir, e.Undone}
	}),
}

func seats(a *API) {
	s := Subject{a, "People"}
	One(s, About{ID: "getSeat", Path: "/seats/{id}", Summary: "Read a seat that may end", Text: "For secretaries of the seat's own level."}, seatThing.See)
	Preview(s, About{ID: "previewSeatEnd", Path: "/seats/{id}/end/preview", Summary: "See what the end of a seat would do", Text: "Nothing is changed."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.SeatID, EndSeat]) (EndingPlan, error) {
			return as(endingPlanOf)(forum.PreviewEnding(ctx, tx, by, in.ID, forum.Date(in.Body.Last), in.Body.heir()))
		})
	Change(s, About{ID: "endSeat", Path: "/seats/{id}/end", Summary: "End a seat", Text: "What the person was to do goes to the successor or, without one, to the organisation, which is asked to appoint somebody."}, seatThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SeatID, in EndSeat) error {
			return done(forum.EndSeat(ctx, tx, by, id, forum.Date(in.Last), in.heir()))
		})
	One(s, About{ID: "getEnding", Path: "/endings/{id}", Summary: "Read the end of a seat", Text: "For secretaries."}, endingThing.See)
	Press(s, About{ID: "undoSeatEnd", Path: "/endings/{id}/undo", Summary: "Take the end of a seat back", Text: "The person keeps the seat, and what had gone to somebody else comes back."}, endingThing, only(forum.UndoEnding))
}

func endingPlanOf(p forum.EndingPlan) EndingPlan {
	matter := func(m forum.Matter) Matter { return matterOf(m, forum.Origin{}) }
	return EndingPlan{
		Last: string(p.Last), Keeps: p.Keeps, Withdrawn: Each(p.Withdrawn, meetingOf), Matters: Each(p.Matters, matter), Waiting: Each(p.Waiting, matter),
		Unanswered: p.Unanswered, Key: p.Key, LastOne: p.LastOne, Lines: len(p.Lines), Guests: len(p.Guests), Feeds: len(p.Feeds), Told: Each(p.Readers, personOf), Heir: Some(p.Heir, personOf),
	}
}
