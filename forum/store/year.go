package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Series(ctx context.Context, id forum.SeriesID) (*forum.Series, error) {
	return where[forum.Series](ctx, t, "series", toChange, "id = ?", id)
}

func (t *tx) SeriesIn(ctx context.Context, in forum.ForumID) ([]forum.Series, error) {
	return list[forum.Series](ctx, t, "series", "number, id", "forum_id = ?", in)
}

func (t *tx) SaveSeries(ctx context.Context, series *forum.Series) error {
	return save(ctx, t, "series", series)
}

func (t *tx) SeriesMeetings(ctx context.Context, series forum.SeriesID) ([]forum.Meeting, error) {
	return list[forum.Meeting](ctx, t, "meeting", "start, id", "series_id = ?", series)
}

func (t *tx) MeetingsAmong(ctx context.Context, from, to time.Time) ([]forum.Meeting, error) {
	return list[forum.Meeting](ctx, t, "meeting", "start, id", `start < ? AND "end" > ?`, to.UTC().Format(instant), from.UTC().Format(instant))
}

func (t *tx) BlockedWeeks(ctx context.Context, id forum.BlockedWeeksID) (*forum.BlockedWeeks, error) {
	return where[forum.BlockedWeeks](ctx, t, "weeks", toChange, "id = ?", id)
}

func (t *tx) BlockedIn(ctx context.Context, area forum.AreaID) ([]forum.BlockedWeeks, error) {
	return list[forum.BlockedWeeks](ctx, t, "weeks", "first, year, id", "area_id = ? AND NOT lifted", area)
}

func (t *tx) SaveBlockedWeeks(ctx context.Context, weeks *forum.BlockedWeeks) error {
	return save(ctx, t, "weeks", weeks)
}
