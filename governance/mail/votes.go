package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/governance"
)

// ballotLetter is a letter about a ballot, with the matter.
func ballotLetter(w mail.Writer, f governance.BallotFacts, subject, intro string) mail.Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.matter"), Value: f.Title}}
	if f.Number != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.number"), Value: f.Number})
	}
	letter.Quote = f.Text
	letter.Footer = w.T("mail.ballot.footer", "Forum", f.Forum)
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person}
}

// byLink adds the way to vote: a link of the receiver's own, or of an exempt matter the page behind the sign-in.
func byLink(w mail.Writer, f governance.BallotFacts, d mail.Draft) mail.Draft {
	if f.Basis != "" {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot.exempt", "Basis", f.Basis))
		d.Letter.Actions = []templates.Link{{Label: w.T("mail.ballot.sign_in"), URL: w.URL + pages.BallotAddress(f.Ballot, "")}}
		return d
	}
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot.how"))
	d.Letter.Actions = []templates.Link{{Label: w.T("mail.ballot.action"), URL: w.URL + pages.VotingAddress(f.Link, "")}}
	return d
}

// ballotOpened asks for a vote in a written procedure.
func ballotOpened(w mail.Writer, f governance.BallotFacts) (mail.Draft, error) {
	subject := w.T("mail.ballot.subject", "By", w.By(f.Deadline), "Title", mail.InSubject(f.Title))
	d := byLink(w, f, ballotLetter(w, f, subject, w.T("mail.ballot.intro", "Forum", f.Forum, "Deadline", w.Moment(f.Deadline))))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot.silence"))
	return d, nil
}

// ballotReminder reminds who has not voted.
func ballotReminder(w mail.Writer, f governance.BallotFacts) (mail.Draft, error) {
	subject := w.T("mail.ballot_reminder.subject", "By", w.By(f.Deadline), "Title", mail.InSubject(f.Title))
	return byLink(w, f, ballotLetter(w, f, subject, w.T("mail.ballot_reminder.intro", "Forum", f.Forum, "Deadline", w.Moment(f.Deadline)))), nil
}

// ballotResult tells how a written procedure ended, and why.
func ballotResult(w mail.Writer, f governance.BallotFacts) (mail.Draft, error) {
	outcome := w.T("ended." + f.Ended)
	intro := "mail.ballot_result.intro"
	if f.Meeting {
		intro = "mail.ballot_result.in_meeting"
	}
	d := ballotLetter(w, f, w.T("mail.ballot_result.subject", "Outcome", outcome, "Title", mail.InSubject(f.Title)), w.T(intro, "Forum", f.Forum, "Outcome", outcome))
	switch {
	case f.Stopped != "":
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("error.ballot.stopped."+string(f.Stopped)))
	case f.Why != "":
		where := w.T("level.whole")
		if f.Where != "" {
			where = w.T("level." + string(f.Where))
		}
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("explain.why."+string(f.Why), "Where", where))
	case f.Elected != "":
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot_result.elected", "Name", f.Elected))
	}
	if f.Stopped == "" && !f.Meeting {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot_result.reported"))
	}
	d.Letter.Actions = []templates.Link{{Label: w.T("mail.ballot_result.action"), URL: w.URL + pages.BallotAddress(f.Ballot, "")}}
	if f.Meeting {
		d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	}
	if f.Ladder {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ballot_result.ladder"))
		d.Letter.Actions = append(d.Letter.Actions, templates.Link{Label: w.T("mail.ballot_result.open_ladder"), URL: w.URL + pages.LadderOfferAddress(f.Matter, f.Motion)})
	}
	return d, nil
}

// ballotCode sends the code that makes a link the receiver's own.
func ballotCode(w mail.Writer, f governance.VotingCodeFacts) (mail.Draft, error) {
	intro := w.T("mail.ballot_code.intro", "Until", w.Moment(f.Until))
	letter := w.Begin(f.Forum, w.T("mail.ballot_code.subject", "Until", w.Moment(f.Until)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.ballot_code.stranger")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.code"), Value: f.Code}}
	letter.Footer = w.T("mail.ballot.footer", "Forum", f.Forum)
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}, nil
}

// ballotRefused tells somebody who answered by mail that this is no vote, and why.
func ballotRefused(w mail.Writer, f governance.BallotFacts) (mail.Draft, error) {
	d := ballotLetter(w, f, w.T("mail.ballot_refused.subject", "Title", mail.InSubject(f.Title)), w.T("mail.ballot_refused.intro", "Trouble", w.T(f.Trouble)))
	if f.Link == "" {
		return d, nil
	}
	return byLink(w, f, d), nil
}

// ballotAnswers have the mails that answer one about a ballot. They are no votes; a secretary reads what they say.
var ballotAnswers = mail.Handler{
	Take: func(ctx context.Context, tx forum.Tx, given mail.Given) (forum.IncomingState, error) {
		id := governance.BallotID(given.Token.Subject)
		if err := governance.RefuseMailedVote(ctx, governance.In(tx), id, given.Token.PersonID); err != nil {
			return "", err
		}
		return forum.HeldMail, forum.HoldMail(ctx, tx, given.ID, given.Reading, "held.ballot_answer", false)
	},
}
