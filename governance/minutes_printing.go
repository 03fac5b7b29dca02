package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// MinutesPrint is what the PDF of approved minutes says: what anybody may read.
type MinutesPrint struct {
	Minutes   Minutes
	Meeting   forum.Meeting
	Forum     forum.Forum
	Record    Record
	Digest    forum.Digest // of the whole record
	Keys      []MinutesKeyRow
	Decisions []Decision
}

// PrepareMinutesPrint reads what is to be printed of approved minutes.
func PrepareMinutesPrint(ctx context.Context, tx Tx, id MinutesID) (*MinutesPrint, error) {
	of, err := tx.Minutes(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := of.must(ApprovedMinutes); err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, of.MeetingID)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, of.ForumID)
	if err != nil {
		return nil, err
	}
	round, err := tx.MinutesRound(ctx, of.RoundID)
	if err != nil {
		return nil, err
	}
	order := &MinutesPrint{Minutes: *of, Meeting: *m, Forum: *in, Digest: round.Digest}
	record, err := withhold(ctx, tx, round.Record)
	if err != nil {
		return nil, err
	}
	order.Record = record.Public()
	words, err := tx.MinutesWords(ctx, round.ID)
	if err != nil {
		return nil, err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	keys := MinutesKeysOf(words)
	for _, level := range forum.KeyLevels() {
		row := MinutesKeyRow{Level: level}
		if w, said := keys[level]; said {
			row.Word, row.By = &w, people[w.PersonID].Name
		}
		order.Keys = append(order.Keys, row)
	}
	order.Decisions, err = tx.DecisionsOf(ctx, id)
	return order, err
}

// KeepMinutesPrint keeps where the PDF of minutes is. It is made once.
func KeepMinutesPrint(ctx context.Context, tx Tx, id MinutesID, pdf forum.Digest, size int64) error {
	d, err := lockMinutes(ctx, tx, forum.Actor{}, id)
	if err != nil || d.minutes.PDF != "" {
		return err
	}
	d.minutes.PDF, d.minutes.PDFSize = pdf, size
	return tx.SaveMinutes(ctx, d.minutes)
}
