package forum

import (
	"context"
	"fmt"
	"time"
)

// SendComment says something about a draft: in a thread, or as the first of a new
// one. It stands there at once, as others may answer it in the same conversation;
// that they hear of it by mail rests, and undoing takes it away again.
type SendComment struct {
	Matter     MatterID
	Section    SectionID // that a new thread is about, 0 for the whole draft
	Thread     ThreadID  // 0 for a new one
	Text       string
	Comment    DraftCommentID // that it became
	ResolvedAt time.Time      // of a thread that it opened again
	ResolvedBy PersonID
}

// CommentErrand is the kind of SendComment.
const CommentErrand ErrandKind = "comment"

func (*SendComment) ErrandKind() ErrandKind { return CommentErrand }

// Scope is what the comment follows, so that nobody is kept from speaking while
// the mails of another comment rest.
func (s *SendComment) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	if s.Thread != 0 {
		thread, err := tx.Peek().DraftThread(ctx, s.Thread)
		if err != nil {
			return ErrandScope{}, err
		}
		s.Matter = thread.MatterID
	}
	of, err := ofMatter(ctx, tx, s.Matter)
	if err != nil {
		return ErrandScope{}, err
	}
	last, err := s.follows(ctx, tx)
	of.Key = fmt.Sprintf("comment/%d/%d/%d", s.Matter, s.Thread, last)
	return of, err
}

// follows is the number of what the comment comes after: of the last comment in
// its thread, or of the last thread.
func (s *SendComment) follows(ctx context.Context, tx Tx) (int64, error) {
	if s.Thread != 0 {
		last, err := lastComment(ctx, tx, s.Thread)
		return int64(last.ID), err
	}
	threads, err := tx.DraftThreads(ctx, s.Matter)
	if err != nil || len(threads) == 0 {
		return 0, err
	}
	return int64(threads[len(threads)-1].ID), nil
}

// lastComment is what was said last in a thread.
func lastComment(ctx context.Context, tx Tx, in ThreadID) (DraftComment, error) {
	comments, err := tx.DraftComments(ctx, in)
	if err != nil || len(comments) == 0 {
		return DraftComment{}, err
	}
	return comments[len(comments)-1], nil
}

func (s *SendComment) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	if s.Thread == 0 {
		thread, err := OpenThread(ctx, tx, by, s.Matter, s.Section, s.Text)
		if err != nil {
			return Outcome{}, err
		}
		s.Thread = thread.ID
	} else {
		before, err := tx.DraftThread(ctx, s.Thread)
		if err != nil {
			return Outcome{}, err
		}
		s.ResolvedAt, s.ResolvedBy = before.ResolvedAt, before.ResolvedBy
		if _, err := ReplyInThread(ctx, tx, by, s.Thread, s.Text); err != nil {
			return Outcome{}, err
		}
	}
	said, err := lastComment(ctx, tx, s.Thread)
	s.Comment = said.ID
	return Outcome{Done: "comment_sent"}, err
}

// TakeBack takes the comment away, and a thread that it began. What was answered
// meanwhile stays, with what it answers.
func (s *SendComment) TakeBack(ctx context.Context, tx Tx, _ Actor) error {
	if _, err := tx.Matter(ctx, s.Matter); err != nil {
		return err
	}
	comments, err := tx.DraftComments(ctx, s.Thread)
	if err != nil {
		return err
	}
	if len(comments) == 0 || comments[len(comments)-1].ID != s.Comment {
		return Refuse(Conflict, "error.draft.answered")
	}
	if err := tx.DropDraftComment(ctx, s.Comment); err != nil {
		return err
	}
	if len(comments) == 1 {
		return tx.DropDraftThread(ctx, s.Thread)
	}
	thread, err := tx.DraftThread(ctx, s.Thread)
	if err != nil || thread.Resolved() || s.ResolvedAt.IsZero() {
		return err
	}
	thread.ResolvedAt, thread.ResolvedBy = s.ResolvedAt, s.ResolvedBy
	return tx.SaveDraftThread(ctx, thread)
}

func (*SendComment) Holds(context.Context, Tx) (bool, error) { return true, nil }
