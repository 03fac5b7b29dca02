package forum

import (
	"context"
	"strings"
	"time"
	"unicode"
)

// MatterID identifies a matter.
type MatterID int64

// MatterState is where a matter stands with the forum that it was sent to.
type MatterState string

// The states of a matter at a forum's door.
const (
	Proposed MatterState = "proposed" // in the secretaries' inbox
	Placed   MatterState = "placed"   // on an agenda
	Returned MatterState = "returned" // to its proposer, with a reason
	Merged   MatterState = "merged"   // into another
)

// MatterKind is what is asked of the forum.
type MatterKind string

// The kinds of matter.
const (
	DecisionMatter   MatterKind = "decision"
	DiscussionMatter MatterKind = "discussion"
	BriefingMatter   MatterKind = "briefing"
	StructuralChange MatterKind = "structural-change"
)

// MatterKinds lists them; the first is what a mail that says nothing else proposes.
var MatterKinds = []MatterKind{DiscussionMatter, DecisionMatter, BriefingMatter, StructuralChange}

// Source is how a matter came.
type Source string

// The sources.
const (
	ByMail Source = "mail"
	ByWeb  Source = "web"
)

// Matter (sak) is what is dealt with, across forums and meetings.
type Matter struct {
	ID           MatterID
	ForumID      ForumID
	Intake       string     // number given at once, unique in the installation: 2026-17
	Number       string     // the forum's NN/YY from its first agenda, "" before
	Title        string     // public: everyone who learns of the matter may read it
	FullTitle    string     // "" unless the title is exempt: for who may read what is exempt
	Access       AccessCode // Exempt for a matter whose title and text are
	Basis        string     // legal, of an exemption
	Kind         MatterKind
	Text         string
	Proposer     PersonID
	Organisation OrganisationID // for which it was proposed
	Level        Level          // of that organisation, then
	Source       Source
	MailID       IncomingID // 0 unless by mail
	State        MatterState
	Reason       string   // of a return, relocation or merger
	MergedInto   MatterID // 0 unless merged
	ProposedAt   time.Time
	HeirFrom     Date     // since when somebody follows it in the proposer's place, "" for never
	Heir         PersonID // who that is, 0 for the organisation
}

// follower is who follows the matter on a date, 0 for the organisation for
// which it was proposed.
func (m *Matter) follower(on Date) PersonID {
	if m.HeirFrom != "" && m.HeirFrom <= on {
		return m.Heir
	}
	return m.Proposer
}

// MatterKeeper keeps matters.
type MatterKeeper interface {
	Matter(ctx context.Context, id MatterID) (*Matter, error)
	// Matters lists a forum's matters in a state, the oldest first.
	Matters(ctx context.Context, forum ForumID, state MatterState) ([]Matter, error)
	CountMatters(ctx context.Context, forum ForumID, state MatterState) (int, error)
	SaveMatter(ctx context.Context, matter *Matter) error
	// NextNumber counts up a named series, from 1, without gaps within commits.
	NextNumber(ctx context.Context, series string) (int, error)
}

const (
	longestTitle  = 250
	longestText   = 200_000
	longestReason = 2000
)

// titled gives a title fit to show: one line, trimmed, without control
// characters, not empty.
func titled(title string) (string, error) {
	words := strings.FieldsFunc(title, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	title = strings.Join(words, " ")
	switch {
	case title == "":
		return "", Refuse(Invalid, "error.matter.no_title").On("title")
	case len([]rune(title)) > longestTitle:
		return "", Refuse(Invalid, "error.too_long", "Most", longestTitle).On("title")
	}
	return title, nil
}

// CheckTitle refuses what cannot be the title of a matter.
func CheckTitle(title string) error {
	_, err := titled(title)
	return err
}

// Reasoned gives a reason fit to be read by those whom it concerns: trimmed, not
// empty, not a treatise.
func Reasoned(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return "", Refuse(Invalid, "error.reason_missing").On("reason")
	case len([]rune(reason)) > longestReason:
		return "", Refuse(Invalid, "error.too_long", "Most", longestReason).On("reason")
	}
	return reason, nil
}

// leaves checks that the matter waits in the inbox, from where alone it can be
// returned, relocated or merged.
func (m *Matter) leaves() error {
	if m.State != Proposed {
		return Refuse(Conflict, "error.matter.state."+string(m.State))
	}
	return nil
}

// Place takes the matter out of the inbox to an agenda, with the number that it
// keeps from then on.
func (m *Matter) Place(number string) error {
	if err := m.leaves(); err != nil {
		return err
	}
	if m.Number == "" {
		m.Number = number
	}
	m.State = Placed
	return nil
}

// PutBack undoes a placing or a return.
func (m *Matter) PutBack() error {
	if m.State != Placed && m.State != Returned {
		return Refuse(Conflict, "error.matter.state."+string(m.State))
	}
	m.State, m.Reason = Proposed, ""
	return nil
}

// carryOut does what a removal asks.
func (m *Matter) carryOut(r *Removal) error {
	if err := m.leaves(); err != nil {
		return err
	}
	m.Reason = r.Reason
	switch r.Way {
	case Return:
		m.State = Returned
	case Relocate:
		m.ForumID, m.Number = r.ToForum, ""
	case Merge:
		m.State, m.MergedInto = Merged, r.ToMatter
	}
	return nil
}
