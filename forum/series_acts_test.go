package forum_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func previewed(by forum.Actor, s forum.Series) act[*forum.SeriesPreview] {
	return func(ctx context.Context, tx forum.Tx) (*forum.SeriesPreview, error) {
		return forum.PreviewSeries(ctx, tx, almanac, by, s)
	}
}

func seriesPlanned(by forum.Actor, s forum.Series, seen []forum.Date) act[*forum.Series] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Series, error) {
		return forum.PlanSeries(ctx, tx, almanac, by, s, seen)
	}
}

func seriesCalled(by forum.Actor, id forum.SeriesID) act[int] {
	return func(ctx context.Context, tx forum.Tx) (int, error) { return forum.CallSeries(ctx, tx, by, id) }
}

func restMoved(by forum.Actor, id forum.MeetingID, to forum.Slot) act[int] {
	return func(ctx context.Context, tx forum.Tx) (int, error) {
		return forum.MoveRest(ctx, tx, by, almanac, id, to)
	}
}

func restCancelled(by forum.Actor, id forum.MeetingID) act[int] {
	return func(ctx context.Context, tx forum.Tx) (int, error) { return forum.CancelRest(ctx, tx, by, id, "Storm") }
}

func weeksBlocked(by forum.Actor, weeks forum.BlockedWeeks) act[*forum.BlockedWeeks] {
	return func(ctx context.Context, tx forum.Tx) (*forum.BlockedWeeks, error) {
		return forum.BlockWeeks(ctx, tx, by, weeks)
	}
}

func weeksOpened(by forum.Actor, id forum.BlockedWeeksID) act[*forum.BlockedWeeks] {
	return func(ctx context.Context, tx forum.Tx) (*forum.BlockedWeeks, error) {
		return forum.OpenWeeks(ctx, tx, by, id)
	}
}

// series plans a series as its secretary would who saw its days first.
func (h *house) series(s forum.Series) *forum.Series {
	h.Helper()
	by := h.as(ourSecretary)
	preview := seen(h, previewed(by, s))
	return done(h, seriesPlanned(by, s, preview.Days()))
}

func (h *house) meetingsOf(id forum.SeriesID) []forum.Meeting {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Meeting, error) { return tx.SeriesMeetings(ctx, id) })
}

// starts are the starts of meetings as the clock in Oslo shows them.
func starts(meetings []forum.Meeting) (list []string) {
	for _, m := range meetings {
		list = append(list, m.Start.In(forum.Oslo).Format("2006-01-02 15:04"))
	}
	return list
}

func (h *house) area() forum.AreaID {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Area, error) { return tx.AreaByKey(ctx, "voss") }).ID
}

func TestASeriesIsSeenBeforeItIsPlanned(t *testing.T) {
	onBoth(t, func(h *house) {
		by, council := h.as(ourSecretary), h.forum("raad")
		h.plan("utval", "2026-03-03 11:00") // whose chair is a member of the council
		called := h.plan("utval", "2026-03-17 09:00")
		h.call(called)
		weeks := done(h, weeksBlocked(by, forum.BlockedWeeks{AreaID: h.area(), First: 14, Last: 14, Reason: "Påskeveka"}))
		h.letters()

		preview := seen(h, previewed(by, fortnightly(council)))
		want := []forum.Date{"2026-02-17", "2026-03-03", "2026-03-17", "2026-03-27", "2026-04-14", "2026-04-28"}
		if diff := cmp.Diff(want, preview.Days()); diff != "" {
			h.Fatalf("days (-want +got):\n%s", diff)
		}
		first, moved := preview.Instances[0], preview.Instances[3]
		if !first.Meeting.ItemsDue.Equal(at("2026-01-27 23:59")) || !first.Meeting.PapersDue.Equal(at("2026-02-10 23:59")) || first.Why != nil {
			h.Errorf("the first: %+v", first)
		}
		if moved.Wanted != "2026-03-31" || moved.Why == nil || moved.Why.Kind != forum.OnBlocked || moved.Why.Weeks.Reason != "Påskeveka" {
			h.Errorf("the one before Easter: %+v", moved)
		}
		for i, day := range preview.Instances {
			clashing := i == 1 || i == 2
			if len(day.Clashes) == 1 != clashing {
				h.Errorf("%s has clashes %+v", day.Wanted, day.Clashes)
			}
			if clashing && (day.Clashes[0].Person.Address != bergen || day.Clashes[0].Forum.Name != "Underutval for beredskap") {
				h.Errorf("%s: %+v", day.Wanted, day.Clashes)
			}
		}
		if kept := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Meeting, error) { return tx.Meetings(ctx, council) }); len(kept) != 0 {
			h.Errorf("looking kept %d meetings", len(kept))
		}

		done(h, weeksOpened(by, weeks.ID))
		_, err := try(h, seriesPlanned(by, fortnightly(council), preview.Days()))
		refused(h.T, err, "conflict: error.series.changed")
		s := h.series(fortnightly(council))
		if got := starts(h.meetingsOf(s.ID)); s.Number != 1 || len(got) != 6 || got[3] != "2026-03-31 10:00" || got[0] != "2026-02-17 10:00" {
			h.Errorf("planned %v", got)
		}
		h.wantLetters()
		_, err = try(h, seriesPlanned(by, fortnightly(council), preview.Days()))
		refused(h.T, err, "conflict: error.series.changed")
		_, err = try(h, seriesPlanned(by, fortnightly(council), nil))
		refused(h.T, err, "conflict: error.series.nothing")
		again := seen(h, previewed(by, fortnightly(council)))
		if why := again.Instances[0].Why; why == nil || why.Kind != forum.OnOwnDay {
			h.Errorf("the forum meets already, but: %+v", again.Instances[0])
		}
	})
}

// TestTwoWhoConfirmAtOnce plans a series once, whoever comes second.
func TestTwoWhoConfirmAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		council := h.forum("raad")
		days := seen(h, previewed(h.as(ourSecretary), fortnightly(council))).Days()
		actors, refusals := []forum.Actor{h.as(ourSecretary), h.as(hfSecretary)}, make([]error, 2)
		var both sync.WaitGroup
		for i, by := range actors {
			both.Go(func() { _, refusals[i] = try(h, seriesPlanned(by, fortnightly(council), days)) })
		}
		both.Wait()
		if (refusals[0] == nil) == (refusals[1] == nil) || !forum.IsKind(errors.Join(refusals...), forum.Conflict) {
			h.Errorf("the two were told %v", refusals)
		}
		if kept := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Meeting, error) { return tx.Meetings(ctx, council) }); len(kept) != len(days) {
			h.Errorf("%d meetings on %d days", len(kept), len(days))
		}
	})
}

func TestOnlySecretariesPlanTheYear(t *testing.T) {
	onBoth(t, func(h *house) {
		council, area := h.forum("raad"), h.area()
		_, err := try(h, previewed(h.as(chair), fortnightly(council)))
		refused(h.T, err, "forbidden: error.forbidden.plan_meeting")
		_, err = try(h, seriesPlanned(h.as(chair), fortnightly(council), nil))
		refused(h.T, err, "forbidden: error.forbidden.plan_meeting")
		weeks := forum.BlockedWeeks{AreaID: area, First: 9, Last: 9, Reason: "Vinterferie"}
		_, err = try(h, weeksBlocked(h.as(chair), weeks))
		refused(h.T, err, "forbidden: error.forbidden.block_weeks")
		kept := done(h, weeksBlocked(h.as(hfSecretary), weeks))
		_, err = try(h, weeksOpened(h.as(vaksdal), kept.ID))
		refused(h.T, err, "forbidden: error.forbidden.block_weeks")
		done(h, weeksOpened(h.as(ourSecretary), kept.ID))
		_, err = try(h, weeksOpened(h.as(ourSecretary), kept.ID))
		refused(h.T, err, "conflict: error.weeks.already")
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.BlockedWeeks, error) {
			return forum.BlockAgain(ctx, tx, h.as(hfSecretary), kept.ID)
		})
		for _, c := range []struct {
			weeks forum.BlockedWeeks
			want  string
		}{
			{forum.BlockedWeeks{AreaID: area, First: 0, Last: 1, Reason: "x"}, "invalid: error.weeks.week on first"},
			{forum.BlockedWeeks{AreaID: area, First: 53, Last: 53, Year: 2027, Reason: "x"}, "invalid: error.weeks.week on first"},
			{forum.BlockedWeeks{AreaID: area, First: 9, Last: 8, Reason: "x"}, "invalid: error.weeks.last on last"},
			{forum.BlockedWeeks{AreaID: area, First: 9, Last: 9, Year: 1, Reason: "x"}, "invalid: error.weeks.year on only_year"},
			{forum.BlockedWeeks{AreaID: area, First: 9, Last: 9, Reason: " "}, "invalid: error.weeks.reason on reason"},
			{forum.BlockedWeeks{AreaID: area + 1, First: 9, Last: 9, Reason: "x"}, "not found: error.not_found.area"},
		} {
			_, err := try(h, weeksBlocked(h.as(ourSecretary), c.weeks))
			refused(h.T, err, c.want)
		}
		s := h.series(fortnightly(council))
		_, err = try(h, seriesCalled(h.as(deputy), s.ID))
		refused(h.T, err, "forbidden: error.forbidden.call_meeting")
		meeting := h.meetingsOf(s.ID)[0]
		_, err = try(h, restMoved(h.as(deputy), meeting.ID, meeting.Slot))
		refused(h.T, err, "forbidden: error.forbidden.move_meeting")
		_, err = try(h, restCancelled(h.as(deputy), meeting.ID))
		refused(h.T, err, "forbidden: error.forbidden.cancel_meeting")
	})
}

func TestCallingMovingAndCancellingASeries(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		s := h.series(fortnightly(h.forum("raad")))
		meetings := h.meetingsOf(s.ID)
		done(h, cancelled(by, meetings[0].ID))
		if called := done(h, seriesCalled(by, s.ID)); called != 5 {
			h.Errorf("called %d", called)
		}
		h.wantLetters(slices.Concat(slices.Repeat([][]string{invitations(invited...)}, 5)...)...)
		_, err := try(h, seriesCalled(by, s.ID))
		refused(h.T, err, "conflict: error.series.no_drafts")

		// From the third on six days later and an hour earlier: the next would come upon Easter Monday.
		from := meetings[2]
		to := slot("2026-03-23 09:00", "2026-03-23 12:00")
		to.Place = "Voss sjukehus"
		if moved := done(h, restMoved(by, from.ID, to)); moved != 4 {
			h.Errorf("moved %d", moved)
		}
		after := h.meetingsOf(s.ID)
		want := []string{"2026-02-17 10:00", "2026-03-03 10:00", "2026-03-23 09:00", "2026-04-07 09:00", "2026-04-20 09:00", "2026-05-04 09:00"}
		if diff := cmp.Diff(want, starts(after)); diff != "" {
			h.Errorf("moved to (-want +got):\n%s", diff)
		}
		if last := after[5]; last.Sequence != 1 || last.Place != "Voss sjukehus" || last.End.Sub(last.Start) != 3*time.Hour || !last.ItemsDue.Equal(at("2026-04-13 23:59")) {
			h.Errorf("the last is %+v", last)
		}
		if untouched := after[1]; untouched.Sequence != 0 || untouched.Place != "Heradshuset" {
			h.Errorf("an earlier one is %+v", untouched)
		}
		h.wantLetters(slices.Concat(slices.Repeat([][]string{invitations(invited...)}, 4)...)...)
		_, err = try(h, restMoved(by, from.ID, after[2].Slot))
		refused(h.T, err, "conflict: error.meeting.unmoved")

		if off := done(h, restCancelled(by, after[4].ID)); off != 2 {
			h.Errorf("cancelled %d", off)
		}
		for i, letter := range h.wantLetters(slices.Concat(invitations(invited...), invitations(invited...))...) {
			if told := facts[forum.InvitationFacts](h, letter); told.Change != forum.Cancel || told.Reason != "Storm" {
				h.Errorf("letter %d is %+v", i, told)
			}
		}
		_, err = try(h, restCancelled(by, after[4].ID))
		refused(h.T, err, "conflict: error.meeting.state.cancelled")
		_, err = try(h, restCancelled(by, h.plan("raad", "2026-06-02 10:00")))
		refused(h.T, err, "conflict: error.series.alone")
		if page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.SeriesPage, error) {
			return forum.ReadSeriesPage(ctx, tx, by, s.ID)
		}); len(page.History) != 2 || page.Drafts != 0 || len(page.Meetings) != 6 {
			h.Errorf("the page is %+v", page)
		}
	})
}

func TestNextYearFromThisOne(t *testing.T) {
	onBoth(t, func(h *house) {
		by, area := h.as(ourSecretary), h.area()
		h.series(fortnightly(h.forum("raad")))
		of := fortnightly(h.forum("utval"))
		of.Rule.Start, of.Rule.End = "11:00", "13:00"
		h.series(of)
		next := func(ctx context.Context, tx forum.Tx) (*forum.YearPlan, error) {
			return forum.PreviewNextYear(ctx, tx, almanac, by, area, 2026)
		}
		plan := seen(h, next)
		if len(plan.Series) != 2 || plan.Series[0].Rule.From != "2027-02-17" || plan.Series[0].Days()[0] != "2027-02-23" {
			h.Fatalf("next year is %+v", plan)
		}
		if clashes := plan.Series[1].Instances[0].Clashes; len(clashes) != 1 || clashes[0].Person.Address != bergen {
			h.Errorf("what is proposed for both clashes as %+v", clashes)
		}
		days := map[forum.SeriesID][]forum.Date{}
		for _, s := range plan.Series {
			days[s.After] = s.Days()
		}
		planNext := func(ctx context.Context, tx forum.Tx) (*forum.YearPlan, error) {
			return forum.PlanNextYear(ctx, tx, almanac, by, area, 2026, days)
		}
		weeks := done(h, weeksBlocked(by, forum.BlockedWeeks{AreaID: area, Year: 2027, First: 8, Last: 8, Reason: "Vinterferie"}))
		_, err := try(h, planNext)
		refused(h.T, err, "conflict: error.series.changed")
		done(h, weeksOpened(by, weeks.ID))
		done(h, planNext)
		_, err = try(h, planNext)
		refused(h.T, err, "conflict: error.series.nothing")
		if again := seen(h, next); len(again.Series) != 0 {
			h.Errorf("what is carried on is proposed again: %+v", again)
		}
		year := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.AreaYear, error) {
			return forum.ReadAreaYear(ctx, tx, almanac, by, area, 2027)
		})
		if len(year.Meetings) != len(days[1])+len(days[2]) || !year.MayBlock || len(year.Holidays) != 13 {
			h.Errorf("%d meetings, %d holidays in 2027", len(year.Meetings), len(year.Holidays))
		}
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.YearPlan, error) {
			return forum.PreviewNextYear(ctx, tx, almanac, h.as(chair), area, 2026)
		})
		refused(h.T, err, "forbidden: error.forbidden.plan_meeting")
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.AreaYear, error) {
			return forum.ReadAreaYear(ctx, tx, almanac, h.as(outside), area, 0)
		})
		refused(h.T, err, "forbidden: error.forbidden.read_area")
	})
}

// TestTheClockStaysWhenTheRestMoves shifts over any night on which summer time
// begins or ends.
func TestTheClockStaysWhenTheRestMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) time.Time {
			on := time.Date(2026, time.January, 1, 0, 0, 0, 0, forum.Oslo).AddDate(0, 0, rapid.IntRange(0, 1000).Draw(t, name))
			return time.Date(on.Year(), on.Month(), on.Day(), rapid.IntRange(7, 17).Draw(t, name+" hour"), 30, 0, 0, forum.Oslo)
		}
		lasting := func(from time.Time, hours int) forum.Slot {
			return forum.Slot{Start: from.UTC(), End: from.Add(time.Duration(hours) * time.Hour).UTC(), Place: "Rom"}
		}
		before, after := lasting(day("before"), 2), lasting(day("after"), 3)
		if got := forum.Shifted(almanac, nil, before, before, after); forum.DateOf(got.Start) != forum.DateOf(after.Start) {
			weekday := after.Start.In(forum.Oslo).Weekday()
			if almanac.Holiday(forum.DateOf(after.Start)) == "" && weekday != time.Saturday && weekday != time.Sunday {
				t.Fatalf("an open day became %v", got.Start)
			}
		}
		later := lasting(before.Start.In(forum.Oslo).AddDate(0, 0, 14), 2)
		got := forum.Shifted(almanac, nil, later, before, after)
		if clock := got.Start.In(forum.Oslo).Format("15:04"); clock != after.Start.In(forum.Oslo).Format("15:04") || got.End.Sub(got.Start) != 3*time.Hour {
			t.Fatalf("begins at %s and lasts %s", clock, got.End.Sub(got.Start))
		}
		if key := almanac.Holiday(forum.DateOf(got.Start)); key != "" && forum.DateOf(got.Start) != forum.DateOf(later.Start) {
			t.Fatalf("came upon %s", key)
		}
	})
}

func TestASeriesTellsWhoIsAway(t *testing.T) {
	onBoth(t, func(h *house) {
		away := func(who string, from, to forum.Date) {
			by := h.as(who)
			done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
				return true, forum.NoteAbsence(ctx, tx, by, from, to)
			})
		}
		away(vaksdal, "2026-03-01", "2026-03-17")
		away(chair, "2026-03-17", "2026-03-17")
		away(outside, "2026-03-17", "2026-03-17") // has no seat
		preview := seen(h, previewed(h.as(ourSecretary), fortnightly(h.forum("raad"))))
		got := map[forum.Date][]string{}
		for _, i := range preview.Instances {
			for _, a := range i.Away {
				got[i.Wanted] = append(got[i.Wanted], a.Person.Address)
			}
		}
		if diff := cmp.Diff(map[forum.Date][]string{"2026-03-03": {vaksdal}, "2026-03-17": {chair, vaksdal}}, got); diff != "" {
			h.Errorf("who is away (-want +got):\n%s", diff)
		}
	})
}
