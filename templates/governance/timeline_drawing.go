package governance

import (
	"fmt"
	"time"

	"github.com/samraad/samraad/governance"
)

// The measures of the picture of a timeline, in units of the drawing.
const (
	timeWide   = 420
	timeMargin = 10 // on both sides, so that marks at the ends are whole
	laneStep   = 52
	laneTop    = 32
	markSize   = 5
)

// markKind is what a mark of the picture tells of.
type markKind int

const (
	deedMark     markKind = iota // a ring
	decisionMark                 // a filled square
	wordMark                     // a triangle
	sentMark                     // an arrow's head
)

// mark is one shape of the picture.
type mark struct {
	Path   string
	Filled bool
}

// at is the mark of a kind around a point.
func (k markKind) at(x, y int) mark {
	const r = markSize
	switch k {
	case decisionMark:
		return mark{fmt.Sprintf("M%d %dh%dv%dh-%dz", x-r, y-r, 2*r, 2*r, 2*r), true}
	case wordMark:
		return mark{fmt.Sprintf("M%d %dl%d %dh-%dz", x, y-r, r, 2*r, 2*r), false}
	case sentMark:
		return mark{fmt.Sprintf("M%d %dl%d %dh-%dz", x, y+r, r, -2*r, 2*r), true}
	}
	return mark{fmt.Sprintf("M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 -%d 0z", x-r+1, y, r-1, r-1, 2*r-2, r-1, r-1, 2*r-2), false}
}

// laneLine is the line of one forum, from when it has the matter.
type laneLine struct{ Y, From, To int }

// sending is an arrow from one lane to another.
type sending struct{ X, Y, To int }

// head is the arrow's head, that points to where the matter goes.
func (s sending) head() string {
	if s.To < s.Y {
		return fmt.Sprintf("M%d %dl4 8h-8z", s.X, s.To+1)
	}
	return fmt.Sprintf("M%d %dl4 -8h-8z", s.X, s.To)
}

// timeDrawing is the picture of a timeline.
type timeDrawing struct {
	First, Last time.Time
	Tall        int
	Lanes       []laneLine
	Sent        []sending
	Marks       []mark
}

// drawTimeline places what happened along one line of time, from the first to the last.
func drawTimeline(t *governance.Timeline) timeDrawing {
	d := timeDrawing{Tall: laneTop + len(t.Lanes)*laneStep}
	see := func(at time.Time) {
		if at.IsZero() {
			return
		}
		if d.First.IsZero() || at.Before(d.First) {
			d.First = at
		}
		if at.After(d.Last) {
			d.Last = at
		}
	}
	for _, m := range t.Moments {
		see(m.At)
	}
	for _, lane := range t.Lanes {
		see(lane.Came)
		see(lane.Back)
	}
	for i, lane := range t.Lanes {
		line := laneLine{Y: laneTop + i*laneStep, From: timeMargin, To: timeWide - timeMargin}
		if !lane.Came.IsZero() {
			line.From = d.x(lane.Came)
		}
		d.Lanes = append(d.Lanes, line)
	}
	for i, lane := range t.Lanes {
		if lane.From < 0 {
			continue
		}
		here, there := d.Lanes[i].Y, d.Lanes[lane.From].Y
		d.Sent = append(d.Sent, sending{d.x(lane.Came), there, here})
		if !lane.Back.IsZero() {
			d.Sent = append(d.Sent, sending{d.x(lane.Back), here, there})
		}
	}
	for _, m := range t.Moments {
		kind := decisionMark
		switch {
		case m.Deed != nil:
			kind = deedMark
		case m.Word != nil:
			kind = wordMark
		}
		d.Marks = append(d.Marks, kind.at(d.x(m.At), d.Lanes[m.Lane].Y))
	}
	return d
}

// x is where an instant lies.
func (d *timeDrawing) x(at time.Time) int {
	whole := d.Last.Sub(d.First)
	if whole <= 0 {
		return timeWide / 2
	}
	return timeMargin + int(int64(timeWide-2*timeMargin)*at.Sub(d.First).Milliseconds()/max(whole.Milliseconds(), 1))
}
