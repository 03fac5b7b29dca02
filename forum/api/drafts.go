package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
)

// Writer is who wrote something.
type Writer struct {
	Name         string    `json:"name" doc:"Name or role of the person."`
	Organisation string    `json:"organisation" doc:"Name of the organisation for which it was written."`
	Level        string    `json:"level" doc:"Level of that organisation: municipal, specialist or advisory."`
	At           time.Time `json:"at" doc:"When it was written."`
	Source       string    `json:"source" doc:"How it came: mail or web." example:"web"`
}

func writerOf(w forum.Writer) Writer {
	return Writer{w.Person, w.Organisation, string(w.Level), w.At.UTC(), string(w.Source)}
}

// Draft is the joint draft of a matter.
type Draft struct {
	MatterID   forum.MatterID `json:"matter_id" doc:"Number of the matter."`
	Stage      string         `json:"stage" doc:"idea before a draft is opened, joint-draft while it is worked on, ready after that." example:"joint-draft"`
	ReadyAt    *time.Time     `json:"ready_at,omitempty" doc:"When it became ready."`
	ReadyBy    string         `json:"ready_by,omitempty" doc:"Name of who made it ready."`
	Gate       Gate           `json:"gate" doc:"What the matter waits for before it is ready."`
	Sections   []Section      `json:"sections" doc:"Its sections in order; none where the matter is withheld from the caller."`
	Threads    []Thread       `json:"threads" doc:"The comments, about a section or about the whole draft."`
	Follows    bool           `json:"follows" doc:"Whether the caller hears of every comment by mail."`
	MayOpen    bool           `json:"may_open" doc:"Whether the caller may open the draft."`
	MayEdit    bool           `json:"may_edit" doc:"Whether the caller may write its sections now."`
	MayComment bool           `json:"may_comment" doc:"Whether the caller may comment on it."`
	MayWaive   []string       `json:"may_waive" doc:"The levels for which the caller may say that there is no remark."`
	MayReady   bool           `json:"may_ready" doc:"Whether the caller may end the work on it, or take it up again."`
}

// Gate is what a matter waits for before it is ready.
type Gate struct {
	Needed  bool        `json:"needed" doc:"Whether anything is waited for: decisions and structural changes alone need both levels."`
	Open    bool        `json:"open" doc:"Whether the draft may be made ready, and the matter be decided."`
	Over    bool        `json:"over" doc:"Whether the mandate's days are over."`
	Since   time.Time   `json:"since" doc:"From when on the levels could contribute."`
	Until   time.Time   `json:"until" doc:"The end of the mandate's days."`
	Levels  []LevelGave `json:"levels" doc:"What each level has given."`
	Without []string    `json:"without" doc:"The levels whose contribution the matter does without, since the days are over."`
}

// LevelGave is what a level has given to a draft.
type LevelGave struct {
	Level    string  `json:"level" doc:"municipal or specialist."`
	Given    string  `json:"given,omitempty" doc:"contribution or no-remark; absent for nothing." example:"contribution"`
	By       *Writer `json:"by,omitempty" doc:"Who gave it."`
	NoRemark bool    `json:"no_remark" doc:"Whether the level has said that it has no remark, which it may take back."`
}

func gateOf(d forum.Drafting) Gate {
	gate := Gate{
		Needed: d.Gate.Needed, Open: d.Open, Over: d.Over, Since: d.Gate.Since.UTC(), Until: d.Gate.Until.UTC(), Without: Each(d.Without, levelOf),
	}
	for i, half := range d.Gate.Halves {
		gave := LevelGave{Level: string(half.Level), NoRemark: half.NoRemark != nil}
		switch {
		case half.Contribution != nil:
			gave.Given = "contribution"
		case half.NoRemark != nil:
			gave.Given = "no-remark"
		}
		if half.Given() {
			by := writerOf(d.Givers[i])
			gave.By = &by
		}
		gate.Levels = append(gate.Levels, gave)
	}
	return gate
}

func levelOf(l forum.Level) string { return string(l) }

// LevelChoice names one of the equal levels.
type LevelChoice struct {
	Level string `json:"level" enum:"municipal,specialist" doc:"For which level."`
}

// Following is whether somebody hears of comments.
type Following struct {
	Follow bool `json:"follow" doc:"Whether the caller wants to hear of every comment by mail."`
}

var draftThing = Thing[forum.MatterID, Draft]{Hold: matterThing.Hold, See: seeing(forum.ReadDraftPage, draftOf)}

func draftOf(p forum.DraftPage) Draft {
	d := Draft{
		MatterID: p.ID, Stage: string(p.Drafting.Stage), ReadyAt: instant(p.Drafting.ReadyAt), ReadyBy: p.Drafting.ReadyBy, Gate: gateOf(p.Drafting),
		Sections: Each(p.Sections, sectionOf), Threads: Each(p.Threads, threadOf), Follows: p.Follows,
		MayOpen: p.Drafting.MayOpen, MayEdit: p.MayEdit, MayComment: p.MayComment, MayWaive: []string{}, MayReady: p.MayReady,
	}
	for _, s := range p.Sections {
		d.Threads = append(d.Threads, Each(s.Threads, threadOf)...)
	}
	for _, half := range p.Drafting.Gate.Halves {
		if p.MayWaive[half.Level] {
			d.MayWaive = append(d.MayWaive, string(half.Level))
		}
	}
	return d
}

func drafts(a *API) {
	s := Subject{a, "Drafts"}
	One(s, About{ID: "getDraft", Path: "/matters/{id}/draft", Summary: "Read the joint draft of a matter", Text: "Its sections with who wrote what, the comments, and what each level has given."}, draftThing.See)
	Create(s, About{ID: "openDraft", Path: "/matters/{id}/draft", Summary: "Open the joint draft of a matter", Text: "What the proposer wrote becomes its background. Decisions and structural changes have a draft from the first."},
		func(d Draft) string { return fmt.Sprintf("/matters/%d/draft", d.MatterID) }, openDraft)
	Change(s, About{ID: "sayNoRemark", Path: "/matters/{id}/draft/no-remark", Summary: "Say that a level has no remark", Text: "The word of one who sits for the level; it counts as its contribution."}, draftThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID, in LevelChoice) error {
			return forum.SayNoRemark(ctx, tx, by, id, forum.Level(in.Level))
		})
	Change(s, About{ID: "takeBackNoRemark", Path: "/matters/{id}/draft/no-remark/take-back", Summary: "Take a level's “no remark” back", Text: "A matter that may then not be decided any more is only discussed at the meeting on whose agenda it stands."}, draftThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID, in LevelChoice) error {
			return forum.TakeBackNoRemark(ctx, tx, by, id, forum.Level(in.Level))
		})
	Press(s, About{ID: "makeDraftReady", Path: "/matters/{id}/draft/ready", Summary: "Make a draft ready", Text: "Ends the work on it. Before both levels have given something it waits for the mandate's days to be over."}, draftThing, only(forum.MarkReady))
	Press(s, About{ID: "reopenDraft", Path: "/matters/{id}/draft/reopen", Summary: "Take the work on a draft up again", Text: "Nobody could write while it was ready."}, draftThing, only(forum.ReopenDraft))
	Change(s, About{ID: "followDraft", Method: http.MethodPut, Path: "/matters/{id}/draft/following", Summary: "Follow a draft, or follow it no more", Text: "Who follows it hears of every comment by mail."}, draftThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID, in Following) error {
			return forum.FollowDraft(ctx, tx, by, id, in.Follow)
		})
}

func openDraft(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[forum.MatterID]) (Draft, error) {
	if _, err := forum.OpenDraft(ctx, tx, by, in.ID); err != nil {
		return Draft{}, err
	}
	return draftThing.See(ctx, tx.Peek(), by, in.ID)
}
