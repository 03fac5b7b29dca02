package forum

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// AreaMeeting is a meeting with its forum.
type AreaMeeting struct {
	Meeting
	Forum Forum
}

// Holiday is a day on which councils do not meet.
type Holiday struct {
	Day Date
	Key string // text key below "holiday."
}

// AreaYear is one year of an area as one reader may see it.
type AreaYear struct {
	Area     Area
	Year     int
	Meetings []AreaMeeting // by start, of the forums that the reader may see
	Holidays []Holiday
	Blocked  []BlockedWeeks // those that the year has some of
	Hidden   []Forum        // whose meetings the reader may not see
	MayBlock bool
	MayPlan  bool
}

// ReadAreaYear opens the calendar of an area; year 0 is the present one.
func ReadAreaYear(ctx context.Context, tx Tx, almanac Almanac, by Actor, area AreaID, year int) (*AreaYear, error) {
	if year == 0 {
		year = yearOf(tx.Now())
	}
	if year < FirstYear || year > LastYear {
		return nil, Refuse(NotFound, "error.not_found.page")
	}
	if err := by.lookAround(ctx, tx); err != nil {
		return nil, err
	}
	a, err := tx.Area(ctx, area)
	if err != nil {
		return nil, err
	}
	mine, err := ReadAreas(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(mine, func(m Area) bool { return m.ID == area }) {
		return nil, Refuse(Forbidden, "error.forbidden.read_area")
	}
	page := &AreaYear{Area: *a, Year: year, Holidays: holidays(almanac, year)}
	if err := page.readMeetings(ctx, tx, by); err != nil {
		return nil, err
	}
	blocked, err := tx.BlockedIn(ctx, area)
	if err != nil {
		return nil, err
	}
	for _, weeks := range blocked {
		if _, _, some := weeks.Span(year); some {
			page.Blocked = append(page.Blocked, weeks)
		}
	}
	if page.MayBlock, err = by.canInArea(ctx, tx, BlockIt, area); err != nil {
		return nil, err
	}
	page.MayPlan, err = by.canInArea(ctx, tx, PlanIt, area)
	return page, err
}

func (p *AreaYear) readMeetings(ctx context.Context, tx Tx, by Actor) error {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		if f.AreaID != p.Area.ID {
			continue
		}
		may, err := by.Can(ctx, tx, ReadMeeting, f.ID)
		if err != nil {
			return err
		}
		if !may {
			p.Hidden = append(p.Hidden, f)
			continue
		}
		meetings, err := tx.Meetings(ctx, f.ID)
		if err != nil {
			return err
		}
		for _, m := range meetings {
			if yearOf(m.Start) == p.Year {
				p.Meetings = append(p.Meetings, AreaMeeting{m, f})
			}
		}
	}
	slices.SortStableFunc(p.Meetings, func(a, b AreaMeeting) int { return a.Start.Compare(b.Start) })
	return nil
}

func holidays(almanac Almanac, year int) []Holiday {
	var list []Holiday
	for day := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		date := Date(day.Format(time.DateOnly))
		if key := almanac.Holiday(date); key != "" {
			list = append(list, Holiday{date, key})
		}
	}
	return list
}

// canInArea is mayInArea for showing.
func (by Actor) canInArea(ctx context.Context, tx Tx, right Right, area AreaID) (bool, error) {
	_, _, err := by.mayInArea(ctx, tx, right, area)
	if IsKind(err, Forbidden) {
		return false, nil
	}
	return err == nil, err
}

// ReadAreas lists the areas in which the reader has a seat, by name.
func ReadAreas(ctx context.Context, tx Tx, by Actor) ([]Area, error) {
	seats, err := tx.SeatsOf(ctx, by.Person, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	areas, err := tx.Areas(ctx)
	if err != nil {
		return nil, err
	}
	mine := map[AreaID]bool{}
	for _, f := range forums {
		if slices.ContainsFunc(seats, func(s Seat) bool { return s.ForumID == f.ID }) {
			mine[f.AreaID] = true
		}
	}
	areas = slices.DeleteFunc(areas, func(a Area) bool { return !mine[a.ID] })
	slices.SortFunc(areas, func(a, b Area) int { return cmp.Compare(a.Name, b.Name) })
	return areas, nil
}

// SeriesPage is a series as one reader may see it.
type SeriesPage struct {
	Series
	Forum    Forum
	Meetings []Meeting
	Drafts   int // that can be called
	History  []Deed
	MayCall  bool
}

// ReadSeriesPage opens a series.
func ReadSeriesPage(ctx context.Context, tx Tx, by Actor, id SeriesID) (*SeriesPage, error) {
	s, err := tx.Series(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, ReadMeeting, s.ForumID); err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, s.ForumID)
	if err != nil {
		return nil, err
	}
	page := &SeriesPage{Series: *s, Forum: *in}
	if page.Meetings, err = tx.SeriesMeetings(ctx, id); err != nil {
		return nil, err
	}
	for _, m := range page.Meetings {
		if m.State == DraftMeeting && m.Start.After(tx.Now()) {
			page.Drafts++
		}
	}
	if page.History, err = History(ctx, tx, SeriesObject(id)); err != nil {
		return nil, err
	}
	page.MayCall, err = by.Can(ctx, tx, CallIt, s.ForumID)
	return page, err
}
