package forum

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// DraftID identifies a joint draft.
type DraftID int64

// SectionID identifies a section of a draft.
type SectionID int64

// DraftVersionID identifies one version of a section.
type DraftVersionID int64

// UnsavedID identifies somebody's own unsaved text.
type UnsavedID int64

// Stage is how far a matter has come before it is dealt with.
type Stage string

// The stages that a draft goes through.
const (
	IdeaStage       Stage = "idea" // nobody has begun a draft
	JointDraftStage Stage = "joint-draft"
	ReadyStage      Stage = "ready"
)

// Draft (fellesutkast) is the work of both levels on what a matter says. It is
// opened once, and read and written by the rights of the matter's forum.
type Draft struct {
	ID       DraftID
	MatterID MatterID
	OpenedAt time.Time // the mandate's days count from then
	OpenedBy PersonID
	ReadyAt  time.Time // zero as long as it is worked on
	ReadyBy  PersonID
	Without  []Level // those whose contribution was missing when it became ready
}

// Stage is how far it has come; that of no draft, nil, is an idea.
func (d *Draft) Stage() Stage {
	switch {
	case d == nil:
		return IdeaStage
	case d.ReadyAt.IsZero():
		return JointDraftStage
	}
	return ReadyStage
}

// DraftPart is which part of a draft a section is.
type DraftPart string

// The parts. Every draft has the first two.
const (
	BackgroundPart     DraftPart = "background"     // bakgrunn
	RecommendationPart DraftPart = "recommendation" // tilråding
	OwnPart            DraftPart = "own"            // added by a member, with a title of its own
)

// DraftSection is one section of a draft.
type DraftSection struct {
	ID       SectionID
	MatterID MatterID
	Part     DraftPart
	Title    string // of an own one, "" otherwise
	Position int    // from 1
}

// DraftVersion is what a section said from one save to the next. Versions are
// never changed: a save adds one. One that was written over an older version than
// the one before it is woven of both.
type DraftVersion struct {
	ID             DraftVersionID
	SectionID      SectionID
	Number         int // from 1
	Base           int // number of the version that its author began with, 0 for none
	Text           string
	Author         PersonID
	OrganisationID OrganisationID // for which it was written
	Level          Level          // of that organisation, then
	Source         Source
	MailID         IncomingID // 0 unless by mail
	WrittenAt      time.Time
}

// Woven tells whether others saved while the version was written, so that it is
// theirs and the author's.
func (v DraftVersion) Woven() bool { return v.Base != v.Number-1 }

// UnsavedText is what somebody typed and has not saved, seen by nobody else.
type UnsavedText struct {
	ID        UnsavedID
	SectionID SectionID
	PersonID  PersonID
	Base      int // number of the version that it began with
	Text      string
	KeptAt    time.Time
}

// DraftKeeper keeps drafts, and what is said of whole ones. The matter guards
// them: an act locks it first.
type DraftKeeper interface {
	// Draft is a matter's; NotFound when none was opened.
	Draft(ctx context.Context, matter MatterID) (*Draft, error)
	// DraftsUnready lists those of every forum that were opened from an instant on and are not ready.
	DraftsUnready(ctx context.Context, since time.Time) ([]Draft, error)
	SaveDraft(ctx context.Context, draft *Draft) error
	// NoRemarks lists a matter's, one of a level at most.
	NoRemarks(ctx context.Context, matter MatterID) ([]NoRemark, error)
	SaveNoRemark(ctx context.Context, remark *NoRemark) error
	DropNoRemark(ctx context.Context, id NoRemarkID) error
}

// SectionKeeper keeps the sections of drafts, guarded by the matter.
type SectionKeeper interface {
	DraftSection(ctx context.Context, id SectionID) (*DraftSection, error)
	// DraftSections lists a matter's by position.
	DraftSections(ctx context.Context, matter MatterID) ([]DraftSection, error)
	SaveDraftSection(ctx context.Context, section *DraftSection) error
	// DraftVersions lists a section's by number.
	DraftVersions(ctx context.Context, section SectionID) ([]DraftVersion, error)
	DraftVersion(ctx context.Context, id DraftVersionID) (*DraftVersion, error)
	// SaveDraftVersion adds a version; Conflict when the section has one of that number.
	SaveDraftVersion(ctx context.Context, version *DraftVersion) error
}

// UnsavedKeeper keeps what people typed and did not save.
type UnsavedKeeper interface {
	// Unsaved is somebody's own text of a section; NotFound when there is none.
	Unsaved(ctx context.Context, section SectionID, person PersonID) (*UnsavedText, error)
	// SaveUnsaved keeps a text; Conflict when the person has another one of the section.
	SaveUnsaved(ctx context.Context, text *UnsavedText) error
	DropUnsaved(ctx context.Context, id UnsavedID) error
}

const (
	longestDraft    = 60_000 // letters of a section
	mostParagraphs  = 1500   // of a section
	mostSections    = 20     // of a draft
	longestSection  = 120    // letters of a section's title
	paragraphBreaks = "\n\n"
)

// drafted gives the paragraphs of a text that somebody wrote for a section, if
// they are fit to be kept.
func drafted(text string) ([]string, error) {
	paragraphs := Paragraphs(text)
	switch {
	case utf8.RuneCountInString(text) > longestDraft:
		return nil, Refuse(Invalid, "error.too_long", "Most", longestDraft).On("text")
	case len(paragraphs) > mostParagraphs:
		return nil, Refuse(Invalid, "error.draft.paragraphs", "Most", mostParagraphs).On("text")
	case HasIdentityNumber(text):
		return nil, Refuse(Invalid, "error.identity_number").On("text")
	}
	return paragraphs, nil
}

// paragraphsAt are those of a version by its number, of none for 0.
func paragraphsAt(versions []DraftVersion, number int) []string {
	if number < 1 || number > len(versions) {
		return nil
	}
	return Paragraphs(versions[number-1].Text)
}

func inText(paragraphs []string) string { return strings.Join(paragraphs, paragraphBreaks) }
