package area

import (
	"strings"

	"github.com/goccy/go-yaml"
)

// line finds the line of a path as forums[2].seats[0].capacity. A path that
// the file leaves out is answered with the nearest that is there.
func (f *File) line(path string) int {
	for path != "" {
		if line, found := f.exactLine(path); found {
			return line
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			break
		}
		path = path[:cut]
	}
	return 1
}

func (f *File) exactLine(path string) (int, bool) {
	at, err := yaml.PathString("$." + path)
	if err != nil {
		return 0, false
	}
	node, err := at.FilterFile(f.tree)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0, false
	}
	line := node.GetToken().Position.Line
	// A mapping's own token is the colon of its first key, on the right line already.
	return line, true
}
