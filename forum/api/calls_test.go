package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api/apitest"
)

var octets = []string{"Content-Type", "application/octet-stream"}

// jsonOf writes a value as a body has it.
func jsonOf(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// scenarios give a valid call of every operation as a secretary of either level.
func scenarios(s *stage) map[string]func(by string) apitest.Call {
	const heir = `{"last":"2026-06-30"}`
	plain := func(path string) func(string) apitest.Call {
		return func(by string) apitest.Call { return s.Get(by, "%s", path) }
	}
	removed := func(act, body string) func(string) apitest.Call {
		return func(by string) apitest.Call { return s.Press(s.other(by), act, body, "/removals/%d", s.removal(by)) }
	}
	return map[string]func(by string) apitest.Call{
		"listForums": plain("/forums"), "getForum": plain("/forums/1"), "listOrganisations": plain("/organisations"), "listMeetings": plain("/forums/1/meetings"),
		"listInbox": plain("/forums/1/inbox"), "listPeople": plain("/forums/1/people"), "getContacts": plain("/forums/1/contacts"), "getHandover": plain("/forums/1/handover"),
		"listAreas": plain("/areas"), "getAreaCalendar": plain("/areas/1/calendar?year=2026"), "previewNextYear": plain("/areas/1/next-year?year=2026"),
		"listSent": plain("/forums/1/sent"), "listHeld": plain("/forums/1/held"), "getFailures": plain("/failed"), "getSelf": plain("/me"), "listWaiting": plain("/me/waiting"),
		"getStandIn": plain("/forums/1/stand-in"),

		"planMeeting": func(by string) apitest.Call {
			return s.Post(by, `{"form":"ordinary","slot":`+slot()+`}`, "/forums/1/meetings")
		},
		"getMeeting":  func(by string) apitest.Call { return s.Get(by, "/meetings/%d", s.called(by)) },
		"callMeeting": func(by string) apitest.Call { return s.Press(by, "call", "", "/meetings/%d", s.meeting(by)) },
		"moveMeeting": func(by string) apitest.Call {
			return s.Press(by, "move", `{"slot":`+slot()+`}`, "/meetings/%d", s.called(by))
		},
		"cancelMeeting": func(by string) apitest.Call {
			return s.Press(by, "cancel", `{"reason":"Sjukdom"}`, "/meetings/%d", s.called(by))
		},
		"listMeetingHistory": func(by string) apitest.Call { return s.Get(by, "/meetings/%d/history", s.called(by)) },
		"getAttendance":      func(by string) apitest.Call { return s.Get(by, "/meetings/%d/attendance", s.called(by)) },
		"answerMeeting": func(by string) apitest.Call {
			return s.Post(by, `{"reply":"yes"}`, "/meetings/%d/answers", s.called(by))
		},

		"getAgenda":  func(by string) apitest.Call { path, _ := s.agenda(by); return s.Get(by, "%s", path) },
		"editAgenda": func(by string) apitest.Call { path, body := s.agenda(by); return s.Tagged(by, "PUT", path, path, body) },
		"compareAgenda": func(by string) apitest.Call {
			path, body := s.agenda(by)
			s.Made(by, "PUT", path, body, "If-Match", s.Tag(by, path))
			return s.Post(by, strings.Replace(body, `"revision":0`, `"revision":1`, 1), "%s/compare", path)
		},
		"inviteGuest": s.guest,
		"getGuest": func(by string) apitest.Call {
			c := s.guest(by)
			return s.Get(by, "/guests/%d", s.Done(c).ID())
		},
		"takeOffGuest": func(by string) apitest.Call {
			c := s.guest(by)
			return s.Press(by, "take-off", "", "/guests/%d", s.Done(c).ID())
		},

		"getKeys": func(by string) apitest.Call { return s.Get(by, "/meetings/%d/keys", s.called(by)) },
		"askForKeys": func(by string) apitest.Call {
			meeting := s.called(by)
			s.placed(by, meeting)
			return s.Post(by, `{"text":"Sjå"}`, "/meetings/%d/editions", meeting)
		},
		"getEdition": func(by string) apitest.Call { return s.Get(by, "/editions/%d", s.asked(by)) },
		"giveKeyWords": func(by string) apitest.Call {
			return s.Press(by, "words", `{"words":[{"answer":"approve"}]}`, "/editions/%d", s.asked(by))
		},
		"overrideKeys": func(by string) apitest.Call {
			return s.Press(by, "override", `{"reason":"Det hastar"}`, "/editions/%d", s.asked(by))
		},
		"nameStandIn": func(by string) apitest.Call { return s.Put(by, "", `{"person_id":0}`, "/forums/1/stand-in") },
		"getPackage": func(by string) apitest.Call {
			_, meeting := s.out(by)
			return s.Get(by, "/meetings/%d/package", meeting)
		},
		"sendNotice": func(by string) apitest.Call {
			return s.Post(by, `{"text":"Rom 2"}`, "/meetings/%d/notices", s.soon(by))
		},
		"correctEdition": func(by string) apitest.Call {
			e, _ := s.printed(by)
			return s.Post(by, `{"text":"Feil fil"}`, "/editions/%d/corrections", e)
		},
		"openEdition": func(by string) apitest.Call { e, _ := s.printed(by); return s.Press(by, "open", "", "/editions/%d", e) },
		"confirmEdition": func(by string) apitest.Call {
			meeting := s.soon(by)
			notice := s.Made(by, "POST", fmt.Sprintf("/meetings/%d/notices", meeting), `{"text":"Rom 2"}`).ID()
			return s.Press(by, "confirm", "", "/editions/%d", notice)
		},
		"getEditionFile": func(by string) apitest.Call { e, _ := s.printed(by); return s.Get(by, "/editions/%d/files/pdf", e) },
		"getEditionPart": func(by string) apitest.Call {
			e, key := s.printed(by)
			return s.Get(by, "/editions/%d/files/items/%s", e, key)
		},

		"previewSeries":     func(by string) apitest.Call { return s.Post(by, "{"+rule()+"}", "/forums/1/series/preview") },
		"planSeries":        s.plan,
		"listSeries":        func(by string) apitest.Call { s.series(by); return s.Get(by, "/forums/1/series") },
		"getSeries":         func(by string) apitest.Call { return s.Get(by, "/series/%d", s.series(by)) },
		"listSeriesHistory": func(by string) apitest.Call { return s.Get(by, "/series/%d/history", s.series(by)) },
		"callSeries":        func(by string) apitest.Call { return s.Press(by, "call", "", "/series/%d", s.series(by)) },
		"blockWeeks": func(by string) apitest.Call {
			day++
			return s.Post(by, fmt.Sprintf(`{"year":%d,"first":1,"last":2,"reason":"Fri"}`, 2030+day%60), "/areas/1/weeks")
		},
		"getWeeks":       func(by string) apitest.Call { return s.Get(by, "/weeks/%d", s.weeks(by)) },
		"openWeeksAgain": func(by string) apitest.Call { return s.Press(by, "open", "", "/weeks/%d", s.weeks(by)) },
		"blockWeeksAgain": func(by string) apitest.Call {
			c := s.Press(by, "open", "", "/weeks/%d", s.weeks(by))
			s.Done(c)
			return s.Press(by, "block", "", "%s", strings.TrimSuffix(c.Path, "/open"))
		},
		"planNextYear": func(by string) apitest.Call {
			s.series(by)
			var plan struct {
				Year   int
				Series []struct {
					After   int64 `json:"after_id"`
					Preview struct{ Days []string }
				}
			}
			check(s.T, json.Unmarshal(s.Made(by, "GET", "/areas/1/next-year?year=2026", "").Body, &plan))
			var seen []string
			for _, p := range plan.Series {
				seen = append(seen, fmt.Sprintf(`{"after_id":%d,"days":%s}`, p.After, jsonOf(p.Preview.Days)))
			}
			return s.Post(by, fmt.Sprintf(`{"year":%d,"seen":[%s]}`, plan.Year, strings.Join(seen, ",")), "/areas/1/next-year")
		},

		"proposeMatter": func(by string) apitest.Call {
			return s.Post(by, `{"title":"Øving","kind":"briefing"}`, "/forums/1/matters")
		},
		"getMatter":         func(by string) apitest.Call { return s.Get(by, "/matters/%d", s.matter(by)) },
		"listMatterHistory": func(by string) apitest.Call { return s.Get(by, "/matters/%d/history", s.matter(by)) },
		"placeMatter": func(by string) apitest.Call {
			return s.Press(by, "place", fmt.Sprintf(`{"meeting_id":%d}`, s.meeting(by)), "/matters/%d", s.matter(by))
		},
		"putMatterBack": func(by string) apitest.Call {
			return s.Press(by, "put-back", "", "/matters/%d", s.placed(by, s.meeting(by)))
		},
		"classifyTitle": func(by string) apitest.Call {
			return s.Put(by, "/title", `{"public":"Personsak","access":"exempt","full":"Saka om Ola","basis":"offl. § 13"}`, "/matters/%d", s.matter(by))
		},
		"askRemoval": func(by string) apitest.Call {
			return s.Post(by, `{"way":"return","reason":"Meir"}`, "/matters/%d/removals", s.matter(by))
		},
		"getRemoval":      func(by string) apitest.Call { return s.Get(by, "/removals/%d", s.removal(by)) },
		"answerRemoval":   removed("answer", `{"agree":true}`),
		"withdrawRemoval": func(by string) apitest.Call { return s.Press(by, "withdraw", "", "/removals/%d", s.removal(by)) },
		"decideRemoval": func(by string) apitest.Call {
			c := removed("answer", `{"agree":false,"objection":"Nei"}`)(by)
			s.Done(c)
			return s.Press(by, "decide", `{"remove":false}`, "%s", strings.TrimSuffix(c.Path, "/answer"))
		},

		"getDraft":  func(by string) apitest.Call { return s.Get(by, "/matters/%d/draft", s.drafted(by)) },
		"openDraft": func(by string) apitest.Call { return s.Post(by, "", "/matters/%d/draft", s.matter(by)) },
		"sayNoRemark": func(by string) apitest.Call {
			return s.Press(by, "no-remark", levelBody(by), "/matters/%d/draft", s.drafted(s.other(by)))
		},
		"takeBackNoRemark": func(by string) apitest.Call {
			c := s.Press(by, "no-remark", levelBody(by), "/matters/%d/draft", s.drafted(s.other(by)))
			s.Done(c)
			return s.Press(by, "no-remark/take-back", levelBody(by), "%s", strings.TrimSuffix(c.Path, "/no-remark"))
		},
		"makeDraftReady": func(by string) apitest.Call { return s.Press(by, "ready", "", "/matters/%d/draft", s.opened(by)) },
		"reopenDraft": func(by string) apitest.Call {
			c := s.Press(by, "ready", "", "/matters/%d/draft", s.opened(by))
			s.Done(c)
			return s.Press(by, "reopen", "", "%s", strings.TrimSuffix(c.Path, "/ready"))
		},
		"followDraft": func(by string) apitest.Call {
			return s.Put(by, "/following", `{"follow":true}`, "/matters/%d/draft", s.drafted(by))
		},
		"addSection": func(by string) apitest.Call {
			return s.Post(by, `{"title":"Økonomi"}`, "/matters/%d/draft/sections", s.drafted(by))
		},
		"getSection": func(by string) apitest.Call { return s.Get(by, "/sections/%d", s.section(by)) },
		"writeSection": func(by string) apitest.Call {
			return s.Put(by, "/text", `{"text":"Vi øver i lag."}`, "/sections/%d", s.section(by))
		},
		"renameSection": func(by string) apitest.Call {
			return s.Put(by, "/title", `{"title":"Kostnader"}`, "/sections/%d", s.section(by))
		},
		"moveSectionUp":       func(by string) apitest.Call { return s.Press(by, "up", "", "/sections/%d", s.section(by)) },
		"listSectionVersions": func(by string) apitest.Call { return s.Get(by, "/sections/%d/versions", s.written(by)) },
		"compareSectionVersions": func(by string) apitest.Call {
			return s.Get(by, "/sections/%d/changes?from=1&to=2", s.written(by))
		},
		"openThread": func(by string) apitest.Call {
			return s.Post(by, `{"comment":"Kva med helgane?"}`, "/matters/%d/draft/threads", s.drafted(by))
		},
		"getThread": func(by string) apitest.Call { return s.Get(by, "/threads/%d", s.thread(by)) },
		"replyInThread": func(by string) apitest.Call {
			return s.Post(by, `{"comment":"Dei òg."}`, "/threads/%d/comments", s.thread(by))
		},
		"resolveThread": func(by string) apitest.Call {
			return s.Put(by, "/resolved", `{"resolved":true}`, "/threads/%d", s.thread(by))
		},

		"listPapers": func(by string) apitest.Call { return s.Get(by, "/matters/%d/papers", s.matter(by)) },
		"addPaper": func(by string) apitest.Call {
			c := s.Post(by, "bytes", "/matters/%d/papers?name=notat.txt", s.matter(by))
			c.Headers = octets
			return c
		},
		"getPaper":        func(by string) apitest.Call { return s.Get(by, "/papers/%d", s.paper(by)) },
		"getPaperFile":    func(by string) apitest.Call { return s.Get(by, "/papers/%d/file", s.paper(by)) },
		"getPaperVersion": func(by string) apitest.Call { return s.Get(by, "/papers/%d/versions/1", s.paper(by)) },
		"replacePaper": func(by string) apitest.Call {
			c := s.Put(by, "/file?name=nytt.txt", "nytt", "/papers/%d", s.paper(by))
			c.Headers = append(c.Headers, octets...)
			return c
		},
		"classifyPaper": func(by string) apitest.Call {
			return s.Put(by, "/access", `{"access":"exempt","basis":"offl. § 13"}`, "/papers/%d", s.paper(by))
		},
		"movePaperUp":   func(by string) apitest.Call { return s.Press(by, "up", "", "/papers/%d", s.paper(by)) },
		"withdrawPaper": func(by string) apitest.Call { return s.Drop(by, "/papers/%d", s.paper(by)) },
		"restorePaper": func(by string) apitest.Call {
			c := s.Drop(by, "/papers/%d", s.paper(by))
			s.Done(c)
			return s.Post(by, "", "%s/restore", c.Path)
		},
		"releasePaper": func(by string) apitest.Call {
			id := s.paper(by)
			s.write(func(ctx context.Context, tx forum.Tx) error {
				d, err := tx.Document(ctx, forum.DocumentID(id))
				if err != nil {
					return err
				}
				d.Held = true
				return tx.SaveDocument(ctx, d)
			})
			return s.Press(by, "release", "", "/papers/%d", id)
		},

		"getMessage":       func(by string) apitest.Call { return s.Get(by, "/messages/%d", s.message(by, false)) },
		"getMessageCourse": func(by string) apitest.Call { return s.Get(by, "/messages/%d/course", s.putOff()) },
		"getMessageSource": func(by string) apitest.Call { return s.Get(by, "/messages/%d/raw", s.message(by, false)) },
		"sendAgain":        func(by string) apitest.Call { return s.Press(by, "again", "", "/messages/%d", s.message(by, true)) },
		"listMailHistory": func(by string) apitest.Call {
			day++
			c := s.Press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
			s.Done(c)
			return s.Get(by, "%s/history", strings.TrimSuffix(c.Path, "/set-aside"))
		},
		"getMail": func(by string) apitest.Call { return s.Get(by, "/incoming/%d", s.hold(by+strconv.Itoa(day))) },
		"getMailSource": func(by string) apitest.Call {
			day++
			return s.Get(by, "/incoming/%d/raw", s.hold(by+strconv.Itoa(day)))
		},
		"forgetWriter": func(by string) apitest.Call {
			c := s.Press(by, "release", `{"person_id":1,"learn":true}`, "/incoming/%d", s.hold(by+" to learn"))
			s.Done(c)
			return s.Press(by, "forget", "", "%s", strings.TrimSuffix(c.Path, "/release"))
		},
		"releaseMail": func(by string) apitest.Call {
			day++
			return s.Press(by, "release", `{"person_id":1}`, "/incoming/%d", s.hold(by+strconv.Itoa(day)))
		},
		"setMailAside": func(by string) apitest.Call {
			day++
			return s.Press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
		},
		"holdMailAgain": func(by string) apitest.Call {
			day++
			c := s.Press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
			s.Done(c)
			return s.Press(by, "hold", "", "%s", strings.TrimSuffix(c.Path, "/set-aside"))
		},

		"setContact": func(by string) apitest.Call {
			return s.Put(by, "", fmt.Sprintf(`{"organisation_id":%d,"address":"post@voss.example"}`, map[string]int{secretary: 1, secretaryHF: 2}[by]), "/forums/1/contacts")
		},
		"previewMembers": func(by string) apitest.Call {
			return s.Post(by, `{"rows":[{"line":1,"name":"Nokon"}]}`, "/forums/1/members/preview")
		},
		"importMembers": func(by string) apitest.Call {
			day++
			return s.Post(by, fmt.Sprintf(`{"rows":[{"line":1,"name":"Ny %d","address":"ny%d@voss.example","organisation":"944233199","capacity":"medlem","from":"2026-01-01"}]}`, day, day), "/forums/1/members")
		},
		"listPeopleHistory": func(by string) apitest.Call { s.ended(by); return s.Get(by, "/forums/1/people/history") },
		"getSeat":           func(by string) apitest.Call { return s.Get(by, "/seats/%d", s.newSeat(by)) },
		"previewSeatEnd":    func(by string) apitest.Call { return s.Post(by, heir, "/seats/%d/end/preview", s.newSeat(by)) },
		"endSeat": func(by string) apitest.Call {
			return s.Press(by, "end", `{"last":"2026-06-30"}`, "/seats/%d", s.newSeat(by))
		},
		"getEnding":   func(by string) apitest.Call { return s.Get(by, "/endings/%d", s.ended(by)) },
		"undoSeatEnd": func(by string) apitest.Call { return s.Press(by, "undo", "", "/endings/%d", s.ended(by)) },

		"chooseLanguage": func(by string) apitest.Call { return s.Put(by, "/language", `{"language":"nb"}`, "/me") },
		"claimAddress": func(by string) apitest.Call {
			return s.Press(by, "addresses", fmt.Sprintf(`{"address":"anna-%s"}`, by), "/me")
		},
		"confirmAddress": func(by string) apitest.Call {
			return s.Press(by, "addresses/confirm", fmt.Sprintf(`{"code":%q}`, s.claimed(by)), "/me")
		},
		"removeAddress": func(by string) apitest.Call {
			s.write(func(ctx context.Context, tx forum.Tx) error {
				person, err := tx.PersonByAddress(ctx, by)
				if err != nil {
					return err
				}
				return tx.LearnAddress(ctx, person.ID, "bort-"+by)
			})
			return s.Press(by, "addresses/remove", fmt.Sprintf(`{"address":"bort-%s"}`, by), "/me")
		},
		"listSessions": func(by string) apitest.Call { s.session(by); return s.Get(by, "/me/sessions") },
		"endSession": func(by string) apitest.Call {
			return s.Press(by, "sessions/end", fmt.Sprintf(`{"session":%q}`, s.session(by)), "/me")
		},
		"signOutEverywhere": func(by string) apitest.Call { s.session(by); return s.Press(by, "sessions/end-all", "{}", "/me") },
		"noteAbsence": func(by string) apitest.Call {
			return s.Post(by, `{"from":"2027-01-04","to":"2027-01-05"}`, "/me/absences")
		},
		"getAbsence":    func(by string) apitest.Call { return s.Get(by, "/me/absences/%d", s.absence(by)) },
		"forgetAbsence": func(by string) apitest.Call { return s.Drop(by, "/me/absences/%d", s.absence(by)) },
		"startFeed":     func(by string) apitest.Call { return s.Post(by, `{"forum_id":2}`, "/me/feeds") },
		"getFeed":       func(by string) apitest.Call { return s.Get(by, "/me/feeds/%d", s.feed(by)) },
		"renewFeed":     func(by string) apitest.Call { return s.Press(by, "renew", "", "/me/feeds/%d", s.feed(by)) },
		"revokeFeed":    func(by string) apitest.Call { return s.Drop(by, "/me/feeds/%d", s.feed(by)) },
		"resumeMail": func(by string) apitest.Call {
			return s.Post(by, fmt.Sprintf(`{"address":%q}`, s.stopped(by)), "/forums/1/resume")
		},
		"resumeOwnMail": func(by string) apitest.Call { s.stopped(by); return s.Press(by, "resume", "{}", "/me") },
		"retryJob":      func(by string) apitest.Call { return s.Post(by, "", "/failed/%d/again", s.failedJob()) },
	}
}
