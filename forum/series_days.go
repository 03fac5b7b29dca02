package forum

// SeriesDay is one day that a rule names, and what becomes of it.
type SeriesDay struct {
	Wanted Date
	Day    Date      // on which people meet, "" when it is left out
	Why    *Obstacle // it is moved or left out, nil when it stands as the rule says
}

// SeriesDays lists the days of a rule, none of them a holiday or in a blocked
// week, all different and in the rule's period; Invalid when the rule names
// more than a series holds.
func SeriesDays(rule SeriesRule, almanac Almanac, blocked []BlockedWeeks) ([]SeriesDay, error) {
	named := almanac.Days(rule, mostInstances+1)
	if len(named) > mostInstances {
		return nil, Refuse(Invalid, "error.series.too_many", "Most", mostInstances).On("to")
	}
	open := openDays{almanac, blocked}
	taken := map[Date]bool{}
	days := make([]SeriesDay, len(named))
	for i, day := range named {
		days[i] = SeriesDay{Wanted: day, Day: day, Why: open.obstacle(day)}
		if days[i].Why != nil {
			days[i].Day = ""
			continue
		}
		taken[day] = true
	}
	if rule.Avoid != MoveAway {
		return days, nil
	}
	free := func(near Date) bool { return !taken[near] && near.Within(rule.From, rule.To) }
	for i := range days {
		if days[i].Day == "" {
			days[i].Day = open.nearest(days[i].Wanted, rule.reach(), free)
			taken[days[i].Day] = true
		}
	}
	return days, nil
}

// reach is how many days a meeting may be moved: less than half the way to the
// next, so that two meetings never change places.
func (r SeriesRule) reach() int {
	switch r.Kind {
	case EveryWeeks:
		return (7*r.Weeks - 1) / 2
	case SpreadOut:
		return (365/r.Count - 7) / 2
	default:
		return 13 // weeks of neighbouring months are at least four apart
	}
}
