package mail

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// Bounce is what a mail system tells of a mail that did not arrive.
type Bounce struct {
	// Recipient is the first address that the mail did not reach, "" if the report names none that can be read.
	Recipient string
	// Status is the enhanced status code (RFC 3463) such as 5.1.1, or "".
	Status string
	// Final tells that the mail system has given up; otherwise it goes on trying.
	Final bool
	// All holds every address that the report names, Recipient among them.
	All []FailedRecipient
	// Of holds what stands as Message-ID in the mail that came back, without brackets: at most a few.
	Of []string
}

// Said is what the refusing system said of the first address, "" when it said nothing.
func (b *Bounce) Said() string {
	for _, r := range b.All {
		if r.Recipient == b.Recipient {
			return r.Diagnostic
		}
	}
	return ""
}

// returnedID is a Message-ID in what came back, also where it is quoted.
var returnedID = regexp.MustCompile(`(?im)^[> \t]*message-id:[ \t]*\r?\n?[ \t]*<([a-z2-7]{26}@[^<>\s]{1,255})>`)

// mostReturned is how many of them are looked at.
const mostReturned = 4

// idsIn finds the Message-IDs of our kind below the header of a mail.
func idsIn(raw []byte) (ids []string) {
	_, body, _ := readHeader(raw)
	for _, found := range returnedID.FindAllSubmatch(body, mostReturned) {
		ids = append(ids, string(found[1]))
	}
	return ids
}

// FailedRecipient is one address of a delivery report.
type FailedRecipient struct {
	Recipient string
	// Original is the address that the mail was first sent to, if the report tells it (RFC 3464 section 2.3.1).
	Original string
	Status   string
	Final    bool
	// Diagnostic is what the refusing system said.
	Diagnostic string
}

// reportKind is what sort of multipart/report (RFC 6522) a mail is.
type reportKind int

const (
	reportNone reportKind = iota
	reportDelivery
	reportDisposition
	reportOther
)

// findReport tells what sort of report a mail is and returns the content of its delivery status, if it has one.
func findReport(root *enmime.Part) (reportKind, []byte) {
	kind := reportNone
	topType, parameters := mediaType(root.Header.Get("Content-Type"))
	if topType == "multipart/report" {
		switch strings.ToLower(parameters["report-type"]) {
		case "disposition-notification":
			return reportDisposition, nil
		case "delivery-status", "":
			kind = reportDelivery
		default:
			kind = reportOther
		}
	}
	isReport := topType == "multipart/report" || !strings.HasPrefix(topType, "multipart/")
	for _, part := range leaves(root) {
		switch part.ContentType {
		case "message/delivery-status", "message/global-delivery-status":
			return reportDelivery, part.Content
		case "message/disposition-notification":
			if isReport {
				return reportDisposition, nil
			}
		case "message/feedback-report":
			return reportOther, nil
		}
	}
	return kind, nil
}

// readStatus reads a delivery status (RFC 3464 section 2): blocks of fields, one per recipient after the first. isTold tells whether it names any recipient; the bounce is nil if none of them
// failed or waits, since a report of success is no bounce.
func readStatus(content []byte) (bounce *Bounce, isTold bool) {
	var all Bounce
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	for len(content) > 0 && len(all.All) < maxParts {
		var fields header
		fields, content, _ = readHeader(content)
		if strings.EqualFold(fields.get("content-transfer-encoding"), "base64") {
			// Some gateways encode the blocks one by one.
			content = decodeLines(content)
		}
		isTold = isTold || fields.has("action") || fields.has("final-recipient")
		if recipient, ok := failedRecipient(fields); ok {
			all.All = append(all.All, recipient)
		}
	}
	return all.summed(), isTold
}

// decodeLines decodes base64 in lines; what is none stays as it is.
func decodeLines(content []byte) []byte {
	text := strings.TrimRight(strings.Join(strings.Fields(string(content)), ""), "=")
	decoded, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return content
	}
	return bytes.ReplaceAll(decoded, []byte("\r\n"), []byte("\n"))
}

// summed fills the bounce's own fields from its recipients: a failure goes before a delay.
func (b Bounce) summed() *Bounce {
	if len(b.All) == 0 {
		return nil
	}
	first := b.All[0]
	for _, r := range b.All {
		if r.Final && !first.Final {
			first = r
		}
	}
	b.Recipient, b.Status, b.Final = first.Recipient, first.Status, first.Final
	return &b
}

func failedRecipient(fields header) (FailedRecipient, bool) {
	if !fields.has("action") && !fields.has("final-recipient") {
		return FailedRecipient{}, false
	}
	action, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(fields.get("action"))), " ")
	r := FailedRecipient{
		Recipient:  typedAddress(fields.get("final-recipient")),
		Original:   typedAddress(fields.get("original-recipient")),
		Status:     firstStatus(fields.get("status")),
		Diagnostic: cutBytes(oneLine(repair(fields.get("diagnostic-code"))), 1000),
	}
	if r.Recipient == "" {
		r.Recipient = r.Original
	}
	if r.Status == "" {
		r.Status = firstStatus(r.Diagnostic)
	}
	switch action {
	case "failed", "failure":
		r.Final = true
	case "delayed":
	case "":
		r.Final = strings.HasPrefix(r.Status, "5")
		return r, r.Final || strings.HasPrefix(r.Status, "4")
	default: // delivered, relayed, expanded
		return r, false
	}
	return r, true
}

// typedAddress reads "rfc822; a@b.example". Addresses of other kinds (X.400) are of no use here.
func typedAddress(value string) string {
	kind, address, found := strings.Cut(repair(value), ";")
	if !found {
		kind, address = "rfc822", value
	}
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "rfc822", "utf-8", "smtp", "unknown":
		return strings.ToLower(bareAddress.FindString(address))
	}
	return ""
}

var statusCode = regexp.MustCompile(`(^|[^\d.])([245]\.\d{1,3}\.\d{1,3})($|[^\d.]|\.($|\D))`)

// firstStatus finds the first enhanced status code in text; internet addresses have one number more.
func firstStatus(text string) string {
	if found := statusCode.FindStringSubmatch(text); found != nil {
		return found[2]
	}
	return ""
}
