package web

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// Press does what a form asks for. What sends mail is tried, so that everything
// wrong shows at once, and then rests for as long as it can be undone.
func Press(v *Visit, act forum.Sendable) (*forum.Trial, error) {
	trial, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Trial, error) {
		return forum.TryErrand(ctx, tx, by, almanac, act)
	})
	if !errors.Is(err, forum.ErrRests) {
		return trial, err
	}
	trial.Errand, err = Write(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Errand, error) {
		return forum.KeepErrand(ctx, tx, trial)
	})
	return trial, err
}

// Pressed goes on to a page after a press, which says what was done; what rests
// shows there as on every page, with its undoing.
func (v *Visit) Pressed(trial *forum.Trial, path string) error {
	switch done := Notice(trial.Outcome.Done); {
	case done == "":
		return v.GoTo(v.orHome(path))
	case trial.Errand != nil:
		return v.Done(done, 0, path)
	default:
		return v.Done(done, trial.Outcome.ID, path)
	}
}

// readResting notes what rests and this person may undo, for the frame of a page.
func (v *Visit) readResting(ctx context.Context, tx forum.Tx, by forum.Actor) error {
	if v.c.Method() != fiber.MethodGet || v.c.Get("HX-Request") != "" {
		return nil
	}
	resting, err := forum.ReadRestingErrands(ctx, tx, by)
	v.resting = pages.Resting{Errands: resting, Now: tx.Now(), Reader: by.Person, Back: v.c.Path()}
	return err
}

func undoErrand(v *Visit) error {
	errand, err := ID[forum.ErrandID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Errand, error) {
		return forum.UndoErrand(ctx, tx, by, errand)
	})
	if err != nil {
		return err
	}
	return v.Done(errandUndone, 0, ownPath(v.Value("back")))
}

// hurryErrand lets leave now what would rest for a while yet.
func hurryErrand(v *Visit) error {
	errand, err := ID[forum.ErrandID](v)
	if err != nil {
		return err
	}
	outcome, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.Outcome, error) {
		_, outcome, err := forum.HurryErrand(ctx, tx, by, almanac, errand)
		return outcome, err
	})
	if err != nil {
		return Off(err)
	}
	path := ownPath(v.Value("back"))
	switch Notice(outcome.Done) {
	case matterRelocated:
		path = pages.ForumsAddress // the matter may be closed now to who sent it away
	case mailReleased:
		v.options.Wake()
	}
	return v.Done(Notice(outcome.Done), outcome.ID, path)
}

// dismissErrand puts away the word that an errand failed.
func dismissErrand(v *Visit) error {
	errand, err := ID[forum.ErrandID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (any, error) {
		return nil, forum.DismissErrand(ctx, tx, by, errand)
	})
	if err != nil {
		return err
	}
	return v.Done(errandSeen, 0, ownPath(v.Value("back")))
}
