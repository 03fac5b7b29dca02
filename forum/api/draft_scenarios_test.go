package api_test

import (
	"fmt"
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
	"github.com/samraad/samraad/forum/store/storetest"
)

// drafted is a decision, which has a joint draft from the first.
func (s *stage) drafted(by string) int64 {
	return s.Made(by, "POST", "/forums/1/matters", `{"title":"Felles vakt","text":"Vi manglar vakt.\n\nDet gjeld helgane.","kind":"decision"}`).ID()
}

// opened is a matter to be discussed whose draft was opened.
func (s *stage) opened(by string) int64 {
	id := s.matter(by)
	s.Made(by, "POST", fmt.Sprintf("/matters/%d/draft", id), "")
	return id
}

// section is an own section of a draft.
func (s *stage) section(by string) int64 {
	return s.Made(by, "POST", fmt.Sprintf("/matters/%d/draft/sections", s.drafted(by)), `{"title":"Økonomi"}`).ID()
}

// writeText saves a text of a section, over the newest version.
func (s *stage) writeText(by string, section int64, body string) apitest.Answer {
	path := fmt.Sprintf("/sections/%d", section)
	return s.As(by, "PUT", path+"/text", body, "If-Match", s.Tag(by, path))
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
	return s.Made(by, "POST", fmt.Sprintf("/matters/%d/draft/threads", s.drafted(by)), `{"comment":"Kva med helgane?"}`).ID()
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
	s.Refused(s.As(secretary, "PUT", path+"/text", `{"text":"Ein."}`), 428, "error.api.unseen")
	seen := s.Tag(secretary, path)
	s.writeText(secretary, id, `{"text":"Ein.\n\nTo."}`)
	s.Refused(s.As(secretaryHF, "PUT", path+"/text", `{"text":"Mitt."}`, "If-Match", seen), 412, "error.api.stale")
	s.writeText(secretaryHF, id, `{"text":"Ein.\n\nTo hos dei."}`)
	woven := s.writeText(secretary, id, `{"text":"Ein hos oss.\n\nTo.","base":1}`)
	if woven.Value("text") != "Ein hos oss.\n\nTo hos dei." || woven.Value("version") != 3.0 {
		t.Errorf("woven to %s", woven.Body)
	}
	s.Refused(s.writeText(secretary, id, `{"text":"Ein.\n\nTo hos oss.","base":1}`), 409, "error.draft.clash")
	s.Refused(s.writeText(secretary, id, `{"text":"Ein.","base":9}`), 422, "error.draft.base")

	changes, _ := s.Made(secretary, "GET", path+"/changes?from=2&to=3", "").Value("changes").([]any)
	if got, want := jsonOf(changes), `[{"sort":"same","text":"Ein"},{"sort":"new","text":" hos oss"},{"sort":"same","text":".\n\nTo hos dei."}]`; got != want {
		t.Errorf("the versions differ by %s, want %s", got, want)
	}
	s.Refused(s.As(secretary, "GET", path+"/changes?from=2&to=4", ""), 404, "error.not_found.draft_version")
	newest, _ := s.Made(secretary, "GET", path+"/versions?limit=1", "").Value("items").([]any)
	others, _ := newest[0].(map[string]any)["woven_with"].([]any)
	if len(others) != 1 || others[0].(map[string]any)["organisation"] != "Helse Bergen HF" {
		t.Errorf("the newest version is %v", newest)
	}
}

// TestTheGateForPrograms follows what a decision waits for.
func TestTheGateForPrograms(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	path := fmt.Sprintf("/matters/%d/draft", s.drafted(secretary))
	press := func(by, act, body string) apitest.Answer {
		return s.As(by, "POST", path+act, body, "If-Match", s.Tag(by, path))
	}
	gave := func() string {
		levels, _ := s.Made(secretary, "GET", path, "").Value("gate", "levels").([]any)
		told := ""
		for _, l := range levels {
			told += fmt.Sprint(l.(map[string]any)["given"], " ")
		}
		return told
	}
	if got := gave(); got != "contribution <nil> " {
		t.Errorf("the levels gave %s", got)
	}
	s.Refused(press(secretary, "/ready", ""), 409, "error.draft.gate")
	s.Refused(press(secretary, "/no-remark", levelBody(secretaryHF)), 403, "error.forbidden.other_level")
	if a := press(secretaryHF, "/no-remark", levelBody(secretaryHF)); a.Value("gate", "open") != true || gave() != "contribution no-remark " {
		t.Errorf("after no remark it is %s", a.Body)
	}
	if a := press(secretary, "/ready", ""); a.Value("stage") != "ready" || a.Value("may_edit") != false {
		t.Errorf("ready it is %s", a.Body)
	}
}
