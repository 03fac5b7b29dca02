package calendar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/samraad/samraad/forum/calendar"
)

// sent is an invitation with what its texts must be when they arrive.
type sent struct {
	name                 string
	invitation           calendar.Invitation
	summary, description string
}

// understood is what a parser makes of an invitation.
type understood struct {
	Method, UID           string
	Sequence              int
	Start, End, Instance  string
	Summary, Description  string
	Attendees, Properties []string
}

// Four parsers that are not ours, and ours, agree on every invitation.
func TestOtherParsersUnderstandInvitations(t *testing.T) {
	requireParsers(t)
	all := variedInvitations(t)
	files := writeAll(t, all)
	for parser, command := range map[string][]string{
		"python3-icalendar": {"/usr/bin/python3", "testdata/oracle/icalendar.py"},
		"ical.js":           {"node", "testdata/oracle/ical.mjs"},
		"node-ical":         {"node", "testdata/oracle/nodeical.mjs"},
		"libical":           {libical(t)},
	} {
		t.Run(parser, func(t *testing.T) {
			found := ask(t, command, files)
			if len(found) != len(all) {
				t.Fatalf("%d answers for %d files", len(found), len(all))
			}
			for n, each := range all {
				want := each.expected()
				if parser == "node-ical" {
					want.Properties = nil // it does not tell which there are
				}
				if diff := cmp.Diff(want, found[n], cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-sent +understood):\n%s", each.name, diff)
				}
			}
		})
	}
	t.Run("ours", func(t *testing.T) {
		for n, each := range all {
			want := each.expected()
			want.Description, want.Properties = "", nil
			if diff := cmp.Diff(want, readAsUnderstood(t, files[n]), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s (-sent +read):\n%s", each.name, diff)
			}
		}
	})
}

// variedInvitations covers 24 months, every half hour around their clock changes, all methods, and hostile texts.
func variedInvitations(t *testing.T) []sent {
	var all []sent
	add := func(name string, change func(*sent)) {
		each := sent{name: name, invitation: meeting()}
		each.summary = each.invitation.Summary
		each.description = each.invitation.Description + "\n\n" + each.invitation.ConferenceURL
		change(&each)
		all = append(all, each)
	}
	at := func(name string, start time.Time, lasts time.Duration) {
		name += " " + start.UTC().Format(time.RFC3339)
		add(name, func(s *sent) {
			s.invitation.UID, s.invitation.Sequence = name+", meeting@samraad.example", len(all)
			s.invitation.Start, s.invitation.End = start, start.Add(lasts)
		})
	}
	for _, when := range variedTimes(t) {
		at("meeting", when.start, when.lasts)
	}
	at("far ahead", time.Date(2035, 7, 1, 10, 0, 0, 0, osloTime(t)), time.Hour)
	at("before the rules", time.Date(1995, 10, 10, 10, 0, 0, 0, osloTime(t)), time.Hour)
	add("cancelled", func(s *sent) { s.invitation.Method = calendar.Cancel })
	add("one of a series", func(s *sent) { s.invitation.RecurrenceID = s.invitation.Start.Add(-24 * time.Hour) })
	for _, text := range hostileTexts {
		add(fmt.Sprintf("hostile %q", text.given), func(s *sent) {
			s.invitation.Summary, s.invitation.Description, s.invitation.Location = text.given, text.given, text.given
			s.invitation.Organizer.Name, s.invitation.Attendees[0].Name = text.given, text.given
			s.invitation.ConferenceURL = ""
			s.summary, s.description = text.line, text.lines
		})
	}
	return all
}

// times are when a meeting begins, and how long it is.
type times struct {
	start time.Time
	lasts time.Duration
}

// variedTimes are of 24 months, and of every half hour around their clock changes.
func variedTimes(t *testing.T) (all []times) {
	for month := range 24 {
		all = append(all, times{time.Date(2026, time.Month(1+month), 1, 9, 0, 0, 0, osloTime(t)), 150 * time.Minute})
	}
	for _, change := range clockChanges() {
		for half := -8; half <= 8; half++ {
			all = append(all, times{change.Add(time.Duration(half) * 30 * time.Minute), 45 * time.Minute})
		}
		all = append(all, times{change.Add(-20 * time.Hour), 40 * time.Hour})
	}
	return all
}

func (s sent) expected() understood {
	i := s.invitation
	want := understood{
		Method: string(i.Method), UID: i.UID, Sequence: i.Sequence, Start: utc(i.Start), End: utc(i.End),
		Instance: utc(i.RecurrenceID), Summary: s.summary, Description: s.description,
		Properties: []string{"DTEND", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "STATUS", "TRANSP", "UID",
			"X-MICROSOFT-CDO-BUSYSTATUS"},
	}
	for _, invitee := range i.Attendees {
		want.Attendees = append(want.Attendees, "mailto:"+strings.ToLower(invitee.Address))
		want.Properties = append(want.Properties, "ATTENDEE")
	}
	if s.summary != "" {
		want.Properties = append(want.Properties, "SUMMARY", "LOCATION", "DESCRIPTION")
	}
	if i.ConferenceURL != "" {
		want.Properties = append(want.Properties, "CONFERENCE")
	}
	if !i.RecurrenceID.IsZero() {
		want.Properties = append(want.Properties, "RECURRENCE-ID")
	}
	slices.Sort(want.Properties)
	return want
}

func utc(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func readAsUnderstood(t *testing.T, path string) understood {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	object, err := calendar.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(object.Entries) != 1 {
		t.Fatalf("%s: %d entries", path, len(object.Entries))
	}
	entry := object.Entries[0]
	found := understood{Method: object.Method, UID: entry.UID, Sequence: entry.Sequence, Start: utc(entry.Start), End: utc(entry.End),
		Instance: entry.RecurrenceID, Summary: entry.Summary}
	for _, attendee := range entry.Attendees {
		found.Attendees = append(found.Attendees, "mailto:"+attendee.Address)
	}
	return found
}

func writeAll(t *testing.T, all []sent) []string {
	t.Helper()
	folder := t.TempDir()
	var files []string
	for n, each := range all {
		path := filepath.Join(folder, fmt.Sprintf("%03d.ics", n))
		if err := os.WriteFile(path, encoded(t, each.invitation), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	return files
}

func ask(t *testing.T, command, files []string) []understood {
	t.Helper()
	var complaint bytes.Buffer
	parser := exec.Command(command[0], append(command[1:], files...)...)
	parser.Stderr = &complaint
	answer, err := parser.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, complaint.String())
	}
	var all []understood
	for line := range bytes.Lines(answer) {
		var one understood
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%v: %v in %s", command, err, line)
		}
		all = append(all, one)
	}
	return all
}

// libical is our program around that library, built anew.
func libical(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "libical")
	if out, err := exec.Command("gcc", "-Wall", "-o", program, "testdata/oracle/libical.c", "-lical").CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%sinstall it: apt-get install -y gcc libical-dev", err, out)
	}
	return program
}

// requireParsers installs what node reads with as the lock file says, and fails with the command that installs what else is missing.
func requireParsers(t *testing.T) {
	t.Helper()
	const install = "apt-get install -y nodejs npm gcc libical-dev python3-icalendar"
	for _, check := range [][]string{{"gcc", "--version"}, {"node", "--version"}, {"npm", "--version"}, {"/usr/bin/python3", "-c", "import icalendar"}} {
		if out, err := exec.Command(check[0], check[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%sinstall it: %s", check, err, out, install)
		}
	}
	const folder = "testdata/oracle"
	if cmp.Equal(locked(filepath.Join(folder, "node_modules/.package-lock.json")), locked(filepath.Join(folder, "package-lock.json"))) {
		return
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts")
	npm.Dir = folder
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm ci in %s: %v\n%s", folder, err, out)
	}
}

// locked are the checksums of the packages that a lock file names; nil if there is no such file.
func locked(path string) map[string]string {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var lock struct {
		Packages map[string]struct{ Integrity string }
	}
	if json.Unmarshal(data, &lock) != nil {
		return nil
	}
	sums := map[string]string{}
	for name, one := range lock.Packages {
		if name != "" {
			sums[name] = one.Integrity
		}
	}
	return sums
}
