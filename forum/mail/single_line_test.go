package mail

import "testing"

func TestSingleLine(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a word", "ferdig", "ferdig"},
		{"with blank lines", "\r\n\r\n Ferdig. \r\n\r\n", "Ferdig."},
		{"with marks around it", "**«Ferdig»**", "Ferdig"},
		{"with a greeting and a closing", "Hei!\n\nFerdig no\n\nVennleg helsing\nKari Nordmann", "Ferdig no"},
		{"nothing", "", ""},
		{"two lines", "Ferdig\nnesten", ""},
		{"a greeting alone", "Hei", ""},
		{"a closing alone", "Mvh Kari", ""},
		{"a quote", "> ferdig", ""},
		{"a quote below", "ferdig\n> sa du", ""},
		{"a quote below the closing", "ferdig\nMvh Kari\n> sa du", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := SingleLine(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
