package forum

import (
	"context"
	"slices"
	"time"
)

// LevelGiven is that a level has given a draft what it waits for.
type LevelGiven struct {
	MatterID MatterID
	Level    Level
}

// AwaitingDrafts reads across drafts what levels have given.
type AwaitingDrafts interface {
	// LevelsGiven lists which levels have contributed to the drafts of matters, or said that they have no remark.
	LevelsGiven(ctx context.Context, matters []MatterID) ([]LevelGiven, error)
}

// draftsWaiting are the drafts to which a level that the reader sits for has given
// nothing, as long as the mandate's days last.
func draftsWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	drafts, err := a.DraftsUnready(ctx, a.Now().Add(-longestDrafting))
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	matters, err := gatedMatters(ctx, a, drafts)
	if err != nil || len(matters) == 0 {
		return nil, err
	}
	ids := make([]MatterID, len(matters))
	for i, m := range matters {
		ids[i] = m.ID
	}
	given, err := a.LevelsGiven(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, m := range matters {
		since := drafts[slices.IndexFunc(drafts, func(d Draft) bool { return d.MatterID == m.ID })].OpenedAt
		mandate, err := MandateOn(ctx, a, m.ForumID, a.today)
		if err != nil {
			return nil, err
		}
		by := draftedBy(since, mandate.DraftTime())
		if !by.After(a.Now()) {
			continue
		}
		levels, err := levelsOf(ctx, a, &m)
		if err != nil {
			return nil, err
		}
		for _, level := range levels {
			if !slices.Contains(given, LevelGiven{m.ID, level}) {
				found = append(found, Waiting{Sort: ContributionWaits, Forum: a.forums[m.ForumID], By: by, Since: since, Matter: m, Level: level})
			}
		}
	}
	return found, nil
}

// gatedMatters are those of drafts to which both levels have to contribute, in the
// forums where the reader may say something for a level.
func gatedMatters(ctx context.Context, a *ahead, drafts []Draft) (gated []Matter, err error) {
	forums, err := a.where(ctx, WaiveIt)
	if err != nil || len(forums) == 0 {
		return nil, err
	}
	for _, state := range []MatterState{Proposed, Placed} {
		matters, err := a.MattersIn(ctx, forums, state)
		if err != nil {
			return nil, err
		}
		for _, m := range matters {
			if m.awaitsDraft() && slices.ContainsFunc(drafts, func(d Draft) bool { return d.MatterID == m.ID }) {
				gated = append(gated, m)
			}
		}
	}
	return gated, nil
}

// levelsOf are the equal levels for which the reader may contribute to a matter's
// draft; of what is withheld from the reader none.
func levelsOf(ctx context.Context, a *ahead, m *Matter) (levels []Level, err error) {
	standings, err := a.by.StandingsOf(ctx, a, WaiveIt, m.ForumID)
	if err != nil {
		return nil, err
	}
	if m.Access == Exempt {
		reader, err := ReaderOf(ctx, a, a.by, m)
		if err != nil || m.Withheld(reader) {
			return nil, err
		}
	}
	for _, level := range []Level{Municipal, Specialist} {
		if slices.ContainsFunc(standings, func(s Standing) bool { return s.Level == level }) {
			levels = append(levels, level)
		}
	}
	return levels, nil
}

// draftedBy is the end of the last of the days that each level has to contribute
// to a draft.
func draftedBy(since time.Time, days int) time.Time { return DateOf(since).Before(-days).EndOf() }
