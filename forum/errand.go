package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// ErrandID identifies an errand.
type ErrandID int64

// ErrandKind is which act an errand carries out; its texts stand below "errand.".
type ErrandKind string

// UndoWithin is for how long what somebody sets in motion on a page can be
// undone: nothing of it leaves before.
const UndoWithin = time.Minute

// Errand is what somebody set in motion on a page and that sends mail when its
// time has come. Until then it can be undone, and nothing has left. One that
// could not be carried out then stays, as failed, until its person has seen it.
type Errand struct {
	ID          ErrandID
	ForumID     ForumID
	Kind        ErrandKind
	Key         string // of what it changes; two at once of one are not taken
	SubjectKind string // of the object on whose page it shows
	SubjectID   int64
	PersonID    PersonID // who pressed, and as whom it is carried out
	Level       Level
	Args        json.RawMessage   // of the kind
	Seen        Digest            // of what the press was about, "" where it does not matter
	About       map[string]string // what people call it by: Start (RFC 3339), Title, Name
	People      int               // who get mail
	PressedAt   time.Time
	DueAt       time.Time
	FailedAt    time.Time // zero while it rests
	Trouble     string    // text key of why it failed
	TroubleArgs map[string]string
}

// Subject names the object on whose page the errand shows.
func (e Errand) Subject() Object { return Object{e.SubjectKind, e.SubjectID} }

// Holds tells whether nothing else that sends may be done to an object meanwhile.
func (e Errand) Holds(of Object) bool { return e.Rests() && e.Key == ErrandScope{Subject: of}.on() }

// Rests tells whether it can still be undone.
func (e Errand) Rests() bool { return e.FailedAt.IsZero() }

// ErrandKeeper keeps errands. One of a key rests at a time; a second is a Conflict.
type ErrandKeeper interface {
	Errand(ctx context.Context, id ErrandID) (*Errand, error)
	// RestingErrands lists all that rest, the first due first.
	RestingErrands(ctx context.Context) ([]Errand, error)
	// FailedErrands lists a person's that failed, the oldest first.
	FailedErrands(ctx context.Context, person PersonID) ([]Errand, error)
	SaveErrand(ctx context.Context, errand *Errand) error
	DropErrand(ctx context.Context, id ErrandID) error
	// GiveBackNumber gives back what NextNumber gave of a series, if it gave no later one; it answers whether.
	GiveBackNumber(ctx context.Context, series string, number int) (bool, error)
}

// RunErrand carries an errand out when its time has come.
type RunErrand struct {
	Errand ErrandID `json:"errand"`
}

// Kind names the handler.
func (RunErrand) Kind() string { return "run_errand" }

// Sendable is an act of the forum that sends mail, with all that it was given.
// The page's press tries it in a transaction that is rolled back, so that
// everything wrong shows at once, and keeps it as an errand; when its time has
// come the same act is carried out as the same person, whose right is asked
// anew. What would send nothing is done at once, as nothing has to be undone.
//
// Some acts are the other way round, and are Reversible.
type Sendable interface {
	ErrandKind() ErrandKind
	// scope is what the act is about, without asking for rights.
	Scope(ctx context.Context, tx Tx) (ErrandScope, error)
	// CarryOut is the act itself.
	CarryOut(ctx context.Context, tx Tx, by Actor, almanac Almanac) (Outcome, error)
}

// Reversible is a Sendable that is done at once while its mails alone rest:
// where the act may not wait for a minute, since others or the same person build
// on it at once (an agenda that is being put together, an objection that has to
// come before a deadline, a comment that is answered in the conversation) and
// taking it back leaves nothing behind.
type Reversible interface {
	Sendable
	// TakeBack reverses what CarryOut did, which kept in the act what this needs.
	TakeBack(ctx context.Context, tx Tx, by Actor) error
	// Holds tells whether what the mails say is still so when their time has come.
	Holds(ctx context.Context, tx Tx) (bool, error)
}

// ErrandScope is what an act is about.
type ErrandScope struct {
	In      ForumID
	Key     string // of what it changes, "" for the subject
	Subject Object
	About   map[string]string // what people call it by, as Errand.About
	Seen    any               // what has to be as it was at the press, nil for nothing
	People  int               // who get mail that others write because of it
}

// ErrandSorts tells of the acts of the house above that rest as the forum's do.
type ErrandSorts interface {
	// MoreErrands makes an empty act of each kind, to be filled from what was kept.
	MoreErrands() []func() Sendable
}

// on is what no other errand may change meanwhile.
func (s ErrandScope) on() string {
	if s.Key != "" {
		return s.Key
	}
	return fmt.Sprintf("%s/%d", s.Subject.Kind, s.Subject.ID)
}

// Outcome is what an act came to.
type Outcome struct {
	Done string // text key below "notice."
	ID   int64  // of what can be taken back, 0 for nothing
}

// seenDigest is what an errand keeps of what its press was about.
func (s ErrandScope) seenDigest() Digest {
	if s.Seen == nil {
		return ""
	}
	content, err := json.Marshal(s.Seen)
	if err != nil {
		panic(err) // domain values always encode
	}
	sum := sha256.Sum256(content)
	return Digest(hex.EncodeToString(sum[:]))
}
