package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Waypoint is one forum that has a matter or had it, as a reader may see it.
type Waypoint struct {
	Forum forum.Forum
	// Matter is the public part of what the forum has: title, numbers and state.
	Matter  forum.Matter
	MayOpen bool // the matter there
	Here    bool // it is the one whose page is read
	Depth   int  // how many times it was sent on before
	// By is how it came here, nil for where it began. Question, reason and answer
	// are "" for who may not read what is exempt.
	By     *Escalation
	Asker  string
	Closer string // who answered, returned or withdrew it, "" where a decision did by itself
	Rest   *Rest  // what the answer rests on, nil for no decision
	Hidden bool   // that the exemption keeps the words from the reader
	// Decisions are those of the forum in the matter that hold, without their text where it is hidden.
	Decisions []Decision
}

// Journey is a matter's way through the tree, from where it began.
type Journey struct {
	Stops     []Waypoint
	Incoming  *Escalation // the open one that brought the matter here, nil for none
	Outgoing  *Escalation // the open one that it was sent by, nil for none
	MaySend   bool
	MayAnswer bool
	MayRecall bool
	Forums    []forum.Forum // to send it to
}

// EscalationPage is one escalation for who may read the matter at one of its ends.
type EscalationPage struct {
	Escalation
	From, To    forum.Forum
	FromM, ToM  forum.Matter // public parts
	Asker       string
	Closer      string // "" where a decision answered by itself
	Rest        *Rest  // what the answer rests on, nil for no decision
	Hidden      bool
	MayAnswer   bool
	MayWithdraw bool
	MayOpenFrom bool
	MayOpenTo   bool
	Decided     []Decision // there, that hold, for who may answer
}

// ReadJourney reads the way of a matter that the actor may read.
func ReadJourney(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*Journey, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	w := walk{tx: tx, by: by, here: m, journey: &Journey{}}
	if w.reader, err = forum.ReaderOf(ctx, tx, by, m); err != nil {
		return nil, err
	}
	if w.people, err = tx.People(ctx); err != nil {
		return nil, err
	}
	first, err := w.beginning(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.follow(ctx, first, nil, 0); err != nil {
		return nil, err
	}
	return w.journey, w.choices(ctx)
}

// walk goes a matter's way.
type walk struct {
	tx      Tx
	by      forum.Actor
	here    *forum.Matter
	reader  forum.Reader
	people  map[forum.PersonID]forum.Person
	journey *Journey
}

// beginning is the matter that the one here came from in the end.
func (w *walk) beginning(ctx context.Context) (forum.MatterID, error) {
	at := w.here.ID
	for {
		all, err := w.tx.EscalationsOf(ctx, at)
		if err != nil {
			return 0, err
		}
		came := slices.IndexFunc(all, func(e Escalation) bool { return e.ToMatter == at })
		if came < 0 {
			return at, nil
		}
		if at == w.here.ID && all[came].State == OpenEscalation {
			shown, _ := all[came].forReader(w.here.Withheld(w.reader))
			w.journey.Incoming = &shown
		}
		at = all[came].FromMatter
	}
}

// follow adds a stop and all that it was sent on to.
func (w *walk) follow(ctx context.Context, id forum.MatterID, came *Escalation, depth int) error {
	m, err := w.tx.Matter(ctx, id)
	if err != nil {
		return err
	}
	in, err := w.tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	stop := Waypoint{Forum: *in, Matter: m.For(forum.Reader{}), Here: id == w.here.ID, Depth: depth}
	if stop.MayOpen, err = allowed(forum.MayReadMatter(ctx, w.tx, w.by, m)); err != nil {
		return err
	}
	stop.Matter.Text, stop.Matter.FullTitle = "", ""
	if came != nil {
		shown, hidden := came.forReader(m.Withheld(w.reader) || w.here.Withheld(w.reader))
		stop.By, stop.Hidden, stop.Asker, stop.Closer = &shown, hidden, w.people[came.AskedBy].Name, w.people[came.AnsweredBy].Name
	}
	if came != nil {
		if stop.Rest, err = restOf(ctx, w.tx, came.DecisionID); err != nil {
			return err
		}
	}
	if stop.Decisions, err = holding(ctx, w.tx, id); err != nil {
		return err
	}
	for i := range stop.Decisions {
		if m.Withheld(w.reader) || w.here.Withheld(w.reader) {
			stop.Decisions[i].Text = ""
		}
	}
	w.journey.Stops = append(w.journey.Stops, stop)
	all, err := w.tx.EscalationsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.FromMatter != id {
			continue
		}
		if id == w.here.ID && e.State == OpenEscalation {
			shown, _ := e.forReader(m.Withheld(w.reader))
			w.journey.Outgoing = &shown
		}
		if err := w.follow(ctx, e.ToMatter, &e, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// holding are the decisions in a matter that hold, the oldest first.
func holding(ctx context.Context, tx Tx, id forum.MatterID) (hold []Decision, err error) {
	all, err := tx.DecisionsOn(ctx, id)
	for _, d := range all {
		if d.Holds() {
			hold = append(hold, d)
		}
	}
	return hold, err
}

// forReader is an escalation without its words where they are kept from a reader.
func (e Escalation) forReader(kept bool) (shown Escalation, hidden bool) {
	if kept {
		e.Reason, e.Question, e.Answer = "", "", ""
	}
	return e, kept
}

// choices are what the reader may do from here.
func (w *walk) choices(ctx context.Context) (err error) {
	j, m := w.journey, w.here
	may, err := w.by.Can(ctx, w.tx, forum.EscalateIt, m.ForumID)
	if err != nil {
		return err
	}
	j.MaySend = may && j.Outgoing == nil && (m.State == forum.Proposed || m.State == forum.Placed)
	j.MayRecall = may && j.Outgoing != nil
	if j.Incoming != nil {
		if j.MayAnswer, err = w.by.Can(ctx, w.tx, forum.AnswerEscalation, m.ForumID); err != nil {
			return err
		}
	}
	if !j.MaySend {
		return nil
	}
	here, err := w.tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	forums, err := w.tx.Forums(ctx)
	for _, f := range forums {
		if f.AreaID == here.AreaID && f.ID != here.ID {
			j.Forums = append(j.Forums, f)
		}
	}
	return err
}

// ReadEscalation reads an escalation for who may read the matter at either end.
func ReadEscalation(ctx context.Context, tx Tx, by forum.Actor, id EscalationID) (*EscalationPage, error) {
	e, err := tx.Escalation(ctx, id)
	if err != nil {
		return nil, err
	}
	from, err := tx.Matter(ctx, e.FromMatter)
	if err != nil {
		return nil, err
	}
	to, err := tx.Matter(ctx, e.ToMatter)
	if err != nil {
		return nil, err
	}
	p := &EscalationPage{FromM: from.For(forum.Reader{}), ToM: to.For(forum.Reader{})}
	refusal := forum.MayReadMatter(ctx, tx, by, from)
	if p.MayOpenFrom, err = allowed(refusal); err != nil {
		return nil, err
	}
	if p.MayOpenTo, err = allowed(forum.MayReadMatter(ctx, tx, by, to)); err != nil {
		return nil, err
	}
	if !p.MayOpenFrom && !p.MayOpenTo {
		return nil, refusal
	}
	return p, p.fill(ctx, tx, by, e, from, to)
}

func (p *EscalationPage) fill(ctx context.Context, tx Tx, by forum.Actor, e *Escalation, from, to *forum.Matter) error {
	var reader forum.Reader
	for _, end := range []struct {
		m   *forum.Matter
		may bool
	}{{from, p.MayOpenFrom}, {to, p.MayOpenTo}} {
		if !end.may {
			continue
		}
		r, err := forum.ReaderOf(ctx, tx, by, end.m)
		if err != nil {
			return err
		}
		reader.Exempt, reader.Out = reader.Exempt || r.Exempt, append(reader.Out, r.Out...)
	}
	p.Escalation, p.Hidden = e.forReader(from.Withheld(reader) || to.Withheld(reader))
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	p.Asker, p.Closer = people[e.AskedBy].Name, people[e.AnsweredBy].Name
	if p.Rest, err = restOf(ctx, tx, e.DecisionID); err != nil {
		return err
	}
	for _, end := range []struct {
		id forum.ForumID
		f  *forum.Forum
	}{{from.ForumID, &p.From}, {to.ForumID, &p.To}} {
		f, err := tx.Forum(ctx, end.id)
		if err != nil {
			return err
		}
		*end.f = *f
	}
	if e.State != OpenEscalation {
		return nil
	}
	if p.MayAnswer, err = by.Can(ctx, tx, forum.AnswerEscalation, to.ForumID); err != nil {
		return err
	}
	if p.MayAnswer && !p.Hidden {
		if p.Decided, err = holding(ctx, tx, to.ID); err != nil {
			return err
		}
	}
	p.MayWithdraw, err = by.Can(ctx, tx, forum.EscalateIt, from.ForumID)
	return err
}

// allowed tells whether there was no refusal; what is no word about a right stays an error.
func allowed(refusal error) (bool, error) {
	if forum.IsKind(refusal, forum.Forbidden) {
		return false, nil
	}
	return refusal == nil, refusal
}
