package mail

import (
	"io"

	"github.com/emersion/go-smtp"

	"github.com/samraad/samraad/forum"
)

// LMTPData reads the mail and commits it for each recipient by itself: over LMTP each has an answer of their own (RFC 2033 § 4.2).
func (t *transaction) LMTPData(content io.Reader, status smtp.StatusCollector) error {
	raw, free, wrong := t.read(content)
	defer free()
	answers := map[string]*smtp.SMTPError{}
	for _, asked := range t.asked {
		answer, given := answers[asked.to]
		if !given {
			answer = wrong
			if wrong == nil {
				answer = t.commit([]string{asked.to}, raw)
			}
			answers[asked.to] = answer
		}
		status.SetStatus(asked.said, t.answered(len(raw), answer))
	}
	return nil
}

// recipient is one as the peer said it, and as we know it.
type recipient struct{ said, to string }

// read takes a mail in, or says why not.
func (t *transaction) read(content io.Reader) (raw []byte, free func(), wrong *smtp.SMTPError) {
	raw, free, err := t.server.room.hold(content)
	return raw, free, t.unread(err)
}

// commit keeps a mail for recipients, or says why not.
func (t *transaction) commit(to []string, raw []byte) *smtp.SMTPError {
	err := t.server.accept(t.incoming(), to, raw)
	switch {
	case forum.IsKind(err, forum.NotFound):
		return t.refuse(550, smtp.EnhancedCode{5, 1, 1}, "mail.smtp.unknown")
	case err != nil:
		return t.trouble(err)
	}
	return nil
}
