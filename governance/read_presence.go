package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// PresencePage is who is in a meeting, for its page.
type PresencePage struct {
	Meeting  forum.Meeting
	Rows     []PresentRow
	Absent   []SeatRow // seats with a right to be there that nobody fills now
	Levels   []LevelPresent
	Fills    []FillRow
	MayNote  bool
	Begun    bool // people can be in the meeting
	Items    []ItemVotes
	Reported []ReportedBallot
}

// PresentRow is one presence with names.
type PresentRow struct {
	Presence
	Person       string
	Organisation string
	For          string
	Here         bool
}

// FillRow is a substitute who can be seated.
type FillRow struct {
	Seat   SeatRow // that is filled
	Person forum.PersonID
	Name   string
}

// ItemVotes is a matter on the agenda with how its motions stand.
type ItemVotes struct {
	Matter   forum.MatterID
	Number   string
	Title    string
	Motions  int
	Decided  int
	OpenVote BallotID
}

// ReportedBallot is a written procedure that ended since the last meeting.
type ReportedBallot struct {
	Ballot
	Number string
	Title  string
}

// ReadPresence opens who is in a meeting, for who may read the meeting.
func ReadPresence(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID) (*PresencePage, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, forum.ReadMeeting, m.ForumID); err != nil {
		return nil, err
	}
	p := &PresencePage{Meeting: *m}
	if p.MayNote, err = by.Can(ctx, tx, NotePresence, m.ForumID); err != nil {
		return nil, err
	}
	p.MayNote = p.MayNote && m.State != forum.ApprovedMeeting // what the minutes say is changed by correcting them
	presences, err := tx.Presences(ctx, id)
	if err != nil {
		return nil, err
	}
	if p.Begun = len(presences) > 0 || !tx.Now().Before(m.Start.Add(-earliestArrival)); p.Begun {
		if err := p.readSitting(ctx, tx, by); err != nil {
			return nil, err
		}
	}
	if err := p.readItems(ctx, tx); err != nil {
		return nil, err
	}
	p.Reported, err = ReportedTo(ctx, tx, &p.Meeting)
	return p, err
}

// readSitting reads who is there, and who could be.
func (p *PresencePage) readSitting(ctx context.Context, tx Tx, by forum.Actor) error {
	r, err := readReader(ctx, tx, by)
	if err != nil {
		return err
	}
	s, err := ReadSitting(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	p.readRows(s, r)
	p.Levels = s.Quorum(0, nil, r.now)
	return nil
}

func (p *PresencePage) readRows(s *Sitting, r *reader) {
	filled := map[forum.SeatID]bool{}
	for _, each := range s.Presences {
		here := each.At(r.now)
		filled[each.SeatID] = filled[each.SeatID] || here && each.MatterID == 0
		p.Rows = append(p.Rows, PresentRow{each, r.people[each.PersonID].Name, r.organisations[each.OrganisationID].Name, r.people[each.StandsFor].Name, here})
	}
	var named []forum.PersonID
	for _, seat := range s.Seats {
		if filled[seat.ID] || slices.Contains(named, seat.PersonID) {
			continue
		}
		if slices.ContainsFunc(p.Rows, func(row PresentRow) bool { return row.Here && row.PersonID == seat.PersonID && row.MatterID == 0 }) {
			continue
		}
		row := SeatRow{seat, r.people[seat.PersonID].Name, r.organisations[seat.OrganisationID].Name}
		if seat.Capacity != forum.Substitute {
			named = append(named, seat.PersonID)
			p.Absent = append(p.Absent, row)
		}
		for _, other := range s.Seats {
			if other.Capacity == forum.Substitute && s.CanFill(other.PersonID, seat) {
				p.Fills = append(p.Fills, FillRow{row, other.PersonID, r.people[other.PersonID].Name})
			}
		}
	}
}

func (p *PresencePage) readItems(ctx context.Context, tx Tx) error {
	items, err := tx.Agenda(ctx, p.Meeting.ID)
	if err != nil {
		return err
	}
	matters, err := tx.PlacedMatters(ctx, p.Meeting.ID)
	if err != nil {
		return err
	}
	for _, item := range items {
		matter := matters[item.MatterID]
		motions, err := tx.Motions(ctx, matter.ID)
		if err != nil {
			return err
		}
		ballots, err := tx.BallotsOn(ctx, matter.ID)
		if err != nil {
			return err
		}
		row := ItemVotes{Matter: matter.ID, Number: matter.Number, Title: matter.Title}
		for _, m := range motions {
			if m.WithdrawnAt.IsZero() {
				row.Motions++
			}
			if m.Outcome != "" {
				row.Decided++
			}
		}
		for _, b := range ballots {
			if b.ClosedAt.IsZero() {
				row.OpenVote = b.ID
			}
		}
		if row.Motions > 0 || p.Begun {
			p.Items = append(p.Items, row)
		}
	}
	return nil
}

// ReportedTo are the written procedures that a meeting is told of: those that ended
// since the forum's last meeting began.
func ReportedTo(ctx context.Context, tx Tx, to *forum.Meeting) (reported []ReportedBallot, err error) {
	meetings, err := tx.Meetings(ctx, to.ForumID)
	if err != nil {
		return nil, err
	}
	var since time.Time
	for _, m := range meetings {
		if m.State != forum.CancelledMeeting && m.State != forum.DraftMeeting && m.Start.Before(to.Start) {
			since = m.Start
		}
	}
	ballots, err := tx.WrittenBetween(ctx, to.ForumID, since, to.Start)
	if err != nil {
		return nil, err
	}
	for _, b := range ballots {
		matter, err := tx.Matter(ctx, b.MatterID)
		if err != nil {
			return nil, err
		}
		reported = append(reported, ReportedBallot{b, matter.Number, matter.Title})
	}
	return reported, nil
}
