package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// MinutesPage is one version of a meeting's minutes as one reader may see it.
type MinutesPage struct {
	Minutes
	Meeting   forum.Meeting
	Forum     forum.Forum
	Versions  []Minutes     // every one of the meeting, by number
	Record    *Record       // nil where they are being written, for who does not write
	Round     *MinutesRound // the newest, nil before the first
	Holds     bool          // the record is the one that was put before people
	Answers   []MinutesAnswerRow
	Keys      []MinutesKeyRow // of both levels, once they are asked
	Decisions []Decision      // of approved minutes, without what the reader may not read
	Due       time.Time       // by when they are to be out
	Now       time.Time

	MayAnswer  bool
	Own        *MinutesAnswer // the reader's, nil for none
	Turns      forum.Level    // whose key the reader can turn now, "" for none
	MayWrite   bool
	MaySend    bool
	MayCorrect bool
}

// MinutesAnswerRow is somebody who was asked, with what holds of their answers.
// Remarks are for those who were asked, and for who sends the minutes.
type MinutesAnswerRow struct {
	PersonID forum.PersonID
	Name     string
	Answer   *MinutesAnswer // nil for none
}

// MinutesKeyRow is how a level stands with its key.
type MinutesKeyRow struct {
	Level   forum.Level
	Holders []string // who turn it today
	Word    *MinutesWord
	By      string // who said it
}

// ReadMinutes opens a version of minutes for who may read the meeting.
func ReadMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*MinutesPage, error) {
	of, err := tx.Minutes(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, of.MeetingID)
	if err != nil {
		return nil, err
	}
	if _, err := by.MayAt(ctx, tx, forum.ReadMeeting, m); err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	page := &MinutesPage{Minutes: *of, Meeting: *m, Forum: *in, Now: tx.Now()}
	if page.Versions, err = tx.MinutesOf(ctx, m.ID); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, Tx, forum.Actor) error{page.readRights, page.readRound, page.readRecord, page.readAnswers, page.readKeys, page.readDecisions} {
		if err := part(ctx, tx, by); err != nil {
			return nil, err
		}
	}
	return page, nil
}

func (p *MinutesPage) readRights(ctx context.Context, tx Tx, by forum.Actor) (err error) {
	if p.MayWrite, err = by.Can(ctx, tx, WriteMinutes, p.ForumID); err != nil {
		return err
	}
	if p.MaySend, err = by.Can(ctx, tx, SendMinutesOut, p.ForumID); err != nil {
		return err
	}
	p.MayCorrect = p.MayWrite && p.State == ApprovedMinutes && p.Versions[len(p.Versions)-1].ID == p.ID
	mandate, err := forum.MandateOn(ctx, tx, p.ForumID, forum.DateOf(p.Meeting.Start))
	if err != nil {
		return err
	}
	p.Due = mandate.Deadlines.MinutesDue(p.Meeting.End)
	return nil
}

func (p *MinutesPage) readRound(ctx context.Context, tx Tx, _ forum.Actor) (err error) {
	if p.RoundID == 0 {
		return nil
	}
	if p.Round, err = tx.MinutesRound(ctx, p.RoundID); err != nil {
		return err
	}
	p.Holds = p.Round.Holds()
	return nil
}

// readRecord is what was put before people, or what is being written, as far as
// the reader may read it.
func (p *MinutesPage) readRecord(ctx context.Context, tx Tx, by forum.Actor) error {
	var record Record
	switch {
	case p.State != WritingMinutes:
		record = p.Round.Record
	case p.MayWrite:
		now, err := recordOf(ctx, tx, &p.Meeting, &p.Minutes)
		if err != nil {
			return err
		}
		record = *now
	default:
		return nil
	}
	record, err := withhold(ctx, tx, record)
	if err != nil {
		return err
	}
	reader, err := by.ReaderAt(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	record = record.For(reader)
	p.Record = &record
	if p.Round != nil {
		round := *p.Round
		round.Record = Record{} // what the reader may see of it is in the page's own
		p.Round = &round
	}
	return nil
}

func (p *MinutesPage) readAnswers(ctx context.Context, tx Tx, by forum.Actor) error {
	if p.Round == nil {
		return nil
	}
	answers, err := tx.MinutesAnswers(ctx, p.RoundID)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	holding := HoldingAnswers(answers)
	asked := slices.Contains(p.Round.Asked, by.Person)
	for _, id := range p.Round.Asked {
		row := MinutesAnswerRow{PersonID: id, Name: people[id].Name}
		if a, said := holding[id]; said {
			if id == by.Person {
				own := a
				p.Own = &own
			}
			if !asked && !p.MaySend {
				a.Text = ""
			}
			row.Answer = &a
		}
		p.Answers = append(p.Answers, row)
	}
	if !asked || p.Round.takes(&p.Minutes) != nil {
		return nil
	}
	_, err = by.MayAt(ctx, tx, ApproveMinutes, &p.Meeting)
	p.MayAnswer = err == nil
	if forum.IsKind(err, forum.Forbidden) {
		return nil
	}
	return err
}

func (p *MinutesPage) readKeys(ctx context.Context, tx Tx, by forum.Actor) error {
	if p.Round == nil || p.Round.KeyedAt.IsZero() {
		return nil
	}
	words, err := tx.MinutesWords(ctx, p.RoundID)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	holdings, err := forum.KeyHoldings(ctx, tx, p.ForumID)
	if err != nil {
		return err
	}
	keys := MinutesKeysOf(words)
	for _, level := range forum.KeyLevels() {
		row := MinutesKeyRow{Level: level}
		for _, h := range holdings {
			if h.Level == level {
				row.Holders = append(row.Holders, people[h.Turner()].Name)
			}
		}
		if w, said := keys[level]; said {
			row.Word, row.By = &w, people[w.PersonID].Name
		}
		p.Keys = append(p.Keys, row)
	}
	if p.Round.takesKeys(tx, &p.Minutes) != nil {
		return nil
	}
	standing, _, err := forum.KeyOf(ctx, tx, by, p.ForumID)
	if forum.IsKind(err, forum.Forbidden) {
		return nil
	}
	if err == nil && !keys.HeldBy(by.Person, standing.Level.Other()) {
		p.Turns = standing.Level
	}
	return err
}

func (p *MinutesPage) readDecisions(ctx context.Context, tx Tx, _ forum.Actor) error {
	if p.State != ApprovedMinutes {
		return nil
	}
	decisions, err := tx.DecisionsOf(ctx, p.ID)
	for _, d := range decisions {
		at := slices.IndexFunc(p.Record.Items, func(i RecordedItem) bool { return i.Matter == d.MatterID })
		if at >= 0 && p.Record.Items[at].Decision != "" {
			p.Decisions = append(p.Decisions, d)
		}
	}
	return err
}

// MinutesOfMeeting is how a meeting stands with its minutes, as its page shows it.
type MinutesOfMeeting struct {
	Versions []Minutes // by number
	Due      time.Time // by when they are to be out
	MayStart bool
	MayWrite bool
}

// Newest is the last version, nil for none.
func (o *MinutesOfMeeting) Newest() *Minutes {
	if len(o.Versions) == 0 {
		return nil
	}
	return &o.Versions[len(o.Versions)-1]
}

// ReadMinutesOf tells how a meeting stands with its minutes.
func ReadMinutesOf(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID) (*MinutesOfMeeting, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.MayAt(ctx, tx, forum.ReadMeeting, m); err != nil {
		return nil, err
	}
	of := &MinutesOfMeeting{}
	if of.Versions, err = tx.MinutesOf(ctx, id); err != nil {
		return nil, err
	}
	mandate, err := forum.MandateOn(ctx, tx, m.ForumID, forum.DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	of.Due = mandate.Deadlines.MinutesDue(m.End)
	if of.MayWrite, err = by.Can(ctx, tx, WriteMinutes, m.ForumID); err != nil {
		return nil, err
	}
	of.MayStart = of.MayWrite && len(of.Versions) == 0 && m.Recordable() == nil
	return of, nil
}
