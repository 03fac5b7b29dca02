package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) AgendaRevision(ctx context.Context, meeting forum.MeetingID, number int) (*forum.AgendaRevision, error) {
	if number != 0 {
		return where[forum.AgendaRevision](ctx, t, "agenda", guarded, "meeting_id = ? AND number = ?", meeting, number)
	}
	return first[forum.AgendaRevision](ctx, t, "agenda", guarded, "number DESC", "meeting_id = ?", meeting)
}

func (t *tx) SaveAgendaRevision(ctx context.Context, revision *forum.AgendaRevision) error {
	return save(ctx, t, "agenda", revision)
}

func (t *tx) Guest(ctx context.Context, id forum.GuestID) (*forum.Guest, error) {
	return where[forum.Guest](ctx, t, "guest", guarded, "id = ?", id)
}

func (t *tx) GuestByLink(ctx context.Context, link string) (*forum.Guest, error) {
	return where[forum.Guest](ctx, t, "guest", guarded, "link = ?", clean(link))
}

func (t *tx) Guests(ctx context.Context, meeting forum.MeetingID) ([]forum.Guest, error) {
	return list[forum.Guest](ctx, t, "guest", "id", "meeting_id = ?", meeting)
}

func (t *tx) SaveGuest(ctx context.Context, guest *forum.Guest) error {
	return save(ctx, t, "guest", guest)
}
