package forum

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SendPlace takes a matter to an agenda. The agenda is put together at once, as
// one matter after the other is taken; that the proposer hears of it rests.
type SendPlace struct {
	Matter  MatterID
	Meeting MeetingID
	Number  string    // that the matter got by it, "" for one that it had already
	Removal RemovalID // that it ended, 0 for none
}

// SendAgenda saves an agenda. It is written on at once; that guests hear of new
// times rests, and undoing writes the lines back that were there before.
type SendAgenda struct {
	Meeting MeetingID
	Base    int
	Entries []LineEntry
	Before  []LineEntry
	Saved   int // revision
}

// SendBack puts a matter back into the inbox.
type SendBack struct{ Matter MatterID }

// SendRemoval returns, relocates or merges a matter, or asks for it.
type SendRemoval struct {
	Matter  MatterID
	Removal Removal
}

// SendConsent is the other level's answer to a removal.
type SendConsent struct {
	Removal   RemovalID
	Agree     bool
	Objection string
}

// SendDecision is a key-holder's word on a contested removal.
type SendDecision struct {
	Removal RemovalID
	Remove  bool
}

func (*SendPlace) ErrandKind() ErrandKind   { return "place" }
func (*SendAgenda) ErrandKind() ErrandKind  { return "agenda" }
func (SendBack) ErrandKind() ErrandKind     { return "back" }
func (SendRemoval) ErrandKind() ErrandKind  { return "removal" }
func (SendConsent) ErrandKind() ErrandKind  { return "consent" }
func (SendDecision) ErrandKind() ErrandKind { return "decision" }

// ofMatter is an act that is about a matter, by its public title.
func ofMatter(ctx context.Context, tx Tx, id MatterID) (ErrandScope, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{In: m.ForumID, Subject: MatterObject(id), About: map[string]string{"Title": m.Title}}, nil
}

func ofRemoval(ctx context.Context, tx Tx, id RemovalID) (ErrandScope, error) {
	r, err := tx.Removal(ctx, id)
	if err != nil {
		return ErrandScope{}, err
	}
	return ofMatter(ctx, tx, r.MatterID)
}

// Scope locks what placing the matter will lock, in that order: the meeting, and
// the matters of its agenda with this one.
func (s *SendPlace) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	if _, err := tx.Meeting(ctx, s.Meeting); err != nil && !IsKind(err, NotFound) {
		return ErrandScope{}, err
	}
	if err := holdAgenda(ctx, tx, s.Meeting, s.Matter); err != nil {
		return ErrandScope{}, err
	}
	return ofMatter(ctx, tx, s.Matter)
}

func (s *SendAgenda) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	of, err := ofMeeting(ctx, tx, s.Meeting)
	of.Seen, of.Key = nil, fmt.Sprintf("agenda/%d", s.Meeting)
	return of, err
}

// Scope notes where the matter stands, so that it is not taken off another agenda.
func (s SendBack) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	matter, item, _, err := placeLocked(ctx, tx, s.Matter)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{In: matter.ForumID, Subject: MatterObject(s.Matter), About: map[string]string{"Title": matter.Title}, Seen: item}, nil
}

func (s SendRemoval) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofMatter(ctx, tx, s.Matter)
}
func (s SendConsent) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofRemoval(ctx, tx, s.Removal)
}
func (s SendDecision) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofRemoval(ctx, tx, s.Removal)
}

func (s *SendPlace) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	before, err := tx.Matter(ctx, s.Matter)
	if err != nil {
		return Outcome{}, err
	}
	numbered := before.Number != ""
	if open, err := tx.OpenRemoval(ctx, s.Matter); err == nil {
		s.Removal = open.ID
	} else if !IsKind(err, NotFound) {
		return Outcome{}, err
	}
	placed, err := PlaceMatter(ctx, tx, by, s.Matter, s.Meeting)
	if err == nil && !numbered {
		s.Number = placed.Number
	}
	return Outcome{"matter_placed", int64(s.Matter)}, err
}

// TakeBack gives the number back too, unless a later one was given meanwhile:
// then the matter keeps it, so that none is missing.
func (s *SendPlace) TakeBack(ctx context.Context, tx Tx, by Actor) error {
	m, err := PutBack(ctx, tx, by, s.Matter)
	if err != nil {
		return err
	}
	if s.Removal != 0 {
		ended, err := tx.Removal(ctx, s.Removal)
		if err != nil {
			return err
		}
		ended.State = AskedRemoval
		if err := tx.SaveRemoval(ctx, ended); err != nil {
			return err
		}
	}
	if s.Number == "" {
		return nil
	}
	meeting, err := tx.Meeting(ctx, s.Meeting)
	if err != nil {
		return err
	}
	serial, _, _ := strings.Cut(s.Number, "/")
	number, err := strconv.Atoi(serial)
	if err != nil {
		return err
	}
	back, err := tx.GiveBackNumber(ctx, matterNumbers(m.ForumID, meeting.Start), number)
	if err != nil || !back {
		return err
	}
	m.Number = ""
	return tx.SaveMatter(ctx, m)
}

func (*SendPlace) Holds(context.Context, Tx) (bool, error) { return true, nil }

func (s *SendAgenda) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	m, err := tx.Meeting(ctx, s.Meeting)
	if err != nil {
		return Outcome{}, err
	}
	before, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return Outcome{}, err
	}
	order, err := SaveAgenda(ctx, tx, by, s.Meeting, s.Base, s.Entries)
	if err != nil {
		return Outcome{}, err
	}
	s.Before, s.Saved = entriesOf(before.Lines), order.Revision
	return Outcome{Done: "agenda_saved"}, nil
}

// TakeBack writes the lines back, unless another has saved since.
func (s *SendAgenda) TakeBack(ctx context.Context, tx Tx, by Actor) error {
	_, err := SaveAgenda(ctx, tx, by, s.Meeting, s.Saved, s.Before)
	return err
}

func (*SendAgenda) Holds(context.Context, Tx) (bool, error) { return true, nil }

// entriesOf are lines as an editor writes them.
func entriesOf(lines []Line) []LineEntry {
	entries := make([]LineEntry, len(lines))
	for i, l := range lines {
		entries[i] = LineEntry{Key: l.Key, Title: l.Title, Kind: l.Kind, Minutes: l.Minutes, Presenter: l.Presenter.Name}
	}
	return slices.Clip(entries)
}

func (s SendBack) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := PutBack(ctx, tx, by, s.Matter)
	return Outcome{Done: "matter_put_back"}, err
}

func (s SendRemoval) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	r, err := AskRemoval(ctx, tx, by, s.Matter, s.Removal)
	if err == nil && r.State != DoneRemoval {
		return Outcome{"removal_asked", int64(r.ID)}, nil
	}
	return removedOutcome(r, err), err
}

func (s SendConsent) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	r, err := AnswerRemoval(ctx, tx, by, s.Removal, s.Agree, s.Objection)
	if err == nil && r.State == ContestedRemoval {
		return Outcome{Done: "removal_contested"}, nil
	}
	return removedOutcome(r, err), err
}

func (s SendDecision) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	r, err := DecideContested(ctx, tx, by, s.Removal, s.Remove)
	if err == nil && r.State == ContestedRemoval {
		return Outcome{Done: "removal_key"}, nil
	}
	if err == nil && r.State == KeptRemoval {
		return Outcome{Done: "removal_kept"}, nil
	}
	return removedOutcome(r, err), err
}

// removedOutcome tells how a matter left the inbox.
func removedOutcome(r *Removal, err error) Outcome {
	switch {
	case err != nil:
		return Outcome{}
	case r.Way == Return:
		return Outcome{"matter_returned", int64(r.MatterID)}
	case r.Way == Merge:
		return Outcome{Done: "matter_merged"}
	}
	return Outcome{Done: "matter_relocated"}
}
