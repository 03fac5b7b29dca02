package forum

import (
	"context"
	"time"
)

// RemovalID identifies a removal.
type RemovalID int64

// Way is how a matter leaves the inbox other than to an agenda.
type Way string

// The ways.
const (
	Return   Way = "return"
	Relocate Way = "relocate"
	Merge    Way = "merge"
)

// RemovalState is how far a removal has come.
type RemovalState string

// The states of a removal.
const (
	AskedRemoval     RemovalState = "asked"     // waits for the other level's secretary
	ContestedRemoval RemovalState = "contested" // waits for the key-holders
	DoneRemoval      RemovalState = "done"      // carried out
	KeptRemoval      RemovalState = "kept"      // refused: the matter stays
	WithdrawnRemoval RemovalState = "withdrawn" // by who asked
)

// Removal is the wish to return, relocate or merge a matter. Nobody removes the
// other side's matters alone: one that the other equal level proposed needs
// that level's secretary, or it stays, contested, until the key-holders decide.
type Removal struct {
	ID         RemovalID
	MatterID   MatterID
	Way        Way
	Reason     string
	ToForum    ForumID  // of a relocation
	ToMatter   MatterID // of a merger
	State      RemovalState
	AskedBy    PersonID
	AskedLevel Level
	AskedAt    time.Time
	Objection  string // of the other level's secretary
	Agreed     []Key  // of the key-holders who said yes
}

// Key is one key-holder's yes.
type Key struct {
	Person PersonID
	Level  Level
}

// RemovalKeeper keeps removals. They are guarded by their matter: an act locks
// the matter first, and then reads the removal that it changes.
type RemovalKeeper interface {
	Removal(ctx context.Context, id RemovalID) (*Removal, error)
	// OpenRemoval is the one that a matter waits on; NotFound when none does.
	OpenRemoval(ctx context.Context, matter MatterID) (*Removal, error)
	// OpenRemovals lists those that matters of a forum wait on.
	OpenRemovals(ctx context.Context, forum ForumID) ([]Removal, error)
	SaveRemoval(ctx context.Context, removal *Removal) error
}

// Right is what asking for it takes.
func (w Way) Right() Right {
	switch w {
	case Relocate:
		return RelocateIt
	case Merge:
		return MergeIt
	}
	return ReturnIt
}

// Valid tells whether the way is one of the three.
func (w Way) Valid() bool { return w == Return || w == Relocate || w == Merge }

// wish is what someone asks for, without what only answers fill in or another
// way needs.
func (r Removal) wish() Removal {
	wish := Removal{Way: r.Way, Reason: r.Reason}
	switch r.Way {
	case Relocate:
		wish.ToForum = r.ToForum
	case Merge:
		wish.ToMatter = r.ToMatter
	}
	return wish
}

// Ask opens the removal for a secretary of a level. It is done at once when the
// matter is of the secretary's own level, or of no equal level.
func (r *Removal) Ask(m *Matter, by PersonID, level Level, now time.Time) error {
	reason, err := Reasoned(r.Reason)
	if err != nil {
		return err
	}
	r.Reason = reason
	r.MatterID, r.AskedBy, r.AskedLevel, r.AskedAt = m.ID, by, level, now
	r.State = AskedRemoval
	if m.Level == Advisory || m.Level == level {
		r.State = DoneRemoval
	}
	return nil
}

// Agree is the yes of a secretary of the proposer's level.
func (r *Removal) Agree() error {
	if r.State != AskedRemoval {
		return r.conflict()
	}
	r.State = DoneRemoval
	return nil
}

// Contest is the no of a secretary of the proposer's level: the key-holders decide.
func (r *Removal) Contest(objection string) error {
	if r.State != AskedRemoval {
		return r.conflict()
	}
	objection, err := Reasoned(objection)
	if err != nil {
		return err
	}
	r.Objection, r.State = objection, ContestedRemoval
	return nil
}

// Decide is one key-holder's word, of an equal level. One no keeps the matter.
// It is removed when yes has come from both levels, from two persons.
func (r *Removal) Decide(key Key, yes bool) error {
	if r.State != ContestedRemoval {
		return r.conflict()
	}
	if key.Level.Other() == "" {
		return Refuse(Forbidden, "error.forbidden.other_level")
	}
	if !yes {
		r.State = KeptRemoval
		return nil
	}
	for _, given := range r.Agreed {
		if given.Person == key.Person || given.Level == key.Level {
			return Refuse(Conflict, "error.removal.key_given")
		}
	}
	r.Agreed = append(r.Agreed, key)
	if len(r.Agreed) == 2 {
		r.State = DoneRemoval
	}
	return nil
}

// Withdraw takes the wish back, by who asked.
func (r *Removal) Withdraw(by PersonID) error {
	if !r.Open() {
		return r.conflict()
	}
	if by != r.AskedBy {
		return Refuse(Forbidden, "error.removal.not_yours")
	}
	r.State = WithdrawnRemoval
	return nil
}

// Open tells whether someone still has to answer.
func (r *Removal) Open() bool { return r.State == AskedRemoval || r.State == ContestedRemoval }

func (r *Removal) conflict() error {
	return Refuse(Conflict, "error.removal.state."+string(r.State))
}
