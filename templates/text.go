package templates

import (
	"sync"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nn"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
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
}

// strict makes a text whose placeholder got no value fail instead of saying "<no value>".
var strict = &template.TextParser{Option: "missingkey=error"}

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
		return Text{&voice{lang, i18n.NewLocalizer(bundle, string(lang)), locale}}
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
	data := t.values(args)
	config := i18n.LocalizeConfig{MessageID: key, TemplateData: data, TemplateParser: strict}
	if count, ok := data["Count"].(int); ok {
		config.PluralCount = count
	}
	said, err := t.speaker().localizer.Localize(&config)
	if err != nil && said == "" {
		return "⟦" + key + "⟧"
	}
	return said
}

// N says the text of a key in the plural form that count asks for; {{.Count}} is the count.
func (t Text) N(key string, count int, args ...any) string {
	return t.T(key, append([]any{"Count", count}, args...)...)
}

func (t Text) values(args []any) map[string]any {
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			continue
		}
		switch value := args[i+1].(type) {
		case time.Time:
			data[name] = t.DateTime(value)
		default:
			data[name] = value
		}
	}
	return data
}
