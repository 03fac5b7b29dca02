package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// ladders are the positions that levels have not submitted, and the next steps up.
// Of what is exempt from the reader nothing can be written, so nothing is asked.
func (d *dutiful) ladders(ctx context.Context) (found []Duty, err error) {
	open, err := d.LaddersOpen(ctx, d.seated)
	if err != nil {
		return nil, err
	}
	for _, l := range open {
		m, hidden, err := d.matter(ctx, l.MatterID)
		if err != nil {
			return nil, err
		}
		if m == nil || hidden {
			continue
		}
		positions, err := d.LadderPositions(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		row := Duty{Forum: d.forums[m.ForumID], Matter: *m, Ladder: l}
		owed, err := d.positions(ctx, row, positions)
		if err != nil {
			return nil, err
		}
		found = append(found, owed...)
		climbs, err := d.by.Can(ctx, d.Tx, forum.ClimbLadder, m.ForumID)
		if err != nil {
			return nil, err
		}
		if climbs && l.climbable(positions, forum.DateOf(d.Now())) == nil {
			row.Sort = ClimbDuty
			found = append(found, row)
		}
	}
	return found, nil
}

// positions are those of a ladder that the reader's levels have not submitted.
func (d *dutiful) positions(ctx context.Context, row Duty, positions []LadderPosition) (found []Duty, err error) {
	if row.Ladder.State != WritingLadder {
		return nil, nil
	}
	for _, level := range Missing(positions) {
		_, refusal := d.by.MayFor(ctx, d.Tx, forum.WritePosition, row.Matter.ForumID, level)
		may, err := allowed(refusal)
		if err != nil {
			return nil, err
		}
		if may {
			row.Sort, row.Level, row.By, row.Begun = PositionDuty, level, row.Ladder.Deadline.EndOf(), positionOf(positions, level) != nil
			found = append(found, row)
		}
	}
	return found, nil
}

// escalations are the matters that other forums sent, for the secretaries of the
// forum that is to answer.
func (d *dutiful) escalations(ctx context.Context) (found []Duty, err error) {
	open, err := d.EscalationsTo(ctx, d.seated)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		takes, err := d.by.Can(ctx, d.Tx, forum.PlaceIt, e.ToForum)
		if err != nil {
			return nil, err
		}
		answers, err := d.by.Can(ctx, d.Tx, forum.AnswerEscalation, e.ToForum)
		if err != nil {
			return nil, err
		}
		if !takes || !answers {
			continue
		}
		m, _, err := d.matter(ctx, e.ToMatter)
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		reader, err := forum.ReaderOf(ctx, d.Tx, d.by, m)
		if err != nil {
			return nil, err
		}
		row := Duty{Sort: EscalationDuty, Forum: d.forums[e.ToForum], Matter: *m, From: d.forums[e.FromForum]}
		row.Escalation, _ = e.forReader(m.Withheld(reader))
		if e.Deadline != "" {
			row.By = e.Deadline.EndOf()
		}
		found = append(found, row)
	}
	return found, nil
}

// ratifications are those that are asked of parties for which the reader answers.
func (d *dutiful) ratifications(ctx context.Context) (found []Duty, err error) {
	open, err := d.LedgersAsked(ctx, d.seated)
	if err != nil {
		return nil, err
	}
	for _, l := range open {
		m, _, err := d.matter(ctx, l.MatterID)
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		lines, err := d.Ratifications(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range lines {
			if r.State != AskedRatification {
				continue
			}
			party, answerers, err := answering(ctx, d.Tx, l.ForumID, r.OrganisationID)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(answerers, d.by.Person) {
				continue
			}
			row := Duty{Sort: RatificationDuty, Forum: d.forums[l.ForumID], Matter: *m, Ratification: r, Party: *party}
			if l.Deadline != "" {
				row.By = l.Deadline.EndOf()
			}
			found = append(found, row)
		}
	}
	return found, nil
}
