package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Decision(ctx context.Context, id governance.DecisionID) (*governance.Decision, error) {
	return store.Where[governance.Decision](ctx, t.rows, "decision", store.ToChange, "id = ?", id)
}

func (t *tx) DecisionsOf(ctx context.Context, minutes governance.MinutesID) ([]governance.Decision, error) {
	return store.List[governance.Decision](ctx, t.rows, "decision", "place", "minutes_id = ?", minutes)
}

func (t *tx) DecisionsAt(ctx context.Context, meeting forum.MeetingID) ([]governance.Decision, error) {
	return store.List[governance.Decision](ctx, t.rows, "decision", "id", "meeting_id = ?", meeting)
}

func (t *tx) DecisionsOn(ctx context.Context, matter forum.MatterID) ([]governance.Decision, error) {
	return store.List[governance.Decision](ctx, t.rows, "decision", "id", "matter_id = ?", matter)
}

func (t *tx) DecisionsIn(ctx context.Context, forums []forum.ForumID) ([]governance.Decision, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.Decision](ctx, t.rows, "decision", "made_at DESC, id DESC", "forum_id IN (?)", bun.List(forums))
}

func (t *tx) DecisionsBefore(ctx context.Context, id governance.DecisionID) ([]governance.Decision, error) {
	return store.List[governance.Decision](ctx, t.rows, "decision", "id", "superseded_by = ?", id)
}

func (t *tx) SaveDecision(ctx context.Context, decision *governance.Decision) error {
	return store.Save(ctx, t.rows, "decision", decision)
}

// owed is the condition of the indexes on what is still owed.
const owed = "state IN ('open', 'blocked', 'handed-over')"

func (t *tx) FollowUp(ctx context.Context, id governance.FollowUpID) (*governance.FollowUp, error) {
	return store.Where[governance.FollowUp](ctx, t.rows, "follow_up", store.Guarded, "id = ?", id)
}

func (t *tx) FollowUpsOf(ctx context.Context, decision governance.DecisionID) ([]governance.FollowUp, error) {
	return store.List[governance.FollowUp](ctx, t.rows, "follow_up", "id", "decision_id = ?", decision)
}

func (t *tx) FollowUpsIn(ctx context.Context, forums []forum.ForumID) ([]governance.FollowUp, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.FollowUp](ctx, t.rows, "follow_up", "due, id", "forum_id IN (?)", bun.List(forums))
}

func (t *tx) FollowUpsOwned(ctx context.Context, owner forum.PersonID) ([]governance.FollowUp, error) {
	return store.List[governance.FollowUp](ctx, t.rows, "follow_up", "due, id", "owner_id = ? AND "+owed, owner)
}

func (t *tx) FollowUpsOwedBy(ctx context.Context, organisation forum.OrganisationID) ([]governance.FollowUp, error) {
	return store.List[governance.FollowUp](ctx, t.rows, "follow_up", "due, id", "(organisation_id = ? OR offered_to = ?) AND "+owed, organisation, organisation)
}

func (t *tx) FollowUpsDue(ctx context.Context, by forum.Date) ([]governance.FollowUp, error) {
	return store.List[governance.FollowUp](ctx, t.rows, "follow_up", "due, id", "due <= ? AND "+owed, by)
}

func (t *tx) SaveFollowUp(ctx context.Context, followUp *governance.FollowUp) error {
	return store.Save(ctx, t.rows, "follow_up", followUp)
}

func (t *tx) Progress(ctx context.Context, followUp governance.FollowUpID) ([]governance.Progress, error) {
	return store.List[governance.Progress](ctx, t.rows, "progress", "id", "follow_up_id = ?", followUp)
}

func (t *tx) SaveProgress(ctx context.Context, progress *governance.Progress) error {
	return store.Save(ctx, t.rows, "progress", progress)
}

func (t *tx) Nudges(ctx context.Context, followUp governance.FollowUpID) ([]governance.Nudge, error) {
	return store.List[governance.Nudge](ctx, t.rows, "nudge", "id", "follow_up_id = ?", followUp)
}

func (t *tx) SaveNudge(ctx context.Context, nudge *governance.Nudge) error {
	return store.Save(ctx, t.rows, "nudge", nudge)
}
