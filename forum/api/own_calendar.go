package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
)

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

// NewAbsence is when the person is away.
type NewAbsence struct {
	From string `json:"from" maxLength:"10" doc:"The first day." example:"2026-07-01"`
	To   string `json:"to" maxLength:"10" doc:"The last day." example:"2026-07-21"`
}

// NewFeed is what a feed is of.
type NewFeed struct {
	ForumID forum.ForumID `json:"forum_id,omitempty" minimum:"0" doc:"Number of the forum; left out for all of the person's."`
}

var absenceThing = thing[forum.AbsenceID, Absence]{
	hold: unheld[forum.AbsenceID],
	see: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.AbsenceID) (Absence, error) {
		return ownAbsence(ctx, tx, by, func(a forum.Absence) bool { return a.ID == id })
	},
}

// ownAbsence is the first of the person's absences that fits.
func ownAbsence(ctx context.Context, tx forum.Tx, by forum.Actor, fits func(forum.Absence) bool) (Absence, error) {
	all, err := tx.AbsencesOf(ctx, by.Person, forum.DateOf(tx.Now()))
	if err != nil {
		return Absence{}, err
	}
	for _, a := range all {
		if fits(a) {
			return absenceOf(a), nil
		}
	}
	return Absence{}, forum.Refuse(forum.NotFound, "error.not_found.absence")
}

// feedThing is a feed, whose address begins with the server's.
func (a *API) feedThing() thing[forum.FeedID, Feed] {
	return thing[forum.FeedID, Feed]{hold: unheld[forum.FeedID], see: seeing(forum.OwnFeed, a.feedOf)}
}

func ownCalendar(a *API) {
	s, feed := subject{a, "Self"}, a.feedThing()
	create(s, about{id: "noteAbsence", path: "/me/absences", summary: "Note an absence", text: "Who plans meetings sees it, and a stand-in turns the key meanwhile."},
		func(a Absence) string { return fmt.Sprintf("/me/absences/%d", a.ID) }, noteAbsence)
	one(s, about{id: "getAbsence", path: "/me/absences/{id}", summary: "Read an absence", text: "One of the person's own that is not over."}, absenceThing.see)
	remove(s, about{id: "forgetAbsence", path: "/me/absences/{id}", summary: "Forget an absence", text: "The person is there."}, absenceThing, forum.ForgetAbsence)
	create(s, about{id: "startFeed", path: "/me/feeds", summary: "Start a feed", text: "A calendar of the person's meetings at a secret address. The one that is there already stays."},
		func(f Feed) string { return fmt.Sprintf("/me/feeds/%d", f.ID) }, a.startFeed)
	one(s, about{id: "getFeed", path: "/me/feeds/{id}", summary: "Read a feed", text: "One of the person's own."}, feed.see)
	press(s, about{id: "renewFeed", path: "/me/feeds/{id}/renew", summary: "Give a feed a new address", text: "Calendars that subscribe to the old one get nothing any more."}, feed, forum.RenewFeed)
	remove(s, about{id: "revokeFeed", path: "/me/feeds/{id}", summary: "End a feed", text: "Calendars that subscribe to it get nothing any more."}, feed, forum.RevokeFeed)
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
	return ownAbsence(ctx, tx, by, func(a forum.Absence) bool { return a.From == from }) // absences do not overlap
}

func (a *API) startFeed(ctx context.Context, tx forum.Tx, by forum.Actor, in *SelfBody[NewFeed]) (Feed, error) {
	if err := forum.StartFeed(ctx, tx, by, in.Body.ForumID); err != nil {
		return Feed{}, err
	}
	feeds, err := tx.Feeds(ctx, by.Person)
	if err != nil {
		return Feed{}, err
	}
	at := slices.IndexFunc(feeds, func(f forum.Feed) bool { return f.ForumID == in.Body.ForumID })
	return a.feedOf(feeds[at]), nil // which StartFeed saw or made
}
