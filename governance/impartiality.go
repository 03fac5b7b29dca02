package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// ImpartialityID identifies a question of somebody's impartiality.
type ImpartialityID int64

// Judgement is how far a question of impartiality has come.
type Judgement string

// The judgements.
const (
	Questioned   Judgement = "questioned" // nobody has decided
	Disqualified Judgement = "disqualified"
	Cleared      Judgement = "cleared"
)

// Impartiality (habilitet) is the question whether somebody is too near a matter
// to take part in it (fvl. § 6). The body decides it without the one who is
// questioned (fvl. § 8). Speaking for the own organisation is no reason.
type Impartiality struct {
	ID        ImpartialityID
	ForumID   forum.ForumID
	MatterID  forum.MatterID
	PersonID  forum.PersonID
	Reason    string
	Basis     string // legal basis, "fvl. § 6 første ledd" for one
	NotedBy   forum.PersonID
	NotedAt   time.Time
	Judgement Judgement
	SettledBy forum.PersonID
	SettledAt time.Time // zero while nobody has decided
	// AllTookPart tells that those questioned decided too, because too few were left without them.
	AllTookPart bool
}

// ImpartialityKeeper keeps questions of impartiality, guarded by the matter.
type ImpartialityKeeper interface {
	Impartiality(ctx context.Context, id ImpartialityID) (*Impartiality, error)
	// Impartialities lists a matter's, the oldest first.
	Impartialities(ctx context.Context, matter forum.MatterID) ([]Impartiality, error)
	// SaveImpartiality keeps a question; Conflict when the matter has another one of the same person.
	SaveImpartiality(ctx context.Context, question *Impartiality) error
}

// WhoAre are the people whose question has a judgement.
func WhoAre(questions []Impartiality, judged Judgement) []forum.PersonID {
	var people []forum.PersonID
	for _, q := range questions {
		if q.Judgement == judged {
			people = append(people, q.PersonID)
		}
	}
	return people
}

// Deciders are who decides on the impartiality of those questioned: everyone else
// who takes part. If too many are questioned for a quorum, all take part (fvl. § 8
// second paragraph), which the second answer tells.
func Deciders(electors []Elector, questioned []forum.PersonID, needed []Needed) ([]Elector, bool) {
	others := slices.DeleteFunc(slices.Clone(electors), func(e Elector) bool { return slices.Contains(questioned, e.Person) })
	if len(others) == len(electors) || Quorate(QuorumOf(needed, others)) {
		return others, false
	}
	return electors, true
}
