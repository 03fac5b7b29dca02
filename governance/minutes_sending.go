package governance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

// SendMinutes freezes minutes as they are and asks those who were there for their
// approval.
func SendMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*MinutesRound, error) {
	d, err := openMinutes(ctx, tx, by, id, SendMinutesOut)
	if err != nil {
		return nil, err
	}
	if err := d.minutes.must(WritingMinutes); err != nil {
		return nil, err
	}
	if err := d.meeting.LetMinutesOut(tx.Now()); err != nil {
		return nil, err
	}
	if err := d.allCounted(ctx, tx); err != nil {
		return nil, err
	}
	round, err := d.freeze(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := tx.SaveMinutesRound(ctx, round); err != nil {
		return nil, err
	}
	d.minutes.State, d.minutes.RoundID = SentMinutes, round.ID
	if err := d.keep(ctx, tx); err != nil {
		return nil, err
	}
	err = recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_sent", map[string]string{"People": fmt.Sprint(len(round.Asked)), "Digest": string(round.Digest)})
	if err != nil {
		return nil, err
	}
	return round, tellApprovers(ctx, tx, d.meeting, d.minutes, round, round.Asked)
}

// allCounted refuses minutes of a meeting that still takes votes, since they would
// lack what was decided by them.
func (d *minutesDesk) allCounted(ctx context.Context, tx Tx) error {
	open, err := tx.OpenBallots(ctx)
	if err != nil {
		return err
	}
	for _, b := range open {
		if b.MeetingID != d.meeting.ID {
			continue
		}
		matter, err := tx.Peek().Matter(ctx, b.MatterID)
		if err != nil {
			return err
		}
		return forum.Refuse(forum.Conflict, "error.minutes.ballot_open", "Title", strings.TrimSpace(matter.Number+" "+matter.Title)).On("send")
	}
	return nil
}

// keep saves the minutes and what their meeting has come to.
func (d *minutesDesk) keep(ctx context.Context, tx Tx) error {
	if err := tx.SaveMeeting(ctx, d.meeting); err != nil {
		return err
	}
	return tx.SaveMinutes(ctx, d.minutes)
}

// freeze makes the next round of what the minutes say now.
func (d *minutesDesk) freeze(ctx context.Context, tx Tx) (*MinutesRound, error) {
	record, err := recordOf(ctx, tx, d.meeting, d.minutes)
	if err != nil {
		return nil, err
	}
	presences, err := tx.Presences(ctx, d.meeting.ID)
	if err != nil {
		return nil, err
	}
	asked := approvers(presences)
	switch {
	case len(asked) == 0:
		return nil, forum.Refuse(forum.Invalid, "error.minutes.nobody_there").On("send")
	case !slices.ContainsFunc(record.Items, RecordedItem.Says) && record.Note == "":
		return nil, forum.Refuse(forum.Invalid, "error.minutes.empty").On("send")
	}
	if err := actionsDecided(record); err != nil {
		return nil, err
	}
	number := 1
	if d.minutes.RoundID != 0 {
		before, err := tx.MinutesRound(ctx, d.minutes.RoundID)
		if err != nil {
			return nil, err
		}
		number = before.Number + 1
	}
	return &MinutesRound{
		MinutesID: d.minutes.ID, Number: number, Record: *record, Digest: record.sealed(), Asked: asked, SentBy: d.by.Person, SentAt: tx.Now(),
	}, nil
}

// actionsDecided refuses actions without a decision that they follow from.
func actionsDecided(r *Record) error {
	for _, item := range r.Items {
		if len(item.Actions) > 0 && item.Decision == "" {
			return forum.Refuse(forum.Invalid, "error.minutes.undecided", "Title", item.Number+" "+item.Title).On("send")
		}
		if item.Decision != "" && item.Matter == 0 && len(item.Actions) > 0 {
			return forum.Refuse(forum.Invalid, "error.minutes.no_matter").On("send")
		}
	}
	return nil
}

// ReopenMinutes takes minutes that were sent up again, to be mended. What was said
// of them holds for the round that it was said of, and for no later one.
func ReopenMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*Minutes, error) {
	d, err := openMinutes(ctx, tx, by, id, SendMinutesOut)
	if err != nil {
		return nil, err
	}
	if d.minutes.State != SentMinutes && d.minutes.State != KeyedMinutes {
		return nil, forum.Refuse(forum.Conflict, "error.minutes.state."+string(d.minutes.State))
	}
	d.minutes.State = WritingMinutes
	d.meeting.TakeMinutesIn()
	if err := d.keep(ctx, tx); err != nil {
		return nil, err
	}
	return d.minutes, recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_reopened", nil)
}

// AskMinutesKeys puts minutes that were sent before the key-holders.
func AskMinutesKeys(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*MinutesRound, error) {
	d, err := openMinutes(ctx, tx, by, id, SendMinutesOut)
	if err != nil {
		return nil, err
	}
	if err := d.minutes.must(SentMinutes); err != nil {
		return nil, err
	}
	round, err := tx.MinutesRound(ctx, d.minutes.RoundID)
	if err != nil {
		return nil, err
	}
	mandate, err := forum.MandateOn(ctx, tx, d.minutes.ForumID, forum.DateOf(d.meeting.Start))
	if err != nil {
		return nil, err
	}
	round.KeyedBy, round.KeyedAt, round.Deadline = by.Person, tx.Now(), tx.Now().Add(mandate.KeyTime())
	if err := tx.SaveMinutesRound(ctx, round); err != nil {
		return nil, err
	}
	d.minutes.State = KeyedMinutes
	if err := tx.SaveMinutes(ctx, d.minutes); err != nil {
		return nil, err
	}
	err = recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_keys_asked", map[string]string{"Deadline": round.Deadline.Format(time.RFC3339)})
	if err != nil {
		return nil, err
	}
	turners, err := untoldKeys(ctx, tx, d.minutes.ForumID, round)
	if err != nil {
		return nil, err
	}
	return round, tellMinutesKeys(ctx, tx, d.meeting, d.minutes, round, turners)
}

// CorrectMinutes begins the next version of approved minutes, with all that they
// say. What it changes and why is said in it; it goes the same way as the first.
func CorrectMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, why string) (*Minutes, error) {
	d, err := openMinutes(ctx, tx, by, id, WriteMinutes)
	if err != nil {
		return nil, err
	}
	if err := d.minutes.must(ApprovedMinutes); err != nil {
		return nil, err
	}
	versions, err := tx.MinutesOf(ctx, d.meeting.ID)
	if err != nil {
		return nil, err
	}
	if versions[len(versions)-1].ID != id {
		return nil, forum.Refuse(forum.Conflict, "error.minutes.corrected")
	}
	if why, err = forum.PublicReason(why); err != nil {
		return nil, err
	}
	next := &Minutes{
		ForumID: d.minutes.ForumID, MeetingID: d.meeting.ID, Number: len(versions) + 1, State: WritingMinutes, Changes: why, StartedBy: by.Person, StartedAt: tx.Now(),
	}
	if err := tx.SaveMinutes(ctx, next); err != nil {
		return nil, err
	}
	if err := copyMinutes(ctx, tx, id, next.ID); err != nil {
		return nil, err
	}
	return next, recordMinutes(ctx, tx, by, d.as, next, "minutes_correcting", map[string]string{"Reason": why})
}

// copyMinutes lets minutes say what others do.
func copyMinutes(ctx context.Context, tx Tx, from, to MinutesID) error {
	texts, err := tx.MinutesTexts(ctx, from)
	if err != nil {
		return err
	}
	for _, t := range texts {
		t.ID, t.MinutesID = 0, to
		if err := tx.SaveMinutesText(ctx, &t); err != nil {
			return err
		}
	}
	dissents, err := tx.MinutesDissents(ctx, from)
	if err != nil {
		return err
	}
	for _, d := range dissents {
		d.ID, d.MinutesID = 0, to
		if err := tx.SaveMinutesDissent(ctx, &d); err != nil {
			return err
		}
	}
	actions, err := tx.MinutesActions(ctx, from)
	if err != nil {
		return err
	}
	for _, a := range actions {
		a.ID, a.MinutesID = 0, to
		if err := tx.SaveMinutesAction(ctx, &a); err != nil {
			return err
		}
	}
	return nil
}
