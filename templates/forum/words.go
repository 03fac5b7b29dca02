package forum

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// level is a level of the forum as the components show it.
func level(l forum.Level) templates.Level { return templates.Level(l) }

// capitalised is text with a capital in front.
func capitalised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func capacityName(t templates.Text, c forum.Capacity) string { return t.T("capacity." + string(c)) }

func capacityNames(t templates.Text, capacities []forum.Capacity) string {
	names := make([]string, len(capacities))
	for i, c := range capacities {
		names[i] = capacityName(t, c)
	}
	return strings.Join(names, ", ")
}

// standingNames are the capacities of standings, each once.
func standingNames(t templates.Text, standings []forum.Standing) string {
	var names []string
	seen := map[forum.Capacity]bool{}
	for _, s := range standings {
		if !seen[s.Capacity] {
			seen[s.Capacity] = true
			names = append(names, capacityName(t, s.Capacity))
		}
	}
	return strings.Join(names, ", ")
}

var meetingTones = map[forum.MeetingState]templates.Tone{
	forum.DraftMeeting: templates.Warning, forum.CalledMeeting: templates.Success, forum.AgendaSent: templates.Success,
	forum.HeldMeeting: templates.Neutral, forum.MinutesOut: templates.Neutral, forum.ApprovedMeeting: templates.Neutral,
	forum.CancelledMeeting: templates.Danger,
}

var messageTones = map[forum.MessageState]templates.Tone{
	forum.Queued: templates.Info, forum.HandedOver: templates.Success, forum.KeptHere: templates.Neutral, forum.Failed: templates.Danger,
	forum.CameBack: templates.Danger, forum.Stopped: templates.Warning,
}

var matterTones = map[forum.MatterState]templates.Tone{
	forum.Proposed: templates.Info, forum.Placed: templates.Success, forum.Returned: templates.Warning, forum.Merged: templates.Neutral,
}

// moments tells a history; times and reasons among the details are said as
// people say them.
func moments(t templates.Text, deeds []forum.Deed) []templates.Moment {
	list := make([]templates.Moment, len(deeds))
	for i, d := range deeds {
		moment := templates.Moment{At: d.At, What: t.T("deed."+d.Deed, deedValues(t, d)...), Who: d.By, Level: level(d.Level)}
		if reason := reasonOf(t, d); reason != "" {
			moment.Detail = paragraph(reason)
		}
		list[len(list)-1-i] = moment
	}
	return list
}

func deedValues(t templates.Text, d forum.Deed) []any {
	var values []any
	for name, value := range d.Details {
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			value = t.DateTime(at)
		}
		values = append(values, name, value)
	}
	return values
}

// reasonOf is the reason of a deed: of mail a text key, of all else what
// somebody wrote.
func reasonOf(t templates.Text, d forum.Deed) string {
	reason := d.Details["Reason"]
	if reason != "" && d.Object.Kind == forum.MailObject(0).Kind {
		return t.T(reason)
	}
	return reason
}

// papersOf lists documents with the addresses to open them at; for those that are
// withheld what stands in for them.
func papersOf(t templates.Text, documents []forum.Document) []templates.Paper {
	papers := make([]templates.Paper, len(documents))
	for i, d := range documents {
		if d.StandsIn() {
			papers[i] = templates.Paper{Name: standIn(t, d)}
			continue
		}
		papers[i] = templates.Paper{Name: d.Name, URL: PaperAddress(d.ID), Type: typeName(d.Name), Bytes: d.Size, Tags: accessTags(t, d)}
	}
	return papers
}

// typeName is the file ending in capitals, which people know better than media types.
func typeName(file string) string {
	at := strings.LastIndexByte(file, '.')
	if at < 0 || len(file)-at > 6 {
		return ""
	}
	return strings.ToUpper(file[at+1:])
}

// matterNumber is what a matter is called: its number, or that of its intake.
func matterNumber(m forum.Matter) string {
	if m.Number != "" {
		return m.Number
	}
	return m.Intake
}

// meetingWhen is a meeting's time in a list.
func meetingWhen(t templates.Text, m forum.Meeting) string { return t.Between(m.Start, m.End) }

// meetingPlace is where a meeting is, its room before its link.
func meetingPlace(m forum.Meeting) string {
	if m.Place != "" {
		return m.Place
	}
	return m.Link
}
