package governance

import (
	"cmp"
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Look is which of the follow-ups a reader of the overview wants to see.
type Look string

// The looks; a late one is owed too.
const (
	EverythingLook Look = ""
	OwedLook       Look = "owed"
	LateLook       Look = "late"
	BlockedLook    Look = "blocked"
	DoneLook       Look = "done"
)

// Looks lists them.
var Looks = []Look{EverythingLook, OwedLook, LateLook, BlockedLook, DoneLook}

// OverviewFilter narrows the overview; what is zero narrows nothing.
type OverviewFilter struct {
	Forum        forum.ForumID
	Organisation forum.OrganisationID
	Level        forum.Level // on which the organisation stands
	Year         int         // in which it was decided
	Look         Look
}

// Overview (leiarsida) is what the forums that the reader belongs to decided, and what
// became of it.
type Overview struct {
	Filter         OverviewFilter
	Today          forum.Date
	Forums         []forum.Forum        // that can be chosen
	Organisations  []forum.Organisation // likewise
	Years          []int
	Decisions      []OverviewDecision // the newest first
	FollowUps      []OverviewRow      // late first, then by the day
	ByLevel        []Sum
	ByOrganisation []Sum
	ByForum        []Sum
}

// OverviewDecision is a decision in the overview.
type OverviewDecision struct {
	Decision
	Forum  forum.Forum
	Matter forum.Matter
	Exempt bool // kept from this reader
	Owed   int  // of its follow-ups
	Late   int
	Done   int
}

// OverviewRow is a follow-up in the overview.
type OverviewRow struct {
	FollowUp
	Decision     OverviewDecision
	Organisation forum.Organisation
	Owner        forum.Person
	Late         bool
}

// Sum is how many follow-ups of a kind there are: done, owed in time, and late.
type Sum struct {
	Level        forum.Level        // set in each but those of forums
	Organisation forum.Organisation // ID 0 for a whole level
	Forum        forum.Forum        // of the sums by forum
	Done         int
	Open         int
	Late         int
}

// All is how many there are together.
func (s Sum) All() int { return s.Done + s.Open + s.Late }

// ReadOverview collects what the reader may see. Text of exempt matters is left out for
// who may not read it, as everywhere.
func ReadOverview(ctx context.Context, tx Tx, by forum.Actor, filter OverviewFilter) (*Overview, error) {
	o := &Overview{Filter: filter, Today: forum.DateOf(tx.Now())}
	all, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	readers := map[forum.ForumID]forum.Reader{}
	for _, f := range all {
		may, err := by.Can(ctx, tx, ReadDecision, f.ID)
		if err != nil {
			return nil, err
		}
		if !may {
			continue
		}
		if readers[f.ID], err = by.ReaderIn(ctx, tx, f.ID); err != nil {
			return nil, err
		}
		o.Forums = append(o.Forums, f)
	}
	if len(o.Forums) == 0 {
		return nil, forum.Refuse(forum.Forbidden, "error.forbidden.read_decision")
	}
	if err := o.readDecisions(ctx, tx, readers); err != nil {
		return nil, err
	}
	if err := o.readFollowUps(ctx, tx, readers); err != nil {
		return nil, err
	}
	o.sum()
	return o, nil
}

func (o *Overview) readDecisions(ctx context.Context, tx Tx, readers map[forum.ForumID]forum.Reader) error {
	forums := map[forum.ForumID]forum.Forum{}
	var ids []forum.ForumID
	for _, f := range o.Forums {
		forums[f.ID], ids = f, append(ids, f.ID)
	}
	decisions, err := tx.DecisionsIn(ctx, ids)
	if err != nil {
		return err
	}
	matters := map[forum.MatterID]*forum.Matter{}
	for _, d := range decisions {
		if matters[d.MatterID] == nil {
			if matters[d.MatterID], err = tx.Peek().Matter(ctx, d.MatterID); err != nil {
				return err
			}
		}
		m, reader := matters[d.MatterID], readers[d.ForumID]
		year := d.MadeAt.In(forum.Oslo).Year()
		if !slices.Contains(o.Years, year) {
			o.Years = append(o.Years, year)
		}
		o.Decisions = append(o.Decisions, OverviewDecision{Decision: d.For(reader, m), Forum: forums[d.ForumID], Matter: m.For(reader), Exempt: m.Withheld(reader)})
	}
	return nil
}

func (o *Overview) readFollowUps(ctx context.Context, tx Tx, readers map[forum.ForumID]forum.Reader) error {
	var ids []forum.ForumID
	for _, f := range o.Forums {
		ids = append(ids, f.ID)
	}
	followUps, err := tx.FollowUpsIn(ctx, ids)
	if err != nil {
		return err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, o.Today)
	if err != nil {
		return err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return err
	}
	at := map[DecisionID]int{}
	for i, d := range o.Decisions {
		at[d.ID] = i
	}
	for _, f := range followUps {
		d := &o.Decisions[at[f.DecisionID]]
		row := OverviewRow{
			FollowUp: f.For(readers[f.ForumID], &d.Matter), Organisation: organisations[f.OrganisationID], Owner: people[f.OwnerID], Late: f.Late(o.Today),
		}
		if !slices.ContainsFunc(o.Organisations, func(known forum.Organisation) bool { return known.ID == f.OrganisationID }) {
			o.Organisations = append(o.Organisations, row.Organisation)
		}
		switch {
		case row.Late:
			d.Late++
		case f.Owed():
			d.Owed++
		case f.State == DoneFollowUp:
			d.Done++
		}
		o.FollowUps = append(o.FollowUps, row)
	}
	for i := range o.FollowUps {
		o.FollowUps[i].Decision = o.Decisions[at[o.FollowUps[i].DecisionID]]
	}
	o.narrow()
	slices.SortFunc(o.Organisations, func(a, b forum.Organisation) int {
		return cmp.Or(slices.Index(forum.Levels, a.Level)-slices.Index(forum.Levels, b.Level), cmp.Compare(a.Name, b.Name))
	})
	return nil
}

// narrow keeps what the filter asks for: the follow-ups that fit it, and the decisions
// of the forum and year that have such a one, or any where it asks for none.
func (o *Overview) narrow() {
	f := o.Filter
	fits := func(d Decision) bool {
		return (f.Forum == 0 || d.ForumID == f.Forum) && (f.Year == 0 || d.MadeAt.In(forum.Oslo).Year() == f.Year)
	}
	o.FollowUps = slices.DeleteFunc(o.FollowUps, func(r OverviewRow) bool {
		return !fits(r.Decision.Decision) || f.Organisation != 0 && r.OrganisationID != f.Organisation ||
			f.Level != "" && sideOf(&r.Organisation) != f.Level || !r.looked(f.Look)
	})
	slices.SortStableFunc(o.FollowUps, func(a, b OverviewRow) int { return cmp.Or(a.urgency()-b.urgency(), cmp.Compare(a.Due, b.Due)) })
	some := f.Organisation != 0 || f.Level != "" || f.Look != EverythingLook
	o.Decisions = slices.DeleteFunc(o.Decisions, func(d OverviewDecision) bool {
		return !fits(d.Decision) || some && !slices.ContainsFunc(o.FollowUps, func(r OverviewRow) bool { return r.DecisionID == d.ID })
	})
}

func (r *OverviewRow) looked(at Look) bool {
	switch at {
	case OwedLook:
		return r.Owed()
	case LateLook:
		return r.Late
	case BlockedLook:
		return r.State == BlockedFollowUp
	case DoneLook:
		return r.State == DoneFollowUp
	}
	return true
}

func (r *OverviewRow) urgency() int {
	switch {
	case r.Late:
		return 0
	case r.Owed():
		return 1
	}
	return 2
}

// sum counts what is shown.
func (o *Overview) sum() {
	add := func(sums *[]Sum, s Sum, same func(Sum) bool, r *OverviewRow) {
		i := slices.IndexFunc(*sums, same)
		if i < 0 {
			i = len(*sums)
			*sums = append(*sums, s)
		}
		switch {
		case r.Late:
			(*sums)[i].Late++
		case r.Owed():
			(*sums)[i].Open++
		default:
			(*sums)[i].Done++
		}
	}
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		o.ByLevel = append(o.ByLevel, Sum{Level: level})
	}
	for i := range o.FollowUps {
		r := &o.FollowUps[i]
		if r.State == LapsedFollowUp {
			continue
		}
		level := cmp.Or(sideOf(&r.Organisation), forum.Advisory)
		add(&o.ByLevel, Sum{Level: level}, func(s Sum) bool { return s.Level == level }, r)
		add(&o.ByOrganisation, Sum{Level: level, Organisation: r.Organisation}, func(s Sum) bool { return s.Organisation.ID == r.Organisation.ID }, r)
		add(&o.ByForum, Sum{Forum: r.Decision.Forum}, func(s Sum) bool { return s.Forum.ID == r.Decision.Forum.ID }, r)
	}
	slices.SortStableFunc(o.ByOrganisation, func(a, b Sum) int {
		return cmp.Or(slices.Index(forum.Levels, a.Level)-slices.Index(forum.Levels, b.Level), cmp.Compare(a.Organisation.Name, b.Organisation.Name))
	})
	slices.SortStableFunc(o.ByForum, func(a, b Sum) int {
		at := func(s Sum) int {
			return slices.IndexFunc(o.Forums, func(f forum.Forum) bool { return f.ID == s.Forum.ID })
		}
		return at(a) - at(b)
	})
	slices.Sort(o.Years)
	slices.Reverse(o.Years)
}
