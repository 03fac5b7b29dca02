package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Section is one section of a joint draft.
type Section struct {
	ID       forum.SectionID `json:"id" doc:"Number of the section."`
	MatterID forum.MatterID  `json:"matter_id" doc:"Number of the matter."`
	Part     string          `json:"part" doc:"background, recommendation or own." example:"recommendation"`
	Title    string          `json:"title,omitempty" doc:"Title of an own section."`
	Position int             `json:"position" doc:"Its place in the draft, from 1."`
	Version  int             `json:"version" doc:"Number of the newest version; 0 before anything was written."`
	Text     string          `json:"text" doc:"What it says; paragraphs are parted by an empty line."`
	Runs     []SectionRun    `json:"runs" doc:"The same text by who wrote it."`
}

// SectionRun is paragraphs that follow each other and have the same writers.
type SectionRun struct {
	Paragraphs []string `json:"paragraphs" doc:"The paragraphs."`
	Writers    []Writer `json:"writers" doc:"Who wrote them, the last one first."`
}

func sectionOf(s forum.SectionRow) Section {
	return Section{
		ID: s.ID, MatterID: s.MatterID, Part: string(s.Part), Title: s.Title, Position: s.Position, Version: s.Versions, Text: s.Text,
		Runs: Each(s.Runs, func(r forum.DraftRun) SectionRun {
			return SectionRun{Each(r.Paragraphs, itself), Each(r.Writers, writerOf)}
		}),
	}
}

// SectionVersion is what a section said from one save to the next.
type SectionVersion struct {
	Number int      `json:"number" doc:"From 1."`
	Base   int      `json:"base" doc:"Number of the version that its writer began with, 0 for none."`
	Text   string   `json:"text" doc:"What the section says since then."`
	Writer Writer   `json:"writer" doc:"Who saved it."`
	Others []Writer `json:"woven_with" doc:"Who else had saved since the base: their versions were woven in."`
}

func sectionVersionOf(v forum.SectionVersion) SectionVersion {
	return SectionVersion{v.Number, v.Base, v.Text, writerOf(v.Writer), Each(v.Others, writerOf)}
}

// SectionChanges is how two versions of a section differ.
type SectionChanges struct {
	From    int       `json:"from" doc:"Number of the one version, 0 for an empty text."`
	To      int       `json:"to" doc:"Number of the other."`
	Changes []WordRun `json:"changes" doc:"Both texts in one, word by word."`
}

// WordRun is a run of words that stayed, went or came.
type WordRun struct {
	Sort string `json:"sort" doc:"same, gone or new." example:"new"`
	Text string `json:"text" doc:"The words, with the blanks between them."`
}

// NewSection is a section that is added.
type NewSection struct {
	Title string `json:"title" maxLength:"2000" doc:"Its title."`
}

// SectionText is what a section is to say.
type SectionText struct {
	Text string `json:"text" maxLength:"200000" doc:"All of it; paragraphs are parted by an empty line."`
	Base *int   `json:"base,omitempty" minimum:"0" doc:"Number of the version that it was written over, where that is not the newest: what others saved since is woven in. Left out, the newest, which If-Match names."`
}

// SectionVersions names two versions of a section.
type SectionVersions struct {
	ID   forum.SectionID `path:"id" minimum:"1"`
	From int             `query:"from" required:"true" minimum:"0" doc:"Number of the one version, 0 for an empty text."`
	To   int             `query:"to" required:"true" minimum:"1" doc:"Number of the other."`
}

var sectionThing = Thing[forum.SectionID, Section]{
	Hold: within(forum.Tx.DraftSection, func(s *forum.DraftSection) forum.MatterID { return s.MatterID }, matterThing.Hold),
	See:  seeing(forum.ReadSection, sectionOf),
}

func sections(a *API) {
	s := Subject{a, "Drafts"}
	Create(s, About{ID: "addSection", Path: "/matters/{id}/draft/sections", Summary: "Add a section to a draft", Text: "Last, with a title of its own."},
		func(n Section) string { return fmt.Sprintf("/sections/%d", n.ID) }, addSection)
	One(s, About{ID: "getSection", Path: "/sections/{id}", Summary: "Read a section of a draft", Text: "As it stands, with who wrote what."}, sectionThing.See)
	Change(s, About{ID: "writeSection", Method: http.MethodPut, Path: "/sections/{id}/text", Summary: "Write a section of a draft", Text: "Adds a version. What others have saved since the base is woven in by paragraph; where both changed the same paragraph the call is refused with error.draft.clash and nothing is saved."},
		sectionThing, writeSection)
	Change(s, About{ID: "renameSection", Method: http.MethodPut, Path: "/sections/{id}/title", Summary: "Give a section another title", Text: "One that a member added."}, sectionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SectionID, in NewSection) error {
			return done(forum.RenameSection(ctx, tx, by, id, in.Title))
		})
	Press(s, About{ID: "moveSectionUp", Path: "/sections/{id}/up", Summary: "Move a section up", Text: "It changes places with the one before it; the first stays where it is."}, sectionThing, only(forum.MoveSectionUp))
	Lists(s, About{ID: "listSectionVersions", Path: "/sections/{id}/versions", Summary: "List the versions of a section", Text: "All that it ever said, the newest first."},
		List[forum.SectionVersion, SectionVersion]{Key: func(v forum.SectionVersion) string { return number(v.Number) }, Show: sectionVersionOf, Newest: true},
		rowsOf(openHistory, func(h *forum.SectionHistory) []forum.SectionVersion { return h.Versions }))
	Read(s, About{ID: "compareSectionVersions", Path: "/sections/{id}/changes", Summary: "Compare two versions of a section", Text: "Word by word."}, compareVersions)
}

func addSection(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MatterID, NewSection]) (Section, error) {
	added, err := forum.AddSection(ctx, tx, by, in.ID, in.Body.Title)
	if err != nil {
		return Section{}, err
	}
	return sectionThing.See(ctx, tx.Peek(), by, added.ID)
}

func writeSection(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SectionID, in SectionText) error {
	if in.Base != nil {
		return done(forum.WriteSection(ctx, tx, by, id, *in.Base, in.Text))
	}
	versions, err := tx.DraftVersions(ctx, id)
	if err != nil {
		return err
	}
	return done(forum.WriteSection(ctx, tx, by, id, len(versions), in.Text))
}

func openHistory(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SectionID) (*forum.SectionHistory, error) {
	return forum.ReadSectionHistory(ctx, tx, by, id, -1, 0)
}

func compareVersions(ctx context.Context, tx forum.Tx, by forum.Actor, in *SectionVersions) (SectionChanges, error) {
	h, err := forum.ReadSectionHistory(ctx, tx, by, in.ID, in.From, in.To)
	if err != nil {
		return SectionChanges{}, err
	}
	if h.From != in.From || h.To != in.To {
		return SectionChanges{}, forum.Refuse(forum.NotFound, "error.not_found.draft_version")
	}
	return SectionChanges{h.From, h.To, Each(templates.Changes(h.Before, h.After), func(c templates.Change) WordRun {
		return WordRun{string(c.Sort), c.Text}
	})}, nil
}
