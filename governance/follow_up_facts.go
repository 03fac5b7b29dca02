package governance

import (
	"cmp"
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// The mails about follow-ups and to leaders.
const (
	FollowUpMessage        forum.MessageKind = "follow-up"
	FollowUpReceiptMessage forum.MessageKind = "follow-up-receipt"
	LeaderMinutesMessage   forum.MessageKind = "leader-minutes"
	LeaderQuarterMessage   forum.MessageKind = "leader-quarter"
)

// FollowUpPurpose is that of the addresses to which owners report; Subject is a
// follow-up.
const FollowUpPurpose forum.Purpose = "follow-up"

// FollowUpCause is why somebody is written to about a follow-up.
type FollowUpCause string

// The causes.
const (
	AssignedCause    FollowUpCause = "assigned"
	ReassignedCause  FollowUpCause = "reassigned"
	OfferedCause     FollowUpCause = "offered"
	TakenCause       FollowUpCause = "taken"
	NotTakenCause    FollowUpCause = "not-taken"
	BlockedCause     FollowUpCause = "blocked"
	ReopenedCause    FollowUpCause = "reopened"
	RescheduledCause FollowUpCause = "rescheduled"
	InheritedCause   FollowUpCause = "inherited"
	AheadCause       FollowUpCause = "ahead"
	DueCause         FollowUpCause = "due"
	EscalatedCause   FollowUpCause = "escalated"
)

// FollowUpCauses lists them.
var FollowUpCauses = []FollowUpCause{
	AssignedCause, ReassignedCause, OfferedCause, TakenCause, NotTakenCause, BlockedCause, ReopenedCause, RescheduledCause, InheritedCause,
	AheadCause, DueCause, EscalatedCause,
}

// FollowUpFacts is what a mail about a follow-up says. Of an exempt matter it says
// neither what was decided nor what is to be done.
type FollowUpFacts struct {
	FollowUp     FollowUpID
	Decision     DecisionID
	Forum        string
	Address      string // of the forum
	Token        string // of the address to which the receiver reports
	Person       string // the receiver
	Cause        FollowUpCause
	Number       string // of the decision
	Matter       string // number and public title
	Exempt       bool
	Basis        string // of the exemption
	Decided      string
	Text         string // what is to be done
	Organisation string
	Owner        string // "" for nobody
	OfferedTo    string // organisation
	Due          forum.Date
	Reason       string
	By           string // who did it, "" for the program
	// Said is what a mail was understood as, "" for one that changed nothing; a receipt says so.
	Said    ProgressDeed
	State   FollowUpState
	Trouble string // text key of why nothing was taken
	Args    []any
}

// followUpFacts are those of a mail to a person, with an address of its own.
func followUpFacts(ctx context.Context, tx Tx, d *Decision, f *FollowUp, to *forum.Person) (FollowUpFacts, *forum.Forum, error) {
	in, err := tx.Forum(ctx, f.ForumID)
	if err != nil {
		return FollowUpFacts{}, nil, err
	}
	m, err := tx.Peek().Matter(ctx, d.MatterID)
	if err != nil {
		return FollowUpFacts{}, nil, err
	}
	organisations, err := tx.Organisations(ctx)
	if err != nil {
		return FollowUpFacts{}, nil, err
	}
	facts := FollowUpFacts{
		FollowUp: f.ID, Decision: d.ID, Forum: in.Name, Address: in.Address, Person: to.Name, Number: d.Number, Matter: matterName(m),
		Exempt: m.Access == forum.Exempt, Basis: m.Basis, Decided: d.For(forum.Reader{}, m).Text, Text: f.For(forum.Reader{}, m).Text,
		Organisation: organisations[f.OrganisationID].Name, OfferedTo: organisations[f.OfferedTo].Name, Due: f.Due, State: f.State,
	}
	if f.OwnerID != 0 {
		owner, err := tx.Person(ctx, f.OwnerID)
		if err != nil {
			return FollowUpFacts{}, nil, err
		}
		facts.Owner = owner.Name
	}
	facts.Token, err = reportToken(ctx, tx, f, to.ID)
	return facts, in, err
}

// matterName is a matter by its number and public title.
func matterName(m *forum.Matter) string { return cmp.Or(m.Number, m.Intake) + " " + m.Title }

// reportToken is that of the address to which a person reports on a follow-up: the
// same in every mail.
func reportToken(ctx context.Context, tx Tx, f *FollowUp, person forum.PersonID) (string, error) {
	known, err := tx.AddressTokensOf(ctx, FollowUpPurpose, int64(f.ID))
	if err != nil {
		return "", err
	}
	if at := slices.IndexFunc(known, func(t forum.AddressToken) bool { return t.PersonID == person }); at >= 0 {
		return known[at].Token, nil
	}
	token := &forum.AddressToken{Token: forum.NewSecret(), Purpose: FollowUpPurpose, Subject: int64(f.ID), PersonID: person, ForumID: f.ForumID}
	return token.Token, tx.SaveAddressToken(ctx, token)
}

// tellOwner writes to who sees to a follow-up, or to the secretaries of the
// organisation's level where nobody does, unless it was they who did it.
func tellOwner(ctx context.Context, tx Tx, d *Decision, f *FollowUp, cause FollowUpCause, reason string, by forum.Actor) error {
	if f.OwnerID == 0 {
		o, err := tx.Organisation(ctx, f.OrganisationID)
		if err != nil {
			return err
		}
		return (&file{by: by, decision: d, followUp: f}).tellSecretaries(ctx, tx, sideOf(o), cause, reason)
	}
	if f.OwnerID == by.Person {
		return nil
	}
	return tellOf(ctx, tx, d, f, f.OwnerID, cause, reason, by)
}

// tellSecretaries writes to those who steer the forum's follow-ups, of a level or of
// any, but for who did it.
func (f *file) tellSecretaries(ctx context.Context, tx Tx, level forum.Level, cause FollowUpCause, reason string) error {
	people, err := forum.Holders(ctx, tx, f.followUp.ForumID, SteerIt, level)
	if err != nil {
		return err
	}
	if len(people) == 0 && level != "" {
		if people, err = forum.Holders(ctx, tx, f.followUp.ForumID, SteerIt, ""); err != nil {
			return err
		}
	}
	for _, person := range people {
		if person == f.by.Person {
			continue
		}
		if err := tellOf(ctx, tx, f.decision, f.followUp, person, cause, reason, f.by); err != nil {
			return err
		}
	}
	return nil
}

// tellOf writes to a person about a follow-up.
func tellOf(ctx context.Context, tx Tx, d *Decision, f *FollowUp, to forum.PersonID, cause FollowUpCause, reason string, by forum.Actor) error {
	person, err := tx.Person(ctx, to)
	if err != nil {
		return err
	}
	facts, in, err := followUpFacts(ctx, tx, d, f, person)
	if err != nil {
		return err
	}
	facts.Cause = cause
	if !facts.Exempt {
		facts.Reason = reason
	}
	if by.Person != 0 {
		who, err := tx.Person(ctx, by.Person)
		if err != nil {
			return err
		}
		facts.By = who.Name
	}
	return forum.Send(ctx, tx, in, person, FollowUpMessage, facts)
}
