package templates

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// phrase is a text of a catalogue, cut at its placeholders: texts stand between
// the names, so that there is one more of them.
type phrase struct {
	texts, names []string
}

// placeholder is the only thing in double braces that a text may hold.
var placeholder = regexp.MustCompile(`\{\{\.([A-Z]\w*)\}\}`)

// cut makes a phrase of a catalogue's text; false when it holds other braces.
func cut(text string) (*phrase, bool) {
	p, from := &phrase{}, 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		p.texts, p.names = append(p.texts, text[from:at[0]]), append(p.names, text[at[2]:at[3]])
		from = at[1]
	}
	p.texts = append(p.texts, text[from:])
	for _, between := range p.texts {
		if strings.Contains(between, "{{") || strings.Contains(between, "}}") {
			return nil, false
		}
	}
	return p, true
}

// asWritten lets go-i18n choose a text and leave it as the catalogue has it.
var asWritten = template.IdentityParser{}

// phrase finds the text of a key, in the plural form for a count where there is
// one; nil for a key that is unknown. What was found is kept: a page says
// hundreds of texts, and looking for one costs more than saying it.
func (v *voice) phrase(key string, count any) *phrase {
	_, plural := count.(int)
	if !plural {
		if found, known := v.phrases.Load(key); known {
			return found.(*phrase)
		}
	}
	config := i18n.LocalizeConfig{MessageID: key, TemplateParser: asWritten}
	if plural {
		config.PluralCount = count
	}
	text, err := v.localizer.Localize(&config)
	if err != nil && text == "" {
		return nil
	}
	if plural {
		key = text // a form of it
		if found, known := v.forms.Load(key); known {
			return found.(*phrase)
		}
	}
	p, ok := cut(text)
	switch {
	case !ok:
		return nil
	case plural:
		v.forms.Store(key, p)
	default:
		v.phrases.Store(key, p)
	}
	return p
}

// say fills the placeholders; false when one of them has no value.
func (p *phrase) say(t Text, args []any) (string, bool) {
	if len(p.names) == 0 {
		return p.texts[0], true
	}
	var said strings.Builder
	for i, name := range p.names {
		value, ok := valueOf(args, name)
		if !ok {
			return "", false
		}
		said.WriteString(p.texts[i])
		switch value := value.(type) {
		case string:
			said.WriteString(value)
		case time.Time:
			said.WriteString(t.DateTime(value))
		default:
			fmt.Fprint(&said, value)
		}
	}
	said.WriteString(p.texts[len(p.names)])
	return said.String(), true
}

// valueOf is the value that stands after a name; of two the last.
func valueOf(args []any, name string) (value any, found bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == any(name) {
			value, found = args[i+1], true
		}
	}
	return value, found
}
