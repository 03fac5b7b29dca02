package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// agreed is an instant with microseconds, which is what stores keep.
var agreed = time.Date(2026, 3, 2, 11, 0, 0, 123456000, time.UTC)

// registry is a forum of its own with a matter, in which decisions are kept.
type registry struct {
	*testing.T
	keeper       forum.Keeper
	organisation forum.Organisation
	person       forum.Person
	council      forum.Forum
	matter       forum.Matter
	minutes      governance.MinutesID // unique, as no other case has it
}

func newRegistry(t *testing.T, keeper forum.Keeper) *registry {
	t.Helper()
	tag := strings.ToLower(rand.Text())
	r := &registry{T: t, keeper: keeper}
	area := forum.Area{Key: tag, Name: "Voss"}
	r.organisation = forum.Organisation{Number: tag, Name: "Kvam herad", Level: forum.Municipal, Language: forum.Nynorsk, ValidFrom: "2020-01-01"}
	r.person = forum.Person{Name: "Medlem Kvam", Address: "medlem@" + tag + ".example", Language: forum.Nynorsk}
	r.write(func(ctx context.Context, tx governance.Tx) error {
		errs := errors.Join(tx.SaveArea(ctx, &area), tx.SaveOrganisation(ctx, &r.organisation), tx.SavePerson(ctx, &r.person))
		r.council = forum.Forum{AreaID: area.ID, Key: "rad", Name: "Rådet", Kind: forum.Council, Address: "rad@" + tag + ".example", Language: forum.Nynorsk, Position: 1}
		errs = errors.Join(errs, tx.SaveForum(ctx, &r.council))
		r.matter = forum.Matter{
			ForumID: r.council.ID, Intake: tag, Title: "Utskriving", Kind: forum.DecisionMatter, Proposer: r.person.ID, Organisation: r.organisation.ID,
			Level: forum.Municipal, Source: forum.ByWeb, State: forum.Proposed, ProposedAt: agreed,
		}
		errs = errors.Join(errs, tx.SaveMatter(ctx, &r.matter))
		r.minutes = governance.MinutesID(r.matter.ID)
		return errs
	})
	return r
}

// write runs fn in a transaction that has to be kept.
func (r *registry) write(fn func(ctx context.Context, tx governance.Tx) error) {
	r.Helper()
	if err := r.attempt(fn); err != nil {
		r.Fatal(err)
	}
}

func (r *registry) attempt(fn func(ctx context.Context, tx governance.Tx) error) error {
	return r.keeper.Write(r.Context(), func(ctx context.Context, tx forum.Tx) error { return fn(ctx, governance.In(tx)) })
}

// equal checks what a getter gives in a transaction that reads.
func equal[T any](r *registry, what string, want T, get func(ctx context.Context, tx governance.Tx) (T, error)) {
	r.Helper()
	err := r.keeper.Read(r.Context(), func(ctx context.Context, tx forum.Tx) error {
		got, err := get(ctx, governance.In(tx))
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("%s (-want +got):\n%s", what, diff)
		}
		return err
	})
	if err != nil {
		r.Errorf("%s: %v", what, err)
	}
}

// decision is one in the matter, in a place of the minutes.
func (r *registry) decision(number string, place int) governance.Decision {
	return governance.Decision{
		ForumID: r.council.ID, Number: number, MinutesID: r.minutes, Place: place, MatterID: r.matter.ID, Text: "Rådet vedtek «dette» \\", Basis: "koml. § 11",
		Actions: []governance.Action{{OrganisationID: r.organisation.ID, OwnerID: r.person.ID, Text: "Skriv rutinen", Due: "2026-06-01"}},
		Rule:    forum.Consensus, MadeAt: agreed,
	}
}

func decisions(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	first, second := r.decision("1/26", 1), r.decision("2/26", 2)
	second.MadeAt, second.MotionID = agreed.Add(time.Hour), 7
	r.write(func(ctx context.Context, tx governance.Tx) error {
		meeting := forum.Meeting{
			ForumID: r.council.ID, State: forum.CalledMeeting, Form: forum.Remote, UID: r.matter.Intake,
			Slot: forum.Slot{Start: agreed, End: agreed.Add(time.Hour)}, ItemsDue: agreed, PapersDue: agreed,
		}
		err := tx.SaveMeeting(ctx, &meeting)
		second.MeetingID = meeting.ID
		return errors.Join(err, tx.SaveDecision(ctx, &first), tx.SaveDecision(ctx, &second))
	})
	both := []governance.Decision{first, second}
	equal(r, "decision", &second, func(ctx context.Context, tx governance.Tx) (*governance.Decision, error) {
		return tx.Decision(ctx, second.ID)
	})
	equal(r, "of minutes", both, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsOf(ctx, r.minutes)
	})
	equal(r, "at the meeting", both[1:], func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsAt(ctx, second.MeetingID)
	})
	equal(r, "on the matter", both, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsOn(ctx, r.matter.ID)
	})
	equal(r, "in forums", []governance.Decision{second, first}, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsIn(ctx, []forum.ForumID{r.council.ID})
	})
	equal(r, "in none", nil, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsIn(ctx, nil)
	})

	first.SupersededBy, first.WithdrawnAt = second.ID, agreed
	r.write(func(ctx context.Context, tx governance.Tx) error { return tx.SaveDecision(ctx, &first) })
	equal(r, "superseded", []governance.Decision{first}, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
		return tx.DecisionsBefore(ctx, second.ID)
	})
	for name, twice := range map[string]governance.Decision{"number": r.decision("2/26", 3), "place": r.decision("3/26", 2)} {
		err := r.attempt(func(ctx context.Context, tx governance.Tx) error { return tx.SaveDecision(ctx, &twice) })
		if !forum.IsKind(err, forum.Conflict) {
			t.Errorf("a %s twice: %v", name, err)
		}
	}
	err := r.attempt(func(ctx context.Context, tx governance.Tx) error { _, err := tx.Decision(ctx, 1<<40); return err })
	if !forum.IsKind(err, forum.NotFound) {
		t.Errorf("a decision that is not there: %v", err)
	}
}

func followUps(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	d := r.decision("1/26", 1)
	later := governance.FollowUp{Text: "Skriv rutinen", Due: "2026-06-01", State: governance.OpenFollowUp, Since: agreed}
	sooner := governance.FollowUp{Due: "2026-05-01", State: governance.HandedOver, Reason: "Ferie", Since: agreed}
	done := governance.FollowUp{Due: "2026-04-01", State: governance.DoneFollowUp, Since: agreed}
	r.write(func(ctx context.Context, tx governance.Tx) error {
		err := tx.SaveDecision(ctx, &d)
		for _, f := range []*governance.FollowUp{&later, &sooner, &done} {
			f.DecisionID, f.ForumID, f.OrganisationID, f.OwnerID = d.ID, r.council.ID, r.organisation.ID, r.person.ID
			err = errors.Join(err, tx.SaveFollowUp(ctx, f))
		}
		sooner.OfferedTo, sooner.OfferedOwnerID = r.organisation.ID, r.person.ID
		return errors.Join(err, tx.SaveFollowUp(ctx, &sooner))
	})
	owed := []governance.FollowUp{sooner, later}
	equal(r, "follow-up", &sooner, func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
		return tx.FollowUp(ctx, sooner.ID)
	})
	equal(r, "of the decision", []governance.FollowUp{later, sooner, done}, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsOf(ctx, d.ID)
	})
	equal(r, "in forums", []governance.FollowUp{done, sooner, later}, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsIn(ctx, []forum.ForumID{r.council.ID})
	})
	equal(r, "in none", nil, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsIn(ctx, nil)
	})
	equal(r, "owned", owed, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsOwned(ctx, r.person.ID)
	})
	equal(r, "owed by the organisation", owed, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		return tx.FollowUpsOwedBy(ctx, r.organisation.ID)
	})
	equal(r, "due", []governance.FollowUp{sooner}, func(ctx context.Context, tx governance.Tx) ([]governance.FollowUp, error) {
		due, err := tx.FollowUpsDue(ctx, "2026-05-31")
		var ours []governance.FollowUp
		for _, f := range due {
			if f.ForumID == r.council.ID {
				ours = append(ours, f)
			}
		}
		return ours, err
	})
}

func progress(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	d := r.decision("1/26", 1)
	f := governance.FollowUp{Due: "2026-06-01", State: governance.OpenFollowUp, Since: agreed}
	words := []governance.Progress{
		{Deed: governance.Noted, Text: "Ferdig til jul", Was: governance.OpenFollowUp, Source: forum.ByMail, At: agreed},
		{Deed: governance.LapsedWithout, Was: governance.OpenFollowUp, At: agreed},
	}
	nudge := governance.Nudge{Step: governance.DueStep, Due: "2026-06-01", SentAt: agreed}
	r.write(func(ctx context.Context, tx governance.Tx) error {
		err := tx.SaveDecision(ctx, &d)
		f.DecisionID, f.ForumID, f.OrganisationID = d.ID, r.council.ID, r.organisation.ID
		err = errors.Join(err, tx.SaveFollowUp(ctx, &f))
		words[0].PersonID, nudge.PersonID, nudge.FollowUpID = r.person.ID, r.person.ID, f.ID
		for i := range words {
			words[i].FollowUpID = f.ID
			err = errors.Join(err, tx.SaveProgress(ctx, &words[i]))
		}
		return errors.Join(err, tx.SaveNudge(ctx, &nudge))
	})
	equal(r, "progress", words, func(ctx context.Context, tx governance.Tx) ([]governance.Progress, error) {
		return tx.Progress(ctx, f.ID)
	})
	equal(r, "nudges", []governance.Nudge{nudge}, func(ctx context.Context, tx governance.Tx) ([]governance.Nudge, error) { return tx.Nudges(ctx, f.ID) })
	again := nudge
	again.ID = 0
	if err := r.attempt(func(ctx context.Context, tx governance.Tx) error { return tx.SaveNudge(ctx, &again) }); !forum.IsKind(err, forum.Conflict) {
		t.Errorf("the same nudge twice: %v", err)
	}
}
