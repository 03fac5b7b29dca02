package forum

import (
	"context"
	"encoding/json"
	"time"
)

// MessageID identifies an outgoing message.
type MessageID int64

// MessageKind is which mail it is; each is written in one file of the mail door.
type MessageKind string

// The kinds of message.
const (
	InvitationMessage       MessageKind = "invitation"
	ReceiptMessage          MessageKind = "receipt"
	HeldMessage             MessageKind = "held"
	PlacedMessage           MessageKind = "placed"
	PutBackMessage          MessageKind = "put-back"
	ReturnedMessage         MessageKind = "returned"
	RelocatedMessage        MessageKind = "relocated"
	MergedMessage           MessageKind = "merged"
	RemovalAskedMessage     MessageKind = "removal-asked"
	RemovalContestedMessage MessageKind = "removal-contested"
	RemovalKeptMessage      MessageKind = "removal-kept"
	ClaimMessage            MessageKind = "claim"
	NoSubstituteMessage     MessageKind = "no-substitute"
	GuestMessage            MessageKind = "guest"
	PackageMessage          MessageKind = "package"
	NoticeMessage           MessageKind = "notice"
	KeysAskedMessage        MessageKind = "keys-asked"
	KeysObjectedMessage     MessageKind = "keys-objected"
	KeysLiftedMessage       MessageKind = "keys-lifted"
	KeysReceiptMessage      MessageKind = "keys-receipt"
	HeldBackMessage         MessageKind = "held-back"
	ReminderMessage         MessageKind = "reminder"
	SeatsMessage            MessageKind = "seats"
	AppointMessage          MessageKind = "appoint"
	SuccessionMessage       MessageKind = "succession"
	SignInMessage           MessageKind = "sign-in"
	CommentMessage          MessageKind = "comment"
	CommentReceiptMessage   MessageKind = "comment-receipt"
	ErrandFailedMessage     MessageKind = "errand-failed"
)

// MessageState is how far an outgoing message has come.
type MessageState string

// The states of a message.
const (
	Queued     MessageState = "queued"
	HandedOver MessageState = "handed-over" // a relay answered 250
	KeptHere   MessageState = "kept"        // no relay: shown in the program only
	Failed     MessageState = "failed"      // for good
	CameBack   MessageState = "came-back"   // it was handed over, and came back
	Stopped    MessageState = "stopped"     // not sent: mail to its address comes back
)

// Message is one mail to one recipient. Facts hold what it says since the act
// that caused it; Contents are the digests of its bytes from the first attempt
// on, so that every later attempt sends the same ones. The row is the truth of
// whether it went, the job only a nudge.
type Message struct {
	ID        MessageID
	ForumID   ForumID
	PersonID  PersonID // 0 for someone unknown
	To        string
	Kind      MessageKind
	Language  Language
	Facts     json.RawMessage
	CreatedAt time.Time
	State     MessageState
	Subject   string   // from the first attempt on
	MIMEID    string   // Message-ID without brackets (RFC 5322 § 3.6.4)
	Contents  []Digest // pieces of the message in order
	Attempts  int
	Trouble   string // of the last attempt
	DoneAt    time.Time
}

// MessageKeeper keeps outgoing messages.
type MessageKeeper interface {
	Message(ctx context.Context, id MessageID) (*Message, error)
	// Messages lists a forum's messages, the newest first, from before an id (0: from the newest).
	Messages(ctx context.Context, forum ForumID, before MessageID, most int) ([]Message, error)
	// LastMessage is when an address last got a kind of message from a forum; zero when never.
	LastMessage(ctx context.Context, forum ForumID, kind MessageKind, to string) (time.Time, error)
	SaveMessage(ctx context.Context, message *Message) error
}

// AnsweredFinder knows the mail that another answers.
type AnsweredFinder interface {
}

// OutboxKeeper looks over outgoing messages across forums.
type OutboxKeeper interface {
	// CountMessages counts the messages in a state by forum.
	CountMessages(ctx context.Context, state MessageState) (map[ForumID]int, error)
	// MessagesIn lists messages of these forums in a state, the newest first.
	MessagesIn(ctx context.Context, state MessageState, forums []ForumID, most int) ([]Message, error)
	// MessagesBefore lists messages in a state that were made before an instant, the oldest first.
	MessagesBefore(ctx context.Context, state MessageState, before time.Time) ([]MessageID, error)
	// MessagesQueued gives those of the messages that are queued.
	MessagesQueued(ctx context.Context, ids []MessageID) ([]Message, error)
	// KeepComposed keeps the subject, facts and pieces of a queued message whose pieces were these before; false when it is not
	// such a one.
	KeepComposed(ctx context.Context, message *Message, was []Digest) (bool, error)
	// Settle keeps what came of an attempt to hand a queued message over; false when it is queued no more.
	Settle(ctx context.Context, id MessageID, to Attempt) (bool, error)
}

// Attempt is what came of handing a message over: a state, which may be Queued still, and
// what was in the way.
type Attempt struct {
	State   MessageState
	Trouble string
}

// PieceKeeper keeps the bytes of outgoing messages.
type PieceKeeper interface {
	// SavePiece stores bytes of a message once by their digest.
	SavePiece(ctx context.Context, piece []byte) (Digest, error)
	Piece(ctx context.Context, digest Digest) ([]byte, error)
}

// Send stores a message of a forum to a person, and the job that hands it over.
func Send(ctx context.Context, tx Tx, in *Forum, to *Person, kind MessageKind, facts any) error {
	return dispatch(ctx, tx, in, &Message{PersonID: to.ID, To: to.Address, Language: to.Language, Kind: kind, Facts: MarshalFacts(facts)})
}

// dispatch stores a forum's message and the job that hands it over.
func dispatch(ctx context.Context, tx Tx, in *Forum, m *Message) error {
	m.ForumID, m.State, m.CreatedAt, m.MIMEID = in.ID, Queued, tx.Now(), NewSecret()+"@"+domainOf(in.Address)
	stopped, err := isStopped(ctx, tx, m)
	if err != nil {
		return err
	}
	if stopped {
		m.State = Stopped
		return tx.SaveMessage(ctx, m)
	}
	if err := tx.SaveMessage(ctx, m); err != nil {
		return err
	}
	return tx.Enqueue(ctx, SendMessage{m.ID})
}
