package mail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadStatus(t *testing.T) {
	tests := []struct {
		name, content string
		want          *Bounce
		isTold        bool
	}{
		{"nothing", "", nil, false},
		{"only about the report", "Reporting-MTA: dns; mx.example\n", nil, false},
		{"failed", "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: RFC822; <A@b.example>\r\nAction: Failed\r\nStatus: 5.1.1 (no such)\r\n",
			&Bounce{Recipient: "a@b.example", Status: "5.1.1", Final: true, All: []FailedRecipient{{Recipient: "a@b.example", Status: "5.1.1", Final: true}}}, true},
		{"given up after a temporary failure", "Final-Recipient: rfc822;a@b.example\nAction: failed\nStatus: 4.2.2\n",
			&Bounce{Recipient: "a@b.example", Status: "4.2.2", Final: true, All: []FailedRecipient{{Recipient: "a@b.example", Status: "4.2.2", Final: true}}}, true},
		{"delayed", "Final-Recipient: rfc822;a@b.example\nAction: delayed\nStatus: 4.4.1\n",
			&Bounce{Recipient: "a@b.example", Status: "4.4.1", All: []FailedRecipient{{Recipient: "a@b.example", Status: "4.4.1"}}}, true},
		{"delivered", "Final-Recipient: rfc822;a@b.example\nAction: delivered\nStatus: 2.0.0\n", nil, true},
		{"no action", "Final-Recipient: rfc822;a@b.example\nStatus: 5.0.0\n",
			&Bounce{Recipient: "a@b.example", Status: "5.0.0", Final: true, All: []FailedRecipient{{Recipient: "a@b.example", Status: "5.0.0", Final: true}}}, true},
		{"the failure goes before the delay", "Final-Recipient: rfc822;a@b.example\nAction: delayed\nStatus: 4.0.0\n\n\nFinal-Recipient: rfc822;c@d.example\nOriginal-Recipient: rfc822;e@f.example\nAction: failed\nStatus: 5.0.0\n",
			&Bounce{Recipient: "c@d.example", Status: "5.0.0", Final: true, All: []FailedRecipient{{Recipient: "a@b.example", Status: "4.0.0"}, {Recipient: "c@d.example", Original: "e@f.example", Status: "5.0.0", Final: true}}}, true},
		{"the status only in the answer", "Final-Recipient: rfc822;a@b.example\nAction: failed\nDiagnostic-Code: smtp; 550 from 192.0.2.1\n 5.7.1 refused\n",
			&Bounce{Recipient: "a@b.example", Status: "5.7.1", Final: true, All: []FailedRecipient{{Recipient: "a@b.example", Status: "5.7.1", Final: true, Diagnostic: "smtp; 550 from 192.0.2.1 5.7.1 refused"}}}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, isTold := readStatus([]byte(test.content))
			if diff := cmp.Diff(test.want, got); diff != "" || isTold != test.isTold {
				t.Errorf("isTold = %v (-want +got):\n%s", isTold, diff)
			}
		})
	}
}

func TestFirstStatus(t *testing.T) {
	for text, want := range map[string]string{
		"550 5.1.1 <a@b>": "5.1.1", "(#5.5.0)": "5.5.0", "code 5.1.10.": "5.1.10", "192.5.1.1": "", "5.1.1.2": "", "4.4.1 (no answer)": "4.4.1", "2.0": "", "3.1.1": "",
	} {
		if got := firstStatus(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReadBounceText(t *testing.T) {
	const daemon = "From: MAILER-DAEMON@mx.example\nTo: retur@samraad.example\nSubject: "
	const person = "From: helsesjef@kvam.kommune.example\nTo: radet@samraad.example\nSubject: "
	tests := []struct {
		name, header, text string
		want               *Bounce
	}{
		{"Exchange in Norwegian", daemon + "Kan ikke leveres: Sak", "Levering til disse mottakerne mislyktes:\n\nvara@kvam.kommune.example<mailto:vara@kvam.kommune.example>\nFant ikke adressen.\n\n#550 5.1.1 RESOLVER",
			&Bounce{Recipient: "vara@kvam.kommune.example", Status: "5.1.1", Final: true}},
		{"in a sentence", daemon + "Uleverbar e-post", "Meldinga til vara@kvam.kommune.example kunne ikkje leverast.", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "5.0.0", Final: true}},
		{"labelled", daemon + "Delivery failure", "Recipient: <vara@kvam.kommune.example>\nReason: 552 Mailbox full", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "5.0.0", Final: true}},
		{"nobody named", daemon + "Undelivered Mail", "Your message was lost.", &Bounce{Status: "5.0.0", Final: true}},
		{"the receiver of the report is not it", daemon + "failure notice", "retur@samraad.example\nvara@kvam.kommune.example\n", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "5.0.0", Final: true}},
		{"delayed, in Norwegian", daemon + "Forsinket: Sak", "Levering til vara@kvam.kommune.example er forsinket. Vi fortsetter å prøve.", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "4.0.0"}},
		{"delayed, only in the text", daemon + "Sak", "vara@kvam.kommune.example\nWe will keep trying for 3 days.", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "4.0.0"}},
		{"not from a mail system by its name", person + "Undeliverable: Sak", "The following could not be delivered:\n\nvara@kvam.kommune.example\n550 5.1.1 no such user", &Bounce{Recipient: "vara@kvam.kommune.example", Status: "5.1.1", Final: true}},
		{"a person writes of delivery", person + "Rapport ikke levert", "Rapporten kunne ikke leveres i tide, sak 5.1.2 er avvist.", nil},
		{"a person passes a report on", person + "VS: Undeliverable: Sak", "Denne could not be delivered:\n550 5.1.1 no such user\nvara@kvam.kommune.example", nil},
		{"a postmaster writes himself", "From: postmaster@kvam.kommune.example\nSubject: Sak", "Vi har ny e-postløysing.", nil},
		{"somebody is away", "Return-Path: <>\n" + person + "Automatisk svar: Sak", "Adressa finst ikkje lenger og kunne ikke leveres.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fields, _, _ := readHeader([]byte(test.header))
			got := readBounceText(fields, test.text)
			if got != nil {
				got.All = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
