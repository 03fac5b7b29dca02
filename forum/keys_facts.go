package forum

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// KeysFacts is what a mail about an edition and its keys says.
type KeysFacts struct {
	Meeting  MeetingID
	Edition  EditionID
	Forum    string
	Address  string // the forum's own
	Token    string // of the address that answers go to
	Person   string
	Slot     // of the meeting
	Sort     EditionSort
	Deadline time.Time
	AskedBy  string
	InPlace  string // name of the key-holder whom the receiver stands in for, "" for nobody
	Text     string // of the secretary
	Items    []KeyFact
	Out      bool   // the edition went out with the act that the mail tells of
	Trouble  string // of a receipt: text key of why nothing was taken
	Args     []any  // of that text
}

// KeyFact is one item in such a mail. A matter has its public title; of papers
// that are exempt there is the legal basis alone.
type KeyFact struct {
	Handle     string
	What       LineSort
	Level      Level
	Number     string
	Title      string
	Papers     []string
	Exempt     []string
	Answer     KeyAnswer      // of a receipt
	Reason     string         // of the receiver's own objection
	Objections []KeyObjection // of a mail about what is objected to
}

// KeyObjection is one objection.
type KeyObjection struct {
	By     string
	Level  Level
	Reason string
}

// Handle is how a mail names an item: the matter's number, or for a line that
// is none its place in the edition, from 1.
func (e *Edition) Handle(key string) string {
	at := slices.IndexFunc(e.Items, func(i EditionItem) bool { return i.Line.Key == key })
	if at < 0 {
		return ""
	}
	if e.Items[at].Number != "" {
		return e.Items[at].Number
	}
	return strconv.Itoa(at + 1)
}

// keysFacts are what all mails about an edition have in common.
func keysFacts(in *Forum, m *Meeting, e *Edition, items []EditionItem) KeysFacts {
	f := KeysFacts{
		Meeting: m.ID, Edition: e.ID, Forum: in.Name, Address: in.Address, Slot: m.Slot, Sort: e.Sort, Deadline: e.Deadline, Text: e.Text,
	}
	for _, item := range items {
		f.Items = append(f.Items, e.fact(item))
	}
	return f
}

func (e *Edition) fact(item EditionItem) KeyFact {
	fact := KeyFact{Handle: e.Handle(item.Line.Key), What: item.Line.What, Level: item.Line.Level, Number: item.Number, Title: item.Line.Title}
	if item.Matter != 0 {
		fact.Title = item.Title
	}
	for _, p := range item.Papers {
		if p.Access == Exempt {
			fact.Exempt = append(fact.Exempt, p.Basis)
		} else {
			fact.Papers = append(fact.Papers, p.Name)
		}
	}
	return fact
}

// tellKeyHolders mails those whom the key of a level is with today, as long as
// the level has not approved all that is asked.
func tellKeyHolders(ctx context.Context, tx Tx, m *Meeting, e *Edition, ring Keyring) error {
	holdings, err := KeyHoldings(ctx, tx, m.ForumID)
	if err != nil {
		return err
	}
	return askThem(ctx, tx, m, e, ring, holdings, nil)
}

// askThem mails who turns each of some keys, besides those who were told already.
func askThem(ctx context.Context, tx Tx, m *Meeting, e *Edition, ring Keyring, holdings []KeyHolding, told []PersonID) error {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	asked := e.Asked()
	for _, h := range holdings {
		to := people[h.Turner()]
		if ring.Approves(h.Level, asked) || slices.Contains(told, to.ID) {
			continue
		}
		told = append(told, to.ID)
		f := keysFacts(in, m, e, asked)
		f.AskedBy, f.Person, f.Token = people[e.AskedBy].Name, to.Name, NewSecret()
		if to.ID != h.Holder {
			f.InPlace = people[h.Holder].Name
		}
		if err := tx.SaveAddressToken(ctx, &AddressToken{f.Token, KeysPurpose, int64(e.ID), to.ID, in.ID}); err != nil {
			return err
		}
		if err := Send(ctx, tx, in, &to, KeysAskedMessage, f); err != nil {
			return err
		}
	}
	return nil
}

// tellObjection mails the secretaries what was just objected to, so that they
// can mend it and ask again in time.
func tellObjection(ctx context.Context, tx Tx, m *Meeting, e *Edition, items []EditionItem, ring Keyring) error {
	secretaries, err := objectionReaders(ctx, tx, m.ForumID, false)
	if err != nil {
		return err
	}
	return tellOfObjections(ctx, tx, KeysObjectedMessage, secretaries, m, e, items, ring, false)
}

// tellHeldBack mails secretaries and key-holders what of the items asked about
// is held back, if anything is; out tells whether the rest goes out.
func tellHeldBack(ctx context.Context, tx Tx, m *Meeting, e *Edition, asked []EditionItem, ring Keyring, out bool) error {
	held := slices.DeleteFunc(slices.Clone(asked), func(i EditionItem) bool { return len(ring.Objections(i.Line.Key)) == 0 })
	if len(held) == 0 {
		return nil
	}
	receivers, err := objectionReaders(ctx, tx, m.ForumID, true)
	if err != nil {
		return err
	}
	return tellOfObjections(ctx, tx, HeldBackMessage, receivers, m, e, held, ring, out)
}

// tellLifted mails those who were told of an objection that it is taken back: the
// secretaries, and of an item that was held back the key-holders too.
func tellLifted(ctx context.Context, tx Tx, by Actor, m *Meeting, e *Edition, items []EditionItem, ring Keyring) error {
	receivers, err := objectionReaders(ctx, tx, m.ForumID, slices.ContainsFunc(items, func(i EditionItem) bool { return i.HeldBack }))
	if err != nil {
		return err
	}
	receivers = slices.DeleteFunc(receivers, func(id PersonID) bool { return id == by.Person })
	return tellOfObjections(ctx, tx, KeysLiftedMessage, receivers, m, e, items, ring, false)
}

// objectionReaders are a forum's secretaries, and where asked for those whom the
// keys are with, each once.
func objectionReaders(ctx context.Context, tx Tx, in ForumID, turners bool) ([]PersonID, error) {
	receivers, err := Holders(ctx, tx, in, AskKeys, "")
	if err != nil || !turners {
		return receivers, err
	}
	holdings, err := KeyHoldings(ctx, tx, in)
	for _, h := range holdings {
		if !slices.Contains(receivers, h.Turner()) {
			receivers = append(receivers, h.Turner())
		}
	}
	return receivers, err
}

func tellOfObjections(
	ctx context.Context, tx Tx, kind MessageKind, receivers []PersonID, m *Meeting, e *Edition, items []EditionItem, ring Keyring, out bool,
) error {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	f := keysFacts(in, m, e, items)
	f.Out = out
	for i, item := range items {
		for _, w := range ring.Objections(item.Line.Key) {
			f.Items[i].Objections = append(f.Items[i].Objections, KeyObjection{people[w.PersonID].Name, w.Level, w.Reason})
		}
	}
	for _, id := range receivers {
		to := people[id]
		f.Person = to.Name
		if err := Send(ctx, tx, in, &to, kind, f); err != nil {
			return err
		}
	}
	return nil
}
