package forum

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// BlockedWeeksID identifies weeks that are blocked.
type BlockedWeeksID int64

// BlockedWeeks are weeks in which no forum of an area is to meet, counted as
// Norwegians do (ISO 8601).
type BlockedWeeks struct {
	ID     BlockedWeeksID
	AreaID AreaID
	Year   int // 0 for every year
	First  int
	Last   int
	Reason string
	Lifted bool // open again
}

// BlockedWeeksKeeper keeps blocked weeks.
type BlockedWeeksKeeper interface {
	BlockedWeeks(ctx context.Context, id BlockedWeeksID) (*BlockedWeeks, error)
	// BlockedIn lists the weeks blocked in an area, those open again left out, by first week and year.
	BlockedIn(ctx context.Context, area AreaID) ([]BlockedWeeks, error)
	SaveBlockedWeeks(ctx context.Context, weeks *BlockedWeeks) error
}

// The years that a calendar is kept for.
const (
	FirstYear = 2000
	LastYear  = 2100
)

// Cover tells whether a day lies in the weeks.
func (b BlockedWeeks) Cover(day Date) bool {
	year, week := day.midnight().ISOWeek()
	return !b.Lifted && (b.Year == 0 || b.Year == year) && b.First <= week && week <= b.Last
}

// Span is the first and the last day of the weeks in a year; ok is false when
// that year has none of them.
func (b BlockedWeeks) Span(year int) (from, to Date, ok bool) {
	last := min(b.Last, weeksOf(year))
	if b.Year != 0 && b.Year != year || b.First > last {
		return "", "", false
	}
	return mondayOf(year, b.First), mondayOf(year, last).Before(-6), true
}

// mondayOf is the first day of an ISO week; the fourth of January lies in the
// first one.
func mondayOf(year, week int) Date {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	sinceMonday := (int(fourth.Weekday()) + 6) % 7
	return Date(fourth.AddDate(0, 0, 7*(week-1)-sinceMonday).Format(time.DateOnly))
}

// weeksOf is the number of weeks of a year: the 28th of December lies in its last.
func weeksOf(year int) int {
	_, week := time.Date(year, time.December, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
	return week
}

func (b BlockedWeeks) check() error { return errors.Join(b.checkWeeks(), b.checkReason()) }

func (b BlockedWeeks) checkWeeks() error {
	most := 53
	if b.Year != 0 {
		most = weeksOf(b.Year)
	}
	switch {
	case b.Year != 0 && (b.Year < FirstYear || b.Year > LastYear):
		return Refuse(Invalid, "error.weeks.year", "First", FirstYear, "Last", LastYear).On("only_year")
	case b.First == 0 && b.Last == 0:
		return errors.Join(Refuse(Invalid, "error.weeks.week", "Most", most).On("first"), Refuse(Invalid, "error.weeks.last", "Most", most).On("last"))
	case b.First < 1 || b.First > most:
		return Refuse(Invalid, "error.weeks.week", "Most", most).On("first")
	case b.Last < b.First || b.Last > most:
		return Refuse(Invalid, "error.weeks.last", "Most", most).On("last")
	}
	return nil
}

func (b BlockedWeeks) checkReason() error {
	switch {
	case strings.TrimSpace(b.Reason) == "":
		return Refuse(Invalid, "error.weeks.reason").On("reason")
	case utf8.RuneCountInString(b.Reason) > longestPlace:
		return Refuse(Invalid, "error.too_long", "Most", longestPlace).On("reason")
	}
	return nil
}

// BlockWeeks keeps an area's forums from meeting in some weeks. What is
// planned already stands.
func BlockWeeks(ctx context.Context, tx Tx, by Actor, weeks BlockedWeeks) (*BlockedWeeks, error) {
	weeks.ID, weeks.Lifted, weeks.Reason = 0, false, strings.TrimSpace(weeks.Reason)
	if err := weeks.check(); err != nil {
		return nil, err
	}
	if _, err := tx.Area(ctx, weeks.AreaID); err != nil {
		return nil, err
	}
	return &weeks, saveWeeks(ctx, tx, by, &weeks, "weeks_blocked")
}

// OpenWeeks lets people meet in blocked weeks again; Conflict when they may.
func OpenWeeks(ctx context.Context, tx Tx, by Actor, id BlockedWeeksID) (*BlockedWeeks, error) {
	return liftWeeks(ctx, tx, by, id, true, "weeks_opened")
}

// BlockAgain takes the opening of weeks back; Conflict when they are blocked.
func BlockAgain(ctx context.Context, tx Tx, by Actor, id BlockedWeeksID) (*BlockedWeeks, error) {
	return liftWeeks(ctx, tx, by, id, false, "weeks_blocked")
}

func liftWeeks(ctx context.Context, tx Tx, by Actor, id BlockedWeeksID, lifted bool, deed string) (*BlockedWeeks, error) {
	weeks, err := tx.BlockedWeeks(ctx, id)
	if err != nil {
		return nil, err
	}
	if weeks.Lifted == lifted {
		return nil, Refuse(Conflict, "error.weeks.already")
	}
	weeks.Lifted = lifted
	return weeks, saveWeeks(ctx, tx, by, weeks, deed)
}

// saveWeeks asks for the right in any forum of the area, and records the deed there.
func saveWeeks(ctx context.Context, tx Tx, by Actor, weeks *BlockedWeeks, deed string) error {
	in, standing, err := by.mayInArea(ctx, tx, BlockIt, weeks.AreaID)
	if err != nil {
		return err
	}
	if err := tx.SaveBlockedWeeks(ctx, weeks); err != nil {
		return err
	}
	return tx.Record(ctx, Event{
		ForumID: in, At: tx.Now(), PersonID: by.Person, Level: standing.Level, Deed: deed, Object: BlockedWeeksObject(weeks.ID),
		Details: map[string]string{
			"Year": fmt.Sprint(weeks.Year), "First": fmt.Sprint(weeks.First), "Last": fmt.Sprint(weeks.Last), "Reason": weeks.Reason,
		},
	})
}

// mayInArea is May for what belongs to an area: a right in any of its forums
// is enough, and the first that gives it answers.
func (by Actor) mayInArea(ctx context.Context, tx Tx, right Right, area AreaID) (ForumID, Standing, error) {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return 0, Standing{}, err
	}
	for _, f := range forums {
		if f.AreaID != area {
			continue
		}
		standing, err := by.May(ctx, tx, right, f.ID)
		if err == nil || !IsKind(err, Forbidden) {
			return f.ID, standing, err
		}
	}
	return 0, Standing{}, Refuse(Forbidden, "error.forbidden."+right.Action+"_"+right.Object)
}

// BlockedWeeksObject names what events speak of.
func BlockedWeeksObject(id BlockedWeeksID) Object { return Object{"weeks", int64(id)} }
