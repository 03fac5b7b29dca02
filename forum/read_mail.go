package forum

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// SentPage is a page of a forum's outgoing mail, the newest first.
type SentPage struct {
	Forum  Forum
	Groups []SentGroup
	Older  MessageID // where the next page begins, 0 at the end
}

// SentGroup is messages of one kind about one thing that were made at once.
type SentGroup []SentMessage

// SentMessage is an outgoing message with the name of whom it is to, or the
// address of someone unknown.
type SentMessage struct {
	Message
	Name string
}

// sentPerPage is how many messages a page lists.
const sentPerPage = 50

// ReadSentPage lists what a forum sent, from before a message (0: the newest).
func ReadSentPage(ctx context.Context, tx Tx, by Actor, id ForumID, before MessageID) (*SentPage, error) {
	f, err := mailForum(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	messages, err := tx.Messages(ctx, id, before, sentPerPage+1)
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	page := &SentPage{Forum: *f}
	if len(messages) > sentPerPage {
		messages = messages[:sentPerPage]
		page.Older = messages[sentPerPage-1].ID
	}
	page.Groups = grouped(messages, people)
	return page, nil
}

// grouped puts messages together that follow each other and belong together.
func grouped(messages []Message, people map[PersonID]Person) (groups []SentGroup) {
	for i, m := range messages {
		sent := SentMessage{m, people[m.PersonID].Name}
		if sent.Name == "" {
			sent.Name = m.To
		}
		if i > 0 && together(messages[i-1], m) {
			groups[len(groups)-1] = append(groups[len(groups)-1], sent)
		} else {
			groups = append(groups, SentGroup{sent})
		}
	}
	return groups
}

func together(one, other Message) bool {
	return one.Kind == other.Kind && one.CreatedAt.Equal(other.CreatedAt) && one.about() == other.about()
}

// about is what the message is about, as its facts name it.
func (m *Message) about() string {
	var facts struct {
		Meeting, Matter, Change json.RawMessage
	}
	if json.Unmarshal(m.Facts, &facts) != nil {
		return ""
	}
	return string(facts.Meeting) + " " + string(facts.Matter) + " " + string(facts.Change)
}

func mailForum(ctx context.Context, tx Tx, by Actor, id ForumID) (*Forum, error) {
	f, err := tx.Forum(ctx, id)
	if err != nil {
		return nil, err
	}
	_, err = by.May(ctx, tx, ReadMail, id)
	return f, err
}

// MessagePage is one outgoing message with its bytes, nil before its first attempt, and what happened to it since.
type MessagePage struct {
	Message
	Forum   Forum
	Raw     []byte
	Steps   []SentStep
	Answers []Incoming      // that came to its own address, the first one first
	NextTry time.Time       // zero when none waits
	Stopped *AddressTrouble // why its address gets no mail, nil while it does
}

// SentStep is a step of a message with the name of who took it, "" for a machine.
type SentStep struct {
	MessageStep
	By string
}

// mostAnswers is how many answers a message's page shows.
const mostAnswers = 20

// ReadMessagePage opens an outgoing message for the forum's secretaries and for
// whom it is to.
func ReadMessagePage(ctx context.Context, tx Tx, by Actor, id MessageID) (*MessagePage, error) {
	m, err := tx.Message(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	if by.Person == 0 || by.Person != m.PersonID {
		if _, err := by.May(ctx, tx, ReadMail, m.ForumID); err != nil {
			return nil, err
		}
	}
	page := &MessagePage{Message: *m, Forum: *f}
	if err := page.readCourse(ctx, tx); err != nil {
		return nil, err
	}
	page.Raw, err = m.Bytes(ctx, tx)
	var facts struct{ Token string }
	if slices.Contains(secretKinds, m.Kind) && by.Person != m.PersonID && json.Unmarshal(m.Facts, &facts) == nil {
		page.Raw = withoutSecret(page.Raw, facts.Token)
	}
	return page, err
}

// readCourse reads what happened to the message since it was made.
func (p *MessagePage) readCourse(ctx context.Context, tx Tx) error {
	steps, err := tx.MessageSteps(ctx, p.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range steps {
		p.Steps = append(p.Steps, SentStep{s, people[s.PersonID].Name})
	}
	if p.Answers, err = p.answers(ctx, tx); err != nil {
		return err
	}
	if p.State == Queued {
		if p.NextTry, err = tx.NextTry(ctx, p.ID); err != nil {
			return err
		}
	}
	trouble, err := troubleOf(ctx, tx, p.To)
	if err == nil && !trouble.StoppedAt.IsZero() {
		p.Stopped = trouble
	}
	return err
}

// answers are the mails that came to the message's own address since it was made.
func (p *MessagePage) answers(ctx context.Context, tx Tx) (since []Incoming, err error) {
	var facts struct{ Token string }
	if json.Unmarshal(p.Facts, &facts) != nil || facts.Token == "" {
		return nil, nil
	}
	all, err := tx.IncomingTo(ctx, p.ForumID, TokenAddress(p.Forum.Address, facts.Token), mostAnswers)
	for _, in := range all {
		if !in.AcceptedAt.Before(p.CreatedAt) {
			since = append(since, in)
		}
	}
	return since, err
}

// secretKinds are the messages with an address by which somebody acts.
var secretKinds = []MessageKind{KeysAskedMessage, KeysReceiptMessage, CommentMessage, CommentReceiptMessage}

// withoutSecret is mail without the part of an address by which somebody turns a
// key or comments: with it and a forged sender a reader could.
func withoutSecret(raw []byte, secret string) []byte {
	if secret == "" {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte(secret), []byte("***"))
}

// hideKey takes that part out of a mail that came in to somebody's own address.
func (p *IncomingPage) hideKey(ctx context.Context, tx Tx, from PersonID) error {
	_, secret, err := ForumAt(ctx, tx, p.Recipient)
	if IsKind(err, NotFound) { // the forum has moved to another address
		_, secret = SplitTokenAddress(p.Recipient)
	} else if err != nil {
		return err
	}
	if secret == "" {
		return nil
	}
	token, err := tx.AddressToken(ctx, secret)
	if IsKind(err, NotFound) || err == nil && (token.Purpose != KeysPurpose && token.Purpose != ThreadPurpose || token.PersonID == from) {
		return nil
	}
	p.Recipient, p.Raw = strings.ReplaceAll(p.Recipient, secret, "***"), withoutSecret(p.Raw, secret)
	return err
}

// Bytes puts a message's pieces together, the same at every call.
func (m *Message) Bytes(ctx context.Context, tx Tx) ([]byte, error) {
	var raw []byte
	for _, digest := range m.Contents {
		piece, err := tx.Piece(ctx, digest)
		if err != nil {
			return nil, err
		}
		raw = append(raw, piece...)
	}
	return raw, nil
}

// HeldPage is a forum's held mail, and what was set aside.
type HeldPage struct {
	Forum    Forum
	Held     IncomingList
	SetAside IncomingList
	Noted    IncomingList
	Writers  []Seated // whose a held mail could be
}

// IncomingList is mail in one state: the newest of it, and how much there is.
type IncomingList struct {
	Newest []Incoming
	Count  int
}

// mostShown is how much a list shows that is read from its newest end.
const mostShown = 200

// ReadHeldPage lists a forum's held mail.
func ReadHeldPage(ctx context.Context, tx Tx, by Actor, id ForumID) (*HeldPage, error) {
	f, err := mailForum(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	page := &HeldPage{Forum: *f}
	for state, list := range map[IncomingState]*IncomingList{HeldMail: &page.Held, SetAside: &page.SetAside, Noted: &page.Noted} {
		if list.Newest, err = tx.IncomingIn(ctx, id, state, mostShown); err != nil {
			return nil, err
		}
		if list.Count, err = tx.CountIncoming(ctx, id, state); err != nil {
			return nil, err
		}
	}
	page.Writers, err = writers(ctx, tx, id, ProposeIt)
	return page, err
}

// writers are those who have a right in a forum, each once.
func writers(ctx context.Context, tx Tx, id ForumID, right Right) ([]Seated, error) {
	seats, err := seatedIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var list []Seated
	seen := map[PersonID]bool{}
	for _, s := range seats {
		if seen[s.PersonID] {
			continue
		}
		seen[s.PersonID] = true
		may, err := AsPerson(s.PersonID).Can(ctx, tx, right, id)
		if err != nil {
			return nil, err
		}
		if may {
			list = append(list, s)
		}
	}
	return list, nil
}

// IncomingPage is one incoming mail with its raw bytes.
type IncomingPage struct {
	Incoming
	Forum   Forum
	Raw     []byte
	Writers []Seated
	Writer  *Person         // who writes from the address that it is from, nil when nobody is known
	Learned *LearnedAddress // when that is a secretary's word
	History []Deed
}

// ReadIncomingPage opens an incoming mail for the forum's secretaries.
func ReadIncomingPage(ctx context.Context, tx Tx, by Actor, id IncomingID) (*IncomingPage, error) {
	mail, err := tx.Incoming(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := mailForum(ctx, tx, by, mail.ForumID)
	if err != nil {
		return nil, err
	}
	page := &IncomingPage{Incoming: *mail, Forum: *f}
	if page.Raw, err = tx.Raw(ctx, mail.Digest); err != nil {
		return nil, err
	}
	if err := page.hideKey(ctx, tx, by.Person); err != nil {
		return nil, err
	}
	if page.Writers, err = writers(ctx, tx, mail.ForumID, mail.asks()); err != nil {
		return nil, err
	}
	if err := page.readWriter(ctx, tx); err != nil {
		return nil, err
	}
	page.History, err = History(ctx, tx, MailObject(id))
	return page, err
}

// readWriter looks up who seems to have written the mail, and how that is known.
func (p *IncomingPage) readWriter(ctx context.Context, tx Tx) (err error) {
	if p.From == "" {
		return nil
	}
	if p.Writer, err = WriterOf(ctx, tx, p.From); err != nil {
		p.Writer = nil
		return unlessMissing(err)
	}
	if _, err := tx.PersonByAddress(ctx, p.From); !IsKind(err, NotFound) {
		return err
	}
	if p.Learned, err = tx.Learned(ctx, p.From); err != nil || p.Learned.ForumID != p.ForumID {
		p.Learned = nil // another forum's word is not this one's to take back
	}
	return err
}

func unlessMissing(err error) error {
	if IsKind(err, NotFound) {
		return nil
	}
	return err
}
