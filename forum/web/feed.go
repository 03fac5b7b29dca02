package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// remindBefore is how long before a meeting that one is called to a feed reminds of it.
const remindBefore = time.Hour

// feed answers a calendar that asks for what it subscribes to. Who has the
// secret is let in, with no session; nobody else learns whether it ever was one.
func (s *Server) feed(c *fiber.Ctx) error {
	v, end := s.begin(c)
	defer end()
	secret, found := strings.CutSuffix(c.Params("file"), ".ics")
	if !found {
		return noFeed(c)
	}
	feed, text, err := v.currentFeed(secret)
	if forum.IsKind(err, forum.NotFound) {
		return noFeed(c)
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, tagOf(feed))
	c.Set(fiber.HeaderLastModified, feed.ChangedAt.UTC().Format(http.TimeFormat))
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	if text == nil {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="samraad.ics"`)
	return c.Send(text)
}

// noFeed is for calendar programs, which show no pages.
func noFeed(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.Status(fiber.StatusNotFound).SendString("404 not found\n")
}

// currentFeed gives a feed with its text, kept anew where that was out of date;
// no text when the calendar has it already.
func (v *Visit) currentFeed(secret string) (feed *forum.Feed, text []byte, err error) {
	var contents *forum.FeedContents
	err = v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		if feed, contents, err = forum.OpenFeed(ctx, tx, secret); err != nil || contents != nil {
			return err
		}
		text, err = v.unlessKnown(ctx, tx, feed)
		return err
	})
	if err != nil || contents == nil {
		return feed, text, err
	}
	err = v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		feed, err = forum.KeepFeed(ctx, tx, contents, func(asOf time.Time) ([]byte, error) { return v.writeFeed(contents, asOf) })
		if err != nil {
			return err
		}
		text, err = v.unlessKnown(ctx, tx, feed)
		return err
	})
	return feed, text, err
}

func (v *Visit) unlessKnown(ctx context.Context, tx forum.Tx, feed *forum.Feed) ([]byte, error) {
	if v.knows(feed) {
		return nil, nil
	}
	return tx.FeedText(ctx, feed.ID)
}

func tagOf(feed *forum.Feed) string { return `"` + string(feed.Digest) + `"` }

// knows tells whether the calendar has the feed's text already, by its tag or
// else by its time (RFC 9110 § 13.1.2, § 13.1.3).
func (v *Visit) knows(feed *forum.Feed) bool {
	if tags := v.c.Get(fiber.HeaderIfNoneMatch); tags != "" {
		for tag := range strings.SplitSeq(tags, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			if tag == "*" || tag == tagOf(feed) {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(v.c.Get(fiber.HeaderIfModifiedSince))
	return err == nil && !feed.ChangedAt.After(since)
}

// writeFeed writes what a feed says in its owner's language. No matter is named
// in it: an address that anyone may come to know shows what the calendar needs.
func (s *Server) writeFeed(contents *forum.FeedContents, asOf time.Time) ([]byte, error) {
	t := templates.In(templates.Language(contents.Feed.Language))
	written := calendar.Feed{Name: t.T("product"), Language: string(t.Language()), Stamp: asOf}
	if contents.Forum != nil {
		written.Name = t.T("feed.name", "Forum", contents.Forum.Name)
	}
	for _, entry := range contents.Entries {
		written.Events = append(written.Events, s.feedEvent(t, entry))
	}
	return written.Encode()
}

func (s *Server) feedEvent(t templates.Text, entry forum.FeedEntry) calendar.FeedEvent {
	page := s.absolute(pages.MeetingAddress(entry.ID))
	event := calendar.FeedEvent{
		UID: entry.UID, Sequence: entry.Sequence, Start: entry.Start, End: entry.End, Location: entry.Place, ConferenceURL: entry.Link, URL: page,
		Summary: t.T("mail.invitation.summary", "Forum", entry.Forum.Name), Description: t.T("mail.invitation.page", "URL", page),
		Organizer: calendar.Organizer{Name: entry.Forum.Name, Address: entry.Forum.Address}, Free: !entry.Invited,
	}
	switch {
	case entry.State == forum.CancelledMeeting:
		event.Cancelled = true
		event.Summary = t.T("feed.cancelled", "Summary", event.Summary)
		event.Description = entry.Reason + "\n\n" + event.Description
	case entry.Invited:
		event.Alarm = remindBefore
	}
	return event
}

// absolute is the whole address of a page of ours.
func (s *Server) absolute(path string) string { return strings.TrimSuffix(s.options.URL, "/") + path }
