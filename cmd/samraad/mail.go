package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

type mailCommands struct {
	Deliver deliverCommand `cmd:"" help:"Take one mail from standard input."`
	Explain explainCommand `cmd:"" help:"Print how mails are understood, one JSON object a line, without a database."`
	Key     keyCommand     `cmd:"" help:"Make a key that signs outgoing mail (DKIM), and print the DNS record that it needs."`
}

type deliverCommand struct {
	To []string `help:"Recipients (default: those that the mail names)." placeholder:"ADDRESS"`
}

// Run commits the mail; the server understands it when it next looks.
func (c deliverCommand) Run(ctx context.Context, s *Settings, streams streams) error {
	raw, err := io.ReadAll(io.LimitReader(streams.in, s.largest()+1))
	if err != nil {
		return err
	}
	if int64(len(raw)) > s.largest() {
		return forum.Refuse(forum.Invalid, "error.mail.too_large", "Most", s.MailSize)
	}
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	accepted, err := mail.Deliver(ctx, parts.db, raw, c.To, "pipe", true)
	if err != nil {
		return err
	}
	for _, to := range accepted {
		fmt.Fprintln(streams.out, s.text().T("cli.mail.accepted", "To", to))
	}
	return nil
}

type explainCommand struct {
	As       string   `help:"What the files hold." enum:"message,calendar,text" default:"message"`
	Peer     string   `help:"Check by SPF, DKIM and DMARC, as if the mails came straight from this address." placeholder:"ADDRESS"`
	Helo     string   `help:"With --peer: how it names itself." placeholder:"NAME"`
	Envelope string   `help:"With --peer: the envelope's sender." placeholder:"ADDRESS"`
	Files    []string `arg:"" help:"Files, - for standard input." placeholder:"FILE"`
}

// Run prints an object for each file that can be read, and fails at the end if
// one could not.
func (c explainCommand) Run(ctx context.Context, s *Settings, streams streams) error {
	options := mail.ExplainOptions{As: mail.As(c.As), Relays: relayNames(s.Relay)}
	if c.Peer != "" {
		peer, err := netip.ParseAddr(c.Peer)
		if err != nil {
			return wrongOption("peer", c.Peer, "192.0.2.7, 2001:db8::7")
		}
		options.DNS, options.From = mail.NewResolver(s.DNS), mail.Origin{Peer: peer, Helo: c.Helo, Envelope: c.Envelope}
	}
	out := bufio.NewWriter(streams.out)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	var wrong []error
	for _, name := range c.Files {
		raw, err := readInput(name, streams.in)
		if err != nil {
			wrong = append(wrong, forum.Refuse(forum.NotFound, "error.file.missing", "Given", name).Because(err))
			continue
		}
		if err := lines.Encode(mail.Explain(ctx, name, raw, options)); err != nil {
			return err
		}
	}
	return errors.Join(append(wrong, out.Flush())...)
}

func readInput(name string, in io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(name)
}

// relayNames are authserv-ids as they are compared (RFC 8601 § 2.2).
func relayNames(names []string) mail.Relays {
	relays := mail.Relays{}
	for _, name := range names {
		relays = append(relays, strings.ToLower(strings.TrimSpace(name)))
	}
	return relays
}
