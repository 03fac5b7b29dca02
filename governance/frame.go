package governance

import "github.com/samraad/samraad/forum"

// Frame is what a rule profile sets beyond the mandate.
type Frame struct {
	// Abstain is whether members may abstain. In bodies under the municipal act
	// everyone present votes, blank votes are for elections (koml. § 8-1).
	Abstain bool
	// CastingVote is whether the vote of who leads the meeting breaks a tie
	// (koml. § 11-9; helseføretakslova § 26).
	CastingVote bool
	// WrittenByAll is whether a written procedure needs every member's yes to the
	// proposal (koml. § 11-8).
	WrittenByAll bool
}

// frames is one frame for each rule profile.
var frames = map[forum.RuleProfile]Frame{
	forum.AgreementProfile:    {Abstain: true},
	forum.MunicipalActProfile: {CastingVote: true, WrittenByAll: true},
	forum.TrustBoardProfile:   {Abstain: true, CastingVote: true},
}

// FrameOf is the frame of a rule profile.
func FrameOf(profile forum.RuleProfile) Frame { return frames[profile] }
