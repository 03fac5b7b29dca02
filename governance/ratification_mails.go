package governance

import (
	"context"
	"maps"
	"slices"

	"github.com/samraad/samraad/forum"
)

// The mails about ratifications, and where their answers go.
const (
	RatificationAskedMessage   forum.MessageKind = "ratification-asked"
	RatificationCopyMessage    forum.MessageKind = "ratification-copy"
	RatificationDueMessage     forum.MessageKind = "ratification-due"
	RatificationReceiptMessage forum.MessageKind = "ratification-receipt"
	RatificationsDoneMessage   forum.MessageKind = "ratifications-done"

	RatificationPurpose forum.Purpose = "ratification" // Subject is a ratification
)

// RatificationFacts is what a mail about a recommendation says. Case is nil for a
// mail that carries none, as that of an exempt matter.
type RatificationFacts struct {
	forum.MatterFacts
	Token    string // of the address that the answer goes to, "" for a copy
	Party    string
	Text     string
	Deadline forum.Date
	Exempt   bool
	Basis    string
	Archive  bool // the copy is for the archive
	Case     *CaseText
	State    RatificationState // of a receipt
	Remarks  string
	Ref      string
	Trouble  string // text key of why a mail was not taken, "" for one that was
	Args     []any
	InForce  bool // every party has ratified
	Lines    []RatificationFact
}

// RatificationFact is one party's line in a mail.
type RatificationFact struct {
	Party string
	State RatificationState
}

// askEach mails those who answer for each party, and the copies.
func askEach(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter, mandate *forum.Mandate, l *Ledger, lines []Ratification) error {
	a, err := newAsking(ctx, tx, m, l)
	if err != nil {
		return err
	}
	if a.asker, err = tx.Person(ctx, l.AskedBy); err != nil {
		return err
	}
	for _, r := range lines {
		if err := a.ask(ctx, tx, r, RatificationAskedMessage); err != nil {
			return err
		}
		o := a.parties[r.OrganisationID]
		copies := map[string]bool{o.Contact: false}
		if mandate.ArchiveCopies {
			copies[o.Archive] = true
		}
		for _, address := range slices.Sorted(maps.Keys(copies)) {
			if address == "" {
				continue
			}
			facts := a.facts(o)
			facts.Archive, facts.Person = copies[address], o.Name
			to := forum.Person{Name: o.Name, Address: address, Language: o.Language}
			if err := forum.Send(ctx, tx, a.in, &to, RatificationCopyMessage, facts); err != nil {
				return err
			}
		}
	}
	return nil
}

// asking is what the mails about one ledger share.
type asking struct {
	in      *forum.Forum
	matter  *forum.Matter
	ledger  *Ledger
	content *CaseText
	asker   *forum.Person
	people  map[forum.PersonID]forum.Person
	parties map[forum.OrganisationID]forum.Organisation
}

func newAsking(ctx context.Context, tx Tx, m *forum.Matter, l *Ledger) (*asking, error) {
	a := &asking{matter: m, ledger: l}
	var err error
	if a.in, err = tx.Forum(ctx, m.ForumID); err != nil {
		return nil, err
	}
	if a.people, err = tx.People(ctx); err != nil {
		return nil, err
	}
	if a.parties, err = tx.Organisations(ctx); err != nil {
		return nil, err
	}
	if m.Access == forum.Exempt {
		return a, nil
	}
	a.content, err = caseText(ctx, tx, m, l)
	return a, err
}

// facts are what the mails to a party say.
func (a *asking) facts(party forum.Organisation) RatificationFacts {
	f := RatificationFacts{
		MatterFacts: matterFacts(a.in, a.matter), Party: party.Name, Deadline: a.ledger.Deadline,
		Exempt: a.matter.Access == forum.Exempt, Basis: a.matter.Basis, Case: a.content,
	}
	if a.asker != nil {
		f.Asker = a.asker.Name
	}
	if !f.Exempt {
		f.Text = a.ledger.Text
	}
	return f
}

// answering is what a party is today, and who answers for it: each of those who sit
// for it and may; the secretaries of its level where nobody does.
func answering(ctx context.Context, tx Tx, in forum.ForumID, party forum.OrganisationID) (o *forum.Organisation, people []forum.PersonID, err error) {
	if o, err = forum.LivingOrganisation(ctx, tx, party); err != nil {
		return nil, nil, err
	}
	all, err := forum.Holders(ctx, tx, in, forum.RatifyIt, "")
	if err != nil {
		return nil, nil, err
	}
	var secretaries []forum.PersonID
	for _, id := range all {
		standings, err := forum.AsPerson(id).StandingsOf(ctx, tx, forum.RatifyIt, in)
		if err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(standings, func(s forum.Standing) bool { return s.Organisation == o.ID }) {
			people = append(people, id)
		} else if slices.ContainsFunc(standings, func(s forum.Standing) bool { return s.Capacity == forum.Secretary && s.Level == o.Level }) {
			secretaries = append(secretaries, id)
		}
	}
	if people == nil {
		people = secretaries
	}
	return o, people, nil
}

// ask mails each of those who answer for a party.
func (a *asking) ask(ctx context.Context, tx Tx, r Ratification, kind forum.MessageKind) error {
	o, own, err := answering(ctx, tx, a.in.ID, r.OrganisationID)
	if err != nil {
		return err
	}
	for _, id := range own {
		to, facts := a.people[id], a.facts(*o)
		facts.Person, facts.Token = to.Name, forum.NewSecret()
		if err := tx.SaveAddressToken(ctx, &forum.AddressToken{Token: facts.Token, Purpose: RatificationPurpose, Subject: int64(r.ID), PersonID: id, ForumID: a.in.ID}); err != nil {
			return err
		}
		if err := forum.Send(ctx, tx, a.in, &to, kind, facts); err != nil {
			return err
		}
	}
	return nil
}

// tellSettled tells the secretaries of both levels when the last party has answered.
func tellSettled(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter, l *Ledger) error {
	lines, err := tx.Ratifications(ctx, l.ID)
	if err != nil || !Settled(lines) {
		return err
	}
	a, err := newAsking(ctx, tx, m, l)
	if err != nil {
		return err
	}
	facts := a.facts(forum.Organisation{})
	facts.Case, facts.InForce = nil, InForce(lines)
	for _, r := range lines {
		facts.Lines = append(facts.Lines, RatificationFact{a.parties[r.OrganisationID].Name, r.State})
	}
	secretaries, err := forum.Holders(ctx, tx, m.ForumID, forum.AskRatification, "")
	if err != nil {
		return err
	}
	for _, id := range secretaries {
		to := a.people[id]
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, a.in, &to, RatificationsDoneMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

// TakeMailedRatification does what a mail to the address of a party's line says,
// answers with a receipt, and marks the mail understood in the same transaction.
func TakeMailedRatification(ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, about RatificationID, a RatificationAnswer) error {
	mail, err := forum.AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	r, err := ratify(ctx, tx, forum.AsPerson(sender), about, a, forum.ByMail, id)
	if err != nil {
		return err
	}
	_, _, m, err := ratificationOf(ctx, tx, about)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason, mail.MatterID = reading, forum.Understood, "", m.ID
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	return sendRatificationReceipt(ctx, tx, sender, about, func(f *RatificationFacts) {
		f.State, f.Remarks, f.Ref = r.State, r.Remarks, r.Reference
		if f.Exempt {
			f.Remarks = ""
		}
	})
}

// HoldMailedRatification keeps a mail that changed nothing for the secretaries,
// and tells its author why, with the words that are listed. The trouble is nil
// for a mail whose words were not understood.
func HoldMailedRatification(ctx context.Context, tx Tx, id forum.IncomingID, sender forum.PersonID, reading forum.Reading, about RatificationID, trouble *forum.Error) error {
	reason := "held.ratification_refused"
	if trouble == nil {
		reason, trouble = "held.ratification_unclear", forum.Refuse(forum.Invalid, "error.ratification.unclear")
	}
	if err := forum.HoldMail(ctx, tx, id, reading, reason, false); err != nil {
		return err
	}
	return sendRatificationReceipt(ctx, tx, sender, about, func(f *RatificationFacts) { f.Trouble, f.Args = trouble.Key, trouble.Args })
}

func sendRatificationReceipt(ctx context.Context, tx Tx, to forum.PersonID, about RatificationID, more func(*RatificationFacts)) error {
	r, l, m, err := ratificationOf(ctx, tx, about)
	if err != nil {
		return err
	}
	a, err := newAsking(ctx, tx, m, l)
	if err != nil {
		return err
	}
	person := a.people[to]
	facts := a.facts(a.parties[r.OrganisationID])
	facts.Case, facts.Person, facts.Token = nil, person.Name, forum.NewSecret()
	more(&facts)
	if err := tx.SaveAddressToken(ctx, &forum.AddressToken{Token: facts.Token, Purpose: RatificationPurpose, Subject: int64(about), PersonID: to, ForumID: a.in.ID}); err != nil {
		return err
	}
	return forum.Send(ctx, tx, a.in, &person, RatificationReceiptMessage, facts)
}
