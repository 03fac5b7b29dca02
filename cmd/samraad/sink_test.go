package main_test

import (
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// sink is a real SMTP server that keeps what it is given.
type sink struct {
	server   *smtp.Server
	listener net.Listener
	mu       sync.Mutex
	got      []delivery
	busy     bool   // answers 451 to all
	wary     string // whom it takes no mail for, and says from whom
}

// delivery is one mail to one recipient.
type delivery struct {
	from, to string
	raw      []byte
}

func newSink() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{listener: listener}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: s}, nil }))
	s.server.Domain = "sink.example"
	s.server.MaxLineLength = 1 << 20
	s.server.ReadTimeout, s.server.WriteTimeout = time.Minute, time.Minute
	go s.server.Serve(listener)
	return s, nil
}

// Address is where the sink listens.
func (s *sink) Address() string { return s.listener.Addr().String() }

// Close ends the sink.
func (s *sink) Close() { s.server.Close() }

// To lists what came for an address, in the order in which it came.
func (s *sink) To(address string) []delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []delivery
	for _, d := range s.got {
		if d.to == address {
			found = append(found, d)
		}
	}
	return found
}

// All is everything that came.
func (s *sink) All() []delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

type sinkSession struct {
	sink *sink
	from string
	to   []string
}

func (v *sinkSession) Mail(from string, _ *smtp.MailOptions) error { v.from = from; return nil }
func (v *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error   { v.to = append(v.to, to); return nil }
func (v *sinkSession) Reset()                                      { v.from, v.to = "", nil }
func (v *sinkSession) Logout() error                               { return nil }

func (v *sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return errors.Join(errors.New("reading"), err)
	}
	v.sink.mu.Lock()
	defer v.sink.mu.Unlock()
	if v.sink.busy {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try later"}
	}
	if slices.Contains(v.to, v.sink.wary) {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: v.from + " is not known to " + v.sink.wary}
	}
	for _, to := range v.to {
		v.sink.got = append(v.sink.got, delivery{v.from, to, raw})
	}
	return nil
}
