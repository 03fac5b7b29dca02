package api_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/samraad/samraad/forum/api/apitest"
)

// scenarios give a valid call of every operation of governance, for the secretary
// of either level.
func scenarios(s *stage) map[string]func(by string) apitest.Call {
	calls := map[string]func(by string) apitest.Call{}
	for _, part := range []map[string]func(by string) apitest.Call{s.voting(), s.balloting(), s.minuting(), s.following(), s.travelling()} {
		for id, make := range part {
			calls[id] = make
		}
	}
	return calls
}

func (s *stage) voting() map[string]func(by string) apitest.Call {
	return map[string]func(by string) apitest.Call{
		"getPresence": func(by string) apitest.Call { m, _ := s.sitting(by); return s.Get(by, "/meetings/%d/presence", m) },
		"noteArrivals": func(by string) apitest.Call {
			m, _ := s.begun(by)
			c := s.came(by, m, chair, deputy)
			c.Headers = []string{"If-Match", s.Tag(by, c.Path)}
			return c
		},
		"getOnePresence": func(by string) apitest.Call { return s.Get(by, "/presences/%d", s.presence(by)) },
		"noteLeaving": func(by string) apitest.Call {
			id := s.presence(by)
			s.pass(time.Minute)
			return s.Press(by, "leave", "{}", "/presences/%d", id)
		},
		"takeBackPresence": func(by string) apitest.Call { return s.Drop(by, "/presences/%d", s.presence(by)) },

		"questionImpartiality": s.question,
		"getImpartiality":      func(by string) apitest.Call { return s.Get(by, "/impartialities/%d", s.Done(s.question(by)).ID()) },
		"judgeImpartiality": func(by string) apitest.Call {
			return s.Press(by, "judgement", `{"judgement":"disqualified"}`, "/impartialities/%d", s.Done(s.question(by)).ID())
		},

		"getVotes": func(by string) apitest.Call { _, matter := s.motion(by); return s.Get(by, "/matters/%d/votes", matter) },
		"putMotion": func(by string) apitest.Call {
			motion, matter := s.motion(by)
			return s.Post(by, fmt.Sprintf(`{"text":"… og i vår.","amends":%d}`, motion), "/matters/%d/motions", matter)
		},
		"getMotion": func(by string) apitest.Call { m, _ := s.motion(by); return s.Get(by, "/motions/%d", m) },
		"withdrawMotion": func(by string) apitest.Call {
			m, _ := s.motion(by)
			return s.Press(by, "withdraw", "", "/motions/%d", m)
		},
		"reorderMotion": func(by string) apitest.Call {
			_, matter := s.motion(by)
			return s.Press(by, "order", `{"way":"up"}`, "/motions/%d", s.put(by, matter, `{"text":"Vi øver ikkje."}`))
		},
		"postponeMatter": func(by string) apitest.Call {
			_, matter := s.begun(by)
			path := fmt.Sprintf("/matters/%d", matter)
			return s.Tagged(by, "POST", path+"/postpone", path+"/votes", "")
		},
	}
}

func (s *stage) balloting() map[string]func(by string) apitest.Call {
	return map[string]func(by string) apitest.Call{
		"openBallot": func(by string) apitest.Call {
			m, _ := s.motion(by)
			return s.Post(by, `{"way":"pages"}`, "/motions/%d/ballots", m)
		},
		"getBallot":  func(by string) apitest.Call { return s.Get(by, "/ballots/%d", s.ballot(by)) },
		"getOwnVote": func(by string) apitest.Call { return s.Get(of(by).leader, "/ballots/%d/own-vote", s.ballot(by)) },
		"castVote": func(by string) apitest.Call {
			return s.vote(of(by).member, s.ballot(by), `{"vote":"no","reason":"For dyrt"}`)
		},
		"noteVotes":   s.hands,
		"closeBallot": func(by string) apitest.Call { return s.Press(by, "close", "", "/ballots/%d", s.ballot(by)) },
		"drawLot":     func(by string) apitest.Call { return s.Press(by, "lot", "", "/ballots/%d", s.tied(by)) },
		"demandMeeting": func(by string) apitest.Call {
			return s.Press(of(by).member, "demand", "", "/ballots/%d", s.written(by))
		},
		"explainBallot": func(by string) apitest.Call {
			ballot := s.ballot(by)
			s.Done(s.vote(chair, ballot, `{"vote":"yes"}`))
			s.Done(s.Press(by, "close", "", "/ballots/%d", ballot))
			return s.Get(by, "/ballots/%d/explanation", ballot)
		},
		"listOwedVotes": func(by string) apitest.Call { s.ballot(by); return s.Get(of(by).leader, "/me/owed-votes") },
	}
}

func (s *stage) minuting() map[string]func(by string) apitest.Call {
	return map[string]func(by string) apitest.Call{
		"startMinutes": func(by string) apitest.Call { m, _ := s.sitting(by); return s.Post(by, "", "/meetings/%d/minutes", m) },
		"getMinutes":   func(by string) apitest.Call { m, _ := s.sent(by); return s.Get(by, "/minutes/%d", m) },
		"writeMinutes": func(by string) apitest.Call {
			m, item := s.begunMinutes(by)
			c := s.wrote(by, m, item, "note", "", "Leiaren opna.")
			c.Headers = []string{"If-Match", s.Tag(by, fmt.Sprintf("/minutes/%d", m))}
			return c
		},
		"addDissent": func(by string) apitest.Call { m, item := s.begunMinutes(by); return s.dissent(by, m, item) },
		"dropDissent": func(by string) apitest.Call {
			m, item := s.begunMinutes(by)
			id := numberOf(s.Done(s.dissent(by, m, item)), "dissents")
			return s.Tagged(by, "POST", fmt.Sprintf("/minutes/%d/dissents/drop", m), fmt.Sprintf("/minutes/%d", m), fmt.Sprintf(`{"id":%d}`, id))
		},
		"addAction": func(by string) apitest.Call { m, item := s.begunMinutes(by); return s.act(by, m, item) },
		"dropAction": func(by string) apitest.Call {
			m, item := s.begunMinutes(by)
			id := numberOf(s.Done(s.act(by, m, item)), "actions")
			return s.Tagged(by, "POST", fmt.Sprintf("/minutes/%d/actions/drop", m), fmt.Sprintf("/minutes/%d", m), fmt.Sprintf(`{"id":%d}`, id))
		},
		"sendMinutes":    func(by string) apitest.Call { m, _ := s.minutes(by); return s.Press(by, "send", "", "/minutes/%d", m) },
		"reopenMinutes":  func(by string) apitest.Call { m, _ := s.sent(by); return s.Press(by, "reopen", "", "/minutes/%d", m) },
		"askMinutesKeys": func(by string) apitest.Call { m, _ := s.sent(by); return s.Press(by, "keys", "", "/minutes/%d", m) },
		"answerMinutes": func(by string) apitest.Call {
			m, round := s.sent(by)
			return s.reply(of(by).member, m, round, "remark")
		},
		"turnMinutesKey": func(by string) apitest.Call {
			m, round := s.keyed(by)
			return s.turn(of(by).leader, m, round, "object")
		},
		"correctMinutes": func(by string) apitest.Call {
			m, _ := s.approved(by)
			return s.Post(by, `{"reason":"Feil namn"}`, "/minutes/%d/corrections", m)
		},
		"getMinutesFile": func(by string) apitest.Call { return s.Get(by, "/minutes/%d/file", s.printed(by)) },
		"listMinutesOfMeeting": func(by string) apitest.Call {
			m, _ := s.approved(by)
			meeting := s.Made(by, "GET", fmt.Sprintf("/minutes/%d", m), "").Number("meeting_id")
			s.Made(by, "POST", fmt.Sprintf("/minutes/%d/corrections", m), `{"reason":"Feil namn"}`)
			return s.Get(by, "/meetings/%d/minutes", meeting)
		},
		"listWaitingMinutes": func(by string) apitest.Call { s.sent(by); return s.Get(of(by).member, "/me/minutes") },
	}
}

func (s *stage) following() map[string]func(by string) apitest.Call {
	press := func(act, body string) func(by string) apitest.Call {
		return func(by string) apitest.Call { return s.Press(of(by).leader, act, body, "/follow-ups/%d", s.owed(by)) }
	}
	after := func(act, body, then string) func(by string) apitest.Call {
		return func(by string) apitest.Call {
			c := press(act, body)(by)
			s.Done(c)
			return s.Press(c.By, then, "", "%s", strings.TrimSuffix(c.Path, "/"+act))
		}
	}
	return map[string]func(by string) apitest.Call{
		"getDecision": func(by string) apitest.Call { return s.Get(by, "/decisions/%d", s.decided(by)) },
		"supersedeDecision": func(by string) apitest.Call {
			earlier, later := s.decided(by), s.decided(by)
			return s.Press(by, "supersede", fmt.Sprintf(`{"later_id":%d}`, later), "/decisions/%d", earlier)
		},
		"getFollowUp":      func(by string) apitest.Call { return s.Get(by, "/follow-ups/%d", s.owed(by)) },
		"reportFollowUp":   press("done", `{"text":"Planen er skriven"}`),
		"noteFollowUp":     press("note", `{"text":"Snart"}`),
		"blockFollowUp":    press("block", `{"text":"Manglar folk"}`),
		"unblockFollowUp":  after("block", `{"text":"Manglar folk"}`, "unblock"),
		"reopenFollowUp":   after("done", `{}`, "reopen"),
		"handOverFollowUp": func(by string) apitest.Call { return s.handing(of(by).leader, s.owed(by), of(by)) },
		"answerOffer": func(by string) apitest.Call {
			return s.Press(by, "answer", `{"take":true}`, "/follow-ups/%d", s.offered(by))
		},
		"rescheduleFollowUp": func(by string) apitest.Call {
			return s.Press(by, "reschedule", fmt.Sprintf(`{"due":%q,"reason":"Ferie"}`, s.day(60)), "/follow-ups/%d", s.owed(by))
		},
		"listFollowUps": func(by string) apitest.Call { s.owed(by); return s.Get(by, "/follow-ups?look=owed&limit=1") },
		"listOwed":      func(by string) apitest.Call { s.owed(by); return s.Get(of(by).leader, "/me/follow-ups") },
		"getTimeline": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/timeline", s.Made(by, "GET", fmt.Sprintf("/decisions/%d", s.decided(by)), "").Number("matter_id"))
		},
		"listDecisionsOfMatter": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/decisions", s.Made(by, "GET", fmt.Sprintf("/decisions/%d", s.decided(by)), "").Number("matter_id"))
		},
	}
}

func (s *stage) travelling() map[string]func(by string) apitest.Call {
	return map[string]func(by string) apitest.Call{
		"escalateMatter": s.escalation,
		"getEscalation":  func(by string) apitest.Call { return s.Get(by, "/escalations/%d", s.Done(s.escalation(by)).ID()) },
		"endEscalation": func(by string) apitest.Call {
			return s.Press(by, "end", `{"way":"answered","text":"Begge betaler."}`, "/escalations/%d", s.Done(s.escalation(by)).ID())
		},
		"getJourney": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/journey", s.Done(s.escalation(by)).Number("from_matter_id"))
		},

		"openLadder": s.ladder,
		"getLadder":  func(by string) apitest.Call { return s.Get(by, "/ladders/%d", s.climbable(by)) },
		"getLadders": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/ladders", s.Done(s.ladder(by)).Number("matter_id"))
		},
		"setPosition": func(by string) apitest.Call { return s.position(by, s.Done(s.ladder(by)).ID()) },
		"climbLadder": func(by string) apitest.Call { return s.climb(of(by).leader, s.climbable(by), "forum") },
		"enterBoardAnswer": func(by string) apitest.Call {
			ladder := s.climbable(by)
			s.Done(s.climb(by, ladder, "local-board"))
			return s.Press(by, "answer", `{"answer":"Del på det."}`, "/ladders/%d", ladder)
		},
		"settleLadder": func(by string) apitest.Call { return s.Press(by, "settle", "", "/ladders/%d", s.climbable(by)) },

		"askParties": s.asking,
		"getLedgers": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/ledgers", s.Done(s.asking(by)).Number("matter_id"))
		},
		"getCaseFile":     func(by string) apitest.Call { return s.Get(by, "/ledgers/%d/case", s.Done(s.asking(by)).ID()) },
		"getRatification": func(by string) apitest.Call { return s.Get(by, "/ratifications/%d", s.line(by)) },
		"ratify": func(by string) apitest.Call {
			return s.Put(of(by).leader, "/answer", `{"state":"with-remarks","remarks":"Med atterhald.","reference":"2026/12"}`, "/ratifications/%d", s.line(by))
		},

		"openRoom": s.room,
		"getRoom":  func(by string) apitest.Call { return s.Get(by, "/rooms/%d", s.Done(s.room(by)).ID()) },
		"getRooms": func(by string) apitest.Call {
			return s.Get(by, "/matters/%d/rooms", s.Done(s.room(by)).Number("matter_id"))
		},
		"writeRoomNote": func(by string) apitest.Call {
			return s.Press(by, "notes", `{"text":"Berre for oss"}`, "/rooms/%d", s.Done(s.room(by)).ID())
		},
		"agreeStand": s.stand,
		"publishStand": func(by string) apitest.Call {
			c := s.stand(by)
			s.Done(c)
			return s.Press(by, "publish", `{"number":1}`, "%s", strings.TrimSuffix(c.Path, "/stands"))
		},
	}
}
