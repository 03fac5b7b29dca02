package mail

import "testing"

func TestAuthenticate(t *testing.T) {
	const from = "From: Helsesjef <helsesjef@kvam.kommune.example>\n"
	const pass = "Authentication-Results: mx.relay.example; dmarc=pass header.from=kvam.kommune.example\n"
	tests := []struct {
		name, header string
		want         Verdict
	}{
		{"passed", pass + from, AuthPass},
		{"passed, in capitals", "Authentication-Results: MX.Relay.Example 1; DMARC=Pass (p=none) header.from=Kvam.Kommune.example\n" + from, AuthPass},
		{"passed among others", "Authentication-Results: mx.relay.example;\n\tspf=fail smtp.mailfrom=x.example;\n\tdkim=pass header.d=kvam.kommune.example;\n\tdmarc=pass header.from=kvam.kommune.example\n" + from, AuthPass},
		{"no results", from, AuthNone},
		{"results of a stranger", "Authentication-Results: mx.ond.example; dmarc=pass header.from=kvam.kommune.example\n" + from, AuthNone},
		{"no name", "Authentication-Results: dmarc=pass header.from=kvam.kommune.example\n" + from, AuthNone},
		{"nothing checked", "Authentication-Results: mx.relay.example; none\n" + from, AuthNone},
		{"only SPF", "Authentication-Results: mx.relay.example; spf=pass smtp.mailfrom=kvam.kommune.example\n" + from, AuthNone},
		{"failed", "Authentication-Results: mx.relay.example; dmarc=fail header.from=kvam.kommune.example\n" + from, AuthFail},
		{"the topmost counts", "Authentication-Results: mx.relay.example; dmarc=fail header.from=kvam.kommune.example\n" + pass + from, AuthFail},
		{"a stranger's above", "Authentication-Results: mx.ond.example; dmarc=fail header.from=kvam.kommune.example\n" + pass + from, AuthPass},
		{"two results that differ", "Authentication-Results: mx.relay.example; dmarc=pass header.from=kvam.kommune.example; dmarc=fail header.from=kvam.kommune.example\n" + from, AuthFail},
		{"for another domain", "Authentication-Results: mx.relay.example; dmarc=pass header.from=ond.example\n" + from, AuthFail},
		{"for the domain above", "Authentication-Results: mx.relay.example; dmarc=pass header.from=kommune.example\n" + from, AuthFail},
		{"for no domain", "Authentication-Results: mx.relay.example; dmarc=pass\n" + from, AuthFail},
		{"in a comment", "Authentication-Results: mx.relay.example; dmarc=fail (; dmarc=pass header.from=kvam.kommune.example) header.from=kvam.kommune.example\n" + from, AuthFail},
		{"in a nested comment", "Authentication-Results: mx.relay.example; spf=none ((a) ; dmarc=pass header.from=kvam.kommune.example)\n" + from, AuthNone},
		{"in a quoted string", "Authentication-Results: mx.relay.example; spf=none smtp.mailfrom=\"x; dmarc=pass header.from=kvam.kommune.example\"@ond.example\n" + from, AuthNone},
		{"behind an escaped quote", "Authentication-Results: mx.relay.example; spf=none smtp.mailfrom=\"x\\\"; dmarc=pass header.from=kvam.kommune.example \\\"\"@ond.example\n" + from, AuthNone},
		{"an open comment", "Authentication-Results: mx.relay.example; spf=none (; dmarc=pass header.from=kvam.kommune.example\n" + from, AuthNone},
		{"two authors", pass + "From: helsesjef@kvam.kommune.example, andre@kvam.kommune.example\n", AuthFail},
		{"two From fields", pass + from + from, AuthFail},
		{"no author", pass, AuthFail},
		{"an author that must be guessed", pass + "From: Sjef, Helse <helsesjef@kvam.kommune.example>\n", AuthFail},
		{"an address in a quoted name", "Authentication-Results: mx.relay.example; dmarc=pass header.from=ond.example\nFrom: \"helsesjef@kvam.kommune.example\" <x@ond.example>\n", AuthPass},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fields, _, _ := readHeader([]byte(test.header))
			if got := authenticate(fields, testRelays); got.Verdict != test.want || got.Detail == "" {
				t.Errorf("%+v, want %s", got, test.want)
			}
		})
	}
	fields, _, _ := readHeader([]byte(pass + from))
	if got := authenticate(fields, nil); got.Verdict != AuthNone {
		t.Errorf("without relays: %+v", got)
	}
}
