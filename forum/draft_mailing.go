package forum

import (
	"context"
	"slices"
)

// ThreadFacts is what a mail about a thread of comments says.
type ThreadFacts struct {
	MatterFacts
	Part         DraftPart // of the section that the thread is about, "" for the whole draft
	Section      string    // its title, of an own one
	Author       string
	Organisation string
	Level        Level
	Text         string // of the comment
	Exempt       bool   // the matter is: neither section nor comment stand in the mail
	Basis        string
	Token        string // of the address that answers go to
	Trouble      string // of a receipt: text key of why nothing was taken
	Args         []any  // of that text
	Left         []string
}

// tellOfComment tells those whom a comment concerns, but its author: who has
// written in the draft or the thread, the secretaries, and those who follow the
// draft, as far as they may still read the matter.
func tellOfComment(ctx context.Context, tx Tx, m *Matter, thread *DraftThread, c *DraftComment) error {
	to, err := hearers(ctx, tx, m, thread.ID)
	if err != nil {
		return err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	for _, id := range to {
		if id == c.Author {
			continue
		}
		err := MayReadMatter(ctx, tx.Peek(), AsPerson(id), m)
		if IsKind(err, Forbidden) {
			continue
		}
		if err != nil {
			return err
		}
		person := people[id]
		facts, err := threadFacts(ctx, tx, in, m, thread, &person)
		if err != nil {
			return err
		}
		if err := facts.quote(ctx, tx, people[c.Author].Name, c); err != nil {
			return err
		}
		if err := Send(ctx, tx, in, &person, CommentMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

// hearers are those who may be concerned by a comment, each once.
func hearers(ctx context.Context, tx Tx, m *Matter, id ThreadID) ([]PersonID, error) {
	people, err := Holders(ctx, tx, m.ForumID, ReadyIt, "")
	if err != nil {
		return nil, err
	}
	sections, err := tx.DraftSections(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		versions, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			people = append(people, v.Author)
		}
	}
	comments, err := tx.DraftComments(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, c := range comments {
		people = append(people, c.Author)
	}
	followers, err := tx.DraftFollowers(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range followers {
		people = append(people, f.PersonID)
	}
	slices.Sort(people)
	return slices.DeleteFunc(slices.Compact(people), func(p PersonID) bool { return p == 0 }), nil
}

// threadFacts are what every mail about a thread says to one person, with an
// address of that person's own for the answer.
func threadFacts(ctx context.Context, tx Tx, in *Forum, m *Matter, thread *DraftThread, to *Person) (ThreadFacts, error) {
	facts := ThreadFacts{
		MatterFacts: MatterFacts{Matter: m.ID, Intake: m.Intake, Number: m.Number, Title: m.Title, Person: to.Name, Forum: in.Name, Address: in.Address},
		Exempt:      m.Access == Exempt, Basis: m.Basis, Token: NewSecret(),
	}
	if thread.SectionID != 0 && !facts.Exempt {
		section, err := tx.DraftSection(ctx, thread.SectionID)
		if err != nil {
			return facts, err
		}
		facts.Part, facts.Section = section.Part, section.Title
	}
	return facts, tx.SaveAddressToken(ctx, &AddressToken{facts.Token, ThreadPurpose, int64(thread.ID), to.ID, in.ID})
}

// quote puts a comment into the mail; of an exempt matter who wrote it alone.
func (f *ThreadFacts) quote(ctx context.Context, tx Tx, author string, c *DraftComment) error {
	organisation, err := tx.Organisation(ctx, c.OrganisationID)
	if err != nil {
		return err
	}
	f.Author, f.Organisation, f.Level = author, organisation.On(DateOf(c.WrittenAt)).Name, c.Level
	if !f.Exempt {
		f.Text = c.Text
	}
	return nil
}

// leaveBehind leaves out what the matter says since it was made exempt.
func (f *ThreadFacts) leaveBehind(ctx context.Context, tx Tx) error {
	m, err := tx.Matter(ctx, f.Matter)
	if err != nil || m.Access != Exempt {
		return err
	}
	f.Exempt, f.Basis, f.Title, f.Part, f.Section, f.Text = true, m.Basis, m.Title, "", "", ""
	return nil
}

// TakeMailedComment puts what somebody answered to the mail about a thread into
// that thread, answers with a receipt that names the papers which stay behind,
// and marks the mail understood in the same transaction.
func TakeMailedComment(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, about ThreadID) error {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	thread, err := reply(ctx, tx, AsPerson(sender), about, reading.Text, ByMail, id)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason, mail.MatterID = reading, Understood, "", thread.MatterID
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	return sendThreadReceipt(ctx, tx, sender, thread, func(f *ThreadFacts) { f.Left = reading.Papers })
}

// HoldMailedComment keeps an answer to a thread that was refused for the
// secretaries, and tells its author why.
func HoldMailedComment(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, about ThreadID, trouble *Error) error {
	if err := HoldMail(ctx, tx, id, reading, "held.comment_refused", false); err != nil {
		return err
	}
	thread, err := tx.DraftThread(ctx, about)
	if err != nil {
		return err
	}
	return sendThreadReceipt(ctx, tx, sender, thread, func(f *ThreadFacts) { f.Trouble, f.Args = trouble.Key, trouble.Args })
}

func sendThreadReceipt(ctx context.Context, tx Tx, to PersonID, thread *DraftThread, more func(*ThreadFacts)) error {
	m, err := tx.Matter(ctx, thread.MatterID)
	if err != nil {
		return err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	person, err := tx.Person(ctx, to)
	if err != nil {
		return err
	}
	facts, err := threadFacts(ctx, tx, in, m, thread, person)
	if err != nil {
		return err
	}
	more(&facts)
	return Send(ctx, tx, in, person, CommentReceiptMessage, facts)
}
