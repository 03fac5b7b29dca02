package mail

import (
	"time"

	"github.com/samraad/samraad/forum/calendar"
)

// Message is how one incoming mail is understood. All text in it is valid UTF-8 without NUL.
type Message struct {
	Kind Kind
	// From is the author; FromCount is the number of mailboxes that all From fields name together (RFC 5322 section 3.6.2 allows more than one, but then nobody in particular speaks).
	From      Address
	FromCount int
	Sender    Address
	ReplyTo   []Address
	To, Cc    []Address
	// DeliveredTo holds the addresses that the fields Delivered-To, X-Original-To and Envelope-To name: hints at the envelope for mail that comes through a pipe.
	DeliveredTo []string
	// ReturnPath is the envelope sender as the last relay noted it; NullSender tells that it was noted as empty.
	ReturnPath string
	NullSender bool

	Subject    string
	MessageID  string
	InReplyTo  string
	References []string
	// Date is what the sender claims, in the sender's zone; zero if it is missing or cannot be read.
	Date time.Time

	// Text holds the author's own words, FullText all that the mail says, HTML the markup if the mail had any.
	Text, FullText, HTML string
	// Calendar is the calendar object that the mail carries, or nil.
	Calendar *calendar.Object
	// Bounce is what a delivery report says, or nil.
	Bounce      *Bounce
	Attachments []Attachment
	Auth        Auth
	// Held is the text key of the reason why nothing in this mail may be acted upon before a secretary has seen it, or "". That its sender is not authenticated is told by Auth, not here:
	// a token in the receiving address can make up for it.
	Held string
}

// Address is one mailbox: the address in lower case, the name as written.
type Address struct {
	Name    string
	Address string
}

// Attachment is one paper that came with a mail.
type Attachment struct {
	// Name has no path and no control characters and is at most 200 bytes; Type is sniffed from the content; SHA256 is in lower-case hexadecimal.
	Name    string
	Type    string
	Size    int
	SHA256  string
	Content []byte
}

// The reasons for which a mail is held, as text keys.
const (
	HeldUnreadable      = "held.unreadable"
	HeldTooLarge        = "held.too_large"
	HeldTooDeep         = "held.too_deep"
	HeldTooManyParts    = "held.too_many_parts"
	HeldIdentityNumber  = "held.identity_number"
	HeldUnauthenticated = "held.unauthenticated"
	HeldDNSAway         = "held.dns_away"
)
