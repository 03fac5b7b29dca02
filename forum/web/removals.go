package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func askRemoval(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := pages.Removing{
		Way: forum.Way(v.Value("way")), Forum: Chosen[forum.ForumID](v, "forum"), Into: Chosen[forum.MatterID](v, "into"), Reason: v.Value("reason"),
	}
	var pressed *forum.Trial
	switch {
	case typed.Way == forum.Relocate && typed.Forum == 0:
		err = forum.Refuse(forum.Invalid, "error.removal.to_forum").On("forum")
	case typed.Way == forum.Merge && typed.Into == 0:
		err = forum.Refuse(forum.Invalid, "error.removal.to_matter").On("into")
	default:
		removal := forum.Removal{Way: typed.Way, Reason: typed.Reason, ToForum: typed.Forum, ToMatter: typed.Into}
		pressed, err = Press(v, forum.SendRemoval{Matter: matter, Removal: removal})
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Removing = typed })
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(matter))
}

// removalPressed goes on to the matter that a removal speaks of.
func (v *Visit) removalPressed(pressed *forum.Trial, removal forum.RemovalID) error {
	matter, err := removalMatter(v, removal)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(matter))
}

// removalMatter is the matter that a removal speaks of, for showing it again.
func removalMatter(v *Visit, removal forum.RemovalID) (forum.MatterID, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (forum.MatterID, error) {
		r, err := tx.Removal(ctx, removal)
		if err != nil {
			return 0, err
		}
		return r.MatterID, nil
	})
}

func answerRemoval(v *Visit) error {
	asked, err := ID[forum.RemovalID](v)
	if err != nil {
		return err
	}
	typed := pages.Answer{Word: v.Value("answer"), Objection: v.Value("objection")}
	agree, err := v.yes()
	var pressed *forum.Trial
	if err == nil {
		pressed, err = Press(v, forum.SendConsent{Removal: asked, Agree: agree, Objection: typed.Objection})
		if forum.IsKind(err, forum.Invalid) {
			err = On(err, "objection")
		}
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		matter, err := removalMatter(v, asked)
		if err != nil {
			return err
		}
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Answer = typed })
	}
	if err != nil {
		return err
	}
	return v.removalPressed(pressed, asked)
}

func decideRemoval(v *Visit) error {
	asked, err := ID[forum.RemovalID](v)
	if err != nil {
		return err
	}
	remove, err := v.yes()
	if err != nil {
		return Off(err)
	}
	pressed, err := Press(v, forum.SendDecision{Removal: asked, Remove: remove})
	if err != nil {
		return err
	}
	return v.removalPressed(pressed, asked)
}

// yes is the answer of a form that asks yes or no.
func (v *Visit) yes() (bool, error) {
	switch v.Value("answer") {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, forum.Refuse(forum.Invalid, "error.removal.answer").On("answer")
}

func withdrawRemoval(v *Visit) error {
	asked, err := ID[forum.RemovalID](v)
	if err != nil {
		return err
	}
	removal, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Removal, error) {
		return forum.WithdrawRemoval(ctx, tx, by, asked)
	})
	if err != nil {
		return err
	}
	return v.Done(removalWithdrawn, 0, pages.MatterAddress(removal.MatterID))
}
