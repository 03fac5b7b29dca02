package forum

import (
	"slices"
	"time"
)

// NoRemarkID identifies a "no remark".
type NoRemarkID int64

// NoRemark is a level's word that it has nothing to add to a draft.
type NoRemark struct {
	ID             NoRemarkID
	MatterID       MatterID
	Level          Level
	PersonID       PersonID
	OrganisationID OrganisationID
	SaidAt         time.Time
}

// GateHalf is what one of the equal levels has given to a draft.
type GateHalf struct {
	Level        Level
	Contribution *DraftVersion // the first of the level, nil for none
	NoRemark     *NoRemark     // nil for none
}

// Given tells whether the level has contributed, or said that it has no remark.
func (h GateHalf) Given() bool { return h.Contribution != nil || h.NoRemark != nil }

// Gate is what a matter waits for before it is ready: a contribution or "no
// remark" from each of the equal levels, but no longer than the mandate's days.
// Of other kinds than decisions and structural changes nothing is asked.
type Gate struct {
	Needed bool
	Since  time.Time // the levels could contribute from then on
	Until  time.Time // the end of the last of the mandate's days
	Halves [2]GateHalf
}

// gated tells whether a matter needs both levels before it is decided.
func (m *Matter) gated() bool { return m.Kind == DecisionMatter || m.Kind == StructuralChange }

// gateOf is the gate of a matter whose sections have these versions. A text that
// counts is one that was saved: a comment alone is no contribution, so that an
// objection in a thread opens nothing.
func gateOf(m *Matter, since time.Time, days int, versions []DraftVersion, remarks []NoRemark) Gate {
	gate := Gate{Needed: m.gated(), Since: since, Until: draftedBy(since, days)}
	for i, level := range []Level{Municipal, Specialist} {
		half := &gate.Halves[i]
		half.Level = level
		for _, v := range versions {
			if v.Level == level && (half.Contribution == nil || v.WrittenAt.Before(half.Contribution.WrittenAt)) {
				half.Contribution = &v
			}
		}
		if at := slices.IndexFunc(remarks, func(r NoRemark) bool { return r.Level == level }); at >= 0 {
			half.NoRemark = &remarks[at]
		}
	}
	return gate
}

// Missing are the levels that have given nothing.
func (g Gate) Missing() (levels []Level) {
	for _, half := range g.Halves {
		if !half.Given() {
			levels = append(levels, half.Level)
		}
	}
	return levels
}

// Over tells whether the mandate's days are over.
func (g Gate) Over(now time.Time) bool { return !now.Before(g.Until) }

// Open tells whether the matter may be made ready, and be decided.
func (g Gate) Open(now time.Time) bool {
	return !g.Needed || len(g.Missing()) == 0 || g.Over(now)
}
