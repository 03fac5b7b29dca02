package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
)

// Matter is a matter as its reader may see it.
type Matter struct {
	ID           forum.MatterID `json:"id" doc:"Number of the matter in the program."`
	ForumID      forum.ForumID  `json:"forum_id" doc:"Number of the forum that has it."`
	Intake       string         `json:"intake" doc:"The number that it got when it came in." example:"2026-17"`
	Number       string         `json:"number,omitempty" doc:"The forum's own number, from its first agenda on." example:"04/26"`
	Title        string         `json:"title" doc:"The public title."`
	FullTitle    string         `json:"full_title,omitempty" doc:"The exempt title, for who may read what is exempt."`
	Access       string         `json:"access,omitempty" doc:"exempt for a matter whose title and text are; internal otherwise."`
	Basis        string         `json:"basis,omitempty" doc:"The legal basis of an exemption."`
	Kind         string         `json:"kind" doc:"decision, discussion, briefing or structural-change."`
	Text         string         `json:"text,omitempty" doc:"What the proposer wrote; absent where it is exempt from this reader."`
	State        string         `json:"state" doc:"proposed, placed, returned or merged." example:"proposed"`
	Reason       string         `json:"reason,omitempty" doc:"Why it was returned, relocated or merged."`
	Level        string         `json:"level" doc:"The level that proposed it."`
	Proposer     string         `json:"proposer,omitempty" doc:"Name of who proposed it."`
	Organisation string         `json:"organisation,omitempty" doc:"Name of the organisation for which it was proposed."`
	ProposedAt   time.Time      `json:"proposed_at" doc:"When it was proposed."`
	MergedInto   forum.MatterID `json:"merged_into_id,omitempty" doc:"Number of the matter that it was merged into."`
}

func matterOf(m forum.Matter, from forum.Origin) Matter {
	return Matter{
		ID: m.ID, ForumID: m.ForumID, Intake: m.Intake, Number: m.Number, Title: m.Title, FullTitle: m.FullTitle, Access: string(m.Access), Basis: m.Basis,
		Kind: string(m.Kind), Text: m.Text, State: string(m.State), Reason: m.Reason, Level: string(m.Level), Proposer: from.Person.Name,
		Organisation: from.Organisation.Name, ProposedAt: m.ProposedAt.UTC(), MergedInto: m.MergedInto,
	}
}

// MatterDetails is a matter with its papers and what the caller may do with it.
type MatterDetails struct {
	Matter      Matter          `json:"matter" doc:"The matter itself."`
	MeetingID   forum.MeetingID `json:"meeting_id,omitempty" doc:"Number of the meeting on whose agenda it stands."`
	Stage       string          `json:"stage" doc:"How far its joint draft is: idea, joint-draft or ready."`
	Papers      []Paper         `json:"papers" doc:"Its papers in order; of one that is withheld only its place, access code and legal basis."`
	Withdrawn   []Paper         `json:"withdrawn" doc:"Papers that were withdrawn and can be restored, for who may edit papers."`
	Removal     *Removal        `json:"removal,omitempty" doc:"The removal that it waits on."`
	Meetings    []Meeting       `json:"meetings" doc:"Those that it could be placed on."`
	MayPlace    bool            `json:"may_place" doc:"Whether the caller may place it."`
	MayPutBack  bool            `json:"may_put_back" doc:"Whether the caller may put it back."`
	MayRemove   bool            `json:"may_remove" doc:"Whether the caller may ask for its removal."`
	NeedsOther  bool            `json:"needs_other" doc:"Whether a removal waits for the other level's secretary."`
	MayAnswer   bool            `json:"may_answer" doc:"Whether the caller may answer the removal."`
	MayDecide   bool            `json:"may_decide" doc:"Whether the caller may decide the contested removal."`
	MayWithdraw bool            `json:"may_withdraw" doc:"Whether the caller may withdraw the removal."`
	MayBring    bool            `json:"may_bring_papers" doc:"Whether the caller may bring papers."`
}

// InboxRow is a matter that waits for the secretaries.
type InboxRow struct {
	Matter  Matter   `json:"matter" doc:"The matter."`
	Papers  int      `json:"papers" doc:"How many papers it has."`
	Removal *Removal `json:"removal,omitempty" doc:"The removal that it waits on."`
}

// NewMatter is a proposal. Papers are added to the matter afterwards.
type NewMatter struct {
	Title string `json:"title" maxLength:"2000" doc:"The public title." example:"Felles beredskapsøving"`
	Text  string `json:"text,omitempty" maxLength:"200000" doc:"What it is about."`
	Kind  string `json:"kind" enum:"decision,discussion,briefing,structural-change" doc:"What is asked of the forum."`
}

// Placing is where a matter is placed.
type Placing struct {
	MeetingID forum.MeetingID `json:"meeting_id" minimum:"1" doc:"Number of a meeting of the forum whose agenda is open."`
}

// Titling is how the title of a matter is classified.
type Titling struct {
	Public string `json:"public" maxLength:"2000" doc:"The public title."`
	Access string `json:"access" enum:"internal,exempt" doc:"exempt keeps the full title and the text from the public."`
	Full   string `json:"full,omitempty" maxLength:"2000" doc:"The exempt title."`
	Basis  string `json:"basis,omitempty" maxLength:"1000" doc:"The legal basis of the exemption." example:"offl. § 13"`
}

var matterThing = Thing[forum.MatterID, MatterDetails]{
	Hold: holding(forum.Tx.Matter),
	See:  seeing(forum.ReadMatterPage, matterDetailsOf),
}

func matterDetailsOf(p forum.MatterPage) MatterDetails {
	d := MatterDetails{
		Matter: matterOf(p.Matter, p.Origin), Stage: string(p.Drafting.Stage), Removal: Some(p.Removal, removalOf), Papers: Each(p.Papers, paperOf), Withdrawn: Each(p.Withdrawn, paperOf), Meetings: Each(p.Meetings, meetingOf),
		MayPlace: p.MayPlace, MayPutBack: p.MayPutBack, MayRemove: p.MayRemove, NeedsOther: p.NeedsOther,
		MayAnswer: p.MayAnswer, MayDecide: p.MayDecide, MayWithdraw: p.MayWithdraw, MayBring: p.MayBring,
	}
	if p.On != nil {
		d.MeetingID = p.On.ID
	}
	return d
}

func matters(a *API) {
	s := Subject{a, "Matters"}
	Lists(s, About{ID: "listInbox", Path: "/forums/{id}/inbox", Summary: "List the inbox of a forum", Text: "The matters that wait for the secretaries or, with state returned, those sent back to their proposers."},
		List[forum.InboxRow, InboxRow]{Key: func(r forum.InboxRow) string { return number(r.Matter.ID) }, Show: inboxRowOf}, inboxOf)
	Create(s, About{ID: "proposeMatter", Path: "/forums/{id}/matters", Summary: "Propose a matter", Text: "The matter waits in the inbox; the proposer gets a receipt by mail. Papers are added to it afterwards."},
		func(m Matter) string { return fmt.Sprintf("/matters/%d", m.ID) }, proposeMatter)
	One(s, About{ID: "getMatter", Path: "/matters/{id}", Summary: "Read a matter", Text: "The matter as the caller may see it, with its papers and what may be done with it."}, matterThing.See)
	History(s, About{ID: "listMatterHistory", Path: "/matters/{id}/history", Summary: "Read what was done to a matter", Text: "The entries of the logs that speak of the matter."},
		forum.ReadMatterPage, func(p *forum.MatterPage) []forum.Deed { return p.History })
	Change(s, About{ID: "placeMatter", Path: "/matters/{id}/place", Summary: "Place a matter on an agenda", Text: "The proposer is told on which meeting it comes up."}, matterThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID, p Placing) error {
			return done(forum.PlaceMatter(ctx, tx, by, id, p.MeetingID))
		})
	Press(s, About{ID: "putMatterBack", Path: "/matters/{id}/put-back", Summary: "Put a matter back in the inbox", Text: "Takes it off the agenda, or takes its return back."}, matterThing, only(forum.PutBack))
	Change(s, About{ID: "classifyTitle", Method: http.MethodPut, Path: "/matters/{id}/title", Summary: "Classify the title of a matter", Text: "Makes the title and the text exempt from public access, or open to the forum's readers again."}, matterThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID, t Titling) error {
			return done(forum.ClassifyTitle(ctx, tx, by, id, forum.Titling{Public: t.Public, Access: forum.AccessCode(t.Access), Full: t.Full, Basis: t.Basis}))
		})
}

// Inbox names a forum, which of its matters, and how they are read.
type Inbox struct {
	ID    forum.ForumID `path:"id" minimum:"1"`
	State string        `query:"state" enum:"proposed,returned" default:"proposed" doc:"Which matters: those that wait, or those that were returned."`
	Paging
}

func inboxOf(ctx context.Context, tx forum.Tx, by forum.Actor, in *Inbox) ([]forum.InboxRow, error) {
	p, err := forum.ReadInboxPage(ctx, tx, by, in.ID)
	if err != nil {
		return nil, err
	}
	if in.State == string(forum.Returned) {
		return p.Returned, nil
	}
	return p.Rows, nil
}

func inboxRowOf(r forum.InboxRow) InboxRow {
	return InboxRow{Matter: matterOf(r.Matter, r.Origin), Papers: r.Papers, Removal: Some(r.Removal, removalOf)}
}

func proposeMatter(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, NewMatter]) (Matter, error) {
	if _, err := tx.Forum(ctx, in.ID); err != nil {
		return Matter{}, err
	}
	m, err := forum.ProposeMatter(ctx, tx, by, in.ID, forum.Proposal{
		Title: in.Body.Title, Text: in.Body.Text, Kind: forum.MatterKind(in.Body.Kind), Source: forum.ByWeb,
	})
	if err != nil {
		return Matter{}, err
	}
	seen, err := matterThing.See(ctx, tx.Peek(), by, m.ID)
	return seen.Matter, err
}
