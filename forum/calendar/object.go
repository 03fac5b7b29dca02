// Package calendar speaks iTIP (RFC 5546): it writes the invitations and cancellations of meetings so that real calendars accept
// them, and reads the answers that real calendars send, however they bend RFC 5545.
package calendar

import "time"

// Object is an incoming calendar object as far as a meeting needs it.
type Object struct {
	// Method is the iTIP method in upper case, "" if the object names none.
	Method string
	// Entries are the events in their order; tasks, free-busy answers and alarms are left out.
	Entries []Entry
}

// Entry is one event (VEVENT).
type Entry struct {
	UID      string
	Sequence int
	// Stamp is the instant in UTC at which the sender made this object (DTSTAMP); zero if unknown.
	Stamp time.Time
	// RecurrenceID names the changed instance of a series: an instant in UTC (RFC 3339), or a date if the sender gave a date.
	// What cannot be understood stays as it was sent; "" means the whole event.
	RecurrenceID string
	// Start and End are instants in UTC, zero if unknown; End is never before Start. A time without a zone, and the midnight at
	// which a day begins, is that of the calendar's own zone if it names one, else of Europe/Oslo.
	Start, End time.Time
	// AllDay says that Start was given as a date.
	AllDay bool
	// Organizer is a lower-case address without "mailto:", "" if the sender left it out.
	Organizer string
	Summary   string
	Location  string
	// Status is in upper case, for example CONFIRMED.
	Status    string
	Comment   string
	Attendees []Attendee
}

// Attendee is one participant of an event.
type Attendee struct {
	// Address is in lower case, without "mailto:"; "" if the sender gave only a name.
	Address string
	Name    string
	// PartStat is in upper case, for example ACCEPTED; "" if the sender gave none.
	PartStat string
	// Role is in upper case, for example REQ-PARTICIPANT; "" if the sender gave none.
	Role    string
	Comment string
	// DelegatedTo and DelegatedFrom are addresses like Address.
	DelegatedTo, DelegatedFrom []string
}
