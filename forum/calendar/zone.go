package calendar

import (
	"strings"
	"time"
	_ "time/tzdata" // zone names are understood on a machine without a zone database too

	"github.com/emersion/go-ical"
)

// zone knows how far its clocks are ahead of UTC at an instant.
type zone interface {
	offset(at time.Time) time.Duration
}

type namedZone struct{ location *time.Location }

func (z namedZone) offset(at time.Time) time.Duration {
	_, seconds := at.In(z.location).Zone()
	return time.Duration(seconds) * time.Second
}

type fixedZone time.Duration

func (z fixedZone) offset(time.Time) time.Duration { return time.Duration(z) }

// maxZones bounds how many zone names of one object are looked up, and how many definitions of one calendar are kept.
const maxZones = 200

// zones resolves the zone names of one calendar.
type zones struct {
	names   *zoneNames
	defined map[string]zone
	// floating holds for times that name no zone.
	floating zone
}

func newZones(calendar *rawCalendar, names *zoneNames) *zones {
	z := &zones{names: names, defined: map[string]zone{}, floating: namedZone{oslo}}
	for _, raw := range calendar.zones {
		name := zoneName(raw.props.first(ical.PropTimezoneID).Value)
		if _, twice := z.defined[name]; twice || len(z.defined) == maxZones {
			continue
		}
		if defined := newRuleZone(raw, names.work); defined != nil {
			z.defined[name] = defined
		}
	}
	if own := z.named(calendar.props.first("X-WR-TIMEZONE").Value); own != nil {
		z.floating = own
	}
	return z
}

// moment reads the value of a property in the zone that it names; false if either is not understood.
func (z *zones) moment(prop ical.Prop) (moment, bool) {
	found, ok := parseMoment(prop.Value)
	if !ok || found.zone != nil {
		return found, ok
	}
	found.zone = z.floating
	if id := param(prop, ical.ParamTimezoneID); id != "" && !found.isDate {
		found.zone = z.named(id)
	}
	return found, found.zone != nil
}

// named finds a zone by its name, then by the definition that came along; nil if it is unknown.
func (z *zones) named(id string) zone {
	name := zoneName(id)
	if name == "" {
		return nil
	}
	if found := z.names.find(name); found != nil {
		return found
	}
	if found := z.defined[name]; found != nil {
		return found
	}
	if len(z.defined) == 1 {
		for _, only := range z.defined {
			return only
		}
	}
	return nil
}

// zoneNames remembers what was looked up for one object.
type zoneNames struct {
	found map[string]zone
	work  *effort
}

func newZoneNames(work *effort) *zoneNames { return &zoneNames{found: map[string]zone{}, work: work} }

func (n *zoneNames) find(name string) zone {
	if found, ok := n.found[name]; ok || len(n.found) == maxZones {
		return found
	}
	*n.work += lookUpEffort
	n.found[name] = lookUp(name)
	return n.found[name]
}

// lookUpEffort stands for reading the zone database.
const lookUpEffort = 1000

func zoneName(id string) string { return strings.Trim(text(id), "\" '") }

// lookUp knows IANA names, with the prefixes that some programs put before them, the names of Windows, and plain offsets.
func lookUp(name string) zone {
	if len(name) > 200 {
		return nil
	}
	name = strings.TrimPrefix(name, "tzone://Microsoft/")
	if location := iana(name); location != nil {
		return namedZone{location}
	}
	if offset, ok := parseOffset(strings.TrimLeft(strings.ToUpper(name), "UTCGM")); ok {
		return fixedZone(offset)
	}
	for range 2 {
		_, rest, found := strings.Cut(strings.TrimPrefix(name, "/"), "/")
		if !found {
			break
		}
		name = rest
		if location := iana(name); location != nil {
			return namedZone{location}
		}
	}
	return nil
}

func iana(name string) *time.Location {
	if windows, ok := windowsZones[strings.ToLower(name)]; ok {
		name = windows
	}
	if name == "" || strings.EqualFold(name, "Local") {
		return nil
	}
	if strings.EqualFold(name, "Z") {
		return time.UTC
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return location
}
