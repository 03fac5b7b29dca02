package forum

import (
	"context"
	"time"
)

// StepID identifies a step of a message.
type StepID int64

// StepKind is what happened to a message.
type StepKind string

// The steps of a message that are kept; that it was made and handed over stands in its row.
const (
	PutOffStep    StepKind = "put-off"    // the relay did not take it yet
	RefusedStep   StepKind = "refused"    // the relay does not take it, or nobody tries any more
	ReturnedStep  StepKind = "returned"   // it came back
	DelayedStep   StepKind = "delayed"    // a mail system tells that it still tries
	SentAgainStep StepKind = "sent-again" // somebody had it sent once more
)

// MessageStep is something that happened to an outgoing message.
type MessageStep struct {
	ID        StepID
	MessageID MessageID
	At        time.Time
	Kind      StepKind
	PersonID  PersonID // who did it, 0 for a machine
	Said      string   // by the mail system
}

// MessageStepKeeper keeps what happened to messages.
type MessageStepKeeper interface {
	// MessageSteps lists those of a message, the first one first.
	MessageSteps(ctx context.Context, message MessageID) ([]MessageStep, error)
	SaveMessageStep(ctx context.Context, step *MessageStep) error
}
