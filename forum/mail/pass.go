package mail

import (
	"cmp"
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// pass reads mail that waits, the oldest first, and what comes meanwhile, each mail once: when one is read the next one begins.
// One goroutine leads it, the others read.
type pass struct {
	*Reader
	lanes   lanes
	until   time.Time        // from then on no more is taken in, so that mail that failed or was let through has its turn
	waiting []forum.Incoming // taken in, but not begun
	last    forum.IncomingID // that was taken in
	isMore  bool             // perhaps, to be taken in
	running int              // mails that are being read
	bytes   int64            // of them
	ended   chan ended
	done    int // mails that are read
	trouble []error
}

// ended is what became of one mail: whether it was read, else why not when a part was away.
type ended struct {
	bytes  int64
	isRead bool
	err    error
}

// pass reads until nothing waits and nothing is being read; it takes in for a second at the most. The error of a part that is
// away ends it.
func (r *Reader) pass(ctx context.Context) (done int, trouble []error) {
	p := &pass{Reader: r, until: time.Now().Add(readEvery), isMore: true, ended: make(chan ended)}
	for {
		p.begin(ctx)
		if p.running == 0 {
			return p.done, p.trouble
		}
		select {
		case e := <-p.ended:
			p.end(e)
		case <-r.wake:
			p.isMore = true
		}
	}
}

// begin has as many mails read as there may be at the same time.
func (p *pass) begin(ctx context.Context) {
	most := cmp.Or(p.AtOnce, readTogether)
	for p.running < most && p.trouble == nil && ctx.Err() == nil {
		if len(p.waiting) == 0 && (p.running > most/2 || !p.takeIn(ctx)) {
			return
		}
		mail := p.waiting[0]
		size := min(mail.Size, readBytes)
		if p.running > 0 && p.bytes+size > readBytes {
			return
		}
		p.waiting = p.waiting[1:]
		p.running++
		p.bytes += size
		place := p.lanes.next()
		go func() {
			isRead, err := p.try(ctx, mail, place)
			place.leave()
			p.ended <- ended{size, isRead, err}
		}()
	}
}

// takeIn looks up mail that waits; false when there is none that was not taken in before.
func (p *pass) takeIn(ctx context.Context) bool {
	if !p.isMore || time.Now().After(p.until) {
		return false
	}
	var found []forum.Incoming
	err := p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		found, err = tx.NotUnderstood(ctx, readAtOnce)
		return err
	})
	if err != nil {
		p.trouble = append(p.trouble, err)
		return false
	}
	if len(found) == 0 {
		p.forgetAll()
	}
	for _, mail := range found {
		if mail.ID > p.last {
			p.waiting, p.last = append(p.waiting, mail), mail.ID
		}
	}
	p.isMore = len(p.waiting) > 0
	return p.isMore
}

func (p *pass) end(e ended) {
	p.running--
	p.bytes -= e.bytes
	if e.isRead {
		p.done++
	}
	if e.err != nil {
		p.trouble = append(p.trouble, e.err)
	}
}
