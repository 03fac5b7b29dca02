package forum_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func feedStarted(by forum.Actor, in forum.ForumID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.StartFeed(ctx, tx, by, in) }
}

// feeds are someone's, that of all forums first.
func (h *house) feeds(address string) []forum.Feed {
	h.Helper()
	person := h.person(address)
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Feed, error) { return tx.Feeds(ctx, person) })
}

// subscribe gives someone a feed of a forum, "" for all, and answers its secret.
func (h *house) subscribe(address, in string) string {
	h.Helper()
	var id forum.ForumID
	if in != "" {
		id = h.forum(in)
	}
	done(h, feedStarted(h.as(address), id))
	feeds := h.feeds(address)
	return feeds[slices.IndexFunc(feeds, func(f forum.Feed) bool { return f.ForumID == id })].Secret
}

// opened is what is found at a secret.
type opened struct {
	feed     *forum.Feed
	contents *forum.FeedContents
}

func feedOpened(secret string) act[opened] {
	return func(ctx context.Context, tx forum.Tx) (opened, error) {
		feed, contents, err := forum.OpenFeed(ctx, tx, secret)
		return opened{feed, contents}, err
	}
}

// saying writes a feed's contents as a line for each meeting.
func saying(contents *forum.FeedContents) string {
	var lines strings.Builder
	for _, e := range contents.Entries {
		fmt.Fprintf(&lines, "%s %s %d %s invited=%t\n", e.Forum.Key, e.Start.Format(time.DateOnly), e.Sequence, e.State, e.Invited)
	}
	return lines.String()
}

func feedKept(contents *forum.FeedContents) act[*forum.Feed] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Feed, error) {
		return forum.KeepFeed(ctx, tx, contents, func(asOf time.Time) ([]byte, error) {
			return []byte(asOf.Format(time.RFC3339) + "\n" + saying(contents)), nil
		})
	}
}

// fetch gives what a feed says now, made anew where needed, and whether it was.
func (h *house) fetch(secret string) (text string, anew bool) {
	h.Helper()
	at := seen(h, feedOpened(secret))
	if at.contents != nil {
		at.feed = done(h, feedKept(at.contents))
	}
	kept := seen(h, func(ctx context.Context, tx forum.Tx) ([]byte, error) { return tx.FeedText(ctx, at.feed.ID) })
	_, text, _ = strings.Cut(string(kept), "\n")
	return text, at.contents != nil
}

func (h *house) wantFeed(secret string, anew bool, want ...string) {
	h.Helper()
	text, made := h.fetch(secret)
	if diff := cmp.Diff(strings.Join(append(want, ""), "\n"), text); diff != "" || made != anew {
		h.Fatalf("made anew: %t, want %t; (-want +got):\n%s", made, anew, diff)
	}
}

func TestAFeedTellsWhatConcernsItsOwner(t *testing.T) {
	onBoth(t, func(h *house) {
		all, council := h.subscribe(bergen, ""), h.subscribe(bergen, "raad")
		stranger := h.subscribe(outside, "")
		h.wantFeed(all, true)
		h.wantFeed(stranger, true)
		first := h.plan("raad", "2026-11-24 10:00")
		below := h.plan("utval", "2026-11-10 10:00")
		above := h.plan("gruppe", "2026-10-01 10:00")
		h.wantFeed(all, true)
		h.wantFeed(all, false)
		h.call(first)
		h.call(below)
		h.call(above)
		h.wantFeed(all, true, "raad 2026-11-24 0 called invited=true", "utval 2026-11-10 0 called invited=true")
		h.wantFeed(all, false, "raad 2026-11-24 0 called invited=true", "utval 2026-11-10 0 called invited=true")
		h.wantFeed(council, true, "raad 2026-11-24 0 called invited=true")
		h.wantFeed(stranger, false)
		h.wantFeed(h.subscribe(substitute, ""), true, "raad 2026-11-24 0 called invited=false")

		// A guest has an invitation and no seat.
		guest := h.person(outside)
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			return nil, tx.SaveInvitation(ctx, &forum.Invitation{MeetingID: below, PersonID: guest, Capacity: forum.Observer})
		})
		h.wantFeed(stranger, true, "utval 2026-11-10 0 called invited=true")
		done(h, cancelled(h.as(ourSecretary), below))
		h.wantFeed(all, true, "raad 2026-11-24 0 called invited=true", "utval 2026-11-10 1 cancelled invited=false")
	})
}

// A seat ends with its day, though nobody saves anything then.
func TestAFeedFollowsTheDays(t *testing.T) {
	onBoth(t, func(h *house) {
		h.call(h.plan("raad", "2026-11-24 10:00"))
		secret, council := h.subscribe(observing, ""), h.subscribe(observing, "raad")
		const called = "raad 2026-11-24 0 called invited=true"
		h.wantFeed(secret, true, called)
		h.wantFeed(council, true, called)
		person := h.person(observing)
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			seats, err := tx.SeatsOf(ctx, person, forum.DateOf(h.now))
			if err != nil {
				return nil, err
			}
			seats[0].To = forum.DateOf(h.now)
			invitations, err := tx.Invitations(ctx, 1)
			if err != nil {
				return nil, err
			}
			for _, i := range invitations {
				if i.PersonID == person {
					i.Withdrawn = true
					return nil, errors.Join(tx.SaveInvitation(ctx, &i), tx.SaveSeat(ctx, &seats[0]))
				}
			}
			return nil, errors.New("no invitation")
		})
		before := strings.Replace(called, "true", "false", 1)
		h.wantFeed(secret, true, before)
		h.wantFeed(secret, false, before)
		h.now = h.now.AddDate(0, 0, 1)
		h.wantFeed(secret, true)
		_, err := try(h, feedOpened(council))
		refused(h.T, err, "not found: error.not_found.feed")
	})
}

func TestATextThatSaysTheSameStays(t *testing.T) {
	onBoth(t, func(h *house) {
		secret := h.subscribe(bergen, "")
		h.call(h.plan("raad", "2026-11-24 10:00"))
		h.wantFeed(secret, true, "raad 2026-11-24 0 called invited=true")
		first := seen(h, feedOpened(secret)).feed
		h.now = h.now.AddDate(0, 0, 1)
		h.plan("raad", "2026-12-01 10:00")
		h.wantFeed(secret, true, "raad 2026-11-24 0 called invited=true")
		same := seen(h, feedOpened(secret)).feed
		if same.Digest != first.Digest || !same.ChangedAt.Equal(first.ChangedAt) {
			h.Errorf("the same text became another: %+v, %+v", first, same)
		}

		// Two changes within a second differ in time all the same.
		h.call(h.plan("raad", "2026-12-08 10:00"))
		h.fetch(secret)
		second := seen(h, feedOpened(secret)).feed
		h.call(h.plan("raad", "2026-12-15 10:00"))
		old := seen(h, feedOpened(secret)).contents
		h.fetch(secret)
		third := seen(h, feedOpened(secret)).feed
		if !second.ChangedAt.After(first.ChangedAt) || !third.ChangedAt.After(second.ChangedAt) || third.ChangedAt.Nanosecond() != 0 {
			h.Errorf("changed at %v, %v, %v", first.ChangedAt, second.ChangedAt, third.ChangedAt)
		}

		// What was read earlier does not replace what was kept later.
		h.call(h.plan("raad", "2026-12-22 10:00"))
		latest, _ := h.fetch(secret)
		done(h, feedKept(old))
		h.wantFeed(secret, false, strings.Split(strings.TrimSpace(latest), "\n")...)
	})
}

func TestFeedsAreTheirOwners(t *testing.T) {
	onBoth(t, func(h *house) {
		secret := h.subscribe(bergen, "raad")
		if again := h.subscribe(bergen, "raad"); again != secret {
			h.Error("a feed that was there got another secret")
		}
		id := h.feeds(bergen)[0].ID
		own := func(act func(context.Context, forum.Tx, forum.Actor, forum.FeedID) error, by string) error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, act(ctx, tx, h.as(by), id) })
			return err
		}
		h.fetch(secret)
		refused(h.T, own(forum.RenewFeed, ourSecretary), "not found: error.not_found.feed")
		refused(h.T, own(forum.RevokeFeed, ourSecretary), "not found: error.not_found.feed")
		h.must(own(forum.RenewFeed, bergen))
		_, err := try(h, feedOpened(secret))
		refused(h.T, err, "not found: error.not_found.feed")
		secret = h.feeds(bergen)[0].Secret
		kept := seen(h, feedOpened(secret))
		h.must(own(forum.RevokeFeed, bergen))
		_, err = try(h, feedOpened(secret))
		refused(h.T, err, "not found: error.not_found.feed")
		if kept.contents != nil {
			h.Error("another address makes the text anew")
		}
		_, err = try(h, feedStarted(h.as(bergen), h.forum("topp")))
		refused(h.T, err, "forbidden: error.forbidden.read_meeting")
		_, err = try(h, feedStarted(forum.Operator(), 0))
		refused(h.T, err, "forbidden: error.signed_out")
	})
}
