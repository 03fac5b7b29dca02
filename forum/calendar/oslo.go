package calendar

import (
	"time"

	"github.com/emersion/go-ical"
)

const osloName = "Europe/Oslo"

var oslo = mustLoad(osloName)

func mustLoad(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zone database is built into the program
	}
	return location
}

// osloSince is the year from which on the rules of osloZone hold: until 1995 summer time ended in September.
const osloSince = 1997

// osloZone is the VTIMEZONE of Europe/Oslo. Its rules start in 1970, before they held, as calendars expect.
func osloZone() *ical.Component {
	zone := ical.NewComponent(ical.CompTimezone)
	set(zone, ical.PropTimezoneID, osloName)
	zone.Children = []*ical.Component{
		osloRule(ical.CompTimezoneDaylight, "19700329T020000", "+0100", "+0200", "CEST", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
		osloRule(ical.CompTimezoneStandard, "19701025T030000", "+0200", "+0100", "CET", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
	}
	return zone
}

func osloRule(kind, start, from, to, name, rule string) *ical.Component {
	part := ical.NewComponent(kind)
	set(part, ical.PropDateTimeStart, start)
	set(part, ical.PropTimezoneOffsetFrom, from)
	set(part, ical.PropTimezoneOffsetTo, to)
	set(part, ical.PropTimezoneName, name)
	set(part, ical.PropRecurrenceRule, rule)
	return part
}

// setTimes writes the instants of an event as times in Oslo; all in UTC where one would be understood otherwise: in the hour that an
// autumn night has twice, since calendars disagree on which of the two is meant, and where the rules of osloZone do not hold.
func setTimes(event *ical.Component, times map[string]time.Time) {
	inOslo := true
	for _, at := range times {
		inOslo = inOslo && at.In(oslo).Year() >= osloSince && !shownTwice(at.In(oslo))
	}
	for name, at := range times {
		if inOslo {
			set(event, name, at.In(oslo).Format(localFormat)).Params.Set(ical.ParamTimezoneID, osloName)
		} else {
			set(event, name, at.UTC().Format(utcFormat))
		}
	}
}

func shownTwice(local time.Time) bool {
	_, now := local.Zone()
	_, before := local.Add(-time.Hour).Zone()
	_, after := local.Add(time.Hour).Zone()
	return before-now == 3600 || now-after == 3600
}

const (
	localFormat = "20060102T150405"
	utcFormat   = "20060102T150405Z"
)
