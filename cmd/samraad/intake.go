package main

import (
	"errors"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// intakeSettings are the options of how mail comes in.
type intakeSettings struct {
	LMTP         string `help:"Where mail is taken by LMTP: ADDRESS:PORT, unix:FILE, or off." name:"lmtp" env:"SAMRAAD_LMTP" default:"off" placeholder:"ADDRESS:PORT"`
	SMTPCert     string `help:"Certificate (PEM) with which peers may begin TLS; read anew when it is renewed." name:"smtp-cert" env:"SAMRAAD_SMTP_CERT" placeholder:"FILE"`
	SMTPKey      string `help:"Key of that certificate (PEM)." name:"smtp-key" env:"SAMRAAD_SMTP_KEY" placeholder:"FILE"`
	MailSize     int64  `help:"Megabytes that one mail may have." env:"SAMRAAD_MAIL_SIZE" default:"25" placeholder:"MB"`
	MailRate     int    `help:"Mails a minute from one address or IPv6 network." env:"SAMRAAD_MAIL_RATE" default:"60" placeholder:"NUMBER"`
	MailRateAll  int    `help:"Mails a minute from all of them." env:"SAMRAAD_MAIL_RATE_ALL" default:"600" placeholder:"NUMBER"`
	MailPeers    int    `help:"Connections at once from one address or IPv6 network." env:"SAMRAAD_MAIL_PEERS" default:"20" placeholder:"NUMBER"`
	MailPeersAll int    `help:"Connections at once from all of them." env:"SAMRAAD_MAIL_PEERS_ALL" default:"100" placeholder:"NUMBER"`

	imapSettings `embed:""`
}

// unixSocket is how an address begins that is a file's.
const unixSocket = "unix:"

// largest is how many bytes one mail may have.
func (s *Settings) largest() int64 { return s.MailSize << 20 }

func (s *Settings) checkIntake() error {
	if !strings.HasPrefix(s.LMTP, unixSocket) {
		if err := checkAddressOrOff("lmtp", s.LMTP); err != nil {
			return err
		}
	}
	switch {
	case s.MailSize < 1 || s.MailSize > 1000:
		return wrongOption("mail-size", "", "1–1000")
	case min(s.MailRate, s.MailRateAll, s.MailPeers, s.MailPeersAll) < 1:
		return wrongOption("mail-rate, --mail-rate-all, --mail-peers, --mail-peers-all", "", "1, 2, …")
	case (s.SMTPCert == "") != (s.SMTPKey == ""):
		return wrongOption("smtp-cert, --smtp-key", s.SMTPCert+s.SMTPKey, "FILE, FILE")
	}
	return s.checkIMAP()
}

// newMailServer makes the server of SMTP and LMTP; it listens nowhere yet.
func (s *Settings) newMailServer(p *parts, v *server, metrics *metrics, log *slog.Logger) (*mail.Server, error) {
	options := mail.ServerOptions{
		Keeper: p.keeper, Trusted: s.relayFrom, Direct: s.Direct, Wake: v.lookForMail, Log: log, Answered: metrics.mailAnswered,
		MaxBytes: s.largest(), Rate: s.MailRate, RateAll: s.MailRateAll, MostFromOne: s.MailPeers, MostPeers: s.MailPeersAll,
	}
	if s.SMTPCert != "" {
		certificate, err := mail.LoadCertificate(s.SMTPCert, s.SMTPKey, log)
		if err != nil {
			return nil, err
		}
		options.Certificate = certificate
	}
	return mail.NewServer(options), nil
}

// lookForMail has what came in read at once, and its author proven where that is due.
func (v *server) lookForMail() {
	if v.prover != nil {
		v.prover.Look()
	}
	v.reader.Wake()
}

// listenForMail takes mail where that is asked for.
func (v *server) listenForMail(s *Settings, ended chan<- error) error {
	if s.SMTP != "off" {
		mails, err := listen("smtp", s.SMTP)
		if err != nil {
			return err
		}
		go func() { ended <- v.mails.Serve(mails) }()
		v.log.Info("taking mail", "address", mails.Addr().String())
	}
	if s.LMTP == "off" {
		return nil
	}
	mails, err := listenOnSocket("lmtp", s.LMTP)
	if err != nil {
		return err
	}
	go func() { ended <- v.mails.ServeLMTP(mails) }()
	v.log.Info("taking mail by LMTP", "address", mails.Addr().String())
	return nil
}

// listenOnSocket is listen for an address that may be a file's, which those of its group may write to; one that an earlier
// life left behind is taken over.
func listenOnSocket(option, address string) (net.Listener, error) {
	file, is := strings.CutPrefix(address, unixSocket)
	if !is {
		return listen(option, address)
	}
	if old, err := os.Stat(file); err == nil && old.Mode().Type() == os.ModeSocket {
		if conn, err := net.Dial("unix", file); err == nil {
			return nil, errors.Join(forum.Refuse(forum.Unavailable, "error.listen", "Option", "--"+option, "Given", address), conn.Close())
		}
		if err := os.Remove(file); err != nil {
			return nil, err
		}
	}
	listener, err := net.Listen("unix", file)
	if err != nil {
		return nil, forum.Refuse(forum.Unavailable, "error.listen", "Option", "--"+option, "Given", address).Because(err)
	}
	if err := os.Chmod(file, 0o660); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}
