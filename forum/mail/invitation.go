package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/templates"
)

// invitation writes what calls someone to a meeting, changes that, or calls it off.
func (w Writer) invitation(f forum.InvitationFacts) (Draft, error) {
	object, err := w.calendarObject(f)
	if err != nil {
		return Draft{}, err
	}
	var letter templates.Letter
	switch {
	case f.Change == forum.Request && f.Update:
		letter = w.updateLetter(f)
	case f.Change == forum.Request:
		letter = w.invitationLetter(f)
	case f.Reason != "":
		letter = w.cancellationLetter(f)
	case f.InPlace != "":
		letter = w.releaseLetter(f)
	default:
		letter = w.withdrawalLetter(f)
	}
	return Draft{
		Letter: w.withConfirmation(letter, f), Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person, Method: string(f.Change), Calendar: object,
	}, nil
}

func (w Writer) invitationLetter(f forum.InvitationFacts) templates.Letter {
	letter := w.Begin(f.Forum, w.answerWanted(f, "mail.invitation.subject", "mail.invitation.subject_due"), w.whenAndWhere(f))
	var intro string
	switch {
	case f.InPlace != "":
		intro = w.T("mail.invitation.substitute.intro", "Member", f.InPlace, "Forum", f.Forum, "Day", w.Day(f.Start))
	case f.Chairs:
		intro = w.T("mail.invitation.intro_chair", "Forum", f.Forum, "Day", w.Day(f.Start))
	case f.Required:
		intro = w.T("mail.invitation.intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	default:
		intro = w.T("mail.invitation.intro_observer", "Forum", f.Forum, "Day", w.Day(f.Start))
	}
	letter.Paragraphs = append([]string{intro, w.T("mail.invitation.answer") + w.answerDue(f)}, w.itemsWanted(f)...)
	return w.withMeeting(letter, f)
}

func (w Writer) updateLetter(f forum.InvitationFacts) templates.Letter {
	letter := w.Begin(f.Forum, w.answerWanted(f, "mail.update.subject", "mail.update.subject_due"), w.whenAndWhere(f))
	letter.Paragraphs = append([]string{w.T("mail.update.intro", "Forum", f.Forum), w.T("mail.update.answer") + w.answerDue(f)}, w.itemsWanted(f)...)
	return w.withMeeting(letter, f)
}

// answerWanted is the subject of a letter that asks for an answer: until when, where there is a limit.
func (w Writer) answerWanted(f forum.InvitationFacts, unlimited, limited string) string {
	if f.AnswerBy.IsZero() {
		return w.T(unlimited, "Forum", f.Forum, "Moment", w.Moment(f.Start))
	}
	return w.T(limited, "Due", w.By(f.AnswerBy), "Forum", f.Forum, "Date", w.DayMonth(f.Start))
}

// answerDue says until when to answer, and what comes after; nothing where nobody waits for it.
func (w Writer) answerDue(f forum.InvitationFacts) string {
	if f.AnswerBy.IsZero() {
		return ""
	}
	return " " + w.T("mail.invitation.due", "Due", w.Moment(f.AnswerBy))
}

func (w Writer) cancellationLetter(f forum.InvitationFacts) templates.Letter {
	intro := w.T("mail.cancellation.intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	letter := w.Begin(f.Forum, w.T("mail.cancellation.subject", "Forum", f.Forum, "Moment", w.Moment(f.Start)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.cancellation.next")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.reason"), Value: f.Reason}}
	letter.Actions = []templates.Link{w.meetingPage(f)}
	letter.Footer = w.T("mail.footer.called_off", "Forum", f.Forum)
	return letter
}

// withdrawalLetter tells someone whose seat ended that the meeting, which takes place, is no longer theirs.
func (w Writer) withdrawalLetter(f forum.InvitationFacts) templates.Letter {
	intro := w.T("mail.withdrawal.intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	letter := w.Begin(f.Forum, w.T("mail.withdrawal.subject", "Forum", f.Forum, "Moment", w.Moment(f.Start)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.withdrawal.next")}
	letter.Footer = w.T("mail.footer.called_off", "Forum", f.Forum)
	return letter
}

// releaseLetter tells a substitute that the place which they were called up to is filled.
func (w Writer) releaseLetter(f forum.InvitationFacts) templates.Letter {
	intro := w.T("mail.release.intro", "Member", f.InPlace, "Forum", f.Forum, "Day", w.Day(f.Start))
	letter := w.Begin(f.Forum, w.T("mail.release.subject", "Forum", f.Forum, "Moment", w.Moment(f.Start)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.release.next")}
	letter.Footer = w.T("mail.footer.called_off", "Forum", f.Forum)
	return letter
}

// withMeeting adds when, where and how, the way to the meeting's page, and to the remote room.
func (w Writer) withMeeting(letter templates.Letter, f forum.InvitationFacts) templates.Letter {
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.when"), Value: w.Between(f.Start, f.End)}}
	if f.Place != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Place})
	}
	if f.Form != forum.Ordinary {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.form"), Value: w.T("meeting_form." + string(f.Form))})
	}
	if f.ItemsDue.After(w.at) {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.items_due"), Value: w.DateLong(f.ItemsDue)})
	}
	if f.Link != "" {
		letter.Actions = append(letter.Actions, templates.Link{Label: w.T("mail.label.room"), URL: f.Link})
	}
	letter.Actions = append(letter.Actions, w.meetingPage(f))
	letter.Footer = w.T("mail.footer.invited", "Forum", f.Forum)
	return letter
}

// itemsWanted says until when to propose matters; nothing to who may not.
func (w Writer) itemsWanted(f forum.InvitationFacts) []string {
	switch {
	case !f.MayPropose:
		return nil
	case f.ItemsDue.After(w.at):
		return []string{w.T("mail.invitation.items", "Address", f.Address, "Due", w.Day(f.ItemsDue))}
	}
	return []string{w.T("mail.invitation.items_over", "Due", w.Day(f.ItemsDue))}
}

func (w Writer) meetingPage(f forum.InvitationFacts) templates.Link {
	return templates.Link{Label: w.T("mail.action.meeting"), URL: w.MeetingURL(f.Meeting)}
}

func (w Writer) whenAndWhere(f forum.InvitationFacts) string {
	return strings.TrimSuffix(w.Between(f.Start, f.End)+", "+f.Place, ", ")
}

// calendarObject is the invitation as this one receiver's calendar gets it (iTIP, RFC 5546 § 3.2.2 and § 3.2.5). Answers
// go to the forum's address with the receiver's own token.
func (w Writer) calendarObject(f forum.InvitationFacts) ([]byte, error) {
	role := calendar.Required
	switch {
	case f.Chairs:
		role = calendar.Chair
	case !f.Required:
		role = calendar.Optional
	}
	description := w.T("mail.invitation.page", "URL", w.MeetingURL(f.Meeting))
	switch {
	case f.Reason != "":
		description = f.Reason
	case f.ItemsDue.After(w.at):
		description = strings.Join(append(w.itemsWanted(f), description), "\n\n")
	}
	if f.InPlace != "" && f.Change == forum.Request {
		description = w.T("mail.invitation.substitute.note", "Member", f.InPlace) + "\n\n" + description
	}
	return calendar.Invitation{
		Method: calendar.Method(f.Change), UID: f.UID, Sequence: f.Sequence, Stamp: f.Stamp, Start: f.Start, End: f.End,
		Summary: w.T("mail.invitation.summary", "Forum", f.Forum), Description: description, Location: f.Place, ConferenceURL: f.Link,
		Language:  string(w.Language()),
		Organizer: calendar.Organizer{Name: f.Forum, Address: forum.TokenAddress(f.Address, f.Token)},
		Attendees: []calendar.Invitee{{Name: f.Person, Address: f.To, Role: role, RSVP: true}},
	}.Encode()
}
