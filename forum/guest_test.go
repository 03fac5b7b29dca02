package forum_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

const doctor = "fastlege@legesenter.example"

func guestOf(by forum.Actor, id forum.MeetingID, line, name, address string, language forum.Language) act[*forum.Guest] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) {
		return forum.InviteGuest(ctx, tx, by, id, line, name, address, language)
	}
}

func guestGone(by forum.Actor, id forum.GuestID) act[*forum.Guest] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) {
		return forum.TakeOffGuest(ctx, tx, by, id)
	}
}

func (h *house) guestPage(link string) (page *forum.GuestPage, err error) {
	err = h.keeper.Read(h.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		page, err = forum.ReadGuestPage(ctx, tx, link)
		return err
	})
	return page, err
}

// guestLetter is the one letter since the last look, which is to the guest.
func (h *house) guestLetter() forum.GuestFacts {
	h.Helper()
	return facts[forum.GuestFacts](h, h.wantLetters("guest " + doctor)[0])
}

// withGuest is a called meeting with a matter, and a guest of it.
func (h *house) withGuest() (forum.MeetingID, *forum.Matter, *forum.Guest) {
	h.Helper()
	by, id := h.as(ourSecretary), h.plan("raad", "2026-03-02 09:00")
	matter := h.propose(vaksdal, "Ei sak")
	done(h, placed(by, matter.ID, id))
	h.call(id)
	h.letters()
	_, entries := h.entries(id)
	guest := done(h, guestOf(by, id, entries[lineAt(entries, "item-")].Key, " Fastlege  Hansen ", "Fastlege@Legesenter.example", forum.English))
	return id, matter, guest
}

func TestAGuestFollowsTheItem(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id, matter, guest := h.withGuest()
		first := h.guestLetter()
		if first.Change != forum.Request || first.Update || first.Sequence != 0 || first.Person != "Fastlege Hansen" || first.Title != "Ei sak" ||
			!first.Start.Equal(at("2026-03-02 09:25")) || !first.End.Equal(at("2026-03-02 09:45")) {
			h.Fatalf("the first letter says %+v", first)
		}
		by := h.as(hfSecretary)
		base, entries := h.entries(id)
		entries[0].Minutes = 20
		done(h, agendaSaved(by, id, base, entries))
		moved := h.guestLetter()
		if !moved.Update || moved.Sequence != 1 || moved.UID != first.UID || !moved.Start.Equal(at("2026-03-02 09:40")) {
			h.Fatalf("after the change: %+v", moved)
		}
		base, entries = h.entries(id)
		entries[len(entries)-1].Minutes = 60 // after the guest's item
		done(h, agendaSaved(by, id, base, entries))
		h.wantLetters()

		done(h, putBack(h.as(ourSecretary), matter.ID))
		letters := h.wantLetters("put-back "+vaksdal, "guest "+doctor)
		if off := facts[forum.GuestFacts](h, letters[1]); off.Change != forum.Cancel || off.Sequence != 2 || off.Off {
			h.Fatalf("after the item left: %+v", off)
		}
		_, err := h.guestPage(guest.Link)
		refused(h.T, err, "not found: error.guest.link")
		done(h, placed(h.as(ourSecretary), matter.ID, id))
		h.wantLetters("placed " + vaksdal) // the guest is not invited anew
	})
}

func TestAGuestOfADraftHearsWhenItIsCalled(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by, id := h.as(ourSecretary), h.plan("raad", "2026-03-02 09:00")
		_, entries := h.entries(id)
		done(h, guestOf(by, id, entries[0].Key, "Fastlege", doctor, forum.Nynorsk))
		silent := done(h, guestOf(by, id, entries[1].Key, "Ein til", "ein@legesenter.example", forum.Nynorsk))
		done(h, guestGone(by, silent.ID))
		base, entries := h.entries(id)
		entries[0], entries[1] = entries[1], entries[0]
		done(h, agendaSaved(by, id, base, entries))
		h.wantLetters()
		h.call(id)
		letters := h.letters()
		last := letters[len(letters)-1]
		if said := facts[forum.GuestFacts](h, last); last.Kind != forum.GuestMessage || said.Sequence != 0 || !said.Start.Equal(at("2026-03-02 09:10")) {
			h.Fatalf("the last letter is %s: %s", last.Kind, last.Facts)
		}
		if slices.ContainsFunc(letters, func(m forum.Message) bool { return m.To == silent.Address }) {
			h.Error("someone taken off before the call heard of it")
		}
	})
}

func TestAGuestOfAMovedAndACancelledMeeting(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id, _, guest := h.withGuest()
		h.letters()
		done(h, moved(h.as(ourSecretary), id, slot("2026-03-03 12:00", "2026-03-03 14:00")))
		letters := h.letters()
		if said := facts[forum.GuestFacts](h, letters[len(letters)-1]); !said.Update || said.Sequence != 1 || !said.Start.Equal(at("2026-03-03 12:25")) {
			h.Fatalf("after the move: %+v", said)
		}
		done(h, cancelled(h.as(ourSecretary), id))
		var said []forum.GuestFacts
		for _, m := range h.letters() {
			if m.Kind == forum.GuestMessage {
				said = append(said, facts[forum.GuestFacts](h, m))
			}
		}
		if len(said) != 1 || said[0].Change != forum.Cancel || said[0].Sequence != 2 || !said[0].Off || said[0].Title != "Ei sak" {
			h.Fatalf("after the cancellation: %+v", said)
		}
		_, err := h.guestPage(guest.Link)
		refused(h.T, err, "not found: error.guest.link")
	})
}

func TestGuestsThatAreRefused(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id, _, guest := h.withGuest()
		by := h.as(hfSecretary)
		for name, c := range map[string]struct {
			by                  forum.Actor
			line, name, address string
			language            forum.Language
			want                string
		}{
			"by a member":          {h.as(vaksdal), guest.Line, "Gjest", "ny@lege.example", forum.Nynorsk, "forbidden: error.forbidden.edit_agenda"},
			"without a name":       {by, guest.Line, " ", "ny@lege.example", forum.Nynorsk, "invalid: error.guest.no_name on name"},
			"with a long name":     {by, guest.Line, strings.Repeat("x", 251), "ny@lege.example", forum.Nynorsk, "invalid: error.too_long on name"},
			"without an address":   {by, guest.Line, "Gjest", "lege", forum.Nynorsk, "invalid: error.address on address"},
			"in another language":  {by, guest.Line, "Gjest", "ny@lege.example", "de", "invalid: error.guest.language on language"},
			"to no line":           {by, "item-999", "Gjest", "ny@lege.example", forum.Nynorsk, "not found: error.guest.no_line"},
			"twice to one":         {by, guest.Line, "Gjest", strings.ToUpper(doctor), forum.Nynorsk, "conflict: error.guest.twice on address"},
			"though to another":    {by, "standing-1", "Gjest", doctor, forum.Nynorsk, ""},
			"by someone elsewhere": {h.as(outside), guest.Line, "Gjest", "ny@lege.example", forum.Nynorsk, "forbidden: error.forbidden.edit_agenda"},
		} {
			h.Run(name, func(t *testing.T) {
				_, err := try(h, guestOf(c.by, id, c.line, c.name, c.address, c.language))
				refused(t, err, c.want)
			})
		}
		_, err := try(h, guestGone(h.as(vaksdal), guest.ID))
		refused(h.T, err, "forbidden: error.forbidden.edit_agenda")
		done(h, guestGone(by, guest.ID))
		_, err = try(h, guestGone(by, guest.ID))
		refused(h.T, err, "conflict: error.guest.taken_off")
		_, err = try(h, guestGone(by, 9999))
		refused(h.T, err, "not found: error.not_found.guest")
	})
}

func TestAGuestSeesOneItemAndNothingExempt(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id, matter, guest := h.withGuest()
		paper := func(name string, size int64, access forum.AccessCode, basis string) forum.DocumentID {
			return done(h, func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
				d := &forum.Document{MatterID: matter.ID, Name: name, Type: "application/pdf", Size: size, Digest: forum.Digest(name), Access: access, Basis: basis, AddedAt: h.now}
				return d, tx.SaveDocument(ctx, d)
			}).ID
		}
		secret, shown := paper("hemmeleg.pdf", 5, forum.Exempt, "offl. § 13"), paper("notat.pdf", 9_000_000, forum.Internal, "")
		paper("film.mp4", 2_000_000, forum.Open, "")
		done(h, moved(h.as(ourSecretary), id, slot("2026-03-02 10:00", "2026-03-02 13:00")))
		letters := h.letters()
		said := letters[len(letters)-1]
		letter := facts[forum.GuestFacts](h, said)
		if len(letter.Papers) != 1 || letter.Papers[0].Name != "notat.pdf" || len(letter.OnPage) != 1 || letter.OnPage[0].Name != "film.mp4" ||
			!slices.Equal(letter.Exempt, []string{"offl. § 13"}) || strings.Contains(string(said.Facts), "hemmeleg") {
			h.Errorf("the letter says %s", said.Facts)
		}
		page, err := h.guestPage(guest.Link)
		h.must(err)
		if page.Title != "Ei sak" || len(page.Papers) != 2 || !slices.Equal(page.Exempt, []string{"offl. § 13"}) || !page.Start.Equal(at("2026-03-02 10:25")) {
			h.Errorf("the page shows %+v", page)
		}
		fetch := func(id forum.DocumentID) error {
			return h.keeper.Read(h.Context(), func(ctx context.Context, tx forum.Tx) error {
				_, err := forum.ReadGuestPaper(ctx, tx, guest.Link, id)
				return err
			})
		}
		refused(h.T, fetch(shown), "")
		refused(h.T, fetch(secret), "not found: error.not_found.document")
		for clock, want := range map[string]string{"2026-03-03 23:58": "", "2026-03-04 00:00": "not found: error.guest.link"} {
			h.now = at(clock)
			_, err := h.guestPage(guest.Link)
			refused(h.T, err, want)
		}
		_, err = h.guestPage("feil")
		refused(h.T, err, "not found: error.guest.link")
	})
}

func TestMembersDoNotSeeGuestsAddresses(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id, _, _ := h.withGuest()
		for who, want := range map[string]string{ourSecretary: doctor, hfSecretary: doctor, vaksdal: "", observing: ""} {
			by := h.as(who)
			page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
				return forum.ReadMeetingPage(ctx, tx, by, id)
			})
			at := slices.IndexFunc(page.Lines, func(r forum.LineRow) bool { return len(r.Guests) > 0 })
			if at < 0 || page.Lines[at].Guests[0].Address != want || page.Lines[at].Guests[0].Link != "" {
				h.Errorf("%s sees the guests of line %d", who, at)
			}
		}
	})
}

// TestSequenceGrowsWithEachChange lets a guest's line come, move and go: each
// mail has a higher sequence than the one before, and there is one for each
// change alone.
func TestSequenceGrowsWithEachChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		guest, last, off := forum.Guest{}, -1, false
		var told forum.Slot
		for _, step := range rapid.SliceOfN(rapid.IntRange(-1, 3), 0, 10).Draw(t, "steps") {
			var to *forum.Slot
			if step >= 0 {
				start := planned.Add(time.Duration(step) * time.Hour)
				to = &forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Heradshuset"}
			}
			change := guest.Follow(to)
			want := forum.Request
			switch {
			case off || to != nil && *to == told:
				want = ""
			case to == nil && last < 0:
				want, off = "", true
			case to == nil:
				want, off = forum.Cancel, true
			default:
				told = *to
			}
			if change != want {
				t.Fatalf("step %d sends %q, want %q", step, change, want)
			}
			if want != "" {
				if guest.Sequence != last+1 {
					t.Fatalf("sequence %d after %d", guest.Sequence, last)
				}
				last = guest.Sequence
			}
		}
	})
}

func TestPapersForAGuest(t *testing.T) {
	paper := func(name string, size int64, access forum.AccessCode) forum.Document {
		return forum.Document{Name: name, Size: size, Access: access, Basis: "offl. § 14"}
	}
	held := paper("f", 1, forum.Open)
	held.Held = true
	got := forum.PapersForGuest([]forum.Document{
		held,
		paper("a", 6_000_000, forum.Internal), paper("b", 5_000_000, forum.Open), paper("c", 1, forum.Exempt), paper("d", 4_000_000, forum.Open), paper("e", 1, forum.Open),
	})
	want := forum.GuestPapers{
		Attached: []forum.Document{paper("a", 6_000_000, forum.Internal), paper("d", 4_000_000, forum.Open)},
		OnPage:   []forum.Document{paper("b", 5_000_000, forum.Open), paper("e", 1, forum.Open)},
		Exempt:   []string{"offl. § 14"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
