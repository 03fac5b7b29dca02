package forum_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestReadDate(t *testing.T) {
	for text, want := range map[string]forum.Date{
		"2026-03-01": "2026-03-01", "2026-3-1": "2026-03-01", "2026-03-01 00:00:00": "2026-03-01", "2026-03-01T00:00:00Z": "2026-03-01", "20260301": "2026-03-01",
		"1.3.2026": "2026-03-01", "01.03.26": "2026-03-01", " 1. 3. 2026 ": "2026-03-01", "01.03.2026 00:00": "2026-03-01", "1/3-26": "2026-03-01", "1/3 2026": "2026-03-01",
		"31/12/2026": "2026-12-31", "3/3/2026": "2026-03-03", "1. mars 2026": "2026-03-01", "1 des. 2026": "2026-12-01", "24 May 2026": "2026-05-24", "29.2.2028": "2028-02-29",
		"46082": "2026-03-01", "46082.5": "2026-03-01", "25569": "1970-01-01",
		"": "", "i morgon": "", "2026": "", "3/1/2026": "", "31.2.2026": "", "29.2.2026": "", "2026-13-01": "", "32.1.2026": "", "1.3": "", "99999": "", "1.3.2026 til 1.4.2027": "",
		"1. kvartal 2026": "", "1.1.1600": "",
	} {
		got, err := forum.ReadDate(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ReadDate(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
}

// TestEveryDayIsReadBack writes a day in every way that is sure, the serial
// number of a spreadsheet included, which counts the days.
func TestEveryDayIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.IntRange(25569+10957, 73050).Draw(t, "serial") // 2000 to 2099
		day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, serial)
		for _, layout := range []string{"2006-01-02", "2.1.2006", "02.01.06", "2/1-2006", "2. January 2006", "20060102"} {
			if got, err := forum.ReadDate(day.Format(layout)); err != nil || string(got) != day.Format(time.DateOnly) {
				t.Fatalf("ReadDate(%q) = %q, %v", day.Format(layout), got, err)
			}
		}
	})
}
