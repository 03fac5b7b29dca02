package governance

import (
	"strconv"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// VotesAddress is the page of a matter's motions.
func VotesAddress(id forum.MatterID, parts ...string) string {
	return pages.MatterAddress(id, append([]string{"votes"}, parts...)...)
}

// BallotAddress is the page of a ballot, or what is done to it.
func BallotAddress(id governance.BallotID, act string) string {
	return voteAddress("ballots", int64(id), act)
}

// MotionAddress is where something is done to a motion.
func MotionAddress(id governance.MotionID, act string) string {
	return voteAddress("motions", int64(id), act)
}

// PresenceAddress is where something is done to a presence.
func PresenceAddress(id governance.PresenceID, act string) string {
	return voteAddress("presences", int64(id), act)
}

// ImpartialityAddress is where a question of impartiality is judged.
func ImpartialityAddress(id governance.ImpartialityID) string {
	return voteAddress("impartialities", int64(id), "judge")
}

// VotingAddress is the page of a link to vote by.
func VotingAddress(link, act string) string {
	if act != "" {
		return "/vote/" + link + "/" + act
	}
	return "/vote/" + link
}

func voteAddress(what string, id int64, act string) string {
	path := "/" + what + "/" + strconv.FormatInt(id, 10)
	if act != "" {
		path += "/" + act
	}
	return path
}

func votesLevel(l forum.Level) templates.Level { return templates.Level(l) }

// motionTitle names a motion by its place in the order.
func motionTitle(t templates.Text, m governance.MotionRow) string {
	switch {
	case m.Sort == governance.Vacancy:
		return t.T("page.votes.election", "Number", m.Position)
	case m.Amends != 0:
		return t.T("page.votes.amendment", "Number", m.Position, "Of", m.Amended)
	}
	return t.T("page.votes.motion", "Number", m.Position)
}

func motionTone(o governance.Outcome) templates.Tone {
	switch o {
	case governance.Adopted:
		return templates.Success
	case governance.Disagreement:
		return templates.Danger
	}
	return templates.Warning
}

func quorumWords(t templates.Text, l governance.LevelPresent) string {
	return t.T("page.votes.quorum_of", "Level", t.T("level."+string(l.Level)), "Present", l.Present, "Seats", l.Seats, "Least", l.Least)
}

// endedWords tells how a ballot ended.
func endedWords(t templates.Text, b governance.Ballot) string {
	return t.T(b.EndedKey())
}

// whyWords tells why a motion was not adopted, "" where it was.
func whyWords(t templates.Text, r governance.Result) string {
	if r.Reason == "" {
		return ""
	}
	where := t.T("level.whole")
	if r.Where != "" {
		where = t.T("level." + string(r.Where))
	}
	return t.T("explain.why."+string(r.Reason), "Where", where)
}

func saidWord(v governance.VoterRow) string {
	if v.Cast.Vote == governance.Silent {
		return "vote.silent"
	}
	return "vote." + string(v.Cast.Vote)
}

func voterName(t templates.Text, v governance.VoterRow) string {
	if v.For != "" {
		return t.T("page.votes.in_place", "Name", v.Name, "Member", v.For)
	}
	return v.Name
}

// voteOptions are what can be said in a ballot.
func voteOptions(t templates.Text, abstain bool, chosen governance.Vote) []templates.Option {
	var options []templates.Option
	for _, v := range governance.Votes {
		if v != governance.Abstained || abstain {
			options = append(options, templates.Option{Value: string(v), Label: t.T("vote." + string(v)), Chosen: v == chosen})
		}
	}
	return options
}

func candidateOptions(t templates.Text, candidates []governance.Nominee) []templates.Option {
	var options []templates.Option
	for _, c := range candidates {
		options = append(options, templates.Option{Value: strconv.FormatInt(int64(c.ID), 10), Label: c.Name})
	}
	return append(options, templates.Option{Value: "0", Label: t.T("vote.blank")})
}

// bar is one part of a picture of votes, in percent of its width.
type bar struct {
	kind     string
	from, to int
}

// bars are the votes of a level, yes first: the whole width is its seats that voted or could.
func bars(c governance.Count) []bar {
	whole := max(c.Yes+c.No+c.Abstained, 1)
	yes, no := 100*c.Yes/whole, 100*(c.Yes+c.No)/whole
	return []bar{{"yes", 0, yes}, {"no", yes, no}, {"abstained", no, 100 * (c.Yes + c.No + c.Abstained) / whole}}
}

func (b bar) x() string     { return strconv.Itoa(b.from) }
func (b bar) width() string { return strconv.Itoa(b.to - b.from) }

// standingWidth is how wide the bar of a candidate is.
func standingWidth(votes, most int) string { return strconv.Itoa(100 * votes / max(most, 1)) }

func candidateName(m governance.MotionRow, id governance.CandidateID) string {
	for _, c := range m.Candidates {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// saidWords is what somebody said, with the reason.
func saidWords(t templates.Text, v governance.VoterRow) string {
	if v.Cast.Reason != "" {
		return t.T(saidWord(v)) + " – " + v.Cast.Reason
	}
	return t.T(saidWord(v))
}
