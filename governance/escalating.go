package governance

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// Sending is what a matter is sent to another forum with.
type Sending struct {
	To       forum.ForumID
	Reason   string
	Question string
	Deadline forum.Date // "" for none
}

// Escalate sends a matter to another forum of its area: up, down or sideways. The
// other forum gets a matter with the same papers and the same joint draft into its
// inbox; here it stays as it is. Nothing is taken from anyone, so one secretary or
// leader of either level is enough, and the secretaries of both levels of both
// forums hear of it.
func Escalate(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID, s Sending) (*Escalation, error) {
	return escalate(ctx, tx, by, id, s, longestAnswer)
}

// escalate is Escalate with a question of so many letters at the most.
func escalate(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID, s Sending, most int) (*Escalation, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.EscalateIt, m.ForumID)
	if err != nil {
		return nil, err
	}
	e, err := s.escalation(ctx, tx, m, most)
	if err != nil {
		return nil, err
	}
	to, err := forum.SendOn(ctx, tx, by, standing, m, s.To)
	if err != nil {
		return nil, err
	}
	e.ToMatter, e.AskedBy, e.AskedLevel, e.AskedAt = to.ID, by.Person, standing.Level, tx.Now()
	if err := tx.SaveEscalation(ctx, e); err != nil {
		return nil, err
	}
	there, err := tx.Forum(ctx, s.To)
	if err != nil {
		return nil, err
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "matter_sent_"+string(e.Direction), map[string]string{"Forum": there.Name}); err != nil {
		return nil, err
	}
	return e, tellEscalation(ctx, tx, by, e, EscalatedMessage)
}

// escalation is what is asked, if the matter can be sent now.
func (s Sending) escalation(ctx context.Context, tx Tx, m *forum.Matter, most int) (*Escalation, error) {
	if m.State != forum.Proposed && m.State != forum.Placed {
		return nil, forum.Refuse(forum.Conflict, "error.matter.state."+string(m.State))
	}
	earlier, err := tx.EscalationsOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range earlier {
		if e.FromMatter == m.ID && e.State == OpenEscalation {
			return nil, forum.Refuse(forum.Conflict, "error.escalation.sent_already")
		}
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	e := &Escalation{FromForum: m.ForumID, FromMatter: m.ID, ToForum: s.To, State: OpenEscalation}
	var wrong []error
	e.Direction, err = DirectionOf(forums, m.ForumID, s.To)
	wrong = append(wrong, err)
	e.Reason, err = forum.Reasoned(s.Reason)
	wrong = append(wrong, err)
	e.Question, err = saidWithin(s.Question, "question", most)
	wrong = append(wrong, err)
	e.Deadline, err = due(s.Deadline, forum.DateOf(tx.Now()))
	if forum.HasIdentityNumber(e.Reason) {
		wrong = append(wrong, forum.Refuse(forum.Invalid, "error.identity_number").On("reason"))
	}
	return e, errors.Join(append(wrong, err)...)
}

// escalationOf gives an escalation as it is once both of its matters are locked.
func escalationOf(ctx context.Context, tx Tx, id EscalationID) (*Escalation, error) {
	found, err := tx.Escalation(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.HoldMatters(ctx, tx, found.FromMatter, found.ToMatter); err != nil {
		return nil, err
	}
	return tx.Escalation(ctx, id)
}

// AnswerEscalation sends what the other forum decided back into the matter that
// was sent; the decision may be named by its number.
func AnswerEscalation(ctx context.Context, tx Tx, by forum.Actor, id EscalationID, answer string, decision DecisionID) (*Escalation, error) {
	answer, wrong := said(answer, "answer")
	return closeThere(ctx, tx, by, id, AnsweredEscalation, answer, decision, wrong)
}

// ReturnEscalation sends the matter back undecided, with the reason.
func ReturnEscalation(ctx context.Context, tx Tx, by forum.Actor, id EscalationID, reason string) (*Escalation, error) {
	reason, wrong := said(reason, "answer")
	return closeThere(ctx, tx, by, id, ReturnedEscalation, reason, 0, wrong)
}

func closeThere(ctx context.Context, tx Tx, by forum.Actor, id EscalationID, state EscalationState, text string, decision DecisionID, wrong error) (*Escalation, error) {
	e, err := escalationOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	to, err := tx.Matter(ctx, e.ToMatter)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.AnswerEscalation, to.ForumID)
	if err == nil {
		err = wrong
	}
	if err != nil {
		return nil, err
	}
	if err := decidedOn(ctx, tx, decision, to.ID); err != nil {
		return nil, err
	}
	if err := e.close(state, text, by.Person, standing, tx.Now()); err != nil {
		return nil, err
	}
	e.DecisionID = decision
	return e, finishEscalation(ctx, tx, by, standing, e)
}

// decidedOn refuses a decision, if one is named, that was not made in a matter.
func decidedOn(ctx context.Context, tx Tx, id DecisionID, matter forum.MatterID) error {
	if id == 0 {
		return nil
	}
	d, err := tx.Decision(ctx, id)
	if forum.IsKind(err, forum.NotFound) || err == nil && d.MatterID != matter {
		return forum.Refuse(forum.Invalid, "error.escalation.decision").On("decision")
	}
	return err
}

// WithdrawEscalation takes back what the own forum sent. The other forum keeps
// its matter, to do with as it likes.
func WithdrawEscalation(ctx context.Context, tx Tx, by forum.Actor, id EscalationID, reason string) (*Escalation, error) {
	e, err := escalationOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	from, err := tx.Matter(ctx, e.FromMatter)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.EscalateIt, from.ForumID)
	if err != nil {
		return nil, err
	}
	if reason, err = said(reason, "answer"); err != nil {
		return nil, err
	}
	if err := e.close(WithdrawnEscalation, reason, by.Person, standing, tx.Now()); err != nil {
		return nil, err
	}
	return e, finishEscalation(ctx, tx, by, standing, e)
}

// finishEscalation keeps what became of it, in the history of both matters, and
// tells both forums. What was said stands on the pages alone, since a history is
// read by more than what is exempt.
func finishEscalation(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, e *Escalation) error {
	if err := tx.SaveEscalation(ctx, e); err != nil {
		return err
	}
	for _, id := range []forum.MatterID{e.FromMatter, e.ToMatter} {
		m, err := tx.Matter(ctx, id)
		if err != nil {
			return err
		}
		if err := forum.RecordMatter(ctx, tx, by, as, m, "escalation_"+string(e.State), nil); err != nil {
			return err
		}
	}
	if err := tellEscalation(ctx, tx, by, e, EscalationClosedMessage); err != nil {
		return err
	}
	return climbedBack(ctx, tx, e)
}
