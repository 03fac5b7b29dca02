package forum

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Debt is what someone owes a meeting, or a draft, at an instant.
type Debt struct {
	Person    PersonID
	Meeting   Meeting // of a draft none
	Cause     Cause
	By        time.Time // the last instant at which it is done in time
	InvitedAt time.Time // of an answer
	ForOld    bool      // the answer that was given was to an earlier time or place
	Matters   []Matter  // of the inbox, or returned
}

// debtsTo lists what is owed to a forum's called meetings and drafts now and
// nobody was reminded of, by meeting.
func debtsTo(ctx context.Context, tx Tx, in ForumID) (debts []Debt, err error) {
	meetings, err := tx.Meetings(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		if !m.inviting(tx) {
			continue
		}
		owed, err := debtsToMeeting(ctx, tx, &m)
		if err != nil {
			return nil, err
		}
		debts = append(debts, owed...)
	}
	drafts, err := draftsOwed(ctx, tx, in)
	return append(debts, drafts...), err
}

func debtsToMeeting(ctx context.Context, tx Tx, m *Meeting) (debts []Debt, err error) {
	wanted := []func(context.Context, Tx, *Meeting) ([]Debt, error){answersOwed}
	if m.State == CalledMeeting {
		wanted = append(wanted, itemsOwed, resendsOwed, papersOwed)
	}
	for _, find := range wanted {
		found, err := find(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		debts = append(debts, found...)
	}
	reminded, err := tx.Reminders(ctx, m.ID)
	return slices.DeleteFunc(debts, func(d Debt) bool {
		return slices.ContainsFunc(reminded, func(r Reminder) bool { return r.PersonID == d.Person && r.Cause == d.Cause })
	}), err
}

// answersOwed are the answers of those on whom the meeting counts.
func answersOwed(ctx context.Context, tx Tx, m *Meeting) (debts []Debt, err error) {
	r, err := readRound(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	for _, i := range r.invitations {
		wanted := answerWanted(m, i.InvitedAt, r.due(i))
		if !i.owesAnswer() || r.reply(i.PersonID) != Waited || !wanted.Holds(tx.Now()) {
			continue
		}
		debts = append(debts, Debt{
			Person: i.PersonID, Meeting: *m, Cause: AnswerOwed, By: wanted.End, InvitedAt: i.InvitedAt, ForOld: r.forOld(r.newest[i.PersonID]),
		})
	}
	slices.SortFunc(debts, func(a, b Debt) int { return cmp.Compare(a.Person, b.Person) })
	return debts, nil
}

// itemsOwed is the placing of matters that came in time for the meeting, and that
// nobody has asked to return, relocate or merge.
func itemsOwed(ctx context.Context, tx Tx, m *Meeting) (debts []Debt, err error) {
	if !m.itemsWanted().Holds(tx.Now()) {
		return debts, nil
	}
	waiting, err := tx.Matters(ctx, m.ForumID, Proposed)
	if err != nil {
		return nil, err
	}
	asked, err := tx.OpenRemovals(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	waiting = slices.DeleteFunc(waiting, func(w Matter) bool {
		return w.ProposedAt.After(m.ItemsDue) || slices.ContainsFunc(asked, func(r Removal) bool { return r.MatterID == w.ID })
	})
	if len(waiting) == 0 {
		return debts, nil
	}
	return owedBy(ctx, tx, PlaceIt, Debt{Meeting: *m, Cause: ItemsOwed, By: m.itemsWanted().End, Matters: waiting})
}

// papersOwed is the sending of the agenda.
func papersOwed(ctx context.Context, tx Tx, m *Meeting) (debts []Debt, err error) {
	if !m.papersWanted().Holds(tx.Now()) {
		return debts, nil
	}
	return owedBy(ctx, tx, EditAgenda, Debt{Meeting: *m, Cause: PapersOwed, By: m.papersWanted().End})
}

// owedBy is one debt of everyone who has a right.
func owedBy(ctx context.Context, tx Tx, right Right, debt Debt) (debts []Debt, err error) {
	people, err := Holders(ctx, tx, debt.Meeting.ForumID, right, "")
	for _, person := range people {
		debt.Person = person
		debts = append(debts, debt)
	}
	return debts, err
}

// resendsOwed are the matters that were returned since the forum's last meeting,
// whose proposers may still propose and have sent the forum nothing since.
func resendsOwed(ctx context.Context, tx Tx, m *Meeting) (debts []Debt, err error) {
	if !m.resendWanted().Holds(tx.Now()) {
		return debts, nil
	}
	returned, err := tx.Matters(ctx, m.ForumID, Returned)
	if err != nil {
		return nil, err
	}
	last, err := lastMeeting(ctx, tx, m.ForumID)
	if err != nil {
		return nil, err
	}
	for _, matter := range returned {
		at, err := returnedAt(ctx, tx, matter.ID)
		if err != nil {
			return nil, err
		}
		if !at.After(last) {
			continue
		}
		still, err := stillToSend(ctx, tx, &matter, at)
		if err != nil {
			return nil, err
		}
		if !still {
			continue
		}
		known := slices.IndexFunc(debts, func(d Debt) bool { return d.Person == matter.Proposer })
		if known < 0 {
			debts = append(debts, Debt{Person: matter.Proposer, Meeting: *m, Cause: ResendOwed, By: m.resendWanted().End})
			known = len(debts) - 1
		}
		debts[known].Matters = append(debts[known].Matters, matter)
	}
	return debts, nil
}

// lastMeeting is when a forum's last meeting began, zero before its first.
func lastMeeting(ctx context.Context, tx Tx, in ForumID) (last time.Time, err error) {
	meetings, err := tx.Meetings(ctx, in)
	for _, m := range meetings {
		if m.State != CancelledMeeting && m.State != DraftMeeting && !m.Start.After(tx.Now()) {
			last = m.Start
		}
	}
	return last, err
}

// returnedAt is when a matter was returned last.
func returnedAt(ctx context.Context, tx Tx, id MatterID) (at time.Time, err error) {
	history, err := tx.History(ctx, MatterObject(id))
	for _, e := range history {
		if e.Deed == "matter_"+string(Return) {
			at = e.At
		}
	}
	return at, err
}

// stillToSend tells whether a returned matter's proposer may propose, and has
// proposed nothing to the forum since.
func stillToSend(ctx context.Context, tx Tx, returned *Matter, at time.Time) (bool, error) {
	may, err := AsPerson(returned.Proposer).Can(ctx, tx, ProposeIt, returned.ForumID)
	if err != nil || !may {
		return false, err
	}
	for _, state := range []MatterState{Proposed, Placed, Merged} {
		matters, err := tx.Matters(ctx, returned.ForumID, state)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(matters, func(m Matter) bool { return m.Proposer == returned.Proposer && m.ProposedAt.After(at) }) {
			return false, nil
		}
	}
	return true, nil
}
