package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// leadersOf are who answer for each organisation above a forum: whoever sits for it as
// chair, deputy or member in the highest forum above that one in which it has such a
// seat, such as its municipal or hospital director in the top leaders' meeting, or in
// the forum itself where it has none above. An organisation without any is left out.
func leadersOf(ctx context.Context, tx Tx, in forum.ForumID) (map[forum.OrganisationID]forum.PersonID, error) {
	leaders := map[forum.OrganisationID]forum.PersonID{}
	today := forum.DateOf(tx.Now())
	for id := in; id != 0; { // from the bottom up, so that the highest comes last
		f, err := tx.Peek().Forum(ctx, id)
		if err != nil {
			return nil, err
		}
		seats, err := forum.SeatsAt(ctx, tx, id, today)
		if err != nil {
			return nil, err
		}
		here := map[forum.OrganisationID]bool{}
		for _, s := range seats {
			leads := s.Capacity == forum.Chair || s.Capacity == forum.Deputy || s.Capacity == forum.Member
			if leads && !here[s.OrganisationID] {
				leaders[s.OrganisationID], here[s.OrganisationID] = s.PersonID, true
			}
		}
		id = f.Parent
	}
	return leaders, nil
}

// mostInLeaderMail is how many lines each list of a leader's mail has, so that it fits
// one screen; the page has the rest.
const mostInLeaderMail = 6

// LeaderFacts is what a leader's mail says: what the organisation owes, and then what
// was decided. Of an exempt matter it has the public title and the legal basis.
type LeaderFacts struct {
	Forum        string // that the mail comes from
	Address      string
	In           forum.ForumID // of which the lists are, 0 for all
	Person       string
	Organisation string
	ID           forum.OrganisationID
	Meeting      time.Time  // whose minutes were approved, zero for none
	From, To     forum.Date // the quarter, "" after minutes
	Owes         []LeaderLine
	OwesMore     int // left out
	Late         int // of all that is owed
	Decided      []LeaderLine
	DecidedMore  int
}

// LeaderLine is a follow-up or a decision in a leader's mail.
type LeaderLine struct {
	Number string // of the decision
	Forum  string
	What   string // "" of an exempt matter
	Matter string
	Basis  string // of the exemption
	Due    forum.Date
	Late   bool
	State  FollowUpState
	Owner  string
}

// digest collects what leaders are told of some forums.
type digest struct {
	today   forum.Date
	forums  map[forum.ForumID]forum.Forum
	matters map[forum.MatterID]*forum.Matter
	people  map[forum.PersonID]forum.Person
	places  map[DecisionID]Decision
	owed    []FollowUp
	decided []Decision
}

// readDigest reads the decisions and the follow-ups of forums; decided are the
// decisions that the mail is about.
func readDigest(ctx context.Context, tx Tx, forums []forum.Forum, decided []Decision) (*digest, error) {
	d := &digest{
		today: forum.DateOf(tx.Now()), forums: map[forum.ForumID]forum.Forum{}, matters: map[forum.MatterID]*forum.Matter{}, places: map[DecisionID]Decision{}, decided: decided,
	}
	var ids []forum.ForumID
	for _, f := range forums {
		d.forums[f.ID], ids = f, append(ids, f.ID)
	}
	all, err := tx.DecisionsIn(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, place := range all {
		d.places[place.ID] = place
		if d.matters[place.MatterID] == nil {
			if d.matters[place.MatterID], err = tx.Peek().Matter(ctx, place.MatterID); err != nil {
				return nil, err
			}
		}
	}
	followUps, err := tx.FollowUpsIn(ctx, ids)
	if err != nil {
		return nil, err
	}
	d.owed = slices.DeleteFunc(followUps, func(f FollowUp) bool { return !f.Owed() })
	d.people, err = forum.Everyone(ctx, tx)
	return d, err
}

// facts are what the leader of an organisation is told.
func (d *digest) facts(o forum.Organisation) LeaderFacts {
	facts := LeaderFacts{Organisation: o.Name, ID: o.ID}
	for _, f := range d.owed {
		if f.OrganisationID != o.ID {
			continue
		}
		if f.Late(d.today) {
			facts.Late++
		}
		if len(facts.Owes) == mostInLeaderMail {
			facts.OwesMore++
			continue
		}
		place := d.places[f.DecisionID]
		line := d.line(&place)
		if line.What != "" && f.Text != "" {
			line.What = f.Text
		}
		line.Due, line.Late, line.State, line.Owner = f.Due, f.Late(d.today), f.State, d.people[f.OwnerID].Name
		facts.Owes = append(facts.Owes, line)
	}
	for i := range d.decided {
		if i == mostInLeaderMail {
			facts.DecidedMore = len(d.decided) - i
			break
		}
		facts.Decided = append(facts.Decided, d.line(&d.decided[i]))
	}
	return facts
}

func (d *digest) line(decision *Decision) LeaderLine {
	m := d.matters[decision.MatterID]
	line := LeaderLine{Number: decision.Number, Forum: d.forums[decision.ForumID].Name, Matter: matterName(m), What: decision.For(forum.Reader{}, m).Text}
	if m.Access == forum.Exempt {
		line.Basis = m.Basis
	}
	return line
}

// tellLeaders writes to the leaders of the organisations of a forum what approved
// minutes decided.
func (w *enacting) tellLeaders(ctx context.Context, tx Tx) error {
	if len(w.fresh) == 0 {
		return nil
	}
	in, err := tx.Forum(ctx, w.fresh[0].ForumID)
	if err != nil {
		return err
	}
	d, err := readDigest(ctx, tx, []forum.Forum{*in}, w.fresh)
	if err != nil {
		return err
	}
	var start time.Time
	if id := w.fresh[0].MeetingID; id != 0 {
		meeting, err := tx.Peek().Meeting(ctx, id)
		if err != nil {
			return err
		}
		start = meeting.Start
	}
	parties, err := partiesOf(ctx, tx, in.ID)
	if err != nil {
		return err
	}
	return d.send(ctx, tx, in, parties, LeaderMinutesMessage, func(f *LeaderFacts) { f.In, f.Meeting = in.ID, start })
}

// send writes to the leader of each party, once to a person for each organisation.
func (d *digest) send(ctx context.Context, tx Tx, in *forum.Forum, parties []forum.OrganisationID, kind forum.MessageKind, more func(*LeaderFacts)) error {
	leaders, err := leadersOf(ctx, tx, in.ID)
	if err != nil {
		return err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, d.today)
	if err != nil {
		return err
	}
	for _, party := range parties {
		person, has := d.people[leaders[party]]
		if !has {
			continue
		}
		facts := d.facts(organisations[party])
		facts.Forum, facts.Address, facts.Person = in.Name, in.Address, person.Name
		more(&facts)
		if err := forum.Send(ctx, tx, in, &person, kind, facts); err != nil {
			return err
		}
	}
	return nil
}
