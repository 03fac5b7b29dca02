package governance_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

func TestElectionBySecretBallot(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		everyone := []string{chair, deputy, vaksdal, bergen}
		h.arrive(everyone...)
		refused(h, "error.motion.candidates", func(ctx context.Context, tx Tx) (*Motion, error) {
			return PutMotion(ctx, tx, h.as(chair), h.matter, Wording{Text: "Leiar", Candidates: []string{" "}})
		})
		motion := h.put(chair, "Leiar", Wording{Candidates: []string{"Kari", " ", "Ola"}})
		refused(h, "error.ballot.open_election", takes(h.as(secretary), motion.ID, Taking{Way: OnPages}))
		round := func(votes ...CandidateID) BallotID {
			ballot := done(h, takes(h.as(secretary), motion.ID, Taking{Way: OnPages, Secret: true})).ID
			for i, vote := range votes {
				done(h, voted(h.as(everyone[i]), ballot, Said{Candidate: vote}))
				refused(h, "error.ballot.voted", voted(h.as(everyone[i]), ballot, Said{Candidate: 1}))
			}
			return ballot
		}
		first := round(1, 1, 2, 2)
		refused(h, "error.ballot.no_vote", voted(h.as(users), first, Said{Candidate: 1}))
		h.wantClosed(first, "again")
		refused(h, "error.ballot.closed", voted(h.as(chair), first, Said{Candidate: 1}))
		second := round(2, 1, 0, 0)
		h.wantClosed(second, "lot")
		drawn := done(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return DrawLot(ctx, tx, h.as(deputy), second) })
		if drawn.Round != 2 || !drawn.Lot || drawn.Election.Elected == 0 {
			h.Errorf("%+v", drawn)
		}
		refused(h, "error.ballot.no_lot", func(ctx context.Context, tx Tx) (*Ballot, error) { return DrawLot(ctx, tx, h.as(deputy), second) })
		for _, line := range h.explained(second) {
			if strings.HasPrefix(line.Key, "explain.differs") || line.Key == "explain.cast" {
				h.Errorf("%+v", line)
			}
		}
		for _, e := range seen(h, func(ctx context.Context, tx Tx) ([]forum.Event, error) { return tx.Chain(ctx, h.council) }) {
			if e.Deed == "has_voted" && len(e.Details) != 0 {
				h.Errorf("the event of a secret vote says %v", e.Details)
			}
		}
		own := seen(h, func(ctx context.Context, tx Tx) (*OwnVote, error) { return ReadOwnVote(ctx, tx, h.as(chair), second) })
		if diff := cmp.Diff([]OwnSeat{{Seat: h.seatOf(chair), Voted: true}}, own.Seats); diff != "" {
			h.Error(diff)
		}
		page := seen(h, func(ctx context.Context, tx Tx) (*BallotPage, error) { return ReadBallot(ctx, tx, h.as(chair), second) })
		for _, v := range page.Ballot.Voters {
			if !v.Voted || cmp.Diff(Cast{}, v.Cast) != "" {
				h.Errorf("%+v", v)
			}
		}
	})
}
