package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// VotesPage is the motions of a matter and what was voted, with what the reader may do.
type VotesPage struct {
	Matter     forum.Matter
	Forum      forum.Forum
	Closed     bool // what is exempt is not for this reader
	Meeting    *forum.Meeting
	Quorum     []LevelPresent // of the meeting now, nil outside of one
	Motions    []MotionRow
	Questions  []QuestionRow
	Seats      []SeatRow // who can be questioned
	Waits      bool      // another forum has to answer first
	MayPut     bool
	MayOrder   bool
	MayOpen    bool
	MayJudge   bool
	NextMotion MotionID // that is to be voted on now, 0 for none
}

// MotionRow is a motion with its ballots.
type MotionRow struct {
	Motion
	ProposerName string
	Organisation string
	Amended      int // number in the order of the motion that it amends
	MayWithdraw  bool
	Ballots      []BallotRow
}

// QuestionRow is a question of impartiality.
type QuestionRow struct {
	Impartiality
	Person string
}

// SeatRow is a seat with who sits in it.
type SeatRow struct {
	forum.Seat
	Person       string
	Organisation string
}

// BallotRow is a ballot as a reader sees it: while votes are taken, who has voted
// and nothing of what, but for the own vote.
type BallotRow struct {
	Ballot
	Voters   []VoterRow
	Answered int
	Own      []VoterRow // seats that the reader votes for
	MayTake  bool
	Taking   bool // votes are taken now
	Ladder   bool // the motion failed, and the reader can open a ladder of it
	Quorum   []LevelPresent
}

// VoterRow is one elector.
type VoterRow struct {
	Elector
	Name             string
	OrganisationName string
	For              string // name of whom a substitute stands in for
	Voted            bool
	Cast             Cast // empty where the reader may not see it, or nothing was said
}

// ReadVotes opens the motions of a matter for who may read the matter.
func ReadVotes(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*VotesPage, error) {
	page, err := forum.ReadMatterPage(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	return VotesOf(ctx, tx, by, page)
}

// VotesOf is ReadVotes for a matter whose page the reader has already.
func VotesOf(ctx context.Context, tx Tx, by forum.Actor, page *forum.MatterPage) (_ *VotesPage, err error) {
	p := &VotesPage{Matter: page.Matter, Forum: page.Forum}
	p.Closed = page.Withheld(page.Reader)
	for right, may := range map[forum.Right]*bool{PutMotions: &p.MayPut, OrderMotions: &p.MayOrder, OpenBallots: &p.MayOpen, NotePresence: &p.MayJudge} {
		if *may, err = by.Can(ctx, tx, right, p.Forum.ID); err != nil {
			return nil, err
		}
	}
	if p.Closed {
		p.MayPut, p.MayOrder, p.MayOpen = false, false, false
	}
	if err := p.fill(ctx, tx, by); err != nil || p.Closed {
		return p, err
	}
	return p, p.offer(ctx, tx, by, &page.Matter)
}

func (p *VotesPage) fill(ctx context.Context, tx Tx, by forum.Actor) error {
	r, err := readReader(ctx, tx, by)
	if err != nil {
		return err
	}
	if err := p.readMotions(ctx, tx, r); err != nil {
		return err
	}
	return p.readBody(ctx, tx, r)
}

func (p *VotesPage) readMotions(ctx context.Context, tx Tx, r *reader) error {
	motions, err := tx.Motions(ctx, p.Matter.ID)
	if err != nil {
		return err
	}
	if next := Next(motions); next != nil {
		p.NextMotion = next.ID
	}
	for _, m := range motions {
		row := MotionRow{Motion: m, ProposerName: r.people[m.Proposer].Name, Organisation: r.organisations[m.OrganisationID].Name}
		row.MayWithdraw = m.Open() && (m.Proposer == r.by.Person && p.MayPut || p.MayOrder)
		if at := slices.IndexFunc(motions, func(of Motion) bool { return of.ID == m.Amends }); at >= 0 {
			row.Amended = motions[at].Position
		}
		if p.Closed {
			row.Text, row.Candidates = "", nil
		}
		ballots, err := tx.Ballots(ctx, m.ID)
		if err != nil {
			return err
		}
		for _, b := range ballots {
			shown, err := r.ballot(ctx, tx, b)
			if err != nil {
				return err
			}
			shown.MayTake = p.MayOpen
			if p.Closed {
				shown.quiet()
			}
			row.Ballots = append(row.Ballots, shown)
		}
		p.Motions = append(p.Motions, row)
	}
	return nil
}

// offer marks the ballots in which a motion failed that the reader can open a ladder of.
func (p *VotesPage) offer(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter) error {
	ballots, _, err := failed(ctx, tx, m.ID)
	if err != nil || len(ballots) == 0 {
		return err
	}
	may, err := mayOpenLadder(ctx, tx, by, m)
	if err != nil || !may {
		return err
	}
	for _, row := range p.Motions {
		for i := range row.Ballots {
			row.Ballots[i].Ladder = slices.ContainsFunc(ballots, func(b Ballot) bool { return b.ID == row.Ballots[i].ID })
		}
	}
	return nil
}

// readBody reads who is in the meeting, and whose impartiality is questioned.
func (p *VotesPage) readBody(ctx context.Context, tx Tx, r *reader) error {
	questions, err := tx.Impartialities(ctx, p.Matter.ID)
	if err != nil {
		return err
	}
	for _, q := range questions {
		p.Questions = append(p.Questions, QuestionRow{q, r.people[q.PersonID].Name})
	}
	item, err := tx.PlaceOf(ctx, p.Matter.ID)
	var s *Sitting
	switch {
	case forum.IsKind(err, forum.NotFound):
		s, err = readBody(ctx, tx, p.Forum.ID, forum.DateOf(tx.Now()))
	case err == nil:
		if p.Meeting, err = tx.Meeting(ctx, item.MeetingID); err != nil {
			return err
		}
		if s, err = ReadSitting(ctx, tx, p.Meeting); err == nil {
			p.Quorum = s.Quorum(p.Matter.ID, questions, tx.Now())
		}
	}
	if err != nil {
		return err
	}
	if p.Waits, err = awaitsOther(ctx, tx, p.Matter.ID); err != nil {
		return err
	}
	for _, seat := range votingSeats(s.Seats, s.sides) {
		p.Seats = append(p.Seats, SeatRow{seat, r.people[seat.PersonID].Name, r.organisations[seat.OrganisationID].Name})
	}
	return nil
}

// reader is who reads, with the names of all.
type reader struct {
	by            forum.Actor
	now           time.Time
	people        map[forum.PersonID]forum.Person
	organisations map[forum.OrganisationID]forum.Organisation
}

func readReader(ctx context.Context, tx Tx, by forum.Actor) (*reader, error) {
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(tx.Now()))
	return &reader{by, tx.Now(), people, organisations}, err
}

// ballot shows a ballot. Of a secret one nothing but totals is read, and those
// when it is closed.
func (r *reader) ballot(ctx context.Context, tx Tx, b Ballot) (BallotRow, error) {
	row := BallotRow{Ballot: b, Taking: b.Open(r.now), Quorum: QuorumOf(b.Ground.Needed, b.voters())}
	answered, err := answeredBy(ctx, tx, &b)
	if err != nil {
		return row, err
	}
	said := map[forum.SeatID]Cast{}
	if !b.Secret {
		casts, err := tx.Casts(ctx, b.ID)
		if err != nil {
			return row, err
		}
		for _, c := range casts {
			said[c.SeatID] = c
		}
	}
	row.Answered = len(answered)
	for _, e := range b.voters() {
		v := VoterRow{
			Elector: e, Name: r.people[e.Person].Name, OrganisationName: r.organisations[e.Organisation].Name, For: r.people[e.StandsFor].Name,
			Voted: slices.Contains(answered, e.Seat),
		}
		if !b.ClosedAt.IsZero() || e.Person == r.by.Person || b.Way == ByHands {
			v.Cast = said[e.Seat]
		}
		row.Voters = append(row.Voters, v)
		if e.Person == r.by.Person {
			row.Own = append(row.Own, v)
		}
	}
	return row, nil
}

// quiet leaves out why somebody objected.
func (row *BallotRow) quiet() {
	for _, rows := range [][]VoterRow{row.Voters, row.Own} {
		for i := range rows {
			rows[i].Cast.Reason = ""
		}
	}
}

// BallotPage is one ballot.
type BallotPage struct {
	Votes  *VotesPage
	Motion MotionRow
	Ballot BallotRow
}

// ReadBallot opens one ballot, for who may read its matter.
func ReadBallot(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*BallotPage, error) {
	b, err := tx.Ballot(ctx, id)
	if err != nil {
		return nil, err
	}
	votes, err := ReadVotes(ctx, tx, by, b.MatterID)
	if err != nil {
		return nil, err
	}
	for _, m := range votes.Motions {
		for _, row := range m.Ballots {
			if row.ID == id {
				return &BallotPage{votes, m, row}, nil
			}
		}
	}
	return nil, forum.Refuse(forum.NotFound, "error.not_found.ballot")
}

// OwedVote is a vote that somebody owes a ballot.
type OwedVote struct {
	Ballot
	Forum  string
	Number string
	Title  string
	Own    []Elector // the reader's seats whose vote is missing
}

// ReadOwedVotes lists the ballots that take the reader's vote and do not have it.
func ReadOwedVotes(ctx context.Context, tx Tx, by forum.Actor) ([]OwedVote, error) {
	open, err := tx.OpenBallots(ctx)
	if err != nil {
		return nil, err
	}
	var owed []OwedVote
	for _, b := range open {
		own := b.seatsOf(by.Person)
		if len(own) == 0 || b.Way == ByHands || !b.Open(tx.Now()) || slices.Contains(b.Ground.Out, by.Person) {
			continue
		}
		answered, err := answeredBy(ctx, tx, &b)
		if err != nil {
			return nil, err
		}
		own = slices.DeleteFunc(own, func(e Elector) bool { return slices.Contains(answered, e.Seat) })
		if len(own) == 0 {
			continue
		}
		in, err := tx.Forum(ctx, b.ForumID)
		if err != nil {
			return nil, err
		}
		matter, err := tx.Matter(ctx, b.MatterID)
		if err != nil {
			return nil, err
		}
		owed = append(owed, OwedVote{b, in.Name, matter.Number, matter.Title, own})
	}
	return owed, nil
}
