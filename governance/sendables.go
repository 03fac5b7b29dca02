package governance

import "github.com/samraad/samraad/forum"

// Sendables make an empty act of each kind that sends mail, for errands that rest.
var Sendables = []func() forum.Sendable{
	func() forum.Sendable { return new(SendEscalation) },
	func() forum.Sendable { return new(SendEscalationBack) },
	func() forum.Sendable { return new(SendToParties) },
	func() forum.Sendable { return new(SendRatification) },
	func() forum.Sendable { return new(SendLadder) },
	func() forum.Sendable { return new(SendPosition) },
	func() forum.Sendable { return new(SendClimb) },
	func() forum.Sendable { return new(SendBoardAnswer) },
	func() forum.Sendable { return new(SendMinutesErrand) },
	func() forum.Sendable { return new(AskMinutesKeysErrand) },
	func() forum.Sendable { return new(TurnMinutesKeyErrand) },
	func() forum.Sendable { return new(ObjectToMinutesErrand) },
}
