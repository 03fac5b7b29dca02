package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestHeadOn lets two acts lock the same two meetings the wrong way round, each
// waiting until the other has its first: PostgreSQL gives one up, which runs
// again, and both are kept.
func TestHeadOn(t *testing.T) {
	db := migrated(t, storetest.Postgres(t), store.Options{})
	var meetings [2]forum.MeetingID
	write(t, db, func(ctx context.Context, tx forum.Tx) error {
		area := forum.Area{Key: "voss", Name: "Voss"}
		if err := tx.SaveArea(ctx, &area); err != nil {
			return err
		}
		in := forum.Forum{AreaID: area.ID, Key: "raad", Name: "Rådet", Kind: forum.Council, Language: forum.Nynorsk}
		if err := tx.SaveForum(ctx, &in); err != nil {
			return err
		}
		for n := range meetings {
			m := forum.Meeting{ForumID: in.ID, UID: "uid" + string(rune('0'+n)), State: forum.DraftMeeting, Slot: forum.Slot{Start: time.Unix(0, 0).UTC(), End: time.Unix(3600, 0).UTC()}}
			if err := tx.SaveMeeting(ctx, &m); err != nil {
				return err
			}
			meetings[n] = m.ID
		}
		return nil
	})
	var both sync.WaitGroup
	var runs [2]int
	var met [2]sync.Once
	locked := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
	for n := range 2 {
		both.Go(func() {
			err := db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
				runs[n]++
				if _, err := tx.Meeting(ctx, meetings[n]); err != nil {
					return err
				}
				met[n].Do(func() { close(locked[n]) })
				<-locked[1-n]
				m, err := tx.Meeting(ctx, meetings[1-n])
				if err != nil {
					return err
				}
				m.Sequence++
				return tx.SaveMeeting(ctx, m)
			})
			if err != nil {
				t.Errorf("the act was not kept: %v", err)
			}
		})
	}
	both.Wait()
	if runs[0]+runs[1] < 3 {
		t.Errorf("the acts ran %v times: they did not meet", runs)
	}
	write(t, db, func(ctx context.Context, tx forum.Tx) error {
		for _, id := range meetings {
			if m, err := tx.Meeting(ctx, id); err != nil || m.Sequence != 1 {
				t.Errorf("the meeting is %+v, %v", m, err)
			}
		}
		return nil
	})
}

func write(t *testing.T, db *store.DB, fn func(context.Context, forum.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// TestTriedSeldom gives up in the end, and does nothing again that was refused
// for a reason.
func TestTriedSeldom(t *testing.T) {
	db := migrated(t, storetest.SQLite(t), store.Options{})
	for _, c := range []struct {
		name string
		err  error
		want int
	}{
		{"kept", nil, 1},
		{"refused", forum.Refuse(forum.Conflict, "error.conflict.meeting"), 1},
		{"a database that is away", forum.Refuse(forum.Unavailable, "error.database").Because(&pgconn.PgError{Code: "57P01"}), 1},
		{"a deadlock again and again", forum.Refuse(forum.Unavailable, "error.database").Because(&pgconn.PgError{Code: "40P01"}), 5},
		{"serialization", &pgconn.PgError{Code: "40001"}, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs := 0
			err := db.Write(t.Context(), func(context.Context, forum.Tx) error { runs++; return c.err })
			if runs != c.want || !errors.Is(err, c.err) {
				t.Errorf("it ran %d times, %v", runs, err)
			}
		})
	}
}
