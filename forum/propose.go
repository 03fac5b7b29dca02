package forum

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Proposal is what someone wants a forum to deal with.
type Proposal struct {
	Title  string
	Text   string
	Kind   MatterKind // "" is the first of MatterKinds
	Source Source
	MailID IncomingID // 0 unless by mail
	Papers []Paper
	Access AccessCode // of the papers; "" is Internal
	Basis  string     // legal, of exempt ones
	// Cleared says that a secretary has looked at it and found no identity number of a person in it.
	Cleared bool
}

// Paper is one file of a proposal, its bytes already in Files. Refused is the
// text key of why it was not kept, "" when it was.
type Paper struct {
	Name    string
	Type    string
	Size    int64
	Digest  Digest
	Refused string
}

// ProposeMatter puts a proposal into a forum's inbox under a number of its own.
// What has to be decided is a joint draft from then on, so that both levels have
// the same days. By mail, the proposer gets a receipt that names the meeting it can reach.
func ProposeMatter(ctx context.Context, tx Tx, by Actor, in ForumID, p Proposal) (*Matter, error) {
	standing, err := by.May(ctx, tx, ProposeIt, in)
	if err != nil {
		return nil, err
	}
	matter, err := newMatter(ctx, tx, by, standing, in, p)
	if err != nil {
		return nil, err
	}
	if err := tx.SaveMatter(ctx, matter); err != nil {
		return nil, err
	}
	if err := keepPapers(ctx, tx, by, matter, p); err != nil {
		return nil, err
	}
	if err := RecordMatter(ctx, tx, by, standing, matter, "matter_proposed", nil); err != nil {
		return nil, err
	}
	if matter.gated() {
		if _, err := openDraft(ctx, tx, by, matter); err != nil {
			return nil, err
		}
	}
	if p.Source != ByMail {
		return matter, nil
	}
	return matter, sendReceipt(ctx, tx, matter, p.Papers)
}

func newMatter(ctx context.Context, tx Tx, by Actor, as Standing, in ForumID, p Proposal) (*Matter, error) {
	p.Kind = cmp.Or(p.Kind, MatterKinds[0])
	title, untitled := titled(p.Title)
	if err := errors.Join(untitled, p.Kind.Check(), p.checkText()); err != nil {
		return nil, err
	}
	if err := p.identifies(title); err != nil {
		return nil, err
	}
	year := tx.Now().In(Oslo).Year()
	serial, err := tx.NextNumber(ctx, fmt.Sprintf("intake/%d", year))
	if err != nil {
		return nil, err
	}
	return &Matter{
		ForumID: in, Intake: fmt.Sprintf("%d-%d", year, serial), Title: title, Kind: p.Kind, Text: strings.TrimSpace(p.Text),
		Proposer: by.Person, Organisation: as.Organisation, Level: as.Level, Source: p.Source, MailID: p.MailID,
		Access: Internal, State: Proposed, ProposedAt: tx.Now(),
	}, nil
}

// Check refuses a kind of matter that there is not.
func (k MatterKind) Check() error {
	if !slices.Contains(MatterKinds, k) {
		return Refuse(Invalid, "error.matter.kind").On("kind")
	}
	return nil
}

func (p Proposal) checkText() error {
	if len(p.Text) > longestText {
		return Refuse(Invalid, "error.too_long", "Most", longestText).On("text")
	}
	return nil
}

// identifies refuses a proposal that names a person by identity number: no
// patient data belongs here.
func (p Proposal) identifies(title string) error {
	if p.Cleared {
		return nil
	}
	refusal := Refuse(Invalid, "error.identity_number")
	switch {
	case HasIdentityNumber(title):
		return refusal.On("title")
	case HasIdentityNumber(p.Text):
		return refusal.On("text")
	}
	for _, paper := range p.Papers {
		if HasIdentityNumber(paper.Name) {
			return refusal.On("papers")
		}
	}
	return nil
}

func keepPapers(ctx context.Context, tx Tx, by Actor, m *Matter, p Proposal) error {
	access := cmp.Or(p.Access, Internal)
	basis, err := classified(access, p.Basis)
	if err != nil {
		return err
	}
	position := 0
	for _, paper := range p.Papers {
		if paper.Refused != "" {
			continue
		}
		position++
		if err := newDocument(tx, by, m.ID, position, paper, access, basis).keep(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// MatterFacts is what a mail about a matter says, fixed when the act was done.
type MatterFacts struct {
	Matter    MatterID
	Intake    string
	Number    string
	Title     string
	Person    string // whom the mail speaks to
	Forum     string
	Address   string // of that forum
	Papers    []Paper
	Meeting   *MeetingFacts // the one it reaches or stands on; nil for none
	Way       Way
	Reason    string
	Asker     string
	Objection string
	ToForum   string
	ToTitle   string
	InPlace   string // name of the proposer whom the receiver follows the matter for, "" when it is the receiver
}

// MeetingFacts is what a mail says of a meeting in passing.
type MeetingFacts struct {
	ID MeetingID
	Slot
	ItemsDue time.Time
}

func sendReceipt(ctx context.Context, tx Tx, m *Matter, papers []Paper) error {
	reach, err := nextTaking(ctx, tx, m.ForumID)
	if err != nil {
		return err
	}
	return tellProposer(ctx, tx, m, ReceiptMessage, func(facts *MatterFacts) {
		facts.Papers, facts.Meeting = papers, reach
	})
}

// nextTaking is the first meeting ahead that an item can still reach, nil for none.
func nextTaking(ctx context.Context, tx Tx, in ForumID) (*MeetingFacts, error) {
	meetings, err := tx.Meetings(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		if m.Takes(tx.Now()) {
			return &MeetingFacts{m.ID, m.Slot, m.ItemsDue}, nil
		}
	}
	return nil, nil
}

// tellProposer mails the one who proposed a matter, or follows it now.
func tellProposer(ctx context.Context, tx Tx, m *Matter, kind MessageKind, more func(*MatterFacts)) error {
	proposer, err := tx.Person(ctx, m.Proposer)
	if err != nil {
		return err
	}
	follower := m.follower(DateOf(tx.Now()))
	if follower == m.Proposer {
		return tell(ctx, tx, m, proposer, kind, more)
	}
	to, err := followers(ctx, tx, m, follower)
	if err != nil {
		return err
	}
	for _, one := range to {
		err := tell(ctx, tx, m, &one, kind, func(facts *MatterFacts) {
			facts.InPlace = proposer.Name
			if more != nil {
				more(facts)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// followers are to whom word of a matter goes: a person, or those who read for
// the organisation for which it was proposed.
func followers(ctx context.Context, tx Tx, m *Matter, follower PersonID) ([]Person, error) {
	if follower != 0 {
		person, err := tx.Person(ctx, follower)
		if err != nil {
			return nil, err
		}
		return []Person{*person}, nil
	}
	return readersFor(ctx, tx, m.ForumID, m.Organisation, m.Proposer)
}

// tell mails someone about a matter.
func tell(ctx context.Context, tx Tx, m *Matter, to *Person, kind MessageKind, more func(*MatterFacts)) error {
	forum, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	facts := MatterFacts{
		Matter: m.ID, Intake: m.Intake, Number: m.Number, Title: m.Title, Person: to.Name, Forum: forum.Name, Address: forum.Address,
	}
	if more != nil {
		more(&facts)
	}
	return Send(ctx, tx, forum, to, kind, facts)
}

// RecordMatter records what was done to a matter, for its history.
func RecordMatter(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, deed string, details map[string]string) error {
	return tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MatterObject(m.ID), Details: details,
	})
}
