package forum

import (
	"context"
	"fmt"
)

// SendEnding ends a seat.
type SendEnding struct {
	Seat SeatID
	Last Date
	Heir Heir
}

// SendEndingBack takes a seat's ending back.
type SendEndingBack struct{ Ending EndingID }

// SendMembers seats those whom a list names.
type SendMembers struct {
	Forum ForumID
	Rows  []MemberRow
}

// SendRelease lets a held mail through as somebody's; its writer gets a receipt
// when it is read again.
type SendRelease struct {
	Mail   IncomingID
	Writer PersonID
	Learn  bool // that the address it is from is the writer's
}

// SendMessageAgain hands a message over once more that failed.
type SendMessageAgain struct{ Message MessageID }

func (SendEnding) ErrandKind() ErrandKind       { return "ending" }
func (SendEndingBack) ErrandKind() ErrandKind   { return "ending_back" }
func (SendMembers) ErrandKind() ErrandKind      { return "members" }
func (SendRelease) ErrandKind() ErrandKind      { return "release" }
func (SendMessageAgain) ErrandKind() ErrandKind { return "message_again" }

func (s SendEnding) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofSeat(ctx, tx, s.Seat)
}

func ofSeat(ctx context.Context, tx Tx, id SeatID) (ErrandScope, error) {
	seat, err := tx.Seat(ctx, id)
	if err != nil {
		return ErrandScope{}, err
	}
	person, err := tx.Person(ctx, seat.PersonID)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{
		In: seat.ForumID, Key: fmt.Sprintf("seat/%d", id), Subject: ForumObject(seat.ForumID), About: map[string]string{"Name": person.Name}, Seen: seat,
	}, nil
}

func (s SendEndingBack) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	ending, err := tx.Ending(ctx, s.Ending)
	if err != nil {
		return ErrandScope{}, err
	}
	return ofSeat(ctx, tx, ending.SeatID)
}

func (s SendMembers) Scope(context.Context, Tx) (ErrandScope, error) {
	return ErrandScope{In: s.Forum, Key: fmt.Sprintf("members/%d", s.Forum), Subject: ForumObject(s.Forum)}, nil
}

func (s SendRelease) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	mail, err := tx.Incoming(ctx, s.Mail)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{In: mail.ForumID, Subject: MailObject(s.Mail), About: map[string]string{"Title": mail.Subject}, People: 1}, nil
}

func (s SendMessageAgain) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	m, err := tx.Message(ctx, s.Message)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{In: m.ForumID, Subject: Object{"message", int64(s.Message)}, About: map[string]string{"Title": m.Subject}}, nil
}

func (s SendEnding) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	ending, err := EndSeat(ctx, tx, by, s.Seat, s.Last, s.Heir)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{"seat_ended", int64(ending.ID)}, nil
}

func (s SendEndingBack) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := UndoEnding(ctx, tx, by, s.Ending)
	return Outcome{Done: "seat_restored"}, err
}

func (s SendMembers) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := ImportMembers(ctx, tx, by, s.Forum, s.Rows)
	return Outcome{Done: "members_imported"}, err
}

func (s SendRelease) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	if s.Learn {
		if err := LearnWriter(ctx, tx, by, s.Mail, s.Writer); err != nil {
			return Outcome{}, err
		}
	}
	return Outcome{Done: "mail_released"}, ReleaseHeld(ctx, tx, by, s.Mail, s.Writer)
}

func (s SendMessageAgain) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	return Outcome{Done: "message_again"}, SendAgain(ctx, tx, by, s.Message)
}
