package mail_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// straight is a mail that came straight from outside.
func (h *house) straight(raw, envelope string) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: council, Envelope: envelope, Peer: "127.0.0.1:25", State: forum.Unproven}, []byte(raw))
		return err
	})
}

// slowFor is a DNS that answers about one domain only when it is let.
type slowFor struct {
	zone
	domain string
	let    chan struct{}
}

func (s slowFor) LookupTXT(ctx context.Context, name string) ([]string, error) {
	if strings.HasSuffix(name, s.domain) {
		select {
		case <-s.let:
		case <-ctx.Done():
			return nil, &net.DNSError{Err: "timeout", IsTimeout: true}
		}
	}
	return s.zone.LookupTXT(ctx, name)
}

// TestSlowDNSKeepsNobodyWaiting proves and reads the mail of others while nothing can be found out about one.
func TestSlowDNSKeepsNobodyWaiting(t *testing.T) {
	onBoth(t, func(h *house) {
		read := make(chan forum.IncomingState, 3)
		reader := h.reader()
		reader.Read = func(state forum.IncomingState) { read <- state }
		dns := slowFor{zone{"relaxed"}, "elsewhere.example", make(chan struct{})}
		prover := &mail.Prover{Keeper: h.keeper, DNS: dns, Wake: reader.Wake, Log: h.log()}
		h.straight(item(stranger, "Sein", "Sein."), stranger)
		h.straight(item(member, "Felles rutine", "Vi ber om at rådet drøftar dette."), member)
		ctx, cancel := context.WithCancel(h.Context())
		defer cancel()
		go prover.Run(ctx)
		go reader.Run(ctx)
		if state := <-read; state != forum.Understood {
			h.Errorf("the first to be read is %s", state)
		}
		close(dns.let)
		if state := <-read; state != forum.HeldMail {
			h.Errorf("the second to be read is %s", state)
		}
	})
}

// TestProofIsTriedAgainLaterAndLater counts when DNS is asked about a mail whose author it cannot tell.
func TestProofIsTriedAgainLaterAndLater(t *testing.T) {
	h := onSQLite(t)
	h.straight(item(member, "Felles rutine", "Vi ber om at rådet drøftar dette."), member)
	prover, reader := &mail.Prover{Keeper: h.keeper, DNS: zone{"away"}, Log: h.log()}, h.reader()
	var tried []int
	for minute := range 300 {
		h.must(prover.Drain(t.Context()))
		if h.drained(reader) > 0 {
			tried = append(tried, minute)
		}
		h.now = h.now.Add(time.Minute)
	}
	got := h.only(council)
	if got.State != forum.HeldMail || got.Reason != mail.HeldDNSAway || got.Verdict != "temporary" || got.Subject != "Felles rutine" {
		t.Errorf("in the end: %+v", got)
	}
	if tried[0] != 0 || tried[1] != 1 || tried[2] != 2 || tried[3] != 4 || len(tried) > 20 || tried[len(tried)-1] < 240 {
		t.Errorf("tried after %v minutes", tried)
	}
}

// TestProofIsNotedOnce lets two find out about the same mail.
func TestProofIsNotedOnce(t *testing.T) {
	h := onSQLite(t)
	h.straight(item(member, "Felles rutine", "Vi ber om at rådet drøftar dette."), member)
	found := forum.Proof{Verdict: "pass", VerdictDetail: "dmarc=pass"}
	id := h.only(council).ID
	h.write(func(ctx context.Context, tx forum.Tx) error { return forum.ProveMail(ctx, tx, id, found) })
	err := h.keeper.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		return forum.ProveMail(ctx, tx, id, forum.Proof{Verdict: "fail"})
	})
	if !forum.IsKind(err, forum.Conflict) || h.only(council).Proof != found {
		t.Errorf("%v, %+v", err, h.only(council).Proof)
	}
}

// TestServerKeepsWhereMailCameFrom keeps what the checks need, and lets only mail from outside wait for them.
func TestServerKeepsWhereMailCameFrom(t *testing.T) {
	for _, test := range []struct {
		name            string
		direct, trusted bool
		want            forum.IncomingState
	}{
		{"straight from outside", true, false, forum.Unproven},
		{"from a relay", true, true, forum.Accepted},
		{"only relays are believed", false, false, forum.Accepted},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			_, address := h.serve(func(o *mail.ServerOptions) {
				if o.Direct = test.direct; !test.trusted {
					o.Trusted = []netip.Prefix{}
				}
			})
			p := connect(t, address)
			p.expect("EHLO mx.kvam.example", "250")
			p.begin(member, council)
			p.expect(item(member, "Sak", "Tekst.")+".", "250")
			if got := h.only(council); got.State != test.want || got.Helo != "mx.kvam.example" || got.Envelope != member || !strings.HasPrefix(got.Peer, "127.0.0.1:") {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestForgedSendersGetNoAnswer tells nobody that mail from outside is held which is not found to be theirs, and tells its author of other mail.
func TestForgedSendersGetNoAnswer(t *testing.T) {
	for policy, told := range map[string]int{"relaxed": 1, "none": 0} {
		h := onSQLite(t)
		h.straight(item(stranger, "Tilbod", "Kjøp no."), stranger)
		h.must((&mail.Prover{Keeper: h.keeper, DNS: zone{policy}, Log: h.log()}).Drain(t.Context()))
		h.drained(h.reader())
		if got := len(h.sent(council)); got != told || h.only(council).State != forum.HeldMail {
			t.Errorf("%s: %d answers, %s", policy, got, h.only(council).State)
		}
	}
}
