package governance

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// SendMinutesErrand sends minutes to those who were there.
type SendMinutesErrand struct{ Minutes MinutesID }

// AskMinutesKeysErrand puts minutes before the key-holders.
type AskMinutesKeysErrand struct{ Minutes MinutesID }

// TurnMinutesKeyErrand is a key-holder's yes, or taking back. It goes out as an
// errand only where it approves the minutes.
type TurnMinutesKeyErrand struct {
	Round  MinutesRoundID
	Saying MinutesKeySaying
}

// ObjectToMinutesErrand is a key-holder's no. It counts at once, since it has to
// come before a deadline; what it tells the secretaries rests.
type ObjectToMinutesErrand struct {
	Round  MinutesRoundID
	Reason string
	Level  forum.Level
	Before MinutesKeySaying // what held before it
}

func (SendMinutesErrand) ErrandKind() forum.ErrandKind      { return "minutes" }
func (AskMinutesKeysErrand) ErrandKind() forum.ErrandKind   { return "minutes_keys" }
func (TurnMinutesKeyErrand) ErrandKind() forum.ErrandKind   { return "minutes_approval" }
func (*ObjectToMinutesErrand) ErrandKind() forum.ErrandKind { return "minutes_objection" }

// ofMinutes is an act that is about minutes as they were seen.
func ofMinutes(ctx context.Context, tx Tx, id MinutesID) (forum.ErrandScope, *Minutes, error) {
	of, err := tx.Minutes(ctx, id)
	if err != nil {
		return forum.ErrandScope{}, nil, err
	}
	m, err := tx.Meeting(ctx, of.MeetingID)
	if err != nil {
		return forum.ErrandScope{}, nil, err
	}
	return forum.ErrandScope{
		In: of.ForumID, Key: fmt.Sprintf("minutes/%d", id), Subject: forum.MeetingObject(of.MeetingID),
		About: map[string]string{"Start": m.Start.Format(time.RFC3339)},
	}, of, nil
}

// Scope of a sending holds it to what the minutes said at the press.
func (s SendMinutesErrand) Scope(ctx context.Context, of forum.Tx) (forum.ErrandScope, error) {
	tx := In(of)
	scope, minutes, err := ofMinutes(ctx, tx, s.Minutes)
	if err != nil {
		return scope, err
	}
	m, err := tx.Meeting(ctx, minutes.MeetingID)
	if err != nil {
		return scope, err
	}
	scope.Seen, err = recordOf(ctx, tx, m, minutes)
	return scope, err
}

func (s AskMinutesKeysErrand) Scope(ctx context.Context, of forum.Tx) (forum.ErrandScope, error) {
	scope, minutes, err := ofMinutes(ctx, In(of), s.Minutes)
	if err == nil {
		scope.Seen = minutes.RoundID
	}
	return scope, err
}

func (s TurnMinutesKeyErrand) Scope(ctx context.Context, of forum.Tx) (forum.ErrandScope, error) {
	round, err := In(of).MinutesRound(ctx, s.Round)
	if err != nil {
		return forum.ErrandScope{}, err
	}
	scope, _, err := ofMinutes(ctx, In(of), round.MinutesID)
	return scope, err
}

// Scope of an objection is the round's, apart from what the other level does.
func (s *ObjectToMinutesErrand) Scope(ctx context.Context, of forum.Tx) (forum.ErrandScope, error) {
	scope, err := TurnMinutesKeyErrand{Round: s.Round}.Scope(ctx, of)
	scope.Key = fmt.Sprintf("minutes-objection/%d", s.Round)
	return scope, err
}

func (s SendMinutesErrand) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := SendMinutes(ctx, In(tx), by, s.Minutes)
	return forum.Outcome{Done: "minutes_sent"}, err
}

func (s AskMinutesKeysErrand) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := AskMinutesKeys(ctx, In(tx), by, s.Minutes)
	return forum.Outcome{Done: "minutes_keys_asked"}, err
}

func (s TurnMinutesKeyErrand) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	of, err := TurnMinutesKey(ctx, In(tx), by, s.Round, s.Saying)
	switch {
	case err != nil:
		return forum.Outcome{}, err
	case of.State == ApprovedMinutes:
		return forum.Outcome{Done: "minutes_approved"}, nil
	case s.Saying.Answer == forum.TakeBack:
		return forum.Outcome{Done: "minutes_key_taken_back"}, nil
	}
	return forum.Outcome{Done: "minutes_key_turned"}, nil
}

func (s *ObjectToMinutesErrand) CarryOut(ctx context.Context, of forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	tx := In(of)
	round, err := tx.MinutesRound(ctx, s.Round)
	if err != nil {
		return forum.Outcome{}, err
	}
	minutes, err := tx.Minutes(ctx, round.MinutesID)
	if err != nil {
		return forum.Outcome{}, err
	}
	as, _, err := forum.KeyOf(ctx, tx, by, minutes.ForumID)
	if err != nil {
		return forum.Outcome{}, err
	}
	words, err := tx.MinutesWords(ctx, s.Round)
	if err != nil {
		return forum.Outcome{}, err
	}
	s.Level, s.Before = as.Level, MinutesKeySaying{Answer: forum.TakeBack}
	if held, said := MinutesKeysOf(words)[as.Level]; said {
		s.Before = MinutesKeySaying{held.Answer, held.Reason}
	}
	_, err = TurnMinutesKey(ctx, tx, by, s.Round, MinutesKeySaying{forum.Objects, s.Reason})
	return forum.Outcome{Done: "minutes_objected"}, err
}

func (s *ObjectToMinutesErrand) TakeBack(ctx context.Context, tx forum.Tx, by forum.Actor) error {
	_, err := TurnMinutesKey(ctx, In(tx), by, s.Round, s.Before)
	return err
}

// Holds while the objection stands.
func (s *ObjectToMinutesErrand) Holds(ctx context.Context, tx forum.Tx) (bool, error) {
	words, err := In(tx).MinutesWords(ctx, s.Round)
	return MinutesKeysOf(words)[s.Level].Answer == forum.Objects, err
}
