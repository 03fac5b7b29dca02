package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// The mails about ladders.
const (
	LadderOpenedMessage      forum.MessageKind = "ladder-opened"
	PositionSubmittedMessage forum.MessageKind = "position-submitted"
	LadderAnsweredMessage    forum.MessageKind = "ladder-answered"
	LadderDueMessage         forum.MessageKind = "ladder-due"
)

// LadderFacts is what a mail about a ladder says. The positions and answers stay
// on the page, where exemption and the other level's turn are kept.
type LadderFacts struct {
	forum.MatterFacts
	By       string      // who did what the mail tells, "" for the program
	Level    forum.Level // whose position it is about, "" for none
	Deadline forum.Date
	Exempt   bool
	Basis    string
}

// tellLadder mails those who have a right in the forum of a matter, of a level or
// of any (""), besides who did it; about is the level that the mail speaks of.
func tellLadder(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter, l *Ladder, right forum.Right, of forum.Level, kind forum.MessageKind, about forum.Level) error {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	facts := LadderFacts{MatterFacts: matterFacts(in, m), By: people[by.Person].Name, Level: about, Deadline: l.Deadline, Exempt: m.Access == forum.Exempt, Basis: m.Basis}
	if !facts.Exempt {
		facts.Reason = l.Reason
	}
	holders, err := forum.Holders(ctx, tx, m.ForumID, right, of)
	if err != nil {
		return err
	}
	for _, id := range holders {
		standings, err := forum.AsPerson(id).StandingsOf(ctx, tx, right, m.ForumID)
		if err != nil {
			return err
		}
		if id == by.Person || !anyOnLevel(standings) {
			continue
		}
		to := people[id]
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, in, &to, kind, facts); err != nil {
			return err
		}
	}
	return nil
}

func anyOnLevel(standings []forum.Standing) bool {
	for _, s := range standings {
		if s.Level.Other() != "" {
			return true
		}
	}
	return false
}

// remindLadders reminds each level that has not submitted its position, once
// before the deadline.
func remindLadders(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	return eachDue(ctx, keeper, func(ctx context.Context, tx Tx) (ids []LadderID, err error) {
		all, err := tx.LaddersDue(ctx, forum.DateOf(tx.Now()).Before(-aheadDays))
		for _, l := range all {
			if reminds(almanac, l.OpenedAt, l.Deadline, tx.Now()) {
				ids = append(ids, l.ID)
			}
		}
		return ids, err
	}, func(ctx context.Context, tx Tx, id LadderID) error {
		l, m, positions, err := climbingOf(ctx, tx, id)
		if err != nil || l.State != WritingLadder || !l.RemindedAt.IsZero() {
			return err
		}
		l.RemindedAt = tx.Now()
		if err := tx.SaveLadder(ctx, l); err != nil {
			return err
		}
		missing := Missing(positions)
		if len(missing) == 0 {
			return nil
		}
		if err := recordReminder(ctx, tx, m.ID, "ladder_reminded"); err != nil {
			return err
		}
		for _, level := range missing {
			if err := tellLadder(ctx, tx, forum.Actor{}, m, l, forum.WritePosition, level, LadderDueMessage, level); err != nil {
				return err
			}
		}
		return nil
	})
}
