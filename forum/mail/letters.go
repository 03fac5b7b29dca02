package mail

import (
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// Writer writes the letters of one message: in its receiver's language, as of
// the instant at which the message was made.
type Writer struct {
	templates.Text
	URL string // of the installation, without a slash at the end
	at  time.Time
}

func newWriter(m *forum.Message, url string) Writer {
	return Writer{templates.In(templates.Language(m.Language)), strings.TrimSuffix(url, "/"), m.CreatedAt}
}

// Begin is a letter with the greeting and the closing that all share.
func (w Writer) Begin(forumName, subject, preheader string) templates.Letter {
	return templates.Letter{
		Text: w.Text, Subject: subject, Preheader: preheader, Greeting: w.T("mail.greeting"), Closing: w.T("mail.closing", "Forum", forumName),
	}
}

// Day names a Day as it is spoken, with the year where it is another than the letter's own.
func (w Writer) Day(at time.Time) string {
	local := at.In(templates.Oslo)
	if local.Year() != w.at.In(templates.Oslo).Year() {
		return w.DateLong(at)
	}
	return w.T("mail.day", "Weekday", w.Weekday(local.Weekday()), "Day", local.Day(), "Month", w.Month(local.Month()))
}

// Moment is a day with its clock time.
func (w Writer) Moment(at time.Time) string {
	return w.T("mail.moment", "Day", w.Day(at), "Clock", w.Clock(at))
}

// DayMonth names a day as briefly as a subject needs, with the year where it is another than the letter's own.
func (w Writer) DayMonth(at time.Time) string {
	local := at.In(templates.Oslo)
	if local.Year() != w.at.In(templates.Oslo).Year() {
		return w.T("mail.date_year", "Day", local.Day(), "Month", w.Month(local.Month()), "Year", local.Year())
	}
	return w.T("mail.date", "Day", local.Day(), "Month", w.Month(local.Month()))
}

// By names a deadline in a subject: the day alone where it lasts through it, else the clock time too.
func (w Writer) By(deadline time.Time) string {
	if deadline.Equal(forum.DateOf(deadline).EndOf()) {
		return w.DayMonth(deadline)
	}
	return w.T("mail.by", "Date", w.DayMonth(deadline), "Clock", w.Clock(deadline))
}

func (w Writer) MeetingURL(id forum.MeetingID) string { return w.URL + pages.MeetingAddress(id) }

func (w Writer) MatterURL(id forum.MatterID) string { return w.URL + pages.MatterAddress(id) }

// longestInSubject is how much of a title stands in a subject, in characters.
const longestInSubject = 90

func InSubject(title string) string { return cutWords(oneLine(title), longestInSubject) }

// cutWords shortens text to at most the characters given, between words where it can, and says so with an ellipsis.
func cutWords(text string, most int) string {
	characters := []rune(text)
	if len(characters) <= most {
		return text
	}
	cut := string(characters[:most-1])
	if at := strings.LastIndexAny(cut, " \n\t"); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " \n\t,.;:–-") + "…"
}
