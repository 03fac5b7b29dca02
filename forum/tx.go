package forum

import (
	"context"
	"encoding/json"
	"time"
)

// Keeper opens transactions. Doors hold a Keeper and never see a database.
type Keeper interface {
	// Read runs fn on one consistent state; what fn saves is refused.
	Read(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Write runs fn in one transaction: all of it is kept when fn returns nil,
	// nothing of it otherwise, jobs and events included. A transaction that met
	// another may be begun anew: fn runs again, and what it leaves outside of the
	// transaction is what the last run left.
	Write(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
}

// Tx is one transaction over everything that an act of the forum may need.
// Every getter of one thing answers NotFound when there is none. In Write, a
// getter of one thing also locks it until the transaction ends. Save inserts
// what has no id yet and gives it one; otherwise it replaces.
//
// Who locks several things does so in this order, and those of a kind by their
// ids, so that no two acts wait for each other: the seats of a forum, a series,
// meetings, matters, what these guard, and all else.
type Tx interface {
	Clock
	Peeker
	Recollection
	Installation
	PolicyKeeper
	AreaKeeper
	OrganisationKeeper
	PersonKeeper
	AddressKeeper
	ClaimKeeper
	AbsenceKeeper
	FeedKeeper
	FeedSources
	AppPasswordKeeper
	ForumKeeper
	MandateKeeper
	SeatKeeper
	SeatingKeeper
	MeetingKeeper
	SeriesKeeper
	BlockedWeeksKeeper
	InvitationKeeper
	AnswerKeeper
	ReminderKeeper
	MatterKeeper
	RemovalKeeper
	DraftKeeper
	SectionKeeper
	UnsavedKeeper
	ThreadKeeper
	FollowerKeeper
	DraftReminderKeeper
	AgendaKeeper
	AgendaRevisionKeeper
	GuestKeeper
	DeliveryKeeper
	PrintKeeper
	EditionKeeper
	KeyWordKeeper
	StandInKeeper
	Disqualifier
	DocumentKeeper
	DocumentVersionKeeper
	PaperTextKeeper
	IncomingKeeper
	RepeatFinder
	ProofKeeper
	MailboxKeeper
	LearnedKeeper
	TokenKeeper
	MessageKeeper
	AnsweredFinder
	OutboxKeeper
	MessageStepKeeper
	AddressTroubleKeeper
	ReturnFinder
	PieceKeeper
	SessionKeeper
	APITokenKeeper
	SignInKeeper
	SignInEnder
	TallyKeeper
	AwaitingKeeper
	AwaitingForums
	AwaitingDrafts
	ErrandKeeper
	ErrandSorts
	RightSorts
	EventKeeper
	Queue
	FailedJobs
}

// Clock is the time of the transaction, the same for all of it, in UTC and
// whole microseconds.
type Clock interface {
	Now() time.Time
}

// Peeker looks on without holding.
type Peeker interface {
	// Peek is the same transaction for looking only: what it saw and saved so far, by getters that lock nothing.
	Peek() Tx
}

// Installation is what is known of the installation as a whole.
type Installation interface {
	// IsDemo tells whether the database was made by the demonstration.
	IsDemo(ctx context.Context) (bool, error)
	// MarkDemo makes an empty database a demonstration's; Conflict when it already holds areas that are real.
	MarkDemo(ctx context.Context) error
}

// Queue takes jobs that are worked only if the transaction commits.
type Queue interface {
	Enqueue(ctx context.Context, jobs ...Job) error
	// Nudge is Enqueue for jobs that may be waiting already; it answers how many were not.
	Nudge(ctx context.Context, jobs ...Job) (int, error)
	// Unfinished gives the arguments of the jobs of a kind that have not come to an end.
	Unfinished(ctx context.Context, kind string) ([]json.RawMessage, error)
	// NextTry is when a message is tried again that waits for it; zero when none waits.
	NextTry(ctx context.Context, message MessageID) (time.Time, error)
}

// FailedJob is a job that was tried as often as it may be.
type FailedJob struct {
	ID       int64
	Kind     string
	Args     string // JSON
	Attempts int
	Error    string // of the last attempt
	At       time.Time
}

// FailedJobs shows what was given up, and takes it up again.
type FailedJobs interface {
	// FailedJobs lists jobs that are given up, the latest first.
	FailedJobs(ctx context.Context, most int) ([]FailedJob, error)
	RetryJob(ctx context.Context, id int64) error
}

// Job is work that an act sets in motion; Kind names its handler. It is stored
// as JSON and may run more than once.
type Job interface {
	Kind() string
}

// Chore is work of the house above: Name names its handler, and ID what it is about.
type Chore struct {
	Name string `json:"name"`
	ID   int64  `json:"id"`
}

// Kind names the handler of all chores.
func (Chore) Kind() string { return "chore" }
