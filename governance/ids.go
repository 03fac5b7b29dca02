package governance

import "github.com/samraad/samraad/forum"

// The identities of what is governed.
type (
	MotionID       int64
	BallotID       int64
	DecisionID     int64
	FollowUpID     int64
	MinutesID      int64
	PresenceID     int64
	RatificationID int64
	EscalationID   int64
	RoomID         int64
)

// MotionObject, BallotObject, DecisionObject and FollowUpObject name what events speak of.
func MotionObject(id MotionID) forum.Object     { return forum.Object{Kind: "motion", ID: int64(id)} }
func BallotObject(id BallotID) forum.Object     { return forum.Object{Kind: "ballot", ID: int64(id)} }
func DecisionObject(id DecisionID) forum.Object { return forum.Object{Kind: "decision", ID: int64(id)} }
func FollowUpObject(id FollowUpID) forum.Object {
	return forum.Object{Kind: "follow-up", ID: int64(id)}
}

// The identities of what a matter goes through between forums and parties.
type (
	LedgerID   int64
	LadderID   int64
	PositionID int64
	RungID     int64
	RoomNoteID int64
	StandID    int64
)

// LadderObject names what events of a position speak of before the other level reads it.
func LadderObject(id LadderID) forum.Object { return forum.Object{Kind: "ladder", ID: int64(id)} }

// RoomObject names what events of a room speak of; they are never part of the matter's own history.
func RoomObject(id RoomID) forum.Object { return forum.Object{Kind: "room", ID: int64(id)} }
