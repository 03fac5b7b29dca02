package governance

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// MinutesWaitingSort is what is to be done with minutes.
type MinutesWaitingSort string

// The sorts.
const (
	WriteWaits   MinutesWaitingSort = "write"
	KeysAskWaits MinutesWaitingSort = "ask-keys" // all have answered, or remarks are to be looked at
	AnswerWaits  MinutesWaitingSort = "answer"
	KeyWaits     MinutesWaitingSort = "key"
)

// MinutesWaiting is something that waits for a person because of minutes.
type MinutesWaiting struct {
	Sort    MinutesWaitingSort
	Meeting forum.Meeting
	Forum   forum.Forum
	Minutes *Minutes  // nil where they are not begun
	By      time.Time // zero for no limit
	Now     time.Time
}

// ReadMinutesWaiting lists what minutes ask of the reader, the most urgent first.
func ReadMinutesWaiting(ctx context.Context, tx Tx, by forum.Actor) ([]MinutesWaiting, error) {
	meetings, err := tx.MeetingsAhead(ctx, tx.Now().Add(-lookBack))
	if err != nil {
		return nil, err
	}
	var found []MinutesWaiting
	for _, m := range meetings {
		if m.Start.After(tx.Now()) || m.Recordable() != nil {
			continue
		}
		w := MinutesWaiting{Meeting: m, Now: tx.Now()}
		waits, err := w.wait(ctx, tx, by)
		if err != nil {
			return nil, err
		}
		if waits {
			found = append(found, w)
		}
	}
	slices.SortStableFunc(found, func(a, b MinutesWaiting) int {
		return cmp.Or(cmp.Compare(minutesLast(a.By), minutesLast(b.By)), a.By.Compare(b.By))
	})
	return found, nil
}

// minutesLast puts what has no limit last.
func minutesLast(by time.Time) int {
	if by.IsZero() {
		return 1
	}
	return 0
}

// wait finds what a meeting's minutes ask of somebody now, if anything.
func (w *MinutesWaiting) wait(ctx context.Context, tx Tx, by forum.Actor) (bool, error) {
	if _, err := by.MayAt(ctx, tx, forum.ReadMeeting, &w.Meeting); err != nil {
		if forum.IsKind(err, forum.Forbidden) {
			return false, nil
		}
		return false, err
	}
	in, err := tx.Forum(ctx, w.Meeting.ForumID)
	if err != nil {
		return false, err
	}
	of, err := ReadMinutesOf(ctx, tx, by, w.Meeting.ID)
	if err != nil {
		return false, err
	}
	w.Forum, w.Minutes, w.By = *in, of.Newest(), of.Due
	switch {
	case w.Minutes == nil || w.Minutes.State == WritingMinutes:
		w.Sort = WriteWaits
		return of.MayWrite, nil
	case w.Minutes.State == ApprovedMinutes:
		return false, nil
	}
	page, err := ReadMinutes(ctx, tx, by, w.Minutes.ID)
	if err != nil {
		return false, err
	}
	return page.waits(w), nil
}

// waits is what minutes that are out ask of the page's reader.
func (p *MinutesPage) waits(w *MinutesWaiting) bool {
	turned := slices.ContainsFunc(p.Keys, func(k MinutesKeyRow) bool { return k.Level == p.Turns && k.Word != nil })
	objected := slices.ContainsFunc(p.Keys, func(k MinutesKeyRow) bool { return k.Word != nil && k.Word.Answer == forum.Objects })
	open := slices.ContainsFunc(p.Answers, func(a MinutesAnswerRow) bool { return a.Answer == nil })
	switch {
	case p.Turns != "" && !turned:
		w.Sort, w.By = KeyWaits, p.Round.Deadline
	case p.MayAnswer && p.Own == nil:
		w.Sort, w.By = AnswerWaits, time.Time{}
	case p.MaySend && (p.State == SentMinutes && !open || objected):
		w.Sort, w.By = KeysAskWaits, time.Time{}
	default:
		return false
	}
	return true
}
