package forum

import (
	"context"
	"fmt"
	"time"
)

// Writer is who wrote something, for which organisation of which level.
type Writer struct {
	Person       string
	Organisation string
	Level        Level
	At           time.Time
	Source       Source
}

// names are those of the people and organisations that a page speaks of.
type names struct {
	people        map[PersonID]Person
	organisations map[OrganisationID]Organisation
}

func readNames(ctx context.Context, tx Tx) (n names, err error) {
	if n.people, err = tx.People(ctx); err != nil {
		return n, err
	}
	n.organisations, err = tx.Organisations(ctx)
	return n, err
}

func (n names) writer(person PersonID, organisation OrganisationID, level Level, at time.Time, source Source) Writer {
	return Writer{n.people[person].Name, n.organisations[organisation].On(DateOf(at)).Name, level, at, source}
}

func (n names) of(v DraftVersion) Writer {
	return n.writer(v.Author, v.OrganisationID, v.Level, v.WrittenAt, v.Source)
}

// DraftRun is paragraphs that follow each other and have the same writers.
type DraftRun struct {
	Paragraphs []string
	Writers    []Writer // the last one first, each person once
}

// ThreadRow is a thread with its comments.
type ThreadRow struct {
	DraftThread
	Comments []CommentRow
	Resolver string // name, "" for an open one
}

// CommentRow is one comment with who wrote it.
type CommentRow struct {
	DraftComment
	Writer Writer
}

// SectionRow is a section as it stands.
type SectionRow struct {
	DraftSection
	Versions int    // how many there are; the last one is shown
	Text     string // of the last one
	Runs     []DraftRun
	Unsaved  *UnsavedText // the reader's own, nil for none
	Threads  []ThreadRow
}

// Drafting is how far a matter's draft has come.
type Drafting struct {
	Stage   Stage
	Gate    Gate
	Givers  [2]Writer // who gave each half of the gate, zero for nobody
	Open    bool      // the gate is, now
	Over    bool      // the mandate's days are
	Without []Level   // that the matter does without
	ReadyAt time.Time
	ReadyBy string
	MayOpen bool // begin the draft
}

// DraftPage is a matter's draft as one reader may see it.
type DraftPage struct {
	Matter
	Forum    Forum
	Reader   Reader
	Drafting Drafting
	Sections []SectionRow // none where the matter is withheld from the reader
	Threads  []ThreadRow  // about the whole draft
	Follows  bool

	MayEdit    bool
	MayComment bool
	MayWaive   map[Level]bool // say "no remark", or take it back
	MayReady   bool
}

// readDrafting reads how far a matter's draft has come.
func readDrafting(ctx context.Context, tx Tx, by Actor, m *Matter) (Drafting, error) {
	gate, draft, err := gateFor(ctx, tx, m)
	if err != nil {
		return Drafting{}, err
	}
	d := Drafting{Stage: draft.Stage(), Gate: gate, Open: gate.Open(tx.Now()), Over: gate.Over(tx.Now())}
	if d.Without, err = withoutWhom(ctx, tx, m); err != nil {
		return d, err
	}
	n, err := readNames(ctx, tx)
	if err != nil {
		return d, err
	}
	for i, half := range gate.Halves {
		switch {
		case half.Contribution != nil:
			d.Givers[i] = n.of(*half.Contribution)
		case half.NoRemark != nil:
			r := half.NoRemark
			d.Givers[i] = n.writer(r.PersonID, r.OrganisationID, r.Level, r.SaidAt, ByWeb)
		}
	}
	if draft != nil {
		d.ReadyAt, d.ReadyBy = draft.ReadyAt, n.people[draft.ReadyBy].Name
		return d, nil
	}
	if m.State == Merged || m.State == Returned {
		return d, nil
	}
	d.MayOpen, err = by.Can(ctx, tx, EditDraft, m.ForumID)
	return d, err
}

// ReadDraftPage opens a matter's draft for who may read the matter.
func ReadDraftPage(ctx context.Context, tx Tx, by Actor, id MatterID) (*DraftPage, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	f, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	page := &DraftPage{Matter: m.For(reader), Forum: *f, Reader: reader, MayWaive: map[Level]bool{}}
	if page.Drafting, err = readDrafting(ctx, tx, by, m); err != nil {
		return nil, err
	}
	if page.Drafting.Stage == IdeaStage || m.Withheld(reader) {
		return page, nil
	}
	for _, part := range []func(context.Context, Tx, Actor) error{page.readRights, page.readSections, page.readThreads} {
		if err := part(ctx, tx, by); err != nil {
			return nil, err
		}
	}
	return page, nil
}

func (p *DraftPage) readRights(ctx context.Context, tx Tx, by Actor) error {
	followers, err := tx.DraftFollowers(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, f := range followers {
		p.Follows = p.Follows || f.PersonID == by.Person
	}
	if p.State == Merged || p.State == Returned {
		return nil
	}
	err = by.fill(ctx, tx, p.ForumID, map[Right]*bool{EditDraft: &p.MayEdit, CommentIt: &p.MayComment, ReadyIt: &p.MayReady})
	if err != nil || p.Drafting.Stage == ReadyStage {
		p.MayEdit = false
		return err
	}
	for _, half := range p.Drafting.Gate.Halves {
		_, err := by.MayFor(ctx, tx, WaiveIt, p.ForumID, half.Level)
		if err != nil && !IsKind(err, Forbidden) {
			return err
		}
		p.MayWaive[half.Level] = err == nil
	}
	return nil
}

func (p *DraftPage) readSections(ctx context.Context, tx Tx, by Actor) error {
	sections, err := tx.DraftSections(ctx, p.ID)
	if err != nil {
		return err
	}
	n, err := readNames(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range sections {
		versions, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return err
		}
		row := SectionRow{DraftSection: s, Versions: len(versions), Runs: runsOf(versions, n)}
		if len(versions) > 0 {
			row.Text = versions[len(versions)-1].Text
		}
		own, err := tx.Unsaved(ctx, s.ID, by.Person)
		if err != nil && !IsKind(err, NotFound) {
			return err
		}
		if err == nil {
			row.Unsaved = own
		}
		p.Sections = append(p.Sections, row)
	}
	return nil
}

// runsOf are the paragraphs of a section's last version by who wrote them. Those
// of the same people that follow each other are one, as of when the last was
// written.
func runsOf(versions []DraftVersion, n names) (runs []DraftRun) {
	last := ""
	for _, p := range Authorship(versions) {
		var writers []Writer
		key := ""
		seen := map[PersonID]bool{}
		for _, number := range p.By {
			if v := versions[number-1]; !seen[v.Author] {
				seen[v.Author] = true
				writers = append(writers, n.of(v))
				key += fmt.Sprint(v.Author, v.OrganisationID, " ")
			}
		}
		if key != last || len(runs) == 0 {
			runs = append(runs, DraftRun{Writers: writers})
		}
		last = key
		run := &runs[len(runs)-1]
		run.Paragraphs = append(run.Paragraphs, p.Text)
		if writers[0].At.After(run.Writers[0].At) {
			run.Writers[0].At = writers[0].At
		}
	}
	return runs
}

func (p *DraftPage) readThreads(ctx context.Context, tx Tx, _ Actor) error {
	threads, err := tx.DraftThreads(ctx, p.ID)
	if err != nil {
		return err
	}
	n, err := readNames(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range threads {
		row := ThreadRow{DraftThread: t, Resolver: n.people[t.ResolvedBy].Name}
		comments, err := tx.DraftComments(ctx, t.ID)
		if err != nil {
			return err
		}
		for _, c := range comments {
			row.Comments = append(row.Comments, CommentRow{c, n.writer(c.Author, c.OrganisationID, c.Level, c.WrittenAt, c.Source)})
		}
		if !p.under(row) {
			p.Threads = append(p.Threads, row)
		}
	}
	return nil
}

// under puts a thread under its section.
func (p *DraftPage) under(row ThreadRow) bool {
	for i := range p.Sections {
		if row.SectionID != 0 && p.Sections[i].ID == row.SectionID {
			p.Sections[i].Threads = append(p.Sections[i].Threads, row)
			return true
		}
	}
	return false
}
