package mail_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

var encoded = regexp.MustCompile(`(?s)@BASE64@\r\n(.*?)@END@`)

// clientReply is an answer as a client writes it, to an address.
func clientReply(t *testing.T, client, to, uid, partStat string, sequence int, stamp time.Time) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "replies", client+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer(
		"\n", "\r\n", "@TO@", to, "@UID@", uid, "@PARTSTAT@", partStat, "@SEQUENCE@", fmt.Sprint(sequence), "@STAMP@", stamp.Format("20060102T150405Z"),
	).Replace(string(raw))
	return encoded.ReplaceAllStringFunc(filled, func(found string) string {
		return base64.StdEncoding.EncodeToString([]byte(encoded.FindStringSubmatch(found)[1]))
	})
}

var clients = []string{"outlook", "gmail", "apple", "thunderbird"}

func (h *house) answers() []forum.Answer {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Answer, error) { return tx.Answers(ctx, 1) })
}

// TestAnswersOfRealCalendars takes a no and then a yes as each client writes them: the first to the member's own
// address, the second to the forum's, from an author whom the relay vouches for.
func TestAnswersOfRealCalendars(t *testing.T) {
	for _, client := range clients {
		t.Run(client, func(t *testing.T) {
			onBoth(t, func(h *house) {
				_, facts := h.invited()
				h.now = h.now.Add(6 * time.Hour)
				own := forum.TokenAddress(council, facts.Token)
				first, second := made.Add(time.Hour), made.Add(2*time.Hour)
				h.deliver(clientReply(h.T, client, own, facts.UID, "DECLINED", 0, first), own)
				h.deliver(passed("kvam.example")+clientReply(h.T, client, council, facts.UID, "ACCEPTED", 0, second), council)
				if n := h.drained(h.reader()); n != 2 {
					h.Fatalf("%d mails were read", n)
				}
				mails := h.mails(council)
				for _, m := range mails {
					if m.State != forum.Understood || m.MailKind != "rsvp" {
						h.Errorf("%s to %s is %s %s", m.MailKind, m.Recipient, m.State, m.Reason)
					}
				}
				base := forum.Answer{MeetingID: facts.Meeting, PersonID: h.person(member).ID, Comment: "Eg er på ferie.", Source: forum.ByMail, CameAt: h.now}
				no, yes := base, base
				no.ID, no.Reply, no.Stamp, no.MailID = 1, forum.NotComing, first, mails[1].ID
				yes.ID, yes.Reply, yes.Stamp, yes.MailID = 2, forum.Coming, second, mails[0].ID
				if diff := cmp.Diff([]forum.Answer{no, yes}, h.answers()); diff != "" {
					h.Errorf("-want +got:\n%s", diff)
				}
			})
		})
	}
}

// TestAnswersOutOfPlace is what becomes of answers that came too late, twice, out of order, or from another.
func TestAnswersOutOfPlace(t *testing.T) {
	type mailed struct {
		client, partStat string
		sequence, minute int
		change           *strings.Replacer
		to               string // the member's own address when empty
		want             string
	}
	as := func(who string) *strings.Replacer {
		return strings.NewReplacer("From: Helse- og omsorgssjef <"+member, "From: <"+who)
	}
	for name, test := range map[string]struct {
		mails []mailed
		want  forum.Reply // "" for no answer that holds
	}{
		"the same answer in another mail": {[]mailed{
			{client: "apple", partStat: "DECLINED", minute: 1, want: "understood"},
			{client: "thunderbird", partStat: "DECLINED", minute: 1, want: "noted noted.answer_twice"},
		}, forum.NotComing},
		"the newer one first": {[]mailed{
			{client: "outlook", partStat: "ACCEPTED", minute: 9, want: "understood"},
			{client: "gmail", partStat: "DECLINED", minute: 3, want: "noted noted.answer_older"},
		}, forum.Coming},
		"to what was never sent": {[]mailed{{client: "apple", partStat: "DECLINED", sequence: 7, minute: 1, want: "held held.answer_ahead"}}, ""},
		"a delegate":             {[]mailed{{client: "apple", partStat: "DELEGATED", minute: 1, want: "held held.answer_delegated"}}, ""},
		"no answer at all":       {[]mailed{{client: "thunderbird", partStat: "NEEDS-ACTION", minute: 1, want: "held held.answer_unclear"}}, ""},
		"another meeting": {[]mailed{{
			client: "apple", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("UID:", "UID:x"), want: "held held.answer_other_meeting",
		}}, ""},
		"someone else's answer": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("mailto:"+member, "mailto:"+secretary), want: "held held.answer_of_another",
		}}, ""},
		"to someone else's address": {[]mailed{{client: "apple", partStat: "DECLINED", minute: 1, change: as(secretary), want: "held held.wrong_token"}}, ""},
		"another address of the member's": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("mailto:"+member, "mailto:heime@kvam.example"), want: "understood",
		}}, forum.NotComing},
		"an unknown address, without a token": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, to: council, change: strings.NewReplacer("mailto:"+member, "mailto:heime@kvam.example"),
			want: "held held.answer_of_another",
		}}, ""},
		"no attendee": {[]mailed{{
			client: "apple", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("ATTENDEE;", "X-ATTENDEE;"), want: "held held.answer_unclear",
		}}, ""},
		"no stamp": {[]mailed{{
			client: "apple", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("DTSTAMP:", "X-STAMP:"), want: "understood",
		}}, forum.NotComing},
		"no event": {[]mailed{{
			client: "apple", partStat: "DECLINED", minute: 1, change: strings.NewReplacer(":VEVENT", ":VTODO"), want: "held held.answer_no_meeting",
		}}, ""},
		"a delegate by address": {[]mailed{{
			client: "thunderbird", partStat: "DELEGATED", minute: 1, change: strings.NewReplacer("PARTSTAT=DELEGATED;", "PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:vara@kvam.example\";"), want: "understood",
		}}, forum.NotComing},
		"one instance, which the meeting is": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("SUMMARY:", "RECURRENCE-ID;TZID=Europe/Oslo:20261124T100000\r\nSUMMARY:"), want: "understood",
		}}, forum.NotComing},
		"another instance": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("SUMMARY:", "RECURRENCE-ID:20261201T090000Z\r\nSUMMARY:"), want: "held held.answer_other_instance",
		}}, ""},
		"two instances, of which the second is the meeting": {[]mailed{{
			client: "thunderbird", partStat: "DECLINED", minute: 1, change: strings.NewReplacer("BEGIN:VEVENT", "BEGIN:VEVENT\r\nUID:@@\r\nRECURRENCE-ID:20261201T090000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:"+member+
				"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nRECURRENCE-ID:20261124T090000Z"), want: "understood",
		}}, forum.NotComing},
		"another time": {[]mailed{{
			client: "apple", partStat: "TENTATIVE", minute: 1, change: strings.NewReplacer("METHOD:REPLY", "METHOD:COUNTER", "20261124T", "20261125T"), want: "understood",
		}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := onSQLite(t)
			_, facts := h.invited()
			h.now = h.now.Add(6 * time.Hour)
			known := map[forum.IncomingID]bool{}
			for _, m := range test.mails {
				to := m.to
				if to == "" {
					to = forum.TokenAddress(council, facts.Token)
				}
				raw := clientReply(t, m.client, to, facts.UID, m.partStat, m.sequence, made.Add(time.Duration(m.minute)*time.Minute))
				if m.change != nil {
					raw = strings.ReplaceAll(m.change.Replace(raw), "@@", facts.UID)
				}
				domain := "kvam.example"
				if strings.Contains(raw, "From: <"+secretary) {
					domain = "bergen.example"
				}
				h.deliver(passed(domain)+raw, to)
				h.drained(h.reader())
				for _, got := range h.mails(council) {
					if known[got.ID] {
						continue
					}
					known[got.ID] = true
					if said := strings.TrimSpace(string(got.State) + " " + got.Reason); said != m.want {
						t.Errorf("%s %s: %q, want %q", m.client, m.partStat, said, m.want)
					}
				}
			}
			if got := forum.NewestAnswers(h.answers())[h.person(member).ID].Reply; got != test.want {
				t.Errorf("%q holds, want %q", got, test.want)
			}
		})
	}
}

// TestAProposedTimeIsNoAnswer keeps what a calendar proposes for the secretaries.
func TestAProposedTimeIsNoAnswer(t *testing.T) {
	onBoth(t, func(h *house) {
		_, facts := h.invited()
		h.now = h.now.Add(6 * time.Hour)
		own := forum.TokenAddress(council, facts.Token)
		raw := clientReply(h.T, "thunderbird", own, facts.UID, "TENTATIVE", 0, made.Add(time.Hour))
		raw = strings.NewReplacer("METHOD:REPLY", "METHOD:COUNTER", "method=REPLY", "method=COUNTER", "20261124T", "20261125T").Replace(raw)
		h.deliver(raw, own)
		h.drained(h.reader())
		got := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.TimeProposal, error) {
			return tx.TimeProposals(ctx, facts.Meeting)
		})
		want := []forum.TimeProposal{{
			ID: 1, MeetingID: facts.Meeting, PersonID: h.person(member).ID, Start: slot.Start.AddDate(0, 0, 1), End: slot.End.AddDate(0, 0, 1),
			Stamp: made.Add(time.Hour), Comment: "Eg er på ferie.", MailID: h.only(council).ID, CameAt: h.now,
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Errorf("-want +got:\n%s", diff)
		}
		if answers := h.answers(); answers != nil {
			h.Errorf("it is an answer: %+v", answers)
		}
	})
}

// TestAReleasedAnswerCounts reads an unproven answer again after a secretary's word, of one who may not propose too.
func TestAReleasedAnswerCounts(t *testing.T) {
	h := onSQLite(t)
	_, facts := h.invited()
	h.now = h.now.Add(6 * time.Hour)
	raw := strings.ReplaceAll(clientReply(t, "thunderbird", council, facts.UID, "DECLINED", 0, made.Add(time.Hour)), member, guest)
	h.deliver(raw, council)
	h.drained(h.reader())
	held := h.only(council)
	if held.Reason != "held.unauthenticated" {
		t.Fatalf("the mail is %s %s", held.State, held.Reason)
	}
	by, writer := forum.AsPerson(h.person(secretary).ID), h.person(guest).ID
	h.write(func(ctx context.Context, tx forum.Tx) error { return forum.ReleaseHeld(ctx, tx, by, held.ID, writer) })
	h.drained(h.reader())
	if got := h.only(council); got.State != forum.Understood {
		t.Errorf("the released mail is %s %s", got.State, got.Reason)
	}
	if got := forum.NewestAnswers(h.answers())[writer].Reply; got != forum.NotComing {
		t.Errorf("%q holds", got)
	}
}
