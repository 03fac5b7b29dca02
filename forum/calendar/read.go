package calendar

import (
	"errors"
	"regexp"
	"strings"
)

// MaxSize is the largest incoming object that Read looks at, in octets.
const MaxSize = 2 << 20

var (
	// ErrTooLarge says that an object is larger than MaxSize.
	ErrTooLarge = errors.New("calendar: the object is larger than 2 MB")
	// ErrNoCalendar says that there is nothing in the data that looks like a calendar object.
	ErrNoCalendar = errors.New("calendar: no calendar object found")
)

// Read understands an incoming calendar object (RFC 5545, RFC 5546, vCalendar 1.0) as leniently as it can, in time linear in its
// size. Several calendars in one object are read as one, except those that name another method than the first that names one.
// A recurrence rule is never expanded. The errors are ErrTooLarge and ErrNoCalendar.
func Read(data []byte) (*Object, error) {
	return read(data, new(effort))
}

// effort counts what a reading looks at, so that a test can hold it against the size of the input.
type effort int

func read(data []byte, work *effort) (*Object, error) {
	if len(data) > MaxSize {
		return nil, ErrTooLarge
	}
	*work += effort(len(data))
	data = fromFirstCalendar(plainBytes(data))
	calendars := newTree(work)
	lines := lineReader{rest: data, work: work}
	for {
		raw, ok := lines.next()
		if !ok {
			break
		}
		if line, ok := parseLine(raw, work); ok {
			calendars.take(line)
		}
	}
	found := calendars.calendars
	if len(found) == 0 {
		return nil, ErrNoCalendar
	}
	return join(found, work), nil
}

var firstCalendar = regexp.MustCompile(`(?i)BEGIN:VCALENDAR`)

// fromFirstCalendar cuts off what stands before the first calendar, such as mail headers.
func fromFirstCalendar(data []byte) []byte {
	if found := firstCalendar.FindIndex(data); found != nil {
		return data[found[0]:]
	}
	return data
}

func join(found []*rawCalendar, work *effort) *Object {
	object := &Object{}
	for _, calendar := range found {
		if object.Method == "" {
			object.Method = calendar.method()
		}
	}
	names := newZoneNames(work)
	for _, calendar := range found {
		if method := calendar.method(); method != "" && method != object.Method {
			continue
		}
		zones := newZones(calendar, names)
		for _, event := range calendar.events {
			object.Entries = append(object.Entries, readEntry(event, zones))
		}
	}
	return object
}

var wordSpelling = strings.NewReplacer("_", "-", " ", "-")

// word brings a keyword to the spelling of the RFC: upper case, hyphens for underscores and spaces.
func word(value string) string {
	return strings.ToUpper(wordSpelling.Replace(strings.TrimSpace(value)))
}
