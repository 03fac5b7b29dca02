package forum

import (
	"context"
	"errors"
	"slices"
)

// AskRemoval returns, relocates or merges a matter. One that the other equal
// level proposed waits for that level's secretary, who is told by mail.
func AskRemoval(ctx context.Context, tx Tx, by Actor, id MatterID, r Removal) (*Removal, error) {
	if !r.Way.Valid() {
		_, unreasoned := Reasoned(r.Reason)
		return nil, errors.Join(Refuse(Invalid, "error.removal.way").On("way"), unreasoned)
	}
	r = r.wish()
	if err := HoldMatters(ctx, tx, id, r.ToMatter); err != nil {
		return nil, err
	}
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := askerOf(ctx, tx, by, r.Way, matter)
	if err != nil {
		return nil, err
	}
	if err := removable(ctx, tx, matter, &r); err != nil {
		return nil, err
	}
	if err := r.Ask(matter, by.Person, standing.Level, tx.Now()); err != nil {
		return nil, err
	}
	if err := tx.SaveRemoval(ctx, &r); err != nil {
		return nil, err
	}
	if r.State == DoneRemoval {
		return &r, remove(ctx, tx, by, standing, matter, &r)
	}
	if err := RecordMatter(ctx, tx, by, standing, matter, "removal_asked_"+string(r.Way), map[string]string{"Reason": r.Reason}); err != nil {
		return nil, err
	}
	return &r, tellCapacity(ctx, tx, matter, &r, AgreeRemoval, matter.Level, RemovalAskedMessage)
}

// askerOf is the secretary's standing: of the proposer's own level where the
// person has one, so that no second secretary is asked without need.
func askerOf(ctx context.Context, tx Tx, by Actor, way Way, m *Matter) (Standing, error) {
	own, err := by.MayFor(ctx, tx, way.Right(), m.ForumID, m.Level)
	if err == nil {
		return own, nil
	}
	if !IsKind(err, Forbidden) {
		return Standing{}, err
	}
	return by.May(ctx, tx, way.Right(), m.ForumID)
}

// removable checks that the matter may leave for where it is to go, and that
// nothing is asked already.
func removable(ctx context.Context, tx Tx, m *Matter, r *Removal) error {
	if err := m.leaves(); err != nil {
		return err
	}
	if _, err := tx.OpenRemoval(ctx, m.ID); err == nil {
		return Refuse(Conflict, "error.removal.asked_already")
	} else if !IsKind(err, NotFound) {
		return err
	}
	return reachable(ctx, tx, m, r)
}

// AnswerRemoval is the yes of a secretary of the proposer's level, or the
// objection that leaves the matter contested.
func AnswerRemoval(ctx context.Context, tx Tx, by Actor, id RemovalID, agree bool, objection string) (*Removal, error) {
	r, matter, err := removalOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.MayFor(ctx, tx, AgreeRemoval, matter.ForumID, matter.Level)
	if err != nil {
		return nil, err
	}
	if agree {
		if err := r.Agree(); err != nil {
			return nil, err
		}
		return r, finish(ctx, tx, by, standing, matter, r)
	}
	if err := r.Contest(objection); err != nil {
		return nil, err
	}
	if err := tx.SaveRemoval(ctx, r); err != nil {
		return nil, err
	}
	if err := RecordMatter(ctx, tx, by, standing, matter, "removal_contested", map[string]string{"Reason": r.Objection}); err != nil {
		return nil, err
	}
	return r, tellCapacity(ctx, tx, matter, r, DecideRemoval, "", RemovalContestedMessage)
}

// DecideContested is one key-holder's word on a contested removal.
func DecideContested(ctx context.Context, tx Tx, by Actor, id RemovalID, yes bool) (*Removal, error) {
	r, matter, err := removalOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, DecideRemoval, matter.ForumID)
	if err != nil {
		return nil, err
	}
	if err := r.Decide(Key{by.Person, standing.Level}, yes); err != nil {
		return nil, err
	}
	return r, finish(ctx, tx, by, standing, matter, r)
}

// WithdrawRemoval takes a wish back before it is answered or decided.
func WithdrawRemoval(ctx context.Context, tx Tx, by Actor, id RemovalID) (*Removal, error) {
	r, matter, err := removalOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, r.Way.Right(), matter.ForumID)
	if err != nil {
		return nil, err
	}
	asker := by.Person
	if may, err := mayWithdraw(ctx, tx, by, matter, r); err != nil {
		return nil, err
	} else if may {
		asker = r.AskedBy
	}
	if err := r.Withdraw(asker); err != nil {
		return nil, err
	}
	if err := tx.SaveRemoval(ctx, r); err != nil {
		return nil, err
	}
	return r, RecordMatter(ctx, tx, by, standing, matter, "removal_withdrawn", nil)
}

// removalOf gives a removal as it is once its matter is locked.
func removalOf(ctx context.Context, tx Tx, id RemovalID) (*Removal, *Matter, error) {
	found, err := tx.Removal(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if err := HoldMatters(ctx, tx, found.MatterID, found.ToMatter); err != nil {
		return nil, nil, err
	}
	matter, err := tx.Matter(ctx, found.MatterID)
	if err != nil {
		return nil, nil, err
	}
	r, err := tx.Removal(ctx, id)
	return r, matter, err
}

// finish saves an answered removal and does what follows from it.
func finish(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, r *Removal) error {
	if err := tx.SaveRemoval(ctx, r); err != nil {
		return err
	}
	switch r.State {
	case DoneRemoval:
		return remove(ctx, tx, by, as, m, r)
	case KeptRemoval:
		if err := RecordMatter(ctx, tx, by, as, m, "removal_kept", nil); err != nil {
			return err
		}
		return tellAsker(ctx, tx, m, r)
	}
	return RecordMatter(ctx, tx, by, as, m, "removal_key_given", nil)
}

// remove carries a removal out and tells the proposer.
func remove(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, r *Removal) error {
	if err := reachable(ctx, tx, m, r); err != nil {
		return err // the goal may have gone since it was asked for
	}
	from, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	details, err := goalDetails(ctx, tx, r)
	if err != nil {
		return err
	}
	toForum, toTitle, err := goal(ctx, tx, AsPerson(m.follower(DateOf(tx.Now()))), r)
	if err != nil {
		return err
	}
	if err := RecordMatter(ctx, tx, by, as, m, "matter_"+string(r.Way), details); err != nil {
		return err
	}
	if err := m.carryOut(r); err != nil {
		return err
	}
	if err := tx.SaveMatter(ctx, m); err != nil {
		return err
	}
	if r.Way == Relocate {
		if err := RecordMatter(ctx, tx, by, as, m, "matter_received", map[string]string{"Forum": from.Name}); err != nil {
			return err
		}
	}
	kinds := map[Way]MessageKind{Return: ReturnedMessage, Relocate: RelocatedMessage, Merge: MergedMessage}
	return tellProposer(ctx, tx, m, kinds[r.Way], func(facts *MatterFacts) {
		facts.Forum, facts.Reason, facts.ToForum, facts.ToTitle = from.Name, r.Reason, toForum, toTitle
	})
}

// tellCapacity mails those of a level ("" for any) whose seat gives a right
// over an open removal.
func tellCapacity(ctx context.Context, tx Tx, m *Matter, r *Removal, right Right, level Level, kind MessageKind) error {
	asker, err := tx.Person(ctx, r.AskedBy)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	entitled, err := Holders(ctx, tx, m.ForumID, right, level)
	if err != nil {
		return err
	}
	for _, id := range entitled {
		to := people[id]
		toForum, toTitle, err := goal(ctx, tx, AsPerson(id), r)
		if err != nil {
			return err
		}
		err = tell(ctx, tx, m, &to, kind, func(facts *MatterFacts) {
			facts.Way, facts.Reason, facts.Asker, facts.Objection = r.Way, r.Reason, asker.Name, r.Objection
			facts.ToForum, facts.ToTitle = toForum, toTitle
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Holders are the people whose standing in a forum gives a right, of a level or
// of any (""), each once, in the order of the seats.
func Holders(ctx context.Context, tx Tx, in ForumID, right Right, level Level) ([]PersonID, error) {
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	r, err := rosterIn(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(r.people), func(person PersonID) bool {
		return !slices.ContainsFunc(r.entitled(policy, person, right), func(s Standing) bool { return level == "" || s.Level == level })
	}), nil
}
