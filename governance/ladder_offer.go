package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// offeredDays is how long both levels have for their positions where nothing else is said.
const offeredDays = 14

// LadderOffer is what a ladder can be opened with after a motion failed by
// disagreement. It opens nothing.
type LadderOffer struct {
	Motion   Motion
	Ballot   BallotID // that the motion failed in
	Result   Result
	Deadline forum.Date // suggested for both positions
	Writers  [2]LevelWriters
}

// LevelWriters are those who write the position of a level.
type LevelWriters struct {
	Level forum.Level
	Names []string
}

// Lines tell what failed and how, as the reason of the ladder.
func (o *LadderOffer) Lines() []Line {
	lines := []Line{
		{Key: "explain.motion", Args: []any{"Text", o.Motion.Text}},
		{Key: "explain.outcome", Words: map[string]string{"Outcome": "outcome." + string(o.Result.Outcome)}},
	}
	if o.Result.Reason != "" {
		lines = append(lines, Line{Key: "explain.why." + string(o.Result.Reason), Words: map[string]string{"Where": whereKey(o.Result.Where)}})
	}
	return lines
}

// failed are the ballots of a matter, the newest first, whose motion failed by
// disagreement, was neither withdrawn nor followed by one that was adopted, and has
// had no ladder.
func failed(ctx context.Context, tx Tx, matter forum.MatterID) (ballots []Ballot, motions map[MotionID]Motion, err error) {
	all, err := tx.BallotsOn(ctx, matter)
	if err != nil || !slices.ContainsFunc(all, func(b Ballot) bool { return b.Result.Outcome == Disagreement }) {
		return nil, nil, err
	}
	listed, err := tx.Motions(ctx, matter)
	if err != nil {
		return nil, nil, err
	}
	motions = map[MotionID]Motion{}
	for _, m := range listed {
		motions[m.ID] = m
	}
	ladders, err := tx.LaddersOf(ctx, matter)
	if err != nil {
		return nil, nil, err
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b Ballot) int { return b.ClosedAt.Compare(a.ClosedAt) })
	for _, b := range all {
		m := motions[b.MotionID]
		switch {
		case b.Result.Outcome == Adopted:
			return ballots, motions, nil
		case slices.ContainsFunc(ladders, func(l Ladder) bool { return l.MotionID == b.MotionID }):
		case b.Result.Outcome == Disagreement && m.Outcome == Disagreement && m.WithdrawnAt.IsZero():
			ballots = append(ballots, b)
		}
	}
	return ballots, motions, nil
}

// offers are the ladders that a reader can open in a matter, one for each motion
// that failed, the last one first.
func offers(ctx context.Context, tx Tx, matter *forum.Matter) (list []LadderOffer, err error) {
	ballots, motions, err := failed(ctx, tx, matter.ID)
	if err != nil || len(ballots) == 0 {
		return nil, err
	}
	writers, err := levelWriters(ctx, tx, matter.ForumID)
	if err != nil {
		return nil, err
	}
	for _, b := range ballots {
		if slices.ContainsFunc(list, func(o LadderOffer) bool { return o.Motion.ID == b.MotionID }) {
			continue
		}
		list = append(list, LadderOffer{
			Motion: motions[b.MotionID], Ballot: b.ID, Result: b.Result, Deadline: forum.DateOf(tx.Now()).Before(-offeredDays), Writers: writers,
		})
	}
	return list, nil
}

// levelWriters are those of a forum who write the position of each of the two levels.
func levelWriters(ctx context.Context, tx Tx, in forum.ForumID) (writers [2]LevelWriters, err error) {
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return writers, err
	}
	for i, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		writers[i].Level = level
		holders, err := forum.Holders(ctx, tx, in, forum.WritePosition, level)
		if err != nil {
			return writers, err
		}
		for _, id := range holders {
			writers[i].Names = append(writers[i].Names, people[id].Name)
		}
	}
	return writers, nil
}

// failedMotion refuses a motion, if one is named, that the levels did not disagree on in a matter.
func failedMotion(ctx context.Context, tx Tx, id MotionID, matter forum.MatterID) error {
	if id == 0 {
		return nil
	}
	m, err := tx.Motion(ctx, id)
	if forum.IsKind(err, forum.NotFound) || err == nil && (m.MatterID != matter || m.Outcome != Disagreement) {
		return forum.Refuse(forum.Invalid, "error.ladder.motion").On("motion")
	}
	return err
}

// mayOpenLadder tells whether a ladder can be opened in a matter now, by an actor
// of one of the two levels.
func mayOpenLadder(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter) (bool, error) {
	if m.State != forum.Proposed && m.State != forum.Placed {
		return false, nil
	}
	ladders, err := tx.LaddersOf(ctx, m.ID)
	if err != nil || slices.ContainsFunc(ladders, func(l Ladder) bool { return l.State != SettledLadder }) {
		return false, err
	}
	_, refusal := onLevel(ctx, tx, by, forum.OpenLadder, m.ForumID)
	return allowed(refusal)
}

// tellDisagreement mails the secretaries of both levels that a motion failed by
// disagreement in a meeting, with the way to a ladder.
func tellDisagreement(ctx context.Context, tx Tx, by forum.Actor, b *Ballot, m *Motion) error {
	facts, in, err := ballotFacts(ctx, tx, b, m)
	if err != nil {
		return err
	}
	secretaries, err := forum.Holders(ctx, tx, b.ForumID, forum.ReadInbox, "")
	if err != nil {
		return err
	}
	for _, person := range secretaries {
		if person == by.Person {
			continue
		}
		if err := sendResult(ctx, tx, in, person, facts); err != nil {
			return err
		}
	}
	return nil
}

// sendResult mails somebody a result, and offers a ladder to who can open one now.
func sendResult(ctx context.Context, tx Tx, in *forum.Forum, to forum.PersonID, facts BallotFacts) error {
	if facts.Ended == string(Disagreement) {
		matter, err := tx.Peek().Matter(ctx, facts.Matter)
		if err != nil {
			return err
		}
		if facts.Ladder, err = mayOpenLadder(ctx, tx, forum.AsPerson(to), matter); err != nil {
			return err
		}
	}
	return sendBallot(ctx, tx, in, to, BallotResultMessage, facts)
}

// MeetingOffer is a matter of a meeting's agenda that the levels disagree on.
type MeetingOffer struct {
	Matter forum.Matter
	Motion MotionID // the last that failed
}

// OffersAt are the ladders that a reader can open in the matters of an agenda, one
// for each matter.
func OffersAt(ctx context.Context, tx Tx, by forum.Actor, agenda []forum.AgendaRow) (list []MeetingOffer, err error) {
	for _, row := range agenda {
		ballots, _, err := failed(ctx, tx, row.Matter.ID)
		if err != nil || len(ballots) == 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		m, err := tx.Matter(ctx, row.Matter.ID)
		if err != nil {
			return nil, err
		}
		reader, err := forum.ReaderOf(ctx, tx, by, m)
		if err != nil {
			return nil, err
		}
		may, err := mayOpenLadder(ctx, tx, by, m)
		if err != nil {
			return nil, err
		}
		if may && !m.Withheld(reader) {
			list = append(list, MeetingOffer{m.For(reader), ballots[0].MotionID})
		}
	}
	return list, nil
}
