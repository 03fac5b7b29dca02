package forum

import "context"

// Deed is an event with who did it, for a history.
type Deed struct {
	Event
	By string // name, "" for the program
}

// Origin is from whom a matter comes.
type Origin struct {
	Person       Person
	Organisation Organisation
}

// MatterPage is a matter as one reader may see it, with what the reader may do
// to it and where it could go.
type MatterPage struct {
	Matter
	Reader   Reader // what the page holds of titles, text and papers
	Forum    Forum
	Origin   Origin
	Papers   []Document
	Texts    map[Digest]PaperText // what became of reading the papers, for who may edit them
	History  []Deed
	On       *Meeting // whose agenda it stands on
	Into     *Matter  // that it was merged into, if the reader may read that too
	Removal  *Removal // that it waits on
	AskedBy  string   // who asked for that removal
	ToForum  string   // where that removal would bring it
	ToMatter string   // its title, or to who may not read that its intake number
	Drafting Drafting // how far its draft has come

	MayPlace    bool
	MayPutBack  bool
	MayRemove   bool
	NeedsOther  bool // a removal by this reader waits for the other level's secretary
	MayAnswer   bool // the removal asked for
	MayDecide   bool // the contested removal
	MayWithdraw bool

	MayEditPapers bool
	MayBring      bool       // papers to it
	Withdrawn     []Document // for who may edit papers

	Meetings []Meeting // to place it on
	Forums   []Forum   // to relocate it to
	Matters  []Matter  // to merge it into
}

// ReadMatterPage opens a matter for who may read the forum's matters, and for
// its proposer wherever it went.
func ReadMatterPage(ctx context.Context, tx Tx, by Actor, id MatterID) (*MatterPage, error) {
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
	page := &MatterPage{Matter: m.For(reader), Reader: reader}
	for _, part := range []func(context.Context, Tx, Actor) error{page.readContent, page.readPlace, page.readRemoval} {
		if err := part(ctx, tx, by); err != nil {
			return nil, err
		}
	}
	if page.Drafting, err = readDrafting(ctx, tx, by, m); err != nil {
		return nil, err
	}
	return page, page.readChoices(ctx, tx, by)
}

// MayReadMatter refuses who may not read a matter at all.
func MayReadMatter(ctx context.Context, tx Tx, by Actor, m *Matter) error {
	if by.Person != 0 && by.Person == m.follower(DateOf(tx.Now())) {
		return nil
	}
	_, refusal := by.May(ctx, tx, ReadMatter, m.ForumID)
	if !IsKind(refusal, Forbidden) {
		return refusal
	}
	item, err := tx.PlaceOf(ctx, m.ID)
	if IsKind(err, NotFound) {
		return refusal
	}
	if err != nil {
		return err
	}
	on, err := tx.Meeting(ctx, item.MeetingID)
	if err != nil {
		return err
	}
	_, err = by.MayAt(ctx, tx, ReadMatter, on)
	return err
}

func (p *MatterPage) readContent(ctx context.Context, tx Tx, by Actor) error {
	f, err := tx.Forum(ctx, p.ForumID)
	if err != nil {
		return err
	}
	p.Forum = *f
	person, err := tx.Person(ctx, p.Proposer)
	if err != nil {
		return err
	}
	organisation, err := tx.Organisation(ctx, p.Organisation)
	if err != nil {
		return err
	}
	p.Origin = Origin{*person, organisation.On(DateOf(p.ProposedAt))}
	papers, err := tx.Documents(ctx, p.ID)
	if err != nil {
		return err
	}
	p.Papers = papersFor(p.Reader, papers)
	if err := p.readEditing(ctx, tx, by); err != nil {
		return err
	}
	p.History, err = History(ctx, tx, MatterObject(p.ID))
	return err
}

func (p *MatterPage) readPlace(ctx context.Context, tx Tx, by Actor) error {
	item, err := tx.PlaceOf(ctx, p.ID)
	if err == nil {
		p.On, err = tx.Meeting(ctx, item.MeetingID)
	}
	if err != nil && !IsKind(err, NotFound) {
		return err
	}
	if p.MergedInto == 0 {
		return nil
	}
	into, err := tx.Matter(ctx, p.MergedInto)
	if err != nil {
		return err
	}
	err = MayReadMatter(ctx, tx, by, into)
	if err == nil {
		shown := into.For(Reader{})
		p.Into = &shown
	}
	if IsKind(err, Forbidden) {
		return nil
	}
	return err
}

func (p *MatterPage) readRemoval(ctx context.Context, tx Tx, by Actor) error {
	r, err := tx.OpenRemoval(ctx, p.ID)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Removal = r
	asker, err := tx.Person(ctx, r.AskedBy)
	if err != nil {
		return err
	}
	p.AskedBy = asker.Name
	p.ToForum, p.ToMatter, err = goal(ctx, tx, by, r)
	return err
}

func (p *MatterPage) readChoices(ctx context.Context, tx Tx, by Actor) error {
	err := by.fill(ctx, tx, p.ForumID, map[Right]*bool{PlaceIt: &p.MayPlace, ReturnIt: &p.MayRemove})
	if err != nil {
		return err
	}
	if p.State == Placed || p.State == Returned {
		return p.readPutBack(ctx, tx, by)
	}
	if p.Removal != nil {
		return p.readAnswers(ctx, tx, by)
	}
	if p.State != Proposed || !p.MayPlace && !p.MayRemove {
		return nil
	}
	if _, err := by.MayFor(ctx, tx, ReturnIt, p.ForumID, p.Level); IsKind(err, Forbidden) {
		p.NeedsOther = p.Level.Other() != ""
	} else if err != nil {
		return err
	}
	return p.readGoals(ctx, tx)
}

func (p *MatterPage) readPutBack(ctx context.Context, tx Tx, by Actor) error {
	item, err := tx.PlaceOf(ctx, p.ID)
	if IsKind(err, NotFound) {
		item, err = nil, nil
	}
	if err != nil {
		return err
	}
	_, err = mayPutBack(ctx, tx, by, &p.Matter, item)
	p.MayPutBack = err == nil
	if IsKind(err, Forbidden) {
		return nil
	}
	return err
}

func (p *MatterPage) readAnswers(ctx context.Context, tx Tx, by Actor) error {
	var err error
	if p.MayWithdraw, err = mayWithdraw(ctx, tx, by, &p.Matter, p.Removal); err != nil {
		return err
	}
	if p.Removal.State == ContestedRemoval {
		decide, err := by.Can(ctx, tx, DecideRemoval, p.ForumID)
		p.MayDecide = decide
		return err
	}
	_, err = by.MayFor(ctx, tx, AgreeRemoval, p.ForumID, p.Level)
	p.MayAnswer = err == nil
	if IsKind(err, Forbidden) {
		return nil
	}
	return err
}

func (p *MatterPage) readGoals(ctx context.Context, tx Tx) error {
	var err error
	if p.Meetings, err = openMeetings(ctx, tx, p.ForumID); err != nil {
		return err
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		if f.AreaID == p.Forum.AreaID && f.ID != p.ForumID {
			p.Forums = append(p.Forums, f)
		}
	}
	for _, state := range []MatterState{Proposed, Placed} {
		matters, err := tx.Matters(ctx, p.ForumID, state)
		if err != nil {
			return err
		}
		for _, m := range matters {
			if m.ID != p.ID {
				p.Matters = append(p.Matters, m.For(Reader{}))
			}
		}
	}
	return nil
}

// History reads what was done to an object, with names.
func History(ctx context.Context, tx Tx, object Object) ([]Deed, error) {
	events, err := tx.History(ctx, object)
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	deeds := make([]Deed, len(events))
	for i, e := range events {
		deeds[i] = Deed{e, people[e.PersonID].Name}
	}
	return deeds, nil
}
