package forum

import (
	"context"
	"slices"
	"time"
)

// OwnAnswer is where the reader of a meeting's page stands with the own invitation.
type OwnAnswer struct {
	Invitation
	Newest  Answer    // that was given, with ID 0 for none
	ForOld  bool      // it was given to an earlier time or place
	InPlace string    // name of whom a substitute stands in for
	Due     time.Time // to answer by, zero for no limit
	Open    bool      // an answer is still taken
}

// AttendanceRow is one person invited and the answer that holds.
type AttendanceRow struct {
	Invitee
	Reply   Reply  // "" of who is invited no longer
	Newest  Answer // with ID 0 for none
	ForOld  bool
	InPlace string
	// Delegate is whom the person would send instead, by name where known; Sent tells that just they stand in.
	Delegate string
	Sent     bool
}

// ProposalRow is one proposal of another time.
type ProposalRow struct {
	TimeProposal
	Person Person
	ForOld bool
}

// Attendance is who comes to a meeting, for its secretaries.
type Attendance struct {
	Meeting   Meeting
	Rows      []AttendanceRow
	Levels    []LevelQuorum
	Proposals []ProposalRow // the newest first
}

// ReadAttendance opens who comes to a meeting; of a draft nobody does.
func ReadAttendance(ctx context.Context, tx Tx, by Actor, id MeetingID) (*Attendance, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, ReadAnswers, m.ForumID); err != nil {
		return nil, err
	}
	r, err := readRound(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	return r.attendance(ctx, tx)
}

// readAnswers fills in what the page shows of answers to this reader.
func (p *MeetingPage) readAnswers(ctx context.Context, tx Tx, by Actor) error {
	if p.State == DraftMeeting {
		return nil
	}
	r, err := readRound(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	p.Own = r.own(by.Person)
	may, err := by.Can(ctx, tx, ReadAnswers, p.ForumID)
	if err != nil || !may {
		return err
	}
	p.Attendance, err = r.attendance(ctx, tx)
	return err
}

// own is a person's own invitation, nil for who has none.
func (r *round) own(person PersonID) *OwnAnswer {
	i, has := r.invitations[person]
	if !has || i.Withdrawn {
		return nil
	}
	own := &OwnAnswer{
		Invitation: i, Newest: r.newest[person], InPlace: r.people[i.StandsFor].Name, Due: r.due(i),
		Open: r.meeting.closedTo(r.meeting.Sequence, r.clock.Now()) == "",
	}
	own.ForOld = r.forOld(own.Newest)
	return own
}

func (r *round) forOld(a Answer) bool { return a.ID != 0 && a.Sequence < r.meeting.Sequence }

func (r *round) attendance(ctx context.Context, tx Tx) (*Attendance, error) {
	at := &Attendance{Meeting: *r.meeting, Levels: r.quorum()}
	for _, i := range r.invitations {
		row := AttendanceRow{
			Invitee: Invitee{i, r.people[i.PersonID], r.organisationOf(i)},
			Newest:  r.newest[i.PersonID], ForOld: r.forOld(r.newest[i.PersonID]), InPlace: r.people[i.StandsFor].Name,
		}
		if !i.Withdrawn {
			row.Reply = r.reply(i.PersonID)
		}
		if err := r.readDelegate(ctx, tx, &row); err != nil {
			return nil, err
		}
		at.Rows = append(at.Rows, row)
	}
	slices.SortFunc(at.Rows, func(a, b AttendanceRow) int {
		return bySeating(Seat{Capacity: a.Capacity, ID: SeatID(a.ID)}, Seat{Capacity: b.Capacity, ID: SeatID(b.ID)})
	})
	proposals, err := tx.TimeProposals(ctx, r.meeting.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(proposals) {
		at.Proposals = append(at.Proposals, ProposalRow{p, r.people[p.PersonID], p.Sequence < r.meeting.Sequence})
	}
	return at, nil
}

// readDelegate looks up whom somebody would send instead.
func (r *round) readDelegate(ctx context.Context, tx Tx, row *AttendanceRow) error {
	if row.Delegate = row.Newest.Delegate; row.Delegate == "" || row.ForOld {
		row.Delegate = ""
		return nil
	}
	person, err := WriterOf(ctx, tx, row.Delegate)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	row.Delegate = person.Name
	i, invited := r.invitations[person.ID]
	row.Sent = invited && !i.Withdrawn && i.StandsFor == row.Invitee.PersonID
	return nil
}

// organisationOf is whom somebody invited sits for.
func (r *round) organisationOf(i Invitation) Organisation {
	at := slices.IndexFunc(r.seats, func(s Seat) bool {
		return s.PersonID == i.PersonID && s.Capacity == i.Capacity && (!i.StandsIn() || i.standsOf(s.OrganisationID))
	})
	if at < 0 {
		return Organisation{}
	}
	return r.organisations[r.seats[at].OrganisationID]
}

// quorum counts the seats by their members, or by who stands in for them in the
// same organisation.
func (r *round) quorum() []LevelQuorum {
	var seats []SeatReply
	substitutes := r.substitutes()
	for _, s := range r.seats {
		if !s.Capacity.Votes() {
			continue
		}
		replies := []Reply{r.reply(s.PersonID)}
		for _, c := range substitutes {
			if c.For == s.PersonID && c.Organisation == s.OrganisationID {
				replies = append(replies, c.Reply)
			}
		}
		seats = append(seats, SeatReply{s.Level, seatReply(replies...)})
	}
	return Quorum(seats, r.mandate.Quorum())
}
