package forum

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// AnswerMeeting is an answer given on the meeting's page, to the meeting as it
// is now; the comment is for the secretaries alone.
func AnswerMeeting(ctx context.Context, tx Tx, by Actor, id MeetingID, reply Reply, comment string) (*Answer, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.MayAt(ctx, tx, AttendIt, m)
	if err != nil {
		return nil, err
	}
	switch m.closedTo(m.Sequence, tx.Now()) {
	case meetingOff, aheadOfUs:
		return nil, m.conflict()
	case meetingOver:
		return nil, Refuse(Conflict, "error.answer.over")
	}
	if err := invitedTo(ctx, tx, m, by.Person); err != nil {
		return nil, err
	}
	comment = strings.TrimSpace(comment)
	switch {
	case !slices.Contains(Replies, reply):
		return nil, Refuse(Invalid, "error.answer.choose").On("answer")
	case utf8.RuneCountInString(comment) > longestComment:
		return nil, Refuse(Invalid, "error.too_long", "Most", longestComment).On("comment")
	case HasIdentityNumber(comment):
		return nil, Refuse(Invalid, "error.identity_number").On("comment")
	}
	a := &Answer{MeetingID: id, PersonID: by.Person, Reply: reply, Sequence: m.Sequence, Stamp: tx.Now(), Comment: comment, Source: ByWeb, CameAt: tx.Now()}
	return a, takeAnswer(ctx, tx, m, a, standing.Level)
}

// invitedTo refuses who has no invitation, or one that was withdrawn.
func invitedTo(ctx context.Context, tx Tx, m *Meeting, person PersonID) error {
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(invitations, func(i Invitation) bool { return i.PersonID == person && !i.Withdrawn }) {
		return Refuse(Forbidden, "error.forbidden.attend_meeting")
	}
	return nil
}

// takeAnswer keeps an answer, and lets those who stand in follow.
func takeAnswer(ctx context.Context, tx Tx, m *Meeting, a *Answer, level Level) error {
	if err := tx.SaveAnswer(ctx, a); err != nil {
		return err
	}
	err := tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: a.PersonID, Level: level, Deed: "meeting_answered", Object: AnswerObject(a.ID),
		Details: map[string]string{"Answer": string(a.Reply), "Start": m.Start.Format(time.RFC3339)},
	})
	if err != nil {
		return err
	}
	return callUp(ctx, tx, m)
}
