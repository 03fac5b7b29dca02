package web

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// showSelf opens a person's own page.
func showSelf(v *Visit) error {
	page, err := v.selfPage(pages.Self{})
	if err != nil {
		return err
	}
	return v.Show(page)
}

// selfPage is the page with what was typed into its forms.
func (v *Visit) selfPage(p pages.Self) (pages.Self, error) {
	self, err := Read(v, forum.ReadSelfPage)
	if err != nil {
		return p, err
	}
	p.Here = v.here.Digest
	p.Frame, p.Self, p.FeedBase, p.Calendars = v.Frame(v.Text.T("page.self.title")), self, v.absolute(pages.FeedsAddress), v.absolute("/")
	return p, nil
}

// change does what a form of the page asks for, and shows the page again with
// what was typed when that cannot be.
func (v *Visit) change(typed pages.Self, what Notice, fn func(ctx context.Context, tx forum.Tx, by forum.Actor) error) error {
	_, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) { return nil, fn(ctx, tx, by) })
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, err := v.selfPage(typed)
		if err != nil {
			return err
		}
		return v.Again(page)
	}
	if err != nil {
		return err
	}
	return v.Done(what, 0, pages.SelfAddress)
}

func chooseOwnLanguage(v *Visit) error {
	chosen := forum.Language(v.Value("language"))
	// What was chosen in this browser alone would hide the person's own language.
	v.dropCookie(languageCookie)
	return v.change(pages.Self{}, languageChosen, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ChooseLanguage(ctx, tx, by, chosen)
	})
}

func claimAddress(v *Visit) error {
	typed := pages.Self{Address: v.Line("address")}
	return v.change(typed, addressClaimed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ClaimAddress(ctx, tx, by, typed.Address)
	})
}

func confirmAddress(v *Visit) error {
	typed := pages.Self{Code: v.Line("code")}
	return v.change(typed, addressConfirmed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		_, err := forum.ConfirmAddress(ctx, tx, by, typed.Code)
		return err
	})
}

func removeAddress(v *Visit) error {
	return v.change(pages.Self{}, addressRemoved, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.RemoveAddress(ctx, tx, by, v.Line("address"))
	})
}

func endSession(v *Visit) error {
	return v.change(pages.Self{}, sessionEnded, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.EndOwnSession(ctx, tx, by, forum.Digest(v.Line("session")))
	})
}

func signOutEverywhere(v *Visit) error {
	_, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
		return nil, forum.SignOutEverywhere(ctx, tx, by)
	})
	if err != nil {
		return err
	}
	v.dropCookie(sessionCookie)
	return v.Done(signedOutAll, 0, templates.HomeAddress)
}

func noteAbsence(v *Visit) error {
	typed := pages.Self{From: v.Line("from"), To: v.Line("to")}
	return v.change(typed, absenceNoted, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		from, noFrom := forum.ParseDate(typed.From)
		to, noTo := forum.ParseDate(typed.To)
		if err := errors.Join(On(noFrom, "from"), On(noTo, "to")); err != nil {
			return err
		}
		return forum.NoteAbsence(ctx, tx, by, from, to)
	})
}

func forgetAbsence(v *Visit) error {
	absence, err := ID[forum.AbsenceID](v)
	if err != nil {
		return err
	}
	return v.change(pages.Self{}, absenceForgotten, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ForgetAbsence(ctx, tx, by, absence)
	})
}

func startFeed(v *Visit) error {
	return v.change(pages.Self{}, feedStarted, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.StartFeed(ctx, tx, by, Chosen[forum.ForumID](v, "forum"))
	})
}

// askRenewFeed and askRevokeFeed ask first: calendars that subscribe stop
// getting anything, and that cannot be taken back.
func askRenewFeed(v *Visit) error  { return v.askFeed("renew") }
func askRevokeFeed(v *Visit) error { return v.askFeed("revoke") }

func (v *Visit) askFeed(act string) error {
	feed, err := ID[forum.FeedID](v)
	if err != nil {
		return err
	}
	page := pages.EndFeed{Act: act}
	_, err = Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
		own, err := forum.OwnFeed(ctx, tx, by, feed)
		if err != nil {
			return nil, err
		}
		page.Feed = forum.OwnedFeed{Feed: *own}
		if own.ForumID != 0 {
			page.Feed.Forum, err = tx.Forum(ctx, own.ForumID)
		}
		return nil, err
	})
	if err != nil {
		return err
	}
	title := v.Text.T("page.feed." + act + "_title")
	page.Frame = v.Frame(title)
	page.Frame.Crumbs = []templates.Link{{Label: v.Text.T("page.self.title"), URL: pages.SelfAddress}, {Label: title}}
	return v.Show(page)
}

func renewFeed(v *Visit) error  { return v.changeFeed(feedRenewed, forum.RenewFeed) }
func revokeFeed(v *Visit) error { return v.changeFeed(feedRevoked, forum.RevokeFeed) }

func (v *Visit) changeFeed(what Notice, act func(context.Context, forum.Tx, forum.Actor, forum.FeedID) error) error {
	feed, err := ID[forum.FeedID](v)
	if err != nil {
		return err
	}
	return v.change(pages.Self{}, what, func(ctx context.Context, tx forum.Tx, by forum.Actor) error { return act(ctx, tx, by, feed) })
}

// makeApp shows the password at once, since it is kept nowhere.
func makeApp(v *Visit) error {
	typed := pages.Self{App: v.Line("app")}
	secret, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (string, error) {
		return forum.MakeAppPassword(ctx, tx, by, typed.App)
	})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes == nil {
		if err != nil {
			return err
		}
		typed = pages.Self{AppSecret: secret}
	}
	page, err := v.selfPage(typed)
	switch {
	case err != nil:
		return err
	case page.Mistakes != nil:
		return v.Again(page)
	}
	return v.Show(page)
}

func revokeApp(v *Visit) error {
	app, err := ID[forum.AppPasswordID](v)
	if err != nil {
		return err
	}
	return v.change(pages.Self{}, appRevoked, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.RevokeAppPassword(ctx, tx, by, app)
	})
}
