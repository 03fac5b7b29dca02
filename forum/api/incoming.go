package api

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// Mail is a mail that came in.
type Mail struct {
	ID       forum.IncomingID `json:"id" doc:"Number of the mail."`
	ForumID  forum.ForumID    `json:"forum_id" doc:"Number of the forum that it came to."`
	From     string           `json:"from,omitempty" doc:"Address of who seems to have written it."`
	Subject  string           `json:"subject,omitempty" doc:"Its subject."`
	Text     string           `json:"text,omitempty" doc:"What it says."`
	Papers   []string         `json:"papers" doc:"Names of its attachments."`
	State    string           `json:"state" doc:"accepted, understood, held, noted or set-aside."`
	Reason   string           `json:"reason,omitempty" doc:"Why it is held or noted, as a word." example:"held.unknown_sender"`
	Size     int64            `json:"size" doc:"Size in bytes."`
	At       time.Time        `json:"at" doc:"When it was accepted."`
	MatterID forum.MatterID   `json:"matter_id,omitempty" doc:"Number of the matter that it became."`
}

func mailOf(m forum.Incoming) Mail {
	return Mail{
		ID: m.ID, ForumID: m.ForumID, From: m.From, Subject: m.Subject, Text: m.Text, Papers: Each(m.Papers, itself),
		State: string(m.State), Reason: m.Reason, Size: m.Size, At: m.AcceptedAt.UTC(), MatterID: m.MatterID,
	}
}

// MailDetails is a mail with whose it could be.
type MailDetails struct {
	Mail    Mail   `json:"mail" doc:"The mail itself."`
	Writers []Seat `json:"writers" doc:"The seats of those whose it could be."`
}

// Held names a forum, which of its mail, and how it is read.
type Held struct {
	ID    forum.ForumID `path:"id" minimum:"1"`
	State string        `query:"state" enum:"held,set-aside,noted" default:"held" doc:"Which mail."`
	Paging
}

// Release says whose a mail is.
type Release struct {
	PersonID forum.PersonID `json:"person_id" minimum:"1" doc:"Number of who wrote it."`
	Learn    bool           `json:"learn,omitempty" doc:"Whether the address that it is from is that person's from now on."`
}

var mailThing = Thing[forum.IncomingID, MailDetails]{
	Hold: holding(forum.Tx.Incoming),
	See: seeing(forum.ReadIncomingPage, func(p forum.IncomingPage) MailDetails {
		return MailDetails{mailOf(p.Incoming), Each(p.Writers, seatOf)}
	}),
}

func incoming(a *API) {
	s := Subject{a, "Mail"}
	Lists(s, About{ID: "listHeld", Path: "/forums/{id}/held", Summary: "List the mail that a forum holds back", Text: "The newest first; with state, what was set aside or only noted."},
		List[forum.Incoming, Mail]{Key: func(m forum.Incoming) string { return number(m.ID) }, Show: mailOf, Newest: true}, heldIn)
	One(s, About{ID: "getMail", Path: "/incoming/{id}", Summary: "Read a mail that came in", Text: "For the forum's secretaries."}, mailThing.See)
	History(s, About{ID: "listMailHistory", Path: "/incoming/{id}/history", Summary: "Read what was done to a mail that came in", Text: "The entries of the forum's log that speak of the mail."},
		forum.ReadIncomingPage, func(p *forum.IncomingPage) []forum.Deed { return p.History })
	source(s, About{ID: "getMailSource", Path: "/incoming/{id}/raw", Summary: "Get a mail as it came", Text: "The bytes (RFC 5322)."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.IncomingID) ([]byte, error) {
			p, err := forum.ReadIncomingPage(ctx, tx, by, id)
			if err != nil {
				return nil, err
			}
			return p.Raw, nil
		})
	a.releaseMail(s)
	Press(s, About{ID: "forgetWriter", Path: "/incoming/{id}/forget", Summary: "Forget whose the address of a mail is", Text: "What was learned when a mail was released; an address that somebody has proven stays."}, mailThing, forum.UnlearnWriter)
	Press(s, About{ID: "setMailAside", Path: "/incoming/{id}/set-aside", Summary: "Set a held mail aside", Text: "It does nothing, and is kept."}, mailThing, forum.SetMailAside)
	Press(s, About{ID: "holdMailAgain", Path: "/incoming/{id}/hold", Summary: "Hold a mail again that was set aside", Text: "As it was."}, mailThing, forum.HoldAgain)
}

// releaseMail wakes the mailroom, which reads the mail again at once.
func (a *API) releaseMail(s Subject) {
	Change(s, About{ID: "releaseMail", Path: "/incoming/{id}/release", Summary: "Release a held mail as somebody's", Text: "It does what it asks for, as if that person had sent it."}, mailThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.IncomingID, in Release) error {
			if in.Learn {
				if err := forum.LearnWriter(ctx, tx, by, id, in.PersonID); err != nil {
					return err
				}
			}
			return forum.ReleaseHeld(ctx, tx, by, id, in.PersonID)
		}, a.options.Wake)
}

func heldIn(ctx context.Context, tx forum.Tx, by forum.Actor, in *Held) ([]forum.Incoming, error) {
	p, err := forum.ReadHeldPage(ctx, tx, by, in.ID)
	if err != nil {
		return nil, err
	}
	return map[forum.IncomingState]forum.IncomingList{forum.HeldMail: p.Held, forum.SetAside: p.SetAside, forum.Noted: p.Noted}[forum.IncomingState(in.State)].Newest, nil
}
