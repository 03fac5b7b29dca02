package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

// eventRow is an event with its object's parts in columns of their own.
type eventRow struct {
	bun.BaseModel `bun:"table:events,alias:event"`
	ForumID       int64
	Number        int64
	At            time.Time
	PersonID      forum.PersonID
	Level         forum.Level
	Deed          string
	ObjectKind    string
	ObjectID      int64 `bun:"object_id"`
	Details       map[string]string
	Previous      forum.Digest
	Digest        forum.Digest
}

// Record keeps the event for the commit, in the words that the database can hold.
func (t *tx) Record(_ context.Context, event forum.Event) error {
	if t.reads {
		return errReadOnly
	}
	event.At = event.At.UTC().Truncate(time.Microsecond)
	event.Level, event.Deed, event.Object.Kind = forum.Level(clean(string(event.Level))), clean(event.Deed), clean(event.Object.Kind)
	details := make(map[string]string, len(event.Details))
	for name, value := range event.Details {
		details[clean(name)] = clean(value)
	}
	event.Details = details
	t.events = append(t.events, event)
	return nil
}

// sealAll links the events to their chains. Chains are locked in the order of
// their forums, so that two transactions never wait for each other.
func (t *tx) sealAll(ctx context.Context) error {
	slices.SortStableFunc(t.events, func(a, b forum.Event) int { return cmp.Compare(a.ForumID, b.ForumID) })
	for len(t.events) > 0 {
		chain := t.events[0].ForumID
		end := slices.IndexFunc(t.events, func(e forum.Event) bool { return e.ForumID != chain })
		if end < 0 {
			end = len(t.events)
		}
		if err := t.seal(ctx, chain, t.events[:end]); err != nil {
			return t.fail("event", err)
		}
		t.events = t.events[end:]
	}
	return nil
}

func (t *tx) seal(ctx context.Context, chain forum.ForumID, events []forum.Event) error {
	number, digest, err := t.head(ctx, chain)
	if err != nil {
		return err
	}
	rows := make([]eventRow, len(events))
	for i, event := range events {
		number++
		event = event.Seal(number, digest)
		digest = event.Digest
		rows[i] = eventRow{
			ForumID: int64(event.ForumID), Number: event.Number, At: event.At, PersonID: event.PersonID, Level: event.Level, Deed: event.Deed,
			ObjectKind: event.Object.Kind, ObjectID: event.Object.ID, Details: event.Details, Previous: event.Previous, Digest: event.Digest,
		}
	}
	last := withCommit(ctx)
	if _, err := t.db.NewInsert().Model(&rows).Returning("NULL").Exec(last); err != nil {
		return err
	}
	_, err = t.db.NewRaw("UPDATE chains SET number = ?, digest = ? WHERE forum_id = ?", number, digest, chain).Exec(last)
	return err
}

// head locks a chain and gives its last event, of which there is none in a chain that begins.
func (t *tx) head(ctx context.Context, chain forum.ForumID) (number int64, digest forum.Digest, err error) {
	err = t.held(t.db.NewSelect().Table("chains").Column("number", "digest").Where("forum_id = ?", chain), toChange).Scan(ctx, &number, &digest)
	if errors.Is(err, sql.ErrNoRows) {
		err = t.db.NewRaw(`INSERT INTO chains (forum_id, number, digest) VALUES (?, 0, '')
			ON CONFLICT (forum_id) DO UPDATE SET number = chains.number RETURNING number, digest`, chain).Scan(ctx, &number, &digest)
	}
	return number, digest, err
}

// History lists what was done to an object, in whichever forum.
func (t *tx) History(ctx context.Context, object forum.Object) ([]forum.Event, error) {
	if err := t.catchUp(ctx); err != nil {
		return nil, err
	}
	rows, err := list[eventRow](ctx, t, "event", "at, forum_id, number", "object_kind = ? AND object_id = ?", clean(object.Kind), object.ID)
	return eventsOf(rows), err
}

func (t *tx) Chain(ctx context.Context, in forum.ForumID) ([]forum.Event, error) {
	if err := t.catchUp(ctx); err != nil {
		return nil, err
	}
	rows, err := list[eventRow](ctx, t, "event", "number", "forum_id = ?", in)
	return eventsOf(rows), err
}

func eventsOf(rows []eventRow) []forum.Event {
	events := make([]forum.Event, len(rows))
	for i, row := range rows {
		events[i] = forum.Event{
			ForumID: forum.ForumID(row.ForumID), Number: row.Number, At: row.At, PersonID: row.PersonID, Level: row.Level, Deed: row.Deed,
			Object: forum.Object{Kind: row.ObjectKind, ID: row.ObjectID}, Details: row.Details, Previous: row.Previous, Digest: row.Digest,
		}
	}
	return events
}
