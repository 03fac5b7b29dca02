package forum

import (
	"context"
	"slices"
	"strings"
)

// Heir is who gets a seat after the one whose seat ends: by address, known or
// not, with a name for who is not. Without an address there is none.
type Heir struct {
	Name, Address string
}

// EndingPlan is what ending a seat does.
type EndingPlan struct {
	Forum       Forum
	Seat        Seated
	Last        Date
	Heir        *Person // nil for none; ID 0 for who is not known yet
	HeirSeat    *Seat   // that the heir gets; nil for none, or when there is one already
	Keeps       bool    // another seat of the person's own for the same organisation keeps the duties
	Withdrawn   []Meeting
	Matters     []Matter
	Lines       []PlannedLine
	Waiting     []Matter // removals wait for an answer that the seat can give
	Unanswered  bool     // nobody else of the level can give it
	Key         bool     // the seat brings a key
	Feeds       []Feed   // that end with the seat
	Guests      []Guest
	Readers     []Person // who are asked to appoint
	Substitutes []Seated
	LastOne     bool // nobody of the level can look after the forum's seats afterwards
}

// PlannedLine is a line of an agenda that changes hands.
type PlannedLine struct {
	Meeting Meeting
	Line    Line
	Matter  Matter // without an id for a line that is no matter
}

// mayEnd is the standing of who may end a seat: nobody ends the other side's seats alone.
func mayEnd(ctx context.Context, tx Tx, by Actor, seat *Seat) (Standing, error) {
	o, err := tx.Organisation(ctx, seat.OrganisationID)
	if err != nil {
		return Standing{}, err
	}
	return by.mayForSide(ctx, tx, seat.ForumID, o.Level, o.Side)
}

// PreviewEnding tells what ending a seat with a day would do.
func PreviewEnding(ctx context.Context, tx Tx, by Actor, id SeatID, last Date, heir Heir) (*EndingPlan, error) {
	seat, err := tx.Seat(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := mayEnd(ctx, tx, by, seat); err != nil {
		return nil, err
	}
	return planEnding(ctx, tx, seat, last, heir)
}

func planEnding(ctx context.Context, tx Tx, seat *Seat, last Date, heir Heir) (*EndingPlan, error) {
	if err := endable(seat, last, DateOf(tx.Now())); err != nil {
		return nil, err
	}
	p, err := openEnding(ctx, tx, seat)
	if err != nil {
		return nil, err
	}
	p.Last = last
	if err := p.readHeir(ctx, tx, heir); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, Tx) error{p.readMeetings, p.readDuties, p.readRemovals, p.readLinks, p.readReaders} {
		if err := part(ctx, tx); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// endable checks that a seat can end with a day. What was before yesterday is
// history: who was counted at a meeting then stays so.
func endable(seat *Seat, last, today Date) error {
	day, err := ParseDate(string(last))
	switch {
	case err != nil:
		return err.(*Error).On("last")
	case seat.To != "" && seat.To < today:
		return Refuse(Conflict, "error.seat.over")
	case day < today.Before(1):
		return Refuse(Invalid, "error.seat.past").On("last")
	case seat.From != "" && day < seat.From.Before(1):
		return Refuse(Invalid, "error.seat.before", "From", string(seat.From)).On("last")
	case seat.To != "" && day >= seat.To:
		return Refuse(Invalid, "error.seat.ends_before", "To", string(seat.To)).On("last")
	}
	return nil
}

// openEnding is the plan with the seat alone.
func openEnding(ctx context.Context, tx Tx, seat *Seat) (*EndingPlan, error) {
	in, err := tx.Forum(ctx, seat.ForumID)
	if err != nil {
		return nil, err
	}
	person, err := tx.Person(ctx, seat.PersonID)
	if err != nil {
		return nil, err
	}
	o, err := tx.Organisation(ctx, seat.OrganisationID)
	if err != nil {
		return nil, err
	}
	return &EndingPlan{Forum: *in, Seat: Seated{*seat, *person, o.On(DateOf(tx.Now()))}}, nil
}

// readHeir finds the successor, and the seat that is theirs.
func (p *EndingPlan) readHeir(ctx context.Context, tx Tx, heir Heir) error {
	if strings.TrimSpace(heir.Address) == "" {
		if strings.TrimSpace(heir.Name) != "" {
			return Refuse(Invalid, "error.seat.heir_address").On("heir_address")
		}
		return nil
	}
	address, err := CleanAddress(heir.Address)
	if err != nil {
		return err.(*Error).On("heir_address")
	}
	p.Heir, err = tx.PersonByAddress(ctx, address)
	if IsKind(err, NotFound) {
		p.Heir, err = p.newHeir(ctx, tx, heir.Name, address)
	}
	switch {
	case err != nil:
		return err
	case p.Heir.ID == p.Seat.PersonID:
		return Refuse(Invalid, "error.seat.own_heir").On("heir_address")
	}
	p.HeirSeat = &Seat{
		ForumID: p.Seat.ForumID, OrganisationID: p.Seat.OrganisationID, PersonID: p.Heir.ID, Capacity: p.Seat.Capacity, Speak: p.Seat.Speak,
		Propose: p.Seat.Propose, Rank: p.Seat.Rank, From: p.Last.Before(-1), To: p.Seat.To, Level: p.Seat.Level,
	}
	written, err := tx.WrittenSeats(ctx, p.Seat.ForumID)
	if slices.ContainsFunc(written, func(s Seat) bool { return sameSeat(s, *p.HeirSeat) }) {
		p.HeirSeat = nil
	}
	return err
}

func (p *EndingPlan) newHeir(ctx context.Context, tx Tx, name, address string) (*Person, error) {
	name = strings.Join(strings.Fields(name), " ")
	if _, _, err := ForumAt(ctx, tx, address); !IsKind(err, NotFound) {
		return nil, errOr(err, Refuse(Invalid, "error.claim.forum").On("heir_address"))
	}
	switch {
	case name == "":
		return nil, Refuse(Invalid, "error.seat.heir_name").On("heir_name")
	case HasIdentityNumber(name):
		return nil, Refuse(Invalid, "error.identity_number").On("heir_name")
	case len([]rune(name)) > longestTitle:
		return nil, Refuse(Invalid, "error.too_long", "Most", longestTitle).On("heir_name")
	}
	language := p.Seat.Organisation.Language
	if !language.Valid() {
		language = p.Forum.Language
	}
	return &Person{Name: name, Address: address, Language: language}, nil
}

// readMeetings finds the meetings to which the person is no longer invited, and
// those whose agendas they were to present lines of.
func (p *EndingPlan) readMeetings(ctx context.Context, tx Tx) error {
	meetings, err := tx.Meetings(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		day := DateOf(m.Start)
		if !m.Movable() || !m.End.After(tx.Now()) || !day.Within(p.Last.Before(-1), p.Seat.To) {
			continue
		}
		seats, err := tx.Seats(ctx, p.Forum.ID, day)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(seats, func(s Seat) bool {
			return s.PersonID == p.Seat.PersonID && s.ID != p.Seat.ID && s.Capacity != Substitute
		}) {
			continue
		}
		if err := p.readMeeting(ctx, tx, &m); err != nil {
			return err
		}
	}
	return nil
}

func (p *EndingPlan) readMeeting(ctx context.Context, tx Tx, m *Meeting) error {
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return err
	}
	if m.inviting(tx) && slices.ContainsFunc(invitations, func(i Invitation) bool { return i.PersonID == p.Seat.PersonID && !i.Withdrawn }) {
		p.Withdrawn = append(p.Withdrawn, *m)
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return err
	}
	for _, line := range order.Lines {
		if line.Presenter.PersonID != p.Seat.PersonID {
			continue
		}
		matter, err := matterOf(ctx, tx, m, &line)
		if err != nil {
			return err
		}
		p.Lines = append(p.Lines, PlannedLine{*m, line, matter})
	}
	guests, err := tx.Guests(ctx, m.ID)
	if err != nil {
		return err
	}
	own, err := tx.AddressesOf(ctx, p.Seat.PersonID)
	for _, g := range guests {
		if !g.TakenOff && slices.Contains(own, g.Address) {
			p.Guests = append(p.Guests, g)
		}
	}
	return err
}

// others are the person's other seats in the forum after the last day.
func (p *EndingPlan) others(ctx context.Context, tx Tx) ([]Seat, error) {
	written, err := tx.WrittenSeats(ctx, p.Forum.ID)
	return slices.DeleteFunc(written, func(s Seat) bool {
		return s.PersonID != p.Seat.PersonID || s.ID == p.Seat.ID || s.To != "" && s.To <= p.Last
	}), err
}

// EndingPage is a seat that may be ended, with those known who could take it over.
type EndingPage struct {
	Forum Forum
	Seat  Seated
	Known []Person
	Today Date
}

// ReadEndingPage opens a seat for who may end it.
func ReadEndingPage(ctx context.Context, tx Tx, by Actor, id SeatID) (*EndingPage, error) {
	seat, err := tx.Seat(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := mayEnd(ctx, tx, by, seat); err != nil {
		return nil, err
	}
	plan, err := openEnding(ctx, tx, seat)
	if err != nil {
		return nil, err
	}
	page := &EndingPage{Forum: plan.Forum, Seat: plan.Seat, Today: DateOf(tx.Now())}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	seats, err := tx.SeatsFor(ctx, seat.OrganisationID)
	slices.SortStableFunc(seats, bySeating)
	for _, s := range seats {
		known := slices.ContainsFunc(page.Known, func(p Person) bool { return p.ID == s.PersonID })
		if !known && s.PersonID != seat.PersonID && (s.To == "" || s.To >= page.Today) {
			page.Known = append(page.Known, people[s.PersonID])
		}
	}
	return page, err
}
