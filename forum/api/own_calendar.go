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

var absenceThing = Thing[forum.AbsenceID, Absence]{
	Hold: unheld[forum.AbsenceID],
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.AbsenceID) (Absence, error) {
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
func (a *API) feedThing() Thing[forum.FeedID, Feed] {
	return Thing[forum.FeedID, Feed]{Hold: unheld[forum.FeedID], See: seeing(forum.OwnFeed, a.feedOf)}
}

func ownCalendar(a *API) {
	s, feed := Subject{a, "Self"}, a.feedThing()
	Create(s, About{ID: "noteAbsence", Path: "/me/absences", Summary: "Note an absence", Text: "Who plans meetings sees it, and a stand-in turns the key meanwhile."},
		func(a Absence) string { return fmt.Sprintf("/me/absences/%d", a.ID) }, noteAbsence)
	One(s, About{ID: "getAbsence", Path: "/me/absences/{id}", Summary: "Read an absence", Text: "One of the person's own that is not over."}, absenceThing.See)
	Remove(s, About{ID: "forgetAbsence", Path: "/me/absences/{id}", Summary: "Forget an absence", Text: "The person is there."}, absenceThing, forum.ForgetAbsence)
	Create(s, About{ID: "startFeed", Path: "/me/feeds", Summary: "Start a feed", Text: "A calendar of the person's meetings at a secret address. The one that is there already stays."},
		func(f Feed) string { return fmt.Sprintf("/me/feeds/%d", f.ID) }, a.startFeed)
	One(s, About{ID: "getFeed", Path: "/me/feeds/{id}", Summary: "Read a feed", Text: "One of the person's own."}, feed.See)
	Press(s, About{ID: "renewFeed", Path: "/me/feeds/{id}/renew", Summary: "Give a feed a new address", Text: "Calendars that subscribe to the old one get nothing any more."}, feed, forum.RenewFeed)
	Remove(s, About{ID: "revokeFeed", Path: "/me/feeds/{id}", Summary: "End a feed", Text: "Calendars that subscribe to it get nothing any more."}, feed, forum.RevokeFeed)
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
