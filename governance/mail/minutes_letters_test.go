package mail_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	forummail "github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/governance/mail"
)

// minutesBegin is when the meeting of the letters minutesBegin.
var minutesBegin = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

func factsOfMinutes() governance.MinutesFacts {
	slot := forum.Slot{Start: minutesBegin, End: minutesBegin.Add(2 * time.Hour), Place: "Øystese"}
	return governance.MinutesFacts{
		Meeting: 7, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: "abc", Person: "Leiar, Kvam herad", Slot: slot, Version: 1,
		By: "Sekretær, Kvam herad", Level: forum.Specialist, Deadline: minutesBegin.Add(72 * time.Hour),
		Record: &governance.Record{
			Forum: "Samarbeidsrådet", Start: slot.Start, End: slot.End, Place: slot.Place, Version: 1, Note: "Neste møte er i mai.",
			Present: []governance.RecordedPerson{
				{Name: "Leiar, Kvam herad", Organisation: "Kvam herad", Level: forum.Municipal, Capacity: forum.Chair, Stays: []governance.RecordedStay{{Came: slot.Start}}},
				{
					Name: "Vara, Helse Bergen", Organisation: "Helse Bergen HF", Level: forum.Specialist, Capacity: forum.Deputy, InPlace: "Nestleiar, Helse Bergen",
					Stays: []governance.RecordedStay{{Came: slot.Start.Add(10 * time.Minute), Left: slot.Start.Add(time.Hour)}},
				},
			},
			Absent: []governance.RecordedPerson{{Name: "Medlem, Vaksdal kommune", Organisation: "Vaksdal kommune", Level: forum.Municipal, Capacity: forum.Member}},
			Items: []governance.RecordedItem{
				{
					Key: "item-1", What: forum.MatterLine, Matter: 1, Number: "1/26", Title: "Felles øving", Note: "Leiaren la fram saka.\n\nRådet drøfta.", Proposals: "Kvam: i april.",
					Motions: motionsOfMinutes(), Decision: "Rådet øver i april.", Dissents: []governance.RecordedDissent{{Name: "Leiar, Kvam herad", Organisation: "Kvam herad", Text: "For seint."}},
					Actions: []governance.RecordedAction{{Organisation: "Kvam herad", Owner: "Leiar, Kvam herad", Text: "Skriv planen", Due: "2026-04-01"}},
				},
				{Key: "item-2", What: forum.MatterLine, Matter: 2, Number: "2/26", Title: "Personalsak", Exempt: true, Basis: "offl. § 13"},
				{Key: "item-3", What: forum.MatterLine, Matter: 3, Number: "3/26", Title: "Avtalen", Closed: "koml. § 11-5"},
				{Key: "item-4", What: forum.MatterLine, Matter: 4, Number: "4/26", Title: "Vaktlista"},
			},
		},
	}
}

// motionsOfMinutes are a motion with an open ballot, an election and one withdrawn.
func motionsOfMinutes() []governance.RecordedMotion {
	quorum := []governance.LevelPresent{
		{Needed: governance.Needed{Level: forum.Municipal, Seats: 2, Least: 1}, Present: 1}, {Needed: governance.Needed{Level: forum.Specialist, Seats: 2, Least: 1}, Present: 1},
	}
	motion := governance.RecordedMotion{ID: 1, Sort: governance.Proposal, Position: 1, Text: "Rådet øver i april.", Proposer: "Leiar, Kvam herad", Organisation: "Kvam herad", Level: forum.Municipal}
	election, withdrawn := motion, motion
	motion.Ballots = []governance.RecordedBallot{{
		Way: governance.ByHands, ClosedAt: minutesBegin.Add(time.Hour), Rule: forum.DoubleMajority, Per: governance.PerSeat, Profile: forum.AgreementProfile, Quorum: quorum,
		Votes: []governance.RecordedVote{
			{Name: "Leiar, Kvam herad", Organisation: "Kvam herad", Level: forum.Municipal, Vote: governance.Yes},
			{Name: "Vara, Helse Bergen", InPlace: "Nestleiar, Helse Bergen", Organisation: "Helse Bergen HF", Level: forum.Specialist, Vote: governance.No, Reason: "For tidleg."},
		},
		Counts: []governance.Count{{Level: forum.Municipal, Present: 1, Yes: 1}, {Level: forum.Specialist, Present: 1, No: 1}},
		Ended:  string(governance.Disagreement), Reason: governance.Against, Where: forum.Specialist,
	}}
	election.Sort, election.Position, election.Text = governance.Vacancy, 2, "Leiar"
	election.Ballots = []governance.RecordedBallot{{
		Way: governance.OnPages, ClosedAt: minutesBegin.Add(time.Hour), Quorum: quorum, Ended: "elected",
		Election: &governance.RecordedElection{Round: 1, Votes: 2, Standings: []governance.RecordedStanding{{Name: "Kari", Votes: 2}}, Elected: "Kari"},
	}}
	withdrawn.Position, withdrawn.Amends, withdrawn.Text, withdrawn.Withdrawn = 3, 1, "«April» blir «mai».", true
	return []governance.RecordedMotion{motion, election, withdrawn}
}

// TestLettersOfMinutes holds every letter about minutes in every language.
func TestLettersOfMinutes(t *testing.T) {
	with := func(change func(*governance.MinutesFacts)) governance.MinutesFacts {
		f := factsOfMinutes()
		change(&f)
		return f
	}
	for name, letter := range map[string]struct {
		kind  forum.MessageKind
		facts governance.MinutesFacts
	}{
		"asked":    {governance.MinutesAskedMessage, factsOfMinutes()},
		"keys":     {governance.MinutesKeysMessage, with(func(f *governance.MinutesFacts) { f.InPlace = "Nestleiar, Helse Bergen" })},
		"objected": {governance.MinutesObjectedMessage, with(func(f *governance.MinutesFacts) { f.Text = "Datoen manglar." })},
		"owed":     {governance.MinutesOwedMessage, factsOfMinutes()},
		"approved": {governance.MinutesApprovedMessage, with(func(f *governance.MinutesFacts) {
			f.Decisions = []governance.DecidedFacts{{Number: "1/26", Title: "Felles øving", Text: "Rådet øver i april."}, {Number: "2/26", Title: "Personalsak", Basis: "offl. § 13"}}
		})},
		"approved-none":    {governance.MinutesApprovedMessage, factsOfMinutes()},
		"corrected":        {governance.MinutesApprovedMessage, with(func(f *governance.MinutesFacts) { f.Version, f.Changes = 2, "Øvinga er i mai." })},
		"receipt-approved": {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) { f.Reply = governance.ApproveMinutesReply })},
		"receipt-remark": {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) {
			f.Reply, f.Text = governance.RemarkReply, "Det var i mai."
		})},
		"receipt-taken-back": {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) { f.Reply = governance.TakeBackReply })},
		"receipt-older":      {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) { f.Trouble = "error.minutes.older" })},
		"receipt-key":        {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) { f.ForKey, f.Key = true, forum.Approve })},
		"receipt-key-last": {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) {
			f.ForKey, f.Key, f.Approved = true, forum.Approve, true
		})},
		"receipt-key-object": {governance.MinutesReceiptMessage, with(func(f *governance.MinutesFacts) {
			f.ForKey, f.Key, f.Text = true, forum.Objects, "Datoen manglar."
		})},
	} {
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				outbox := &forummail.Outbox{URL: "https://samraad.voss.example", Letters: mail.Letters}
				draft, err := outbox.Write(&forum.Message{Kind: letter.kind, Language: language, Facts: forum.MarshalFacts(letter.facts), CreatedAt: minutesBegin.Add(24 * time.Hour)})
				if err != nil {
					t.Fatal(err)
				}
				got := draft.Letter.Subject + "\n\n" + draft.Letter.Plain()
				path := filepath.Join("testdata", "minutes", name+"."+string(language)+".txt")
				if updates() {
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			})
		}
	}
}
