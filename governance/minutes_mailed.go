package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// TakeMailedMinutesAnswer does what the mail of somebody who was there says of a
// round of minutes, answers with a receipt of what was understood, and marks the
// mail understood in the same transaction.
func TakeMailedMinutesAnswer(
	ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, round MinutesRoundID, saying MinutesSaying,
) error {
	mail, err := forum.AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	r, d, err := answerMinutes(ctx, tx, forum.AsPerson(sender), round, saying, forum.ByMail, id)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason = reading, forum.Understood, ""
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	return sendMinutesReceipt(ctx, tx, sender, r, d, MinutesPurpose, func(f *MinutesFacts) { f.Reply, f.Text = saying.Reply, saying.Text })
}

// TakeMailedMinutesWord is the same for the mail of a key-holder.
func TakeMailedMinutesWord(
	ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, round MinutesRoundID, saying MinutesKeySaying,
) error {
	mail, err := forum.AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	of, err := turnMinutesKey(ctx, tx, forum.AsPerson(sender), round, saying, forum.ByMail, id)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason = reading, forum.Understood, ""
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	r, d, err := lockRound(ctx, tx, forum.AsPerson(sender), round)
	if err != nil {
		return err
	}
	return sendMinutesReceipt(ctx, tx, sender, r, d, MinutesKeyPurpose, func(f *MinutesFacts) {
		f.Key, f.Text, f.Approved, f.Deadline = saying.Answer, saying.Reason, of.State == ApprovedMinutes, r.Deadline
	})
}

// HoldMailedMinutes keeps a mail about minutes that changed nothing for the
// secretaries, and tells its writer why.
func HoldMailedMinutes(
	ctx context.Context, tx Tx, id forum.IncomingID, token forum.AddressToken, reading forum.Reading, trouble *forum.Error,
) error {
	if err := forum.HoldMail(ctx, tx, id, reading, "held.minutes_refused", false); err != nil {
		return err
	}
	r, d, err := lockRound(ctx, tx, forum.AsPerson(token.PersonID), MinutesRoundID(token.Subject))
	if err != nil {
		return err
	}
	return sendMinutesReceipt(ctx, tx, token.PersonID, r, d, token.Purpose, func(f *MinutesFacts) { f.Trouble, f.Args = trouble.Key, trouble.Args })
}

func sendMinutesReceipt(
	ctx context.Context, tx Tx, to forum.PersonID, round *MinutesRound, d *minutesDesk, of forum.Purpose, more func(*MinutesFacts),
) error {
	in, facts, err := minutesFacts(ctx, tx, d.meeting, d.minutes)
	if err != nil {
		return err
	}
	person, err := tx.Person(ctx, to)
	if err != nil {
		return err
	}
	facts.Person, facts.ForKey = person.Name, of == MinutesKeyPurpose
	if facts.Token, err = minutesToken(ctx, tx, of, round, to, in.ID); err != nil {
		return err
	}
	more(&facts)
	return forum.Send(ctx, tx, in, person, MinutesReceiptMessage, facts)
}
