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
		Runs: each(s.Runs, func(r forum.DraftRun) SectionRun {
			return SectionRun{each(r.Paragraphs, itself), each(r.Writers, writerOf)}
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
	return SectionVersion{v.Number, v.Base, v.Text, writerOf(v.Writer), each(v.Others, writerOf)}
}

// SectionChanges is how two versions of a section differ.
type SectionChanges struct {
	From    int      `json:"from" doc:"Number of the one version, 0 for an empty text."`
	To      int      `json:"to" doc:"Number of the other."`
	Changes []Change `json:"changes" doc:"Both texts in one, word by word."`
}

// Change is a run of words that stayed, went or came.
type Change struct {
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

var sectionThing = thing[forum.SectionID, Section]{
	hold: within(forum.Tx.DraftSection, func(s *forum.DraftSection) forum.MatterID { return s.MatterID }, matterThing.hold),
	see:  seeing(forum.ReadSection, sectionOf),
}

func sections(a *API) {
	s := subject{a, "Drafts"}
	create(s, about{id: "addSection", path: "/matters/{id}/draft/sections", summary: "Add a section to a draft", text: "Last, with a title of its own."},
		func(n Section) string { return fmt.Sprintf("/sections/%d", n.ID) }, addSection)
	one(s, about{id: "getSection", path: "/sections/{id}", summary: "Read a section of a draft", text: "As it stands, with who wrote what."}, sectionThing.see)
	change(s, about{id: "writeSection", method: http.MethodPut, path: "/sections/{id}/text", summary: "Write a section of a draft", text: "Adds a version. What others have saved since the base is woven in by paragraph; where both changed the same paragraph the call is refused with error.draft.clash and nothing is saved."},
		sectionThing, writeSection)
	change(s, about{id: "renameSection", method: http.MethodPut, path: "/sections/{id}/title", summary: "Give a section another title", text: "One that a member added."}, sectionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.SectionID, in NewSection) error {
			return done(forum.RenameSection(ctx, tx, by, id, in.Title))
		})
	press(s, about{id: "moveSectionUp", path: "/sections/{id}/up", summary: "Move a section up", text: "It changes places with the one before it; the first stays where it is."}, sectionThing, only(forum.MoveSectionUp))
	lists(s, about{id: "listSectionVersions", path: "/sections/{id}/versions", summary: "List the versions of a section", text: "All that it ever said, the newest first."},
		list[forum.SectionVersion, SectionVersion]{key: func(v forum.SectionVersion) string { return number(v.Number) }, show: sectionVersionOf, newest: true},
		rowsOf(openHistory, func(h *forum.SectionHistory) []forum.SectionVersion { return h.Versions }))
	read(s, about{id: "compareSectionVersions", path: "/sections/{id}/changes", summary: "Compare two versions of a section", text: "Word by word."}, compareVersions)
}

func addSection(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MatterID, NewSection]) (Section, error) {
	added, err := forum.AddSection(ctx, tx, by, in.ID, in.Body.Title)
	if err != nil {
		return Section{}, err
	}
	return sectionThing.see(ctx, tx.Peek(), by, added.ID)
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
	return SectionChanges{h.From, h.To, each(templates.Changes(h.Before, h.After), func(c templates.Change) Change {
		return Change{string(c.Sort), c.Text}
	})}, nil
}
