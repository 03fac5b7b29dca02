package mail_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// whoRow is one line of testdata/who.tsv.
type whoRow struct{ way, spf, dkim, dmarc, token, from, person, machine string }

func whoRows(t *testing.T) []whoRow {
	t.Helper()
	table, err := os.ReadFile("testdata/who.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []whoRow
	for line := range strings.Lines(string(table)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || c[0] == "way" {
			continue
		}
		if len(c) != 8 {
			t.Fatalf("%d columns: %s", len(c), line)
		}
		rows = append(rows, whoRow{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]})
	}
	return rows
}

// TestWhoTableIsWhole finds every combination in the table, and each once.
func TestWhoTableIsWhole(t *testing.T) {
	checks, tokens, authors := []string{"exact", "sub", "other", "fail", "none", "away"}, []string{"right", "wrong", "none"}, []string{"member", "colleague", "stranger"}
	want := map[whoRow]int{}
	for _, token := range tokens {
		for _, from := range authors {
			for _, dmarc := range []string{"relaxed", "strict", "none", "away"} {
				for _, spf := range checks {
					for _, dkim := range checks {
						want[whoRow{way: "direct", spf: spf, dkim: dkim, dmarc: dmarc, token: token, from: from}] = 1
					}
				}
			}
			for _, dmarc := range []string{"pass", "fail", "none", "forged"} {
				want[whoRow{way: "relay", spf: "-", dkim: "-", dmarc: dmarc, token: token, from: from}] = 1
			}
			want[whoRow{way: "unnamed", spf: "-", dkim: "-", dmarc: "forged", token: token, from: from}] = 1
		}
	}
	got := map[whoRow]int{}
	for _, row := range whoRows(t) {
		row.person, row.machine = "", ""
		got[row]++
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(whoRow{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// signingKey signs for every domain of the tests; it protects nothing.
var signingKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

// zone is the DNS of the tests: each domain sends from 127.0.0.1, not from 127.0.0.2, and of other peers nothing can be found out.
type zone struct{ dmarc string }

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	switch host, domain, _ := strings.Cut(name, "."); {
	case host == "_dmarc" && z.dmarc == "away", host == "away":
		return nil, &net.DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
	case host == "_dmarc" && z.dmarc == "strict" && strings.Count(domain, ".") == 1:
		return []string{"v=spf1 -all", "v=DMARC1; p=none; adkim=s; aspf=s"}, nil
	case host == "_dmarc" && z.dmarc == "relaxed" && strings.Count(domain, ".") == 1:
		return []string{"v=DMARC1; p=reject"}, nil
	case host == "ok":
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(signingKey.Public().(ed25519.PublicKey))}, nil
	case host == "_dmarc", host == "none":
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	return []string{"other=1", "v=spf1 ip4:127.0.0.1 -ip4:127.0.0.2 exists:away.example -all"}, nil
}

func (z zone) LookupIPAddr(_ context.Context, host string) ([]net.IPAddr, error) {
	return nil, &net.DNSError{Err: "server misbehaving", Name: host, IsTimeout: true}
}

func (z zone) LookupMX(context.Context, string) ([]*net.MX, error) { return nil, nil }

func (z zone) LookupAddr(context.Context, string) ([]string, error) { return nil, nil }

// who walks the table.
type who struct {
	*house
	facts  forum.InvitationFacts
	peers  map[string]*peer // by way and address
	stamp  time.Time
	number int
}

// author is the address that a row is from, and its domain.
func (r whoRow) author() (address, domain string) {
	address = map[string]string{"member": member, "colleague": secretary, "stranger": stranger}[r.from]
	_, domain, _ = strings.Cut(address, "@")
	return address, domain
}

// envelope is the sender and the peer for which SPF finds what the row says.
func (r whoRow) envelope() (sender, peer string) {
	_, domain := r.author()
	peer = "127.0.0.1"
	switch r.spf {
	case "sub":
		domain = "post." + domain
	case "other":
		domain = "other.example"
	case "fail":
		peer = "127.0.0.2"
	case "none":
		domain = "none." + domain
	case "away":
		peer = "127.0.0.3"
	}
	return "sender@" + domain, peer
}

// signed signs a mail so that DKIM finds what the row says.
func (r whoRow) signed(t *testing.T, raw string) string {
	t.Helper()
	_, domain := r.author()
	options := dkim.SignOptions{Selector: "ok", Signer: crypto.Signer(signingKey), HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed}
	switch options.Domain = domain; r.dkim {
	case "none", "-":
		return raw
	case "sub":
		options.Domain = "post." + domain
	case "other":
		options.Domain = "other.example"
	case "away":
		options.Selector = "away"
	}
	var b bytes.Buffer
	if err := dkim.Sign(&b, strings.NewReader(raw), &options); err != nil {
		t.Fatal(err)
	}
	if r.dkim == "fail" {
		return strings.Replace(b.String(), "VERSION:2.0", "VERSION:2.0 ", 1) + "more\r\n"
	}
	return b.String()
}

// results is what relays have written above the mail.
func (r whoRow) results() string {
	_, domain := r.author()
	switch r.dmarc {
	case "pass", "fail":
		return fmt.Sprintf("Authentication-Results: mx.voss.example; dmarc=%s header.from=%s\r\n", r.dmarc, domain)
	case "forged":
		name := "mx.voss.example" // which the peer only claims to be
		if r.way == "relay" {
			name = "mx.evil.example"
		}
		return fmt.Sprintf("Authentication-Results: %s; dmarc=pass header.from=%s\r\n", name, domain)
	}
	return ""
}

// body is an answer to the invitation with a stamp of its own, or what a machine says instead.
func (w *who) body(r whoRow, isMachine bool) string {
	address, _ := r.author()
	w.number++
	if isMachine {
		return item(address, "Sv: Innkalling", fmt.Sprint("Eg er ikkje på kontoret. ", w.number), "Auto-Submitted: auto-replied")
	}
	w.stamp = w.stamp.Add(time.Second)
	raw := strings.NewReplacer(
		"UID:uid", "UID:"+w.facts.UID, "20261019T083000Z", w.stamp.Format("20060102T150405Z"), "mailto:"+member, "mailto:"+address,
	).Replace(calendarMail(address, "REPLY"))
	return raw
}

// to is the recipient.
func (w *who) to(r whoRow) string {
	switch r.token {
	case "right":
		return forum.TokenAddress(council, w.facts.Token)
	case "wrong":
		return forum.TokenAddress(council, strings.Repeat("a", 26))
	}
	return council
}

// send says a mail to the server of the row's way.
func (w *who) send(r whoRow, isMachine bool) {
	w.Helper()
	sender, from := r.envelope()
	key := r.way + " " + from
	if w.peers[key] == nil {
		_, address := w.serve(func(o *mail.ServerOptions) {
			o.Direct = r.way == "direct"
			if r.way != "relay" {
				o.Trusted = []netip.Prefix{}
			}
		})
		conn, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}).Dial("tcp", address)
		w.must(err)
		w.peers[key] = converse(w.T, conn)
		w.peers[key].expect("EHLO mx.kvam.example", "250")
	}
	w.peers[key].begin(sender, w.to(r))
	w.peers[key].expect(r.results()+r.signed(w.T, w.body(r, isMachine))+"\r\n.", "250")
}

// outcomes are what became of the council's mails, the oldest first.
func (w *who) outcomes() []string {
	w.Helper()
	id := w.forum(council).ID
	all := map[forum.IncomingID]string{}
	for state, name := range map[forum.IncomingState]string{forum.Understood: "acts", forum.HeldMail: "", forum.Noted: "", forum.Unproven: "waits", forum.Accepted: "unread"} {
		for _, m := range seen(w.house, func(ctx context.Context, tx forum.Tx) ([]forum.Incoming, error) {
			return tx.IncomingIn(ctx, id, state, 10_000)
		}) {
			all[m.ID] = name + m.Reason
			if m.Reason == "noted.auto-reply" {
				all[m.ID] = "automatic"
			}
		}
	}
	list := make([]string, len(all))
	for id, outcome := range all {
		list[id-1] = outcome
	}
	return list
}

// TestWho sends every row of the table twice, from a person and from a machine: over SMTP, through the checks and the reader,
// into the database.
func TestWho(t *testing.T) {
	h := onSQLite(t)
	_, facts := h.invited()
	h.now = h.now.Add(24 * time.Hour)
	w := &who{house: h, facts: facts, peers: map[string]*peer{}, stamp: made.Add(time.Hour)}
	rows := whoRows(h.T)
	reader := h.reader()
	acted := 0
	for begin := 0; begin < len(rows); {
		end := begin
		for ; end < len(rows) && rows[end].way == rows[begin].way && rows[end].dmarc == rows[begin].dmarc; end++ {
			w.send(rows[end], false)
			w.send(rows[end], true)
		}
		prover := &mail.Prover{Keeper: h.keeper, DNS: zone{rows[begin].dmarc}, Log: h.log()}
		h.must(prover.Drain(h.Context()))
		h.drained(reader)
		first := w.outcomes()
		h.now = h.now.Add(4 * time.Hour)
		h.must(prover.Drain(h.Context()))
		h.drained(reader)
		last := w.outcomes()
		for i := begin; i < end; i++ {
			r, person := rows[i], first[2*i]
			if person == "waits" {
				person += ", " + last[2*i]
			}
			if person != r.person || last[2*i+1] != r.machine || first[2*i+1] != r.machine {
				h.Errorf("%v: got %s, and %s of a machine", r, person, last[2*i+1])
			}
			if person == "acts" {
				acted++
			}
		}
		begin = end
	}
	if answers := h.answers(); len(answers) != acted || acted < 100 {
		h.Errorf("%d mails acted, there are %d answers", acted, len(answers))
	}
}
