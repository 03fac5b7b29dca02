package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
)

// Thread is a conversation about a section of a draft, or about all of it.
type Thread struct {
	ID         forum.ThreadID  `json:"id" doc:"Number of the thread."`
	MatterID   forum.MatterID  `json:"matter_id" doc:"Number of the matter."`
	SectionID  forum.SectionID `json:"section_id,omitempty" doc:"Number of the section that it is about; absent for the whole draft."`
	OpenedAt   time.Time       `json:"opened_at" doc:"When it was opened."`
	ResolvedAt *time.Time      `json:"resolved_at,omitempty" doc:"When it was ended; absent while it is open."`
	ResolvedBy string          `json:"resolved_by,omitempty" doc:"Name of who ended it."`
	Comments   []Comment       `json:"comments" doc:"What was said, the oldest first."`
}

// Comment is what somebody said in a thread.
type Comment struct {
	ID     forum.DraftCommentID `json:"id" doc:"Number of the comment."`
	Text   string               `json:"text" doc:"What was said."`
	Writer Writer               `json:"writer" doc:"Who said it."`
}

func threadOf(t forum.ThreadRow) Thread {
	return Thread{
		ID: t.ID, MatterID: t.MatterID, SectionID: t.SectionID, OpenedAt: t.OpenedAt.UTC(), ResolvedAt: instant(t.ResolvedAt), ResolvedBy: t.Resolver,
		Comments: Each(t.Comments, func(c forum.CommentRow) Comment { return Comment{c.ID, c.Text, writerOf(c.Writer)} }),
	}
}

// NewThread is a comment that opens a thread.
type NewThread struct {
	SectionID forum.SectionID `json:"section_id,omitempty" minimum:"1" doc:"Number of the section that it is about; absent for the whole draft."`
	Comment   string          `json:"comment" maxLength:"50000" doc:"What is said."`
}

// NewComment is what is said in a thread.
type NewComment struct {
	Comment string `json:"comment" maxLength:"50000" doc:"What is said."`
}

// Resolution is whether a thread is ended.
type Resolution struct {
	Resolved bool `json:"resolved" doc:"Whether it is ended; false opens it again."`
}

var threadThing = Thing[forum.ThreadID, Thread]{
	Hold: within(forum.Tx.DraftThread, func(t *forum.DraftThread) forum.MatterID { return t.MatterID }, matterThing.Hold),
	See:  seeing(forum.ReadThread, func(p forum.ThreadPage) Thread { return threadOf(p.Thread) }),
}

func threads(a *API) {
	s := Subject{a, "Drafts"}
	where := func(t Thread) string { return fmt.Sprintf("/threads/%d", t.ID) }
	Create(s, About{ID: "openThread", Path: "/matters/{id}/draft/threads", Summary: "Comment on a draft", Text: "Opens a thread. Those concerned hear of it by mail, and their answers land in the thread."}, where,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MatterID, NewThread]) (Thread, error) {
			return afterSaying(ctx, tx, by)(forum.OpenThread(ctx, tx, by, in.ID, in.Body.SectionID, in.Body.Comment))
		})
	One(s, About{ID: "getThread", Path: "/threads/{id}", Summary: "Read a thread of comments", Text: "All that was said in it."}, threadThing.See)
	Create(s, About{ID: "replyInThread", Path: "/threads/{id}/comments", Summary: "Answer in a thread", Text: "A thread that was ended is open again by it. Those concerned hear of it by mail."}, where,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ThreadID, NewComment]) (Thread, error) {
			return afterSaying(ctx, tx, by)(forum.ReplyInThread(ctx, tx, by, in.ID, in.Body.Comment))
		})
	Change(s, About{ID: "resolveThread", Method: http.MethodPut, Path: "/threads/{id}/resolved", Summary: "End a thread, or open it again", Text: "An ended thread stays to be read."}, threadThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ThreadID, in Resolution) error {
			return done(forum.ResolveThread(ctx, tx, by, id, in.Resolved))
		})
}

// afterSaying shows a thread in which something was said.
func afterSaying(ctx context.Context, tx forum.Tx, by forum.Actor) func(*forum.DraftThread, error) (Thread, error) {
	return func(said *forum.DraftThread, err error) (Thread, error) {
		if err != nil {
			return Thread{}, err
		}
		return threadThing.See(ctx, tx.Peek(), by, said.ID)
	}
}
