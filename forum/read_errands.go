package forum

import "context"

// RestingErrand is an errand that rests, with the name of who set it in motion.
type RestingErrand struct {
	Errand
	By string
}

// ReadRestingErrands lists what rests and the reader may undo, the first due first.
func ReadRestingErrands(ctx context.Context, tx Tx, by Actor) ([]RestingErrand, error) {
	resting, err := tx.RestingErrands(ctx)
	if err != nil {
		return nil, err
	}
	var mine []RestingErrand
	for _, e := range resting {
		may := e.PersonID == by.Person
		if !may {
			if may, err = by.Can(ctx, tx, StopMail, e.ForumID); err != nil {
				return nil, err
			}
		}
		if !may {
			continue
		}
		person, err := tx.Person(ctx, e.PersonID)
		if err != nil {
			return nil, err
		}
		mine = append(mine, RestingErrand{e, person.Name})
	}
	return mine, nil
}
