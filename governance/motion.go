package governance

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

// MotionSort is what a motion asks for.
type MotionSort string

// The sorts of motion.
const (
	Proposal MotionSort = "proposal" // that something be decided
	Vacancy  MotionSort = "election" // that somebody be elected
)

// Motion (framlegg) is what the body is asked to decide in a matter. There can be
// several, and amendments to each.
type Motion struct {
	ID             MotionID
	ForumID        forum.ForumID
	MatterID       forum.MatterID
	Sort           MotionSort
	Amends         MotionID // that an amendment changes, 0 for none
	Position       int      // in the order of voting, from 1
	Text           string
	Candidates     []Nominee // of an election
	Proposer       forum.PersonID
	OrganisationID forum.OrganisationID // for which it was put
	Level          forum.Level
	PutAt          time.Time
	WithdrawnAt    time.Time // zero while it stands
	Outcome        Outcome   // of its last ballot, "" before it was voted on
}

// Nominee is who stands in an election.
type Nominee struct {
	ID   CandidateID // from 1, in the order in which they were put up
	Name string
}

// MotionKeeper keeps motions. The matter guards them.
type MotionKeeper interface {
	Motion(ctx context.Context, id MotionID) (*Motion, error)
	// Motions lists a matter's by position.
	Motions(ctx context.Context, matter forum.MatterID) ([]Motion, error)
	SaveMotion(ctx context.Context, motion *Motion) error
}

const (
	longestMotion    = 10_000 // letters
	longestCandidate = 200
	mostCandidates   = 30
	mostMotions      = 50 // of a matter
)

// Stands tells whether the motion can be voted on: neither withdrawn nor adopted.
func (m Motion) Stands() bool { return m.WithdrawnAt.IsZero() && m.Outcome != Adopted }

// Open tells whether the motion waits for a vote, not being decided either way.
func (m Motion) Open() bool {
	return m.WithdrawnAt.IsZero() && (m.Outcome == "" || m.Outcome == NotQuorate)
}

// Next is the motion that is to be voted on now, the first that is open; nil when none is.
func Next(motions []Motion) *Motion {
	at := slices.IndexFunc(motions, Motion.Open)
	if at < 0 {
		return nil
	}
	return &motions[at]
}

// Put adds a motion to the order of voting: an amendment before what it amends,
// all else last.
func Put(motions []Motion, m Motion) []Motion {
	at := len(motions)
	if m.Amends != 0 {
		at = slices.IndexFunc(motions, func(of Motion) bool { return of.ID == m.Amends })
	}
	return numbered(slices.Insert(slices.Clone(motions), at, m))
}

// Shift moves a motion one place up or down in the order of voting.
func Shift(motions []Motion, id MotionID, up bool) ([]Motion, error) {
	at := slices.IndexFunc(motions, func(m Motion) bool { return m.ID == id })
	to := at + 1
	if up {
		to = at - 1
	}
	if at < 0 || to < 0 || to >= len(motions) {
		return nil, forum.Refuse(forum.Conflict, "error.motion.end_of_order")
	}
	moved := slices.Clone(motions)
	moved[at], moved[to] = moved[to], moved[at]
	return numbered(moved), nil
}

func numbered(motions []Motion) []Motion {
	for i := range motions {
		motions[i].Position = i + 1
	}
	return motions
}

// motioned is the text of a motion as it is kept.
func motioned(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return "", forum.Refuse(forum.Invalid, "error.motion.no_text").On("text")
	case utf8.RuneCountInString(text) > longestMotion:
		return "", forum.Refuse(forum.Invalid, "error.too_long", "Most", longestMotion).On("text")
	case forum.HasIdentityNumber(text):
		return "", forum.Refuse(forum.Invalid, "error.identity_number").On("text")
	}
	return text, nil
}

// nominated are candidates by their names, one each; empty lines are none.
func nominated(names []string) ([]Nominee, error) {
	var candidates []Nominee
	for _, name := range names {
		name = strings.Join(strings.Fields(name), " ")
		switch {
		case name == "":
			continue
		case utf8.RuneCountInString(name) > longestCandidate:
			return nil, forum.Refuse(forum.Invalid, "error.too_long", "Most", longestCandidate).On("candidates")
		case forum.HasIdentityNumber(name):
			return nil, forum.Refuse(forum.Invalid, "error.identity_number").On("candidates")
		case slices.ContainsFunc(candidates, func(c Nominee) bool { return c.Name == name }):
			return nil, forum.Refuse(forum.Invalid, "error.motion.candidate_twice", "Name", name).On("candidates")
		}
		candidates = append(candidates, Nominee{CandidateID(len(candidates) + 1), name})
	}
	if len(candidates) == 0 || len(candidates) > mostCandidates {
		return nil, forum.Refuse(forum.Invalid, "error.motion.candidates", "Most", mostCandidates).On("candidates")
	}
	return candidates, nil
}
