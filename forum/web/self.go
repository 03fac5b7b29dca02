package web

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// showSelf opens a person's own page.
func showSelf(v *visit) error {
	page, err := v.selfPage(pages.Self{})
	if err != nil {
		return err
	}
	return v.show(page)
}

// selfPage is the page with what was typed into its forms.
func (v *visit) selfPage(p pages.Self) (pages.Self, error) {
	self, err := read(v, forum.ReadSelfPage)
	if err != nil {
		return p, err
	}
	p.Here = v.here.Digest
	p.Frame, p.Self, p.FeedBase = v.frame(v.text.T("page.self.title")), self, v.absolute(pages.FeedsAddress)
	return p, nil
}

// change does what a form of the page asks for, and shows the page again with
// what was typed when that cannot be.
func (v *visit) change(typed pages.Self, what notice, fn func(ctx context.Context, tx forum.Tx, by forum.Actor) error) error {
	_, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) { return nil, fn(ctx, tx, by) })
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, err := v.selfPage(typed)
		if err != nil {
			return err
		}
		return v.again(page)
	}
	if err != nil {
		return err
	}
	return v.done(what, 0, pages.SelfAddress)
}

func chooseOwnLanguage(v *visit) error {
	chosen := forum.Language(v.value("language"))
	// What was chosen in this browser alone would hide the person's own language.
	v.dropCookie(languageCookie)
	return v.change(pages.Self{}, languageChosen, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ChooseLanguage(ctx, tx, by, chosen)
	})
}

func claimAddress(v *visit) error {
	typed := pages.Self{Address: v.line("address")}
	return v.change(typed, addressClaimed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ClaimAddress(ctx, tx, by, typed.Address)
	})
}

func confirmAddress(v *visit) error {
	typed := pages.Self{Code: v.line("code")}
	return v.change(typed, addressConfirmed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		_, err := forum.ConfirmAddress(ctx, tx, by, typed.Code)
		return err
	})
}

func removeAddress(v *visit) error {
	return v.change(pages.Self{}, addressRemoved, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.RemoveAddress(ctx, tx, by, v.line("address"))
	})
}

func endSession(v *visit) error {
	return v.change(pages.Self{}, sessionEnded, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.EndOwnSession(ctx, tx, by, forum.Digest(v.line("session")))
	})
}

func signOutEverywhere(v *visit) error {
	_, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
		return nil, forum.SignOutEverywhere(ctx, tx, by)
	})
	if err != nil {
		return err
	}
	v.dropCookie(sessionCookie)
	return v.done(signedOutAll, 0, templates.HomeAddress)
}

func noteAbsence(v *visit) error {
	typed := pages.Self{From: v.line("from"), To: v.line("to")}
	return v.change(typed, absenceNoted, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		from, noFrom := forum.ParseDate(typed.From)
		to, noTo := forum.ParseDate(typed.To)
		if err := errors.Join(on(noFrom, "from"), on(noTo, "to")); err != nil {
			return err
		}
		return forum.NoteAbsence(ctx, tx, by, from, to)
	})
}

func forgetAbsence(v *visit) error {
	absence, err := id[forum.AbsenceID](v)
	if err != nil {
		return err
	}
	return v.change(pages.Self{}, absenceForgotten, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.ForgetAbsence(ctx, tx, by, absence)
	})
}

func startFeed(v *visit) error {
	return v.change(pages.Self{}, feedStarted, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		return forum.StartFeed(ctx, tx, by, chosen[forum.ForumID](v, "forum"))
	})
}

// askRenewFeed and askRevokeFeed ask first: calendars that subscribe stop
// getting anything, and that cannot be taken back.
func askRenewFeed(v *visit) error  { return v.askFeed("renew") }
func askRevokeFeed(v *visit) error { return v.askFeed("revoke") }

func (v *visit) askFeed(act string) error {
	feed, err := id[forum.FeedID](v)
	if err != nil {
		return err
	}
	page := pages.EndFeed{Act: act}
	_, err = read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
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
	title := v.text.T("page.feed." + act + "_title")
	page.Frame = v.frame(title)
	page.Frame.Crumbs = []templates.Link{{Label: v.text.T("page.self.title"), URL: pages.SelfAddress}, {Label: title}}
	return v.show(page)
}

func renewFeed(v *visit) error  { return v.changeFeed(feedRenewed, forum.RenewFeed) }
func revokeFeed(v *visit) error { return v.changeFeed(feedRevoked, forum.RevokeFeed) }

func (v *visit) changeFeed(what notice, act func(context.Context, forum.Tx, forum.Actor, forum.FeedID) error) error {
	feed, err := id[forum.FeedID](v)
	if err != nil {
		return err
	}
	return v.change(pages.Self{}, what, func(ctx context.Context, tx forum.Tx, by forum.Actor) error { return act(ctx, tx, by, feed) })
}
