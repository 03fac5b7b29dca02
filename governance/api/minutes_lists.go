package api

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// MeetingMinutes is how a meeting stands with its minutes.
type MeetingMinutes struct {
	MeetingID forum.MeetingID  `json:"meeting_id" doc:"Number of the meeting."`
	Due       time.Time        `json:"due" doc:"By when they are to be out."`
	Versions  []MinutesVersion `json:"versions" doc:"Every version, the oldest first."`
	MayStart  bool             `json:"may_start" doc:"Whether the caller may begin them now."`
}

// MinutesVersion is one version of minutes, without what it says.
type MinutesVersion struct {
	ID         governance.MinutesID `json:"id" doc:"Number of the minutes."`
	Version    int                  `json:"version" doc:"From 1; later ones are corrections."`
	State      string               `json:"state" doc:"writing, sent, keyed or approved."`
	Changes    string               `json:"changes,omitempty" doc:"Of a correction: what it changes, and why."`
	StartedAt  time.Time            `json:"started_at" doc:"When it was begun."`
	ApprovedAt *time.Time           `json:"approved_at,omitempty" doc:"When both keys had approved."`
}

// WaitingMinutes is something that minutes ask of the caller.
type WaitingMinutes struct {
	Sort      string               `json:"sort" doc:"What is to be done: write, ask-keys, answer or key."`
	ForumID   forum.ForumID        `json:"forum_id" doc:"Number of the forum."`
	MeetingID forum.MeetingID      `json:"meeting_id" doc:"Number of the meeting."`
	MinutesID governance.MinutesID `json:"minutes_id,omitempty" doc:"Number of the minutes; absent where they are not begun."`
	By        *time.Time           `json:"by,omitempty" doc:"By when; absent for no limit."`
}

// WaitingMinutesList is all that minutes ask of the caller.
type WaitingMinutesList struct {
	Items []WaitingMinutes `json:"items" doc:"What they ask, the most urgent first."`
}

func versionOf(m governance.Minutes) MinutesVersion {
	return MinutesVersion{m.ID, m.Number, string(m.State), m.Changes, m.StartedAt.UTC(), instant(m.ApprovedAt)}
}

func waitingMinutesOf(w governance.MinutesWaiting) WaitingMinutes {
	shown := WaitingMinutes{Sort: string(w.Sort), ForumID: w.Forum.ID, MeetingID: w.Meeting.ID, By: instant(w.By)}
	if w.Minutes != nil {
		shown.MinutesID = w.Minutes.ID
	}
	return shown
}

// minutesLists show minutes without what they say, and as the file that they are kept as.
func minutesLists(s api.Subject) {
	api.One(s, api.About{ID: "listMinutesOfMeeting", Path: "/meetings/{id}/minutes", Summary: "List the minutes of a meeting", Text: "Every version of them, corrections too."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID) (MeetingMinutes, error) {
			of, err := governance.ReadMinutesOf(ctx, governance.In(tx), by, id)
			if err != nil {
				return MeetingMinutes{}, err
			}
			return MeetingMinutes{id, of.Due.UTC(), api.Each(of.Versions, versionOf), of.MayStart}, nil
		})
	api.Read(s, api.About{ID: "listWaitingMinutes", Path: "/me/minutes", Summary: "List what minutes ask of the caller", Text: "To write them, to answer, to ask the key-holders or to turn a key."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (WaitingMinutesList, error) {
			waiting, err := governance.ReadMinutesWaiting(ctx, governance.In(tx), by)
			return WaitingMinutesList{api.Each(waiting, waitingMinutesOf)}, err
		})
	api.Download(s, api.About{ID: "getMinutesFile", Path: "/minutes/{id}/file", Summary: "Get the PDF of approved minutes", Text: "What anybody may read of them; it is made once, soon after the approval."}, "application/pdf",
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.Of[governance.MinutesID]) (forum.Paper, error) {
			page, err := governance.ReadMinutes(ctx, governance.In(tx), by, in.ID)
			if err != nil {
				return forum.Paper{}, err
			}
			if page.PDF == "" {
				return forum.Paper{}, forum.Refuse(forum.NotFound, "error.minutes.no_pdf")
			}
			name := api.Text(ctx).T("minutes.file", "Forum", page.Forum.Name, "Date", string(forum.DateOf(page.Meeting.Start)))
			return forum.Paper{Name: name + ".pdf", Type: "application/pdf", Digest: page.PDF, Size: page.PDFSize}, nil
		})
}
