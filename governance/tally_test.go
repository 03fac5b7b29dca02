package governance_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

const (
	m = forum.Municipal
	s = forum.Specialist
	a = forum.Advisory
)

// votes makes the voters of a side from signs: + yes, - no, 0 abstained,
// . silent; a capital Y or N is the vote of who leads.
func votes(side forum.Level, signs string) []Voter {
	var voters []Voter
	for i, sign := range signs {
		v := Voter{Side: side, Organisation: forum.OrganisationID(1000*len(side) + i), Leads: sign == 'Y' || sign == 'N'}
		switch sign {
		case '+', 'Y':
			v.Vote = Yes
		case '-', 'N':
			v.Vote = No
		case '0':
			v.Vote = Abstained
		}
		voters = append(voters, v)
	}
	return voters
}

// half needs half of each level's seats.
func half(municipal, specialist int) []Needed {
	return []Needed{{m, municipal, (municipal + 1) / 2}, {s, specialist, (specialist + 1) / 2}}
}

func TestTally(t *testing.T) {
	plain, act, board := FrameOf(forum.AgreementProfile), FrameOf(forum.MunicipalActProfile), FrameOf(forum.TrustBoardProfile)
	for _, test := range []struct {
		name                            string
		rule                            forum.DecisionRule
		frame                           Frame
		written                         bool
		quorum                          []Needed
		municipal, specialist, advisory string
		outcome                         Outcome
		reason                          Reason
		where                           forum.Level
		share                           string
		casting                         bool
	}{
		{name: "consensus: nobody objects", rule: forum.Consensus, quorum: half(4, 2), municipal: "..", specialist: ".", outcome: Adopted},
		{name: "consensus: yes and silence", rule: forum.Consensus, quorum: half(4, 2), municipal: "+.", specialist: "+", outcome: Adopted},
		{name: "consensus: one objection is enough", rule: forum.Consensus, quorum: half(4, 2), municipal: "+++-", specialist: "++", outcome: Disagreement, reason: Objected, where: m},
		{name: "consensus: an advisory party that may vote can object", rule: forum.Consensus, quorum: half(4, 2), municipal: "++", specialist: "+", advisory: "-", outcome: Disagreement, reason: Objected, where: a},
		{name: "consensus: some abstain", rule: forum.Consensus, quorum: half(4, 2), municipal: "+0", specialist: "+", outcome: Adopted},
		{name: "consensus: a level that only abstains agrees to nothing", rule: forum.Consensus, quorum: half(4, 2), municipal: "++", specialist: "00", outcome: Disagreement, reason: NothingCast, where: s},
		{name: "consensus: a level is not quorate", rule: forum.Consensus, quorum: half(4, 2), municipal: "+", specialist: "++", outcome: NotQuorate, reason: Short, where: m},
		{name: "consensus: nobody of a level", rule: forum.Consensus, quorum: half(4, 2), municipal: "++++", outcome: NotQuorate, reason: Short, where: s},
		{name: "consensus, written: silence is nobody", rule: forum.Consensus, written: true, quorum: half(4, 2), municipal: "+...", specialist: "+.", outcome: NotQuorate, reason: Short, where: m},
		{name: "consensus, written: enough said yes", rule: forum.Consensus, written: true, quorum: half(4, 2), municipal: "++..", specialist: "+.", outcome: Adopted},
		{name: "consensus, written: a level only abstained", rule: forum.Consensus, written: true, quorum: half(4, 2), municipal: "00..", specialist: "+.", outcome: Disagreement, reason: NothingCast, where: m},

		{name: "double: both for", rule: forum.DoubleMajority, quorum: half(4, 2), municipal: "+++-", specialist: "+", outcome: Adopted},
		{name: "double: the many cannot outvote the few", rule: forum.DoubleMajority, quorum: half(12, 6), municipal: "++++++++++++", specialist: "+----", outcome: Disagreement, reason: Against, where: s},
		{name: "double: the few cannot outvote the many", rule: forum.DoubleMajority, quorum: half(12, 6), municipal: "+-------", specialist: "++++++", outcome: Disagreement, reason: Against, where: m},
		{name: "double: a tie in one level", rule: forum.DoubleMajority, quorum: half(4, 2), municipal: "++--", specialist: "++", outcome: Disagreement, reason: Tied, where: m},
		{name: "double: abstaining is not cast", rule: forum.DoubleMajority, quorum: half(4, 2), municipal: "+000", specialist: "+0", outcome: Adopted},
		{name: "double: a level with nothing cast decides nothing", rule: forum.DoubleMajority, quorum: half(4, 2), municipal: "++++", specialist: "00", outcome: Disagreement, reason: NothingCast, where: s},
		{name: "double: advisory votes carry no level", rule: forum.DoubleMajority, quorum: half(4, 2), municipal: "++", specialist: "-", advisory: "+++++", outcome: Disagreement, reason: Against, where: s},
		{name: "double: who leads breaks the own level's tie", rule: forum.DoubleMajority, frame: board, quorum: half(4, 2), municipal: "Y+--", specialist: "+", outcome: Adopted, casting: true},
		{name: "double: who leads does not break the other level's", rule: forum.DoubleMajority, frame: board, quorum: half(4, 2), municipal: "Y+++", specialist: "+-", outcome: Disagreement, reason: Tied, where: s},
		{name: "double: who leads votes against", rule: forum.DoubleMajority, frame: board, quorum: half(4, 2), municipal: "N+", specialist: "+", outcome: Disagreement, reason: Tied, where: m},
		{name: "double: the agreement gives no casting vote", rule: forum.DoubleMajority, frame: plain, quorum: half(4, 2), municipal: "Y-", specialist: "+", outcome: Disagreement, reason: Tied, where: m},

		{name: "balanced: 3 of 4 and half", rule: forum.Balanced, quorum: half(4, 2), municipal: "+++-", specialist: "+-", outcome: Adopted, share: "5/8"},
		{name: "balanced: heads do not count", rule: forum.Balanced, quorum: half(12, 6), municipal: "+++++++++++-", specialist: "------", outcome: Disagreement, reason: Against, share: "11/24"},
		{name: "balanced: exactly half is a tie", rule: forum.Balanced, quorum: half(3, 3), municipal: "++-", specialist: "--+", outcome: Disagreement, reason: Tied, share: "1/2"},
		{name: "balanced: three thirds are no float", rule: forum.Balanced, quorum: half(3, 7), municipal: "+--", specialist: "+++++--", outcome: Adopted, share: "11/21"},
		{name: "balanced: a level with nothing cast decides nothing", rule: forum.Balanced, quorum: half(4, 2), municipal: "++++", specialist: "..", outcome: Disagreement, reason: NothingCast, where: s},
		{name: "balanced: a casting vote breaks the tie", rule: forum.Balanced, frame: board, quorum: half(2, 2), municipal: "Y+", specialist: "--", outcome: Adopted, share: "1/2", casting: true},
		{name: "balanced, written: nobody leads", rule: forum.Balanced, frame: board, written: true, quorum: half(2, 2), municipal: "Y+", specialist: "--", outcome: Disagreement, reason: Tied, share: "1/2"},

		{name: "municipal act, written: all said yes", rule: forum.DoubleMajority, frame: act, written: true, quorum: half(2, 2), municipal: "++", specialist: "++", outcome: Adopted},
		{name: "municipal act, written: one is silent", rule: forum.DoubleMajority, frame: act, written: true, quorum: half(2, 2), municipal: "+.", specialist: "++", outcome: Disagreement, reason: Unanswered, where: m},
		{name: "municipal act, written: a seat is empty", rule: forum.DoubleMajority, frame: act, written: true, quorum: half(2, 2), municipal: "++", specialist: "+", outcome: Disagreement, reason: Unanswered, where: s},
		{name: "municipal act, written: one no", rule: forum.DoubleMajority, frame: act, written: true, quorum: half(2, 2), municipal: "++", specialist: "+-", outcome: Disagreement, reason: Objected, where: s},
		{name: "a forum of one level", rule: forum.DoubleMajority, quorum: []Needed{{m, 3, 2}}, municipal: "++-", outcome: Adopted},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Tally(Question{
				Rule: test.rule, Frame: test.frame, Written: test.written, Quorum: test.quorum,
				Voters: slices.Concat(votes(m, test.municipal), votes(s, test.specialist), votes(a, test.advisory)),
			})
			type said struct {
				Outcome Outcome
				Reason  Reason
				Where   forum.Level
				Share   string
				Casting bool
			}
			want := said{test.outcome, test.reason, test.where, test.share, test.casting}
			if diff := cmp.Diff(want, said{got.Outcome, got.Reason, got.Where, got.Share, got.CastingVote}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOrganisationsSpeakWithOneVoice(t *testing.T) {
	voter := func(organisation forum.OrganisationID, side forum.Level, vote Vote) Voter {
		return Voter{Organisation: organisation, Side: side, Vote: vote}
	}
	q := Question{
		Rule: forum.DoubleMajority, Per: PerOrganisation, Quorum: half(6, 2),
		Voters: []Voter{
			voter(1, m, Yes), voter(1, m, Yes), voter(1, m, Yes), // one voice, for
			voter(2, m, No),                   // one against
			voter(3, m, Yes), voter(3, m, No), // divided: none
			voter(9, s, Yes), voter(9, s, Silent),
		},
	}
	got := Tally(q)
	want := []Count{
		{Level: m, Seats: 6, Least: 3, Present: 6, Yes: 1, No: 1, Abstained: 1},
		{Level: s, Seats: 2, Least: 1, Present: 2, Yes: 1},
	}
	if diff := cmp.Diff(want, got.Counts); diff != "" || got.Reason != Tied {
		t.Error(got.Reason, diff)
	}
	q.Per = PerSeat
	if by := Tally(q); by.Outcome != Adopted {
		t.Errorf("by seats, 4 against 2 and 1 against 0: %s", by.Outcome)
	}
}

var (
	rules  = rapid.SampledFrom([]forum.DecisionRule{forum.Consensus, forum.DoubleMajority, forum.Balanced})
	sides  = rapid.SampledFrom([]forum.Level{m, s, a})
	any4   = rapid.SampledFrom([]Vote{Silent, Yes, No, Abstained})
	frames = rapid.SampledFrom([]Frame{FrameOf(forum.AgreementProfile), FrameOf(forum.MunicipalActProfile), FrameOf(forum.TrustBoardProfile)})
	units  = rapid.SampledFrom([]Unit{PerSeat, PerOrganisation})
)

// questions draws one of any shape. An organisation has one side.
func questions(t *rapid.T) Question {
	q := Question{Rule: rules.Draw(t, "rule"), Per: units.Draw(t, "unit"), Frame: frames.Draw(t, "frame"), Written: rapid.Bool().Draw(t, "written")}
	seats := map[forum.Level]int{}
	leads := rapid.IntRange(-1, 9).Draw(t, "leads")
	for i := range rapid.IntRange(0, 10).Draw(t, "voters") {
		side := sides.Draw(t, "side")
		organisation := forum.OrganisationID(len(side)*10 + rapid.IntRange(0, 3).Draw(t, "organisation"))
		q.Voters = append(q.Voters, Voter{Organisation: organisation, Side: side, Vote: any4.Draw(t, "vote"), Leads: i == leads})
		seats[side]++
	}
	for _, level := range []forum.Level{m, s} {
		n := seats[level] + rapid.IntRange(0, 3).Draw(t, "empty")
		q.Quorum = append(q.Quorum, Needed{level, n, (n + 1) / 2})
	}
	return q
}

// outcome is what must not change; which of two levels a reason names first may.
func outcome(r Result) string {
	return string(r.Outcome) + " " + r.Share
}

func TestLevelsMayChangeNames(t *testing.T) {
	swap := map[forum.Level]forum.Level{m: s, s: m, a: a}
	rapid.Check(t, func(t *rapid.T) {
		q := questions(t)
		before := outcome(Tally(q))
		q.Voters, q.Quorum = slices.Clone(q.Voters), slices.Clone(q.Quorum)
		for i := range q.Voters {
			q.Voters[i].Side = swap[q.Voters[i].Side]
		}
		for i := range q.Quorum {
			q.Quorum[i].Level = swap[q.Quorum[i].Level]
		}
		if after := outcome(Tally(q)); after != before {
			t.Fatalf("%s became %s", before, after)
		}
	})
}

func TestOrderOfVotersDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := questions(t)
		before := Tally(q)
		q.Voters = rapid.Permutation(q.Voters).Draw(t, "order")
		if after := Tally(q); outcome(after) != outcome(before) || after.CastingVote != before.CastingVote {
			t.Fatalf("%s became %s", outcome(before), outcome(after))
		}
	})
}

func TestHeadCountsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := questions(t)
		q.Per = PerSeat
		before := outcome(Tally(q))
		times := map[forum.Level]int{m: rapid.IntRange(1, 5).Draw(t, "municipal"), s: rapid.IntRange(1, 5).Draw(t, "specialist"), a: 1}
		var grown []Voter
		for _, v := range q.Voters {
			for i := range times[v.Side] {
				again := v
				again.Leads = v.Leads && i == 0
				grown = append(grown, again)
			}
		}
		q.Voters, q.Quorum = grown, slices.Clone(q.Quorum)
		for i, n := range q.Quorum {
			q.Quorum[i].Seats, q.Quorum[i].Least = n.Seats*times[n.Level], n.Least*times[n.Level]
		}
		if after := outcome(Tally(q)); after != before {
			t.Fatalf("%s became %s", before, after)
		}
	})
}

func TestNobodyDecidesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := questions(t)
		result := Tally(q)
		if result.Outcome != Adopted {
			if result.Reason == "" {
				t.Fatal("nothing says why")
			}
			return
		}
		for _, n := range q.Quorum {
			if n.Seats == 0 {
				continue
			}
			said := slices.ContainsFunc(q.Voters, func(v Voter) bool {
				return v.Side == n.Level && v.Vote != Abstained && (v.Vote != Silent || !q.Written && q.Rule == forum.Consensus)
			})
			if !said {
				t.Fatalf("adopted without %s", n.Level)
			}
		}
		if share, weighed := new(big.Rat).SetString(result.Share); weighed && share.Cmp(big.NewRat(1, 2)) < 0 {
			t.Fatalf("adopted with %s", result.Share)
		}
	})
}

func TestAnotherYesNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := questions(t)
		q.Per = PerSeat
		if len(q.Voters) == 0 || Tally(q).Outcome != Adopted {
			return
		}
		q.Voters = slices.Clone(q.Voters)
		q.Voters[rapid.IntRange(0, len(q.Voters)-1).Draw(t, "who")].Vote = Yes
		if after := Tally(q); after.Outcome != Adopted {
			t.Fatalf("one more yes, and %s: %s", after.Outcome, after.Reason)
		}
	})
}
