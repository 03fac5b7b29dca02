package governance

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Timeline is what happened to a matter in all forums that it went through, the oldest
// first, each as far as the reader may read the matter there: what was done to it, what
// was decided in it, and what was said of what followed.
type Timeline struct {
	Matter  forum.Matter
	Forum   forum.Forum // of that matter
	Lanes   []Lane      // in the order of the matter's way
	Moments []Moment
}

// Lane is the part of a timeline that is of one forum.
type Lane struct {
	Forum   forum.Forum
	Matter  forum.Matter // what the forum has of it: its public part
	MayOpen bool         // otherwise nothing of the lane is told
	Here    bool         // it is the one that the timeline was asked for
	From    int          // place of the lane that sent the matter here, -1 for where it began
	Came    time.Time    // when it was sent here, zero for where it began
	Back    time.Time    // when an answer went back, zero while there is none
}

// Moment is one entry of a timeline: a deed of a log, a decision, or a word on a
// follow-up.
type Moment struct {
	At           time.Time
	Lane         int // place of its lane
	Forum        forum.Forum
	Deed         *forum.Deed
	Decision     *Decision // of a decision, and of a word
	Exempt       bool      // what was decided is kept from this reader
	Word         *ProgressRow
	Organisation forum.Organisation // that the word is about
}

// ReadTimeline opens it for who may read the matter.
func ReadTimeline(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*Timeline, error) {
	journey, err := ReadJourney(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	t := &Timeline{}
	for i, stop := range journey.Stops {
		lane := Lane{Forum: stop.Forum, Matter: stop.Matter, MayOpen: stop.MayOpen, Here: stop.Here, From: -1}
		if stop.By != nil {
			lane.From = slices.IndexFunc(journey.Stops, func(s Waypoint) bool { return s.Matter.ID == stop.By.FromMatter })
			lane.Came, lane.Back = stop.By.AskedAt, stop.By.AnsweredAt
		}
		t.Lanes = append(t.Lanes, lane)
		if stop.Here {
			t.Forum = stop.Forum
		}
		if lane.MayOpen {
			if err := t.readLane(ctx, tx, by, i); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(t.Moments, inTime)
	return t, nil
}

// inTime puts moments in their order. What was decided stands before what it set off at the same instant.
func inTime(a, b Moment) int {
	rank := func(m Moment) int {
		if m.Decision != nil {
			return 0
		}
		return 1
	}
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(rank(a), rank(b)))
}

// readLane reads what happened to a matter in one forum.
func (t *Timeline) readLane(ctx context.Context, tx Tx, by forum.Actor, at int) error {
	lane := &t.Lanes[at]
	m, err := tx.Matter(ctx, lane.Matter.ID)
	if err != nil {
		return err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return err
	}
	if lane.Here {
		t.Matter = m.For(reader)
	}
	deeds, err := forum.History(ctx, tx, forum.MatterObject(m.ID))
	if err != nil {
		return err
	}
	for i := range deeds {
		t.Moments = append(t.Moments, Moment{At: deeds[i].At, Lane: at, Forum: lane.Forum, Deed: &deeds[i]})
	}
	decisions, err := tx.DecisionsOn(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		shown := d.For(reader, m)
		made := Moment{At: d.MadeAt, Lane: at, Forum: lane.Forum, Decision: &shown, Exempt: m.Withheld(reader)}
		t.Moments = append(t.Moments, made)
		if err := t.readWords(ctx, tx, made); err != nil {
			return err
		}
	}
	return nil
}

func (t *Timeline) readWords(ctx context.Context, tx Tx, of Moment) error {
	followUps, err := tx.FollowUpsOf(ctx, of.Decision.ID)
	if err != nil {
		return err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(tx.Now()))
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	for _, f := range followUps {
		words, err := tx.Progress(ctx, f.ID)
		if err != nil {
			return err
		}
		for _, w := range words {
			if of.Exempt {
				w.Text = ""
			}
			t.Moments = append(t.Moments, Moment{
				At: w.At, Lane: of.Lane, Forum: of.Forum, Decision: of.Decision, Exempt: of.Exempt, Word: &ProgressRow{w, people[w.PersonID].Name}, Organisation: organisations[f.OrganisationID],
			})
		}
	}
	return nil
}
