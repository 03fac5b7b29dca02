package api_test

import (
	"fmt"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

// drafted is a decision, which has a joint draft from the first.
func (s *stage) drafted(by string) int64 {
	return s.made(by, "POST", "/forums/1/matters", `{"title":"Felles vakt","text":"Vi manglar vakt.\n\nDet gjeld helgane.","kind":"decision"}`).id()
}

// opened is a matter to be discussed whose draft was opened.
func (s *stage) opened(by string) int64 {
	id := s.matter(by)
	s.made(by, "POST", fmt.Sprintf("/matters/%d/draft", id), "")
	return id
}

// section is an own section of a draft.
func (s *stage) section(by string) int64 {
	return s.made(by, "POST", fmt.Sprintf("/matters/%d/draft/sections", s.drafted(by)), `{"title":"Økonomi"}`).id()
}

// writeText saves a text of a section, over the newest version.
func (s *stage) writeText(by string, section int64, body string) answer {
	path := fmt.Sprintf("/sections/%d", section)
	return s.as(by, "PUT", path+"/text", body, "If-Match", s.tag(by, path))
}

// written is a section with two versions.
func (s *stage) written(by string) int64 {
	id := s.section(by)
	for _, text := range []string{"Vi øver i lag.", "Vi trenar i lag."} {
		s.writeText(by, id, fmt.Sprintf(`{"text":%q}`, text))
	}
	return id
}

func (s *stage) thread(by string) int64 {
	return s.made(by, "POST", fmt.Sprintf("/matters/%d/draft/threads", s.drafted(by)), `{"comment":"Kva med helgane?"}`).id()
}

// levelBody names the level of a secretary.
func levelBody(by string) string {
	return fmt.Sprintf(`{"level":%q}`, map[string]string{secretary: "municipal", secretaryHF: "specialist"}[by])
}

// TestProgramsWriteTogether: what two programs write at once is woven, what
// clashes is refused, and nothing of anybody is written over.
func TestProgramsWriteTogether(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	id := s.section(secretary)
	path := fmt.Sprintf("/sections/%d", id)
	s.refused(s.as(secretary, "PUT", path+"/text", `{"text":"Ein."}`), 428, "error.api.unseen")
	seen := s.tag(secretary, path)
	s.writeText(secretary, id, `{"text":"Ein.\n\nTo."}`)
	s.refused(s.as(secretaryHF, "PUT", path+"/text", `{"text":"Mitt."}`, "If-Match", seen), 412, "error.api.stale")
	s.writeText(secretaryHF, id, `{"text":"Ein.\n\nTo hos dei."}`)
	woven := s.writeText(secretary, id, `{"text":"Ein hos oss.\n\nTo.","base":1}`)
	if woven.value("text") != "Ein hos oss.\n\nTo hos dei." || woven.value("version") != 3.0 {
		t.Errorf("woven to %s", woven.body)
	}
	s.refused(s.writeText(secretary, id, `{"text":"Ein.\n\nTo hos oss.","base":1}`), 409, "error.draft.clash")
	s.refused(s.writeText(secretary, id, `{"text":"Ein.","base":9}`), 422, "error.draft.base")

	changes, _ := s.made(secretary, "GET", path+"/changes?from=2&to=3", "").value("changes").([]any)
	if got, want := jsonOf(changes), `[{"sort":"same","text":"Ein"},{"sort":"new","text":" hos oss"},{"sort":"same","text":".\n\nTo hos dei."}]`; got != want {
		t.Errorf("the versions differ by %s, want %s", got, want)
	}
	s.refused(s.as(secretary, "GET", path+"/changes?from=2&to=4", ""), 404, "error.not_found.draft_version")
	newest, _ := s.made(secretary, "GET", path+"/versions?limit=1", "").value("items").([]any)
	others, _ := newest[0].(map[string]any)["woven_with"].([]any)
	if len(others) != 1 || others[0].(map[string]any)["organisation"] != "Helse Bergen HF" {
		t.Errorf("the newest version is %v", newest)
	}
}

// TestTheGateForPrograms follows what a decision waits for.
func TestTheGateForPrograms(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	path := fmt.Sprintf("/matters/%d/draft", s.drafted(secretary))
	press := func(by, act, body string) answer {
		return s.as(by, "POST", path+act, body, "If-Match", s.tag(by, path))
	}
	gave := func() string {
		levels, _ := s.made(secretary, "GET", path, "").value("gate", "levels").([]any)
		told := ""
		for _, l := range levels {
			told += fmt.Sprint(l.(map[string]any)["given"], " ")
		}
		return told
	}
	if got := gave(); got != "contribution <nil> " {
		t.Errorf("the levels gave %s", got)
	}
	s.refused(press(secretary, "/ready", ""), 409, "error.draft.gate")
	s.refused(press(secretary, "/no-remark", levelBody(secretaryHF)), 403, "error.forbidden.other_level")
	if a := press(secretaryHF, "/no-remark", levelBody(secretaryHF)); a.value("gate", "open") != true || gave() != "contribution no-remark " {
		t.Errorf("after no remark it is %s", a.body)
	}
	if a := press(secretary, "/ready", ""); a.value("stage") != "ready" || a.value("may_edit") != false {
		t.Errorf("ready it is %s", a.body)
	}
}
