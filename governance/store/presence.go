package store

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Presence(ctx context.Context, id governance.PresenceID) (*governance.Presence, error) {
	return store.Where[governance.Presence](ctx, t.rows, "presence", store.Guarded, "id = ?", id)
}

func (t *tx) Presences(ctx context.Context, meeting forum.MeetingID) ([]governance.Presence, error) {
	return store.List[governance.Presence](ctx, t.rows, "presence", "came_at, id", "meeting_id = ?", meeting)
}

func (t *tx) SavePresence(ctx context.Context, presence *governance.Presence) error {
	return store.Save(ctx, t.rows, "presence", presence)
}

func (t *tx) DropPresence(ctx context.Context, id governance.PresenceID) error {
	return store.Drop[governance.Presence](ctx, t.rows, "presence", "id = ?", id)
}

func (t *tx) Impartiality(ctx context.Context, id governance.ImpartialityID) (*governance.Impartiality, error) {
	return store.Where[governance.Impartiality](ctx, t.rows, "impartiality", store.Guarded, "id = ?", id)
}

func (t *tx) Impartialities(ctx context.Context, matter forum.MatterID) ([]governance.Impartiality, error) {
	return store.List[governance.Impartiality](ctx, t.rows, "impartiality", "id", "matter_id = ?", matter)
}

func (t *tx) DisqualifiedIn(ctx context.Context, person forum.PersonID) ([]forum.MatterID, error) {
	questions, err := store.List[governance.Impartiality](ctx, t.rows, "impartiality", "matter_id", "person_id = ? AND judgement = ?", person, governance.Disqualified)
	matters := make([]forum.MatterID, len(questions))
	for i, q := range questions {
		matters[i] = q.MatterID
	}
	return matters, err
}

func (t *tx) SaveImpartiality(ctx context.Context, question *governance.Impartiality) error {
	return store.Save(ctx, t.rows, "impartiality", question)
}
