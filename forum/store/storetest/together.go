package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/samraad/samraad/forum"
)

var errOnPurpose = errors.New("on purpose")

// someFail has many acts at once, of which some fail, are refused, break down or
// are called off: all of what the others did is kept, and nothing of these.
func someFail(w *world) {
	var mu sync.Mutex
	kept := map[string]bool{}
	w.together(writers, func(i int) {
		for n := range acts {
			name := fmt.Sprintf("%s-%d-%d", w.tag, i, n)
			err := w.odd(i+n, name)
			mu.Lock()
			kept[name] = err == nil
			mu.Unlock()
			if want := (i+n)%5 == 0; want != (err == nil) {
				w.Errorf("act %d: %v", (i+n)%5, err)
			}
		}
	})
	w.read(func(tx forum.Tx) {
		for name, want := range kept {
			_, err := tx.AreaByKey(w.ctx, name)
			w.equal(name, err == nil, want)
		}
		done := 0
		for _, is := range kept {
			if is {
				done++
			}
		}
		w.equal("events", len(ok(tx.Chain(w.ctx, w.council.ID))), done)
	})
}

// odd saves an area, records that, and does then what its number says.
func (w *world) odd(number int, name string) (err error) {
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			err = errOnPurpose
		}
	}()
	return w.keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		err := errors.Join(
			tx.SaveArea(ctx, &forum.Area{Key: name, Name: name}),
			tx.Record(ctx, forum.Event{ForumID: w.council.ID, At: tx.Now(), Deed: name}))
		switch number % 5 {
		case 1:
			return errOnPurpose
		case 2:
			return tx.SaveArea(ctx, &forum.Area{Key: name, Name: "the same once more"})
		case 3:
			panic("on purpose")
		case 4:
			cancel()
		}
		return err
	})
}
