package api

import (
	"context"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
)

// Agenda is the running order of a meeting.
type Agenda struct {
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Revision  int             `json:"revision" doc:"Which version of the agenda it is; 0 before it was edited."`
	Lines     []AgendaLine    `json:"lines" doc:"What is dealt with, in order."`
	MayEdit   bool            `json:"may_edit" doc:"Whether the caller may edit it."`
}

// AgendaLine is one line of an agenda.
type AgendaLine struct {
	Key       string    `json:"key" doc:"The line's lasting name."`
	Sort      string    `json:"sort,omitempty" doc:"notice, minutes, level-slot, other-business, own or pause; absent for a matter."`
	Level     string    `json:"level,omitempty" doc:"Whose slot it is."`
	Title     string    `json:"title,omitempty" doc:"The public title of the matter, or the line's own."`
	Kind      string    `json:"kind,omitempty" doc:"What is asked of the meeting." example:"decision"`
	Minutes   int       `json:"minutes" doc:"How long it lasts."`
	Presenter string    `json:"presenter,omitempty" doc:"Who presents it."`
	Start     time.Time `json:"start" doc:"When it begins."`
	End       time.Time `json:"end" doc:"When it ends."`
	Matter    *Matter   `json:"matter,omitempty" doc:"The matter, as the caller may see it."`
	Without   []string  `json:"without" doc:"The levels whose contribution to the joint draft the matter does without, since the mandate's days are over."`
	Papers    []Paper   `json:"papers" doc:"The papers of the matter."`
	Guests    []Guest   `json:"guests" doc:"Who is invited to this line alone."`
}

// AgendaEdit is an agenda as an editor wants it.
type AgendaEdit struct {
	Revision int         `json:"revision" minimum:"0" doc:"The version that the editor began with."`
	Lines    []LineEntry `json:"lines" maxItems:"500" doc:"All lines in the wanted order; one that is missing is taken away, where it may be. A new line has a key that begins with own- or pause-."`
}

// LineEntry is a line as an editor wants it.
type LineEntry struct {
	Key       string `json:"key" maxLength:"100" doc:"The line's name, as it was read."`
	Title     string `json:"title,omitempty" maxLength:"2000" doc:"Of an own line: its title."`
	Kind      string `json:"kind,omitempty" maxLength:"100" doc:"decision, discussion, briefing, noting or structural-change."`
	Minutes   int    `json:"minutes" minimum:"0" maximum:"10000" doc:"How long it lasts."`
	Presenter string `json:"presenter,omitempty" maxLength:"1000" doc:"Who presents it."`
}

func (e LineEntry) entry() forum.LineEntry {
	return forum.LineEntry{Key: e.Key, Title: e.Title, Kind: forum.ItemKind(e.Kind), Minutes: e.Minutes, Presenter: e.Presenter}
}

// AgendaDifference is where two versions of an agenda differ.
type AgendaDifference struct {
	Key       string `json:"key" doc:"Name of the line."`
	Suggested string `json:"suggested" doc:"Which version seems right: theirs or mine."`
	Settled   bool   `json:"settled" doc:"Whether only one side changed it."`
}

// AgendaComparison is how an editor's agenda differs from the one that is saved.
type AgendaComparison struct {
	Revision    int                `json:"revision" doc:"The version that is saved."`
	By          string             `json:"by,omitempty" doc:"Name of who saved it."`
	At          *time.Time         `json:"at,omitempty" doc:"When it was saved."`
	Order       bool               `json:"order" doc:"Whether the order differs."`
	Differences []AgendaDifference `json:"differences" doc:"The lines that differ."`
}

func lineOf(r forum.LineRow) AgendaLine {
	line := AgendaLine{
		Key: r.Key, Sort: string(r.What), Level: string(r.Level), Title: r.Title, Kind: string(r.Kind), Minutes: r.Minutes, Presenter: r.Presenter.Name,
		Start: r.Start.UTC(), End: r.End.UTC(), Without: Each(r.Without, levelOf), Papers: []Paper{}, Guests: Each(r.Guests, guestOf),
	}
	if r.Item != nil {
		matter := matterOf(r.Item.Matter, r.Item.Origin)
		line.Matter, line.Title, line.Papers = &matter, matter.Title, Each(r.Item.Papers, paperOf)
	}
	return line
}

var agendaThing = Thing[forum.MeetingID, Agenda]{
	Hold: meetingThing.Hold,
	See: seeing(forum.ReadMeetingPage, func(p forum.MeetingPage) Agenda {
		return Agenda{p.ID, p.Revision, Each(p.Lines, lineOf), p.MayEdit}
	}),
}

func agendas(a *API) {
	s := Subject{a, "Agenda"}
	One(s, About{ID: "getAgenda", Path: "/meetings/{id}/agenda", Summary: "Read the agenda of a meeting", Text: "The running order with its times, matters, papers and guests."}, agendaThing.See)
	Change(s, About{ID: "editAgenda", Method: http.MethodPut, Path: "/meetings/{id}/agenda", Summary: "Edit the agenda of a meeting", Text: "Order, length, kind and presenter of its lines. When somebody else saved a version meanwhile it is refused; the comparison tells how the two differ."}, agendaThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID, in AgendaEdit) error {
			return done(forum.SaveAgenda(ctx, tx, by, id, in.Revision, Each(in.Lines, LineEntry.entry)))
		})
	Preview(s, About{ID: "compareAgenda", Path: "/meetings/{id}/agenda/compare", Summary: "Compare an agenda with the one that is saved", Text: "Nothing is changed."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, AgendaEdit]) (AgendaComparison, error) {
			return as(comparisonOf)(forum.ReadAgendaConflict(ctx, tx, by, in.ID, in.Body.Revision, Each(in.Body.Lines, LineEntry.entry)))
		})
}

func comparisonOf(c forum.AgendaConflict) AgendaComparison {
	return AgendaComparison{
		Revision: c.Revision, By: c.By, At: instant(c.At), Order: c.Order,
		Differences: Each(c.Differences, func(d forum.Difference) AgendaDifference {
			return AgendaDifference{d.Key, string(d.Suggested), d.Settled}
		}),
	}
}
