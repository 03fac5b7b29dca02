package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// ruling is what is to be done with a mail: one of note, hold, await, author and given says it, and with an author given as well.
type ruling struct {
	note   string              // text key: automatic, kept and no more
	hold   string              // text key: waits for a secretary
	author forum.PersonID      // who acts by it
	answer bool                // it is the author's answer to an invitation, else a matter
	about  forum.MeetingID     // whose address the answer came to, 0 for none
	given  *forum.AddressToken // it is for the handler of this address's purpose
	await  bool                // its author could not be found out for now
	back   comingBack          // it is a report on a message of ours
	tell   bool                // whether the writer hears that it is held
}

// isItem tells whether the mail is to become a matter.
func (r ruling) isItem() bool { return r.author != 0 && !r.answer && r.given == nil }

// rule decides about a mail. Nothing may act for a person but mail that a trusted relay or we have found to be from them, or that
// came to an address which only they were given, or of which a secretary said so; everything else is held, and automatic
// mail changes nothing and gets no answer.
func (r *Reader) rule(ctx context.Context, tx forum.Tx, mail *forum.Incoming, m *Message) (ruling, error) {
	kind := kindWithEnvelope(m.Kind, mail.Envelope)
	if back, err := returnOf(ctx, tx, mail, m); err != nil || back.message != 0 {
		return ruling{back: back}, err
	}
	if !kind.MayAct() && kind != Unreadable {
		return ruling{note: "noted." + string(kind)}, nil
	}
	answers := kind == RSVP || kind == Counter
	token, err := tokenOf(ctx, tx, mail)
	if err != nil {
		return ruling{}, err
	}
	if !token.isGiven && mail.SpeaksFor == 0 {
		if token, err = r.answeredToken(ctx, tx, mail, m); err != nil {
			return ruling{}, err
		}
	}
	by, handled := r.handler(token.Purpose)
	if mail.SpeaksFor != 0 {
		if handled && by.Admit == nil {
			return ruling{hold: "held.not_by_release"}, nil // what such an address does is its owner's alone
		}
		return released(mail, m, answers), nil
	}
	writer, err := writerOf(ctx, tx, m)
	if err != nil {
		return ruling{}, err
	}
	if by.Admit != nil {
		hold, err := by.Admit(ctx, tx, token.AddressToken, m)
		if err != nil || hold != "" {
			return ruling{hold: hold}, err
		}
		return ruling{given: &token.AddressToken}, nil
	}
	isOwn := writer != 0 && token.PersonID == writer
	// Mail from anywhere is answered only when it is its author's: a forged sender would get our answers.
	isForged := mail.Verdict != "" && m.Auth.Verdict != AuthPass
	tell := kind.MayAct() && mail.Envelope != "" && m.FromCount == 1 && !isForged
	switch {
	case m.Held != "":
		return ruling{hold: m.Held, tell: tell}, nil
	case m.FromCount != 1:
		return ruling{hold: "held.no_single_author"}, nil
	case !isOwn && m.Auth.Verdict == AuthTemporary:
		return ruling{await: true}, nil
	case !isOwn && m.Auth.Verdict != AuthPass:
		return ruling{hold: HeldUnauthenticated, tell: tell}, nil
	case writer == 0:
		return ruling{hold: "held.unknown_sender", tell: tell}, nil
	case token.isGiven && !isOwn:
		return ruling{hold: "held.wrong_token", tell: tell}, nil
	case answers:
		return ruling{author: writer, answer: true, about: token.meeting}, nil
	case isInvitation(m):
		return ruling{hold: "held.invitation"}, nil
	case handled:
		return ruling{author: writer, given: &token.AddressToken}, nil
	case kind == Reply || token.isGiven:
		return ruling{hold: "held.reply"}, nil
	}
	return r.unlessRepeated(ctx, tx, mail, m, ruling{author: writer, tell: tell})
}

// unlessRepeated notes a mail that the forum made a matter of already: a relay that was not sure of our answer sends again.
func (r *Reader) unlessRepeated(ctx context.Context, tx forum.Tx, mail *forum.Incoming, m *Message, rule ruling) (ruling, error) {
	id := bareID(m.MessageID)
	if id == "" {
		return rule, nil
	}
	taken, err := tx.WasTaken(ctx, mail.ForumID, m.From.Address, id)
	if err != nil || !taken {
		return rule, err
	}
	return ruling{note: "noted.repeat"}, nil
}

// isInvitation tells whether a calendar speaks of a meeting of its own, in which nothing is proposed to a forum.
func isInvitation(m *Message) bool {
	return m.Calendar != nil && m.Calendar.Method != ""
}

// kindWithEnvelope takes mail without a return path, of which a person's calendar may be the sender but not a person, for a
// machine's (RFC 5321 § 4.5.5).
func kindWithEnvelope(kind Kind, envelope string) Kind {
	if envelope == "" && (kind == Item || kind == Reply) {
		return AutoReply
	}
	return kind
}

// released is what becomes of a mail that a secretary let through. The secretary has seen what it holds; what could not be
// read cannot be let through.
func released(mail *forum.Incoming, m *Message, answers bool) ruling {
	if m.Held != "" && m.Held != HeldIdentityNumber {
		return ruling{hold: m.Held}
	}
	return ruling{author: mail.SpeaksFor, answer: answers}
}

// authOf is whether the mail is from whom its From field names: what we found when it came straight from outside, else what a relay that is named says when the mail comes from one.
func (r *Reader) authOf(mail *forum.Incoming, m *Message) Auth {
	switch {
	case mail.Verdict != "":
		return Auth{Verdict(mail.Verdict), mail.VerdictDetail}
	case !mail.Trusted:
		return Auth{AuthNone, "not by a named relay"}
	case r.Demo:
		return Auth{AuthPass, "demonstration"}
	}
	return m.Auth
}

// writerOf is the person whose address a mail is from, 0 for nobody known.
func writerOf(ctx context.Context, tx forum.Tx, m *Message) (forum.PersonID, error) {
	if m.From.Address == "" {
		return 0, nil
	}
	person, err := forum.WriterOf(ctx, tx, m.From.Address)
	if forum.IsKind(err, forum.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return person.ID, nil
}

// addressToken is what the recipient address says of who may write to it.
type addressToken struct {
	forum.AddressToken // zero when the token is unknown, or another forum's
	isGiven            bool
	meeting            forum.MeetingID // to answer to, 0 for a token of another purpose
}

func tokenOf(ctx context.Context, tx forum.Tx, mail *forum.Incoming) (addressToken, error) {
	_, secret, err := forum.ForumAt(ctx, tx, mail.Recipient)
	if forum.IsKind(err, forum.NotFound) { // the forum has moved to another address
		_, secret = forum.SplitTokenAddress(mail.Recipient)
	} else if err != nil {
		return addressToken{}, err
	}
	if secret == "" {
		return addressToken{}, nil
	}
	return givenToken(ctx, tx, mail, secret)
}

func givenToken(ctx context.Context, tx forum.Tx, mail *forum.Incoming, secret string) (addressToken, error) {
	token, err := tx.AddressToken(ctx, secret)
	if forum.IsKind(err, forum.NotFound) || err == nil && token.ForumID != mail.ForumID {
		return addressToken{isGiven: true}, nil
	}
	if err != nil {
		return addressToken{}, err
	}
	given := addressToken{AddressToken: *token, isGiven: true}
	if token.Purpose == forum.AnswerPurpose {
		given.meeting = forum.MeetingID(token.Subject)
	}
	return given, nil
}
