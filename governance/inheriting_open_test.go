package governance_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	. "github.com/samraad/samraad/governance"
)

// slowKeys leaves time for seats to change hands.
var slowKeys = forum.MandateEntry{Keys: []forum.Capacity{forum.Chair, forum.Deputy}, KeyHours: 720}

// changes are the ways in which the chair's seat becomes another: who has it then, and
// what is done for it before the day.
var changes = map[string]struct {
	owner string
	day   time.Time
	make  deed[bool]
}{
	"the seat is handed over": {heir, time.Date(2026, 3, 11, 12, 0, 0, 0, time.UTC), func(ctx context.Context, tx Tx) (bool, error) {
		by, err := tx.PersonByAddress(ctx, secretary)
		if err != nil {
			return false, err
		}
		leader, err := tx.PersonByAddress(ctx, chair)
		if err != nil {
			return false, err
		}
		seats, err := tx.SeatsOf(ctx, leader.ID, forum.DateOf(tx.Now()))
		if err != nil {
			return false, err
		}
		seat := seats[slices.IndexFunc(seats, func(s forum.Seat) bool { return s.Capacity == forum.Chair })].ID
		_, err = forum.EndSeat(ctx, tx, forum.AsPerson(by.ID), seat, "2026-03-10", forum.Heir{Name: "Ny helsesjef, Kvam herad", Address: heir})
		return true, err
	}},
	"the organisation merges": {chair, time.Date(2026, 4, 1, 4, 0, 0, 0, time.UTC), func(ctx context.Context, tx Tx) (bool, error) {
		into := forum.Organisation{Number: "960510542", Name: "Voss herad", Municipality: "4621", Level: forum.Municipal, Language: forum.Nynorsk, ValidFrom: "1964-01-01"}
		if err := tx.SaveOrganisation(ctx, &into); err != nil {
			return false, err
		}
		_, err := forum.MergeOrganisations(ctx, tx, forum.Operator(), forum.Merger{From: []string{"944233199"}, Into: "960510542", On: "2026-04-01"})
		return true, err
	}},
}

// onEachChange runs a test up to the day of each change, and after it.
func onEachChange(t *testing.T, test func(h *house) (after func(owner string))) {
	t.Helper()
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			onBoth(t, slowKeys, func(h *house) {
				h.grow(func(p *forum.AreaPlan) {
					p.Forums[1].Mandate = slowKeys
					p.Forums[1].Mandate.From = "2020-01-01"
				})
				after := test(h)
				done(h, change.make)
				h.now = change.day.AddDate(0, 0, -1)
				h.scanned()
				before := len(h.inherited())
				h.messages()
				h.now = change.day
				h.scanned()
				if before != 0 {
					h.Error("something moved before the day")
				}
				after(change.owner)
				moved := len(h.inherited())
				h.scanned()
				if len(h.inherited()) != moved {
					h.Error("it moved twice")
				}
			})
		})
	}
}

func (h *house) scanned() {
	h.Helper()
	h.must(Scan(h.Context(), h.keeper, calendar.Almanac{}))
}

// inherited are the deeds by which something followed a seat.
func (h *house) inherited() (deeds []string) {
	h.Helper()
	for _, d := range h.deeds("meeting_planned") {
		if strings.HasSuffix(d, "_inherited") {
			deeds = append(deeds, d)
		}
	}
	return deeds
}

// got are the kinds of mail that somebody got since the last look.
func (h *house) got(address string, kinds ...string) (got []string) {
	h.Helper()
	for _, line := range h.letters() {
		kind, to, _ := strings.Cut(line, " ")
		if to == address && slices.Contains(kinds, kind) {
			got = append(got, kind)
		}
	}
	return got
}

func TestOpenVotesFollowASeat(t *testing.T) {
	onEachChange(t, func(h *house) func(string) {
		taking := Taking{Way: InWriting, Deadline: h.now.AddDate(0, 2, 0)}
		open := done(h, takes(h.as(secretary), h.put(chair, "Vi øver.", Wording{}).ID, taking)).ID
		h.say(open, map[string]string{vaksdal: "+"})
		of := seen(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, open) })
		return func(owner string) {
			now := seen(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, open) })
			for i, e := range now.Ground.Electors {
				was := of.Ground.Electors[i]
				if was.Person == h.person(chair) {
					was.Person, was.Seat = h.person(owner), h.seatOf(owner)
				}
				if diff := cmp.Diff(was, e); diff != "" {
					h.Errorf("elector %d (-want +got): %s", i, diff)
				}
			}
			var link []string
			if owner != chair {
				link = []string{"ballot"}
				refused(h, "error.ballot.no_vote", voted(h.as(chair), open, Said{Vote: Yes}))
			}
			if diff := cmp.Diff(link, h.got(owner, "ballot")); diff != "" {
				h.Errorf("links: %s", diff)
			}
			if got := h.asked(VoteDuty); slices.Contains(got, chair) != (owner == chair) || slices.Contains(got, vaksdal) {
				h.Errorf("the vote is asked of %v", got)
			}
			done(h, voted(h.as(owner), open, Said{Vote: Yes}))
			if diff := cmp.Diff([]string{"ballot_inherited"}, h.inherited()); diff != "" {
				h.Error(diff)
			}
		}
	})
}

func TestCastVotesStay(t *testing.T) {
	onEachChange(t, func(h *house) func(string) {
		cast := done(h, takes(h.as(secretary), h.put(chair, "Vi øver.", Wording{}).ID, Taking{Way: InWriting, Deadline: h.now.AddDate(0, 2, 0)})).ID
		h.say(cast, map[string]string{chair: "+"})
		read := func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, cast) }
		of := seen(h, read)
		return func(owner string) {
			if diff := cmp.Diff(of, seen(h, read)); diff != "" {
				h.Errorf("who votes: %s", diff)
			}
			casts := seen(h, func(ctx context.Context, tx Tx) ([]Cast, error) { return tx.Casts(ctx, cast) })
			if len(casts) != 1 || casts[0].PersonID != h.person(chair) || casts[0].Vote != Yes {
				h.Errorf("what was cast: %+v", casts)
			}
			if owner != chair {
				refused(h, "error.ballot.no_vote", voted(h.as(owner), cast, Said{Vote: No, Reason: "Nei"}))
			}
		}
	})
}

func TestApprovalsOfMinutesFollowASeat(t *testing.T) {
	for name, answers := range map[string]bool{"owed": false, "given": true} {
		t.Run(name, func(t *testing.T) {
			onEachChange(t, func(h *house) func(string) {
				id, item := h.minutes()
				h.arrive(chair, deputy)
				done(h, writtenItem(h, secretary, id, item, Passage{Field: DecisionField, Text: "Vi øver."}))
				round := done(h, sentMinutes(h, id))
				if answers {
					done(h, answered(h, chair, round.ID, ApproveMinutesReply, ""))
				}
				return func(owner string) {
					want, mail := []forum.PersonID{h.person(owner), h.person(deputy)}, []string(nil)
					if answers {
						want[0] = h.person(chair)
					} else if owner != chair {
						mail = []string{"minutes-asked"}
					}
					now := seen(h, func(ctx context.Context, tx Tx) (*MinutesRound, error) { return tx.MinutesRound(ctx, round.ID) })
					if diff := cmp.Diff(want, now.Asked); diff != "" {
						h.Errorf("asked: %s", diff)
					}
					if !now.Holds() {
						h.Error("what is approved is another")
					}
					if diff := cmp.Diff(mail, h.got(owner, "minutes-asked")); diff != "" {
						h.Errorf("mails: %s", diff)
					}
					if !answers {
						done(h, answered(h, owner, round.ID, ApproveMinutesReply, ""))
					}
				}
			})
		})
	}
}

func TestKeysAndPositionsFollowASeat(t *testing.T) {
	onEachChange(t, func(h *house) func(string) {
		id, item := h.minutes()
		h.arrive(chair, deputy)
		done(h, writtenItem(h, secretary, id, item, Passage{Field: DecisionField, Text: "Vi øver."}))
		round := done(h, sentMinutes(h, id))
		ladder := done(h, func(ctx context.Context, tx Tx) (*Ladder, error) {
			return OpenLadder(ctx, tx, h.as(bergen), h.matter, LadderOpening{Reason: "Nivåa er usamde", Deadline: "2026-05-01"})
		})
		h.now = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
		done(h, keyed(h, id))
		return func(owner string) {
			var mail []string
			if owner != chair {
				mail = []string{"minutes-keys"}
				refused(h, "error.forbidden.turn_keys", turned(h, chair, round.ID, forum.Approve, ""))
				refused(h, "error.forbidden.other_level", positioned(h.as(chair), ladder.ID, m, "Ja.", true))
			}
			if diff := cmp.Diff(mail, h.got(owner, "minutes-keys")); diff != "" {
				h.Errorf("mails: %s", diff)
			}
			done(h, positioned(h.as(owner), ladder.ID, m, "Ja.", true))
			done(h, turned(h, owner, round.ID, forum.Approve, ""))
			done(h, turned(h, deputy, round.ID, forum.Approve, ""))
			if state := h.page(id, deputy).State; state != ApprovedMinutes {
				h.Errorf("the minutes are %s", state)
			}
		}
	})
}
