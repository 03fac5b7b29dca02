package main_test

import (
	"bytes"
	"fmt"
	"mime"
	netmail "net/mail"
	"regexp"
	"strconv"

	"github.com/jhillyerd/enmime/v2"
	"github.com/rogpeppe/go-internal/testscript"
)

// about is about ADDRESS N REGEXP: wait until an address has N mails whose
// subject matches, no more, and print the last as its receiver reads it, with
// the names of its files.
func about(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: about ADDRESS N REGEXP")
	}
	want, err := strconv.Atoi(args[1])
	must(ts, err)
	subject, err := regexp.Compile(args[2])
	must(ts, err)
	s := ts.Value(sinkKey{}).(*sink)
	var found []delivery
	until(ts, fmt.Sprintf("%d mails for %s about %s", want, args[0], args[2]), func() bool {
		found = nil
		for _, d := range s.To(args[0]) {
			if subject.MatchString(subjectOf(ts, d)) {
				found = append(found, d)
			}
		}
		return len(found) >= want
	})
	if len(found) != want {
		ts.Fatalf("%d mails for %s about %s, want %d", len(found), args[0], args[2], want)
	}
	if want == 0 {
		return
	}
	last := found[want-1]
	printMail(ts, last)
	read, err := enmime.ReadEnvelope(bytes.NewReader(last.raw))
	must(ts, err)
	for _, file := range read.Attachments {
		fmt.Fprintf(ts.Stdout(), "File: %s, %s, %d bytes\n", file.FileName, file.ContentType, len(file.Content))
	}
}

func subjectOf(ts *testscript.TestScript, d delivery) string {
	read, err := netmail.ReadMessage(bytes.NewReader(d.raw))
	must(ts, err)
	decoded, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	must(ts, err)
	return decoded
}
