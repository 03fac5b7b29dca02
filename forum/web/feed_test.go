package web_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var feedPath = regexp.MustCompile(`/calendar/[a-z2-7]{26}\.ics`)

// subscribe makes a feed of a forum, 0 for all, and gives its path.
func (b *browser) subscribe(in int) string {
	b.Helper()
	before := b.get("/me").body
	for _, path := range feedPath.FindAllString(b.post("/me/feeds", "forum", fmt.Sprint(in)).is(b.T, http.StatusOK).body, -1) {
		if !strings.Contains(before, path) {
			return path
		}
	}
	b.Fatal("the page shows no new feed")
	return ""
}

// fetch asks for a feed as a calendar does: without a session, with the headers given.
func (s *stage) fetch(path string, headers ...string) answer {
	s.Helper()
	b := s.stranger()
	request := b.request(http.MethodGet, path, "", nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return b.do(request)
}

// entries are the events of a feed that was fetched.
func (a answer) entries(t *testing.T) []calendar.Entry {
	t.Helper()
	a.is(t, http.StatusOK).lacks(t, "ATTENDEE", "⟦")
	object, err := calendar.Read([]byte(a.body))
	check(t, err)
	if object.Method != "PUBLISH" || a.header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Errorf("method %s, type %s", object.Method, a.header.Get("Content-Type"))
	}
	return object.Entries
}

// TestFeedFollowsItsMeetings fetches a feed after each thing that happens to a
// meeting, and between them, when the calendar has it already.
func TestFeedFollowsItsMeetings(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		keeper, reader := s.as(secretary), s.as(member)
		feed := reader.subscribe(0)
		first := s.fetch(feed)
		if entries := first.entries(t); len(entries) != 0 {
			t.Errorf("before any meeting: %v", entries)
		}
		known := first.header.Get("ETag")
		same := func(what string) {
			t.Helper()
			for _, tags := range []string{known, "W/" + known, `"other", ` + known, "*"} {
				if got := s.fetch(feed, "If-None-Match", tags); got.status != http.StatusNotModified || got.body != "" || got.header.Get("ETag") != known {
					t.Errorf("%s: %s answered %d %q with tag %s", what, tags, got.status, got.body, got.header.Get("ETag"))
				}
			}
		}
		var changedAt time.Time
		changed := func(what string) calendar.Entry {
			t.Helper()
			got := s.fetch(feed, "If-None-Match", known)
			entries := got.entries(t)
			if tag := got.header.Get("ETag"); tag == known || len(entries) != 1 {
				t.Fatalf("%s: tag %s, entries %v", what, tag, entries)
			}
			at, err := http.ParseTime(got.header.Get("Last-Modified"))
			check(t, err)
			if !at.After(changedAt) {
				t.Errorf("%s: last modified %v, before %v", what, at, changedAt)
			}
			if s.fetch(feed, "If-Modified-Since", changedAt.Format(http.TimeFormat)).status != http.StatusOK {
				t.Errorf("%s: not seen by its time", what)
			}
			known, changedAt = got.header.Get("ETag"), at
			same(what)
			if s.fetch(feed, "If-Modified-Since", got.header.Get("Last-Modified")).status != http.StatusNotModified {
				t.Errorf("%s: sent again, though its time says that it is the same", what)
			}
			return entries[0]
		}

		meeting := keeper.meeting()
		same("a draft")
		keeper.post(meeting+"/call").is(t, http.StatusOK)
		called := changed("called")
		want := s.meetingOf(meeting)
		if called.UID != want.UID || called.Sequence != 0 || called.Status != "CONFIRMED" || called.Location != "Heradshuset" || !called.Start.Equal(want.Start) {
			t.Errorf("called: %+v", called)
		}
		s.fetch(feed).has(t, "BEGIN:VTIMEZONE", "BEGIN:VALARM", "TRANSP:OPAQUE", "SUMMARY;LANGUAGE=nn:Møte i Samarbeidsrådet")

		keeper.post(reader.matter("Hemmeleg sak")+"/place", "meeting", number(meeting)).is(t, http.StatusOK)
		same("a matter on the agenda")
		s.fetch(feed).lacks(t, "Hemmeleg")

		keeper.post(meeting+"/move", "start_date", "2026-06-09", "start_time", "09:30", "end_date", "2026-06-09", "end_time", "11:00", "place", "Sjukehuset").is(t, http.StatusOK)
		if moved := changed("moved"); moved.Sequence != 1 || moved.Location != "Sjukehuset" || moved.UID != want.UID {
			t.Errorf("moved: %+v", moved)
		}
		keeper.post(meeting+"/cancel", "reason", "Streik").is(t, http.StatusOK)
		if off := changed("cancelled"); off.Sequence != 2 || off.Status != "CANCELLED" || off.UID != want.UID || off.Summary != "Avlyst: Møte i Samarbeidsrådet" {
			t.Errorf("cancelled: %+v", off)
		}
		s.fetch(feed).has(t, "Streik").lacks(t, "VALARM")
		keeper.post(keeper.meeting()+"/cancel", "reason", "Ingen var kalla inn").is(t, http.StatusOK)
		same("a draft called off")

		reader.post("/me/language", "language", "en").is(t, http.StatusOK).has(t, "Your page", `lang="en"`)
		if english := changed("another language"); english.Summary != "Cancelled: Meeting of Samarbeidsrådet" {
			t.Errorf("in English: %+v", english)
		}
	})
}

// meetingOf is the meeting of a page.
func (s *stage) meetingOf(path string) *forum.Meeting {
	s.Helper()
	var found *forum.Meeting
	check(s.T, s.db.Read(context.Background(), func(ctx context.Context, tx forum.Tx) error {
		meetings, err := tx.Meetings(ctx, 1)
		for _, m := range meetings {
			if fmt.Sprint(m.ID) == number(path) {
				found = &m
			}
		}
		return err
	}))
	return found
}

// TestFeedAddressIsASecret renews and revokes a feed, and tries addresses that
// are none.
func TestFeedAddressIsASecret(t *testing.T) {
	s := onSQLite(t)
	b, other := s.as(member), s.as(hospital)
	first := b.subscribe(0)
	var id string
	for _, link := range regexp.MustCompile(`/me/feeds/\d+/renew`).FindAllString(b.get("/me").body, 1) {
		id = strings.TrimSuffix(link, "/renew")
	}
	b.get("/me").has(t, "webcal://", "Outlook", "Google", "Apple", `value="`+s.url+first+`"`)
	b.post("/me/feeds", "forum", "0").is(t, http.StatusOK).has(t, first)

	for _, act := range []string{"renew", "revoke"} {
		b.get(id+"/"+act).is(t, http.StatusOK).has(t, "Dette kan ikkje gjerast om")
		other.get(id+"/"+act).is(t, http.StatusNotFound)
		other.post(id+"/"+act).is(t, http.StatusNotFound)
		s.stranger().post(id+"/"+act).is(t, http.StatusForbidden)
	}
	s.fetch(first).is(t, http.StatusOK)
	second := feedPath.FindString(b.post(id+"/renew").is(t, http.StatusOK).has(t, "Kalenderen har fått ny adresse").lacks(t, first).body)
	s.fetch(second).is(t, http.StatusOK)
	b.post(id+"/revoke").is(t, http.StatusOK).has(t, "Adressa er sletta").lacks(t, second)
	for _, path := range []string{first, second, "/calendar/x.ics", "/calendar/" + strings.Repeat("a", 26) + ".ics", strings.TrimSuffix(second, ".ics"), "/calendar/%00.ics", "/calendar/.ics"} {
		got := s.fetch(path, "If-None-Match", "*").is(t, http.StatusNotFound)
		if kind := got.header.Get("Content-Type"); kind != "text/plain; charset=utf-8" || got.body != "404 not found\n" {
			t.Errorf("%s answered %s %q", path, kind, got.body)
		}
	}
	for _, path := range []string{first, second} {
		secret := strings.TrimSuffix(strings.TrimPrefix(path, "/calendar/"), ".ics")
		if strings.Contains(s.log.String(), secret) {
			t.Error("the log tells a secret")
		}
	}
}

// TestForumFeedIsForItsReaders ends the seat that let a person read a forum.
func TestForumFeedIsForItsReaders(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		keeper, reader := s.as(secretary), s.as(member)
		keeper.post(keeper.meeting()+"/call").is(t, http.StatusOK)
		one, all := reader.subscribe(1), reader.subscribe(0)
		reader.post("/me/feeds", "forum", "2").is(t, http.StatusForbidden)
		if got := s.fetch(one); len(got.entries(t)) != 1 || !strings.Contains(got.body, "X-WR-CALNAME:Samråd: Samarbeidsrådet") {
			t.Errorf("the forum's feed: %s", got.body)
		}
		s.fetch(all).has(t, "UID:")
		by := s.actor(member)
		s.write(func(ctx context.Context, tx forum.Tx) error {
			seats, err := tx.SeatsOf(ctx, by.Person, "2026-03-02")
			if err != nil {
				return err
			}
			seats[0].To = "2026-03-01"
			if err := tx.SaveSeat(ctx, &seats[0]); err != nil {
				return err
			}
			meetings, err := tx.Meetings(ctx, 1)
			if err != nil {
				return err
			}
			invitations, err := tx.Invitations(ctx, meetings[0].ID)
			if err != nil {
				return err
			}
			for _, i := range invitations {
				if i.PersonID == by.Person {
					i.Withdrawn = true
					return tx.SaveInvitation(ctx, &i)
				}
			}
			return nil
		})
		s.fetch(one).is(t, http.StatusNotFound)
		if entries := s.fetch(all).entries(t); len(entries) != 0 {
			t.Errorf("after the seat ended: %v", entries)
		}
	})
}

// TestFeedsAsTheyRead keeps a feed of each language as it is fetched.
func TestFeedsAsTheyRead(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), nil)
	keeper, reader := s.as(secretary), s.as(member)
	feed := reader.subscribe(0)
	first, second := keeper.meeting(), keeper.meeting()
	keeper.post(first+"/call").is(t, http.StatusOK)
	keeper.post(second+"/call").is(t, http.StatusOK)
	keeper.post(second+"/cancel", "reason", "Streik; vi tek, truleg, eit nytt i haust.").is(t, http.StatusOK)
	for _, language := range []string{"nn", "nb", "en"} {
		t.Run(language, func(t *testing.T) {
			reader.post("/me/language", "language", language).is(t, http.StatusOK)
			got := regexp.MustCompile(`UID:[a-z2-7]{26}|DTSTAMP:\d{8}T\d{6}Z`).ReplaceAllStringFunc(s.fetch(feed).body, func(found string) string {
				name, _, _ := strings.Cut(found, ":")
				return name + ":…"
			})
			got = strings.ReplaceAll(strings.ReplaceAll(got, "\r\n ", ""), s.url, "https://samraad.example")
			path := filepath.Join("testdata", "feed."+language+".ics")
			if *update {
				check(t, os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			check(t, err)
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
		})
	}
}

// TestFeedOfManyMeetings has 500 meetings in a feed, made once and then known.
func TestFeedOfManyMeetings(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		feed := s.as(member).subscribe(0)
		person := s.actor(member).Person
		s.write(func(ctx context.Context, tx forum.Tx) error {
			for n := range 500 {
				start := today.AddDate(0, 0, n+1)
				m := forum.Meeting{
					ForumID: 1, State: forum.CalledMeeting, Form: forum.Ordinary, UID: fmt.Sprintf("meeting-%d", n),
					Slot: forum.Slot{Start: start, End: start.Add(2 * time.Hour), Place: "Heradshuset"}, ItemsDue: today, PapersDue: today,
				}
				if err := tx.SaveMeeting(ctx, &m); err != nil {
					return err
				}
				if err := tx.SaveInvitation(ctx, &forum.Invitation{MeetingID: m.ID, PersonID: person, Capacity: forum.Member}); err != nil {
					return err
				}
			}
			return nil
		})
		began := time.Now()
		first := s.fetch(feed)
		made := time.Since(began)
		if len(first.entries(t)) != 500 {
			t.Fatal("not every meeting is in the feed")
		}
		began = time.Now()
		const again = 20
		for range again {
			s.fetch(feed, "If-None-Match", first.header.Get("ETag")).is(t, http.StatusNotModified)
		}
		known := time.Since(began) / again
		t.Logf("made in %v, known in %v", made, known)
		if made > 5*time.Second || known > made {
			t.Errorf("made in %v, known in %v", made, known)
		}
	})
}
