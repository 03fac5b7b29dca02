package policies_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/policies"
)

func TestWhoMay(t *testing.T) {
	everyCapacity := []string{"chair", "deputy", "member", "substitute", "secretary", "observer", "observer-speak", "observer-propose", "key-holder"}
	tests := []struct {
		action, object string
		who            []string
	}{
		{"read", "forum", []string{"chair", "deputy", "member", "substitute", "secretary", "observer"}},
		{"read", "meeting", []string{"chair", "deputy", "member", "substitute", "secretary", "observer"}},
		{"read", "matter", []string{"chair", "deputy", "member", "substitute", "secretary", "observer"}},
		{"read", "exempt", []string{"chair", "deputy", "member", "secretary"}},
		{"read", "inbox", []string{"secretary"}},
		{"read", "mail", []string{"secretary"}},
		{"read", "answer", []string{"secretary"}},
		{"read", "removal", nil},
		{"seat", "people", []string{"secretary"}},
		{"propose", "matter", []string{"chair", "deputy", "member", "secretary", "observer-propose"}},
		{"propose", "meeting", nil},
		{"place", "matter", []string{"secretary"}},
		{"return", "matter", []string{"secretary"}},
		{"relocate", "matter", []string{"secretary"}},
		{"merge", "matter", []string{"secretary"}},
		{"edit", "paper", []string{"secretary"}},
		{"agree", "removal", []string{"secretary"}},
		{"edit", "draft", []string{"chair", "deputy", "member", "secretary"}},
		{"comment", "draft", []string{"chair", "deputy", "member", "secretary"}},
		{"waive", "draft", []string{"chair", "deputy", "member", "secretary"}},
		{"ready", "draft", []string{"secretary"}},
		{"decide", "removal", []string{"key-holder"}},
		{"read", "decision", []string{"chair", "deputy", "member", "substitute", "secretary", "observer"}},
		{"report", "follow-up", []string{"chair", "deputy", "member"}},
		{"steer", "follow-up", []string{"secretary"}},
		{"supersede", "decision", []string{"secretary"}},
		{"plan", "meeting", []string{"secretary"}},
		{"call", "meeting", []string{"secretary"}},
		{"move", "meeting", []string{"secretary"}},
		{"cancel", "meeting", []string{"secretary"}},
		{"block", "weeks", []string{"secretary"}},
		{"attend", "meeting", []string{"chair", "deputy", "member", "secretary", "observer"}},
		{"note", "presence", []string{"chair", "deputy", "secretary"}},
		{"put", "motion", []string{"chair", "deputy", "member", "secretary", "observer-propose"}},
		{"order", "motion", []string{"chair", "deputy", "secretary"}},
		{"open", "ballot", []string{"chair", "deputy", "secretary"}},
		{"ask", "keys", []string{"secretary"}},
		{"turn", "keys", []string{"key-holder"}},
		{"override", "keys", []string{"secretary", "key-holder"}},
		{"write", "minutes", []string{"secretary"}},
		{"send", "minutes", []string{"secretary"}},
		{"approve", "minutes", []string{"chair", "deputy", "member"}},
		{"escalate", "matter", []string{"chair", "deputy", "secretary"}},
		{"answer", "escalation", []string{"chair", "deputy", "secretary"}},
		{"ask", "ratification", []string{"secretary"}},
		{"ratify", "decision", []string{"chair", "deputy", "member", "secretary"}},
		{"open", "ladder", []string{"chair", "deputy", "member", "secretary"}},
		{"write", "position", []string{"chair", "deputy", "member", "secretary"}},
		{"climb", "ladder", []string{"chair", "deputy", "secretary"}},
		{"enter", "room", []string{"chair", "deputy", "member", "secretary"}},
		{"release", "mail", []string{"secretary"}},
		{"stop", "mail", []string{"secretary"}},
	}
	table := defaultTable(t)
	for _, test := range tests {
		for _, level := range table.Levels() {
			t.Run(test.action+" "+test.object+" "+level, func(t *testing.T) {
				for _, capacity := range everyCapacity {
					want := slices.Contains(test.who, capacity)
					if got := table.May(capacity, level, test.action, test.object); got != want {
						t.Errorf("May(%s) = %v, want %v", capacity, got, want)
					}
				}
			})
		}
	}
}

// Only a mandate gives an advisory party a vote.
func TestWhoVotes(t *testing.T) {
	table := defaultTable(t)
	for _, capacity := range table.Capacities() {
		for _, level := range table.Levels() {
			want := level != "advisory" && slices.Contains([]string{"chair", "deputy", "member"}, capacity)
			if got := table.May(capacity, level, "cast", "ballot"); got != want {
				t.Errorf("May(%s, %s) = %v, want %v", capacity, level, got, want)
			}
		}
	}
}

func TestUnknownWordsMayNothing(t *testing.T) {
	table := defaultTable(t)
	for _, q := range [][4]string{
		{"mayor", "municipal", "read", "forum"},
		{"member", "regional", "read", "forum"},
		{"member", "*", "read", "forum"},
		{"member", "", "read", "forum"},
		{"member", "municipal", "burn", "forum"},
		{"member", "municipal", "read", "diary"},
		{"Member", "municipal", "read", "forum"},
		{"", "", "", ""},
	} {
		if table.May(q[0], q[1], q[2], q[3]) {
			t.Errorf("May%q = true", q)
		}
	}
}

func TestListsAndVersion(t *testing.T) {
	table := defaultTable(t)
	lists := [][]string{table.Capacities(), table.Levels(), table.Actions(), table.Objects()}
	want := [][]string{
		{"chair", "member", "deputy", "observer", "secretary", "substitute", "observer-propose", "key-holder"},
		{"municipal", "specialist", "advisory"},
		{"read", "seat", "propose", "place", "return", "relocate", "merge", "edit", "agree", "decide", "comment", "waive", "ready", "escalate", "answer", "ask", "ratify", "open", "write", "climb", "enter", "report", "steer", "supersede", "plan", "call", "move", "cancel", "block", "turn", "override", "attend", "note", "put", "order", "cast", "send", "approve", "release", "stop"},
		{"forum", "meeting", "matter", "exempt", "inbox", "mail", "people", "paper", "removal", "draft", "escalation", "ratification", "decision", "ladder", "position", "room", "follow-up", "weeks", "agenda", "keys", "answer", "presence", "motion", "ballot", "minutes"},
	}
	if diff := cmp.Diff(want, lists); diff != "" {
		t.Errorf("lists (-want +got):\n%s", diff)
	}
	table.Levels()[0] = "changed"
	if table.Levels()[0] != "municipal" {
		t.Error("a caller can change the table's list")
	}

	one, two := parse(t, "p, a, *, read, x\n"), parse(t, "p, b, *, read, x\n")
	again := parse(t, "p, a, *, read, x\n")
	if one.Version() == two.Version() || one.Version() != again.Version() {
		t.Errorf("versions %s, %s, %s: want the first and last alike only", one.Version(), two.Version(), again.Version())
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(table.Version()) {
		t.Errorf("version %q is no SHA-256 in hex", table.Version())
	}
}

// Casbin reads the same two files by itself and is asked every question, also with
// words that the policy does not have.
func TestTableAnswersAsCasbin(t *testing.T) {
	enforcer, err := casbin.NewEnforcer("model.conf", "policy.csv")
	if err != nil {
		t.Fatal(err)
	}
	compareWithCasbin(t, defaultTable(t), enforcer)
}

func TestRandomTablesAnswerAsCasbin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(randomPolicy(t), "\n")
		table, err := policies.Parse("random.csv", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		compareWithCasbin(t, table, plainCasbin(t, text))
	})
}

func TestMayAllocatesNothing(t *testing.T) {
	table := defaultTable(t)
	allocations := testing.AllocsPerRun(1000, func() {
		table.May("chair", "specialist", "attend", "meeting")
		table.May("chair", "specialist", "attend", "unknown")
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}

func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policies.Default(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMay(b *testing.B) {
	table := defaultTable(b)
	b.ReportAllocs()
	for b.Loop() {
		if !table.May("chair", "specialist", "attend", "meeting") {
			b.Fatal("a chair may not attend")
		}
	}
}

func BenchmarkCasbinEnforce(b *testing.B) {
	enforcer, err := casbin.NewEnforcer("model.conf", "policy.csv")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if may, err := enforcer.Enforce("chair", "specialist", "attend", "meeting"); err != nil || !may {
			b.Fatal(may, err)
		}
	}
}

// reporter is what a test, a benchmark and a rapid check have in common.
type reporter interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

func defaultTable(t reporter) *policies.Table {
	t.Helper()
	table, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func parse(t reporter, text string) *policies.Table {
	t.Helper()
	table, err := policies.Parse("test.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func plainCasbin(t reporter, text string) *casbin.Enforcer {
	t.Helper()
	conf, err := os.ReadFile("model.conf")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.NewModelFromString(string(conf))
	if err != nil {
		t.Fatal(err)
	}
	enforcer, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(text))
	if err != nil {
		t.Fatal(err)
	}
	return enforcer
}

func compareWithCasbin(t reporter, table *policies.Table, enforcer *casbin.Enforcer) {
	t.Helper()
	for _, capacity := range append(table.Capacities(), "mayor", "observer-speak", "*") {
		for _, level := range append(table.Levels(), "regional", "*", "") {
			for _, action := range append(table.Actions(), "burn") {
				for _, object := range append(table.Objects(), "diary") {
					want, err := enforcer.Enforce(capacity, level, action, object)
					if err != nil {
						t.Fatal(err)
					}
					if got := table.May(capacity, level, action, object); got != want {
						t.Errorf("May(%q, %q, %q, %q) = %v, casbin says %v", capacity, level, action, object, got, want)
					}
				}
			}
		}
	}
}

// spaceOf is the number of questions that the table's words make.
func spaceOf(table *policies.Table) int {
	return len(table.Capacities()) * len(table.Levels()) * len(table.Actions()) * len(table.Objects())
}
