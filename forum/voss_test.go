package forum_test

import "github.com/samraad/samraad/forum"

// The people of the tests, by what they are in the council.
const (
	chair        = "leiar@kvam.example"
	deputy       = "nestleiar@bergen.example"
	vaksdal      = "medlem@vaksdal.example" // a member, and observer besides
	bergen       = "medlem@bergen.example"
	substitute   = "vara@kvam.example"
	ourSecretary = "sekretar@kvam.example"   // municipal
	hfSecretary  = "sekretar@bergen.example" // specialist
	proposing    = "brukar@brukar.example"   // an observer of an advisory party, who may propose
	observing    = "gjest@brukar.example"    // one who may not
	former       = "tidlegare@kvam.example"  // whose seat ended on the day before the tests
	outside      = "utanfor@vaksdal.example" // without a seat
)

// The organisations of the tests; the last number is nobody's.
const (
	kvamNumber    = "944233199"
	vaksdalNumber = "961821967"
	bergenNumber  = "983974724"
	usersNumber   = "999999999"
)

// vossPlan is a small area in which each level has a secretary and a key.
func vossPlan() *forum.AreaPlan {
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss lokalsjukehusområde"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvamNumber, Name: "Kvam herad", Level: forum.Municipal, Municipality: "4622"},
			{Number: vaksdalNumber, Name: "Vaksdal kommune", Level: forum.Municipal, Municipality: "4628", From: "1964-01-01"},
			{Number: bergenNumber, Name: "Helse Bergen HF", Level: forum.Specialist, Language: forum.Bokmal},
			{Number: usersNumber, Name: "Brukarutvalet", Level: forum.Advisory, Side: forum.Specialist},
		},
		People: []forum.PersonEntry{
			{Address: chair, Name: "Helse- og omsorgssjef, Kvam herad"},
			{Address: deputy, Name: "Klinikkdirektør, Helse Bergen", Language: forum.Bokmal},
			{Address: vaksdal, Name: "Kommunalsjef, Vaksdal kommune"},
			{Address: bergen, Name: "Avdelingssjef, Helse Bergen", Language: forum.Bokmal, Addresses: []string{"avdeling@bergen.example"}},
			{Address: substitute, Name: "Einingsleiar, Kvam herad"},
			{Address: ourSecretary, Name: "Sekretær, Kvam herad"},
			{Address: hfSecretary, Name: "Sekretær, Helse Bergen", Language: forum.English},
			{Address: proposing, Name: "Brukarrepresentant"},
			{Address: observing, Name: "Gjest, Brukarutvalet"},
			{Address: former, Name: "Tidlegare rådgjevar, Kvam herad"},
			{Address: outside, Name: "Rådgjevar, Vaksdal kommune"},
		},
		Forums: []forum.ForumEntry{
			{
				Key: "topp", Name: "Toppleiarmøtet", Kind: forum.TopLeaderMeeting, Address: "topp@voss.example",
				Mandate: forum.MandateEntry{From: "2020-01-01"},
				Seats:   []forum.SeatEntry{{Person: chair, Organisation: kvamNumber, Capacity: forum.Chair}},
			},
			{
				Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Parent: "topp", Address: "raad@voss.example",
				Mandate: forum.MandateEntry{
					From: "2020-01-01", ItemsDays: 21, PapersDays: 7, Keys: []forum.Capacity{forum.Chair, forum.Deputy},
					Parties: []string{kvamNumber, vaksdalNumber, bergenNumber, usersNumber},
				},
				Seats: councilSeats(),
			},
			{
				Key: "utval", Name: "Underutval for beredskap", Kind: forum.SubCommittee, Parent: "raad", Address: "beredskap@voss.example",
				Mandate: forum.MandateEntry{From: "2020-01-01", ItemsDays: 14, Inherits: []forum.Capacity{forum.Secretary}},
				Seats:   []forum.SeatEntry{{Person: bergen, Organisation: bergenNumber, Capacity: forum.Chair}},
			},
			{
				Key: "gruppe", Name: "Arbeidsgruppe", Kind: forum.WorkingGroup, Parent: "utval", Address: "gruppe@voss.example", Language: forum.English,
				Mandate: forum.MandateEntry{From: "2020-01-01", Inherits: []forum.Capacity{forum.Secretary}},
			},
		},
	}
}

func councilSeats() []forum.SeatEntry {
	return []forum.SeatEntry{
		{Person: chair, Organisation: kvamNumber, Capacity: forum.Chair},
		{Person: deputy, Organisation: bergenNumber, Capacity: forum.Deputy},
		{Person: vaksdal, Organisation: vaksdalNumber, Capacity: forum.Member, From: "2024-01-01", To: "2027-12-31"},
		{Person: vaksdal, Organisation: usersNumber, Capacity: forum.Observer},
		{Person: bergen, Organisation: bergenNumber, Capacity: forum.Member},
		{Person: substitute, Organisation: kvamNumber, Capacity: forum.Substitute, Rank: 1},
		{Person: ourSecretary, Organisation: kvamNumber, Capacity: forum.Secretary},
		{Person: hfSecretary, Organisation: bergenNumber, Capacity: forum.Secretary},
		{Person: proposing, Organisation: usersNumber, Capacity: forum.Observer, Speak: true, Propose: true},
		{Person: observing, Organisation: usersNumber, Capacity: forum.Observer},
		{Person: former, Organisation: kvamNumber, Capacity: forum.Member, To: "2026-01-09"},
	}
}

// council is the council's entry in a plan, to change it.
func council(p *forum.AreaPlan) *forum.ForumEntry { return &p.Forums[1] }
