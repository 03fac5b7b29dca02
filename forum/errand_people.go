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
}

// SendMessageAgain hands a message over once more that failed.
type SendMessageAgain struct{ Message MessageID }

func (SendEnding) errandKind() ErrandKind       { return "ending" }
func (SendEndingBack) errandKind() ErrandKind   { return "ending_back" }
func (SendMembers) errandKind() ErrandKind      { return "members" }
func (SendRelease) errandKind() ErrandKind      { return "release" }
func (SendMessageAgain) errandKind() ErrandKind { return "message_again" }

func (s SendEnding) scope(ctx context.Context, tx Tx) (scope, error) { return ofSeat(ctx, tx, s.Seat) }

func ofSeat(ctx context.Context, tx Tx, id SeatID) (scope, error) {
	seat, err := tx.Seat(ctx, id)
	if err != nil {
		return scope{}, err
	}
	person, err := tx.Person(ctx, seat.PersonID)
	if err != nil {
		return scope{}, err
	}
	return scope{
		in: seat.ForumID, key: fmt.Sprintf("seat/%d", id), subject: ForumObject(seat.ForumID), about: map[string]string{"Name": person.Name}, seen: seat,
	}, nil
}

func (s SendEndingBack) scope(ctx context.Context, tx Tx) (scope, error) {
	ending, err := tx.Ending(ctx, s.Ending)
	if err != nil {
		return scope{}, err
	}
	return ofSeat(ctx, tx, ending.SeatID)
}

func (s SendMembers) scope(context.Context, Tx) (scope, error) {
	return scope{in: s.Forum, key: fmt.Sprintf("members/%d", s.Forum), subject: ForumObject(s.Forum)}, nil
}

func (s SendRelease) scope(ctx context.Context, tx Tx) (scope, error) {
	mail, err := tx.Incoming(ctx, s.Mail)
	if err != nil {
		return scope{}, err
	}
	return scope{in: mail.ForumID, subject: MailObject(s.Mail), about: map[string]string{"Title": mail.Subject}, people: 1}, nil
}

func (s SendMessageAgain) scope(ctx context.Context, tx Tx) (scope, error) {
	m, err := tx.Message(ctx, s.Message)
	if err != nil {
		return scope{}, err
	}
	return scope{in: m.ForumID, subject: Object{"message", int64(s.Message)}, about: map[string]string{"Title": m.Subject}}, nil
}

func (s SendEnding) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	ending, err := EndSeat(ctx, tx, by, s.Seat, s.Last, s.Heir)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{"seat_ended", int64(ending.ID)}, nil
}

func (s SendEndingBack) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := UndoEnding(ctx, tx, by, s.Ending)
	return Outcome{Done: "seat_restored"}, err
}

func (s SendMembers) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := ImportMembers(ctx, tx, by, s.Forum, s.Rows)
	return Outcome{Done: "members_imported"}, err
}

func (s SendRelease) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	return Outcome{Done: "mail_released"}, ReleaseHeld(ctx, tx, by, s.Mail, s.Writer)
}

func (s SendMessageAgain) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	return Outcome{Done: "message_again"}, SendAgain(ctx, tx, by, s.Message)
}
