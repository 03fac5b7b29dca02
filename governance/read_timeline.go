package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Timeline is what happened to a matter across forums, the oldest first: what was done
// to it, what was decided in it, and what was said of what followed.
type Timeline struct {
	Matter  forum.Matter
	Forum   forum.Forum // that has it now
	Moments []Moment
}

// Moment is one entry of a timeline: a deed of a log, a decision, or a word on a
// follow-up.
type Moment struct {
	At           time.Time
	Forum        forum.Forum
	Deed         *forum.Deed
	Decision     *Decision // of a decision, and of a word
	Exempt       bool      // what was decided is kept from this reader
	Word         *ProgressRow
	Organisation forum.Organisation // that the word is about
}

// ReadTimeline opens it for who may read the matter.
func ReadTimeline(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*Timeline, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	t := &Timeline{Matter: m.For(reader)}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	in := func(id forum.ForumID) forum.Forum {
		return forums[slices.IndexFunc(forums, func(f forum.Forum) bool { return f.ID == id })]
	}
	t.Forum = in(m.ForumID)
	deeds, err := forum.History(ctx, tx, forum.MatterObject(id))
	if err != nil {
		return nil, err
	}
	for i := range deeds {
		t.Moments = append(t.Moments, Moment{At: deeds[i].At, Forum: in(deeds[i].ForumID), Deed: &deeds[i]})
	}
	decisions, err := tx.DecisionsOn(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, d := range decisions {
		shown := d.For(reader, m)
		made := Moment{At: d.MadeAt, Forum: in(d.ForumID), Decision: &shown, Exempt: m.Withheld(reader)}
		t.Moments = append(t.Moments, made)
		if err := t.readWords(ctx, tx, made); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(t.Moments, func(a, b Moment) int { return a.At.Compare(b.At) })
	return t, nil
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
				At: w.At, Forum: of.Forum, Decision: of.Decision, Exempt: of.Exempt, Word: &ProgressRow{w, people[w.PersonID].Name}, Organisation: organisations[f.OrganisationID],
			})
		}
	}
	return nil
}
