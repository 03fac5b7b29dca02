package governance_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

func TestEnact(t *testing.T) {
	inOffices(t, func(o *office) {
		made := o.enact(1, o.enactment("Rådet vedtek rutinen.", "2026-06-01"), o.enactment("Rådet vedtek malen.", "2026-06-01"))
		if made[0].Number != "1/26" || made[1].Number != "2/26" || made[0].Rule != forum.Consensus {
			t.Errorf("numbers %s and %s, rule %s", made[0].Number, made[1].Number, made[0].Rule)
		}
		want := []governance.FollowUp{
			{DecisionID: made[0].ID, ForumID: o.council, OrganisationID: o.kvam, OwnerID: o.person(leads), Text: "Skriv rutinen", Due: "2026-06-01", State: governance.OpenFollowUp, Since: o.now},
			{DecisionID: made[0].ID, ForumID: o.council, OrganisationID: o.helse, OwnerID: o.person(department), Due: "2026-06-01", State: governance.OpenFollowUp, Since: o.now},
		}
		if diff := cmp.Diff(want, o.followUps(made[0].ID), cmpopts.IgnoreFields(governance.FollowUp{}, "ID")); diff != "" {
			t.Errorf("follow-ups (-want +got):\n%s", diff)
		}
		o.wantMails(
			"follow-up leiar@kvam.example assigned", "follow-up avdeling@bergen.example assigned", "follow-up leiar@kvam.example assigned",
			"follow-up avdeling@bergen.example assigned", "leader-minutes direktor@kvam.example", "leader-minutes direktor@bergen.example",
		)
		again := o.enact(1, o.enactment("Rådet vedtek rutinen.", "2026-06-01"), o.enactment("Rådet vedtek malen.", "2026-06-01"))
		if diff := cmp.Diff(made, again); diff != "" {
			t.Errorf("again (-want +got):\n%s", diff)
		}
		o.wantMails()
	})
}

func TestCorrectedMinutes(t *testing.T) {
	inOffices(t, func(o *office) {
		kept, changed, dropped := o.enactment("Rådet vedtek rutinen.", "2026-06-01"), o.enactment("Rådet vedtek malen.", "2026-06-01"), o.enactment("Rådet sluttar seg til.", "2026-06-01")
		before := o.enact(1, kept, changed, dropped)
		reported := o.followUps(before[1].ID)[0]
		did(o, func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
			return governance.ReportDone(ctx, tx, o.by(leads), reported.ID, "")
		})
		o.mails()
		changed.Text = "Rådet vedtek malen for heile området."
		changed.Actions = []governance.Action{changed.Actions[0], {OrganisationID: o.helse, Due: "2026-09-01"}}
		after := o.enact(2, kept, changed)
		if after[0].ID != before[0].ID {
			t.Error("what stays as it was is another decision")
		}
		if after[1].Number != "4/26" {
			t.Errorf("the changed one is %s", after[1].Number)
		}
		stored := func(id governance.DecisionID) *governance.Decision {
			return look(o, func(ctx context.Context, tx governance.Tx) (*governance.Decision, error) { return tx.Decision(ctx, id) })
		}
		if d := stored(before[1].ID); d.SupersededBy != after[1].ID {
			t.Errorf("superseded by %d", d.SupersededBy)
		}
		if d := stored(before[2].ID); d.WithdrawnAt.IsZero() || o.followUps(d.ID)[0].State != governance.LapsedFollowUp {
			t.Error("what the correction leaves out still holds")
		}
		followUps := o.followUps(after[1].ID)
		if len(followUps) != 2 || followUps[0].ID != reported.ID || followUps[0].State != governance.DoneFollowUp || followUps[1].Due != "2026-09-01" {
			t.Errorf("follow-ups %+v", followUps)
		}
		o.wantMails("follow-up avdeling@bergen.example assigned", "leader-minutes direktor@kvam.example", "leader-minutes direktor@bergen.example")
		o.enact(2, kept, changed)
		o.wantMails()
	})
}

func TestSupersede(t *testing.T) {
	inOffices(t, func(o *office) {
		made := o.enact(1, o.enactment("Rådet vedtek rutinen.", "2026-06-01"), o.enactment("Rådet vedtek ein betre rutine.", "2026-06-01"))
		supersede := func(by string, earlier, later governance.DecisionID) func(ctx context.Context, tx governance.Tx) (*governance.Decision, error) {
			return func(ctx context.Context, tx governance.Tx) (*governance.Decision, error) {
				return governance.Supersede(ctx, tx, o.by(by), earlier, later)
			}
		}
		denied(o, "error.forbidden.supersede_decision", supersede(leads, made[0].ID, made[1].ID))
		denied(o, "error.decision.itself", supersede(kvamKeeper, made[0].ID, made[0].ID))
		did(o, supersede(helseKeep, made[0].ID, made[1].ID))
		denied(o, "error.decision.over", supersede(kvamKeeper, made[0].ID, made[1].ID))
		denied(o, "error.decision.over", supersede(kvamKeeper, made[1].ID, made[0].ID))
		for _, f := range o.followUps(made[0].ID) {
			if f.State != governance.LapsedFollowUp {
				t.Errorf("follow-up %s", f.State)
			}
			denied(o, "error.follow_up.state.lapsed", func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
				return governance.ReportDone(ctx, tx, o.by(kvamKeeper), o.followUps(made[0].ID)[0].ID, "")
			})
		}
		page := look(o, func(ctx context.Context, tx governance.Tx) (*governance.DecisionPage, error) {
			return governance.ReadDecisionPage(ctx, tx, o.by(nobody), made[1].ID)
		})
		if len(page.Before) != 1 || page.Before[0].Number != "1/26" {
			t.Errorf("supersedes %+v", page.Before)
		}
	})
}

func TestEnactRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		key    string
		change func(e *governance.Enactment)
	}{
		"no text":                 {"error.decision.empty", func(e *governance.Enactment) { e.Text = " \n" }},
		"an organisation twice":   {"error.follow_up.twice", func(e *governance.Enactment) { e.Actions[1].OrganisationID = e.Actions[0].OrganisationID }},
		"no organisation":         {"error.follow_up.organisation", func(e *governance.Enactment) { e.Actions[0].OrganisationID = 0 }},
		"no day":                  {"error.date", func(e *governance.Enactment) { e.Actions[0].Due = "" }},
		"somebody's own number":   {"error.identity_number", func(e *governance.Enactment) { e.Actions[0].Text = "Ring 15076500565" }},
		"a number in the wording": {"error.identity_number", func(e *governance.Enactment) { e.Text = "Pasient 15076500565" }},
	} {
		t.Run(name, func(t *testing.T) {
			e := governance.Enactment{Text: "Vedteke", Actions: []governance.Action{{OrganisationID: 1, Due: "2026-06-01"}, {OrganisationID: 2, Due: "2026-06-01"}}}
			test.change(&e)
			refusal, is := e.Check().(*forum.Error)
			if !is || refusal.Key != test.key {
				t.Errorf("got %v, want %s", refusal, test.key)
			}
		})
	}
}

func TestEnactedAtOnce(t *testing.T) {
	inOffices(t, func(o *office) {
		e := o.enactment("Rådet vedtek rutinen.", "2026-06-01")
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				_, err := tried(o, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
					return governance.Enact(ctx, tx, forum.Actor{}, 1, []governance.Enactment{e})
				})
				if err != nil && !forum.IsKind(err, forum.Conflict) {
					o.Error(err)
				}
			})
		}
		group.Wait()
		next := o.enact(2, governance.Enactment{ForumID: o.council, MatterID: o.matter, Text: "Rådet vedtek malen."})
		all := look(o, func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
			return tx.DecisionsOn(ctx, o.matter)
		})
		if len(all) != 2 || next[0].Number != "2/26" {
			t.Errorf("%d decisions, the last is %s", len(all), next[0].Number)
		}
	})
}

func TestWhatFailsEnactsNothing(t *testing.T) {
	inOffices(t, func(o *office) {
		good, bad := o.enactment("Rådet vedtek rutinen.", "2026-06-01"), o.enactment("Rådet vedtek malen.", "2026-06-01")
		bad.Actions[0].OrganisationID = 1 << 40
		denied(o, "error.not_found.organisation", func(ctx context.Context, tx governance.Tx) ([]governance.Decision, error) {
			return governance.Enact(ctx, tx, forum.Actor{}, 1, []governance.Enactment{good, bad})
		})
		o.wantMails()
		if made := o.enact(1, good); made[0].Number != "1/26" {
			t.Errorf("the number %s was used up", made[0].Number)
		}
	})
}
