package main

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/samraad/samraad/forum/mail"
)

// imapSettings are the options of a mailbox at a provider. Its secrets are in files, or in the variables SAMRAAD_IMAP_SECRET and
// SAMRAAD_IMAP_REFRESH, never on the command line.
type imapSettings struct {
	IMAP            string        `help:"Mailbox that is read: imaps://USER@HOST/FOLDER (default: none)." name:"imap" env:"SAMRAAD_IMAP" placeholder:"URL"`
	IMAPSecretFile  string        `help:"File with its password, or with the secret of the OAuth client (default: SAMRAAD_IMAP_SECRET holds it)." name:"imap-secret-file" env:"SAMRAAD_IMAP_SECRET_FILE" placeholder:"FILE"`
	IMAPTokenURL    string        `help:"Token endpoint, where the provider wants OAuth 2 (XOAUTH2)." name:"imap-token-url" env:"SAMRAAD_IMAP_TOKEN_URL" placeholder:"URL"`
	IMAPClient      string        `help:"Client that asks there." name:"imap-client" env:"SAMRAAD_IMAP_CLIENT" placeholder:"ID"`
	IMAPScope       []string      `help:"What it asks for." name:"imap-scope" env:"SAMRAAD_IMAP_SCOPE" placeholder:"SCOPE"`
	IMAPRefreshFile string        `help:"File with the refresh token of the mailbox's owner (default: SAMRAAD_IMAP_REFRESH holds it, or none is used)." name:"imap-refresh-file" env:"SAMRAAD_IMAP_REFRESH_FILE" placeholder:"FILE"`
	IMAPDone        string        `help:"Folder to which mail goes that was taken (default: it is marked as read)." name:"imap-done" env:"SAMRAAD_IMAP_DONE" placeholder:"FOLDER"`
	IMAPEvery       time.Duration `help:"How often it is looked at where the provider does not call." name:"imap-every" env:"SAMRAAD_IMAP_EVERY" default:"1m" placeholder:"TIME"`

	imapAt mail.MailboxAddress
}

const (
	imapSecret  = "SAMRAAD_IMAP_SECRET"
	imapRefresh = "SAMRAAD_IMAP_REFRESH"
)

func (s *imapSettings) checkIMAP() (err error) {
	if s.IMAP == "" {
		return nil
	}
	if s.imapAt, err = mail.ReadMailboxAddress(s.IMAP); err != nil {
		return err
	}
	switch {
	case s.IMAPSecretFile == "" && os.Getenv(imapSecret) == "":
		return wrongOption("imap-secret-file", "", "FILE, "+imapSecret)
	case (s.IMAPTokenURL == "") != (s.IMAPClient == ""):
		return wrongOption("imap-token-url, --imap-client", s.IMAPTokenURL+s.IMAPClient, "URL, ID")
	case s.IMAPTokenURL != "" && !strings.HasPrefix(s.IMAPTokenURL, "https://") && !loopbackRelay(s.IMAPTokenURL):
		return wrongOption("imap-token-url", s.IMAPTokenURL, "https://…")
	case s.IMAPEvery < time.Second:
		return wrongOption("imap-every", s.IMAPEvery.String(), "1s, 1m, …")
	}
	return nil
}

// newMailbox is the mailbox that the options name, nil for none.
func (s *Settings) newMailbox(p *parts, reader *mail.Reader, metrics *metrics, log *slog.Logger) (*mail.Mailbox, error) {
	if s.IMAP == "" {
		return nil, nil //nolint:nilnil // there is none, and that is no error
	}
	secret := func() (string, error) { return readSecret(s.IMAPSecretFile, imapSecret) }
	said, err := secret()
	if err != nil {
		return nil, err
	}
	box := &mail.Mailbox{
		Keeper: p.keeper, At: s.imapAt, Secret: secret, Holder: s.Worker, Done: s.IMAPDone, MaxBytes: s.largest(), Every: s.IMAPEvery,
		Wake: reader.Wake, Looked: metrics.mailbox.looked, Met: metrics.mailbox.met, Log: log,
	}
	if s.IMAPTokenURL != "" {
		refresh, err := readSecret(s.IMAPRefreshFile, imapRefresh)
		if err != nil {
			return nil, err
		}
		if box.Tokens, err = mail.NewOAuth(s.IMAPTokenURL, s.IMAPClient, said, refresh, s.IMAPScope); err != nil {
			return nil, err
		}
	}
	return box, nil
}

// readMailbox reads the mailbox, if there is one, until the context ends or leave is called, which waits for what it is at.
func (v *server) readMailbox(ctx context.Context) (leave func()) {
	ctx, cancel := context.WithCancel(ctx)
	left := make(chan struct{})
	go func() {
		defer close(left)
		if v.box != nil {
			v.log.Info("reading a mailbox", "mailbox", v.box.At.Name())
			v.box.Run(ctx)
		}
	}()
	return func() { cancel(); <-left }
}

// mailboxMetrics are what an operator watches of a mailbox at a provider.
type mailboxMetrics struct {
	up, seen prometheus.Gauge
	mails    *prometheus.CounterVec
}

func newMailboxMetrics(registry *prometheus.Registry) *mailboxMetrics {
	m := &mailboxMetrics{
		up:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "samraad_mailbox_up", Help: "1 when this process has last been able to read the mailbox, 0 when it has not, or does not read one."}),
		seen: prometheus.NewGauge(prometheus.GaugeOpts{Name: "samraad_mailbox_seen_seconds", Help: "When this process last read the mailbox, in seconds since 1970."}),
		mails: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samraad_mailbox_mails_total", Help: "Mails in the mailbox, by what became of them: taken, or left there, flagged.",
		}, []string{"outcome"}),
	}
	registry.MustRegister(m.up, m.seen, m.mails)
	return m
}

func (m *mailboxMetrics) looked(err error) {
	if err != nil {
		m.up.Set(0)
		return
	}
	m.up.Set(1)
	m.seen.SetToCurrentTime()
}

func (m *mailboxMetrics) met(outcome mail.Outcome) { m.mails.WithLabelValues(string(outcome)).Inc() }
