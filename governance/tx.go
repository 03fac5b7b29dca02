package governance

import (
	"fmt"

	"github.com/samraad/samraad/forum"
)

// Tx is one transaction over everything that an act of governance may need, with
// all that the forum's acts need: both are kept or rolled back together. Its
// getters and savers keep the promises of forum.Tx.
//
// What governance locks comes behind what the forum locks, in the order of the
// interfaces below.
type Tx interface {
	forum.Tx
	Opener
	PresenceKeeper
	ImpartialityKeeper
	MotionKeeper
	BallotKeeper
	CastKeeper
	BoxKeeper
	VotingLinkKeeper
	DecisionKeeper
	FollowUpKeeper
	ProgressKeeper
	MinutesKeeper
	MinutesRoundKeeper
	MinutesTextKeeper
	MinutesNoteKeeper
	MinutesWordKeeper
	EscalationKeeper
	LedgerKeeper
	LadderKeeper
	PositionKeeper
	RoomKeeper
	DutyKeeper
}

// Opener is a transaction that reaches governance's rows.
type Opener interface {
	// Within reaches the same rows through a transaction that looks at this one, such as one that keeps mails in hand.
	Within(tx forum.Tx) Tx
}

// In is governance's part of a transaction that a door opened. A store that
// keeps nothing of governance is a mistake of the program, and panics.
func In(tx forum.Tx) Tx {
	for of := tx; ; {
		if opener, is := of.(Opener); is {
			return opener.Within(tx)
		}
		looker, is := of.(interface{ Beneath() forum.Tx })
		if !is {
			panic(fmt.Sprintf("governance: %T keeps the forum alone", of))
		}
		of = looker.Beneath()
	}
}
