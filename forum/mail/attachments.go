package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/jhillyerd/enmime/v2"
)

const maxNameBytes = 200

// readAttachments lists the papers of a mail: every part that is not its body, inline pictures and attached mails included. Calendar objects that were understood are passed over, and so are
// the machine-readable parts of a report.
func readAttachments(root *enmime.Part, isCalendarRead bool) []Attachment {
	isReport := root.FirstChild == nil || root.ContentType == "multipart/report"
	var list []Attachment
	for _, part := range leaves(root) {
		if !isPaper(part) || isCalendarRead && isCalendarPart(part) || isReport && isReportPart(part) {
			continue
		}
		list = append(list, newAttachment(part, len(list)+1))
	}
	return list
}

func isReportPart(part *enmime.Part) bool {
	switch part.ContentType {
	case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "message/feedback-report":
		return true
	}
	return false
}

func newAttachment(part *enmime.Part, number int) Attachment {
	sum := sha256.Sum256(part.Content)
	a := Attachment{Type: sniff(part), Size: len(part.Content), SHA256: hex.EncodeToString(sum[:]), Content: part.Content}
	a.Name = safeName(decodeWords(part.FileName))
	if a.Name == "" {
		a.Name = nameFor(part, a, number)
	}
	return a
}

// sniff tells the media type by the content. An attached mail looks like any text, so its declaration counts.
func sniff(part *enmime.Part) string {
	if part.ContentType == "message/rfc822" {
		return part.ContentType
	}
	if len(part.Content) == 0 {
		return "application/octet-stream"
	}
	kind, _, _ := strings.Cut(mimetype.Detect(part.Content).String(), ";")
	return kind
}

// nameFor names a paper that came without a name: an attached mail after its subject.
func nameFor(part *enmime.Part, a Attachment, number int) string {
	if part.ContentType == "message/rfc822" {
		fields, _, _ := readHeader(part.Content)
		if subject := safeName(fields.text("subject")); subject != "" {
			return safeName(cutBytes(subject, maxNameBytes-4) + ".eml")
		}
		return fmt.Sprintf("mail-%d.eml", number)
	}
	extension := ".bin"
	if known := mimetype.Lookup(a.Type); known != nil && known.Extension() != "" {
		extension = known.Extension()
	}
	return fmt.Sprintf("attachment-%d%s", number, extension)
}

// safeName makes a file name of what a sender wrote: the last element of a path, without control or invisible direction characters, at most maxNameBytes long with its extension kept.
func safeName(name string) string {
	name = repair(name)
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(oneLine(name), ". ")
	if len(name) <= maxNameBytes {
		return name
	}
	extension := ""
	if at := strings.LastIndexByte(name, '.'); at > 0 && len(name)-at <= 12 {
		extension = name[at:]
	}
	return cutBytes(name[:len(name)-len(extension)], maxNameBytes-len(extension)) + extension
}

// cutBytes shortens text to at most n bytes without cutting a character.
func cutBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// isCalendarPart tells whether a part is, or says that it is, a calendar object.
func isCalendarPart(part *enmime.Part) bool {
	switch part.ContentType {
	case "text/calendar", "application/ics", "text/x-vcalendar":
		return true
	}
	return strings.HasSuffix(strings.ToLower(part.FileName), ".ics") || bytes.HasPrefix(bytes.TrimSpace(part.Content[:min(len(part.Content), 64)]), []byte("BEGIN:VCALENDAR"))
}
