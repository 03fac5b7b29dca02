package templates

import "time"

// Explain says one step of an explanation: a text with its names and values,
// words being the names whose values are texts themselves. Instants are said as
// dates with their time.
func Explain(t Text, key string, words map[string]string, args []any) string {
	said := make([]any, 0, len(args)+2*len(words))
	for _, arg := range args {
		if at, is := arg.(time.Time); is {
			arg = t.DateTime(at)
		}
		said = append(said, arg)
	}
	for name, word := range words {
		said = append(said, name, t.T(word))
	}
	return t.T(key, said...)
}
