package store

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Feed(ctx context.Context, secret string) (*forum.Feed, error) {
	return where[forum.Feed](ctx, t, "feed", toChange, "secret = ?", clean(secret))
}

func (t *tx) Feeds(ctx context.Context, person forum.PersonID) ([]forum.Feed, error) {
	return list[forum.Feed](ctx, t, "feed", "coalesce(forum_id, 0)", "person_id = ?", person)
}

func (t *tx) FeedsOfEnded(ctx context.Context, on forum.Date) ([]forum.Feed, error) {
	return list[forum.Feed](ctx, t, "feed", "id", `person_id IN (SELECT person_id FROM seats WHERE "to" <> '' AND "to" < ?
		AND (feed.forum_id IS NULL OR seats.forum_id = feed.forum_id))`, on)
}

func (t *tx) SaveFeed(ctx context.Context, feed *forum.Feed) error {
	return save(ctx, t, "feed", feed)
}

func (t *tx) DropFeed(ctx context.Context, id forum.FeedID) error {
	if _, err := t.db.NewRaw("DELETE FROM feed_texts WHERE feed_id = ?", id).Exec(ctx); err != nil {
		return t.fail("feed", err)
	}
	_, err := t.db.NewDelete().Model((*forum.Feed)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("feed", err)
}

func (t *tx) FeedText(ctx context.Context, id forum.FeedID) ([]byte, error) {
	var text []byte
	err := t.db.NewSelect().Table("feed_texts").Column("content").Where("feed_id = ?", id).Scan(ctx, &text)
	return text, t.fail("feed", err)
}

// SaveFeedText hands the text to the driver: written into the query's own text
// it would double.
func (t *tx) SaveFeedText(ctx context.Context, id forum.FeedID, text []byte) error {
	query := "INSERT INTO feed_texts (feed_id, content) VALUES ($1, $2) ON CONFLICT (feed_id) DO UPDATE SET content = EXCLUDED.content"
	if t.native == nil {
		query = strings.NewReplacer("$1", "?", "$2", "?").Replace(query)
	}
	_, err := t.db.Tx.ExecContext(ctx, query, int64(id), text)
	return t.fail("feed", err)
}

// everSeated are the forums in which a person, given twice, ever had a seat or
// an invitation.
const everSeated = `SELECT forum_id FROM seats WHERE person_id = ?
	UNION SELECT meeting.forum_id FROM invitations JOIN meetings AS meeting ON meeting.id = invitations.meeting_id WHERE invitations.person_id = ?`

func (t *tx) ForumsVersion(ctx context.Context, person forum.PersonID, in forum.ForumID) (int64, error) {
	version, err := rememberedValue(t, question{}, []any{person, in}, func(version *feedVersion) error {
		query := t.db.NewSelect().Table("forum_versions").ColumnExpr("coalesce(sum(version), 0)")
		if in != 0 {
			query = query.Where("forum_id = ?", in)
		} else {
			query = query.Where("forum_id IN ("+everSeated+")", person, person)
		}
		return query.Scan(ctx, version)
	})
	return int64(version), t.fail("forum", err)
}

// feedVersion is what ForumsVersion gives.
type feedVersion int64

func (t *tx) MeetingsInviting(ctx context.Context, person forum.PersonID) ([]forum.Meeting, error) {
	return list[forum.Meeting](ctx, t, "meeting", "start, id",
		"id IN (SELECT meeting_id FROM invitations WHERE person_id = ? AND NOT withdrawn)", person)
}

// changes are the forums whose feeds a transaction changed, known by themselves
// or by a meeting.
type changes struct {
	forums   []forum.ForumID
	meetings []forum.MeetingID
}

func (c *changes) forum(id forum.ForumID, err error) error {
	if err == nil && !slices.Contains(c.forums, id) {
		c.forums = append(c.forums, id)
	}
	return err
}

func (c *changes) meeting(id forum.MeetingID, err error) error {
	if err == nil && !slices.Contains(c.meetings, id) {
		c.meetings = append(c.meetings, id)
	}
	return err
}

// raiseVersions makes the changed forums' versions grow, in the order of their
// ids and after all else but the log, so that two transactions never wait for
// each other.
func (t *tx) raiseVersions(ctx context.Context) error {
	forums := t.changed.forums
	if len(t.changed.meetings) > 0 {
		var more []forum.ForumID
		err := t.db.NewSelect().Table("meetings").Distinct().Column("forum_id").Where("id IN (?)", bun.List(t.changed.meetings)).Scan(ctx, &more)
		if err != nil {
			return t.fail("forum", err)
		}
		forums = append(forums, more...)
	}
	slices.Sort(forums)
	for _, id := range slices.Compact(forums) {
		_, err := t.db.NewRaw(`INSERT INTO forum_versions (forum_id, version) VALUES (?, 1)
			ON CONFLICT (forum_id) DO UPDATE SET version = forum_versions.version + 1`, id).Exec(ctx)
		if err != nil {
			return t.fail("forum", err)
		}
	}
	return nil
}
