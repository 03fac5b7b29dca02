package mail_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// signingKeys are one key of each kind for a domain.
func signingKeys(t *testing.T, domain string) (keys mail.SigningKeys, dns map[string]string) {
	t.Helper()
	keys, dns = mail.SigningKeys{}, map[string]string{}
	for _, kind := range []mail.KeyKind{mail.RSAKey, mail.Ed25519Key} {
		_, file, err := mail.NewSigningKey(kind)
		if err != nil {
			t.Fatal(err)
		}
		signer, err := mail.ParseSigningKey(file)
		if err != nil {
			t.Fatal(err)
		}
		key := mail.SigningKey{Domain: domain, Selector: string(kind), Signer: signer}
		if dns[key.Name()], err = key.Record(); err != nil {
			t.Fatal(err)
		}
		keys[domain] = append(keys[domain], key)
	}
	return keys, dns
}

// proven are the verdicts of Debian's dkimpy on the signatures of a mail, the first one above.
func proven(t *testing.T, raw []byte, dns map[string]string) (verdicts []bool) {
	t.Helper()
	records, err := json.Marshal(dns)
	if err != nil {
		t.Fatal(err)
	}
	check := exec.Command("/usr/bin/python3", "testdata/verify_dkim.py", string(records))
	check.Stdin = bytes.NewReader(raw)
	said, err := check.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("%v (apt-get install python3-dkim python3-nacl)\n%s", err, failed.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(said, &verdicts); err != nil {
		t.Fatalf("%s: %v", said, err)
	}
	return verdicts
}

// TestSignedLetters has every letter signed by two keys, and checked by two programs that share nothing.
func TestSignedLetters(t *testing.T) {
	keys, dns := signingKeys(t, "voss.example")
	options := &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) { return []string{dns[name]}, nil }}
	for i, l := range letters() {
		c, err := mail.ComposeSigned(t.Context(), l.message(languages[i%len(languages)]), url, papers, keys)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Join(c.Pieces, nil); !bytes.Equal(got, c.Raw) {
			t.Errorf("%s: the pieces are not the mail", l.name)
		}
		verified, err := dkim.VerifyWithOptions(bytes.NewReader(c.Raw), options)
		if err != nil || len(verified) != 2 || verified[0].Err != nil || verified[1].Err != nil {
			t.Errorf("%s: %v, %v", l.name, verified, err)
		}
		if l.name == "invitation" || l.name == "package" {
			if got := proven(t, c.Raw, dns); fmt.Sprint(got) != "[true true]" {
				t.Errorf("%s: dkimpy says %v", l.name, got)
			}
		}
	}
}

// TestSignatureBreaks has signed mails changed on their way: what can be seen or answered to is covered, and cannot be added.
func TestSignatureBreaks(t *testing.T) {
	keys, dns := signingKeys(t, "voss.example")
	c, err := mail.ComposeSigned(t.Context(), letters()[0].message(forum.Nynorsk), url, papers, keys)
	if err != nil {
		t.Fatal(err)
	}
	above := func(field string) func(string) string {
		return func(mail string) string { return field + "\r\n" + mail }
	}
	for _, test := range []struct {
		name   string
		change func(string) string
		holds  bool
	}{
		{"untouched", func(mail string) string { return mail }, true},
		{"a trace above", above("Received: from a.example by b.example; Mon, 19 Oct 2026 10:30:00 +0200"), true},
		{"a part of the text", func(mail string) string { return strings.Replace(mail, "Voss", "Kvam", 1) }, false},
		{"the reply address", func(mail string) string {
			return strings.Replace(mail, "Reply-To: ", "Reply-To: <x@evil.example>, ", 1)
		}, false},
		{"the subject", func(mail string) string { return strings.Replace(mail, "Subject: ", "Subject: x ", 1) }, false},
		{"the list", func(mail string) string { return strings.Replace(mail, "List-Id: ", "List-Id: x ", 1) }, false},
		{"that a machine wrote it", func(mail string) string { return strings.Replace(mail, "auto-generated", "no", 1) }, false},
		{"another author", above("From: <x@evil.example>"), false},
		{"another subject", above("Subject: x"), false},
		{"another reply address", above("Reply-To: <x@evil.example>"), false},
		{"a copy", above("Cc: <x@evil.example>"), false},
		{"what it answers", above("In-Reply-To: <x@evil.example>"), false},
		{"a thread", above("References: <x@evil.example>"), false},
		{"a way to leave", above("List-Unsubscribe: <https://evil.example>"), false},
	} {
		changed := test.change(string(c.Raw))
		if got := proven(t, []byte(changed), dns); len(got) != 2 || got[0] != test.holds || got[1] != test.holds {
			t.Errorf("%s: %v, want %t twice", test.name, got, test.holds)
		}
	}
}

// TestSignedOnce has a mail tried again, which is the same to the last byte, its signature too.
func TestSignedOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		m, _ := h.invited()
		keys, dns := signingKeys(h.T, "voss.example")
		s := newSink(h.T, nil)
		outbox := &mail.Outbox{Keeper: h.keeper, URL: url, Relay: relayTo(h.T, "smtp://"+s.address), Files: h.files, Keys: keys, Log: h.log()}
		s.then(refusal(451, "later"))
		if err := outbox.Send(t.Context(), m.ID); err == nil {
			h.Fatal("a mail that was put off is sent")
		}
		before := seen(h, h.message(m.ID).Bytes)
		if err := outbox.Send(t.Context(), m.ID); err != nil {
			h.Fatal(err)
		}
		got := s.all()
		if len(got) != 2 || !bytes.Equal(got[0].raw, before) || !bytes.Equal(got[1].raw, before) {
			h.Errorf("%d mails, the first time\n%s", len(got), before)
		}
		if verdicts := proven(h.T, before, dns); fmt.Sprint(verdicts) != "[true true]" {
			h.Errorf("dkimpy says %v", verdicts)
		}
	})
}

func TestSigningKeyFiles(t *testing.T) {
	const small = `-----BEGIN PRIVATE KEY-----
MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAy
-----END PRIVATE KEY-----`
	for name, file := range map[string]string{"nothing": "", "words": "hemmeleg", "half a key": small, "another kind": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		_, err := mail.ParseSigningKey([]byte(file))
		if !forum.IsKind(err, forum.Invalid) || strings.Contains(err.Error(), "hemmeleg") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := mail.NewSigningKey("dsa"); !forum.IsKind(err, forum.Invalid) {
		t.Errorf("a kind that there is not: %v", err)
	}
}
