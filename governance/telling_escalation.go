package governance

import (
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
	own, other := e.FromMatter, e.ToForum
	if receiving {
		own, other = e.ToMatter, e.FromForum
	}
	m, err := tx.Matter(ctx, own)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	there, err := tx.Forum(ctx, other)
	if err != nil {
		return nil, err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	facts := EscalationFacts{
		MatterFacts: matterFacts(in, m), Other: there.Name, Receiving: receiving, Direction: e.Direction, State: e.State, By: people[by.Person].Name,
		Deadline: e.Deadline, Exempt: m.Access == forum.Exempt, Basis: m.Basis,
	}
	facts.Reason = e.Reason
	if !facts.Exempt {
		facts.Question, facts.Answer = e.Question, e.Answer
	} else {
		facts.Reason = ""
	}
	secretaries, err := forum.Holders(ctx, tx, m.ForumID, forum.ReadInbox, "")
	if err != nil {
		return nil, err
	}
	secretaries = slices.DeleteFunc(secretaries, func(p forum.PersonID) bool { return slices.Contains(besides, p) })
	for _, id := range secretaries {
		to := people[id]
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, in, &to, kind, facts); err != nil {
			return nil, err
		}
	}
	return secretaries, nil
}

// matterFacts is what every mail about a matter says.
func matterFacts(in *forum.Forum, m *forum.Matter) forum.MatterFacts {
	return forum.MatterFacts{Matter: m.ID, Intake: m.Intake, Number: m.Number, Title: m.Title, Forum: in.Name, Address: in.Address}
}
