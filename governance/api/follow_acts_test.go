package api

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFollowUpActsHaveOperations looks in the source for acts on decisions and follow-ups
// that programs cannot reach.
func TestFollowUpActsHaveOperations(t *testing.T) {
	without := map[string]string{
		"Enact":              "a step of the approval of minutes",
		"TakeMailedReport":   "mail that comes in",
		"HoldMailedReport":   "mail that comes in",
		"DecisionsToNudge":   "done by the program when it is due",
		"Nudged":             "done by the program when it is due",
		"TellQuarter":        "done by the program when it is due",
		"DecisionsToInherit": "done by the program when it is due",
		"Inherit":            "done by the program when it is due",
		"BallotsToInherit":   "done by the program when it is due",
		"InheritBallot":      "done by the program when it is due",
		"MinutesToInherit":   "done by the program when it is due",
		"InheritMinutes":     "done by the program when it is due",
		"ExplainDecision":    "the operator's, on the command line",
	}
	var reached string
	for _, file := range []string{"decisions.go", "decision_lists.go", "duties.go"} {
		reached += read(t, file)
	}
	act := regexp.MustCompile(`(?m)^func ([A-Z]\w*)\(ctx context\.Context, tx Tx`)
	var found []string
	for _, file := range []string{
		"enacting", "superseding", "following", "handing_over", "mailed_report", "nudging", "inheriting", "inheriting_votes", "inheriting_minutes", "explaining", "read_decision", "read_owed", "read_duties", "read_overview", "read_timeline",
	} {
		for _, match := range act.FindAllStringSubmatch(read(t, "../"+file+".go"), -1) {
			found = append(found, match[1])
		}
	}
	for _, name := range found {
		has, out := regexp.MustCompile(`governance\.`+name+`\b`).MatchString(reached), without[name] != ""
		if has == out {
			t.Errorf("%s: has an operation %v, is excused %v", name, has, out)
		}
	}
	for name := range without {
		if !slices.Contains(found, name) {
			t.Errorf("there is no %s", name)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}
