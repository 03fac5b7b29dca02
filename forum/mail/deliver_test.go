package mail_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

func TestDeliver(t *testing.T) {
	token := forum.TokenAddress(council, "abc")
	mailTo := func(headers ...string) string {
		return strings.Join(append([]string{"From: <" + member + ">", "Subject: Sak"}, headers...), "\r\n") + "\r\n\r\nEi sak.\r\n"
	}
	for _, test := range []struct {
		name     string
		raw      string
		to       []string
		want     []string
		envelope string
		refused  string
	}{
		{name: "given", raw: mailTo("To: <" + council + ">"), to: []string{"Rehab@Voss.example", group, token}, want: []string{group, token}, envelope: member},
		{name: "given, but nobody's", raw: mailTo("To: <" + council + ">"), to: []string{group, stranger}, refused: "mail.deliver.unknown_recipient"},
		{name: "given, but no address", raw: mailTo(), to: []string{"raad"}, refused: "error.address"},
		{name: "in To and Cc", raw: mailTo("To: X <"+strings.ToUpper(council)+">, "+stranger, "Cc: "+group+", "+council), want: []string{council, group}, envelope: member},
		{name: "the envelope before the header", raw: mailTo("Delivered-To: "+token, "To: <"+group+">"), want: []string{token}, envelope: member},
		{name: "an envelope of somebody else", raw: mailTo("X-Original-To: "+stranger, "To: <"+group+">"), want: []string{group}, envelope: member},
		{name: "a noted return path", raw: "Return-Path: <X@Y.example>\r\n" + mailTo("To: "+group), want: []string{group}, envelope: "x@y.example"},
		{name: "an empty return path", raw: "Return-Path: <>\r\n" + mailTo("To: "+group), want: []string{group}},
		{name: "for nobody here", raw: mailTo("To: " + stranger), refused: "mail.deliver.no_recipient"},
		{name: "nothing", raw: "", refused: "mail.deliver.empty"},
		{name: "no mail", raw: "one line\n", refused: "mail.deliver.empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			got, err := mail.Deliver(context.Background(), h.keeper, []byte(test.raw), test.to, "pipe", true)
			var refusal *forum.Error
			if test.refused != "" {
				if !errors.As(err, &refusal) || refusal.Key != test.refused {
					t.Errorf("got %v, want %s", err, test.refused)
				}
			} else if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("accepted (-want +got):\n%s", diff)
			}
			kept := append(h.mails(council), h.mails(group)...)
			if len(kept) != len(test.want) {
				t.Fatalf("%d mails are kept, want %d", len(kept), len(test.want))
			}
			for _, m := range kept {
				if m.Envelope != test.envelope || m.Peer != "pipe" || !m.Trusted {
					t.Errorf("kept %+v", m)
				}
			}
		})
	}
}
