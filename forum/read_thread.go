package forum

import (
	"context"
	"slices"
)

// ThreadPage is one thread of comments to a matter's draft.
type ThreadPage struct {
	DraftPage
	Thread ThreadRow
}

// ReadThread opens a thread for who may read what the draft says.
func ReadThread(ctx context.Context, tx Tx, by Actor, id ThreadID) (*ThreadPage, error) {
	thread, err := tx.DraftThread(ctx, id)
	if err != nil {
		return nil, err
	}
	page, err := ReadDraftPage(ctx, tx, by, thread.MatterID)
	if err != nil {
		return nil, err
	}
	rows := slices.Clone(page.Threads)
	for _, s := range page.Sections {
		rows = append(rows, s.Threads...)
	}
	at := slices.IndexFunc(rows, func(r ThreadRow) bool { return r.ID == id })
	if at < 0 {
		return nil, Refuse(Forbidden, "error.forbidden.read_exempt")
	}
	return &ThreadPage{*page, rows[at]}, nil
}
