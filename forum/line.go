package forum

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ItemKind is what an agenda item asks of the meeting; it begins as the
// matter's own and can be changed for the meeting.
type ItemKind string

// The kinds of item.
const (
	DecisionItem   ItemKind = "decision"
	DiscussionItem ItemKind = "discussion"
	BriefingItem   ItemKind = "briefing"
	NotingItem     ItemKind = "noting"
	StructuralItem ItemKind = "structural-change"
)

// ItemKinds lists them.
var ItemKinds = []ItemKind{DecisionItem, DiscussionItem, BriefingItem, NotingItem, StructuralItem}

// usualMinutes is how long an item of a kind lasts until a secretary says otherwise.
var usualMinutes = map[ItemKind]int{DecisionItem: 20, DiscussionItem: 20, BriefingItem: 10, NotingItem: 5, StructuralItem: 30}

// Line is one line of a meeting's running order: a matter's item, a standing
// item, or a pause. Key names it in every revision of the agenda.
type Line struct {
	Key       string
	Item      ItemID // of a matter, 0 otherwise
	What      LineSort
	Level     Level  // whose slot it is
	Title     string // of an own line or a pause, "" for the usual one
	Kind      ItemKind
	Minutes   int
	Presenter Presenter
}

// Presenter is who leads a line: someone with a seat, or anybody by name.
type Presenter struct {
	PersonID PersonID // 0 for free text
	Name     string
}

// LineEntry is a line as an editor wrote it. A key that begins with "own-" or
// "pause-" makes a new line of that sort.
type LineEntry struct {
	Key       string
	Title     string
	Kind      ItemKind
	Minutes   int
	Presenter string
}

// AgendaRevisionID identifies one saved version of an agenda.
type AgendaRevisionID int64

// AgendaRevision is one saved version of a meeting's running order, numbered
// from 1. Revisions are never changed: a save adds one.
type AgendaRevision struct {
	ID        AgendaRevisionID
	MeetingID MeetingID
	Number    int
	Lines     []Line
	SavedBy   PersonID
	SavedAt   time.Time
}

// AgendaRevisionKeeper keeps the versions of agendas.
type AgendaRevisionKeeper interface {
	// AgendaRevision is one version of a meeting's agenda, or the newest for the number 0; NotFound when there is none.
	AgendaRevision(ctx context.Context, meeting MeetingID, number int) (*AgendaRevision, error)
	// SaveAgendaRevision adds a version; Conflict when the meeting has one of that number.
	SaveAgendaRevision(ctx context.Context, revision *AgendaRevision) error
}

// Span is from when to when something lasts.
type Span struct {
	Start, End time.Time // UTC
}

// RunningTimes are the clock times of lines that follow each other from a start.
func RunningTimes(start time.Time, lines []Line) []Span {
	spans := make([]Span, len(lines))
	for i, line := range lines {
		spans[i] = Span{start, start.Add(time.Duration(line.Minutes) * time.Minute)}
		start = spans[i].End
	}
	return spans
}

// matterLine is the line that an item begins as. What both levels have not had
// their days for can be discussed, but not decided: nobody is kept from speaking of
// a matter early, and nobody meets it finished.
func matterLine(item Item, matter *Matter, ripe bool) Line {
	kind := ItemKind(matter.Kind)
	if !ripe {
		kind = DiscussionItem
	}
	return Line{Key: fmt.Sprintf("item-%d", item.ID), Item: item.ID, Kind: kind, Minutes: usualMinutes[kind]}
}

// runningOrder brings the lines that were saved to where the matters are now:
// the lines of those taken off go, those new come last before the standing
// items at the end.
func runningOrder(saved, atEnd []Line, fresh map[ItemID]Line, items []Item) []Line {
	standing := map[ItemID]bool{}
	for _, item := range items {
		standing[item.ID] = true
	}
	lines := slices.DeleteFunc(slices.Clone(saved), func(l Line) bool { return l.Item != 0 && !standing[l.Item] })
	for _, line := range lines {
		delete(fresh, line.Item)
	}
	at := len(lines)
	for at > 0 && slices.ContainsFunc(atEnd, func(l Line) bool { return l.Key == lines[at-1].Key }) {
		at--
	}
	for _, item := range items {
		if line, new := fresh[item.ID]; new {
			lines = slices.Insert(lines, at, line)
			at++
		}
	}
	return lines
}

// identified gives the entry the identity of the line that its key names.
func (e LineEntry) identified(known map[string]Line) (Line, bool) {
	if line, ok := known[e.Key]; ok {
		return line, true
	}
	for _, sort := range []LineSort{OwnLine, PauseLine} {
		if name, ok := strings.CutPrefix(e.Key, string(sort)+"-"); ok && name != "" && len(name) <= secretLength && strings.Trim(name, secretLetters) == "" {
			return Line{Key: e.Key, What: sort}, true
		}
	}
	return Line{}, false
}

// secretLetters are what a secret is made of.
const secretLetters = "abcdefghijklmnopqrstuvwxyz234567"

// NewLineKey names a line that an editor adds.
func NewLineKey(sort LineSort) string { return string(sort) + "-" + NewSecret()[:12] }

// write fills a line with what an editor wrote of it.
func (e LineEntry) write(line Line, presenter func(name string) Presenter) (Line, error) {
	if e.Minutes < 0 || e.Minutes > longestMinutes {
		return line, Refuse(Invalid, "error.agenda.minutes", "Most", longestMinutes).On("minutes-" + e.Key)
	}
	for field, text := range map[string]string{"title-": e.Title, "presenter-": e.Presenter} {
		if HasIdentityNumber(text) {
			return line, Refuse(Invalid, "error.identity_number").On(field + e.Key)
		}
	}
	line.Minutes = e.Minutes
	if line.What == PauseLine || line.What == OwnLine {
		title, err := titled(e.Title)
		if err != nil && (line.What == OwnLine || strings.TrimSpace(e.Title) != "") {
			return line, err.(*Error).On("title-" + e.Key)
		}
		line.Title = title
	}
	if line.What == PauseLine {
		return line, nil
	}
	if !slices.Contains(ItemKinds, e.Kind) {
		return line, Refuse(Invalid, "error.agenda.kind").On("kind-" + e.Key)
	}
	line.Kind = e.Kind
	name := strings.Join(strings.Fields(e.Presenter), " ")
	if len([]rune(name)) > longestTitle {
		return line, Refuse(Invalid, "error.too_long", "Most", longestTitle).On("presenter-" + e.Key)
	}
	line.Presenter = presenter(name)
	return line, nil
}

// Entry is a line as an editor meets it.
func (l Line) Entry() LineEntry {
	return LineEntry{Key: l.Key, Title: l.Title, Kind: l.Kind, Minutes: l.Minutes, Presenter: l.Presenter.Name}
}
