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
	placed, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Matter, error) {
		if on == 0 {
			return nil, forum.Refuse(forum.Invalid, "error.matter.no_meeting").On("meeting")
		}
		return forum.PlaceMatter(ctx, tx, by, matter, on)
	})
	if mistakes := v.mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(*pages.Matter) {})
	}
	if err != nil {
		return err
	}
	path := pages.MatterAddress(matter)
	if v.value("back") == "inbox" {
		path = pages.ForumAddress(placed.ForumID, "inbox")
	}
	return v.done(matterPlaced, int64(matter), path)
}

func putBack(v *visit) error {
	matter, err := id[forum.MatterID](v)
	if err != nil {
		return err
	}
	var stood forum.MeetingID
	back, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Matter, error) {
		item, err := tx.PlaceOf(ctx, matter)
		if err == nil {
			stood = item.MeetingID
		} else if !forum.IsKind(err, forum.NotFound) {
			return nil, err
		}
		return forum.PutBack(ctx, tx, by, matter)
	})
	if err != nil {
		return err
	}
	path := pages.MatterAddress(matter)
	switch v.value("back") {
	case "inbox":
		path = pages.ForumAddress(back.ForumID, "inbox")
	case "meeting":
		if stood != 0 {
			path = pages.MeetingAddress(stood)
		}
	}
	return v.done(matterPutBack, 0, path)
}
