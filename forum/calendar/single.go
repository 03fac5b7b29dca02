package calendar

import "github.com/emersion/go-ical"

// Single writes an event as a calendar object of its own, as it is kept in a calendar collection: without a method (RFC 4791 § 4.1).
// Of the feed only the language and the stamp count. The error is an *InvitationError.
func (f Feed) Single(e FeedEvent) ([]byte, error) {
	if f.Language != "" && !languageTag.MatchString(f.Language) {
		return nil, &InvitationError{"Language", "must be a language tag"}
	}
	if err := e.check(f); err != nil {
		return nil, err
	}
	calendar := ical.NewComponent(ical.CompCalendar)
	set(calendar, ical.PropProductID, "-//Samraad//Samraad//NN")
	set(calendar, ical.PropVersion, "2.0")
	set(calendar, ical.PropCalendarScale, "GREGORIAN")
	calendar.Children = []*ical.Component{osloZone(), e.component(f)}
	return encode(calendar), nil
}
