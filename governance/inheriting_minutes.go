package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// bequest is what of the approval of minutes passes to others.
type bequest struct {
	asked map[forum.PersonID]forum.PersonID // who approves in whose place; 0 where the other approves already
	keys  []forum.PersonID                  // who turn a key and were not asked to
}

func (b *bequest) empty() bool { return len(b.asked)+len(b.keys) == 0 }

// bequest finds the approvals that are owed by people who do not sit in the forum any
// more, and the keys that are with somebody else than when they were asked for. What
// was said stays whose it is.
func (h *heritage) bequest(ctx context.Context, tx Tx, of *Minutes) (*bequest, *MinutesRound, error) {
	b := &bequest{asked: map[forum.PersonID]forum.PersonID{}}
	if of.State != SentMinutes && of.State != KeyedMinutes {
		return b, nil, nil
	}
	if err := h.enter(ctx, tx, of.ForumID); err != nil {
		return nil, nil, err
	}
	round, err := tx.MinutesRound(ctx, of.RoundID)
	if err != nil {
		return nil, nil, err
	}
	answers, err := tx.MinutesAnswers(ctx, round.ID)
	if err != nil {
		return nil, nil, err
	}
	holding := HoldingAnswers(answers)
	for _, person := range round.Asked {
		if _, said := holding[person]; said {
			continue
		}
		heir, err := h.approver(ctx, tx, of.ForumID, person)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case heir == 0 || heir == person:
		case slices.Contains(round.Asked, heir):
			b.asked[person] = 0
		default:
			b.asked[person] = heir
		}
	}
	if of.State == KeyedMinutes && tx.Now().Before(round.Deadline) {
		b.keys, err = untoldKeys(ctx, tx, of.ForumID, round)
	}
	return b, round, err
}

// approver is who approves in place of somebody whose seat ended: who got it, or else
// who votes for the organisation; 0 where nobody does, and for whoever still sits there.
func (h *heritage) approver(ctx context.Context, tx Tx, in forum.ForumID, person forum.PersonID) (forum.PersonID, error) {
	if slices.ContainsFunc(h.here[in], func(s forum.Seat) bool { return s.PersonID == person }) {
		return 0, nil
	}
	var ended *endedSeat
	for i, e := range h.endings[in] {
		if e.PersonID == person && (ended == nil || e.last > ended.last) {
			ended = &h.endings[in][i]
		}
	}
	if ended == nil {
		return 0, nil
	}
	people := []forum.PersonID{ended.heir}
	for _, s := range h.here[in] {
		people = append(people, s.PersonID)
	}
	seat, err := h.voter(ctx, tx, in, ended.OrganisationID, people...)
	if err != nil || seat == nil {
		return 0, err
	}
	return seat.PersonID, nil
}

// untoldKeys are those who turn a key that nobody has said anything with, and who were
// not asked for a round.
func untoldKeys(ctx context.Context, tx Tx, in forum.ForumID, round *MinutesRound) (people []forum.PersonID, err error) {
	holdings, err := forum.KeyHoldings(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	words, err := tx.MinutesWords(ctx, round.ID)
	if err != nil {
		return nil, err
	}
	told, err := tx.AddressTokensOf(ctx, MinutesKeyPurpose, int64(round.ID))
	if err != nil {
		return nil, err
	}
	keys := MinutesKeysOf(words)
	for _, h := range holdings {
		_, said := keys[h.Level]
		knows := slices.ContainsFunc(told, func(t forum.AddressToken) bool { return t.PersonID == h.Turner() })
		if !said && !knows && !slices.Contains(people, h.Turner()) {
			people = append(people, h.Turner())
		}
	}
	return people, nil
}

// MinutesToInherit lists the minutes of which an approval or a key passes to a successor.
func MinutesToInherit(ctx context.Context, tx Tx) (list []MinutesID, err error) {
	open, err := tx.MinutesOpen(ctx)
	if err != nil {
		return nil, err
	}
	h := newHeritage(tx)
	for _, of := range open {
		b, _, err := h.bequest(ctx, tx, &of)
		if err != nil {
			return nil, err
		}
		if !b.empty() {
			list = append(list, of.ID)
		}
	}
	return list, nil
}

// InheritMinutes asks those who have the seats now for the approvals that are owed,
// and those who turn the keys now for theirs, each by a mail of the own.
func InheritMinutes(ctx context.Context, tx Tx, id MinutesID) error {
	d, err := lockMinutes(ctx, tx, forum.Actor{}, id)
	if err != nil {
		return err
	}
	b, round, err := newHeritage(tx).bequest(ctx, tx, d.minutes)
	if err != nil || b.empty() {
		return err
	}
	var fresh []forum.PersonID
	asked := round.Asked
	round.Asked = nil
	for _, person := range asked {
		heir, passes := b.asked[person]
		switch {
		case !passes:
			heir = person
		case heir == 0 || slices.Contains(fresh, heir):
			continue
		default:
			fresh = append(fresh, heir)
		}
		round.Asked = append(round.Asked, heir)
	}
	if err := tx.SaveMinutesRound(ctx, round); err != nil {
		return err
	}
	if err := recordHeirs(ctx, tx, d.minutes, "minutes_inherited", fresh); err != nil {
		return err
	}
	if err := recordHeirs(ctx, tx, d.minutes, "minutes_key_inherited", b.keys); err != nil {
		return err
	}
	if err := tellApprovers(ctx, tx, d.meeting, d.minutes, round, fresh); err != nil {
		return err
	}
	return tellMinutesKeys(ctx, tx, d.meeting, d.minutes, round, b.keys)
}

func recordHeirs(ctx context.Context, tx Tx, of *Minutes, deed string, heirs []forum.PersonID) error {
	for _, heir := range heirs {
		person, err := tx.Person(ctx, heir)
		if err != nil {
			return err
		}
		if err := recordMinutes(ctx, tx, forum.Actor{}, forum.Standing{}, of, deed, map[string]string{"Person": person.Name}); err != nil {
			return err
		}
	}
	return nil
}
