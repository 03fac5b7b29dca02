package calendar

import (
	"fmt"
	"strconv"
	"time"

	"github.com/emersion/go-ical"
)

// Feed is a calendar that people subscribe to (METHOD:PUBLISH, RFC 5546 § 3.2.1). It names nobody who is invited. Without
// events it is a valid calendar all the same, since it always holds its time zone.
type Feed struct {
	// Name is what calendars call it.
	Name string
	// Language is that of the texts (RFC 5646), for example nn; "" if unknown.
	Language string
	// Stamp is the instant at which the feed came to say what it says.
	Stamp  time.Time
	Events []FeedEvent
}

// FeedEvent is one meeting in a feed. UID and Sequence are those of its invitations.
type FeedEvent struct {
	UID      string
	Sequence int
	// Start and End are instants, shown in Europe/Oslo; parts of a second are dropped.
	Start, End  time.Time
	Summary     string
	Description string
	Location    string
	// ConferenceURL is the address of the video meeting, "" if there is none; what is no http or https address stands in the
	// location alone, so that one meeting cannot keep all others from the feed.
	ConferenceURL string
	// URL is the http or https address of the meeting's page, "" if there is none.
	URL       string
	Organizer Organizer // without an address it is left out
	Cancelled bool
	// Free says that the meeting takes none of the subscriber's time.
	Free bool
	// Alarm is how long before the start to remind, in whole minutes; 0 for never. A cancelled meeting never does.
	Alarm time.Duration
}

// refreshEvery is how often calendars are asked to look again (RFC 7986 § 5.7, and Outlook's own property).
const refreshEvery = "PT1H"

// Encode writes the calendar object (iCalendar, RFC 5545, in UTF-8); what would become other properties is removed from texts,
// as in invitations. The error is an *InvitationError.
func (f Feed) Encode() ([]byte, error) {
	if f.Language != "" && !languageTag.MatchString(f.Language) {
		return nil, &InvitationError{"Language", "must be a language tag"}
	}
	calendar := ical.NewComponent(ical.CompCalendar)
	set(calendar, ical.PropProductID, "-//Samraad//Samraad//NN")
	set(calendar, ical.PropVersion, "2.0")
	set(calendar, ical.PropCalendarScale, "GREGORIAN")
	set(calendar, ical.PropMethod, "PUBLISH")
	set(calendar, ical.PropRefreshInterval, refreshEvery).Params.Set(ical.ParamValue, string(ical.ValueDuration))
	set(calendar, "X-PUBLISHED-TTL", refreshEvery)
	set(calendar, "X-WR-TIMEZONE", osloName)
	if name := cleanLine(f.Name); name != "" {
		set(calendar, ical.PropName, escape(name))
		set(calendar, "X-WR-CALNAME", escape(name))
	}
	calendar.Children = []*ical.Component{osloZone()}
	for n, event := range f.Events {
		if err := event.check(f); err != nil {
			return nil, fmt.Errorf("event %d: %w", n, err)
		}
		calendar.Children = append(calendar.Children, event.component(f))
	}
	return encode(calendar), nil
}

func (e FeedEvent) component(f Feed) *ical.Component {
	as := e.as(f)
	event := ical.NewComponent(ical.CompEvent)
	set(event, ical.PropUID, escape(e.UID))
	set(event, ical.PropDateTimeStamp, f.Stamp.UTC().Format(utcFormat))
	set(event, ical.PropSequence, strconv.Itoa(e.Sequence))
	setTimes(event, map[string]time.Time{ical.PropDateTimeStart: e.Start, ical.PropDateTimeEnd: e.End})
	as.setTexts(event)
	as.setState(event)
	if e.Free {
		set(event, ical.PropTransparency, "TRANSPARENT")
		set(event, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
	}
	if e.URL != "" {
		set(event, ical.PropURL, e.URL)
	}
	if e.Organizer.Address != "" {
		setName(set(event, ical.PropOrganizer, mailto(e.Organizer.Address)), e.Organizer.Name)
	}
	if e.Alarm > 0 && !e.Cancelled {
		event.Children = []*ical.Component{e.alarm()}
	}
	return event
}

// alarm is the reminder, which stands in feeds alone: an invitation leaves it to its receiver.
func (e FeedEvent) alarm() *ical.Component {
	alarm := ical.NewComponent(ical.CompAlarm)
	set(alarm, ical.PropAction, "DISPLAY")
	set(alarm, ical.PropDescription, escape(cleanLine(e.Summary)))
	set(alarm, ical.PropTrigger, fmt.Sprintf("-PT%dM", int(e.Alarm.Minutes())))
	return alarm
}

// as is the event as an invitation to nobody, which has the same texts and states.
func (e FeedEvent) as(f Feed) Invitation {
	i := Invitation{
		Method: Request, UID: e.UID, Sequence: e.Sequence, Stamp: f.Stamp, Start: e.Start, End: e.End, Summary: e.Summary,
		Description: e.Description, Location: e.Location, ConferenceURL: e.ConferenceURL, Language: f.Language,
	}
	if e.Cancelled {
		i.Method = Cancel
	}
	if e.ConferenceURL != "" && !isWebAddress(e.ConferenceURL) {
		i.Location, i.ConferenceURL = withLink(e.Location, ", ", e.ConferenceURL), ""
	}
	return i
}

func (e FeedEvent) check(f Feed) error {
	i := e.as(f)
	// An invitation needs what a feed must not have, or need not.
	i.Organizer, i.Attendees = Organizer{Address: "nobody@samraad.example"}, []Invitee{{Address: "nobody@samraad.example"}}
	if err := i.check(); err != nil {
		return err
	}
	switch {
	case e.URL != "" && !isWebAddress(e.URL):
		return &InvitationError{"URL", "must be an http or https address"}
	case e.Organizer.Address != "" && !isAddress(e.Organizer.Address):
		return &InvitationError{"Organizer", "must have a mail address or none"}
	case e.Alarm < 0 || e.Alarm%time.Minute != 0:
		return &InvitationError{"Alarm", "must be whole minutes"}
	}
	return nil
}
