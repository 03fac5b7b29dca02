package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// House is what stands above the forum: pages of its own, and parts of the
// forum's pages. A part is read in the transaction of its page, for the page's
// reader; it is nil where there is nothing to show.
type House interface {
	// Mount adds its pages.
	Mount(s *Server)
	// Nav is what stands beside the forum's own in the navigation of who is signed in, on the page of a path.
	Nav(t templates.Text, path string) []templates.NavItem
	// Undoes gives for each of its notices where its act is taken back, nil where it cannot be.
	Undoes() map[Notice]func(id int64) string
	// InMeeting stands below the agenda of a meeting.
	InMeeting(ctx context.Context, tx forum.Tx, by forum.Actor, v *Visit, page *forum.MeetingPage) (templ.Component, error)
	// InMatter stands below the text of a matter.
	InMatter(ctx context.Context, tx forum.Tx, by forum.Actor, v *Visit, page *forum.MatterPage) (templ.Component, error)
	// InForum stands above the meetings of a forum.
	InForum(ctx context.Context, tx forum.Tx, by forum.Actor, v *Visit, page *forum.ForumPage) (templ.Component, error)
	// InHome stands above what else awaits a person.
	InHome(ctx context.Context, tx forum.Tx, by forum.Actor, v *Visit) (templ.Component, error)
}

// ground is the house of a server that governs nothing.
type ground struct{}

func (ground) Mount(*Server) {}

func (ground) Nav(templates.Text, string) []templates.NavItem { return nil }

func (ground) Undoes() map[Notice]func(int64) string { return nil }

func (ground) InMeeting(context.Context, forum.Tx, forum.Actor, *Visit, *forum.MeetingPage) (templ.Component, error) {
	return nil, nil
}

func (ground) InMatter(context.Context, forum.Tx, forum.Actor, *Visit, *forum.MatterPage) (templ.Component, error) {
	return nil, nil
}

func (ground) InForum(context.Context, forum.Tx, forum.Actor, *Visit, *forum.ForumPage) (templ.Component, error) {
	return nil, nil
}

func (ground) InHome(context.Context, forum.Tx, forum.Actor, *Visit) (templ.Component, error) {
	return nil, nil
}
