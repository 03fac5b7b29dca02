package forum

import (
	"context"
	"slices"
)

// ahead is a transaction that knows beforehand what is asked for in every forum:
// the forums, the mandates of today, people, and the meetings that are not over.
type ahead struct {
	Tx
	by       Actor
	today    Date
	forums   map[ForumID]Forum
	order    []ForumID
	mandates map[ForumID]Mandate
	meetings []Meeting // by start
	people   map[PersonID]Person
	rights   map[Right][]ForumID
}

func aheadOf(ctx context.Context, tx Tx, by Actor) (*ahead, error) {
	a := &ahead{Tx: tx, by: by, today: DateOf(tx.Now()), forums: map[ForumID]Forum{}, mandates: map[ForumID]Mandate{}, rights: map[Right][]ForumID{}}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range forums {
		a.forums[f.ID] = f
		a.order = append(a.order, f.ID)
	}
	mandates, err := tx.Mandates(ctx, a.today)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(mandates, func(x, y Mandate) int { return int(x.ID - y.ID) })
	for _, m := range mandates {
		if held, has := a.mandates[m.ForumID]; !has || held.From <= m.From {
			a.mandates[m.ForumID] = m
		}
	}
	all, err := tx.MeetingsAhead(ctx, tx.Now().Add(-longestMeeting))
	if err != nil {
		return nil, err
	}
	a.meetings = slices.DeleteFunc(all, func(m Meeting) bool { return !m.Movable() || !m.End.After(tx.Now()) })
	a.people, err = tx.People(ctx)
	return a, err
}

// Forum gives what is known.
func (a *ahead) Forum(ctx context.Context, id ForumID) (*Forum, error) {
	if f, known := a.forums[id]; known {
		return &f, nil
	}
	return a.Tx.Forum(ctx, id)
}

// Mandate gives today's as it is known.
func (a *ahead) Mandate(ctx context.Context, in ForumID, on Date) (*Mandate, error) {
	if on != a.today {
		return a.Tx.Mandate(ctx, in, on)
	}
	m, known := a.mandates[in]
	if !known {
		return nil, Refuse(NotFound, "error.not_found.mandate")
	}
	return &m, nil
}

// Meeting gives one that is not over as it is known.
func (a *ahead) Meeting(ctx context.Context, id MeetingID) (*Meeting, error) {
	if at := slices.IndexFunc(a.meetings, func(m Meeting) bool { return m.ID == id }); at >= 0 {
		m := a.meetings[at]
		return &m, nil
	}
	return a.Tx.Meeting(ctx, id)
}

// where lists the forums in which the reader has a right.
func (a *ahead) where(ctx context.Context, right Right) ([]ForumID, error) {
	if found, asked := a.rights[right]; asked {
		return found, nil
	}
	found := []ForumID{}
	for _, id := range a.order {
		may, err := a.by.Can(ctx, a, right, id)
		if err != nil {
			return nil, err
		}
		if may {
			found = append(found, id)
		}
	}
	a.rights[right] = found
	return found, nil
}

// meetingsWhere lists the meetings ahead in the forums in which the reader has a
// right, as ids too.
func (a *ahead) meetingsWhere(ctx context.Context, right Right) (found []Meeting, ids []MeetingID, err error) {
	forums, err := a.where(ctx, right)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range a.meetings {
		if slices.Contains(forums, m.ForumID) {
			found, ids = append(found, m), append(ids, m.ID)
		}
	}
	return found, ids, nil
}

// meeting is one that is not over, of ID 0 for another.
func (a *ahead) meeting(id MeetingID) Meeting {
	if at := slices.IndexFunc(a.meetings, func(m Meeting) bool { return m.ID == id }); at >= 0 {
		return a.meetings[at]
	}
	return Meeting{}
}
