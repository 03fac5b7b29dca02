package mail

import (
	"strings"
	"testing"

	"github.com/samraad/samraad/governance"
)

func TestReportWords(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       governance.ReportWord
	}{
		{"nynorsk", "ferdig", governance.DoneWord},
		{"bokmål", "Fullført.", governance.DoneWord},
		{"in capitals", "UTFØRT!!", governance.DoneWord},
		{"English", "Done", governance.DoneWord},
		{"approved", "Godkjend", governance.DoneWord},
		{"as it was quoted in our mail", "«ferdig»", governance.DoneWord},
		{"with a greeting and a closing", "Hei!\n\nFerdig\n\nVennleg helsing\nKari Nordmann\nTlf. 56 00 00 00", governance.DoneWord},
		{"with thanks", "Hello,\r\n\r\nit is done.\r\n\r\nThanks!\r\n", governance.DoneWord},
		{"undone", "Angre", governance.UndoWord},
		{"undone in English", "undo!", governance.UndoWord},

		{"nothing", "", governance.NoWord},
		{"not done", "ikkje ferdig", governance.NoWord},
		{"not done, bokmål", "Ikke ferdig", governance.NoWord},
		{"not done, English", "not done", governance.NoWord},
		{"done by a time", "ferdig til jul", governance.NoWord},
		{"but", "godkjend, men vi må sjå på tala", governance.NoWord},
		{"a question", "Ferdig?", governance.NoWord},
		{"almost", "nesten ferdig", governance.NoWord},
		{"a line above", "Vi ventar på tal.\nFerdig", governance.NoWord},
		{"a line below", "Ferdig\nUnntatt kapittel 3.", governance.NoWord},
		{"below the closing", "Ferdig\n\nMvh Kari\n> sa du", governance.NoWord},
		{"twice", "ferdig\nferdig", governance.NoWord},
		{"only quoted", "> ferdig", governance.NoWord},
		{"a greeting alone", "Hei\n\nMvh Kari", governance.NoWord},
		{"within a word", "ferdigstilling", governance.NoWord},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := reportWord(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// FuzzReportWord holds that a text is a word only where one of its lines is one, and
// nothing said besides changes that to another word.
func FuzzReportWord(f *testing.F) {
	for _, seed := range []string{"ferdig", "Hei\n\nferdig!\n\nMvh\nKari", "ikkje ferdig", "> ferdig", "angre\r\n", "\x00ferdig\xff", "«done»", "ferdig\n--\nX"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		word := reportWord(text)
		if word == governance.NoWord {
			return
		}
		lower := strings.ToLower(text)
		found := false
		for _, listed := range append(append([]string{}, doneWords...), undoWords...) {
			found = found || strings.Contains(lower, listed)
		}
		if !found {
			t.Fatalf("%q became %s", text, word)
		}
		for _, more := range []string{"\nmen ikkje alt", "\nferdig\nangre", " ikkje"} {
			if again := reportWord(text + more); again != governance.NoWord && again != word {
				t.Fatalf("%q became %s", text+more, again)
			}
		}
		if negated := reportWord("ikkje " + strings.TrimSpace(mailLine(text))); negated != governance.NoWord {
			t.Fatalf("ikkje %q became %s", text, negated)
		}
	})
}

// mailLine is the first line of a text that has letters.
func mailLine(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			return line
		}
	}
	return ""
}
