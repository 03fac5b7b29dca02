package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func askRemoval(v *visit) error {
	matter, err := id[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := pages.Removing{
		Way: forum.Way(v.value("way")), Forum: chosen[forum.ForumID](v, "forum"), Into: chosen[forum.MatterID](v, "into"), Reason: v.value("reason"),
	}
	removal, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Removal, error) {
		switch {
		case typed.Way == forum.Relocate && typed.Forum == 0:
			return nil, forum.Refuse(forum.Invalid, "error.removal.to_forum").On("forum")
		case typed.Way == forum.Merge && typed.Into == 0:
			return nil, forum.Refuse(forum.Invalid, "error.removal.to_matter").On("into")
		}
		return forum.AskRemoval(ctx, tx, by, matter, forum.Removal{Way: typed.Way, Reason: typed.Reason, ToForum: typed.Forum, ToMatter: typed.Into})
	})
	if mistakes := v.mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Removing = typed })
	}
	if err != nil {
		return err
	}
	if removal.State != forum.DoneRemoval {
		return v.done(removalAsked, int64(removal.ID), pages.MatterAddress(matter))
	}
	return v.removed(removal)
}

// removed tells that a matter left the inbox. One that went to another forum
// may be closed to who sent it there, so the answer leads to where it came from.
func (v *visit) removed(r *forum.Removal) error {
	switch r.Way {
	case forum.Return:
		return v.done(matterReturned, int64(r.MatterID), pages.MatterAddress(r.MatterID))
	case forum.Merge:
		return v.done(matterMerged, 0, pages.MatterAddress(r.MatterID))
	}
	return v.done(matterRelocated, 0, pages.ForumsAddress)
}

// removalMatter is the matter that a removal speaks of, for showing it again.
func removalMatter(v *visit, removal forum.RemovalID) (forum.MatterID, error) {
	return read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (forum.MatterID, error) {
		r, err := tx.Removal(ctx, removal)
		if err != nil {
			return 0, err
		}
		return r.MatterID, nil
	})
}

func answerRemoval(v *visit) error {
	asked, err := id[forum.RemovalID](v)
	if err != nil {
		return err
	}
	typed := pages.Answer{Word: v.value("answer"), Objection: v.value("objection")}
	removal, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Removal, error) {
		agree, err := v.yes()
		if err != nil {
			return nil, err
		}
		r, err := forum.AnswerRemoval(ctx, tx, by, asked, agree, typed.Objection)
		if forum.IsKind(err, forum.Invalid) {
			err = on(err, "objection")
		}
		return r, err
	})
	if mistakes := v.mistakes(err); mistakes != nil {
		matter, err := removalMatter(v, asked)
		if err != nil {
			return err
		}
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Answer = typed })
	}
	if err != nil {
		return err
	}
	if removal.State == forum.ContestedRemoval {
		return v.done(removalContested, 0, pages.MatterAddress(removal.MatterID))
	}
	return v.removed(removal)
}

func decideRemoval(v *visit) error {
	asked, err := id[forum.RemovalID](v)
	if err != nil {
		return err
	}
	removal, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Removal, error) {
		remove, err := v.yes()
		if err != nil {
			return nil, off(err)
		}
		return forum.DecideContested(ctx, tx, by, asked, remove)
	})
	if err != nil {
		return err
	}
	switch removal.State {
	case forum.DoneRemoval:
		return v.removed(removal)
	case forum.KeptRemoval:
		return v.done(removalKept, 0, pages.MatterAddress(removal.MatterID))
	}
	return v.done(removalKey, 0, pages.MatterAddress(removal.MatterID))
}

// yes is the answer of a form that asks yes or no.
func (v *visit) yes() (bool, error) {
	switch v.value("answer") {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, forum.Refuse(forum.Invalid, "error.removal.answer").On("answer")
}

func withdrawRemoval(v *visit) error {
	asked, err := id[forum.RemovalID](v)
	if err != nil {
		return err
	}
	removal, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Removal, error) {
		return forum.WithdrawRemoval(ctx, tx, by, asked)
	})
	if err != nil {
		return err
	}
	return v.done(removalWithdrawn, 0, pages.MatterAddress(removal.MatterID))
}
