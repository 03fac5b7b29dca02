package forum

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// sectionName is what a section is called.
func sectionName(t templates.Text, s forum.DraftSection) string {
	if s.Part == forum.OwnPart {
		return s.Title
	}
	return t.T("draft_part." + string(s.Part))
}

// SectionTitle names a section by its part and own title.
func SectionTitle(t templates.Text, part forum.DraftPart, title string) string {
	return sectionName(t, forum.DraftSection{Part: part, Title: title})
}

// levelNames are levels in words.
func levelNames(t templates.Text, levels []forum.Level) string {
	names := make([]string, len(levels))
	for i, l := range levels {
		names[i] = t.T("level." + string(l))
	}
	return strings.Join(names, ", ")
}

// Without says that a matter does without the contribution of levels.
func Without(t templates.Text, levels []forum.Level) string {
	return t.T("draft.without", "Levels", levelNames(t, levels))
}
