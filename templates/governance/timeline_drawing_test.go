package governance

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/governance"
)

// TestTimeIsDrawnInOrder draws happenings of any times and lanes: all lie within the
// picture, and later ones never left of earlier ones.
func TestTimeIsDrawnInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		instant := rapid.Custom(func(t *rapid.T) time.Time {
			return time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "at"), 0)
		})
		line := &governance.Timeline{Lanes: []governance.Lane{{From: -1}}}
		for i := range rapid.IntRange(0, 4).Draw(t, "more lanes") {
			line.Lanes = append(line.Lanes, governance.Lane{From: rapid.IntRange(0, i).Draw(t, "from"), Came: instant.Draw(t, "came")})
		}
		times := rapid.SliceOf(instant).Draw(t, "moments")
		for _, at := range times {
			line.Moments = append(line.Moments, governance.Moment{At: at, Lane: rapid.IntRange(0, len(line.Lanes)-1).Draw(t, "lane")})
		}
		d := drawTimeline(line)
		if len(d.Marks) != len(times) || len(d.Lanes) != len(line.Lanes) || len(d.Sent) != len(line.Lanes)-1 {
			t.Fatalf("%d marks, %d lanes, %d sendings", len(d.Marks), len(d.Lanes), len(d.Sent))
		}
		for _, lane := range d.Lanes {
			if lane.Y <= 0 || lane.Y+markSize >= d.Tall-14 {
				t.Fatalf("a lane at %d of %d", lane.Y, d.Tall)
			}
		}
		for _, a := range times {
			if x := d.x(a); x < timeMargin || x > timeWide-timeMargin {
				t.Fatalf("%v is drawn at %d", a, x)
			}
			for _, b := range times {
				if a.Before(b) && d.x(a) > d.x(b) {
					t.Fatalf("%v is drawn right of %v", a, b)
				}
			}
		}
	})
}
