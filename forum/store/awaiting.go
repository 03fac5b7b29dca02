package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

// calledAfter holds for rows of meetings that are called and end after an instant.
const calledAfter = `meeting_id IN (SELECT id FROM meetings WHERE state IN ('called', 'agenda-sent') AND "end" > ?)`

func (t *tx) InvitationsOf(ctx context.Context, person forum.PersonID, after time.Time) ([]forum.Invitation, error) {
	return list[forum.Invitation](ctx, t, "invitation", "id", "person_id = ? AND NOT withdrawn AND "+calledAfter, person, after.UTC().Format(instant))
}

func (t *tx) AnswersOf(ctx context.Context, person forum.PersonID, after time.Time) ([]forum.Answer, error) {
	return list[forum.Answer](ctx, t, "answer", "id", "person_id = ? AND "+calledAfter, person, after.UTC().Format(instant))
}

func (t *tx) NoticesTo(ctx context.Context, person forum.PersonID, after time.Time) ([]forum.Edition, error) {
	return list[forum.Edition](ctx, t, "edition", "id", `sort = ? AND `+calledAfter+`
		AND id IN (SELECT edition_id FROM deliveries WHERE person_id = ? AND confirmed_at IS NULL)`,
		forum.NoticeEdition, after.UTC().Format(instant), person)
}

func (t *tx) MattersIn(ctx context.Context, forums []forum.ForumID, state forum.MatterState) ([]forum.Matter, error) {
	return list[forum.Matter](ctx, t, "matter", "id", "forum_id IN (?) AND state = ?", bun.List(forums), state)
}

func (t *tx) RemovalsIn(ctx context.Context, forums []forum.ForumID) ([]forum.Removal, error) {
	return list[forum.Removal](ctx, t, "removal", "id", waiting+" AND matter_id IN (SELECT id FROM matters WHERE forum_id IN (?))", bun.List(forums))
}

func (t *tx) HeldIn(ctx context.Context, forums []forum.ForumID, most int) ([]forum.Incoming, error) {
	var mails []forum.Incoming
	err := t.db.NewSelect().Model(&mails).Where("forum_id IN (?) AND state = ?", bun.List(forums), forum.HeldMail).OrderExpr("id DESC").Limit(int64(most)).Scan(ctx)
	return mails, t.fail("incoming", err)
}

func (t *tx) Uncovered(ctx context.Context, meetings []forum.MeetingID) ([]forum.Invitation, error) {
	return list[forum.Invitation](ctx, t, "invitation", "meeting_id, id", "meeting_id IN (?) AND uncovered AND NOT withdrawn", bun.List(meetings))
}

func (t *tx) GuestsAway(ctx context.Context, meetings []forum.MeetingID) ([]forum.Guest, error) {
	return list[forum.Guest](ctx, t, "guest", "meeting_id, id", "meeting_id IN (?) AND NOT taken_off AND reply = ? AND replied_to = sequence", bun.List(meetings), forum.NotComing)
}

func (t *tx) LevelsGiven(ctx context.Context, matters []forum.MatterID) ([]forum.LevelGiven, error) {
	var given []forum.LevelGiven
	err := t.db.NewRaw(`SELECT s.matter_id, v.level FROM draft_versions v JOIN draft_sections s ON s.id = v.section_id WHERE s.matter_id IN (?)
		UNION SELECT matter_id, level FROM no_remarks WHERE matter_id IN (?) ORDER BY 1, 2`, bun.List(matters), bun.List(matters)).Scan(ctx, &given)
	return given, t.fail("draft_version", err)
}

func (t *tx) EditionsOf(ctx context.Context, meetings []forum.MeetingID) ([]forum.Edition, error) {
	return list[forum.Edition](ctx, t, "edition", "meeting_id, number", "meeting_id IN (?)", bun.List(meetings))
}
