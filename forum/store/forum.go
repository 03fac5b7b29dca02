package store

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Forum(ctx context.Context, id forum.ForumID) (*forum.Forum, error) {
	return where[forum.Forum](ctx, t, "forum", toRely, "id = ?", id)
}

func (t *tx) ForumByAddress(ctx context.Context, address string) (*forum.Forum, error) {
	return where[forum.Forum](ctx, t, "forum", toRely, "address = ? AND address <> ''", clean(strings.ToLower(address)))
}

// Forums lists all, each followed by those below it.
func (t *tx) Forums(ctx context.Context) ([]forum.Forum, error) {
	rows, err := list[forum.Forum](ctx, t, "forum", "area_id, position, id", "TRUE")
	below := make(map[forum.ForumID][]forum.Forum)
	for _, row := range rows {
		below[row.Parent] = append(below[row.Parent], row)
	}
	ordered := make([]forum.Forum, 0, len(rows))
	var descend func(parent forum.ForumID)
	descend = func(parent forum.ForumID) {
		for _, row := range below[parent] {
			ordered = append(ordered, row)
			descend(row.ID)
		}
	}
	descend(0)
	return ordered, err
}

func (t *tx) SaveForum(ctx context.Context, saved *forum.Forum) error {
	err := save(ctx, t, "forum", saved)
	return t.changed.forum(saved.ID, err)
}
