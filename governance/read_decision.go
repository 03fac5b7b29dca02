package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// DecisionPage is a decision as one reader may see it, with what became of it.
type DecisionPage struct {
	Decision
	Exempt       bool // kept from this reader
	Forum        forum.Forum
	Matter       forum.Matter
	Meeting      *forum.Meeting // nil for a written procedure
	FollowUps    []FollowUpRow
	Before       []Decision // that it supersedes
	After        *Decision  // that supersedes it
	History      []forum.Deed
	Today        forum.Date
	MaySupersede bool
	Others       []Decision // that can supersede it, of the same forum
}

// FollowUpRow is a follow-up with what the reader may do to it.
type FollowUpRow struct {
	FollowUp
	Organisation forum.Organisation
	Owner        forum.Person // ID 0 for nobody
	OfferedTo    forum.Organisation
	Words        []ProgressRow
	MayReport    bool
	MaySteer     bool
	MayAnswer    bool        // an offer
	Candidates   []Candidate // to whom it can go, for who may report
}

// ProgressRow is a word on a follow-up with who said it.
type ProgressRow struct {
	Progress
	By string // name, "" for the program
}

// Candidate is somebody who can own a follow-up, for an organisation.
type Candidate struct {
	Person       forum.Person
	Organisation forum.Organisation
}

// mayReadDecision is what an actor may read of a decision's matter: who reads the
// forum's decisions or the matter, and who owns one of its follow-ups.
func mayReadDecision(ctx context.Context, tx Tx, by forum.Actor, d *Decision, m *forum.Matter) (forum.Reader, error) {
	_, refusal := by.May(ctx, tx, ReadDecision, d.ForumID)
	if forum.IsKind(refusal, forum.Forbidden) {
		followUps, err := tx.FollowUpsOf(ctx, d.ID)
		if err != nil {
			return forum.Reader{}, err
		}
		for _, f := range followUps {
			if by.Person != 0 && f.OwnerID == by.Person {
				refusal = nil
			}
		}
	}
	if forum.IsKind(refusal, forum.Forbidden) && forum.MayReadMatter(ctx, tx, by, m) == nil {
		refusal = nil
	}
	if refusal != nil {
		return forum.Reader{}, refusal
	}
	reader, err := by.ReaderIn(ctx, tx, d.ForumID)
	if err != nil || reader.Exempt {
		return reader, err
	}
	return forum.ReaderOf(ctx, tx, by, m)
}

// ReadDecisionPage opens a decision.
func ReadDecisionPage(ctx context.Context, tx Tx, by forum.Actor, id DecisionID) (*DecisionPage, error) {
	d, err := tx.Decision(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Peek().Matter(ctx, d.MatterID)
	if err != nil {
		return nil, err
	}
	reader, err := mayReadDecision(ctx, tx, by, d, m)
	if err != nil {
		return nil, err
	}
	p := &DecisionPage{Decision: d.For(reader, m), Exempt: m.Withheld(reader), Matter: m.For(reader), Today: forum.DateOf(tx.Now())}
	in, err := tx.Forum(ctx, d.ForumID)
	if err != nil {
		return nil, err
	}
	p.Forum = *in
	if d.MeetingID != 0 {
		if p.Meeting, err = tx.Peek().Meeting(ctx, d.MeetingID); err != nil {
			return nil, err
		}
	}
	for _, part := range []func(context.Context, Tx, forum.Actor, forum.Reader) error{p.readLinks, p.readFollowUps} {
		if err := part(ctx, tx, by, reader); err != nil {
			return nil, err
		}
	}
	p.History, err = forum.History(ctx, tx, DecisionObject(id))
	return p, err
}

// readLinks finds what supersedes what. Of the others the numbers alone are shown, so
// that nothing is told of a matter that the reader may not read.
func (p *DecisionPage) readLinks(ctx context.Context, tx Tx, by forum.Actor, _ forum.Reader) (err error) {
	if p.Before, err = tx.DecisionsBefore(ctx, p.ID); err != nil {
		return err
	}
	for i := range p.Before {
		p.Before[i].Text, p.Before[i].Actions = "", nil
	}
	if p.SupersededBy != 0 {
		if p.After, err = In(tx.Peek()).Decision(ctx, p.SupersededBy); err != nil {
			return err
		}
		p.After.Text, p.After.Actions = "", nil
	}
	if p.MaySupersede, err = by.Can(ctx, tx, SupersedeIt, p.ForumID); err != nil || !p.MaySupersede || !p.Holds() {
		p.MaySupersede = false
		return err
	}
	all, err := tx.DecisionsIn(ctx, []forum.ForumID{p.ForumID})
	for _, d := range all {
		if d.ID != p.ID && d.Holds() {
			d.Text, d.Actions = "", nil
			p.Others = append(p.Others, d)
		}
	}
	p.MaySupersede = len(p.Others) > 0
	return err
}

func (p *DecisionPage) readFollowUps(ctx context.Context, tx Tx, by forum.Actor, reader forum.Reader) error {
	followUps, err := tx.FollowUpsOf(ctx, p.ID)
	if err != nil {
		return err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, p.Today)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	for _, f := range followUps {
		row := FollowUpRow{FollowUp: f.For(reader, &p.Matter), Organisation: organisations[f.OrganisationID], Owner: people[f.OwnerID], OfferedTo: organisations[f.OfferedTo]}
		if err := row.readRights(ctx, tx, by, organisations); err != nil {
			return err
		}
		if row.MayReport && f.Owed() {
			if row.Candidates, err = candidates(ctx, tx, &f, organisations, people); err != nil {
				return err
			}
		}
		words, err := tx.Progress(ctx, f.ID)
		if err != nil {
			return err
		}
		for _, w := range words {
			if p.Exempt {
				w.Text = ""
			}
			row.Words = append(row.Words, ProgressRow{w, people[w.PersonID].Name})
		}
		p.FollowUps = append(p.FollowUps, row)
	}
	return nil
}

func (r *FollowUpRow) readRights(ctx context.Context, tx Tx, by forum.Actor, organisations map[forum.OrganisationID]forum.Organisation) error {
	work := &file{by: by, followUp: &r.FollowUp}
	err := work.mayReport(ctx, tx)
	if r.MayReport = err == nil; err != nil && !forum.IsKind(err, forum.Forbidden) {
		return err
	}
	_, err = steers(ctx, tx, by, r.ForumID, &r.Organisation)
	if r.MaySteer = err == nil; err != nil && !forum.IsKind(err, forum.Forbidden) {
		return err
	}
	if r.State != HandedOver {
		return nil
	}
	to := organisations[r.FollowUp.OfferedTo]
	_, err = steers(ctx, tx, by, r.ForumID, &to)
	if r.MayAnswer = err == nil; err != nil && !forum.IsKind(err, forum.Forbidden) {
		return err
	}
	return nil
}

// candidates are who can get a follow-up: those who sit for its organisation anywhere,
// and the members of the forum for the others.
func candidates(ctx context.Context, tx Tx, f *FollowUp, organisations map[forum.OrganisationID]forum.Organisation, people map[forum.PersonID]forum.Person) ([]Candidate, error) {
	today := forum.DateOf(tx.Now())
	own, err := tx.SeatsFor(ctx, f.OrganisationID)
	if err != nil {
		return nil, err
	}
	here, err := forum.SeatsAt(ctx, tx, f.ForumID, today)
	if err != nil {
		return nil, err
	}
	var found []Candidate
	seen := map[[2]int64]bool{{int64(f.OrganisationID), int64(f.OwnerID)}: true}
	add := func(s forum.Seat) {
		key := [2]int64{int64(s.OrganisationID), int64(s.PersonID)}
		if !seen[key] {
			seen[key] = true
			found = append(found, Candidate{people[s.PersonID], organisations[s.OrganisationID]})
		}
	}
	for _, s := range own {
		if today.Within(s.From, s.To) {
			add(s)
		}
	}
	for _, s := range here {
		if s.OrganisationID != f.OrganisationID {
			add(s)
		}
	}
	return found, nil
}
