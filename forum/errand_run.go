package forum

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"
)

// CarryOutErrand carries an errand out whose time has come, as the person who
// pressed, and forgets it, in one transaction: it is done once or not at all.
// One that is gone or has failed is nothing to do. Before its time it answers
// how long it still rests.
func CarryOutErrand(ctx context.Context, tx Tx, almanac Almanac, id ErrandID) (rests time.Duration, err error) {
	e, err := tx.Errand(ctx, id)
	if IsKind(err, NotFound) {
		return 0, nil
	}
	if err != nil || !e.Rests() {
		return 0, err
	}
	if rests := e.DueAt.Sub(tx.Now()); rests > 0 {
		return rests, nil
	}
	_, err = e.carryOut(ctx, tx, almanac)
	return 0, err
}

// HurryErrand carries out before its time what the actor set in motion.
func HurryErrand(ctx context.Context, tx Tx, by Actor, almanac Almanac, id ErrandID) (*Errand, Outcome, error) {
	e, err := resting(ctx, tx, id)
	if err != nil {
		return nil, Outcome{}, err
	}
	if e.PersonID != by.Person {
		return nil, Outcome{}, Refuse(Forbidden, "error.forbidden.errand")
	}
	outcome, err := e.carryOut(ctx, tx, almanac)
	return e, outcome, err
}

func (e *Errand) carryOut(ctx context.Context, tx Tx, almanac Almanac) (Outcome, error) {
	act, kept, err := e.act(tx)
	if err != nil {
		return Outcome{}, err
	}
	if err := tx.DropErrand(ctx, e.ID); err != nil {
		return Outcome{}, err
	}
	if one, is := act.(Reversible); is {
		return kept.Outcome, letGo(ctx, tx, one, kept.Mails)
	}
	of, err := act.Scope(ctx, tx)
	if err != nil {
		return Outcome{}, err
	}
	if of.seenDigest() != e.Seen {
		return Outcome{}, Refuse(Conflict, "error.errand.changed")
	}
	return act.CarryOut(ctx, tx, AsPerson(e.PersonID), almanac)
}

// letGo sends what was kept in hand, if it is still so.
func letGo(ctx context.Context, tx Tx, act Reversible, mails []Message) error {
	holds, err := act.Holds(ctx, tx)
	if err != nil || !holds {
		return err
	}
	for _, m := range mails {
		in, err := tx.Forum(ctx, m.ForumID)
		if err != nil {
			return err
		}
		if err := dispatch(ctx, tx, in, &m); err != nil {
			return err
		}
	}
	return nil
}

// resting is an errand that can still be undone.
func resting(ctx context.Context, tx Tx, id ErrandID) (*Errand, error) {
	e, err := tx.Errand(ctx, id)
	if IsKind(err, NotFound) || err == nil && !e.Rests() {
		return nil, Refuse(Conflict, "error.errand.gone")
	}
	return e, err
}

// UndoErrand takes an errand back that rests: nothing has left, and everything
// is as it was. It is for whoever pressed, and for the forum's secretaries.
func UndoErrand(ctx context.Context, tx Tx, by Actor, id ErrandID) (*Errand, error) {
	e, err := resting(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	level := e.Level
	if e.PersonID != by.Person {
		standing, err := by.May(ctx, tx, StopMail, e.ForumID)
		if err != nil {
			return nil, err
		}
		level = standing.Level
	}
	act, _, err := e.act(tx)
	if err != nil {
		return nil, err
	}
	if one, is := act.(Reversible); is {
		if err := one.TakeBack(ctx, &stashing{Tx: tx}, AsPerson(e.PersonID)); err != nil {
			return nil, err
		}
	}
	if err := tx.DropErrand(ctx, id); err != nil {
		return nil, err
	}
	return e, e.record(ctx, tx, by, level, "errand_undone")
}

// FailErrand keeps that an errand could not be carried out when its time came,
// and tells whoever pressed. Nothing of it was sent.
func FailErrand(ctx context.Context, tx Tx, id ErrandID, why error) error {
	e, err := tx.Errand(ctx, id)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil || !e.Rests() {
		return err
	}
	e.FailedAt, e.Trouble, e.TroubleArgs = tx.Now(), "error.errand.broken", map[string]string{}
	var refusal *Error
	if errors.As(why, &refusal) {
		e.Trouble = refusal.Key
		for i := 0; i+1 < len(refusal.Args); i += 2 {
			e.TroubleArgs[fmt.Sprint(refusal.Args[i])] = fmt.Sprint(refusal.Args[i+1])
		}
	}
	e.Key = fmt.Sprintf("failed/%d", e.ID) // it stands in nobody's way
	if err := tx.SaveErrand(ctx, e); err != nil {
		return err
	}
	if err := e.record(ctx, tx, Actor{}, "", "errand_failed"); err != nil {
		return err
	}
	to, err := tx.Person(ctx, e.PersonID)
	if err != nil {
		return err
	}
	in, err := tx.Forum(ctx, e.ForumID)
	if err != nil {
		return err
	}
	return Send(ctx, tx, in, to, ErrandFailedMessage, ErrandFailedFacts{
		Errand: *e, Forum: in.Name, Address: in.Address, Person: to.Name,
	})
}

// ErrandFailedFacts is what somebody is told whose errand failed.
type ErrandFailedFacts struct {
	Errand  Errand
	Forum   string
	Address string
	Person  string
}

// DismissErrand forgets a failed errand that its person has seen.
func DismissErrand(ctx context.Context, tx Tx, by Actor, id ErrandID) error {
	e, err := tx.Errand(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case e.PersonID != by.Person:
		return Refuse(Forbidden, "error.forbidden.errand")
	case e.Rests():
		return Refuse(Conflict, "error.errand.under_way")
	}
	return tx.DropErrand(ctx, id)
}

func (e *Errand) record(ctx context.Context, tx Tx, by Actor, level Level, deed string) error {
	details := map[string]string{"Errand": string(e.Kind)}
	maps.Copy(details, e.About)
	return tx.Record(ctx, Event{
		ForumID: e.ForumID, At: tx.Now(), PersonID: by.Person, Level: level, Deed: deed, Object: e.Subject(), Details: details,
	})
}

// ErrandsDue lists those whose time has come, for when a job was lost.
func ErrandsDue(ctx context.Context, tx Tx) ([]ErrandID, error) {
	resting, err := tx.RestingErrands(ctx)
	var due []ErrandID
	for _, e := range resting {
		if !e.DueAt.After(tx.Now()) {
			due = append(due, e.ID)
		}
	}
	return due, err
}
