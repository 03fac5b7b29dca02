package api_test

import (
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
)

// without are the acts and page readers of the forum that no operation leads to, and why.
var without = map[string][]string{
	"The operator's alone, who acts on the command line: no token is the operator's.": {
		"CreateAPIToken", "RevokeAPIToken", "ImportArea", "PreviewMerger", "MergeOrganisations", "IssuePass", "FindForum",
	},
	"Signing in gives a browser a cookie, which the API does not take.": {
		"AskSignIn", "SendSignIn", "ReadSignIn", "CheckLink", "RedeemLink", "RedeemCode", "RedeemPass", "StepInto", "ReadRoles",
		"Identify", "NoteVisit", "NoteVisitor", "SignOut",
	},
	"A mailed link is the proof of who acts, without a token: of a guest.":                  {"ReadGuestPage", "ReadGuestPaper", "AnswerAsGuest"},
	"A mailed link is the proof of who acts; with a token the same is done to the edition.": {"ReadCopy", "OpenCopy", "ConfirmCopy", "ReadCopyFile"},
	"A calendar's secret address, or password, is the proof of who reads.":                  {"OpenFeed", "KeepFeed", "IdentifyApp", "NoteApp", "CountWrongApp", "ReadAppCalendars"},
	"A password is shown to a person, once, for a telephone; a program has a token.":        {"MakeAppPassword", "RevokeAppPassword"},
	"What getAgenda and listPeople tell together.":                                          {"ReadAgendaEditor"},
	"What listWaiting and getFailures tell.":                                                {"ReadWaitingKeys", "CountFailures"},
	"What is pressed on a page rests for a minute, so that it can be undone; what a program asks for is done at once.": {
		"TryErrand", "KeepErrand", "HurryErrand", "UndoErrand", "DismissErrand", "ReadRestingErrands", "CarryOutErrand", "FailErrand", "ErrandsDue",
	},
	"A page keeps what is typed before it is saved, and asks its writer about a clash; a program has its text, and is refused.": {
		"SaveSection", "KeepUnsaved", "DiscardUnsaved", "ReadSettling", "SettleSection",
	},
	"Mail that comes in.": {
		"AcceptMail", "AwaitProof", "ProveMail", "HoldMail", "NoteMail", "TakeMailedItem", "TakeMailedAnswer", "TakeMailedGuestAnswer", "TakeMailedWords", "HoldMailedWords",
		"TakeMailedComment", "HoldMailedComment", "ReturnedTo", "TakeReturn",
		"HoldMailbox", "LeaveMailbox", "PassInMailbox", "ForumAt",
	},
	"A step of acts, and no act itself.": {
		"Send", "SendOn", "HoldMatters", "RecordMatter", "Holders", "MayReadMatter", "ReaderOf", "LivingOrganisation", "AcceptedMail", "History",
		"BringForward", "MandateOn", "WriterOf", "OrganisationsOn", "Everyone", "SeatsAt", "Ripe", "RunningOrderOf", "KeyHoldings", "KeyOf",
	},
	"Done by the program when it is due, and nobody's to ask for.": {
		"CloseEdition", "EditionsToClose", "NudgeUnprinted", "PreparePrint", "PapersThatTravel", "FactsThatTravel", "DeliverEdition", "NudgeStranded",
		"CallUpSilent", "MeetingsToCallUp", "Remind", "ForumsToRemind", "TakePaperText", "NudgeUnread", "DropEndedFeeds", "ForgetExpired",
		"TellStandIns", "EditionsToStandInFor", "RefuseAddress",
	},
}

func TestEveryActHasAnOperation(t *testing.T) {
	apitest.EveryActHasAnOperation(t, "..", "forum", ".", without)
}
