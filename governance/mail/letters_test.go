package mail

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestLetters(t *testing.T) {
	written := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, l := range letters() {
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			t.Run(l.name+"/"+string(language), func(t *testing.T) {
				facts, err := json.Marshal(l.facts)
				if err != nil {
					t.Fatal(err)
				}
				outbox := &mail.Outbox{URL: "https://samraad.example", Letters: Letters}
				draft, err := outbox.Write(&forum.Message{Kind: l.kind, Language: language, Facts: facts, CreatedAt: written})
				if err != nil {
					t.Fatal(err)
				}
				golden(t, l.name+"."+string(language)+".txt", "Subject: "+draft.Letter.Subject+"\n\n"+draft.Letter.Plain())
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "letters", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

type letter struct {
	name  string
	kind  forum.MessageKind
	facts any
}

func letters() []letter {
	facts := func(change func(*governance.FollowUpFacts)) governance.FollowUpFacts {
		f := governance.FollowUpFacts{
			FollowUp: 3, Decision: 7, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: "abcdefghijklmnopqrstuvwxyz", Person: "Helse- og omsorgssjef, Kvam herad",
			Number: "7/26", Matter: "12/26 Felles rutine for utskriving i helgane", Decided: "Rådet vedtek rutinen.", Text: "Ta rutinen i bruk i alle einingane",
			Organisation: "Kvam herad", Owner: "Helse- og omsorgssjef, Kvam herad", Due: "2026-06-01", State: governance.OpenFollowUp,
		}
		change(&f)
		return f
	}
	var list []letter
	for _, cause := range governance.FollowUpCauses {
		list = append(list, letter{"follow_up_" + string(cause), governance.FollowUpMessage, facts(func(f *governance.FollowUpFacts) {
			f.Cause, f.OfferedTo, f.By = cause, "Helse Bergen HF", "Sekretær, Kvam herad"
			switch cause {
			case governance.OfferedCause, governance.BlockedCause, governance.RescheduledCause, governance.NotTakenCause, governance.EscalatedCause:
				f.Person, f.Reason = "Sekretær, Helse Bergen HF", "Vi ventar på journalsystemet."
			}
		})})
	}
	quarter := func(change func(*governance.LeaderFacts)) governance.LeaderFacts {
		f := governance.LeaderFacts{
			Forum: "Toppleiarmøtet", Address: "topp@voss.example", Person: "Kommunedirektør, Kvam herad", Organisation: "Kvam herad", ID: 4, Late: 1,
			Owes: []governance.LeaderLine{
				{Number: "7/26", Forum: "Samarbeidsrådet", What: "Ta rutinen i bruk i alle einingane", Matter: "12/26 Utskriving", Due: "2026-02-01", Late: true, State: governance.OpenFollowUp, Owner: "Helse- og omsorgssjef, Kvam herad"},
				{Number: "9/26", Forum: "Samarbeidsrådet", Matter: "14/26 Personalsak", Basis: "offl. § 13", Due: "2026-06-01", State: governance.BlockedFollowUp},
			},
			Decided: []governance.LeaderLine{{Number: "7/26", Forum: "Samarbeidsrådet", What: "Rådet vedtek rutinen.", Matter: "12/26 Utskriving"}},
		}
		change(&f)
		return f
	}
	return append(list,
		letter{"follow_up_exempt", governance.FollowUpMessage, facts(func(f *governance.FollowUpFacts) {
			f.Cause, f.Exempt, f.Basis, f.Decided, f.Text, f.Matter = governance.AssignedCause, true, "offl. § 13", "", "", "14/26 Personalsak"
		})},
		letter{"report_done", governance.FollowUpReceiptMessage, facts(func(f *governance.FollowUpFacts) { f.Said, f.State = governance.Done, governance.DoneFollowUp })},
		letter{"report_undone", governance.FollowUpReceiptMessage, facts(func(f *governance.FollowUpFacts) { f.Said = governance.Reopened })},
		letter{"report_note", governance.FollowUpReceiptMessage, facts(func(f *governance.FollowUpFacts) { f.Said = governance.Noted })},
		letter{"report_note_when_done", governance.FollowUpReceiptMessage, facts(func(f *governance.FollowUpFacts) { f.Said, f.State = governance.Noted, governance.DoneFollowUp })},
		letter{"report_trouble", governance.FollowUpReceiptMessage, facts(func(f *governance.FollowUpFacts) { f.Trouble = "error.follow_up.state.done" })},
		letter{"leader_minutes", governance.LeaderMinutesMessage, quarter(func(f *governance.LeaderFacts) {
			f.Forum, f.Address, f.In, f.Meeting = "Samarbeidsrådet", "raad@voss.example", 2, time.Date(2026, 2, 24, 9, 0, 0, 0, time.UTC)
		})},
		letter{"leader_written", governance.LeaderMinutesMessage, quarter(func(f *governance.LeaderFacts) {
			f.Forum, f.Address, f.In, f.Owes, f.Late = "Samarbeidsrådet", "raad@voss.example", 2, nil, 0
		})},
		letter{"leader_quarter", governance.LeaderQuarterMessage, quarter(func(f *governance.LeaderFacts) {
			f.From, f.To, f.OwesMore, f.DecidedMore = "2025-10-01", "2025-12-31", 3, 1
		})},
		letter{"leader_quarter_quiet", governance.LeaderQuarterMessage, quarter(func(f *governance.LeaderFacts) {
			f.From, f.To, f.Decided = "2025-10-01", "2025-12-31", nil
		})},
	)
}
