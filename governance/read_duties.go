package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// ReadDuties lists all that governance asks of the reader across forums.
func ReadDuties(ctx context.Context, tx Tx, by forum.Actor) (*Duties, error) {
	d := &dutiful{Tx: tx, by: by, forums: map[forum.ForumID]forum.Forum{}}
	seats, err := tx.SeatsOf(ctx, by.Person, forum.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	for _, s := range seats {
		if !slices.Contains(d.seated, s.ForumID) {
			d.seated = append(d.seated, s.ForumID)
		}
	}
	all, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		d.forums[f.ID] = f
	}
	list := []Duty{}
	for _, find := range []func(context.Context) ([]Duty, error){
		d.votes, d.minutes, d.questions, d.ladders, d.escalations, d.ratifications, d.followUps,
	} {
		found, err := find(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	resting, err := tx.RestingErrands(ctx)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(d Duty) bool {
		held := d.held()
		return held.Kind != "" && slices.ContainsFunc(resting, func(e forum.Errand) bool { return e.Holds(held) })
	})
	slices.SortStableFunc(list, byUrgency)
	return &Duties{Now: tx.Now(), List: list}, nil
}

// dutiful is a transaction that looks for what is asked of one person.
type dutiful struct {
	Tx
	by     forum.Actor
	forums map[forum.ForumID]forum.Forum
	seated []forum.ForumID // where the person has a seat today
}

// matter is one as the reader may see it; of what the reader may not read nothing.
func (d *dutiful) matter(ctx context.Context, id forum.MatterID) (shown *forum.Matter, hidden bool, err error) {
	m, err := d.Matter(ctx, id)
	if err != nil {
		return nil, false, err
	}
	may, err := allowed(forum.MayReadMatter(ctx, d.Tx, d.by, m))
	if err != nil || !may {
		return nil, false, err
	}
	reader, err := forum.ReaderOf(ctx, d.Tx, d.by, m)
	if err != nil {
		return nil, false, err
	}
	as := m.For(reader)
	as.Text = ""
	return &as, m.Withheld(reader), nil
}

// votes are those that ballots wait for.
func (d *dutiful) votes(ctx context.Context) (found []Duty, err error) {
	owed, err := ReadOwedVotes(ctx, d.Tx, d.by)
	if err != nil {
		return nil, err
	}
	for _, o := range owed {
		m, _, err := d.matter(ctx, o.MatterID)
		if err != nil {
			return nil, err
		}
		if m != nil {
			found = append(found, Duty{Sort: VoteDuty, Forum: d.forums[o.ForumID], Matter: *m, By: o.Deadline, Vote: o})
		}
	}
	return found, nil
}

// minutes are those to be written, put before the keys, approved or turned a key for.
func (d *dutiful) minutes(ctx context.Context) (found []Duty, err error) {
	waiting, err := ReadMinutesWaiting(ctx, d.Tx, d.by)
	for _, w := range waiting {
		found = append(found, Duty{Sort: "minutes-" + DutySort(w.Sort), Forum: w.Forum, By: w.By, Minutes: w})
	}
	return found, err
}

// questions are those of impartiality, for who notes what the body decided. It
// decides without the one who is questioned (fvl. § 8).
func (d *dutiful) questions(ctx context.Context) (found []Duty, err error) {
	open, err := d.ImpartialitiesOpen(ctx, d.seated)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	people, err := forum.Everyone(ctx, d.Tx)
	if err != nil {
		return nil, err
	}
	for _, q := range open {
		may, err := d.by.Can(ctx, d.Tx, NotePresence, q.ForumID)
		if err != nil {
			return nil, err
		}
		if !may || q.PersonID == d.by.Person {
			continue
		}
		m, hidden, err := d.matter(ctx, q.MatterID)
		if err != nil {
			return nil, err
		}
		if m == nil || m.State != forum.Proposed && m.State != forum.Placed {
			continue
		}
		if hidden {
			q.Reason = ""
		}
		found = append(found, Duty{Sort: ImpartialityDuty, Forum: d.forums[q.ForumID], Matter: *m, Impartiality: q, Person: people[q.PersonID]})
	}
	return found, nil
}

// followUps are those that the reader sees to, and those that are offered to it.
func (d *dutiful) followUps(ctx context.Context) (found []Duty, err error) {
	owed, err := ReadOwed(ctx, d.Tx, d.by)
	if err != nil {
		return nil, err
	}
	for _, row := range owed.Rows {
		sort := FollowUpDuty
		if row.Offered {
			sort = OfferDuty
		}
		found = append(found, Duty{Sort: sort, Forum: row.Forum, Matter: row.Matter, By: row.Due.EndOf(), FollowUp: row})
	}
	return found, nil
}
