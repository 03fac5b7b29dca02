package governance

import (
	"context"
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
)

// file is a follow-up in the hands of who does something to it, locked with its
// decision.
type file struct {
	by       forum.Actor
	as       forum.Standing
	decision *Decision
	followUp *FollowUp
	source   forum.Source
	mail     forum.IncomingID
}

// open locks a follow-up that somebody means to do something to on a page.
func open(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID) (*file, error) {
	f := &file{by: by, source: forum.ByWeb}
	followUp, err := tx.FollowUp(ctx, id)
	if err != nil {
		return nil, err
	}
	if f.decision, err = tx.Decision(ctx, followUp.DecisionID); err != nil {
		return nil, err
	}
	if f.followUp, err = tx.FollowUp(ctx, id); err != nil { // as it is under the lock
		return nil, err
	}
	if f.followUp.DecisionID != f.decision.ID {
		return nil, forum.Refuse(forum.Conflict, "error.follow_up.moved")
	}
	return f, nil
}

// ours is open for who may report: the owner, who sits for the same organisation
// with a right to, and the secretaries of its level.
func ours(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID) (*file, error) {
	f, err := open(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	return f, f.mayReport(ctx, tx)
}

func (f *file) mayReport(ctx context.Context, tx Tx) (err error) {
	o, err := tx.Organisation(ctx, f.followUp.OrganisationID)
	if err != nil {
		return err
	}
	if f.by.Person != 0 && f.by.Person == f.followUp.OwnerID {
		f.as = forum.Standing{Organisation: o.ID, Level: o.Level}
		return nil
	}
	own, err := f.by.StandingsOf(ctx, tx, ReportIt, f.followUp.ForumID)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(own, func(s forum.Standing) bool { return s.Organisation == o.ID }); at >= 0 {
		f.as = own[at]
		return nil
	}
	f.as, err = steers(ctx, tx, f.by, f.followUp.ForumID, o)
	return err
}

// steers is the standing of who may steer what an organisation owes: the
// secretaries of its level, or of the one that appointed it.
func steers(ctx context.Context, tx Tx, by forum.Actor, in forum.ForumID, o *forum.Organisation) (forum.Standing, error) {
	level := o.Level
	if level == forum.Advisory {
		level = o.Side
	}
	if level == "" {
		return by.May(ctx, tx, SteerIt, in)
	}
	if _, err := by.May(ctx, tx, SteerIt, in); err != nil {
		return forum.Standing{}, err
	}
	return by.MayFor(ctx, tx, SteerIt, in, level)
}

// spoken gives what somebody wrote of a follow-up, if it is fit to be read by others.
func spoken(text string, needed bool) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && needed:
		return "", forum.Refuse(forum.Invalid, "error.follow_up.empty").On("text")
	case len([]rune(text)) > longestProgress:
		return "", forum.Refuse(forum.Invalid, "error.too_long", "Most", longestProgress).On("text")
	case forum.HasIdentityNumber(text):
		return "", forum.Refuse(forum.Invalid, "error.identity_number").On("text")
	}
	return text, nil
}

// do brings the follow-up to a state and keeps the word of it.
func (f *file) do(ctx context.Context, tx Tx, deed ProgressDeed, to FollowUpState, text string) error {
	p := &Progress{
		FollowUpID: f.followUp.ID, Deed: deed, Text: text, Was: f.followUp.State, PersonID: f.by.Person, Source: f.source, MailID: f.mail, At: tx.Now(),
	}
	if to != f.followUp.State {
		f.followUp.State, f.followUp.Since, f.followUp.Reason = to, tx.Now(), ""
		if to == BlockedFollowUp || to == HandedOver {
			f.followUp.Reason = text
		}
	}
	if to != HandedOver {
		f.followUp.OfferedTo, f.followUp.OfferedOwnerID = 0, 0
	}
	if err := tx.SaveFollowUp(ctx, f.followUp); err != nil {
		return err
	}
	if err := tx.SaveProgress(ctx, p); err != nil {
		return err
	}
	o, err := tx.Organisation(ctx, f.followUp.OrganisationID)
	if err != nil {
		return err
	}
	return tx.Record(ctx, forum.Event{
		ForumID: f.followUp.ForumID, At: tx.Now(), PersonID: f.by.Person, Level: f.as.Level, Deed: "follow_up_" + strings.ReplaceAll(string(deed), "-", "_"),
		Object: FollowUpObject(f.followUp.ID), Details: map[string]string{"Number": f.decision.Number, "Organisation": o.Name},
	})
}

// state refuses what cannot be done to the follow-up as it stands.
func (f *file) state(allowed ...FollowUpState) error {
	if !slices.Contains(allowed, f.followUp.State) {
		return forum.Refuse(forum.Conflict, "error.follow_up.state."+string(f.followUp.State))
	}
	return nil
}

// ReportDone says that what was owed is done, with a note or "" for none.
func ReportDone(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, note string) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	return f.followUp, f.done(ctx, tx, note)
}

func (f *file) done(ctx context.Context, tx Tx, note string) error {
	note, err := spoken(note, false)
	if err == nil {
		err = f.state(OpenFollowUp, BlockedFollowUp, HandedOver)
	}
	if err != nil {
		return err
	}
	return f.do(ctx, tx, Done, DoneFollowUp, note)
}

// NoteFollowUp says how far it has come, which changes nothing.
func NoteFollowUp(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, text string) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	return f.followUp, f.note(ctx, tx, text)
}

func (f *file) note(ctx context.Context, tx Tx, text string) error {
	text, err := spoken(text, true)
	if err == nil {
		err = f.state(OpenFollowUp, BlockedFollowUp, HandedOver, DoneFollowUp)
	}
	if err != nil {
		return err
	}
	return f.do(ctx, tx, Noted, f.followUp.State, text)
}

// BlockFollowUp says what is in the way; the forum's secretaries are told.
func BlockFollowUp(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, reason string) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if reason, err = spoken(reason, true); err == nil {
		err = f.state(OpenFollowUp)
	}
	if err == nil {
		err = f.do(ctx, tx, Blocked, BlockedFollowUp, reason)
	}
	if err != nil {
		return nil, err
	}
	return f.followUp, f.tellSecretaries(ctx, tx, "", BlockedCause, reason)
}

// UnblockFollowUp says that nothing is in the way any more.
func UnblockFollowUp(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if err := f.state(BlockedFollowUp); err != nil {
		return nil, err
	}
	return f.followUp, f.do(ctx, tx, Unblocked, OpenFollowUp, "")
}

// ReopenFollowUp says that what was reported as done is not.
func ReopenFollowUp(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID) (*FollowUp, error) {
	f, err := ours(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	return f.followUp, f.reopen(ctx, tx)
}

func (f *file) reopen(ctx context.Context, tx Tx) error {
	if err := f.state(DoneFollowUp); err != nil {
		return err
	}
	if err := f.do(ctx, tx, Reopened, OpenFollowUp, ""); err != nil || f.by.Person == f.followUp.OwnerID {
		return err
	}
	return tellOwner(ctx, tx, f.decision, f.followUp, ReopenedCause, "", f.by)
}

// RescheduleFollowUp gives another day on which it is due, for a reason. A secretary
// of the organisation's level may.
func RescheduleFollowUp(ctx context.Context, tx Tx, by forum.Actor, id FollowUpID, due forum.Date, reason string) (*FollowUp, error) {
	f, err := open(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	o, err := tx.Organisation(ctx, f.followUp.OrganisationID)
	if err != nil {
		return nil, err
	}
	if f.as, err = steers(ctx, tx, by, f.followUp.ForumID, o); err != nil {
		return nil, err
	}
	day, err := forum.ParseDate(string(due))
	switch {
	case err != nil:
		return nil, err.(*forum.Error).On("due")
	case day < forum.DateOf(tx.Now()):
		return nil, forum.Refuse(forum.Invalid, "error.follow_up.past").On("due")
	}
	if reason, err = spoken(reason, true); err == nil {
		err = f.state(OpenFollowUp, BlockedFollowUp)
	}
	if err != nil {
		return nil, err
	}
	f.followUp.Due = day
	if err := f.do(ctx, tx, Rescheduled, f.followUp.State, reason); err != nil {
		return nil, err
	}
	return f.followUp, tellOwner(ctx, tx, f.decision, f.followUp, RescheduledCause, reason, by)
}
