package governance

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// scans look for what is due, each in transactions of its own.
var scans = []func(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error{
	scanBallots, remindEscalations, remindLedgers, remindLadders, minutesDue, inheritAll, nudgeAll, tellQuarter,
}

// Scan does what is due by now: reminders, ends of deadlines, escalations.
func Scan(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	var errs []error
	for _, scan := range scans {
		errs = append(errs, scan(ctx, keeper, almanac))
	}
	return errors.Join(errs...)
}
