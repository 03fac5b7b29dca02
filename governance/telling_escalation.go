package governance

import (
	"cmp"
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// The mails about escalations.
const (
	EscalatedMessage        forum.MessageKind = "escalated"
	EscalationClosedMessage forum.MessageKind = "escalation-closed"
	EscalationDueMessage    forum.MessageKind = "escalation-due"
)

// EscalationFacts is what a mail about an escalation says. Of an exempt matter
// neither question, reason nor answer travels.
type EscalationFacts struct {
	forum.MatterFacts           // of the forum that the mail is from, and of its matter
	Other             string    // name of the other forum
	Receiving         bool      // the mail is from the forum that got the matter
	Direction         Direction // as seen from the forum that sent it
	State             EscalationState
	By                string // who did what the mail tells
	Question          string
	Answer            string
	Deadline          forum.Date
	Decision          string // numbers of the decisions that the answer is, "" for none
	Enacted           bool   // the answer went by itself when they were made
	Exempt            bool
	Basis             string
}

// tellEscalation mails the secretaries of both levels in both forums, besides who did it.
func tellEscalation(ctx context.Context, tx Tx, by forum.Actor, e *Escalation, kind forum.MessageKind) error {
	told := []forum.PersonID{by.Person}
	for _, receiving := range []bool{true, false} {
		more, err := tellForum(ctx, tx, by, e, kind, receiving, told)
		if err != nil {
			return err
		}
		told = append(told, more...)
	}
	return nil
}

// tellForum mails the secretaries of one of the two forums who are not told yet.
func tellForum(ctx context.Context, tx Tx, by forum.Actor, e *Escalation, kind forum.MessageKind, receiving bool, besides []forum.PersonID) ([]forum.PersonID, error) {
	in := e.FromForum
	if receiving {
		in = e.ToForum
	}
	secretaries, err := forum.Holders(ctx, tx, in, forum.ReadInbox, "")
	if err != nil {
		return nil, err
	}
	secretaries = slices.DeleteFunc(secretaries, func(p forum.PersonID) bool { return slices.Contains(besides, p) })
	return secretaries, mailEscalation(ctx, tx, by, e, kind, receiving, secretaries, func(*EscalationFacts) {})
}

// mailEscalation mails people of one of the two forums. The words of an escalation do
// not travel where the matter is exempt in one of them.
func mailEscalation(ctx context.Context, tx Tx, by forum.Actor, e *Escalation, kind forum.MessageKind, receiving bool, to []forum.PersonID, more func(*EscalationFacts)) error {
	own, other := e.FromMatter, e.ToMatter
	if receiving {
		own, other = other, own
	}
	m, err := tx.Matter(ctx, own)
	if err != nil {
		return err
	}
	theirs, err := tx.Matter(ctx, other)
	if err != nil {
		return err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	there, err := tx.Forum(ctx, theirs.ForumID)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	facts := EscalationFacts{
		MatterFacts: matterFacts(in, m), Other: there.Name, Receiving: receiving, Direction: e.Direction, State: e.State, By: people[by.Person].Name,
		Deadline: e.Deadline, Exempt: m.Access == forum.Exempt || theirs.Access == forum.Exempt, Basis: cmp.Or(m.Basis, theirs.Basis),
	}
	facts.Reason = e.Reason
	if !facts.Exempt {
		facts.Question, facts.Answer = e.Question, e.Answer
	} else {
		facts.Reason = ""
	}
	more(&facts)
	for _, id := range to {
		person := people[id]
		facts.Person = person.Name
		if err := forum.Send(ctx, tx, in, &person, kind, facts); err != nil {
			return err
		}
	}
	return nil
}

// matterFacts is what every mail about a matter says.
func matterFacts(in *forum.Forum, m *forum.Matter) forum.MatterFacts {
	return forum.MatterFacts{Matter: m.ID, Intake: m.Intake, Number: m.Number, Title: m.Title, Forum: in.Name, Address: in.Address}
}
