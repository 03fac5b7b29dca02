package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
)

// holdsIdentityNumber looks through all that a mail says, and through the text files that came with it.
func (m *Message) holdsIdentityNumber() bool {
	texts := []string{m.Subject, m.FullText}
	if m.HTML != "" {
		texts = append(texts, htmlText(m.HTML))
	}
	if m.Calendar != nil {
		for _, entry := range m.Calendar.Entries {
			texts = append(texts, entry.Summary, entry.Location, entry.Comment)
			for _, attendee := range entry.Attendees {
				texts = append(texts, attendee.Comment)
			}
		}
	}
	for _, a := range m.Attachments {
		texts = append(texts, a.Name)
		if strings.HasPrefix(a.Type, "text/") || a.Type == "message/rfc822" {
			texts = append(texts, string(a.Content))
		}
	}
	for _, text := range texts {
		if forum.HasIdentityNumber(text) {
			return true
		}
	}
	return false
}
