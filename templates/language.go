package templates

import "strings"

// Language is one of the written languages that everything a person reads exists in.
type Language string

// The languages; Nynorsk is the default.
const (
	Nynorsk Language = "nn"
	Bokmal  Language = "nb"
	English Language = "en"
)

// Languages lists the languages in the order in which they are offered.
func Languages() []Language {
	return []Language{Nynorsk, Bokmal, English}
}

// ParseLanguage reads a BCP 47 tag such as "nn", "nb-NO", "no" or "en-GB"; ok is false for any other language.
func ParseLanguage(tag string) (lang Language, ok bool) {
	primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	switch primary {
	case "nn":
		return Nynorsk, true
	case "nb", "no":
		return Bokmal, true
	case "en":
		return English, true
	}
	return "", false
}
