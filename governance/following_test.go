package governance_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

type following = func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error)

// owed makes a decision, and gives the follow-ups of the municipality and the hospital.
func (o *office) owed(due forum.Date) (kvam, helse governance.FollowUpID) {
	o.Helper()
	followUps := o.followUps(o.enact(1, o.enactment("Rådet vedtek rutinen.", due))[0].ID)
	o.mails()
	return followUps[0].ID, followUps[1].ID
}

func (o *office) state(id governance.FollowUpID) governance.FollowUp {
	o.Helper()
	return *look(o, func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) { return tx.FollowUp(ctx, id) })
}

func TestWhoReports(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-06-01")
		note := func(by string) following {
			return func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
				return governance.NoteFollowUp(ctx, tx, o.by(by), kvam, "Vi er i gang.")
			}
		}
		for _, may := range []string{leads, kvamKeeper} {
			did(o, note(may))
		}
		denied(o, "error.forbidden.other_level", note(helseKeep))
		for _, not := range []string{department, nobody, adviser, hospital} {
			denied(o, "error.forbidden.steer_follow-up", note(not))
		}
	})
}

func TestReporting(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-06-01")
		as := func(by string, act func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error)) following {
			return func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
				return act(ctx, tx, o.by(by), kvam)
			}
		}
		block := func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
			return governance.BlockFollowUp(ctx, tx, by, id, "Ventar på tal")
		}
		done := func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
			return governance.ReportDone(ctx, tx, by, id, "Gjort")
		}
		denied(o, "error.follow_up.state.open", as(leads, governance.ReopenFollowUp))
		did(o, as(leads, block))
		o.wantMails("follow-up sekretar@kvam.example blocked", "follow-up sekretar@bergen.example blocked")
		if f := o.state(kvam); f.State != governance.BlockedFollowUp || f.Reason != "Ventar på tal" {
			t.Errorf("%+v", f)
		}
		denied(o, "error.follow_up.state.blocked", as(leads, block))
		did(o, as(leads, governance.UnblockFollowUp))
		did(o, as(leads, done))
		denied(o, "error.follow_up.state.done", as(leads, done))
		did(o, as(kvamKeeper, governance.ReopenFollowUp))
		o.wantMails("follow-up leiar@kvam.example reopened")
		later := func(due forum.Date) func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
			return func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
				return governance.RescheduleFollowUp(ctx, tx, by, id, due, "Ferie")
			}
		}
		denied(o, "error.forbidden.steer_follow-up", as(leads, later("2026-07-01")))
		denied(o, "error.follow_up.past", as(kvamKeeper, later("2026-03-01")))
		did(o, as(kvamKeeper, later("2026-07-01")))
		o.wantMails("follow-up leiar@kvam.example rescheduled")
		words := look(o, func(ctx context.Context, tx governance.Tx) ([]governance.Progress, error) {
			return tx.Progress(ctx, kvam)
		})
		var deeds []governance.ProgressDeed
		for _, w := range words {
			deeds = append(deeds, w.Deed)
		}
		want := []governance.ProgressDeed{governance.Blocked, governance.Unblocked, governance.Done, governance.Reopened, governance.Rescheduled}
		if len(deeds) != len(want) || deeds[0] != want[0] || deeds[4] != want[4] {
			t.Errorf("words %v", deeds)
		}
	})
}

func TestHandOver(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-06-01")
		hand := func(by string, to forum.OrganisationID, owner string) following {
			return func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
				return governance.HandOver(ctx, tx, o.by(by), kvam, to, o.person(owner), "Det høyrer til dykk")
			}
		}
		answer := func(by string, take bool) following {
			return func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
				return governance.AnswerOffer(ctx, tx, o.by(by), kvam, take, "Ja eller nei")
			}
		}
		denied(o, "error.follow_up.same_owner", hand(leads, o.kvam, leads))
		denied(o, "error.follow_up.no_seat", hand(leads, o.kvam, department))
		did(o, hand(leads, o.kvam, adviser))
		o.wantMails("follow-up radgjevar@kvam.example reassigned")
		denied(o, "error.follow_up.state.open", answer(helseKeep, true))

		did(o, hand(adviser, o.helse, department))
		o.wantMails("follow-up sekretar@bergen.example offered")
		if f := o.state(kvam); f.OrganisationID != o.kvam || !f.Owed() {
			t.Error("an offer moves it before it is taken")
		}
		denied(o, "error.forbidden.other_level", answer(kvamKeeper, true))
		did(o, answer(helseKeep, false))
		o.wantMails("follow-up radgjevar@kvam.example not-taken")
		did(o, hand(adviser, o.helse, department))
		o.mails()
		waits := look(o, func(ctx context.Context, tx governance.Tx) (*governance.Owed, error) {
			return governance.ReadOwed(ctx, tx, o.by(helseKeep))
		})
		if len(waits.Rows) != 1 || !waits.Rows[0].Offered {
			t.Errorf("the secretary sees %+v", waits.Rows)
		}
		did(o, answer(helseKeep, true))
		o.wantMails("follow-up avdeling@bergen.example reassigned", "follow-up radgjevar@kvam.example taken")
		if f := o.state(kvam); f.OrganisationID != o.helse || f.OwnerID != o.person(department) || f.State != governance.OpenFollowUp || f.OfferedTo != 0 {
			t.Errorf("%+v", f)
		}
	})
}

// always is an almanac without holidays.
type always struct{ forum.Almanac }

func (always) Holiday(forum.Date) string { return "" }

func TestNudges(t *testing.T) {
	inOffices(t, func(o *office) {
		o.owed("2026-03-20") // a Friday
		scan := func(day int) {
			o.Helper()
			o.now = time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC)
			o.must(governance.Scan(o.Context(), o.keeper, always{}))
			o.must(governance.Scan(o.Context(), o.keeper, always{}))
		}
		scan(12)
		o.wantMails()
		scan(13)
		o.wantMails("follow-up leiar@kvam.example ahead", "follow-up avdeling@bergen.example ahead")
		scan(16)
		o.wantMails()
		scan(20)
		o.wantMails("follow-up leiar@kvam.example due", "follow-up avdeling@bergen.example due")
		scan(21) // a Saturday
		o.wantMails()
		scan(23)
		o.wantMails("follow-up direktor@kvam.example escalated", "follow-up direktor@bergen.example escalated")
		scan(24)
		o.wantMails()
	})
}

// TestTheMandateSetsWhenPeopleAreNudged looks on which days of March owners are
// reminded of what is due on Friday 20 March, and leaders told that it is late.
func TestTheMandateSetsWhenPeopleAreNudged(t *testing.T) {
	for name, test := range map[string]struct {
		remind, late          int
		ahead, due, escalated int // days of March
	}{
		"as usual":             {0, 0, 13, 20, 23}, // the day after is a Saturday
		"shortly before":       {3, 0, 17, 20, 23},
		"the leader later":     {0, 5, 13, 20, 25},
		"both":                 {10, 10, 10, 20, 30},
		"on a day off, by day": {6, 7, 16, 20, 27}, // six days before is a Saturday
	} {
		t.Run(name, func(t *testing.T) {
			inOffices(t, func(o *office) {
				did(o, func(ctx context.Context, tx governance.Tx) (forum.ImportCount, error) {
					plan := officePlan()
					plan.Forums[1].Mandate.RemindDays, plan.Forums[1].Mandate.LateDays = test.remind, test.late
					return forum.ImportArea(ctx, tx, forum.Operator(), plan)
				})
				o.owed("2026-03-20")
				for day := 9; day <= 31; day++ {
					o.scan(time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC))
					switch day {
					case test.ahead:
						o.wantMails("follow-up "+leads+" ahead", "follow-up "+department+" ahead")
					case test.due:
						o.wantMails("follow-up "+leads+" due", "follow-up "+department+" due")
					case test.escalated:
						o.wantMails("follow-up "+director+" escalated", "follow-up "+hospital+" escalated")
					default:
						o.wantMails()
					}
				}
			})
		})
	}
}

func TestQuarter(t *testing.T) {
	inOffices(t, func(o *office) {
		o.owed("2026-12-01")
		o.now = time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
		o.must(governance.Scan(o.Context(), o.keeper, always{}))
		o.must(governance.Scan(o.Context(), o.keeper, always{}))
		o.wantMails("leader-quarter direktor@kvam.example", "leader-quarter direktor@bergen.example")
		o.now = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
		o.must(governance.Scan(o.Context(), o.keeper, always{}))
		o.wantMails()
		o.now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
		o.must(governance.Scan(o.Context(), o.keeper, always{}))
		o.wantMails("leader-quarter direktor@kvam.example", "leader-quarter direktor@bergen.example")
	})
}

func TestExemptIsKept(t *testing.T) {
	inOffices(t, func(o *office) {
		did(o, func(ctx context.Context, tx governance.Tx) (*forum.Matter, error) {
			return forum.ClassifyTitle(ctx, tx, o.by(kvamKeeper), o.matter, forum.Titling{Public: "Personalsak", Access: forum.Exempt, Full: "Oppseiing", Basis: "offl. § 13"})
		})
		d := o.enact(1, o.enactment("Løyndomen er vedteken.", "2026-06-01"))[0]
		for who, sees := range map[string]bool{leads: true, kvamKeeper: true, nobody: false} {
			page := look(o, func(ctx context.Context, tx governance.Tx) (*governance.DecisionPage, error) {
				return governance.ReadDecisionPage(ctx, tx, o.by(who), d.ID)
			})
			if (page.Text != "") != sees || (page.Actions != nil) != sees || (page.FollowUps[0].Text != "") != sees || (page.Matter.FullTitle != "") != sees {
				t.Errorf("%s: %+v", who, page)
			}
			all := look(o, func(ctx context.Context, tx governance.Tx) (*governance.Overview, error) {
				return governance.ReadOverview(ctx, tx, o.by(who), governance.OverviewFilter{})
			})
			if (all.Decisions[0].Text != "") != sees || (all.FollowUps[0].Text != "") != sees {
				t.Errorf("%s: overview %+v", who, all)
			}
		}
		ids := look(o, func(ctx context.Context, tx governance.Tx) ([]forum.MessageID, error) {
			return tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		})
		for _, id := range ids {
			m := look(o, func(ctx context.Context, tx governance.Tx) (*forum.Message, error) { return tx.Message(ctx, id) })
			if m.ID <= o.read {
				continue
			}
			for _, secret := range []string{"Løyndomen", "Oppseiing", "Skriv rutinen"} {
				if containsText(m.Facts, secret) {
					t.Errorf("%s to %s says %s", m.Kind, m.To, secret)
				}
			}
		}
	})
}

func TestOverviewFilters(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-06-01")
		did(o, func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
			return governance.ReportDone(ctx, tx, o.by(leads), kvam, "")
		})
		o.now = time.Date(2026, 6, 2, 9, 0, 0, 0, time.UTC)
		for name, test := range map[string]struct {
			filter governance.OverviewFilter
			rows   int
		}{
			"everything":       {governance.OverviewFilter{}, 2},
			"late":             {governance.OverviewFilter{Look: governance.LateLook}, 1},
			"done":             {governance.OverviewFilter{Look: governance.DoneLook}, 1},
			"blocked":          {governance.OverviewFilter{Look: governance.BlockedLook}, 0},
			"a level":          {governance.OverviewFilter{Level: forum.Specialist}, 1},
			"an organisation":  {governance.OverviewFilter{Organisation: o.kvam}, 1},
			"a forum":          {governance.OverviewFilter{Forum: o.council}, 2},
			"another forum":    {governance.OverviewFilter{Forum: o.top}, 0},
			"the year":         {governance.OverviewFilter{Year: 2026}, 2},
			"another year":     {governance.OverviewFilter{Year: 2025}, 0},
			"late of a level":  {governance.OverviewFilter{Level: forum.Municipal, Look: governance.LateLook}, 0},
			"owed of the rest": {governance.OverviewFilter{Organisation: o.helse, Look: governance.OwedLook}, 1},
		} {
			all := look(o, func(ctx context.Context, tx governance.Tx) (*governance.Overview, error) {
				return governance.ReadOverview(ctx, tx, o.by(leads), test.filter)
			})
			if len(all.FollowUps) != test.rows {
				t.Errorf("%s: %d rows, want %d", name, len(all.FollowUps), test.rows)
			}
			sum := 0
			for _, s := range all.ByLevel {
				sum += s.All()
			}
			if sum != test.rows {
				t.Errorf("%s: the picture has %d", name, sum)
			}
		}
		denied(o, "error.forbidden.read_decision", func(ctx context.Context, tx governance.Tx) (*governance.Overview, error) {
			return governance.ReadOverview(ctx, tx, forum.AsPerson(1<<40), governance.OverviewFilter{})
		})
	})
}
