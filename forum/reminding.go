package forum

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// ReminderFacts is what one mail reminds someone of, the most urgent first.
type ReminderFacts struct {
	Forum   string
	ID      ForumID
	Address string // of the forum
	Person  string
	Owed    []OwedFacts
}

// OwedFacts is one thing that is owed.
type OwedFacts struct {
	Cause     Cause
	Meeting   MeetingFacts
	By        time.Time
	InvitedAt time.Time
	ForOld    bool
	Matters   []OwedMatter
}

// OwedMatter is one matter that waits.
type OwedMatter struct {
	ID     MatterID
	Intake string
	Title  string
}

// ForumsToRemind lists the forums that have called a meeting which is ahead, or
// have a draft that waits for a level.
func ForumsToRemind(ctx context.Context, tx Tx) ([]ForumID, error) {
	ahead, err := tx.MeetingsAhead(ctx, tx.Now())
	if err != nil {
		return nil, err
	}
	var forums []ForumID
	for _, m := range ahead {
		if m.inviting(tx) && !slices.Contains(forums, m.ForumID) {
			forums = append(forums, m.ForumID)
		}
	}
	drafting, err := forumsDrafting(ctx, tx)
	for _, id := range drafting {
		if !slices.Contains(forums, id) {
			forums = append(forums, id)
		}
	}
	return forums, err
}

// Remind reminds everyone of what they owe a forum's called meetings: each of
// one thing once, all in one mail, when Remindable says so of any of it.
func Remind(ctx context.Context, tx Tx, almanac Almanac, in ForumID) error {
	debts, err := debtsTo(ctx, tx, in)
	if err != nil {
		return err
	}
	owed := map[PersonID][]Debt{}
	var people []PersonID
	for _, d := range debts {
		if len(owed[d.Person]) == 0 {
			people = append(people, d.Person)
		}
		owed[d.Person] = append(owed[d.Person], d)
	}
	people = slices.DeleteFunc(people, func(p PersonID) bool {
		return !slices.ContainsFunc(owed[p], func(d Debt) bool { return Remindable(almanac, d.By, tx.Now()) })
	})
	for _, person := range people {
		if err := remind(ctx, tx, in, person, owed[person]); err != nil {
			return err
		}
	}
	if len(people) == 0 {
		return nil
	}
	return tx.Record(ctx, Event{
		ForumID: in, At: tx.Now(), Deed: "reminders_sent", Object: ForumObject(in), Details: map[string]string{"People": fmt.Sprint(len(people))},
	})
}

// remind sends one person one mail, and keeps that it was sent.
func remind(ctx context.Context, tx Tx, in ForumID, person PersonID, debts []Debt) error {
	to, err := tx.Person(ctx, person)
	if err != nil {
		return err
	}
	f, err := tx.Forum(ctx, in)
	if err != nil {
		return err
	}
	slices.SortStableFunc(debts, func(a, b Debt) int { return a.By.Compare(b.By) })
	facts := ReminderFacts{Forum: f.Name, ID: in, Address: f.Address, Person: to.Name}
	for _, d := range debts {
		if err := d.noteReminder(ctx, tx, person); err != nil {
			return err
		}
		facts.Owed = append(facts.Owed, d.facts())
	}
	return Send(ctx, tx, f, to, ReminderMessage, facts)
}

// noteReminder keeps that a person was reminded of the debt.
func (d Debt) noteReminder(ctx context.Context, tx Tx, person PersonID) error {
	if d.Cause == DraftOwed {
		return tx.SaveDraftReminder(ctx, &DraftReminder{MatterID: d.Matters[0].ID, PersonID: person, RemindedAt: tx.Now()})
	}
	return tx.SaveReminder(ctx, &Reminder{PersonID: person, MeetingID: d.Meeting.ID, Cause: d.Cause, RemindedAt: tx.Now()})
}

func (d Debt) facts() OwedFacts {
	facts := OwedFacts{
		Cause: d.Cause, Meeting: MeetingFacts{d.Meeting.ID, d.Meeting.Slot, d.Meeting.ItemsDue}, By: d.By, InvitedAt: d.InvitedAt, ForOld: d.ForOld,
	}
	for _, m := range d.Matters {
		facts.Matters = append(facts.Matters, OwedMatter{m.ID, m.Intake, m.Title})
	}
	return facts
}
