package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// agendaPackage writes what brings an edition: agenda and papers, a supplement,
// or a correction, with the update of the receiver's calendar in it.
func (w Writer) agendaPackage(f forum.PackageFacts) (Draft, error) {
	key := "mail.package." + string(f.Sort)
	letter := w.Begin(f.Forum, w.T(key+".subject", "Forum", f.Forum, "Moment", w.Moment(f.Start)), w.whenAndWhere(f.InvitationFacts))
	letter.Paragraphs = w.packageIntro(f, key)
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.when"), Value: w.Between(f.Start, f.End)}}
	if f.Place != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Place})
	}
	d := Draft{Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person}
	letter.Footer = w.T("mail.footer.invited", "Forum", f.Forum)
	if f.Copy == "" { // the receiver has no place at the meeting any more
		letter.Footer = w.T("mail.package.footer_gone", "Forum", f.Forum)
		d.Letter = letter
		return d, nil
	}
	letter.Listed = templates.Listed{Heading: w.T("mail.package.agenda"), Lines: w.packageLines(f)}
	letter.Paragraphs = append(letter.Paragraphs, w.packageFiles(f)...)
	if f.Link != "" {
		letter.Actions = append(letter.Actions, templates.Link{Label: w.T("mail.label.room"), URL: f.Link})
	}
	letter.Actions = append([]templates.Link{{Label: w.T("mail.package.open"), URL: w.copyURL(f.Copy)}}, letter.Actions...)
	object, err := w.packageCalendar(f)
	d.Letter, d.Calendar, d.Method, d.Papers = letter, object, string(forum.Request), f.Files
	return d, err
}

// packageIntro says what this mail is, and what the secretary wrote along with it.
func (w Writer) packageIntro(f forum.PackageFacts, key string) []string {
	if f.Copy == "" {
		key = "mail.package.gone"
	}
	intro := []string{w.T(key+".intro", "Forum", f.Forum, "Day", w.Day(f.Start))}
	if f.Replaces != "" {
		intro = append(intro, w.T("mail.package.replaces", "Subject", f.Replaces))
	}
	if f.Text != "" {
		intro = append(intro, f.Text)
	}
	if f.Changed && f.Copy != "" {
		intro = append(intro, w.T("mail.package.changed"))
	}
	return intro
}

// packageFiles says where the papers are.
func (w Writer) packageFiles(f forum.PackageFacts) []string {
	var said []string
	switch {
	case f.Larger:
		said = append(said, w.T("mail.package.larger"))
	case len(f.Files) == 0 && len(f.Apart) == 0:
		return []string{w.T("mail.package.no_files")}
	case len(f.Files) > 0:
		attached, _ := w.papers(f.Files)
		said = append(said, w.T("mail.package.attached")+"\n"+strings.Join(attached, "\n"))
	}
	if left, _ := w.papers(f.Apart); len(left) > 0 {
		said = append(said, w.T("mail.package.apart")+"\n"+strings.Join(left, "\n"))
	}
	return said
}

// packageLines are the lines of the agenda: when, what, and with which papers.
func (w Writer) packageLines(f forum.PackageFacts) (lines []templates.Fact) {
	for _, l := range f.Lines {
		value := []string{w.lineTitle(l)}
		for _, name := range l.Papers {
			value = append(value, "– "+oneLine(name))
		}
		if l.Exempt {
			value = append(value, w.T("mail.package.exempt_title", "Basis", l.Basis))
		}
		if len(l.Behind) > 0 {
			value = append(value, w.exempt(l.Behind))
		}
		lines = append(lines, templates.Fact{Label: w.TimeOfDay(l.Start), Value: strings.Join(value, "\n")})
	}
	return lines
}

// exempt says that papers stay behind, and on which legal basis.
func (w Writer) exempt(bases []string) string {
	said := w.N("mail.package.exempt", len(bases))
	if named := legalBases(bases); named != "" {
		said += " (" + named + ")"
	}
	return said
}

// lineTitle is what a line deals with, marked if it changed.
func (w Writer) lineTitle(l forum.PackageLine) string {
	title := strings.TrimSpace(l.Number + " " + pages.LineTitle(w.Text, l.What, l.Level, oneLine(l.Title)))
	if l.Changed {
		return w.T("mail.package.changed_line", "Title", title)
	}
	return title
}

func (w Writer) copyURL(link string) string { return w.URL + pages.CopyAddress(link) }

// answered is what calendars call an answer (RFC 5545 § 3.2.12).
var answered = map[forum.Reply]calendar.PartStat{forum.Coming: calendar.Accepted, forum.NotComing: calendar.Declined, forum.Unsure: calendar.Tentative}

// packageCalendar is the receiver's own entry with the agenda in it. Neither time
// nor place is new, so the sequence is as it was and the given answer stays (RFC
// 5546 § 2.1.4); who has not answered is asked again.
func (w Writer) packageCalendar(f forum.PackageFacts) ([]byte, error) {
	var agenda []string
	for _, l := range f.Lines {
		agenda = append(agenda, w.TimeOfDay(l.Start)+" "+w.lineTitle(l))
	}
	role := calendar.Required
	switch {
	case f.Chairs:
		role = calendar.Chair
	case !f.Required:
		role = calendar.Optional
	}
	description := w.T("mail.package.agenda") + "\n" + strings.Join(agenda, "\n") + "\n\n" + w.T("mail.package.page", "URL", w.copyURL(f.Copy))
	return calendar.Invitation{
		Method: calendar.Request, UID: f.UID, Sequence: f.Sequence, Stamp: f.Stamp, Start: f.Start, End: f.End,
		Summary: w.T("mail.invitation.summary", "Forum", f.Forum), Description: description, Location: f.Place, ConferenceURL: f.Link,
		Language:  string(w.Language()),
		Organizer: calendar.Organizer{Name: f.Forum, Address: forum.TokenAddress(f.Address, f.Token)},
		Attendees: []calendar.Invitee{{Name: f.Person, Address: f.To, Role: role, PartStat: answered[f.Reply], RSVP: f.Reply == ""}},
	}.Encode()
}
