package forum

import (
	"context"
	"slices"
)

// readSection is the draft page that a section stands on, for who may read what
// it says, and the section's versions.
func readSection(ctx context.Context, tx Tx, by Actor, id SectionID) (*DraftPage, *SectionRow, []DraftVersion, error) {
	section, err := tx.DraftSection(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	page, err := ReadDraftPage(ctx, tx, by, section.MatterID)
	if err != nil {
		return nil, nil, nil, err
	}
	at := slices.IndexFunc(page.Sections, func(s SectionRow) bool { return s.ID == id })
	if at < 0 {
		return nil, nil, nil, Refuse(Forbidden, "error.forbidden.read_exempt")
	}
	versions, err := tx.DraftVersions(ctx, id)
	return page, &page.Sections[at], versions, err
}

// ReadSection opens a section as it stands, for who may read what it says.
func ReadSection(ctx context.Context, tx Tx, by Actor, id SectionID) (*SectionRow, error) {
	_, section, _, err := readSection(ctx, tx, by, id)
	return section, err
}

// SectionVersion is one version in a section's history.
type SectionVersion struct {
	DraftVersion
	Writer Writer
	Others []Writer // whose versions were woven in
}

// SectionHistory is the versions of a section, and two of them to compare.
type SectionHistory struct {
	DraftPage
	Section  SectionRow
	Versions []SectionVersion // the newest first
	From, To int              // numbers; From is 0 for nothing
	Before   string           // text of From
	After    string           // text of To
}

// ReadSectionHistory opens the versions of a section. Without numbers the newest
// is compared with the one before it.
func ReadSectionHistory(ctx context.Context, tx Tx, by Actor, id SectionID, from, to int) (*SectionHistory, error) {
	page, section, versions, err := readSection(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if to < 1 || to > len(versions) {
		to = len(versions)
		from = to - 1
	}
	if from < 0 || from > len(versions) {
		from = to - 1
	}
	history := &SectionHistory{
		DraftPage: *page, Section: *section, From: max(from, 0), To: to,
		Before: inText(paragraphsAt(versions, from)), After: inText(paragraphsAt(versions, to)),
	}
	n, err := readNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, v := range slices.Backward(versions) {
		row := SectionVersion{DraftVersion: v, Writer: n.of(v)}
		if v.Woven() {
			for _, other := range versions[v.Base : v.Number-1] {
				row.Others = append(row.Others, n.of(other))
			}
		}
		history.Versions = append(history.Versions, row)
	}
	return history, nil
}

// Settling is a text that clashed with what others saved: both sides, by
// paragraph.
type Settling struct {
	DraftPage
	Section SectionRow
	Against int    // number of the version it is settled with
	Theirs  Writer // who wrote that version
	Woven   []Woven
}

// ReadSettling opens the actor's own unsaved text of a section beside what the
// others saved; NotFound when there is none.
func ReadSettling(ctx context.Context, tx Tx, by Actor, id SectionID) (*Settling, error) {
	page, section, versions, err := readSection(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	own, err := tx.Unsaved(ctx, id, by.Person)
	if err != nil {
		return nil, err
	}
	n, err := readNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	s := &Settling{DraftPage: *page, Section: *section, Against: len(versions)}
	if len(versions) > 0 {
		s.Theirs = n.of(versions[len(versions)-1])
	}
	s.Woven = Weave(paragraphsAt(versions, own.Base), Paragraphs(own.Text), paragraphsAt(versions, s.Against))
	return s, nil
}
