package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/mail"
)

// voteLetters are the mails about a ballot, by the names of their golden files.
func voteLetters() map[string]func() (forum.MessageKind, any) {
	deadline := time.Date(2026, 11, 2, 11, 0, 0, 0, time.UTC)
	about := func(kind forum.MessageKind, change func(*governance.BallotFacts)) func() (forum.MessageKind, any) {
		return func() (forum.MessageKind, any) {
			f := governance.BallotFacts{
				Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: "abcdefghijklmnopqrstuvwxyz", Person: "Helse- og omsorgssjef, Kvam herad",
				Ballot: 7, Matter: 3, Number: "4/26", Title: "Felles rutine for utskriving i helgane", Text: "Vi tek rutinen i bruk frå nyttår.\n\nKostnaden blir delt likt.",
				Deadline: deadline, Link: "zyxwvutsrqponmlkjihgfedcba",
			}
			change(&f)
			return kind, f
		}
	}
	exempt := func(f *governance.BallotFacts) { f.Text, f.Basis = "", "offl. § 23 første ledd" }
	ended := func(how string, why governance.Reason, where forum.Level) func(*governance.BallotFacts) {
		return func(f *governance.BallotFacts) { f.Link, f.Ended, f.Why, f.Where = "", how, why, where }
	}
	return map[string]func() (forum.MessageKind, any){
		"ballot":                 about(governance.BallotMessage, func(*governance.BallotFacts) {}),
		"ballot_exempt":          about(governance.BallotMessage, exempt),
		"ballot_reminder":        about(governance.BallotReminderMessage, func(*governance.BallotFacts) {}),
		"ballot_result_adopted":  about(governance.BallotResultMessage, ended("adopted", "", "")),
		"ballot_result_objected": about(governance.BallotResultMessage, ended("disagreement", governance.Objected, forum.Specialist)),
		"ballot_result_ladder": about(governance.BallotResultMessage, func(f *governance.BallotFacts) {
			ended("disagreement", governance.Objected, forum.Municipal)(f)
			f.Meeting, f.Motion, f.Ladder = true, 5, true
		}),
		"ballot_result_tied":       about(governance.BallotResultMessage, ended("disagreement", governance.Tied, "")),
		"ballot_result_elected":    about(governance.BallotResultMessage, func(f *governance.BallotFacts) { ended("elected", "", "")(f); f.Elected = "Kari Nordmann" }),
		"ballot_result_demanded":   about(governance.BallotResultMessage, func(f *governance.BallotFacts) { ended("stopped", "", "")(f); f.Stopped = governance.StoppedDemanded }),
		"ballot_result_withdrawn":  about(governance.BallotResultMessage, func(f *governance.BallotFacts) { ended("stopped", "", "")(f); f.Stopped = governance.StoppedWithdrawn }),
		"ballot_refused":           about(governance.BallotRefusedMessage, func(f *governance.BallotFacts) { f.Trouble = "error.ballot.by_mail" }),
		"ballot_refused_withdrawn": about(governance.BallotRefusedMessage, func(f *governance.BallotFacts) { f.Link, f.Trouble = "", "error.ballot.stopped.withdrawn" }),
		"ballot_refused_late":      about(governance.BallotRefusedMessage, func(f *governance.BallotFacts) { f.Link, f.Trouble = "", "error.ballot.too_late" }),
		"ballot_code": func() (forum.MessageKind, any) {
			return governance.BallotCodeMessage, governance.VotingCodeFacts{
				Forum: "Samarbeidsrådet", Address: "raad@voss.example", Person: "Helse- og omsorgssjef, Kvam herad", Code: "abcd-efgh", Until: deadline,
			}
		},
	}
}

func TestLettersAboutVotes(t *testing.T) {
	outbox := &mail.Outbox{URL: "https://samraad.example", Letters: governed.Letters}
	for name, of := range voteLetters() {
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			t.Run(name+"/"+string(language), func(t *testing.T) {
				kind, facts := of()
				d, err := outbox.Write(&forum.Message{ID: 42, Kind: kind, Language: language, Facts: forum.MarshalFacts(facts), CreatedAt: time.Date(2026, 10, 19, 8, 30, 0, 0, time.UTC)})
				if err != nil {
					t.Fatal(err)
				}
				got := "Subject: " + d.Letter.Subject + "\n\n" + d.Letter.Plain()
				if strings.Contains(got, "⟦") {
					t.Errorf("a text is missing:\n%s", got)
				}
				file := filepath.Join("testdata", "letters", name+"."+string(language)+".txt")
				if updates() {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// updates tells whether the golden files are to be written anew, as the flag beside
// the letters themselves says.
func updates() bool { return flag.Lookup("update").Value.String() == "true" }
