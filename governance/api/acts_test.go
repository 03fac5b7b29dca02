package api_test

import (
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
)

// without are the acts and page readers of governance that no operation leads to, and why.
var without = map[string][]string{
	"The operator's alone, who acts on the command line; explainBallot tells a caller of each vote.": {"ExplainDecision"},
	"A mailed link is the proof of who acts, with a code; with a token the same is castVote.":        {"ReadVotingLink", "AskVotingCode", "VoteByLink"},
	"Mail that comes in.": {
		"TakeMailedMinutesAnswer", "TakeMailedMinutesWord", "HoldMailedMinutes", "TakeMailedReport", "HoldMailedReport", "TakeMailedRatification", "HoldMailedRatification", "RefuseMailedVote",
	},
	"A page for writing, which shows what getMinutes, getPresence and listPeople tell together.": {"ReadMinutesEditor"},
	"What endEscalation does, by its way.":                                                       {"AnswerEscalation", "ReturnEscalation", "WithdrawEscalation"},
	"A step of acts and readers, and no act itself.":                                             {"Enact", "VotesOf", "ReadSitting", "ReportedTo"},
	"Done by the program when it is due, and nobody's to ask for.": {
		"DecisionsToNudge", "Nudged", "TellQuarter", "DecisionsToInherit", "Inherit", "BallotsToInherit", "InheritBallot", "MinutesToInherit", "InheritMinutes", "PrepareMinutesPrint", "KeepMinutesPrint",
	},
}

// TestEveryActHasAnOperation looks in the source for acts and page readers that
// programs cannot reach. That every operation works is the contract's test.
func TestEveryActHasAnOperation(t *testing.T) {
	apitest.EveryActHasAnOperation(t, "..", "governance", ".", without)
}
