package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-smtp"
	_ "modernc.org/sqlite" // the driver

	"github.com/samraad/samraad/forum/mail"
)

// What is sent in one measurement.
const (
	mails       = 400
	connections = 8
	mailBytes   = 6_000
)

// smtpRow has both take the same mails over the same connections, and answer 250 after the commit to an SQLite that syncs every
// commit to the disk. The other knows nothing of forums, and stores sender, recipient and bytes.
var smtpRow = row{
	name: "smtp", what: "mails accepted durably over SMTP, 8 connections, 6 KB",
	against: "a bare go-smtp sink that commits the raw bytes to SQLite", goal: "≥ 0.7×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		ours, err := takeMail(ctx, filepath.Join(folder, "ours"))
		if err != nil {
			return nil, err
		}
		bare, err := bareSink(filepath.Join(folder, "bare.db"))
		if err != nil {
			return nil, errors.Join(err, ours.close())
		}
		return &pair{ours: ours.load, other: bare.load, close: func() error { return errors.Join(ours.close(), bare.close()) }}, nil
	},
}

// target is a server that takes mail.
type target struct {
	address string
	to      string
	close   func() error
}

func (t *target) load(ctx context.Context) (float64, error) {
	return sendAll(ctx, t.address, t.to, mails)
}

// takeMail serves our own mailroom; nobody reads what it takes.
func takeMail(ctx context.Context, folder string) (*target, error) {
	h, err := newHouse(ctx, folder, areaOf(seats, 1))
	if err != nil {
		return nil, err
	}
	server := mail.NewServer(mail.ServerOptions{Keeper: h, Log: h.log})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	go func() { _ = server.Serve(listener) }()
	return &target{listener.Addr().String(), council, func() error {
		return errors.Join(server.Shutdown(context.WithoutCancel(ctx)), h.close())
	}}, nil
}

// sink commits the raw bytes of each mail and knows nothing of them.
type sink struct{ insert *sql.Stmt }

func bareSink(path string) (*target, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE mail (id integer PRIMARY KEY, sender text, recipient text, raw blob)"); err != nil {
		return nil, err
	}
	insert, err := db.Prepare("INSERT INTO mail (sender, recipient, raw) VALUES (?, ?, ?)")
	if err != nil {
		return nil, err
	}
	s := &sink{insert}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: s}, nil }))
	server.Domain = "sink.example"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() { _ = server.Serve(listener) }()
	return &target{listener.Addr().String(), council, func() error { return errors.Join(server.Close(), db.Close()) }}, nil
}

type sinkSession struct {
	*sink
	from, to string
}

func (s *sinkSession) Reset()                                      {}
func (s *sinkSession) Logout() error                               { return nil }
func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error   { s.to = to; return nil }

// Data commits the mail before it answers.
func (s *sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, err = s.insert.Exec(s.from, s.to, raw)
	return err
}

// sent numbers all mails, so that none is another.
var sent atomic.Int64

// letter is a mail of mailBytes as a member writes one: some text, and a paper that nobody else has.
type letter struct {
	from string
	raw  []byte
}

func newLetter(to string) letter {
	n := sent.Add(1)
	from := member(int(n) % seats)
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: Medlem <%s>\r\nTo: <%s>\r\nSubject: Sak %d\r\nMessage-ID: <%d.%d@kvam.example>\r\n", from, to, n, n, time.Now().UnixNano())
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=grense\r\n\r\n--grense\r\n")
	b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
	b.WriteString(strings.Repeat("Vi ber rådet drøfte dette, sjå vedlegget.\r\n", 40))
	b.WriteString("--grense\r\nContent-Type: text/plain; charset=utf-8; name=vedlegg.txt\r\nContent-Disposition: attachment; filename=vedlegg.txt\r\n\r\n")
	for b.Len() < mailBytes-len(ending) {
		fmt.Fprintf(&b, "Vedlegg %d, linje %d: tal og ord om pasientforlaupet.\r\n", n, b.Len())
	}
	b.WriteString(ending)
	return letter{from, b.Bytes()}
}

const ending = "--grense--\r\n"

// sendAll sends so many mails over all connections, and gives the rate at which they were taken.
func sendAll(ctx context.Context, address, to string, count int) (float64, error) {
	letters := make([]letter, count)
	for i := range letters {
		letters[i] = newLetter(to)
	}
	work := make(chan letter)
	failures := make(chan error, connections)
	start := time.Now()
	var wait sync.WaitGroup
	for range connections {
		wait.Go(func() {
			if err := sendSome(ctx, address, to, work); err != nil {
				failures <- err
				for range work { // so that nobody waits
				}
			}
		})
	}
	for _, l := range letters {
		work <- l
	}
	close(work)
	wait.Wait()
	took := rate(count, start)
	select {
	case err := <-failures:
		return 0, err
	default:
		return took, nil
	}
}

func sendSome(ctx context.Context, address, to string, work <-chan letter) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	client := smtp.NewClient(conn)
	defer client.Close()
	if err := client.Hello("bench.example"); err != nil {
		return err
	}
	for l := range work {
		if err := client.SendMail(l.from, []string{to}, bytes.NewReader(l.raw)); err != nil {
			return err
		}
	}
	return client.Quit()
}
