package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// strayTo is the forum that gets a mail which names none, in a mailbox that forums share: the one whose mail it answers, or whose
// invitation, else the only one of its writer, else the first of all. What it may do there is decided like of any other mail.
func strayTo(ctx context.Context, tx forum.Tx, m *Message) (string, error) {
	for _, find := range []func(context.Context, forum.Tx, *Message) (forum.ForumID, error){forumAnswered, forumInviting, forumOfWriter, firstForum} {
		id, err := find(ctx, tx, m)
		if err != nil {
			return "", err
		}
		if id == 0 {
			continue
		}
		in, err := tx.Forum(ctx, id)
		if err != nil || in.Address != "" {
			return in.Address, err
		}
	}
	return "", forum.Refuse(forum.Invalid, "mail.deliver.no_recipient")
}

func forumAnswered(ctx context.Context, tx forum.Tx, m *Message) (forum.ForumID, error) {
	ours, err := answeredMessage(ctx, tx, m)
	if err != nil || ours == nil {
		return 0, err
	}
	return ours.ForumID, nil
}

func forumInviting(ctx context.Context, tx forum.Tx, m *Message) (forum.ForumID, error) {
	if m.Calendar == nil {
		return 0, nil
	}
	for _, entry := range m.Calendar.Entries {
		meeting, err := tx.MeetingByUID(ctx, entry.UID)
		if err == nil {
			return meeting.ForumID, nil
		}
		if !forum.IsKind(err, forum.NotFound) {
			return 0, err
		}
	}
	return 0, nil
}

func forumOfWriter(ctx context.Context, tx forum.Tx, m *Message) (forum.ForumID, error) {
	writer, err := writerOf(ctx, tx, m)
	if err != nil || writer == 0 {
		return 0, err
	}
	seats, err := tx.SeatsOf(ctx, writer, forum.DateOf(tx.Now()))
	only := forum.ForumID(0)
	for _, seat := range seats {
		if only != 0 && seat.ForumID != only {
			return 0, nil
		}
		only = seat.ForumID
	}
	return only, err
}

func firstForum(ctx context.Context, tx forum.Tx, _ *Message) (forum.ForumID, error) {
	all, err := tx.Forums(ctx)
	for _, in := range all {
		if in.Address != "" {
			return in.ID, err
		}
	}
	return 0, err
}
