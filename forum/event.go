package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Object names what an event was done to.
type Object struct {
	Kind string
	ID   int64
}

// Event is what was done, by whom, when, to what: append-only, and chained per
// forum so that any change of the past shows.
type Event struct {
	ForumID  ForumID
	Number   int64 // within the forum's chain, from 1
	At       time.Time
	PersonID PersonID // 0 for the program or its operator
	Level    Level    // in which the person stood
	Deed     string   // text key below "deed."
	Object   Object
	Details  map[string]string
	Previous Digest
	Digest   Digest
}

// EventKeeper keeps the log.
type EventKeeper interface {
	// Record adds an event to its forum's chain when the act commits; the chain's head is locked last.
	Record(ctx context.Context, event Event) error
	// History lists what was done to an object, the oldest first.
	History(ctx context.Context, object Object) ([]Event, error)
	// Chain lists a forum's events by number.
	Chain(ctx context.Context, forum ForumID) ([]Event, error)
}

// Seal links an event behind the one before it: its digest covers all that it
// says and the digest before.
func (e Event) Seal(number int64, previous Digest) Event {
	e.Number, e.Previous = number, previous
	content, err := json.Marshal([]any{
		e.ForumID, e.Number, e.At.UTC().Format(time.RFC3339Nano), e.PersonID, e.Level, e.Deed, e.Object.Kind, e.Object.ID, e.Details, e.Previous,
	})
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	sum := sha256.Sum256(content)
	e.Digest = Digest(hex.EncodeToString(sum[:]))
	return e
}

// VerifyChain gives the number of the first event of a chain that does not
// follow from the one before it; 0 when all do.
func VerifyChain(chain []Event) int64 {
	var previous Digest
	for i, e := range chain {
		number := int64(i) + 1
		if e.Number != number || e.Seal(number, previous).Digest != e.Digest || e.Previous != previous {
			return number
		}
		previous = e.Digest
	}
	return 0
}

// MatterObject, MeetingObject, ForumObject, MailObject, AnswerObject and GuestObject name what events speak of.
func MatterObject(id MatterID) Object   { return Object{"matter", int64(id)} }
func MeetingObject(id MeetingID) Object { return Object{"meeting", int64(id)} }
func ForumObject(id ForumID) Object     { return Object{"forum", int64(id)} }
func MailObject(id IncomingID) Object   { return Object{"mail", int64(id)} }
func AnswerObject(id AnswerID) Object   { return Object{"answer", int64(id)} }
func GuestObject(id GuestID) Object     { return Object{"guest", int64(id)} }
