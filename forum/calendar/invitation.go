package calendar

import (
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// Method is what a calendar object asks of its receiver (RFC 5546 § 1.4).
type Method string

// The methods that the organizer of a meeting sends.
const (
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Role is how a person takes part (RFC 5545 § 3.2.16); "" is written as Required.
type Role string

// The roles of those invited.
const (
	Chair    Role = "CHAIR"
	Required Role = "REQ-PARTICIPANT"
	Optional Role = "OPT-PARTICIPANT"
)

// PartStat is what a person has answered (RFC 5545 § 3.2.12); "" is written as NeedsAction.
type PartStat string

// The answers.
const (
	NeedsAction PartStat = "NEEDS-ACTION"
	Accepted    PartStat = "ACCEPTED"
	Declined    PartStat = "DECLINED"
	Tentative   PartStat = "TENTATIVE"
	Delegated   PartStat = "DELEGATED"
)

// Invitation is what the calendar object for one recipient says about a meeting.
type Invitation struct {
	Method Method
	// UID names the meeting for ever; Sequence counts the changes of its time or place and its cancellation.
	UID      string
	Sequence int
	// Stamp is the instant of this message; every message has a new one.
	Stamp time.Time
	// Start and End are instants, shown in Europe/Oslo; parts of a second are dropped.
	Start, End time.Time
	// RecurrenceID is the instant at which a changed instance of a series would have begun; zero for a meeting of its own.
	RecurrenceID time.Time

	Summary     string
	Description string
	Location    string
	// ConferenceURL is the http or https address of the video meeting, "" if there is none.
	ConferenceURL string
	// Language is that of the texts (RFC 5646), for example nn; "" if unknown.
	Language string

	Organizer Organizer
	Attendees []Invitee
}

// Organizer is whom the answers go to.
type Organizer struct {
	Name    string
	Address string
}

// Invitee is one person invited, as this recipient may see them.
type Invitee struct {
	Name     string
	Address  string
	Role     Role
	PartStat PartStat
	// RSVP asks for an answer; a cancellation never does.
	RSVP bool
}

// Encode writes the calendar object (iCalendar, RFC 5545, in UTF-8). What could be taken for other properties is removed from
// names and texts: control characters, marks of the writing direction, double quotes in names. The error is an
// *InvitationError.
func (i Invitation) Encode() ([]byte, error) {
	if err := i.check(); err != nil {
		return nil, err
	}
	calendar := ical.NewComponent(ical.CompCalendar)
	set(calendar, ical.PropProductID, "-//Samraad//Samraad//NN")
	set(calendar, ical.PropVersion, "2.0")
	set(calendar, ical.PropCalendarScale, "GREGORIAN")
	set(calendar, ical.PropMethod, string(i.Method))
	calendar.Children = []*ical.Component{osloZone(), i.event()}
	return encode(calendar), nil
}

func (i Invitation) event() *ical.Component {
	event := ical.NewComponent(ical.CompEvent)
	set(event, ical.PropUID, escape(i.UID))
	set(event, ical.PropDateTimeStamp, i.Stamp.UTC().Format(utcFormat))
	set(event, ical.PropSequence, strconv.Itoa(i.Sequence))
	times := map[string]time.Time{ical.PropDateTimeStart: i.Start, ical.PropDateTimeEnd: i.End}
	if !i.RecurrenceID.IsZero() {
		times[ical.PropRecurrenceID] = i.RecurrenceID
	}
	setTimes(event, times)
	i.setTexts(event)
	i.setState(event)
	organizer := set(event, ical.PropOrganizer, mailto(i.Organizer.Address))
	setName(organizer, i.Organizer.Name)
	for _, invitee := range i.Attendees {
		i.addInvitee(event, invitee)
	}
	return event
}

// setTexts puts the address of the video meeting where every calendar shows it, not only those that know CONFERENCE (RFC 7986).
func (i Invitation) setTexts(event *ical.Component) {
	location, description := cleanLine(i.Location), strings.TrimSpace(cleanLines(i.Description))
	if i.ConferenceURL != "" {
		conference := set(event, ical.PropConference, i.ConferenceURL)
		conference.Params.Set(ical.ParamValue, string(ical.ValueURI))
		conference.Params.Set("FEATURE", "VIDEO")
		location = withLink(location, ", ", i.ConferenceURL)
		description = withLink(description, "\n\n", i.ConferenceURL)
	}
	i.setText(event, ical.PropSummary, cleanLine(i.Summary))
	i.setText(event, ical.PropLocation, location)
	i.setText(event, ical.PropDescription, description)
}

func withLink(text, between, link string) string {
	switch {
	case text == "":
		return link
	case strings.Contains(text, link):
		return text
	}
	return text + between + link
}

func (i Invitation) setText(event *ical.Component, name, text string) {
	if text == "" {
		return
	}
	prop := set(event, name, escape(text))
	if i.Language != "" {
		prop.Params.Set(ical.ParamLanguage, i.Language)
	}
}

// setState says whether the meeting takes place, and that it takes time only then, in the words of Outlook too.
func (i Invitation) setState(event *ical.Component) {
	status, transparency, busy := "CONFIRMED", "OPAQUE", "BUSY"
	if i.Method == Cancel {
		status, transparency, busy = "CANCELLED", "TRANSPARENT", "FREE"
	}
	set(event, ical.PropStatus, status)
	set(event, ical.PropTransparency, transparency)
	set(event, "X-MICROSOFT-CDO-BUSYSTATUS", busy)
}

func (i Invitation) addInvitee(event *ical.Component, invitee Invitee) {
	prop := ical.NewProp(ical.PropAttendee)
	prop.Value = mailto(invitee.Address)
	setName(prop, invitee.Name)
	prop.Params.Set(ical.ParamCalendarUserType, "INDIVIDUAL")
	prop.Params.Set(ical.ParamRole, string(orElse(invitee.Role, Required)))
	prop.Params.Set(ical.ParamParticipationStatus, string(orElse(invitee.PartStat, NeedsAction)))
	if invitee.RSVP && i.Method == Request {
		prop.Params.Set(ical.ParamRSVP, "TRUE")
	}
	event.Props.Add(prop)
}

func orElse[T ~string](value, otherwise T) T {
	if value == "" {
		return otherwise
	}
	return value
}

func setName(prop *ical.Prop, name string) {
	if name = cleanLine(name); name != "" {
		prop.Params.Set(ical.ParamCommonName, name)
	}
}

// set gives a component a property whose value is already escaped.
func set(component *ical.Component, name, value string) *ical.Prop {
	prop := ical.NewProp(name)
	prop.Value = value
	component.Props.Set(prop)
	return prop
}
