package storetest

import (
	"slices"
	"sync"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// motion saves a motion in the matter.
func (w *world) motion(tx governance.Tx, position int) *governance.Motion {
	w.Helper()
	m := &governance.Motion{
		ForumID: w.council.ID, MatterID: w.matter.ID, Sort: governance.Vacancy, Position: position, Text: "Val «av» leiar",
		Candidates: []governance.Nominee{{ID: 1, Name: "Kari"}, {ID: 2, Name: "Ola \\ Å"}}, Proposer: w.person.ID, OrganisationID: w.municipal.ID,
		Level: forum.Municipal, PutAt: noon, WithdrawnAt: noon.Add(time.Hour), Outcome: governance.Adopted,
	}
	w.must(tx.SaveMotion(w.ctx, m))
	return m
}

// ballot saves an open ballot on a motion.
func (w *world) ballot(tx governance.Tx, motion governance.MotionID) *governance.Ballot {
	w.Helper()
	b := &governance.Ballot{ForumID: w.council.ID, MatterID: w.matter.ID, MotionID: motion, Way: governance.InWriting, OpenedAt: noon, OpenedBy: w.other.ID, Deadline: noon.AddDate(0, 0, 7)}
	w.must(tx.SaveBallot(w.ctx, b))
	return b
}

func motions(w *world) {
	var first, second *governance.Motion
	w.write(func(tx governance.Tx) {
		second = w.motion(tx, 2)
		first = w.motion(tx, 1)
		first.Amends = second.ID
		w.must(tx.SaveMotion(w.ctx, first))
	})
	w.read(func(tx governance.Tx) {
		w.equal("motion", ok(tx.Motion(w.ctx, first.ID)), first)
		w.equal("by position", ok(tx.Motions(w.ctx, w.matter.ID)), []governance.Motion{*first, *second})
	})
}

func ballots(w *world) {
	var b *governance.Ballot
	w.write(func(tx governance.Tx) { b = w.ballot(tx, w.motion(tx, 1).ID) })
	w.refused(w.attempt(func(tx governance.Tx) error {
		return tx.SaveBallot(w.ctx, &governance.Ballot{ForumID: b.ForumID, MatterID: b.MatterID, MotionID: b.MotionID, OpenedAt: noon})
	}), forum.Conflict, "error.conflict.ballot")
	open := func(tx governance.Tx) bool {
		return slices.ContainsFunc(ok(tx.OpenBallots(w.ctx)), func(o governance.Ballot) bool { return o.ID == b.ID })
	}
	w.read(func(tx governance.Tx) { w.equal("open", open(tx), true) })
	b.ClosedAt, b.ClosedBy, b.MeetingID, b.Secret, b.Round, b.Lot, b.Reminded = noon.Add(time.Hour), w.other.ID, w.meeting.ID, true, 2, true, true
	b.Stopped, b.Gone = governance.StoppedDemanded, []forum.SeatID{w.seat.ID}
	b.Ground = governance.Ground{
		Rule: forum.Balanced, Recommends: true, Per: governance.PerOrganisation, Profile: forum.TrustBoardProfile,
		Needed:   []governance.Needed{{Level: forum.Municipal, Seats: 3, Least: 2}},
		Electors: []governance.Elector{{Seat: w.seat.ID, Person: w.person.ID, Organisation: w.municipal.ID, Side: forum.Municipal, Leads: true}},
		Out:      []forum.PersonID{w.other.ID},
	}
	b.Result = governance.Result{Outcome: governance.Adopted, Counts: []governance.Count{{Level: forum.Municipal, Seats: 3, Least: 2, Present: 2, Yes: 1}}, Share: "5/8"}
	b.Election = governance.Election{Standings: []governance.Standing{{Candidate: 2, Votes: 3}}, Blank: 1, Elected: 2}
	w.write(func(tx governance.Tx) { w.must(tx.SaveBallot(w.ctx, b)) })
	w.read(func(tx governance.Tx) {
		w.equal("ballot", ok(tx.Ballot(w.ctx, b.ID)), b)
		w.equal("of the motion", ok(tx.Ballots(w.ctx, b.MotionID)), []governance.Ballot{*b})
		w.equal("on the matter", ok(tx.BallotsOn(w.ctx, w.matter.ID)), []governance.Ballot{*b})
		w.equal("open still", open(tx), false)
		w.equal("ended then", ok(tx.WrittenBetween(w.ctx, w.council.ID, b.ClosedAt, b.ClosedAt.Add(time.Microsecond))), []governance.Ballot{*b})
		w.equal("ended before", len(ok(tx.WrittenBetween(w.ctx, w.council.ID, noon, b.ClosedAt))), 0)
	})
}

func casts(w *world) {
	var c governance.Cast
	w.write(func(tx governance.Tx) {
		c = governance.Cast{BallotID: w.ballot(tx, w.motion(tx, 1).ID).ID, SeatID: w.seat.ID, PersonID: w.person.ID, Vote: governance.No, Reason: "Nei «takk»", CastAt: noon, CastBy: w.other.ID}
		w.must(tx.SaveCast(w.ctx, &c))
		c.Vote = governance.Yes
		w.must(tx.SaveCast(w.ctx, &c))
	})
	w.read(func(tx governance.Tx) {
		w.equal("cast", ok(tx.Cast(w.ctx, c.BallotID, w.seat.ID)), &c)
		w.equal("casts", ok(tx.Casts(w.ctx, c.BallotID)), []governance.Cast{c})
	})
	w.refused(w.attempt(func(tx governance.Tx) error {
		twice := c
		twice.ID = 0
		return tx.SaveCast(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.cast")
}

// Everyone drops a vote in at once: none is lost and none counts twice.
func boxes(w *world) {
	var ballot governance.BallotID
	var seats []forum.SeatID
	w.write(func(tx governance.Tx) {
		ballot = w.ballot(tx, w.motion(tx, 1).ID).ID
		for range 12 {
			seat := w.seat
			seat.ID = 0
			w.must(tx.SaveSeat(w.ctx, &seat))
			seats = append(seats, seat.ID)
		}
	})
	drop := func(seat forum.SeatID) error {
		return w.attempt(func(tx governance.Tx) error {
			if _, err := tx.Ballot(w.ctx, ballot); err != nil { // which guards the box
				return err
			}
			return tx.DropIn(w.ctx, ballot, seat, governance.CandidateID(seat%3))
		})
	}
	var all sync.WaitGroup
	want := map[governance.CandidateID]int{}
	for _, seat := range seats {
		want[governance.CandidateID(seat%3)]++
		all.Go(func() {
			if err := drop(seat); err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	w.refused(drop(seats[0]), forum.Conflict, "error.conflict.turnout")
	w.read(func(tx governance.Tx) {
		got := map[governance.CandidateID]int{}
		for _, vote := range ok(tx.Box(w.ctx, ballot)) {
			got[vote]++
		}
		w.equal("votes", got, want)
		w.equal("turnout", len(ok(tx.Turnouts(w.ctx, ballot))), len(seats))
	})
}

func votingLinks(w *world) {
	var link governance.VotingLink
	w.write(func(tx governance.Tx) {
		link = governance.VotingLink{
			BallotID: w.ballot(tx, w.motion(tx, 1).ID).ID, PersonID: w.person.ID, Link: forum.DigestOf(forum.NewSecret()),
			Code: "code", ExpiresAt: noon, Tries: 2, Asked: 1,
		}
		w.must(tx.SaveVotingLink(w.ctx, &link))
	})
	w.read(func(tx governance.Tx) { w.equal("link", ok(tx.VotingLink(w.ctx, link.Link)), &link) })
	w.refused(w.attempt(func(tx governance.Tx) error { _, err := tx.VotingLink(w.ctx, "nobody's"); return err }), forum.NotFound, "error.not_found.voting_link")
}
