package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func TestKeyWords(t *testing.T) {
	all := []forum.MailedWord{{Answer: forum.Approve}}
	approve := func(items ...string) (words []forum.MailedWord) {
		for _, item := range items {
			words = append(words, forum.MailedWord{Handle: item, Answer: forum.Approve})
		}
		return words
	}
	objection := func(item, reason string) forum.MailedWord {
		return forum.MailedWord{Handle: item, Answer: forum.Objects, Reason: reason}
	}
	for _, test := range []struct {
		name, text string
		want       []forum.MailedWord // nil for what is not understood
	}{
		{"nynorsk", "godkjend", all},
		{"bokmål", "Godkjent.", all},
		{"English", "APPROVED!", all},
		{"as it was quoted in our mail", "«godkjend»", all},
		{"with a greeting and a closing", "Hei!\n\nGodkjend\n\nVennleg helsing\nKari Nordmann\nKommunedirektør\nTlf. 56 00 00 00", all},
		{"with thanks", "Hello Samråd,\n\napproved\n\nThanks!\n", all},
		{"signed in short", "Godkjent\nMvh Kari", all},
		{"one item", "godkjend 14/26", approve("14/26")},
		{"a line that is no matter", "godkjend punkt 3", approve("3")},
		{"several in one line", "godkjent sak 14/26, 15/26 og 3", approve("14/26", "15/26", "3")},
		{"several lines", "approved 14/26\r\n\r\napproved 15/26\r\n", approve("14/26", "15/26")},
		{"an objection", "Innvending 14/26: Tala er ikkje klare.", []forum.MailedWord{objection("14/26", "Tala er ikkje klare.")}},
		{"its reason wrapped", "innvending 14/26: Tala er\nikkje klare.\n\nVent til veka etter.", []forum.MailedWord{objection("14/26", "Tala er\nikkje klare.\nVent til veka etter.")}},
		{"its reason below", "objection 14/26:\nThe figures are not ready.", []forum.MailedWord{objection("14/26", "The figures are not ready.")}},
		{"an objection and the rest", "Innvending 14/26: Vent.\nResten godkjend", []forum.MailedWord{objection("14/26", "Vent."), {Rest: true, Answer: forum.Approve}}},
		{"an objection and another item", "Innvending 14/26: Vent.\nGodkjend 15/26\nHelsing Kari", append([]forum.MailedWord{objection("14/26", "Vent.")}, approve("15/26")...)},

		{"nothing", "", nil},
		{"a greeting alone", "Hei\nMvh Kari", nil},
		{"something else", "Ser greitt ut for meg.", nil},
		{"a no", "ikkje godkjend", nil},
		{"a condition", "Godkjend dersom tala er rette", nil},
		{"a word after it", "Godkjend\n\nMen eg lurer på sak 15/26.", nil},
		{"a word before it", "Ikkje før tysdag er denne\ngodkjend", nil},
		{"a question", "Godkjend?", nil},
		{"another word", "ok", nil},
		{"everything and an objection", "Godkjend\nInnvending 14/26: Vent.", nil},
		{"both of one item", "Godkjend 14/26\nInnvending 14/26: Vent.", nil},
		{"twice", "Godkjend\nGodkjend", nil},
		{"the rest of nothing", "Resten godkjend", nil},
		{"everything and the rest", "Godkjend\nResten godkjend", nil},
		{"an objection without a reason", "Innvending 14/26", nil},
		{"an objection without a reason, closed", "Innvending 14/26:\n\nMvh Kari", nil},
		{"an objection to no item", "Innvending: Vent.", nil},
		{"a date for a number", "Godkjend 14/2026", nil},
		{"quoted", "> godkjend", nil},
		{"a quotation beneath", "godkjend\n> Svar på denne e-posten", nil},
		{"a quotation under the closing", "godkjend\nMvh Kari\n> godkjend", nil},
		{"a word under the closing", "Godkjend 14/26\nMvh Kari\nInnvending 15/26: Vent.", nil},
		{"a treatise under the closing", "Godkjend\nMvh Kari\n" + strings.Repeat("og eg vil seie meir\n", 20), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			words, understood := keyWords(test.text)
			if !understood {
				words = nil
			}
			if diff := cmp.Diff(test.want, words); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzKeyWords: whatever is understood says one thing of each item, and has a reason for each objection.
func FuzzKeyWords(f *testing.F) {
	for _, seed := range []string{"godkjend", "Innvending 14/26: Vent.\nResten godkjend", "Hei\n\napproved 14/26, 15/26 and 3\n\nRegards\nX", "> godkjend", "innvending 1:\n\ngodkjend 1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words, understood := keyWords(text)
		if !understood {
			return
		}
		if len(words) == 0 {
			t.Fatalf("nothing was understood as something: %q", text)
		}
		of := map[string]bool{}
		for _, w := range words {
			if of[w.Handle] || w.Answer == forum.Objects && (w.Reason == "" || w.Handle == "") || w.Answer == forum.TakeBack {
				t.Fatalf("%q was understood as %+v", text, words)
			}
			of[w.Handle] = true
		}
		if !strings.ContainsAny(strings.ToLower(text), "gia") {
			t.Fatalf("%q holds no listed word", text)
		}
	})
}
