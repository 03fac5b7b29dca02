package web

import (
	"context"
	"fmt"
	"strconv"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// matterCrumb is a matter on the way to a page.
func matterCrumb(m forum.Matter) templates.Link {
	return templates.Link{Label: m.Title, URL: pages.MatterAddress(m.ID)}
}

// draftCrumbs are the way to a page about a section.
func draftCrumbs(v *Visit, p *forum.DraftPage) []templates.Link {
	return []templates.Link{
		ForumCrumb(p.Forum), matterCrumb(p.Matter), {Label: v.Text.T("page.draft.heading"), URL: pages.MatterAddress(p.ID, "draft")},
	}
}

// writeSection goes to a section's form, as when somebody signs in again whose
// session ended before a save.
func writeSection(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	of, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.DraftSection, error) {
		return tx.DraftSection(ctx, section)
	})
	if err != nil {
		return err
	}
	return v.GoTo(pages.WriteAddress(of.MatterID, section))
}

// saveSection saves a section. What clashed goes on to where it is settled.
func saveSection(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	saving, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Saving, error) {
		return forum.SaveSection(ctx, tx, by, section, v.base(), v.Value("text"))
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.sectionAgain(section, mistakes)
	}
	if err != nil {
		return err
	}
	return v.saved(section, saving)
}

// saved goes on from a save.
func (v *Visit) saved(section forum.SectionID, saving *forum.Saving) error {
	what := draftSaved
	switch {
	case saving.Clash:
		return v.GoTo(pages.SectionAddress(section, "settle"))
	case saving.Version == nil:
		what = draftSame
	case saving.Version.Woven():
		what = draftWoven
	}
	return v.Done(what, 0, pages.DraftAddress(saving.Matter, section))
}

// sectionAgain shows a section's form with what was typed.
func (v *Visit) sectionAgain(section forum.SectionID, mistakes pages.Mistakes) error {
	of, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.DraftSection, error) {
		return tx.DraftSection(ctx, section)
	})
	if err != nil {
		return err
	}
	p, err := v.draftPage(of.MatterID, section)
	if err != nil {
		return err
	}
	p.Mistakes = mistakes
	if v.c.Request().PostArgs().Has("text") {
		p.Writing.Base, p.Writing.Text = v.base(), v.Value("text")
	} else {
		p.Writing.Title = v.Value("section_title")
	}
	return v.Again(p)
}

func renameSection(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	renamed, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftSection, error) {
		return forum.RenameSection(ctx, tx, by, section, v.Value("section_title"))
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.sectionAgain(section, v.Mistakes(On(err, "section_title")))
	}
	if err != nil {
		return err
	}
	return v.Done(sectionRenamed, 0, pages.DraftAddress(renamed.MatterID, section))
}

func moveSectionUp(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	moved, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftSection, error) {
		return forum.MoveSectionUp(ctx, tx, by, section)
	})
	if err != nil {
		return err
	}
	return v.Done(sectionMoved, 0, pages.DraftAddress(moved.MatterID, section))
}

func discardUnsaved(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	of, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DraftSection, error) {
		return forum.DiscardUnsaved(ctx, tx, by, section)
	})
	if err != nil {
		return err
	}
	return v.Done(draftDiscarded, 0, pages.DraftAddress(of.MatterID, section))
}

// showSectionHistory compares the versions that the address names; without, the
// last two.
func showSectionHistory(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	from, to := v.c.QueryInt("from", -1), v.c.QueryInt("to", 0)
	history, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SectionHistory, error) {
		return forum.ReadSectionHistory(ctx, tx, by, section, from, to)
	})
	if err != nil {
		return err
	}
	title := v.Text.T("page.draft_history.versions")
	return v.Show(pages.DraftHistory{Frame: v.Frame(title, draftCrumbs(v, &history.DraftPage)...), History: history})
}

func (v *Visit) settlePage(section forum.SectionID, picks []forum.Pick, mistakes pages.Mistakes) (pages.Settle, error) {
	settling, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Settling, error) {
		return forum.ReadSettling(ctx, tx, by, section)
	})
	if err != nil {
		return pages.Settle{}, err
	}
	name := pages.SectionTitle(v.Text, settling.Section.Part, settling.Section.Title)
	return pages.Settle{Frame: v.Frame(name, draftCrumbs(v, &settling.DraftPage)...), Settling: settling, Picks: picks, Mistakes: mistakes}, nil
}

func askSettling(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	p, err := v.settlePage(section, nil, nil)
	if err != nil {
		return err
	}
	return v.Show(p)
}

// mostPicks bounds how many places of a form are read.
const mostPicks = 2000

// picks are what the form chose for each clash, in order.
func (v *Visit) picks() (picks []forum.Pick) {
	for n := range mostPicks {
		side, text := v.Value(fmt.Sprintf("pick-%d", n)), v.Value(fmt.Sprintf("text-%d", n))
		if side == "" && text == "" {
			break
		}
		picks = append(picks, forum.Pick{Side: forum.DraftSide(side), Text: text})
	}
	return picks
}

// settleSection saves what was chosen of two texts. Where others saved yet
// another version meanwhile that clashes, it is asked anew against that one.
func settleSection(v *Visit) error {
	section, err := ID[forum.SectionID](v)
	if err != nil {
		return err
	}
	against, err := strconv.Atoi(v.Value("against"))
	if err != nil {
		against = -1
	}
	picks := v.picks()
	saving, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Saving, error) {
		return forum.SettleSection(ctx, tx, by, section, against, picks)
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := v.settlePage(section, picks, mistakes)
		if err != nil {
			return err
		}
		if p.Settling.Against != against { // what was chosen was about other places
			p.Picks = nil
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.saved(section, saving)
}
