package governance

import (
	"context"
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
)

// holdAnswered locks the matters of a meeting's agenda that another forum waits for
// an answer in, with those that they came from, before what is decided sends the answers.
func holdAnswered(ctx context.Context, tx Tx, meeting forum.MeetingID) error {
	items, err := tx.Agenda(ctx, meeting)
	if err != nil {
		return err
	}
	var matters []forum.MatterID
	for _, item := range items {
		e, err := awaitedIn(ctx, tx, item.MatterID)
		if err != nil {
			return err
		}
		if e != nil {
			matters = append(matters, e.FromMatter, e.ToMatter)
		}
	}
	return forum.HoldMatters(ctx, tx, matters...)
}

// awaitedIn is the open escalation that a matter came by, nil for none.
func awaitedIn(ctx context.Context, tx Tx, matter forum.MatterID) (*Escalation, error) {
	all, err := tx.EscalationsOf(ctx, matter)
	at := slices.IndexFunc(all, func(e Escalation) bool { return e.ToMatter == matter && e.State == OpenEscalation })
	if err != nil || at < 0 {
		return nil, err
	}
	return &all[at], nil
}

// awaitsOther tells whether a matter was sent to another forum that has not answered.
func awaitsOther(ctx context.Context, tx Tx, matter forum.MatterID) (bool, error) {
	all, err := tx.EscalationsOf(ctx, matter)
	return slices.ContainsFunc(all, func(e Escalation) bool { return e.FromMatter == matter && e.State == OpenEscalation }), err
}

// answerBack sends what was decided in each matter back to the forum that the
// matter came from. What was answered once stays so: a correction of the minutes,
// or a decision that supersedes another, answers nothing again.
func (w *enacting) answerBack(ctx context.Context, tx Tx) error {
	var matters []forum.MatterID
	for _, d := range w.fresh {
		matters = append(matters, d.MatterID)
	}
	slices.Sort(matters)
	for _, matter := range slices.Compact(matters) {
		awaited, err := awaitedIn(ctx, tx, matter)
		if err != nil {
			return err
		}
		if awaited == nil {
			continue
		}
		e, err := escalationOf(ctx, tx, awaited.ID)
		if err != nil {
			return err
		}
		if err := w.answer(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// answer ends one escalation with what was decided in its matter.
func (w *enacting) answer(ctx context.Context, tx Tx, e *Escalation) error {
	var words, numbers []string
	for _, d := range w.fresh {
		if d.MatterID != e.ToMatter {
			continue
		}
		if e.DecisionID == 0 {
			e.DecisionID = d.ID
		}
		words, numbers = append(words, d.Text), append(numbers, d.Number)
	}
	if err := e.close(AnsweredEscalation, strings.Join(words, "\n\n"), 0, forum.Standing{}, tx.Now()); err != nil {
		return err
	}
	if err := tx.SaveEscalation(ctx, e); err != nil {
		return err
	}
	number := strings.Join(numbers, ", ")
	for _, id := range []forum.MatterID{e.FromMatter, e.ToMatter} {
		m, err := tx.Matter(ctx, id)
		if err != nil {
			return err
		}
		if err := forum.RecordMatter(ctx, tx, w.by, forum.Standing{}, m, "escalation_decided", map[string]string{"Number": number}); err != nil {
			return err
		}
	}
	if err := tellDecided(ctx, tx, e, number); err != nil {
		return err
	}
	return climbedBack(ctx, tx, e)
}

// tellDecided mails what was decided: in the forum that asked its secretaries, who
// sent the matter and who proposed it, and of a ladder all who write positions; in
// the other its secretaries.
func tellDecided(ctx context.Context, tx Tx, e *Escalation, number string) error {
	from, err := tx.Matter(ctx, e.FromMatter)
	if err != nil {
		return err
	}
	asked, err := forum.Holders(ctx, tx, from.ForumID, forum.ReadInbox, "")
	if err != nil {
		return err
	}
	asked = append(asked, e.AskedBy, from.Proposer)
	climbs, err := byLadder(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		if !climbs {
			break
		}
		writers, err := forum.Holders(ctx, tx, from.ForumID, forum.WritePosition, level)
		if err != nil {
			return err
		}
		asked = append(asked, writers...)
	}
	slices.Sort(asked)
	var readers []forum.PersonID
	for _, person := range slices.Compact(asked) {
		reads, err := allowed(forum.MayReadMatter(ctx, tx, forum.AsPerson(person), from))
		if err != nil {
			return err
		}
		if reads && person != 0 {
			readers = append(readers, person)
		}
	}
	decided := func(f *EscalationFacts) { f.Decision, f.Enacted = number, true }
	if err := mailEscalation(ctx, tx, forum.Actor{}, e, EscalationClosedMessage, false, readers, decided); err != nil {
		return err
	}
	there, err := forum.Holders(ctx, tx, e.ToForum, forum.ReadInbox, "")
	if err != nil {
		return err
	}
	there = slices.DeleteFunc(there, func(p forum.PersonID) bool { return slices.Contains(readers, p) })
	return mailEscalation(ctx, tx, forum.Actor{}, e, EscalationClosedMessage, true, there, decided)
}

// byLadder tells whether an escalation is a step of a ladder that is climbed.
func byLadder(ctx context.Context, tx Tx, e *Escalation) (bool, error) {
	ladders, err := tx.LaddersOf(ctx, e.FromMatter)
	if err != nil {
		return false, err
	}
	for _, l := range ladders {
		if l.State != ClimbingLadder {
			continue
		}
		rungs, err := tx.LadderRungs(ctx, l.ID)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(rungs, func(r LadderRung) bool { return r.EscalationID == e.ID }) {
			return true, nil
		}
	}
	return false, nil
}

// Rest is the decision that an answer rests on, and what became of it since.
type Rest struct {
	Number    string
	Now       string // number of the one that holds in its place, "" where it holds itself or nothing does
	Withdrawn bool   // corrected minutes left it out, or the one in its place
}

// restOf is what an answer rests on, nil where no decision was named.
func restOf(ctx context.Context, tx Tx, id DecisionID) (*Rest, error) {
	if id == 0 {
		return nil, nil
	}
	d, err := In(tx.Peek()).Decision(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &Rest{Number: d.Number}
	for d.SupersededBy != 0 {
		if d, err = In(tx.Peek()).Decision(ctx, d.SupersededBy); err != nil {
			return nil, err
		}
		r.Now = d.Number
	}
	r.Withdrawn = !d.WithdrawnAt.IsZero()
	return r, nil
}
