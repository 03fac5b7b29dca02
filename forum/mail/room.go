package mail

import (
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/sync/semaphore"
)

// roomStep is how many bytes of room a mail takes at a time as it comes in, so that small mails and slow peers do not keep
// what the longest might need.
const roomStep = 256 << 10

// errNoRoom is when mail waited in vain for room.
var errNoRoom = errors.New("no room in memory for the mail")

// room bounds the bytes of all mail that is on its way in and has not been committed.
type room struct {
	all      *semaphore.Weighted
	patience time.Duration // how long a mail waits for more room
}

func newRoom(size int64, patience time.Duration) *room {
	return &room{semaphore.NewWeighted(size), patience}
}

// hold reads a mail whole. Its room is kept until it is given back.
func (r *room) hold(mail io.Reader) (raw []byte, free func(), err error) {
	h := &holding{room: r, from: mail}
	raw, err = io.ReadAll(h)
	return raw, h.free, err
}

// holding is one mail's part of the room.
type holding struct {
	*room
	from  io.Reader
	taken int64
	left  int // of what is taken
}

// Read reads no more than there is room for.
func (h *holding) Read(into []byte) (int, error) {
	if h.left == 0 {
		if err := h.takeMore(); err != nil {
			return 0, err
		}
	}
	n, err := h.from.Read(into[:min(len(into), h.left)])
	h.left -= n
	return n, err
}

func (h *holding) takeMore() error {
	ctx, cancel := context.WithTimeout(context.Background(), h.patience)
	defer cancel()
	if h.all.Acquire(ctx, roomStep) != nil {
		return errNoRoom
	}
	h.taken += roomStep
	h.left = roomStep
	return nil
}

func (h *holding) free() { h.all.Release(h.taken) }
