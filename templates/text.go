package templates

import (
	"sync"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nn"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Text speaks one language: the words of the catalogues, dates, clock times and sizes. The zero Text speaks nynorsk.
type Text struct {
	voice *voice
}

type voice struct {
	language  Language
	localizer *i18n.Localizer
	locale    locales.Translator
	phrases   sync.Map // by key
	forms     sync.Map // of plurals, by their text
}

var voices = sync.OnceValue(func() map[Language]Text {
	bundle := i18n.NewBundle(language.MustParse(string(Bokmal)))
	for _, lang := range Languages() {
		messages, err := readCatalogue(catalogues, lang)
		if err != nil {
			panic(err)
		}
		if err := bundle.AddMessages(language.MustParse(string(lang)), messages...); err != nil {
			panic(err)
		}
	}
	speak := func(lang Language, locale locales.Translator) Text {
		return Text{&voice{language: lang, localizer: i18n.NewLocalizer(bundle, string(lang)), locale: locale}}
	}
	return map[Language]Text{
		Nynorsk: speak(Nynorsk, nn.New()),
		Bokmal:  speak(Bokmal, nb.New()),
		English: speak(English, en_GB.New()),
	}
})

// In returns the texts of a language, nynorsk for one that is not known. A text that nynorsk lacks is said in bokmål.
func In(lang Language) Text {
	if text, ok := voices()[lang]; ok {
		return text
	}
	return voices()[Nynorsk]
}

func (t Text) speaker() *voice {
	if t.voice == nil {
		return In(Nynorsk).voice
	}
	return t.voice
}

// Language tells which language the text is in; it is also the value of the HTML attribute lang.
func (t Text) Language() Language {
	return t.speaker().language
}

// T says the text of a key. args are names and values in turn: T("matter.received", "Number", 17) fills {{.Number}}.
// A time is said as DateTime says it. With an int named Count the text takes the plural form that it asks for.
// A key that is unknown, or a placeholder without a value, gives the key in ⟦⟧.
func (t Text) T(key string, args ...any) string {
	count, _ := valueOf(args, "Count")
	if p := t.speaker().phrase(key, count); p != nil {
		if said, ok := p.say(t, args); ok {
			return said
		}
	}
	return "⟦" + key + "⟧"
}

// N says the text of a key in the plural form that count asks for; {{.Count}} is the count.
func (t Text) N(key string, count int, args ...any) string {
	return t.T(key, append([]any{"Count", count}, args...)...)
}
