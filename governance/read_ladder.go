package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Side is one level's half of a ladder, as a reader sees it.
type Side struct {
	Level     forum.Level
	Text      string // "" for who may not read it yet
	By        string
	Position  *LadderPosition // without its text, nil for none
	Submitted bool
	MayWrite  bool
}

// Rung is a step up, as a reader sees it.
type Rung struct {
	LadderRung
	Forum  string // of a forum's
	Sender string
	Rest   *Rest // what a forum's answer rests on, nil for no decision
	Hidden bool  // that the other forum's exemption keeps the answer from the reader
}

// LadderView is one ladder.
type LadderView struct {
	Ladder
	Opener    string
	Failed    *Motion // the motion that it is about, without its text where that is hidden; nil for none
	Sides     [2]Side
	Rungs     []Rung
	MayClimb  bool // now
	MayAnswer bool // for a board
	MaySettle bool
}

// LadderPage is a matter's ladders, the newest first. Words of an exempt matter
// are for who may read what is exempt.
type LadderPage struct {
	Matter  forum.Matter
	Forum   forum.Forum
	Ladders []LadderView
	Hidden  bool
	MayOpen bool
	Offers  []LadderOffer // of motions that failed, for who may open a ladder
	Above   []forum.Forum // to climb to
	reader  forum.Reader
}

// ReadLadderPage reads a matter's ladders for who may read the matter.
func ReadLadderPage(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*LadderPage, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	p := &LadderPage{Matter: m.For(reader), Forum: *in, Hidden: m.Withheld(reader), reader: reader}
	ladders, err := tx.LaddersOf(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, l := range slices.Backward(ladders) {
		view, err := p.view(ctx, tx, by, l)
		if err != nil {
			return nil, err
		}
		p.Ladders = append(p.Ladders, *view)
	}
	return p, p.choices(ctx, tx, by, m)
}

func (p *LadderPage) view(ctx context.Context, tx Tx, by forum.Actor, l Ladder) (*LadderView, error) {
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	v := &LadderView{Ladder: l, Opener: people[l.OpenedBy].Name}
	if l.MotionID != 0 {
		if v.Failed, err = tx.Motion(ctx, l.MotionID); err != nil {
			return nil, err
		}
		if p.Hidden {
			v.Failed.Text, v.Failed.Candidates = "", nil
		}
	}
	positions, err := tx.LadderPositions(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	for i, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		if v.Sides[i], err = p.side(ctx, tx, by, l, level, positionOf(positions, level), people); err != nil {
			return nil, err
		}
	}
	rungs, err := tx.LadderRungs(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range rungs {
		rung := Rung{LadderRung: r, Sender: people[r.SentBy].Name}
		if r.EscalationID != 0 {
			e, err := tx.Escalation(ctx, r.EscalationID)
			if err != nil {
				return nil, err
			}
			f, err := tx.Forum(ctx, e.ToForum)
			if err != nil {
				return nil, err
			}
			rung.Forum = f.Name
			if rung.Rest, err = restOf(ctx, tx, e.DecisionID); err != nil {
				return nil, err
			}
			there, err := tx.Peek().Matter(ctx, e.ToMatter)
			if err != nil {
				return nil, err
			}
			rung.Hidden = there.Withheld(p.reader)
		}
		if rung.Hidden || p.Hidden {
			rung.Papers, rung.Answer = "", ""
		}
		v.Rungs = append(v.Rungs, rung)
	}
	if p.Hidden {
		v.Reason = ""
	}
	may, err := by.Can(ctx, tx, forum.ClimbLadder, p.Matter.ForumID)
	if err != nil || !may || p.Hidden {
		return v, err
	}
	v.MayClimb = l.climbable(positions, forum.DateOf(tx.Now())) == nil
	v.MayAnswer = l.State == ClimbingLadder && rungs[len(rungs)-1].Kind != ForumRung
	v.MaySettle = l.State == BackLadder || l.State == WritingLadder
	return v, nil
}

// side is one level's half: its own people read it from the first word, the
// others when it is submitted.
func (p *LadderPage) side(ctx context.Context, tx Tx, by forum.Actor, l Ladder, level forum.Level, position *LadderPosition, people map[forum.PersonID]forum.Person) (Side, error) {
	s := Side{Level: level}
	_, refusal := by.MayFor(ctx, tx, forum.WritePosition, p.Matter.ForumID, level)
	own, err := allowed(refusal)
	if err != nil {
		return s, err
	}
	s.MayWrite = own && l.State == WritingLadder && !p.Hidden
	if position == nil {
		return s, nil
	}
	s.Submitted = !position.SubmittedAt.IsZero()
	s.MayWrite = s.MayWrite && !s.Submitted
	if !s.Submitted && !own {
		return s, nil
	}
	bare := *position
	bare.Text = ""
	s.Position, s.By = &bare, people[position.WrittenBy].Name
	if !p.Hidden {
		s.Text = position.Text
	}
	return s, nil
}

func (p *LadderPage) choices(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter) error {
	may, err := mayOpenLadder(ctx, tx, by, m)
	if err != nil {
		return err
	}
	if p.MayOpen = may && !p.Hidden; p.MayOpen {
		if p.Offers, err = offers(ctx, tx, m); err != nil {
			return err
		}
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		if way, err := DirectionOf(forums, m.ForumID, f.ID); err == nil && way == Up {
			p.Above = append(p.Above, f)
		}
	}
	return nil
}

// MatterOfLadder is the matter that a ladder belongs to.
func MatterOfLadder(ctx context.Context, tx Tx, id LadderID) (forum.MatterID, error) {
	l, err := tx.Ladder(ctx, id)
	if err != nil {
		return 0, err
	}
	return l.MatterID, nil
}
