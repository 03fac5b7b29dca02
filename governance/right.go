package governance

import "github.com/samraad/samraad/forum"

// The rights that acts of governance ask for.
var (
	NotePresence = forum.Right{Action: "note", Object: "presence"}
	PutMotions   = forum.Right{Action: "put", Object: "motion"}
	OrderMotions = forum.Right{Action: "order", Object: "motion"}
	OpenBallots  = forum.Right{Action: "open", Object: "ballot"}
	CastVote     = forum.Right{Action: "cast", Object: "ballot"}
)

// Rights lists every right that an act of governance asks for.
var Rights = []forum.Right{NotePresence, PutMotions, OrderMotions, OpenBallots, CastVote, WriteMinutes, SendMinutesOut, ApproveMinutes,
	ReadDecision, SupersedeIt, ReportIt, SteerIt}
