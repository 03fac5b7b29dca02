package governance_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	forumstore "github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// The people of a council's office, by what they are.
const (
	director   = "direktor@kvam.example"   // in the top leaders' meeting, municipal
	hospital   = "direktor@bergen.example" // likewise, specialist
	leads      = "leiar@kvam.example"
	adviser    = "radgjevar@kvam.example" // a substitute for the same organisation
	department = "avdeling@bergen.example"
	kvamKeeper = "sekretar@kvam.example"
	helseKeep  = "sekretar@bergen.example"
	nobody     = "gjest@bergen.example" // an observer of the other organisation
)

// monday is a working day, by day.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// office is a store with a council under a top leaders' meeting, at an hour that the
// test sets, with a matter that was dealt with.
type office struct {
	*testing.T
	keeper  forum.Keeper
	now     time.Time
	top     forum.ForumID
	council forum.ForumID
	meeting forum.MeetingID
	matter  forum.MatterID
	kvam    forum.OrganisationID
	helse   forum.OrganisationID
	read    forum.MessageID
}

func inOffices(t *testing.T, test func(o *office)) {
	t.Helper()
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Both(t, func(t *testing.T, address string) {
		o := &office{T: t, now: monday}
		db, err := forumstore.Open(t.Context(), address, forumstore.Options{
			Clock: func() time.Time { return o.now }, Policy: policy, Queueing: jobs.Queueing, Tables: store.Tables,
		})
		o.must(err)
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		o.must(db.Migrate(t.Context()))
		o.keeper = store.Keeper{DB: db}
		o.furnish()
		test(o)
	})
}

func officePlan() *forum.AreaPlan {
	const kvam, helse = "944233199", "983974724"
	plan := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal, Municipality: "4622"},
			{Number: helse, Name: "Helse Bergen HF", Level: forum.Specialist, Language: forum.Bokmal},
		},
		Forums: []forum.ForumEntry{
			{Key: "topp", Name: "Toppleiarmøtet", Kind: forum.TopLeaderMeeting, Address: "topp@voss.example", Mandate: forum.MandateEntry{From: "2020-01-01"}, Seats: []forum.SeatEntry{
				{Person: director, Organisation: kvam, Capacity: forum.Chair}, {Person: hospital, Organisation: helse, Capacity: forum.Deputy},
			}},
			{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Parent: "topp", Address: "raad@voss.example",
				Mandate: forum.MandateEntry{From: "2020-01-01", Parties: []string{kvam, helse}}, Seats: []forum.SeatEntry{
					{Person: leads, Organisation: kvam, Capacity: forum.Chair}, {Person: department, Organisation: helse, Capacity: forum.Member},
					{Person: adviser, Organisation: kvam, Capacity: forum.Substitute, Rank: 1}, {Person: nobody, Organisation: helse, Capacity: forum.Observer},
					{Person: kvamKeeper, Organisation: kvam, Capacity: forum.Secretary}, {Person: helseKeep, Organisation: helse, Capacity: forum.Secretary},
				}},
		},
	}
	for _, address := range []string{director, hospital, leads, adviser, department, kvamKeeper, helseKeep, nobody} {
		plan.People = append(plan.People, forum.PersonEntry{Address: address, Name: "Person " + address})
	}
	return plan
}

// furnish brings the area in, and deals with a matter in a meeting.
func (o *office) furnish() {
	o.Helper()
	did(o, func(ctx context.Context, tx governance.Tx) (forum.ImportCount, error) {
		return forum.ImportArea(ctx, tx, forum.Operator(), officePlan())
	})
	for _, f := range look(o, func(ctx context.Context, tx governance.Tx) ([]forum.Forum, error) { return tx.Forums(ctx) }) {
		if f.Key == "topp" {
			o.top = f.ID
		} else {
			o.council = f.ID
		}
	}
	organisations := look(o, func(ctx context.Context, tx governance.Tx) (map[forum.OrganisationID]forum.Organisation, error) {
		return tx.Organisations(ctx)
	})
	for id, organisation := range organisations {
		if organisation.Level == forum.Municipal {
			o.kvam = id
		} else {
			o.helse = id
		}
	}
	o.meeting = did(o, func(ctx context.Context, tx governance.Tx) (*forum.Meeting, error) {
		return forum.PlanMeeting(ctx, tx, o.by(kvamKeeper), o.council, forum.Ordinary, forum.Slot{Start: monday.Add(time.Hour), End: monday.Add(4 * time.Hour), Place: "Heradshuset"})
	}).ID
	o.matter = did(o, func(ctx context.Context, tx governance.Tx) (*forum.Matter, error) {
		m, err := forum.ProposeMatter(ctx, tx, o.by(leads), o.council, forum.Proposal{Title: "Utskriving i helgane", Kind: forum.DecisionMatter, Source: forum.ByWeb})
		if err != nil {
			return nil, err
		}
		return forum.PlaceMatter(ctx, tx, o.by(kvamKeeper), m.ID, o.meeting)
	}).ID
	o.now = monday.AddDate(0, 0, 1)
	o.mails()
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func tried[T any](o *office, act func(ctx context.Context, tx governance.Tx) (T, error)) (result T, err error) {
	err = o.keeper.Write(o.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = act(ctx, governance.In(tx))
		return err
	})
	return result, err
}

// did runs an act that has to succeed.
func did[T any](o *office, act func(ctx context.Context, tx governance.Tx) (T, error)) T {
	o.Helper()
	result, err := tried(o, act)
	o.must(err)
	return result
}

func look[T any](o *office, act func(ctx context.Context, tx governance.Tx) (T, error)) (result T) {
	o.Helper()
	o.must(o.keeper.Read(o.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = act(ctx, governance.In(tx))
		return err
	}))
	return result
}

// denied checks that an act is refused with a text.
func denied[T any](o *office, key string, act func(ctx context.Context, tx governance.Tx) (T, error)) {
	o.Helper()
	_, err := tried(o, act)
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Key != key {
		o.Errorf("got %v, want a refusal with %s", err, key)
	}
}

func (o *office) person(address string) forum.PersonID {
	o.Helper()
	return look(o, func(ctx context.Context, tx governance.Tx) (*forum.Person, error) {
		return tx.PersonByAddress(ctx, address)
	}).ID
}

func (o *office) by(address string) forum.Actor { o.Helper(); return forum.AsPerson(o.person(address)) }

// mails are the messages made since the last look, as "kind receiver", with the cause of
// those that have one.
func (o *office) mails() (mails []string) {
	o.Helper()
	all := look(o, func(ctx context.Context, tx governance.Tx) ([]forum.MessageID, error) {
		return tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
	})
	slices.Sort(all)
	for _, id := range all {
		if id <= o.read {
			continue
		}
		o.read = id
		m := look(o, func(ctx context.Context, tx governance.Tx) (*forum.Message, error) { return tx.Message(ctx, id) })
		var facts struct{ Cause, Said, Trouble string }
		o.must(json.Unmarshal(m.Facts, &facts))
		mails = append(mails, strings.Join(strings.Fields(string(m.Kind)+" "+m.To+" "+facts.Cause+facts.Said+facts.Trouble), " "))
	}
	return mails
}

// wantMails checks who got what since the last look, in any order.
func (o *office) wantMails(want ...string) {
	o.Helper()
	got := o.mails()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		o.Errorf("mails:\ngot  %q\nwant %q", got, want)
	}
}

// enactment is a decision that both organisations have to follow up.
func (o *office) enactment(text string, due forum.Date) governance.Enactment {
	return governance.Enactment{
		ForumID: o.council, MeetingID: o.meeting, MatterID: o.matter, Text: text, Actions: []governance.Action{
			{OrganisationID: o.kvam, Text: "Skriv rutinen", Due: due}, {OrganisationID: o.helse, Due: due},
		},
	}
}

func (o *office) enact(minutes governance.MinutesID, list ...governance.Enactment) []governance.Decision {
	o.Helper()
	return did(o, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return governance.Enact(ctx, tx, forum.Actor{}, minutes, list)
	})
}

func (o *office) followUps(of governance.DecisionID) []governance.FollowUp {
	o.Helper()
	return look(o, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsOf(ctx, of)
	})
}

func containsText(facts json.RawMessage, text string) bool {
	return strings.Contains(string(facts), text)
}
