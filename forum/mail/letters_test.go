package mail_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

const url = "https://samraad.example"

var (
	made  = time.Date(2026, 10, 19, 8, 30, 0, 0, time.UTC)
	slot  = forum.Slot{Start: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Place: "Voss sjukehus, møterom 2"}
	dueBy = time.Date(2026, 11, 3, 22, 59, 0, 0, time.UTC)
)

// letter is one message as acts make it, without what every message has.
type letter struct {
	name  string
	kind  forum.MessageKind
	facts any
}

func invitationFacts(change func(*forum.InvitationFacts)) forum.InvitationFacts {
	facts := forum.InvitationFacts{
		Change: forum.Request, Meeting: 7, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: "abcdefghijklmnopqrstuvwxyz", Form: forum.Ordinary,
		Slot: slot, ItemsDue: dueBy, UID: "uid-of-the-meeting", Stamp: made, Required: true, MayPropose: true,
		Person: "Helse- og omsorgssjef, Kvam herad", To: "leiar@kvam.example",
	}
	change(&facts)
	return facts
}

func matterFacts(change func(*forum.MatterFacts)) forum.MatterFacts {
	facts := forum.MatterFacts{
		Matter: 3, Intake: "2026-17", Title: "Felles rutine for utskriving i helgane", Person: "Helse- og omsorgssjef, Kvam herad",
		Forum: "Samarbeidsrådet", Address: "raad@voss.example",
	}
	if change != nil {
		change(&facts)
	}
	return facts
}

const because = "Dette vart avgjort i Underutval for rehabilitering i vår.\nSjå sak 12/26 der, og ta kontakt med oss om noko manglar."

func letters() []letter {
	removal := func(way forum.Way) func(*forum.MatterFacts) {
		return func(f *forum.MatterFacts) {
			f.Person, f.Way, f.Reason, f.Asker = "Sekretær, Kvam herad", way, because, "Sekretær, Helse Bergen HF"
			f.ToForum, f.ToTitle = "Underutval for rehabilitering", "Utskriving på fredagar"
		}
	}
	contested := func(way forum.Way) func(*forum.MatterFacts) {
		return func(f *forum.MatterFacts) {
			removal(way)(f)
			f.Person, f.Objection = "Klinikkdirektør, Helse Bergen HF", "Saka gjeld alle kommunane, ikkje berre rehabilitering."
		}
	}
	list := []letter{
		{"invitation", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Form, f.Link = forum.Hybrid, "https://video.example/raadet"
		})},
		{"invitation_chair", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.Chairs = true })},
		{"invitation_late", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.ItemsDue = made.AddDate(0, 0, -1) })},
		{"invitation_observer", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Required, f.MayPropose, f.Place, f.Link, f.Form = false, false, "", "https://video.example/raadet", forum.Remote
			f.Start, f.End = f.Start.AddDate(0, 2, 1), f.End.AddDate(0, 2, 1)
		})},
		{"update", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Update, f.Sequence, f.Start, f.End = true, 1, f.Start.Add(26*time.Hour), f.End.Add(26*time.Hour)
		})},
		{"invitation_answer_by", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.AnswerBy = made.Add(72 * time.Hour) })},
		{"update_answer_by", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Update, f.Sequence, f.Start, f.End, f.AnswerBy = true, 1, f.Start.AddDate(0, 2, 0), f.End.AddDate(0, 2, 0), made.Add(72*time.Hour)
		})},
		{"cancellation", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Change, f.Update, f.Sequence, f.Reason = forum.Cancel, true, 2, "For få kan møte denne dagen."
		})},
		{"withdrawal", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.Change, f.Update = forum.Cancel, true })},
		{"invitation_substitute", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) { f.InPlace = "Kommunalsjef, Kvam herad" })},
		{"release", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Change, f.Update, f.InPlace = forum.Cancel, true, "Kommunalsjef, Kvam herad"
		})},
		{"no_substitute", forum.NoSubstituteMessage, forum.NoSubstituteFacts{
			Meeting: 7, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Slot: slot,
			Missing: []forum.MissingMember{{Person: "Kommunalsjef, Kvam herad", Organisation: "Kvam herad"}, {Person: "Avdelingssjef, Helse Bergen HF", Organisation: "Helse Bergen HF"}},
		}},
		{"receipt", forum.ReceiptMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Meeting = &forum.MeetingFacts{ID: 7, Slot: slot, ItemsDue: dueBy}
			f.Papers = []forum.Paper{
				{Name: "Saksframlegg.pdf", Size: 1_234_567}, {Name: "tom.docx", Refused: "paper.empty"},
				{Name: "Film frå avdelinga.mp4", Size: 24_000_000, Refused: "paper.too_large"}, {Name: "Tal.xlsx", Size: 48_200},
			}
		})},
		{"receipt_without_meeting", forum.ReceiptMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Papers = []forum.Paper{{Name: "tom.docx", Refused: "paper.empty"}}
		})},
		{"placed", forum.PlacedMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Number, f.Meeting = "12/26", &forum.MeetingFacts{ID: 7, Slot: slot, ItemsDue: dueBy}
		})},
		{"put_back", forum.PutBackMessage, matterFacts(func(f *forum.MatterFacts) { f.Number = "12/26" })},
		{"put_back_reaching", forum.PutBackMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Number, f.Meeting = "12/26", &forum.MeetingFacts{ID: 7, Slot: slot, ItemsDue: dueBy}
		})},
		{"returned", forum.ReturnedMessage, matterFacts(func(f *forum.MatterFacts) { f.Reason = because })},
		{"relocated", forum.RelocatedMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Reason, f.ToForum, f.Address = because, "Underutval for rehabilitering", "rehab@voss.example"
		})},
		{"claim", forum.ClaimMessage, forum.ClaimFacts{
			Person: "Helse- og omsorgssjef, Kvam herad", Claimed: "privat@kvam.example", Code: "abcd-efgh-2345", Until: made.Add(24 * time.Hour),
			Forum: "Samarbeidsrådet", Address: "raad@voss.example",
		}},
		{"sign_in", forum.SignInMessage, forum.SignInFacts{
			Person: "Helse- og omsorgssjef, Kvam herad", Link: "abcdefghijklmnopqrstuvwxyz", Code: "abcd-2345", Until: made.Add(30 * time.Minute),
			Forum: "Samarbeidsrådet", Address: "raad@voss.example",
		}},
		{"merged", forum.MergedMessage, matterFacts(func(f *forum.MatterFacts) { f.Reason, f.ToTitle = because, "Utskriving på fredagar" })},
	}
	list = slices.Concat(list, guestLetters(), packageLetters(), reminderLetters(), keysLetters(), seatLetters(), commentLetters())
	for _, way := range []forum.Way{forum.Return, forum.Relocate, forum.Merge} {
		list = append(list,
			letter{"removal_asked_" + string(way), forum.RemovalAskedMessage, matterFacts(removal(way))},
			letter{"removal_contested_" + string(way), forum.RemovalContestedMessage, matterFacts(contested(way))},
			letter{"removal_kept_" + string(way), forum.RemovalKeptMessage, matterFacts(func(f *forum.MatterFacts) {
				contested(way)(f)
				f.Person, f.Asker, f.ToForum, f.ToTitle = f.Asker, "", "", ""
			})})
	}
	for _, reason := range []string{
		"unauthenticated", "unknown_sender", "wrong_token", "no_right", "identity_number", "unreadable", "too_large", "too_deep", "too_many_parts",
	} {
		list = append(list, letter{"held_" + reason, forum.HeldMessage, forum.HeldFacts{
			Forum: "Samarbeidsrådet", Address: "raad@voss.example", Subject: "Sak til møtet: felles rutine for utskriving i helgane og på dei raude dagane", Reason: "held." + reason,
		}})
	}
	return list
}

func guestFacts(change func(*forum.GuestFacts)) forum.GuestFacts {
	facts := forum.GuestFacts{
		Change: forum.Request, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: "zyxwvutsrqponmlkjihgfedcba", Form: forum.Ordinary, Number: "12/26",
		Slot:  forum.Slot{Start: slot.Start.Add(40 * time.Minute), End: slot.Start.Add(time.Hour), Place: slot.Place},
		Title: "Felles rutine for utskriving i helgane", UID: "uid-of-the-guest", Stamp: made, Page: "page-of-the-guest",
		Person: "Fastlege, Kvam", To: "leiar@kvam.example",
	}
	change(&facts)
	return facts
}

// guestLetters are what someone who is invited to one item gets.
func guestLetters() []letter {
	return []letter{
		{"guest", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) {
			f.Form, f.Link = forum.Hybrid, "https://video.example/raadet"
			f.Papers = []forum.Paper{{Name: "Saksframlegg på nynorsk.txt", Type: "text/plain; charset=utf-8", Size: 7, Digest: "framlegg"}}
			f.OnPage = []forum.Paper{{Name: "Film frå avdelinga.mp4", Size: 24_000_000}}
			f.Exempt = []string{"offl. § 13", "offl. § 13", "offl. § 23"}
		})},
		{"guest_slot", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) {
			f.Number, f.Title, f.What, f.Level = "", "", forum.LevelSlot, forum.Specialist
		})},
		{"guest_update", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) {
			f.Update, f.Sequence, f.Exempt = true, 1, []string{""}
			f.Start, f.End = f.Start.Add(15*time.Minute), f.End.Add(15*time.Minute)
		})},
		{"guest_taken_off", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) { f.Change, f.Update, f.Sequence = forum.Cancel, true, 2 })},
		{"guest_left", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) {
			f.Change, f.Update, f.Sequence, f.Number, f.Title = forum.Cancel, true, 2, "", ""
		})},
		{"guest_cancelled", forum.GuestMessage, guestFacts(func(f *forum.GuestFacts) { f.Change, f.Update, f.Sequence, f.Off = forum.Cancel, true, 2, true })},
	}
}

// seatLetters are those about seats that come, change and end.
func seatLetters() []letter {
	seats := forum.SeatsFacts{In: 2, Forum: "Samarbeidsrådet", Address: "raad@voss.example", By: "Sekretær, Kvam herad", Seats: []forum.SeatFact{
		{Change: forum.GivenSeat, Person: "Avdelingssjef, Helse Bergen HF", Organisation: "Helse Bergen HF", Level: forum.Specialist, Capacity: forum.Member, From: "2026-11-01", To: "2028-12-31"},
		{Change: forum.AlteredSeat, Person: "Overlege, Helse Bergen HF", Organisation: "Helse Bergen HF", Level: forum.Specialist, Capacity: forum.Substitute},
		{Change: forum.EndedSeat, Person: "Brukarrepresentant", Organisation: "Brukarutvalet", Level: forum.Advisory, Capacity: forum.Observer, To: "2026-10-31"},
	}}
	operator := seats
	operator.By, operator.Seats = "", slices.Clone(seats.Seats[:1])
	operator.Seats[0].Change = forum.RestoredSeat
	appoint := forum.AppointFacts{
		In: 2, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Organisation: "Kvam herad", Person: "Kommunalsjef, Kvam herad", Capacity: forum.Deputy, Last: "2026-12-31",
		Substitutes: []string{"Einingsleiar, Kvam herad", "Rådgjevar, Kvam herad"},
	}
	kept := appoint
	kept.Undone = true
	succession := forum.SuccessionFacts{
		In: 2, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Organisation: "Kvam herad", Person: "Rådgjevar, Kvam herad", Before: "Kommunalsjef, Kvam herad",
		Capacity: forum.Deputy, From: "2027-01-01", Key: true, Matters: []forum.MatterFact{{ID: 3, Name: "2026-17 Felles rutine for utskriving i helgane"}},
		Lines:   []forum.LineFact{{Meeting: 7, Slot: slot, What: forum.LevelSlot, Level: forum.Municipal}, {Meeting: 7, Slot: slot, Title: "Beredskap"}},
		Waiting: []forum.MatterFact{{ID: 4, Name: "12/26 Utskriving på fredagar"}},
	}
	staying := succession
	staying.Undone = true
	failed := forum.ErrandFailedFacts{
		Forum: "Samarbeidsrådet", Address: "raad@voss.example", Person: "Sekretær, Kvam herad",
		Errand: forum.Errand{Kind: "call", SubjectKind: "meeting", SubjectID: 7, About: map[string]string{"Start": slot.Start.Format(time.RFC3339)}, PressedAt: made, Trouble: "error.errand.changed"},
	}
	return []letter{
		{"errand_failed", forum.ErrandFailedMessage, failed}, {"seats", forum.SeatsMessage, seats}, {"seats_operator", forum.SeatsMessage, operator}, {"appoint", forum.AppointMessage, appoint},
		{"appoint_undone", forum.AppointMessage, kept}, {"succession", forum.SuccessionMessage, succession}, {"succession_undone", forum.SuccessionMessage, staying},
		{"placed_follower", forum.PlacedMessage, matterFacts(func(f *forum.MatterFacts) {
			f.Number, f.Meeting, f.InPlace = "12/26", &forum.MeetingFacts{ID: 7, Slot: slot, ItemsDue: dueBy}, "Kommunalsjef, Kvam herad"
		})},
	}
}

// shelf holds the papers that go along.
type shelf map[forum.Digest]string

var papers = shelf{"framlegg": "Hei på"}

func (s shelf) Put(context.Context, io.Reader) (forum.Digest, int64, error) {
	return "", 0, errors.ErrUnsupported
}

func (s shelf) Open(_ context.Context, digest forum.Digest) (io.ReadCloser, error) {
	content, there := s[digest]
	if !there {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.file")
	}
	return io.NopCloser(strings.NewReader(content)), nil
}

func (l letter) message(language forum.Language) *forum.Message {
	return &forum.Message{
		ID: 42, To: "leiar@kvam.example", Kind: l.kind, Language: language, Facts: forum.MarshalFacts(l.facts), CreatedAt: made,
		State: forum.Queued, MIMEID: "secret-of-the-message@voss.example",
	}
}

var languages = []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English}

func TestLetters(t *testing.T) {
	for _, l := range letters() {
		for _, language := range languages {
			t.Run(l.name+"/"+string(language), func(t *testing.T) {
				c, err := mail.Compose(t.Context(), l.message(language), url, papers)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(c.Subject+c.Plain+string(c.Raw), "⟦") {
					t.Errorf("a text is missing:\n%s\n%s", c.Subject, c.Plain)
				}
				golden(t, filepath.Join("letters", l.name+"."+string(language)+".txt"), "Subject: "+c.Subject+"\n\n"+c.Plain)
			})
		}
	}
}

var boundary = regexp.MustCompile(`[0-9a-f]{60}`)

// TestWholeMails holds every byte of the mails that calendars read; the boundaries between parts are random.
func TestWholeMails(t *testing.T) {
	for _, l := range letters() {
		if l.name != "invitation" && l.name != "update" && l.name != "cancellation" && l.name != "guest" && l.name != "package" {
			continue
		}
		c, err := mail.Compose(t.Context(), l.message(forum.Nynorsk), url, papers)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]string{}
		raw := boundary.ReplaceAllStringFunc(string(c.Raw), func(found string) string {
			if names[found] == "" {
				names[found] = fmt.Sprintf("boundary-%d", len(names)+1)
			}
			return names[found]
		})
		golden(t, filepath.Join("mails", l.name+".eml"), raw)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if mail.Update() {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
