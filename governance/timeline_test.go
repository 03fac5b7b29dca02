package governance_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// TestOneTimelineOfAllForums sends a matter up, decides it there, which answers, and looks
// at its timeline as people who read it in both forums, or in one.
func TestOneTimelineOfAllForums(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		e := done(h, escalated(h.as(secretary), h.matter, top))
		h.now = h.now.Add(time.Hour)
		done(h, func(ctx context.Context, tx Tx) ([]Decision, error) {
			return Enact(ctx, tx, forum.Actor{}, 1, []Enactment{{ForumID: top, MeetingID: h.meeting, MatterID: e.ToMatter, Text: "Bygg."}})
		})
		for name, test := range map[string]struct {
			who  string
			of   forum.MatterID
			open []bool // by lane
			here int
			has  []string // deeds and decisions of each lane, of those that tell of the way
		}{
			"in both, from below":  {chair, h.matter, []bool{true, true}, 0, []string{"0 matter_sent_up", "1 decision", "0 escalation_decided", "1 escalation_decided"}},
			"in both, from above":  {chair, e.ToMatter, []bool{true, true}, 1, []string{"0 matter_sent_up", "1 decision", "0 escalation_decided", "1 escalation_decided"}},
			"in the council alone": {bergen, h.matter, []bool{true, false}, 0, []string{"0 matter_sent_up", "0 escalation_decided"}},
			"above alone":          {topSecretary, e.ToMatter, []bool{false, true}, 1, []string{"1 decision", "1 escalation_decided"}},
		} {
			t.Run(name, func(t *testing.T) {
				line := seen(h, func(ctx context.Context, tx Tx) (*Timeline, error) {
					return ReadTimeline(ctx, tx, h.as(test.who), test.of)
				})
				if line.Matter.ID != test.of || line.Forum.ID != line.Lanes[test.here].Forum.ID || line.Lanes[1].From != 0 || line.Lanes[0].From != -1 {
					t.Errorf("%+v", line)
				}
				if !line.Lanes[0].Came.IsZero() || !line.Lanes[1].Came.Equal(e.AskedAt) || !line.Lanes[1].Back.Equal(h.now) {
					t.Errorf("the way: %+v", line.Lanes)
				}
				var has []string
				for i, m := range line.Moments {
					if i > 0 && m.At.Before(line.Moments[i-1].At) {
						t.Error("it is not in order of time")
					}
					if !test.open[m.Lane] || m.Forum.ID != line.Lanes[m.Lane].Forum.ID {
						t.Errorf("%+v is told", m)
					}
					what := "decision"
					if m.Deed != nil {
						what = m.Deed.Deed
					}
					if slices.Contains([]string{"matter_sent_up", "decision", "escalation_decided"}, what) {
						has = append(has, string(rune('0'+m.Lane))+" "+what)
					}
				}
				for i, open := range test.open {
					if line.Lanes[i].MayOpen != open || line.Lanes[i].Here != (i == test.here) {
						t.Errorf("lane %d: %+v", i, line.Lanes[i])
					}
				}
				if diff := cmp.Diff(test.has, has); diff != "" {
					t.Error(diff)
				}
			})
		}
		_, err := try(h, func(ctx context.Context, tx Tx) (*Timeline, error) {
			return ReadTimeline(ctx, tx, h.as(bergen), e.ToMatter)
		})
		if !forum.IsKind(err, forum.Forbidden) {
			t.Errorf("who reads it nowhere above opens it there: %v", err)
		}
	})
}
