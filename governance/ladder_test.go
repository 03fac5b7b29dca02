package governance_test

import (
	"context"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

func ladderOpened(by forum.Actor, matter forum.MatterID) deed[*Ladder] {
	return func(ctx context.Context, tx Tx) (*Ladder, error) {
		return OpenLadder(ctx, tx, by, matter, LadderOpening{Reason: "Nivåa er usamde", Deadline: "2026-03-20"})
	}
}

func positioned(by forum.Actor, id LadderID, level forum.Level, text string, submit bool) deed[*LadderPosition] {
	return func(ctx context.Context, tx Tx) (*LadderPosition, error) {
		return SetPosition(ctx, tx, by, id, level, text, submit)
	}
}

func climbed(by forum.Actor, id LadderID, c Climbing) deed[*LadderRung] {
	return func(ctx context.Context, tx Tx) (*LadderRung, error) {
		c.Labels = map[forum.Level]string{m: "municipal", s: "specialist"}
		return Climb(ctx, tx, by, id, c)
	}
}

func (h *house) ladder(who string) LadderView {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*LadderPage, error) {
		return ReadLadderPage(ctx, tx, h.as(who), h.matter)
	}).Ladders[0]
}

func TestADisagreementClimbsWithBothPositions(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, committee := h.grow(nil)
		refused(h, "error.forbidden.other_level", ladderOpened(h.as(users), h.matter))
		refused(h, "error.forbidden.open_ladder", ladderOpened(h.as(substitute), h.matter))
		l := done(h, ladderOpened(h.as(bergen), h.matter))
		refused(h, "error.conflict.ladder", ladderOpened(h.as(chair), h.matter))
		h.want("asked", h.posted(LadderOpenedMessage), []string{
			"ladder-opened " + chair, "ladder-opened " + deputy, "ladder-opened " + vaksdal, "ladder-opened " + secretary, "ladder-opened " + hospitalSecretary,
		})

		done(h, positioned(h.as(chair), l.ID, m, "Kommunane seier ja.", false))
		refused(h, "error.forbidden.other_level", positioned(h.as(chair), l.ID, s, "Eg skriv for sjukehusa", false))
		refused(h, "error.ladder.positions", climbed(h.as(secretary), l.ID, Climbing{Kind: ForumRung, To: top, Question: "Kven har rett?"}))
		if side := h.ladder(deputy).Sides[0]; side.Text != "" || side.Position != nil || side.MayWrite {
			h.Errorf("the other level reads what is not submitted: %+v", side)
		}
		if side := h.ladder(vaksdal).Sides[0]; side.Text != "Kommunane seier ja." || !side.MayWrite {
			h.Errorf("the own level does not go on with it: %+v", side)
		}
		done(h, positioned(h.as(vaksdal), l.ID, m, "Kommunane seier ja, samla.", true))
		refused(h, "error.ladder.submitted", positioned(h.as(chair), l.ID, m, "Nei likevel", true))
		if side := h.ladder(deputy).Sides[0]; side.Text != "Kommunane seier ja, samla." {
			h.Errorf("the other level does not read what is submitted: %+v", side)
		}
		done(h, positioned(h.as(deputy), l.ID, s, "Sjukehusa seier nei.", true))

		refused(h, "error.ladder.above", climbed(h.as(secretary), l.ID, Climbing{Kind: ForumRung, To: committee, Question: "?"}))
		refused(h, "error.forbidden.climb_ladder", climbed(h.as(vaksdal), l.ID, Climbing{Kind: ForumRung, To: top, Question: "?"}))
		r := done(h, climbed(h.as(deputy), l.ID, Climbing{Kind: ForumRung, To: top, Question: "Kven har rett?"}))
		e := seen(h, func(ctx context.Context, tx Tx) (*Escalation, error) { return tx.Escalation(ctx, r.EscalationID) })
		if e.Question != "Kven har rett?\n\nmunicipal:\nKommunane seier ja, samla.\n\nspecialist:\nSjukehusa seier nei." {
			h.Errorf("what goes up is %q", e.Question)
		}
		refused(h, "error.ladder.no_board", func(ctx context.Context, tx Tx) (*LadderRung, error) {
			return EnterBoardAnswer(ctx, tx, h.as(secretary), l.ID, "Ja")
		})
		done(h, answeredWith(h.as(topSecretary), e.ID, "De må prøve ei nemnd."))
		if v := h.ladder(users); v.State != BackLadder || v.Rungs[0].Answer != "De må prøve ei nemnd." {
			h.Errorf("it came back as %+v", v)
		}

		refused(h, "error.text_missing", climbed(h.as(secretary), l.ID, Climbing{Kind: NationalBoardRung}))
		refused(h, "error.identity_number", climbed(h.as(secretary), l.ID, Climbing{Kind: LocalBoardRung, Papers: "Pasienten 13097248022"}))
		done(h, climbed(h.as(secretary), l.ID, Climbing{Kind: LocalBoardRung, Papers: "To partar, A og B."}))
		done(h, func(ctx context.Context, tx Tx) (*LadderRung, error) {
			return EnterBoardAnswer(ctx, tx, h.as(chair), l.ID, "B har rett.")
		})
		refused(h, "error.ladder.order", climbed(h.as(secretary), l.ID, Climbing{Kind: ForumRung, To: top, Question: "?"}))
		done(h, func(ctx context.Context, tx Tx) (*Ladder, error) {
			return SettleLadder(ctx, tx, h.as(hospitalSecretary), l.ID)
		})
		refused(h, "error.ladder.state.settled", func(ctx context.Context, tx Tx) (*Ladder, error) { return SettleLadder(ctx, tx, h.as(chair), l.ID) })
		h.want("the log", h.deeds("ladder_opened"), []string{
			"ladder_opened", "position_written", "position_submitted", "position_submitted", "matter_sent_up", "ladder_climbed_forum", "escalation_answered",
			"ladder_climbed_local-board", "ladder_answered", "ladder_settled",
		})
		done(h, ladderOpened(h.as(chair), h.matter)) // another disagreement is another ladder
	})
}

func TestALevelThatIsSilentIsRemindedAndThenDoneWithout(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		l := done(h, ladderOpened(h.as(chair), h.matter))
		done(h, positioned(h.as(chair), l.ID, m, "Ja", true))
		for _, at := range []string{"2026-03-16 10:00", "2026-03-17 10:00"} {
			h.now = oslo(at)
			h.must(Scan(h.Context(), h.keeper, noHolidays{}))
		}
		h.want("reminded", h.posted(LadderDueMessage), []string{"ladder-due " + deputy, "ladder-due " + bergen, "ladder-due " + hospitalSecretary})
		h.now = oslo("2026-03-20 23:00")
		refused(h, "error.ladder.positions", climbed(h.as(chair), l.ID, Climbing{Kind: ForumRung, To: top, Question: "?"}))
		h.now = oslo("2026-03-21 10:00")
		done(h, climbed(h.as(chair), l.ID, Climbing{Kind: ForumRung, To: top, Question: "?"}))
	})
}

func room(by forum.Actor, matter forum.MatterID, party forum.OrganisationID, level forum.Level) deed[*Room] {
	return func(ctx context.Context, tx Tx) (*Room, error) { return OpenRoom(ctx, tx, by, matter, party, level) }
}

// TestWhatIsSaidInARoomStaysThere seeds a secret and looks for it in all that
// others read or are sent.
func TestWhatIsSaidInARoomStaysThere(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		const secret = "Kvitserkprosjektet"
		h.grow(nil)
		kvam := h.partyOf(chair)
		r := done(h, room(h.as(chair), h.matter, kvam, ""))
		levels := done(h, room(h.as(vaksdal), h.matter, 0, m))
		refused(h, "error.conflict.room", room(h.as(secretary), h.matter, kvam, ""))
		refused(h, "error.not_found.room", room(h.as(deputy), h.matter, kvam, ""))
		refused(h, "error.not_found.room", room(h.as(deputy), h.matter, 0, m))
		refused(h, "error.not_found.room", room(h.as(users), h.matter, 0, a))
		done(h, room(h.as(deputy), h.matter, 0, s)) // the same for the other level

		for _, id := range []RoomID{r.ID, levels.ID} {
			done(h, func(ctx context.Context, tx Tx) (*RoomNote, error) {
				return WriteRoomNote(ctx, tx, h.as(chair), id, secret)
			})
			done(h, func(ctx context.Context, tx Tx) (*Stand, error) {
				return AgreeStand(ctx, tx, h.as(secretary), id, 0, secret, h.person(chair))
			})
		}
		refused(h, "error.room.changed", func(ctx context.Context, tx Tx) (*Stand, error) {
			return AgreeStand(ctx, tx, h.as(chair), r.ID, 0, "Noko anna", 0)
		})
		refused(h, "error.room.spokesperson", func(ctx context.Context, tx Tx) (*Stand, error) {
			return AgreeStand(ctx, tx, h.as(chair), r.ID, 1, "Noko anna", h.person(deputy))
		})

		readers := func(who string) (all string) {
			by := h.as(who)
			h.must(h.keeper.Read(h.Context(), func(ctx context.Context, of forum.Tx) error {
				tx := In(of)
				for _, id := range []RoomID{r.ID, levels.ID} {
					p, err := ReadRoom(ctx, tx, by, id)
					if err != nil && !forum.IsKind(err, forum.NotFound) && !forum.IsKind(err, forum.Forbidden) {
						return err
					}
					all += string(forum.MarshalFacts(p))
				}
				for _, read := range []func() (any, error){
					func() (any, error) { return ReadRooms(ctx, tx, by, h.matter) },
					func() (any, error) { return forum.ReadMatterPage(ctx, tx, by, h.matter) },
					func() (any, error) { return forum.ReadMeetingPage(ctx, tx, by, h.meeting) },
					func() (any, error) { return forum.ReadForumPage(ctx, tx, by, h.council) },
					func() (any, error) { return ReadJourney(ctx, tx, by, h.matter) },
					func() (any, error) { return ReadLedgerPage(ctx, tx, by, h.matter) },
					func() (any, error) { return ReadLadderPage(ctx, tx, by, h.matter) },
					func() (any, error) { return tx.Chain(ctx, h.council) },
					func() (any, error) { return tx.History(ctx, RoomObject(r.ID)) },
					func() (any, error) { return tx.Messages(ctx, h.council, 0, 1000) },
				} {
					p, err := read()
					if err != nil && !forum.IsKind(err, forum.Forbidden) {
						return err
					}
					all += string(forum.MarshalFacts(p))
				}
				return nil
			}))
			return all
		}
		if !strings.Contains(readers(secretary), secret) || !strings.Contains(readers(vaksdal), secret) {
			h.Error("those of the room do not read it: the search proves nothing")
		}
		for _, who := range []string{deputy, bergen, users, substitute, hospitalSecretary, outside, topSecretary} {
			if strings.Contains(readers(who), secret) {
				h.Errorf("%s reads what is said in the room", who)
			}
		}
		refused(h, "error.not_found.room", func(ctx context.Context, tx Tx) (*RoomPage, error) { return ReadRoom(ctx, tx, forum.Operator(), r.ID) })
		refused(h, "error.not_found.room", func(ctx context.Context, tx Tx) (*RoomPage, error) { return ReadRoom(ctx, tx, h.as(vaksdal), r.ID) })

		refused(h, "error.not_found.room", func(ctx context.Context, tx Tx) (*Stand, error) { return PublishStand(ctx, tx, h.as(bergen), r.ID, 1) })
		done(h, func(ctx context.Context, tx Tx) (*Stand, error) { return PublishStand(ctx, tx, h.as(chair), r.ID, 1) })
		refused(h, "error.room.published", func(ctx context.Context, tx Tx) (*Stand, error) { return PublishStand(ctx, tx, h.as(chair), r.ID, 1) })
		published := seen(h, func(ctx context.Context, tx Tx) (*RoomsPage, error) {
			return ReadRooms(ctx, tx, h.as(deputy), h.matter)
		}).Published
		if len(published) != 1 || published[0].Text != secret || published[0].Name != "Kvam herad" {
			h.Errorf("published is %+v", published)
		}
		done(h, func(ctx context.Context, tx Tx) (*Stand, error) {
			return AgreeStand(ctx, tx, h.as(secretary), r.ID, 1, "Berre vårt", 0)
		})
		if strings.Contains(readers(deputy), "Berre vårt") {
			h.Error("a version after the published one is read")
		}
	})
}

// partyOf is the organisation that somebody sits for in the council.
func (h *house) partyOf(address string) forum.OrganisationID {
	h.Helper()
	person := h.person(address)
	for _, seat := range seen(h, func(ctx context.Context, tx Tx) ([]forum.Seat, error) {
		return tx.Seats(ctx, h.council, forum.DateOf(h.now))
	}) {
		if seat.PersonID == person {
			return seat.OrganisationID
		}
	}
	h.Fatalf("%s has no seat", address)
	return 0
}
