package forum

import (
	"context"
	"slices"
	"strings"
	"time"
)

// AppPasswordID identifies a password of a calendar program.
type AppPasswordID int64

// AppPassword lets a calendar program of a person read the meetings that the person may see, and nothing else. Only the digest
// of its secret is kept, which has 130 random bits.
type AppPassword struct {
	ID        AppPasswordID
	Digest    Digest
	PersonID  PersonID
	Name      string // of the telephone or program, as its owner calls it
	CreatedAt time.Time
	UsedAt    time.Time // last, to the hour; zero for never
}

// AppPasswordKeeper keeps passwords of calendar programs.
type AppPasswordKeeper interface {
	// AppPassword is the one of a secret's digest.
	AppPassword(ctx context.Context, digest Digest) (*AppPassword, error)
	// AppPasswordsOf lists a person's, the oldest first.
	AppPasswordsOf(ctx context.Context, person PersonID) ([]AppPassword, error)
	SaveAppPassword(ctx context.Context, password *AppPassword) error
	DropAppPassword(ctx context.Context, id AppPasswordID) error
}

const (
	mostAppPasswords = 20
	longestAppName   = 60
	// mostWrongApps is how many wrong passwords one network may try within the hour.
	mostWrongApps = 60
)

// MakeAppPassword gives the actor a password for a calendar program, which is told this once.
func MakeAppPassword(ctx context.Context, tx Tx, by Actor, name string) (secret string, err error) {
	if err := by.mustBeSomeone(); err != nil {
		return "", err
	}
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "":
		return "", Refuse(Invalid, "error.app.name").On("app")
	case len([]rune(name)) > longestAppName:
		return "", Refuse(Invalid, "error.too_long", "Most", longestAppName).On("app")
	}
	own, err := tx.AppPasswordsOf(ctx, by.Person)
	if err != nil {
		return "", err
	}
	if len(own) >= mostAppPasswords {
		return "", Refuse(Invalid, "error.app.many", "Most", mostAppPasswords).On("app")
	}
	secret = NewSecret()
	if err := tx.SaveAppPassword(ctx, &AppPassword{Digest: DigestOf(secret), PersonID: by.Person, Name: name, CreatedAt: tx.Now()}); err != nil {
		return "", err
	}
	return secret, recordSelf(ctx, tx, by, "app_password_made")
}

// RevokeAppPassword ends one of the actor's own passwords at once.
func RevokeAppPassword(ctx context.Context, tx Tx, by Actor, id AppPasswordID) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	own, err := tx.AppPasswordsOf(ctx, by.Person)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(own, func(p AppPassword) bool { return p.ID == id }) {
		return Refuse(NotFound, "error.not_found.app_password")
	}
	if err := tx.DropAppPassword(ctx, id); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "app_password_revoked")
}

// IdentifyApp is who a calendar program reads for: its password's owner, who must be the person with the address. Forbidden
// when they do not fit.
func IdentifyApp(ctx context.Context, tx Tx, address, secret string) (Actor, *AppPassword, error) {
	unknown := Refuse(Forbidden, "error.app.unknown")
	password, err := tx.AppPassword(ctx, DigestOf(strings.ToLower(strings.TrimSpace(secret))))
	if IsKind(err, NotFound) {
		return Actor{}, nil, unknown
	}
	if err != nil {
		return Actor{}, nil, err
	}
	person, err := tx.PersonByAddress(ctx, address)
	if IsKind(err, NotFound) || err == nil && person.ID != password.PersonID {
		return Actor{}, nil, unknown
	}
	return AsPerson(password.PersonID), password, err
}

// Stale tells whether the use of a password is to be noted again.
func (p *AppPassword) Stale(now time.Time) bool { return !p.UsedAt.Equal(now.Truncate(usedCoarsely)) }

// NoteApp notes that a password was used.
func NoteApp(ctx context.Context, tx Tx, password *AppPassword) error {
	if _, err := tx.AppPassword(ctx, password.Digest); err != nil {
		return err
	}
	password.UsedAt = tx.Now().Truncate(usedCoarsely)
	return tx.SaveAppPassword(ctx, password)
}

// CountWrongApp counts a wrong password of a network; TooMany when there were too many within the hour.
func CountWrongApp(ctx context.Context, tx Tx, network string) error {
	return limit(ctx, tx, "app-password/"+network, mostWrongApps)
}

// AppCalendar is one calendar that a program may read.
type AppCalendar struct {
	Area    *Area // nil for the person's own
	Entries []FeedEntry
}

// AppCalendars are what a person's programs may read.
type AppCalendars struct {
	Person    Person
	Calendars []AppCalendar // the person's own first
}

// ReadAppCalendars reads the meetings that concern the actor, and those of each area of the actor's whose forum's meetings the
// actor reads: from their call on, like feeds.
func ReadAppCalendars(ctx context.Context, tx Tx, by Actor) (*AppCalendars, error) {
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	own := FeedContents{Feed: Feed{PersonID: by.Person}}
	if err := own.read(ctx, tx); err != nil {
		return nil, err
	}
	all := &AppCalendars{Person: *person, Calendars: []AppCalendar{{Entries: own.Entries}}}
	invited := map[MeetingID]bool{}
	for _, e := range own.Entries {
		invited[e.ID] = e.Invited
	}
	areas, err := ReadAreas(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	for _, area := range areas {
		of := AppCalendar{Area: &area}
		for _, f := range forums {
			if f.AreaID != area.ID {
				continue
			}
			may, err := by.Can(ctx, tx, ReadMeeting, f.ID)
			if err != nil {
				return nil, err
			}
			if !may {
				continue
			}
			meetings, err := tx.Meetings(ctx, f.ID)
			if err != nil {
				return nil, err
			}
			for _, m := range meetings {
				if m.everCalled() {
					of.Entries = append(of.Entries, FeedEntry{m, f, invited[m.ID]})
				}
			}
		}
		all.Calendars = append(all.Calendars, of)
	}
	return all, nil
}
