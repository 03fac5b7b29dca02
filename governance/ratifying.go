package governance

import (
	"context"
	"errors"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Recommending is what is put before the parties.
type Recommending struct {
	Text       string     // of the recommendation
	Deadline   forum.Date // "" for none
	DecisionID DecisionID // that it was adopted by, 0 for one not numbered yet
}

// AskParties puts a recommendation before each party of a forum that decides by
// recommendation. Those who may answer for a party get a mail of their own; the
// party's own address and, where the mandate says so, its archive get a copy. The
// mails carry the case as a document for the parties' own case systems, unless
// the matter is exempt.
func AskParties(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID, r Recommending) (*Ledger, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.AskRatification, m.ForumID)
	if err != nil {
		return nil, err
	}
	mandate, err := recommending(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	l := &Ledger{ForumID: m.ForumID, MatterID: id, DecisionID: r.DecisionID, AskedBy: by.Person, AskedLevel: standing.Level, AskedAt: tx.Now()}
	var untold, late error
	l.Text, untold = said(r.Text, "text")
	l.Deadline, late = due(r.Deadline, forum.DateOf(tx.Now()))
	if err := errors.Join(untold, late, decidedOn(ctx, tx, r.DecisionID, id)); err != nil {
		return nil, err
	}
	if err := tx.SaveLedger(ctx, l); err != nil {
		return nil, err
	}
	lines, err := openLines(ctx, tx, l, mandate)
	if err != nil {
		return nil, err
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "ratification_asked", nil); err != nil {
		return nil, err
	}
	return l, askEach(ctx, tx, by, m, mandate, l, lines)
}

// recommending is the mandate of a matter's forum, if it decides by
// recommendation, has parties, and asks nobody about the matter already.
func recommending(ctx context.Context, tx Tx, m *forum.Matter) (*forum.Mandate, error) {
	if m.State != forum.Proposed && m.State != forum.Placed {
		return nil, forum.Refuse(forum.Conflict, "error.matter.state."+string(m.State))
	}
	mandate, err := tx.Mandate(ctx, m.ForumID, forum.DateOf(tx.Now()))
	if forum.IsKind(err, forum.NotFound) || err == nil && mandate.Rule != forum.Recommendation {
		return nil, forum.Refuse(forum.Conflict, "error.ratification.rule")
	}
	if err != nil {
		return nil, err
	}
	if len(mandate.Parties) == 0 {
		return nil, forum.Refuse(forum.Conflict, "error.ratification.no_parties")
	}
	earlier, err := tx.LedgersOf(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range earlier {
		lines, err := tx.Ratifications(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		if !Settled(lines) {
			return nil, forum.Refuse(forum.Conflict, "error.ratification.asked_already")
		}
	}
	return mandate, nil
}

// openLines opens a line for each party that exists today.
func openLines(ctx context.Context, tx Tx, l *Ledger, mandate *forum.Mandate) (lines []Ratification, err error) {
	var parties []forum.OrganisationID
	for _, party := range mandate.Parties {
		o, err := forum.LivingOrganisation(ctx, tx, party)
		if err != nil {
			return nil, err
		}
		if o.Level == forum.Advisory || slices.Contains(parties, o.ID) || o.ValidTo != "" && o.ValidTo < forum.DateOf(tx.Now()) {
			continue // who advises is not bound, and ratifies nothing
		}
		parties = append(parties, o.ID)
		r := Ratification{LedgerID: l.ID, OrganisationID: o.ID, State: AskedRatification}
		if err := tx.SaveRatification(ctx, &r); err != nil {
			return nil, err
		}
		lines = append(lines, r)
	}
	if len(lines) == 0 {
		return nil, forum.Refuse(forum.Conflict, "error.ratification.no_parties")
	}
	return lines, nil
}

// Ratify is a party's word on a recommendation, by whoever sits for it or for
// what it was merged into; a secretary of the party's level enters what it
// answered elsewhere.
func Ratify(ctx context.Context, tx Tx, by forum.Actor, id RatificationID, a RatificationAnswer) (*Ratification, error) {
	return ratify(ctx, tx, by, id, a, forum.ByWeb, 0)
}

func ratify(ctx context.Context, tx Tx, by forum.Actor, id RatificationID, a RatificationAnswer, source forum.Source, mail forum.IncomingID) (*Ratification, error) {
	r, l, m, err := ratificationOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := speaksFor(ctx, tx, by, m.ForumID, r.OrganisationID)
	if err != nil {
		return nil, err
	}
	if a, err = a.check(); err != nil {
		return nil, err
	}
	lines, err := tx.Ratifications(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	if err := r.answer(a, Settled(lines), by.Person, standing, source, mail, tx.Now()); err != nil {
		return nil, err
	}
	if err := tx.SaveRatification(ctx, r); err != nil {
		return nil, err
	}
	party, err := tx.Organisation(ctx, r.OrganisationID)
	if err != nil {
		return nil, err
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "ratification_"+string(r.State), map[string]string{"Party": party.Name}); err != nil {
		return nil, err
	}
	return r, tellSettled(ctx, tx, by, m, l)
}

// ratificationOf gives a line as it is once its matter is locked.
func ratificationOf(ctx context.Context, tx Tx, id RatificationID) (*Ratification, *Ledger, *forum.Matter, error) {
	found, err := tx.Ratification(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	l, err := tx.Ledger(ctx, found.LedgerID)
	if err != nil {
		return nil, nil, nil, err
	}
	m, err := tx.Matter(ctx, l.MatterID)
	if err != nil {
		return nil, nil, nil, err
	}
	r, err := tx.Ratification(ctx, id)
	return r, l, m, err
}

// MatterOfRatification is the matter that a party's line belongs to.
func MatterOfRatification(ctx context.Context, tx Tx, id RatificationID) (forum.MatterID, error) {
	r, err := tx.Ratification(ctx, id)
	if err != nil {
		return 0, err
	}
	l, err := tx.Ledger(ctx, r.LedgerID)
	if err != nil {
		return 0, err
	}
	return l.MatterID, nil
}

// speaksFor is the standing by which somebody answers for a party: for the party
// itself before all, else as a secretary of its level.
func speaksFor(ctx context.Context, tx Tx, by forum.Actor, in forum.ForumID, party forum.OrganisationID) (forum.Standing, error) {
	standings, err := by.StandingsOf(ctx, tx, forum.RatifyIt, in)
	if err != nil {
		return forum.Standing{}, err
	}
	if len(standings) == 0 {
		_, err := by.May(ctx, tx, forum.RatifyIt, in)
		return forum.Standing{}, err
	}
	o, err := forum.LivingOrganisation(ctx, tx, party)
	if err != nil {
		return forum.Standing{}, err
	}
	for _, s := range standings {
		if s.Organisation == o.ID {
			return s, nil
		}
	}
	for _, s := range standings {
		if s.Capacity == forum.Secretary && s.Level == o.Level {
			return s, nil
		}
	}
	return forum.Standing{}, forum.Refuse(forum.Forbidden, "error.ratification.not_yours")
}
