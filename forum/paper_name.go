package forum

import (
	"strings"
	"unicode"
)

// LargestPaper is how many bytes a paper has at the most.
const LargestPaper = 20_000_000

// longestName is how many characters a paper's name has at the most.
const longestName = 150

// PaperName makes a file's name fit to show and to save: no folders, and no
// control or direction marks that would make it look like another; "" for none.
func PaperName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if strings.Trim(name, ".") == "" {
		return ""
	}
	if letters := []rune(name); len(letters) > longestName {
		return string(letters[:longestName/2]) + "…" + string(letters[len(letters)-longestName/2+1:])
	}
	return name
}
