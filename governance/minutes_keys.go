package governance

import (
	"context"
	"errors"
	"slices"

	"github.com/samraad/samraad/forum"
)

// MinutesKeySaying is what a key-holder says of a round of minutes.
type MinutesKeySaying struct {
	Answer forum.KeyAnswer
	Reason string // of an objection
}

// TurnMinutesKey keeps the word of a key-holder, or of the stand-in of one who is
// away. When both levels have approved, the minutes are approved and frozen. The
// secretaries hear of an objection.
func TurnMinutesKey(ctx context.Context, tx Tx, by forum.Actor, round MinutesRoundID, saying MinutesKeySaying) (*Minutes, error) {
	return turnMinutesKey(ctx, tx, by, round, saying, forum.ByWeb, 0)
}

func turnMinutesKey(
	ctx context.Context, tx Tx, by forum.Actor, id MinutesRoundID, saying MinutesKeySaying, source forum.Source, mail forum.IncomingID,
) (*Minutes, error) {
	round, d, err := lockRound(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	var standIn bool
	if d.as, standIn, err = forum.KeyOf(ctx, tx, by, d.minutes.ForumID); err != nil {
		return nil, err
	}
	if err := round.takesKeys(tx, d.minutes); err != nil {
		return nil, err
	}
	if !slices.Contains(forum.KeyAnswers, saying.Answer) {
		return nil, forum.Refuse(forum.Invalid, "error.keys.choose").On("answer")
	}
	if saying.Answer != forum.Objects {
		saying.Reason = ""
	} else if saying.Reason, err = forum.PublicReason(saying.Reason); err != nil {
		return nil, err
	}
	words, err := tx.MinutesWords(ctx, id)
	if err != nil {
		return nil, err
	}
	keys := MinutesKeysOf(words)
	if keys.HeldBy(by.Person, d.as.Level.Other()) {
		return nil, forum.Refuse(forum.Forbidden, "error.forbidden.turn_keys") // one hand turns one key
	}
	held, said := keys[d.as.Level]
	if said && held.Answer == saying.Answer && held.Reason == saying.Reason || !said && saying.Answer == forum.TakeBack {
		return d.minutes, nil
	}
	w := MinutesWord{
		RoundID: id, Level: d.as.Level, PersonID: by.Person, StandIn: standIn, Answer: saying.Answer, Reason: saying.Reason, Source: source, MailID: mail, SaidAt: tx.Now(),
	}
	if err := tx.SaveMinutesWord(ctx, &w); err != nil {
		return nil, err
	}
	deed := map[forum.KeyAnswer]string{forum.Approve: "minutes_key_turned", forum.Objects: "minutes_objected", forum.TakeBack: "minutes_key_taken_back"}[w.Answer]
	if err := recordMinutes(ctx, tx, by, d.as, d.minutes, deed, map[string]string{"Reason": w.Reason}); err != nil {
		return nil, err
	}
	if w.Answer == forum.Objects {
		return d.minutes, tellMinutesObjection(ctx, tx, d.meeting, d.minutes, round, w)
	}
	if MinutesKeysOf(append(words, w)).Open() {
		return d.minutes, d.approve(ctx, tx, round)
	}
	return d.minutes, nil
}

// takesKeys tells why a key-holder's word on a round is not taken, nil when it is.
func (r *MinutesRound) takesKeys(clock forum.Clock, of *Minutes) error {
	if err := r.takes(of); err != nil {
		return err
	}
	switch {
	case of.State != KeyedMinutes:
		return forum.Refuse(forum.Conflict, "error.minutes.not_keyed")
	case !clock.Now().Before(r.Deadline):
		return forum.Refuse(forum.Conflict, "error.keys.too_late")
	}
	return nil
}

// approve freezes minutes for good: the record that was approved holds, decisions
// get their numbers, and all who were invited are told. The PDF is made by a job.
func (d *minutesDesk) approve(ctx context.Context, tx Tx, round *MinutesRound) error {
	if !round.Holds() {
		return errors.New("governance: the record of minutes is not the one that was approved")
	}
	if err := holdAnswered(ctx, tx, d.meeting.ID); err != nil {
		return err
	}
	d.minutes.State, d.minutes.ApprovedAt = ApprovedMinutes, tx.Now()
	d.meeting.ApproveMinutes()
	if err := d.keep(ctx, tx); err != nil {
		return err
	}
	if err := recordMinutes(ctx, tx, d.by, d.as, d.minutes, "minutes_approved", map[string]string{"Digest": string(round.Digest)}); err != nil {
		return err
	}
	if err := enactMinutes(ctx, tx, d.by, d.meeting, d.minutes, round); err != nil {
		return err
	}
	if err := tellApproved(ctx, tx, d.meeting, d.minutes, round); err != nil {
		return err
	}
	return tx.Enqueue(ctx, PrintMinutes(d.minutes.ID))
}

// enactMinutes makes decisions of what was decided in matters.
func enactMinutes(ctx context.Context, tx Tx, by forum.Actor, m *forum.Meeting, of *Minutes, round *MinutesRound) error {
	var list []Enactment
	for _, item := range round.Record.Items {
		if item.Decision == "" || item.Matter == 0 {
			continue
		}
		e := Enactment{ForumID: of.ForumID, MeetingID: m.ID, MatterID: item.Matter, MotionID: item.DecidedBy(), Text: item.Decision}
		for _, a := range item.Actions {
			e.Actions = append(e.Actions, Action{OrganisationID: a.OrganisationID, OwnerID: a.OwnerID, Text: a.Text, Due: a.Due})
		}
		list = append(list, e)
	}
	_, err := Enact(ctx, tx, by, of.ID, list)
	return err
}

// closeMinutes ends the wait for the keys at its deadline: silence approves, and
// what is objected to stays where it is until the secretaries take it up again.
// Doing it again changes nothing.
func closeMinutes(ctx context.Context, tx Tx, id MinutesID) error {
	d, err := lockMinutes(ctx, tx, forum.Actor{}, id)
	if err != nil || d.minutes.State != KeyedMinutes {
		return err
	}
	round, err := tx.MinutesRound(ctx, d.minutes.RoundID)
	if err != nil || tx.Now().Before(round.Deadline) {
		return err
	}
	words, err := tx.MinutesWords(ctx, round.ID)
	if err != nil || len(MinutesKeysOf(words).Objections()) > 0 {
		return err
	}
	return d.approve(ctx, tx, round)
}
