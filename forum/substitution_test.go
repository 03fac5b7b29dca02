package forum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestWhoIsCalledUp(t *testing.T) {
	const kvam, vaksdal = 1, 2
	type people = []forum.Candidate
	type calls = map[forum.PersonID]forum.PersonID
	member := func(person forum.PersonID, reply forum.Reply) forum.Candidate {
		return forum.Candidate{Person: person, Organisation: kvam, Reply: reply}
	}
	sub := func(person forum.PersonID, reply forum.Reply, of forum.PersonID) forum.Candidate {
		return forum.Candidate{Person: person, Organisation: kvam, Reply: reply, For: of}
	}
	for name, c := range map[string]struct {
		members, substitutes people
		called               calls
		uncovered            []forum.PersonID
	}{
		"who comes needs nobody":             {people{member(1, forum.Coming)}, people{sub(11, forum.Waited, 0)}, calls{}, nil},
		"who has not answered needs nobody":  {people{member(1, forum.Waited)}, people{sub(11, forum.Waited, 0)}, calls{}, nil},
		"who is unsure needs nobody":         {people{member(1, forum.Unsure)}, people{sub(11, forum.Waited, 0)}, calls{}, nil},
		"who declines is replaced by rank":   {people{member(1, forum.NotComing)}, people{sub(11, forum.Waited, 0), sub(12, forum.Waited, 0)}, calls{11: 1}, nil},
		"who is silent too long is replaced": {people{member(1, forum.Overdue)}, people{sub(11, forum.Waited, 0)}, calls{11: 1}, nil},
		"another organisation's stays home":  {people{member(1, forum.NotComing)}, people{{Person: 21, Organisation: vaksdal, Reply: forum.Waited}}, calls{}, []forum.PersonID{1}},
		"nobody is left":                     {people{member(1, forum.NotComing)}, nil, calls{}, []forum.PersonID{1}},
		"the first declines too":             {people{member(1, forum.NotComing)}, people{sub(11, forum.NotComing, 1), sub(12, forum.Waited, 0)}, calls{11: 1, 12: 1}, nil},
		"the first is silent too":            {people{member(1, forum.NotComing)}, people{sub(11, forum.Overdue, 1), sub(12, forum.Waited, 0)}, calls{11: 1, 12: 1}, nil},
		"all decline":                        {people{member(1, forum.NotComing)}, people{sub(11, forum.NotComing, 1), sub(12, forum.NotComing, 1)}, calls{11: 1, 12: 1}, []forum.PersonID{1}},
		"the member accepts again":           {people{member(1, forum.Coming)}, people{sub(11, forum.NotComing, 1), sub(12, forum.Coming, 1)}, calls{}, nil},
		"the first accepts again":            {people{member(1, forum.NotComing)}, people{sub(11, forum.Coming, 1), sub(12, forum.Waited, 1)}, calls{11: 1}, nil},
		"the first accepts after the second": {people{member(1, forum.NotComing)}, people{sub(11, forum.Coming, 1), sub(12, forum.Coming, 1)}, calls{11: 1}, nil},
		"the second accepts":                 {people{member(1, forum.NotComing)}, people{sub(11, forum.NotComing, 1), sub(12, forum.Coming, 1)}, calls{11: 1, 12: 1}, nil},
		"maybe does not release":             {people{member(1, forum.Unsure)}, people{sub(11, forum.Coming, 1)}, calls{11: 1}, nil},
		"after a move all stay":              {people{member(1, forum.Waited)}, people{sub(11, forum.Waited, 1), sub(12, forum.Waited, 1)}, calls{11: 1, 12: 1}, nil},
		"after a move nobody new is called":  {people{member(1, forum.Waited)}, people{sub(11, forum.NotComing, 1), sub(12, forum.Waited, 0)}, calls{11: 1}, nil},
		"one substitute for one member":      {people{member(1, forum.NotComing), member(2, forum.NotComing)}, people{sub(11, forum.Waited, 0)}, calls{11: 1}, []forum.PersonID{2}},
		"one released goes to another":       {people{member(1, forum.NotComing), member(2, forum.Coming)}, people{sub(11, forum.Waited, 2)}, calls{11: 1}, nil},
		"who has said no is not asked again": {people{member(1, forum.NotComing)}, people{sub(11, forum.NotComing, 0), sub(12, forum.Waited, 0)}, calls{12: 1}, nil},
		"whose member is gone is released":   {nil, people{sub(11, forum.Coming, 1)}, calls{}, nil},
		"who sits for two is replaced for both": {
			people{member(1, forum.NotComing), {Person: 1, Organisation: vaksdal, Reply: forum.NotComing}},
			people{sub(11, forum.Waited, 0), {Person: 21, Organisation: vaksdal, Reply: forum.Waited}}, calls{11: 1, 21: 1}, nil,
		},
		"who is a substitute for two stands in for one": {
			people{member(1, forum.NotComing), {Person: 1, Organisation: vaksdal, Reply: forum.NotComing}},
			people{sub(11, forum.Waited, 0), {Person: 11, Organisation: vaksdal, Reply: forum.Waited}}, calls{11: 1}, []forum.PersonID{1},
		},
		"who changed organisation": {people{member(1, forum.NotComing)}, people{{Person: 11, Organisation: vaksdal, Reply: forum.Coming, For: 1}}, calls{}, []forum.PersonID{1}},
	} {
		t.Run(name, func(t *testing.T) {
			cover, called := forum.CallUp(c.members, c.substitutes), calls{}
			for substitute, place := range cover.Called {
				called[substitute] = place.Member
			}
			var uncovered []forum.PersonID
			for _, place := range cover.Uncovered {
				uncovered = append(uncovered, place.Member)
			}
			if diff := cmp.Diff(c.called, called); diff != "" {
				t.Errorf("called up (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.uncovered, uncovered); diff != "" {
				t.Errorf("uncovered (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCallingUpIsSettledAtOnce(t *testing.T) {
	replies := []forum.Reply{forum.Coming, forum.NotComing, forum.Unsure, forum.Waited, forum.Overdue}
	people := func(t *rapid.T, first, most int, what string) (list []forum.Candidate) {
		for n := range rapid.IntRange(0, most).Draw(t, what) {
			list = append(list, forum.Candidate{
				Person: forum.PersonID(first + n), Organisation: forum.OrganisationID(rapid.IntRange(1, 2).Draw(t, "organisation")),
				Reply: rapid.SampledFrom(replies).Draw(t, "reply"),
			})
		}
		return list
	}
	rapid.Check(t, func(t *rapid.T) {
		members, substitutes := people(t, 1, 3, "members"), people(t, 11, 4, "substitutes")
		for n := range substitutes {
			substitutes[n].For = forum.PersonID(rapid.IntRange(0, 3).Draw(t, "for"))
		}
		of := map[forum.PersonID]forum.Candidate{}
		for _, c := range append(members, substitutes...) {
			of[c.Person] = c
		}
		cover := forum.CallUp(members, substitutes)
		for substitute, place := range cover.Called {
			if m, known := of[place.Member]; !known || m.Organisation != place.Organisation || m.Organisation != of[substitute].Organisation || m.Reply == forum.Coming {
				t.Fatalf("%+v stands in for %+v", of[substitute], m)
			}
		}
		for _, place := range cover.Uncovered {
			for _, s := range substitutes {
				free := cover.Called[s.Person].Member == 0 && s.Reply != forum.NotComing && s.Reply != forum.Overdue
				if free && s.Organisation == place.Organisation {
					t.Fatalf("%+v is free and nobody stands in for %+v", s, place)
				}
			}
		}
		for n, s := range substitutes {
			substitutes[n].For = cover.Called[s.Person].Member
		}
		if diff := cmp.Diff(cover, forum.CallUp(members, substitutes)); diff != "" {
			t.Fatalf("the same again changes who is called up: %s", diff)
		}
	})
}
