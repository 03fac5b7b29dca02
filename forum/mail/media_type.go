package mail

import (
	"strings"

	"github.com/jhillyerd/enmime/v2/mediatype"
)

// mediaType reads a Content-Type leniently: the type in lower case, and its parameters.
func mediaType(value string) (string, map[string]string) {
	if len(value) > maxMediaType {
		return "", nil
	}
	kind, parameters, _, err := mediatype.Parse(value)
	if err != nil {
		kind, _, _ = strings.Cut(value, ";")
		return strings.ToLower(strings.TrimSpace(kind)), nil
	}
	return strings.ToLower(kind), parameters
}
