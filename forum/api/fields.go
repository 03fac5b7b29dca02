package api

import (
	"time"

	"github.com/samraad/samraad/forum"
)

// Each shows every row; of none it is empty and not null.
func Each[R, T any](rows []R, show func(R) T) []T {
	shown := make([]T, len(rows))
	for i, row := range rows {
		shown[i] = show(row)
	}
	return shown
}

// itself shows what needs no other shape.
func itself[T any](v T) T { return v }

// Some shows what may be missing.
func Some[R, T any](row *R, show func(R) T) *T {
	if row == nil {
		return nil
	}
	shown := show(*row)
	return &shown
}

// instant is a time as a body has it, absent for the zero time.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	at := t.UTC()
	return &at
}

// Deed is one entry of a thing's history.
type Deed struct {
	Number  int64             `json:"number" doc:"Number within the log of the forum." example:"17"`
	At      time.Time         `json:"at" doc:"When it was done."`
	By      string            `json:"by,omitempty" doc:"Name of who did it; absent for the program."`
	Level   string            `json:"level,omitempty" doc:"In which level the person stood: municipal, specialist or advisory."`
	Deed    string            `json:"deed" doc:"What was done, as a word of the log." example:"matter.place"`
	Details map[string]string `json:"details,omitempty" doc:"What the log says besides."`
}

func deedOf(d forum.Deed) Deed {
	return Deed{Number: d.Number, At: d.At.UTC(), By: d.By, Level: string(d.Level), Deed: d.Deed, Details: d.Details}
}

// History describes an operation that lists what was done to a thing, the
// oldest first.
func History[K ~int64, R any](s Subject, of About, open doing[K, *R], deeds func(*R) []forum.Deed) {
	byNumber := List[forum.Deed, Deed]{Key: func(d forum.Deed) string { return number(d.ForumID) + number(d.Number) }, Show: deedOf}
	Lists(s, of, byNumber, rowsOf(open, deeds))
}

// Person is somebody with a seat.
type Person struct {
	ID   forum.PersonID `json:"id" doc:"Number of the person."`
	Name string         `json:"name" doc:"Name or role." example:"Sekretær, Kvam herad"`
}

func personOf(p forum.Person) Person { return Person{p.ID, p.Name} }

// Organisation is one that takes part.
type Organisation struct {
	ID           forum.OrganisationID `json:"id" doc:"Number of the organisation in the program."`
	Number       string               `json:"number" doc:"Nine digits of the register of legal entities." example:"944233199"`
	Municipality string               `json:"municipality,omitempty" doc:"Four digits of a municipality; absent for others."`
	Name         string               `json:"name" doc:"Its name."`
	Level        string               `json:"level" doc:"municipal, specialist or advisory." example:"municipal"`
	Side         string               `json:"side,omitempty" doc:"Of an advisory party: the level that appointed it."`
	ValidFrom    string               `json:"valid_from" doc:"Its first day."`
	ValidTo      string               `json:"valid_to,omitempty" doc:"Its last day; absent while it exists."`
	Successor    forum.OrganisationID `json:"successor_id,omitempty" doc:"Number of the organisation that it was merged into."`
}

func organisationOf(o forum.Organisation) Organisation {
	return Organisation{
		ID: o.ID, Number: o.Number, Municipality: o.Municipality, Name: o.Name, Level: string(o.Level), Side: string(o.Side),
		ValidFrom: string(o.ValidFrom), ValidTo: string(o.ValidTo), Successor: o.Successor,
	}
}

// Seat is a place in a forum, on a date.
type Seat struct {
	ID           forum.SeatID  `json:"id" doc:"Number of the seat."`
	ForumID      forum.ForumID `json:"forum_id" doc:"Number of the forum."`
	Person       Person        `json:"person" doc:"Who sits."`
	Organisation Organisation  `json:"organisation" doc:"For which organisation."`
	Capacity     string        `json:"capacity" doc:"chair, deputy, member, substitute, secretary or observer." example:"member"`
	Speak        bool          `json:"speak,omitempty" doc:"Of an observer: with the right to speak."`
	Propose      bool          `json:"propose,omitempty" doc:"Of an observer: with the right to propose."`
	Rank         int           `json:"rank,omitempty" doc:"Of a substitute: who is called up first has 1."`
	From         string        `json:"from" doc:"The first day."`
	To           string        `json:"to,omitempty" doc:"The last day; absent while it lasts."`
}

func seatOf(s forum.Seated) Seat {
	return Seat{
		ID: s.ID, ForumID: s.ForumID, Person: personOf(s.Person), Organisation: organisationOf(s.Organisation), Capacity: string(s.Capacity),
		Speak: s.Speak, Propose: s.Propose, Rank: s.Rank, From: string(s.From), To: string(s.To),
	}
}
