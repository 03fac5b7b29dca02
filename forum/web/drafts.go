package web

import (
	"context"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// draftPage opens a matter's draft, with a section as a form when its number is
// given.
func (v *Visit) draftPage(matter forum.MatterID, edit forum.SectionID) (pages.Draft, error) {
	draft, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftPage, error) {
		return forum.ReadDraftPage(ctx, tx, by, matter)
	})
	if err != nil {
		return pages.Draft{}, err
	}
	p := pages.Draft{Draft: draft, Comments: map[string]string{}}
	for _, s := range draft.Sections {
		if s.ID != edit || !draft.MayEdit {
			continue
		}
		p.Writing = pages.Writing{Section: s.ID, Base: s.Versions, Text: s.Text, Title: s.Title}
		if s.Unsaved != nil {
			p.Writing.Base, p.Writing.Text, p.Writing.Kept = s.Unsaved.Base, s.Unsaved.Text, s.Unsaved.KeptAt
		}
	}
	p.Frame = v.Frame(v.Text.T("page.draft.heading"), ForumCrumb(draft.Forum), matterCrumb(draft.Matter))
	return p, nil
}

func showDraft(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	edit, _ := strconv.ParseInt(v.c.Query("edit"), 10, 64) // nothing is edited by what is no number
	p, err := v.draftPage(matter, forum.SectionID(edit))
	if err != nil {
		return err
	}
	return v.Show(p)
}

// draftAct does something to a matter's draft, and goes on to its page.
func draftAct(what Notice, act func(v *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error) Handler {
	return func(v *Visit) error {
		matter, err := ID[forum.MatterID](v)
		if err != nil {
			return err
		}
		_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (bool, error) {
			return true, act(v, ctx, tx, by, matter)
		})
		if err != nil {
			return err
		}
		return v.Done(what, 0, pages.MatterAddress(matter, "draft"))
	}
}

// The acts on a whole draft that need no form of their own.
var (
	openDraft = draftAct(draftOpened, func(_ *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		_, err := forum.OpenDraft(ctx, tx, by, matter)
		return err
	})
	makeReady = draftAct(draftReady, func(_ *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		_, err := forum.MarkReady(ctx, tx, by, matter)
		return err
	})
	reopenDraft = draftAct(draftReopened, func(_ *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		_, err := forum.ReopenDraft(ctx, tx, by, matter)
		return err
	})
	sayNoRemark = draftAct(noRemarkSaid, func(v *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		return forum.SayNoRemark(ctx, tx, by, matter, forum.Level(v.Value("level")))
	})
	takeBackNoRemark = draftAct(noRemarkTakenBack, func(v *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		return forum.TakeBackNoRemark(ctx, tx, by, matter, forum.Level(v.Value("level")))
	})
	followDraft = draftAct(draftFollowed, func(_ *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		return forum.FollowDraft(ctx, tx, by, matter, true)
	})
	unfollowDraft = draftAct(draftUnfollowed, func(_ *Visit, ctx context.Context, tx forum.Tx, by forum.Actor, matter forum.MatterID) error {
		return forum.FollowDraft(ctx, tx, by, matter, false)
	})
)

// yesOrNo does one of two things by the answer that a form sends along.
func yesOrNo(yes, no Handler) Handler {
	return func(v *Visit) error {
		if v.Value("answer") == "no" {
			return no(v)
		}
		return yes(v)
	}
}

func addSection(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	section, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftSection, error) {
		return forum.AddSection(ctx, tx, by, matter, v.Value("title"))
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := v.draftPage(matter, 0)
		if err != nil {
			return err
		}
		p.Title, p.Mistakes = v.Value("title"), mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(sectionAdded, 0, pages.DraftAddress(matter, section.ID))
}

// commentOnDraft begins a thread about a section, or about the whole draft.
func commentOnDraft(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	about, field := Chosen[forum.SectionID](v, "section"), "comment"
	if about != 0 {
		field = "comment-s" + strconv.FormatInt(int64(about), 10)
	}
	pressed, err := Press(v, &forum.SendComment{Matter: matter, Section: about, Text: v.Value(field)})
	return v.commented(matter, about, field, pressed, err)
}

// commented goes on from a comment, or shows it again with what is wrong.
func (v *Visit) commented(matter forum.MatterID, about forum.SectionID, field string, pressed *forum.Trial, refusal error) error {
	if mistakes := v.Mistakes(On(refusal, field)); mistakes != nil && forum.IsKind(refusal, forum.Invalid) {
		p, err := v.draftPage(matter, 0)
		if err != nil {
			return err
		}
		p.Comments[field], p.Mistakes = v.Value(field), mistakes
		return v.Again(p)
	}
	if refusal != nil {
		return refusal
	}
	if about == 0 {
		return v.Pressed(pressed, pages.MatterAddress(matter, "draft"))
	}
	return v.Pressed(pressed, pages.DraftAddress(matter, about))
}

func replyInThread(v *Visit) error {
	thread, err := ID[forum.ThreadID](v)
	if err != nil {
		return err
	}
	of, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.DraftThread, error) {
		return tx.DraftThread(ctx, thread)
	})
	if err != nil {
		return err
	}
	field := pages.ReplyField(thread)
	pressed, err := Press(v, &forum.SendComment{Thread: thread, Text: v.Value(field)})
	return v.commented(of.MatterID, of.SectionID, field, pressed, err)
}

func resolveThread(v *Visit) error {
	thread, err := ID[forum.ThreadID](v)
	if err != nil {
		return err
	}
	resolve := v.Value("answer") != "no"
	of, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftThread, error) {
		return forum.ResolveThread(ctx, tx, by, thread, resolve)
	})
	if err != nil {
		return err
	}
	what := threadReopened
	if resolve {
		what = threadResolved
	}
	return v.Done(what, 0, pages.MatterAddress(of.MatterID, "draft"))
}

// keepUnsaved keeps what is typed while it is typed. Its answer has no content:
// a page shows the text again when it is opened.
func keepUnsaved(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (bool, error) {
		return true, forum.KeepUnsaved(ctx, tx, by, section, v.base(), v.Value("text"))
	})
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Kind == forum.Invalid {
		return v.c.Status(fiber.StatusUnprocessableEntity).SendString(v.Text.T(refusal.Key, refusal.Args...))
	}
	if err != nil {
		return err
	}
	return v.c.SendStatus(fiber.StatusNoContent)
}

// base is the number of the version that a form began with, -1 for none that is one.
func (v *Visit) base() int {
	base, err := strconv.Atoi(v.Value("base"))
	if err != nil {
		return -1
	}
	return base
}
