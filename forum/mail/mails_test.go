package mail_test

import (
	"bytes"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// TestInvitationShape reads an invitation back with a parser that is not ours.
func TestInvitationShape(t *testing.T) {
	for _, test := range []struct{ name, method string }{{"invitation", "REQUEST"}, {"update", "REQUEST"}, {"cancellation", "CANCEL"}, {"withdrawal", "CANCEL"}} {
		t.Run(test.name, func(t *testing.T) {
			root := parts(t, composedOf(t, test.name).Raw)
			var shape []string
			root.DepthMatchAll(func(p *enmime.Part) bool {
				shape = append(shape, p.ContentType)
				return false
			})
			want := []string{"multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"}
			if diff := cmp.Diff(want, shape); diff != "" {
				t.Errorf("shape (-want +got):\n%s", diff)
			}
			object := root.BreadthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/calendar" })
			file := root.BreadthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "application/ics" })
			if !bytes.Equal(object.Content, file.Content) {
				t.Error("the alternative and the file are two objects")
			}
			if got := object.Header.Get("Content-Type"); got != "text/calendar; method="+test.method+"; charset=UTF-8" {
				t.Errorf("Content-Type: %s", got)
			}
			if file.FileName != "invite.ics" || file.Header.Get("Content-Transfer-Encoding") != "base64" {
				t.Errorf("the file: %v", file.Header)
			}
			text := strings.ReplaceAll(string(object.Content), "\r\n ", "")
			for _, line := range []string{"METHOD:" + test.method, "UID:uid-of-the-meeting", "DTSTAMP:20261019T083000Z", "BEGIN:VTIMEZONE"} {
				if strings.Count(text, "\r\n"+line+"\r\n") != 1 {
					t.Errorf("the object has not exactly one %s:\n%s", line, text)
				}
			}
			if strings.Count(text, "\r\nATTENDEE") != 1 || !strings.Contains(text, "mailto:leiar@kvam.example") {
				t.Errorf("not exactly the receiver is invited:\n%s", text)
			}
			if !strings.Contains(text, ":mailto:raad+abcdefghijklmnopqrstuvwxyz@voss.example") {
				t.Errorf("answers go elsewhere:\n%s", text)
			}
		})
	}
}

// TestGuestMail reads a guest's invitation back: the calendar holds one item's time, the paper goes along, what is exempt
// does not, and answers go to the guest's own address.
func TestGuestMail(t *testing.T) {
	root := parts(t, composedOf(t, "guest").Raw)
	object := root.BreadthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/calendar" })
	text := strings.ReplaceAll(string(object.Content), "\r\n ", "")
	for _, line := range []string{"METHOD:REQUEST", "UID:uid-of-the-guest", "SEQUENCE:0", "DTSTART;TZID=Europe/Oslo:20261124T104000", "DTEND;TZID=Europe/Oslo:20261124T110000"} {
		if strings.Count(text, "\r\n"+line+"\r\n") != 1 {
			t.Errorf("the object has not exactly one %s:\n%s", line, text)
		}
	}
	if !strings.Contains(text, "RSVP=TRUE") || !strings.Contains(text, "raad+zyxwvutsrqponmlkjihgfedcba@voss.example") || !strings.Contains(text, "https://samraad.example/guest/page-of-the-guest") {
		t.Errorf("the object asks for no answer to the guest's own address, or has no way to the page:\n%s", text)
	}
	var files []string
	root.DepthMatchAll(func(p *enmime.Part) bool {
		if p.FileName != "" {
			files = append(files, p.FileName+": "+p.ContentType)
		}
		return false
	})
	if diff := cmp.Diff([]string{"invite.ics: application/ics", "Saksframlegg på nynorsk.txt: text/plain"}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	for _, name := range []string{"guest_taken_off", "guest_left", "guest_cancelled"} {
		if raw := string(composedOf(t, name).Raw); !strings.Contains(raw, "text/calendar; method=CANCEL") || strings.Contains(raw, "page-of-the-guest") {
			t.Errorf("%s: no cancellation, or the page is still named:\n%s", name, raw)
		}
	}
}

func composedOf(t *testing.T, name string) *mail.Composed {
	t.Helper()
	for _, l := range letters() {
		if l.name == name {
			c, err := mail.Compose(t.Context(), l.message(forum.Nynorsk), url, papers)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
	}
	t.Fatalf("there is no letter %s", name)
	return nil
}

func parts(t *testing.T, raw []byte) *enmime.Part {
	t.Helper()
	root, err := enmime.ReadParts(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestHeaders(t *testing.T) {
	for _, test := range []struct {
		name string
		want map[string]string
	}{
		{"invitation", map[string]string{
			"From": "=?utf-8?q?Samarbeidsr=C3=A5det?= <raad@voss.example>", "To": `"Helse- og omsorgssjef, Kvam herad" <leiar@kvam.example>`,
			"Reply-To": "=?utf-8?q?Samarbeidsr=C3=A5det?= <raad+abcdefghijklmnopqrstuvwxyz@voss.example>", "Content-Language": "nn",
			"Date": "Mon, 19 Oct 2026 10:30:00 +0200", "Message-Id": "<secret-of-the-message@voss.example>", "Auto-Submitted": "auto-generated",
			"X-Auto-Response-Suppress": "All", "List-Id": "<raad.voss.example>", mail.LoopHeader: "42", "User-Agent": "", "Precedence": "",
		}},
		{"receipt", map[string]string{"Reply-To": "=?utf-8?q?Samarbeidsr=C3=A5det?= <raad@voss.example>"}},
		{"relocated", map[string]string{"From": `"Underutval for rehabilitering" <rehab@voss.example>`}},
		{"held_unknown_sender", map[string]string{"To": "<leiar@kvam.example>"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			message, err := netmail.ReadMessage(bytes.NewReader(composedOf(t, test.name).Raw))
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range test.want {
				if got := message.Header.Get(name); decoded(got) != decoded(want) {
					t.Errorf("%s: got %s, want %s", name, got, want)
				}
			}
		})
	}
}

func decoded(value string) string {
	list, err := netmail.ParseAddressList(value)
	if err != nil {
		return value
	}
	return fmt.Sprint(list)
}

// TestOurOwnMailIsALoop keeps the header that we write and the one that the mailroom looks for the same.
func TestOurOwnMailIsALoop(t *testing.T) {
	for _, l := range letters() {
		if m := mail.Understand(composedOf(t, l.name).Raw, nil); m.Kind != mail.Loop {
			t.Errorf("%s that comes back is understood as %s", l.name, m.Kind)
		}
	}
}

func TestHostileNamesMakeNoHeader(t *testing.T) {
	const hostile = "Møte\r\nBcc: alle@kvam.example\r\nX-Injected: ja\r\n\r\n<script>alert(1)</script>\x00\u2028\"; method=CANCEL"
	for _, l := range []letter{
		{"invitation", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Forum, f.Person, f.Place = hostile, hostile, hostile
		})},
		{"cancellation", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Change, f.Forum, f.Reason = forum.Cancel, hostile, hostile
		})},
		{"receipt", forum.ReceiptMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Forum, f.Person, f.Title, f.Intake, f.Papers = hostile, hostile, hostile, hostile, []forum.Paper{{Name: hostile}, {Name: hostile, Refused: "paper.empty"}}
		})},
		{"asked", forum.RemovalAskedMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Way, f.Forum, f.Asker, f.Reason, f.ToTitle, f.Title = forum.Merge, hostile, hostile, hostile, hostile, hostile
		})},
		{"guest", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) {
			f.Forum, f.Person, f.Place, f.Title, f.Number, f.Exempt = hostile, hostile, hostile, hostile, hostile, []string{hostile}
			f.Papers = []forum.Paper{{Name: hostile, Type: hostile, Digest: "framlegg"}}
		})},
		{"held", forum.HeldMessage, forum.HeldFacts{Forum: hostile, Address: "raad@voss.example", Subject: hostile, Reason: "held.unknown_sender"}},
	} {
		t.Run(l.name, func(t *testing.T) {
			c, err := mail.Compose(t.Context(), l.message(forum.English), url, papers)
			if err != nil {
				t.Fatal(err)
			}
			root := parts(t, c.Raw)
			root.DepthMatchAll(func(p *enmime.Part) bool {
				for name := range p.Header {
					if name == "Bcc" || name == "X-Injected" {
						t.Errorf("%s has a header %s", p.ContentType, name)
					}
				}
				switch p.ContentType {
				case "text/html":
					if bytes.Contains(p.Content, []byte("<script")) {
						t.Error("the HTML has a script")
					}
				case "text/calendar":
					if lines := regexp.MustCompile(`(?m)^(BCC|X-INJECTED)`).FindAll(p.Content, -1); lines != nil {
						t.Errorf("the calendar object has a property %s", lines)
					}
				}
				return false
			})
			if strings.ContainsAny(c.Subject, "\r\n") {
				t.Errorf("the subject has lines: %q", c.Subject)
			}
		})
	}
}

func TestWhatCannotBeComposed(t *testing.T) {
	for _, l := range []letter{
		{"no such kind", "greeting", matterFacts(nil)},
		{"facts of another kind", forum.InvitationMessage, []string{"x"}},
		{"a paper that is gone", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) { f.Papers = []forum.Paper{{Name: "borte.pdf", Digest: "borte"}} })},
		{"placed on no meeting", forum.PlacedMessage, matterFacts(nil)},
		{"a meeting that ends before it begins", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.End = f.Start })},
	} {
		if _, err := mail.Compose(t.Context(), l.message(forum.Nynorsk), url, papers); err == nil {
			t.Errorf("%s: composed", l.name)
		}
	}
}
