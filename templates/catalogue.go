package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

//go:embed text
var catalogues embed.FS

// readCatalogue reads the files of a language, text/<language>/<subject>.toml. A value is a text, or a table of exactly the
// plural forms "one" and "other", which are the forms that CLDR has for all our languages. A key stands in one file only.
func readCatalogue(files fs.FS, lang Language) ([]*i18n.Message, error) {
	paths, err := fs.Glob(files, path.Join("text", string(lang), "*.toml"))
	if err != nil {
		return nil, err
	}
	var messages []*i18n.Message
	seen := map[string]string{}
	for _, file := range paths {
		var tree map[string]any
		if _, err := toml.DecodeFS(files, file, &tree); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		found, err := flatten("", tree)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, message := range found {
			if other, twice := seen[message.ID]; twice {
				return nil, fmt.Errorf("%s: key %q stands in %s too", file, message.ID, other)
			}
			seen[message.ID] = file
		}
		messages = append(messages, found...)
	}
	return messages, nil
}

func flatten(prefix string, tree map[string]any) ([]*i18n.Message, error) {
	var messages []*i18n.Message
	for name, value := range tree {
		key := prefix + name
		switch value := value.(type) {
		case string:
			messages = append(messages, &i18n.Message{ID: key, Other: value})
		case map[string]any:
			one, hasOne := value["one"].(string)
			other, hasOther := value["other"].(string)
			if len(value) == 2 && hasOne && hasOther {
				messages = append(messages, &i18n.Message{ID: key, One: one, Other: other})
				continue
			}
			inner, err := flatten(key+".", value)
			if err != nil {
				return nil, err
			}
			messages = append(messages, inner...)
		default:
			return nil, fmt.Errorf("key %q is neither a text nor a table", key)
		}
	}
	return messages, nil
}
