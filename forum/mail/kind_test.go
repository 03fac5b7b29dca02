package mail

import (
	"strings"
	"testing"
)

func TestKindByHeader(t *testing.T) {
	tests := []struct {
		name, fields string
		want         Kind
	}{
		{"a matter", "Subject: Sak: felles legevakt", Item},
		{"an answer by thread", "Subject: Innkalling\nIn-Reply-To: <1@samraad.example>", Reply},
		{"an answer by references", "Subject: Innkalling\nReferences: <1@samraad.example>", Reply},
		{"SV", "Subject: SV: Innkalling", Reply},
		{"Sv", "Subject: Sv: Innkalling", Reply},
		{"Vs", "Subject: Vs: Innkalling", Reply},
		{"Re", "Subject: RE: Innkalling", Reply},
		{"Re, encoded", "Subject: =?utf-8?Q?Re=3A_M=C3=B8te?=", Reply},
		{"a word that begins like Re", "Subject: Reservelege: behov", Item},
		{"sent by no person", "Subject: Sak\nAuto-Submitted: auto-generated", AutoReply},
		{"sent by a person, says the field", "Subject: Sak\nAuto-Submitted: no", Item},
		{"an answering machine", "Subject: Re: Innkalling\nAuto-Submitted: auto-replied; owner-email=\"x@y.example\"", AutoReply},
		{"Exchange", "Subject: Innkalling\nX-Auto-Response-Suppress: All", AutoReply},
		{"precedence", "Subject: Innkalling\nPrecedence: auto_reply", AutoReply},
		{"X-Autoreply", "Subject: Innkalling\nX-Autoreply: yes", AutoReply},
		{"X-Autorespond", "Subject: Innkalling\nX-Autorespond: Innkalling", AutoReply},
		{"empty return path", "Return-Path: <>\nSubject: Innkalling", AutoReply},
		{"Automatisk svar", "Subject: Automatisk svar: Innkalling", AutoReply},
		{"Fraværende", "Subject: =?iso-8859-1?Q?Frav=E6rende:_Innkalling?=", AutoReply},
		{"Fråverande", "Subject: Fråverande: Innkalling", AutoReply},
		{"Autosvar", "Subject: Autosvar", AutoReply},
		{"Out of office", "Subject: Out of Office: Innkalling", AutoReply},
		{"Automatic reply", "Subject: Automatic reply: Innkalling", AutoReply},
		{"a person is away", "Subject: Fravær på neste møte", Item},
		{"a person writes of holidays", "Subject: Ferie: drift av legevakta i juli", Item},
		{"a person answers a machine", "Subject: SV: Automatisk svar: Innkalling", Reply},
		{"a list", "Subject: Nytt\nList-Id: <nytt.kvam.kommune.example>", List},
		{"a newsletter", "Subject: Nytt\nList-Unsubscribe: <https://nytt.example>", List},
		{"bulk", "Subject: Nytt\nPrecedence: bulk", List},
		{"an answer through a list", "Subject: Re: Nytt\nPrecedence: list", List},
		{"own mail", "Subject: Kvittering\nX-Samraad-Message: 7", Loop},
		{"own mail through a list", "Subject: Kvittering\nList-Id: <x.example>\nX-SAMRAAD-MESSAGE: 7", Loop},
		{"DMARC", "Subject: Report domain: samraad.example Submitter: post.example", Report},
		{"TLS", "Subject: Rapport\nTLS-Report-Domain: samraad.example", Report},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			raw := "From: helsesjef@kvam.kommune.example\n" + test.fields + "\n\nTekst.\n"
			if got := Understand([]byte(raw), nil).Kind; got != test.want {
				t.Errorf("kind = %s, want %s", got, test.want)
			}
			raw = strings.ReplaceAll(raw, "\n", "\r\n")
			if got := Understand([]byte(raw), nil).Kind; got != test.want {
				t.Errorf("with CRLF: kind = %s, want %s", got, test.want)
			}
		})
	}
}

func TestOnlyPeopleMayAct(t *testing.T) {
	for kind, want := range map[Kind]bool{Item: true, Reply: true, RSVP: true, Counter: true, BounceKind: false, Delay: false, AutoReply: false, ReadReceipt: false, List: false, Loop: false, Report: false, Unreadable: false} {
		if kind.MayAct() != want {
			t.Errorf("%s: %v", kind, !want)
		}
	}
}
