package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// readMatter opens a matter for its page.
func readMatter(v *visit, matter forum.MatterID) (pages.Matter, error) {
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Matter, err error) {
		if p.Matter, err = forum.ReadMatterPage(ctx, tx, by, matter); err != nil {
			return p, err
		}
		p.Titling = forum.Titling{Public: p.Matter.Title, Access: p.Matter.Access, Full: p.Matter.FullTitle, Basis: p.Matter.Basis}
		p.MayMail, err = by.Can(ctx, tx, forum.ReadMail, p.Matter.ForumID)
		return p, err
	})
}

func (v *visit) matterPage(p pages.Matter) pages.Matter {
	number := v.text.T("page.matter.intake", "Intake", p.Matter.Intake)
	if p.Matter.Number != "" {
		number = v.text.T("page.matter.number", "Number", p.Matter.Number)
	}
	p.Frame = v.frame(number, forumCrumb(p.Matter.Forum))
	p.Frame.Title, p.Each, p.All = p.Matter.Title, largestPaper, largestRequest
	return p
}

func showMatter(v *visit) error {
	matter, err := id[forum.MatterID](v)
	if err != nil {
		return err
	}
	p, err := readMatter(v, matter)
	if err != nil {
		return err
	}
	return v.show(v.matterPage(p))
}

// matterAgain shows a matter with a form of its page as it was filled in.
func (v *visit) matterAgain(matter forum.MatterID, mistakes pages.Mistakes, fill func(*pages.Matter)) error {
	p, err := readMatter(v, matter)
	if err != nil {
		return err
	}
	p.Mistakes = mistakes
	fill(&p)
	return v.again(v.matterPage(p))
}

func placeMatter(v *visit) error {
	matter, err := id[forum.MatterID](v)
	if err != nil {
		return err
	}
	on := chosen[forum.MeetingID](v, "meeting")
	var pressed *forum.Trial
	if on == 0 {
		err = forum.Refuse(forum.Invalid, "error.matter.no_meeting").On("meeting")
	} else {
		pressed, err = press(v, &forum.SendPlace{Matter: matter, Meeting: on})
	}
	if mistakes := v.mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(*pages.Matter) {})
	}
	if err != nil {
		return err
	}
	path, err := v.fromMatter(matter, 0)
	if err != nil {
		return err
	}
	return v.pressed(pressed, path)
}

// fromMatter is where a form on a matter was pressed: on its own page, in the
// inbox, or on the page of the meeting on whose agenda it stood.
func (v *visit) fromMatter(matter forum.MatterID, stood forum.MeetingID) (string, error) {
	switch back := v.value("back"); {
	case back == "inbox":
		in, err := read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Matter, error) {
			return tx.Matter(ctx, matter)
		})
		if err != nil {
			return "", err
		}
		return pages.ForumAddress(in.ForumID, "inbox"), nil
	case back == "meeting" && stood != 0:
		return pages.MeetingAddress(stood), nil
	}
	return pages.MatterAddress(matter), nil
}

func putBack(v *visit) error {
	matter, err := id[forum.MatterID](v)
	if err != nil {
		return err
	}
	stood, err := read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (forum.MeetingID, error) {
		item, err := tx.PlaceOf(ctx, matter)
		if forum.IsKind(err, forum.NotFound) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		return item.MeetingID, nil
	})
	if err != nil {
		return err
	}
	pressed, err := press(v, forum.SendBack{Matter: matter})
	if err != nil {
		return err
	}
	path, err := v.fromMatter(matter, stood)
	if err != nil {
		return err
	}
	return v.pressed(pressed, path)
}
