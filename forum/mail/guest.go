package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// guest writes what invites someone to one line of an agenda, changes that, or calls it off.
func (w Writer) guest(f forum.GuestFacts) (Draft, error) {
	object, err := w.guestCalendar(f)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person, Method: string(f.Change), Calendar: object, Papers: f.Papers}
	if f.Change == forum.Cancel {
		d.Letter = w.guestCancellation(f)
	} else {
		d.Letter = w.guestInvitation(f)
	}
	d.Letter.Footer = w.T("mail.guest.footer", "Forum", f.Forum)
	return d, nil
}

func (w Writer) guestInvitation(f forum.GuestFacts) templates.Letter {
	subject, intro := w.T("mail.guest.subject", "Moment", w.Moment(f.Start), "Title", w.guestSubject(f)), w.T("mail.guest.intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	if f.Update {
		subject, intro = w.T("mail.guest.update_subject", "Moment", w.Moment(f.Start), "Title", w.guestSubject(f)), w.T("mail.guest.update_intro", "Forum", f.Forum)
	}
	letter := w.Begin(f.Forum, subject, strings.TrimSuffix(w.Between(f.Start, f.End)+", "+f.Place, ", "))
	letter.Paragraphs = []string{intro, w.T("mail.guest.calendar")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.guest.item"), Value: w.guestTitle(f)}, {Label: w.T("mail.label.when"), Value: w.Between(f.Start, f.End)}}
	if f.Place != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Place})
	}
	if f.Form != forum.Ordinary {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.form"), Value: w.T("meeting_form." + string(f.Form))})
	}
	if attached, _ := w.papers(f.Papers); len(attached) > 0 {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.papers"), Value: strings.Join(attached, "\n")})
	}
	if large, _ := w.papers(f.OnPage); len(large) > 0 {
		letter.Paragraphs = append(letter.Paragraphs, w.T("mail.guest.too_large")+"\n"+strings.Join(large, "\n"))
	}
	if len(f.Exempt) > 0 {
		letter.Paragraphs = append(letter.Paragraphs, w.N("mail.guest.exempt", len(f.Exempt)))
		if bases := legalBases(f.Exempt); bases != "" {
			letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.guest.basis"), Value: bases})
		}
	}
	if f.Link != "" {
		letter.Actions = append(letter.Actions, templates.Link{Label: w.T("mail.label.room"), URL: f.Link})
	}
	letter.Actions = append(letter.Actions, templates.Link{Label: w.T("mail.guest.page"), URL: w.guestURL(f)})
	return letter
}

func (w Writer) guestCancellation(f forum.GuestFacts) templates.Letter {
	intro := w.T("mail.guest.cancel_intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	if f.Off {
		intro = w.T("mail.guest.cancel_meeting", "Forum", f.Forum, "Day", w.Day(f.Start))
	}
	letter := w.Begin(f.Forum, w.T("mail.guest.cancel_subject", "Moment", w.Moment(f.Start), "Title", w.guestSubject(f)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.guest.cancel_next")}
	return letter
}

// legalBases are the bases of what is exempt, each once.
func legalBases(bases []string) string {
	var said []string
	seen := map[string]bool{"": true}
	for _, basis := range bases {
		if !seen[basis] {
			seen[basis] = true
			said = append(said, oneLine(basis))
		}
	}
	return strings.Join(said, ", ")
}

// guestTitle is what the line deals with; a line that has left the agenda has
// none, and the forum's name stands in.
func (w Writer) guestTitle(f forum.GuestFacts) string {
	title := pages.LineTitle(w.Text, f.What, f.Level, f.Title)
	switch {
	case title == "":
		return f.Forum
	case f.Number != "":
		return f.Number + " " + title
	}
	return title
}

func (w Writer) guestSubject(f forum.GuestFacts) string { return InSubject(w.guestTitle(f)) }

func (w Writer) guestURL(f forum.GuestFacts) string { return w.URL + pages.GuestPageAddress(f.Page) }

// guestCalendar is the guest's own invitation. Answers go to the forum's address with the guest's own token.
func (w Writer) guestCalendar(f forum.GuestFacts) ([]byte, error) {
	description := ""
	if f.Change == forum.Request {
		description = w.T("mail.guest.page_line", "URL", w.guestURL(f))
	}
	return calendar.Invitation{
		Method: calendar.Method(f.Change), UID: f.UID, Sequence: f.Sequence, Stamp: f.Stamp, Start: f.Start, End: f.End,
		Summary: f.Forum + ": " + w.guestTitle(f), Description: description, Location: f.Place, ConferenceURL: f.Link,
		Language:  string(w.Language()),
		Organizer: calendar.Organizer{Name: f.Forum, Address: forum.TokenAddress(f.Address, f.Token)},
		Attendees: []calendar.Invitee{{Name: f.Person, Address: f.To, Role: calendar.Optional, RSVP: true}},
	}.Encode()
}
