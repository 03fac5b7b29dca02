package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// A zone of real calendars has far fewer rules and single changes; what exceeds this is left out.
const (
	maxYearly = 40
	maxOnsets = 2000
)

// ruleZone is a zone that came with the object (VTIMEZONE, RFC 5545 § 3.6.5).
type ruleZone struct {
	// onsets are changes at known instants, in order.
	onsets []onset
	yearly []yearlyRule
	// first is the offset before every change.
	first time.Duration
	work  *effort
}

// onset is an instant from which an offset holds.
type onset struct {
	at time.Time
	to time.Duration
}

// newRuleZone reads a definition; nil if it defines nothing.
func newRuleZone(raw *rawZone, work *effort) zone {
	z := &ruleZone{work: work}
	earliest := time.Time{}
	for _, props := range slices.Concat(raw.standard, raw.daylight) {
		start, ok := parseMoment(props.first(ical.PropDateTimeStart).Value)
		from, okFrom := parseOffset(props.first(ical.PropTimezoneOffsetFrom).Value)
		to, okTo := parseOffset(props.first(ical.PropTimezoneOffsetTo).Value)
		if !okFrom {
			from = to
		}
		if !ok || !okTo || len(z.onsets) >= maxOnsets {
			continue
		}
		if begin := start.wall.Add(-from); earliest.IsZero() || begin.Before(earliest) {
			earliest, z.first = begin, from
		}
		z.onsets = append(z.onsets, onset{start.wall.Add(-from), to})
		z.addDates(props[ical.PropRecurrenceDates], from, to)
		if rule, ok := newYearlyRule(props.first(ical.PropRecurrenceRule).Value, start.wall, from, to); ok && len(z.yearly) < maxYearly {
			z.yearly = append(z.yearly, rule)
		}
	}
	if len(z.onsets) == 0 {
		return nil
	}
	slices.SortFunc(z.onsets, func(a, b onset) int { return a.at.Compare(b.at) })
	return z
}

func (z *ruleZone) addDates(props []ical.Prop, from, to time.Duration) {
	for _, prop := range props {
		for value := range strings.SplitSeq(prop.Value, ",") {
			if date, ok := parseMoment(value); ok && len(z.onsets) < maxOnsets {
				z.onsets = append(z.onsets, onset{date.wall.Add(-from), to})
			}
		}
	}
}

func (z *ruleZone) offset(at time.Time) time.Duration {
	*z.work += effort(1 + 3*len(z.yearly))
	latest := onset{to: z.first}
	next, _ := slices.BinarySearchFunc(z.onsets, at, func(o onset, at time.Time) int {
		if o.at.After(at) {
			return 1
		}
		return -1
	})
	if next > 0 {
		latest = z.onsets[next-1]
	}
	for _, rule := range z.yearly {
		for _, year := range []int{at.Year() + 1, at.Year(), at.Year() - 1} {
			change, ok := rule.in(year)
			if ok && !change.at.After(at) && change.at.After(latest.at) {
				latest = change
			}
		}
	}
	return latest.to
}

// yearlyRule is a change that comes every year: FREQ=YEARLY with BYMONTH and BYDAY or BYMONTHDAY, as all programs write it.
type yearlyRule struct {
	start    time.Time
	until    time.Time
	from, to time.Duration
	month    time.Month
	// nth counts weekdays from the month's beginning (1, 2 …) or its end (-1 …); 0 means the first on or after monthDay.
	nth      int
	weekday  time.Weekday
	byDay    bool
	monthDay int
}

var weekdays = map[string]time.Weekday{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}

func newYearlyRule(text string, start time.Time, from, to time.Duration) (yearlyRule, bool) {
	rule := yearlyRule{start: start, from: from, to: to, month: start.Month(), monthDay: start.Day()}
	parts := map[string]string{}
	for part := range strings.SplitSeq(strings.ToUpper(text), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		parts[name] = value
	}
	if parts["FREQ"] != "YEARLY" {
		return rule, false
	}
	if until, ok := parseMoment(parts["UNTIL"]); ok {
		rule.until = until.wall
		if until.zone == nil {
			rule.until = until.wall.Add(-from)
		}
		if until.isDate {
			rule.until = rule.until.AddDate(0, 0, 1)
		}
	} else if count, err := strconv.Atoi(parts["COUNT"]); err == nil {
		rule.until = time.Date(start.Year()+min(max(count, 1), lastYear), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if month, err := strconv.Atoi(parts["BYMONTH"]); err == nil && month >= 1 && month <= 12 {
		rule.month = time.Month(month)
	}
	first, _, _ := strings.Cut(parts["BYMONTHDAY"], ",")
	day, err := strconv.Atoi(first)
	if err == nil && day >= 1 && day <= 31 {
		rule.monthDay = day
	}
	byDay := parts["BYDAY"]
	if len(byDay) < 2 {
		return rule, true
	}
	weekday, known := weekdays[byDay[len(byDay)-2:]]
	nth, _ := strconv.Atoi(byDay[:len(byDay)-2])
	rule.weekday, rule.nth, rule.byDay = weekday, max(min(nth, 5), -5), true
	if nth == 0 && err != nil {
		rule.monthDay = 1
	}
	return rule, known
}

// in is the change in a year, false if the rule does not hold then.
func (r yearlyRule) in(year int) (onset, bool) {
	day := r.monthDay
	switch {
	case r.byDay && r.nth < 0:
		last := time.Date(year, r.month+1, 0, 0, 0, 0, 0, time.UTC)
		day = last.Day() - (int(last.Weekday()-r.weekday)+7)%7 + 7*(r.nth+1)
	case r.byDay:
		if r.nth > 0 {
			day = 1 + 7*(r.nth-1)
		}
		from := time.Date(year, r.month, day, 0, 0, 0, 0, time.UTC)
		day += (int(r.weekday-from.Weekday()) + 7) % 7
	}
	hour, minute, second := r.start.Clock()
	wall := time.Date(year, r.month, day, hour, minute, second, 0, time.UTC)
	at := wall.Add(-r.from)
	if wall.Before(r.start) || !r.until.IsZero() && at.After(r.until) {
		return onset{}, false
	}
	return onset{at, r.to}, true
}
