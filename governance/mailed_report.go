package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// ReportWord is what the whole of a mail about a follow-up says.
type ReportWord string

// The words. Everything that is more or less than one of the listed ones is a note.
const (
	DoneWord ReportWord = "done"
	UndoWord ReportWord = "undo"
	NoWord   ReportWord = ""
)

// TakeMailedReport does what somebody's mail about a follow-up says, answers with a
// receipt that tells what was understood and how to undo it, and marks the mail
// understood in the same transaction. A refusal changes nothing; HoldMailedReport is
// what then becomes of the mail.
func TakeMailedReport(ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, about FollowUpID, word ReportWord) error {
	mail, err := forum.AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	f, err := ours(ctx, tx, forum.AsPerson(sender), about)
	if err != nil {
		return err
	}
	f.source, f.mail = forum.ByMail, id
	said := Noted
	switch word {
	case DoneWord:
		said, err = Done, f.done(ctx, tx, "")
	case UndoWord:
		said, err = Reopened, f.reopen(ctx, tx)
	default:
		err = f.note(ctx, tx, cut(reading.Text))
	}
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason, mail.MatterID = reading, forum.Understood, "", f.decision.MatterID
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	return sendReceipt(ctx, tx, sender, f.decision, f.followUp, func(facts *FollowUpFacts) { facts.Said = said })
}

// HoldMailedReport keeps a mail about a follow-up that was refused for the
// secretaries, and tells its author why.
func HoldMailedReport(ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, about FollowUpID, trouble *forum.Error) error {
	if err := forum.HoldMail(ctx, tx, id, reading, "held.report_refused", false); err != nil {
		return err
	}
	f, err := tx.FollowUp(ctx, about)
	if err != nil {
		return err
	}
	d, err := tx.Decision(ctx, f.DecisionID)
	if err != nil {
		return err
	}
	return sendReceipt(ctx, tx, sender, d, f, func(facts *FollowUpFacts) { facts.Trouble, facts.Args = trouble.Key, trouble.Args })
}

func sendReceipt(ctx context.Context, tx Tx, to forum.PersonID, d *Decision, f *FollowUp, more func(*FollowUpFacts)) error {
	person, err := tx.Person(ctx, to)
	if err != nil {
		return err
	}
	facts, in, err := followUpFacts(ctx, tx, d, f, person)
	if err != nil {
		return err
	}
	more(&facts)
	return forum.Send(ctx, tx, in, person, FollowUpReceiptMessage, facts)
}

// cut shortens a mail to what a note may be; the mail has all of it.
func cut(text string) string {
	if runes := []rune(text); len(runes) > longestProgress {
		return string(runes[:longestProgress-1]) + "…"
	}
	return text
}
