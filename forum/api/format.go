package api

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// asJSON is how bodies are read and written: UTF-8 without NUL, and nothing
// that a browser could take for markup when it guesses.
var asJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) },
	Unmarshal: func(data []byte, v any) error {
		if !utf8.Valid(data) {
			return errors.New("not UTF-8")
		}
		if err := json.Unmarshal(data, v); err != nil {
			return err
		}
		if loose, ok := v.(*any); ok && holdsNUL(*loose) {
			return errors.New("NUL in a text")
		}
		return nil
	},
}

// holdsNUL tells whether some text of a value has a NUL, which no text has.
func holdsNUL(value any) bool {
	switch value := value.(type) {
	case string:
		return strings.Contains(value, "\x00")
	case []any:
		for _, v := range value {
			if holdsNUL(v) {
				return true
			}
		}
	case map[string]any:
		for name, v := range value {
			if strings.Contains(name, "\x00") || holdsNUL(v) {
				return true
			}
		}
	}
	return false
}
