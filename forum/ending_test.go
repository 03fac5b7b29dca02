package forum_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/samraad/samraad/forum"
)

// seatOf is a person's seat in the council in a capacity.
func (h *house) seatOf(address string, capacity forum.Capacity) forum.SeatID {
	h.Helper()
	person, in := h.person(address), h.forum("raad")
	all := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Seat, error) { return tx.WrittenSeats(ctx, in) })
	at := slices.IndexFunc(all, func(s forum.Seat) bool { return s.PersonID == person && s.Capacity == capacity })
	if at < 0 {
		h.Fatalf("%s has no such seat", address)
	}
	return all[at].ID
}

func ended(by forum.Actor, seat forum.SeatID, last forum.Date, heir forum.Heir) act[*forum.SeatEnding] {
	return func(ctx context.Context, tx forum.Tx) (*forum.SeatEnding, error) {
		return forum.EndSeat(ctx, tx, by, seat, last, heir)
	}
}

func endingUndone(by forum.Actor, id forum.EndingID) act[*forum.Seat] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Seat, error) { return forum.UndoEnding(ctx, tx, by, id) }
}

// refusedAs checks that an error is a refusal with a text.
func (h *house) refusedAs(name string, err error, key string) {
	h.Helper()
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Key != key {
		h.Errorf("%s: %v, want %s", name, err, key)
	}
}

// TestSeatEndsWithASuccessor ends a member's seat in time: the meeting after it
// changes hands, and so do matters, lines and what hangs on the seat.
func TestSeatEndsWithASuccessor(t *testing.T) {
	onBoth(t, func(h *house) {
		by, seat := h.as(hfSecretary), h.seatOf(bergen, forum.Member)
		before, after := h.call(h.plan("raad", "2026-03-03 10:00")), h.call(h.plan("raad", "2026-06-02 10:00"))
		matter := h.propose(bergen, "Felles rutine")
		done(h, placed(h.as(ourSecretary), matter.ID, after.ID))
		h.present(after.ID, bergen, "Avdelingssjef, Helse Bergen")
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			return true, forum.StartFeed(ctx, tx, h.as(bergen), h.forum("raad"))
		})
		h.letters()

		heir := forum.Heir{Name: "Ny avdelingssjef", Address: "Ny@bergen.example"}
		plan := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.EndingPlan, error) {
			return forum.PreviewEnding(ctx, tx, by, seat, "2026-03-31", heir)
		})
		if len(plan.Withdrawn) != 1 || plan.Withdrawn[0].ID != after.ID || len(plan.Matters) != 1 || len(plan.Lines) != 1 || len(plan.Feeds) != 1 || plan.Heir.ID != 0 {
			h.Fatalf("the preview: %+v", plan)
		}
		h.wantLetters()

		ending := done(h, ended(by, seat, "2026-03-31", heir))
		letters := h.wantLetters("invitation "+bergen, "invitation ny@bergen.example", "succession ny@bergen.example")
		if off, on := facts[forum.InvitationFacts](h, letters[0]), facts[forum.InvitationFacts](h, letters[1]); off.Change != forum.Cancel || off.Meeting != after.ID || on.Change != forum.Request || on.Meeting != after.ID {
			h.Errorf("calendars: %+v, %+v", off, on)
		}
		if told := facts[forum.SuccessionFacts](h, letters[2]); len(told.Matters) != 1 || len(told.Lines) != 1 || told.From != "2026-04-01" || told.Before != "Avdelingssjef, Helse Bergen" {
			h.Errorf("the successor is told %+v", told)
		}
		if got := h.presenter(after.ID); got != "Ny avdelingssjef" {
			h.Errorf("%s presents", got)
		}
		_, err := try(h, ended(by, seat, "2026-02-28", forum.Heir{}))
		h.refusedAs("ended again", err, "error.seat.ended")

		// Word of the matter goes to the proposer until the last day, then to the successor.
		done(h, putBack(h.as(ourSecretary), matter.ID))
		h.wantLetters("put-back " + bergen)
		h.now = at("2026-04-01 08:00")
		done(h, placed(h.as(ourSecretary), matter.ID, after.ID))
		if told := facts[forum.MatterFacts](h, h.wantLetters("placed ny@bergen.example")[0]); told.InPlace != "Avdelingssjef, Helse Bergen" {
			h.Errorf("the successor follows for %q", told.InPlace)
		}
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
			return forum.ReadMeetingPage(ctx, tx, h.as(bergen), before.ID)
		})
		if !forum.IsKind(err, forum.Forbidden) {
			h.Errorf("whose seat is over reads a meeting: %v", err)
		}
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) { return true, forum.DropEndedFeeds(ctx, tx) })
		if feeds := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Feed, error) { return tx.Feeds(ctx, h.person(bergen)) }); len(feeds) != 0 {
			h.Errorf("feeds are left: %v", feeds)
		}
		h.now = at("2026-04-02 08:00")
		_, err = try(h, endingUndone(by, ending.ID))
		h.refusedAs("undone once the successor sits", err, "error.seat.heir_sits")
	})
}

// present lets somebody present the last line of an agenda.
func (h *house) present(meeting forum.MeetingID, address, name string) {
	h.Helper()
	by := h.as(ourSecretary)
	done(h, func(ctx context.Context, tx forum.Tx) (*forum.RunningOrder, error) {
		editor, err := forum.ReadAgendaEditor(ctx, tx, by, meeting)
		if err != nil {
			return nil, err
		}
		var entries []forum.LineEntry
		for _, line := range editor.Lines {
			entries = append(entries, line.Line.Entry())
		}
		entries[len(entries)-1].Presenter = name
		return forum.SaveAgenda(ctx, tx, by, meeting, editor.Revision, entries)
	})
	if got := h.presenter(meeting); got != name {
		h.Fatalf("%s presents, want %s", got, name)
	}
}

// presenter is who presents the last line of an agenda.
func (h *house) presenter(meeting forum.MeetingID) string {
	h.Helper()
	by := h.as(ourSecretary)
	page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
		return forum.ReadMeetingPage(ctx, tx, by, meeting)
	})
	return page.Lines[len(page.Lines)-1].Presenter.Name
}

// TestSeatEndsWithoutASuccessor asks the organisation to appoint, and takes it
// all back while the last day is not over.
func TestSeatEndsWithoutASuccessor(t *testing.T) {
	onBoth(t, func(h *house) {
		by, seat := h.as(ourSecretary), h.seatOf(chair, forum.Chair)
		meeting := h.call(h.plan("raad", "2026-06-02 10:00"))
		matter := h.propose(chair, "Felles rutine")
		done(h, placed(by, matter.ID, meeting.ID))
		h.present(meeting.ID, chair, "Helse- og omsorgssjef, Kvam herad")
		h.letters()

		plan := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.EndingPlan, error) {
			return forum.PreviewEnding(ctx, tx, by, seat, "2026-01-31", forum.Heir{})
		})
		if !plan.Key || len(plan.Readers) != 1 || plan.Readers[0].Address != substitute || len(plan.Substitutes) != 1 {
			h.Fatalf("the preview: %+v", plan)
		}
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			organisation, err := tx.OrganisationByNumber(ctx, kvamNumber)
			if err != nil {
				return false, err
			}
			return true, forum.SetContact(ctx, tx, by, h.forum("raad"), organisation.ID, "Postmottak@kvam.example")
		})
		ending := done(h, ended(by, seat, "2026-01-31", forum.Heir{}))
		letters := h.wantLetters("invitation "+chair, "appoint postmottak@kvam.example")
		if asked := facts[forum.AppointFacts](h, letters[1]); asked.Capacity != forum.Chair || len(asked.Substitutes) != 1 || asked.Undone {
			h.Errorf("the organisation is asked %+v", asked)
		}
		if got := h.presenter(meeting.ID); got != "Kvam herad" {
			h.Errorf("%s presents", got)
		}

		_, err := try(h, endingUndone(h.as(hfSecretary), ending.ID))
		h.refusedAs("undone by the other level", err, "error.forbidden.other_level")
		h.now = at("2026-01-31 20:00")
		done(h, endingUndone(by, ending.ID))
		letters = h.wantLetters("invitation "+chair, "appoint postmottak@kvam.example")
		if on, asked := facts[forum.InvitationFacts](h, letters[0]), facts[forum.AppointFacts](h, letters[1]); on.Change != forum.Request || !asked.Undone {
			h.Errorf("taken back: %+v, %+v", on, asked)
		}
		if got := h.presenter(meeting.ID); got != "Helse- og omsorgssjef, Kvam herad" {
			h.Errorf("%s presents", got)
		}
		_, err = try(h, endingUndone(by, ending.ID))
		h.refusedAs("undone twice", err, "error.seat.undone")

		ending = done(h, ended(by, seat, "2026-02-10", forum.Heir{}))
		h.now = at("2026-03-01 09:00")
		h.letters()
		anew := done(h, endingUndone(by, ending.ID))
		if anew.ID == seat || anew.From != "2026-03-01" || anew.To != "" {
			h.Errorf("the seat begins anew as %+v", anew)
		}
		h.wantLetters("invitation "+chair, "appoint postmottak@kvam.example")
	})
}

// TestSeatsThatCannotEnd refuses days and successors that cannot be.
func TestSeatsThatCannotEnd(t *testing.T) {
	onBoth(t, func(h *house) {
		seat, own := h.seatOf(vaksdal, forum.Member), h.as(ourSecretary) // from 2024-01-01 to 2027-12-31
		for name, c := range map[string]struct {
			by   forum.Actor
			last forum.Date
			heir forum.Heir
			want string
		}{
			"no day":                     {own, "snart", forum.Heir{}, "error.date"},
			"long ago":                   {own, "2026-01-08", forum.Heir{}, "error.seat.past"},
			"after it ends":              {own, "2027-12-31", forum.Heir{}, "error.seat.ends_before"},
			"a name alone":               {own, "2026-02-01", forum.Heir{Name: "A"}, "error.seat.heir_address"},
			"an address alone":           {own, "2026-02-01", forum.Heir{Address: "a@vaksdal.example"}, "error.seat.heir_name"},
			"no address":                 {own, "2026-02-01", forum.Heir{Name: "A", Address: "a"}, "error.address"},
			"the forum itself":           {own, "2026-02-01", forum.Heir{Name: "A", Address: "raad@voss.example"}, "error.claim.forum"},
			"an identity number":         {own, "2026-02-01", forum.Heir{Name: "A 13097248022", Address: "a@vaksdal.example"}, "error.identity_number"},
			"oneself":                    {own, "2026-02-01", forum.Heir{Address: vaksdal}, "error.seat.own_heir"},
			"by a member":                {h.as(vaksdal), "2026-02-01", forum.Heir{}, "error.forbidden.seat_people"},
			"by the other level":         {h.as(hfSecretary), "2026-02-01", forum.Heir{}, "error.forbidden.other_level"},
			"by who has no seat at all":  {h.as(outside), "2026-02-01", forum.Heir{}, "error.forbidden.seat_people"},
			"by the operator, no person": {forum.Operator(), "2026-02-01", forum.Heir{}, "error.forbidden.seat_people"},
		} {
			_, err := try(h, ended(c.by, seat, c.last, c.heir))
			h.refusedAs(name, err, c.want)
		}
		_, err := try(h, ended(own, h.seatOf(former, forum.Member), "2026-02-01", forum.Heir{}))
		h.refusedAs("one that is over", err, "error.seat.over")
		h.wantLetters()
	})
}

// TestAnotherSeatKeepsTheInvitation ends one of two seats of a person.
func TestAnotherSeatKeepsTheInvitation(t *testing.T) {
	onBoth(t, func(h *house) {
		h.call(h.plan("raad", "2026-06-02 10:00"))
		h.letters()
		done(h, ended(h.as(ourSecretary), h.seatOf(vaksdal, forum.Member), "2026-01-31", forum.Heir{Address: outside, Name: "x"}))
		h.wantLetters("invitation "+outside, "succession "+outside)
	})
}

// TestTheOtherLevelSeesWhatHappensToAdvisorySeats ends the seat of a party that
// the specialist level appointed, over the table from the one that is told.
func TestTheOtherLevelSeesWhatHappensToAdvisorySeats(t *testing.T) {
	onBoth(t, func(h *house) {
		seat := h.seatOf(observing, forum.Observer)
		_, err := try(h, ended(h.as(ourSecretary), seat, "2026-01-31", forum.Heir{}))
		h.refusedAs("by the level that did not appoint", err, "error.forbidden.other_level")
		done(h, ended(h.as(hfSecretary), seat, "2026-01-31", forum.Heir{Address: outside, Name: "x"}))
		letters := h.wantLetters("succession "+outside, "seats "+ourSecretary)
		told := facts[forum.SeatsFacts](h, letters[1])
		if len(told.Seats) != 2 || told.Seats[0].Change != forum.EndedSeat || told.Seats[1].Change != forum.GivenSeat {
			h.Errorf("the other level is told %+v", told)
		}
	})
}

// TestWhoLeftHasNotTheLastWord lets a level's secretary take a removal back that
// one asked for who has left.
func TestWhoLeftHasNotTheLastWord(t *testing.T) {
	onBoth(t, func(h *house) {
		matter := h.propose(bergen, "Felles rutine")
		removal := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
			return forum.AskRemoval(ctx, tx, h.as(ourSecretary), matter.ID, forum.Removal{Way: forum.Return, Reason: "Uklar"})
		})
		withdraw := func(by string) error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
				return forum.WithdrawRemoval(ctx, tx, h.as(by), removal.ID)
			})
			return err
		}
		done(h, ended(h.as(ourSecretary), h.seatOf(ourSecretary, forum.Secretary), "2026-01-10", forum.Heir{Name: "Ny sekretær", Address: "ny@kvam.example"}))
		h.now = at("2026-01-11 09:00")
		h.refusedAs("by the other level", withdraw(hfSecretary), "error.removal.not_yours")
		h.must(withdraw("ny@kvam.example"))
	})
}

// TestGuestLinksEndWithTheSeat takes the person off an agenda that they were also
// a guest of, at meetings after the last day only.
func TestGuestLinksEndWithTheSeat(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		var links []string
		for _, start := range []string{"2026-03-03 10:00", "2026-06-02 10:00"} {
			meeting := h.call(h.plan("raad", start))
			matter := h.propose(chair, "Sak")
			done(h, placed(by, matter.ID, meeting.ID))
			guest := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) {
				editor, err := forum.ReadAgendaEditor(ctx, tx, by, meeting.ID)
				if err != nil {
					return nil, err
				}
				return forum.InviteGuest(ctx, tx, by, meeting.ID, editor.Lines[0].Key, "Avdelingssjef", bergen, forum.Nynorsk)
			})
			links = append(links, guest.Link)
		}
		h.letters()
		done(h, ended(h.as(hfSecretary), h.seatOf(bergen, forum.Member), "2026-03-31", forum.Heir{}))
		for i, link := range links {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.GuestPage, error) {
				return forum.ReadGuestPage(ctx, tx, link)
			})
			if open := err == nil; open != (i == 0) {
				h.Errorf("link %d is open: %v (%v)", i, open, err)
			}
		}
	})
}
