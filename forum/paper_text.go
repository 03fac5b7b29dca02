package forum

import (
	"context"
	"time"
)

// PaperTextState is how far the reading of a paper has come.
type PaperTextState string

// The states of a reading.
const (
	PaperWaits  PaperTextState = "waiting"
	PaperRead   PaperTextState = "read"
	PaperUnread PaperTextState = "unread" // for a reason, and it will not be tried again
)

// PaperTrouble is why the text of a paper was not read, or not all of it.
type PaperTrouble string

// The troubles. Text with TroubleCut is read, but is only the beginning; with
// TroubleNoText there was none to read, as in a picture.
const (
	TroubleEncrypted   PaperTrouble = "encrypted"
	TroubleBroken      PaperTrouble = "broken" // or not what it says
	TroubleTooLarge    PaperTrouble = "too_large"
	TroubleTimedOut    PaperTrouble = "timed_out"
	TroubleMemory      PaperTrouble = "memory"
	TroubleUnsupported PaperTrouble = "unsupported"
	TroubleStopped     PaperTrouble = "stopped" // the reading ended for another reason
	TroubleCut         PaperTrouble = "cut"
	TroubleNoText      PaperTrouble = "no_text"
)

// PaperTroubles lists them.
var PaperTroubles = []PaperTrouble{
	TroubleEncrypted, TroubleBroken, TroubleTooLarge, TroubleTimedOut, TroubleMemory, TroubleUnsupported, TroubleStopped, TroubleCut, TroubleNoText,
}

// PaperText is what was read out of some bytes, once for all papers that have them.
type PaperText struct {
	Digest     Digest
	State      PaperTextState
	Text       string
	Pages      int // 0 where a paper has none, or they were not counted
	Reason     PaperTrouble
	Identifies bool      // the text holds an identity number
	At         time.Time // of the state
}

// PaperTextKeeper keeps what was read out of papers.
type PaperTextKeeper interface {
	PaperText(ctx context.Context, digest Digest) (*PaperText, error)
	// PaperStates are the readings of those of the digests that have one, without their texts.
	PaperStates(ctx context.Context, digests []Digest) (map[Digest]PaperText, error)
	// AwaitPaperText adds a reading that waits; false when there is one for these bytes.
	AwaitPaperText(ctx context.Context, text *PaperText) (fresh bool, err error)
	SavePaperText(ctx context.Context, text *PaperText) error
	// PapersWaiting lists bytes that have waited since before a time, at most some.
	PapersWaiting(ctx context.Context, before time.Time, most int) ([]Digest, error)
}

// ReadPaper reads the text out of a paper.
type ReadPaper struct {
	Digest Digest `json:"digest"`
}

// Kind names the handler.
func (ReadPaper) Kind() string { return "read_paper" }

// PaperContent is what a reading gives. With a reason other than TroubleCut and
// TroubleNoText there is no text.
type PaperContent struct {
	Text   string       `json:"text"`
	Pages  int          `json:"pages"`
	Reason PaperTrouble `json:"reason"`
}

// isRead tells whether all text that there is was read, or at least the beginning.
func (c PaperContent) isRead() bool {
	return c.Reason == "" || c.Reason == TroubleCut || c.Reason == TroubleNoText
}

// TakePaperText keeps what a reading gave, once. Papers in whose text an
// identity number stands are held for a secretary to look at, since no patient
// data belongs here.
func TakePaperText(ctx context.Context, tx Tx, digest Digest, content PaperContent) error {
	text, err := tx.PaperText(ctx, digest)
	if err != nil || text.State != PaperWaits {
		return err
	}
	text.State, text.At, text.Pages, text.Reason = PaperUnread, tx.Now(), content.Pages, content.Reason
	if content.isRead() {
		text.State, text.Text, text.Identifies = PaperRead, content.Text, HasIdentityNumber(content.Text)
	}
	if err := tx.SavePaperText(ctx, text); err != nil || !text.Identifies {
		return err
	}
	return holdPapers(ctx, tx, digest)
}

// holdPapers holds every paper and every version that has these bytes.
func holdPapers(ctx context.Context, tx Tx, digest Digest) error {
	documents, err := tx.DocumentsOf(ctx, digest)
	if err != nil {
		return err
	}
	var matters []MatterID
	for _, found := range documents {
		matters = append(matters, found.MatterID)
	}
	if err := HoldMatters(ctx, tx, matters...); err != nil {
		return err
	}
	for _, found := range documents {
		document, matter, err := guardedDocument(ctx, tx, found.ID)
		if err != nil {
			return err
		}
		if document.Digest != digest || document.Held {
			continue // replaced meanwhile
		}
		document.Held = true
		if err := tx.SaveDocument(ctx, document); err != nil {
			return err
		}
		if err := recordPaper(ctx, tx, Actor{}, Standing{}, matter, document, "paper_held", nil); err != nil {
			return err
		}
	}
	versions, err := tx.VersionsOf(ctx, digest)
	if err != nil {
		return err
	}
	for _, v := range versions {
		v.Held = true
		if err := tx.SaveDocumentVersion(ctx, &v); err != nil {
			return err
		}
	}
	return nil
}

const (
	// unreadAfter is how long a paper may wait before its job is looked for.
	unreadAfter = 15 * time.Minute
	mostNudged  = 500
)

// NudgeUnread enqueues the reading of papers that have waited for long and have
// lost their job. It answers how many there were.
func NudgeUnread(ctx context.Context, tx Tx) (int, error) {
	waiting, err := tx.PapersWaiting(ctx, tx.Now().Add(-unreadAfter), mostNudged)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	jobs := make([]Job, len(waiting))
	for i, digest := range waiting {
		jobs[i] = ReadPaper{digest}
	}
	return tx.Nudge(ctx, jobs...)
}
