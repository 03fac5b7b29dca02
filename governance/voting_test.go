package governance_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

func (h *house) put(by, text string, more Wording) *Motion {
	h.Helper()
	more.Text = text
	return done(h, func(ctx context.Context, tx Tx) (*Motion, error) { return PutMotion(ctx, tx, h.as(by), h.matter, more) })
}

func takes(by forum.Actor, motion MotionID, t Taking) deed[*Ballot] {
	return func(ctx context.Context, tx Tx) (*Ballot, error) { return OpenBallot(ctx, tx, by, motion, t) }
}

func voted(by forum.Actor, ballot BallotID, said Said) deed[*Ballot] {
	return func(ctx context.Context, tx Tx) (*Ballot, error) { return CastBallot(ctx, tx, by, ballot, said) }
}

func closed(by forum.Actor, ballot BallotID) deed[*Ballot] {
	return func(ctx context.Context, tx Tx) (*Ballot, error) { return CloseBallot(ctx, tx, by, ballot) }
}

// onPages opens a ballot in which each votes on the page.
func (h *house) onPages(motion MotionID) BallotID {
	h.Helper()
	return done(h, takes(h.as(secretary), motion, Taking{Way: OnPages})).ID
}

// say casts votes by people: "+ - 0".
func (h *house) say(ballot BallotID, votes map[string]string) {
	h.Helper()
	for person, sign := range votes {
		said := Said{Vote: map[string]Vote{"+": Yes, "-": No, "0": Abstained}[sign]}
		if said.Vote == No {
			said.Reason = "For dyrt"
		}
		done(h, voted(h.as(person), ballot, said))
	}
}

// wantClosed closes a ballot and checks how it ended, and that it can be explained.
func (h *house) wantClosed(ballot BallotID, want string) *Ballot {
	h.Helper()
	b := done(h, closed(h.as(deputy), ballot))
	if got := b.Ended(); got != want {
		h.Errorf("the ballot ended with %s (%s), want %s", got, b.Result.Reason, want)
	}
	kept := seen(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, ballot) })
	if kept.Ended() != want || kept.Result.Reason != b.Result.Reason {
		h.Errorf("%s was kept", kept.Ended())
	}
	for _, line := range h.explained(ballot) {
		if strings.HasPrefix(line.Key, "explain.differs") {
			h.Errorf("the stored votes do not give the stored result: %+v", line)
		}
	}
	return b
}

func (h *house) explained(ballot BallotID) []Line {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) ([]Line, error) { return ExplainBallot(ctx, tx, ballot) })
}

func TestRulesOfMandates(t *testing.T) {
	everyone := []string{chair, deputy, vaksdal, bergen}
	for _, test := range []struct {
		name    string
		mandate forum.MandateEntry
		votes   map[string]string
		want    string
		why     Reason
	}{
		{"consensus without a rule", forum.MandateEntry{}, map[string]string{chair: "+", deputy: "+"}, "adopted", ""},
		{"consensus fails by one objection", forum.MandateEntry{Rule: forum.Consensus}, map[string]string{chair: "+", deputy: "+", vaksdal: "+", bergen: "-"}, "disagreement", Objected},
		{"double majority", forum.MandateEntry{Rule: forum.DoubleMajority}, map[string]string{chair: "+", vaksdal: "+", deputy: "+", bergen: "0"}, "adopted", ""},
		{"double majority fails in one level", forum.MandateEntry{Rule: forum.DoubleMajority}, map[string]string{chair: "+", vaksdal: "+", deputy: "-", bergen: "0"}, "disagreement", Against},
		{"balanced", forum.MandateEntry{Rule: forum.Balanced}, map[string]string{chair: "+", vaksdal: "+", deputy: "+", bergen: "-"}, "adopted", ""},
		{"balanced and tied", forum.MandateEntry{Rule: forum.Balanced}, map[string]string{chair: "+", vaksdal: "-", deputy: "+", bergen: "-"}, "disagreement", Tied},
		{"one voice for each organisation", forum.MandateEntry{Rule: forum.DoubleMajority, PerOrganisation: true}, map[string]string{chair: "+", vaksdal: "+", deputy: "+", bergen: "-"}, "disagreement", NothingCast},
		{"a recommendation is adopted by consensus", forum.MandateEntry{Rule: forum.Recommendation}, map[string]string{chair: "+", deputy: "-"}, "disagreement", Objected},
		{"or as the mandate says", forum.MandateEntry{Rule: forum.Recommendation, AdoptedBy: forum.Balanced}, map[string]string{chair: "+", vaksdal: "-", deputy: "+"}, "adopted", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, test.mandate, func(h *house) {
				h.arrive(everyone...)
				ballot := h.onPages(h.put(chair, "Vi øver i haust.", Wording{}).ID)
				h.say(ballot, test.votes)
				b := h.wantClosed(ballot, test.want)
				if b.Result.Reason != test.why {
					h.Errorf("because of %q, want %q", b.Result.Reason, test.why)
				}
				if b.Ground.Recommends != (test.mandate.Rule == forum.Recommendation) {
					h.Error("whether it is a recommendation is lost")
				}
			})
		})
	}
}

func TestAVoteCanBeChangedUntilTheBallotCloses(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		motion := h.put(vaksdal, "Vi øver i haust.", Wording{})
		ballot := h.onPages(motion.ID)
		done(h, voted(h.as(chair), ballot, Said{Vote: No, Reason: "For tidleg"}))
		done(h, voted(h.as(chair), ballot, Said{Vote: Yes}))
		done(h, voted(h.as(chair), ballot, Said{Vote: Yes})) // the same again is no change
		refused(h, "error.ballot.no_reason", voted(h.as(chair), ballot, Said{Vote: No}))
		refused(h, "error.ballot.vote", voted(h.as(chair), ballot, Said{}))
		refused(h, "error.ballot.no_vote", voted(h.as(vaksdal), ballot, Said{Vote: Yes})) // not there
		h.arrive(bergen)
		refused(h, "error.ballot.no_vote", voted(h.as(bergen), ballot, Said{Vote: Yes})) // came late
		refused(h, "error.ballot.no_vote", voted(h.as(users), ballot, Said{Vote: Yes}))
		refused(h, "error.forbidden.open_ballot", closed(h.as(vaksdal), ballot))
		h.wantClosed(ballot, "adopted")
		refused(h, "error.ballot.closed", voted(h.as(chair), ballot, Said{Vote: No, Reason: "Likevel ikkje"}))
		want := []string{"vote_cast_no", "vote_changed_yes", "presence_came", "ballot_closed_adopted"}
		if diff := cmp.Diff(want, h.deeds("vote_cast_no")); diff != "" {
			h.Error(diff)
		}
	})
}

func TestWithdrawnMeanwhile(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		motion := h.put(chair, "Vi øver i haust.", Wording{})
		ballot := h.onPages(motion.ID)
		withdraw := func(by string) deed[*Motion] {
			return func(ctx context.Context, tx Tx) (*Motion, error) { return WithdrawMotion(ctx, tx, h.as(by), motion.ID) }
		}
		refused(h, "error.forbidden.order_motion", withdraw(vaksdal))
		done(h, withdraw(chair))
		refused(h, "error.ballot.stopped.withdrawn", voted(h.as(deputy), ballot, Said{Vote: Yes}))
		refused(h, "error.ballot.stopped.withdrawn", closed(h.as(secretary), ballot))
		refused(h, "error.motion.withdrawn", takes(h.as(secretary), motion.ID, Taking{Way: OnPages}))
	})
}

func TestOrderOfVoting(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		first := h.put(chair, "Vi øver i haust.", Wording{})
		second := h.put(vaksdal, "Vi øver ikkje.", Wording{})
		amendment := h.put(bergen, "… og i vår.", Wording{Amends: first.ID})
		order := func() (ids []MotionID) {
			for _, m := range seen(h, func(ctx context.Context, tx Tx) ([]Motion, error) { return tx.Motions(ctx, h.matter) }) {
				ids = append(ids, m.ID)
			}
			return ids
		}
		if diff := cmp.Diff([]MotionID{amendment.ID, first.ID, second.ID}, order()); diff != "" {
			h.Fatal(diff)
		}
		refused(h, "error.motion.not_next", takes(h.as(secretary), first.ID, Taking{Way: OnPages}))
		done(h, func(ctx context.Context, tx Tx) ([]Motion, error) {
			return ReorderMotion(ctx, tx, h.as(chair), second.ID, true)
		})
		if diff := cmp.Diff([]MotionID{amendment.ID, second.ID, first.ID}, order()); diff != "" {
			h.Fatal(diff)
		}
		refused(h, "error.motion.end_of_order", func(ctx context.Context, tx Tx) ([]Motion, error) {
			return ReorderMotion(ctx, tx, h.as(chair), first.ID, false)
		})
		ballot := h.onPages(amendment.ID)
		refused(h, "error.ballot.other_open", takes(h.as(secretary), amendment.ID, Taking{Way: OnPages}))
		h.wantClosed(ballot, "adopted") // nobody objected
		refused(h, "error.motion.voted", func(ctx context.Context, tx Tx) (*Motion, error) {
			return WithdrawMotion(ctx, tx, h.as(bergen), amendment.ID)
		})
		refused(h, "error.motion.amends", func(ctx context.Context, tx Tx) (*Motion, error) {
			return PutMotion(ctx, tx, h.as(chair), h.matter, Wording{Text: "Endring av endringa", Amends: amendment.ID})
		})
	})
}

func TestHandsAreNoted(t *testing.T) {
	onBoth(t, forum.MandateEntry{Rule: forum.DoubleMajority, Profile: forum.MunicipalActProfile}, func(h *house) {
		h.arrive(chair, deputy, vaksdal, bergen)
		ballot := done(h, takes(h.as(secretary), h.put(chair, "Vi øver.", Wording{}).ID, Taking{Way: ByHands})).ID
		note := func(by string, said ...Said) deed[*Ballot] {
			return func(ctx context.Context, tx Tx) (*Ballot, error) {
				return NoteVotes(ctx, tx, h.as(by), ballot, said...)
			}
		}
		refused(h, "error.ballot.by_hands", voted(h.as(chair), ballot, Said{Vote: Yes}))
		refused(h, "error.forbidden.open_ballot", note(vaksdal, Said{Seat: h.seatOf(chair), Vote: Yes}))
		refused(h, "error.ballot.no_elector", note(secretary, Said{Seat: h.seatOf(users), Vote: Yes}))
		refused(h, "error.ballot.no_abstaining", note(secretary, Said{Seat: h.seatOf(chair), Vote: Abstained}))
		done(h, note(secretary,
			Said{Seat: h.seatOf(chair), Vote: Yes}, Said{Seat: h.seatOf(vaksdal), Vote: No, Reason: "Tida"},
			Said{Seat: h.seatOf(deputy), Vote: Yes}, Said{Seat: h.seatOf(bergen), Vote: Yes}))
		b := h.wantClosed(ballot, "adopted")
		if !b.Result.CastingVote {
			h.Error("the chair's vote broke the tie of the municipalities, and the result does not say so")
		}
	})
}

func TestNoQuorum(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, vaksdal)
		motion := h.put(chair, "Vi øver.", Wording{})
		refused(h, "error.ballot.not_quorate.specialist", takes(h.as(secretary), motion.ID, Taking{Way: OnPages}))
		next := h.call(h.now.AddDate(0, 1, 0))
		postponed := func(ctx context.Context, tx Tx) (*forum.Meeting, error) {
			return PostponeMatter(ctx, tx, h.as(deputy), h.matter)
		}
		if to := done(h, postponed); to == nil || to.ID != next {
			h.Fatalf("postponed to %+v", to)
		}
		item := seen(h, func(ctx context.Context, tx Tx) (*forum.Item, error) { return tx.PlaceOf(ctx, h.matter) })
		if item.MeetingID != next {
			h.Error("the matter does not stand on the next agenda")
		}
	})
}

func TestQuorateMattersAreNotPostponed(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		refused(h, "error.ballot.quorate", func(ctx context.Context, tx Tx) (*forum.Meeting, error) {
			return PostponeMatter(ctx, tx, h.as(deputy), h.matter)
		})
	})
}

func TestWhoLeftDoesNotCount(t *testing.T) {
	onBoth(t, forum.MandateEntry{Rule: forum.DoubleMajority}, func(h *house) {
		came := h.arrive(chair, vaksdal, deputy, bergen)
		ballot := h.onPages(h.put(chair, "Vi øver.", Wording{}).ID)
		h.say(ballot, map[string]string{chair: "+", vaksdal: "+", deputy: "+"})
		h.now = h.now.Add(time.Minute)
		for _, p := range []Presence{came[1], came[3]} { // one who has voted, one who has not
			done(h, func(ctx context.Context, tx Tx) (*Presence, error) {
				return NoteLeaving(ctx, tx, h.as(secretary), p.ID, time.Time{})
			})
		}
		b := h.wantClosed(ballot, "adopted")
		if diff := cmp.Diff([]forum.SeatID{h.seatOf(bergen)}, b.Gone); diff != "" {
			h.Error(diff)
		}
		if c := b.Result.Counts; c[0].Present != 2 || c[1].Present != 1 {
			h.Errorf("%+v", c)
		}
	})
}

func TestWhoIsReadWhileVotesAreTaken(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		ballot := h.onPages(h.put(chair, "Vi øver.", Wording{}).ID)
		owed := func(person string) int {
			return len(seen(h, func(ctx context.Context, tx Tx) ([]OwedVote, error) { return ReadOwedVotes(ctx, tx, h.as(person)) }))
		}
		if owed(chair) != 1 || owed(vaksdal) != 0 {
			h.Error("those who are there owe a vote, and nobody else does")
		}
		done(h, voted(h.as(chair), ballot, Said{Vote: No, Reason: "Nei"}))
		if owed(chair) != 0 {
			h.Error("who has voted owes a vote")
		}
		votes := func(person string) (shown []Vote) {
			page := seen(h, func(ctx context.Context, tx Tx) (*BallotPage, error) {
				return ReadBallot(ctx, tx, h.as(person), ballot)
			})
			for _, v := range page.Ballot.Voters {
				shown = append(shown, v.Cast.Vote)
			}
			return shown
		}
		if diff := cmp.Diff([]Vote{No, Silent}, votes(chair)); diff != "" {
			h.Error(diff)
		}
		if diff := cmp.Diff([]Vote{Silent, Silent}, votes(deputy)); diff != "" {
			h.Errorf("others see a vote before the ballot is closed: %s", diff)
		}
		own := func(person string) *OwnVote {
			return seen(h, func(ctx context.Context, tx Tx) (*OwnVote, error) { return ReadOwnVote(ctx, tx, h.as(person), ballot) })
		}
		for person, said := range map[string]Vote{chair: No, deputy: Silent} {
			want := &OwnVote{Ballot: ballot, Taking: true, Seats: []OwnSeat{{Seat: h.seatOf(person), Voted: said != Silent, Vote: said}}}
			if diff := cmp.Diff(want, own(person)); diff != "" {
				h.Error(diff)
			}
		}
		if diff := cmp.Diff(&OwnVote{Ballot: ballot, Taking: true}, own(vaksdal)); diff != "" {
			h.Errorf("who is not there votes for a seat: %s", diff)
		}
		h.wantClosed(ballot, "disagreement")
		if own(chair).Taking {
			h.Error("a closed ballot takes votes")
		}
		if diff := cmp.Diff([]Vote{No, Silent}, votes(deputy)); diff != "" {
			h.Error(diff)
		}
	})
}
