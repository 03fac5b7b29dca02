package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"github.com/samraad/samraad/forum"
)

// tomlFile answers options from a TOML file: its keys are the options' names,
// "-" or "_" alike. The environment comes before it.
type tomlFile map[string]any

func readTOML(r io.Reader) (kong.Resolver, error) {
	raw := map[string]any{}
	if _, err := toml.NewDecoder(r).Decode(&raw); err != nil {
		return nil, forum.Refuse(forum.Invalid, "error.config", "Reason", err.Error())
	}
	file := tomlFile{}
	for key, value := range raw {
		file[strings.ReplaceAll(key, "_", "-")] = value
	}
	return file, nil
}

// Validate refuses a key that is no option, by name.
func (f tomlFile) Validate(app *kong.Application) error {
	var known []string
	for _, flag := range app.Flags {
		known = append(known, flag.Name)
	}
	for key := range f {
		if !slices.Contains(known, key) {
			return forum.Refuse(forum.Invalid, "error.option", "Option", key, "Given", "", "Allowed", strings.Join(known, ", "))
		}
	}
	return nil
}

// Resolve gives a flag its value in the file, unless the environment has one.
func (f tomlFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, found := f[flag.Name]
	if !found || slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set }) {
		return nil, nil //nolint:nilnil // kong's word for "not mine"
	}
	if list, ok := value.([]any); ok {
		var parts []string
		for _, part := range list {
			parts = append(parts, fmt.Sprint(part))
		}
		return strings.Join(parts, ","), nil
	}
	return fmt.Sprint(value), nil
}
