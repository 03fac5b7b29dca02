package forum

import (
	"context"
	"slices"
)

// AddSection adds a section with a title of its own to a draft, last.
func AddSection(ctx context.Context, tx Tx, by Actor, id MatterID, title string) (*DraftSection, error) {
	matter, standing, err := mayDraft(ctx, tx, by, id, EditDraft)
	if err != nil {
		return nil, err
	}
	if _, err := workedOn(ctx, tx, id); err != nil {
		return nil, err
	}
	sections, err := tx.DraftSections(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(sections) >= mostSections {
		return nil, Refuse(Invalid, "error.draft.sections", "Most", mostSections).On("title")
	}
	if title, err = sectionTitled(title); err != nil {
		return nil, err
	}
	section := &DraftSection{MatterID: id, Part: OwnPart, Title: title, Position: len(sections) + 1}
	if err := tx.SaveDraftSection(ctx, section); err != nil {
		return nil, err
	}
	d := &desk{by: by, as: standing, matter: matter, section: section}
	return section, d.record(ctx, tx, "draft_section_added")
}

func sectionTitled(title string) (string, error) {
	title, err := titled(title)
	switch {
	case err != nil:
		return "", err
	case len([]rune(title)) > longestSection:
		return "", Refuse(Invalid, "error.too_long", "Most", longestSection).On("title")
	case HasIdentityNumber(title):
		return "", Refuse(Invalid, "error.identity_number").On("title")
	}
	return title, nil
}

// RenameSection gives a section that a member added another title.
func RenameSection(ctx context.Context, tx Tx, by Actor, id SectionID, title string) (*DraftSection, error) {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if d.section.Part != OwnPart {
		return nil, Refuse(Invalid, "error.draft.fixed_title").On("title")
	}
	if title, err = sectionTitled(title); err != nil {
		return nil, err
	}
	if title == d.section.Title {
		return d.section, nil
	}
	d.section.Title = title
	if err := tx.SaveDraftSection(ctx, d.section); err != nil {
		return nil, err
	}
	return d.section, d.record(ctx, tx, "draft_section_renamed")
}

// MoveSectionUp lets a section change places with the one before it; the first
// stays where it is.
func MoveSectionUp(ctx context.Context, tx Tx, by Actor, id SectionID) (*DraftSection, error) {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	sections, err := tx.DraftSections(ctx, d.matter.ID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(sections, func(s DraftSection) bool { return s.ID == id })
	if at <= 0 {
		return d.section, nil
	}
	above := sections[at-1]
	d.section.Position, above.Position = above.Position, d.section.Position
	if err := tx.SaveDraftSection(ctx, d.section); err != nil {
		return nil, err
	}
	if err := tx.SaveDraftSection(ctx, &above); err != nil {
		return nil, err
	}
	return d.section, d.record(ctx, tx, "draft_section_moved")
}
