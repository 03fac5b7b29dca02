package forum_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func number(id forum.DocumentID) string { return strconv.FormatInt(int64(id), 10) }

func corrected(by forum.Actor, id forum.EditionID, text string) act[*forum.Edition] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
		return forum.CorrectEdition(ctx, tx, by, id, text)
	}
}

// TestACorrectionReachesWhoGotTheWrongMail: a substitute who was released since
// learns of the mistake, and one who is called up later gets only what holds.
func TestACorrectionReachesWhoGotTheWrongMail(t *testing.T) {
	inHouses(t, withHours(0), func(h *house) {
		m, e := h.sentOut()
		h.answer(chair, m.ID, forum.NotComing)
		h.answer(chair, m.ID, forum.Coming)
		wrong := h.packages()
		h.wantReceivers(wrong, append([]string{substitute}, invitedToCouncil...)...)

		late := h.propose(vaksdal, "Ny sak")
		done(h, placed(h.as(ourSecretary), late.ID, m.ID))
		h.paper(e.Items[0].Matter, "retta notat.pdf", 10, forum.Internal)
		h.letters()
		correction, printed := printing(h, corrected(h.as(hfSecretary), e.ID, " Feil vedlegg i første sak. "))
		if diff := cmp.Diff([]forum.EditionID{correction.ID}, printed); diff != "" {
			h.Fatalf("to be printed (-want +got):\n%s", diff)
		}
		done(h, delivered(printOf(correction, 1000)))
		sent := h.packages()
		h.wantReceivers(sent, append([]string{substitute}, invitedToCouncil...)...)
		got := sent[vaksdal]
		if got.Sort != forum.CorrectionEdition || got.Text != "Feil vedlegg i første sak." || !got.Changed || !got.Lines[0].Changed || got.Lines[1].Changed {
			h.Errorf("the correction says %+v", got)
		}
		for _, line := range got.Lines {
			if line.Title == "Ny sak" {
				h.Error("a matter that was not before the keys goes out with a correction")
			}
		}
		if gone := sent[substitute]; gone.Files != nil || gone.Copy != "" || gone.Change != "" {
			h.Errorf("who has no place at the meeting any more gets %+v", gone)
		}
		rows := h.outOf(m.ID)
		if rows[1].CorrectedBy != correction.Number || rows[1].Copies[0].ReplacedBy != correction.ID {
			h.Errorf("the wrong edition is corrected by %d", rows[1].CorrectedBy)
		}
		old := h.copyOf(wrong[vaksdal].Copy)
		if old.Delivery.ReplacedBy != correction.ID || old.Newer != got.Copy {
			h.Errorf("the old copy leads to %q", old.Newer)
		}
		_, err := try(h, corrected(h.as(ourSecretary), e.ID, "Ein gong til"))
		refused(h.T, err, "conflict: error.edition.corrected")

		h.letters()
		h.answer(chair, m.ID, forum.NotComing)
		h.wantReceivers(h.packages())
		h.answer(substitute, m.ID, forum.NotComing)
		next := h.packages()
		h.wantReceivers(next, secondSubstitute)
		if next[secondSubstitute].Sort != forum.CorrectionEdition {
			h.Errorf("who is called up late gets the %s", next[secondSubstitute].Sort)
		}
	})
}

// TestACorrectionHoldsWhatWentOutSince: an old agenda that is corrected after a
// supplement has the supplement's matters too, so that who is called up late
// gets all of it.
func TestACorrectionHoldsWhatWentOutSince(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.sentOut()
		done(h, placed(h.as(ourSecretary), h.propose(vaksdal, "Ny sak").ID, m.ID))
		done(h, delivered(printOf(h.goOut(m.ID), 1000)))
		h.letters()
		done(h, delivered(printOf(done(h, corrected(h.as(ourSecretary), e.ID, "Feil vedlegg")), 1000)))
		got := h.packages()[vaksdal]
		if !slices.ContainsFunc(got.Lines, func(l forum.PackageLine) bool { return l.Title == "Ny sak" }) {
			t.Errorf("the correction holds %+v", got.Lines)
		}
	})
}

func TestCorrectionsThatAreRefused(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		asked := done(h, askedFor(h.as(ourSecretary), m.ID))
		_, err := try(h, corrected(h.as(ourSecretary), asked.ID, "Feil"))
		refused(h.T, err, "conflict: error.edition.not_out")
		done(h, worded(h.as(chair), asked.ID, approveAll))
		done(h, worded(h.as(deputy), asked.ID, approveAll))
		_, err = try(h, corrected(h.as(ourSecretary), asked.ID, "Feil"))
		refused(h.T, err, "conflict: error.edition.printing")
		done(h, delivered(printOf(asked, 1000)))
		for name, c := range map[string]struct{ who, text, want string }{
			"by a member":     {vaksdal, "Feil", "forbidden: error.forbidden.edit_agenda"},
			"without a word":  {ourSecretary, " \n ", "invalid: error.edition.no_text on text"},
			"of a person":     {ourSecretary, "Gjeld 13097248022", "invalid: error.identity_number on text"},
			"with a treatise": {hfSecretary, strings.Repeat("x", 2001), "invalid: error.too_long on text"},
		} {
			h.Run(name, func(t *testing.T) {
				_, err := try(h, corrected(h.as(c.who), asked.ID, c.text))
				refused(t, err, c.want)
			})
		}
	})
}

func noticed(by forum.Actor, id forum.MeetingID, text string) act[*forum.Edition] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
		return forum.SendNotice(ctx, tx, by, id, text)
	}
}

// TestANoticeGoesOutAtOnce on the day before the meeting and on its day, and
// shows who has confirmed.
func TestANoticeGoesOutAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		_, err := try(h, noticed(h.as(ourSecretary), m.ID, "Møt ved inngang B"))
		refused(h.T, err, "conflict: error.edition.notice_early")
		h.now = at("2026-03-01 00:00")
		_, err = try(h, noticed(h.as(chair), m.ID, "Møt ved inngang B"))
		refused(h.T, err, "forbidden: error.forbidden.move_meeting")
		_, err = try(h, noticed(h.as(ourSecretary), m.ID, ""))
		refused(h.T, err, "invalid: error.edition.no_text on text")
		h.now = at("2026-03-02 07:30")
		done(h, noticed(h.as(ourSecretary), m.ID, "Møt ved inngang B"))
		var want []string
		for _, to := range invitedToCouncil {
			if to != ourSecretary { // who tells it
				want = append(want, "notice "+to)
			}
		}
		letters := h.wantLetters(want...)
		link := facts[forum.NoticeFacts](h, letters[2]).Confirm
		if row := h.outOf(m.ID)[0]; row.Confirmed != 0 || len(row.Copies) != len(want) {
			h.Errorf("%d of %d have confirmed", row.Confirmed, len(row.Copies))
		}
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Delivery, error) {
			return forum.ConfirmCopy(ctx, tx, link)
		})
		if row := h.outOf(m.ID)[0]; row.Confirmed != 1 || row.Opened != 1 {
			h.Errorf("%d have confirmed, %d opened", row.Confirmed, row.Opened)
		}
		h.now = at("2026-03-02 12:00")
		_, err = try(h, noticed(h.as(ourSecretary), m.ID, "For seint"))
		refused(h.T, err, "conflict: error.edition.notice_early")
	})
}

// TestAChangeOnTheDayAsksToConfirm when a meeting is moved or cancelled then, and
// not when there is time.
func TestAChangeOnTheDayAsksToConfirm(t *testing.T) {
	for name, c := range map[string]struct {
		now  string
		off  bool
		want bool
	}{
		"moved in time":               {"2026-02-20 09:00", false, false},
		"moved on the day before":     {"2026-03-01 20:00", false, true},
		"moved on the day":            {"2026-03-02 07:00", false, true},
		"cancelled in time":           {"2026-02-20 09:00", true, false},
		"cancelled on the day itself": {"2026-03-02 07:00", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				m := h.called()
				h.now = at(c.now)
				if c.off {
					done(h, cancelled(h.as(ourSecretary), m.ID))
				} else {
					by, slot := h.as(ourSecretary), m.Slot
					slot.Start, slot.End = slot.Start.Add(time.Hour), slot.End.Add(time.Hour)
					done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
						return forum.MoveMeeting(ctx, tx, by, m.ID, slot)
					})
				}
				asked := 0
				for _, letter := range h.letters() {
					if link := facts[forum.InvitationFacts](h, letter).Confirm; link != "" {
						asked++
						done(h, func(ctx context.Context, tx forum.Tx) (*forum.Delivery, error) {
							return forum.ConfirmCopy(ctx, tx, link)
						})
					}
				}
				if want := map[bool]int{true: len(invitedToCouncil) - 1}[c.want]; asked != want {
					h.Errorf("%d are asked to confirm, want %d", asked, want)
				}
				if rows := h.outOf(m.ID); c.want && rows[0].Confirmed != len(invitedToCouncil)-1 || !c.want && len(rows) != 0 {
					h.Errorf("the secretaries see %+v", rows)
				}
			})
		})
	}
}
