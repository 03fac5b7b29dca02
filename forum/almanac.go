package forum

import "time"

// Almanac knows the days of the year.
type Almanac interface {
	// Holiday is the text key, below "holiday.", of a day on which Norwegian councils do not meet; "" for any other.
	Holiday(day Date) string
	// Days lists the days that a rule names in its period, by date, most of them at the most.
	Days(rule SeriesRule, most int) []Date
}

// Obstacle is what stands in the way of a meeting on a day.
type Obstacle struct {
	Kind    ObstacleKind
	Holiday string       // text key below "holiday."
	Weeks   BlockedWeeks // that the day lies in
}

// ObstacleKind is what sort of obstacle it is; its text key stands below "obstacle.".
type ObstacleKind string

// The kinds of obstacle. The first two can be moved away from.
const (
	OnHoliday  ObstacleKind = "holiday"
	OnBlocked  ObstacleKind = "blocked"
	OnOwnDay   ObstacleKind = "taken" // the forum meets then already
	NoMandate  ObstacleKind = "mandate"
	AlreadyWas ObstacleKind = "past"
)

// openDays tells on which days an area meets.
type openDays struct {
	almanac Almanac
	blocked []BlockedWeeks
}

// obstacle is what keeps people from meeting on a day, nil for nothing.
func (o openDays) obstacle(day Date) *Obstacle {
	if key := o.almanac.Holiday(day); key != "" {
		return &Obstacle{Kind: OnHoliday, Holiday: key}
	}
	for _, weeks := range o.blocked {
		if weeks.Cover(day) {
			return &Obstacle{Kind: OnBlocked, Weeks: weeks}
		}
	}
	return nil
}

// nearest is the open week day closest to a day, a later one before an earlier
// one as close; "" when there is none within reach, in days, that will do.
func (o openDays) nearest(day Date, reach int, will func(Date) bool) Date {
	for distance := 1; distance <= reach; distance++ {
		for _, near := range []Date{day.Before(-distance), day.Before(distance)} {
			if near.isWeekday() && o.obstacle(near) == nil && will(near) {
				return near
			}
		}
	}
	return ""
}

// midnight is the date as an instant without a zone; the zero time for no date.
func (d Date) midnight() time.Time {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return day
}

func (d Date) isWeekday() bool {
	day := d.midnight().Weekday()
	return day != time.Saturday && day != time.Sunday
}
