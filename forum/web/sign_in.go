package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// signInLasts is how long a browser remembers that it asked; what it asked for
// is over before.
const signInLasts = time.Hour

// askAddress asks for the address to send a link to.
func askAddress(v *Visit) error {
	v.recognise()
	return v.Show(v.signInPage(pages.SignIn{Next: wanted(v.c.Query("next"))}))
}

func (v *Visit) signInPage(p pages.SignIn) pages.SignIn {
	p.Frame = v.Frame(v.Text.T("page.sign_in.title"))
	return p
}

// wanted is the path to go on to, "" for the overview.
func wanted(next string) string {
	if next = ownPath(next); next == templates.HomeAddress {
		return ""
	}
	return next
}

// sendLink has a link sent, and says the same of every address.
func sendLink(v *Visit) error {
	browser := v.c.Cookies(v.cookieName(signInCookie))
	if browser == "" {
		browser = forum.NewSecret()
	}
	asked := forum.SignInAsked{
		Browser: browser, Address: v.Line("address"), Language: forum.Language(v.chosenLanguage()), Next: wanted(v.Value("next")),
		Network: forum.NetworkOf(v.client()),
	}
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error { return forum.AskSignIn(ctx, tx, asked) })
	var refusal *forum.Error
	if errors.As(err, &refusal) && (refusal.Kind == forum.Invalid || refusal.Kind == forum.TooMany) {
		v.recognise()
		page := pages.SignIn{
			Address: asked.Address, Next: asked.Next,
			Mistakes: pages.Mistakes{{Field: "address", Text: v.Text.T(refusal.Key, refusal.Args...)}},
		}
		v.sayWhen(refusal)
		return v.showAs(statuses[refusal.Kind], v.signInPage(page))
	}
	if err != nil {
		return err
	}
	v.setCookie(signInCookie, browser, signInLasts)
	return v.GoTo(pages.SignInAddress + "/code")
}

// sayWhen tells programs when to try again.
func (v *Visit) sayWhen(refusal *forum.Error) {
	for _, arg := range refusal.Args {
		if at, ok := arg.(time.Time); ok && refusal.Kind == forum.TooMany {
			v.c.Set(fiber.HeaderRetryAfter, at.UTC().Format(http.TimeFormat))
		}
	}
}

// askCode asks for the code of the mail in the browser that asked for it.
func askCode(v *Visit) error { return v.showCode(fiber.StatusOK, nil) }

func (v *Visit) showCode(status int, mistakes pages.Mistakes) error {
	v.recognise()
	page := pages.SignInCode{Mistakes: mistakes}
	err := v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		waiting, err := forum.ReadSignIn(ctx, tx, v.c.Cookies(v.cookieName(signInCookie)))
		if err == nil {
			page.WaitingSignIn = *waiting
		}
		return err
	})
	if forum.IsKind(err, forum.NotFound) {
		for i := range mistakes { // where there is no code to type any more
			mistakes[i].Field = "address"
		}
		return v.showAs(status, v.signInPage(pages.SignIn{Mistakes: mistakes}))
	}
	if err != nil {
		return err
	}
	page.Frame = v.Frame(v.Text.T("page.sign_in_code.title"))
	return v.showAs(status, page)
}

// enterCode signs in by the code.
func enterCode(v *Visit) error {
	var refused *forum.Error
	entered, err := v.enter(func(ctx context.Context, tx forum.Tx, browser string) (entered *forum.Entered, err error) {
		entered, refused, err = forum.RedeemCode(ctx, tx, v.Line("code"), browser)
		return entered, err
	})
	if err != nil {
		return err
	}
	if refused != nil {
		return v.showCode(statuses[refused.Kind], pages.Mistakes{{Field: refused.Field, Text: v.Text.T(refused.Key, refused.Args...)}})
	}
	return v.welcome(entered)
}

// showPass asks for a press before a link is used up: mail scanners follow
// every link.
func showPass(v *Visit) error {
	page := pages.Pass{Secret: v.c.Params("pass")}
	err := v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		page.Address, err = forum.CheckLink(ctx, tx, page.Secret, v.c.Cookies(v.cookieName(signInCookie)))
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = v.Frame(v.Text.T("page.pass.title"))
	return v.Show(page)
}

func enter(v *Visit) error {
	entered, err := v.enter(func(ctx context.Context, tx forum.Tx, browser string) (*forum.Entered, error) {
		return forum.RedeemLink(ctx, tx, v.Value("pass"), browser)
	})
	if err != nil {
		return err
	}
	return v.welcome(entered)
}

// enter opens a session in place of the one that this browser had; none, and
// no error, when what was redeemed is refused and that is to be kept.
func (v *Visit) enter(redeem func(ctx context.Context, tx forum.Tx, browser string) (*forum.Entered, error)) (entered *forum.Entered, err error) {
	err = v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		entered, err = redeem(ctx, tx, v.c.Cookies(v.cookieName(signInCookie)))
		if err != nil || entered == nil {
			return err
		}
		return v.replaceSession(ctx, tx, entered.Secret)
	})
	return entered, err
}

func (v *Visit) replaceSession(ctx context.Context, tx forum.Tx, secret string) error {
	if err := forum.NoteVisitor(ctx, tx, secret, v.visitor()); err != nil {
		return err
	}
	return forum.SignOut(ctx, tx, v.c.Cookies(v.cookieName(sessionCookie)))
}

// welcome goes on to what was wanted before the sign-in.
func (v *Visit) welcome(entered *forum.Entered) error {
	v.dropCookie(signInCookie)
	v.setCookie(sessionCookie, entered.Secret, 0)
	return v.Done(signedIn, 0, ownPath(entered.Next))
}

// mustSignIn is the page for whom a refusal asks to sign in, with the way back
// to what was asked for; false when signing in would not help.
func (v *Visit) mustSignIn(refusal *forum.Error) (page pages.SignIn, ok bool) {
	title := "page.problem.signed_out"
	switch refusal.Key {
	case "error.signed_out":
		page.Next = v.returnPath()
		page.Typed = v.typed()
	case "error.sign_in.link", "error.sign_in.elsewhere":
		title = "page.sign_in.title"
	default:
		return page, false
	}
	page.Lead = v.Text.T(refusal.Key, refusal.Args...)
	page.Frame = v.Frame(v.Text.T(title))
	return page, true
}

// returnPath is where a visitor goes after signing in: the page that was asked
// for, or the one that a form was posted from.
func (v *Visit) returnPath() string {
	if v.c.Method() != fiber.MethodGet {
		return wanted(v.cameFrom())
	}
	next := string(v.c.Request().URI().RequestURI())
	if strings.HasPrefix(next, pages.SignInAddress) || strings.HasPrefix(next, pages.EnterAddress) {
		return ""
	}
	return wanted(next)
}
