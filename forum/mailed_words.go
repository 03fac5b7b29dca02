package forum

import (
	"context"
	"slices"
)

// MailedWord is one listed word of a mail that answers for a key: about the item
// of a handle, about all that is asked ("" for the handle), or about the rest,
// which is all that the mail's other words leave.
type MailedWord struct {
	Handle string
	Rest   bool
	Answer KeyAnswer
	Reason string
}

// TakeMailedWords does what a key-holder's mail says of an edition, answers with
// a receipt, and marks the mail understood in the same transaction. A refusal
// changes nothing; HoldMailedWords is what then becomes of the mail.
func TakeMailedWords(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, about EditionID, words []MailedWord) error {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	turn, err := beginTurning(ctx, tx, AsPerson(sender), about, ByMail, id)
	if err != nil {
		return err
	}
	e, waited := turn.edition, turn.edition.State == AskedEdition
	sayings, err := e.sayings(words)
	if err != nil {
		return err
	}
	if err := turn.give(ctx, tx, sayings); err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason = reading, Understood, ""
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	var items []EditionItem
	answers := map[string]KeySaying{}
	for _, s := range sayings {
		for _, key := range s.Items {
			items, answers[key] = append(items, *e.Item(key)), s
		}
	}
	f, to, in, err := receiptFacts(ctx, tx, sender, e, items)
	if err != nil {
		return err
	}
	for i, item := range items {
		f.Items[i].Answer, f.Items[i].Reason = answers[item.Line.Key].Answer, answers[item.Line.Key].Reason
	}
	f.Out = waited && e.State == OutEdition
	return Send(ctx, tx, in, to, KeysReceiptMessage, f)
}

// HoldMailedWords keeps a key-holder's mail that changed nothing for the
// secretaries, and tells the key-holder why, with the words that are listed. The
// trouble is nil for a mail whose words were not understood.
func HoldMailedWords(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, about EditionID, trouble *Error) error {
	reason := "held.keys_refused"
	if trouble == nil {
		reason, trouble = "held.keys_unclear", Refuse(Invalid, "error.keys.unclear")
	}
	if err := HoldMail(ctx, tx, id, reading, reason, false); err != nil {
		return err
	}
	e, err := tx.Edition(ctx, about)
	if err != nil {
		return err
	}
	var items []EditionItem // that the words can still be about
	if e.takes(false, tx.Now()) == nil {
		items = e.Asked()
	}
	f, to, in, err := receiptFacts(ctx, tx, sender, e, items)
	if err != nil {
		return err
	}
	f.Trouble, f.Args = trouble.Key, trouble.Args
	return Send(ctx, tx, in, to, KeysReceiptMessage, f)
}

// sayings are a mail's words about the items that they name. Each item is spoken
// of once, in one way.
func (e *Edition) sayings(words []MailedWord) ([]KeySaying, error) {
	free, all := e.answerable(), e.Asked()
	if e.State != AskedEdition {
		all = free
	}
	var sayings []KeySaying
	for _, rest := range []bool{false, true} {
		for _, w := range words {
			if w.Rest != rest {
				continue
			}
			s := KeySaying{Answer: w.Answer, Reason: w.Reason} // of the rest the handle is "" too
			for _, item := range free {
				key := item.Line.Key
				inAll := slices.ContainsFunc(all, func(i EditionItem) bool { return i.Line.Key == key })
				if w.Handle == "" && inAll || w.Handle != "" && w.Handle == e.Handle(key) {
					s.Items = append(s.Items, item.Line.Key)
				}
			}
			if s.Items == nil && w.Rest {
				continue // the others named all there is
			}
			if s.Items == nil {
				return nil, Refuse(NotFound, "error.keys.no_item")
			}
			free = slices.DeleteFunc(free, func(i EditionItem) bool { return slices.Contains(s.Items, i.Line.Key) })
			sayings = append(sayings, s)
		}
	}
	return sayings, nil
}

// receiptFacts are what a receipt to a key-holder says besides what became of
// the mail.
func receiptFacts(ctx context.Context, tx Tx, to PersonID, e *Edition, items []EditionItem) (KeysFacts, *Person, *Forum, error) {
	m, err := tx.Meeting(ctx, e.MeetingID)
	if err != nil {
		return KeysFacts{}, nil, nil, err
	}
	in, err := tx.Forum(ctx, e.ForumID)
	if err != nil {
		return KeysFacts{}, nil, nil, err
	}
	person, err := tx.Person(ctx, to)
	if err != nil {
		return KeysFacts{}, nil, nil, err
	}
	f := keysFacts(in, m, e, items)
	f.Person, f.Token = person.Name, NewSecret()
	return f, person, in, tx.SaveAddressToken(ctx, &AddressToken{f.Token, KeysPurpose, int64(e.ID), to, in.ID})
}
