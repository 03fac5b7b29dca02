package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/samraad/samraad/forum"
)

const (
	readEvery    = time.Second
	readAtOnce   = 200       // rows, not mails in memory
	readTogether = 8         // mails, unless it is said
	readBytes    = 128 << 20 // of mails in memory
	readTries    = 5         // of a mail that fails for a reason of its own
	longestHeld  = 100_000
)

// Reader understands mail that was accepted and does what it asks. Keeper, Files and Log must be given.
type Reader struct {
	Keeper forum.Keeper
	Files  forum.Files
	Relays Relays // whose Authentication-Results are believed
	Demo   bool   // a trusted peer's mail needs no further proof
	AtOnce int    // how many mails are read at the same time, which then share commits; 0 is 8
	Log    *slog.Logger
	// On has the mail to addresses of the house above, by their purpose; nil is none.
	On map[forum.Purpose]Handler
	// Read is called after each mail with what became of it, for metrics, by several at once; nil for nobody.
	Read func(forum.IncomingState)

	once sync.Once
	wake chan struct{}

	mu     sync.Mutex
	failed map[forum.IncomingID]int // how often a mail failed
}

func (r *Reader) start() {
	r.once.Do(func() {
		r.wake, r.failed = make(chan struct{}, 1), map[forum.IncomingID]int{}
	})
}

// Wake lets Run look for mail at once.
func (r *Reader) Wake() {
	r.start()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run reads mail as it comes, until the context ends.
func (r *Reader) Run(ctx context.Context) {
	r.start()
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for {
		if _, err := r.Drain(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("mail not read", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		case <-tick.C:
		}
	}
}

// Drain reads all mail that waits and answers how many it has read. Mail that fails waits for the next time; after some
// times it is held for a secretary. The error is of parts that were away, such as the database.
func (r *Reader) Drain(ctx context.Context) (int, error) {
	r.start()
	done := 0
	for {
		read, troubles := r.pass(ctx)
		done += read
		if ctx.Err() != nil {
			return done, ctx.Err()
		}
		if troubles != nil {
			return done, errors.Join(troubles...)
		}
		if read == 0 {
			return done, nil
		}
	}
}

// try reads one mail. Its error is of parts that are away, not of the mail; other failures are counted.
func (r *Reader) try(ctx context.Context, mail forum.Incoming, at *place) (read bool, err error) {
	state, err := r.read(ctx, mail, at)
	switch {
	case err == nil:
		r.forget(mail.ID)
		if r.Read != nil {
			r.Read(state)
		}
		return true, nil
	case ctx.Err() != nil || forum.IsKind(err, forum.Unavailable):
		return false, err
	case forum.IsKind(err, forum.Conflict):
		r.Log.Info("mail is changed by others too", "mail", mail.ID, "error", err)
	default:
		r.Log.Error("mail cannot be read", "mail", mail.ID, "digest", mail.Digest, "error", err)
	}
	if r.fails(mail.ID) < readTries {
		return false, nil
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.HoldMail(ctx, tx, mail.ID, mail.Reading, "held.trouble", false)
	})
	if err != nil && !forum.IsKind(err, forum.Conflict) {
		return false, err
	}
	r.forget(mail.ID)
	return true, nil
}

func (r *Reader) fails(id forum.IncomingID) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed[id]++
	return r.failed[id]
}

func (r *Reader) forget(id forum.IncomingID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.failed, id)
}

// forgetAll drops the count of failures of mail that other processes have read.
func (r *Reader) forgetAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.failed)
}

// read understands one mail outside of any transaction, and does what it asks in one when it is its turn.
func (r *Reader) read(ctx context.Context, mail forum.Incoming, at *place) (state forum.IncomingState, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("mail %d: panic: %v\n%s", mail.ID, cause, debug.Stack())
		}
	}()
	var raw []byte
	var in *forum.Forum
	err = r.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		if in, err = tx.Forum(ctx, mail.ForumID); err != nil {
			return err
		}
		raw, err = tx.Raw(ctx, mail.Digest)
		return err
	})
	if err != nil {
		return "", err
	}
	m := Understand(raw, r.Relays)
	m.Auth = r.authOf(&mail, m)
	at.take(m.MessageID) // what the same mail did before may matter
	rule, proposal, err := r.decide(ctx, in, &mail, m)
	if err != nil {
		return "", err
	}
	reading := readingOf(m)
	if !rule.isItem() {
		at.waitForAll()
	}
	switch {
	case rule.await:
		return r.await(ctx, mail.ID, reading)
	case rule.back.message != 0:
		return r.takeReturn(ctx, mail.ID, reading, rule.back)
	case rule.given != nil:
		return r.takeGiven(ctx, Given{mail.ID, *rule.given, reading, m})
	case rule.author == 0:
		return r.put(ctx, mail.ID, reading, rule)
	case rule.answer:
		return r.takeAnswer(ctx, mail.ID, rule, reading, m)
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.TakeMailedItem(ctx, tx, mail.ID, rule.author, reading, proposal)
		return err
	})
	if forum.IsKind(err, forum.Forbidden) {
		at.waitForAll()
		return r.put(ctx, mail.ID, reading, ruling{hold: "held.no_right", tell: rule.tell})
	}
	return forum.Understood, err
}

// await lets a mail wait whose author could not be found out for now.
func (r *Reader) await(ctx context.Context, id forum.IncomingID, reading forum.Reading) (state forum.IncomingState, err error) {
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		state, err = forum.AwaitProof(ctx, tx, id, reading)
		return err
	})
	return state, err
}

// decide tells what is to be done with a mail, and what it proposes when it is an item; then its papers are put away.
func (r *Reader) decide(ctx context.Context, in *forum.Forum, mail *forum.Incoming, m *Message) (rule ruling, p forum.Proposal, err error) {
	rule, err = r.ruleNow(ctx, mail, m)
	if err != nil || !rule.isItem() {
		return rule, p, err
	}
	p, err = r.proposal(ctx, in, m)
	p.Cleared = mail.SpeaksFor != 0
	return rule, p, err
}

func (r *Reader) ruleNow(ctx context.Context, mail *forum.Incoming, m *Message) (rule ruling, err error) {
	err = r.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		rule, err = r.rule(ctx, tx, mail, m)
		return err
	})
	return rule, err
}

// put holds or notes a mail.
func (r *Reader) put(ctx context.Context, id forum.IncomingID, reading forum.Reading, rule ruling) (forum.IncomingState, error) {
	state := forum.HeldMail
	if rule.note != "" {
		state = forum.Noted
	}
	return state, r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		if rule.note != "" {
			return forum.NoteMail(ctx, tx, id, reading, rule.note)
		}
		return forum.HoldMail(ctx, tx, id, reading, rule.hold, rule.tell)
	})
}

// readingOf is what a secretary sees of a mail.
func readingOf(m *Message) forum.Reading {
	reading := forum.Reading{
		MailKind: string(m.Kind), From: m.From.Address, Subject: cutBytes(m.Subject, 2000), Text: cutBytes(m.Text, longestHeld),
		MIMEID: bareID(m.MessageID),
	}
	for _, a := range m.Attachments {
		reading.Papers = append(reading.Papers, a.Name)
	}
	return reading
}

// bareID is a Message-ID without its brackets, short enough to be kept.
func bareID(id string) string { return cutBytes(strings.Trim(strings.TrimSpace(id), "<>"), 500) }
