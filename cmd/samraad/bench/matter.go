package main

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// matterRow counts mails from the first byte said until the last is a matter with its paper, its event, and the jobs of its
// receipt and of its paper, all committed; and until the last is synced to the Maildir.
var matterRow = row{
	name: "matter", what: "mail to durable matter, event and receipt queued, end to end", against: "Debian's postfix delivering to a Maildir", goal: "≥ 0.5×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		postfix, err := startPostfix(ctx, filepath.Join(folder, "postfix"))
		if err != nil {
			return nil, err
		}
		ours, err := readMail(ctx, filepath.Join(folder, "ours"))
		if err != nil {
			return nil, errors.Join(err, postfix.close())
		}
		return &pair{ours: ours.endToEnd, other: postfix.endToEnd, close: func() error { return errors.Join(ours.close(), postfix.close()) }}, nil
	},
}

// mailroom takes mail and reads it as it comes.
type mailroom struct {
	*target
	house *house
	in    forum.ForumID
}

func readMail(ctx context.Context, folder string) (*mailroom, error) {
	h, err := newHouse(ctx, folder, areaOf(seats, 1))
	if err != nil {
		return nil, err
	}
	reader := &mail.Reader{Keeper: h, Files: h.files, Demo: true, AtOnce: 32, Log: h.log}
	server := mail.NewServer(mail.ServerOptions{Keeper: h, Wake: reader.Wake, Log: h.log})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	reading, stop := context.WithCancel(context.WithoutCancel(ctx))
	read := make(chan struct{})
	go func() { defer close(read); reader.Run(reading) }()
	go func() { _ = server.Serve(listener) }()
	m := &mailroom{house: h, target: &target{listener.Addr().String(), council, func() error {
		err := server.Shutdown(context.WithoutCancel(ctx))
		stop()
		<-read
		return errors.Join(err, h.close())
	}}}
	return m, h.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		in, err := tx.ForumByAddress(ctx, council)
		if err == nil {
			m.in = in.ID
		}
		return err
	})
}

// endToEnd sends mails and waits until each is a matter.
func (m *mailroom) endToEnd(ctx context.Context) (float64, error) {
	before, err := m.matters(ctx)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if _, err := m.load(ctx); err != nil {
		return 0, err
	}
	err = until(ctx, func() (bool, error) {
		now, err := m.matters(ctx)
		return now >= before+mails, err
	})
	return rate(mails, start), err
}

func (m *mailroom) matters(ctx context.Context) (n int, err error) {
	return n, m.house.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		n, err = tx.CountMatters(ctx, m.in, forum.Proposed)
		return err
	})
}

// until asks every few milliseconds, for some minutes at the most.
func until(ctx context.Context, done func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if ready, err := done(); ready || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
