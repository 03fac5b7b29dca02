package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Reminders(ctx context.Context, meeting forum.MeetingID) ([]forum.Reminder, error) {
	return list[forum.Reminder](ctx, t, "reminder", "id", "meeting_id = ?", meeting)
}

func (t *tx) SaveReminder(ctx context.Context, reminder *forum.Reminder) error {
	return save(ctx, t, "reminder", reminder)
}
