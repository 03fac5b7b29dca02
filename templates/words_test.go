package templates

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foreign are words that belong to no text of a language, since they are common
// ones of another.
var foreign = map[Language][]string{
	Nynorsk: append(english, "jeg", "ikke", "hva", "hvem", "hvor", "hvis", "hvilken", "hvilke", "hvilket", "hvordan", "hvorfor", "fra", "noe", "noen",
		"også", "bare", "kommer", "sammen", "mye", "hun", "dere", "uke", "uker", "ukene", "saken", "kalles", "vises", "sendes", "skrives", "innkallingen", "gjøre", "sakslisten", "sakslista"),
	Bokmal: append(english, "eg", "ikkje", "kva", "kven", "kvar", "korleis", "kvifor", "kvart", "frå", "noko", "nokon", "nokre", "ein", "eit", "ei", "dei", "ho", "hjå", "berre", "òg", "kjem", "saman", "mykje",
		"veke", "veker", "vekene", "saka", "vert", "innkallinga", "gjere", "saklista", "sakliste", "medan", "vore", "vart", "høyrer"),
	English: {"og", "ikke", "ikkje", "møte", "møtet", "sak", "saka", "saken", "saklista", "sakslisten", "frå", "fra", "innkalling", "svar", "som", "med", "til", "på", "av", "er", "det", "den"},
}

// english are words that neither nynorsk nor bokmål has.
var english = []string{
	"the", "and", "of", "this", "that", "these", "with", "without", "you", "your", "are", "was", "were", "have", "been", "will", "which", "what", "when", "who", "why", "where", "cannot", "from", "than", "they", "their",
	"meeting", "meetings", "matter", "matters", "secretary", "secretaries", "members", "papers", "deadline", "invitation", "unknown", "sign", "please", "not", "there", "edition", "forums", "seats",
}

// quoted is what a text says in other words than its own: names of commands,
// files, addresses and values, and what is typed.
var quoted = regexp.MustCompile("`[^`]*`|«[^»]*»|“[^”]*”|\"[^\"]*\"|\\{\\{[^}]*\\}\\}|--?[a-z][a-z-]+|[A-Z_]{4,}|\\S+@\\S+|https?://\\S*|samraad [a-z-]+( [a-z-]+)?")

// words are a text's own, in lower case, with a space on each side.
func words(text string) string {
	text = quoted.ReplaceAllString(text, " · ")
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \n\t.,:;!?()/–…%+=", r) }), " ") + " "
}

func TestEveryTextIsInItsLanguage(t *testing.T) {
	for _, lang := range Languages() {
		for key, message := range catalogue(t, lang) {
			// What a mail is understood by is a list of the words of all languages.
			if strings.HasPrefix(key, "members.") || strings.HasPrefix(key, "language.") {
				continue
			}
			said := words(message.One + " · " + message.Other)
			for _, word := range foreign[lang] {
				if strings.Contains(said, " "+word+" ") {
					t.Errorf("%s: %s says %q: %s", lang, key, word, message.Other)
				}
			}
		}
	}
}

// sameInEnglish are texts that nynorsk or bokmål and English have alike.
var sameInEnglish = regexp.MustCompile(`^[^\p{L}]*$|^\S+$`)

func TestNoTextIsLeftInEnglish(t *testing.T) {
	want := catalogue(t, English)
	for _, lang := range []Language{Nynorsk, Bokmal} {
		for key, message := range catalogue(t, lang) {
			own := strings.TrimSpace(placeholder.ReplaceAllString(message.Other, ""))
			if message.Other == want[key].Other && !sameInEnglish.MatchString(own) {
				t.Errorf("%s: %s is as in English: %s", lang, key, message.Other)
			}
		}
	}
}

// countedThings is a number and the word for what it counts, but for "1 of 3".
var countedThings = regexp.MustCompile(`\{\{\.Count\}\} (\p{L}+)`)

// bothForms is a word that leaves it to the reader whether it is one or several.
var bothForms = regexp.MustCompile(`\p{L}\(\p{L}{1,3}\)`)

func TestCountsHavePlurals(t *testing.T) {
	for _, lang := range Languages() {
		texts := catalogue(t, lang)
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			message := texts[key]
			if counts := countedThings.FindStringSubmatch(message.Other); counts != nil && counts[1] != "av" && counts[1] != "of" && message.One == "" {
				t.Errorf("%s: %s counts and has no form for one: %s", lang, key, message.Other)
			}
			if bothForms.MatchString(message.One + message.Other) {
				t.Errorf("%s: %s has one word for one and for several: %s", lang, key, message.Other)
			}
		}
	}
}
