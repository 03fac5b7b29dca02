package web

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// press does what a form asks for. What sends mail is tried, so that everything
// wrong shows at once, and then rests for as long as it can be undone.
func press(v *visit, act forum.Sendable) (*forum.Trial, error) {
	trial, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Trial, error) {
		return forum.TryErrand(ctx, tx, by, almanac, act)
	})
	if !errors.Is(err, forum.ErrRests) {
		return trial, err
	}
	trial.Errand, err = write(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Errand, error) {
		return forum.KeepErrand(ctx, tx, trial)
	})
	return trial, err
}

// pressed goes on to a page after a press, which says what was done; what rests
// shows there as on every page, with its undoing.
func (v *visit) pressed(trial *forum.Trial, path string) error {
	switch done := notice(trial.Outcome.Done); {
	case done == "":
		return v.goTo(v.orHome(path))
	case trial.Errand != nil:
		return v.done(done, 0, path)
	default:
		return v.done(done, trial.Outcome.ID, path)
	}
}

// readResting notes what rests and this person may undo, for the frame of a page.
func (v *visit) readResting(ctx context.Context, tx forum.Tx, by forum.Actor) error {
	if v.c.Method() != fiber.MethodGet || v.c.Get("HX-Request") != "" {
		return nil
	}
	resting, err := forum.ReadRestingErrands(ctx, tx, by)
	v.resting = pages.Resting{Errands: resting, Now: tx.Now(), Reader: by.Person, Back: v.c.Path()}
	return err
}

func undoErrand(v *visit) error {
	errand, err := id[forum.ErrandID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Errand, error) {
		return forum.UndoErrand(ctx, tx, by, errand)
	})
	if err != nil {
		return err
	}
	return v.done(errandUndone, 0, ownPath(v.value("back")))
}

// hurryErrand lets leave now what would rest for a while yet.
func hurryErrand(v *visit) error {
	errand, err := id[forum.ErrandID](v)
	if err != nil {
		return err
	}
	outcome, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.Outcome, error) {
		_, outcome, err := forum.HurryErrand(ctx, tx, by, almanac, errand)
		return outcome, err
	})
	if err != nil {
		return off(err)
	}
	path := ownPath(v.value("back"))
	switch notice(outcome.Done) {
	case matterRelocated:
		path = pages.ForumsAddress // the matter may be closed now to who sent it away
	case mailReleased:
		v.options.Wake()
	}
	return v.done(notice(outcome.Done), outcome.ID, path)
}

// dismissErrand puts away the word that an errand failed.
func dismissErrand(v *visit) error {
	errand, err := id[forum.ErrandID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
		return nil, forum.DismissErrand(ctx, tx, by, errand)
	})
	if err != nil {
		return err
	}
	return v.done(errandSeen, 0, ownPath(v.value("back")))
}
