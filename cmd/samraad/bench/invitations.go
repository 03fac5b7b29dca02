package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"
	gomail "github.com/wneessen/go-mail"
	"golang.org/x/sync/errgroup"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/mail"
)

// invited is to how many a meeting is called.
const invited = 1_000

// invitationRow counts invitations from the act that calls the meeting until each is marked as handed over, its bytes kept. The
// other composes mails of the same parts and size and hands them over; it keeps nothing. The sink of both throws them away.
var invitationRow = row{
	name: "invitations", what: "1,000 invitations composed, durably queued and handed to a sink, 8 connections", against: "a bare loop of go-mail", goal: "≥ 0.25×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		s, err := newDrain()
		if err != nil {
			return nil, err
		}
		ours, err := callMany(ctx, filepath.Join(folder, "house"), s, nil)
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		return &pair{ours: ours.call, other: s.bare, close: func() error { return errors.Join(ours.close(), s.close()) }}, nil
	},
}

// drain takes mail and throws it away, counting.
type drain struct {
	server  *smtp.Server
	address string
	taken   atomic.Int64
}

func newDrain() (*drain, error) {
	d := &drain{}
	d.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &drained{d}, nil }))
	d.server.Domain, d.server.MaxLineLength = "sink.example", 1<<20
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d.address = listener.Addr().String()
	go func() { _ = d.server.Serve(listener) }()
	return d, nil
}

func (d *drain) close() error { return d.server.Close() }

type drained struct{ *drain }

func (drained) Reset()                               {}
func (drained) Logout() error                        { return nil }
func (drained) Mail(string, *smtp.MailOptions) error { return nil }
func (drained) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (d drained) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	d.taken.Add(1)
	return err
}

// caller calls meetings, and works the queue as a server does.
type caller struct {
	*house
	drain *drain
	days  int
	stop  func() error
}

func callMany(ctx context.Context, folder string, d *drain, keys mail.SigningKeys) (*caller, error) {
	h, err := newHouse(ctx, folder, areaOf(invited-1, 1))
	if err != nil {
		return nil, err
	}
	relay, err := mail.NewRelay("smtp://"+d.address+"?tls=none", mail.RelayOptions{})
	if err != nil {
		return nil, err
	}
	worker := jobs.Worker{
		Name: "bench", Keeper: h, Sender: &mail.Outbox{Keeper: h, URL: "https://samraad.example", Files: h.files, Relay: relay, Keys: keys, Log: h.log},
		Almanac: calendar.Almanac{}, Log: h.log, Poll: 200 * time.Millisecond, Done: func(string, error) {},
	}
	queue, err := h.DB.NewRiver(worker.Config())
	if err != nil {
		return nil, err
	}
	if err := queue.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	return &caller{house: h, drain: d, days: 30, stop: func() error { return queue.Stop(context.WithoutCancel(ctx)) }}, nil
}

func (c *caller) close() error { return errors.Join(c.stop(), c.house.close()) }

// call calls a meeting, and waits until every invitation is marked as handed over.
func (c *caller) call(ctx context.Context) (float64, error) {
	c.days++
	before := c.drain.taken.Load()
	start := time.Now()
	if _, err := c.called(ctx, c.days); err != nil {
		return 0, err
	}
	err := until(ctx, func() (bool, error) {
		if c.drain.taken.Load() < before+invited {
			return false, nil
		}
		waiting := 0
		err := c.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
			counts, err := tx.CountMessages(ctx, forum.Queued)
			for _, n := range counts {
				waiting += n
			}
			return err
		})
		return waiting == 0, err
	})
	return rate(invited, start), err
}

// bare composes as many mails of the same shape and hands them over, 8 at a time.
func (d *drain) bare(ctx context.Context) (float64, error) {
	host, port, err := net.SplitHostPort(d.address)
	if err != nil {
		return 0, err
	}
	var number int
	if _, err := fmt.Sscan(port, &number); err != nil {
		return 0, err
	}
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for c := range connections {
		group.Go(func() error {
			client, err := gomail.NewClient(host, gomail.WithPort(number), gomail.WithTLSPolicy(gomail.NoTLS))
			if err != nil {
				return err
			}
			if err := client.DialWithContext(ctx); err != nil {
				return err
			}
			for i := c; i < invited; i += connections {
				m, err := plain(i)
				if err != nil {
					return err
				}
				if err := client.Send(m); err != nil {
					return err
				}
			}
			return client.Close()
		})
	}
	err = group.Wait()
	return rate(invited, start), err
}

// plain is an invitation as a few lines of go-mail make it.
func plain(i int) (*gomail.Msg, error) {
	start := time.Now().AddDate(0, 1, 0)
	object, err := calendar.Invitation{
		Method: calendar.Request, UID: "meeting", Stamp: time.Now(), Start: start, End: start.Add(2 * time.Hour), Summary: "Møte i Samarbeidsrådet",
		Organizer: calendar.Organizer{Name: "Samarbeidsrådet", Address: council}, Attendees: []calendar.Invitee{{Name: fmt.Sprintf("Medlem %d", i), Address: member(i), RSVP: true}},
	}.Encode()
	if err != nil {
		return nil, err
	}
	text := strings.Repeat("Du er kalla inn til møte i Samarbeidsrådet.\n", 20)
	m := gomail.NewMsg()
	if err := errors.Join(m.From(council), m.To(member(i))); err != nil {
		return nil, err
	}
	m.Subject("Svar på innkalling: Samarbeidsrådet")
	m.SetBodyString(gomail.TypeTextPlain, text)
	m.AddAlternativeString(gomail.TypeTextHTML, "<html><body><p>"+strings.Repeat(text, 4)+"</p></body></html>")
	m.AddAlternativeString("text/calendar; method=REQUEST", string(object))
	return m, m.AttachReader("invite.ics", bytes.NewReader(object))
}
