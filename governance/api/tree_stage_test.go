package api_test

import (
	"fmt"

	"github.com/samraad/samraad/forum/api/apitest"
)

// escalation is the call that sends a matter of the council up.
func (s *stage) escalation(by string) apitest.Call {
	s.Helper()
	return s.Post(by, fmt.Sprintf(`{"forum_id":%d,"question":"Kven betaler?","reason":"Rådet er ikkje samde."}`, top), "/matters/%d/escalations", s.matter(by, council))
}

// ladder is the call that asks both levels for their positions.
func (s *stage) ladder(by string) apitest.Call {
	s.Helper()
	return s.Post(by, fmt.Sprintf(`{"reason":"Usemje om vakta","deadline":%q}`, s.day(7)), "/matters/%d/ladders", s.matter(by, council))
}

func (s *stage) position(by string, ladder int64) apitest.Call {
	s.Helper()
	return s.Put(by, "/position", fmt.Sprintf(`{"level":%q,"text":"Slik ser vi det.","submit":true}`, of(by).name), "/ladders/%d", ladder)
}

// climbable is a disagreement on which both levels have written.
func (s *stage) climbable(by string) int64 {
	s.Helper()
	ladder := s.Done(s.ladder(by)).ID()
	s.Done(s.position(secretary, ladder))
	s.Done(s.position(secretaryHF, ladder))
	return ladder
}

// climb is the call that sends both positions to a board, or to the forum above.
func (s *stage) climb(by string, ladder int64, kind string) apitest.Call {
	s.Helper()
	body := fmt.Sprintf(`{"kind":%q,"papers":"Saka utan namn"}`, kind)
	if kind == "forum" {
		body = fmt.Sprintf(`{"kind":"forum","forum_id":%d,"question":"Kven har rett?"}`, top)
	}
	return s.Press(by, "climb", body, "/ladders/%d", ladder)
}

// asking is the call that puts a recommendation before the parties.
func (s *stage) asking(by string) apitest.Call {
	s.Helper()
	return s.Post(by, fmt.Sprintf(`{"text":"Partane samtykkjer.","deadline":%q}`, s.day(30)), "/matters/%d/ledgers", s.matter(by, advisers))
}

// line is what the own level's party is asked.
func (s *stage) line(by string) int64 {
	s.Helper()
	parties, _ := s.Done(s.asking(by)).Value("parties").([]any)
	for _, p := range parties {
		if party := p.(map[string]any); party["organisation_id"] == float64(of(by).organisation) {
			return int64(party["id"].(float64))
		}
	}
	s.Fatal("the own party is not asked")
	return 0
}

// room is the call that opens the room of the own level.
func (s *stage) room(by string) apitest.Call {
	s.Helper()
	return s.Post(by, fmt.Sprintf(`{"level":%q}`, of(by).name), "/matters/%d/rooms", s.matter(by, council))
}

func (s *stage) stand(by string) apitest.Call {
	s.Helper()
	return s.Press(by, "stands", fmt.Sprintf(`{"base":0,"text":"Vi seier ja.","spokesperson_id":%d}`, s.people[of(by).member]), "/rooms/%d", s.Done(s.room(by)).ID())
}
