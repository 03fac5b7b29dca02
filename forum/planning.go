package forum

import (
	"context"
	"fmt"
	"slices"
)

// Instance is what becomes of one day that a series' rule names.
type Instance struct {
	Wanted  Date
	Meeting *Meeting  // with its deadlines, nil when it is left out
	Why     *Obstacle // it is moved or left out, nil when it stands as the rule says
	Clashes []Clash
	Away    []Away
	Missed  Missed
}

// SeriesPreview is a series before anything of it is kept.
type SeriesPreview struct {
	Series
	Forum     Forum
	Instances []Instance
}

// Days are those that the series will meet on.
func (p *SeriesPreview) Days() []Date {
	var days []Date
	for _, i := range p.Instances {
		if i.Meeting != nil {
			days = append(days, DateOf(i.Meeting.Start))
		}
	}
	return days
}

// PreviewSeries tells a secretary what a series would bring; it keeps nothing.
func PreviewSeries(ctx context.Context, tx Tx, almanac Almanac, by Actor, s Series) (*SeriesPreview, error) {
	if _, err := by.May(ctx, tx, PlanIt, s.ForumID); err != nil {
		return nil, err
	}
	finder, err := newClashFinder(ctx, tx)
	if err != nil {
		return nil, err
	}
	return preview(ctx, tx, almanac, s, finder)
}

// PlanSeries makes drafts of a series' meetings. seen are the days that the
// secretary saw before; when they have changed since, Conflict.
func PlanSeries(ctx context.Context, tx Tx, almanac Almanac, by Actor, s Series, seen []Date) (*Series, error) {
	standing, err := by.May(ctx, tx, PlanIt, s.ForumID)
	if err != nil {
		return nil, err
	}
	// Counting holds up whoever plans in the forum at the same time: two must not both find its days free.
	if s.Number, err = tx.NextNumber(ctx, fmt.Sprintf("series %d", s.ForumID)); err != nil {
		return nil, err
	}
	finder, err := newClashFinder(ctx, tx)
	if err != nil {
		return nil, err
	}
	plan, err := preview(ctx, tx, almanac, s, finder)
	if err != nil {
		return nil, err
	}
	switch days := plan.Days(); {
	case !slices.Equal(days, seen):
		return nil, Refuse(Conflict, "error.series.changed")
	case len(days) == 0:
		return nil, Refuse(Conflict, "error.series.nothing")
	}
	if err := tx.SaveSeries(ctx, &s); err != nil {
		return nil, err
	}
	return &s, saveInstances(ctx, tx, by, standing, &s, plan.Instances)
}

func saveInstances(ctx context.Context, tx Tx, by Actor, standing Standing, s *Series, instances []Instance) error {
	planned := 0
	for _, i := range instances {
		if i.Meeting == nil {
			continue
		}
		i.Meeting.SeriesID = s.ID
		if err := tx.SaveMeeting(ctx, i.Meeting); err != nil {
			return err
		}
		if err := recordMeeting(ctx, tx, by, standing, i.Meeting, "meeting_planned"); err != nil {
			return err
		}
		planned++
	}
	return recordSeries(ctx, tx, by, standing, s, "series_planned", planned)
}

func recordSeries(ctx context.Context, tx Tx, by Actor, as Standing, s *Series, deed string, meetings int) error {
	return tx.Record(ctx, Event{
		ForumID: s.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: SeriesObject(s.ID),
		Details: map[string]string{"Number": fmt.Sprint(s.Number), "Meetings": fmt.Sprint(meetings)},
	})
}

// preview works a series out; what it proposes, the finder knows from then on.
func preview(ctx context.Context, tx Tx, almanac Almanac, s Series, finder *clashFinder) (*SeriesPreview, error) {
	if err := s.check(tx.Now()); err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, s.ForumID)
	if err != nil {
		return nil, err
	}
	blocked, err := tx.BlockedIn(ctx, in.AreaID)
	if err != nil {
		return nil, err
	}
	days, err := SeriesDays(s.Rule, almanac, blocked)
	if err != nil {
		return nil, err
	}
	p := &SeriesPreview{Series: s, Forum: *in}
	for _, day := range days {
		i, err := instance(ctx, tx, s, day, finder)
		if err != nil {
			return nil, err
		}
		p.Instances = append(p.Instances, i)
	}
	for _, i := range p.Instances {
		if i.Meeting != nil {
			finder.proposed = append(finder.proposed, *i.Meeting)
		}
	}
	return p, nil
}

// instance makes a draft of the meeting on one day, unless the day is past, no
// mandate is in force or the forum meets then already.
func instance(ctx context.Context, tx Tx, s Series, day SeriesDay, finder *clashFinder) (Instance, error) {
	i := Instance{Wanted: day.Wanted, Why: day.Why}
	if day.Day == "" {
		return i, nil
	}
	slot := s.slotOn(day.Day)
	if !slot.Start.After(tx.Now()) {
		i.Why = &Obstacle{Kind: AlreadyWas}
		return i, nil
	}
	mandate, err := tx.Mandate(ctx, s.ForumID, day.Day)
	if IsKind(err, NotFound) {
		i.Why = &Obstacle{Kind: NoMandate}
		return i, nil
	}
	if err != nil {
		return i, err
	}
	m, err := Plan(s.ForumID, s.Form, slot, mandate.Deadlines, NewSecret(), tx.Now())
	if err != nil {
		return i, err
	}
	among, err := finder.among(ctx, m)
	if err != nil {
		return i, err
	}
	if slices.ContainsFunc(among, func(other Meeting) bool { return other.ForumID == s.ForumID }) {
		i.Why = &Obstacle{Kind: OnOwnDay}
		return i, nil
	}
	i.Meeting, i.Missed = m, m.Missed(tx.Now())
	if i.Clashes, err = finder.clashes(ctx, m); err != nil {
		return i, err
	}
	i.Away, err = finder.away(ctx, m)
	return i, err
}
