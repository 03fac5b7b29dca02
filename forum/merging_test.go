package forum_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// The parties that merge; Granvin's number is one that can never be given out.
const (
	granvinNumber = "100000024"
	vossNumber    = "960510542"
)

// granvinPlan is an area before Granvin herad became part of Voss.
func granvinPlan() *forum.AreaPlan {
	const both, granvin, other, reserve, voss = "begge@granvin.example", "helse@granvin.example", "leiar@granvin.example", "vara@granvin.example", "helse@voss.example"
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss lokalsjukehusområde"},
		Organisations: []forum.OrganisationEntry{
			{Number: granvinNumber, Name: "Granvin herad", Level: forum.Municipal, Municipality: "1234", Contact: "postmottak@granvin.example"},
			{Number: vossNumber, Name: "Voss kommune", Level: forum.Municipal, Municipality: "1235"},
			{Number: bergenNumber, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{
			{Address: both, Name: "Kommuneoverlege, Granvin og Voss"}, {Address: granvin, Name: "Helsesjef, Granvin"}, {Address: other, Name: "Leiar, Granvin"},
			{Address: reserve, Name: "Vara, Granvin"}, {Address: voss, Name: "Helsesjef, Voss"},
			{Address: ourSecretary, Name: "Sekretær, Voss"}, {Address: hfSecretary, Name: "Sekretær, Helse Bergen"},
		},
		Forums: []forum.ForumEntry{
			{
				Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: "raad@voss.example",
				Mandate: forum.MandateEntry{From: "2018-01-01", Parties: []string{granvinNumber, vossNumber, bergenNumber}},
				Seats: []forum.SeatEntry{
					{Person: granvin, Organisation: granvinNumber, Capacity: forum.Member, To: "2021-12-31"},
					{Person: voss, Organisation: vossNumber, Capacity: forum.Member},
					{Person: reserve, Organisation: granvinNumber, Capacity: forum.Substitute, Rank: 1},
					{Person: both, Organisation: granvinNumber, Capacity: forum.Observer},
					{Person: both, Organisation: vossNumber, Capacity: forum.Observer},
					{Person: other, Organisation: granvinNumber, Capacity: forum.Chair, To: "2019-06-30"},
					{Person: ourSecretary, Organisation: vossNumber, Capacity: forum.Secretary},
					{Person: hfSecretary, Organisation: bergenNumber, Capacity: forum.Secretary},
				},
			},
			{
				Key: "utval", Name: "Underutval", Kind: forum.SubCommittee, Parent: "raad", Address: "utval@voss.example",
				Mandate: forum.MandateEntry{From: "2020-06-01", Parties: []string{granvinNumber, bergenNumber}},
				Seats:   []forum.SeatEntry{{Person: other, Organisation: granvinNumber, Capacity: forum.Chair, From: "2020-06-01"}},
			},
		},
	}
}

func granvinIntoVoss() forum.Merger {
	return forum.Merger{From: []string{"Granvin herad"}, Into: vossNumber, On: "2020-01-01", Name: "Voss herad", Municipality: "4621"}
}

func merged(m forum.Merger) act[*forum.MergerPlan] {
	return func(ctx context.Context, tx forum.Tx) (*forum.MergerPlan, error) {
		return forum.MergeOrganisations(ctx, tx, forum.Operator(), m)
	}
}

func saidMerger(p *forum.MergerPlan) (lines []string) {
	for _, s := range p.Seats {
		line := fmt.Sprintf("%s %s %s in %s", s.Move, s.Person.Name, s.Capacity, s.Forum.Key)
		if s.Meets != nil {
			line += " meets " + s.Meets.Person.Name
		}
		lines = append(lines, line)
	}
	for _, m := range p.Mandates {
		lines = append(lines, "mandate of "+m.Forum.Key)
	}
	return lines
}

// seatedOn lists who sits for whom on a day, as the page of a forum's people tells it.
func (h *house) seatedOn(in string, day forum.Date) (list []string) {
	h.Helper()
	by, id := h.as(hfSecretary), h.forum(in)
	page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.PeoplePage, error) {
		return forum.ReadPeoplePage(ctx, tx, by, id, day)
	})
	for _, s := range page.Seats {
		list = append(list, fmt.Sprintf("%s, %s %s", s.Person.Name, s.Capacity, s.Organisation.Name))
	}
	return list
}

// TestGranvinBecomesPartOfVoss merges two municipalities with meetings called on
// both sides of the day.
func TestGranvinBecomesPartOfVoss(t *testing.T) {
	inHouses(t, granvinPlan, func(h *house) {
		h.now = at("2019-11-01 09:00")
		before, after := h.call(h.plan("raad", "2019-12-10 10:00")).ID, h.call(h.plan("raad", "2020-02-10 10:00")).ID
		h.letters()

		plan := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MergerPlan, error) {
			return forum.PreviewMerger(ctx, tx, forum.Operator(), granvinIntoVoss())
		})
		want := []string{
			"choice Helsesjef, Granvin member in raad meets Helsesjef, Voss", "moves Vara, Granvin substitute in raad",
			"double Kommuneoverlege, Granvin og Voss observer in raad meets Kommuneoverlege, Granvin og Voss", "moves Leiar, Granvin chair in utval",
			"mandate of raad", "mandate of utval",
		}
		if diff := cmp.Diff(want, saidMerger(plan)); diff != "" {
			h.Fatalf("preview (-want +got):\n%s", diff)
		}
		if plan.Into.Contact != "postmottak@granvin.example" || plan.Into.Name != "Voss herad" || plan.Before.Name != "Voss kommune" {
			h.Errorf("the merged organisation: %+v", plan.Into)
		}
		if _, err := try(h, merged(granvinIntoVoss())); !forum.IsKind(err, forum.Conflict) {
			h.Fatalf("without a choice: %v", err)
		}
		chosen := granvinIntoVoss()
		chosen.Keep = []forum.SeatID{plan.Seats[0].ID}
		done(h, merged(chosen))
		h.wantLetters("seats " + ourSecretary)

		h.now = at("2020-03-01 09:00")
		for day, want := range map[forum.Date][]string{
			"2019-12-31": {
				"Helsesjef, Granvin, member Granvin herad", "Helsesjef, Voss, member Voss kommune", "Vara, Granvin, substitute Granvin herad",
				"Sekretær, Voss, secretary Voss kommune", "Sekretær, Helse Bergen, secretary Helse Bergen HF",
				"Kommuneoverlege, Granvin og Voss, observer Granvin herad", "Kommuneoverlege, Granvin og Voss, observer Voss kommune",
			},
			"2020-01-01": {
				"Helsesjef, Voss, member Voss herad", "Helsesjef, Granvin, member Voss herad", "Vara, Granvin, substitute Voss herad",
				"Sekretær, Voss, secretary Voss herad", "Sekretær, Helse Bergen, secretary Helse Bergen HF", "Kommuneoverlege, Granvin og Voss, observer Voss herad",
			},
		} {
			if diff := cmp.Diff(want, h.seatedOn("raad", day)); diff != "" {
				h.Errorf("on %s (-want +got):\n%s", day, diff)
			}
		}
		for id, want := range map[forum.MeetingID][]string{before: {"Granvin herad", "Voss kommune"}, after: {"Voss herad"}} {
			page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
				return forum.ReadMeetingPage(ctx, tx, h.as(hfSecretary), id)
			})
			var names []string
			for _, i := range page.Invitees {
				if i.Organisation.Level == forum.Municipal && i.Capacity == forum.Member && !slices.Contains(names, i.Organisation.Name) {
					names = append(names, i.Organisation.Name)
				}
			}
			slices.Sort(names)
			if diff := cmp.Diff(want, names); diff != "" {
				h.Errorf("meeting %d (-want +got):\n%s", id, diff)
			}
		}
		h.partiesOn("raad", "2019-12-31", "Granvin herad", "Voss kommune", "Helse Bergen HF")
		h.partiesOn("raad", "2020-01-01", "Voss herad", "Helse Bergen HF")
		h.partiesOn("utval", "2020-06-01", "Voss herad", "Helse Bergen HF")

		again := done(h, merged(granvinIntoVoss()))
		if !again.Done {
			h.Errorf("again: %v", saidMerger(again))
		}
		if count := done(h, imported(granvinPlan())); count.Created+count.Changed != 0 {
			h.Errorf("the area's file of before changes %+v", count)
		}
		h.wantLetters()
	})
}

// partiesOn checks the parties of the mandate on a day.
func (h *house) partiesOn(in string, day forum.Date, want ...string) {
	h.Helper()
	id := h.forum(in)
	got := seen(h, func(ctx context.Context, tx forum.Tx) (names []string, err error) {
		mandate, err := tx.Mandate(ctx, id, day)
		if err != nil {
			return nil, err
		}
		all, err := tx.Organisations(ctx)
		for _, party := range mandate.Parties {
			names = append(names, all[party].On(day).Name)
		}
		return names, err
	})
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("parties of %s on %s (-want +got):\n%s", in, day, diff)
	}
}

func TestMergersThatCannotBe(t *testing.T) {
	inHouses(t, granvinPlan, func(h *house) {
		for name, c := range map[string]struct {
			change func(m *forum.Merger)
			want   string
		}{
			"unknown":                 {func(m *forum.Merger) { m.From = []string{"Atlantis"} }, "error.members.organisation"},
			"misspelt":                {func(m *forum.Merger) { m.From = []string{"Granvinn herad"} }, "error.members.organisation_meant"},
			"into itself":             {func(m *forum.Merger) { m.Into = granvinNumber }, "error.merge.itself"},
			"of two levels":           {func(m *forum.Merger) { m.Into = bergenNumber }, "error.merge.level"},
			"on no day":               {func(m *forum.Merger) { m.On = "1.1.2020" }, "error.date"},
			"a seat without a choice": {func(m *forum.Merger) { m.Keep = []forum.SeatID{9999} }, "error.merge.no_choice"},
			"kept and ended":          {func(m *forum.Merger) { m.Keep, m.End = []forum.SeatID{1}, []forum.SeatID{1} }, "error.merge.both"},
			"undecided":               {func(m *forum.Merger) {}, "error.merge.choices"},
		} {
			m := granvinIntoVoss()
			c.change(&m)
			_, err := try(h, merged(m))
			refusal, _ := err.(*forum.Error)
			if refusal == nil || refusal.Key != c.want {
				h.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		ending := granvinIntoVoss()
		ending.End = []forum.SeatID{1}
		done(h, merged(ending))
		if got := h.seatedOn("raad", "2020-01-01"); slices.Contains(got, "Helsesjef, Granvin, member Voss herad") {
			h.Errorf("the seat that was to end is there: %v", got)
		}
		later := ending
		later.On = "2021-01-01"
		_, err := try(h, merged(later))
		if refusal, _ := err.(*forum.Error); refusal == nil || refusal.Key != "error.merge.already" {
			h.Errorf("on another day: %v", err)
		}
		if _, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.MergerPlan, error) {
			return forum.MergeOrganisations(ctx, tx, h.as(ourSecretary), granvinIntoVoss())
		}); !forum.IsKind(err, forum.Forbidden) {
			h.Errorf("a secretary merges: %v", err)
		}
	})
}
