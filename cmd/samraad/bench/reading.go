package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/jhillyerd/enmime/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// What is read in one measurement: mails with a text, the same as HTML, and a paper.
const (
	readings   = 200
	paperBytes = 64 << 10
	readWith   = 32 // goroutines
)

// readingRow has both read the same bytes with as many goroutines. Ours takes them out of the database, where they were
// accepted straight from outside, proves by SPF, DKIM (RSA, 2048 bits) and DMARC who wrote them, reads their text, quotations,
// calendars and papers, and commits what was found; DNS is in memory. The other parses them and keeps nothing.
var readingRow = row{
	name: "reading", what: "mails read, authenticated and stored, 64 KB paper", against: "enmime alone on the same bytes", goal: "≥ 0.35×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		r, err := newReading(ctx, filepath.Join(folder, "ours"))
		if err != nil {
			return nil, err
		}
		return &pair{ours: r.ours, other: r.other, close: r.house.close}, nil
	},
}

type reading struct {
	house  *house
	key    *rsa.PrivateKey
	dns    oneZone
	reader *mail.Reader
	prover *mail.Prover
	raw    [][]byte // of the present turn
}

func newReading(ctx context.Context, folder string) (*reading, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	h, err := newHouse(ctx, folder, areaOf(seats, 1))
	if err != nil {
		return nil, err
	}
	r := &reading{house: h, key: key, dns: oneZone("v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(public))}
	r.reader = &mail.Reader{Keeper: h, Files: h.files, AtOnce: readWith, Log: h.log}
	r.prover = &mail.Prover{Keeper: h, DNS: r.dns, Log: h.log}
	return r, nil
}

// oneZone is a DNS in which every domain has the same records.
type oneZone string

func (z oneZone) LookupTXT(_ context.Context, name string) ([]string, error) {
	switch {
	case strings.HasPrefix(name, "_dmarc."):
		return []string{"v=DMARC1; p=reject"}, nil
	case strings.Contains(name, "._domainkey."):
		return []string{string(z)}, nil
	}
	return []string{"v=spf1 ip4:192.0.2.7 -all"}, nil
}

func (oneZone) LookupMX(context.Context, string) ([]*net.MX, error) { return nil, nil }

func (oneZone) LookupIPAddr(context.Context, string) ([]net.IPAddr, error) { return nil, nil }

func (oneZone) LookupAddr(context.Context, string) ([]string, error) { return nil, nil }

// newMail is a member's answer to something, which waits for a secretary when it is read.
func (r *reading) newMail() (from string, raw []byte, err error) {
	n := sent.Add(1)
	from = member(int(n) % seats)
	_, domain, _ := strings.Cut(from, "@")
	paper := make([]byte, paperBytes)
	if _, err := rand.Read(paper); err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: Medlem <%s>\r\nTo: <%s>\r\nSubject: SV: Sak %d\r\nMessage-ID: <%d.%d@%s>\r\nIn-Reply-To: <x@voss.example>\r\n", from, council, n, n, time.Now().UnixNano(), domain)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n")
	words := strings.Repeat("Vi ber rådet drøfte dette, sjå vedlegget.\r\n", 40)
	b.WriteString("--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + words)
	b.WriteString("\r\nDen 2. mars 2026 kl. 09:12 skrev Rådet <rad@voss.example>:\r\n> Kva meiner de?\r\n")
	b.WriteString("--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>" + strings.ReplaceAll(words, "\r\n", "</p>\r\n<p>") + "</p></body></html>\r\n--b--\r\n")
	b.WriteString("--a\r\nContent-Type: application/octet-stream; name=vedlegg.bin\r\nContent-Disposition: attachment; filename=vedlegg.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for line := range strings.SplitSeq(wrapped(base64.StdEncoding.EncodeToString(paper)), "\n") {
		b.WriteString(line + "\r\n")
	}
	b.WriteString("--a--\r\n")
	var signed bytes.Buffer
	err = dkim.Sign(&signed, &b, &dkim.SignOptions{Domain: domain, Selector: "s", Signer: r.key, HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed})
	return from, signed.Bytes(), err
}

// wrapped breaks base64 into lines (RFC 2045 § 6.8).
func wrapped(text string) string {
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	return b.String() + text
}

// ours accepts mails, and then counts how fast they are proven, read and stored.
func (r *reading) ours(ctx context.Context) (float64, error) {
	r.raw = nil
	for range readings {
		from, raw, err := r.newMail()
		if err != nil {
			return 0, err
		}
		r.raw = append(r.raw, raw)
		err = r.house.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			_, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: council, Envelope: from, Peer: "192.0.2.7:25", Helo: "mx", State: forum.Unproven}, raw)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	start := time.Now()
	if err := r.prover.Drain(ctx); err != nil {
		return 0, err
	}
	read, err := r.reader.Drain(ctx)
	took := rate(readings, start)
	if err == nil && read != readings {
		err = fmt.Errorf("%d mails were read, not %d", read, readings)
	}
	return took, errors.Join(err, r.genuine(ctx))
}

// genuine makes sure that the newest mail was found to be its author's.
func (r *reading) genuine(ctx context.Context) error {
	return r.house.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		in, err := tx.ForumByAddress(ctx, council)
		if err != nil {
			return err
		}
		held, err := tx.IncomingIn(ctx, in.ID, forum.HeldMail, 1)
		if err == nil && (len(held) != 1 || held[0].Verdict != string(mail.AuthPass) || held[0].Reason != "held.reply") {
			err = fmt.Errorf("the newest held mail is %+v", held)
		}
		return err
	})
}

// other parses the mails of the turn.
func (r *reading) other(context.Context) (float64, error) {
	work := make(chan []byte)
	failures := make(chan error, readings)
	start := time.Now()
	var wait sync.WaitGroup
	for range readWith {
		wait.Go(func() {
			for raw := range work {
				if _, err := enmime.ReadEnvelope(bytes.NewReader(raw)); err != nil {
					failures <- err
				}
			}
		})
	}
	for _, raw := range r.raw {
		work <- raw
	}
	close(work)
	wait.Wait()
	took := rate(readings, start)
	close(failures)
	return took, <-failures
}
