package forum

import (
	"context"
	"strings"
	"time"
)

// ThreadID identifies a thread of comments.
type ThreadID int64

// DraftCommentID identifies a comment.
type DraftCommentID int64

// FollowerID identifies that somebody follows a draft.
type FollowerID int64

// DraftThread is a conversation about a section of a draft, or about all of it.
type DraftThread struct {
	ID         ThreadID
	MatterID   MatterID
	SectionID  SectionID // 0 for the whole draft
	OpenedAt   time.Time
	ResolvedAt time.Time // zero as long as it is open
	ResolvedBy PersonID
}

// Resolved tells whether the thread was ended.
func (t DraftThread) Resolved() bool { return !t.ResolvedAt.IsZero() }

// DraftComment is what somebody said in a thread. It is never changed, and taken
// back only while nobody was told of it.
type DraftComment struct {
	ID             DraftCommentID
	ThreadID       ThreadID
	Author         PersonID
	OrganisationID OrganisationID
	Level          Level
	Text           string
	Source         Source
	MailID         IncomingID // 0 unless by mail
	WrittenAt      time.Time
}

// DraftFollower is that somebody wants to hear of the comments to a draft.
type DraftFollower struct {
	ID       FollowerID
	MatterID MatterID
	PersonID PersonID
}

// ThreadKeeper keeps threads, guarded by their matter.
type ThreadKeeper interface {
	DraftThread(ctx context.Context, id ThreadID) (*DraftThread, error)
	// DraftThreads lists a matter's, the oldest first.
	DraftThreads(ctx context.Context, matter MatterID) ([]DraftThread, error)
	SaveDraftThread(ctx context.Context, thread *DraftThread) error
	// DropDraftThread drops one without comments.
	DropDraftThread(ctx context.Context, id ThreadID) error
	// DraftComments lists a thread's, the oldest first.
	DraftComments(ctx context.Context, thread ThreadID) ([]DraftComment, error)
	SaveDraftComment(ctx context.Context, comment *DraftComment) error
	DropDraftComment(ctx context.Context, id DraftCommentID) error
}

// FollowerKeeper keeps who follows a draft.
type FollowerKeeper interface {
	// DraftFollowers lists those of a matter.
	DraftFollowers(ctx context.Context, matter MatterID) ([]DraftFollower, error)
	// SaveDraftFollower adds one; Conflict when the person follows it already.
	SaveDraftFollower(ctx context.Context, follower *DraftFollower) error
	DropDraftFollower(ctx context.Context, id FollowerID) error
}

const longestDraftComment = 10_000

// commented gives a comment fit to be kept.
func commented(text string) (string, error) {
	text = inText(Paragraphs(text))
	switch {
	case strings.TrimSpace(text) == "":
		return "", Refuse(Invalid, "error.draft.no_comment").On("comment")
	case len([]rune(text)) > longestDraftComment:
		return "", Refuse(Invalid, "error.too_long", "Most", longestDraftComment).On("comment")
	case HasIdentityNumber(text):
		return "", Refuse(Invalid, "error.identity_number").On("comment")
	}
	return text, nil
}

// OpenThread begins a thread about a section of a matter's draft, or about all of
// it for 0, and tells those whom it concerns.
func OpenThread(ctx context.Context, tx Tx, by Actor, id MatterID, about SectionID, text string) (*DraftThread, error) {
	matter, standing, err := mayDraft(ctx, tx, by, id, CommentIt)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Draft(ctx, id); err != nil {
		return nil, err
	}
	if about != 0 {
		section, err := tx.DraftSection(ctx, about)
		if err != nil {
			return nil, err
		}
		if section.MatterID != id {
			return nil, Refuse(NotFound, "error.not_found.draft_section")
		}
	}
	thread := &DraftThread{MatterID: id, SectionID: about, OpenedAt: tx.Now()}
	comment := DraftComment{Author: by.Person, OrganisationID: standing.Organisation, Level: standing.Level, Text: text, Source: ByWeb}
	return thread, say(ctx, tx, matter, thread, comment)
}

// ReplyInThread adds a comment to a thread, which is open again by it.
func ReplyInThread(ctx context.Context, tx Tx, by Actor, id ThreadID, text string) (*DraftThread, error) {
	return reply(ctx, tx, by, id, text, ByWeb, 0)
}

func reply(ctx context.Context, tx Tx, by Actor, id ThreadID, text string, source Source, mail IncomingID) (*DraftThread, error) {
	thread, matter, standing, err := threadOf(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	thread.ResolvedAt, thread.ResolvedBy = time.Time{}, 0
	comment := DraftComment{Author: by.Person, OrganisationID: standing.Organisation, Level: standing.Level, Text: text, Source: source, MailID: mail}
	return thread, say(ctx, tx, matter, thread, comment)
}

// threadOf locks the matter of a thread for who may comment on it.
func threadOf(ctx context.Context, tx Tx, by Actor, id ThreadID) (*DraftThread, *Matter, Standing, error) {
	thread, err := tx.DraftThread(ctx, id)
	if err != nil {
		return nil, nil, Standing{}, err
	}
	matter, standing, err := mayDraft(ctx, tx, by, thread.MatterID, CommentIt)
	if err != nil {
		return nil, nil, Standing{}, err
	}
	thread, err = tx.DraftThread(ctx, id) // as it is under the lock
	return thread, matter, standing, err
}

// say keeps a comment in a thread and tells of it.
func say(ctx context.Context, tx Tx, m *Matter, thread *DraftThread, c DraftComment) (err error) {
	if c.Text, err = commented(c.Text); err != nil {
		return err
	}
	if err := tx.SaveDraftThread(ctx, thread); err != nil {
		return err
	}
	c.ThreadID, c.WrittenAt = thread.ID, tx.Now()
	if err := tx.SaveDraftComment(ctx, &c); err != nil {
		return err
	}
	if err := RecordMatter(ctx, tx, AsPerson(c.Author), Standing{Level: c.Level}, m, "draft_commented", nil); err != nil {
		return err
	}
	return tellOfComment(ctx, tx, m, thread, &c)
}

// ResolveThread ends a thread, or opens it again.
func ResolveThread(ctx context.Context, tx Tx, by Actor, id ThreadID, resolved bool) (*DraftThread, error) {
	thread, matter, standing, err := threadOf(ctx, tx, by, id)
	if err != nil || thread.Resolved() == resolved {
		return thread, err
	}
	deed := "draft_thread_reopened"
	thread.ResolvedAt, thread.ResolvedBy = time.Time{}, 0
	if resolved {
		deed, thread.ResolvedAt, thread.ResolvedBy = "draft_thread_resolved", tx.Now(), by.Person
	}
	if err := tx.SaveDraftThread(ctx, thread); err != nil {
		return nil, err
	}
	return thread, RecordMatter(ctx, tx, by, standing, matter, deed, nil)
}

// FollowDraft lets somebody hear of the comments to a matter's draft by mail, or
// no more.
func FollowDraft(ctx context.Context, tx Tx, by Actor, id MatterID, follow bool) error {
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return err
	}
	if err := MayReadMatter(ctx, tx.Peek(), by, matter); err != nil {
		return err
	}
	followers, err := tx.DraftFollowers(ctx, id)
	if err != nil {
		return err
	}
	for _, f := range followers {
		if f.PersonID != by.Person {
			continue
		}
		if follow {
			return nil
		}
		if err := tx.DropDraftFollower(ctx, f.ID); err != nil {
			return err
		}
		return RecordMatter(ctx, tx, by, Standing{}, matter, "draft_unfollowed", nil)
	}
	if !follow {
		return nil
	}
	if err := tx.SaveDraftFollower(ctx, &DraftFollower{MatterID: id, PersonID: by.Person}); err != nil {
		return err
	}
	return RecordMatter(ctx, tx, by, Standing{}, matter, "draft_followed", nil)
}
