package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func showForums(v *Visit) error {
	places, err := Read(v, forum.ReadPlaces)
	if err != nil {
		return err
	}
	areas, err := Read(v, forum.ReadAreas)
	if err != nil {
		return err
	}
	return v.Show(pages.Forums{Frame: v.Frame(v.Text.T("page.forums.title")), Places: places, Areas: areas})
}

func showForum(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Forum, err error) {
		if p.Forum, err = forum.ReadForumPage(ctx, tx, by, in); err != nil {
			return p, err
		}
		p.Now = tx.Now()
		p.Governed, err = v.options.House.InForum(ctx, tx, by, v, p.Forum)
		return p, err
	})
	if err != nil {
		return err
	}
	page.Frame = v.Frame(page.Forum.Name)
	page.Crumbs = v.forumsCrumb(page.Forum.Name)
	return v.Show(page)
}

func showInbox(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.InboxPage, error) {
		return forum.ReadInboxPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	return v.Show(pages.Inbox{Frame: v.Frame(v.Text.T("page.inbox.title"), ForumCrumb(page.Forum)), Inbox: page})
}
