package mail

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum/calendar"
)

// As tells what bytes are to be read as.
type As string

// A whole mail, a bare calendar object, a bare body.
const (
	AsMessage  As = "message"
	AsCalendar As = "calendar"
	AsText     As = "text"
)

// Explanation is how a message is understood, for those who look after mail, as one JSON object. Everything in it comes from the message alone.
type Explanation struct {
	Path        string                `json:"path"`
	Kind        Kind                  `json:"kind"`
	From        string                `json:"from,omitempty"`
	Subject     string                `json:"subject,omitempty"`
	MessageID   string                `json:"message_id,omitempty"`
	Text        string                `json:"text,omitempty"`
	FullText    string                `json:"full_text,omitempty"`
	Calendar    *ExplainedCalendar    `json:"calendar,omitempty"`
	Bounce      *ExplainedBounce      `json:"bounce,omitempty"`
	Attachments []ExplainedAttachment `json:"attachments,omitempty"`
	Auth        Verdict               `json:"auth,omitempty"`
	AuthDetail  string                `json:"auth_detail,omitempty"`
	// Held is the text key of the reason why this mail would be held, judged without a database.
	Held string `json:"held,omitempty"`
}

// ExplainedCalendar is the first entry of a calendar object; Start and End are instants in UTC (RFC 3339).
type ExplainedCalendar struct {
	Method       string              `json:"method,omitempty"`
	UID          string              `json:"uid,omitempty"`
	Sequence     int                 `json:"sequence"`
	RecurrenceID string              `json:"recurrence_id,omitempty"`
	Start        string              `json:"start,omitempty"`
	End          string              `json:"end,omitempty"`
	Attendees    []ExplainedAttendee `json:"attendees,omitempty"`
}

// ExplainedAttendee is what one attendee answers.
type ExplainedAttendee struct {
	Address  string `json:"address"`
	PartStat string `json:"partstat,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

// ExplainedBounce is the first address that a mail did not reach; Final tells that the mail system has given up.
type ExplainedBounce struct {
	Recipient string `json:"recipient,omitempty"`
	Status    string `json:"status,omitempty"`
	Final     bool   `json:"final"`
}

// ExplainedAttachment is a paper without its content.
type ExplainedAttachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// ExplainOptions say how bytes are to be read. With a DNS, a message is checked as if it came straight from outside, else as
// if a named relay had handed it over.
type ExplainOptions struct {
	As     As
	Relays Relays
	DNS    Resolver
	From   Origin
}

// Explain tells how the bytes found at path are understood.
func Explain(ctx context.Context, path string, raw []byte, options ExplainOptions) Explanation {
	as := options.As
	var m *Message
	switch as {
	case AsCalendar:
		m = UnderstandCalendar(raw)
	case AsText:
		m = UnderstandText(raw)
	default:
		m = Understand(raw, options.Relays)
		if options.DNS != nil {
			m.Auth = Prove(ctx, options.DNS, raw, options.From)
		}
	}
	e := Explanation{
		Path: repair(path), Kind: m.Kind, From: m.From.Address, Subject: m.Subject, MessageID: m.MessageID, Text: m.Text, FullText: m.FullText,
		Calendar: explainCalendar(m.Calendar), Auth: m.Auth.Verdict, AuthDetail: m.Auth.Detail, Held: m.Held,
	}
	if e.Held == "" && as != AsCalendar && as != AsText && m.Kind.MayAct() && m.Auth.Verdict != AuthPass {
		e.Held = HeldUnauthenticated
		if m.Auth.Verdict == AuthTemporary {
			e.Held = HeldDNSAway
		}
	}
	if m.Bounce != nil {
		e.Bounce = &ExplainedBounce{m.Bounce.Recipient, m.Bounce.Status, m.Bounce.Final}
	}
	for _, a := range m.Attachments {
		e.Attachments = append(e.Attachments, ExplainedAttachment{a.Name, a.Type, a.Size, a.SHA256})
	}
	return e
}

func explainCalendar(object *calendar.Object) *ExplainedCalendar {
	if object == nil {
		return nil
	}
	c := ExplainedCalendar{Method: object.Method}
	if len(object.Entries) == 0 {
		return &c
	}
	entry := object.Entries[0]
	c.UID, c.Sequence, c.RecurrenceID = entry.UID, entry.Sequence, entry.RecurrenceID
	c.Start, c.End = instant(entry.Start), instant(entry.End)
	for _, a := range entry.Attendees {
		comment := a.Comment
		if comment == "" && len(entry.Attendees) == 1 {
			comment = entry.Comment
		}
		c.Attendees = append(c.Attendees, ExplainedAttendee{a.Address, a.PartStat, comment})
	}
	return &c
}

func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
