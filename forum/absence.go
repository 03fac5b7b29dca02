package forum

import (
	"context"
	"slices"
)

// AbsenceID identifies an absence.
type AbsenceID int64

// Absence is when a person is away, both days included. Why is nobody's business.
type Absence struct {
	ID       AbsenceID
	PersonID PersonID
	From     Date
	To       Date
}

// AbsenceKeeper keeps absences.
type AbsenceKeeper interface {
	// AbsencesOf lists a person's that are not over on a date, by their first day.
	AbsencesOf(ctx context.Context, person PersonID, from Date) ([]Absence, error)
	// Absences lists everyone's that share a day with from–to ("" for open), by their first day.
	Absences(ctx context.Context, from, to Date) ([]Absence, error)
	SaveAbsence(ctx context.Context, absence *Absence) error
	DropAbsence(ctx context.Context, id AbsenceID) error
}

const (
	mostAbsences   = 50  // that a person has ahead
	longestAbsence = 366 // days
)

// NoteAbsence tells when the actor is away; the secretaries see it when they call.
func NoteAbsence(ctx context.Context, tx Tx, by Actor, from, to Date) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	today := DateOf(tx.Now())
	switch {
	case to < from:
		return Refuse(Invalid, "error.absence.backwards").On("to")
	case to < today:
		return Refuse(Invalid, "error.absence.over").On("to")
	case to.Before(longestAbsence) > from:
		return Refuse(Invalid, "error.absence.too_long", "Most", longestAbsence).On("to")
	}
	absences, err := tx.AbsencesOf(ctx, by.Person, today)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(absences, func(a Absence) bool { return overlap(a.From, a.To, from, to) }) {
		return Refuse(Invalid, "error.absence.twice").On("from")
	}
	if len(absences) >= mostAbsences {
		return Refuse(Conflict, "error.absence.too_many", "Most", mostAbsences)
	}
	if err := tx.SaveAbsence(ctx, &Absence{PersonID: by.Person, From: from, To: to}); err != nil {
		return err
	}
	if err := recordSelf(ctx, tx, by, "absence_noted"); err != nil {
		return err
	}
	if from > today {
		return nil // who stands in is told when it begins
	}
	return tellAllStandIns(ctx, tx, 0)
}

// ForgetAbsence takes an absence of the actor's own away; NotFound for those of others.
func ForgetAbsence(ctx context.Context, tx Tx, by Actor, id AbsenceID) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	absences, err := tx.AbsencesOf(ctx, by.Person, DateOf(tx.Now()))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(absences, func(a Absence) bool { return a.ID == id }) {
		return Refuse(NotFound, "error.not_found.absence")
	}
	if err := tx.DropAbsence(ctx, id); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "absence_forgotten")
}

// readAway gives the absences of some people in from–to, for who may do what
// they are told for; nobody else learns of them.
func readAway(ctx context.Context, tx Tx, by Actor, right Right, in ForumID, people []PersonID, from, to Date) (map[PersonID][]Absence, error) {
	if may, err := by.Can(ctx, tx, right, in); err != nil || !may {
		return nil, err
	}
	absences, err := tx.Absences(ctx, from, to)
	if err != nil {
		return nil, err
	}
	away := map[PersonID][]Absence{}
	for _, a := range absences {
		if slices.Contains(people, a.PersonID) {
			away[a.PersonID] = append(away[a.PersonID], a)
		}
	}
	return away, nil
}
