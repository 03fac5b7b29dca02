package templates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/templates"
)

func TestLanguage(t *testing.T) {
	for tag, want := range map[string]templates.Language{
		"nn": templates.Nynorsk, "nn-NO": templates.Nynorsk, " NB ": templates.Bokmal, "no": templates.Bokmal, "en-GB": templates.English, "sv": "", "": "",
	} {
		got, ok := templates.ParseLanguage(tag)
		if got != want || ok != (want != "") {
			t.Errorf("ParseLanguage(%q) = %q, %v, want %q", tag, got, ok, want)
		}
	}
	if got := templates.In("sv").Language(); got != templates.Nynorsk {
		t.Errorf("an unknown language speaks %s, want nynorsk", got)
	}
	if got := (templates.Text{}).T("pager.next"); got != "Neste" {
		t.Errorf("the zero Text says %q", got)
	}
}

func TestText(t *testing.T) {
	moment := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	tests := []struct {
		name      string
		got, want string
	}{
		{"placeholders", templates.In(templates.Nynorsk).T("pager.place", "Number", 2, "Last", 5), "Side 2 av 5"},
		{"a time is said in the language", templates.In(templates.English).T("date.clock", "Time", moment), "24 Nov 2026, 10:00"},
		{"one", templates.In(templates.English).N("field.mistakes", 1), "One thing needs mending"},
		{"many", templates.In(templates.English).N("field.mistakes", 0), "0 things need mending"},
		{"a count chooses the form", templates.In(templates.Bokmal).T("field.mistakes", "Count", 1), "Én ting må rettes"},
		{"an unknown key shows itself", templates.In(templates.Nynorsk).T("no.such.text"), "⟦no.such.text⟧"},
		{"a missing value shows the key", templates.In(templates.Nynorsk).T("pager.place", "Number", 2), "⟦pager.place⟧"},
		{"what a person wrote stays as it is", templates.In(templates.Nynorsk).T("date.clock", "Time", "{{.X}} <b>"), "kl. {{.X}} <b>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	nn, nb, en := templates.In(templates.Nynorsk), templates.In(templates.Bokmal), templates.In(templates.English)
	summer := time.Date(2026, 7, 4, 22, 30, 0, 0, time.UTC) // after midnight in Oslo
	winter := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	tests := []struct {
		name      string
		got, want string
	}{
		{"long nn", nn.DateLong(winter), "tysdag 24. november 2026"},
		{"long nb", nb.DateLong(winter), "tirsdag 24. november 2026"},
		{"long en", en.DateLong(winter), "Tuesday 24 November 2026"},
		{"Oslo's day", nn.DateLong(summer), "sundag 5. juli 2026"},
		{"short nn", nn.Date(winter), "24. nov. 2026"},
		{"short en", en.Date(winter), "24 Nov 2026"},
		{"clock nn", nn.Clock(summer), "kl. 00.30"},
		{"clock en", en.Clock(summer), "00:30"},
		{"date and time", nb.DateTime(winter), "24. nov. 2026 kl. 10.00"},
		{"same day nn", nn.Between(winter, winter.Add(2*time.Hour)), "tysdag 24. november 2026 kl. 10.00–12.00"},
		{"same day en", en.Between(winter, winter.Add(2*time.Hour)), "Tuesday 24 November 2026, 10:00–12:00"},
		{"over midnight", nn.Between(winter, winter.Add(26*time.Hour)), "tysdag 24. november 2026 kl. 10.00 – onsdag 25. november 2026 kl. 12.00"},
		{"no end", nn.Between(winter, time.Time{}), "tysdag 24. november 2026 kl. 10.00"},
		{"no time", nn.Date(time.Time{}) + nn.DateLong(time.Time{}) + nn.Clock(time.Time{}) + nn.DateTime(time.Time{}) + nn.Between(time.Time{}, winter), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func TestWeekdaysOfNynorsk(t *testing.T) {
	want := []string{"sundag", "måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag"}
	for day, name := range want {
		if got := templates.In(templates.Nynorsk).Weekday(time.Weekday(day)); got != name {
			t.Errorf("day %d is %q, want %q", day, got, name)
		}
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 byte", 1: "1 byte", 999: "999 byte", 1000: "1,0 kB", 99_949: "99,9 kB", 99_950: "100 kB", 999_499: "999 kB", 999_500: "1,0 MB",
		1_400_000: "1,4 MB", 234_000_000: "234 MB", 2_000_000_000: "2,0 GB", 5_000_000_000_000: "5,0 TB",
	} {
		if got := templates.In(templates.Nynorsk).Size(bytes); strings.ReplaceAll(got, "\u00a0", " ") != want {
			t.Errorf("Size(%d) = %q, want %q", bytes, got, want)
		}
	}
	if got, want := templates.In(templates.English).Size(1_400_000), "1.4\u00a0MB"; got != want {
		t.Errorf("in English %q, want %q", got, want)
	}
}
