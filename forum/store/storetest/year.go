package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func series(w *world) {
	var first, second forum.Series
	var late, early *forum.Meeting
	w.write(func(tx forum.Tx) {
		first = forum.Series{
			ForumID: w.council.ID, Number: 1, Form: forum.Hybrid, Place: "Vossevangen", Link: "https://rom.example/1",
			Rule: forum.SeriesRule{
				Kind: forum.InMonths, Weekday: time.Tuesday, Nth: forum.LastOfMonth, Months: []time.Month{time.February, time.May},
				From: "2026-01-01", To: "2026-12-31", Start: "10:00", End: "12:00", Avoid: forum.MoveAway,
			},
		}
		w.must(tx.SaveSeries(w.ctx, &first))
		second = forum.Series{ForumID: w.council.ID, Number: 2, Form: forum.Remote, Rule: forum.SeriesRule{Kind: forum.EveryWeeks, Weeks: 2}, After: first.ID}
		w.must(tx.SaveSeries(w.ctx, &second))
		early, late = w.meeting(tx, "early", noon), w.meeting(tx, "late", noon.AddDate(0, 1, 0))
		for _, m := range []*forum.Meeting{late, early} {
			m.SeriesID = second.ID
			w.must(tx.SaveMeeting(w.ctx, m))
		}
		w.meeting(tx, "alone", noon)
	})
	w.read(func(tx forum.Tx) {
		w.equal("series", ok(tx.Series(w.ctx, first.ID)), &first)
		w.equal("series of the forum", ok(tx.SeriesIn(w.ctx, w.council.ID)), []forum.Series{first, second})
		got := ok(tx.SeriesMeetings(w.ctx, second.ID))
		if len(got) != 2 || got[0].ID != early.ID || got[1].ID != late.ID || got[0].SeriesID != second.ID {
			w.Errorf("meetings of the series: %+v", got)
		}
		w.equal("meetings of the other", len(ok(tx.SeriesMeetings(w.ctx, first.ID))), 0)
		_, err := tx.Series(w.ctx, second.ID+1000)
		w.refused(err, forum.NotFound, "error.not_found.series")
	})
	w.read(func(tx forum.Tx) {
		for name, c := range map[string]struct {
			from, to time.Time
			want     bool
		}{
			"around it":          {late.Start.Add(-time.Hour), late.End.Add(time.Hour), true},
			"within it":          {late.Start.Add(time.Minute), late.Start.Add(2 * time.Minute), true},
			"up to its start":    {late.Start.Add(-time.Hour), late.Start, false},
			"from its end":       {late.End, late.End.Add(time.Hour), false},
			"in another zone":    {late.Start.In(forum.Oslo), late.End.In(forum.Oslo), true},
			"over its last hour": {late.End.Add(-time.Hour), late.End.Add(time.Hour), true},
		} {
			among := false
			for _, m := range ok(tx.MeetingsAmong(w.ctx, c.from, c.to)) {
				among = among || m.ID == late.ID
			}
			w.equal(name, among, c.want)
		}
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveSeries(w.ctx, &forum.Series{ForumID: w.council.ID, Number: 2})
	}), forum.Conflict, "error.conflict.series")
}

func blockedWeeks(w *world) {
	summer := forum.BlockedWeeks{AreaID: w.area.ID, First: 27, Last: 32, Reason: "Sommarferie"}
	winter := forum.BlockedWeeks{AreaID: w.area.ID, Year: 2026, First: 9, Last: 9, Reason: "Vinterferie"}
	lifted := forum.BlockedWeeks{AreaID: w.area.ID, First: 1, Last: 2, Reason: "Feil", Lifted: true}
	w.write(func(tx forum.Tx) {
		for _, weeks := range []*forum.BlockedWeeks{&summer, &winter, &lifted} {
			w.must(tx.SaveBlockedWeeks(w.ctx, weeks))
		}
		summer.Last = 31
		w.must(tx.SaveBlockedWeeks(w.ctx, &summer))
	})
	w.read(func(tx forum.Tx) {
		w.equal("weeks", ok(tx.BlockedWeeks(w.ctx, lifted.ID)), &lifted)
		w.equal("blocked", ok(tx.BlockedIn(w.ctx, w.area.ID)), []forum.BlockedWeeks{winter, summer})
		_, err := tx.BlockedWeeks(w.ctx, lifted.ID+1000)
		w.refused(err, forum.NotFound, "error.not_found.weeks")
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveBlockedWeeks(w.ctx, &forum.BlockedWeeks{AreaID: w.area.ID + 1000, First: 1, Last: 1})
	}), forum.Conflict, "error.conflict.weeks")
}
