package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// lastYear is the last year that can be written in every zone (RFC 3339 has four digits).
const lastYear = 9998

// moment is a date, or a time of day on a date, as a clock on the wall shows it in a zone.
type moment struct {
	// wall holds the clock's reading as if it were UTC.
	wall   time.Time
	zone   zone
	isDate bool
}

func (m moment) instant() time.Time { return instantOf(m.wall, m.zone) }

// after is the moment some days later at the same time of day.
func (m moment) after(days int) moment {
	m.wall = m.wall.AddDate(0, 0, days)
	return m
}

// instantOf finds the instant at which the clock of a zone shows wall. RFC 5545 § 3.3.5: of two such instants the first; for a
// time that the clock skips, the offset before the gap.
func instantOf(wall time.Time, zone zone) time.Time {
	before := zone.offset(wall.AddDate(0, 0, -1))
	after := zone.offset(wall.AddDate(0, 0, 1))
	first := wall.Add(-before)
	if before == after || zone.offset(first) == before {
		return first
	}
	if second := wall.Add(-after); zone.offset(second) == after {
		return second
	}
	return first
}

var dateTime = regexp.MustCompile(
	`^(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ]?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?(Z|z|[+-]\d{2}:?\d{2})?)?$`)

// parseMoment reads DATE and DATE-TIME (RFC 5545 § 3.3.4, § 3.3.5) and their extended forms of ISO 8601. The zone is nil unless
// the text itself names UTC or an offset.
func parseMoment(value string) (moment, bool) {
	if len(value) > 64 {
		return moment{}, false
	}
	part := dateTime.FindStringSubmatch(strings.TrimSpace(value))
	if part == nil {
		return moment{}, false
	}
	var n [7]int
	for i := 1; i <= 6; i++ {
		n[i], _ = strconv.Atoi(part[i])
	}
	day := time.Date(n[1], time.Month(n[2]), n[3], 0, 0, 0, 0, time.UTC)
	if day.Day() != n[3] || n[1] < 2 || n[1] > lastYear || n[4] > 24 || n[5] > 59 || n[6] > 60 {
		return moment{}, false
	}
	found := moment{wall: time.Date(n[1], time.Month(n[2]), n[3], n[4], n[5], min(n[6], 59), 0, time.UTC), isDate: part[4] == ""}
	if part[7] != "" {
		found.zone = fixedZone(0)
		if offset, ok := parseOffset(part[7]); ok {
			found.zone = fixedZone(offset)
		}
	}
	return found, true
}

var utcOffset = regexp.MustCompile(`^([+-])(\d{2}):?(\d{2}):?(\d{2})?$`)

// parseOffset reads a UTC-OFFSET (RFC 5545 § 3.3.14).
func parseOffset(value string) (time.Duration, bool) {
	part := utcOffset.FindStringSubmatch(strings.TrimSpace(value))
	if part == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(part[2])
	minutes, _ := strconv.Atoi(part[3])
	seconds, _ := strconv.Atoi(part[4])
	if hours > 18 || minutes > 59 || seconds > 59 {
		return 0, false
	}
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second
	if part[1] == "-" {
		offset = -offset
	}
	return offset, true
}

var isoDuration = regexp.MustCompile(`^\+?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$`)

// duration reads a DURATION (RFC 5545 § 3.3.6): days, which follow the clock on the wall, and an exact rest. An event cannot last
// a negative time.
func duration(value string) (days int, exact time.Duration, ok bool) {
	if len(value) > 64 {
		return 0, 0, false
	}
	part := isoDuration.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(value)))
	if part == nil {
		return 0, 0, false
	}
	var n [6]int
	for i := 1; i <= 5; i++ {
		n[i], _ = strconv.Atoi(part[i])
	}
	exact = time.Duration(n[3])*time.Hour + time.Duration(n[4])*time.Minute + time.Duration(n[5])*time.Second
	return 7*n[1] + n[2], exact, true
}
