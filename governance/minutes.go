package governance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/samraad/samraad/forum"
)

// MinutesState is how far minutes have come.
type MinutesState string

// The states of minutes. What is sent can be taken up again to be mended; what is
// approved never changes.
const (
	WritingMinutes  MinutesState = "writing"
	SentMinutes     MinutesState = "sent"  // to those who were there, who approve or remark
	KeyedMinutes    MinutesState = "keyed" // before the key-holders
	ApprovedMinutes MinutesState = "approved"
)

// Minutes (møtebok) are one version of what is recorded of a meeting (koml.
// § 11-4). A correction of approved minutes is the next version.
type Minutes struct {
	ID         MinutesID
	ForumID    forum.ForumID
	MeetingID  forum.MeetingID
	Number     int // version, from 1 within the meeting
	State      MinutesState
	Changes    string // of a correction: what it changes, and why
	StartedBy  forum.PersonID
	StartedAt  time.Time
	RoundID    MinutesRoundID // the newest, 0 before the first
	ApprovedAt time.Time      // zero before
	PDF        forum.Digest   // of the print, "" until it is made
	PDFSize    int64          // bytes
}

// MinutesRoundID identifies a round of approval.
type MinutesRoundID int64

// MinutesRound is what was put before people at once, frozen: what they approve
// is exactly this. Minutes that are mended go a new round.
type MinutesRound struct {
	ID        MinutesRoundID
	MinutesID MinutesID
	Number    int // from 1 within the minutes
	Record    Record
	Digest    forum.Digest     // of the record
	Asked     []forum.PersonID // who approve it: those who were there and have a vote
	SentBy    forum.PersonID
	SentAt    time.Time
	KeyedBy   forum.PersonID
	KeyedAt   time.Time // zero until it was put before the key-holders
	Deadline  time.Time // of theirs: from then on silence approves
}

// MinutesField is one text that minutes have of an item.
type MinutesField string

// The fields.
const (
	NoteField      MinutesField = "note"      // what was said
	ProposalsField MinutesField = "proposals" // what was proposed, and by whom
	DecisionField  MinutesField = "decision"  // what was decided
	ClosedField    MinutesField = "closed"    // legal basis on which the doors were closed
)

// MinutesFields lists them in the order in which they are written and read.
var MinutesFields = []MinutesField{NoteField, ProposalsField, DecisionField, ClosedField}

// MinutesTextID identifies a text of minutes.
type MinutesTextID int64

// MinutesText is what minutes say in one field of an item, as it was saved last.
type MinutesText struct {
	ID        MinutesTextID
	MinutesID MinutesID
	Item      string // Key of the line, "" for the meeting as a whole
	Field     MinutesField
	Text      string
	Author    forum.PersonID // who saved it last
	WrittenAt time.Time
	NotedAt   time.Time // when the log last told of its writing
}

// MinutesDissentID identifies a recorded dissent.
type MinutesDissentID int64

// MinutesDissent is what somebody who was there had recorded against a decision.
type MinutesDissent struct {
	ID        MinutesDissentID
	MinutesID MinutesID
	Item      string
	PersonID  forum.PersonID
	Text      string
}

// MinutesActionID identifies an action of minutes.
type MinutesActionID int64

// MinutesAction is what an organisation is to do by a decision; approval makes a
// follow-up of it.
type MinutesAction struct {
	ID             MinutesActionID
	MinutesID      MinutesID
	Item           string
	OrganisationID forum.OrganisationID
	OwnerID        forum.PersonID // 0 for whoever sits for the organisation
	Text           string
	Due            forum.Date
}

// MinutesKeeper keeps minutes. The meeting guards them and all that belongs to
// them: an act locks it first.
type MinutesKeeper interface {
	Minutes(ctx context.Context, id MinutesID) (*Minutes, error)
	// MinutesOf lists a meeting's versions by number.
	MinutesOf(ctx context.Context, meeting forum.MeetingID) ([]Minutes, error)
	// MinutesOpen lists those of every forum that are not approved.
	MinutesOpen(ctx context.Context) ([]Minutes, error)
	// MinutesUnprinted lists those that were approved before an instant and have no print.
	MinutesUnprinted(ctx context.Context, before time.Time) ([]MinutesID, error)
	// SaveMinutes keeps minutes; Conflict when the meeting has another version of that number.
	SaveMinutes(ctx context.Context, minutes *Minutes) error
}

// MinutesRoundKeeper keeps rounds of approval.
type MinutesRoundKeeper interface {
	MinutesRound(ctx context.Context, id MinutesRoundID) (*MinutesRound, error)
	// SaveMinutesRound keeps a round; Conflict when the minutes have another of that number.
	SaveMinutesRound(ctx context.Context, round *MinutesRound) error
}

// MinutesTextKeeper keeps what is written in minutes.
type MinutesTextKeeper interface {
	// MinutesTexts lists those of minutes by item and field.
	MinutesTexts(ctx context.Context, minutes MinutesID) ([]MinutesText, error)
	// SaveMinutesText keeps a text; Conflict when the minutes have another in that place.
	SaveMinutesText(ctx context.Context, text *MinutesText) error
}

// MinutesNoteKeeper keeps dissents and actions.
type MinutesNoteKeeper interface {
	// MinutesDissents lists those of minutes in the order in which they were recorded.
	MinutesDissents(ctx context.Context, minutes MinutesID) ([]MinutesDissent, error)
	SaveMinutesDissent(ctx context.Context, dissent *MinutesDissent) error
	DropMinutesDissent(ctx context.Context, id MinutesDissentID) error
	// MinutesActions lists those of minutes in the order in which they were recorded.
	MinutesActions(ctx context.Context, minutes MinutesID) ([]MinutesAction, error)
	SaveMinutesAction(ctx context.Context, action *MinutesAction) error
	DropMinutesAction(ctx context.Context, id MinutesActionID) error
}

// sealed is the digest of a record, which anybody can make again.
func (r Record) sealed() forum.Digest {
	content, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings, numbers and times always encode
	}
	sum := sha256.Sum256(content)
	return forum.Digest(hex.EncodeToString(sum[:]))
}

// Holds tells whether the record is the one that was put before people.
func (r *MinutesRound) Holds() bool { return r.Record.sealed() == r.Digest }
