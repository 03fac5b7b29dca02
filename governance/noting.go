package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Arrival is somebody who comes into a meeting.
type Arrival struct {
	Person forum.PersonID
	Seat   forum.SeatID   // of a member in whose place a substitute is seated, 0 for the own
	Matter forum.MatterID // that a substitute is seated for alone, 0 for all
	At     time.Time      // zero for now
}

// earliestArrival is how long before its time somebody can be in a meeting.
const earliestArrival = 12 * time.Hour

// NoteArrival notes who came to a meeting, one or all at once.
func NoteArrival(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID, arrivals ...Arrival) ([]Presence, error) {
	s, standing, err := mayNote(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	var noted []Presence
	for _, a := range arrivals {
		if a.At, err = s.instant(a.At, tx.Now()); err != nil {
			return nil, err
		}
		came, err := s.arriving(ctx, tx, a)
		if err != nil {
			return nil, err
		}
		for i := range came {
			if err := s.clash(came[i]); err != nil {
				return nil, err
			}
			if err := tx.SavePresence(ctx, &came[i]); err != nil {
				return nil, err
			}
			if err := recordPresence(ctx, tx, by, standing, s.Meeting, "presence_"+came[i].how(), came[i].PersonID, a.At); err != nil {
				return nil, err
			}
			s.Presences = append(s.Presences, came[i])
		}
		noted = append(noted, came...)
	}
	return noted, nil
}

func (p Presence) how() string {
	if p.StandsFor != 0 {
		return "seated"
	}
	return "came"
}

// arriving are the presences that an arrival begins.
func (s *Sitting) arriving(ctx context.Context, tx Tx, a Arrival) ([]Presence, error) {
	seats, standsFor := s.Own(a.Person), forum.PersonID(0)
	if a.Seat != 0 {
		at := slices.IndexFunc(s.Seats, func(seat forum.Seat) bool { return seat.ID == a.Seat })
		if at < 0 || !s.CanFill(a.Person, s.Seats[at]) {
			return nil, forum.Refuse(forum.Invalid, "error.presence.no_substitute").On("seat")
		}
		seats, standsFor = s.Seats[at:at+1], s.Seats[at].PersonID
	}
	if len(seats) == 0 {
		return nil, forum.Refuse(forum.Invalid, "error.presence.no_seat").On("person")
	}
	if a.Matter != 0 {
		if err := s.excused(ctx, tx, a.Matter, standsFor); err != nil {
			return nil, err
		}
	}
	var came []Presence
	for _, seat := range seats {
		came = append(came, Presence{
			MeetingID: s.Meeting.ID, MatterID: a.Matter, SeatID: seat.ID, PersonID: a.Person, StandsFor: standsFor,
			OrganisationID: seat.OrganisationID, Level: seat.Level, Capacity: seat.Capacity, CameAt: a.At,
		})
	}
	return came, nil
}

// excused refuses to seat somebody for one matter alone in the place of a member
// who is not disqualified in it.
func (s *Sitting) excused(ctx context.Context, tx Tx, matter forum.MatterID, member forum.PersonID) error {
	questions, err := tx.Impartialities(ctx, matter)
	if err != nil {
		return err
	}
	if member == 0 || !slices.Contains(WhoAre(questions, Disqualified), member) {
		return forum.Refuse(forum.Invalid, "error.presence.not_disqualified").On("matter")
	}
	return nil
}

// clash refuses a second presence in one seat, or of one person, at one time. A
// substitute for one matter sits in the place of a member who is in the meeting.
func (s *Sitting) clash(p Presence) error {
	for _, other := range s.Presences {
		if !other.meets(p) {
			continue
		}
		if other.SeatID == p.SeatID && other.MatterID == p.MatterID {
			return forum.Refuse(forum.Conflict, "error.presence.taken").On("seat")
		}
		together := other.MatterID == 0 || p.MatterID == 0 || other.MatterID == p.MatterID
		standsIn := other.StandsFor != 0 || p.StandsFor != 0
		if together && standsIn && other.PersonID == p.PersonID && other.Capacity.Votes() && p.Capacity.Votes() {
			return forum.Refuse(forum.Conflict, "error.presence.elsewhere").On("person")
		}
	}
	return nil
}

// NoteLeaving notes when somebody left, zero for now.
func NoteLeaving(ctx context.Context, tx Tx, by forum.Actor, id PresenceID, at time.Time) (*Presence, error) {
	p, s, standing, err := mayNotePresence(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if at, err = s.instant(at, tx.Now()); err != nil {
		return nil, err
	}
	if !at.After(p.CameAt) {
		return nil, forum.Refuse(forum.Invalid, "error.presence.left_first").On("at")
	}
	p.LeftAt = at
	if err := tx.SavePresence(ctx, p); err != nil {
		return nil, err
	}
	return p, recordPresence(ctx, tx, by, standing, s.Meeting, "presence_left", p.PersonID, at)
}

// TakeBackPresence removes what was noted by mistake.
func TakeBackPresence(ctx context.Context, tx Tx, by forum.Actor, id PresenceID) (*Presence, error) {
	p, s, standing, err := mayNotePresence(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if err := tx.DropPresence(ctx, id); err != nil {
		return nil, err
	}
	return p, recordPresence(ctx, tx, by, standing, s.Meeting, "presence_taken_back", p.PersonID, p.CameAt)
}

// mayNote is a meeting whose presences the actor may note, locked.
func mayNote(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID) (*Sitting, forum.Standing, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	standing, err := by.May(ctx, tx, NotePresence, m.ForumID)
	if err != nil {
		return nil, standing, err
	}
	switch m.State {
	case forum.DraftMeeting, forum.CancelledMeeting, forum.ApprovedMeeting:
		return nil, standing, forum.Refuse(forum.Conflict, "error.meeting.state."+string(m.State))
	}
	s, err := ReadSitting(ctx, tx, m)
	return s, standing, err
}

func mayNotePresence(ctx context.Context, tx Tx, by forum.Actor, id PresenceID) (*Presence, *Sitting, forum.Standing, error) {
	p, err := tx.Presence(ctx, id)
	if err != nil {
		return nil, nil, forum.Standing{}, err
	}
	s, standing, err := mayNote(ctx, tx, by, p.MeetingID)
	if err != nil {
		return nil, nil, standing, err
	}
	p, err = tx.Presence(ctx, id) // as it is once the meeting is locked
	return p, s, standing, err
}

// instant is when something was, zero for now: neither to come, nor long before the meeting.
func (s *Sitting) instant(at, now time.Time) (time.Time, error) {
	if at.IsZero() {
		at = now
	}
	at = at.UTC().Truncate(time.Microsecond)
	switch {
	case at.After(now):
		return at, forum.Refuse(forum.Invalid, "error.presence.to_come").On("at")
	case at.Before(s.Meeting.Start.Add(-earliestArrival)):
		return at, forum.Refuse(forum.Invalid, "error.presence.too_early").On("at")
	}
	return at, nil
}

func recordPresence(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, m *forum.Meeting, deed string, of forum.PersonID, at time.Time) error {
	person, err := tx.Person(ctx, of)
	if err != nil {
		return err
	}
	return tx.Record(ctx, forum.Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: forum.MeetingObject(m.ID),
		Details: map[string]string{"Person": person.Name, "At": at.In(forum.Oslo).Format("15.04")},
	})
}
