package api_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// without are the acts and page readers that no operation leads to, and why.
var without = []struct {
	why  string
	acts []string
}{
	{"The operator's alone, who acts on the command line: no token is the operator's.", []string{
		"CreateAPIToken", "RevokeAPIToken", "ImportArea", "PreviewMerger", "MergeOrganisations", "IssuePass", "FindForum",
	}},
	{"Signing in gives a browser a cookie, which the API does not take.", []string{
		"AskSignIn", "SendSignIn", "ReadSignIn", "CheckLink", "RedeemLink", "RedeemCode", "RedeemPass", "StepInto", "ReadRoles",
		"Identify", "NoteVisit", "NoteVisitor", "SignOut",
	}},
	{"A mailed link is the proof of who acts, without a token: of a guest.", []string{"ReadGuestPage", "ReadGuestPaper", "AnswerAsGuest"}},
	{"A mailed link is the proof of who acts; with a token the same is done to the edition.", []string{"ReadCopy", "OpenCopy", "ConfirmCopy", "ReadCopyFile"}},
	{"A calendar's secret address, or password, is the proof of who reads.", []string{"OpenFeed", "KeepFeed", "IdentifyApp", "NoteApp", "CountWrongApp", "ReadAppCalendars"}},
	{"A password is shown to a person, once, for a telephone; a program has a token.", []string{"MakeAppPassword", "RevokeAppPassword"}},
	{"What getAgenda and listPeople tell together.", []string{"ReadAgendaEditor"}},
	{"What listWaiting and getFailures tell.", []string{"ReadWaitingKeys", "CountFailures"}},
	{"What is pressed on a page rests for a minute, so that it can be undone; what a program asks for is done at once.", []string{
		"TryErrand", "KeepErrand", "HurryErrand", "UndoErrand", "DismissErrand", "ReadRestingErrands", "CarryOutErrand", "FailErrand", "ErrandsDue",
	}},
	{"A page keeps what is typed before it is saved, and asks its writer about a clash; a program has its text, and is refused.", []string{
		"SaveSection", "KeepUnsaved", "DiscardUnsaved", "ReadSettling", "SettleSection",
	}},
	{"Mail that comes in.", []string{
		"AcceptMail", "HoldMail", "NoteMail", "TakeMailedItem", "TakeMailedAnswer", "TakeMailedGuestAnswer", "TakeMailedWords", "HoldMailedWords",
		"TakeMailedComment", "HoldMailedComment",
		"HoldMailbox", "LeaveMailbox", "PassInMailbox", "ForumAt",
	}},
	{"A step of acts, and no act itself.", []string{
		"Send", "SendOn", "HoldMatters", "RecordMatter", "Holders", "MayReadMatter", "ReaderOf", "LivingOrganisation", "AcceptedMail", "History",
		"BringForward", "MandateOn", "OrganisationsOn", "Everyone", "SeatsAt", "Ripe", "RunningOrderOf", "KeyHoldings", "KeyOf",
	}},
	{"Done by the program when it is due, and nobody's to ask for.", []string{
		"CloseEdition", "EditionsToClose", "NudgeUnprinted", "PreparePrint", "PapersThatTravel", "FactsThatTravel", "DeliverEdition", "NudgeStranded",
		"CallUpSilent", "MeetingsToCallUp", "Remind", "ForumsToRemind", "TakePaperText", "NudgeUnread", "DropEndedFeeds", "ForgetExpired",
		"TellStandIns", "EditionsToStandInFor",
	}},
}

// TestEveryActHasAnOperation looks in the source for acts and page readers that
// programs cannot reach. That every operation works is the contract's test.
func TestEveryActHasAnOperation(t *testing.T) {
	reached := named("forum", parsed(t, "."))
	acts := actsOf(parsed(t, ".."))
	if len(acts) == 0 {
		t.Fatal("the rules have no acts")
	}
	var excused []string
	for _, group := range without {
		excused = append(excused, group.acts...)
	}
	for _, act := range acts {
		switch has, out := slices.Contains(reached, act), slices.Contains(excused, act); {
		case !has && !out:
			t.Errorf("forum.%s has no operation", act)
		case has && out:
			t.Errorf("forum.%s has an operation by now", act)
		}
	}
	for _, act := range excused {
		if !slices.Contains(acts, act) {
			t.Errorf("there is no forum.%s", act)
		}
	}
}

// parsed are the source files of a folder, tests left out.
func parsed(t *testing.T, folder string) (files []*ast.File) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	check(t, err)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		check(t, err)
		files = append(files, file)
	}
	return files
}

// actsOf are the exported functions that work in a transaction.
func actsOf(files []*ast.File) (acts []string) {
	for _, file := range files {
		for _, declared := range file.Decls {
			function, is := declared.(*ast.FuncDecl)
			if is && function.Recv == nil && function.Name.IsExported() && takesTx(function) {
				acts = append(acts, function.Name.Name)
			}
		}
	}
	return acts
}

func takesTx(function *ast.FuncDecl) bool {
	return slices.ContainsFunc(function.Type.Params.List, func(p *ast.Field) bool {
		of, is := p.Type.(*ast.Ident)
		return is && of.Name == "Tx"
	})
}

// named is what the files name of a package.
func named(of string, files []*ast.File) (names []string) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			selector, is := n.(*ast.SelectorExpr)
			if is {
				if from, is := selector.X.(*ast.Ident); is && from.Name == of {
					names = append(names, selector.Sel.Name)
				}
			}
			return true
		})
	}
	return names
}
