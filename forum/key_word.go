package forum

import (
	"context"
	"time"
)

// KeyWordID identifies what someone said of an edition.
type KeyWordID int64

// KeyAnswer is what a key-holder says of an item.
type KeyAnswer string

// The answers.
const (
	Approve  KeyAnswer = "approve"
	Objects  KeyAnswer = "object"
	TakeBack KeyAnswer = "take-back" // as if nothing had been said
)

// KeyAnswers lists them.
var KeyAnswers = []KeyAnswer{Approve, Objects, TakeBack}

// KeyWord is one word of a key-holder, or of the stand-in of one, on one item of
// an edition. Words are only ever added; the newest of a level on an item holds.
type KeyWord struct {
	ID        KeyWordID
	EditionID EditionID
	Item      string // Key of the line
	Level     Level
	PersonID  PersonID
	StandIn   bool // the person turned the key for a holder who was away
	Answer    KeyAnswer
	Reason    string // of an objection
	Source    Source
	MailID    IncomingID // that it came in, 0 from the page
	SaidAt    time.Time
}

// KeyWordKeeper keeps the words of key-holders. The meeting guards them, as its
// editions.
type KeyWordKeeper interface {
	// KeyWords lists an edition's, in the order in which they came.
	KeyWords(ctx context.Context, edition EditionID) ([]KeyWord, error)
	SaveKeyWord(ctx context.Context, word *KeyWord) error
}

// StandInID identifies the naming of a stand-in.
type StandInID int64

// StandIn is who turns a key-holder's key in a forum while the holder is away: a
// holder names one at most.
type StandIn struct {
	ID       StandInID
	ForumID  ForumID
	HolderID PersonID
	PersonID PersonID
}

// StandInKeeper keeps who stands in for key-holders.
type StandInKeeper interface {
	// StandIns lists a forum's by holder.
	StandIns(ctx context.Context, forum ForumID) ([]StandIn, error)
	// StandInsOf lists those whom a person has named.
	StandInsOf(ctx context.Context, holder PersonID) ([]StandIn, error)
	// SaveStandIn keeps one; Conflict when the holder has another in the forum.
	SaveStandIn(ctx context.Context, standIn *StandIn) error
	DropStandIn(ctx context.Context, id StandInID) error
}
