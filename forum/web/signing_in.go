package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// demo lists the roles to step into. A visitor who is in one already sees it too.
func demo(v *Visit) error {
	v.recognise()
	var roles []forum.Role
	err := v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		roles, err = forum.ReadRoles(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	next := ""
	if asked := v.c.Query("next"); asked != "" {
		next = ownPath(asked)
	}
	return v.Show(pages.Demo{Frame: v.Frame(v.Text.T("page.demo.title")), Rooms: pages.Rooms(roles), Next: next})
}

func stepInto(v *Visit) error {
	var secret string
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		if secret, err = forum.StepInto(ctx, tx, Chosen[forum.PersonID](v, "person")); err != nil {
			return err
		}
		return v.replaceSession(ctx, tx, secret)
	})
	if err != nil {
		return err
	}
	v.setCookie(sessionCookie, secret, 0)
	return v.Done(signedIn, 0, ownPath(v.Value("next")))
}

func signOut(v *Visit) error {
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.SignOut(ctx, tx, v.c.Cookies(v.cookieName(sessionCookie)))
	})
	if err != nil {
		return err
	}
	v.dropCookie(sessionCookie)
	return v.Done(signedOut, 0, templates.HomeAddress)
}
