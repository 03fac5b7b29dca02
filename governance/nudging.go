package governance

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// nudgeAll reminds owners of what is due soon or today, and tells leaders what is
// late, each decision in a transaction of its own.
func nudgeAll(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	var due []DecisionID
	err := keeper.Read(ctx, func(ctx context.Context, of forum.Tx) (err error) {
		due, err = DecisionsToNudge(ctx, In(of), almanac)
		return err
	})
	errs := []error{err}
	for _, id := range due {
		errs = append(errs, keeper.Write(ctx, func(ctx context.Context, of forum.Tx) error { return Nudged(ctx, In(of), almanac, id) }))
	}
	return errors.Join(errs...)
}

// stepNow is the step that a follow-up has come to by its forum's mandate, "" for none.
// A reminder that could not go out on its day, such as of a follow-up made late, is left
// to the next step.
func (f *FollowUp) stepNow(mandate *forum.Mandate, today forum.Date) NudgeStep {
	ahead := f.Due.Before(mandate.RemindTime())
	switch {
	case !f.Owed():
		return ""
	case f.Due.Before(-mandate.LateTime()) <= today:
		return EscalatedStep
	case f.Due == today:
		return DueStep
	case f.Due > today && ahead <= today && forum.DateOf(f.Since) < ahead:
		return AheadStep
	}
	return ""
}

// nudgeNow is the step of a follow-up that nobody was told of and that people can be
// told of now, "" for none.
func nudgeNow(ctx context.Context, tx Tx, almanac forum.Almanac, f *FollowUp) (NudgeStep, error) {
	today := forum.DateOf(tx.Now())
	mandate, err := forum.MandateOn(ctx, tx, f.ForumID, today)
	if err != nil {
		return "", err
	}
	step := f.stepNow(mandate, today)
	if step == "" {
		return "", nil
	}
	by := f.Due.EndOf()
	if step == EscalatedStep {
		by = tx.Now().AddDate(0, 0, 30) // late already: the next working day will do
	}
	if !forum.Remindable(almanac, by, tx.Now()) {
		return "", nil
	}
	sent, err := tx.Nudges(ctx, f.ID)
	if err != nil || slices.ContainsFunc(sent, func(n Nudge) bool { return n.Step == step && n.Due == f.Due }) {
		return "", err
	}
	return step, nil
}

// DecisionsToNudge lists the decisions of which a follow-up has come to a step that
// nobody was told of. People are told by day on working days; what is due on
// another day is told of on that day.
func DecisionsToNudge(ctx context.Context, tx Tx, almanac forum.Almanac) (list []DecisionID, err error) {
	due, err := tx.FollowUpsDue(ctx, forum.DateOf(tx.Now()).Before(-forum.MostFollowUpDays))
	if err != nil {
		return nil, err
	}
	for _, f := range due {
		step, err := nudgeNow(ctx, tx, almanac, &f)
		if err != nil {
			return nil, err
		}
		if step != "" && !slices.Contains(list, f.DecisionID) {
			list = append(list, f.DecisionID)
		}
	}
	slices.Sort(list)
	return list, nil
}

// Nudged tells whoever has to know of the follow-ups of a decision that have come to
// a step: the owner before and on the day, the organisation's leader when it has
// passed, or the secretaries where there is no other leader than the owner.
func Nudged(ctx context.Context, tx Tx, almanac forum.Almanac, id DecisionID) error {
	d, err := tx.Decision(ctx, id)
	if err != nil {
		return err
	}
	followUps, err := tx.FollowUpsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, f := range followUps {
		step, err := nudgeNow(ctx, tx, almanac, &f)
		if err != nil {
			return err
		}
		if step == "" {
			continue
		}
		if err := nudge(ctx, tx, d, &f, step); err != nil {
			return err
		}
	}
	return nil
}

func nudge(ctx context.Context, tx Tx, d *Decision, f *FollowUp, step NudgeStep) error {
	to, err := nudgedOf(ctx, tx, f, step)
	if err != nil {
		return err
	}
	for _, person := range to {
		if err := tellOf(ctx, tx, d, f, person, FollowUpCause(step), "", forum.Actor{}); err != nil {
			return err
		}
		if err := tx.SaveNudge(ctx, &Nudge{FollowUpID: f.ID, Step: step, Due: f.Due, PersonID: person, SentAt: tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// nudgedOf are who is told of a step.
func nudgedOf(ctx context.Context, tx Tx, f *FollowUp, step NudgeStep) ([]forum.PersonID, error) {
	if step != EscalatedStep && f.OwnerID != 0 {
		return []forum.PersonID{f.OwnerID}, nil
	}
	if step == EscalatedStep {
		leaders, err := leadersOf(ctx, tx, f.ForumID)
		if err != nil {
			return nil, err
		}
		if leader := leaders[f.OrganisationID]; leader != 0 && leader != f.OwnerID {
			return []forum.PersonID{leader}, nil
		}
	}
	o, err := tx.Organisation(ctx, f.OrganisationID)
	if err != nil {
		return nil, err
	}
	people, err := forum.Holders(ctx, tx, f.ForumID, SteerIt, sideOf(o))
	if err != nil || len(people) > 0 {
		return people, err
	}
	return forum.Holders(ctx, tx, f.ForumID, SteerIt, "")
}

// quarterOf is the last whole quarter before a day, and the first day after it.
func quarterOf(now time.Time) (from, to, next forum.Date) {
	local := now.In(forum.Oslo)
	first := time.Date(local.Year(), (local.Month()-1)/3*3+1, 1, 12, 0, 0, 0, forum.Oslo)
	return forum.DateOf(first.AddDate(0, -3, 0)), forum.DateOf(first.AddDate(0, 0, -1)), forum.DateOf(first)
}

// quarterWithin is for how many days of a new quarter the mail about the last one is
// still worth sending.
const quarterWithin = 21

// tellQuarter writes to leaders in the first days of a quarter, each area in a
// transaction of its own.
func tellQuarter(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	var tops []forum.ForumID
	err := keeper.Read(ctx, func(ctx context.Context, of forum.Tx) error {
		_, _, next := quarterOf(of.Now())
		if next.Before(-quarterWithin) <= forum.DateOf(of.Now()) || !forum.Remindable(almanac, of.Now().AddDate(0, 0, 30), of.Now()) {
			return nil
		}
		all, err := of.Forums(ctx)
		for _, f := range all {
			if f.Parent != 0 {
				continue
			}
			_, parties, err := quarterly(ctx, In(of), f.ID)
			if err != nil {
				return err
			}
			if len(parties) > 0 {
				tops = append(tops, f.ID)
			}
		}
		return err
	})
	errs := []error{err}
	for _, top := range tops {
		errs = append(errs, keeper.Write(ctx, func(ctx context.Context, of forum.Tx) error { return TellQuarter(ctx, In(of), top) }))
	}
	return errors.Join(errs...)
}

// TellQuarter writes to the leaders in a top forum what was decided in it and below it
// in the last quarter, once. A tree in which nothing was decided and nothing is owed
// writes to nobody.
func TellQuarter(ctx context.Context, tx Tx, top forum.ForumID) error {
	in, err := tx.Forum(ctx, top)
	if err != nil {
		return err
	}
	d, parties, err := quarterly(ctx, tx, top)
	if err != nil || len(parties) == 0 {
		return err
	}
	from, to, _ := quarterOf(tx.Now())
	return d.send(ctx, tx, in, parties, LeaderQuarterMessage, func(f *LeaderFacts) { f.From, f.To = from, to })
}

// quarterly is what leaders in a top forum are told of the last quarter, and the
// organisations whose leaders have not been told.
func quarterly(ctx context.Context, tx Tx, top forum.ForumID) (*digest, []forum.OrganisationID, error) {
	from, to, next := quarterOf(tx.Now())
	leaders, err := leadersOf(ctx, tx, top)
	if err != nil {
		return nil, nil, err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	var parties []forum.OrganisationID
	for organisation, leader := range leaders {
		last, err := tx.LastMessage(ctx, top, LeaderQuarterMessage, people[leader].Address)
		if err != nil {
			return nil, nil, err
		}
		if last.IsZero() || forum.DateOf(last) < next {
			parties = append(parties, organisation)
		}
	}
	if len(parties) == 0 {
		return nil, nil, nil
	}
	slices.Sort(parties)
	tree, err := treeBelow(ctx, tx, top)
	if err != nil {
		return nil, nil, err
	}
	d, err := readDigest(ctx, tx, tree, nil)
	if err != nil {
		return nil, nil, err
	}
	for _, decision := range d.places {
		if decision.Holds() && forum.DateOf(decision.MadeAt).Within(from, to) {
			d.decided = append(d.decided, decision)
		}
	}
	if len(d.decided)+len(d.owed) == 0 {
		return nil, nil, nil
	}
	slices.SortFunc(d.decided, func(a, b Decision) int { return int(b.ID - a.ID) })
	return d, parties, nil
}

// treeBelow is a forum with all below it.
func treeBelow(ctx context.Context, tx Tx, top forum.ForumID) (tree []forum.Forum, err error) {
	all, err := tx.Forums(ctx) // parents come before children
	within := map[forum.ForumID]bool{top: true}
	for _, f := range all {
		if within[f.ID] || within[f.Parent] {
			within[f.ID] = true
			tree = append(tree, f)
		}
	}
	return tree, err
}
