package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Minutes(ctx context.Context, id governance.MinutesID) (*governance.Minutes, error) {
	return store.Where[governance.Minutes](ctx, t.rows, "minutes", store.Guarded, "id = ?", id)
}

func (t *tx) MinutesOf(ctx context.Context, meeting forum.MeetingID) ([]governance.Minutes, error) {
	return store.List[governance.Minutes](ctx, t.rows, "minutes", "number", "meeting_id = ?", meeting)
}

func (t *tx) MinutesOpen(ctx context.Context) ([]governance.Minutes, error) {
	return store.List[governance.Minutes](ctx, t.rows, "minutes", "id", "state <> 'approved'")
}

func (t *tx) MinutesUnprinted(ctx context.Context, before time.Time) ([]governance.MinutesID, error) {
	unprinted, err := store.List[governance.Minutes](ctx, t.rows, "minutes", "id", "state = 'approved' AND pdf = '' AND approved_at < ?", store.Instant(before))
	var ids []governance.MinutesID
	for _, m := range unprinted {
		ids = append(ids, m.ID)
	}
	return ids, err
}

func (t *tx) SaveMinutes(ctx context.Context, minutes *governance.Minutes) error {
	return store.Save(ctx, t.rows, "minutes", minutes)
}

func (t *tx) MinutesRound(ctx context.Context, id governance.MinutesRoundID) (*governance.MinutesRound, error) {
	return store.Where[governance.MinutesRound](ctx, t.rows, "minutes_round", store.Guarded, "id = ?", id)
}

func (t *tx) SaveMinutesRound(ctx context.Context, round *governance.MinutesRound) error {
	return store.Save(ctx, t.rows, "minutes_round", round)
}

func (t *tx) MinutesTexts(ctx context.Context, minutes governance.MinutesID) ([]governance.MinutesText, error) {
	return store.List[governance.MinutesText](ctx, t.rows, "minutes_text", "item, field", "minutes_id = ?", minutes)
}

func (t *tx) SaveMinutesText(ctx context.Context, text *governance.MinutesText) error {
	return store.Save(ctx, t.rows, "minutes_text", text)
}

func (t *tx) MinutesDissents(ctx context.Context, minutes governance.MinutesID) ([]governance.MinutesDissent, error) {
	return store.List[governance.MinutesDissent](ctx, t.rows, "minutes_dissent", "id", "minutes_id = ?", minutes)
}

func (t *tx) SaveMinutesDissent(ctx context.Context, dissent *governance.MinutesDissent) error {
	return store.Save(ctx, t.rows, "minutes_dissent", dissent)
}

func (t *tx) DropMinutesDissent(ctx context.Context, id governance.MinutesDissentID) error {
	return store.Drop[governance.MinutesDissent](ctx, t.rows, "minutes_dissent", "id = ?", id)
}

func (t *tx) MinutesActions(ctx context.Context, minutes governance.MinutesID) ([]governance.MinutesAction, error) {
	return store.List[governance.MinutesAction](ctx, t.rows, "minutes_action", "id", "minutes_id = ?", minutes)
}

func (t *tx) SaveMinutesAction(ctx context.Context, action *governance.MinutesAction) error {
	return store.Save(ctx, t.rows, "minutes_action", action)
}

func (t *tx) DropMinutesAction(ctx context.Context, id governance.MinutesActionID) error {
	return store.Drop[governance.MinutesAction](ctx, t.rows, "minutes_action", "id = ?", id)
}

func (t *tx) MinutesAnswers(ctx context.Context, round governance.MinutesRoundID) ([]governance.MinutesAnswer, error) {
	return store.List[governance.MinutesAnswer](ctx, t.rows, "minutes_answer", "id", "round_id = ?", round)
}

func (t *tx) SaveMinutesAnswer(ctx context.Context, answer *governance.MinutesAnswer) error {
	return store.Save(ctx, t.rows, "minutes_answer", answer)
}

func (t *tx) MinutesWords(ctx context.Context, round governance.MinutesRoundID) ([]governance.MinutesWord, error) {
	return store.List[governance.MinutesWord](ctx, t.rows, "minutes_word", "id", "round_id = ?", round)
}

func (t *tx) SaveMinutesWord(ctx context.Context, word *governance.MinutesWord) error {
	return store.Save(ctx, t.rows, "minutes_word", word)
}
