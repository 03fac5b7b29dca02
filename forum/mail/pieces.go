package mail

import (
	"bytes"
	"encoding/base64"
)

// worthSharing is how many bytes a paper has at least that is stored once for all
// who get it.
const worthSharing = 32_000

// encodedLine is the length of the lines of base64 in a mail (RFC 2045 § 6.8).
const encodedLine = 76

// cut takes a message apart at the large papers in it, so that each is stored
// once however many receive it. Put together again, the pieces are the message.
func cut(raw []byte, large [][]byte) (pieces [][]byte) {
	for _, paper := range large {
		body := inLines(base64.StdEncoding.EncodeToString(paper))
		at := bytes.Index(raw, body)
		if at < 0 {
			continue
		}
		pieces = append(pieces, raw[:at], raw[at:at+len(body)])
		raw = raw[at+len(body):]
	}
	return append(pieces, raw)
}

func inLines(encoded string) []byte {
	lines := make([]byte, 0, len(encoded)+2*len(encoded)/encodedLine)
	for len(encoded) > encodedLine {
		lines = append(append(lines, encoded[:encodedLine]...), '\r', '\n')
		encoded = encoded[encodedLine:]
	}
	return append(lines, encoded...)
}
