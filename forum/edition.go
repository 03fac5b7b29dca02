package forum

import (
	"context"
	"slices"
	"time"
)

// EditionID identifies an edition.
type EditionID int64

// EditionSort is why an edition was made.
type EditionSort string

// The sorts of edition. The first two need the keys, the others need none.
const (
	PackageEdition    EditionSort = "package"    // the first
	SupplementEdition EditionSort = "supplement" // what changed after one was out
	CorrectionEdition EditionSort = "correction" // in place of one that went out wrong
	NoticeEdition     EditionSort = "notice"     // a change on the day itself
)

// EditionState is how far an edition has come.
type EditionState string

// The states of an edition.
const (
	AskedEdition     EditionState = "asked" // waits for the keys
	OutEdition       EditionState = "out"
	WithdrawnEdition EditionState = "withdrawn" // asked again since, or nothing of it may go out
)

// Edition is one issue of a meeting's agenda, frozen when it was made: what is
// put before the key-holders, and goes out when they have approved.
type Edition struct {
	ID         EditionID
	MeetingID  MeetingID
	ForumID    ForumID
	Number     int // from 1 within the meeting
	Sort       EditionSort
	State      EditionState
	Revision   int // of the agenda
	Items      []EditionItem
	Text       string // what the secretary writes along with it
	AskedBy    PersonID
	AskedAt    time.Time
	Deadline   time.Time // from then on silence approves; zero where no keys are needed
	OutAt      time.Time // zero before
	Override   string    // why it went out without the keys, "" otherwise
	OverrideBy PersonID
	Replaces   EditionID // of a correction
}

// EditionItem is one line of an edition, with all that goes out of it. Number
// and Title are the matter's, the title being the public one.
type EditionItem struct {
	Line        Line
	Start, End  time.Time // UTC
	Matter      MatterID  // 0 for a line that is none
	Number      string
	Title       string
	Exempt      bool   // the full title and the text are exempt and stay behind
	Basis       string // on which legal basis
	Papers      []EditionPaper
	Draft       []EditionSection
	Without     []Level // whose contribution to the draft the matter does without
	Fingerprint Digest  // of all that the item says, clock times aside
	Changed     bool    // since the edition before that is out
	HeldBack    bool    // an objection keeps it from going out
}

// EditionPaper is a paper as it was when the edition was made.
type EditionPaper struct {
	DocumentID DocumentID
	Name       string
	Digest     Digest
	Type       string
	Size       int64
	Access     AccessCode
	Basis      string
}

// EditionSection is a section of a matter's draft as it was when the edition was
// made. Its text is that of the version, which is never changed.
type EditionSection struct {
	Part    DraftPart
	Title   string
	Version DraftVersionID
}

// EditionKeeper keeps editions. They are guarded by their meeting: an act locks
// the meeting first, and then reads the edition that it changes.
type EditionKeeper interface {
	Edition(ctx context.Context, id EditionID) (*Edition, error)
	// Editions lists a meeting's by number.
	Editions(ctx context.Context, meeting MeetingID) ([]Edition, error)
	// EditionsAsked lists those of every forum that wait for the keys, by deadline.
	EditionsAsked(ctx context.Context) ([]Edition, error)
	// EditionsDue lists those that wait for the keys and whose deadline has come.
	EditionsDue(ctx context.Context, now time.Time) ([]EditionID, error)
	// EditionsUnprinted lists those that went out before an instant and have no print, notices aside.
	EditionsUnprinted(ctx context.Context, before time.Time) ([]EditionID, error)
	// SaveEdition keeps an edition; Conflict when the meeting has another of that number.
	SaveEdition(ctx context.Context, edition *Edition) error
}

// PrintPackage makes the package of an edition that went out.
type PrintPackage struct {
	Edition EditionID `json:"edition"`
}

// Kind names the handler.
func (PrintPackage) Kind() string { return "print_package" }

// Item is the edition's item of a key; nil when it has none.
func (e *Edition) Item(key string) *EditionItem {
	at := slices.IndexFunc(e.Items, func(i EditionItem) bool { return i.Line.Key == key })
	if at < 0 {
		return nil
	}
	return &e.Items[at]
}

// Asked are the items that need the keys: those that are marked as changed, or
// all where none is. Nobody is asked about a pause alone, nor about what is held
// back already.
func (e *Edition) Asked() []EditionItem {
	spoken := func(i EditionItem) bool { return i.Line.What != PauseLine }
	some := slices.ContainsFunc(e.Items, func(i EditionItem) bool { return spoken(i) && i.Changed })
	return slices.DeleteFunc(e.Outgoing(), func(i EditionItem) bool { return !spoken(i) || some && !i.Changed })
}

// Outgoing are the items that go out: those that no objection holds back.
func (e *Edition) Outgoing() []EditionItem {
	return slices.DeleteFunc(slices.Clone(e.Items), func(i EditionItem) bool { return i.HeldBack })
}

// lastOut is the newest of a meeting's editions that is out and has an agenda in
// it, nil for none.
func lastOut(editions []Edition) *Edition {
	for _, e := range slices.Backward(editions) {
		if e.State == OutEdition && len(e.Items) > 0 {
			return &e
		}
	}
	return nil
}

// newestKeyed is the newest of a meeting's editions that needed the keys, nil
// for none: the one that words are about.
func newestKeyed(editions []Edition) *Edition {
	for _, e := range slices.Backward(editions) {
		if e.Sort == PackageEdition || e.Sort == SupplementEdition {
			return &e
		}
	}
	return nil
}

// waiting is the edition that waits for the keys, nil for none: a meeting has
// one at most.
func waiting(editions []Edition) *Edition {
	at := slices.IndexFunc(editions, func(e Edition) bool { return e.State == AskedEdition })
	if at < 0 {
		return nil
	}
	return &editions[at]
}
