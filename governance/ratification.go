package governance

import (
	"context"
	"errors"
	"time"

	"github.com/samraad/samraad/forum"
)

// RatificationState is what a party has said to a recommendation.
type RatificationState string

// The states of a ratification. A party that ratifies with remarks has ratified.
const (
	AskedRatification RatificationState = "asked"
	Ratified          RatificationState = "ratified"
	WithRemarks       RatificationState = "with-remarks"
	Rejected          RatificationState = "rejected"
)

// RatificationAnswers lists what a party can say.
var RatificationAnswers = []RatificationState{Ratified, WithRemarks, Rejected}

// Ledger is a recommendation that was put before each party of the forum, which
// ratifies it for itself. The matter guards it with all that is in it.
type Ledger struct {
	ID         LedgerID
	ForumID    forum.ForumID
	MatterID   forum.MatterID
	DecisionID DecisionID // that the recommendation was adopted by, 0 for one not numbered yet
	Text       string     // of the recommendation
	Deadline   forum.Date // "" for none
	AskedBy    forum.PersonID
	AskedLevel forum.Level
	AskedAt    time.Time
}

// Ratification is one party's line in a ledger. It is the organisation's, never a
// person's: whoever sits for it, or for what it was merged into, answers.
type Ratification struct {
	ID             RatificationID
	LedgerID       LedgerID
	OrganisationID forum.OrganisationID
	State          RatificationState
	Remarks        string
	Reference      string // in the party's own case system
	AnsweredBy     forum.PersonID
	AnsweredFor    forum.OrganisationID // for which that person stood: another than the party's where a secretary entered it
	Level          forum.Level          // of that organisation
	AnsweredAt     time.Time
	Source         forum.Source
	MailID         forum.IncomingID // 0 unless by mail
	RemindedAt     time.Time        // zero until the party was reminded
}

// LedgerKeeper keeps ledgers.
type LedgerKeeper interface {
	Ledger(ctx context.Context, id LedgerID) (*Ledger, error)
	// LedgersOf lists a matter's, the oldest first.
	LedgersOf(ctx context.Context, matter forum.MatterID) ([]Ledger, error)
	SaveLedger(ctx context.Context, ledger *Ledger) error
	Ratification(ctx context.Context, id RatificationID) (*Ratification, error)
	// Ratifications lists a ledger's lines in the order of the mandate's parties.
	Ratifications(ctx context.Context, ledger LedgerID) ([]Ratification, error)
	// LedgersDue lists those with a deadline up to a date in which a party is asked still and was not reminded.
	LedgersDue(ctx context.Context, until forum.Date) ([]Ledger, error)
	// SaveRatification keeps a line; Conflict when the ledger has another one of the party.
	SaveRatification(ctx context.Context, ratification *Ratification) error
}

// RatificationAnswer is what a party says.
type RatificationAnswer struct {
	State     RatificationState
	Remarks   string // needed to reject, and to ratify with remarks
	Reference string // in the party's own case system, "" for none
}

const longestReference = 100

// check gives the answer fit to be kept.
func (a RatificationAnswer) check() (RatificationAnswer, error) {
	var wrong []error
	switch a.State {
	case Ratified:
		if a.Remarks != "" {
			a.State = WithRemarks
		}
	case WithRemarks, Rejected:
	default:
		wrong = append(wrong, forum.Refuse(forum.Invalid, "error.ratification.answer").On("answer"))
	}
	if a.State != Ratified {
		remarks, err := said(a.Remarks, "remarks")
		a.Remarks = remarks
		wrong = append(wrong, err)
	}
	if a.Reference != "" {
		reference, err := said(a.Reference, "reference")
		if len([]rune(reference)) > longestReference {
			err = forum.Refuse(forum.Invalid, "error.too_long", "Most", longestReference).On("reference")
		}
		a.Reference = reference
		wrong = append(wrong, err)
	}
	return a, errors.Join(wrong...)
}

// answer keeps a party's word. A party can change it as long as somebody else is asked
// still, so that a word that was given is not undone when all rely on it.
func (r *Ratification) answer(a RatificationAnswer, settled bool, by forum.PersonID, as forum.Standing, source forum.Source, mail forum.IncomingID, now time.Time) error {
	if settled {
		return forum.Refuse(forum.Conflict, "error.ratification.settled")
	}
	r.State, r.Remarks, r.Reference = a.State, a.Remarks, a.Reference
	r.AnsweredBy, r.AnsweredFor, r.Level, r.AnsweredAt, r.Source, r.MailID = by, as.Organisation, as.Level, now, source, mail
	return nil
}

// Settled tells whether every party has answered.
func Settled(lines []Ratification) bool {
	for _, r := range lines {
		if r.State == AskedRatification {
			return false
		}
	}
	return len(lines) > 0
}

// InForce tells whether every party has ratified.
func InForce(lines []Ratification) bool {
	for _, r := range lines {
		if r.State != Ratified && r.State != WithRemarks {
			return false
		}
	}
	return len(lines) > 0
}
