package forum

import (
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
)

// saysOrganisation tells whether a person's name ends in the organisation's, as
// that of a role does.
func saysOrganisation(person, organisation string) bool {
	return strings.HasSuffix(person, ", "+organisation)
}

// ofLevel are those of a level.
func ofLevel[T any](all []T, l forum.Level, level func(T) forum.Level) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return level(one) != l })
}

// organisationBeside is the organisation's name, "" where the person's own says it.
func organisationBeside(person, organisation string) string {
	if saysOrganisation(person, organisation) {
		return ""
	}
	return organisation
}
