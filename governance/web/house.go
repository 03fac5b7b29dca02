// Package web shows what is governed: pages of its own, and parts of the forum's
// pages. It knows neither the store nor the other doors.
package web

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/governance"
)

// House shows governance in a forum's server. It is a web.House.
type House struct{}

var _ web.House = House{}

// Mount adds the pages; each path names what it opens or does.
func (House) Mount(s *web.Server) {
	votes(s)
	escalations(s)
	ledgers(s)
	ladders(s)
	rooms(s)
	minutesPages(s)
	mountDecisions(s)
}

// Nav is the way to the leaders' page.
func (House) Nav(t templates.Text, path string) []templates.NavItem {
	return []templates.NavItem{{Label: t.T("nav.overview"), URL: pages.OverviewAddress, Current: path == pages.OverviewAddress}}
}

// Undoes gives for each notice where its act is taken back, nil where it cannot be.
func (House) Undoes() map[web.Notice]func(id int64) string { return undoes }

var undoes = map[web.Notice]func(id int64) string{
	"matter_escalated": nil, "escalation_closed": nil,
	"ladder_opened": nil, "position_saved": nil, "position_submitted": nil, "ladder_climbed": nil, "board_answered": nil, "ladder_settled": nil,
	"parties_asked": nil, "ratification_given": nil,
	minutesStarted: nil, minutesSaved: nil, minutesReopened: nil, minutesAnswered: nil, minutesCorrecting: nil, minutesSent: nil, minutesKeysAsked: nil, minutesKeyTurned: nil, minutesKeyTakenBack: nil, minutesObjected: nil, minutesApproved: nil,
	"room_opened": nil, "room_note_written": nil, "stand_agreed": nil, "stand_published": nil,
	motionPut: nil, motionWithdrawn: nil, motionMoved: nil, ballotOpened: nil, matterPostponed: nil, impartialNoted: nil, voteCast: nil, votesNoted: nil, ballotClosed: nil, lotDrawn: nil, meetingDemanded: nil, presenceNoted: nil, codeSent: nil,
	followUpNoted: nil, followUpBlocked: nil, followUpUnblocked: nil, followUpReopened: nil, followUpHanded: nil, followUpTaken: nil, followUpNotTaken: nil,
	followUpRescheduled: nil, decisionSuperseded: nil,
	followUpDone: func(id int64) string { return pages.FollowUpAddress(governance.FollowUpID(id), "reopen") },
}

// piece reads a part of a page; nil where there is nothing to show.
type piece[P any] func(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page P) (templ.Component, error)

// The parts of the forum's pages, from top to bottom.
var (
	inMeeting = []piece[*forum.MeetingPage]{presenceInMeeting, laddersInMeeting, minutesInMeeting}
	inMatter  = []piece[*forum.MatterPage]{votesOfMatter, decisionsPart, journeyPart, ledgerPart, ladderPart, roomsPart}
	inForum   []piece[*forum.ForumPage]
	inHome    = []piece[struct{}]{dutiesInHome}
)

// InMeeting stands below the agenda of a meeting.
func (House) InMeeting(ctx context.Context, tx forum.Tx, by forum.Actor, v *web.Visit, page *forum.MeetingPage) (templ.Component, error) {
	return together(ctx, tx, by, v, page, inMeeting)
}

// InMatter stands below the text of a matter.
func (House) InMatter(ctx context.Context, tx forum.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	return together(ctx, tx, by, v, page, inMatter)
}

// InForum stands above the meetings of a forum.
func (House) InForum(ctx context.Context, tx forum.Tx, by forum.Actor, v *web.Visit, page *forum.ForumPage) (templ.Component, error) {
	return together(ctx, tx, by, v, page, inForum)
}

// InHome stands above what else awaits a person.
func (House) InHome(ctx context.Context, tx forum.Tx, by forum.Actor, v *web.Visit) (templ.Component, error) {
	return together(ctx, tx, by, v, struct{}{}, inHome)
}

// together reads pieces and makes one of them, nil where none has anything to show.
func together[P any](ctx context.Context, tx forum.Tx, by forum.Actor, v *web.Visit, page P, pieces []piece[P]) (templ.Component, error) {
	var shown []templ.Component
	for _, read := range pieces {
		part, err := read(ctx, governance.In(tx), by, v, page)
		if err != nil {
			return nil, err
		}
		if part != nil {
			shown = append(shown, part)
		}
	}
	if shown == nil {
		return nil, nil
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, part := range shown {
			if err := part.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}), nil
}

// act is what a visit does as someone to what is governed.
type act[T any] func(ctx context.Context, tx governance.Tx, by forum.Actor) (T, error)

// read runs an act that changes nothing.
func read[T any](v *web.Visit, fn act[T]) (T, error) { return web.Read(v, within(fn)) }

// write runs an act that changes something; all of it is kept or nothing.
func write[T any](v *web.Visit, fn act[T]) (T, error) { return web.Write(v, within(fn)) }

func within[T any](fn act[T]) web.Act[T] {
	return func(ctx context.Context, tx forum.Tx, by forum.Actor) (T, error) {
		return fn(ctx, governance.In(tx), by)
	}
}
