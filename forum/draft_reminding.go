package forum

import (
	"context"
	"slices"
	"time"
)

// DraftReminderID identifies a reminder of a draft.
type DraftReminderID int64

// DraftReminder is that someone was reminded that a draft waits for their level:
// once each.
type DraftReminder struct {
	ID         DraftReminderID
	MatterID   MatterID
	PersonID   PersonID
	RemindedAt time.Time
}

// DraftReminderKeeper keeps whom the drafts reminded.
type DraftReminderKeeper interface {
	// DraftReminders lists those of a matter.
	DraftReminders(ctx context.Context, matter MatterID) ([]DraftReminder, error)
	// SaveDraftReminder adds one; Conflict when the person was reminded of the draft already.
	SaveDraftReminder(ctx context.Context, reminder *DraftReminder) error
}

// longestDrafting is the most days that a mandate can give a draft, and one more
// for the hours of the first.
const longestDrafting = 366 * 24 * time.Hour

// forumsDrafting lists the forums whose drafts can still wait for a level.
func forumsDrafting(ctx context.Context, tx Tx) (forums []ForumID, err error) {
	drafts, err := tx.DraftsUnready(ctx, tx.Now().Add(-longestDrafting))
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		matter, err := tx.Matter(ctx, d.MatterID)
		if err != nil {
			return nil, err
		}
		if matter.awaitsDraft() && !slices.Contains(forums, matter.ForumID) {
			forums = append(forums, matter.ForumID)
		}
	}
	return forums, nil
}

// awaitsDraft tells whether anybody can owe the matter's draft something.
func (m *Matter) awaitsDraft() bool {
	return m.gated() && (m.State == Proposed || m.State == Placed)
}

// draftsOwed are the contributions to a forum's drafts that levels have not given
// when half of their days are over: the debt of the level's secretaries, or of all
// who may write for a level that has none.
func draftsOwed(ctx context.Context, tx Tx, in ForumID) (debts []Debt, err error) {
	drafts, err := tx.DraftsUnready(ctx, tx.Now().Add(-longestDrafting))
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		matter, err := tx.Matter(ctx, d.MatterID)
		if err != nil {
			return nil, err
		}
		if matter.ForumID != in || !matter.awaitsDraft() {
			continue
		}
		owed, err := draftOwed(ctx, tx, matter)
		if err != nil {
			return nil, err
		}
		debts = append(debts, owed...)
	}
	return debts, nil
}

func draftOwed(ctx context.Context, tx Tx, m *Matter) (debts []Debt, err error) {
	gate, _, err := gateFor(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	if wanted := (Span{halfway(gate.Since, gate.Until), gate.Until}); !wanted.Holds(tx.Now()) {
		return nil, nil
	}
	reminded, err := tx.DraftReminders(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, level := range gate.Missing() {
		people, err := speakersFor(ctx, tx, m.ForumID, level)
		if err != nil {
			return nil, err
		}
		for _, person := range people {
			if slices.ContainsFunc(reminded, func(r DraftReminder) bool { return r.PersonID == person }) ||
				slices.ContainsFunc(debts, func(d Debt) bool { return d.Person == person }) {
				continue
			}
			debts = append(debts, Debt{Person: person, Cause: DraftOwed, By: gate.Until, InvitedAt: gate.Since, Matters: []Matter{m.For(Reader{})}})
		}
	}
	return debts, nil
}

// speakersFor are who is asked to contribute for a level.
func speakersFor(ctx context.Context, tx Tx, in ForumID, level Level) ([]PersonID, error) {
	people, err := Holders(ctx, tx, in, ReadyIt, level)
	if err != nil || len(people) > 0 {
		return people, err
	}
	return Holders(ctx, tx, in, EditDraft, level)
}
