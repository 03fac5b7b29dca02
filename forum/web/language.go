package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"github.com/samraad/samraad/templates"
)

// languageLasts is how long a browser remembers a choice of language.
const languageLasts = 365 * 24 * time.Hour

// chosenLanguage is what was chosen in this browser, "" for nothing; it goes
// before the person's own language.
func (v *Visit) chosenLanguage() templates.Language {
	chosen, _ := templates.ParseLanguage(v.c.Cookies(v.cookieName(languageCookie)))
	return chosen
}

// browserLanguage is the chosen language, or the first that the browser asks
// for and we speak, or nynorsk.
func (v *Visit) browserLanguage() templates.Language {
	if chosen := v.chosenLanguage(); chosen != "" {
		return chosen
	}
	tags, _, err := language.ParseAcceptLanguage(v.c.Get(fiber.HeaderAcceptLanguage))
	if err != nil {
		return templates.Nynorsk
	}
	for _, tag := range tags {
		if spoken, ok := templates.ParseLanguage(tag.String()); ok {
			return spoken
		}
	}
	return templates.Nynorsk
}

func chooseLanguage(v *Visit) error {
	if chosen, ok := templates.ParseLanguage(v.Value("language")); ok {
		v.setCookie(languageCookie, string(chosen), languageLasts)
	}
	return v.GoTo(ownPath(v.Value("back")))
}

// ownPath is a path on this site, the overview for anything else: a form cannot
// be made to send people elsewhere.
func ownPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return templates.HomeAddress
	}
	return path
}
