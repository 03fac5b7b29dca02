package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
)

// tagOf is the strong entity tag of what a thing says to its reader (RFC 9110 § 8.8.3).
func tagOf(body any) (string, error) {
	content, err := json.Marshal(body)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`, nil
}

// names tells whether a list of tags names one. weakly lets a tag be marked
// weak, as If-None-Match does and If-Match does not (RFC 9110 § 13.1).
func names(list, tag string, weakly bool) bool {
	for one := range strings.SplitSeq(list, ",") {
		one = strings.TrimSpace(one)
		if weakly {
			one = strings.TrimPrefix(one, "W/")
		}
		if one == "*" || one == tag {
			return true
		}
	}
	return false
}

// unchanged refuses a change of what the caller has not seen as it stands now.
func unchanged(c *caller, seen any) error {
	tag, err := tagOf(seen)
	if err != nil {
		return err
	}
	if !names(c.ifMatch, tag, false) {
		return refusal(http.StatusPreconditionFailed, "error.api.stale").with("ETag", tag)
	}
	return nil
}
