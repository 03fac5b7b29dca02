package governance

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

// UsualBasis is the clause that disqualification rests on unless another is named.
const UsualBasis = "fvl. § 6"

const longestBasis = 150 // letters of a legal basis

// QuestionImpartiality notes that somebody may be too near a matter, and why.
func QuestionImpartiality(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, person forum.PersonID, reason, basis string) (*Impartiality, error) {
	m, standing, err := mayJudge(ctx, tx, by, matter)
	if err != nil {
		return nil, err
	}
	if reason, err = forum.Reasoned(reason); err != nil {
		return nil, err
	}
	if basis = strings.Join(strings.Fields(basis), " "); basis == "" {
		basis = UsualBasis
	}
	switch {
	case utf8.RuneCountInString(basis) > longestBasis:
		return nil, forum.Refuse(forum.Invalid, "error.too_long", "Most", longestBasis).On("basis")
	case forum.HasIdentityNumber(reason) || forum.HasIdentityNumber(basis):
		return nil, forum.Refuse(forum.Invalid, "error.identity_number").On("reason")
	}
	seats, err := tx.Seats(ctx, m.ForumID, forum.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(seats, func(s forum.Seat) bool { return s.PersonID == person }) {
		return nil, forum.Refuse(forum.Invalid, "error.presence.no_seat").On("person")
	}
	questions, err := tx.Impartialities(ctx, matter)
	if err != nil {
		return nil, err
	}
	q := &Impartiality{ForumID: m.ForumID, MatterID: matter, PersonID: person}
	if at := slices.IndexFunc(questions, func(q Impartiality) bool { return q.PersonID == person }); at >= 0 {
		q = &questions[at]
		if q.Judgement != Cleared {
			return nil, forum.Refuse(forum.Conflict, "error.conflict.impartiality").On("person")
		}
	}
	q.Reason, q.Basis, q.NotedBy, q.NotedAt = reason, basis, by.Person, tx.Now()
	q.Judgement, q.SettledBy, q.SettledAt, q.AllTookPart = Questioned, 0, time.Time{}, false
	if err := tx.SaveImpartiality(ctx, q); err != nil {
		return nil, err
	}
	return q, recordImpartiality(ctx, tx, by, standing, q, "impartiality_questioned")
}

// Judge notes what the body decided of somebody's impartiality. Those questioned
// in the matter took no part, unless too few were left for a quorum without them.
func Judge(ctx context.Context, tx Tx, by forum.Actor, id ImpartialityID, judgement Judgement) (*Impartiality, error) {
	q, standing, err := mayJudgeQuestion(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if judgement != Disqualified && judgement != Cleared {
		return nil, forum.Refuse(forum.Invalid, "error.impartiality.judgement").On("judgement")
	}
	if q.Judgement != Questioned {
		return nil, forum.Refuse(forum.Conflict, "error.impartiality.settled")
	}
	if q.AllTookPart, err = allTakePart(ctx, tx, q.MatterID); err != nil {
		return nil, err
	}
	q.Judgement, q.SettledBy, q.SettledAt = judgement, by.Person, tx.Now()
	if err := tx.SaveImpartiality(ctx, q); err != nil {
		return nil, err
	}
	return q, recordImpartiality(ctx, tx, by, standing, q, "impartiality_"+string(judgement))
}

// ReopenDisqualify opens a question again that was settled. Votes cast meanwhile
// stay as they were cast.
func ReopenDisqualify(ctx context.Context, tx Tx, by forum.Actor, id ImpartialityID) (*Impartiality, error) {
	q, standing, err := mayJudgeQuestion(ctx, tx, by, id)
	if err != nil || q.Judgement == Questioned {
		return q, err
	}
	q.Judgement, q.SettledBy, q.SettledAt, q.AllTookPart = Questioned, 0, time.Time{}, false
	if err := tx.SaveImpartiality(ctx, q); err != nil {
		return nil, err
	}
	return q, recordImpartiality(ctx, tx, by, standing, q, "impartiality_reopened")
}

// allTakePart tells whether too many are questioned in a matter for a quorum of
// the meeting on whose agenda it stands.
func allTakePart(ctx context.Context, tx Tx, matter forum.MatterID) (bool, error) {
	questions, err := tx.Impartialities(ctx, matter)
	if err != nil {
		return false, err
	}
	item, err := tx.PlaceOf(ctx, matter)
	if forum.IsKind(err, forum.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	meeting, err := tx.Peek().Meeting(ctx, item.MeetingID)
	if err != nil {
		return false, err
	}
	s, err := ReadSitting(ctx, tx, meeting)
	if err != nil {
		return false, err
	}
	_, all := Deciders(s.Voters(matter, questions, tx.Now()), WhoAre(questions, Questioned), s.Needed)
	return all, nil
}

// mayJudge is a matter whose questions of impartiality the actor may note, locked.
func mayJudge(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*forum.Matter, forum.Standing, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	standing, err := by.May(ctx, tx, NotePresence, m.ForumID)
	return m, standing, err
}

func mayJudgeQuestion(ctx context.Context, tx Tx, by forum.Actor, id ImpartialityID) (*Impartiality, forum.Standing, error) {
	q, err := tx.Impartiality(ctx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	_, standing, err := mayJudge(ctx, tx, by, q.MatterID)
	if err != nil {
		return nil, standing, err
	}
	q, err = tx.Impartiality(ctx, id) // as it is once the matter is locked
	return q, standing, err
}

func recordImpartiality(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, q *Impartiality, deed string) error {
	person, err := tx.Person(ctx, q.PersonID)
	if err != nil {
		return err
	}
	return tx.Record(ctx, forum.Event{
		ForumID: q.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: forum.MatterObject(q.MatterID),
		Details: map[string]string{"Person": person.Name, "Basis": q.Basis},
	})
}
