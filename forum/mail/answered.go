package mail

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/samraad/samraad/forum"
)

// mostAnswered is how many mails an answer may say that it comes after, the latest of which are looked up.
const mostAnswered = 20

// answeredToken is the token of the address that a mail would have come to if its provider had not taken the token out, or its
// writer not put another address in: that of our mail which it answers (RFC 5322 § 3.6.4). Others may have seen what such a
// mail is called, so that it holds only for who the mail went to, if they are proven to have written the answer.
func (r *Reader) answeredToken(ctx context.Context, tx forum.Tx, mail *forum.Incoming, m *Message) (addressToken, error) {
	writer, err := writerOf(ctx, tx, m)
	if err != nil || writer == 0 || m.FromCount != 1 || m.Auth.Verdict != AuthPass {
		return addressToken{}, err
	}
	ours, err := answeredMessage(ctx, tx, m)
	if err != nil || ours == nil || ours.PersonID != writer || ours.ForumID != mail.ForumID {
		return addressToken{}, err
	}
	secret := tokenIn(ours)
	if secret == "" {
		return addressToken{}, nil
	}
	token, err := givenToken(ctx, tx, mail, secret)
	if err != nil || token.PersonID != writer {
		return addressToken{}, err
	}
	return token, nil
}

// answeredMessage is the mail of ours that another answers, nil for none that is known.
func answeredMessage(ctx context.Context, tx forum.Tx, m *Message) (*forum.Message, error) {
	names := slices.Clone(m.References)
	slices.Reverse(names) // the latest is the last
	names = append([]string{m.InReplyTo}, names...)
	for _, name := range names[:min(len(names), mostAnswered)] {
		if bareID(name) == "" {
			continue
		}
		ours, err := tx.MessageByMIMEID(ctx, bareID(name))
		if forum.IsKind(err, forum.NotFound) {
			continue
		}
		return ours, err
	}
	return nil, nil //nolint:nilnil // no such mail, and that is no error
}

// tokenIn is the token of the address to which answers to a message go, "" for none.
func tokenIn(m *forum.Message) string {
	var facts struct{ Token string }
	if json.Unmarshal(m.Facts, &facts) != nil {
		return ""
	}
	return facts.Token
}
