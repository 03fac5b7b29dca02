package forum

import (
	"context"
	"strings"
	"time"
)

// CallSeries calls every draft of a series that is ahead, each meeting with an
// invitation of its own; Conflict when there is none. It answers how many.
func CallSeries(ctx context.Context, tx Tx, by Actor, id SeriesID) (int, error) {
	s, err := tx.Series(ctx, id)
	if err != nil {
		return 0, err
	}
	standing, err := by.May(ctx, tx, CallIt, s.ForumID)
	if err != nil {
		return 0, err
	}
	drafts, err := lockedFrom(ctx, tx, id, tx.Now(), func(m *Meeting) bool { return m.State == DraftMeeting })
	if err != nil {
		return 0, err
	}
	if len(drafts) == 0 {
		return 0, Refuse(Conflict, "error.series.no_drafts")
	}
	for _, m := range drafts {
		if _, err := CallMeeting(ctx, tx, by, m.ID); err != nil {
			return 0, err
		}
	}
	return len(drafts), recordSeries(ctx, tx, by, standing, s, "series_called", len(drafts))
}

// MoveRest moves a meeting of a series, and every later one that is ahead, by
// as many days and as much on the clock. A later one that would come upon a
// holiday or a blocked week goes to the nearest open day. Of place and link
// all get what changes. It answers how many were moved.
func MoveRest(ctx context.Context, tx Tx, by Actor, almanac Almanac, id MeetingID, to Slot) (int, error) {
	first, rest, err := restOf(ctx, tx, by, MoveIt, id)
	if err != nil {
		return 0, err
	}
	before := first.Slot
	if _, err := MoveMeeting(ctx, tx, by, id, to); err != nil {
		return 0, err
	}
	in, err := tx.Forum(ctx, first.ForumID)
	if err != nil {
		return 0, err
	}
	blocked, err := tx.BlockedIn(ctx, in.AreaID)
	if err != nil {
		return 0, err
	}
	open, moved := openDays{almanac, blocked}, 1
	for _, m := range rest {
		then := open.shifted(m.Slot, before, to)
		if then.same(m.Slot) {
			continue
		}
		if _, err := MoveMeeting(ctx, tx, by, m.ID, then); err != nil {
			return 0, err
		}
		moved++
	}
	return moved, nil
}

// CancelRest calls off a meeting of a series and every later one that is
// ahead. It answers how many.
func CancelRest(ctx context.Context, tx Tx, by Actor, id MeetingID, reason string) (int, error) {
	first, rest, err := restOf(ctx, tx, by, CancelIt, id)
	if err != nil {
		return 0, err
	}
	for _, m := range append([]*Meeting{first}, rest...) {
		if _, err := CancelMeeting(ctx, tx, by, m.ID, reason); err != nil {
			return 0, err
		}
	}
	return 1 + len(rest), nil
}

// restOf gives a meeting and the later ones of its series that are ahead.
func restOf(ctx context.Context, tx Tx, by Actor, right Right, id MeetingID) (*Meeting, []*Meeting, error) {
	first, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if _, err := by.May(ctx, tx, right, first.ForumID); err != nil {
		return nil, nil, err
	}
	if first.SeriesID == 0 {
		return nil, nil, Refuse(Conflict, "error.series.alone")
	}
	if !first.Movable() {
		return nil, nil, first.conflict()
	}
	rest, err := lockedFrom(ctx, tx, first.SeriesID, first.Start, func(m *Meeting) bool { return m.ID != id && m.Movable() })
	return first, rest, err
}

// lockedFrom gives the meetings of a series from an instant on that will do,
// all of them locked in one order before any of their matters.
func lockedFrom(ctx context.Context, tx Tx, id SeriesID, from time.Time, will func(*Meeting) bool) ([]*Meeting, error) {
	all, err := tx.SeriesMeetings(ctx, id)
	if err != nil {
		return nil, err
	}
	var rest []*Meeting
	for _, listed := range all {
		if listed.Start.Before(from) {
			continue
		}
		m, err := tx.Meeting(ctx, listed.ID)
		if err != nil {
			return nil, err
		}
		if will(m) {
			rest = append(rest, m)
		}
	}
	return rest, nil
}

// shifted is a slot after the same change that took another from before to
// after, on the days and clocks of Oslo, and away from a day that is not open.
func (o openDays) shifted(s, before, after Slot) Slot {
	to := s
	to.Start = unwalled(wall(s.Start).Add(wall(after.Start).Sub(wall(before.Start))))
	to.End = unwalled(wall(s.End).Add(wall(after.End).Sub(wall(before.End))))
	if strings.TrimSpace(after.Place) != before.Place {
		to.Place = after.Place
	}
	if after.Link != before.Link {
		to.Link = after.Link
	}
	day := DateOf(to.Start)
	if day.isWeekday() && o.obstacle(day) == nil || day == DateOf(s.Start) {
		return to
	}
	if near := o.nearest(day, 13, func(Date) bool { return true }); near != "" {
		away := near.midnight().Sub(day.midnight())
		to.Start, to.End = unwalled(wall(to.Start).Add(away)), unwalled(wall(to.End).Add(away))
	}
	return to
}

// wall is what the calendar and the clock in Oslo show, without a zone.
func wall(at time.Time) time.Time {
	at = at.In(Oslo)
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC)
}

func unwalled(shown time.Time) time.Time {
	return time.Date(shown.Year(), shown.Month(), shown.Day(), shown.Hour(), shown.Minute(), shown.Second(), shown.Nanosecond(), Oslo).UTC()
}

func (s Slot) same(as Slot) bool {
	return s.Start.Equal(as.Start) && s.End.Equal(as.End) && s.Place == as.Place && s.Link == as.Link
}
