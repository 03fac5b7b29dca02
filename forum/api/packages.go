package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// EditionSummary is something that goes out of a meeting to all who are invited.
type EditionSummary struct {
	ID        forum.EditionID `json:"id" doc:"Number of the edition in the program."`
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Number    int             `json:"number" doc:"Number within the meeting, from 1."`
	Sort      string          `json:"sort" doc:"package, supplement, correction or notice."`
	State     string          `json:"state" doc:"asked, out or withdrawn."`
	Revision  int             `json:"revision" doc:"Version of the agenda."`
	Text      string          `json:"text,omitempty" doc:"What the secretary writes along with it."`
	AskedAt   time.Time       `json:"asked_at" doc:"When it was asked for."`
	Deadline  *time.Time      `json:"deadline,omitempty" doc:"From when silence approves."`
	OutAt     *time.Time      `json:"out_at,omitempty" doc:"When it went out."`
	Override  string          `json:"override,omitempty" doc:"Why it went out without the keys."`
	Replaces  forum.EditionID `json:"replaces_id,omitempty" doc:"Of a correction: number of the edition that it replaces."`
}

func editionOf(e forum.Edition) EditionSummary {
	return EditionSummary{
		ID: e.ID, MeetingID: e.MeetingID, Number: e.Number, Sort: string(e.Sort), State: string(e.State), Revision: e.Revision, Text: e.Text,
		AskedAt: e.AskedAt.UTC(), Deadline: instant(e.Deadline), OutAt: instant(e.OutAt), Override: e.Override, Replaces: e.Replaces,
	}
}

// EditionDetails is an edition with what was said of it, and the caller's own copy.
type EditionDetails struct {
	Edition   EditionSummary `json:"edition" doc:"The edition itself."`
	Items     []KeyItem      `json:"items" doc:"While it is the newest that needs the keys: its items with what was said of them."`
	Opened    *time.Time     `json:"opened_at,omitempty" doc:"When the caller opened the own copy."`
	Confirmed *time.Time     `json:"confirmed_at,omitempty" doc:"When the caller confirmed to know of the change."`
}

// Package is all that went out of a meeting.
type Package struct {
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Editions  []SentEdition   `json:"editions" doc:"What went out, the newest first."`
	MayNotice bool            `json:"may_notice" doc:"Whether a notice can be sent now."`
}

// SentEdition is an edition that went out, with who got it.
type SentEdition struct {
	Edition   EditionSummary `json:"edition" doc:"The edition."`
	Made      bool           `json:"made" doc:"Whether its PDF is made, or none is needed."`
	File      string         `json:"file,omitempty" doc:"Name of the PDF."`
	Opened    int            `json:"opened" doc:"How many opened their copy."`
	Confirmed int            `json:"confirmed" doc:"How many confirmed."`
	Copies    []Copy         `json:"copies" doc:"Who got it."`
}

// Copy is the copy of one receiver.
type Copy struct {
	Person    Person     `json:"person" doc:"The receiver."`
	State     string     `json:"state" doc:"How far the mail is: queued, handed-over, kept or failed."`
	Opened    *time.Time `json:"opened_at,omitempty" doc:"When it was opened."`
	Confirmed *time.Time `json:"confirmed_at,omitempty" doc:"When it was confirmed."`
}

// Written is a text that goes out.
type Written struct {
	Text string `json:"text" minLength:"1" maxLength:"10000" doc:"What all who are invited read."`
}

var editionThing = Thing[forum.EditionID, EditionDetails]{
	Hold: within(forum.Tx.Edition, func(e *forum.Edition) forum.MeetingID { return e.MeetingID }, meetingThing.Hold),
	See:  seeEdition,
}

func seeEdition(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.EditionID) (EditionDetails, error) {
	e, err := forum.ReadEdition(ctx, tx, by, id)
	if err != nil {
		return EditionDetails{}, err
	}
	d := EditionDetails{Edition: editionOf(*e), Items: []KeyItem{}}
	asked, err := forum.ReadKeysPage(ctx, tx, by, e.MeetingID)
	if err != nil {
		return d, err
	}
	if asked.Edition != nil && asked.Edition.ID == id {
		d.Items = Each(asked.Rows, keyItemOf)
	}
	own, err := tx.DeliveryOf(ctx, id, by.Person)
	if forum.IsKind(err, forum.NotFound) {
		return d, nil
	}
	if err == nil {
		d.Opened, d.Confirmed = instant(own.OpenedAt), instant(own.ConfirmedAt)
	}
	return d, err
}

func packages(a *API) {
	s := Subject{a, "Package"}
	One(s, About{ID: "getPackage", Path: "/meetings/{id}/package", Summary: "Read what went out of a meeting", Text: "Every edition that is out, with who got and opened it, for secretaries."}, seeing(forum.ReadPackagePage, packageOf))
	Create(s, About{ID: "sendNotice", Path: "/meetings/{id}/notices", Summary: "Send a notice", Text: "What all who are invited have to know at once; each is asked to confirm."}, whereEdition,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, Written]) (EditionSummary, error) {
			return as(editionOf)(forum.SendNotice(ctx, tx, by, in.ID, in.Body.Text))
		})
	Create(s, About{ID: "correctEdition", Path: "/editions/{id}/corrections", Summary: "Correct an edition that is out", Text: "A correction goes to all who got the edition."}, whereEdition,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.EditionID, Written]) (EditionSummary, error) {
			return as(editionOf)(forum.CorrectEdition(ctx, tx, by, in.ID, in.Body.Text))
		})
	One(s, About{ID: "getEdition", Path: "/editions/{id}", Summary: "Read an edition", Text: "For who may read the meeting."}, editionThing.See)
	Press(s, About{ID: "openEdition", Path: "/editions/{id}/open", Summary: "Note that the caller looks at an edition", Text: "The secretaries see who has opened the own copy."}, editionThing, only(forum.OpenEdition))
	Press(s, About{ID: "confirmEdition", Path: "/editions/{id}/confirm", Summary: "Confirm to know of a change", Text: "Of a notice or a correction that the caller got."}, editionThing, only(forum.ConfirmEdition))
	Download(s, About{ID: "getEditionFile", Path: "/editions/{id}/files/{part}", Summary: "Get the PDF of an edition", Text: "The whole package as it went out."}, "application/pdf",
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *EditionPart) (forum.Paper, error) {
			return as(itself[forum.Paper])(forum.ReadEditionFile(ctx, tx, by, in.ID, in.Part, ""))
		})
	Download(s, About{ID: "getEditionPart", Path: "/editions/{id}/files/{part}/{key}", Summary: "Get a part of an edition", Text: "The PDF of one item, or a paper that is a file of its own."}, "application/octet-stream",
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *EditionPartKey) (forum.Paper, error) {
			return as(itself[forum.Paper])(forum.ReadEditionFile(ctx, tx, by, in.ID, in.Part, in.Key))
		})
}

// EditionPart names a file of an edition.
type EditionPart struct {
	ID   forum.EditionID `path:"id" minimum:"1"`
	Part string          `path:"part" maxLength:"100" doc:"Which file: pdf for the whole." example:"pdf"`
}

// EditionPartKey names one of several files of an edition.
type EditionPartKey struct {
	ID   forum.EditionID `path:"id" minimum:"1"`
	Part string          `path:"part" maxLength:"100" doc:"Which files: items or papers." example:"items"`
	Key  string          `path:"key" maxLength:"100" doc:"Which of them: name of the line, or number of the paper."`
}

func whereEdition(e EditionSummary) string { return fmt.Sprintf("/editions/%d", e.ID) }

func packageOf(p forum.PackagePage) Package {
	return Package{p.Meeting.ID, Each(p.Editions, func(e forum.SentEdition) SentEdition {
		return SentEdition{
			Edition: editionOf(e.Edition), Made: e.Made, File: e.Print.Name, Opened: e.Opened, Confirmed: e.Confirmed,
			Copies: Each(e.Copies, func(c forum.CopyRow) Copy {
				return Copy{personOf(c.Person), string(c.State), instant(c.OpenedAt), instant(c.ConfirmedAt)}
			}),
		}
	}), p.MayTell}
}
