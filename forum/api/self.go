package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/forum"
)

// Self is the token's own person.
type Self struct {
	Person    Person    `json:"person" doc:"The person."`
	Language  string    `json:"language" doc:"The language that the person reads."`
	Address   string    `json:"address" doc:"Where mail goes."`
	Addresses []string  `json:"addresses" doc:"From which addresses the person writes, the main one first."`
	Claims    []Claim   `json:"claims" doc:"Addresses that wait to be confirmed by a mailed code."`
	Absences  []Absence `json:"absences" doc:"Absences that are not over."`
	Feeds     []Feed    `json:"feeds" doc:"The calendars that can be subscribed to."`
}

// Claim is an address that waits to be confirmed.
type Claim struct {
	Address string    `json:"address" doc:"The address."`
	Until   time.Time `json:"until" doc:"Until when the code holds."`
}

// Absence is when a person is away.
type Absence struct {
	ID   forum.AbsenceID `json:"id" doc:"Number of the absence."`
	From string          `json:"from" doc:"The first day."`
	To   string          `json:"to" doc:"The last day."`
}

func absenceOf(a forum.Absence) Absence { return Absence{a.ID, string(a.From), string(a.To)} }

// Feed is a calendar that can be subscribed to.
type Feed struct {
	ID      forum.FeedID  `json:"id" doc:"Number of the feed."`
	ForumID forum.ForumID `json:"forum_id,omitempty" doc:"Number of the forum; absent for all of the person's."`
	URL     string        `json:"url" doc:"The secret address that a calendar subscribes to."`
}

func (a *API) feedOf(f forum.Feed) Feed {
	return Feed{f.ID, f.ForumID, strings.TrimSuffix(a.options.URL, "/") + "/calendar/" + f.Secret + ".ics"}
}

// LanguageChoice is the language that the person reads from now on.
type LanguageChoice struct {
	Language string `json:"language" enum:"nn,nb,en" doc:"The language."`
}

// OneAddress is a mail address.
type OneAddress struct {
	Address string `json:"address" maxLength:"254" doc:"The address." example:"meg@kvam.example"`
}

// Code is what was mailed to an address.
type Code struct {
	Code string `json:"code" maxLength:"100" doc:"The code of the mail."`
}

// NewAbsence is when the person is away.
type NewAbsence struct {
	From string `json:"from" maxLength:"10" doc:"The first day." example:"2026-07-01"`
	To   string `json:"to" maxLength:"10" doc:"The last day." example:"2026-07-21"`
}

// NewFeed is what a feed is of.
type NewFeed struct {
	ForumID forum.ForumID `json:"forum_id,omitempty" minimum:"0" doc:"Number of the forum; left out for all of the person's."`
}

// Waiting is what awaits the person.
type Waiting struct {
	Keys     []WaitingKey `json:"keys" doc:"Editions that wait for the person's key."`
	Removals []Removal    `json:"removals" doc:"Removals that wait for the person's word."`
	Failures int          `json:"failures" doc:"How many messages failed in the person's forums."`
}

// WaitingKey is an edition that waits for a key.
type WaitingKey struct {
	Edition EditionSummary `json:"edition" doc:"The edition."`
	Silent  int            `json:"silent" doc:"Of how many items the person's level has said nothing."`
}

// SelfBody is a body of a call about the person.
type SelfBody[B any] struct {
	Body B
}

func (a *API) seeSelf(ctx context.Context, tx forum.Tx, by forum.Actor) (Self, error) {
	p, err := forum.ReadSelfPage(ctx, tx, by)
	if err != nil {
		return Self{}, err
	}
	return Self{
		Person: personOf(p.Person), Language: string(p.Language), Address: p.Address, Addresses: each(p.Addresses, func(s string) string { return s }),
		Claims:   each(p.Claims, func(c forum.ClaimedAddress) Claim { return Claim{c.Address, c.Until.UTC()} }),
		Absences: each(p.Absences, absenceOf), Feeds: each(p.Feeds, func(f forum.OwnedFeed) Feed { return a.feedOf(f.Feed) }),
	}, nil
}

func self(a *API) {
	s := subject{a, "Self"}
	read(s, about{id: "getSelf", path: "/me", summary: "Read the own person", text: "Language, addresses, absences and feeds."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (Self, error) {
			return a.seeSelf(ctx, tx, by)
		})
	read(s, about{id: "getWaiting", path: "/me/waiting", summary: "Read what awaits the own person", text: "Across all forums."}, seeWaiting)
	changeSelf(s, about{id: "chooseLanguage", method: http.MethodPut, path: "/me/language", summary: "Choose the own language", text: "Of pages, mails and feeds."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in LanguageChoice) error {
			return forum.ChooseLanguage(ctx, tx, by, forum.Language(in.Language))
		})
	changeSelf(s, about{id: "claimAddress", path: "/me/addresses", summary: "Claim an address", text: "A code is mailed to it."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in OneAddress) error {
			return forum.ClaimAddress(ctx, tx, by, in.Address)
		})
	changeSelf(s, about{id: "confirmAddress", path: "/me/addresses/confirm", summary: "Confirm an address", text: "With the code that was mailed to it."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in Code) error {
			_, err := forum.ConfirmAddress(ctx, tx, by, in.Code)
			return err
		})
	changeSelf(s, about{id: "removeAddress", path: "/me/addresses/remove", summary: "Remove an address", text: "Mail from it is nobody's any more."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in OneAddress) error {
			return forum.RemoveAddress(ctx, tx, by, in.Address)
		})
	a.absences(s)
	a.feeds(s)
}

// changeSelf describes a change of the own person.
func changeSelf[B any](s subject, of about, do func(ctx context.Context, tx forum.Tx, by forum.Actor, body B) error) {
	if of.method == "" {
		of.method = http.MethodPost
	}
	huma.Register(s.huma, s.changing(of), func(ctx context.Context, in *SelfBody[B]) (*Shown[Self], error) {
		own := thing[forum.PersonID, Self]{
			hold: func(context.Context, forum.Tx, forum.PersonID) error { return nil }, // one token's calls follow each other already
			see: func(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.PersonID) (Self, error) {
				return s.seeSelf(ctx, tx, by)
			},
		}
		return alterNow(ctx, s.API, forum.PersonID(0), own, func(ctx context.Context, tx forum.Tx, by forum.Actor) error { return do(ctx, tx, by, in.Body) })
	})
}

var absenceThing = thing[forum.AbsenceID, Absence]{
	hold: func(ctx context.Context, tx forum.Tx, _ forum.AbsenceID) error { return nil }, // one token's calls follow each other already
	see: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.AbsenceID) (Absence, error) {
		p, err := forum.ReadSelfPage(ctx, tx, by)
		if err != nil {
			return Absence{}, err
		}
		for _, a := range p.Absences {
			if a.ID == id {
				return absenceOf(a), nil
			}
		}
		return Absence{}, forum.Refuse(forum.NotFound, "error.not_found.absence")
	},
}

func (a *API) absences(s subject) {
	create(s, about{id: "noteAbsence", path: "/me/absences", summary: "Note an absence", text: "Who plans meetings sees it, and a stand-in turns the key meanwhile."},
		func(a Absence) string { return fmt.Sprintf("/me/absences/%d", a.ID) }, noteAbsence)
	one(s, about{id: "getAbsence", path: "/me/absences/{id}", summary: "Read an absence", text: "One of the person's own that is not over."}, absenceThing)
	remove(s, about{id: "forgetAbsence", path: "/me/absences/{id}", summary: "Forget an absence", text: "The person is there."}, absenceThing, forum.ForgetAbsence)
}

func noteAbsence(ctx context.Context, tx forum.Tx, by forum.Actor, in *SelfBody[NewAbsence]) (Absence, error) {
	from, err := forum.ParseDate(in.Body.From)
	if err != nil {
		return Absence{}, on(err, "from")
	}
	to, err := forum.ParseDate(in.Body.To)
	if err != nil {
		return Absence{}, on(err, "to")
	}
	if err := forum.NoteAbsence(ctx, tx, by, from, to); err != nil {
		return Absence{}, err
	}
	own, err := tx.AbsencesOf(ctx, by.Person, forum.DateOf(tx.Now()))
	if err != nil {
		return Absence{}, err
	}
	var newest Absence
	for _, a := range own {
		if a.From == from && a.To == to && a.ID > newest.ID {
			newest = absenceOf(a)
		}
	}
	return newest, nil
}

func (a *API) feeds(s subject) {
	own := thing[forum.FeedID, Feed]{
		hold: func(context.Context, forum.Tx, forum.FeedID) error { return nil }, // one token's calls follow each other already
		see: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.FeedID) (Feed, error) {
			f, err := forum.OwnFeed(ctx, tx, by, id)
			if err != nil {
				return Feed{}, err
			}
			return a.feedOf(*f), nil
		},
	}
	create(s, about{id: "startFeed", path: "/me/feeds", summary: "Start a feed", text: "A calendar of the person's meetings at a secret address."},
		func(f Feed) string { return fmt.Sprintf("/me/feeds/%d", f.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *SelfBody[NewFeed]) (Feed, error) {
			if err := forum.StartFeed(ctx, tx, by, in.Body.ForumID); err != nil {
				return Feed{}, err
			}
			p, err := forum.ReadSelfPage(ctx, tx.Peek(), by)
			if err != nil {
				return Feed{}, err
			}
			var started Feed
			for _, f := range p.Feeds {
				if f.ForumID == in.Body.ForumID && f.Feed.ID > started.ID {
					started = a.feedOf(f.Feed)
				}
			}
			return started, nil
		})
	one(s, about{id: "getFeed", path: "/me/feeds/{id}", summary: "Read a feed", text: "One of the person's own."}, own)
	press(s, about{id: "renewFeed", path: "/me/feeds/{id}/renew", summary: "Give a feed a new address", text: "Calendars that subscribe to the old one get nothing any more."}, own, forum.RenewFeed)
	remove(s, about{id: "revokeFeed", path: "/me/feeds/{id}", summary: "End a feed", text: "Calendars that subscribe to it get nothing any more."}, own, forum.RevokeFeed)
}

func seeWaiting(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (Waiting, error) {
	w := Waiting{Removals: []Removal{}}
	keys, err := forum.ReadWaitingKeys(ctx, tx, by)
	if err != nil {
		return w, err
	}
	w.Keys = each(keys, func(k forum.WaitingKey) WaitingKey { return WaitingKey{editionOf(k.Edition), k.Silent} })
	places, err := forum.ReadPlaces(ctx, tx, by)
	if err != nil {
		return w, err
	}
	for _, place := range places {
		if len(place.Standings) == 0 || !place.MayRead {
			continue
		}
		open, err := tx.OpenRemovals(ctx, place.ID)
		if err != nil {
			return w, err
		}
		for _, r := range open {
			matter, err := forum.ReadMatterPage(ctx, tx, by, r.MatterID)
			if forum.IsKind(err, forum.Forbidden) {
				continue
			}
			if err != nil {
				return w, err
			}
			if matter.MayAnswer || matter.MayDecide {
				w.Removals = append(w.Removals, removalOf(r))
			}
		}
	}
	w.Failures, err = forum.CountFailures(ctx, tx, by)
	return w, err
}
