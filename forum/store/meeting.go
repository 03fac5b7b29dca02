package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Meeting(ctx context.Context, id forum.MeetingID) (*forum.Meeting, error) {
	return where[forum.Meeting](ctx, t, "meeting", toChange, "id = ?", id)
}

func (t *tx) Meetings(ctx context.Context, in forum.ForumID) ([]forum.Meeting, error) {
	return list[forum.Meeting](ctx, t, "meeting", "start, id", "forum_id = ?", in)
}

func (t *tx) MeetingByUID(ctx context.Context, uid string) (*forum.Meeting, error) {
	return where[forum.Meeting](ctx, t, "meeting", toChange, "uid = ?", clean(uid))
}

func (t *tx) MeetingsAhead(ctx context.Context, after time.Time) ([]forum.Meeting, error) {
	return list[forum.Meeting](ctx, t, "meeting", "start, id", "start > ?", after.UTC().Format(instant))
}

func (t *tx) SaveMeeting(ctx context.Context, meeting *forum.Meeting) error {
	return t.changed.forum(meeting.ForumID, save(ctx, t, "meeting", meeting))
}

func (t *tx) Invitations(ctx context.Context, meeting forum.MeetingID) ([]forum.Invitation, error) {
	return list[forum.Invitation](ctx, t, "invitation", "id", "meeting_id = ?", meeting)
}

func (t *tx) SaveInvitation(ctx context.Context, invitation *forum.Invitation) error {
	return t.changed.meeting(invitation.MeetingID, save(ctx, t, "invitation", invitation))
}

func (t *tx) Agenda(ctx context.Context, meeting forum.MeetingID) ([]forum.Item, error) {
	return list[forum.Item](ctx, t, "item", "position, id", "meeting_id = ?", meeting)
}

func (t *tx) PlacedMatters(ctx context.Context, meeting forum.MeetingID) (map[forum.MatterID]forum.Matter, error) {
	rows, err := list[forum.Matter](ctx, t, "matter", "id", "id IN (SELECT matter_id FROM items WHERE meeting_id = ?)", meeting)
	matters := make(map[forum.MatterID]forum.Matter, len(rows))
	for _, row := range rows {
		matters[row.ID] = row
	}
	return matters, err
}

func (t *tx) PlaceOf(ctx context.Context, matter forum.MatterID) (*forum.Item, error) {
	return where[forum.Item](ctx, t, "item", guarded, "matter_id = ?", matter)
}

func (t *tx) SaveItem(ctx context.Context, item *forum.Item) error {
	return save(ctx, t, "item", item)
}

func (t *tx) DropItem(ctx context.Context, id forum.ItemID) error {
	_, err := t.db.NewDelete().Model((*forum.Item)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("item", err)
}
