package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Taking is how a vote is to be taken.
type Taking struct {
	Way      BallotWay
	Secret   bool      // of an election on pages
	Deadline time.Time // of a written procedure
}

const (
	shortestProcedure = 24 * time.Hour // that members have for a written procedure
	longestProcedure  = 90 * 24 * time.Hour
)

// OpenBallot opens the vote on the motion that is next in its matter. In a
// meeting a quorum of each level is needed, without which the matter can be
// discussed, postponed or dealt with in writing, but not decided.
func OpenBallot(ctx context.Context, tx Tx, by forum.Actor, id MotionID, t Taking) (*Ballot, error) {
	m, standingAs, err := mayMoveMotion(ctx, tx, by, id, OpenBallots)
	if err != nil {
		return nil, err
	}
	if err := votable(ctx, tx, m); err != nil {
		return nil, err
	}
	if err := t.check(m, tx.Now()); err != nil {
		return nil, err
	}
	b := &Ballot{ForumID: m.ForumID, MatterID: m.MatterID, MotionID: id, Way: t.Way, Secret: t.Secret, OpenedAt: tx.Now(), OpenedBy: by.Person, Deadline: t.Deadline.UTC()}
	if m.Sort == Vacancy {
		if b.Round, err = roundOf(ctx, tx, id); err != nil {
			return nil, err
		}
	}
	if err := b.lay(ctx, tx); err != nil {
		return nil, err
	}
	if err := tx.SaveBallot(ctx, b); err != nil {
		return nil, err
	}
	if err := recordBallot(ctx, tx, by, standingAs, b, "ballot_opened", nil); err != nil {
		return nil, err
	}
	if !b.Written() {
		return b, nil
	}
	return b, tellElectors(ctx, tx, b, m)
}

// votable refuses a motion on which no vote can be taken now.
func votable(ctx context.Context, tx Tx, m *Motion) error {
	if !m.WithdrawnAt.IsZero() {
		return forum.Refuse(forum.Conflict, "error.motion.withdrawn")
	}
	motions, err := tx.Motions(ctx, m.MatterID)
	if err != nil {
		return err
	}
	if next := Next(motions); next == nil || next.ID != m.ID {
		return forum.Refuse(forum.Conflict, "error.motion.not_next")
	}
	before, err := tx.BallotsOn(ctx, m.MatterID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(b Ballot) bool { return b.ClosedAt.IsZero() }) {
		return forum.Refuse(forum.Conflict, "error.ballot.other_open")
	}
	if m.Sort == Vacancy {
		return nil
	}
	matter, err := tx.Matter(ctx, m.MatterID)
	if err != nil {
		return err
	}
	ripe, err := forum.Ripe(ctx, tx, matter)
	if err == nil && !ripe {
		return forum.Refuse(forum.Conflict, "error.agenda.not_ripe", "Title", matter.Title)
	}
	return err
}

// check refuses a way in which this motion cannot be voted on.
func (t Taking) check(m *Motion, now time.Time) error {
	switch {
	case !slices.Contains(BallotWays, t.Way):
		return forum.Refuse(forum.Invalid, "error.ballot.way").On("way")
	case t.Secret && m.Sort != Vacancy:
		return forum.Refuse(forum.Invalid, "error.ballot.secret_motion").On("secret")
	case m.Sort == Vacancy && (!t.Secret || t.Way == ByHands):
		return forum.Refuse(forum.Invalid, "error.ballot.open_election").On("secret")
	case t.Way != InWriting && !t.Deadline.IsZero():
		return forum.Refuse(forum.Invalid, "error.ballot.no_deadline").On("deadline")
	case t.Way != InWriting:
		return nil
	case t.Deadline.Before(now.Add(shortestProcedure)), t.Deadline.After(now.Add(longestProcedure)):
		return forum.Refuse(forum.Invalid, "error.ballot.deadline").On("deadline")
	}
	return nil
}

// roundOf is the round of an election that a new ballot is.
func roundOf(ctx context.Context, tx Tx, id MotionID) (int, error) {
	before, err := tx.Ballots(ctx, id)
	round := 1
	for _, b := range before {
		if b.Election.Again {
			round = b.Round + 1
		}
	}
	return round, err
}

// lay sets what the result will follow from: who votes, and by which rule.
func (b *Ballot) lay(ctx context.Context, tx Tx) error {
	questions, err := tx.Impartialities(ctx, b.MatterID)
	if err != nil {
		return err
	}
	s, err := b.body(ctx, tx)
	if err != nil {
		return err
	}
	b.Ground = Ground{Rule: s.Mandate.Rule, Per: PerSeat, Profile: s.Mandate.Profile, Needed: s.Needed, Out: WhoAre(questions, Disqualified)}
	if s.Mandate.PerOrganisation {
		b.Ground.Per = PerOrganisation
	}
	if b.Ground.Profile == "" {
		b.Ground.Profile = forum.AgreementProfile
	}
	switch b.Ground.Rule {
	case "":
		b.Ground.Rule = forum.Consensus
	case forum.Recommendation:
		b.Ground.Recommends, b.Ground.Rule = true, s.Mandate.AdoptedBy
		if b.Ground.Rule == "" {
			b.Ground.Rule = forum.Consensus
		}
	}
	if b.Written() {
		b.Ground.Electors = s.everySeat(b.Ground.Out)
		return nil
	}
	b.Ground.Electors = s.Voters(b.MatterID, questions, tx.Now())
	for _, level := range QuorumOf(s.Needed, b.Ground.Electors) {
		if !level.Quorate() {
			return forum.Refuse(forum.Conflict, "error.ballot.not_quorate."+string(level.Level), "Present", level.Present, "Least", level.Least, "Seats", level.Seats)
		}
	}
	return nil
}

// body is who decides: those in the meeting on whose agenda the matter stands, or
// the forum as it is today.
func (b *Ballot) body(ctx context.Context, tx Tx) (*Sitting, error) {
	if b.Written() {
		return readBody(ctx, tx, b.ForumID, forum.DateOf(tx.Now()))
	}
	item, err := tx.PlaceOf(ctx, b.MatterID)
	if forum.IsKind(err, forum.NotFound) {
		return nil, forum.Refuse(forum.Conflict, "error.ballot.no_meeting")
	}
	if err != nil {
		return nil, err
	}
	b.MeetingID = item.MeetingID
	meeting, err := tx.Peek().Meeting(ctx, item.MeetingID)
	if err != nil {
		return nil, err
	}
	return ReadSitting(ctx, tx, meeting)
}

// everySeat is who answers a written procedure: the seats that vote, each by its
// member, or by the first substitute of the organisation where the member is
// disqualified.
func (s *Sitting) everySeat(out []forum.PersonID) []Elector {
	var electors []Elector
	taken := slices.Clone(out)
	for _, seat := range votingSeats(s.Seats, s.sides) {
		e := Elector{Seat: seat.ID, Person: seat.PersonID, Organisation: seat.OrganisationID, Side: s.sides(standingOf(seat))}
		if slices.Contains(out, seat.PersonID) {
			at := slices.IndexFunc(s.Seats, func(other forum.Seat) bool {
				return s.CanFill(other.PersonID, seat) && !slices.Contains(taken, other.PersonID)
			})
			if at < 0 {
				continue
			}
			e.Person, e.StandsFor = s.Seats[at].PersonID, seat.PersonID
			taken = append(taken, e.Person)
		}
		electors = append(electors, e)
	}
	return electors
}

func recordBallot(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, b *Ballot, deed string, details map[string]string) error {
	return tx.Record(ctx, forum.Event{
		ForumID: b.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: BallotObject(b.ID), Details: details,
	})
}
