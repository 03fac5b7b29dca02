package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/samraad/samraad/cmd/samraad/demo"
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	governedapi "github.com/samraad/samraad/governance/api"
	governedmail "github.com/samraad/samraad/governance/mail"
	governedprint "github.com/samraad/samraad/governance/print"
	governedweb "github.com/samraad/samraad/governance/web"
)

type serveCommand struct {
	Demo bool `help:"Fill an empty database with the Voss area and let anyone step into its roles; loopback only."`
}

// Run serves until the context ends, and then lets what runs finish.
func (c serveCommand) Run(ctx context.Context, s *Settings, io streams) error {
	if err := c.check(s); err != nil {
		return err
	}
	log := newLog(io)
	parts, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	if err := parts.db.Migrate(ctx); err != nil {
		return err
	}
	if err := c.prepare(ctx, parts); err != nil {
		return err
	}
	if err := warnOfExceptions(ctx, parts, log); err != nil {
		return err
	}
	if freed, err := parts.db.FreeRunning(ctx, s.Worker); err != nil {
		return err
	} else if freed > 0 {
		log.Warn("jobs of an earlier life freed", "count", freed)
	}
	server, err := c.join(s, parts, log)
	if err != nil {
		return err
	}
	return server.run(ctx, s, io)
}

// check keeps the demonstration, in which anyone may be anyone, on this machine
// and away from real mail and real data.
func (c serveCommand) check(s *Settings) error {
	if !c.Demo {
		if s.Clock != "" {
			return wrongOption("clock", s.Clock, "--demo")
		}
		return nil
	}
	switch {
	case s.SMTPURL != "" && !loopbackRelay(s.SMTPURL):
		return forum.Refuse(forum.Invalid, "error.demo.relay")
	case !loopback(s.HTTP):
		return wrongOption("http", s.HTTP, "127.0.0.1:PORT, [::1]:PORT (--demo)")
	case s.SMTP != "off" && !loopback(s.SMTP):
		return wrongOption("smtp", s.SMTP, "127.0.0.1:PORT, [::1]:PORT (--demo)")
	case s.IMAP != "" && !s.imapAt.Clear:
		return wrongOption("imap", s.IMAP, "imap://USER@127.0.0.1:PORT (--demo)")
	case s.LMTP != "off" && !strings.HasPrefix(s.LMTP, unixSocket) && !loopback(s.LMTP):
		return wrongOption("lmtp", s.LMTP, "127.0.0.1:PORT, unix:FILE (--demo)")
	case s.Metrics != "off" && !loopback(s.Metrics):
		return wrongOption("metrics", s.Metrics, "127.0.0.1:PORT, [::1]:PORT (--demo)")
	}
	return nil
}

// prepare fills the demonstration, or makes sure that a real server is not
// opened on a demonstration's database.
func (c serveCommand) prepare(ctx context.Context, p *parts) error {
	if c.Demo {
		err := demo.Fill(ctx, p.keeper, p.files)
		if forum.IsKind(err, forum.Conflict) {
			return forum.Refuse(forum.Conflict, "error.demo.database")
		}
		return err
	}
	return p.db.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		isDemo, err := tx.IsDemo(ctx)
		if err == nil && isDemo {
			return forum.Refuse(forum.Conflict, "error.demo.served_as_real")
		}
		return err
	})
}

func warnOfExceptions(ctx context.Context, p *parts, log *slog.Logger) error {
	found, err := exceptions(ctx, p.db)
	for _, e := range found {
		log.Warn("mandate states an exception from the policy", "forum", e.in, "capacity", e.Capacity, "level", e.Level,
			"action", e.Right.Action, "object", e.Right.Object, "allow", e.Allow, "reason", e.Reason)
	}
	return err
}

// server is everything that runs while samraad serves.
type server struct {
	log    *slog.Logger
	web    *web.Server
	mails  *mail.Server  // by SMTP and LMTP
	box    *mail.Mailbox // nil for none
	watch  *http.Server  // for those who operate it
	prover *mail.Prover  // nil when no mail comes straight from outside
	reader *mail.Reader
	queue  store.River
}

// join builds the parts that serve. It starts nothing.
func (c serveCommand) join(s *Settings, p *parts, log *slog.Logger) (*server, error) {
	metrics := newMetrics(p.db)
	outbox := &mail.Outbox{Keeper: p.keeper, URL: s.URL, Files: p.files, Keys: s.keys, Log: log, Letters: governedmail.Letters}
	if s.SMTPURL != "" {
		relay, err := mail.NewRelay(s.SMTPURL)
		if err != nil {
			return nil, err
		}
		outbox.Relay = relay
	}
	reader := &mail.Reader{Keeper: p.keeper, Files: p.files, Relays: relayNames(s.Relay), Demo: c.Demo, AtOnce: readAtOnce(p), Log: log, Read: metrics.mailRead, On: governedmail.On}
	papers, err := newPaperReader(p, log)
	if err != nil {
		return nil, err
	}
	press, err := newPress(s, p, log)
	if err != nil {
		return nil, err
	}
	worker := jobs.Worker{
		Name: s.Worker, Keeper: p.keeper, Sender: outbox, Press: press, Reader: papers, Almanac: calendar.Almanac{}, Log: log, Poll: poll(p), Done: metrics.jobDone,
		Scan:   func(ctx context.Context) error { return governance.Scan(ctx, p.keeper, calendar.Almanac{}) },
		Chores: map[string]func(context.Context, int64) error{governance.MinutesChore: governedprint.Press{Keeper: p.keeper, Files: p.files, Printer: press.Printer}.Print},
	}
	queue, err := p.db.NewRiver(worker.Config())
	if err != nil {
		return nil, err
	}
	joined := &server{log: log, reader: reader, queue: queue, watch: metrics.server()}
	if s.Direct {
		joined.prover = &mail.Prover{Keeper: p.keeper, DNS: mail.NewResolver(s.DNS), Wake: reader.Wake, Log: log}
	}
	if joined.mails, err = s.newMailServer(p, joined, metrics, log); err != nil {
		return nil, err
	}
	if joined.box, err = s.newMailbox(p, reader, metrics, log); err != nil {
		return nil, err
	}
	programs := api.New(api.Options{Keeper: p.keeper, Files: p.files, Almanac: calendar.Almanac{}, URL: s.URL, Log: log, Wake: reader.Wake, More: governedapi.Operations})
	joined.web = web.New(web.Options{
		Keeper: p.keeper, Files: p.files, Demo: c.Demo, URL: s.URL, Proxies: s.proxies, Ready: p.db.Ready, Answered: metrics.visitAnswered, Log: log, Wake: reader.Wake,
		Markup: mail.Markup, API: programs, House: governedweb.House{},
	})
	return joined, nil
}

// poll is how often the queue looks for jobs: PostgreSQL calls, SQLite does not.
func poll(p *parts) time.Duration {
	if p.db.Dialect() == store.Postgres {
		return time.Second
	}
	return 200 * time.Millisecond
}

// readAtOnce is how many mails are read at the same time: PostgreSQL has a connection for each.
func readAtOnce(p *parts) int {
	if p.db.Dialect() == store.Postgres {
		return 4
	}
	return 32
}

// finishWithin bounds how long what runs may take to finish when asked to end.
const finishWithin = 20 * time.Second

// run listens, works, and ends in order: no new visits and mails first, then
// the reader and the queue.
func (v *server) run(ctx context.Context, s *Settings, io streams) error {
	pages, err := listen("http", s.HTTP)
	if err != nil {
		return err
	}
	ended := make(chan error, 5)
	if err := v.listenBeside(s, ended); err != nil {
		return errors.Join(err, pages.Close())
	}
	if err := v.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	reading, stopReading := context.WithCancel(context.WithoutCancel(ctx))
	defer stopReading()
	var read sync.WaitGroup
	read.Go(func() { v.reader.Run(reading) })
	if v.prover != nil {
		read.Go(func() { v.prover.Run(reading) })
	}
	leaveMailbox := v.readMailbox(ctx)
	go func() { ended <- v.web.Serve(pages) }()
	v.log.Info("serving", "address", pages.Addr().String(), "url", s.URL)
	fmt.Fprintln(io.out, s.text().T("cli.serving", "URL", s.URL))
	select {
	case <-ctx.Done():
		v.log.Info("ending")
	case err = <-ended:
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishWithin)
	defer cancel()
	stops := []error{err, v.web.Shutdown(finish), v.watch.Shutdown(finish), v.mails.Shutdown(finish)}
	leaveMailbox()
	stopReading()
	read.Wait()
	return errors.Join(append(stops, v.queue.Stop(finish))...)
}

// listenBeside takes mail, and shows metrics, where that is asked for.
func (v *server) listenBeside(s *Settings, ended chan<- error) error {
	if err := v.listenForMail(s, ended); err != nil {
		return err
	}
	if s.Metrics == "off" {
		return nil
	}
	watched, err := listen("metrics", s.Metrics)
	if err != nil {
		return err
	}
	go func() {
		if err := v.watch.Serve(watched); !errors.Is(err, http.ErrServerClosed) {
			ended <- err
		}
	}()
	v.log.Info("showing metrics", "address", watched.Addr().String())
	return nil
}

func listen(option, address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, forum.Refuse(forum.Unavailable, "error.listen", "Option", "--"+option, "Given", address).Because(err)
	}
	return listener, nil
}
