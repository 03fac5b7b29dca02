package calendar_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum/calendar"
)

// published is a feed of a meeting that one is called to, one that is off and one of others.
func published() calendar.Feed {
	first := calendar.FeedEvent{
		UID: "7d1f0c52", Sequence: 2, Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-18T12:00:00Z"),
		Summary: "Møte i Samarbeidsrådet", Description: "Saker og papir: https://samraad.example/meetings/1", Location: "Voss herad, Kommunestyresalen",
		ConferenceURL: "https://video.samraad.example/rom?pin=1234", URL: "https://samraad.example/meetings/1",
		Organizer: calendar.Organizer{Name: "Samarbeidsrådet", Address: "raad@voss.example"}, Alarm: time.Hour,
	}
	off, others := first, first
	off.UID, off.Sequence, off.Start, off.End, off.Cancelled = "8e", 3, instant("2026-06-10T07:30:00Z"), instant("2026-06-10T09:00:00Z"), true
	others.UID, others.Sequence, others.Start, others.End = "9f", 0, instant("2026-10-24T23:00:00Z"), instant("2026-10-25T00:30:00Z")
	others.Free, others.Alarm, others.Organizer, others.ConferenceURL = true, 0, calendar.Organizer{}, ""
	return calendar.Feed{
		Name: "Samråd", Language: "nn", Stamp: instant("2026-03-02T08:15:00Z"), Events: []calendar.FeedEvent{first, off, others},
	}
}

func publishedText(t *testing.T, feed calendar.Feed) []byte {
	t.Helper()
	data, err := feed.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFeedsAsTheyAreFetched(t *testing.T) {
	for name, change := range map[string]func(*calendar.Feed){
		"feed.ics":       func(*calendar.Feed) {},
		"feed-empty.ics": func(f *calendar.Feed) { f.Events = nil },
		"feed-hostile.ics": func(f *calendar.Feed) {
			f.Name = "Råd\r\nMETHOD:REQUEST"
			f.Events[0].Summary = "Møte\r\nEND:VEVENT\r\nATTENDEE:mailto:x@evil.example"
			f.Events[1].ConferenceURL = "https://møterom.example/\r\nATTACH:x"
		},
	} {
		t.Run(name, func(t *testing.T) {
			feed := published()
			change(&feed)
			golden(t, "sent/"+name, publishedText(t, feed))
		})
	}
}

func TestWhatNoFeedCanSay(t *testing.T) {
	for _, test := range []struct {
		name, field string
		change      func(*calendar.Feed)
	}{
		{"a language that is none", "Language", func(f *calendar.Feed) { f.Events, f.Language = nil, "nn;X=1" }},
		{"no uid", "UID", func(f *calendar.Feed) { f.Events[1].UID = "" }},
		{"no stamp", "Stamp", func(f *calendar.Feed) { f.Stamp = time.Time{} }},
		{"an end before the start", "End", func(f *calendar.Feed) { f.Events[2].End = f.Events[2].Start }},
		{"a page that runs code", "URL", func(f *calendar.Feed) { f.Events[0].URL = "javascript:alert(1)" }},
		{"an organizer that is no address", "Organizer", func(f *calendar.Feed) { f.Events[0].Organizer.Address = "a b" }},
		{"an alarm after the start", "Alarm", func(f *calendar.Feed) { f.Events[0].Alarm = -time.Minute }},
		{"an alarm of seconds", "Alarm", func(f *calendar.Feed) { f.Events[0].Alarm = time.Second }},
	} {
		t.Run(test.name, func(t *testing.T) {
			feed := published()
			test.change(&feed)
			data, err := feed.Encode()
			var refused *calendar.InvitationError
			if !errors.As(err, &refused) || refused.Field != test.field {
				t.Errorf("error %v, want one of %s; data %q", err, test.field, data)
			}
		})
	}
}

// Whatever stands in a feed, it has the properties it should have, names nobody, and no line is too long.
func TestNothingAddsAPropertyToAFeed(t *testing.T) {
	allowed := []string{"ACTION", "BEGIN", "CALSCALE", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "END", "LOCATION", "METHOD", "NAME",
		"ORGANIZER", "PRODID", "REFRESH-INTERVAL", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM",
		"TZOFFSETTO", "UID", "URL", "VERSION", "X-MICROSOFT-CDO-BUSYSTATUS", "X-PUBLISHED-TTL", "X-WR-CALNAME", "X-WR-TIMEZONE"}
	rapid.Check(t, func(t *rapid.T) {
		text, feed := hostileText(), published()
		feed.Name = text.Draw(t, "name")
		for n := range feed.Events {
			e := &feed.Events[n]
			e.Summary, e.Description, e.Location = text.Draw(t, "summary"), text.Draw(t, "description"), text.Draw(t, "location")
			e.ConferenceURL, e.Organizer.Name = text.Draw(t, "link"), text.Draw(t, "organizer")
		}
		data, err := feed.Encode()
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
			if len(line) > 75 || line == "" || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("line %q", line)
			}
		}
		for _, line := range strings.Split(strings.TrimSuffix(unfold(data), "\r\n"), "\r\n") {
			name := line[:strings.IndexAny(line, ":;")]
			count[name]++
			if !slices.Contains(allowed, name) {
				t.Fatalf("%s in\n%s", name, data)
			}
		}
		for name, want := range map[string]int{"BEGIN": 8, "END": 8, "UID": 3, "METHOD": 1, "STATUS": 3, "DTEND": 3, "TRIGGER": 1, "ATTENDEE": 0} {
			if count[name] != want {
				t.Fatalf("%d × %s in\n%s", count[name], name, data)
			}
		}
	})
}

// fetched is what a parser makes of a feed.
type fetched struct {
	Method, Name string
	Zones        int
	Events       []fetchedEvent
}

type fetchedEvent struct {
	UID                               string
	Sequence                          int
	Start, End                        string
	Status, Summary, Description, URL string
	Minutes                           []int
	Properties                        []string
}

// Two parsers that are not ours agree on every feed, the empty one included.
func TestOtherParsersUnderstandFeeds(t *testing.T) {
	requireParsers(t)
	feeds := []calendar.Feed{published(), {Name: "Tom", Stamp: published().Stamp}}
	for n, text := range hostileTexts {
		feed := published()
		feed.Name = text.given
		for i := range feed.Events {
			e := &feed.Events[i]
			e.UID, e.Sequence, e.ConferenceURL = fmt.Sprintf("%d-%d", n, i), n, ""
			e.Summary, e.Description, e.Location = text.given, text.given, text.given
		}
		feeds = append(feeds, feed)
	}
	folder, want := t.TempDir(), []fetched(nil)
	var files []string
	for n, feed := range feeds {
		path := filepath.Join(folder, fmt.Sprintf("%03d.ics", n))
		if err := os.WriteFile(path, publishedText(t, feed), 0o600); err != nil {
			t.Fatal(err)
		}
		files, want = append(files, path), append(want, expectedOf(feed, n-2))
	}
	for parser, command := range map[string][]string{
		"python3-icalendar": {"/usr/bin/python3", "testdata/oracle/feed.py"},
		"ical.js":           {"node", "testdata/oracle/feed.mjs"},
	} {
		t.Run(parser, func(t *testing.T) {
			if diff := cmp.Diff(want, fetch(t, command, files), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-published +understood):\n%s", diff)
			}
		})
	}
}

// when is one meeting as a parser that is not ours has it.
type when struct{ UID, Start, End string }

// Four parsers that are not ours agree on when every meeting of a feed is.
func TestOtherParsersAgreeOnInstantsOfFeeds(t *testing.T) {
	requireParsers(t)
	feed := published()
	model, want := feed.Events[0], []when(nil)
	feed.Events = nil
	for n, at := range variedTimes(t) {
		e := model
		e.UID, e.Start, e.End = fmt.Sprintf("%03d@samraad.example", n), at.start, at.start.Add(at.lasts)
		feed.Events, want = append(feed.Events, e), append(want, when{e.UID, utc(e.Start), utc(e.End)})
	}
	path := filepath.Join(t.TempDir(), "feed.ics")
	if err := os.WriteFile(path, publishedText(t, feed), 0o600); err != nil {
		t.Fatal(err)
	}
	compare := func(t *testing.T, found []when) {
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("(-published +understood):\n%s", diff)
		}
	}
	for parser, command := range map[string][]string{
		"python3-icalendar": {"/usr/bin/python3", "testdata/oracle/feed.py"},
		"ical.js":           {"node", "testdata/oracle/feed.mjs"},
	} {
		t.Run(parser, func(t *testing.T) {
			var found []when
			for _, e := range fetch(t, command, []string{path})[0].Events {
				found = append(found, when{e.UID, e.Start, e.End})
			}
			compare(t, found)
		})
	}
	for parser, command := range map[string][]string{"node-ical": {"node", "testdata/oracle/nodeical.mjs"}, "libical": {libical(t)}} {
		t.Run(parser, func(t *testing.T) {
			var found []when
			for _, e := range ask(t, command, []string{path}) {
				found = append(found, when{e.UID, e.Start, e.End})
			}
			compare(t, found)
		})
	}
}

// expectedOf is what a feed must say when it arrives; its texts are those of a hostile text, or its own for one below 0.
func expectedOf(feed calendar.Feed, hostile int) fetched {
	want := fetched{Method: "PUBLISH", Name: feed.Name, Zones: 1}
	if hostile >= 0 {
		want.Name = hostileTexts[hostile].line
	}
	for _, e := range feed.Events {
		event := fetchedEvent{
			UID: e.UID, Sequence: e.Sequence, Start: utc(e.Start), End: utc(e.End), Status: "CONFIRMED", Summary: e.Summary, Description: e.Description, URL: e.URL,
			Properties: []string{"DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "TRANSP", "UID", "URL", "X-MICROSOFT-CDO-BUSYSTATUS"},
		}
		if e.ConferenceURL != "" {
			event.Description += "\n\n" + e.ConferenceURL
			event.Properties = append(event.Properties, "CONFERENCE")
		}
		if hostile >= 0 {
			event.Summary, event.Description = hostileTexts[hostile].line, hostileTexts[hostile].lines
		}
		if event.Summary != "" {
			event.Properties = append(event.Properties, "SUMMARY", "DESCRIPTION", "LOCATION")
		}
		if e.Organizer.Address != "" {
			event.Properties = append(event.Properties, "ORGANIZER")
		}
		if e.Cancelled {
			event.Status = "CANCELLED"
		} else if e.Alarm > 0 {
			event.Minutes = []int{60}
		}
		slices.Sort(event.Properties)
		want.Events = append(want.Events, event)
	}
	return want
}

func fetch(t *testing.T, command, files []string) []fetched {
	t.Helper()
	var complaint bytes.Buffer
	parser := exec.Command(command[0], append(slices.Clone(command[1:]), files...)...)
	parser.Stderr = &complaint
	answer, err := parser.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, complaint.String())
	}
	var all []fetched
	for line := range bytes.Lines(answer) {
		var one fetched
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%v: %v in %s", command, err, line)
		}
		all = append(all, one)
	}
	return all
}
