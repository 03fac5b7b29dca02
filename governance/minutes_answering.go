package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// MinutesSaying is what somebody says of a round of minutes.
type MinutesSaying struct {
	Reply MinutesReply
	Text  string // of a remark
}

// AnswerMinutes keeps what somebody who was there says of a round: an approval, a
// remark, or neither any more.
func AnswerMinutes(ctx context.Context, tx Tx, by forum.Actor, round MinutesRoundID, saying MinutesSaying) (*MinutesRound, error) {
	r, _, err := answerMinutes(ctx, tx, by, round, saying, forum.ByWeb, 0)
	return r, err
}

func answerMinutes(
	ctx context.Context, tx Tx, by forum.Actor, id MinutesRoundID, saying MinutesSaying, source forum.Source, mail forum.IncomingID,
) (*MinutesRound, *minutesDesk, error) {
	round, d, err := lockRound(ctx, tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	if d.as, err = by.MayAt(ctx, tx, ApproveMinutes, d.meeting); err != nil {
		return nil, nil, err
	}
	if !slices.Contains(round.Asked, by.Person) {
		return nil, nil, forum.Refuse(forum.Forbidden, "error.minutes.not_asked")
	}
	if err := round.takes(d.minutes); err != nil {
		return nil, nil, err
	}
	if saying, err = saying.fit(); err != nil {
		return nil, nil, err
	}
	answers, err := tx.MinutesAnswers(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	held, said := HoldingAnswers(answers)[by.Person]
	if said && held.Reply == saying.Reply && held.Text == saying.Text || !said && saying.Reply == TakeBackReply {
		return round, d, nil
	}
	err = tx.SaveMinutesAnswer(ctx, &MinutesAnswer{
		RoundID: id, PersonID: by.Person, Reply: saying.Reply, Text: saying.Text, Source: source, MailID: mail, SaidAt: tx.Now(),
	})
	if err != nil {
		return nil, nil, err
	}
	deed := map[MinutesReply]string{ApproveMinutesReply: "minutes_approved_by", RemarkReply: "minutes_remarked", TakeBackReply: "minutes_taken_back"}[saying.Reply]
	return round, d, recordMinutes(ctx, tx, by, d.as, d.minutes, deed, nil)
}

// fit refuses a saying that says nothing that is known.
func (s MinutesSaying) fit() (MinutesSaying, error) {
	if !slices.Contains(MinutesReplies, s.Reply) {
		return s, forum.Refuse(forum.Invalid, "error.minutes.reply").On("reply")
	}
	if s.Reply != RemarkReply {
		s.Text = ""
		return s, nil
	}
	var err error
	s.Text, err = minutesLine(s.Text, longestMinutesText, "remark")
	return s, err
}

// lockRound locks the meeting of a round, and gives the round and its minutes as
// they are then.
func lockRound(ctx context.Context, tx Tx, by forum.Actor, id MinutesRoundID) (*MinutesRound, *minutesDesk, error) {
	found, err := tx.MinutesRound(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	d, err := lockMinutes(ctx, tx, by, found.MinutesID)
	if err != nil {
		return nil, nil, err
	}
	round, err := tx.MinutesRound(ctx, id)
	return round, d, err
}

// takes tells why a round is not spoken of any more, nil when it is: an answer to
// an older version never counts for a newer one.
func (r *MinutesRound) takes(of *Minutes) error {
	switch {
	case of.RoundID != r.ID:
		return forum.Refuse(forum.Conflict, "error.minutes.older")
	case of.State == WritingMinutes:
		return forum.Refuse(forum.Conflict, "error.minutes.mended")
	case of.State == ApprovedMinutes:
		return forum.Refuse(forum.Conflict, "error.minutes.approved_already")
	}
	return nil
}
