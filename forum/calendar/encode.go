package calendar

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

// maxLine is how many octets a line may have without its ending (RFC 5545 § 3.1).
const maxLine = 75

// propOrder is the order in which properties are written; others follow by name.
var propOrder = []string{
	ical.PropProductID, ical.PropVersion, ical.PropCalendarScale, ical.PropMethod,
	ical.PropTimezoneID, ical.PropUID, ical.PropRecurrenceID, ical.PropSequence, ical.PropDateTimeStamp,
	ical.PropDateTimeStart, ical.PropDateTimeEnd, ical.PropTimezoneOffsetFrom, ical.PropTimezoneOffsetTo,
	ical.PropTimezoneName, ical.PropRecurrenceRule, ical.PropStatus, ical.PropSummary, ical.PropLocation,
	ical.PropConference, ical.PropDescription, ical.PropOrganizer, ical.PropAttendee,
}

// encode writes a component (RFC 5545 § 3.4). Whatever stands in a property, it becomes exactly one property.
func encode(component *ical.Component) []byte {
	var out bytes.Buffer
	writeComponent(&out, component)
	return out.Bytes()
}

func writeComponent(out *bytes.Buffer, component *ical.Component) {
	writeLine(out, "BEGIN:"+component.Name)
	names := make([]string, 0, len(component.Props))
	for name := range component.Props {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) })
	for _, name := range names {
		for _, prop := range component.Props[name] {
			writeLine(out, contentLine(prop))
		}
	}
	for _, child := range component.Children {
		writeComponent(out, child)
	}
	writeLine(out, "END:"+component.Name)
}

func rank(name string) int {
	if at, ok := ranks[name]; ok {
		return at
	}
	return len(propOrder)
}

var ranks = func() map[string]int {
	ranks := map[string]int{}
	for at, name := range propOrder {
		ranks[name] = at
	}
	return ranks
}()

func contentLine(prop ical.Prop) string {
	var line strings.Builder
	line.WriteString(prop.Name)
	for _, name := range slices.Sorted(maps.Keys(prop.Params)) {
		line.WriteString(";" + name + "=")
		for i, value := range prop.Params[name] {
			if i > 0 {
				line.WriteByte(',')
			}
			line.WriteString(paramValue(value))
		}
	}
	line.WriteString(":" + strings.ReplaceAll(cleanLines(prop.Value), "\n", ""))
	return line.String()
}

// paramValue writes a parameter. A double quote becomes a single one, since many calendars do not know its escape (RFC 6868).
func paramValue(value string) string {
	value = toParam.Replace(cleanLine(value))
	if strings.ContainsAny(value, ",;:") {
		return `"` + value + `"`
	}
	return value
}

var toParam = strings.NewReplacer(`"`, "'", "^", "^^")

// escape writes a TEXT value (RFC 5545 § 3.3.11).
func escape(text string) string { return toText.Replace(cleanLines(text)) }

var toText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// writeLine folds a line between characters, so that no part of it is longer than maxLine.
func writeLine(out *bytes.Buffer, line string) {
	room := maxLine
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		out.WriteString(line[:cut])
		out.WriteString("\r\n ")
		line = line[cut:]
		room = maxLine - 1
	}
	out.WriteString(line)
	out.WriteString("\r\n")
}
