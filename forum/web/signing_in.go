package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// demo lists the roles to step into. A visitor who is in one already sees it too.
func demo(v *visit) error {
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
	return v.show(pages.Demo{Frame: v.frame(v.text.T("page.demo.title")), Rooms: pages.Rooms(roles), Next: next})
}

func stepInto(v *visit) error {
	return v.open(ownPath(v.value("next")), func(ctx context.Context, tx forum.Tx) (string, error) {
		return forum.StepInto(ctx, tx, chosen[forum.PersonID](v, "person"))
	})
}

// showPass asks for a press before a pass is used up: mail scanners follow
// every link.
func showPass(v *visit) error {
	return v.show(pages.Pass{Frame: v.frame(v.text.T("page.pass.title")), Secret: v.c.Params("pass")})
}

func enter(v *visit) error {
	return v.open(templates.HomeAddress, func(ctx context.Context, tx forum.Tx) (string, error) {
		return forum.RedeemPass(ctx, tx, v.value("pass"))
	})
}

// open signs the visitor in with the secret that begin gives, and ends the
// session that this browser had.
func (v *visit) open(path string, begin func(context.Context, forum.Tx) (string, error)) error {
	var secret string
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		if secret, err = begin(ctx, tx); err != nil {
			return err
		}
		return forum.SignOut(ctx, tx, v.c.Cookies(v.cookieName(sessionCookie)))
	})
	if err != nil {
		return err
	}
	v.setCookie(sessionCookie, secret, 0)
	return v.done(signedIn, 0, path)
}

func signOut(v *visit) error {
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.SignOut(ctx, tx, v.c.Cookies(v.cookieName(sessionCookie)))
	})
	if err != nil {
		return err
	}
	v.dropCookie(sessionCookie)
	return v.done(signedOut, 0, templates.HomeAddress)
}
