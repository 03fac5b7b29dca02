package mail

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/samraad/samraad/forum"
)

const (
	proveEvery  = time.Second
	proveAtOnce = 64 // mails, which mostly wait for DNS
	proveBytes  = 64 << 20
	proveList   = 200
)

// Prover finds out who mail is from that came straight from outside, before it is understood. It is no part of accepting
// mail, nor of a transaction, and mail that needs no proof does not wait for it. Keeper, DNS and Log must be given.
type Prover struct {
	Keeper forum.Keeper
	DNS    Resolver
	Wake   func() // called after each mail that can be understood now, nil for nobody
	Log    *slog.Logger

	once    sync.Once
	wake    chan struct{}
	bytes   *semaphore.Weighted
	running sync.WaitGroup

	mu     sync.Mutex
	begun  map[forum.IncomingID]bool
	failed error // of parts that are away, since the last look
}

func (p *Prover) start() {
	p.once.Do(func() {
		p.wake, p.bytes, p.begun = make(chan struct{}, 1), semaphore.NewWeighted(proveBytes), map[forum.IncomingID]bool{}
	})
}

// Look lets Run look for mail at once.
func (p *Prover) Look() {
	p.start()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Run proves mail as it comes, until the context ends.
func (p *Prover) Run(ctx context.Context) {
	p.start()
	tick := time.NewTicker(proveEvery)
	defer tick.Stop()
	defer p.running.Wait()
	for {
		if _, err := p.begin(ctx); err != nil && ctx.Err() == nil {
			p.Log.Error("mail not proven", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		case <-tick.C:
		}
	}
}

// Drain proves all mail that is due, once. The error is of parts that were away, such as the database.
func (p *Prover) Drain(ctx context.Context) error {
	p.start()
	for {
		begun, err := p.begin(ctx)
		p.running.Wait()
		if err != nil || begun == 0 {
			return errors.Join(err, p.trouble())
		}
	}
}

// begin has as many mails proven as there may be at the same time, and answers how many it has begun.
func (p *Prover) begin(ctx context.Context) (begun int, err error) {
	var due []forum.Incoming
	err = p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		due, err = tx.Unproven(ctx, tx.Now(), proveList)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, mail := range due {
		size := min(mail.Size, proveBytes)
		if !p.take(mail.ID) {
			continue
		}
		if !p.bytes.TryAcquire(size) {
			p.leave(mail.ID, nil)
			break
		}
		begun++
		p.running.Go(func() {
			err := p.prove(ctx, &mail)
			p.bytes.Release(size)
			p.leave(mail.ID, err)
		})
	}
	return begun, p.trouble()
}

// take is false when a mail is being proven, or when there are enough of them.
func (p *Prover) take(id forum.IncomingID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun[id] || len(p.begun) >= proveAtOnce {
		return false
	}
	p.begun[id] = true
	return true
}

func (p *Prover) leave(id forum.IncomingID, err error) {
	p.mu.Lock()
	delete(p.begun, id)
	p.failed = errors.Join(p.failed, err)
	p.mu.Unlock()
	if err == nil {
		p.Look() // the next one may have its turn
	}
}

func (p *Prover) trouble() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.failed
	p.failed = nil
	return err
}

// prove finds out about one mail, outside of any transaction, and notes it.
func (p *Prover) prove(ctx context.Context, mail *forum.Incoming) error {
	var raw []byte
	err := p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		raw, err = tx.Raw(ctx, mail.Digest)
		return err
	})
	if err != nil {
		return err
	}
	found := Prove(ctx, p.DNS, raw, originOf(mail))
	if ctx.Err() != nil {
		return nil // what was found out is not whole
	}
	err = p.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.ProveMail(ctx, tx, mail.ID, forum.Proof{Verdict: string(found.Verdict), VerdictDetail: found.Detail})
	})
	if forum.IsKind(err, forum.Conflict) {
		return nil // another process was faster
	}
	if err == nil && p.Wake != nil {
		p.Wake()
	}
	return err
}
