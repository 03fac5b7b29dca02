package mail

import (
	"regexp"
	"strings"

	"github.com/samraad/samraad/forum/calendar"
)

// Kind is what an incoming mail is, as far as the mail itself tells.
type Kind string

// The kinds. Only the first four may change anything; all others are automatic, or cannot be read.
const (
	Item        Kind = "item"
	Reply       Kind = "reply"
	RSVP        Kind = "rsvp"
	Counter     Kind = "counter"
	BounceKind  Kind = "bounce"
	Delay       Kind = "delay"
	AutoReply   Kind = "auto-reply"
	ReadReceipt Kind = "read-receipt"
	List        Kind = "list"
	Loop        Kind = "loop"
	Report      Kind = "report"
	Unreadable  Kind = "unreadable"
)

// MayAct tells whether a mail of this kind may change anything: a person, or a person's calendar, speaks. All other mail changes nothing and gets no answer.
func (k Kind) MayAct() bool {
	return k == Item || k == Reply || k == RSVP || k == Counter
}

// LoopHeader stands in every mail that this program sends; a mail that arrives with it has come back.
const LoopHeader = "X-Samraad-Message"

// kindOf decides what a mail is. Reports and calendar answers come before the signs of automatic mail, which they often carry as well: calendar services send a person's answer with
// Auto-Submitted.
func kindOf(h header, found *calendar.Object, report reportKind, bounced *Bounce, hasHistory bool) Kind {
	switch {
	case h.has(strings.ToLower(LoopHeader)):
		return Loop
	case report == reportDisposition:
		return ReadReceipt
	case bounced != nil && bounced.Final:
		return BounceKind
	case bounced != nil:
		return Delay
	case report != reportNone:
		return Report
	}
	if kind, ok := calendarKind(found); ok {
		return kind
	}
	switch {
	case isAggregateReport(h):
		return Report
	case isAnsweringMachine(h):
		return AutoReply
	case isList(h):
		return List
	case isAutomatic(h):
		return AutoReply
	case h.has("in-reply-to") || h.has("references") || replySubject.MatchString(h.text("subject")) || hasHistory:
		return Reply
	}
	return Item
}

// calendarKind tells what a calendar object is for (RFC 5546 sections 3.2.3 and 3.2.7).
func calendarKind(found *calendar.Object) (Kind, bool) {
	if found == nil {
		return "", false
	}
	switch found.Method {
	case "REPLY":
		return RSVP, true
	case "COUNTER":
		return Counter, true
	}
	return "", false
}

var (
	replySubject = regexp.MustCompile(`(?i)^\s*(re|sv|vs|svar|antw|aw|vast)\s*(\[\d+\]|\(\d+\))?\s*:`)
	// The subjects under which Norwegian, Danish, Swedish and English mail systems tell that somebody is away. Words that a person might begin a subject with ("Fravær:", "Ferie:") are not among them.
	awaySubject = regexp.MustCompile(`(?i)^\s*(automatisk (svar|besvarelse|svarmelding)|auto[- ]?svar|automatiskt svar|automatic reply|auto[- ]?reply|automatische antwort|` +
		`fraværende|fråverande|fraværsmelding|fråværsmelding|fraværsassistent|feriesvar|ikke på kontoret|ikkje på kontoret|ute av kontoret|ute frå kontoret|frånvarande|frånvaromeddelande|` +
		`out[- ]of[- ](the[- ])?office|away from (the |my )?office|vacation reply)\s*([:.!-]|$|autosvar|auto[- ]?reply|re:|sv:)`)
	aggregateSubject = regexp.MustCompile(`(?i)^\s*(report domain:|\[?dmarc\]? (aggregate )?report|tls[- ]?rpt|tls report domain)`)
)

// isAnsweringMachine tells whether somebody's machine answers (RFC 3834 section 5, and what was in use before it).
func isAnsweringMachine(h header) bool {
	submitted := strings.ToLower(h.get("auto-submitted"))
	if strings.HasPrefix(submitted, "auto-replied") || strings.HasPrefix(submitted, "auto-notified") {
		return true
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-vacation"} {
		if h.has(name) && !strings.EqualFold(h.get(name), "no") {
			return true
		}
	}
	switch strings.ToLower(h.get("precedence")) {
	case "auto_reply", "auto-reply":
		return true
	}
	return awaySubject.MatchString(h.text("subject"))
}

func isList(h header) bool {
	switch strings.ToLower(h.get("precedence")) {
	case "bulk", "list", "junk":
		return true
	}
	for _, name := range []string{"list-id", "list-unsubscribe", "list-post", "list-help"} {
		if h.has(name) {
			return true
		}
	}
	return false
}

// isAutomatic tells whether no person sent this mail (RFC 3834 section 5; an empty return path, RFC 5321 section 4.5.5).
func isAutomatic(h header) bool {
	submitted := strings.ToLower(h.get("auto-submitted"))
	if submitted != "" && !strings.HasPrefix(submitted, "no") || h.has("x-auto-response-suppress") && !strings.EqualFold(h.get("x-auto-response-suppress"), "none") {
		return true
	}
	path, ok := returnPath(h)
	return ok && path == ""
}

// isAggregateReport tells whether a mail carries the daily reports of DMARC (RFC 7489 section 7.2.1.1) or SMTP TLS (RFC 8460 section 5.3), which come as ordinary attachments.
func isAggregateReport(h header) bool {
	return h.has("tls-report-domain") || aggregateSubject.MatchString(h.text("subject"))
}

// returnPath returns the envelope sender that the last relay noted, and whether one is noted.
func returnPath(h header) (string, bool) {
	if !h.has("return-path") {
		return "", false
	}
	return strings.ToLower(strings.Trim(strings.TrimSpace(h.get("return-path")), "<> ")), true
}
