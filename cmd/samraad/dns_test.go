package main_test

import (
	"net"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/dns/dnsmessage"
)

// serveDNS is dns FILE: a server that knows the TXT records of the file, a name and a text on each line, and nothing else.
func serveDNS(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: dns FILE")
	}
	known := map[string]string{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		known[name+"."] = text
	}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	must(ts, err)
	ts.Defer(func() { conn.Close() })
	ts.Setenv("SAMRAAD_DNS", conn.LocalAddr().String())
	go func() {
		buffer := make([]byte, 1500)
		for {
			n, peer, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			if answer := answerDNS(buffer[:n], known); answer != nil {
				_, _ = conn.WriteTo(answer, peer) // who asked asks again
			}
		}
	}()
}

func answerDNS(question []byte, known map[string]string) []byte {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil
	}
	asked := m.Questions[0]
	m.Header.Response, m.Header.RecursionAvailable, m.Additionals = true, true, nil
	text, isKnown := known[strings.ToLower(asked.Name.String())]
	switch {
	case !isKnown:
		m.Header.RCode = dnsmessage.RCodeNameError
	case asked.Type == dnsmessage.TypeTXT:
		header := dnsmessage.ResourceHeader{Name: asked.Name, Type: asked.Type, Class: asked.Class, TTL: 60}
		m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.TXTResource{TXT: []string{text}}}}
	}
	answer, err := m.Pack()
	if err != nil {
		return nil
	}
	return answer
}
