package calendar

import (
	"slices"

	"github.com/emersion/go-ical"
)

// rawCalendar is one VCALENDAR as it was sent: the parts of it that matter here, with their properties in order.
type rawCalendar struct {
	props  properties
	events []properties
	zones  []*rawZone
}

type rawZone struct {
	props    properties
	standard []properties
	daylight []properties
}

// properties keeps properties in their order, by name.
type properties map[string][]ical.Prop

// wanted are the properties that somebody here asks about.
var wanted = []string{
	ical.PropMethod, "X-WR-TIMEZONE", ical.PropUID, ical.PropSequence, ical.PropDateTimeStamp, ical.PropRecurrenceID,
	ical.PropDateTimeStart, ical.PropDateTimeEnd, ical.PropDuration, ical.PropOrganizer, ical.PropAttendee, ical.PropSummary,
	ical.PropLocation, ical.PropStatus, ical.PropComment, ical.PropTimezoneID, ical.PropTimezoneOffsetFrom,
	ical.PropTimezoneOffsetTo, ical.PropRecurrenceRule, ical.PropRecurrenceDates,
}

func (p properties) add(prop ical.Prop) {
	if p != nil {
		p[prop.Name] = append(p[prop.Name], prop)
	}
}

// first is the first property of a name that has a value: some clients write one twice.
func (p properties) first(name string) ical.Prop {
	for _, prop := range p[name] {
		if prop.Value != "" {
			return prop
		}
	}
	return ical.Prop{Name: name}
}

func (c *rawCalendar) method() string { return word(c.props.first(ical.PropMethod).Value) }

// tree sorts content lines into calendars, whether or not every component is closed.
type tree struct {
	calendars []*rawCalendar
	open      []component
	// isOpen counts the open components by name, so that an END that matches none costs nothing.
	isOpen map[string]int
	work   *effort
}

type component struct {
	name string
	// props is nil for a component that nobody here asks about.
	props properties
}

func newTree(work *effort) *tree { return &tree{isOpen: map[string]int{}, work: work} }

func (t *tree) take(prop ical.Prop) {
	switch prop.Name {
	case "BEGIN":
		t.begin(word(prop.Value))
	case "END":
		t.end(word(prop.Value))
	default:
		if len(t.open) > 0 && slices.Contains(wanted, prop.Name) {
			t.open[len(t.open)-1].props.add(prop)
		}
	}
}

func (t *tree) begin(name string) {
	switch name {
	case ical.CompCalendar:
		t.closeAll()
		t.calendar()
	case ical.CompEvent, ical.CompTimezone, ical.CompToDo, ical.CompFreeBusy, ical.CompJournal:
		t.closeTo(ical.CompCalendar)
		t.push(name, t.topLevel(name))
	case ical.CompTimezoneStandard, ical.CompTimezoneDaylight:
		t.push(name, t.observance(name))
	default:
		t.push(name, nil)
	}
}

func (t *tree) end(name string) {
	if t.isOpen[name] == 0 {
		return
	}
	t.closeTo(name)
	t.pop()
}

// calendar opens a new calendar.
func (t *tree) calendar() *rawCalendar {
	calendar := &rawCalendar{props: properties{}}
	t.calendars = append(t.calendars, calendar)
	t.push(ical.CompCalendar, calendar.props)
	return calendar
}

// topLevel makes room for a component of a calendar, which is opened if the sender forgot to.
func (t *tree) topLevel(name string) properties {
	if len(t.calendars) == 0 {
		t.calendar()
	}
	calendar := t.calendars[len(t.calendars)-1]
	props := properties{}
	switch name {
	case ical.CompEvent:
		calendar.events = append(calendar.events, props)
	case ical.CompTimezone:
		calendar.zones = append(calendar.zones, &rawZone{props: props})
	default:
		return nil
	}
	return props
}

// observance makes room for a rule of the zone that is open.
func (t *tree) observance(name string) properties {
	if t.isOpen[ical.CompTimezone] == 0 {
		return nil
	}
	t.closeTo(ical.CompTimezone)
	zones := t.calendars[len(t.calendars)-1].zones
	zone, props := zones[len(zones)-1], properties{}
	if name == ical.CompTimezoneDaylight {
		zone.daylight = append(zone.daylight, props)
	} else {
		zone.standard = append(zone.standard, props)
	}
	return props
}

func (t *tree) push(name string, props properties) {
	t.open = append(t.open, component{name, props})
	t.isOpen[name]++
	*t.work++
}

func (t *tree) pop() {
	t.isOpen[t.open[len(t.open)-1].name]--
	t.open = t.open[:len(t.open)-1]
	*t.work++
}

// closeTo closes what is open inside the innermost component of that name; everything if there is none.
func (t *tree) closeTo(name string) {
	for len(t.open) > 0 && t.open[len(t.open)-1].name != name {
		t.pop()
	}
}

func (t *tree) closeAll() {
	for len(t.open) > 0 {
		t.pop()
	}
}
