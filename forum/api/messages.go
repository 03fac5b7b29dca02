package api

import (
	"context"
	"strconv"
	"time"

	"github.com/samraad/samraad/forum"
)

// Message is a mail that the program sent or is to send.
type Message struct {
	ID       forum.MessageID `json:"id" doc:"Number of the message."`
	ForumID  forum.ForumID   `json:"forum_id" doc:"Number of the forum in whose name it goes."`
	To       string          `json:"to" doc:"Address of the receiver."`
	Kind     string          `json:"kind" doc:"What it is about." example:"invitation"`
	Language string          `json:"language" doc:"Its language."`
	State    string          `json:"state" doc:"queued, handed-over, kept, failed, came-back, or stopped when mail to the address comes back."`
	Subject  string          `json:"subject,omitempty" doc:"Its subject, from the first attempt on."`
	At       time.Time       `json:"at" doc:"When it was made."`
	Attempts int             `json:"attempts" doc:"How often it was tried."`
	Trouble  string          `json:"trouble,omitempty" doc:"What was wrong the last time."`
	DoneAt   *time.Time      `json:"done_at,omitempty" doc:"When it was handed over, or given up."`
}

func messageOf(m forum.Message) Message {
	return Message{
		ID: m.ID, ForumID: m.ForumID, To: m.To, Kind: string(m.Kind), Language: string(m.Language), State: string(m.State), Subject: m.Subject,
		At: m.CreatedAt.UTC(), Attempts: m.Attempts, Trouble: m.Trouble, DoneAt: instant(m.DoneAt),
	}
}

// SentStep is something that happened to a message.
type SentStep struct {
	At   time.Time `json:"at" doc:"When it happened."`
	Kind string    `json:"kind" doc:"put-off, refused, returned, delayed or sent-again." example:"put-off"`
	By   string    `json:"by,omitempty" doc:"The name of whoever did it; none for a machine."`
	Said string    `json:"said,omitempty" doc:"What a mail system said."`
}

// MessageAnswer is a mail that came to the own address of a message.
type MessageAnswer struct {
	ID   forum.IncomingID `json:"id" doc:"Number of the mail."`
	From string           `json:"from" doc:"Who wrote it."`
	At   time.Time        `json:"at" doc:"When it came."`
}

// Course is what happened to a message since it was made.
type Course struct {
	Message      Message         `json:"message" doc:"The message."`
	Steps        []SentStep      `json:"steps" doc:"What happened, the first one first."`
	Answers      []MessageAnswer `json:"answers" doc:"What was answered to its own address, the first one first."`
	NextTry      *time.Time      `json:"next_try,omitempty" doc:"When it is tried next, while a try waits."`
	StoppedSince *time.Time      `json:"stopped_since,omitempty" doc:"Since when its address gets no mail."`
}

func courseOf(p forum.MessagePage) Course {
	c := Course{
		Message: messageOf(p.Message), NextTry: instant(p.NextTry),
		Steps:   Each(p.Steps, func(s forum.SentStep) SentStep { return SentStep{s.At.UTC(), string(s.Kind), s.By, s.Said} }),
		Answers: Each(p.Answers, func(in forum.Incoming) MessageAnswer { return MessageAnswer{in.ID, in.From, in.AcceptedAt.UTC()} }),
	}
	if p.Stopped != nil {
		c.StoppedSince = instant(p.Stopped.StoppedAt)
	}
	return c
}

// StoppedAddress is an address that gets no mail because mail to it comes back.
type StoppedAddress struct {
	Address string        `json:"address" doc:"The address."`
	Name    string        `json:"name,omitempty" doc:"Whose it is, when that is known."`
	ForumID forum.ForumID `json:"forum_id" doc:"Number of a forum that it matters to."`
	Since   time.Time     `json:"since" doc:"Since when it gets none."`
	Status  string        `json:"status,omitempty" doc:"The status code of the last failure (RFC 3463)." example:"5.1.1"`
	Said    string        `json:"said,omitempty" doc:"What the mail system said."`
}

// Failures is what was given up.
type Failures struct {
	Messages []Message        `json:"messages" doc:"The newest messages that failed for good."`
	Count    int              `json:"count" doc:"How many failed in all."`
	Returned []Message        `json:"returned" doc:"Messages that came back in the last two weeks."`
	Stopped  []StoppedAddress `json:"stopped" doc:"Addresses that get no mail any more."`
	Jobs     []FailedJob      `json:"jobs" doc:"Other work that was given up."`
}

// FailedJob is work that was tried as often as it may be.
type FailedJob struct {
	ID       int64     `json:"id" doc:"Number of the job."`
	Kind     string    `json:"kind" doc:"What sort of work."`
	Attempts int       `json:"attempts" doc:"How often it was tried."`
	Error    string    `json:"error,omitempty" doc:"What was wrong the last time."`
	At       time.Time `json:"at" doc:"When that was."`
}

// Sent names a forum and where its list of sent mail begins.
type Sent struct {
	ID     forum.ForumID `path:"id" minimum:"1"`
	Cursor string        `query:"cursor" maxLength:"400" doc:"Where the page begins: the cursor of the next link that the page before gave. Left out for the newest."`
}

var messageThing = Thing[forum.MessageID, Message]{
	Hold: holding(forum.Tx.Message),
	See:  seeing(forum.ReadMessagePage, func(p forum.MessagePage) Message { return messageOf(p.Message) }),
}

func messages(a *API) {
	s := Subject{a, "Mail"}
	Read(s, About{ID: "listSent", Path: "/forums/{id}/sent", Summary: "List what a forum has sent", Text: "The newest first, for secretaries."}, listSent)
	One(s, About{ID: "getMessage", Path: "/messages/{id}", Summary: "Read a message", Text: "How far it is."}, messageThing.See)
	One(s, About{ID: "getMessageCourse", Path: "/messages/{id}/course", Summary: "Read what happened to a message", Text: "Tries, answers, and whether it came back."}, seeing(forum.ReadMessagePage, courseOf))
	source(s, About{ID: "getMessageSource", Path: "/messages/{id}/raw", Summary: "Get a message as it was sent", Text: "The bytes (RFC 5322), from the first attempt on."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MessageID) ([]byte, error) {
			p, err := forum.ReadMessagePage(ctx, tx, by, id)
			if err == nil && len(p.Raw) == 0 {
				err = forum.Refuse(forum.NotFound, "error.not_found.message_body")
			}
			if err != nil {
				return nil, err
			}
			return p.Raw, nil
		})
	Press(s, About{ID: "sendAgain", Path: "/messages/{id}/again", Summary: "Send a message again that reached nobody", Text: "As it was. Refused while mail to its address is stopped."}, messageThing, forum.SendAgain)
	Read(s, About{ID: "getFailures", Path: "/failed", Summary: "Read what failed", Text: "In the forums whose mail the caller may read."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (Failures, error) {
			return seeFailures(ctx, tx, by)
		})
	Create(s, About{ID: "resumeMail", Path: "/forums/{id}/resume", Summary: "Let mail go to an address again", Text: "That mail came back from. What was not sent meanwhile can be sent again one by one."},
		func(Failures) string { return "/failed" },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, OneAddress]) (Failures, error) {
			if err := forum.ResumeMail(ctx, tx, by, in.ID, in.Body.Address); err != nil {
				return Failures{}, err
			}
			return seeFailures(ctx, tx.Peek(), by)
		})
	Create(s, About{ID: "retryJob", Path: "/failed/{id}/again", Summary: "Take work up again that was given up", Text: "It is tried as if for the first time."},
		func(Failures) string { return "/failed" },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[JobID]) (Failures, error) {
			if err := forum.RetryFailedJob(ctx, tx, by, int64(in.ID)); err != nil {
				return Failures{}, err
			}
			return seeFailures(ctx, tx.Peek(), by)
		})
}

func stoppedOf(a forum.StoppedAddress) StoppedAddress {
	return StoppedAddress{a.Address, a.Name, a.Forum.ID, a.StoppedAt.UTC(), a.Status, a.Said}
}

// JobID identifies a job.
type JobID int64

func seeFailures(ctx context.Context, tx forum.Tx, by forum.Actor) (Failures, error) {
	return as(func(p forum.FailurePage) Failures {
		return Failures{Each(p.Messages, messageOf), p.Count, Each(p.Returned, messageOf), Each(p.Stopped, stoppedOf), Each(p.Jobs, func(j forum.FailedJob) FailedJob {
			return FailedJob{j.ID, j.Kind, j.Attempts, j.Error, j.At.UTC()}
		})}
	})(forum.ReadFailures(ctx, tx, by))
}

func listSent(ctx context.Context, tx forum.Tx, by forum.Actor, in *Sent) (Page[Message], error) {
	page := Page[Message]{Items: []Message{}}
	after, err := readCursor(in.Cursor)
	if err != nil {
		return page, err
	}
	before, _ := strconv.ParseInt(after, 10, 64) // what names nothing is the beginning
	p, err := forum.ReadSentPage(ctx, tx, by, in.ID, forum.MessageID(before))
	if err != nil {
		return page, err
	}
	for _, group := range p.Groups {
		for _, m := range group {
			page.Items = append(page.Items, messageOf(m.Message))
		}
	}
	if p.Older != 0 {
		page.Next = nextLink(ctx, strconv.FormatInt(int64(p.Older), 10))
	}
	return page, nil
}
