package main

import (
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/samraad/samraad/forum"
)

// wrongLines are the commonest things that kong has to say against a command
// line. It says them in English and in no types of its own.
var wrongLines = []struct {
	said *regexp.Regexp
	key  string
}{
	{regexp.MustCompile(`^unknown flag (?P<Given>.+?)(?:, did you mean (?:one of )?(?P<Meant>.+)\?)?$`), "cli.line.unknown_option"},
	{regexp.MustCompile(`^unexpected argument (?P<Given>.+?)(?:, did you mean (?:one of )?(?P<Meant>.+)\?)?$`), "cli.line.unexpected"},
	{regexp.MustCompile(`^missing flags: (?P<Given>.+)$`), "cli.line.missing_options"},
	{regexp.MustCompile(`^(?P<Option>--\S+): expected \S+ value but got "EOL"`), "cli.line.no_value"},
	{regexp.MustCompile(`^expected one of (?P<Given>.+)$`), "cli.line.missing_one_of"},
	{regexp.MustCompile(`^expected (?P<Given>".+")$`), "cli.line.missing"},
	{regexp.MustCompile(`^(?P<Option>--\S+) must be one of (?P<Allowed>.+) but got (?P<Given>.+)$`), "error.option"},
}

// wrongLine says why a command line is not carried out.
func (t speaker) wrongLine(err error) string {
	var refusal *forum.Error
	var file *fs.PathError
	switch {
	case errors.As(err, &refusal):
		return t.Error(err)
	case errors.As(err, &file) && errors.Is(err, fs.ErrNotExist):
		return t.T("error.file.missing", "Given", file.Path)
	case errors.As(err, &file):
		return t.T("error.file.unreadable", "Given", file.Path)
	}
	for _, line := range wrongLines {
		found := line.said.FindStringSubmatch(err.Error())
		if found == nil {
			continue
		}
		var values []any
		meant := ""
		for i, name := range line.said.SubexpNames()[1:] {
			value := strings.ReplaceAll(found[i+1], `"`, "")
			values = append(values, name, value)
			if name == "Meant" {
				meant = value
			}
		}
		said := t.T(line.key, values...)
		if meant != "" {
			said += " " + t.T("cli.line.meant", "Given", meant)
		}
		return said
	}
	return t.T("cli.line.not_understood", "Reason", err.Error())
}

// languageOfLine is the language in which to speak of a command line whose
// options are not all read.
func languageOfLine(wrong error) string {
	given := ""
	var line *kong.ParseError
	if errors.As(wrong, &line) && line.Context != nil {
		for _, part := range line.Context.Path {
			if part.Flag != nil && part.Flag.Name == "language" {
				given, _ = line.Context.FlagValue(part.Flag).(string)
			}
		}
	}
	for _, code := range []string{given, os.Getenv("SAMRAAD_LANGUAGE")} {
		if forum.Language(code).Valid() {
			return code
		}
	}
	return languageOf(os.Getenv("LANG"))
}
