package mail

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"github.com/samraad/samraad/forum/calendar"
)

// maxPreview is how much of a mail that cannot be taken apart is shown, in bytes.
const maxPreview = 64 << 10

// Understand reads a whole mail (RFC 5322). relays are those whose word on the author is taken. It never fails: a mail that cannot be read, or is too large to be taken apart, comes back held,
// with what could be made out.
func Understand(raw []byte, relays Relays) *Message {
	m := understand(raw, relays)
	if m.Held == "" && m.holdsIdentityNumber() {
		m.Held = HeldIdentityNumber
	}
	return m
}

// Markup is the HTML of a mail as it came, "" when there is none.
func Markup(raw []byte) string { return Understand(raw, nil).HTML }

func understand(raw []byte, relays Relays) *Message {
	raw = withoutLead(raw)
	if bytes.HasPrefix(raw, []byte("BEGIN:VCALENDAR")) {
		return UnderstandCalendar(raw)
	}
	fields, rest, _ := readHeader(raw)
	if !fields.isMail() {
		return unreadable(raw)
	}
	m := fromHeader(fields, relays)
	held := prescan(raw)
	if held == HeldTooLarge && len(raw) > maxSize {
		// What the mail says mostly stands before the papers that make it large.
		if raw = raw[:maxText]; prescan(raw) == "" {
			m.takeApart(fields, raw)
			m.Attachments = nil
		}
	}
	if held == "" {
		m.takeApart(fields, raw)
	} else if m.Held = held; m.FullText == "" {
		m.preview(rest)
	}
	if m.Kind == "" {
		m.Kind = kindOf(fields, nil, reportNone, nil, false)
	}
	return m
}

// withoutLead drops what stands before the first field: a byte order mark, lines of blanks, the "From " line of a mailbox file.
func withoutLead(raw []byte) []byte {
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), "\r\n\t ")
	if bytes.HasPrefix(raw, []byte("From ")) {
		_, raw = cutLine(raw)
	}
	return raw
}

// fromHeader takes over what the header alone tells.
func fromHeader(h header, relays Relays) *Message {
	m := &Message{
		Subject:    h.text("subject"),
		InReplyTo:  firstOf(h.ids("in-reply-to")),
		References: h.ids("references"),
		MessageID:  firstOf(h.ids("message-id")),
		Date:       h.date(),
		Auth:       authenticate(h, relays),
	}
	if m.MessageID == "" {
		m.MessageID = cutBytes(h.text("message-id"), 990)
	}
	authors, _ := h.addresses("from")
	m.FromCount = len(authors)
	if len(authors) > 0 {
		m.From = authors[0]
	}
	if senders, _ := h.addresses("sender"); len(senders) > 0 {
		m.Sender = senders[0]
	}
	m.ReplyTo, _ = h.addresses("reply-to")
	m.To, _ = h.addresses("to")
	m.Cc, _ = h.addresses("cc")
	for _, name := range []string{"delivered-to", "x-original-to", "envelope-to"} {
		hints, _ := h.addresses(name)
		for _, hint := range hints {
			if !slices.Contains(m.DeliveredTo, hint.Address) {
				m.DeliveredTo = append(m.DeliveredTo, hint.Address)
			}
		}
	}
	path, isNoted := returnPath(h)
	m.ReturnPath, m.NullSender = repair(path), isNoted && path == ""
	return m
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// takeApart reads the body: its text, what calendar object and report it carries, and its papers.
func (m *Message) takeApart(fields header, raw []byte) {
	root := readTree(raw)
	if root == nil {
		_, rest, _ := readHeader(raw)
		m.preview(rest)
		return
	}
	said := readBody(root)
	m.HTML = said.html
	m.FullText = normalText(said.text)
	if len(m.FullText) > maxText {
		m.FullText, m.Held = cutBytes(m.FullText, maxText), HeldTooLarge
	}
	report, status := findReport(root)
	if report == reportNone || report == reportOther {
		m.Calendar = findCalendar(root)
	}
	if m.Bounce = findBounce(fields, report, status, m); m.Bounce != nil {
		m.Bounce.Of = idsIn(raw)
	}
	isForward := forwardSubject.MatchString(m.Subject)
	own, hasHistory := OwnWords(m.FullText, isForward)
	m.Text = own
	m.Kind = kindOf(fields, m.Calendar, report, m.Bounce, hasHistory)
	_, isAnswer := calendarKind(m.Calendar)
	m.Attachments = readAttachments(root, isAnswer)
	if m.FullText == "" && m.Calendar == nil && len(m.Attachments) == 0 {
		_, rest, _ := readHeader(raw)
		m.preview(rest)
	}
}

// findBounce reads a delivery report: its machine-readable part if there is one that says anything, else what it tells people.
func findBounce(fields header, report reportKind, status []byte, m *Message) *Bounce {
	bounce, isTold := readStatus(status)
	if isTold {
		return bounce
	}
	switch report {
	case reportDisposition, reportOther:
		return nil
	case reportDelivery:
		if bounce = readBounceText(fields, m.FullText); bounce == nil {
			bounce = &Bounce{Final: true}
		}
		return bounce
	}
	if _, isAnswer := calendarKind(m.Calendar); isAnswer {
		return nil
	}
	return readBounceText(fields, m.FullText)
}

// preview shows the beginning of what cannot be taken apart, as it stands.
func (m *Message) preview(rest []byte) {
	m.FullText = normalText(repair(string(rest[:min(len(rest), maxPreview)])))
	m.Text = m.FullText
}

// findCalendar returns the first calendar object of a mail that names a method, else the first one; nil if there is none. The same object often comes twice, as a body and as a file.
func findCalendar(root *enmime.Part) *calendar.Object {
	var first *calendar.Object
	for _, part := range leaves(root) {
		if !isCalendarPart(part) {
			continue
		}
		found := readCalendar(part.Content)
		if found != nil && found.Method != "" {
			return found
		}
		if first == nil {
			first = found
		}
	}
	return first
}

func readCalendar(content []byte) *calendar.Object {
	found, err := calendar.Read([]byte(repair(string(content))))
	if err != nil {
		return nil
	}
	return found
}

// UnderstandCalendar reads a calendar object that comes without a mail around it.
func UnderstandCalendar(raw []byte) *Message {
	if len(raw) > maxSize {
		m := unreadable(raw)
		m.Held = HeldTooLarge
		return m
	}
	found := readCalendar(raw)
	if found == nil {
		return unreadable(raw)
	}
	m := &Message{Kind: Item, Calendar: found, Auth: Auth{AuthNone, "no mail"}}
	if kind, ok := calendarKind(found); ok {
		m.Kind = kind
	}
	if len(found.Entries) > 0 {
		entry := found.Entries[0]
		m.Subject = oneLine(repair(entry.Summary))
		m.FullText = normalText(entry.Comment)
		for _, attendee := range entry.Attendees {
			m.FullText = joinBlocks(m.FullText, normalText(attendee.Comment))
			if m.From.Address == "" && m.Kind != Item {
				m.From = Address{Name: attendee.Name, Address: attendee.Address}
			}
		}
		m.Text = m.FullText
	}
	if m.holdsIdentityNumber() {
		m.Held = HeldIdentityNumber
	}
	return m
}

// UnderstandText reads a body that comes without a header, plain or HTML.
func UnderstandText(raw []byte) *Message {
	m := &Message{Kind: Item, Auth: Auth{AuthNone, "no mail"}}
	if len(raw) > maxSize {
		m.Held, raw = HeldTooLarge, raw[:maxText]
	}
	text := repair(string(raw))
	if looksLikeHTML.MatchString(text[:min(len(text), 4096)]) {
		m.HTML = text
		text = htmlText(text)
	}
	m.FullText = normalText(text)
	first, _, _ := strings.Cut(m.FullText, "\n")
	own, hasHistory := OwnWords(m.FullText, forwardSubject.MatchString(first))
	m.Text = own
	if hasHistory {
		m.Kind = Reply
	}
	if m.Held == "" && m.holdsIdentityNumber() {
		m.Held = HeldIdentityNumber
	}
	return m
}

var looksLikeHTML = regexp.MustCompile(`(?is)^\s*(<!doctype html|<html|<body|<head)|<(br|/p|/div|/span|/td|/blockquote)\s*/?>`)

// unreadable is a mail of which nothing could be made out: kept, and held.
func unreadable(raw []byte) *Message {
	m := &Message{Kind: Unreadable, Held: HeldUnreadable, Auth: Auth{AuthNone, "no mail"}}
	m.preview(raw)
	return m
}

// normalText ends lines in LF, without blank lines at either end and control characters in between.
func normalText(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\ufeff' {
			return -1
		}
		return r
	}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(repair(text)))
	return strings.Join(trimBlank(strings.Split(text, "\n")), "\n")
}
