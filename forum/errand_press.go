package forum

import (
	"context"
	"errors"
)

// ErrRests is what the trial of an act that sends mail ends with, so that the
// transaction is rolled back; the act is then kept as an errand.
var ErrRests = errors.New("the act rests until its mails may leave")

// Trial is a press that was tried.
type Trial struct {
	Outcome Outcome // of what was done at once
	Errand  *Errand // what rests, nil for nothing; of a Reversible it is kept already
	of      Sendable
}

// TryErrand does at once what sends nothing. An act that sends mail ends in
// ErrRests, and KeepErrand keeps its trial; a Reversible is done and kept here.
func TryErrand(ctx context.Context, tx Tx, by Actor, almanac Almanac, act Sendable) (*Trial, error) {
	if one, is := act.(Reversible); is {
		return reversible(ctx, tx, by, almanac, one)
	}
	of, err := act.Scope(ctx, tx)
	if err != nil {
		return nil, err
	}
	taken := free(ctx, tx, of)
	if IsKind(taken, Conflict) {
		if _, err := by.May(ctx, tx, ReadForum, of.In); err != nil {
			return nil, err // who may not know of it is told so
		}
	}
	if taken != nil {
		return nil, taken
	}
	seen := watch(tx)
	outcome, err := act.CarryOut(ctx, seen, by, almanac)
	if err != nil {
		return nil, err
	}
	people, err := seen.people(ctx)
	if err != nil {
		return nil, err
	}
	if people += of.People; people == 0 {
		return &Trial{Outcome: outcome}, nil
	}
	errand, err := newErrand(ctx, tx, by, of, act)
	if err != nil {
		return nil, err
	}
	errand.People = people
	return &Trial{Errand: errand, of: act}, ErrRests
}

// KeepErrand keeps what a trial found to send mail, and the job that carries it
// out when its time has come.
func KeepErrand(ctx context.Context, tx Tx, trial *Trial) (*Errand, error) {
	e := *trial.Errand
	of, err := trial.of.Scope(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := free(ctx, tx, of); err != nil {
		return nil, err
	}
	e.PressedAt, e.DueAt = tx.Now(), tx.Now().Add(UndoWithin)
	if err := tx.SaveErrand(ctx, &e); err != nil {
		return nil, err
	}
	return &e, tx.Enqueue(ctx, RunErrand{e.ID})
}

func newErrand(ctx context.Context, tx Tx, by Actor, of ErrandScope, act Sendable) (*Errand, error) {
	around, err := rosterIn(ctx, tx, of.In)
	if err != nil {
		return nil, err
	}
	e := &Errand{
		ForumID: of.In, Kind: act.ErrandKind(), Key: of.on(), SubjectKind: of.Subject.Kind, SubjectID: of.Subject.ID, PersonID: by.Person,
		Args: argsOf(act, Outcome{}, nil), Seen: of.seenDigest(), About: of.About, PressedAt: tx.Now(), DueAt: tx.Now().Add(UndoWithin),
	}
	if standings := around.standings[by.Person]; len(standings) > 0 {
		e.Level = standings[0].Level
	}
	return e, nil
}

// free refuses an act on what rests already.
func free(ctx context.Context, tx Tx, of ErrandScope) error {
	earlier, err := restingOn(ctx, tx, of)
	if err != nil {
		return err
	}
	if earlier != nil {
		return Refuse(Conflict, "error.errand.under_way")
	}
	return nil
}

// restingOn is the errand that rests on what an act changes, nil for none.
func restingOn(ctx context.Context, tx Tx, of ErrandScope) (*Errand, error) {
	resting, err := tx.RestingErrands(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range resting {
		if e.Key == of.on() {
			return &e, nil
		}
	}
	return nil, nil
}

// reversible does an act at once and keeps its mails in hand. An agenda that the
// same person saves again while the mails of the last save rest joins it: one
// undoing takes both back.
func reversible(ctx context.Context, tx Tx, by Actor, almanac Almanac, act Reversible) (*Trial, error) {
	of, err := act.Scope(ctx, tx)
	if err != nil {
		return nil, err
	}
	earlier, err := restingOn(ctx, tx, of)
	if err != nil {
		return nil, err
	}
	stash := &stashing{Tx: tx}
	outcome, err := act.CarryOut(ctx, stash, by, almanac)
	if err != nil {
		return nil, err
	}
	if earlier != nil && (len(stash.mails) > 0 || earlier.PersonID == by.Person) {
		if err := join(ctx, tx, by, earlier, act, stash); err != nil {
			return nil, err
		}
	}
	if len(stash.mails) == 0 {
		return &Trial{Outcome: outcome}, nil
	}
	e, err := newErrand(ctx, tx, by, of, act)
	if err != nil {
		return nil, err
	}
	e.People, e.Args = stash.reached(), argsOf(act, outcome, stash.mails)
	if err := tx.SaveErrand(ctx, e); err != nil {
		return nil, err
	}
	return &Trial{Outcome: outcome, Errand: e}, tx.Enqueue(ctx, RunErrand{e.ID})
}

// join takes what an earlier save left in hand over into a later one.
func join(ctx context.Context, tx Tx, by Actor, earlier *Errand, act Reversible, stash *stashing) error {
	before, kept, err := earlier.act(tx)
	if err != nil {
		return err
	}
	later, isAgenda := act.(*SendAgenda)
	first, wasAgenda := before.(*SendAgenda)
	if !isAgenda || !wasAgenda || earlier.PersonID != by.Person {
		return Refuse(Conflict, "error.errand.under_way")
	}
	later.Before = first.Before
	stash.mails = append(kept.Mails, stash.mails...)
	return tx.DropErrand(ctx, earlier.ID)
}
