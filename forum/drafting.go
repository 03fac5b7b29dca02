package forum

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// OpenDraft begins the joint draft of a matter. What the proposer wrote becomes
// the first version of its background, in the proposer's name.
func OpenDraft(ctx context.Context, tx Tx, by Actor, id MatterID) (*Draft, error) {
	matter, standing, err := mayDraft(ctx, tx, by, id, EditDraft)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Draft(ctx, id); err == nil || !IsKind(err, NotFound) {
		return nil, orElse(err, Refuse(Conflict, "error.draft.opened"))
	}
	draft, err := openDraft(ctx, tx, by, matter)
	if err != nil {
		return nil, err
	}
	return draft, RecordMatter(ctx, tx, by, standing, matter, "draft_opened", nil)
}

// orElse is an error, or another one where there is none.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// openDraft keeps a new draft with the sections that every draft has.
func openDraft(ctx context.Context, tx Tx, by Actor, m *Matter) (*Draft, error) {
	draft := &Draft{MatterID: m.ID, OpenedAt: tx.Now(), OpenedBy: by.Person}
	if err := tx.SaveDraft(ctx, draft); err != nil {
		return nil, err
	}
	for i, part := range []DraftPart{BackgroundPart, RecommendationPart} {
		section := &DraftSection{MatterID: m.ID, Part: part, Position: i + 1}
		if err := tx.SaveDraftSection(ctx, section); err != nil {
			return nil, err
		}
		text := inText(Paragraphs(m.Text))
		if part != BackgroundPart || text == "" {
			continue
		}
		err := tx.SaveDraftVersion(ctx, &DraftVersion{
			SectionID: section.ID, Number: 1, Text: text, Author: m.Proposer, OrganisationID: m.Organisation, Level: m.Level,
			Source: m.Source, MailID: m.MailID, WrittenAt: m.ProposedAt,
		})
		if err != nil {
			return nil, err
		}
	}
	return draft, nil
}

// mayDraft locks a matter for who has a right to its draft and may read all of
// it.
func mayDraft(ctx context.Context, tx Tx, by Actor, id MatterID, right Right) (*Matter, Standing, error) {
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, Standing{}, err
	}
	standing, err := by.May(ctx, tx, right, matter.ForumID)
	if err != nil {
		return nil, Standing{}, err
	}
	reader, err := ReaderOf(ctx, tx.Peek(), by, matter) // its meeting would be locked before it
	switch {
	case err != nil:
		return nil, Standing{}, err
	case matter.Withheld(reader):
		return nil, Standing{}, Refuse(Forbidden, "error.forbidden.read_exempt")
	case matter.State == Merged || matter.State == Returned:
		return nil, Standing{}, Refuse(Conflict, "error.matter.state."+string(matter.State))
	}
	return matter, standing, nil
}

// desk is a section in the hands of who writes it.
type desk struct {
	by       Actor
	as       Standing
	matter   *Matter
	section  *DraftSection
	versions []DraftVersion
}

// sitDown locks the matter of a section that the actor may write now.
func sitDown(ctx context.Context, tx Tx, by Actor, id SectionID) (*desk, error) {
	section, err := tx.DraftSection(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &desk{by: by}
	if d.matter, d.as, err = mayDraft(ctx, tx, by, section.MatterID, EditDraft); err != nil {
		return nil, err
	}
	if _, err := workedOn(ctx, tx, section.MatterID); err != nil {
		return nil, err
	}
	if d.section, err = tx.DraftSection(ctx, id); err != nil { // as it is under the lock
		return nil, err
	}
	d.versions, err = tx.DraftVersions(ctx, id)
	return d, err
}

// workedOn is a matter's draft, if it is not ready.
func workedOn(ctx context.Context, tx Tx, id MatterID) (*Draft, error) {
	draft, err := tx.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	if draft.Stage() == ReadyStage {
		return nil, Refuse(Conflict, "error.draft.ready")
	}
	return draft, nil
}

// Saving is what became of a save.
type Saving struct {
	Matter  MatterID
	Version *DraftVersion // nil where nothing was new, or where it clashed
	Clash   bool          // the text is kept as the author's own, to be settled
}

// SaveSection saves what somebody wrote over a version. What others saved
// meanwhile stays: both are woven by paragraph, and where that cannot be nothing
// is saved, and the text is kept as the author's own unsaved one.
func SaveSection(ctx context.Context, tx Tx, by Actor, id SectionID, base int, text string) (*Saving, error) {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	mine, err := drafted(text)
	if err != nil {
		return nil, err
	}
	return d.save(ctx, tx, base, mine)
}

func (d *desk) save(ctx context.Context, tx Tx, base int, mine []string) (*Saving, error) {
	saving := &Saving{Matter: d.matter.ID}
	woven, err := d.weave(base, mine)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(woven, Woven.clashes) {
		saving.Clash = true
		return saving, d.keep(ctx, tx, base, inText(mine))
	}
	if err := d.discard(ctx, tx); err != nil {
		return nil, err
	}
	saving.Version, err = d.add(ctx, tx, base, woven)
	return saving, err
}

// WriteSection is SaveSection for a program, which has its text at hand: what
// clashes is refused, and what its person typed on a page stays unsaved there.
// The version is nil where nothing was new.
func WriteSection(ctx context.Context, tx Tx, by Actor, id SectionID, base int, text string) (*DraftVersion, error) {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	mine, err := drafted(text)
	if err != nil {
		return nil, err
	}
	woven, err := d.weave(base, mine)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(woven, Woven.clashes) {
		return nil, Refuse(Conflict, "error.draft.clash")
	}
	return d.add(ctx, tx, base, woven)
}

// weave merges a text that was written over a version with the newest one.
func (d *desk) weave(base int, mine []string) ([]Woven, error) {
	if base < 0 || base > len(d.versions) {
		return nil, Refuse(Invalid, "error.draft.base").On("text")
	}
	return Weave(paragraphsAt(d.versions, base), mine, paragraphsAt(d.versions, len(d.versions))), nil
}

// add adds a version of what was woven, nil where that says what the newest does.
func (d *desk) add(ctx context.Context, tx Tx, base int, woven []Woven) (*DraftVersion, error) {
	var text []string
	for _, w := range woven {
		text = append(text, w.Text...)
	}
	if _, err := drafted(inText(text)); err != nil {
		return nil, err
	}
	newest := len(d.versions)
	if slices.Equal(text, paragraphsAt(d.versions, newest)) {
		return nil, nil
	}
	version := &DraftVersion{
		SectionID: d.section.ID, Number: newest + 1, Base: base, Text: inText(text), Author: d.by.Person,
		OrganisationID: d.as.Organisation, Level: d.as.Level, Source: ByWeb, WrittenAt: tx.Now(),
	}
	if err := tx.SaveDraftVersion(ctx, version); err != nil {
		return nil, err
	}
	return version, d.record(ctx, tx, "draft_written_"+string(d.section.Part), "Version", fmt.Sprint(newest+1))
}

// record enters what was done to the section into the matter's history, which
// more may read than what is exempt.
func (d *desk) record(ctx context.Context, tx Tx, deed string, more ...string) error {
	details := map[string]string{"Title": d.section.Title}
	if d.matter.Access == Exempt {
		details["Title"] = "…"
	}
	for i := 0; i+1 < len(more); i += 2 {
		details[more[i]] = more[i+1]
	}
	return RecordMatter(ctx, tx, d.by, d.as, d.matter, deed, details)
}

// KeepUnsaved keeps what somebody types in a section, without saving it.
func KeepUnsaved(ctx context.Context, tx Tx, by Actor, id SectionID, base int, text string) error {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return err
	}
	mine, err := drafted(text)
	if err != nil {
		return err
	}
	if base < 0 || base > len(d.versions) {
		return Refuse(Invalid, "error.draft.base").On("text")
	}
	if slices.Equal(mine, paragraphsAt(d.versions, base)) {
		return d.discard(ctx, tx)
	}
	return d.keep(ctx, tx, base, strings.TrimRight(text, " \n"))
}

// keep keeps a text as its author's own.
func (d *desk) keep(ctx context.Context, tx Tx, base int, text string) error {
	own, err := tx.Unsaved(ctx, d.section.ID, d.by.Person)
	if IsKind(err, NotFound) {
		own, err = &UnsavedText{SectionID: d.section.ID, PersonID: d.by.Person}, nil
	}
	if err != nil {
		return err
	}
	own.Base, own.Text, own.KeptAt = base, text, tx.Now()
	return tx.SaveUnsaved(ctx, own)
}

// DiscardUnsaved throws the actor's own unsaved text of a section away, also
// when the draft is ready by now.
func DiscardUnsaved(ctx context.Context, tx Tx, by Actor, id SectionID) (*DraftSection, error) {
	section, err := tx.DraftSection(ctx, id)
	if err != nil {
		return nil, err
	}
	matter, _, err := mayDraft(ctx, tx, by, section.MatterID, EditDraft)
	if err != nil {
		return nil, err
	}
	return section, (&desk{by: by, matter: matter, section: section}).discard(ctx, tx)
}

func (d *desk) discard(ctx context.Context, tx Tx) error {
	own, err := tx.Unsaved(ctx, d.section.ID, d.by.Person)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.DropUnsaved(ctx, own.ID)
}
