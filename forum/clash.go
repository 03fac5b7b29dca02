package forum

import "context"

// Clash is a person who is to meet in another forum at the same time.
type Clash struct {
	Person  Person
	Forum   Forum
	Meeting Meeting // planned or called
}

// Away is a person who has said that they are away when they are to meet.
type Away struct {
	Person Person
	Absence
}

// clashFinder looks for people who are to be in two places at once.
type clashFinder struct {
	tx       Tx
	proposed []Meeting // beside those that are kept
	people   map[PersonID]Person
	seated   map[seating]map[PersonID]Seat
}

// seating is who sits in a forum on a day.
type seating struct {
	forum ForumID
	day   Date
}

func newClashFinder(ctx context.Context, tx Tx) (*clashFinder, error) {
	people, err := tx.People(ctx)
	return &clashFinder{tx: tx, people: people, seated: map[seating]map[PersonID]Seat{}}, err
}

// among lists the meetings ahead that share time with one, of every forum.
func (c *clashFinder) among(ctx context.Context, m *Meeting) ([]Meeting, error) {
	kept, err := c.tx.MeetingsAmong(ctx, m.Start, m.End)
	if err != nil {
		return nil, err
	}
	var ahead []Meeting
	for _, other := range append(kept, c.proposed...) {
		if other.Movable() && other.Start.Before(m.End) && m.Start.Before(other.End) {
			ahead = append(ahead, other)
		}
	}
	return ahead, nil
}

// clashes lists who of a meeting are to be elsewhere, in the seating order.
func (c *clashFinder) clashes(ctx context.Context, m *Meeting) ([]Clash, error) {
	others, err := c.among(ctx, m)
	if err != nil {
		return nil, err
	}
	var found []Clash
	for _, other := range others {
		if other.ForumID == m.ForumID {
			continue
		}
		in, err := c.tx.Forum(ctx, other.ForumID)
		if err != nil {
			return nil, err
		}
		wanted, err := c.seats(ctx, m)
		if err != nil {
			return nil, err
		}
		expected, err := c.expected(ctx, &other)
		if err != nil {
			return nil, err
		}
		for _, seat := range inOrder(wanted) {
			if expected[seat.PersonID] {
				found = append(found, Clash{c.people[seat.PersonID], *in, other})
			}
		}
	}
	return found, nil
}

// expected are the people who are invited to a meeting, or will be.
func (c *clashFinder) expected(ctx context.Context, m *Meeting) (map[PersonID]bool, error) {
	expected := map[PersonID]bool{}
	if m.State == DraftMeeting {
		seats, err := c.seats(ctx, m)
		for person := range seats {
			expected[person] = true
		}
		return expected, err
	}
	invitations, err := c.tx.Invitations(ctx, m.ID)
	for _, i := range invitations {
		expected[i.PersonID] = !i.Withdrawn
	}
	return expected, err
}

// away lists those of a meeting who have said that they are away on its days,
// in the seating order.
func (c *clashFinder) away(ctx context.Context, m *Meeting) ([]Away, error) {
	absences, err := c.tx.Absences(ctx, DateOf(m.Start), DateOf(m.End))
	if err != nil || len(absences) == 0 {
		return nil, err
	}
	wanted, err := c.seats(ctx, m)
	if err != nil {
		return nil, err
	}
	var found []Away
	for _, seat := range inOrder(wanted) {
		for _, absence := range absences {
			if absence.PersonID == seat.PersonID {
				found = append(found, Away{c.people[seat.PersonID], absence})
			}
		}
	}
	return found, nil
}

func (c *clashFinder) seats(ctx context.Context, m *Meeting) (map[PersonID]Seat, error) {
	at := seating{m.ForumID, DateOf(m.Start)}
	if seats, known := c.seated[at]; known {
		return seats, nil
	}
	seats, err := attendees(ctx, c.tx, m)
	c.seated[at] = seats
	return seats, err
}
