package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Draft is what one kind of message gives to the form that all messages share.
type Draft struct {
	Letter   templates.Letter
	Forum    string        // the name that the mail comes from
	Address  string        // of that forum
	Token    string        // of the address that answers go to, "" for the forum's own
	Person   string        // the receiver's name, "" if unknown
	Calendar []byte        // iCalendar object, nil for none
	Method   string        // of the calendar object
	Papers   []forum.Paper // that go along as files
	Made     []Made        // likewise, written from the facts alone
}

// Made is a file that a letter makes. The same facts give the same bytes.
type Made struct {
	Name    string
	Type    string // media type
	Content []byte
}

// replyTo is where answers go to.
func (d Draft) replyTo() string {
	if d.Token == "" {
		return d.Address
	}
	return forum.TokenAddress(d.Address, d.Token)
}

// Write writes the letter of a message from its facts.
func (o *Outbox) Write(m *forum.Message) (Draft, error) {
	w := newWriter(m, o.URL)
	if letter, ours := o.Letters[m.Kind]; ours {
		return letter(w, m)
	}
	switch m.Kind {
	case forum.InvitationMessage:
		return from(m, w.invitation)
	case forum.HeldMessage:
		return from(m, sure(w.heldNotice))
	case forum.NoSubstituteMessage:
		return from(m, sure(w.noSubstitute))
	case forum.PlacedMessage:
		return from(m, w.placed)
	case forum.ClaimMessage:
		return from(m, sure(w.claim))
	case forum.SignInMessage:
		return from(m, sure(w.signIn))
	case forum.GuestMessage:
		return from(m, w.guest)
	case forum.PackageMessage:
		return from(m, w.agendaPackage)
	case forum.NoticeMessage:
		return from(m, sure(w.notice))
	case forum.KeysAskedMessage:
		return from(m, sure(w.keysAsked))
	case forum.KeysReceiptMessage:
		return from(m, sure(w.keysReceipt))
	case forum.KeysObjectedMessage:
		return from(m, sure(w.keysObjected))
	case forum.KeysLiftedMessage:
		return from(m, sure(w.keysLifted))
	case forum.HeldBackMessage:
		return from(m, sure(w.heldBack))
	case forum.CommentMessage:
		return from(m, sure(w.comment))
	case forum.CommentReceiptMessage:
		return from(m, sure(w.commentReceipt))
	case forum.ReminderMessage:
		return from(m, w.reminder)
	case forum.SeatsMessage:
		return from(m, sure(w.seats))
	case forum.AppointMessage:
		return from(m, sure(w.appoint))
	case forum.SuccessionMessage:
		return from(m, sure(w.succession))
	case forum.ErrandFailedMessage:
		return from(m, sure(w.errandFailed))
	}
	about := map[forum.MessageKind]func(forum.MatterFacts) Draft{
		forum.ReceiptMessage: w.receipt, forum.PutBackMessage: w.putBack, forum.ReturnedMessage: w.returned, forum.RelocatedMessage: w.relocated, forum.MergedMessage: w.merged,
		forum.RemovalAskedMessage: w.removalAsked, forum.RemovalContestedMessage: w.removalContested, forum.RemovalKeptMessage: w.removalKept,
	}
	letter, known := about[m.Kind]
	if !known {
		return Draft{}, fmt.Errorf("mail: there is no letter for messages of the kind %q", m.Kind)
	}
	return from(m, sure(letter))
}

// Letter writes a message of one kind.
type Letter func(w Writer, m *forum.Message) (Draft, error)

// Of is a letter of a kind of facts.
func Of[F any](letter func(w Writer, facts F) (Draft, error)) Letter {
	return func(w Writer, m *forum.Message) (Draft, error) {
		return from(m, func(facts F) (Draft, error) { return letter(w, facts) })
	}
}

// from reads a message's facts and writes of them.
func from[F any](m *forum.Message, letter func(F) (Draft, error)) (Draft, error) {
	var facts F
	if err := json.Unmarshal(m.Facts, &facts); err != nil {
		return Draft{}, fmt.Errorf("mail: facts of message %d: %w", m.ID, err)
	}
	return letter(facts)
}

func sure[F any](letter func(F) Draft) func(F) (Draft, error) {
	return func(facts F) (Draft, error) { return letter(facts), nil }
}

// composed is a message as it goes over the network.
type composed struct {
	subject string
	sender  string   // envelope sender, to which bounces come
	raw     []byte   // RFC 5322
	pieces  [][]byte // raw in order, cut so that what many receivers get is a piece of its own
}

// compose writes a message. Facts and row decide all of it but the boundaries between its parts.
func (o *Outbox) compose(ctx context.Context, m *forum.Message) (*composed, error) {
	d, err := o.Write(m)
	if err != nil {
		return nil, err
	}
	d.Letter.Subject = oneLine(d.Letter.Subject)
	mail := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	d.setHeader(mail, m)
	if err := d.setBody(ctx, mail); err != nil {
		return nil, err
	}
	large, err := d.attach(ctx, mail, o.Files)
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	if _, err := mail.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("mail: message %d: %w", m.ID, err)
	}
	signed, err := o.Keys.sign(domainOf(d.Address), raw.Bytes())
	if err != nil {
		return nil, fmt.Errorf("mail: message %d: %w", m.ID, err)
	}
	return &composed{d.Letter.Subject, m.ReturnAddress(d.Address), signed, cut(signed, large)}, nil
}

func (d Draft) setHeader(mail *gomail.Msg, m *forum.Message) {
	mail.FromMailAddress(&netmail.Address{Name: oneLine(d.Forum), Address: d.Address})
	mail.ToMailAddress(&netmail.Address{Name: oneLine(d.Person), Address: m.To})
	mail.ReplyToMailAddress(&netmail.Address{Name: oneLine(d.Forum), Address: d.replyTo()})
	mail.SetGenHeaderPreformatted(gomail.HeaderSubject, foldSubject(d.Letter.Subject))
	mail.SetDateWithValue(m.CreatedAt.In(templates.Oslo))
	mail.SetMessageIDWithValue(m.MIMEID)
	mail.SetGenHeader(gomail.HeaderContentLang, string(d.Letter.Text.Language()))
	mail.SetGenHeader("List-Id", listID(d.Address))
	mail.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834 § 5
	mail.SetGenHeader("X-Auto-Response-Suppress", "All")
	mail.SetGenHeader(LoopHeader, strconv.FormatInt(int64(m.ID), 10))
}

// setBody writes the text plain and as HTML and, of an invitation, the calendar object twice: as an alternative, which
// mail programs turn into buttons, and as a file, which the others can open.
func (d Draft) setBody(ctx context.Context, mail *gomail.Msg) error {
	var html strings.Builder
	if err := templates.LetterHTML(d.Letter).Render(ctx, &html); err != nil {
		return err
	}
	mail.SetBodyString(gomail.TypeTextPlain, d.Letter.Plain())
	mail.AddAlternativeString(gomail.TypeTextHTML, html.String())
	if d.Calendar == nil {
		return nil
	}
	method := gomail.ContentType("text/calendar; method=" + d.Method)
	mail.AddAlternativeString(method, string(d.Calendar), gomail.WithPartEncoding(gomail.EncodingB64))
	return mail.AttachReader("invite.ics", bytes.NewReader(d.Calendar),
		gomail.WithFileContentType("application/ics"), gomail.WithFileEncoding(gomail.EncodingB64))
}

// attach adds the papers that go along, and gives the large ones. A type that is none is sent as mere bytes.
func (d Draft) attach(ctx context.Context, mail *gomail.Msg, files forum.Files) (large [][]byte, err error) {
	for _, paper := range d.Papers {
		content, err := read(ctx, files, paper.Digest)
		if err != nil {
			return nil, err
		}
		if len(content) >= worthSharing {
			large = append(large, content)
		}
		media := paper.Type
		if _, _, err := mime.ParseMediaType(media); err != nil {
			media = "application/octet-stream"
		}
		err = mail.AttachReader(oneLine(paper.Name), bytes.NewReader(content), gomail.WithFileContentType(gomail.ContentType(oneLine(media))), gomail.WithFileEncoding(gomail.EncodingB64))
		if err != nil {
			return nil, err
		}
	}
	for _, made := range d.Made {
		err := mail.AttachReader(oneLine(made.Name), bytes.NewReader(made.Content), gomail.WithFileContentType(gomail.ContentType(made.Type)), gomail.WithFileEncoding(gomail.EncodingB64))
		if err != nil {
			return nil, err
		}
	}
	return large, nil
}

func read(ctx context.Context, files forum.Files, digest forum.Digest) ([]byte, error) {
	open, err := files.Open(ctx, digest)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(open)
	return content, errors.Join(err, open.Close())
}

// listID names the forum as a list (RFC 2919 § 2), from its address.
func listID(address string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == '@':
			return '.'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, strings.ToLower(address))
	return "<" + id + ">"
}

// longestEncodedWord leaves room for the field's name on the first line, which would otherwise be empty, and be read by some
// as a space before the subject. RFC 2047 § 2 allows 75.
const longestEncodedWord = 64

// foldSubject writes a subject of one line. What is not plain becomes encoded words (RFC 2047), one a line; between them
// white space means nothing.
func foldSubject(subject string) string {
	if encoded := mime.QEncoding.Encode("UTF-8", subject); encoded == subject && len(subject) <= longestEncodedWord {
		return subject
	}
	var lines []string
	var chunk strings.Builder
	for _, character := range subject {
		if chunk.Len() > 0 && len(oneWord(chunk.String()+string(character))) > longestEncodedWord {
			lines = append(lines, oneWord(chunk.String()))
			chunk.Reset()
		}
		chunk.WriteRune(character)
	}
	return strings.Join(append(lines, oneWord(chunk.String())), "\r\n ")
}

// oneWord writes text as one encoded word, also where it would do without.
func oneWord(text string) string {
	const marker = "\u00a0" // makes the encoder encode, and is taken out of what it writes
	return strings.Replace(mime.QEncoding.Encode("UTF-8", marker+text), "=C2=A0", "", 1)
}
