package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Line is one step of how something came about: a text key with its names and
// values, those that are keys themselves in Words.
type Line struct {
	Key   string
	Args  []any
	Words map[string]string // names whose values are text keys
}

// ExplainBallot tells step by step how a ballot's result came about, counted anew
// from the stored votes. It holds the answer against the stored result, and says
// so if they differ.
func ExplainBallot(ctx context.Context, tx Tx, id BallotID) ([]Line, error) {
	b, err := peekBallot(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return nil, err
	}
	matter, err := tx.Peek().Matter(ctx, b.MatterID)
	if err != nil {
		return nil, err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(b.OpenedAt))
	if err != nil {
		return nil, err
	}
	x := explaining{b: b, m: m, people: people, organisations: organisations}
	x.say("explain.matter", "Number", matter.Number, "Title", matter.Title)
	if matter.Access == forum.Exempt {
		x.say("explain.exempt", "Basis", matter.Basis)
	} else {
		x.say("explain.motion", "Text", m.Text)
	}
	x.ground()
	switch {
	case b.ClosedAt.IsZero():
		x.say("explain.still_open")
	case b.Stopped != "":
		x.say("explain.stopped." + string(b.Stopped))
	default:
		err = x.result(ctx, tx)
	}
	return x.lines, err
}

// explaining is the telling of one ballot.
type explaining struct {
	b             *Ballot
	m             *Motion
	people        map[forum.PersonID]forum.Person
	organisations map[forum.OrganisationID]forum.Organisation
	lines         []Line
}

func (x *explaining) say(key string, args ...any) {
	x.lines = append(x.lines, Line{Key: key, Args: args})
}

func (x *explaining) word(key string, words map[string]string, args ...any) {
	x.lines = append(x.lines, Line{key, args, words})
}

// ground tells what held when the ballot was opened.
func (x *explaining) ground() {
	g := x.b.Ground
	x.word("explain.way", map[string]string{"Way": "ballot_way." + string(x.b.Way)}, "At", x.b.OpenedAt)
	if x.m.Sort == Proposal {
		x.word("explain.rule", map[string]string{"Rule": "decision_rule." + string(g.Rule), "Per": "vote_unit." + string(g.Per), "Profile": "rule_profile." + string(g.Profile)})
	}
	if g.Recommends {
		x.say("explain.recommends")
	}
	for _, person := range g.Out {
		x.say("explain.out", "Person", x.people[person].Name)
	}
	for _, level := range QuorumOf(g.Needed, x.b.voters()) {
		x.word("explain.quorum", map[string]string{"Level": "level." + string(level.Level)}, "Present", level.Present, "Seats", level.Seats, "Least", level.Least)
	}
}

// voters are the electors that did not leave without a vote.
func (b *Ballot) voters() []Elector {
	return slices.DeleteFunc(slices.Clone(b.Ground.Electors), func(e Elector) bool { return slices.Contains(b.Gone, e.Seat) })
}

func (x *explaining) result(ctx context.Context, tx Tx) error {
	if x.b.Secret {
		return x.election(ctx, tx)
	}
	casts, err := tx.Casts(ctx, x.b.ID)
	if err != nil {
		return err
	}
	said := map[forum.SeatID]Cast{}
	for _, c := range casts {
		said[c.SeatID] = c
	}
	for _, e := range x.b.voters() {
		c := said[e.Seat]
		words := map[string]string{"Vote": "vote." + voteWord(c.Vote), "Level": "level." + string(e.Side)}
		x.word("explain.cast", words, "Person", x.people[e.Person].Name, "Organisation", x.organisations[e.Organisation].Name)
		if c.Vote == No && c.Reason != "" {
			x.say("explain.reason", "Reason", c.Reason)
		}
	}
	r := Tally(x.b.Question(casts))
	for _, c := range r.Counts {
		x.word("explain.count", map[string]string{"Level": "level." + string(c.Level)}, "Yes", c.Yes, "No", c.No, "Abstained", c.Abstained, "Present", c.Present)
	}
	if r.Share != "" {
		x.say("explain.share", "Share", r.Share)
	}
	if r.CastingVote {
		x.say("explain.casting_vote")
	}
	if r.Reason != "" {
		x.word("explain.why."+string(r.Reason), map[string]string{"Where": whereKey(r.Where)})
	}
	x.word("explain.outcome", map[string]string{"Outcome": "outcome." + string(r.Outcome)})
	if r.Outcome != x.b.Result.Outcome || r.Reason != x.b.Result.Reason {
		x.word("explain.differs", map[string]string{"Outcome": "outcome." + string(x.b.Result.Outcome)})
	}
	return nil
}

// election tells totals alone: nobody's vote is known.
func (x *explaining) election(ctx context.Context, tx Tx) error {
	votes, err := tx.Box(ctx, x.b.ID)
	if err != nil {
		return err
	}
	x.say("explain.round", "Round", x.b.Round, "Votes", len(votes))
	e := Elect(x.m.candidates(), votes, x.b.Round)
	for _, s := range e.Standings {
		x.say("explain.candidate", "Name", x.m.name(s.Candidate), "Count", s.Votes)
	}
	x.say("explain.blank", "Count", e.Blank)
	x.word("explain.elected", map[string]string{"How": "ended." + x.b.Ended()}, "Name", x.m.name(x.b.Election.Elected))
	if x.b.Lot {
		x.say("explain.lot")
	}
	if x.b.Result.Outcome == "" && (e.Again != x.b.Election.Again || !x.b.Lot && e.Elected != x.b.Election.Elected) {
		x.say("explain.differs_election")
	}
	return nil
}

// voteWord is a vote as the end of a text key.
func voteWord(v Vote) string {
	if v == Silent {
		return "silent"
	}
	return string(v)
}

// whereKey names a level, or the whole, in a reason.
func whereKey(level forum.Level) string {
	if level == "" {
		return "level.whole"
	}
	return "level." + string(level)
}
