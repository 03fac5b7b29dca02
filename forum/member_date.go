package forum

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDay    = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})([ T][\d:.Z]*)?$`)
	dottedDay = regexp.MustCompile(`^(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d{2})\.?( [\d:.]+)?$`)
	dashedDay = regexp.MustCompile(`^(\d{1,2})\s*/\s*(\d{1,2})\s*[- ]\s*(\d{4}|\d{2})$`)
	slashDay  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	namedDay  = regexp.MustCompile(`^(\d{1,2})\.?\s+(\pL+)\.?\s+(\d{4})$`)
	packedDay = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	serialDay = regexp.MustCompile(`^(\d{5})([.,]\d+)?$`)
)

// monthNames begin as the months do in nynorsk, bokmål and English.
var monthNames = []struct {
	begins string
	month  int
}{
	{"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"mai", 5}, {"may", 5}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sep", 9}, {"okt", 10}, {"oct", 10}, {"nov", 11}, {"des", 12}, {"dec", 12},
}

// Serial numbers that a spreadsheet shows for days: counted from the last but
// one of 1899, since Excel takes 1900 for a leap year. Those outside are numbers.
const (
	firstSerial = 25569 // 1970-01-01
	lastSerial  = 73050 // 2099-12-31
)

// ReadDate reads a day as people and spreadsheets write it in Norway: 2026-03-01,
// 1.3.2026, 01.03.26, 1/3-2026, 1. mars 2026, 46082. With two slashes the day is
// known only if it cannot be a month. Invalid for all else.
func ReadDate(text string) (Date, error) {
	text = strings.TrimSpace(text)
	refusal := Refuse(Invalid, "error.date", "Given", text)
	if found := isoDay.FindStringSubmatch(text); found != nil {
		return calendarDay(found[1], found[2], found[3], refusal)
	}
	for _, form := range []*regexp.Regexp{dottedDay, dashedDay} {
		if found := form.FindStringSubmatch(text); found != nil {
			return calendarDay(found[3], found[2], found[1], refusal)
		}
	}
	if found := packedDay.FindStringSubmatch(text); found != nil {
		return calendarDay(found[1], found[2], found[3], refusal)
	}
	if found := slashDay.FindStringSubmatch(text); found != nil {
		if day, _ := strconv.Atoi(found[1]); day <= 12 && found[1] != found[2] {
			return "", refusal // 3/1/2026 is one day in Norway and another in America
		}
		return calendarDay(found[3], found[2], found[1], refusal)
	}
	if found := namedDay.FindStringSubmatch(text); found != nil {
		name := strings.ToLower(found[2])
		for _, m := range monthNames {
			if strings.HasPrefix(name, m.begins) {
				return calendarDay(found[3], strconv.Itoa(m.month), found[1], refusal)
			}
		}
		return "", refusal
	}
	if found := serialDay.FindStringSubmatch(text); found != nil {
		if days, _ := strconv.Atoi(found[1]); days >= firstSerial && days <= lastSerial {
			return Date(time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), nil
		}
	}
	return "", refusal
}

// calendarDay is a day that exists; a year of two digits is one of this century.
func calendarDay(year, month, day string, refusal error) (Date, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if len(year) == 2 {
		y += 2000
	}
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if date.Day() != d || int(date.Month()) != m || y < 1900 {
		return "", refusal
	}
	return Date(date.Format(time.DateOnly)), nil
}
