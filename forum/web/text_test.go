package web_test

import (
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// composedKeys are the text keys that the forum puts together from its words.
func composedKeys() []string {
	var keys []string
	add := func(prefix string, words ...string) {
		for _, word := range words {
			keys = append(keys, prefix+word)
		}
	}
	add("error.meeting.state.", "draft", "called", "agenda-sent", "held", "minutes-out", "approved", "cancelled")
	add("error.matter.state.", "proposed", "placed", "returned", "merged")
	add("error.removal.state.", "asked", "contested", "done", "kept", "withdrawn")
	add("error.mail.state.", "accepted", "understood", "held", "noted", "set-aside")
	add("reply.", "yes", "no", "maybe", "none", "overdue")
	add("page.answer.", "yes", "no", "maybe")
	add("page.attendance.", "quorate", "open", "short")
	add("noted.answer_", "old_time", "older", "cancelled", "over")
	add("error.message.state.", "queued", "handed-over", "kept", "failed")
	for _, trouble := range forum.PaperTroubles {
		add("paper_trouble.", string(trouble))
	}
	add("paper_text.", "waiting", "read", "unread")
	add("access.", "internal", "open", "exempt")
	add("access_help.", "internal", "open", "exempt")
	add("error.paper.withheld.", "exempt", "held")
	add("error.not_found.", "paper_text")
	things := []string{"area", "organisation", "person", "forum", "mandate", "seat", "meeting", "invitation", "answer", "time_proposal", "matter", "removal", "item", "document", "incoming", "message", "piece", "session", "token", "event", "feed", "absence", "claim", "address", "sign_in", "tally", "errand",
		"draft", "draft_section", "draft_version", "draft_thread", "draft_comment", "draft_follower", "draft_reminder", "unsaved_text", "no_remark"}
	add("error.not_found.", append(things, "file")...)
	add("error.conflict.", append(things, "transaction")...)
	for _, right := range forum.Rights {
		add("error.forbidden.", right.Action+"_"+right.Object)
		add("right.", right.Action+"_"+right.Object)
	}
	return keys
}

// TestComposedTexts asks in every language for each key that is put together
// in the program and stands in no source as a whole.
func TestComposedTexts(t *testing.T) {
	for _, language := range templates.Languages() {
		for _, key := range composedKeys() {
			if said := templates.In(language).T(key); said == "" || strings.Contains(said, "⟦") {
				t.Errorf("%s has no text %q", language, key)
			}
		}
		for _, kind := range forum.ErrandKinds() {
			if said := pages.ErrandWords(templates.In(language), forum.Errand{Kind: kind}); said == "" || strings.Contains(said, "⟦") {
				t.Errorf("%s has no words for errands of the kind %s", language, kind)
			}
		}
	}
}
