package forum

import (
	"context"
	"time"
)

// MandateID identifies one version of a forum's mandate.
type MandateID int64

// DecisionRule is how a forum decides; see the domain's rule of equal weight.
type DecisionRule string

// The decision rules.
const (
	Consensus      DecisionRule = "consensus"
	DoubleMajority DecisionRule = "double-majority"
	Balanced       DecisionRule = "balanced"
	Recommendation DecisionRule = "recommendation"
)

// DecisionRules lists them.
var DecisionRules = []DecisionRule{Consensus, DoubleMajority, Balanced, Recommendation}

// RuleProfile is the legal frame that a forum works in.
type RuleProfile string

// The rule profiles.
const (
	AgreementProfile    RuleProfile = "agreement"
	MunicipalActProfile RuleProfile = "municipal-act-11"
	TrustBoardProfile   RuleProfile = "trust-board"
)

// RuleProfiles lists them.
var RuleProfiles = []RuleProfile{AgreementProfile, MunicipalActProfile, TrustBoardProfile}

// Mandate is one version of what a forum is for and how it works.
type Mandate struct {
	ID        MandateID
	ForumID   ForumID
	From      Date
	To        Date
	Text      string
	Basis     string // law or agreement
	Rule      DecisionRule
	Profile   RuleProfile
	Deadlines Deadlines
	// AnswerHours is after how many hours without an answer a substitute is called up, 0 for never.
	AnswerHours int
	// KeyHours is how many hours key-holders have before silence approves, 0 for the usual.
	KeyHours int
	// DraftDays is how many days each level has to contribute to a draft, 0 for the usual.
	DraftDays int
	// RemindDays is how many days before a follow-up is due its owner is reminded, 0 for the usual.
	RemindDays int
	// LateDays is how many days after a follow-up was due the leader is told, 0 for the usual.
	LateDays int
	// QuorumPercent is how much of each level's seats makes it quorate, 0 for half.
	QuorumPercent int
	// ArchiveCopies is whether each party's archive gets a copy of what is sent to the party for ratification.
	ArchiveCopies bool
	// PerOrganisation tells that the seats of an organisation have one vote together, and not one each.
	PerOrganisation bool
	// AdoptedBy is the rule by which a recommendation is adopted, "" for consensus.
	AdoptedBy  DecisionRule
	Inherits   []Capacity // capacities that a seat in the parent forum brings along
	KeyHolders []Capacity // who hold the two keys
	Exceptions []Exception
	Parties    []OrganisationID
	// StandingItems are on the agenda of every meeting.
	StandingItems []StandingItem
}

// halfOfSeats is the quorum of each level unless the mandate says otherwise, in percent.
const halfOfSeats = 50

// Quorum is how much of each level's own seats makes the level quorate, in percent.
func (m *Mandate) Quorum() int {
	if m.QuorumPercent == 0 {
		return halfOfSeats
	}
	return m.QuorumPercent
}

// usualKeyHours is how long key-holders have unless the mandate says otherwise.
const usualKeyHours = 48

// KeyTime is how long key-holders have before silence approves.
func (m *Mandate) KeyTime() time.Duration {
	if m.KeyHours == 0 {
		return usualKeyHours * time.Hour
	}
	return time.Duration(m.KeyHours) * time.Hour
}

// usualDraftDays is how long a level has to contribute unless the mandate says otherwise.
const usualDraftDays = 14

// DraftTime is how many days each level has to contribute to a draft.
func (m *Mandate) DraftTime() int {
	if m.DraftDays == 0 {
		return usualDraftDays
	}
	return m.DraftDays
}

// How far from its due date people are told of a follow-up unless the mandate says otherwise, in days.
const (
	usualRemindDays = 7
	usualLateDays   = 1
)

// MostFollowUpDays is the most that a mandate can say of either, in days.
const MostFollowUpDays = 365

// RemindTime is how many days before a follow-up is due its owner is reminded.
func (m *Mandate) RemindTime() int {
	if m.RemindDays == 0 {
		return usualRemindDays
	}
	return m.RemindDays
}

// LateTime is how many days after a follow-up was due the leader is told.
func (m *Mandate) LateTime() int {
	if m.LateDays == 0 {
		return usualLateDays
	}
	return m.LateDays
}

// Deadlines are counted back from the day of the meeting, and those of its minutes on from it.
type Deadlines struct {
	ItemsDays  int // items in, days before
	PapersDays int // papers out, days before
	// MinutesDays is how many days after the meeting its minutes are out, 0 for the usual.
	MinutesDays int
}

// usualMinutesDays is when minutes are out unless the mandate says otherwise.
const usualMinutesDays = 14

// Exception is where a mandate departs from the policy for one capacity of one
// level ("*" for any): stated by name, printed and shown, never implied.
type Exception struct {
	Capacity Capacity
	Level    Level
	Right    Right
	Allow    bool
	Reason   string
}

// MandateKeeper keeps mandates.
type MandateKeeper interface {
	// Mandate is the version in force on a date; NotFound when there is none.
	Mandate(ctx context.Context, forum ForumID, on Date) (*Mandate, error)
	// Mandates lists every version in force on a date.
	Mandates(ctx context.Context, on Date) ([]Mandate, error)
	// MandateVersions lists every version of a forum's mandate by its start.
	MandateVersions(ctx context.Context, forum ForumID) ([]Mandate, error)
	SaveMandate(ctx context.Context, mandate *Mandate) error
}

// ItemsDue is the last instant at which an item reaches a meeting that starts then.
func (d Deadlines) ItemsDue(start time.Time) time.Time {
	return DateOf(start).Before(d.ItemsDays).EndOf()
}

// PapersDue is the last instant at which the papers of that meeting go out.
func (d Deadlines) PapersDue(start time.Time) time.Time {
	return DateOf(start).Before(d.PapersDays).EndOf()
}

// MinutesDue is the last instant at which the minutes of a meeting that ends then go out.
func (d Deadlines) MinutesDue(end time.Time) time.Time {
	return DateOf(end).Before(-d.MinutesTime()).EndOf()
}

// MinutesTime is how many days after a meeting its minutes are out.
func (d Deadlines) MinutesTime() int {
	if d.MinutesDays == 0 {
		return usualMinutesDays
	}
	return d.MinutesDays
}
