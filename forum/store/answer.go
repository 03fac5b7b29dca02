package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Answers(ctx context.Context, meeting forum.MeetingID) ([]forum.Answer, error) {
	return list[forum.Answer](ctx, t, "answer", "id", "meeting_id = ?", meeting)
}

func (t *tx) SaveAnswer(ctx context.Context, answer *forum.Answer) error {
	return save(ctx, t, "answer", answer)
}

func (t *tx) TimeProposals(ctx context.Context, meeting forum.MeetingID) ([]forum.TimeProposal, error) {
	return list[forum.TimeProposal](ctx, t, "time_proposal", "id", "meeting_id = ?", meeting)
}

func (t *tx) SaveTimeProposal(ctx context.Context, proposal *forum.TimeProposal) error {
	return save(ctx, t, "time_proposal", proposal)
}
