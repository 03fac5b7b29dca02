package forum

import (
	"context"
	"slices"
	"time"
)

// FeedID identifies a feed.
type FeedID int64

// Feed is a calendar that a person subscribes to at a secret address: the
// meetings of one forum, or of all that concern the person. Its text is kept,
// and made anew only when something changed.
type Feed struct {
	ID        FeedID
	Secret    string // in its address; kept as it is, since its owner copies it again for each calendar
	PersonID  PersonID
	ForumID   ForumID // 0 for every forum of the person
	CreatedAt time.Time

	// What the kept text was made of: Version of the forums, the day, the language.
	Version  int64
	MadeOn   Date // "" before the first fetch
	Language Language
	// Digest is the text's, ChangedAt since when it says what it says, in whole
	// seconds and later with every change.
	Digest    Digest
	ChangedAt time.Time
}

// FeedKeeper keeps feeds.
type FeedKeeper interface {
	// Feed finds the one that has a secret.
	Feed(ctx context.Context, secret string) (*Feed, error)
	// Feeds lists a person's, that of all forums first.
	Feeds(ctx context.Context, person PersonID) ([]Feed, error)
	// FeedsOfEnded lists the feeds of those with a seat that ended before a date: in the feed's forum, or in any for one of all.
	FeedsOfEnded(ctx context.Context, on Date) ([]Feed, error)
	// SaveFeed keeps a feed; Conflict for a person's second one of the same meetings.
	SaveFeed(ctx context.Context, feed *Feed) error
	// DropFeed ends a feed and its text.
	DropFeed(ctx context.Context, id FeedID) error
	FeedText(ctx context.Context, id FeedID) ([]byte, error)
	SaveFeedText(ctx context.Context, id FeedID, text []byte) error
}

// FeedSources tells what feeds are made of.
type FeedSources interface {
	// ForumsVersion grows with each transaction that saves a meeting, an
	// invitation, a seat, a mandate or the forum itself: of one forum, or of all
	// in which the person ever had a seat or an invitation (in 0).
	ForumsVersion(ctx context.Context, person PersonID, in ForumID) (int64, error)
	// MeetingsInviting lists the meetings to which the person has an invitation
	// that stands, by start.
	MeetingsInviting(ctx context.Context, person PersonID) ([]Meeting, error)
}

// FeedEntry is one meeting in a feed.
type FeedEntry struct {
	Meeting
	Forum   Forum
	Invited bool // the feed's owner
}

// FeedContents is what a feed is to say, and what that was read from.
type FeedContents struct {
	Feed    Feed   // as the text is to be kept: with the version, day and language of the contents
	Forum   *Forum // nil for a feed of all
	Entries []FeedEntry
}

// OpenFeed finds the feed of a secret for whoever has it. Contents are nil when
// the kept text still holds. NotFound when nobody has the secret, or its owner
// may not read the forum any more.
func OpenFeed(ctx context.Context, tx Tx, secret string) (*Feed, *FeedContents, error) {
	feed, err := tx.Feed(ctx, secret)
	if err != nil {
		return nil, nil, err
	}
	if feed.ForumID != 0 {
		may, err := AsPerson(feed.PersonID).Can(ctx, tx, ReadMeeting, feed.ForumID)
		if err != nil || !may {
			return nil, nil, errOr(err, Refuse(NotFound, "error.not_found.feed"))
		}
	}
	owner, err := tx.Person(ctx, feed.PersonID)
	if err != nil {
		return nil, nil, err
	}
	version, err := tx.ForumsVersion(ctx, feed.PersonID, feed.ForumID)
	if err != nil {
		return nil, nil, err
	}
	// Seats begin and end with a day, though nobody saves anything then.
	today := DateOf(tx.Now())
	if feed.Digest != "" && feed.Version == version && feed.MadeOn == today && feed.Language == owner.Language {
		return feed, nil, nil
	}
	contents := &FeedContents{Feed: *feed}
	contents.Feed.Version, contents.Feed.MadeOn, contents.Feed.Language = version, today, owner.Language
	return feed, contents, contents.read(ctx, tx)
}

// read fills the entries: the meetings, from their call on, of each forum in
// which the person has a seat that reads them, and those to which the person is
// invited elsewhere.
func (c *FeedContents) read(ctx context.Context, tx Tx) error {
	inviting, err := tx.MeetingsInviting(ctx, c.Feed.PersonID)
	if err != nil {
		return err
	}
	invited := make(map[MeetingID]bool, len(inviting))
	for _, m := range inviting {
		invited[m.ID] = true
	}
	all, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	seats, err := tx.SeatsOf(ctx, c.Feed.PersonID, DateOf(tx.Now()))
	if err != nil {
		return err
	}
	for _, f := range all {
		if c.Feed.ForumID != 0 && c.Feed.ForumID != f.ID {
			continue
		}
		meetings := meetingsOf(inviting, f.ID)
		reads := c.Feed.ForumID != 0 // OpenFeed has asked
		if !reads && slices.ContainsFunc(seats, func(s Seat) bool { return s.ForumID == f.ID }) {
			if reads, err = AsPerson(c.Feed.PersonID).Can(ctx, tx, ReadMeeting, f.ID); err != nil {
				return err
			}
		}
		if reads {
			if meetings, err = tx.Meetings(ctx, f.ID); err != nil {
				return err
			}
		}
		if c.Feed.ForumID != 0 {
			c.Forum = &f
		}
		for _, m := range meetings {
			if m.everCalled() {
				c.Entries = append(c.Entries, FeedEntry{m, f, invited[m.ID]})
			}
		}
	}
	return nil
}

func meetingsOf(meetings []Meeting, in ForumID) (list []Meeting) {
	for _, m := range meetings {
		if m.ForumID == in {
			list = append(list, m)
		}
	}
	return list
}

// everCalled tells whether people were invited to the meeting: a draft that is
// called off keeps its first sequence, while calling off a called one raises it.
func (m *Meeting) everCalled() bool {
	return m.State != DraftMeeting && (m.State != CancelledMeeting || m.Sequence > 0)
}

// KeepFeed keeps the text of a feed's contents; write makes it as of an instant.
// It gives the feed as it is then: with the text from before where that says
// the same, or where another has kept a later one meanwhile.
func KeepFeed(ctx context.Context, tx Tx, contents *FeedContents, write func(asOf time.Time) ([]byte, error)) (*Feed, error) {
	feed, err := tx.Feed(ctx, contents.Feed.Secret)
	if err != nil {
		return nil, err
	}
	if feed.Version > contents.Feed.Version || feed.Version == contents.Feed.Version && feed.MadeOn > contents.Feed.MadeOn {
		return feed, nil
	}
	feed.Version, feed.MadeOn, feed.Language = contents.Feed.Version, contents.Feed.MadeOn, contents.Feed.Language
	if feed.Digest != "" {
		same, err := write(feed.ChangedAt)
		if err != nil {
			return nil, err
		}
		if DigestOf(string(same)) == feed.Digest {
			return feed, tx.SaveFeed(ctx, feed)
		}
	}
	changed := tx.Now().Truncate(time.Second)
	if !changed.After(feed.ChangedAt) {
		changed = feed.ChangedAt.Add(time.Second) // HTTP tells changes apart by the second (RFC 9110 § 8.8.2)
	}
	text, err := write(changed)
	if err != nil {
		return nil, err
	}
	feed.Digest, feed.ChangedAt = DigestOf(string(text)), changed
	if err := tx.SaveFeedText(ctx, feed.ID, text); err != nil {
		return nil, err
	}
	return feed, tx.SaveFeed(ctx, feed)
}

// StartFeed gives a person a feed of one forum, or of all (0), at a secret
// address; the one that is there already stays.
func StartFeed(ctx context.Context, tx Tx, by Actor, in ForumID) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	if in != 0 {
		if _, err := by.May(ctx, tx, ReadMeeting, in); err != nil {
			return err
		}
	}
	feeds, err := tx.Feeds(ctx, by.Person)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		if f.ForumID == in {
			return nil
		}
	}
	feed := Feed{Secret: NewSecret(), PersonID: by.Person, ForumID: in, CreatedAt: tx.Now()}
	if err := tx.SaveFeed(ctx, &feed); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "feed_started")
}

// OwnFeed is one of the actor's own feeds; NotFound for those of others.
func OwnFeed(ctx context.Context, tx Tx, by Actor, id FeedID) (*Feed, error) {
	if err := by.mustBeSomeone(); err != nil {
		return nil, err
	}
	feeds, err := tx.Feeds(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	for _, f := range feeds {
		if f.ID == id {
			return &f, nil
		}
	}
	return nil, Refuse(NotFound, "error.not_found.feed")
}

// RenewFeed gives a feed another secret address; the one before is worth
// nothing from then on.
func RenewFeed(ctx context.Context, tx Tx, by Actor, id FeedID) error {
	feed, err := OwnFeed(ctx, tx, by, id)
	if err != nil {
		return err
	}
	feed.Secret = NewSecret()
	if err := tx.SaveFeed(ctx, feed); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "feed_renewed")
}

// RevokeFeed ends a feed: nothing is found at its address from then on.
func RevokeFeed(ctx context.Context, tx Tx, by Actor, id FeedID) error {
	feed, err := OwnFeed(ctx, tx, by, id)
	if err != nil {
		return err
	}
	if err := tx.DropFeed(ctx, feed.ID); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "feed_revoked")
}
