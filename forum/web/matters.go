package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// readMatter opens a matter for its page.
func readMatter(v *Visit, matter forum.MatterID) (pages.Matter, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Matter, err error) {
		if p.Matter, err = forum.ReadMatterPage(ctx, tx, by, matter); err != nil {
			return p, err
		}
		p.Titling = forum.Titling{Public: p.Matter.Title, Access: p.Matter.Access, Full: p.Matter.FullTitle, Basis: p.Matter.Basis}
		if p.MayMail, err = by.Can(ctx, tx, forum.ReadMail, p.Matter.ForumID); err != nil {
			return p, err
		}
		p.Governed, err = v.options.House.InMatter(ctx, tx, by, v, p.Matter)
		return p, err
	})
}

func (v *Visit) matterPage(p pages.Matter) pages.Matter {
	number := v.Text.T("page.matter.intake", "Intake", p.Matter.Intake)
	if p.Matter.Number != "" {
		number = v.Text.T("page.matter.number", "Number", p.Matter.Number)
	}
	p.Frame = v.Frame(number, ForumCrumb(p.Matter.Forum))
	p.Frame.Title, p.Each, p.All = p.Matter.Title, largestPaper, largestRequest
	return p
}

func showMatter(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	p, err := readMatter(v, matter)
	if err != nil {
		return err
	}
	return v.Show(v.matterPage(p))
}

// matterAgain shows a matter with a form of its page as it was filled in.
func (v *Visit) matterAgain(matter forum.MatterID, mistakes pages.Mistakes, fill func(*pages.Matter)) error {
	p, err := readMatter(v, matter)
	if err != nil {
		return err
	}
	p.Mistakes = mistakes
	fill(&p)
	return v.Again(v.matterPage(p))
}

func placeMatter(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	on := Chosen[forum.MeetingID](v, "meeting")
	var pressed *forum.Trial
	if on == 0 {
		err = forum.Refuse(forum.Invalid, "error.matter.no_meeting").On("meeting")
	} else {
		pressed, err = Press(v, &forum.SendPlace{Matter: matter, Meeting: on})
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(*pages.Matter) {})
	}
	if err != nil {
		return err
	}
	path, err := v.fromMatter(matter, 0)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, path)
}

// fromMatter is where a form on a matter was pressed: on its own page, in the
// inbox, or on the page of the meeting on whose agenda it stood.
func (v *Visit) fromMatter(matter forum.MatterID, stood forum.MeetingID) (string, error) {
	switch back := v.Value("back"); {
	case back == "inbox":
		in, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Matter, error) {
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

func putBack(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	stood, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (forum.MeetingID, error) {
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
	pressed, err := Press(v, forum.SendBack{Matter: matter})
	if err != nil {
		return err
	}
	path, err := v.fromMatter(matter, stood)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, path)
}
