package forum

import (
	"fmt"
	"slices"
)

// LineSort is what a line of an agenda is when it is no matter; "" is a matter.
type LineSort string

// The sorts of line.
const (
	MatterLine     LineSort = ""
	NoticeLine     LineSort = "notice"         // approval of notice and agenda
	MinutesLine    LineSort = "minutes"        // approval of the last minutes
	LevelSlot      LineSort = "level-slot"     // one level tells the other what is new
	OtherBusiness  LineSort = "other-business" // what nobody had sent in
	OwnLine        LineSort = "own"            // named by its own title
	PauseLine      LineSort = "pause"
	longestMinutes          = 600
)

// MutualBriefing is the standing item that becomes a LevelSlot for each level.
const MutualBriefing LineSort = "briefing"

// StandingSorts lists what a mandate can put on every agenda.
var StandingSorts = []LineSort{NoticeLine, MinutesLine, MutualBriefing, OtherBusiness, OwnLine, PauseLine}

// TextKey names the words for a line of this sort that has no title of its own;
// level is whose slot it is.
func (s LineSort) TextKey(level Level) string {
	if s == LevelSlot {
		return "line.slot." + string(level)
	}
	return "line." + string(s)
}

// StandingItem is what a mandate puts on the agenda of every meeting. A mutual
// briefing has Minutes for each of the equal levels.
type StandingItem struct {
	What    LineSort
	Title   string // of an own line
	Minutes int
	AtEnd   bool // after the matters
}

// standingKinds are what standing lines ask of the meeting unless changed.
var standingKinds = map[LineSort]ItemKind{
	NoticeLine: DecisionItem, MinutesLine: DecisionItem, LevelSlot: BriefingItem, OtherBusiness: DiscussionItem, OwnLine: DiscussionItem,
}

// StandingLines are the lines that standing items become: those before the
// matters and those after them. Each mutual briefing gives both levels one slot
// of the same length.
func StandingLines(items []StandingItem) (before, after []Line) {
	for i, item := range items {
		lines := []Line{{Key: fmt.Sprintf("standing-%d", i+1), What: item.What, Title: item.Title, Minutes: item.Minutes, Kind: standingKinds[item.What]}}
		if item.What == MutualBriefing {
			lines = levelSlots(lines[0])
		}
		if item.AtEnd {
			after = append(after, lines...)
		} else {
			before = append(before, lines...)
		}
	}
	return before, after
}

func levelSlots(of Line) (slots []Line) {
	for _, level := range Levels {
		if level.Other() == "" {
			continue
		}
		slot := of
		slot.Key, slot.What, slot.Level, slot.Kind = of.Key+"-"+string(level), LevelSlot, level, standingKinds[LevelSlot]
		slots = append(slots, slot)
	}
	return slots
}

// evenSlots refuses an agenda on which one level has more slots than the other,
// or longer ones.
func evenSlots(lines []Line) error {
	minutes := map[Level][]int{}
	for _, line := range lines {
		if line.What == LevelSlot {
			minutes[line.Level] = append(minutes[line.Level], line.Minutes)
		}
	}
	slices.Sort(minutes[Municipal])
	slices.Sort(minutes[Specialist])
	if slices.Equal(minutes[Municipal], minutes[Specialist]) {
		return nil
	}
	for _, line := range lines {
		if line.What == LevelSlot {
			return Refuse(Invalid, "error.agenda.uneven").On("minutes-" + line.Key)
		}
	}
	return nil
}
