package calendar

import (
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

func readEntry(props properties, zones *zones) Entry {
	entry := Entry{
		UID:       text(props.first(ical.PropUID).Value),
		Sequence:  number(props.first(ical.PropSequence).Value),
		Organizer: address(props.first(ical.PropOrganizer)),
		Summary:   text(props.first(ical.PropSummary).Value),
		Location:  text(props.first(ical.PropLocation).Value),
		Status:    word(props.first(ical.PropStatus).Value),
	}
	if stamp, ok := zones.moment(props.first(ical.PropDateTimeStamp)); ok {
		entry.Stamp = stamp.instant()
	}
	entry.RecurrenceID = recurrenceID(props.first(ical.PropRecurrenceID), zones)
	entry.Start, entry.End, entry.AllDay = span(props, zones)
	var comments []string
	for _, comment := range props[ical.PropComment] {
		comments = append(comments, text(comment.Value))
	}
	entry.Comment = strings.TrimSpace(strings.Join(comments, "\n"))
	for _, prop := range props[ical.PropAttendee] {
		if attendee := readAttendee(prop); attendee.Address != "" || attendee.Name != "" {
			entry.Attendees = append(entry.Attendees, attendee)
		}
	}
	return entry
}

// span is when an event begins and ends (RFC 5545 § 3.6.1: without end or duration a day lasts a day, a moment no time).
func span(props properties, zones *zones) (start, end time.Time, allDay bool) {
	from, known := zones.moment(props.first(ical.PropDateTimeStart))
	if !known {
		return time.Time{}, time.Time{}, false
	}
	start, allDay = from.instant(), from.isDate
	if until, ok := zones.moment(props.first(ical.PropDateTimeEnd)); ok {
		end = until.instant()
	} else if days, exact, ok := duration(props.first(ical.PropDuration).Value); ok {
		end = from.after(days).instant().Add(exact)
	} else if props.first(ical.PropDateTimeEnd).Value == "" && props.first(ical.PropDuration).Value == "" {
		end = start
		if allDay {
			end = from.after(1).instant()
		}
	}
	if end.Before(start) || end.Year() > lastYear {
		end = time.Time{}
	}
	return start, end, allDay
}

func recurrenceID(prop ical.Prop, zones *zones) string {
	moment, ok := zones.moment(prop)
	switch {
	case !ok:
		return strings.TrimSpace(prop.Value)
	case moment.isDate:
		return moment.wall.Format(time.DateOnly)
	}
	return moment.instant().Format(time.RFC3339)
}

// unescape undoes the escapes of a TEXT value (RFC 5545 § 3.3.11).
var unescape = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

func text(value string) string { return strings.TrimSpace(unescape.Replace(value)) }

// number reads a sequence number; what is none counts as 0.
func number(value string) int {
	n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 32)
	if err != nil || n < 0 {
		return 0
	}
	return int(n)
}
