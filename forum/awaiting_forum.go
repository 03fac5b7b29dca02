package forum

import (
	"context"
	"slices"
	"strings"
	"time"
)

const (
	// papersAhead is how long before their day papers are asked for, and the calling of a draft before matters have to be in.
	papersAhead = 14 * 24 * time.Hour
	// mostOfOne is how many matters of one inbox, or how many mails, are listed; the pages of the forum have all.
	mostOfOne = 5
)

// absentWaiting are those who stay away from a meeting and for whom nobody is
// left to stand in.
func absentWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	_, ids, err := a.meetingsWhere(ctx, ReadAnswers)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	uncovered, err := a.Uncovered(ctx, ids)
	for _, i := range uncovered {
		m := a.meeting(i.MeetingID)
		found = append(found, Waiting{Sort: UncoveredWaits, Forum: a.forums[m.ForumID], By: m.Start, Meeting: m, Person: a.people[i.PersonID]})
	}
	return found, err
}

// guestsWaiting are guests who stay away.
func guestsWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	_, ids, err := a.meetingsWhere(ctx, EditAgenda)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	guests, err := a.GuestsAway(ctx, ids)
	for _, g := range guests {
		m := a.meeting(g.MeetingID)
		found = append(found, Waiting{Sort: GuestWaits, Forum: a.forums[m.ForumID], By: m.Start, Meeting: m, Guest: g})
	}
	return found, err
}

// meetingsWaiting are drafts to be called, agendas to be put before the keys, and
// agendas that have changed since they went out.
func meetingsWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	calls, err := a.where(ctx, CallIt)
	if err != nil {
		return nil, err
	}
	meetings, ids, err := a.meetingsWhere(ctx, AskKeys)
	if err != nil {
		return nil, err
	}
	var editions []Edition
	if len(ids) > 0 {
		if editions, err = a.EditionsOf(ctx, ids); err != nil {
			return nil, err
		}
	}
	for _, m := range a.meetings {
		if m.State == DraftMeeting && slices.Contains(calls, m.ForumID) && m.Start.After(a.Now()) && m.ItemsDue.Add(-papersAhead).Before(a.Now()) {
			found = append(found, Waiting{Sort: DraftWaits, Forum: a.forums[m.ForumID], By: m.atLatest(later(m.ItemsDue, a.Now())), Meeting: m})
		}
	}
	for _, m := range meetings {
		if m.askable(a.Now()) != nil {
			continue
		}
		of := slices.DeleteFunc(slices.Clone(editions), func(e Edition) bool { return e.MeetingID != m.ID })
		w, err := agendaWaits(ctx, a, &m, newestKeyed(of))
		if err != nil {
			return nil, err
		}
		if w != "" {
			by := m.atLatest(m.PapersDue)
			if w == SupplementWait {
				by = m.Start
			}
			found = append(found, Waiting{Sort: w, Forum: a.forums[m.ForumID], By: by, Meeting: m})
		}
	}
	return found, nil
}

// agendaWaits tells what is to be done with a meeting's agenda, "" for nothing:
// newest is the edition that was before the keys last, nil for none.
func agendaWaits(ctx context.Context, a *ahead, m *Meeting, newest *Edition) (WaitingSort, error) {
	switch {
	case newest == nil || newest.State == WithdrawnEdition && m.State == CalledMeeting:
		if m.PapersDue.Add(-papersAhead).After(a.Now()) {
			return "", nil
		}
		return PapersWait, nil
	case newest.State == WithdrawnEdition:
		return "", nil
	}
	_, items, err := freeze(ctx, a, m)
	if err != nil || sameAgenda(newest.Items, items) {
		return "", err
	}
	if newest.State == AskedEdition {
		return PapersWait, nil // what the key-holders have is not what it says now
	}
	return SupplementWait, nil
}

// mattersWaiting are matters in an inbox, the longest waiting first, with the
// meeting that they can reach.
func (p *Awaiting) mattersWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	forums, err := a.where(ctx, PlaceIt)
	if err != nil || len(forums) == 0 {
		return nil, err
	}
	matters, err := a.MattersIn(ctx, forums, Proposed)
	if err != nil || len(matters) == 0 {
		return nil, err
	}
	removals, err := a.RemovalsIn(ctx, forums)
	if err != nil {
		return nil, err
	}
	listed := map[ForumID]int{}
	for _, m := range matters {
		if slices.ContainsFunc(removals, func(r Removal) bool { return r.MatterID == m.ID }) {
			continue
		}
		if listed[m.ForumID]++; listed[m.ForumID] > mostOfOne {
			p.More[m.ForumID]++
			continue
		}
		w := Waiting{Sort: MatterWaits, Forum: a.forums[m.ForumID], Matter: m}
		at := slices.IndexFunc(a.meetings, func(o Meeting) bool { return o.ForumID == m.ForumID && o.Start.After(a.Now()) })
		if at >= 0 {
			w.Meeting = a.meetings[at]
			w.By = w.Meeting.atLatest(w.Meeting.PapersDue)
		}
		found = append(found, w)
	}
	return found, nil
}

// mailWaiting are held mails, with who seems to have written each.
func mailWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	forums, err := a.where(ctx, ReleaseMail)
	if err != nil || len(forums) == 0 {
		return nil, err
	}
	mails, err := a.HeldIn(ctx, forums, mostOfOne)
	if err != nil {
		return nil, err
	}
	for _, mail := range mails {
		w := Waiting{Sort: MailWaits, Forum: a.forums[mail.ForumID], Mail: mail}
		if mail.Readable() {
			for _, person := range a.people {
				if strings.EqualFold(person.Address, mail.From) {
					w.Person = person
				}
			}
		}
		found = append(found, w)
	}
	return found, nil
}

// failuresWaiting are mails that failed for good.
func failuresWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	forums, err := a.where(ctx, ReleaseMail)
	if err != nil || len(forums) == 0 {
		return nil, err
	}
	messages, err := a.MessagesIn(ctx, Failed, forums, mostOfOne)
	for _, m := range messages {
		found = append(found, Waiting{Sort: FailureWaits, Forum: a.forums[m.ForumID], Message: m, Person: a.people[m.PersonID]})
	}
	return found, err
}
