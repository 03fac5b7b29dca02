package governance

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// SendEscalation sends a matter to another forum.
type SendEscalation struct {
	Matter  forum.MatterID
	Sending Sending
}

// SendEscalationBack answers, returns or withdraws an escalation, as the state says.
type SendEscalationBack struct {
	Escalation EscalationID
	State      EscalationState
	Text       string
	Decision   DecisionID
}

// SendToParties puts a recommendation before the parties.
type SendToParties struct {
	Matter       forum.MatterID
	Recommending Recommending
}

// SendRatification is a party's word, which is told when it is the last one.
type SendRatification struct {
	Ratification RatificationID
	Answer       RatificationAnswer
}

// ErrandKind names it.
func (SendEscalation) ErrandKind() forum.ErrandKind { return "escalation" }

// ErrandKind names it.
func (SendEscalationBack) ErrandKind() forum.ErrandKind { return "escalation_back" }

// ErrandKind names it.
func (SendToParties) ErrandKind() forum.ErrandKind { return "to_parties" }

// ErrandKind names it.
func (SendRatification) ErrandKind() forum.ErrandKind { return "ratification" }

// ofMatter is an act that is about a matter, by its public title.
func ofMatter(ctx context.Context, tx forum.Tx, id forum.MatterID) (forum.ErrandScope, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return forum.ErrandScope{}, err
	}
	return forum.ErrandScope{In: m.ForumID, Subject: forum.MatterObject(id), About: map[string]string{"Title": m.Title}}, nil
}

// Scope is the matter that is sent.
func (s SendEscalation) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofMatter(ctx, tx, s.Matter)
}

// Scope is the matter on whose page it is pressed.
func (s SendEscalationBack) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	e, err := escalationOf(ctx, In(tx), s.Escalation)
	if err != nil {
		return forum.ErrandScope{}, err
	}
	if s.State == WithdrawnEscalation {
		return ofMatter(ctx, tx, e.FromMatter)
	}
	return ofMatter(ctx, tx, e.ToMatter)
}

// Scope is the matter that is recommended on.
func (s SendToParties) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofMatter(ctx, tx, s.Matter)
}

// Scope is the matter that is recommended on.
func (s SendRatification) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	_, _, m, err := ratificationOf(ctx, In(tx), s.Ratification)
	if err != nil {
		return forum.ErrandScope{}, err
	}
	return ofMatter(ctx, tx, m.ID)
}

// CarryOut sends it.
func (s SendEscalation) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := Escalate(ctx, In(tx), by, s.Matter, s.Sending)
	return forum.Outcome{Done: "matter_escalated"}, err
}

// CarryOut sends it.
func (s SendEscalationBack) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	var err error
	switch s.State {
	case WithdrawnEscalation:
		_, err = WithdrawEscalation(ctx, In(tx), by, s.Escalation, s.Text)
	case ReturnedEscalation:
		_, err = ReturnEscalation(ctx, In(tx), by, s.Escalation, s.Text)
	case AnsweredEscalation:
		_, err = AnswerEscalation(ctx, In(tx), by, s.Escalation, s.Text, s.Decision)
	default:
		_, unsaid := said(s.Text, "answer")
		err = errors.Join(forum.Refuse(forum.Invalid, "error.escalation.way").On("way"), unsaid)
	}
	return forum.Outcome{Done: "escalation_closed"}, err
}

// CarryOut sends it.
func (s SendToParties) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := AskParties(ctx, In(tx), by, s.Matter, s.Recommending)
	return forum.Outcome{Done: "parties_asked"}, err
}

// CarryOut keeps it.
func (s SendRatification) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := Ratify(ctx, In(tx), by, s.Ratification, s.Answer)
	return forum.Outcome{Done: "ratification_given"}, err
}
