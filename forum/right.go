package forum

import "context"

// Right is an action on a kind of object, in the words of the policy.
type Right struct {
	Action string
	Object string
}

// The rights that acts ask for.
var (
	ReadForum     = Right{"read", "forum"}
	ReadMeeting   = Right{"read", "meeting"}
	ReadMatter    = Right{"read", "matter"}
	ReadExempt    = Right{"read", "exempt"}
	ReadInbox     = Right{"read", "inbox"}
	ReadMail      = Right{"read", "mail"}
	ProposeIt     = Right{"propose", "matter"}
	PlaceIt       = Right{"place", "matter"}
	ReturnIt      = Right{"return", "matter"}
	RelocateIt    = Right{"relocate", "matter"}
	MergeIt       = Right{"merge", "matter"}
	AgreeRemoval  = Right{"agree", "removal"}
	DecideRemoval = Right{"decide", "removal"}
	PlanIt        = Right{"plan", "meeting"}
	CallIt        = Right{"call", "meeting"}
	MoveIt        = Right{"move", "meeting"}
	CancelIt      = Right{"cancel", "meeting"}
	AttendIt      = Right{"attend", "meeting"}
	ReadAnswers   = Right{"read", "answer"}
	EditPapers    = Right{"edit", "paper"}
	EditAgenda    = Right{"edit", "agenda"}
	AskKeys       = Right{"ask", "keys"}
	TurnKey       = Right{"turn", "keys"}
	OverrideKeys  = Right{"override", "keys"}
	ReleaseMail   = Right{"release", "mail"}
	StopMail      = Right{"stop", "mail"}
	BlockIt       = Right{"block", "weeks"}
	SeatIt        = Right{"seat", "people"}
	EditDraft     = Right{"edit", "draft"}
	CommentIt     = Right{"comment", "draft"}
	WaiveIt       = Right{"waive", "draft"}
	ReadyIt       = Right{"ready", "draft"}

	EscalateIt       = Right{"escalate", "matter"}
	AnswerEscalation = Right{"answer", "escalation"}
	AskRatification  = Right{"ask", "ratification"}
	RatifyIt         = Right{"ratify", "decision"}
	OpenLadder       = Right{"open", "ladder"}
	WritePosition    = Right{"write", "position"}
	ClimbLadder      = Right{"climb", "ladder"}
	EnterRoom        = Right{"enter", "room"}
)

// Rights lists every right that an act asks for.
var Rights = []Right{
	ReadForum, ReadMeeting, ReadMatter, ReadExempt, ReadInbox, ReadMail,
	ProposeIt, PlaceIt, ReturnIt, RelocateIt, MergeIt, EditPapers, AgreeRemoval, DecideRemoval,
	PlanIt, CallIt, MoveIt, CancelIt, AttendIt, ReadAnswers, BlockIt,
	EditAgenda, AskKeys, TurnKey, OverrideKeys, ReleaseMail, StopMail, SeatIt,
	EditDraft, CommentIt, WaiveIt, ReadyIt,
	EscalateIt, AnswerEscalation, AskRatification, RatifyIt, OpenLadder, WritePosition, ClimbLadder, EnterRoom,
}

// RightSorts tells of the rights that acts of the house above ask for.
type RightSorts interface {
	MoreRights() []Right
}

// Policy answers whether a capacity of a level may do an action on a kind of
// object; it never knows persons.
type Policy interface {
	May(capacity, level, action, object string) bool
}

// PolicyKeeper gives the policy that holds in the transaction.
type PolicyKeeper interface {
	Policy(ctx context.Context) (Policy, error)
}
