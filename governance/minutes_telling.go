package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// The kinds of message about minutes.
const (
	MinutesAskedMessage    forum.MessageKind = "minutes-asked"    // to those who were there, for approval
	MinutesReceiptMessage  forum.MessageKind = "minutes-receipt"  // what became of a mail
	MinutesKeysMessage     forum.MessageKind = "minutes-keys"     // to key-holders
	MinutesObjectedMessage forum.MessageKind = "minutes-objected" // to secretaries
	MinutesApprovedMessage forum.MessageKind = "minutes-approved" // to all who were invited
	MinutesOwedMessage     forum.MessageKind = "minutes-owed"     // to secretaries
)

// The purposes of addresses that answers about minutes go to; their subject is a
// round.
const (
	MinutesPurpose    forum.Purpose = "minutes"
	MinutesKeyPurpose forum.Purpose = "minutes-key"
)

// MinutesFacts is what a mail about minutes says.
type MinutesFacts struct {
	Meeting   forum.MeetingID
	Forum     string
	Address   string // the forum's own
	Token     string // of the address that answers go to, "" for the forum's own
	Person    string
	Slot      forum.Slot
	Version   int
	Changes   string // of a correction
	Record    *Record
	By        string // who sent them, or objected
	Level     forum.Level
	Deadline  time.Time // of the key-holders, or of the minutes
	InPlace   string    // name of the key-holder whom the receiver stands in for, "" for nobody
	Reply     MinutesReply
	Key       forum.KeyAnswer // of a receipt to a key-holder
	Text      string          // of a remark or an objection
	Approved  bool            // with what the mail tells of
	Decisions []DecidedFacts
	Trouble   string // of a receipt: text key of why nothing was taken
	Args      []any  // of that text
	ForKey    bool   // a receipt to a key-holder
}

// DecidedFacts is a decision of approved minutes. Of a matter that is exempt there
// is the legal basis alone.
type DecidedFacts struct {
	Number string
	Title  string
	Text   string
	Basis  string // of what is exempt
}

func minutesFacts(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes) (*forum.Forum, MinutesFacts, error) {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, MinutesFacts{}, err
	}
	return in, MinutesFacts{Meeting: m.ID, Forum: in.Name, Address: in.Address, Slot: m.Slot, Version: of.Number, Changes: of.Changes}, nil
}

// withhold marks what was made exempt after a record was put together.
func withhold(ctx context.Context, tx Tx, r Record) (Record, error) {
	r.Items = slices.Clone(r.Items)
	for i, item := range r.Items {
		if item.Matter == 0 || item.Exempt {
			continue
		}
		matter, err := tx.Peek().Matter(ctx, item.Matter)
		if err != nil {
			return r, err
		}
		if matter.Access == forum.Exempt {
			r.Items[i].Exempt, r.Items[i].Basis = true, matter.Basis
			r.Items[i].FullTitle, r.Items[i].Title = matter.FullTitle, matter.Title
		}
	}
	return r, nil
}

// tellApprovers sends the whole of the minutes to those of a round who are to
// approve them, each with an address of the own to answer to. What is exempt stays
// behind.
func tellApprovers(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes, round *MinutesRound, approvers []forum.PersonID) error {
	if len(approvers) == 0 {
		return nil
	}
	in, facts, err := minutesFacts(ctx, tx, m, of)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	record, err := withhold(ctx, tx, round.Record)
	if err != nil {
		return err
	}
	record = record.Public()
	facts.Record, facts.By = &record, people[round.SentBy].Name
	for _, id := range approvers {
		to := people[id]
		facts.Person = to.Name
		if facts.Token, err = minutesToken(ctx, tx, MinutesPurpose, round, to.ID, in.ID); err != nil {
			return err
		}
		if err := forum.Send(ctx, tx, in, &to, MinutesAskedMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

func minutesToken(ctx context.Context, tx Tx, of forum.Purpose, round *MinutesRound, to forum.PersonID, in forum.ForumID) (string, error) {
	token := forum.NewSecret()
	return token, tx.SaveAddressToken(ctx, &forum.AddressToken{Token: token, Purpose: of, Subject: int64(round.ID), PersonID: to, ForumID: in})
}

// tellMinutesKeys sends the minutes to those whom a key is with today, of some people.
func tellMinutesKeys(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes, round *MinutesRound, turners []forum.PersonID) error {
	if len(turners) == 0 {
		return nil
	}
	in, facts, err := minutesFacts(ctx, tx, m, of)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	holdings, err := forum.KeyHoldings(ctx, tx, in.ID)
	if err != nil {
		return err
	}
	record, err := withhold(ctx, tx, round.Record)
	if err != nil {
		return err
	}
	record = record.Public()
	facts.Record, facts.By, facts.Deadline = &record, people[round.KeyedBy].Name, round.Deadline
	var told []forum.PersonID
	for _, h := range holdings {
		to := people[h.Turner()]
		if slices.Contains(told, to.ID) || !slices.Contains(turners, to.ID) {
			continue
		}
		told = append(told, to.ID)
		facts.Person, facts.InPlace = to.Name, ""
		if to.ID != h.Holder {
			facts.InPlace = people[h.Holder].Name
		}
		if facts.Token, err = minutesToken(ctx, tx, MinutesKeyPurpose, round, to.ID, in.ID); err != nil {
			return err
		}
		if err := forum.Send(ctx, tx, in, &to, MinutesKeysMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

// tellMinutesObjection mails the secretaries what a key-holder objects to.
func tellMinutesObjection(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes, round *MinutesRound, w MinutesWord) error {
	secretaries, err := forum.Holders(ctx, tx, m.ForumID, SendMinutesOut, "")
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	in, facts, err := minutesFacts(ctx, tx, m, of)
	if err != nil {
		return err
	}
	facts.By, facts.Level, facts.Text, facts.Deadline = people[w.PersonID].Name, w.Level, w.Reason, round.Deadline
	for _, id := range secretaries {
		to := people[id]
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, in, &to, MinutesObjectedMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

// tellApproved tells all who were invited, or were there, that the minutes are
// approved, and what was decided under which number.
func tellApproved(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes, round *MinutesRound) error {
	in, facts, err := minutesFacts(ctx, tx, m, of)
	if err != nil {
		return err
	}
	if facts.Decisions, err = decidedFacts(ctx, tx, of, round); err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return err
	}
	receivers := slices.Clone(round.Asked)
	for _, i := range invitations {
		if !i.Withdrawn && !slices.Contains(receivers, i.PersonID) {
			receivers = append(receivers, i.PersonID)
		}
	}
	for _, id := range receivers {
		if _, err := forum.AsPerson(id).MayAt(ctx, tx, forum.ReadMeeting, m); forum.IsKind(err, forum.Forbidden) {
			continue
		} else if err != nil {
			return err
		}
		to := people[id]
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, in, &to, MinutesApprovedMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

func decidedFacts(ctx context.Context, tx Tx, of *Minutes, round *MinutesRound) (facts []DecidedFacts, err error) {
	decisions, err := tx.DecisionsOf(ctx, of.ID)
	if err != nil {
		return nil, err
	}
	record, err := withhold(ctx, tx, round.Record)
	if err != nil {
		return nil, err
	}
	for _, d := range decisions {
		at := slices.IndexFunc(record.Items, func(i RecordedItem) bool { return i.Matter == d.MatterID })
		if at < 0 {
			continue
		}
		f := DecidedFacts{Number: d.Number, Title: record.Items[at].Title, Text: d.Text}
		if record.Items[at].Exempt {
			f.Text, f.Basis = "", record.Items[at].Basis
		}
		facts = append(facts, f)
	}
	return facts, nil
}
