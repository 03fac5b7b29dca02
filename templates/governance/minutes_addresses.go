package governance

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// MinutesAddress is a version of minutes, an act on it, or a page about it.
func MinutesAddress(id governance.MinutesID, parts ...string) string {
	return strings.Join(append([]string{fmt.Sprintf("/minutes/%d", id)}, parts...), "/")
}

// MinutesItemAddress is the editor at an item.
func MinutesItemAddress(id governance.MinutesID, item string) string {
	return MinutesAddress(id, "edit") + "#" + minutesItemID(item)
}

func minutesItemID(item string) string {
	if item == "" {
		return "minutes-whole"
	}
	return "minutes-" + item
}

// MinutesItemTitle names an item of minutes for a reader.
func MinutesItemTitle(t templates.Text, item governance.RecordedItem) string {
	if item.What == governance.GoneLine {
		return t.T("minutes.gone")
	}
	title := item.Title
	if item.FullTitle != "" {
		title = item.FullTitle
	}
	return strings.TrimSpace(item.Number + " " + pages.LineTitle(t, item.What, item.Level, title))
}

// MinutesPersonLine is somebody who was there, in one line.
func MinutesPersonLine(t templates.Text, p governance.RecordedPerson) string {
	line := p.Name
	if p.Organisation != "" {
		line += ", " + p.Organisation
	}
	line += " (" + t.T("capacity."+string(p.Capacity)) + ")"
	if p.InPlace != "" {
		line += ", " + t.T("minutes.in_place", "Name", p.InPlace)
	}
	return line
}

// MinutesStays tells from when to when somebody was there, "" for who was there
// all along.
func MinutesStays(t templates.Text, r governance.Record, p governance.RecordedPerson) string {
	var parts []string
	for i, s := range p.Stays {
		late, early := s.Came.After(r.Start) || i > 0, !s.Left.IsZero() && s.Left.Before(r.End)
		switch {
		case late && early:
			parts = append(parts, t.T("minutes.came_left", "Came", t.TimeOfDay(s.Came), "Left", t.TimeOfDay(s.Left)))
		case late:
			parts = append(parts, t.T("minutes.came", "Came", t.TimeOfDay(s.Came)))
		case early:
			parts = append(parts, t.T("minutes.left", "Left", t.TimeOfDay(s.Left)))
		}
	}
	return strings.Join(parts, ", ")
}

// MinutesActionLine is an action in one line.
func MinutesActionLine(t templates.Text, a governance.RecordedAction) string {
	who := a.Organisation
	if a.Owner != "" {
		who += ", " + a.Owner
	}
	return t.T("minutes.action_line", "Who", who, "Text", a.Text, "Due", minutesDate(t, string(a.Due)))
}

// minutesNumber is an id as a form sends it.
func minutesNumber(id int64) string { return strconv.FormatInt(id, 10) }

// MinutesNoteField names a question of the forms beside an item's texts, of which a
// page has as many as items.
func MinutesNoteField(item, name string) string { return name + "-" + item }

// minutesStep says one step of what became of a motion.
func minutesStep(t templates.Text, l governance.Line) string {
	return templates.Explain(t, l.Key, l.Words, l.Args)
}
