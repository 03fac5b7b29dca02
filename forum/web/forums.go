package web

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func showForums(v *visit) error {
	places, err := read(v, forum.ReadPlaces)
	if err != nil {
		return err
	}
	areas, err := read(v, forum.ReadAreas)
	if err != nil {
		return err
	}
	return v.show(pages.Forums{Frame: v.frame(v.text.T("page.forums.title")), Places: places, Areas: areas})
}

func showForum(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	var now time.Time
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.ForumPage, error) {
		now = tx.Now()
		return forum.ReadForumPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	frame := v.frame(page.Name)
	frame.Crumbs = v.forumsCrumb(page.Name)
	return v.show(pages.Forum{Frame: frame, Forum: page, Now: now})
}

func showInbox(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.InboxPage, error) {
		return forum.ReadInboxPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	return v.show(pages.Inbox{Frame: v.frame(v.text.T("page.inbox.title"), forumCrumb(page.Forum)), Inbox: page})
}
