package main_test

import (
	"net"
	"net/url"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/rogpeppe/go-internal/testscript"
)

// postbox is one mailbox at a provider, a real IMAP server.
type postbox struct{ user *imapmemserver.User }

type postboxKey struct{}

// openPostbox is postbox USER PASSWORD: a provider begins to serve a mailbox, whose address is $POSTBOX.
func openPostbox(ts *testscript.TestScript, neg bool, args []string) {
	box := &postbox{imapmemserver.NewUser(args[0], args[1])}
	must(ts, box.user.Create("INBOX", nil))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(ts, err)
	provider := imapmemserver.New()
	provider.AddUser(box.user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return provider.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}},
		InsecureAuth: true,
	})
	go server.Serve(listener)
	ts.Defer(func() { server.Close() })
	ts.Value(postboxKey{}).(map[string]*postbox)[""] = box
	at := url.URL{Scheme: "imap", User: url.User(args[0]), Host: listener.Addr().String(), Path: "/INBOX"}
	ts.Setenv("POSTBOX", at.String())
}

// arrive is arrive FILE: a mail comes to the mailbox.
func arrive(ts *testscript.TestScript, neg bool, args []string) {
	raw := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
	_, err := ts.Value(postboxKey{}).(map[string]*postbox)[""].user.Append("INBOX", literal{strings.NewReader(raw)}, &imap.AppendOptions{})
	must(ts, err)
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }
