package forum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func TestAGoodPlan(t *testing.T) {
	plan := vossPlan()
	for _, err := range plan.Check() {
		t.Error(said(err))
	}
	if diff := cmp.Diff(forum.Nynorsk, plan.People[0].Language); diff != "" {
		t.Errorf("the language nobody wrote: %s", diff)
	}
	if rule := plan.Forums[0].Mandate.Rule; rule != forum.Consensus {
		t.Errorf("the decision rule nobody wrote: %s", rule)
	}
	if profile := plan.Forums[0].Mandate.Profile; profile != forum.AgreementProfile {
		t.Errorf("the rule profile nobody wrote: %s", profile)
	}
}

func TestWhatIsWrongWithAPlan(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*forum.AreaPlan)
		want   []string
	}{
		"nothing, written in capitals": {func(p *forum.AreaPlan) {
			p.People[0].Address = " Leiar@KVAM.example"
			council(p).Seats[0].Person = "LEIAR@kvam.example "
		}, nil},
		"nothing, a seat by a further address": {func(p *forum.AreaPlan) { council(p).Seats[4].Person = "avdeling@bergen.example" }, nil},
		"nothing, the same seat later again": {func(p *forum.AreaPlan) {
			council(p).Seats = append(council(p).Seats, forum.SeatEntry{Person: vaksdal, Organisation: vaksdalNumber, Capacity: forum.Member, From: "2028-01-01"})
		}, nil},

		"an area without a key":  {func(p *forum.AreaPlan) { p.Area.Key = " " }, []string{"invalid: error.plan.missing on area.key"}},
		"an area without a name": {func(p *forum.AreaPlan) { p.Area.Name = "" }, []string{"invalid: error.plan.missing on area.name"}},
		"an area above itself":   {func(p *forum.AreaPlan) { p.Area.Parent = "voss" }, []string{"invalid: error.plan.unknown_area on area.parent"}},

		"a number that is none": {func(p *forum.AreaPlan) { p.Organisations[0].Number = "944233190" }, []string{
			"invalid: error.organisation_number on organisations[0].number",
			"invalid: error.plan.unknown_organisation on forums[0].seats[0].organisation",
			"invalid: error.plan.unknown_organisation on forums[1].mandate.parties[0]",
			"invalid: error.plan.unknown_organisation on forums[1].seats[0].organisation",
			"invalid: error.plan.unknown_organisation on forums[1].seats[5].organisation",
			"invalid: error.plan.unknown_organisation on forums[1].seats[6].organisation",
			"invalid: error.plan.unknown_organisation on forums[1].seats[10].organisation",
		}},
		"an organisation twice": {func(p *forum.AreaPlan) { p.Organisations = append(p.Organisations, p.Organisations[2]) }, []string{
			"invalid: error.plan.twice on organisations[4].number",
		}},
		"an organisation without a name": {func(p *forum.AreaPlan) { p.Organisations[1].Name = "" }, []string{"invalid: error.plan.missing on organisations[1].name"}},
		"a level that is none":           {func(p *forum.AreaPlan) { p.Organisations[1].Level = "regional" }, []string{"invalid: error.plan.one_of on organisations[1].level"}},
		"no level":                       {func(p *forum.AreaPlan) { p.Organisations[1].Level = "" }, []string{"invalid: error.plan.one_of on organisations[1].level"}},
		"a side that is none":            {func(p *forum.AreaPlan) { p.Organisations[3].Side = forum.Advisory }, []string{"invalid: error.plan.one_of on organisations[3].side"}},
		"a language of an organisation":  {func(p *forum.AreaPlan) { p.Organisations[1].Language = "sv" }, []string{"invalid: error.plan.one_of on organisations[1].language"}},
		"an organisation's first day":    {func(p *forum.AreaPlan) { p.Organisations[1].From = "1.1.2020" }, []string{"invalid: error.date on organisations[1].from"}},
		"an organisation's last day":     {func(p *forum.AreaPlan) { p.Organisations[1].To = "2026-02-30" }, []string{"invalid: error.date on organisations[1].to"}},
		"an organisation that ends before it begins": {func(p *forum.AreaPlan) { p.Organisations[1].To = "1963-12-31" }, []string{
			"invalid: error.plan.to_before_from on organisations[1].to",
		}},

		"an address that is none":        {func(p *forum.AreaPlan) { p.People[10].Address = "utanfor" }, []string{"invalid: error.address on people[10].address"}},
		"a further address that is none": {func(p *forum.AreaPlan) { p.People[3].Addresses[0] = "@" }, []string{"invalid: error.address on people[3].addresses[0]"}},
		"a person twice": {func(p *forum.AreaPlan) {
			p.People = append(p.People, forum.PersonEntry{Address: "LEIAR@kvam.example", Name: "Leiar"})
		}, []string{"invalid: error.plan.twice on people[11].address"}},
		"a further address that is another's": {func(p *forum.AreaPlan) { p.People[3].Addresses[0] = chair }, []string{"invalid: error.plan.twice on people[3].addresses[0]"}},
		"a person without a name":             {func(p *forum.AreaPlan) { p.People[4].Name = "" }, []string{"invalid: error.plan.missing on people[4].name"}},
		"a person's language":                 {func(p *forum.AreaPlan) { p.People[4].Language = "no" }, []string{"invalid: error.plan.one_of on people[4].language"}},

		"a forum without a key":  {func(p *forum.AreaPlan) { p.Forums[3].Key = "" }, []string{"invalid: error.plan.missing on forums[3].key"}},
		"a forum's key twice":    {func(p *forum.AreaPlan) { p.Forums[3].Key = "raad" }, []string{"invalid: error.plan.twice on forums[3].key"}},
		"a forum without a name": {func(p *forum.AreaPlan) { p.Forums[3].Name = "" }, []string{"invalid: error.plan.missing on forums[3].name"}},
		"a kind of forum":        {func(p *forum.AreaPlan) { p.Forums[3].Kind = "club" }, []string{"invalid: error.plan.one_of on forums[3].kind"}},
		"a parent unknown":       {func(p *forum.AreaPlan) { p.Forums[3].Parent = "styret" }, []string{"invalid: error.plan.unknown_forum on forums[3].parent"}},
		"a parent further down":  {func(p *forum.AreaPlan) { p.Forums[2].Parent = "gruppe" }, []string{"invalid: error.plan.unknown_forum on forums[2].parent"}},
		"a forum above itself":   {func(p *forum.AreaPlan) { p.Forums[3].Parent = "gruppe" }, []string{"invalid: error.plan.unknown_forum on forums[3].parent"}},
		"a forum's language":     {func(p *forum.AreaPlan) { p.Forums[3].Language = "da" }, []string{"invalid: error.plan.one_of on forums[3].language"}},
		"a forum's address":      {func(p *forum.AreaPlan) { p.Forums[3].Address = "" }, []string{"invalid: error.address on forums[3].address"}},
		"a forum's address with a plus": {func(p *forum.AreaPlan) { p.Forums[3].Address = "raad+gruppe@voss.example" }, []string{
			"invalid: error.plan.plus_address on forums[3].address",
		}},
		"a forum's address twice": {func(p *forum.AreaPlan) { p.Forums[3].Address = "Raad@voss.example" }, []string{"invalid: error.plan.twice on forums[3].address"}},

		"a decision rule":             {func(p *forum.AreaPlan) { council(p).Mandate.Rule = "majority" }, []string{"invalid: error.plan.one_of on forums[1].mandate.rule"}},
		"a rule profile":              {func(p *forum.AreaPlan) { council(p).Mandate.Profile = "club" }, []string{"invalid: error.plan.one_of on forums[1].mandate.profile"}},
		"a mandate's first day":       {func(p *forum.AreaPlan) { council(p).Mandate.From = "2020" }, []string{"invalid: error.date on forums[1].mandate.from"}},
		"a mandate's last day":        {func(p *forum.AreaPlan) { council(p).Mandate.To = "2019-12-31" }, []string{"invalid: error.plan.to_before_from on forums[1].mandate.to"}},
		"items due after meeting":     {func(p *forum.AreaPlan) { council(p).Mandate.ItemsDays = -1 }, []string{"invalid: error.plan.days on forums[1].mandate.items_days"}},
		"reminders after all":         {func(p *forum.AreaPlan) { council(p).Mandate.RemindDays = -1 }, []string{"invalid: error.plan.days on forums[1].mandate.remind_days"}},
		"told of it after a year":     {func(p *forum.AreaPlan) { council(p).Mandate.LateDays = 366 }, []string{"invalid: error.plan.days on forums[1].mandate.late_days"}},
		"papers a year before":        {func(p *forum.AreaPlan) { council(p).Mandate.PapersDays = 366 }, []string{"invalid: error.plan.days on forums[1].mandate.papers_days"}},
		"hours before the invitation": {func(p *forum.AreaPlan) { council(p).Mandate.AnswerHours = -1 }, []string{"invalid: error.plan.hours on forums[1].mandate.answer_hours"}},
		"hours for the keys":          {func(p *forum.AreaPlan) { council(p).Mandate.KeyHours = 8761 }, []string{"invalid: error.plan.key_hours on forums[1].mandate.key_hours"}},
		"hours beyond a year":         {func(p *forum.AreaPlan) { council(p).Mandate.AnswerHours = 8761 }, []string{"invalid: error.plan.hours on forums[1].mandate.answer_hours"}},
		"more than all seats":         {func(p *forum.AreaPlan) { council(p).Mandate.QuorumPercent = 101 }, []string{"invalid: error.plan.percent on forums[1].mandate.quorum_percent"}},
		"less than no seats":          {func(p *forum.AreaPlan) { council(p).Mandate.QuorumPercent = -1 }, []string{"invalid: error.plan.percent on forums[1].mandate.quorum_percent"}},
		"an inherited capacity":       {func(p *forum.AreaPlan) { p.Forums[2].Mandate.Inherits[0] = forum.KeyHolder }, []string{"invalid: error.plan.one_of on forums[2].mandate.inherits[0]"}},
		"a key":                       {func(p *forum.AreaPlan) { council(p).Mandate.Keys[1] = "boss" }, []string{"invalid: error.plan.one_of on forums[1].mandate.keys[1]"}},
		"a party":                     {func(p *forum.AreaPlan) { council(p).Mandate.Parties[2] = "960510542" }, []string{"invalid: error.plan.unknown_organisation on forums[1].mandate.parties[2]"}},
		"an exception without anything": {func(p *forum.AreaPlan) { council(p).Mandate.Exceptions = make([]forum.ExceptionEntry, 1) }, []string{
			"invalid: error.plan.one_of on forums[1].mandate.exceptions[0].capacity",
			"invalid: error.plan.one_of on forums[1].mandate.exceptions[0].level",
			"invalid: error.plan.right on forums[1].mandate.exceptions[0].action",
			"invalid: error.plan.missing on forums[1].mandate.exceptions[0].reason",
		}},

		"standing items": {func(p *forum.AreaPlan) {
			council(p).Mandate.Standing = []forum.StandingEntry{{What: "song", Minutes: 5}, {What: forum.OwnLine}, {What: forum.MutualBriefing, Minutes: 601}, {What: forum.OtherBusiness}}
		}, []string{
			"invalid: error.plan.one_of on forums[1].mandate.standing_items[0].what",
			"invalid: error.plan.missing on forums[1].mandate.standing_items[1].title",
			"invalid: error.agenda.minutes on forums[1].mandate.standing_items[2].minutes",
		}},

		"a seat of nobody":       {func(p *forum.AreaPlan) { council(p).Seats[5].Person = "" }, []string{"invalid: error.plan.unknown_person on forums[1].seats[5].person"}},
		"a seat of a stranger":   {func(p *forum.AreaPlan) { council(p).Seats[5].Person = "x@kvam.example" }, []string{"invalid: error.plan.unknown_person on forums[1].seats[5].person"}},
		"a seat for nobody":      {func(p *forum.AreaPlan) { council(p).Seats[5].Organisation = "" }, []string{"invalid: error.plan.unknown_organisation on forums[1].seats[5].organisation"}},
		"a seat's capacity":      {func(p *forum.AreaPlan) { council(p).Seats[5].Capacity = forum.KeyHolder }, []string{"invalid: error.plan.one_of on forums[1].seats[5].capacity"}},
		"a seat's first day":     {func(p *forum.AreaPlan) { council(p).Seats[5].From = "i dag" }, []string{"invalid: error.date on forums[1].seats[5].from"}},
		"a seat's last day":      {func(p *forum.AreaPlan) { council(p).Seats[2].To = "2023-12-31" }, []string{"invalid: error.plan.to_before_from on forums[1].seats[2].to"}},
		"a member who may speak": {func(p *forum.AreaPlan) { council(p).Seats[4].Speak = true }, []string{"invalid: error.plan.observer_rights on forums[1].seats[4].capacity"}},
		"a seat twice": {func(p *forum.AreaPlan) { council(p).Seats = append(council(p).Seats, council(p).Seats[2]) }, []string{
			"invalid: error.plan.seat_twice on forums[1].seats[11]",
		}},
		"a seat twice, by another address": {func(p *forum.AreaPlan) {
			again := council(p).Seats[4]
			again.Person = "avdeling@bergen.example"
			council(p).Seats = append(council(p).Seats, again)
		}, []string{"invalid: error.plan.seat_twice on forums[1].seats[11]"}},
	} {
		t.Run(name, func(t *testing.T) {
			plan := vossPlan()
			c.change(plan)
			var got []string
			for _, err := range plan.Check() {
				got = append(got, said(err))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExceptionsThatAPlanMayState(t *testing.T) {
	for _, capacity := range []forum.Capacity{forum.Member, forum.ObserverPropose, forum.KeyHolder} {
		for _, level := range []forum.Level{forum.Municipal, forum.Advisory, "*"} {
			plan := vossPlan()
			council(plan).Mandate.Exceptions = []forum.ExceptionEntry{{Capacity: capacity, Level: level, Action: "propose", Object: "matter", Reason: "Vedteke i avtala"}}
			for _, err := range plan.Check() {
				t.Errorf("%s of %s: %s", capacity, level, said(err))
			}
		}
	}
}
