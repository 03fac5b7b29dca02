package web

import (
	"bytes"
	"mime"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	pages "github.com/samraad/samraad/templates/forum"
)

// letter is what a mail program makes of the bytes of a message.
type letter struct {
	from, to, replyTo string
	headers           string // as they stand in the source
	html, plain       string
	invite            []byte // calendar object, nil for none
}

func openLetter(raw []byte) (*letter, error) {
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	head, _, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	return &letter{
		from: decoded(envelope.GetHeader("From")), to: decoded(envelope.GetHeader("To")), replyTo: decoded(envelope.GetHeader("Reply-To")),
		headers: head, html: envelope.HTML, plain: strings.ReplaceAll(envelope.Text, "\r\n", "\n"), invite: inviteIn(envelope),
	}, nil
}

// inviteIn finds the calendar object that a message carries.
func inviteIn(envelope *enmime.Envelope) []byte {
	for _, parts := range [][]*enmime.Part{envelope.Attachments, envelope.OtherParts, envelope.Inlines} {
		for _, part := range parts {
			if part.ContentType == "text/calendar" || part.ContentType == "application/ics" {
				return part.Content
			}
		}
	}
	return nil
}

// decoded reads a header's encoded words (RFC 2047), or leaves it as it is.
func decoded(header string) string {
	if text, err := new(mime.WordDecoder).DecodeHeader(header); err == nil {
		return text
	}
	return header
}

func (l *letter) forPage() *pages.ReadLetter {
	return &pages.ReadLetter{
		From: l.from, To: l.to, ReplyTo: l.replyTo, HTML: l.html != "", Plain: l.plain, Headers: l.headers, Invite: l.invite != nil,
	}
}
