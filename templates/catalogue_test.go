package templates

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

func catalogue(t *testing.T, lang Language) map[string]*i18n.Message {
	t.Helper()
	messages, err := readCatalogue(catalogues, lang)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]*i18n.Message{}
	for _, message := range messages {
		texts[message.ID] = message
	}
	return texts
}

func TestEveryTextIsInEveryLanguage(t *testing.T) {
	want := catalogue(t, Nynorsk)
	for _, lang := range Languages() {
		got := catalogue(t, lang)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
			t.Errorf("keys of %s and %s differ (-%s +%s):\n%s", Nynorsk, lang, Nynorsk, lang, diff)
		}
		for key, message := range got {
			if strings.TrimSpace(message.Other) == "" {
				t.Errorf("%s: %s says nothing", lang, key)
			}
			if other, ok := want[key]; ok && (message.One == "") != (other.One == "") {
				t.Errorf("%s: %s has plural forms in one of %s and %s only", lang, key, Nynorsk, lang)
			}
		}
	}
}

func placeholders(text string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	want := catalogue(t, Nynorsk)
	for _, lang := range Languages() {
		for key, message := range catalogue(t, lang) {
			if rest := placeholder.ReplaceAllString(message.One+message.Other, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
				t.Errorf("%s: %s has a placeholder that is not of the form {{.Name}}", lang, key)
			}
			if other, ok := want[key]; ok && !slices.Equal(placeholders(message.Other), placeholders(other.Other)) {
				t.Errorf("%s: %s has the placeholders %v, %s has %v", lang, key, placeholders(message.Other), Nynorsk, placeholders(other.Other))
			}
			for _, name := range placeholders(message.One) {
				if !slices.Contains(placeholders(message.Other), name) {
					t.Errorf("%s: %s has {{.%s}} in the singular only", lang, key, name)
				}
			}
		}
	}
}

func TestReadCatalogue(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  map[string]string
		fails string
	}{
		{"tables and dotted keys", map[string]string{"a": "a.b = \"1\"\n[c]\nd = \"2\""}, map[string]string{"a.b": "1", "c.d": "2"}, ""},
		{"quoted keys may be longer than another", map[string]string{"a": "\"a\" = \"1\"\n\"a.b\" = \"2\""}, map[string]string{"a": "1", "a.b": "2"}, ""},
		{"plural", map[string]string{"a": "a = { one = \"1\", other = \"2\" }"}, map[string]string{"a": "2"}, ""},
		{"other is a key like any other", map[string]string{"a": "[kind]\nother = \"1\"\ndecision = \"2\""}, map[string]string{"kind.other": "1", "kind.decision": "2"}, ""},
		{"twice", map[string]string{"a": "x.y = \"1\"", "b": "x.y = \"2\""}, nil, `text/nn/b.toml: key "x.y" stands in text/nn/a.toml too`},
		{"a number", map[string]string{"a": "[x]\ny = 1"}, nil, `text/nn/a.toml: key "x.y" is neither a text nor a table`},
		{"not TOML", map[string]string{"a": "x"}, nil, "text/nn/a.toml: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, content := range test.files {
				files["text/nn/"+name+".toml"] = &fstest.MapFile{Data: []byte(content)}
			}
			messages, err := readCatalogue(files, Nynorsk)
			if test.fails != "" {
				if err == nil || !strings.HasPrefix(err.Error(), test.fails) {
					t.Fatalf("got error %v, want %s…", err, test.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, message := range messages {
				got[message.ID] = message.Other
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
