package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// Removal is a wish that a matter leave the inbox.
type Removal struct {
	ID         forum.RemovalID `json:"id" doc:"Number of the removal."`
	MatterID   forum.MatterID  `json:"matter_id" doc:"Number of the matter."`
	Way        string          `json:"way" doc:"return, relocate or merge." example:"return"`
	Reason     string          `json:"reason" doc:"Why."`
	ToForum    forum.ForumID   `json:"to_forum_id,omitempty" doc:"Of a relocation: number of the forum that it goes to."`
	ToMatter   forum.MatterID  `json:"to_matter_id,omitempty" doc:"Of a merger: number of the matter that it becomes part of."`
	State      string          `json:"state" doc:"asked, contested, done, kept or withdrawn."`
	AskedLevel string          `json:"asked_level" doc:"The level for which it was asked."`
	AskedAt    time.Time       `json:"asked_at" doc:"When it was asked."`
	Objection  string          `json:"objection,omitempty" doc:"What the other level's secretary says against it."`
}

func removalOf(r forum.Removal) Removal {
	return Removal{
		ID: r.ID, MatterID: r.MatterID, Way: string(r.Way), Reason: r.Reason, ToForum: r.ToForum, ToMatter: r.ToMatter, State: string(r.State),
		AskedLevel: string(r.AskedLevel), AskedAt: r.AskedAt.UTC(), Objection: r.Objection,
	}
}

// NewRemoval is what a removal is asked by.
type NewRemoval struct {
	Way      string         `json:"way" enum:"return,relocate,merge" doc:"Back to its proposer, to another forum, or into another matter."`
	Reason   string         `json:"reason" maxLength:"10000" doc:"Why; those concerned read it."`
	ToForum  forum.ForumID  `json:"to_forum_id,omitempty" minimum:"1" doc:"Of a relocation: number of the forum that it goes to."`
	ToMatter forum.MatterID `json:"to_matter_id,omitempty" minimum:"1" doc:"Of a merger: number of the matter that it becomes part of."`
}

// RemovalAnswer is what the other level's secretary says to a removal.
type RemovalAnswer struct {
	Agree     bool   `json:"agree" doc:"Whether the matter may go."`
	Objection string `json:"objection,omitempty" maxLength:"10000" doc:"Why not; needed where the answer is no."`
}

// RemovalDecision is a key-holder's word on a contested removal.
type RemovalDecision struct {
	Remove bool `json:"remove" doc:"Whether the matter goes: it does when holders of both levels say so, and stays when one says no."`
}

var removalThing = Thing[forum.RemovalID, Removal]{
	Hold: func(ctx context.Context, tx forum.Tx, id forum.RemovalID) error {
		r, err := tx.Removal(ctx, id)
		if err != nil {
			return err
		}
		return matterThing.Hold(ctx, tx, r.MatterID) // which guards its removals
	},
	See: seeing(forum.ReadRemoval, removalOf),
}

func removals(a *API) {
	s := Subject{a, "Matters"}
	Create(s, About{ID: "askRemoval", Path: "/matters/{id}/removals", Summary: "Ask that a matter leave the inbox", Text: "A matter of the caller's own level leaves at once; one of the other level waits for that level's secretary."},
		func(r Removal) string { return fmt.Sprintf("/removals/%d", r.ID) }, askRemoval)
	One(s, About{ID: "getRemoval", Path: "/removals/{id}", Summary: "Read a removal", Text: "How far it is, for who may read the matter and who asked."}, removalThing.See)
	Change(s, About{ID: "answerRemoval", Path: "/removals/{id}/answer", Summary: "Agree to a removal, or contest it", Text: "The secretary of the level that proposed the matter says whether it may go."}, removalThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.RemovalID, in RemovalAnswer) error {
			_, err := forum.AnswerRemoval(ctx, tx, by, id, in.Agree, in.Objection)
			if forum.IsKind(err, forum.Invalid) {
				err = on(err, "objection")
			}
			return err
		})
	Change(s, About{ID: "decideRemoval", Path: "/removals/{id}/decide", Summary: "Decide a contested removal", Text: "A key-holder's word; it takes both levels to let the matter go."}, removalThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.RemovalID, in RemovalDecision) error {
			return done(forum.DecideContested(ctx, tx, by, id, in.Remove))
		})
	Press(s, About{ID: "withdrawRemoval", Path: "/removals/{id}/withdraw", Summary: "Withdraw a removal", Text: "The matter stays as it was."}, removalThing, only(forum.WithdrawRemoval))
}

func askRemoval(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MatterID, NewRemoval]) (Removal, error) {
	wish := forum.Removal{Way: forum.Way(in.Body.Way), Reason: in.Body.Reason, ToForum: in.Body.ToForum, ToMatter: in.Body.ToMatter}
	switch {
	case wish.Way == forum.Relocate && wish.ToForum == 0:
		return Removal{}, forum.Refuse(forum.Invalid, "error.removal.to_forum").On("to_forum_id")
	case wish.Way == forum.Merge && wish.ToMatter == 0:
		return Removal{}, forum.Refuse(forum.Invalid, "error.removal.to_matter").On("to_matter_id")
	}
	return as(removalOf)(forum.AskRemoval(ctx, tx, by, in.ID, wish))
}
