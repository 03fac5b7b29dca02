package api_test

import (
	"fmt"
	"time"

	"github.com/samraad/samraad/forum/api/apitest"
)

const text = `{"text":"Vi øver i haust."}`

// motion is put in a matter of a meeting that all came to.
func (s *stage) motion(by string) (motion, matter int64) {
	s.Helper()
	_, matter = s.sitting(by)
	return s.put(by, matter, text), matter
}

func (s *stage) put(by string, matter int64, body string) int64 {
	s.Helper()
	return s.Made(by, "POST", fmt.Sprintf("/matters/%d/motions", matter), body).ID()
}

// taken is a ballot on a motion.
func (s *stage) taken(by string, motion int64, body string) int64 {
	s.Helper()
	return s.Made(by, "POST", fmt.Sprintf("/motions/%d/ballots", motion), body).ID()
}

// ballot is one in which each votes alone.
func (s *stage) ballot(by string) int64 {
	s.Helper()
	motion, _ := s.motion(by)
	return s.taken(by, motion, `{"way":"pages"}`)
}

// written is a written procedure on a matter that is on no agenda.
func (s *stage) written(by string) int64 {
	s.Helper()
	motion := s.put(by, s.matter(by, council), text)
	return s.taken(by, motion, fmt.Sprintf(`{"way":"written","deadline":%q}`, s.stamp(72*time.Hour)))
}

// vote is the call by which somebody votes.
func (s *stage) vote(who string, ballot int64, body string) apitest.Call {
	s.Helper()
	path := fmt.Sprintf("/ballots/%d/own-vote", ballot)
	return s.Tagged(who, "PUT", path, path, body)
}

// tied is an election in whose second round two have as many votes.
func (s *stage) tied(by string) (ballot int64) {
	s.Helper()
	_, matter := s.sitting(by)
	motion := s.put(by, matter, `{"text":"Leiar","candidates":["Kari","Ola"]}`)
	for range 2 {
		ballot = s.taken(by, motion, `{"way":"pages"}`)
		s.Done(s.vote(chair, ballot, `{"candidate":1}`))
		s.Done(s.vote(deputy, ballot, `{"candidate":2}`))
		s.Done(s.Press(by, "close", "", "/ballots/%d", ballot))
	}
	return ballot
}

// presence is that of the own level's member.
func (s *stage) presence(by string) int64 {
	s.Helper()
	meeting, _ := s.begun(by)
	come, _ := s.noted(by, meeting, of(by).member).Value("presences").([]any)
	n, _ := come[0].(map[string]any)["id"].(float64)
	return int64(n)
}

// question is one of whether the other level's member is impartial.
func (s *stage) question(by string) apitest.Call {
	s.Helper()
	_, matter := s.sitting(by)
	return s.Post(by, fmt.Sprintf(`{"person_id":%d,"reason":"Eig huset"}`, s.people[other(by).member]), "/matters/%d/impartialities", matter)
}

// hands is the call that notes what was said by hands for every seat.
func (s *stage) hands(by string) apitest.Call {
	s.Helper()
	meeting, matter := s.sitting(by)
	ballot := s.taken(by, s.put(by, matter, text), `{"way":"hands"}`)
	said := ""
	come, _ := s.Made(by, "GET", fmt.Sprintf("/meetings/%d/presence", meeting), "").Value("presences").([]any)
	for _, p := range come {
		said += fmt.Sprintf(`,{"seat_id":%v,"vote":"yes"}`, p.(map[string]any)["seat_id"])
	}
	return s.Press(by, "votes", `{"votes":[`+said[1:]+`]}`, "/ballots/%d", ballot)
}
