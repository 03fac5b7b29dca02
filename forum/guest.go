package forum

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// GuestID identifies a guest.
type GuestID int64

// Guest is someone without a seat who is invited to one line of an agenda, and
// learns that line's time, papers and link only. UID and Sequence are the
// guest's own invitation in every calendar.
type Guest struct {
	ID        GuestID
	MeetingID MeetingID
	Line      string // Key of the line
	Name      string
	Address   string // lower case
	Language  Language
	UID       string
	Sequence  int
	Link      string // unguessable, in the address of the guest's page
	Token     string // in the address that answers come back to, "" before the first mail
	InvitedBy PersonID
	TakenOff  bool
	Told      Slot      // as the guest was last told; zero before the first mail
	Reply     Reply     // that was given last, "" for none
	RepliedTo int       // Sequence of the invitation that it answers
	RepliedAt time.Time // when the guest gave it
}

// GuestKeeper keeps guests.
type GuestKeeper interface {
	Guest(ctx context.Context, id GuestID) (*Guest, error)
	// GuestByLink is the guest whose page a link opens; NotFound when it is nobody's.
	GuestByLink(ctx context.Context, link string) (*Guest, error)
	// Guests lists a meeting's, those taken off included.
	Guests(ctx context.Context, meeting MeetingID) ([]Guest, error)
	SaveGuest(ctx context.Context, guest *Guest) error
}

// shortestVisit is what a calendar shows of a line that has no minutes.
const shortestVisit = 5 * time.Minute

// mostAttached is how many bytes of papers a guest's mail carries in all.
const mostAttached = 10_000_000

// NewGuest checks whom to invite.
func NewGuest(meeting MeetingID, line, name, address string, language Language) (*Guest, error) {
	name = strings.Join(strings.Fields(name), " ")
	clean, unfit := CleanAddress(address)
	if unfit != nil {
		unfit = unfit.(*Error).On("address")
	}
	if err := errors.Join(checkGuestName(name), unfit, checkGuestLanguage(language)); err != nil {
		return nil, err
	}
	return &Guest{MeetingID: meeting, Line: line, Name: name, Address: clean, Language: language, UID: NewSecret(), Link: NewSecret()}, nil
}

func checkGuestName(name string) error {
	switch {
	case name == "":
		return Refuse(Invalid, "error.guest.no_name").On("name")
	case len([]rune(name)) > longestTitle:
		return Refuse(Invalid, "error.too_long", "Most", longestTitle).On("name")
	case HasIdentityNumber(name):
		return Refuse(Invalid, "error.identity_number").On("name")
	}
	return nil
}

func checkGuestLanguage(language Language) error {
	if !language.Valid() {
		return Refuse(Invalid, "error.guest.language").On("language")
	}
	return nil
}

// Follow brings the guest's invitation to where the line is now, nil for none,
// and tells which calendar message that needs, "" for none.
func (g *Guest) Follow(visit *Slot) CalendarChange {
	told := !g.Told.Start.IsZero()
	switch {
	case g.TakenOff:
		return ""
	case visit == nil:
		g.TakenOff = true
		if !told {
			return ""
		}
		g.Sequence++
		return Cancel
	case told && g.Told.sameAs(*visit):
		return ""
	case told:
		g.Sequence++
	}
	g.Told = *visit
	return Request
}

func (s Slot) sameAs(other Slot) bool {
	return s.Start.Equal(other.Start) && s.End.Equal(other.End) && s.Place == other.Place && s.Link == other.Link
}

// Admits tells whether the guest's page is still open: from the invitation
// until the end of the day after the meeting.
func (g *Guest) Admits(m *Meeting, now time.Time) bool {
	return !g.TakenOff && m.State != CancelledMeeting && !now.After(DateOf(m.End).Before(-1).EndOf())
}

// visit is the slot of a line, nil when it is not on the agenda or the meeting
// is off.
func visit(m *Meeting, lines []Line, key string) *Slot {
	at := slices.IndexFunc(lines, func(l Line) bool { return l.Key == key })
	if at < 0 || m.State == CancelledMeeting {
		return nil
	}
	span := RunningTimes(m.Start, lines)[at]
	if span.End.Sub(span.Start) < shortestVisit {
		span.End = span.Start.Add(shortestVisit)
	}
	return &Slot{span.Start, span.End, m.Place, m.Link}
}

// GuestPapers are the papers of a matter as a guest gets them: those in the
// mail, those that are too large for it and on the guest's page only, and of
// those that are exempt the legal basis alone.
type GuestPapers struct {
	Attached []Document
	OnPage   []Document
	Exempt   []string
}

// PapersForGuest sorts the papers of a matter.
func PapersForGuest(documents []Document) (papers GuestPapers) {
	room := int64(mostAttached)
	for _, d := range documents {
		switch d.Withheld(Reader{}) {
		case WithheldExempt:
			papers.Exempt = append(papers.Exempt, d.Basis)
			continue
		case WithheldHeld:
			continue
		}
		switch {
		case d.Size <= room:
			room -= d.Size
			papers.Attached = append(papers.Attached, d)
		default:
			papers.OnPage = append(papers.OnPage, d)
		}
	}
	return papers
}

// GuestFacts is what a guest's invitation, its update or its cancellation says.
type GuestFacts struct {
	Change  CalendarChange
	Update  bool // of an invitation that the guest already has
	Off     bool // the whole meeting is off
	Forum   string
	Address string // the forum's own
	Token   string // of the address that answers go to
	Form    MeetingForm
	Slot
	Number   string // of the matter, "" for a line that is none
	Title    string // public one of the matter, or a line's own
	What     LineSort
	Level    Level
	Papers   []Paper // in the mail
	OnPage   []Paper // too large for it
	Exempt   []string
	UID      string
	Sequence int
	Stamp    time.Time // DTSTAMP
	Page     string    // Link of the guest
	Person   string
	To       string
}
