package governance

// Heading names a motion of minutes, with who put it.
func (m RecordedMotion) Heading() Line {
	key := "minutes.motion"
	switch {
	case m.Sort == Vacancy:
		key = "minutes.election"
	case m.Amends != 0:
		key = "minutes.amendment"
	}
	return Line{
		Key: key, Args: []any{"Number", m.Position, "Of", m.Amends, "Name", m.Proposer, "Organisation", m.Organisation},
		Words: map[string]string{"Level": "level." + string(m.Level)},
	}
}

// Steps tell what became of a motion of minutes: each vote on it with its rule, its
// quorum, what was said and the outcome.
func (m RecordedMotion) Steps() []Line {
	var w wording
	switch {
	case m.Withdrawn:
		w.say("minutes.withdrawn")
	case len(m.Ballots) == 0:
		w.say("minutes.not_voted")
	}
	for _, b := range m.Ballots {
		w.ground(m, b)
		switch {
		case b.Stopped != "":
			w.say("explain.stopped." + string(b.Stopped))
		case b.Election != nil:
			w.election(b)
		default:
			w.result(b)
		}
	}
	return w.lines
}

// wording is the telling of what became of a motion.
type wording struct{ lines []Line }

func (w *wording) say(key string, args ...any) { w.word(key, nil, args...) }

func (w *wording) word(key string, words map[string]string, args ...any) {
	w.lines = append(w.lines, Line{key, args, words})
}

// ground is what held when votes were taken.
func (w *wording) ground(m RecordedMotion, b RecordedBallot) {
	w.word("minutes.ballot", map[string]string{"Way": "ballot_way." + string(b.Way)}, "At", b.ClosedAt)
	if m.Sort == Proposal {
		w.word("explain.rule", map[string]string{"Rule": "decision_rule." + string(b.Rule), "Per": "vote_unit." + string(b.Per), "Profile": "rule_profile." + string(b.Profile)})
	}
	if b.Recommends {
		w.say("explain.recommends")
	}
	for _, name := range b.Out {
		w.say("explain.out", "Person", name)
	}
	for _, l := range b.Quorum {
		w.word("explain.quorum", map[string]string{"Level": "level." + string(l.Level)}, "Present", l.Present, "Seats", l.Seats, "Least", l.Least)
	}
}

// result is what each party and each level said, and what came of it.
func (w *wording) result(b RecordedBallot) {
	for _, v := range b.Votes {
		key := "explain.cast"
		if v.InPlace != "" {
			key = "minutes.cast_in_place"
		}
		w.word(key, map[string]string{"Vote": "vote." + voteWord(v.Vote), "Level": "level." + string(v.Level)},
			"Person", v.Name, "Member", v.InPlace, "Organisation", v.Organisation)
		if v.Reason != "" {
			w.say("minutes.vote_reason", "Name", v.Name, "Reason", v.Reason)
		}
	}
	for _, c := range b.Counts {
		w.word("explain.count", map[string]string{"Level": "level." + string(c.Level)}, "Yes", c.Yes, "No", c.No, "Abstained", c.Abstained, "Present", c.Present)
	}
	if b.Share != "" {
		w.say("explain.share", "Share", b.Share)
	}
	if b.CastingVote {
		w.say("explain.casting_vote")
	}
	if b.Reason != "" {
		w.word("explain.why."+string(b.Reason), map[string]string{"Where": whereKey(b.Where)})
	}
	w.word("explain.outcome", map[string]string{"Outcome": "ended." + b.Ended})
}

// election is the totals of a secret election.
func (w *wording) election(b RecordedBallot) {
	e := b.Election
	w.say("explain.round", "Round", e.Round, "Votes", e.Votes)
	for _, s := range e.Standings {
		w.say("explain.candidate", "Name", s.Name, "Count", s.Votes)
	}
	w.say("explain.blank", "Count", e.Blank)
	if e.Lot {
		w.say("explain.lot")
	}
	if e.Elected == "" {
		w.word("explain.outcome", map[string]string{"Outcome": "ended." + b.Ended})
		return
	}
	w.word("explain.elected", map[string]string{"How": "ended." + b.Ended}, "Name", e.Elected)
}
