package forum

import "context"

// AreaID identifies an area.
type AreaID int64

// Area is a local hospital area, or the larger community of areas around a
// trust; areas nest.
type Area struct {
	ID     AreaID
	Key    string // unique and lasting, for files and addresses
	Name   string
	Parent AreaID // 0 at the top
}

// AreaKeeper keeps areas.
type AreaKeeper interface {
	Area(ctx context.Context, id AreaID) (*Area, error)
	AreaByKey(ctx context.Context, key string) (*Area, error)
	Areas(ctx context.Context) ([]Area, error)
	SaveArea(ctx context.Context, area *Area) error
}
